"""What is said of two reports compared: sentences with their numbers, and tables of finished text. The terminal and the page say the same."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from analysis.columns import NONE
from analysis.display.table import Table
from analysis.report.compare import Change, Comparison
from analysis.report.measures import is_money, name_measure, read_values, say_change, write_value
from analysis.texts import Texts

_NAMED, _MOST_MOVES = 3, 20


def tell_comparison(found: Comparison, *, texts: Texts) -> tuple[str, ...]:
    """Say what a reader must know first, how many buyers there are, which segments grew or shrank most and who went there, and what else differs."""
    before, after = found.before.listed, found.after.listed
    sentences = []
    if not found.is_one_shop:
        sentences.append(texts.say("compare-other-shop", before=before.name, after=after.name))
    if not found.is_one_currency:
        codes = [listed.currency or texts.say("compare-no-currency") for listed in (before, after)]
        sentences.append(texts.say("compare-other-currency", before=codes[0], after=codes[1]))
    sizes = [float(found.segments[f"customers_{which}"].sum(skipna=False)) for which in ("before", "after")]
    if _told(*sizes):
        way = "more" if sizes[1] > sizes[0] else "fewer" if sizes[1] < sizes[0] else "same"
        words = {"n": int(sizes[1]), "now": texts.number(sizes[1]), "change": texts.number(abs(sizes[1] - sizes[0])), "then": texts.number(sizes[0])}
        sentences.append(texts.say("compare-buyers", way=way, **words))
    sentences += [*_tell_stay(found.moves, texts), *_tell_segments(found, texts), *_tell_rest(found, texts)]
    return tuple(sentences)


def _tell_stay(moves: pd.DataFrame, texts: Texts) -> list[str]:
    """Say how many of those who were buyers in both reports are in the same segment."""
    both = moves[(moves["from_segment"] != NONE) & (moves["to_segment"] != NONE)]
    same = both[both["from_segment"] == both["to_segment"]]
    n, whole = (float(rows["customers"].sum(skipna=False)) for rows in (same, both))
    if not _told(n, whole) or not whole:
        return []
    return [texts.say("compare-stayed", n=int(n), same=texts.number(n), both=texts.number(whole), share=texts.percent(n / whole))]


def _tell_segments(found: Comparison, texts: Texts) -> list[str]:
    """Tell the segments that changed most, each with who joined and who left."""
    change = (found.segments["customers_after"] - found.segments["customers_before"]).abs()
    rows = found.segments.assign(change=change).query("change > 0").sort_values(["change", "segment"], ascending=[False, True]).head(_NAMED)
    sentences = []
    for row in rows.itertuples():
        grew = row.customers_after > row.customers_before
        words = {
            "segment": _group(row.segment, texts),
            "change": texts.number(row.change),
            "n": int(row.customers_after),
            "now": texts.number(row.customers_after),
        }
        said = texts.say("compare-grew" if grew else "compare-shrank", **words)
        sides = (("to_segment", "from_segment"), ("from_segment", "to_segment"))
        parts = [_tell_side(found.moves, row.segment, side, texts) for side in sides]
        told = texts.say("compare-and").join(part for part in parts if part) if parts[0 if grew else 1] else ""  # who left is no reason to have grown
        sentences.append(texts.say("compare-why", said=said, parts=told) if told else texts.say("compare-plain", said=said))
    return sentences


def _tell_side(moves: pd.DataFrame, segment: str, side: tuple[str, str], texts: Texts) -> str:
    """Say how many came to a segment, or left it, and where most of them are from or went."""
    here, there = side
    rows = moves[(moves[here] == segment) & (moves[there] != segment)]
    some = rows[rows["customers"] > 0].sort_values(["customers", there], ascending=[False, True])
    if some.empty:
        return ""
    n, most = float(rows["customers"].sum(skipna=False)), some.iloc[0]
    if not _told(n):  # of few customers, or what would tell how many they are: what is known is true all the same
        key = "compare-came" if here == "to_segment" else "compare-went"
        return texts.say(
            key, none="yes" if most[there] == NONE else "no", m=int(most["customers"]), most=texts.number(most["customers"]), group=_group(most[there], texts)
        )
    words = {"n": int(n), "customers": texts.number(n), "m": int(most["customers"]), "most": texts.number(most["customers"])}
    about = {"none": "yes" if most[there] == NONE else "no", "part": "all" if len(some) == 1 else "some"}
    return texts.say("compare-joined" if here == "to_segment" else "compare-left", group=_group(most[there], texts), **about, **words)


def _tell_rest(found: Comparison, texts: Texts) -> list[str]:
    """Say what besides customers differs, and that it can move them."""
    counts = {"settings": found.settings, "cuts": found.thresholds, "files": found.inputs}
    parts = [texts.say(f"compare-differs-{name}", n=len(changes), count=texts.number(len(changes))) for name, changes in counts.items() if changes]
    if not parts:
        return [texts.say("compare-alike")]
    return [texts.say("compare-differs", parts=texts.join(parts))]


def list_tables(found: Comparison, *, texts: Texts, most: int = _MOST_MOVES) -> list[tuple[str, Table]]:
    """List the tables: key figures, segments, movement, cut points, settings, files; each with the key of its heading. One without rows is left out."""
    tables = {
        "figures": _figures(found, texts), "segments": _segments(found, texts), "moves": _moves(found.moves, texts, most),
        "cuts": _cuts(found, texts), "settings": _changes(found.settings, found, texts, _plain(texts)),
        "files": _changes(found.inputs, found, texts, lambda file: texts.say("compare-rows", n=file[1], rows=texts.number(file[1]))),
    }  # fmt: skip
    return [(name, table) for name, table in tables.items() if len(table.frame)]


def _heads(found: Comparison, texts: Texts) -> tuple[str, str]:
    """Name the two columns by their days; by what else they are where the days are equal."""
    names = [texts.date(side.as_of) for side in (found.before, found.after)]
    if names[0] == names[1]:
        names = [texts.say(f"compare-{which}", date=name) for which, name in zip(("first", "second"), names, strict=True)]
    return names[0], names[1]


def _own(found: Comparison, texts: Texts) -> tuple[Texts, Texts]:
    return Texts(texts.lang, found.before.listed.currency), Texts(texts.lang, found.after.listed.currency)


def _figures(found: Comparison, texts: Texts) -> Table:
    values = [read_values(side.listed) for side in (found.before, found.after)]
    measures = [str(figure.get("measure")) for side in (found.after, found.before) for figure in side.listed.key_figures]
    then, now = _heads(found, texts)
    name, change = texts.say("compare-figure"), texts.say("compare-change")
    rows = []
    for measure in dict.fromkeys(measures):
        pair = [write_value(measure, value.get(measure), own) for value, own in zip(values, _own(found, texts), strict=True)]
        alike = found.is_one_currency or not is_money(measure)
        moved = say_change(measure, values[1].get(measure), values[0].get(measure), texts) if alike else ""
        rows.append((name_measure(measure, texts), *pair, moved or texts.say("no-value")))
    return Table(pd.DataFrame(rows, columns=[name, then, now, change]), numeric=(then, now, change))


def _segments(found: Comparison, texts: Texts) -> Table:
    then, now = _heads(found, texts)
    own = _own(found, texts)
    count, money = texts.label("column", "customers"), texts.label("column", "monetary")
    columns = {texts.label("column", "segment"): [_group(key, texts) for key in found.segments["segment"]]}
    for name, write in ((count, lambda value, _: texts.number(value)), (money, lambda value, own: own.money(value))):
        kind = "customers" if name == count else "monetary"
        for which, head, each in (("before", then, own[0]), ("after", now, own[1])):
            columns[texts.say("compare-of", what=name, date=head)] = [write(value, each) for value in found.segments[f"{kind}_{which}"]]
        if kind == "customers" or found.is_one_currency:
            pairs = zip(found.segments[f"{kind}_before"], found.segments[f"{kind}_after"], strict=True)
            columns[texts.say("compare-of-change", what=name)] = [_signed(b - a, lambda value, write=write: write(value, own[1])) for a, b in pairs]  # type: ignore[misc]
    return Table(pd.DataFrame(columns), numeric=tuple(columns)[1:], cards=True)


def _moves(moves: pd.DataFrame, texts: Texts, most: int) -> Table:
    """List the largest moves; what is withheld is not listed."""
    rows = moves[(moves["from_segment"] != moves["to_segment"]) & (moves["customers"] > 0)]
    rows = rows.sort_values(["customers", "from_segment", "to_segment"], ascending=[False, True, True]).head(most)
    heads = [texts.label("column", name) for name in ("from_segment", "to_segment", "customers")]
    none = texts.say("compare-no-buyer")
    cells = [[none if key == NONE else _group(key, texts) for key in rows[f"{side}_segment"]] for side in ("from", "to")]
    frame = pd.DataFrame({heads[0]: cells[0], heads[1]: cells[1], heads[2]: [texts.number(count) for count in rows["customers"]]})
    return Table(frame, numeric=(heads[2],))


def _cuts(found: Comparison, texts: Texts) -> Table:
    """List the cut points that differ: days and orders in whole, money as each report has it."""
    then, now = _heads(found, texts)
    rows = []
    for change in found.thresholds:
        pairs = zip((change.before, change.after), _own(found, texts), strict=True)
        money = change.what.startswith(("m", "tier"))
        values = [texts.say("no-value") if value is None else own.money_exact(value) if money else texts.number(value) for value, own in pairs]
        rows.append((_name_cut(change.what, found, texts), *values))
    return Table(pd.DataFrame(rows, columns=[texts.say("compare-what"), then, now]), numeric=(then, now))


def _changes(changes: Sequence[Change], found: Comparison, texts: Texts, write: Callable[[Any], str]) -> Table:
    then, now = _heads(found, texts)
    what = texts.say("compare-what")
    rows = []
    for change in changes:
        pair = [texts.say("no-value") if value is None else write(value) for value in (change.before, change.after)]
        if pair[0] == pair[1]:  # not for pages, or the same rows with other contents
            pair = [pair[0], texts.say("compare-other")]
        rows.append((change.what, *pair))
    return Table(pd.DataFrame(rows, columns=[what, then, now]))


def _plain(texts: Texts) -> Callable[[Any], str]:
    def write(value: Any) -> str:
        if isinstance(value, bool):
            return texts.say("value-yes" if value else "value-no")
        if isinstance(value, list | dict):
            return texts.join([str(each) for each in value])[:80] or texts.say("no-value")
        return str(value)[:80]

    return write


def _name_cut(what: str, found: Comparison, texts: Texts) -> str:
    measure, cut = what.split(" ")
    rows = found.after.thresholds[found.after.thresholds["measure"] == measure]
    keys = [f"measured-{measure}-{measured}".replace("_", "-") for measured in rows["measured"][:1]] + [f"compare-cut-{measure}".replace("_", "-")]
    named = next((texts.say(key) for key in keys if texts.has(key)), measure)
    return texts.say("compare-cut", measure=named, cut=cut) if len(rows) > 1 else named


def _group(key: str, texts: Texts) -> str:
    label = f"segment-{key}".replace("_", "-")
    return texts.say(label) if texts.has(label) else str(key).replace("_", " ")


def _signed(change: float, write: Callable[[float], str]) -> str:
    if math.isnan(change):
        return write(change)
    return f"{'+' if change > 0 else '−' if change < 0 else '±'}{write(abs(change))}"


def _told(*values: float) -> bool:
    return not any(math.isnan(value) for value in values)
