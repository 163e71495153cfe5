"""All recipes together: what a run can be asked for, by name."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from analysis.config import Config
from analysis.data.sources import Intake
from analysis.engine import Engine
from analysis.recipes import (
    addresses,
    answers,
    changes,
    classes,
    cube,
    groups,
    identity,
    intake,
    lifecycle,
    maps,
    memory,
    movement,
    overrides,
    people,
    policies,
    proofs,
    readers,
    restatement,
    scoring,
    sheets,
    summary,
    tags,
    traits,
    tree,
    value,
    watched,
)  # fmt: skip
from analysis.recipes.opened import Opened
from analysis.schemas import SCHEMAS


def _empty(name: str, _opened: Opened) -> pd.DataFrame:
    return pd.DataFrame(columns=list(SCHEMAS[name].columns))


# filled by chapters to come: the contract stands, the rows do not
_LATER = {name: partial(_empty, name) for name in ("products", "feedback", "effects")}
_TOPICS = (
    intake,
    maps,
    scoring,
    movement,
    cube,
    groups,
    memory,
    proofs,
    readers,
    policies,
    restatement,
    lifecycle,
    value,
    identity,
    people,
    addresses,
    answers,
    traits,
    classes,
    overrides,
    tags,
    tree,
    changes,
    sheets,
    summary,
    watched,
)
BOOK: Mapping[str, Callable[[Opened], Any]] = _LATER | {name: make for topic in _TOPICS for name, make in topic.BUILDERS.items()}


def open_book(config: Config, as_of: dt.date, engine: Engine, lines: Intake, master: Intake | None, further: Mapping[str, Intake]) -> Opened:
    """Open what was read on the first page."""
    return Opened(config, as_of, engine, lines, master, BOOK, further=further)
