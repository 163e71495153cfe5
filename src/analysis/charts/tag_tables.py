"""Tables of tags: the catalogue, the values of tags that have several, groups, and what changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts


def list_catalogue(coverage: pd.DataFrame, *, texts: Texts) -> Table:
    """List the tags in force: name, category, meaning, customers, and validity and owner where any tag has one; the rules stand in the Excel file.

    Parameters
    ----------
    coverage : pandas.DataFrame
        The frame `tag_coverage`.
    texts : Texts
    """
    rows = coverage[coverage["value"].isna()].to_dict("records")
    columns: dict[str, Sequence[str]] = {
        texts.say("tag-column-name"): [texts.label("tag", row["tag"]) for row in rows],
        texts.say("tag-column-category"): [texts.label("tag-category", row["category"]) for row in rows],
        texts.say("tag-column-about"): [_about(row["tag"], texts) for row in rows],
        texts.say("tag-column-customers-given"): [texts.number(row["customers"]) for row in rows],
        texts.say("tag-column-share"): [texts.percent(row["share"]) for row in rows],
    }
    if any(_told(row["valid_days"]) or _told(row["valid_until"]) for row in rows):
        columns[texts.say("tag-column-validity")] = [_validity(row, texts) for row in rows]
    if any(_told(row["owner"]) for row in rows):
        columns[texts.say("tag-column-owner")] = [row["owner"] if _told(row["owner"]) else texts.say("no-value") for row in rows]
    numeric = (texts.say("tag-column-customers-given"), texts.say("tag-column-share"))
    return Table(pd.DataFrame(columns), numeric=numeric, cards=True)


def _told(value: Any) -> bool:
    return value is not None and value == value and value != ""  # noqa: PLR0124 - NaN is not itself


def _about(key: str, texts: Texts) -> str:
    message = f"tag-about-{key}".replace("_", "-")
    return (texts.say(message) if texts.has(message) else "") or texts.say("no-value")


def _validity(row: Mapping[str, Any], texts: Texts) -> str:
    parts = []
    if _told(row["valid_days"]):
        parts.append(texts.say("tag-validity-days", n=int(row["valid_days"]), days=texts.number(row["valid_days"])))
    if _told(row["valid_until"]):
        parts.append(texts.say("tag-validity-until", date=texts.date(pd.Timestamp(row["valid_until"]).date())))
    return texts.join(parts) or texts.say("tag-validity-always")


def list_values(coverage: pd.DataFrame, *, texts: Texts) -> Table:
    """List how customers and revenue are spread over the values of the tags that have several.

    Parameters
    ----------
    coverage : pandas.DataFrame
        The frame `tag_coverage`.
    texts : Texts
    """
    rows = coverage[coverage["value"].notna()]
    columns = {
        texts.say("tag-column-name"): [texts.label("tag", key) for key in rows["tag"]],
        texts.label("column", "value"): [texts.value(f"tag_{row.tag}", row.value) for row in rows.itertuples()],
        texts.label("column", "customers"): [texts.number(count) for count in rows["customers"]],
        texts.label("column", "customers_pct"): [texts.percent(share) for share in rows["share"]],
        texts.label("column", "monetary_pct"): [texts.percent(share) for share in rows["monetary_share"]],
    }
    return Table(pd.DataFrame(columns), numeric=tuple(list(columns)[2:]), cards=True)


def list_groups(groups: pd.DataFrame, *, texts: Texts) -> Table:
    """List the groups built from tags: customers and revenue.

    Parameters
    ----------
    groups : pandas.DataFrame
        The frame `tag_groups`.
    texts : Texts
    """
    columns = {
        texts.say("tag-column-group"): [texts.label("tag-group", key) for key in groups["group"]],
        texts.label("column", "customers"): [texts.number(count) for count in groups["customers"]],
        texts.label("column", "customers_pct"): [texts.percent(share) for share in groups["share"]],
        texts.label("column", "monetary"): [texts.money(money) for money in groups["monetary"]],
        texts.label("column", "monetary_pct"): [texts.percent(share) for share in groups["monetary_share"]],
    }
    return Table(pd.DataFrame(columns), numeric=tuple(list(columns)[1:]), cards=True)


def list_changes(changes: pd.DataFrame, *, texts: Texts) -> Table:
    """List which tags were gained, lost and changed, level by level.

    Parameters
    ----------
    changes : pandas.DataFrame
        The frame `tag_changes`.
    texts : Texts
    """
    rows = changes.to_dict("records")

    def level(row: Mapping[str, Any], side: str) -> str:
        return texts.value(f"tag_{row['tag']}", row[side]) if _told(row[side]) else texts.say("no-value")

    columns = {
        texts.say("tag-column-name"): [texts.label("tag", row["tag"]) for row in rows],
        texts.say("tag-column-kind"): [texts.label("tag-kind", row["kind"]) for row in rows],
        texts.say("tag-column-before"): [level(row, "before") for row in rows],
        texts.say("tag-column-after"): [level(row, "after") for row in rows],
        texts.label("column", "customers"): [texts.number(row["customers"]) for row in rows],
        texts.say("tag-column-newcomers"): [texts.number(row["newcomers"]) for row in rows],
    }
    return Table(pd.DataFrame(columns), numeric=tuple(list(columns)[4:]), cards=True)
