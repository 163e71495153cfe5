"""How a table says what its numbers count: cells and their totals, parts in columns, stocks and flows, branches of a tree, points along a curve."""

from dataclasses import dataclass

PART = "part"  # names the column that a count came from, where the parts of a number stand in columns of their own


@dataclass(frozen=True)
class Same:
    """Counts that another table publishes too: they are withheld here where they are withheld there.

    Parameters
    ----------
    table : str
        The other table.
    on : tuple of (here, there)
        The columns that name such a count: those of a cell, or of a total.
    count : str
        Its column there.
    last : str
        Only the rows there with the latest of this column are meant.
    """

    table: str
    on: tuple[tuple[str, str], ...]
    count: str = "customers"
    last: str = ""


@dataclass(frozen=True)
class Cells:
    """What the rows of a table count.

    Parameters
    ----------
    by : tuple of str
        The columns that name a cell; a count that is repeated on several rows of a cell is one count.
    counts : tuple of str
        How many customers there are in it. Several counts of a cell are shown and withheld together.
    values : tuple of str
        The numbers that speak of the same customers: shown and withheld with the count.
    totals : tuple of tuple of str
        Which sums of the counts readers know, each by the columns that stay fixed: ``()`` the grand total, ``("month",)`` one a month. Nothing: cells that
        overlap, or add up to nothing.
    same : tuple of Same
        Cells and totals that stand in other tables too.
    kept : str
        A column that is true where a cell may not be chosen to protect another: its number is known from elsewhere.
    crossed : bool
        Rows and columns of a matrix in which most cells are zero: zeros may be withheld too, and one that has no row gets one then.
    """

    by: tuple[str, ...]
    counts: tuple[str, ...] = ("customers",)
    values: tuple[str, ...] = ()
    totals: tuple[tuple[str, ...], ...] = ()
    same: tuple[Same, ...] = ()
    kept: str = ""
    crossed: bool = False


@dataclass(frozen=True)
class Parts:
    """Counts that stand beside each other in columns and add up to a number that readers know; `totals` may fix the column under the name ``part``."""

    by: tuple[str, ...]
    counts: tuple[str, ...]
    totals: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Balance:
    """A time series whose columns balance, as stocks and flows do.

    Parameters
    ----------
    by : str
        The column of time.
    sums : tuple of tuple of (column, rows back)
        The first is the sum of the others, in this row or so many rows back.
    kept : tuple of str
        Columns of which nothing more is withheld, because another rule or table has decided.
    totals : tuple of str
        Columns whose sum over time readers know.
    """

    by: str
    sums: tuple[tuple[tuple[str, int], ...], ...]
    kept: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Branches:
    """A tree: a row is a branch, named by its path, and the sum of the branches below it. Where a branch is withheld, so is everything below it."""

    within: tuple[str, ...]
    path: str
    separator: str
    counts: tuple[str, ...] = ("customers",)
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Curve:
    """Points along which customers are passed one after the other: so many points are left out that `least` customers lie between any two.

    Parameters
    ----------
    within : tuple of str
        What names a curve.
    along : str
        How many customers were passed, or are left, at a point; or their share.
    of : str
        The name of the number that a share is a share of; nothing where `along` is a count.
    """

    within: tuple[str, ...]
    along: str
    of: str = ""


Rule = Cells | Parts | Balance | Branches | Curve
