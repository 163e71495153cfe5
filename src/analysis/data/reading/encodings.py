"""Which characters the bytes of a text file stand for: decided over the whole file, strictly, and said aloud."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.data.reading.containers import Stream
from analysis.errors import ConfigurationError, DataRefused
from analysis.settings.limits import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEWLINE, _RETURN, _QUOTE = b'\n\r"'
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FOREIGN = re.compile(r"[^\x00-\x7f\u3000-\u303f\uff00-\uffef]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Census:
    """One pass over a UTF-8 text: what was counted outside and inside quotation marks."""

    sha256: str
    records: int  # newlines outside quotes, and one for the last record
    quoted_newlines: int
    blank_lines: bool
    balanced: bool  # an even number of quotation marks
    utf8: bool


def marked(head: bytes) -> str | None:
    """Recognise an encoding that shows in the first bytes: a byte order mark, or the zeros of UTF-16."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:4096]
    if len(sample) >= 4 and b"\0" in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > 0.3 * len(sample) / 2 and even == 0:
            return "utf-16-le"
        if even > 0.3 * len(sample) / 2 and odd == 0:
            return "utf-16-be"
    return None


def known(encoding: str) -> str:
    """Check an encoding that a person gave.

    Raises
    ------
    ConfigurationError
        When there is no such encoding.
    """
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise ConfigurationError(f"There is no encoding {encoding!r}; common ones are utf-8, gb18030, utf-16, windows-1252.") from None


def take_census(path: Path, limits: Limits) -> Census:
    """Count records, hash the file and hold its bytes against UTF-8, all in one pass.

    Raises
    ------
    DataRefused
        When the file is damaged, too large, or holds bytes that no text has.
    """
    stream = Stream(path, limits)
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    newlines = quoted = quotes = 0
    utf8, blank, carry, started = True, False, b"", False
    for chunk in stream:
        if utf8:
            try:
                if not (chunk.isascii() and decoder.getstate()[0] == b""):
                    decoder.decode(chunk)
            except UnicodeDecodeError:
                utf8 = False
        if b"\0" in chunk:
            raise DataRefused(f"{path.name} holds binary bytes: it is no text, or a damaged one. Export it again as CSV or .xlsx.")
        chunk = carry + chunk
        body = chunk.rstrip(b"\r\n")
        carry = chunk[len(body) :]
        if not body:
            continue
        codes = np.frombuffer(body, np.uint8)
        ends, marks = np.flatnonzero(codes == _NEWLINE), np.flatnonzero(codes == _QUOTE)
        blank = blank or (not started and body[:1] in b"\r\n") or _has_blank_line(codes, ends)
        started = True
        inside = int(((np.searchsorted(marks, ends) + quotes) % 2).sum())
        newlines, quoted, quotes = newlines + len(ends) - inside, quoted + inside, quotes + len(marks)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        utf8 = False
    return Census(stream.sha256, newlines + started, quoted, blank, quotes % 2 == 0, utf8)


def _has_blank_line(codes: np.ndarray, ends: np.ndarray) -> bool:
    gaps = np.diff(ends)
    return bool((gaps == 1).any() or (codes[ends[1:][gaps == 2] - 1] == _RETURN).any())


def transcode(path: Path, target: Path, encoding: str, limits: Limits) -> str:
    """Write a text file again in UTF-8, as a stream, and return the SHA-256 of the original.

    Raises
    ------
    DataRefused
        When the bytes are not what the encoding says, with the place of the first that is not.
    """
    stream, place = Stream(path, limits), 0
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with target.open("w", encoding="utf-8", newline="") as out:
            for chunk in stream:
                text = decoder.decode(chunk)
                place += text.count("\n")
                out.write(_readable(text, path.name))
            out.write(decoder.decode(b"", final=True))
    except UnicodeError as error:
        raise DataRefused(
            f"{path.name} is not {encoding} text: {error.reason if isinstance(error, UnicodeDecodeError) else error} near line {place + 1:,}."
        ) from None
    return stream.sha256


def _readable(text: str, name: str) -> str:
    if found := _CONTROLS.search(text):
        raise DataRefused(f"{name} holds the control character {found.group()!r}: it is no text, or in another encoding. Export it again as CSV in UTF-8.")
    return text.removeprefix("\ufeff")


def guess_encoding(path: Path, limits: Limits) -> str:
    """Decide between the encodings that carry no mark: GB18030, if the whole file decodes and reads like Chinese, else Windows-1252.

    Raises
    ------
    DataRefused
        When the bytes are text in none of them.
    """
    verdicts = {name: codecs.getincrementaldecoder(name)("strict") for name in ("gb18030", "cp1252")}
    common = foreign = whole = broken = 0
    utf8 = codecs.getincrementaldecoder("utf-8")("replace")
    for chunk in Stream(path, limits):
        text = utf8.decode(chunk)
        damaged = text.count("\ufffd")
        whole, broken = whole + sum(not char.isascii() for char in text) - damaged if not text.isascii() else whole, broken + damaged
        for name, decoder in list(verdicts.items()):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                del verdicts[name]
                continue
            if name == "gb18030":
                han = "".join(_HAN.findall(text))
                common += len(han.encode("gb2312", "ignore")) // 2
                foreign += len(_FOREIGN.findall(text))
    if whole > broken + 1:  # other encodings hardly ever look like UTF-8 by chance
        raise DataRefused(
            f"{path.name} is UTF-8, but damaged or cut off: {broken or 1:,} characters cannot be read. Export it again, or give its encoding in the configuration."
        )
    if "gb18030" in verdicts and common > 0.7 * foreign:  # Western text that happens to decode gives rare characters
        return "gb18030"
    if "cp1252" in verdicts:
        return "cp1252"
    raise DataRefused(f"{path.name} is text in no encoding that can be recognised. Save it as CSV in UTF-8, or give its encoding in the configuration.")
