"""The very last look: pages and notebooks are searched for people, by what e-mails and telephone numbers look like and by digests of who is in the inputs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from analysis.data.watched import JOINT, LEAST, LEAST_DIGITS, LEAST_ID, LONGEST_RUN, MOST_DIGITS, digest, is_unspaced, words_of
from analysis.errors import PublishFailed
from analysis.report.pieces import unfold

_EMAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?(?!\d)|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)")
_ABROAD = re.compile(r"(?<![\w+.,])(?:\+[1-9]\d{0,2}|00[1-9]\d{0,2}(?=[ /(-]))(?:(?:[ /()-]{0,3}\d){6,13}|(?:\.\d{2,}){3,})(?![\d.,]*\d)")
_MOBILE = re.compile(r"(?<![\d.,])(?:86[ -]?)?1[3-9]\d([ -]?)\d{4}\1\d{4}(?![.,]?\d)")
_AT_HOME = re.compile(
    r"(?<![\w.,-])(?:\(0\d{2,4}\) ?|0\d{2,4}[ /-])(?:\d{6,8}|\d{3,4}[ -]\d{4})(?![.,]?\d)|(?<![\w.,-])(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?![.,-]?\d)"
)
_DIGITS = re.compile(r"(?<![\d.,])\+?\(?\d(?:[ ()/-]{0,3}\d){7,20}(?![.,]?\d)")
_UNSPACED_RUN = re.compile(f"({is_unspaced.pattern}+)")
_SPEAKING = {"name": "a customer's name", "address": "a customer's address", "id": "a customer's number", "comment": "what a customer wrote",
             "phone": "a telephone number", "email": "an e-mail address"}  # fmt: skip
_MOST = 5


@dataclass(frozen=True)
class Watch:
    """What to look for: digests, the key they were made with, and what may be said although somebody is called so.

    Parameters
    ----------
    digests : Path
        Grain: form, size, digest; kind: see `analysis.data.watched`.
    key : str
        See `analysis.data.watched.derive_key`.
    spoken : iterable of str
        Text of our own: catalogues, the prose of the notebooks, the words of the configuration.
    allowed : sequence of str
        What the configuration lets stand.
    """

    digests: Path
    key: str
    spoken: Iterable[str] = ()
    allowed: Sequence[str] = ()


@dataclass(frozen=True)
class Find:
    """Somebody on a page. `text` is as it was found and is never said aloud."""

    where: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {_SPEAKING[self.kind]} ({self.text[: 1 if is_unspaced.search(self.text) else 2]}…)"


def scan(texts: Mapping[str, tuple[Iterable[str], Iterable[str]]], watch: Watch) -> None:
    """Refuse a report that names a person.

    Parameters
    ----------
    texts : mapping of str to (iterable of str, iterable of str)
        By page: pieces of text that stand alone, and joined ones in which only names are looked for.
    watch : Watch

    Raises
    ------
    PublishFailed
        Naming page and kind of the first finds, and what to do; never who it is.
    """
    if not (found := find_people(texts, watch)):
        return
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    raise PublishFailed(
        f"The report was not published, because it would name people: {'; '.join(map(str, found[:_MOST]))}{more}. Find the column that this comes from and take it out of "
        "the attributes in the configuration, or map it as what it is: name, phone, email and address under columns are never shown. Where it is an ordinary word, and a "
        'customer only happens to be called so, let it stand: write it into the configuration, in full, under [pages], allowed = ["…"].'
    )


def find_people(texts: Mapping[str, tuple[Iterable[str], Iterable[str]]], watch: Watch) -> list[Find]:
    """List who is named, each once, with the first page that does."""
    first: dict[str, str] = {}  # a text -> the page that says it first
    shapes: dict[tuple[str, str], str] = {}
    for where, (alone, joined) in texts.items():
        fresh = [text for text in unfold([where, *alone]) if text not in first]
        for text in fresh:
            shapes |= {found: where for found in _find_shapes(text) if found not in shapes}
        first |= dict.fromkeys([*fresh, *(text for text in unfold(joined) if text not in first)], where)
    ours = _Ours(list(watch.spoken), watch.allowed)
    found = [Find(where, kind, text) for (kind, text), where in shapes.items() if not ours.say(text, kind)]
    return found + [find for find in _find_known(first, watch) if not ours.say(find.text, find.kind)]


class _Ours:
    """What may be said whoever is called so."""

    def __init__(self, spoken: Sequence[str], allowed: Sequence[str]) -> None:
        self._plain = "\n".join(spoken)
        self._allowed, self._allowed_words = set(allowed), {words_of(text) for text in allowed}
        self._words = ""

    def say(self, text: str, kind: str) -> bool:
        if kind in ("email", "phone"):
            return text in self._allowed or text in self._plain
        self._words = self._words or "\n".join(f" {words_of(line)} " for line in self._plain.splitlines())
        if words_of(text) in self._allowed_words or f" {text} " in self._words:
            return True
        return is_unspaced.search(text) is not None and text.replace(" ", "") in self._words.replace(" ", "")


def _find_shapes(text: str) -> Iterator[tuple[str, str]]:
    """Find what looks like an e-mail address or a telephone number. Days, amounts and hashes are none."""
    if "@" in text:
        yield from (("email", found) for found in _EMAIL.findall(text))
    if sum(map(str.isdigit, text)) < LEAST_DIGITS:
        return
    text = _DAY.sub("§", text)
    for found in _ABROAD.finditer(text):
        if 8 <= sum(map(str.isdigit, found.group())) <= MOST_DIGITS:
            yield "phone", found.group()
    yield from (("phone", found.group()) for found in _MOBILE.finditer(text) if not _is_hash(text, *found.span()))
    yield from (("phone", found.group()) for found in _AT_HOME.finditer(text))


def _is_hash(text: str, start: int, end: int) -> bool:
    """Tell whether the digits stand inside a longer word of hexadecimal digits."""
    before, after = re.search(r"[0-9A-Za-z]*$", text[:start]), re.match(r"[0-9A-Za-z]*", text[end:])
    around = (before.group() if before else "") + (after.group() if after else "")
    return re.fullmatch(r"[0-9a-f]*[a-f][0-9a-f]*|[0-9A-F]*[A-F][0-9A-F]*", around) is not None


def _find_known(texts: Mapping[str, str], watch: Watch) -> Iterator[Find]:
    """Find who is in the inputs, by the digests of all that might be a name."""
    with duckdb.connect() as con:
        path = str(watch.digests)
        sizes: dict[str, set[int]] = {}
        for form, size in con.execute("select distinct form, size from read_parquet(?)", [path]).fetchall():
            sizes.setdefault(form, set()).add(size)
        if not sizes:
            return
        guesses: dict[tuple[str, str], str] = {}
        for text, where in texts.items():
            for guess in _guess(text, sizes):
                guesses.setdefault(guess, where)
        known = _look_up(con, path, guesses, watch.key)
        starts = {guess for guess in known if guess[0] == "start"}
        yield from (Find(guesses[guess], kind, guess[1]) for guess, kind in known.items() if guess not in starts)
        if starts:
            runs: dict[tuple[str, str], str] = {}
            for text, where in texts.items():
                for run in _guess_runs(text, {start for _, start in starts}, sizes["run"]):
                    runs.setdefault(("run", run), where)
            yield from (Find(runs[guess], kind, guess[1]) for guess, kind in _look_up(con, path, runs, watch.key).items())


def _look_up(con: duckdb.DuckDBPyConnection, path: str, guesses: Iterable[tuple[str, str]], key: str) -> dict[tuple[str, str], str]:
    """Tell which guesses are right, and what they are."""
    listed = sorted(guesses)
    table = pa.table({"place": range(len(listed)), "form": [form for form, _ in listed], "digest": [digest(text, key) for _, text in listed]})
    con.register("guesses", table)
    found = con.execute("select place, min(kind) from guesses join read_parquet(?) using (form, digest) group by place order by place", [path]).fetchall()
    return {listed[place]: kind for place, kind in found}


def _guess(text: str, sizes: Mapping[str, set[int]]) -> Iterator[tuple[str, str]]:
    """List what of a text might be a name, an address, a number: its words by one, two, three …; six characters where there are no blanks; digits."""
    if "digits" in sizes:
        for found in _DIGITS.findall(_DAY.sub("§", text)):
            number = re.sub(r"\D", "", found).lstrip("0")
            yield from (("digits", number[cut:].lstrip("0")) for cut in range(4) if LEAST_DIGITS <= len(number) - cut <= MOST_DIGITS)
    words = words_of(text)
    spellings = [words]
    if is_unspaced.search(words):
        run = words.replace(" ", "")
        if "start" in sizes:
            yield from (("start", run[place : place + LEAST]) for place in range(len(run) - LEAST + 1))
        spellings.append(" ".join(_UNSPACED_RUN.sub(r" \1 ", words).split()))
    for spelling in spellings:
        for part in _cut_at_decimals(spelling):
            for size in sizes.get("words", ()):
                for place in range(len(part) - size + 1):
                    guess = " ".join(part[place : place + size])
                    if len(guess) >= LEAST_ID and (size > 1 or len(guess) >= 8 or not guess.isdigit()):
                        yield "words", guess


def _cut_at_decimals(words: str) -> list[list[str]]:
    """Split words where there is a number with decimals or thousands: no name goes across one."""
    parts: list[list[str]] = [[]]
    for word in words.split():
        if JOINT in word:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _guess_runs(text: str, starts: set[str], sizes: set[int]) -> Iterator[str]:
    """List what begins like somebody known, in every length that there is."""
    run = words_of(text).replace(" ", "")
    for place in range(len(run) - LEAST + 1):
        if run[place : place + LEAST] in starts:
            yield from (run[place : place + size] for size in sizes if size <= min(len(run) - place, LONGEST_RUN))
