"""The classification tree as lines that open and close."""

import pandas as pd

from analysis.charts.tree import list_below, name_levels, name_node, pick_tree, say_change
from analysis.display.outline import Branch, Outline
from analysis.texts import Texts


def list_outline(frame: pd.DataFrame, *, name: str = "", texts: Texts) -> Outline:
    """List a tree as lines that open and close: customers, revenue, the share of all in both, and what changed since the last report.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame `tree`.
    name : str
        Of the tree; the first one without.
    texts : Texts
    """
    nodes = pick_tree(frame, name)
    top = nodes[nodes["level"] == 1]
    people, money = (top[column].astype(float).sum(skipna=False) or 1.0 for column in ("customers", "monetary"))
    compared = bool(nodes["customers_before"].notna().any())
    below = list_below(nodes)

    def grow(at: int) -> Branch:
        row = nodes.loc[at]
        cells = [texts.number(row["customers"]), texts.percent(float(row["customers"]) / people)]
        cells += [texts.money(row["monetary"]), texts.percent(float(row["monetary"]) / money)]
        cells += [_say(row, texts)] if compared else []
        return Branch(name_node(row, texts), tuple(cells), tuple(grow(each) for each in below.get(row["path"], ())))

    columns = ["customers", "customers_pct", "monetary", "monetary_pct", *(["since"] if compared else [])]
    heads = tuple(texts.say("tree-since") if column == "since" else texts.label("column", column) for column in columns)
    return Outline(texts.say("tree-below").join(name_levels(nodes, texts)), heads, tuple(grow(at) for at in below.get("", ())))


def _say(row: pd.Series, texts: Texts) -> str:
    if row["customers_before"] > 0 and row["customers"] == 0:
        return texts.say("tree-gone", change=texts.number(row["customers_before"]))
    return say_change(row, texts)
