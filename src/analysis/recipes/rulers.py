"""Saved rulers by name or by the day of a report, who uses them, and who would move if one were adopted."""

import datetime as dt
from dataclasses import dataclass

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import SCHEMES
from analysis.config import Config
from analysis.errors import ConfigurationError, shorten
from analysis.models.ruler import Ruler
from analysis.recipes.opened import Opened
from analysis.recipes.scoring import classify
from analysis.rulers import Named, check_name, find_ruler, list_rulers, save_ruler
from analysis.state import Published, read_journal


@dataclass(frozen=True)
class Saved:
    """A ruler as it can be called: ``NAME@2``, or the day of the report it was made for."""

    label: str
    ruler: Ruler
    uses: tuple[str, ...]  # where it is used


def list_saved(config: Config) -> list[Saved]:
    """List the named rulers, then those of the published reports, each with who uses it.

    Raises
    ------
    ConfigurationError
        When something in the state cannot be read.
    """
    reports = _list_reports(config)
    named = list_rulers(config.folder / "state")
    wanted = config.scoring.ruler.removeprefix("frozen:")
    last = {each.name: each.version for each in named}
    found = []
    for each in named:
        label, ruler = _label_of(each), Ruler.from_dict(each.ruler)
        configured = wanted == label or (wanted == each.name and each.version == last[each.name])
        days = [f"report of {day}" for day, report in reports.items() if report.config["scoring"].get("ruler") != "fitted" and report.ruler == each.ruler]
        found.append(Saved(label, ruler, (*(["this configuration"] if configured else []), *days)))
    names = {each.ruler.id: each.label for each in found}
    for day, report in reports.items():
        if report.ruler:
            ruler = Ruler.from_dict(report.ruler)
            found.append(Saved(day.isoformat(), ruler, (f"report of {day}", *([f"saved as {names[ruler.id]}"] if ruler.id in names else []))))
    return found


def find_saved(config: Config, wanted: str) -> Saved:
    """Find a ruler: ``NAME`` its last version, ``NAME@2`` that one, ``2011-11-30`` that of the report of this day.

    Raises
    ------
    ConfigurationError
        Listing what there is.
    """
    day = _parse_day(wanted)
    label = day.isoformat() if day else _label_of(find_ruler(config.folder / "state", wanted))
    if day:
        _find_report(config, day)
    return next(each for each in list_saved(config) if each.label == label)


def promote(config: Config, day: str, name: str) -> Named:
    """Save the ruler of the report published for a day as the next version of a name; a last version that is equal stays the last.

    Raises
    ------
    ConfigurationError, Locked, PublishFailed
    """
    check_name(name)
    parsed = _parse_day(day)
    if parsed is None:
        raise ConfigurationError(f"DATE is the as-of day of a report, like 2011-12-09; got {day[:40]!r}.")
    report = _find_report(config, parsed)
    return save_ruler(config.folder / "state", name, report.ruler, as_of=report.as_of, run=report.run)


def preview(opened: Opened, label: str) -> pd.DataFrame:
    """Count who would move today if the configuration named this ruler.

    Parameters
    ----------
    opened : Opened
    label : str
        ``NAME`` or ``NAME@2``.

    Returns
    -------
    pandas.DataFrame
        Grain: scheme, from_segment, to_segment, also where they are the same. customers, monetary (float).

    Raises
    ------
    ConfigurationError
        When there is no such ruler, or it measures something else than the configuration.
    """
    scoring = opened.config.scoring.model_dump() | {"ruler": f"frozen:{label}"}
    adopted = opened.vary("adopted", config=opened.config.replace(scoring=scoring))
    adopted.built["described"] = opened.get("described")  # what is measured stays; what it is measured with changes
    ours, theirs = (_label(each) for each in (opened, adopted))
    both = ours.join(theirs.rename({f"{scheme}_adopted": scheme for scheme in SCHEMES}).drop("monetary"), "customer_id")
    ways = [
        both.group_by(from_segment=both[scheme], to_segment=both[f"{scheme}_adopted"])
        .agg(customers=_.count(), monetary=_.monetary.sum())
        .mutate(scheme=ibis.literal(scheme), monetary=_.monetary.cast("float64"))
        .order_by("from_segment", "to_segment")
        .execute()
        for scheme in SCHEMES
    ]
    return pd.concat(ways, ignore_index=True)[["scheme", "from_segment", "to_segment", "customers", "monetary"]]


def _label(opened: Opened) -> Table:
    return opened.engine.materialize("previewed", classify(opened, opened.get("buyers")).select("customer_id", "monetary", *SCHEMES))


def _label_of(named: Named) -> str:
    return f"{named.name}@{named.version}"


def _parse_day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None


def _list_reports(config: Config) -> dict[dt.date, Published]:
    """Give the last word on each day, by day."""
    return dict(sorted(((entry.as_of, entry) for entry in read_journal(config.folder / "state") if entry.name == config.name), key=lambda pair: pair[0]))


def _find_report(config: Config, day: dt.date) -> Published:
    reports = _list_reports(config)
    if day not in reports:
        there = f"There are: {shorten(map(str, reversed(reports)))}." if reports else "There is none yet: workbook run makes one."
        raise ConfigurationError(f"No report of {config.name!r} for {day} is remembered in {config.folder / 'state'}. {there}")
    if not reports[day].ruler:
        raise ConfigurationError(f"The report of {day} did not record its ruler. Make it again: workbook run --as-of {day}")
    return reports[day]
