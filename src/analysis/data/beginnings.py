"""What a purchase was: its dearest line; and who was seen again by what they began with."""

from collections.abc import Sequence

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

OTHER, UNTOLD = "other", "untold"
SUM = "decimal(38,4)"
TEXT_COLUMNS = ("product_name", "category", "channel", "country")


def list_attributes(lines: Table, known: Table) -> list[str]:
    """Name the columns by which customers can be told apart by default: category (or product), channel and country, as far as anything stands in them."""
    on_lines = [name for name in TEXT_COLUMNS if name in lines.columns]
    elsewhere = [name for name in TEXT_COLUMNS if name in known.columns and name not in on_lines]
    counts = [(table, name) for table, names in ((lines, on_lines), (known, elsewhere)) if names for name in names]
    told = {name: bool(table.filter(table[name].notnull()).limit(1).count().execute()) for table, name in counts}
    return [name for name in TEXT_COLUMNS if told.get(name) and not (name == "product_name" and told.get("category"))]


def pick_occasion(kept: Table, known: Table, chosen: Table, attributes: Sequence[str]) -> Table:
    """Describe each customer's purchase of one day by its dearest line.

    Parameters
    ----------
    kept : Table
        Order lines after cleaning: customer_id, ordered_at, amount_left, and columns of the data.
    known : Table
        Grain: customer_id; attributes of the customer master.
    chosen : Table
        Grain: customer_id; day.
    attributes : sequence of str
        Columns of the lines; what is not there is taken from the master.

    Returns
    -------
    Table
        Grain: customer_id. day, and the attributes as text (`untold` where the data say nothing). Of equally dear lines the first by its text.
    """
    on_lines = [name for name in attributes if name in kept.columns]
    dated = kept.mutate(day=kept.ordered_at.date()).select("customer_id", "day", "amount_left", *on_lines)
    lines = dated.inner_join(chosen.select("customer_id", "day"), ["customer_id", "day"])
    # a line's place among those of its customer's day: money first, then its text, so that no row order matters
    own = ibis.window(group_by="customer_id", order_by=[ibis.desc(lines.amount_left), *[lines[name] for name in on_lines]])
    first = lines.mutate(place=ibis.row_number().over(own)).filter(_.place == 0).select("customer_id", "day", *on_lines)
    joined = first.left_join(known.select("customer_id", *[name for name in attributes if name not in on_lines]), "customer_id")
    return joined.select("customer_id", "day", **{name: joined[name].cast("string").fill_null(UNTOLD) for name in attributes})


def list_returned_days(lines: Table) -> Table:
    """List the purchase days of which something was brought back: customer_id, day, came_back (true).

    `lines` are all cleaned lines (see `analysis.data.cleaning.Cleaned`): units, units_left, at_returns.
    """
    touched = lines.filter(lines.at_returns & lines.customer_id.notnull() & (lines.units > 0) & (lines.units_left < lines.units))
    return touched.select("customer_id", day=touched.ordered_at.date()).distinct().mutate(came_back=ibis.literal(True))


def keep_largest(described: Table, attribute: str, *, most: int, least: int = 20) -> Table:
    """Keep an attribute's most frequent values, of at least so many customers each, and call the rest `other`: customer_id, value."""
    counted = described.group_by(value=described[attribute]).agg(n=_.count()).order_by(ibis.desc("n"), "value").limit(most).execute()
    values = counted.loc[counted["n"] >= least, "value"].tolist()
    kept = described[attribute].isin(values) if values else ibis.literal(False)
    return described.select("customer_id", value=ibis.ifelse(kept, described[attribute], ibis.literal(OTHER)))


def count_cohorts_by(months: Table, values: Table, *, burn_in: int, last: int, most: int = 12) -> pd.DataFrame:
    """Follow customers by what they began with, over the months since their first order.

    Parameters
    ----------
    months : Table
        Grain: customer_id, month (number); first, monetary.
    values : Table
        Grain: customer_id; value.
    burn_in : int
        The first month (number) in which a first order is taken for one.
    last : int
        The last month that was over at as-of.
    most : int
        Months to follow.

    Returns
    -------
    pandas.DataFrame
        Grain: value, period (1..most). size (customers of this value), customers (of them, those whose month was over), active, retention (0-1), monetary and
        base (float: money of that month, and of their first month), revenue_retention, is_complete (half of them or more have come so far).
    """
    followed = months.filter((_.first >= burn_in) & (_.month <= last)).mutate(period=_.month - _.first)
    joined = followed.filter(followed.period <= most).inner_join(values, "customer_id")
    cells = joined.group_by("value", "first", "period").agg(active=_.count(), monetary=_.monetary.sum().cast("float64")).execute()
    if cells.empty:
        return pd.DataFrame(columns=["value", "period", "size", "customers", "active", "retention", "monetary", "base", "revenue_retention", "is_complete"])
    began = cells[cells["period"] == 0].set_index(["value", "first"])
    rows = []
    for value, own in cells.groupby("value", sort=False):
        starts = began.loc[value]
        for period in range(1, most + 1):
            seen = starts[starts.index + period <= last]
            if seen.empty:
                break
            now = own[own["period"] == period]
            size, customers = int(starts["active"].sum()), int(seen["active"].sum())
            rows.append(
                (value, period, size, customers, int(now["active"].sum()), float(now["monetary"].sum()), float(seen["monetary"].sum()), 2 * customers >= size)
            )
    frame = pd.DataFrame(rows, columns=["value", "period", "size", "customers", "active", "monetary", "base", "is_complete"])
    frame["retention"] = frame["active"] / frame["customers"]
    frame["revenue_retention"] = frame["monetary"] / frame["base"].where(frame["base"] > 0)
    order = (
        frame.drop_duplicates("value")
        .assign(rest=lambda rows: rows["value"].isin([OTHER]))
        .sort_values(["rest", "size", "value"], ascending=[True, False, True])
    )
    rank = {value: place for place, value in enumerate(order["value"])}
    return frame.sort_values(["value", "period"], key=lambda column: column.map(rank) if column.name == "value" else column, ignore_index=True)
