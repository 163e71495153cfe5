"""What is open while a run lasts: the data as read, and every table built from them so far, each when first asked for."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import metadata
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from analysis.config import Config
from analysis.data import sources
from analysis.engine import Engine
from analysis.errors import ConfigurationError
from analysis.schemas import SCHEMAS, check_schema
from analysis.timing import Times


@dataclass(frozen=True)
class Opened:
    """What all languages of a run share: the data as read, and everything built from them so far."""

    config: Config
    as_of: dt.date
    engine: Engine
    intake: sources.Intake
    master: sources.Intake | None
    book: Mapping[str, Callable[["Opened"], Any]] = field(repr=False)  # name -> how it is made
    further: Mapping[str, sources.Intake] = field(default_factory=dict)  # inputs besides these two, by section: feedback, events
    built: dict[str, object] = field(default_factory=dict, repr=False)
    times: Times = field(default_factory=Times, repr=False)  # what building took, by name

    def get(self, name: str) -> Any:
        """Build a thing by name unless it is there."""
        if name not in self.built:
            with self.times.step(self.engine.prefix + name):
                made = self.built[name] = _build(self, name)
            if isinstance(made, pd.DataFrame):
                self.times.count(self.engine.prefix + name, len(made))
        return self.built[name]

    def vary(self, label: str, *, config: Config | None = None, as_of: dt.date | None = None) -> "Opened":
        """Open the same data under another configuration or at another day, with tables of their own in the same engine; nothing is read again."""
        return replace(self, config=config or self.config, as_of=as_of or self.as_of, engine=self.engine.under(label), built={})

    @property
    def inputs(self) -> tuple[sources.InputFile, ...]:
        """List the files read."""
        return tuple(file for intake in self._intakes for file in intake.inputs)

    @property
    def notes(self) -> tuple[sources.Note, ...]:
        """List what was decided while reading."""
        return tuple(note for intake in self._intakes for note in intake.notes)

    @property
    def _intakes(self) -> tuple[sources.Intake, ...]:
        return (self.intake, *((self.master,) if self.master else ()), *self.further.values())

    @property
    def id(self) -> str:
        """Name the run by what determines it: configuration and map, as-of, inputs, what it remembers, and the version of the workbook."""
        parts = [self.config.hash(), self.as_of.isoformat(), metadata.version("customer-segmentation-workbook"), *(file.sha256 for file in self.inputs)]
        parts += [self.get("wanted_map").hash]  # the map may be a file of one's own
        parts += [remembered] if (remembered := self.get("memory").hash) else []
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _build(opened: Opened, name: str) -> Any:
    """Build one thing; a table of the contract is cast, checked and kept in the engine."""
    if name not in opened.book:
        raise ConfigurationError(f"There is no table {name!r}; there are: {', '.join(sorted(opened.book))}.")
    made = opened.book[name](opened)
    if name not in SCHEMAS:
        return made
    schema = SCHEMAS[name]
    if isinstance(made, pd.DataFrame):
        opened.built[f"{name} in order"] = made[list(schema.grain)]  # of display, which an engine does not keep
        types = ibis.schema({column: schema.columns[column] for column in schema.columns if column in made.columns}).to_pyarrow()
        made = ibis.memtable(pa.Table.from_pandas(made[list(types.names)], schema=types, preserve_index=False))
    expression = made.select(
        **{column: made[column].cast(kind) for column, kind in schema.columns.items() if column in made.columns},
        **{column: made[column] for column in made.columns if column not in schema.columns},
    )
    table = opened.engine.materialize(name, expression)
    check_schema(name, {column: str(kind).lstrip("!").replace(", ", ",") for column, kind in table.schema().items()})
    return table
