"""Cleaning: the configured rules in their order, each line marked with the step at which it left the stream."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import BooleanValue, Table

from analysis.columns import CONTACT_COLUMNS
from analysis.config import Config
from analysis.data.overlap import restated_orders
from analysis.data.returns import net_returns, take_back
from analysis.engine import Engine
from analysis.errors import ConfigurationError
from analysis.settings.cleaning import SAME_PERSON, Rule

ACTION_WORDS = {"quarantine": "quarantined", "remove": "removed", "anonymous": "anonymous", "flag": "flagged", "net": "removed", "change": "changed"}
NETTING = ("returns_matched", "returned_purchases", "returns_unmatched")  # what `returns` with the action `net` becomes in the ledger
AMONG = ("overlap", "duplicates", "outliers")  # rules that look at a line among others
# order_key, product and left_at say it from here on; text is what a table of lines costs
TOLD = ("order_id", "product_id", "price", "problem", "email", "phone", "told_as", "told_apart")


@dataclass(frozen=True)
class Step:
    """One line of the ledger to be: a rule at its place, under the name that the ledger gives it."""

    number: int  # 1 is the input
    name: str
    action: str
    rule: Rule
    note: str = ""  # what the configuration told the rule


@dataclass(frozen=True)
class Cleaned:
    """The lines after cleaning, an expression or a table, and the steps they went through.

    Parameters
    ----------
    lines : Table
        Every line read, one row each: source_file, source_row, source_order, customer_id, ordered_at, the mapped columns and attributes; `order_key`,
        `product` (id, or name where there is none), `units` (what returns net: pieces, or money where there are no products), `left_at` (int8: number of
        the step at which it left; null: kept), `units_left` and `amount_left` (after returns; what an unmatched return left over, negative),
        `at_returns` (boolean: it was still in the stream when returns were netted), `is_goods` (boolean: of those, the purchases that no later rule
        takes; history starts from both), `flag_<number>` (boolean, one per flagging step); `told_by` (why the line bears another number than it came with)
        where persons under several numbers were made one.
    steps : tuple of Step
        In order, without input and kept.
    by_line : bool
        Whether each line was judged by itself: then it can as well be judged again wherever it is read.
    merged : int
        Customer numbers that stand for another one.
    numbers : int, optional
        Customer numbers as read, where they are not those of the lines.
    """

    lines: Table
    steps: tuple[Step, ...]
    by_line: bool = False
    merged: int = 0
    numbers: int | None = None

    @property
    def kept(self) -> Table:
        """The lines that are left after all rules."""
        return self.lines.filter(_.left_at.isnull())

    def number_of(self, name: str) -> int | None:
        """Tell the number of the first step of this name."""
        return next((step.number for step in self.steps if step.name == name), None)


def clean(engine: Engine, lines: Table, config: Config, *, as_of: dt.date) -> Cleaned:
    """Run the rules of the configuration in their order.

    Parameters
    ----------
    engine : Engine
    lines : Table
        Typed order lines, one row per record, with `problem` (see `analysis.data.sources`).
    config : Config
    as_of : datetime.date
        The last local day that counts.

    Raises
    ------
    ConfigurationError
        When a rule names a column that is not mapped, or a pattern that the engine cannot search for.
    """
    steps = number_steps(config, by_person="told_by" in lines.columns)
    _check_rules(engine, steps, config)

    def hits(t: Table) -> Mapping[str, Callable[[Rule], BooleanValue]]:
        return _row_rules(engine, t, config, as_of)

    stream, by_return = prepare_lines(lines, config), [step for step in steps if step.rule.rule == "returns"]  # none where returns are kept
    netted = any(step.rule.action == "net" for step in by_return)
    if netted:
        stream = _net(engine, stream, steps, by_return, hits)
    else:
        stream = _mark(stream, steps, hits)
        waited = stream.left_at >= by_return[0].number if by_return else ibis.literal(False)
        stream = stream.mutate(units_left=_.units, amount_left=_.amount, at_returns=stream.left_at.isnull() | waited, is_goods=stream.left_at.isnull())
    stream = stream.drop(*(name for name in TOLD if name in stream.columns))
    return Cleaned(stream, steps, by_line=not netted and not any(step.rule.rule in AMONG for step in steps))


def number_steps(config: Config, *, by_person: bool = False) -> tuple[Step, ...]:
    """List the steps of the ledger between input and kept; a rule that keeps everything is no step.

    Where lines bear the numbers of persons, `same_person` comes right after the first rule: every other one sees persons.
    """
    steps: list[Step] = []
    first, *others = config.cleaning
    for rule in (first, SAME_PERSON, *others) if by_person else config.cleaning:
        if rule.action == "keep" or (rule.rule == "before_window" and not config.window_months):
            continue
        for name in NETTING if rule.action == "net" else (rule.rule,):
            steps.append(Step(len(steps) + 2, name, ACTION_WORDS[rule.action], rule, _describe(rule, config)))
    return tuple(steps)


def _describe(rule: Rule, config: Config) -> str:
    """Print what the configuration told a rule: column, values, pattern, limit, window."""
    if rule.rule == "before_window":
        return f"window_months {config.window_months}"
    if rule.rule == "same_person":
        return f"merge {config.identity.merge}, accounts {config.identity.accounts}, guests {config.identity.guests}"
    if rule.column in CONTACT_COLUMNS:
        return f"{rule.column}: {len(rule.values) + bool(rule.pattern)} to look for"  # the values are people's own
    column = rule.column or ("status" if rule.rule == "unpaid" else "")
    values = ", ".join(rule.values) and f"{'not in ' if rule.rule == 'unpaid' else ''}{', '.join(rule.values)}"
    pattern = rule.pattern and f"/{rule.pattern}/"
    return f"{column}: {' or '.join(filter(None, (values, pattern)))}" if column else f"limit {rule.limit:g}" if rule.limit else ""


def window_start(as_of: dt.date, months: int | None) -> dt.date | None:
    """Give the first day of the last `months` months before as-of."""
    if not months:
        return None
    year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(as_of.day, last)) + dt.timedelta(days=1)


def prepare_lines(lines: Table, config: Config) -> Table:
    """Add what identifies an order and a product, and what returns are netted in."""
    day = lines.ordered_at.strftime("%Y-%m-%d")
    order_id = lines.order_id
    if "told_apart" in lines.columns:
        order_id = ibis.ifelse(lines.told_apart, order_id + "\x1f" + lines.told_as.fill_null(""), order_id)
    row = lines.source_file + ":" + lines.source_row.cast("string")
    # no coalesce: DuckDB would write every text anew, and hash it again for each line where it is gathered
    order_key = {"id": ibis.ifelse(order_id.notnull(), order_id, day), "day": day, "row": row}[config.order]
    columns = config.inputs.transactions.columns
    in_pieces = "quantity" in columns and ("product_id" in columns or "product_name" in columns)
    # where money was converted, returns are netted in what was paid: at the rate of another day the same price would be another
    paid = {"unit_price": lines.amount} | ({"paid_price": lines.paid_amount} if "paid_price" in lines.columns else {})
    derived = "amount" in columns and "unit_price" not in columns
    prices = {name: ibis.coalesce(lines[name].abs() if derived else lines[name], amount.abs()) for name, amount in paid.items()}
    told, amount = list(paid.items())[-1]
    by_money = (amount < 0) & (lines.quantity > 0)  # many exports tell a return by negative money alone
    pieces = ibis.ifelse(by_money, -lines.quantity, lines.quantity) if "amount" in columns else lines.quantity
    return lines.drop("raw").mutate(
        order_key=order_key,
        product=ibis.coalesce(lines.product_id, lines.product_name, ""),
        units=(pieces if in_pieces else amount).cast("decimal(18,4)"),
        price=prices[told],
        **(prices if in_pieces else {}),
    )


def _check_rules(engine: Engine, steps: tuple[Step, ...], config: Config) -> None:
    source = config.inputs.transactions
    known = dict.fromkeys([*source.columns, *source.attributes, "quantity", "unit_price", "amount", "source_file"])
    asked = {column for step in steps if (column := "status" if step.rule.rule == "unpaid" else step.rule.column)}
    faults = []
    if wrong := sorted(asked - set(known)):
        faults.append(
            f"cleaning asks for the columns {', '.join(wrong)}, which no column of the transactions is mapped to. Map them under inputs.transactions.columns "
            f"or attributes, or use one of: {', '.join(known)}."
        )
    for pattern in dict.fromkeys(step.rule.pattern for step in steps if step.rule.pattern):
        try:
            engine.reader.con.execute("select regexp_matches('', ?)", [_whole(pattern)])
        except duckdb.Error as error:
            faults.append(
                f"cleaning has the pattern {pattern!r}, which cannot be searched for ({error}). Look-aheads and back references are not possible; list values instead."
            )
    if faults:
        raise ConfigurationError("\n".join(faults))


def _row_rules(engine: Engine, t: Table, config: Config, as_of: dt.date) -> Mapping[str, Callable[[Rule], BooleanValue]]:
    """Say, rule by rule, which of the lines that are still in the stream it takes."""
    start = window_start(as_of, config.window_months)
    return {
        "unreadable": lambda rule: t.problem.notnull(),
        "overlap": lambda rule: _overlap(engine, t, config, as_of),
        "after_as_of": lambda rule: t.ordered_at >= ibis.timestamp(as_of + dt.timedelta(days=1)),
        "before_window": lambda rule: t.ordered_at < ibis.timestamp(start),
        "excluded": lambda rule: _matches(t, rule),
        "test_orders": lambda rule: _matches(t, rule),
        "unpaid": lambda rule: ~ibis.coalesce(t.status.strip().lower().isin([value.strip().lower() for value in rule.values]), False),
        "anonymous": lambda rule: t.customer_id.isnull(),
        "duplicates": lambda rule: _repeats(t, config),
        "price": lambda rule: (t.price <= 0) | (t.amount == 0),
        "returns": lambda rule: t.units < 0,
        "non_product": lambda rule: _matches(t, rule),
        "outliers": lambda rule: t.quantity > _limit(t, rule),
    }


def _mark(t: Table, steps: Sequence[Step], hits: Callable[[Table], Mapping[str, Callable[[Rule], BooleanValue]]]) -> Table:
    """Let each line leave at the first step that takes it; a step that only flags adds a column."""
    takes = hits(t)
    leaves = [(takes[step.rule.rule](step.rule), ibis.literal(step.number, "int8")) for step in steps if step.action not in ("flagged", "changed")]
    marked = t.mutate(left_at=ibis.cases(*leaves) if leaves else ibis.null("int8"))
    finds, gone = hits(marked), _gone(marked)
    flags = {
        f"flag_{step.number}": ibis.coalesce(finds[step.rule.rule](step.rule), False) & (gone.isnull() | (gone > step.number))
        for step in steps
        if step.action == "flagged"
    }
    return marked.mutate(**flags)


def _gone(t: Table) -> ibis.Value:
    return ibis.coalesce(t.left_early, t.left_at) if "left_early" in t.columns else t.left_at


def _net(
    engine: Engine, t: Table, steps: Sequence[Step], by_return: Sequence[Step], hits: Callable[[Table], Mapping[str, Callable[[Rule], BooleanValue]]]
) -> Table:
    """Net returns against purchases between the rules before and those after."""
    numbers = [step.number for step in by_return]
    t = engine.materialize("lines_before_returns", _mark(t, [step for step in steps if step.number < numbers[0]], hits))  # netting reads it twice
    stream = take_back(t, engine.materialize("netted", net_returns(t.filter(_.left_at.isnull()))), first=numbers[0])
    stream = _mark(stream.rename(left_early="left_at"), [step for step in steps if step.number > numbers[-1]], hits)
    at_returns = stream.left_early.isnull() | stream.left_early.isin(numbers)
    came_back = stream.left_early.isin(numbers) & (stream.units < 0)
    return stream.mutate(
        left_at=ibis.coalesce(stream.left_early, stream.left_at),
        at_returns=ibis.coalesce(at_returns, False),
        is_goods=ibis.coalesce(at_returns & stream.left_at.isnull() & ~ibis.coalesce(came_back, False), False),
    ).drop("left_early")


def _matches(t: Table, rule: Rule) -> BooleanValue:
    hit = ibis.literal(False)
    names = [rule.column, *(["told_as"] if rule.column == "customer_id" and "told_as" in t.columns else [])]  # the person's number, and the line's own
    for name in names:
        value = t[name].cast("string").strip()
        found = value.lower().isin([text.lower() for text in rule.values]) if rule.values else ibis.literal(False)
        hit = hit | ibis.coalesce(found | value.re_search(_whole(rule.pattern)) if rule.pattern else found, False)
    return hit


def _whole(pattern: str) -> str:
    return f"(?i)^(?:{pattern})$"


def _repeats(t: Table, config: Config) -> BooleanValue:
    """Find the second and further of lines that are equal in everything that they brought with them, inside one file."""
    source = config.inputs.transactions
    content = ["source_file", "source_order", *source.columns, *source.attributes, *(["told_as"] if "told_as" in t.columns else [])]
    return t.problem.isnull() & (ibis.row_number().over(ibis.window(group_by=content, order_by="source_row")) > 0)


def _limit(t: Table, rule: Rule) -> float:
    usual = t.filter(_gone(t).isnull() & (t.quantity > 0)).quantity.cast("float64").quantile(0.99).execute()
    return (rule.limit or 20.0) * (0.0 if pd.isna(usual) else float(usual))


def _overlap(engine: Engine, t: Table, config: Config, as_of: dt.date) -> BooleanValue:
    doubled = restated_orders(engine, t.filter(t.ordered_at.date() <= as_of), by_day=config.order == "row")
    if doubled is None:
        return ibis.literal(False)
    keys = [t.customer_id.fill_null(""), t.ordered_at.strftime("%Y-%m-%d") if config.order == "row" else t.order_key, t.source_order.cast("string")]
    return t.problem.isnull() & (keys[0] + "\x1f" + keys[1] + "\x1f" + keys[2]).isin(doubled.key)
