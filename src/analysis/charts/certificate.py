"""The certificate as pictures and tables: how many customers share a value, and what every check found."""

import pandas as pd

from analysis.charts.basis import describe
from analysis.charts.withheld import whole
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.palette import ACCENT, INK, LIGHT, fade
from analysis.texts import Texts
from analysis.theme import clear_axes, name_axis, new_figure, theme

LEAST = 10  # a value that fewer share may give a customer away
_SHADES = {"f": ACCENT, "r": fade(ACCENT, 0.45), "m": LIGHT}


def draw_ties(tie_blocks: pd.DataFrame, *, texts: Texts) -> Chart:
    """Show the values that most customers share (ten at least), with the score they share and how far the next one is.

    Parameters
    ----------
    tie_blocks : pandas.DataFrame
        The largest blocks of each measure: `measure` (r, f, m), `value`, `customers`, `share` (0-1), `score`, `to_better` (in the unit of the measure; null where
        there is no better score).
    texts : Texts
    """
    order = {"f": 0, "r": 1, "m": 2}
    shown = tie_blocks[tie_blocks["customers"] >= LEAST]
    rows = shown.assign(place=shown["measure"].map(order)).sort_values(["place", "customers", "value"], ascending=[True, False, True])
    rows = rows.reset_index(drop=True)
    names = [say_value(row.measure, row.value, texts) for row in rows.itertuples()]
    gaps = (rows["place"].diff().fillna(0) > 0).cumsum() * 0.5 if len(rows) else rows["place"]
    places = [number + gap for number, gap in zip(range(len(rows)), gaps, strict=True)]
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.46 * max(1, len(rows)))
        axes = figure.subplots()
        axes.barh(places, rows["share"], height=0.62, color=[_SHADES[measure] for measure in rows["measure"]])
        for place, row in zip(places, rows.itertuples(), strict=True):
            said = _say_block(row, texts)
            axes.annotate(said, (row.share, place), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9, color=INK, linespacing=1.1)
        axes.set_xlim(0, max([0.05, *rows["share"]]) * 2)
        axes.set_ylim((places[-1] if places else 0) + 0.6, -0.6)
        clear_axes(axes)
        name_axis(axes.xaxis, [], [])
        name_axis(axes.yaxis, places, names)
    if rows.empty:
        title = texts.say("chart-ties-none")
    else:
        largest = rows["customers"].idxmax()
        value = say_value(rows.loc[largest, "measure"], rows.loc[largest, "value"], texts, exactly=True)
        title = texts.say("chart-ties", share=texts.percent(rows.loc[largest, "share"]), value=value)
    parts = [
        texts.say("alt-ties-block", value=name, n=int(row.customers), customers=texts.number(row.customers), score=str(row.score))
        for name, row in zip(names, rows.itertuples(), strict=True)
    ]
    data = pd.DataFrame({
        "tied_value": names, "customers": whole(rows["customers"]), "customers_pct": rows["share"].astype(float), "tied_score": rows["score"],
        "to_better": rows["to_better"].map(lambda away: "" if pd.isna(away) else texts.number(away, 0 if away == int(away) else 2)),
    })  # fmt: skip
    everybody = round(float(rows["customers"].iloc[0] / rows["share"].iloc[0])) if len(rows) else None
    return Chart("certificate-ties", title, texts.say("alt-ties", title=title, parts=texts.join(parts)), data, figure, describe(texts, customers=everybody))


def say_value(measure: str, value: float, texts: Texts, *, exactly: bool = False) -> str:
    """Write a value of a measure: ordered 3 days ago, one order, £12.50 in all; or what customers have: exactly one order."""
    written = texts.money_exact(value) if measure == "m" else texts.number(value)
    return texts.say(f"certificate-{'exactly' if exactly else 'value'}-{measure}", **({} if measure == "m" else {"n": int(value)}), value=written)


def _say_block(row: object, texts: Texts) -> str:
    words = {"share": texts.percent(row.share), "score": str(row.score)}  # type: ignore[attr-defined]
    measure, away = row.measure, row.to_better  # type: ignore[attr-defined]
    if pd.isna(away):
        return texts.say("certificate-block-best", **words)
    written = texts.money_exact(away) if measure == "m" else texts.number(away)
    return texts.say("certificate-block", **words, away=texts.say(f"certificate-away-{measure}", **({} if measure == "m" else {"n": int(away)}), value=written))


def list_checks(certificate: pd.DataFrame, *, texts: Texts) -> Table:
    """List what was tried, how many labels changed, and what that means.

    Parameters
    ----------
    certificate : pandas.DataFrame
        One row per `check`: `customers` (with another label), `n` (looked at), `value` (share, 0-1), `verdict`, `times`.
    texts : Texts
    """
    columns = {
        "certificate_check": [_say_check(row, texts) for row in certificate.itertuples()],
        "certificate_n": [texts.number(n) for n in certificate["n"]],
        "certificate_customers": [texts.number(customers) for customers in certificate["customers"]],
        "certificate_share": [texts.percent(value) for value in certificate["value"]],
        "certificate_verdict": [texts.label("certificate-verdict", verdict) for verdict in certificate["verdict"]],
    }
    names = {column: texts.label("column", column) for column in columns}
    numeric = tuple(names[f"certificate_{column}"] for column in ("n", "customers", "share"))
    return Table(pd.DataFrame({names[column]: values for column, values in columns.items()}), numeric=numeric, cards=True)


def _say_check(row: object, texts: Texts) -> str:
    check, times = row.check, row.times  # type: ignore[attr-defined]
    if check == "shuffle":
        return texts.say("certificate-check-shuffle", times=int(times), count=texts.number(times))
    return texts.label("certificate-check", check)
