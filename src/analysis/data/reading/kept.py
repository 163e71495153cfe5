"""What files gave, kept from run to run in `state/parsed/`, so that a file that has not changed is read once.

A file is known by its content, by what the configuration says of it and by the program that read it. What is kept is checked before it is used: torn or
changed, it is as good as absent, and the file is read again.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.config import Config
from analysis.data.reading.containers import hash_file
from analysis.data.reading.dates import DateFacts
from analysis.data.reading.evidence import Evidence, Strange
from analysis.data.reading.intake import InputFile, Note, Piece
from analysis.errors import DataRefused, Locked, PublishFailed
from analysis.keeping import create, refuse_link, writing
from analysis.settings.inputs import Source

WORTH = 1 << 14  # bytes: smaller files are read as fast as what would be kept of them


@dataclass(frozen=True)
class Kept:
    """What one file gave, but for its rows: `how` identifies the SQL that typed them, `rows` is the hash of the Parquet file that holds them."""

    input: InputFile
    notes: tuple[Note, ...]
    pieces: tuple[Piece, ...]
    evidence: Evidence
    how: str
    rows: str


class Shelf:
    """The kept files of one configuration: looked up while the inputs are read, and written only when `save` says so.

    Parameters
    ----------
    config : Config
    """

    def __init__(self, config: Config) -> None:
        self.config, self.state = config, config.folder / "state"
        self.folder = self.state / "parsed" / config.name
        self._used: set[str] = set()  # names of files of this run
        self._new: dict[str, tuple[Kept, Path]] = {}

    def find(self, path: Path, label: str, source: Source, place: Path) -> Kept | None:
        """Look a file up; None where it has to be read.

        Parameters
        ----------
        path : Path
        label : str
            What people call it.
        source : Source
        place : Path
            Where its rows are put when they are kept.
        """
        if path.stat().st_size < WORTH or not self._list():
            return None
        key = self._name(hash_file(path), label, source)
        try:
            kept = _restore((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            rows = self.folder / f"{kept.rows}.parquet"
            _link(rows, place)
            if hash_file(place) != kept.rows:
                raise ValueError(rows)  # noqa: TRY301 - one way out for all that is not sound
        except (OSError, ValueError, KeyError, TypeError, DataRefused):
            place.unlink(missing_ok=True)
            return None
        self._used |= {f"{key}.json", f"{kept.rows}.parquet"}
        return kept

    def wants(self, about: InputFile, label: str, source: Source, *, again: bool) -> bool:
        """Tell whether to keep what a file gave: it is worth it, and was not found here, or read again."""
        return about.bytes >= WORTH and (again or f"{self._name(about.sha256, label, source)}.json" not in self._used)

    def add(self, kept: Kept, rows: Path, label: str, source: Source) -> None:
        """Take up what a file gave."""
        key = self._name(kept.input.sha256, label, source)
        self._new[key] = (kept, rows)
        self._used |= {f"{key}.json", f"{kept.rows}.parquet"}

    def _name(self, sha256: str, label: str, source: Source) -> str:
        said = source.model_dump(mode="json", exclude={"files"}) | {"zone": self.config.time_zone, "limits": self.config.limits.model_dump()}
        return hashlib.sha256(json.dumps([sha256, label, said, _program()], sort_keys=True).encode()).hexdigest()

    def save(self) -> None:
        """Write down what is new, whole or not at all, and delete what no input of this run has; what cannot be written is read again next time."""
        if not self._new and self._list() <= self._used:
            return
        with contextlib.suppress(Locked, PublishFailed), writing(self.state):
            for folder in (self.folder.parent, self.folder):
                if not refuse_link(folder).is_dir():
                    folder.mkdir(mode=0o700)
                folder.chmod(0o700)
            for key, (kept, rows) in self._new.items():
                with create(self.folder / f"{kept.rows}.parquet", replace=True, mode=0o600) as file, rows.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
                with create(self.folder / f"{key}.json", replace=True, mode=0o600) as file:
                    file.write(_tell(kept).encode())
            for name in self._list() - self._used:
                (self.folder / name).unlink(missing_ok=True)

    def _list(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()} if self.folder.is_dir() else set()


def _link(rows: Path, place: Path) -> None:
    """Give a file a second name, which stays when another run deletes the first; a copy where that cannot be."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    refuse_link(rows)
    try:
        os.link(rows, place)
    except OSError:
        shutil.copyfile(rows, place)


def _tell(kept: Kept) -> str:
    text = json.dumps(asdict(kept), ensure_ascii=False)
    return f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}"


def _restore(told: str) -> Kept:
    digest, text = told.split("\n", 1)
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise ValueError(digest)
    said = json.loads(text)
    seen = said["evidence"]
    evidence = Evidence(
        tuple(seen["floats"]), tuple(seen["whole"]), tuple(seen["marked"]), tuple(seen["tidy"]), seen["rounded"], tuple(Strange(**one) for one in seen["strange"]),
        {name: DateFacts(**_tuples(facts) | {"found": _tuples(facts["found"])}) for name, facts in seen["dates"].items()},
    )  # fmt: skip
    pieces = tuple(Piece(**_tuples(piece)) for piece in said["pieces"])
    return Kept(InputFile(**_tuples(said["input"])), tuple(Note(**note) for note in said["notes"]), pieces, evidence, said["how"], said["rows"])


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


@cache
def _program() -> str:
    """Identify what reads: the code of this folder and the libraries under it."""
    code = hashlib.sha256(b"".join(path.read_bytes() for path in _sources()))
    return " ".join([code.hexdigest(), *(metadata.version(name) for name in ("duckdb", "fastexcel", "pyarrow"))])


def _sources() -> Iterator[Path]:
    yield from sorted(Path(__file__).parent.glob("*.py"))
