"""In which shape: the headers and columns that a program expects, for the well-known ones and for those of one's own."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from analysis.errors import ConfigurationError, shorten
from analysis.recipes.addresses import CONTACT
from analysis.settings.exports import Exports, Shape

PLAIN = "plain"


@dataclass(frozen=True)
class Layout:
    """What stands in the file: pairs of header and column, whether keys are said in words, and how many rows the program takes at once."""

    columns: tuple[tuple[str, str], ...]
    in_words: bool = False
    most: int | None = None
    title: str = ""


def list_shapes(exports: Exports) -> dict[str, Shape]:
    """List the shapes there are, the configuration's own before those that come with the workbook."""
    known = tomllib.loads((resources.files("analysis.exports") / "shapes.toml").read_text(encoding="utf-8"))
    return {name: Shape.model_validate(shape) for name, shape in known.items()} | dict(exports.shapes)


def lay_out(name: str, there: Sequence[str], exports: Exports, *, contact: bool, only: Sequence[str] = ()) -> Layout:
    """Settle the columns of a list.

    Parameters
    ----------
    name : str
        ``plain``: the table of customers under its own names, contact data last; else a shape.
    there : sequence of str
        The columns of the table of customers.
    exports : Exports
    contact : bool
        Whether contact data were asked for.
    only : sequence of str
        Of the plain shape: these columns and no others; customer_id always.

    Raises
    ------
    ConfigurationError
        When there is no such shape or column.
    """
    addable = CONTACT if contact else ()
    if name == PLAIN:
        if unknown := [column for column in only if column not in (*there, *addable)]:
            hint = " Contact data come with --with-contact." if set(unknown) & set(CONTACT) and not contact else ""
            raise ConfigurationError(f"There is no column {shorten(unknown)} in the table of customers.{hint}")
        chosen = ["customer_id", *(column for column in only if column != "customer_id")] if only else [*there, *addable]
        return Layout(tuple((column, column) for column in chosen))
    shapes = list_shapes(exports)
    if name not in shapes:
        raise ConfigurationError(f"There is no shape {name!r}; there are: {', '.join((PLAIN, *shapes))}.")
    if only:
        raise ConfigurationError(f"The shape {name!r} has its own columns; --columns goes with the shape plain.")
    shape = shapes[name]
    if unknown := [column for column in shape.columns.values() if name in exports.shapes and column not in (*there, *CONTACT)]:
        raise ConfigurationError(f"[exports.shapes.{name}] names {shorten(unknown)}: there is no such column in the table of customers.")
    columns = tuple((header, column) for header, column in shape.columns.items() if column in (*there, *addable))  # not every shop knows a city
    return Layout(columns, in_words=True, most=shape.most, title=shape.title or name)
