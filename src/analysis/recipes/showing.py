"""A table as pages may show it: its columns held against the list, numbers of few customers withheld."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.columns import CONTACT_COLUMNS
from analysis.errors import WorkbookError
from analysis.models.disclosure import withhold
from analysis.models.disclosure_rules import Cells, Rule
from analysis.recipes.disclosure import SHOWN
from analysis.recipes.opened import Opened
from analysis.recipes.shown import Shown
from analysis.schemas import SCHEMAS

SMALL = 100_000  # rows: what may become a pandas frame
_NAMING = ("attribute", "column", "level_column", "feature")  # columns that hold names of columns of the data


@dataclass(frozen=True)
class Seen:
    """A table as pages show it, and whether anything of it is withheld."""

    frame: pd.DataFrame
    withheld: bool = False


def fetch(opened: Opened, name: str) -> pd.DataFrame:
    """Give a small table with its exact numbers, money as float.

    Raises
    ------
    WorkbookError
        When it is too large to look at.
    """
    found = opened.get(name)
    if isinstance(found, pd.DataFrame):
        return found.copy()
    rows = int(found.count().execute())
    if rows > SMALL:
        raise WorkbookError(f"{name} has {rows:,} rows, more than fit on a page. Use run.table({name!r}), filter it, and call .execute().")
    numbers = {column: found[column].cast("float64") for column, kind in found.schema().items() if kind.is_decimal()}
    return _put_in_order(opened, name, (found.mutate(**numbers) if numbers else found).execute())


def _put_in_order(opened: Opened, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the rows in the order in which they were made, or in that of their grain: an engine gives them in any."""
    if name not in SCHEMAS:
        return frame
    grain, made = list(SCHEMAS[name].grain), opened.built.get(f"{name} in order")
    frame = frame.sort_values(grain, ignore_index=True)
    if isinstance(made, pd.DataFrame):
        places = pd.MultiIndex.from_frame(made).argsort(kind="stable")
        frame = frame.iloc[places.argsort()].reset_index(drop=True)
    return frame


def show(opened: Opened, name: str) -> Seen:
    """Give a table as it may be shown to the readers of this run.

    Parameters
    ----------
    opened : Opened
    name : str
        The table.

    Returns
    -------
    Seen
        Numbers of fewer customers than `config.pages.least`, and what would give them back, are NaN; tables of single customers are empty for readers outside.

    Raises
    ------
    WorkbookError
        When nothing says what of this table may be shown, or it has a column that nothing speaks of.
    """
    place = f"{name} as shown"
    if place not in opened.built:
        opened.built[place] = _show(opened, name)
    return opened.built[place]  # type: ignore[return-value]


def _show(opened: Opened, name: str) -> Seen:
    if name not in SHOWN:
        raise WorkbookError(
            f"The table {name} is not among those that pages may show (analysis.recipes.disclosure): say there which of its columns may be shown, and which "
            f"numbers stand for customers. For work that no page shows, run.table({name!r}) has the exact numbers."
        )
    entry, pages = SHOWN[name], opened.config.pages
    frame = fetch(opened, name)
    _check_columns(name, frame, entry, opened)
    frame = frame.drop(columns=[column for column in entry.dropped.split() if column in frame.columns])
    if entry.single:
        return Seen(frame.iloc[:0] if pages.profile == "external" else frame)
    if pages.least <= 1 or frame.empty:
        return Seen(frame)
    rules = tuple(_spell_out(rule, frame) for rule in entry.rules)
    others = {other: show(opened, other).frame for other in entry.others}
    sizes = {size: _SIZES[size](opened) for size in _list_sizes(rules)}
    shown = withhold(frame, rules, least=pages.least, prepare=entry.prepare, others=others, sizes=sizes)[list(frame.columns)]
    if entry.finish:
        shown = entry.finish(shown, others, pages.least)
    return Seen(shown, withheld=len(shown) < len(frame) or int(shown.isna().sum().sum()) > int(frame.isna().sum().sum()))


def _check_columns(name: str, frame: pd.DataFrame, entry: Shown, opened: Opened) -> None:
    """Refuse a column that nobody has allowed. Attributes are allowed by the configuration, contact data never."""
    inputs = opened.config.inputs
    own = {attribute for source in (inputs.customers, inputs.transactions) if source for attribute in source.attributes} - set(CONTACT_COLUMNS)
    starts = tuple(column[:-1] for column in entry.columns if column.endswith("*"))
    strange = [column for column in frame.columns if column not in entry.columns | own and not (starts and column.startswith(starts))]
    named = [str(word) for column in _NAMING if column in frame.columns for word in pd.unique(frame[column].dropna()) if word in CONTACT_COLUMNS]
    if strange or named:
        what = f"has the column {', '.join(map(repr, strange))}" if strange else f"speaks of {', '.join(map(repr, named))}"
        raise WorkbookError(f"The table {name} {what}, which pages may not show. What they may show is listed in analysis.recipes.disclosure.")


def _spell_out(rule: Rule, frame: pd.DataFrame) -> Rule:
    """Put the columns of the table for names that end in ``*``."""
    starts = tuple(value[:-1] for value in rule.values if value.endswith("*")) if isinstance(rule, Cells) else ()
    if not isinstance(rule, Cells) or not starts:
        return rule
    plain = [value for value in rule.values if not value.endswith("*")]
    return replace(rule, values=(*plain, *(column for column in frame.columns if column.startswith(starts))))


def _list_sizes(rules: Iterable[Rule]) -> list[str]:
    return sorted({of for rule in rules if (of := getattr(rule, "of", ""))})


def _count_buyers(opened: Opened) -> float:
    segments = fetch(opened, "segments")
    return float(segments.loc[segments["scheme"] == "segment", "customers"].sum())


def _count_tried(opened: Opened) -> float:
    tried = pd.to_numeric(fetch(opened, "value_base")["tried"], errors="coerce").max()
    return 0.0 if pd.isna(tried) else float(tried)


_SIZES: Mapping[str, Callable[[Opened], float]] = {"buyers": _count_buyers, "tried": _count_tried}
