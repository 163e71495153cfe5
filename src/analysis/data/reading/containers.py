"""What a file is by its first bytes, and its bytes as a stream that stops at a limit."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from analysis.errors import DataRefused
from analysis.settings.limits import Limits

_CHUNK = 1 << 20
_HARMLESS = 32 * 2**20  # below this size a high ratio of compression proves nothing


def recognise(path: Path, head: bytes) -> str:
    """Tell what kind of file this is: text, gzip, excel, parquet, sqlite or duckdb.

    Raises
    ------
    DataRefused
        When it is something that holds no table, or nothing at all.
    """
    if not head:
        raise DataRefused(f"{path.name} is empty (0 bytes). Export it again.")
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "excel"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if head[8:12] == b"DUCK":
        return "duckdb"
    refuse_foreign(path.name, head)
    return "text"


def refuse_foreign(name: str, head: bytes) -> None:
    """Say no to bytes that are plainly no table.

    Raises
    ------
    DataRefused
        For a web page, XML, JSON, PDF or an archive.
    """
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<script")):
        raise DataRefused(
            f"{name} is a web page (HTML), not a table: perhaps a login or error page was saved. Download it again, or open it in a spreadsheet and save it as .xlsx."
        )
    if start.startswith((b"<?xml", b"<")):
        raise DataRefused(f"{name} is XML, not a table. Export it as CSV or .xlsx.")
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r")):
        raise DataRefused(f"{name} is JSON, not a table. Export it as CSV, .xlsx or Parquet.")
    for magic, kind in ((b"%pdf", "a PDF document"), (b"7z\xbc\xaf", "a 7z archive"), (b"rar!", "a RAR archive"), (b"(\xb5/\xfd", "a Zstandard archive"),
                        (b"bzh", "a bzip2 archive"), (b"\xfd7zxz", "an xz archive"), (b"\x89png", "a picture"), (b"\xff\xd8\xff", "a picture")):  # fmt: skip
        if start.startswith(magic):
            raise DataRefused(f"{name} is {kind}, not a table. Unpack it or export the table as CSV or .xlsx.")


def _in_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise DataRefused(f"{path.name} is a damaged .xlsx or .zip file. Export it again.") from None
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return "excel"
    raise DataRefused(f"{path.name} is a zip archive. Unpack it and give the files inside.")


def check_archive(path: Path, limits: Limits) -> None:
    """Read the directory of a zip (.xlsx) and refuse it when it would unpack beyond the limits.

    Raises
    ------
    DataRefused
        Before anything is unpacked.
    """
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    _within(path.name, unpacked, path.stat().st_size, limits)


def _within(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.file_bytes:
        raise DataRefused(
            f"{name} is larger than {limits.file_bytes:,} bytes once unpacked. If that is right, raise file_bytes under [limits] in the configuration."
        )
    if unpacked > _HARMLESS and unpacked > limits.ratio * packed:
        raise DataRefused(
            f"{name} unpacks to more than {limits.ratio} times its size ({packed:,} bytes), as only a damaged or malicious file does. "
            "If that is right, raise ratio under [limits] in the configuration."
        )


class Stream:
    """The unpacked bytes of a text file, in chunks; afterwards `sha256` is that of the file as it lies on disk."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.sha256, self.size = "", path.stat().st_size

    def __iter__(self) -> Iterator[bytes]:
        digest, total = hashlib.sha256(), 0
        with self.path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            pieces = _unpack(file, digest, self.path.name) if packed else _plain(file, digest)
            for piece in pieces:
                total += len(piece)
                _within(self.path.name, total, self.size if packed else total, self.limits)
                yield piece
        self.sha256 = digest.hexdigest()


def _plain(file: BinaryIO, digest: Any) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        yield chunk


def _unpack(file: BinaryIO, digest: Any, name: str) -> Iterator[bytes]:
    unpacker, started = zlib.decompressobj(wbits=31), False
    try:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            while chunk:
                if unpacker.eof:
                    if not (chunk := chunk.lstrip(b"\0")):  # padding after the last member
                        break
                    unpacker = zlib.decompressobj(wbits=31)
                started = True
                if piece := unpacker.decompress(chunk, 4 * _CHUNK):
                    yield piece
                chunk = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        if piece := unpacker.flush():
            yield piece
    except zlib.error:
        raise DataRefused(f"{name} is a damaged gzip file. Download or export it again.") from None
    if started and not unpacker.eof:
        raise DataRefused(f"{name} is a gzip file that ends too early: it was cut off. Download or export it again.")


def read_head(path: Path, limits: Limits, *, most: int = 1 << 18) -> bytes:
    """Read the first unpacked bytes of a file."""
    head = b""
    for chunk in Stream(path, limits):
        head += chunk
        if len(head) >= most:
            break
    return head[:most]


def hash_file(path: Path) -> str:
    """Compute the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
