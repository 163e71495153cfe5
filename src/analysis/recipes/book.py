"""All recipes together: what a run can be asked for, by name."""

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from analysis.config import Config
from analysis.data.sources import Intake
from analysis.engine import Engine
from analysis.recipes.opened import Opened
from analysis.schemas import SCHEMAS


def _empty(name: str, _opened: Opened) -> pd.DataFrame:
    return pd.DataFrame(columns=list(SCHEMAS[name].columns))


# filled by chapters to come: the contract stands, the rows do not
_LATER = {name: partial(_empty, name) for name in ("products", "feedback", "effects")}
# a topic is opened when something is asked for that those before it do not have: what scores customers comes first, what fits models to them brings libraries
_TOPICS = (
    "intake", "identity", "maps", "scoring", "memory", "movement", "cube", "proofs", "readers", "restatement", "addresses", "answers", "traits", "classes", "overrides",
    "tags", "changes", "sheets", "summary", "watched", "people", "policies", "tree", "sample", "lifecycle", "groups", "value", "likeness",
)  # fmt: skip


class _Book(Mapping[str, Callable[[Opened], Any]]):
    def __getitem__(self, name: str) -> Callable[[Opened], Any]:
        for recipes in self._open():
            if name in recipes:
                return recipes[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for recipes in self._open() for name in recipes)

    def __len__(self) -> int:
        return sum(map(len, self._open()))

    def _open(self) -> Iterator[Mapping[str, Callable[[Opened], Any]]]:
        yield _LATER
        for topic in _TOPICS:
            yield importlib.import_module(f"analysis.recipes.{topic}").BUILDERS


BOOK = _Book()


def open_book(config: Config, as_of: dt.date, engine: Engine, lines: Intake, master: Intake | None, further: Mapping[str, Intake]) -> Opened:
    """Open what was read on the first page."""
    return Opened(config, as_of, engine, lines, master, BOOK, further=further)
