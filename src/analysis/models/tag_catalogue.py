"""The catalogue of tags: those of the packs for which there are data, and one's own."""

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from ibis.expr.types import Table

from analysis.errors import ConfigurationError
from analysis.models.expressions import columns_of, compile_expression
from analysis.settings.strict import Strict, check
from analysis.settings.tags import LONGEST, TagRule, Tags

PACKS = ("core", "retail", "ecommerce", "manufacturing", "education")


class _Pack(Strict):
    tag: tuple[TagRule, ...]


@dataclass(frozen=True)
class Tag:
    """A tag in force.

    Parameters
    ----------
    key, category, type : str
        Type is boolean, number, text or level.
    rule : str
        One SQL expression over the columns of a customer.
    levels : tuple of str
        The keys of the levels in order; empty for other types.
    owner : str
    valid_days : int, optional
        The tag holds so many days from `since`, a date expression.
    words, about : mapping of str to str
        Name and meaning by language; about may be empty.
    source : str
        The pack, or ``own``.
    """

    key: str
    category: str
    type: str
    rule: str
    levels: tuple[str, ...] = ()
    owner: str = ""
    valid_days: int | None = None
    since: str | None = None
    valid_until: dt.date | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    source: str = "own"
    conditions: tuple[str, ...] = ()  # of the levels, one each, where they have them
    exclusive: bool = False

    @property
    def column(self) -> str:
        """The column of the table of customers."""
        return f"tag_{self.key}"

    @property
    def origin(self) -> str:
        """Whose rule it is, for messages."""
        return f"tag {self.key!r}"


@dataclass(frozen=True)
class Catalogue:
    """The tags in force; those that ended before as-of; and those of the packs that want columns: key -> what they need."""

    tags: tuple[Tag, ...]
    ended: tuple[Tag, ...] = ()
    wanting: Mapping[str, str] = field(default_factory=dict)


def read_pack(name: str) -> tuple[TagRule, ...]:
    """Read the tags of a pack."""
    file = resources.files("analysis.models") / "tag_packs" / f"{name}.toml"
    return check(_Pack, tomllib.loads(file.read_text(encoding="utf-8")), f"the pack of tags {name!r}").tag


def list_rules(tags: Tags) -> dict[str, tuple[TagRule, str]]:
    """List the rules that the configuration asks for, by key, each with its pack; one's own replace those of a pack.

    Raises
    ------
    ConfigurationError
        When a tag that shall be left out is in no pack.
    """
    found = {rule.key: (rule, pack) for pack in tags.packs for rule in read_pack(pack)}
    if strange := [key for key in tags.without if key not in found]:
        raise ConfigurationError(f"[tags] without names {', '.join(strange)}; the packs have: {', '.join(found)}.")
    kept = {key: pair for key, pair in found.items() if key not in tags.without}
    return kept | {rule.key: (rule, "own") for rule in tags.own}


def list_needs(rule: TagRule) -> frozenset[str]:
    """Name the columns that a rule reads."""
    texts = [rule.expression, *([rule.since] if rule.since else [])]
    return frozenset[str]().union(*(columns_of(text, origin=f"tag {rule.key!r}") for text in texts))


def find_known(table: Table, names: Collection[str]) -> frozenset[str]:
    """Name the columns that are there and in which something stands for anybody."""
    there = {name.lower(): name for name in table.columns}
    asked = sorted(name for name in names if name.lower() in there)
    if not asked:
        return frozenset()
    seen = table.agg(**{f"c{place}": table[there[name.lower()]].notnull().any() for place, name in enumerate(asked)}).execute().iloc[0]
    return frozenset(name for place, name in enumerate(asked) if seen[f"c{place}"] is not None and bool(seen[f"c{place}"]))


def settle_catalogue(tags: Tags, table: Table, *, as_of: dt.date, say: Mapping[str, Any]) -> Catalogue:
    """Decide which tags are in force.

    Parameters
    ----------
    tags : Tags
    table : Table
        Grain: customer, with every column that rules may name.
    as_of : datetime.date
    say : mapping of str to Texts
        The catalogues of the languages, own words in them.

    Raises
    ------
    ConfigurationError
        Naming everything wrong with one's own tags at once: rules, unknown columns, names given twice.
    """
    rules = list_rules(tags)
    problems: list[str] = []
    needs = {}
    for key, (rule, _source) in rules.items():
        try:
            needs[key] = list_needs(rule)
        except ConfigurationError as problem:
            problems.append(str(problem))
    packed = [key for key in needs if rules[key][1] != "own"]
    known = find_known(table, frozenset[str]().union(*(needs[key] for key in packed)))
    force, ended, wanting = [], [], {}
    for key, named in needs.items():
        rule, source = rules[key]
        if source != "own" and (missing := _find_missing(rule, named, known)):
            wanting[key] = missing
            continue
        tag = _make_tag(rule, source, say)
        if rule.valid_until and as_of > rule.valid_until:
            ended.append(tag)
            continue
        try:
            express_tag(tag, table, as_of=as_of)
            force.append(tag)
        except ConfigurationError as problem:
            if source == "own":
                problems.append(str(problem))
            else:
                wanting[key] = ", ".join(sorted(named))  # a column of that name holds something else here
    problems += _find_namesakes([*force, *ended])
    if problems:
        raise ConfigurationError("\n".join(problems))
    return Catalogue(tuple(force), tuple(ended), wanting)


def _find_missing(rule: TagRule, named: frozenset[str], known: frozenset[str]) -> str:
    missing = sorted(named - known - set(rule.any_of))
    if rule.any_of and not known & set(rule.any_of):
        missing.append(" / ".join(rule.any_of))
    return ", ".join(missing)


def _make_tag(rule: TagRule, source: str, say: Mapping[str, Any]) -> Tag:
    about = {lang: texts.label("tag-about", rule.key) for lang, texts in say.items() if texts.has(f"tag-about-{rule.key}".replace("_", "-"))}
    return Tag(
        key=rule.key, category=rule.category, type=rule.type, rule=rule.expression, levels=tuple(level.key for level in rule.levels), owner=rule.owner,
        valid_days=rule.valid_days, since=rule.since, valid_until=rule.valid_until, words={lang: texts.label("tag", rule.key) for lang, texts in say.items()},
        about=about, source=source, conditions=tuple(level.when for level in rule.levels if level.when), exclusive=rule.exclusive,
    )  # fmt: skip


def _find_namesakes(tags: Sequence[Tag]) -> list[str]:
    """Find tags that one cannot tell apart by their names, in any language."""
    problems = []
    for lang in LONGEST:
        keys: dict[str, str] = {}
        for tag in tags:
            name = tag.words.get(lang, "")
            before = keys.setdefault(name.casefold(), tag.key)
            if before != tag.key:
                problems.append(f"The tags {before!r} and {tag.key!r} are both called {name!r} in {lang}. Give one of them another name.")
    return problems


def express_tag(tag: Tag, table: Table, *, as_of: dt.date) -> Any:
    """Translate a tag's rule: yes or no, a number (finite), a text, or the key of a level; null where it is not given or no longer holds.

    Raises
    ------
    ConfigurationError
    """
    expect: Any = "text" if tag.type == "level" else tag.type
    value = compile_expression(tag.rule, table, origin=tag.origin, expect=expect, day=as_of)
    if tag.type == "level":
        value = value.isin(tag.levels).ifelse(value, None)
    elif tag.type == "number":
        number = value.cast("float64")
        value = (number.isnan() | number.isinf()).ifelse(None, number)
    elif tag.type == "text":
        value = value.nullif("")
    if tag.since:
        age = compile_expression(f"as_of - ({tag.since})", table, origin=tag.origin, expect="number", day=as_of)
        holds = (age >= 0) & (age <= tag.valid_days)
        value = (value & holds) if tag.type == "boolean" else holds.ifelse(value, None)
    return value


def name_tags(tags: Tags, lang: str) -> dict[str, str]:
    """Gather what one's own tags, their levels and groups are called, for `Texts`: message to words."""
    words = {f"tag-{tag.key}": tag.say(lang) for tag in tags.own}
    words |= {f"tag-about-{tag.key}": tag.about.say(lang) if tag.about else "" for tag in tags.own}
    for tag in tags.own:
        for level in tag.levels:
            said = (level.en if lang == "en" else level.zh) or level.en or level.zh
            words |= {f"class-tag-{tag.key}-{level.key}": said} if said else {}
    words |= {f"tag-group-{group.key}": group.say(lang) for group in tags.groups}
    return {key.replace("_", "-"): text for key, text in words.items()}
