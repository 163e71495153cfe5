"""The inputs as they arrive: read, refused where they cannot be used, and opened at a day."""

import datetime as dt
import time

import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.config import Config
from analysis.data import sources
from analysis.engine import open_engine
from analysis.errors import DataRefused
from analysis.recipes.book import open_book
from analysis.recipes.opened import Opened

KEYS = {"summed": "customer_id", "gathered": "order_key"}  # where identifiers are found, and in the fewest rows


def read_inputs(config: Config, until: dt.date, *, latest: bool, trust: bool = True, keep: bool = False) -> Opened:
    """Read the inputs, refuse what cannot be used, and settle as-of.

    Parameters
    ----------
    config : Config
    until : datetime.date
        The last day that can count.
    latest : bool
        Whether as-of is the last day with an order until then; otherwise it is that day.
    trust : bool
        Whether identifiers may be taken as they stand until the lines are gathered: looking at each in every line takes longer than all the rest. Where one of them
        turns out not to be spelled as it should be, all is read again.
    keep : bool
        Whether what the files gave may be kept in `state/parsed/`; what is there is used in any case.

    Raises
    ------
    DataRefused
        When too many rows are unreadable, or no order lies on or before as-of.
    """
    began = time.perf_counter()
    engine, shelf = open_engine(settings=config.engine.beside(config.folder)), sources.Shelf(config) if config.engine.keep_parsed else None
    intake = sources.read_transactions(engine, config, until=until, trust=trust and not latest and _can_trust(config), shelf=shelf)
    day = until
    if not intake.trusted:
        day = _look(intake, intake.lines.select(day=_.ordered_at.date(), lines=1, is_sound=_.problem.isnull()), config, until, latest=latest)
    master, further = sources.read_input(engine, config, "customers", shelf), sources.read_further(engine, config, shelf)
    if shelf and keep:
        shelf.save()
    opened = open_book(config, day, engine, intake, master, further)
    opened.times.add("reading", time.perf_counter() - began)
    opened.get("memory")  # as it stands now, and before the long work begins
    if intake.trusted:
        gathered, unreadable = opened.get("gathered"), opened.get("cleaned").number_of("unreadable")
        _look(intake, gathered.select("day", "lines", is_sound=_.left_at.fill_null(0) != unreadable), config, until, latest=latest)
        if not all(sources.are_tidy(engine, opened.get(name), key) for name, key in KEYS.items()):
            return read_inputs(config, until, latest=latest, trust=False, keep=keep)
    return opened


def _can_trust(config: Config) -> bool:
    """Tell whether every identifier of a line will be found among the keys that lines are gathered by, unchanged and in fewer rows."""
    inputs = config.inputs
    return config.engine.kind == "duckdb" and config.order != "row" and not inputs.customers and not inputs.rates and config.identity.guests == "anonymous"


def _look(intake: sources.Intake, told: Table, config: Config, until: dt.date, *, latest: bool) -> dt.date:
    """Refuse lines that are too often unreadable, or all too late; give the day as of which they are looked at."""
    seen = told.agg(
        rows=_.lines.sum(), bad=_.lines.sum(where=~_.is_sound), first=_.day.min(where=_.is_sound), last=_.day.max(where=_.is_sound & (_.day <= until))
    ).execute().iloc[0]  # fmt: skip
    sources.refuse_many(intake, config.limits, rows=int(seen.rows), bad=0 if pd.isna(seen.bad) else int(seen.bad))
    if pd.isna(seen["last"]):
        if latest:
            raise DataRefused("All orders lie in the future. Look at the dates of the file, or give --as-of a date.")
        found = "" if pd.isna(seen["first"]) else f" The first order is of {pd.Timestamp(seen['first']).date()}."
        raise DataRefused(f"There is no order on or before {until}.{found} Choose a later as-of.")
    return pd.Timestamp(seen["last"]).date() if latest else until
