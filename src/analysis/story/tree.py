"""What the classification tree says: the largest branch, what grew and shrank, and how much nobody knows."""

import pandas as pd

from analysis.columns import PATH_SEPARATOR
from analysis.display.reading import Reading
from analysis.texts import Texts


def tell_tree(frame: pd.DataFrame, about: pd.DataFrame, *, name: str = "", texts: Texts) -> Reading:
    """Say which of the finest branches is the largest, which grew and shrank most since the last report, and for how many a level is unknown.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame `tree`.
    about : pandas.DataFrame
        The frame `tree_about`: grain tree, level; level_column, known, since, was_there.
    name : str
        Of the tree; the first one without.
    texts : Texts
    """
    nodes = _pick(frame, name).assign(monetary=lambda rows: rows["monetary"].astype(float))
    about = _pick(about, name).sort_values("level")
    top = nodes[nodes["level"] == 1]
    people, money = (float(top[column].astype(float).sum(skipna=False)) for column in ("customers", "monetary"))
    if not people:
        return Reading((texts.say("tree-nobody"),))
    sentences = (*_tell_largest(nodes, people, money, texts), *_tell_changes(nodes, about, texts), *_tell_unknown(about, people, texts))
    return Reading(sentences or (texts.say("story-withheld"),))


def _pick(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give the rows of one tree: of this name, or of the first there is."""
    wanted = name or (frame["tree"].iloc[0] if len(frame) else "")
    return frame[frame["tree"] == wanted].reset_index(drop=True)


def _tell_largest(nodes: pd.DataFrame, people: float, money: float, texts: Texts) -> list[str]:
    """Name the finest branches with most customers and with most money; nothing of money or people whose sum is withheld (NaN)."""
    ends = nodes[(nodes["level"] == nodes["level"].max()) & ~nodes["is_folded"] & nodes[["customers", "monetary"]].notna().all(axis=1)]
    if ends.empty:
        return []
    sentences = []
    for measure, key, total in (("customers", "tree-most-customers", people), ("monetary", "tree-most-money", money)):
        if total > 0:
            row = ends.loc[ends[measure].astype(float).idxmax()]
            shares = {"share": texts.percent(float(row[measure]) / total), "money": texts.money(row["monetary"])}
            n = int(row["customers"])
            sentences.append(texts.say(key, name=_say_path(nodes, row, texts), n=n, customers=texts.number(n), **shares))
    return sentences


def _tell_changes(nodes: pd.DataFrame, about: pd.DataFrame, texts: Texts) -> list[str]:
    """Say what grew and what shrank most, of all branches under their own name; or why nothing is compared."""
    since = about["since"].iloc[0] if len(about) else None
    if since is None or pd.isna(since):
        return []
    day = texts.date(pd.Timestamp(since))
    missing = [texts.column(column) for column in about.loc[~about["was_there"].astype(bool), "level_column"]]
    if missing:
        return [texts.say("tree-not-compared", date=day, levels=texts.join(missing))]
    told = nodes[nodes["is_change"] & ~nodes["is_folded"] & nodes[["customers", "customers_before"]].notna().all(axis=1)]
    change = told["customers"].astype(int) - told["customers_before"].astype(int)
    if told.empty:
        return [texts.say("tree-no-change", date=day)]
    deepest = told["level"]
    sentences = []
    for key, way in (("tree-grew", 1), ("tree-shrank", -1)):
        moved = (change * way)[change * way > 0]
        if len(moved):
            order = pd.DataFrame({"moved": moved, "level": deepest[moved.index]}).sort_values(["moved", "level"], ascending=[False, False], kind="stable")
            row, most = nodes.loc[order.index[0]], int(order["moved"].iloc[0])
            words = {"name": _say_path(nodes, row, texts), "before": texts.number(row["customers_before"]), "now": texts.number(row["customers"])}
            sentences.append(texts.say(key, n=most, customers=texts.number(most), date=day, **words))
    return sentences


def _tell_unknown(about: pd.DataFrame, people: float, texts: Texts) -> list[str]:
    gaps = about[(1 - about["known"].astype(float)) * people >= 1]  # of a withheld sum nothing is said
    if gaps.empty:
        return []
    parts = [
        texts.say("tree-unknown-part", level=texts.column(row.level_column), name=texts.value(row.level_column, None), share=texts.percent(1 - row.known))
        for row in gaps.itertuples()
    ]
    return [texts.say("tree-unknown", parts=texts.join(parts))]


def _say_path(nodes: pd.DataFrame, row: pd.Series, texts: Texts) -> str:
    """Name a branch with all that it belongs to."""
    keys = row["path"].split(PATH_SEPARATOR)
    above = [nodes[nodes["path"] == PATH_SEPARATOR.join(keys[: end + 1])].iloc[0] for end in range(len(keys))]
    return texts.say("tree-below").join(_cut(texts.value(node["level_column"], node["key"])) for node in above)


def _cut(name: str, most: int = 40) -> str:
    name = " ".join(name.split())
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def tell_choice(about: pd.DataFrame, *, name: str = "", texts: Texts) -> Reading:
    """Say which levels the tree has, and why these.

    Parameters
    ----------
    about : pandas.DataFrame
        The frame `tree_about`: grain tree, level; level_column, known, values, is_chosen.
    name : str
        Of the tree; the first one without.
    texts : Texts
    """
    rows = _pick(about, name).sort_values("level")
    if rows.empty:
        return Reading((texts.say("tree-nobody"),))
    levels = texts.say("tree-below").join(texts.column(column) for column in rows["level_column"])
    if not rows["is_chosen"].all():
        called = str(rows[f"called_{texts.lang}"].iloc[0])
        return Reading((texts.say("tree-called", name=called, levels=levels) if called else texts.say("tree-configured", levels=levels),))
    attributes = rows[rows["is_attribute"]]
    if attributes.empty:
        return Reading((texts.say("tree-chosen-plain", levels=levels),))
    parts = texts.join(texts.say("tree-chosen-part", name=texts.column(row.level_column), share=texts.percent(row.known)) for row in attributes.itertuples())
    return Reading((texts.say("tree-chosen", levels=levels, parts=parts, n=len(attributes)),))
