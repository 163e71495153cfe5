"""The classification tree as lines: an outline for the page, a sheet for the Excel file."""

import pandas as pd

from analysis.charts.tree import list_below, name_levels, name_node, pick_tree, say_change
from analysis.columns import PATH_SEPARATOR
from analysis.display import Branch, Outline
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
    people, money = max(1, int(top["customers"].sum())), float(top["monetary"].astype(float).sum()) or 1.0
    compared = bool(nodes["customers_before"].notna().any())
    below = list_below(nodes)

    def grow(at: int) -> Branch:
        row = nodes.loc[at]
        cells = [texts.number(row["customers"]), texts.percent(row["customers"] / people)]
        cells += [texts.money(row["monetary"]), texts.percent(float(row["monetary"]) / money)]
        cells += [_say(row, texts)] if compared else []
        return Branch(name_node(row, texts), tuple(cells), tuple(grow(each) for each in below.get(row["path"], ())))

    columns = ["customers", "customers_pct", "monetary", "monetary_pct", *(["since"] if compared else [])]
    heads = tuple(texts.say("tree-since") if column == "since" else texts.label("column", column) for column in columns)
    return Outline(texts.say("tree-below").join(name_levels(nodes, texts)), heads, tuple(grow(at) for at in below.get("", ())))


def _say(row: pd.Series, texts: Texts) -> str:
    if row["customers_before"] and not row["customers"]:
        return texts.say("tree-gone", change=texts.number(row["customers_before"]))
    return say_change(row, texts)


def tree_sheet(frame: pd.DataFrame, texts: Texts, *, name: str = "") -> pd.DataFrame:
    """Lay a tree out for a sheet: one row a branch, each parent before its branches.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame `tree`.
    texts : Texts
        Columns are named in its language.
    name : str
        Of the tree; the first one without.

    Returns
    -------
    pandas.DataFrame
        The number of the level, a column a level (what stands above a branch is repeated, what would be below it is empty), customers, their share of all, revenue,
        its share, customers in the last report and the change (both missing where nothing is compared).
    """
    nodes = pick_tree(frame, name)
    names = {row["path"]: name_node(row, texts) for _, row in nodes.iterrows()}
    parts = [path.split(PATH_SEPARATOR) for path in nodes["path"]]
    top = nodes[nodes["level"] == 1]
    money = nodes["monetary"].astype(float)
    people, revenue = max(1, int(top["customers"].sum())), float(money[nodes["level"] == 1].sum()) or 1.0
    levels = {
        level: [names[PATH_SEPARATOR.join(keys[: place + 1])] if place < len(keys) else "" for keys in parts]
        for place, level in enumerate(name_levels(nodes, texts))
    }
    column = {each: texts.label("column", each) for each in ("customers", "customers_pct", "monetary", "monetary_pct")}
    return pd.DataFrame({
        texts.say("tree-level"): nodes["level"], **levels,
        column["customers"]: nodes["customers"], column["customers_pct"]: nodes["customers"] / people,
        column["monetary"]: money, column["monetary_pct"]: money / revenue,
        texts.say("tree-before"): nodes["customers_before"], texts.say("tree-since"): nodes["customers"] - nodes["customers_before"],
    })  # fmt: skip
