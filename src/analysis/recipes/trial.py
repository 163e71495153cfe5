"""What if: the same data on the same day under a changed configuration, and who would be called something else. Nothing is stored."""

from dataclasses import dataclass

import pandas as pd

from analysis.config import Config
from analysis.errors import ConfigurationError
from analysis.models import standards
from analysis.pseudonyms import key_file, pseudonym, read_key
from analysis.recipes.opened import Opened

SCHEMES = ("segment", "class8", "value_tier", "lifecycle_stage")
_DATA = ("inputs", "cleaning", "identity", "order", "time_zone", "window_months", "currency")  # what the data are, and who is who
_SHARED = ("told", "ledger_frame", "lines", "orders", "gathered", "known", "purchases", "answers", "contacts")  # follows from those alone
_SHARED_IF = {  # follows from those and from sections that are equal
    ("lifecycle",): ("clockwork", "overdue", "spells"),
    ("value", "seed"): ("customer_value",),
    ("scoring", "sufficiency", "clusters", "seed"): ("everybody", "described", "grouping", "cluster_model"),
}
_EXAMPLES = 3  # customers a column


@dataclass(frozen=True)
class Trial:
    """Who would move.

    Parameters
    ----------
    moves : pandas.DataFrame
        `compare_standards`.
    movers : pandas.DataFrame
        Grain: column, customer (pseudonym): those with most money who would move, three a column. from_key, to_key, monetary.
    """

    moves: pd.DataFrame
    movers: pd.DataFrame


def compare_standards(opened: Opened, other: Config) -> pd.DataFrame:
    """Count who would be called something else under another configuration.

    Parameters
    ----------
    opened : Opened
    other : Config
        It may differ in its standards (scoring, map, lifecycle, classes, tags …), not in its data.

    Returns
    -------
    pandas.DataFrame
        Grain: column, from_key, to_key, also where they are the same. Columns are segment, class8, value_tier, lifecycle_stage, each derived class and each tag
        of either configuration. A key is null where there is no label, ``absent`` where one of the two does not have the column; of numbers it tells only whether
        they would be higher or lower. customers (int64), monetary (Decimal), is_move.

    Raises
    ------
    ConfigurationError
        When the other configuration reads other data, or cleans them otherwise; when it has a saved ruler that there is not.
    """
    return try_standards(opened, other).moves


def try_standards(opened: Opened, other: Config) -> Trial:
    """Count who would move, and name the largest of them: see `compare_standards`."""
    _refuse_other_data(opened.config, other)
    trial = opened.vary("trial", config=other.replace(name=opened.config.name))  # of this name: the last report is that of the configuration in force
    shared = [
        *_SHARED,
        *(name for keys, names in _SHARED_IF.items() if all(getattr(opened.config, key) == getattr(other, key) for key in keys) for name in names),
    ]
    trial.built.update({name: opened.get(name) for name in shared})
    ours, theirs = opened.get("customers"), trial.get("customers")
    classes = dict.fromkeys([*opened.get("class_keys"), *trial.get("class_keys")])
    tags = dict.fromkeys(column for table in (ours, theirs) for column in table.columns if column.startswith("tag_"))
    columns = [*SCHEMES, *classes, *tags]
    compared = opened.engine.materialize("standards_compared", standards.compare_columns(ours, theirs, columns))
    moves = standards.count_ways(compared, columns)
    movers, key = standards.list_movers(compared, columns, most=_EXAMPLES), read_key(key_file())
    named = movers.assign(customer=[pseudonym(who, key) for who in movers["customer_id"]]).drop(columns="customer_id")
    return Trial(moves.assign(is_move=standards.is_move(moves)), named)


def _refuse_other_data(ours: Config, theirs: Config) -> None:
    """Refuse what is no trial of standards."""
    if ours.folder != theirs.folder:
        raise ConfigurationError(
            f"The two configurations lie in different folders ({ours.folder} and {theirs.folder}), so they read different files. Put the new one beside the old one."
        )
    if other := [name for name in _DATA if getattr(ours, name) != getattr(theirs, name)]:
        raise ConfigurationError(
            f"A trial compares standards, not data: the new configuration also changes {', '.join(other)}. Leave these as they are, or make a report with the new "
            "configuration: workbook run --config NEW --reports ELSEWHERE."
        )
