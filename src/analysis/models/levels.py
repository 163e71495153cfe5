"""The levels of a tree: which columns can be one, and which are chosen where nobody chose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import pandas as pd
from ibis.expr.types import IntegerScalar, Table

from analysis.errors import ConfigurationError
from analysis.models.tree import UNKNOWN, is_level, write_key

MOST_VALUES = 2_000  # of a level: more is a name or a number of each customer, and not what many have in common
KNOWN, FEW = 0.3, (2, 40)  # share of customers of whom an attribute is known, and its values, to be chosen
_FIRST = ("type", "market", "country", "region", "industry", "company_size", "city", "category", "favourite_category")
_LAST = ("source", "channel", "main_channel", "gender", "age_band")
_DERIVED = (("value_class", "value_tier"), ("behaviour", "lifecycle_stage"))  # a level each: the first of them that tells customers apart
_PLAIN = ("value_tier", "lifecycle_stage", "frequency_band")  # where nothing but orders is known
DERIVED = frozenset({column for pair in _DERIVED for column in pair} | set(_PLAIN))


@dataclass(frozen=True)
class Tree:
    """A tree to be grown: its name, its levels from the broadest on, what people call it (language -> words), and whether the levels were chosen for them."""

    name: str
    levels: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    is_chosen: bool = False


def list_levels(customers: Table) -> list[str]:
    """List the columns that can be a level: text, or yes and no."""
    return [column for column in customers.columns if column != "customer_id" and is_level(customers, column)]


def count_values(customers: Table, columns: Collection[str]) -> pd.DataFrame:
    """Count what is known of columns, in one pass.

    Parameters
    ----------
    customers : Table
        Grain: customer_id.
    columns : collection of str
        Columns that can be a level.

    Returns
    -------
    pandas.DataFrame
        Grain: column. known (share of customers with a value), values (different ones).
    """
    columns = list(dict.fromkeys(columns))
    asked: dict[str, IntegerScalar] = {}
    for number, column in enumerate(columns):
        said = write_key(customers, column).nullif(UNKNOWN)
        asked |= {f"known_{number}": said.count(), f"values_{number}": said.nunique()}
    counted = customers.agg(rows=customers.count(), **asked).execute().iloc[0]
    rows = [
        {"column": column, "known": int(counted[f"known_{number}"]) / max(1, int(counted["rows"])), "values": int(counted[f"values_{number}"])}
        for number, column in enumerate(columns)
    ]
    return pd.DataFrame(rows, columns=["column", "known", "values"])


def list_candidates(columns: Collection[str], own: Sequence[str]) -> list[str]:
    """List what a tree may be chosen from, of the columns there are: the attributes in order, own ones before source and channel; then the derived classes."""
    wanted = [*_FIRST, *own, *_LAST, *(column for pair in _DERIVED for column in pair), *_PLAIN]
    return [column for column in dict.fromkeys(wanted) if column in columns]


def choose_levels(counted: pd.DataFrame) -> tuple[str, ...]:
    """Choose levels: at most two attributes that are known well enough, then value and behaviour; without attributes value, stage and frequency.

    Parameters
    ----------
    counted : pandas.DataFrame
        `count_values` of `list_candidates`, in that order.

    Returns
    -------
    tuple of str
        Two levels or more.
    """
    rows = counted.set_index("column")
    fit = rows["values"].between(*FEW) & (rows["known"] >= KNOWN)
    attributes = [column for column in rows.index if column not in DERIVED and fit[column]][:2]
    parted = [column for column in rows.index if column in DERIVED and rows["values"][column] > 1]
    if not attributes:
        return _at_least_two([column for column in _PLAIN if column in parted])
    rest = [next((column for column in pair if column in parted), None) for pair in _DERIVED]
    return _at_least_two([*attributes, *filter(None, rest)])


def _at_least_two(levels: list[str]) -> tuple[str, ...]:
    more = [column for column in ("value_tier", "lifecycle_stage") if column not in levels]
    return (*levels, *more[: max(0, 2 - len(levels))])


def check_levels(trees: Sequence[Tree], customers: Table) -> None:
    """See that every level is a column of text or yes-no that many customers share.

    Raises
    ------
    ConfigurationError
        Naming every wrong level of every tree, and the nearest names.
    """
    able = list_levels(customers)
    faults = []
    for tree in trees:
        for level in tree.levels:
            if level in able:
                continue
            if level in customers.columns:
                faults.append(
                    f"{level!r} of the tree {tree.name!r} is {'a number or a date' if level != 'customer_id' else 'different for everybody'}, not a class"
                )
            else:
                near = get_close_matches(level, able, 3, 0.5) or able[:12]
                faults.append(f"{level!r} of the tree {tree.name!r} is not a column of the table of customers; near it are {', '.join(near)}")
    if not faults:
        counted = count_values(customers, [level for tree in trees for level in tree.levels]).set_index("column")
        many = counted[counted["values"] > MOST_VALUES]
        faults = [
            f"{level!r} has {row.values_:,} different values, more than {MOST_VALUES:,}" for level, row in many.rename(columns={"values": "values_"}).iterrows()
        ]
    if faults:
        raise ConfigurationError(
            f"The tree cannot be grown: {'; '.join(faults)}. Levels are columns of text or yes-no; see [tree] levels in the configuration."
        )
