"""Several currencies made one: each line's money at the rate of the day on which it was ordered."""

import datetime as dt
from dataclasses import replace

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import StringValue, Table

from analysis.columns import MONEY, RATE
from analysis.data.reading.intake import Intake, Note
from analysis.engine import Engine
from analysis.errors import DataRefused

_CONVERTED = ("amount", "cost", "discount", "refund", "unit_price")
_LARGEST = 10**14  # what does not fit into the decimal of a line
_SHOWN = 5  # faulty rows are named, of each kind
COUNTED = [
    "currency",
    "customers",
    "lines",
    "lines_earlier",
    "lines_without",
    "paid_amount",
    "amount",
    "rate_low",
    "rate_mean",
    "rate_high",
    "first_on",
    "last_on",
]


def check_rates(read: Intake, home: str) -> Intake:
    """Give back the rates when every one of them is sound; a row without a rate is none.

    Parameters
    ----------
    read : Intake
        Lines with date, currency, rate and `problem`.
    home : str
        The report currency: its rate can only be 1.

    Raises
    ------
    DataRefused
        Naming what is wrong, all kinds at once, with file, row and currency: unreadable, not above zero, two rates for one day, one of the report currency
        that is not 1.
    """
    lines = read.lines
    other = lines.filter(_.problem.isnull() & _.rate.notnull()).group_by("currency", day=_.date.date()).agg(low=_.rate.min(), high=_.rate.max())
    twice = other.filter(_.low != _.high)
    told = lines.left_join(twice, [lines.currency == twice.currency, lines.date.date() == twice.day])
    told = told.select(*[lines[name] for name in lines.columns], low=twice.low, high=twice.high)
    fault = ibis.cases(
        (_.problem.notnull(), _.problem),
        (_.low.notnull(), "another row gives another rate for the same day"),
        ((_.currency == home) & (_.rate != ibis.literal(1).cast(RATE)), f"{home} is the report currency: its rate can only be 1"),
    )
    faulty = told.mutate(fault=fault).filter(_.fault.notnull() & (_.rate.notnull() | _.problem.notnull()))
    place = ibis.row_number().over(ibis.window(group_by="fault", order_by=["source_order", "source_file", "source_row"]))
    listed = faulty.mutate(place=place, kind=_.count().over(ibis.window(group_by="fault"))).filter(_.place < _SHOWN)
    rows = listed.order_by("fault", "place").select("fault", "kind", "source_file", "source_row", "currency", day=_.date.date(), rate=_.rate).execute()
    if rows.empty:
        empty = lines.filter(_.rate.isnull()).group_by("source_file").agg(n=_.count()).order_by("source_file").execute()
        return replace(read, notes=(*read.notes, *(Note("rates-empty", {"file": row.source_file, "count": int(row.n)}) for row in empty.itertuples())))
    parts = []
    for problem, group in rows.groupby("fault"):
        where = [f"{row.source_file} row {row.source_row}{_tell(row)}" for row in group.itertuples()]
        more = int(group.kind.iloc[0]) - len(group)
        parts.append(f"{problem}: {', '.join(where)}{f' and {more:,} more' if more else ''}")
    raise DataRefused(
        "The rates cannot be used, and a wrong rate would turn money into other money. "
        + "; ".join(parts)
        + f". A rate says what one unit of its currency is worth in {home}. Correct the file under [inputs.rates]."
    )


def _tell(row: tuple) -> str:
    said = [str(value) for value in (row.currency, None if pd.isna(row.day) else pd.Timestamp(row.day).date(), None if pd.isna(row.rate) else f"{row.rate.normalize():f}") if value]  # type: ignore[attr-defined] # fmt: skip
    return f" ({' '.join(said)})" if said else ""


def convert_lines(engine: Engine, read: Intake, rates: Intake, *, home: str, max_age: int, until: dt.date | None = None) -> Intake:
    """Put the money of every line into the report currency.

    A line takes the rate of its own day, else the last one before that is at most `max_age` days old; lines in the report currency have the rate 1. Money
    is multiplied exactly, 15 digits behind the point, and rounded once to four, halves away from zero. A line without a usable rate cannot be used.

    Parameters
    ----------
    engine : Engine
    read : Intake
        Order lines as read, with `raw` on every row.
    rates : Intake
        Sound rates (see `check_rates`).
    home : str
        ISO 4217 code of the report currency.
    max_age : int
        Days.
    until : datetime.date, optional
        Lines after this day need no rate: they cannot count, and without one their money is zero.

    Returns
    -------
    Intake
        The lines with `paid_amount` and `paid_price` (as told, in `currency`), `exchange_rate` (decimal(19,11)) and `exchange_on` (the day of the rate; null in
        the report currency); amount, cost, discount, refund and unit_price in the report currency; `problem` where there is no rate. The files of the rates
        are among the inputs, and a note tells what was converted.
    """
    lines = read.lines
    found = engine.materialize("rates_found", _find_rates(lines, rates.lines, home=home, max_age=max_age))
    joined = lines.left_join(found, [lines.currency == found.currency, lines.ordered_at.date() == found.day])
    t = joined.select(*[lines[name] for name in lines.columns], _rate=found.rate, exchange_on=found.rate_on)
    t = t.mutate(
        exchange_rate=ibis.ifelse(t.currency == home, ibis.literal(1).cast(RATE), t["_rate"]).cast(RATE), paid_amount=t.amount, paid_price=t.unit_price
    )
    late = ibis.literal(False) if until is None else ibis.coalesce(t.ordered_at.date() > until, False)
    fault = ibis.cases(
        (t.problem.notnull(), t.problem),
        (late, ibis.null("string")),
        (t.currency.isnull(), "currency missing"),
        (~t.currency.re_search("^[A-Z]{3}$"), "currency is not three letters, as USD"),
        (t.exchange_rate.isnull(), _say_missing(t)),
        (~_fits(t.amount, t.exchange_rate), "amount too large"),
    )
    nothing = ibis.ifelse(late & t.problem.isnull(), ibis.literal(0).cast(MONEY), ibis.null(MONEY))
    money = {name: ibis.ifelse(_fits(t[name], t.exchange_rate), _times(t[name], t.exchange_rate), nothing) for name in _CONVERTED}
    money |= {name: ibis.ifelse(t[name].isnull(), ibis.null(MONEY), value) for name, value in money.items()}
    converted = t.mutate(problem=fault, **money).drop("_rate")
    table = engine.materialize("transactions_converted", converted.mutate(raw=ibis.ifelse(_.problem.notnull(), _.raw, ibis.null("string"))))
    return replace(read, lines=table, inputs=(*read.inputs, *rates.inputs), notes=(*read.notes, *rates.notes, *_note(table, home, until)))


def _find_rates(lines: Table, rates: Table, *, home: str, max_age: int) -> Table:
    """Find the rate of each currency and day that lines need: currency, day, rate, rate_on."""
    known = rates.filter(_.rate.notnull()).select("currency", rate_on=_.date.date(), rate=_.rate).distinct()
    after = known.rate_on.lead().over(ibis.window(group_by="currency", order_by="rate_on"))
    oldest = (known.rate_on + ibis.interval(days=max_age + 1)).cast("date")
    known = known.mutate(valid_to=ibis.least(ibis.coalesce(after, oldest), oldest))
    needed = lines.filter(_.currency.notnull() & (_.currency != home) & _.ordered_at.notnull()).select("currency", day=_.ordered_at.date()).distinct()
    held = needed.join(known, [needed.currency == known.currency, needed.day >= known.rate_on, needed.day < known.valid_to])
    return held.select(needed.currency, needed.day, known.rate, known.rate_on)


def _say_missing(t: Table) -> StringValue:
    return ibis.literal("no rate for ") + t.currency + " on " + t.ordered_at.strftime("%Y-%m-%d")


def _fits(money: ibis.Value, rate: ibis.Value) -> ibis.Value:
    return ibis.coalesce((money * rate).abs() < _LARGEST, False) | money.isnull()


def _times(money: ibis.Value, rate: ibis.Value) -> ibis.Value:
    return (money * rate).round(4).cast(MONEY)


def _note(lines: Table, home: str, until: dt.date | None) -> tuple[Note, ...]:
    """Tell which currencies were converted, and how many lines an earlier day's rate."""
    used = lines if until is None else lines.filter(_.ordered_at.date() <= until)
    foreign = used.filter(_.problem.isnull() & (_.currency != home))
    counts = foreign.group_by("currency").agg(n=_.count(), earlier=(_.exchange_on < _.ordered_at.date()).sum()).order_by("currency").execute()
    missing = int(used.filter(_.problem.startswith("no rate for ")).count().execute())
    notes = []
    if len(counts):
        notes.append(Note("rates-converted", {"count": int(counts.n.sum()), "home": home, "currencies": ", ".join(counts.currency)}))
    if earlier := int(counts.earlier.fillna(0).sum()):
        notes.append(Note("rates-earlier", {"count": earlier}))
    if missing:
        notes.append(Note("rates-missing", {"count": missing}))
    return tuple(notes)


def count_currencies(lines: Table, *, as_of: dt.date) -> pd.DataFrame:
    """Count what was paid in each currency, and the rates that made it one.

    Parameters
    ----------
    lines : Table
        Order lines as read and converted.
    as_of : datetime.date
        The last day that counts.

    Returns
    -------
    pandas.DataFrame
        One row per currency, the most money first, and none where nothing is converted: currency, customers, lines, lines_earlier (valued at the rate of an earlier day), lines_without (no rate: not
        used), paid_amount (in the currency) and amount (in the report currency), Decimal, of the lines that are used; rate_low, rate_mean (of lines) and
        rate_high, float; first_on and last_on, the days of the rates, null for the report currency.
    """
    if "exchange_rate" not in lines.columns:
        return pd.DataFrame(columns=COUNTED)
    day = _.ordered_at.date()
    sound = _.problem.isnull()
    seen = lines.filter((day <= as_of) & _.currency.notnull() & (sound | _.problem.startswith("no rate for ")))
    counted = seen.group_by("currency").agg(
        customers=_.customer_id.nunique(),
        lines=sound.sum(),
        lines_earlier=(sound & (_.exchange_on < day)).sum().fill_null(0),
        lines_without=(~sound).sum(),
        paid_amount=_.paid_amount.sum(where=sound),
        amount=_.amount.sum(where=sound),
        rate_low=_.exchange_rate.min(where=sound).cast("float64"),
        rate_mean=_.exchange_rate.cast("float64").mean(where=sound).round(8),
        rate_high=_.exchange_rate.max(where=sound).cast("float64"),
        first_on=_.exchange_on.min(where=sound),
        last_on=_.exchange_on.max(where=sound),
    )
    return counted.order_by(ibis.desc(_.amount.fill_null(0)), "currency").select(COUNTED).execute()


def describe(currencies: pd.DataFrame, home: str) -> str:
    """Put what was converted into a line for the ledger: lines, money before and after, mean rate of each other currency."""
    foreign = currencies[(currencies["currency"] != home) & (currencies["lines"] > 0)].sort_values("currency")
    said = [f"{row.lines} lines {row.paid_amount:f} {row.currency} = {row.amount:f} {home}, mean rate {row.rate_mean:.8g}" for row in foreign.itertuples()]
    return "; ".join(said)
