"""Numbers that a page may not show (NaN): kept apart from zero, left out of sums, and never made up."""

import pandas as pd


def whole(counts: pd.Series) -> pd.Series:
    """Give counts as whole numbers; one that is withheld stays so."""
    return counts.astype("float64").round().astype("Int64")


def shares(rows: pd.DataFrame, count: str, share: str) -> pd.Series:
    """Give shares of a whole: as counted before anything was withheld where the column `share` is there, else of the sum of what is told.

    Parameters
    ----------
    rows : pandas.DataFrame
        The parts.
    count, share : str
        Columns; `share` may be missing.
    """
    if share in rows:
        return rows[share].astype(float)
    values = rows[count].astype(float)
    return values / values.sum() if values.sum() > 0 else values * 0


def lay_out(rows: pd.DataFrame, index: str, columns: str, values: str) -> pd.DataFrame:
    """Lay a column out as a table of two ways: nothing is zero, and what is withheld stays so.

    Parameters
    ----------
    rows : pandas.DataFrame
        Grain: index x columns, or finer.
    index, columns, values : str
    """
    hidden = rows[rows[values].isna()].groupby([index, columns], sort=False).size().unstack(columns)
    table = rows.pivot_table(index=index, columns=columns, values=values, aggfunc="sum", fill_value=0, sort=False, dropna=False)
    return table.astype(float).mask(hidden.reindex(index=table.index, columns=table.columns).notna())
