"""Why a label, as cards: the rule of a segment and the way out of it, one customer's reasons, and who slips in a month."""

from typing import Any

import pandas as pd

from analysis.charts.basis import describe
from analysis.charts.card import say_band
from analysis.charts.withheld import whole
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.display.withheld import is_told
from analysis.palette import colour
from analysis.texts import Texts
from analysis.theme import bar_pairs, break_line, name_axis, new_figure, theme


def list_reasons(segment_reasons: pd.DataFrame, segment_rules: pd.DataFrame, *, texts: Texts) -> Table:
    """Say for each segment who is in it, where an order would bring them, where silence would, and what they have brought.

    Parameters
    ----------
    segment_reasons : pandas.DataFrame
        One row per segment: `customers`, `monetary`, `lifted`, `lifted_to`, `lifted_to_customers`, `falls_30`, `falls_to`, `falls_to_customers`.
    segment_rules : pandas.DataFrame
        One row per `segment` and `part`: `exact`, and `r_low`, `r_high`, `f_low`, `f_high`, `m_low`, `m_high` (null where open).
    texts : Texts
    """
    rows = segment_reasons[segment_reasons["segment"] != "unclassified"]
    columns = {
        "segment": [texts.label("segment", key) for key in rows["segment"]],
        "reasons_rule": [say_rule(segment_rules[segment_rules["segment"] == key], texts) for key in rows["segment"]],
        "customers": [texts.number(count) for count in rows["customers"]],
        "reasons_stake": [texts.money(money) for money in rows["monetary"]],
        "reasons_up": [_say_lift(row, texts) for row in rows.itertuples()],
        "reasons_down": [_say_fall(row, texts) for row in rows.itertuples()],
    }
    names = {column: texts.label("column", column) for column in columns}
    frame = pd.DataFrame({names[column]: values for column, values in columns.items()})
    return Table(frame, numeric=(names["customers"], names["reasons_stake"]), cards=True)


def say_rule(parts: pd.DataFrame, texts: Texts) -> str:
    """Write the ranges of a segment: 14–31 days since the last order, one order; or ..."""
    words = [
        texts.join(filter(None, (say_band(name, getattr(part, f"{name}_low"), getattr(part, f"{name}_high"), texts) for name in "rfm")))
        or texts.say("reasons-everybody")
        for part in parts.itertuples()
    ]
    rule = texts.say("reasons-or-separator").join(words)
    return rule if parts["exact"].all() else texts.say("reasons-within", parts=rule)


def _say_lift(row: Any, texts: Texts) -> str:
    if not (is_told(row.lifted) and is_told(row.lifted_to_customers) and is_told(row.customers)):
        return texts.say("withheld")
    if not row.lifted:
        return texts.say("reasons-lifts-none")
    return texts.say("reasons-lifts", share=texts.percent(row.lifted_to_customers / row.customers, 0), to=texts.label("segment", row.lifted_to))


def _say_fall(row: Any, texts: Texts) -> str:
    if not is_told(row.falls_30):
        return texts.say("withheld")
    if not row.falls_30:
        return texts.say("reasons-falls-none")
    kind = "all" if row.falls_to_customers == row.falls_30 else "most" if is_told(row.falls_to_customers) else "some"
    return texts.say(f"reasons-falls-{kind}", n=int(row.falls_30), customers=texts.number(row.falls_30), to=texts.label("segment", row.falls_to))


def draw_slipping(segment_reasons: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show who leaves a segment within 30 days unless they order: customers and what they have brought, segment by segment.

    Parameters
    ----------
    segment_reasons : pandas.DataFrame
        One row per segment: `customers`, `monetary`, `falls_30`, `money_30`, `falls_to`.
    texts : Texts
    """
    everybody, revenue = max(1, segment_reasons["customers"].sum()), segment_reasons["monetary"].sum()
    some = (segment_reasons["falls_30"] != 0) & segment_reasons["falls_to"].notna()  # of a segment that is withheld as a whole nobody knows
    rows = segment_reasons[some].sort_values(["money_30", "falls_30", "segment"], ascending=[False, False, True])
    falls, money = rows["falls_30"].astype(float), rows["money_30"].astype(float)
    data = pd.DataFrame(
        {
            "from_segment": [texts.label("segment", key) for key in rows["segment"]],
            "to_segment": [texts.label("segment", key) for key in rows["falls_to"]],
            "customers": whole(falls),
            "monetary": money,
            "customers_pct": falls / everybody,
            "monetary_pct": money / revenue if revenue > 0 else money * 0,
        }
    )
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.43 * max(1, len(data)))
        axes = figure.subplots()
        shades = [colour("segment", key, texts) for key in rows["segment"]]
        bar_pairs(axes, data["customers_pct"].tolist(), data["monetary_pct"].tolist(), shades, texts)
        names = [texts.say("slipping-row", **{"from": row[1], "to": row[2]}) for row in data.itertuples()]
        name_axis(axes.yaxis, range(len(data)), [break_line(name, 26) for name in names])
    n, least = int(falls.sum()), "" if falls.notna().all() and money.notna().all() else "-least"
    title = texts.say(f"chart-slipping{least}", n=n, customers=texts.number(n), money=texts.money(money.sum())) if n else texts.say("chart-slipping-none")
    parts = [
        texts.say("alt-slipping-row", **{"from": name}, customers=texts.percent(row.customers_pct), money=texts.percent(row.monetary_pct))
        for name, row in zip(names, data.itertuples(), strict=True)
    ]
    basis = describe(texts, customers=segment_reasons["customers"].sum() if segment_reasons["customers"].notna().all() else None)
    return Chart("rfm-slipping", title, texts.say("alt-list", title=title, parts=texts.join(parts)), data, figure, basis)
