"""Faults of tags: those that are certain stop the run, those that the data show are findings."""

import datetime as dt
import itertools
from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table, Value

from analysis.errors import ConfigurationError
from analysis.models.expressions import compile_expression
from analysis.models.rule_ranges import is_impossible, is_included, normalise
from analysis.models.tag_catalogue import Catalogue, Tag
from analysis.models.tags import is_given

COLUMNS = ("tag", "finding", "other", "customers")


def refuse_contradictions(tags: Sequence[Tag]) -> None:
    """See that the rules of one's own tags can be true, and that every level can be reached.

    Raises
    ------
    ConfigurationError
        Naming all tags and levels that surely cannot.
    """
    problems = []
    for tag in (tag for tag in tags if tag.source == "own"):
        if tag.type == "boolean" and is_impossible(tag.rule, origin=tag.origin):
            problems.append(f"The rule of {tag.origin} contradicts itself and is never true: {tag.rule}.")
        problems += list_unreachable(tag)
    if problems:
        raise ConfigurationError("\n".join(problems))


def list_unreachable(tag: Tag) -> list[str]:
    """Say which levels of a tag nobody can reach: those that contradict themselves, and those that an earlier level includes."""
    found = []
    for place, (level, when) in enumerate(zip(tag.levels, tag.conditions, strict=False)):
        if is_impossible(when, origin=tag.origin):
            found.append(f"The level {level!r} of {tag.origin} contradicts itself and is never reached: {when}.")
            continue
        earlier = [pair for pair in zip(tag.levels[:place], tag.conditions[:place], strict=False) if is_included(when, pair[1], origin=tag.origin)]
        if earlier:
            found.append(
                f"The level {level!r} of {tag.origin} is never reached: whoever meets `{when}` is {earlier[0][0]!r} already. Change the order of the levels."
            )
    return found


def find_faults(catalogue: Catalogue, facts: Table, customers: Table, *, as_of: dt.date) -> list[dict]:
    """List what is wrong with tags in these data.

    Parameters
    ----------
    catalogue : Catalogue
    facts : Table
        Grain: customer; what the rules were evaluated on.
    customers : Table
        Grain: customer; with the columns of the tags.

    Returns
    -------
    list of dict
        tag, finding, other, customers:
        ``never``, ``always`` (given to nobody, to everybody); ``level_never`` (other: the level); ``level_overlap`` (other: two levels, joined by " / "; customers who
        meet both conditions of a tag whose levels exclude each other); ``level_unknown`` (the rule gives something that is no level; customers);
        ``same_rule``, ``same_customers`` (other: the earlier tag); ``ended`` (other: the last day); ``wanting`` (other: columns that a pack's tag needs).
    """
    tags = catalogue.tags
    counted = _count(tags, customers)
    found = [_find(tag, "never", "", 0) for tag in tags if not counted[tag.key]]
    found += [_find(tag, "always", "", counted[""]) for tag in tags if tag.type == "boolean" and counted[tag.key] == counted[""] > 0]
    found += _find_levels(tags, customers, facts, counted, as_of=as_of)
    found += _find_doubles(tags, customers, counted)
    found += [_find(tag, "ended", tag.valid_until.isoformat() if tag.valid_until else "", 0) for tag in catalogue.ended]
    return found + [{"tag": key, "finding": "wanting", "other": needs, "customers": 0} for key, needs in catalogue.wanting.items()]


def _find(tag: Tag, finding: str, other: str, customers: int) -> dict:
    return {"tag": tag.key, "finding": finding, "other": other, "customers": customers}


def _count(tags: Sequence[Tag], customers: Table) -> dict[str, int]:
    asked = {tag.key: is_given(tag, customers).sum() for tag in tags}
    row = customers.agg(**{f"n_{key}": value for key, value in asked.items()}, in_all=_.count()).execute().iloc[0]
    return {key: _whole(row[f"n_{key}"]) for key in asked} | {"": int(row.in_all)}


def _whole(value: float | None) -> int:
    return 0 if value is None or value != value else int(value)  # noqa: PLR0124 - NaN is not itself


def _find_levels(tags: Sequence[Tag], customers: Table, facts: Table, counted: dict[str, int], *, as_of: dt.date) -> list[dict]:
    found: list[dict] = []
    for tag in (tag for tag in tags if tag.type == "level" and counted[tag.key]):
        held = {level: (customers[tag.column] == level).fill_null(False).sum() for level in tag.levels}
        row = customers.agg(**{f"l{place}": value for place, value in enumerate(held.values())}).execute().iloc[0]
        found += [_find(tag, "level_never", level, 0) for place, level in enumerate(held) if not _whole(row[f"l{place}"])]
        value = compile_expression(tag.rule, facts, origin=tag.origin, day=as_of)
        if not tag.conditions and (strange := _whole(facts.agg(n=value.notin(tag.levels).fill_null(False).sum()).execute().n[0])):
            found.append(_find(tag, "level_unknown", "", strange))
        if tag.exclusive and tag.conditions:
            met: dict[str, Value] = {
                level: compile_expression(when, facts, origin=tag.origin, expect="boolean", day=as_of)
                for level, when in zip(tag.levels, tag.conditions, strict=True)
            }
            pairs = list(itertools.combinations(met, 2))
            both = facts.agg(**{f"p{place}": (met[one] & met[other]).fill_null(False).sum() for place, (one, other) in enumerate(pairs)}).execute().iloc[0]
            found += [_find(tag, "level_overlap", f"{one} / {other}", n) for place, (one, other) in enumerate(pairs) if (n := _whole(both[f"p{place}"]))]
    return found


def _find_doubles(tags: Sequence[Tag], customers: Table, counted: dict[str, int]) -> list[dict]:
    """Find tags with one rule, and yes-no tags that the same customers have."""
    rules = {tag.key: (tag.type, tag.since, tag.valid_days, normalise(tag.rule, origin=tag.origin)) for tag in tags}
    pairs = list(itertools.combinations(tags, 2))
    alike = [(one, other) for one, other in pairs if rules[one.key] == rules[other.key]]
    flags = [(one, other) for one, other in pairs if one.type == other.type == "boolean" and 0 < counted[one.key] == counted[other.key] < counted[""]]
    asked = {f"p{place}": (is_given(one, customers) & is_given(other, customers)).sum() for place, (one, other) in enumerate(flags)}
    both = customers.agg(**asked).execute().iloc[0] if asked else {}
    found = [_find(other, "same_rule", one.key, counted[other.key]) for one, other in alike]
    return found + [
        _find(other, "same_customers", one.key, counted[other.key])
        for place, (one, other) in enumerate(flags)
        if (one, other) not in alike and _whole(both[f"p{place}"]) == counted[one.key]
    ]
