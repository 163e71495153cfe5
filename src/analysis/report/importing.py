"""`workbook import`: what people decided in an edited file, checked as a whole, and kept as a whole or not at all."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.config import Config
from analysis.errors import DataRefused, shorten
from analysis.models.overrides import FREE, Editable, name_computed
from analysis.overrides import Override, enter_overrides, list_last, read_overrides
from analysis.recipes.wording import open_texts
from analysis.report.catalogue import list_reports
from analysis.report.edited import Edited, read_edited, settle
from analysis.report.edits import Problem, Wish, find_wishes, read_day, read_list, write_value
from analysis.texts import LOCALES

MOST_LISTED = 50  # problems in one message


@dataclass(frozen=True)
class Imported:
    """What an import took.

    Parameters
    ----------
    taken : tuple of Override
    since : datetime.date
        The report from which on it holds.
    known : int
        Edits that somebody had said before.
    warnings : tuple of str
    """

    taken: tuple[Override, ...]
    since: dt.date
    known: int
    warnings: tuple[str, ...]

    def tell(self, *, dry_run: bool = False) -> str:
        """Say what was taken, or would be; then also the first edits one by one."""
        counts = ", ".join(f"{column} {count:,}" for column, count in sorted(Counter(each.column for each in self.taken).items()))
        edits = "1 edit" if len(self.taken) == 1 else f"{len(self.taken):,} edits"
        before = f" {self.known:,} more had been said before." if self.known else ""
        if not self.taken:
            return f"There is no new edit.{before.replace(' more', '')}"
        if not dry_run:
            return f"Took {edits}: {counts}.{before} They hold from the report of {self.since} on; the next `workbook run` shows them."
        first = [f"  {each.customer_id}, {each.column}: {each.computed!r} -> {each.value!r}" for each in self.taken[:MOST_LISTED]]
        return "\n".join([*first, f"Would take {edits}: {counts}.{before} Nothing was written."])


@dataclass(frozen=True)
class _Report:
    """The report that was edited."""

    as_of: dt.date
    run: str
    editable: Mapping[str, Editable]
    customers: Path
    is_the_one: bool


def import_edits(
    config: Config, path: Path, *, reports: Path, today: dt.date, reason: str = "", expires: str = "", author: str = "", dry_run: bool = False
) -> Imported:
    """Take what people changed in a file.

    Parameters
    ----------
    config : Config
    path : Path
        An edited customers.xlsx, or a list with the columns customer_id, column, value, reason, author, expires_on.
    reports : Path
        The folder of reports.
    today : datetime.date
        The day of the import.
    reason, expires, author : str
        For edits that do not say their own.
    dry_run : bool
        Look and say, and write nothing.

    Raises
    ------
    DataRefused
        Listing everything that cannot be taken; nothing was taken then.
    ConfigurationError, Locked, PublishFailed
    """
    edited = read_edited(path, config)
    report = _find_report(edited, config, reports)
    words = [open_texts(config, lang) for lang in LOCALES]
    base = _read_customers(report, edited)
    read = (
        (lambda: find_wishes(edited, base, report.editable, words, strict=report.is_the_one))
        if edited.about
        else (lambda: read_list(edited, base, report.editable, words))
    )
    wishes, problems = read()
    said = read_overrides(config.folder / "state")
    newest = max(each.as_of for each in list_reports(reports) if each.name == config.name and each.profile != "external")
    overrides, known, more = _settle(wishes, edited, report, base, list_last(said, name=config.name), config.name, today, newest, (reason, expires, author))
    if problems := sorted([*problems, *more], key=lambda problem: problem.row):
        raise DataRefused(_list(problems, path))
    if overrides and not dry_run:
        enter_overrides(config.folder / "state", overrides, after=len(said))
    return Imported(tuple(overrides), report.as_of, known, tuple(_warn(edited, report, path)))


def _find_report(edited: Edited, config: Config, reports: Path) -> _Report:
    """Find the report that a file came from; for a plain list the last one."""
    about, there = edited.about, [each for each in list_reports(reports) if each.name == config.name and each.profile != "external"]
    if about and about["name"] != config.name:
        raise DataRefused(
            f"{edited.file} came from a report of {about['name'][:60]!r}; this configuration is {config.name!r}. Give --config its own configuration."
        )
    if not there:
        raise DataRefused(f"There is no report of {config.name!r} in {reports}. Make one: workbook run.")
    day = read_day(about["as_of"]) if about else there[0].as_of
    found = next((each for each in there if each.as_of == day), None)
    if found is None:
        raise DataRefused(
            f"{edited.file} came from the report of {about['as_of'][:20]}, which is not in {reports} any more; there are {shorten(str(each.as_of) for each in there)}. "
            f"Make it again (workbook run --as-of {about['as_of'][:10]}), or copy your edits into the customers.xlsx of another one."
        )
    try:
        told = json.loads((found.folder / "manifest.json").read_text(encoding="utf-8"))["editable"]
        editable = {str(column): Editable(str(each["kind"]), tuple(each["keys"])) for column, each in told.items()}
        customers = found.folder / "tables" / "customers.parquet"
        pq.read_metadata(customers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException):
        raise DataRefused(
            f"The report of {found.as_of} does not tell what people may change: it is of an older version, or not whole. Make it again: workbook run --as-of {found.as_of}."
        ) from None
    return _Report(found.as_of, about["run"] if about else found.run, editable, customers, not about or about["run"] == found.run)


def _read_customers(report: _Report, edited: Edited) -> pd.DataFrame:
    """Read the customers of the report that the file names, with the columns that it has."""
    ids = pq.read_table(report.customers, columns=["customer_id"])["customer_id"].to_pylist()
    named = set(edited.rows.customer_id)
    wanted = [who for who in ids if settle(who) in named]
    there = pq.read_schema(report.customers).names
    columns = [name for name in there if name in edited.rows or name in report.editable or name == "overridden" or name.endswith("_computed")]
    found = pq.read_table(report.customers, columns=list(dict.fromkeys(["customer_id", *columns])), filters=[("customer_id", "in", wanted or [""])])
    frame = found.to_pandas(date_as_object=True, strings_to_categorical=False)
    if not edited.about:  # for a list every other column is only known by its name
        frame = frame.reindex(columns=list(dict.fromkeys([*frame.columns, *there])))
    return frame.set_index("customer_id", drop=False)


def _settle(
    wishes: Sequence[Wish],
    edited: Edited,
    report: _Report,
    base: pd.DataFrame,
    last: Mapping[tuple[str, str], Override],
    name: str,
    today: dt.date,
    newest: dt.date,
    defaults: tuple[str, str, str],
) -> tuple[list[Override], int, list[Problem]]:
    """Hold every wish against what was said before, give it its reason and its end, and say what is missing."""
    overrides, problems, known = [], [], 0
    reason, expires, author = (settle(text).strip() for text in defaults)
    for wish in wishes:
        before = last.get((wish.customer_id, wish.column))
        then = write_value(base.at[wish.customer_id, wish.column]) if wish.customer_id in base.index and wish.column in base else None
        until, fault = _read_end(wish.expires_on or expires, newest)
        why, who = wish.reason or reason, wish.author or author
        place = edited.place(wish.row, wish.column if edited.about else "")
        if fault:
            problems.append(Problem(wish.row, place, fault))
        if wish.value is None and (before is None or before.value is None):
            if edited.about and then is not None:
                problems.append(
                    Problem(wish.row, place, "the cell is empty, and there is no word of a person to take back. Put back what stood there, or choose another.")
                )
            known += not (edited.about and then is not None)
            continue
        if before is not None and before.value == wish.value and (edited.about or (before.expires_on, before.reason, before.author) == (until, why, who)):
            known += 1
            continue
        if edited.about and before is not None and before.value != wish.value and not _was_seen(before, base, then, report):
            problems.append(Problem(wish.row, place, _tell_conflict(before, wish)))
        if not why:
            problems.append(Problem(wish.row, place, "there is no reason. Give one for all with --reason, or for each in a column Reason."))
        for what, text in (("reason", why), ("author", who)):
            if len(text) > 1000:
                problems.append(Problem(wish.row, place, f"the {what} has {len(text):,} characters; 1,000 at most."))
        computed = name_computed(wish.column)
        was = write_value(base.at[wish.customer_id, computed]) if wish.customer_id in base.index and computed in base else then
        overrides.append(Override(name, wish.customer_id, wish.column, wish.value, why, who, today, report.as_of, until, report.run, was))
    return overrides, known, problems


def _was_seen(before: Override, base: pd.DataFrame, then: str | None, report: _Report) -> bool:
    """Tell whether the report that was edited showed what was said before; what had ended by then was not to be seen."""
    if before.valid_from <= report.as_of and before.expires_on and before.expires_on < report.as_of:
        return True
    if before.value is not None:
        return then == before.value
    marked = base.at[before.customer_id, "overridden"] if "overridden" in base else None
    return then is None or (before.column not in str(marked).split(", ") and before.column not in FREE)


def _read_end(text: str, newest: dt.date) -> tuple[dt.date | None, str]:
    if not text:
        return None, ""
    day = read_day(text)
    if day is None:
        return None, f"{text[:40]!r} is not a day. Write it as 2026-12-31."
    return (day, "") if day >= newest else (day, f"{day} has passed: the last report is of {newest}. Give a later day, or none.")


def _tell_conflict(before: Override, wish: Wish) -> str:
    who = before.author or "somebody"
    told = f"set it to {before.value!r}" if before.value is not None else "took it back"
    asked = f"here it is {wish.value!r}" if wish.value is not None else "here it is taken back"
    return f"{who} {told} on {before.entered_at} ({before.reason[:80]}), after this file was made; {asked}. Agree on one, and edit the newest customers.xlsx."


def _list(problems: Sequence[Problem], path: Path) -> str:
    lines = [f"{problem.place}: {problem.said}" for problem in problems[:MOST_LISTED]]
    if len(problems) > MOST_LISTED:
        lines.append(f"and {len(problems) - MOST_LISTED:,} more")
    count = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    return f"{path.name} was not taken; {count}:\n  " + "\n  ".join(lines) + "\nNothing was changed. Mend these and import the file again."


def _warn(edited: Edited, report: _Report, path: Path) -> list[str]:
    warnings = []
    if not report.is_the_one:
        warnings.append(
            f"{path.name} was made before the report of {report.as_of} was made again. It was held against the newer one: what that changed by itself counts as an edit. "
            "Look at the list, and import a fresh copy if it is too long."
        )
    if edited.strange:
        warnings.append(f"Columns that mean nothing here were passed over: {shorten(edited.strange)}.")
    return warnings
