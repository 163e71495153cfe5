"""How customers and their money are spread over classes and attributes, and over two of them at once."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
from ibis import _
from ibis.expr.types import Table

SUM = "decimal(38,4)"
FAR = 3.5  # standard errors
PROFILE = ("frequency", "mean_order_value", "categories", "products", "channels", "price_level", "discount_share", "loyalty_index")


def count_classes(customers: Table, keys: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Count the customers of every class, and what they have brought.

    Parameters
    ----------
    customers : Table
        Grain: customer_id. The columns, frequency, monetary.
    keys : mapping of str to sequence of str
        Column to its classes in the order of display.

    Returns
    -------
    pandas.DataFrame
        Grain: column, key; every class, empty ones included, and last, where there are such, the customers without one (key None). customers, customers_pct (0-1, of
        all customers), buyers, buyers_pct (of all buyers), monetary (Decimal), monetary_pct.
    """
    frames = []
    for column, order in keys.items():
        counted = (
            customers.group_by(key=customers[column]).agg(customers=_.count(), buyers=(_.frequency > 0).sum(), monetary=_.monetary.sum().cast(SUM)).execute()
        )
        counted["key"] = counted["key"].astype(object).where(counted["key"].notna(), None)
        found = set(counted["key"])
        others = sorted(found - {None, *order})  # what people have entered
        listed = pd.DataFrame({"key": pd.Series([*order, *others, *([None] if None in found else [])], dtype=object)})
        frames.append(listed.merge(counted, on="key", how="left").assign(column=column))
    columns = ["column", "key", "customers", "customers_pct", "buyers", "buyers_pct", "monetary", "monetary_pct"]
    if not frames:
        return pd.DataFrame(columns=columns)
    frame = pd.concat(frames, ignore_index=True)
    frame["key"] = frame["key"].astype(object).where(frame["key"].notna(), None)
    frame[["customers", "buyers"]] = frame[["customers", "buyers"]].fillna(0).astype("int64")
    frame["monetary"] = [Decimal(0) if pd.isna(money) else money for money in frame["monetary"]]
    for part in ("customers", "buyers", "monetary"):
        values = frame[part].astype(float)
        total = values.groupby(frame["column"]).transform("sum")
        frame[f"{part}_pct"] = (values / total.where(total != 0)).fillna(0.0).round(12)
    return frame[columns]


def cross_classes(customers: Table, one: str, other: str) -> pd.DataFrame:
    """Count customers and money by two columns at once.

    Returns
    -------
    pandas.DataFrame
        Grain: `one`, `other` (text; pairs in which nobody is are left out, and so is who has neither). customers, share (0-1, of the customers with this value of
        `other`), monetary (Decimal); sorted by `one` and `other`.
    """
    both = customers.filter(customers[one].notnull() & customers[other].notnull())
    frame = both.group_by(one, other).agg(customers=_.count(), monetary=_.monetary.sum().cast(SUM)).order_by(one, other).execute()
    share = frame["customers"] / frame.groupby(other)["customers"].transform("sum")
    frame.insert(3, "share", share.astype("float64").round(12))
    return frame


def cross_each(customers: Table, columns: Sequence[str], *, by: str = "segment") -> pd.DataFrame:
    """Cross several columns with one and the same other.

    Returns
    -------
    pandas.DataFrame
        Grain: column, key, `by`. customers, size (of the group, of whom a value is known), share (customers / size), overall (share of the value among all groups),
        differs (bool: the share is further from the overall one than `FAR` standard errors, so that of hundreds of cells hardly one differs by chance), monetary
        (Decimal).
    """
    names = ["column", "key", by, "customers", "size", "share", "overall", "differs", "monetary"]
    frames = [cross_classes(customers, column, by).rename(columns={column: "key"}).assign(column=column) for column in columns]
    if not frames:
        return pd.DataFrame(columns=names)
    frame = pd.concat(frames, ignore_index=True)
    frame["size"] = frame.groupby(["column", by])["customers"].transform("sum")
    overall = frame.groupby(["column", "key"])["customers"].transform("sum") / frame.groupby("column")["customers"].transform("sum")
    error = (overall * (1 - overall) / frame["size"]) ** 0.5
    frame["overall"], frame["differs"] = overall.astype("float64").round(12), (frame["share"] - overall).abs() > FAR * error
    return frame[names]


def list_countable(customers: Table, columns: Sequence[str], *, most: int = 12) -> list[str]:
    """Name the text columns with at least two and at most so many different values."""
    texts = [name for name in columns if name in customers.columns and customers[name].type().is_string()]
    if not texts:
        return []
    found = customers.agg(**{name: customers[name].nunique() for name in texts}).execute().iloc[0]
    return [name for name in texts if 2 <= int(found[name]) <= most]


def describe_classes(customers: Table, column: str, *, features: Sequence[str] = PROFILE) -> pd.DataFrame:
    """Set what is usual in a class beside what is usual among all buyers.

    Parameters
    ----------
    customers : Table
        Grain: customer_id. frequency, `column` (text), and features, null where unknown.
    column : str
    features : sequence of str
        Those of which nothing is known, or that are zero on average, are left out.

    Returns
    -------
    pandas.DataFrame
        Grain: key, feature. customers (buyers of the class), value (mean), average (mean of all buyers), ratio (value / average).
    """
    buyers = customers.filter((customers.frequency > 0) & customers[column].notnull())
    there = [name for name in features if name in customers.columns]
    means = {name: buyers[name].cast("float64").mean() for name in there}
    average = buyers.agg(**means).execute().iloc[0]
    counted = buyers.group_by(key=buyers[column]).agg(customers=_.count(), **means).order_by("key").execute()
    rows = [
        (row["key"], name, int(row["customers"]), float(row[name]), float(average[name]), float(row[name]) / float(average[name]))
        for _place, row in counted.iterrows()
        for name in there
        if pd.notna(average[name]) and round(float(average[name]), 9) and pd.notna(row[name])
    ]
    frame = pd.DataFrame(rows, columns=["key", "feature", "customers", "value", "average", "ratio"])
    numbers = ["value", "average", "ratio"]
    frame[numbers] = frame[numbers].astype("float64").round(6)  # a mean of floats differs in its last digits from run to run
    return frame
