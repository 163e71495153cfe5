"""What people changed in a file: cell by cell against the report it came from, in any language, and what of it cannot be taken."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from pandas.api import types

from analysis.columns import CUSTOMER_COLUMNS
from analysis.errors import shorten
from analysis.models.overrides import BOOLEAN, FREE, LONGEST, NUMBER, TEXT, Editable, name_computed
from analysis.report.edited import Edited, settle
from analysis.texts import Texts

_CELL = 32_767  # characters that a cell of Excel can hold
_YES = ("true", "yes", "1", "是")
_NO = ("false", "no", "0", "否")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_COMPUTED = (
    "segment", "class8", "value_tier", "cluster", "cluster_name", "lifecycle_stage", "r_score", "f_score", "m_score", "rfm_score", "r_value", "f_value", "m_value"
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """One edit as it stands in a file: `value` is as it will be kept, None where the cell was emptied; reason, author and expires_on are text, "" where nothing is said."""

    row: int
    customer_id: str
    column: str
    value: str | None
    reason: str = ""
    author: str = ""
    expires_on: str = ""


@dataclass(frozen=True)
class Problem:
    """What cannot be taken, and where."""

    row: int
    place: str
    said: str


def read_day(text: str) -> dt.date | None:
    """Read a day written year first: 2026-12-31, 2026/12/31, 2026年12月31日; None for anything else."""
    parts = _DAY.fullmatch(text.strip())
    try:
        return dt.date(int(parts[1]), int(parts[2]), int(parts[3])) if parts else None
    except ValueError:
        return None


def write_value(value: object) -> str | None:
    """Write a value of a table as an override keeps it; None where there is none."""
    if value is None or pd.isna(value):
        return None
    return str(value).lower() if types.is_bool(value) else str(value)


def find_wishes(
    edited: Edited, base: pd.DataFrame, editable: Mapping[str, Editable], words: Sequence[Texts], *, strict: bool
) -> tuple[list[Wish], list[Problem]]:
    """Find what differs from the report in an edited table of customers.

    Parameters
    ----------
    edited : Edited
    base : pandas.DataFrame
        The customers of the report, indexed by customer_id; at least those in the file.
    editable : mapping of str to Editable
        The columns that people may change.
    words : sequence of Texts
        The languages in which a cell may be written.
    strict : bool
        Whether the other columns are looked at too: the file comes from this very report, so they differ only where somebody changed them.

    Returns
    -------
    wishes, problems
    """
    rows, problems = edited.rows.copy(), []
    nameless = rows.customer_id.str.strip() == ""
    problems += [Problem(row, edited.place(row), "there is no customer number. Give it, or delete the row.") for row in rows.index[nameless]]
    rows = rows[~nameless]
    known = pd.Series(base.index, index=[settle(str(who)) for who in base.index])
    known = known[~known.index.duplicated(keep=False)]
    rows["who"] = rows.customer_id.map(known)
    lost = rows.who.isna()
    problems += [
        Problem(
            row, edited.place(row, "customer_id"), f"there is no customer {who[:60]!r} in this report. Take the number from a fresh copy, or delete the row."
        )
        for row, who in rows.customer_id[lost].items()
    ]
    rows = rows[~lost]
    doubled = rows[rows.who.duplicated(keep=False)]
    for who, several in doubled.groupby("who", sort=False):
        for column in editable:
            if column in several and several[column].nunique() > 1:
                places = ", ".join(str(row) for row in several.index)
                problems.append(
                    Problem(
                        several.index[0],
                        edited.place(several.index[0], column),
                        f"customer {who!r} stands in the rows {places} with {shorten(several[column])}. Keep one.",
                    )
                )
    rows = rows.drop_duplicates("who")  # equal, or a problem already
    then = base.loc[rows.who].set_axis(rows.index)
    wishes = []
    for column in (name for name in rows if name in then):
        if column in ("customer_id", "overridden") or not (column in editable or strict):
            continue
        changed = rows.index[~_same(rows[column], then[column], column, words, free=column in editable and editable[column].kind == TEXT)]
        if column not in editable:
            problems += [Problem(row, edited.place(row, column), f"{rows.at[row, column][:60]!r} cannot be taken: {_explain(column)}") for row in changed]
            continue
        for row in changed:
            value, fault = read_cell(rows.at[row, column], column, editable[column], words)
            if fault:
                problems.append(Problem(row, edited.place(row, column), fault))
                continue
            computed, marked = name_computed(column), str(then.at[row, "overridden"] if "overridden" in then else "")
            if value is not None and column in marked.split(", ") and computed in then and value == write_value(then.at[row, computed]):
                value = None  # back to what the workbook says
            beside = {name: rows.at[row, name].strip() for name in ("reason", "author", "expires_on") if name in rows and name not in then}
            wishes.append(Wish(row, str(rows.at[row, "who"]), column, value, **beside))
    return wishes, problems


def read_cell(text: str, column: str, editable: Editable, words: Sequence[Texts]) -> tuple[str | None, str]:
    """Read a cell as its value is kept, whatever the language; None where it is empty; and what is wrong with it."""
    told = text if editable.kind == TEXT else text.strip()
    if not text.strip():
        return None, ""
    if editable.kind == TEXT:
        return told, f"{len(told):,} characters are too many: {LONGEST:,} at most." if len(told) > LONGEST else ""
    if editable.kind == NUMBER:
        number = editable.read(told)
        return repr(number), "" if number is not None else f"{told[:60]!r} is not a number like 12.5."
    names = {name.casefold(): key for key in ("true", "false") for name in (_YES if key == "true" else _NO)} if editable.kind == BOOLEAN else {}
    keys = ("true", "false") if editable.kind == BOOLEAN else editable.keys
    names |= {texts.value(column, key).strip().casefold(): key for texts in words for key in keys} | {key.casefold(): key for key in keys}
    if (key := names.get(told.casefold())) is not None:
        return key, ""
    return None, f"{told[:60]!r} is not one of {', '.join(repr(words[0].value(column, key)) for key in keys)}."


def read_list(edited: Edited, base: pd.DataFrame, editable: Mapping[str, Editable], words: Sequence[Texts]) -> tuple[list[Wish], list[Problem]]:
    """Read a plain list of edits: the same as `find_wishes`, of a file that says what is to be."""
    wishes: list[Wish] = []
    problems: list[Problem] = []
    names = {name.casefold(): column for column in editable for name in (column, *(texts.column(column) for texts in words))}
    first: dict[tuple[str, str], Wish] = {}
    for row in edited.rows.itertuples():
        at, column = int(row.Index), names.get(row.column.strip().casefold())
        if row.customer_id not in base.index:
            problems.append(Problem(at, edited.place(at, "customer_id"), f"there is no customer {row.customer_id[:60]!r} in the last report."))
        if column is None:
            told = row.column.strip()[:60]
            why = _explain(told) if told in base else f"there is no such column. People may change {', '.join(editable)}."
            problems.append(Problem(at, edited.place(at, "column"), f"{told!r} cannot be taken: {why}"))
            continue
        value, fault = read_cell(row.value, column, editable[column], words)
        if fault:
            problems.append(Problem(at, edited.place(at, "value"), fault))
            continue
        wish = Wish(at, row.customer_id, column, value, row.reason.strip(), row.author.strip(), row.expires_on.strip())
        before = first.setdefault((wish.customer_id, column), wish)
        if before is not wish and before.value != value:
            problems.append(Problem(at, edited.place(at), f"customer {wish.customer_id!r} has another value for {column} in row {before.row}. Keep one."))
        elif before is wish:
            wishes.append(wish)
    return wishes, problems


def _same(cells: pd.Series, then: pd.Series, column: str, words: Sequence[Texts], *, free: bool) -> pd.Series:
    """Tell which cells still say what the report said, as any spreadsheet writes it and, unless they are free text, in any language."""
    empty, then = cells.str.strip() == "", then.where(then != "")
    of = column.removeprefix("computed_") if column.startswith("computed_tag_") else column.removesuffix("_computed")
    kind = types.infer_dtype(then, skipna=True)
    if kind in ("boolean", "string", "empty"):
        cells, same = (cells.str.lower() if kind == "boolean" else cells), empty & then.isna()
        values = list(then.dropna().unique())
        ways = [{value: str(value).lower() if kind == "boolean" else _cut(value) for value in values}]
        if not free:
            ways += [{value: texts.value(of, value).lower() if kind == "boolean" else _cut(texts.value(of, value)) for value in values} for texts in words]
            same |= then.isna() & cells.isin([texts.value(of, None) for texts in words])
        for shown in ways:
            same |= then.notna() & (cells == then.map(shown))
        return same
    if kind in ("date", "datetime", "datetime64"):
        return (cells.str[:10] == then.astype(object).astype(str).str[:10]) | (then.isna() & empty)
    told, was = pd.to_numeric(cells.where(~empty), errors="coerce"), then.astype(object).where(then.notna(), float("nan")).astype(float)
    near = (told - was).abs() <= 1e-8 * (1 + was.abs())  # a spreadsheet keeps fifteen digits, and what is read back nine decimals
    return near | (empty & was.isna()) | (was.abs() == float("inf"))  # no cell can hold what is infinite


def _cut(text: object) -> str:
    """Write a text as a cell holds it."""
    settled = settle(str(text))
    return settled if len(settled) <= _CELL else settled[: _CELL - 1] + "…"


def _explain(column: str) -> str:
    """Say why people may not change a column."""
    if column in _COMPUTED:
        return "it follows from the orders, and the totals of the report rest on it. Change a class, a tag, the owner or the notes instead, or the rules in the configuration."
    if column.startswith("computed_tag_") or column.endswith("_computed") or column == "overridden":
        return "it is what the workbook notes down itself."
    if column in CUSTOMER_COLUMNS:
        return "it comes from the list of customers. Correct it there."
    return f"it is measured or comes from your data. People may change classes, tags, {' and '.join(FREE)}."
