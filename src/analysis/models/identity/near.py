"""Who may be one: customers whose names, contacts and cities are alike, weighed by Splink in the same engine.

The weights are written down here and not learned from the data: learning them is only as good as a sample of real pairs, and would judge the same two customers
differently in another month. m is how often two rows of one person agree so well, u how often two rows of strangers do (Fellegi and Sunter 1969).
"""

import logging
from dataclasses import dataclass, replace
from typing import Any

import ibis
import splink.comparison_level_library as levels
from ibis import _
from ibis.expr.types import Table
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from analysis.engine import Engine
from analysis.errors import ConfigurationError

MOST = 200_000  # people who are brought from another engine
PRIOR = 1e-4  # chance that two customers of one shop, picked at random, are one


@dataclass(frozen=True)
class _Agreement:
    """How well two values agree, as SQL over `<column>_l` and `<column>_r`, with m and u; no SQL: all other cases."""

    sql: str
    m: float
    u: float


_LETTERS = "regexp_replace({}, '[0-9]', '', 'g')"
_ALIKE = {
    "name": (
        _Agreement("name_l = name_r", 0.75, 0.002),
        _Agreement("jaro_winkler_similarity(name_l, name_r) >= 0.92", 0.19, 0.004),
        _Agreement("jaro_winkler_similarity(name_l, name_r) >= 0.84", 0.05999, 0.02),
        _Agreement("", 0.00001, 0.974),  # a couple shares its phone, its e-mail and its city
    ),
    "email": (
        _Agreement("email_l = email_r", 0.75, 0.0001),
        _Agreement("length(split_part(email_l, '@', 1)) >= 6 and split_part(email_l, '@', 1) = split_part(email_r, '@', 1)", 0.10, 0.002),
        # a letter too many or wrong; addresses that differ in a digit are usually numbered
        _Agreement(f"damerau_levenshtein(email_l, email_r) = 1 and {_LETTERS.format('email_l')} <> {_LETTERS.format('email_r')}", 0.05, 0.0005),
        _Agreement("", 0.10, 0.9974),
    ),
    "phone": (
        _Agreement("phone_l = phone_r", 0.75, 0.0002),
        _Agreement("damerau_levenshtein(phone_l, phone_r) <= 1", 0.10, 0.002),
        _Agreement("", 0.15, 0.9978),
    ),
    "city": (_Agreement("city_l = city_r", 0.90, 0.10), _Agreement("", 0.10, 0.90)),
    "birth_date": (_Agreement("birth_date_l = birth_date_r", 0.95, 0.0001), _Agreement("", 0.05, 0.9999)),
}


def pair_nearly(engine: Engine, people: Table, *, threshold: float) -> Table:
    """Pair customers who are probably one.

    Parameters
    ----------
    engine : Engine
    people : Table
        Grain: customer_id; name, email, phone, city, birth_date, type, parent_id (normalised).
    threshold : float
        The least chance of being one that counts.

    Returns
    -------
    Table
        customer_id, other (the smaller number first), chance (float64, 6 digits). Only pairs with the same phone, the same e-mail, or the same name and city
        are looked at; never one of two customers whose e-mails differ and whose phones differ as well, a person and a company, or accounts of which one stands under a parent and the other
        does not, or under another, or in another city.

    Raises
    ------
    ConfigurationError
        When there are too many people to be brought here from another engine.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    plain = replace(engine, prefix="")  # Splink wants a name without quotation marks
    narrow = plain.materialize("near_people", people.select(unique_id=_.customer_id, **{column: people[column] for column in _ALIKE}))
    count = int(narrow.count().execute())
    if count < 2:
        return ibis.memtable({"customer_id": [], "other": [], "chance": []}, schema={"customer_id": "string", "other": "string", "chance": "float64"})
    if engine.con is not engine.reader:
        _bring(engine, narrow, count)
    api = DuckDBAPI(connection=engine.reader.con)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_compare(column, agreements) for column, agreements in _ALIKE.items()],
        blocking_rules_to_generate_predictions=[block_on("phone"), block_on("email"), block_on("name", "city")],
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=False,
    )
    linker = Linker(api.register("near_people"), settings, log_level=None, validate_settings=False)
    predicted = linker.inference.predict(threshold_match_probability=threshold, warning_mode="never")
    scored = engine.reader.table(predicted.physical_name).select(
        customer_id=ibis.least(_.unique_id_l, _.unique_id_r), other=ibis.greatest(_.unique_id_l, _.unique_id_r), chance=_.match_probability.round(6)
    )
    pairs = engine.materialize("near_pairs", _allow(engine.take_over("near_scored", scored), people))
    api.delete_tables_created_by_splink_from_db()
    return pairs


def _bring(engine: Engine, narrow: Table, count: int) -> None:
    """Bring the people to the embedded engine: the only one in which they can be weighed."""
    if count > MOST:
        raise ConfigurationError(
            f'identity.merge = "near" would look at {count:,} customers; where the engine is not the embedded one, at most {MOST:,} are possible. '
            'Set identity.merge = "exact", or compute this shop with engine.kind = "duckdb".'
        )
    path = engine.scratch / "near_people.parquet"
    narrow.to_parquet(path)
    engine.reader.read_parquet(path, table_name="near_people")


def _compare(column: str, agreements: tuple[_Agreement, ...]) -> CustomComparison:
    made: list[ComparisonLevelCreator | dict[str, Any]] = [levels.NullLevel(column)]
    for one in agreements:
        level = levels.CustomLevel(one.sql, label_for_charts=one.sql) if one.sql else levels.ElseLevel()
        made.append(level.configure(m_probability=one.m, u_probability=one.u))
    return CustomComparison(comparison_levels=made, output_column_name=column)


def _allow(scored: Table, people: Table) -> Table:
    """Take out pairs that something known speaks against."""
    columns = ("email", "phone", "type", "parent_id", "city")
    one = people.select(customer_id=people.customer_id, **{f"{column}_one": people[column] for column in columns})
    two = people.select(other=people.customer_id, **{f"{column}_two": people[column] for column in columns})
    both = scored.join(one, "customer_id").join(two, "other")
    differ = {column: ibis.coalesce(both[f"{column}_one"] != both[f"{column}_two"], False) for column in columns}
    same_city = ibis.coalesce(both.city_one == both.city_two, False)
    same_place = (both.parent_id_one.isnull() & both.parent_id_two.isnull()) | (ibis.coalesce(both.parent_id_one == both.parent_id_two, False) & same_city)
    return both.filter(~(differ["email"] & differ["phone"]) & ~differ["type"] & same_place).select("customer_id", "other", "chance")
