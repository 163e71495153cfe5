"""Classes that follow from what is known of a customer: rule tables, the first rule that is true decides."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import resources

import ibis
import pandas as pd
from ibis.expr.types import Table

from analysis.errors import ConfigurationError
from analysis.models.expressions import columns_of, compile_expression
from analysis.settings.classes import Classes, ClassRule
from analysis.settings.classes import Dimension as Told
from analysis.settings.strict import check
from analysis.texts import Texts


@dataclass(frozen=True)
class Dimension:
    """One rule table in force.

    Parameters
    ----------
    name : str
        The column that it makes.
    rules : tuple of ClassRule
        In order: class and SQL expression.
    otherwise : str or None
        The class of whom no rule names and of whom something is known.
    is_ours : bool
        Whether the rules are those that come with the workbook.
    told : analysis.settings.classes.Dimension
        What the configuration says, with words of its own.
    """

    name: str
    rules: tuple[ClassRule, ...]
    otherwise: str | None
    is_ours: bool
    told: Told

    @property
    def keys(self) -> tuple[str, ...]:
        """List the classes in the order of display."""
        return tuple(dict.fromkeys([*[rule.key for rule in self.rules], *([self.otherwise] if self.otherwise else [])]))


def read_defaults() -> dict[str, Told]:
    """Read the rule tables that come with the workbook."""
    values = tomllib.loads((resources.files("analysis.models") / "classes.toml").read_text(encoding="utf-8"))
    return check(Classes, values, "classes.toml").dimensions


def settle_dimensions(classes: Classes) -> tuple[Dimension, ...]:
    """Put the rule tables of the configuration over those that come with the workbook.

    Raises
    ------
    ConfigurationError
        When a dimension of one's own has no rules, or a rule cannot be read; all of them at once.
    """
    defaults, told = read_defaults(), classes.dimensions
    if bare := [name for name, said in told.items() if name not in defaults and not said.rules and not said.off]:
        raise ConfigurationError(
            f"classes.{', classes.'.join(bare)}: there are no rules, and the workbook brings none of that name (it brings {', '.join(defaults)}). "
            f'Write rules = [{{ class = "gold", when = "monetary >= 1000" }}], or take the section out.'
        )
    settled: list[Dimension] = []
    for name in dict.fromkeys([*defaults, *told]):
        said = told.get(name, Told())
        chosen = said if said.rules else defaults.get(name, said)
        if not said.off:
            settled.append(Dimension(name, chosen.rules, chosen.otherwise, not said.rules, said))
    faults = [fault for one in settled if not one.is_ours for rule in one.rules if (fault := _find_fault(one, rule))]
    if faults:
        raise ConfigurationError("\n".join(faults))
    return tuple(settled)


def _find_fault(dimension: Dimension, rule: ClassRule) -> str:
    """Say what is wrong with the words of a rule, whatever columns there are."""
    try:
        columns_of(rule.when, origin=_origin(dimension, rule))
    except ConfigurationError as error:
        return str(error)
    return ""


def name_classes(dimensions: Sequence[Dimension], lang: str) -> dict[str, str]:
    """Gather the words that a configuration gives to dimensions and classes; what nobody has words for is called as its key.

    Returns
    -------
    dict of str to str
        For `Texts`: message (column-NAME, class-NAME-KEY) to words.
    """
    catalogue = Texts(lang)
    words: dict[str, str] = {}
    for dimension in dimensions:
        called = {_message("column", dimension.name): (dimension.told.name, dimension.name)}
        called |= {_message(f"class-{dimension.name}", key): (dimension.told.words.get(key), key) for key in dimension.keys}
        for message, (own, key) in called.items():
            if own or not catalogue.has(message):
                words[message] = own.say(lang) if own else key.replace("_", " ").capitalize()
    return words


def _message(kind: str, key: str) -> str:
    return f"{kind}-{key}".replace("_", "-")


def classify(customers: Table, dimensions: Sequence[Dimension]) -> Table:
    """Add a column for each dimension; a later one may ask for the classes of an earlier one.

    Parameters
    ----------
    customers : Table
        Grain: customer_id; all columns that the rules name.
    dimensions : sequence of Dimension

    Returns
    -------
    Table
        The same rows with the classes (text; null where no rule is true and there is no `otherwise`, or nothing that it could go by).

    Raises
    ------
    ConfigurationError
        Naming every rule that cannot be used, and dimensions called like a column that is there.
    """
    faults = [
        f"classes.{one.name}: there is a column {one.name!r} already; call the dimension something else" for one in dimensions if one.name in customers.columns
    ]
    table = customers
    for dimension in dimensions:
        if dimension.name in customers.columns:
            continue
        branches = []
        for rule in dimension.rules:
            try:
                branches.append((compile_expression(rule.when, table, origin=_origin(dimension, rule), expect="boolean"), ibis.literal(rule.key)))
            except ConfigurationError as error:
                faults.append(str(error))
        label = ibis.cases(*branches, else_=_remainder(table, dimension)) if branches and not faults else ibis.null("string")
        table = table.mutate(**{dimension.name: label.cast("string")})
    if faults:
        raise ConfigurationError("\n".join(faults))
    return table


def _origin(dimension: Dimension, rule: ClassRule) -> str:
    return f"classes.{dimension.name}, class {rule.key!r}"


def _remainder(table: Table, dimension: Dimension) -> ibis.Value:
    """Give the class of the rest, of whom at least one column of the rules is known."""
    if dimension.otherwise is None:
        return ibis.null("string")
    known = [table[name].notnull() for name in list_columns(dimension) if name in table.columns]
    return ibis.ifelse(ibis.or_(*known), ibis.literal(dimension.otherwise), ibis.null("string")) if known else ibis.literal(dimension.otherwise)


def list_columns(dimension: Dimension) -> list[str]:
    """List the columns that the rules of a dimension ask for."""
    return sorted({name for rule in dimension.rules for name in columns_of(rule.when, origin=_origin(dimension, rule))})


def list_rules(dimensions: Sequence[Dimension], known: frozenset[str], held: Collection[tuple[str, str]]) -> pd.DataFrame:
    """List the rules in force, as far as there is something to go by.

    Parameters
    ----------
    dimensions : sequence of Dimension
    known : frozenset of str
        Columns in which something stands.
    held : collection of tuple
        Dimension and class of which there is a customer.

    Returns
    -------
    pandas.DataFrame
        Grain: column, place. column, place (1, 2 ...), key, rule (SQL; None for the rest), is_ours (bool). Left out are rules that nobody can meet: none of their columns is
        known, or some are not and nobody is in the class.
    """
    rows: list[tuple[str, int, str, str | None, bool]] = []
    for dimension in dimensions:
        asked = [(rule, columns_of(rule.when, origin=_origin(dimension, rule))) for rule in dimension.rules]
        answerable = [(rule.key, rule.when) for rule, columns in asked if columns <= known or (columns & known and (dimension.name, rule.key) in held)]
        listed: list[tuple[str, str | None]] = [*answerable, *([(dimension.otherwise, None)] if dimension.otherwise and answerable else [])]
        rows += [(dimension.name, place, key, rule, dimension.is_ours) for place, (key, rule) in enumerate(listed, start=1)]
    return pd.DataFrame(rows, columns=["column", "place", "key", "rule", "is_ours"])


def find_known(table: Table, columns: Sequence[str]) -> frozenset[str]:
    """Name those of the columns in which something stands, for anybody."""
    if not columns:
        return frozenset()
    seen = table.agg(**{name: table[name].notnull().any() for name in columns}).execute().iloc[0]
    return frozenset(name for name in columns if seen[name] is not None and bool(seen[name]))
