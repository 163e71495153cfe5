"""What is known of customers and what those bring, who is one person, and the biggest accounts."""

import pandas as pd

from analysis.charts.basis import describe
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.palette import ACCENT, GREY
from analysis.texts import Texts
from analysis.theme import bar_pairs, break_line, name_axis, new_figure, theme

LEAST = 10  # customers: what a smaller group brings may give one of them away


def pick_attribute(by_attribute: pd.DataFrame, attribute: str) -> pd.DataFrame:
    """Give the groups of one attribute that are large enough to be shown; where none is named, of the first that has two of them to compare."""
    large = by_attribute[by_attribute["customers"] >= LEAST]
    values = large[large["kind"] == "value"].groupby("attribute", sort=False).size()
    first = [*values.index[values > 1], *by_attribute["attribute"]][:1]
    return large[large["attribute"].isin([attribute] if attribute else first)].reset_index(drop=True)


def name_group(row: pd.Series, texts: Texts) -> str:
    """Name a value of an attribute; values that stand together say how many they are."""
    if row["kind"] == "other":
        return texts.say("people-other", n=int(row["values"]))
    return texts.value(row["attribute"], row["value"] if row["kind"] == "value" else None)


def draw_attribute(by_attribute: pd.DataFrame, *, attribute: str = "", texts: Texts) -> Chart:
    """Show the share of customers beside that of revenue for the values of an attribute.

    Parameters
    ----------
    by_attribute : pandas.DataFrame
        The frame `by_attribute`: attribute, kind (value, other, unknown), value, values, customers, share, monetary, money_share.
    attribute : str
        Which one; the first where none is named.
    texts : Texts
    """
    rows = pick_attribute(by_attribute, attribute)
    names = [name_group(row, texts) for _, row in rows.iterrows()]
    with theme(texts.lang):
        figure = new_figure(0.4 + 0.48 * max(1, len(rows)))
        axes = figure.subplots()
        shades = [ACCENT if kind == "value" else GREY for kind in rows["kind"]]
        bar_pairs(axes, rows["share"], rows["money_share"], shades, texts)
        name_axis(axes.yaxis, range(len(rows)), [break_line(name, 20) for name in names])
    valued = rows[(rows["kind"] == "value") & rows[["share", "money_share"]].notna().all(axis=1)]
    if valued.empty:
        title = texts.say("chart-people-none")
    else:
        most = valued["money_share" if valued["money_share"].max() > 0 else "share"].astype(float).idxmax()
        words = {"customers": texts.percent(rows["share"][most]), "money": texts.percent(rows["money_share"][most])}
        title = texts.say("chart-people", attribute=texts.column(rows["attribute"][most]), value=names[most], **words)
    parts = [
        texts.say("alt-segment", name=name, customers=texts.percent(row.share), money=texts.percent(row.money_share))
        for name, row in zip(names, rows.itertuples(), strict=True)
        if pd.notna(row.share) and pd.notna(row.money_share)
    ]
    money = {"customers_pct": rows["share"], "monetary": rows["monetary"], "monetary_pct": rows["money_share"]}
    data = pd.DataFrame({"group": names, "customers": rows["customers"], **money})
    key = f"people-{attribute}".replace("_", "-") if attribute else "people-attribute"
    whole = by_attribute[by_attribute["attribute"] == rows["attribute"].iloc[0]]["customers"].sum(skipna=False) if len(rows) else None
    return Chart(key, title, texts.say("alt-list", title=title, parts=texts.join(parts)), data, figure, describe(texts, customers=whole))


def list_attributes(known: pd.DataFrame, *, texts: Texts) -> Table:
    """List of how many customers each attribute is known, the best known first.

    Parameters
    ----------
    known : pandas.DataFrame
        The frame `attributes_known`: attribute, customers, share, distinct.
    texts : Texts
    """
    rows = known.sort_values(["share", "attribute"], ascending=[False, True])
    columns = {
        "attribute": [texts.column(name) for name in rows["attribute"]],
        "known": [texts.number(count) for count in rows["customers"]],
        "share": [texts.percent(share) for share in rows["share"]],
        "distinct": [texts.number(count) for count in rows["distinct"]],
    }
    return _table(columns, texts, text=("attribute",))


def list_identities(counts: pd.DataFrame, *, texts: Texts) -> Table:
    """List what tells that customers are one, what was done about it, and what was bought under those numbers.

    Parameters
    ----------
    counts : pandas.DataFrame
        The frame `identity_counts` (and `possible_duplicates` below it): key, action (merged, listed), numbers, orders, monetary.
    texts : Texts
    """
    columns = {
        "found-by": [texts.label("people-key", key) for key in counts["key"]],
        "done": [texts.label("people-action", action) for action in counts["action"]],
        "numbers": [texts.number(count) for count in counts["numbers"]],
        "orders": [texts.number(count) for count in counts["orders"]],
        "money": [texts.money(money) for money in counts["monetary"]],
    }
    return _table(columns, texts, text=("found-by", "done"))


def list_duplicates(pairs: pd.DataFrame, *, texts: Texts) -> Table:
    """List pairs of customers who may be one, by what they bring.

    Parameters
    ----------
    pairs : pandas.DataFrame
        The frame `duplicates_listed`: customer, other (pseudonyms), chance (0-1), monetary.
    texts : Texts
    """
    columns = {
        "customer": list(pairs["customer"]),
        "may-be": list(pairs["other"]),
        "chance": [texts.percent(chance) for chance in pairs["chance"]],
        "money": [texts.money(money) for money in pairs["monetary"]],
    }
    return _table(columns, texts, text=("customer", "may-be"))


def list_accounts(accounts: pd.DataFrame, *, texts: Texts) -> Table:
    """List the biggest accounts: how many branches, how many of them buy, orders and money.

    Parameters
    ----------
    accounts : pandas.DataFrame
        The frame `biggest_accounts`: account (pseudonym), branches, customers, orders, monetary, share.
    texts : Texts
    """
    columns = {
        "account": list(accounts["account"]),
        "branches": [texts.number(count) for count in accounts["branches"]],
        "buying": [texts.number(count) for count in accounts["customers"]],
        "orders": [texts.number(count) for count in accounts["orders"]],
        "money": [texts.money(money) for money in accounts["monetary"]],
        "money-share": [texts.percent(share) for share in accounts["share"]],
    }
    return _table(columns, texts, text=("account",))


def _table(columns: dict[str, list[str]], texts: Texts, *, text: tuple[str, ...]) -> Table:
    names = {column: texts.label("people-column", column) for column in columns}
    frame = pd.DataFrame({names[column]: values for column, values in columns.items()})
    return Table(frame, numeric=tuple(name for column, name in names.items() if column not in text), cards=True)
