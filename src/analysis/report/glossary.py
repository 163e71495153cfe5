"""The last chapter of every report, which no notebook writes: each term with its meaning, its formula, and its name in the other language."""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pyarrow.parquet as pq

from analysis.columns import CAUSES, CLASS8, STAGES, TIERS, UNCLASSIFIED
from analysis.config import Config
from analysis.models.classes import Dimension, settle_dimensions
from analysis.models.maps import MEASURES, SegmentMap, load_map
from analysis.models.sufficiency import FEWER, FEWEST
from analysis.recipes.maps import open_map
from analysis.report.arranging import arrange
from analysis.report.chapters import GLOSSARY
from analysis.report.export import Body
from analysis.report.pages import html_lang
from analysis.texts import LOCALES, Texts

_PLAIN = {
    "measures": "as-of customer order recency frequency monetary average-order score cut-point ruler rfm-code segment segment-map tie",
    "tiers": "median",
    "stages": "silence usual-gap overdue-index",
    "movement": "active-30d active new-in-month returning reactivated-month dormant-month cohort retention churn repeat-rate migration",
    "value": "p-alive model-states btyd-model expected-orders clv gamma-gamma hold-out prediction-interval",
    "clusters": "cluster silhouette stability outlier",
    "opinion": "nps csat ces loyalty-index",
    "classes": "class tag override",
    "trust": "net-of-returns returns-unmatched quarantine ledger pseudonym withheld confidence-interval",
}
_ORDER = ("measures", "segments", "class8", "tiers", "stages", "movement", "value", "clusters", "opinion", "classes", "trust")


@dataclass(frozen=True)
class Entry:
    """A term: the messages that name it, say its meaning and its formula, and what they are filled with; or a finished `rule`; or the classes of a dimension."""

    term: str
    meaning: str = ""
    formula: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    rule: str = ""
    dimension: Dimension | None = None


def find_map(config: Config, tables: Path | None) -> SegmentMap:
    """Find the map that a report goes by: the one asked for, or, where its segments say so, the one for few data.

    Parameters
    ----------
    config : Config
    tables : Path or None
        The folder with `segments.parquet`; without one it is the map asked for.
    """
    wanted = open_map(config)
    if tables is None:
        return wanted
    rows = pq.read_table(tables / "segments.parquet", columns=["scheme", "segment"]).to_pylist()
    there = {row["segment"] for row in rows if row["scheme"] == "segment"} - {UNCLASSIFIED}
    return next((each for each in (wanted, load_map(FEWER), load_map(FEWEST)) if set(each.keys) == there), wanted)


def write_glossary(words: Mapping[str, Texts], lang: str, config: Config, segment_map: SegmentMap) -> Body:
    """Write the glossary of a report in one of its languages.

    Parameters
    ----------
    words : mapping of str to Texts
        The catalogue of each language, with the words of the configuration.
    lang : str
    config : Config
        Its stages, classes and least number of customers stand in formulas.
    segment_map : SegmentMap
        The map in use: its segments are the ones that are explained.
    """
    texts = words[lang]
    others = [other for other in words.values() if other.lang != lang] or [Texts(other) for other in LOCALES if other != lang]
    title = texts.say("glossary-title")
    parts = [f'<div class="prose"><h1 id="{GLOSSARY}-1">{html.escape(title)}</h1>\n<p>{html.escape(texts.say("glossary-intro"))}</p></div>']
    for number, group in enumerate(_ORDER, start=2):
        heading = f'<div class="prose"><h2 id="{GLOSSARY}-{number}">{html.escape(texts.say(f"glossary-{group}"))}</h2></div>'
        entries = "".join(_write(entry, texts, others) for entry in list_entries(group, texts, config, segment_map))
        parts.append(f'{heading}<dl class="glossary">{entries}</dl>')
    return Body(GLOSSARY, lang, title, arrange("\n".join(parts)))


def list_entries(group: str, texts: Texts, config: Config, segment_map: SegmentMap) -> Iterator[Entry]:
    """List the terms of a group, in the order in which they are read."""
    limits = getattr(config.lifecycle, "times" if config.lifecycle.by == "rhythm" else "days")
    silence: dict[str, object] = {
        "by": config.lifecycle.by,
        **{name: texts.number(limit, 0 if limit == int(limit) else 1) for name, limit in limits.model_dump().items()},
    }
    silence |= {"gaps": config.lifecycle.recent_gaps, "change": f"{config.lifecycle.change:g}"}
    if group == "segments":
        for key in segment_map.keys:
            is_class8 = key in CLASS8
            rule = "" if is_class8 else _tell_scores(key, segment_map, texts)
            yield _labelled("class8" if is_class8 else "segment", key, texts, rule=rule)
    elif group == "class8":
        yield from (_labelled("class8", key, texts) for key in CLASS8)
        yield _plain("class8-cut", texts)
    elif group == "tiers":
        yield from (_labelled("value-tier", key, texts) for key in TIERS)
    elif group == "stages":
        for key in STAGES:
            yield _labelled("stage", key, texts, meaning=f"define-{key}".replace("_", "-"), values=silence)
    for name in _PLAIN.get(group, "").split():
        yield _plain(name, texts, values={"least": config.pages.least} if name == "withheld" else {})
    if group == "movement":
        for cause in (each.replace("_", "-") for each in CAUSES):
            yield Entry(f"column-{cause}", f"meaning-cause-{cause}")
        yield from (_plain(name, texts) for name in ("at-stake", "effort"))
    if group == "classes":
        for dimension in settle_dimensions(config.classes):
            yield Entry(f"column-{dimension.name}".replace("_", "-"), dimension=dimension)


def _plain(name: str, texts: Texts, values: Mapping[str, object] | None = None) -> Entry:
    return Entry(f"term-{name}", f"meaning-{name}", f"formula-{name}" if texts.has(f"formula-{name}") else "", values or {})


def _labelled(kind: str, key: str, texts: Texts, *, meaning: str = "", values: Mapping[str, object] | None = None, rule: str = "") -> Entry:
    """Take the name that charts and tables use; what nobody has explained, a segment of one's own, goes by its rule alone."""
    name = f"{kind}-{key}".replace("_", "-")
    meaning = meaning or f"meaning-{name}"
    return Entry(name, meaning if texts.has(meaning) else "", f"formula-{name}" if texts.has(f"formula-{name}") else "", values or {}, rule)


def _write(entry: Entry, texts: Texts, others: Sequence[Texts]) -> str:
    beside = "".join(f' <span lang="{html_lang(other.lang)}">{html.escape(_name(entry, other))}</span>' for other in others)
    told = f"<dd>{html.escape(texts.say(entry.meaning))}</dd>" if entry.meaning else ""
    if formula := entry.rule or (texts.say(entry.formula, **entry.values) if entry.formula else ""):
        told += f'<dd class="formula">{html.escape(texts.say("glossary-how", formula=formula))}</dd>'
    if entry.dimension:
        told += _tell_classes(entry.dimension, texts, others)
    return f"<div><dt>{html.escape(_name(entry, texts))}{beside}</dt>{told}</div>"


def _name(entry: Entry, texts: Texts) -> str:
    return texts.say(entry.term) if texts.has(entry.term) else texts.feature(entry.term.removeprefix("column-").replace("-", "_"))


def _tell_classes(dimension: Dimension, texts: Texts, others: Sequence[Texts]) -> str:
    """Say of each class how it is called in each language and who is in it; of a rule of one's own the catalogue knows no more than that."""
    told = ""
    for key in dict.fromkeys([rule.key for rule in dimension.rules] + ([dimension.otherwise] if dimension.otherwise else [])):
        message = f"class-rule-{dimension.name}-{key}".replace("_", "-")
        rule = texts.say(message if dimension.is_ours and texts.has(message) else "class-rule-own")
        beside = "".join(f' <span lang="{html_lang(other.lang)}">{html.escape(other.value(dimension.name, key))}</span>' for other in others)
        told += f"<dd><b>{html.escape(texts.value(dimension.name, key))}</b>{beside}<br>{html.escape(rule)}</dd>"
    return told


def _tell_scores(key: str, segment_map: SegmentMap, texts: Texts) -> str:
    """Say which scores make a segment: ranges where the map looks at two of them, codes where it looks at all three."""
    cells = sorted(cell for cell, name in segment_map.cells.items() if name == key)
    if segment_map.axes != MEASURES[:2]:
        return texts.say("glossary-codes", codes=" ".join("".join(map(str, cell)) for cell in reversed(cells)))
    across = {first: tuple(second for one, second in cells if one == first) for first, _ in cells}
    told = ""
    for seconds, rows in groupby(sorted(across.items(), key=lambda row: (row[1], row[0])), key=lambda row: row[1]):
        firsts = [first for first, _ in rows]
        first, second = (_tell_range(axis, scores, texts) for axis, scores in zip(segment_map.axes, (firsts, seconds), strict=True))
        both = texts.say("glossary-score-and", first=first, second=second)
        told = texts.say("glossary-score-or", first=told, second=both) if told else both
    return told


def _tell_range(axis: str, scores: Sequence[int], texts: Texts) -> str:
    name = axis.upper()
    if len(scores) == 1:
        return texts.say("glossary-score-one", axis=name, score=scores[0])
    if list(scores) == list(range(scores[0], scores[-1] + 1)):
        return texts.say("glossary-score-range", axis=name, low=scores[0], high=scores[-1])
    return texts.say("glossary-score-one", axis=name, score=texts.join(map(str, scores)))
