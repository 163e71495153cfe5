"""Who is on a list: customers by segment, stage, class, tag or group of tags, or by a rule of one's own."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import ibis
from ibis.expr.types import BooleanValue, Table

from analysis.columns import STAGES
from analysis.errors import ConfigurationError, shorten
from analysis.models.expressions import compile_expression
from analysis.models.tags import group_expression
from analysis.recipes.opened import Opened


@dataclass(frozen=True)
class Wanted:
    """Who is wanted: one of the segments and one of the stages, of every class and every tag, in every group, by the rule.

    Parameters
    ----------
    segments, stages, tags, groups : sequence of str
        Keys; a tag with levels as ``NAME=LEVEL``.
    classes : sequence of str
        ``NAME=KEY``, as ``need=high_end``.
    rule : str
        An expression over the columns of the table of customers: ``monetary > 1000 and region = '广东'``.
    """

    segments: Sequence[str] = ()
    stages: Sequence[str] = ()
    classes: Sequence[str] = ()
    tags: Sequence[str] = ()
    groups: Sequence[str] = ()
    rule: str = ""

    def describe(self) -> dict[str, object]:
        """Say it as the ledger keeps it."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value if isinstance(value, str) else list(value) for name, value in said.items() if value}


def choose(opened: Opened, wanted: Wanted) -> Table:
    """Filter the table of customers.

    Returns
    -------
    Table
        Grain: customer_id; the columns of `customers`.

    Raises
    ------
    ConfigurationError
        Naming every key that there is not, with those that there are.
    """
    customers = opened.get("customers")
    wrong: list[str] = []
    conditions: list[BooleanValue] = []
    for column, keys, known in (("segment", wanted.segments, opened.get("groups")["segment"]), ("lifecycle_stage", wanted.stages, STAGES)):
        wrong += _miss("segment" if column == "segment" else "stage", keys, known)
        conditions += [customers[column].isin(list(keys))] if keys else []
    for pair in wanted.classes:
        conditions += _match_class(customers, pair, opened.get("class_keys"), wrong)
    catalogue = {tag.key: tag for tag in opened.get("tag_catalogue")}
    for pair in wanted.tags:
        key, _, value = pair.partition("=")
        if missing := _miss("tag", [key], list(catalogue)):
            wrong += missing
        else:
            conditions.append(_match_tag(customers[f"tag_{key}"], value, f"tag {key!r}", wrong))
    groups = {group.key: group for group in opened.config.tags.groups}
    wrong += _miss("group", wanted.groups, list(groups))
    rules = [(f"group {key!r}", group_expression(groups[key])) for key in wanted.groups if key in groups]
    rules += [("the rule of the list", wanted.rule)] if wanted.rule else []
    if wrong:
        raise ConfigurationError(" ".join(wrong))
    conditions += [compile_expression(text, customers, origin=origin, expect="boolean", day=opened.as_of) for origin, text in rules]
    return customers.filter(*conditions) if conditions else customers


def _match_class(customers: Table, pair: str, keys: Mapping[str, tuple[str, ...]], wrong: list[str]) -> list[BooleanValue]:
    name, _, key = pair.partition("=")
    if missing := _miss("class", [name], list(keys)) or _miss(f"value of {name}", [key], keys[name]):
        wrong += missing
        return []
    return [customers[name] == key]


def _match_tag(column: ibis.Value, value: str, origin: str, wrong: list[str]) -> BooleanValue:
    if column.type().is_boolean():
        if value not in ("", "true", "false"):
            wrong.append(f"{origin} is either true or false; got {value!r}.")
        return column == (value != "false")
    if not value:
        return column.notnull()
    if column.type().is_string():
        return column == value
    wrong.append(f'{origin} holds numbers: choose with a rule, for example --where "{column.get_name()} >= 3".')
    return column.notnull()


def _miss(what: str, keys: Sequence[str], known: Sequence[str]) -> list[str]:
    found = []
    for key in keys:
        if key not in known:
            near = difflib.get_close_matches(key, list(known), n=3)
            found.append(f"There is no {what} {key!r}; {'did you mean ' + shorten(near) if near else 'there are: ' + (', '.join(known) or 'none')}.")
    return found
