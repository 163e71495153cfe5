"""What the process that reckons tells the one that writes the chapters: everything that was built of a run and does not live in the engine."""

import contextlib
import io
import pickle
from collections import UserDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ibis.expr.types import Expr

from analysis.data.sources import InputFile
from analysis.recipes.opened import Opened

_TOLD = "told.pickle"


class _Plain(pickle.Pickler):
    """Writes what means something without the engine, and nothing else."""

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Expr):
            raise pickle.PicklingError("a table of the engine")
        return NotImplemented


class _Told(UserDict[str, Any]):
    """What was told, each thing read when it is asked for: what a chapter does not ask for would bring its libraries."""

    def __getitem__(self, name: str) -> Any:
        value = self.data[name]
        if isinstance(value, bytes):
            value = self.data[name] = pickle.loads(value)  # noqa: S301  our own, in a folder that nobody else can write to
        return value


class Retold(Opened):
    """A run as another process has told of it. What it has not told is built from the inputs, as any run would.

    Parameters
    ----------
    told : dict
        What `tell` wrote.
    read : callable
        Opens the run itself.
    """

    def __init__(self, told: dict[str, Any], read: Callable[[], Opened]) -> None:
        self.__dict__.update(told, _read=read)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "_whole":
            raise AttributeError(name)
        return getattr(self.open(), name)

    @property
    def id(self) -> str:
        """Name the run as the other process does."""
        return self.__dict__["told_id"]

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """List the files that the other process has read."""
        return self.__dict__["told_inputs"]

    def get(self, name: str) -> Any:
        """Give what was told, or build it."""
        return self.built[name] if name in self.built else self.open().get(name)

    def open(self) -> Opened:
        """Open the run itself, once."""
        if "_whole" not in self.__dict__:
            self.__dict__["_whole"] = self.__dict__["_read"]()
        return self.__dict__["_whole"]


def tell(opened: Opened, folder: Path, key: str) -> None:
    """Write down what is known so far, in place of what was written before.

    Parameters
    ----------
    opened : Opened
    folder : Path
        For this user only.
    key : str
        What the run hangs on: who asks for another is told nothing.
    """
    built = {}
    for name, value in opened.built.items():
        with contextlib.suppress(pickle.PicklingError, TypeError, AttributeError):
            built[name] = _write(value)
    told = {"key": key, "config": opened.config, "as_of": opened.as_of, "told_id": opened.id, "told_inputs": opened.inputs, "built": built}
    fresh = folder / f"{_TOLD}.new"
    fresh.touch(mode=0o600)
    fresh.write_bytes(pickle.dumps(told))
    fresh.replace(folder / _TOLD)


def listen(folder: Path, key: str, read: Callable[[], Opened]) -> Retold | None:
    """Take up what another process has told of the same run; None where none has."""
    path = folder / _TOLD
    if not path.is_file():
        return None
    told = pickle.loads(path.read_bytes())  # noqa: S301  our own, in a folder that nobody else can write to
    if told.pop("key") != key:
        return None
    told["built"] = _Told(told["built"])
    return Retold(told, read)


def _write(value: object) -> bytes:
    out = io.BytesIO()
    _Plain(out).dump(value)
    return out.getvalue()
