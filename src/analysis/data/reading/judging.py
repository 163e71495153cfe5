"""What follows from the cells of a row, and what makes it unusable: SQL, for each input."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.columns import MONEY, RATE
from analysis.data.reading import kinds, values
from analysis.settings.inputs import Customers, Events, Feedback, Rates, Source, Transactions

_LAST = "row_number() over (partition by customer_id order by source_order desc, source_file desc, source_row desc)"


@dataclass(frozen=True)
class Judgement:
    """How the rows of an input are completed and judged.

    `steps` are computed one after the other over the typed cells: column -> SQL; a column that is there is replaced. `adds` names those that stay, with their
    types. `problem` is SQL: why the row cannot be used, null where it can; `problem_of_all` the same, over the rows of all files, where that is not enough.
    """

    steps: tuple[dict[str, str], ...]
    problem: str
    adds: dict[str, str]
    moment: str | None  # the column that says when it happened
    may_be_empty: bool = True
    problem_of_all: str | None = None


@dataclass(frozen=True)
class Given:
    """What typed cells do not tell, as SQL: whether a cell of a column holds anything, and whether the row is one of totals; and identifiers that are as they should be."""

    cells: Mapping[str, str] = field(default_factory=lambda: defaultdict(lambda: "false"))
    total: str = "false"
    trusted: frozenset[str] = frozenset()


_NOTHING = Given()


def judge(source: Source, given: Given = _NOTHING) -> Judgement:
    """Say how the rows of a source are judged."""
    if isinstance(source, Transactions):
        return _judge_transactions(source, given)
    if isinstance(source, Feedback):
        return _judge_feedback(source, given)
    if isinstance(source, Events):
        return _judge_events(source, given)
    if isinstance(source, Rates):
        return _judge_rates(given)
    if isinstance(source, Customers):
        problem = f"case when customer_id is null then 'customer_id missing' else {_destroyed('customer_id')} end"
        again = f"case when customer_id is not null and {_LAST} > 1 then 'customer_id comes again later; the last row counts' else problem end"
        return Judgement((), problem, {}, None, may_be_empty=False, problem_of_all=again)
    raise TypeError(source)


def _judge_transactions(source: Transactions, given: Given) -> Judgement:
    mapped = set(source.columns)
    priced = {"quantity", "unit_price"} <= mapped
    quantity = "quantity" if "quantity" in mapped else "case when amount is not null then (case when amount < 0 then -1 else 1 end) end"
    quick = f"round(try_cast(quantity as decimal(9,4)) * try_cast(unit_price as decimal(9,4)), 4)::{MONEY}"  # fits in 64 bits; large numbers take the slow road
    amount = "amount" if "amount" in mapped else f"coalesce({quick}, try_cast(round(quantity::decimal(38,4) * unit_price, 4) as {MONEY}))"
    derived = f"case when quantity <> 0 then try_cast(round(amount / quantity, 4) as {MONEY}) end"
    price = (
        "unit_price"
        if priced and "amount" not in mapped
        else f"coalesce(unit_price, {derived})"
        if "quantity" in mapped
        else "coalesce(unit_price, abs(amount))"
    )
    identifiers = [name for name in ("customer_id", "order_id", "product_id") if name in mapped - given.trusted]
    problems = [_time_problem("ordered_at", given)]
    problems += [_missing(name, given) for name in ("amount", "quantity") if name in mapped]
    problems += [_missing("unit_price", given) if "amount" not in mapped else _unreadable("unit_price", given)] if "unit_price" in mapped else []
    problems += [_unreadable(name, given) for name in ("cost", "discount", "refund") if name in mapped]
    if "refund" in mapped:
        problems.append("case when refund > 0 and amount < 0 then 'refund larger than what was paid' end")
    if "amount" not in mapped:
        problems.append("case when quantity is not null and unit_price is not null and amount is null then 'amount too large' end")
    problems += [_destroyed(name) for name in identifiers]
    fine = ["ordered_at >= timestamp '1970-01-01'", "ordered_at < timestamp '2101-01-01'", "amount is not null", "quantity is not null"]
    fine += [
        f"case when {name} is not null then true else not {given.cells[name]} end" for name in ("unit_price", "cost", "discount", "refund") if name in mapped
    ]
    fine += ["coalesce(refund <= 0 or amount >= 0, true)"] if "refund" in mapped else []
    fine += [f"coalesce(not contains({name}, '+'), true)" for name in identifiers]
    # most rows are fine: one cheap look spares them the search for reasons
    problem = f"case when {' and '.join(fine)} then null else {_reasons('ordered_at', problems, given)} end"
    steps: tuple[dict[str, str], ...] = (
        {"quantity": f"({quantity})::{MONEY}", "amount": f"({amount})::{MONEY}"} | ({"currency": code("currency")} if "currency" in mapped else {}),
        *([{"amount": f"(amount - coalesce(refund, 0))::{MONEY}"}] if "refund" in mapped else []),  # what is left of the row, on its day
        {"unit_price": f"({price})::{MONEY}"},
    )
    if source.fill_down:
        steps = ({name: _from_above(name, given=given.cells[name] if name == "ordered_at" else "false") for name in source.fill_down}, *steps)
    return Judgement(steps, problem, {}, "ordered_at", may_be_empty=False)


def _judge_feedback(source: Feedback, given: Given) -> Judgement:
    told = "kind" if source.kind is None else f"coalesce(kind, '{source.kind}')"
    scale = "scale" if source.scale is None else f"coalesce(scale, {values.quoted(str(source.scale))})"
    low, high = kinds.ends("scale", "kind", usual="scale" not in source.columns)
    problems = [
        _time_problem("answered_at", given),
        "case when kind is null then 'kind missing' end",
        _missing("score", given),
        _scale_problem(),
        _destroyed("customer_id"),
    ]
    steps = ({"kind": kinds.kind(f"({told})", kinds.ANSWERS), "scale": scale}, {"scale_low": low, "scale_high": high})
    return Judgement(steps, _reasons("answered_at", problems, given), {"scale_low": "double", "scale_high": "double"}, "answered_at")


def _judge_events(source: Events, given: Given) -> Judgement:
    told = "kind" if source.kind is None else f"coalesce(kind, {values.quoted(source.kind)})"
    times = f"case when count is null and not {given.cells['count'] if 'count' in source.columns else 'false'} then 1 else count end"
    problems = [
        _time_problem("occurred_at", given),
        "case when kind is null then 'kind missing' end",
        *(_unreadable(name, given) for name in ("count", "value") if name in source.columns),
        "case when count < 0 or count <> trunc(count) then 'count impossible (no whole number, or below zero)' end",
        _destroyed("customer_id"),
    ]
    return Judgement(
        ({"kind": kinds.kind(f"({told})", kinds.CONTACTS), "count": f"({times})::{MONEY}"},), _reasons("occurred_at", problems, given), {}, "occurred_at"
    )


def code(told: str) -> str:
    """A currency (SQL) as its three letters; 人民币 has two ways of writing them."""
    plain = f"upper({values.identifier(told)})"
    return f"case when {plain} in ('RMB', '人民币') then 'CNY' else {plain} end"


def _judge_rates(given: Given) -> Judgement:
    """A row that says nothing of its rate is none; every other one must be sound: a wrong rate would turn money into other money."""
    problems = [
        _time_problem("date", given),
        "case when currency is null then 'currency missing' when not regexp_full_match(currency, '[A-Z]{3}') then 'currency is not three letters, as USD' end",
        _unreadable("rate", given),
        "case when rate <= 0 then 'rate is not above zero' end",
    ]
    return Judgement(({"currency": code("currency"), "rate": f"rate::{RATE}"},), _reasons("date", problems, given), {}, "date")


def _from_above(name: str, *, given: str) -> str:
    """The value of the rows above of the same order (SQL), where the cell is empty."""
    name = f'"{name}"'  # an attribute may be called "group"
    above = f"last_value({name} ignore nulls) over (partition by source_order, source_file, order_id order by source_row rows unbounded preceding)"
    return f"case when {name} is not null or {given} or order_id is null then {name} else {above} end"


def _reasons(at: str, problems: list[str], given: Given) -> str:
    return f"case when {at} is null and {given.total} then 'a totals row' else nullif(concat_ws('; ', {', '.join(problems)}), '') end"


def _missing(name: str, given: Given) -> str:
    return f"case when {name} is null then (case when {given.cells[name]} then '{name} unreadable' else '{name} missing' end) end"


def _unreadable(name: str, given: Given) -> str:
    return f"case when {name} is null and {given.cells[name]} then '{name} unreadable' end"


def _destroyed(name: str) -> str:
    return f"case when {values.is_destroyed(name)} then '{name} destroyed by a spreadsheet (like 1.2346E+04): its digits are lost' end"


def _scale_problem() -> str:
    return (
        "case when scale_high is null then (case when scale is null then 'scale missing' else 'scale unreadable' end) "
        "when scale_low >= scale_high then 'scale impossible (its lowest answer is not below its highest)' "
        "when score < scale_low or score > scale_high then 'score outside its scale' end"
    )


def _time_problem(name: str, given: Given) -> str:
    return (
        f"case when {name} is null then (case when {given.cells[name]} then 'date unreadable' else 'date missing' end) "
        f"when {name} < timestamp '1970-01-01' or {name} >= timestamp '2101-01-01' then 'date impossible (before 1970 or after 2100)' end"
    )
