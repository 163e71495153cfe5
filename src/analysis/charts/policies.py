"""The policy tornado: how many customers, and how much money, hang on each cleaning choice."""

from collections.abc import Callable

import pandas as pd

from analysis.charts.basis import describe, say_sample
from analysis.charts.withheld import whole
from analysis.display.chart import Chart
from analysis.palette import ACCENT
from analysis.texts import Texts
from analysis.theme import bar_pairs, break_line, name_axis, new_figure, theme


def draw_policies(policies: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show the share of customers who would change segment under each other choice, and the share of revenue they bring; the largest first.

    Parameters
    ----------
    policies : pandas.DataFrame
        One row per choice: `rule`, `action`, `alternative`, `customers_changed`, `share`, `money_moved`, `money_share` (0-1).
    texts : Texts
    """
    rows = _sort(policies)
    data = pd.DataFrame(
        {
            "choice": [say_choice(row.rule, row.action, row.alternative, texts) for row in rows.itertuples()],
            "customers": whole(rows["customers_changed"]),
            "customers_pct": rows["share"],
            "monetary": rows["money_moved"],
            "monetary_pct": rows["money_share"],
        }
    )
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.46 * max(1, len(data)))
        axes = figure.subplots()
        bar_pairs(axes, data["customers_pct"], data["monetary_pct"], [ACCENT] * len(data), texts)
        name_axis(axes.yaxis, range(len(data)), [break_line(name, 30) for name in data["choice"]])
    if data.empty:
        title = texts.say("chart-policies-empty")
    elif not rows["customers_changed"].iloc[0] > 0:
        title = texts.say("chart-policies-none")
    else:
        title = texts.say("chart-policies", share=texts.percent(data["customers_pct"].iloc[0]), choice=data["choice"].iloc[0])
    parts = [
        texts.say("alt-segment", name=row.choice, customers=texts.percent(row.customers_pct), money=texts.percent(row.monetary_pct))
        for row in data.itertuples()
    ]
    looked = float(rows["customers"].astype(float).max()) if len(rows) and "customers" in rows else None
    sampled = [say_sample(texts, looked)] if looked is not None and bool((rows["sampled"].astype(float) < 1).any()) else []
    basis = describe(texts, customers=None if sampled else looked, further=sampled)
    return Chart("cleaning-policies", title, texts.say("alt-list", title=title, parts=texts.join(parts)), data, figure, basis)


def _sort(policies: pd.DataFrame) -> pd.DataFrame:
    order = ["customers_changed", "money_moved", "rule", "alternative"]
    return policies.sort_values(order, ascending=[False, False, True, True]).reset_index(drop=True)


def say_choice(rule: str, action: str, alternative: str, texts: Texts) -> str:
    """Name a choice: Returns: removed instead of netted."""
    words = {"action": texts.label("policy-action", action), "alternative": texts.label("policy-action", alternative)}
    return texts.say("policy-choice", rule=texts.label("policy-rule", rule), **words)


def _say_change(change: float, write: Callable[..., str], texts: Texts) -> str:
    if round(change, 2) == 0:
        return texts.say("policy-same")
    return texts.say("policy-more" if change > 0 else "policy-less", amount=write(abs(change)))
