"""What other cleaning choices would do to the segments: the pipeline once more for each rule that could have done something else.

Every rule looks at one line, or at the lines of one customer, so only the customers whose lines a rule has taken or marked can come out otherwise: they are cleaned
anew, all others stay as they are; then cut points are found again and everybody is classified.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.config import Config
from analysis.data import orders
from analysis.data.returns import LINE
from analysis.models import moves, rfm, segments
from analysis.recipes.opened import Opened
from analysis.settings.cleaning import ACTIONS

LINES = 500_000  # of more order lines of known customers, only those of a sample of the customers are looked at
COLUMNS = (
    "rule", "action", "alternative", "customers", "customers_changed", "share", "money_moved", "money_share", "buyers_before", "buyers_after",
    "revenue_before", "revenue_after", "sampled",
)  # fmt: skip
_STAY = ("keep", "flag")  # to a label they are one: the lines stay


@dataclass(frozen=True)
class Choice:
    """A rule of the cleaning (or `order`), what it does, and what it could do instead."""

    rule: str
    action: str
    alternative: str
    config: Config


def list_choices(config: Config, touched: frozenset[str]) -> Iterator[Choice]:
    """List what could have been chosen otherwise: every other action of a rule that found something, and what an order is.

    Parameters
    ----------
    config : Config
    touched : frozenset of str
        Rules that found rows; a rule that keeps everything looks for none, so it is always asked.
    """
    quiet = [rule.model_dump() | ({"action": "keep"} if rule.action == "flag" else {}) for rule in config.cleaning]  # to mark lines costs time and moves nobody
    for name in dict.fromkeys(str(rule.rule) for rule in config.cleaning):
        acting = [rule for rule in config.cleaning if str(rule.rule) == name and rule.action != "keep"]
        action = acting[0].action if acting else "keep"
        if action != "keep" and name not in touched:
            continue
        for other in ACTIONS[name]:
            if other == action or (other in _STAY and action in _STAY) or (other == "flag" and "keep" in ACTIONS[name]):
                continue
            rules = [rule | ({"action": other} if rule["rule"] == name else {}) for rule in quiet]
            if other == "keep" or not _asks_more(name, rules):
                yield Choice(name, action, other, config.replace(cleaning=rules))
    if config.order == "id":
        yield Choice("order", "id", "day", config.replace(order="day"))
    elif "order_id" in config.inputs.transactions.columns:
        yield Choice("order", config.order, "id", config.replace(order="id"))
    elif config.order == "row":
        yield Choice("order", "row", "day", config.replace(order="day"))


def _asks_more(name: str, rules: list[dict]) -> bool:
    """Tell whether a rule that keeps everything was never told what to look for."""
    mine = [rule for rule in rules if rule["rule"] == name]
    if name == "unpaid":
        return not all(rule["values"] for rule in mine)
    return name in ("test_orders", "non_product") and not all(rule["column"] and (rule["values"] or rule["pattern"]) for rule in mine)


def _policies(opened: Opened) -> pd.DataFrame:
    """Compare the segments of the run with those under every other choice.

    Returns
    -------
    pandas.DataFrame
        Grain: rule, alternative. action; customers (buyers before or after), customers_changed (another segment, or a buyer only before or only after), share; money_moved
        (what those have brought; of who was no buyer before, what they have after), money_share (of that of all); buyers and revenue before and after; sampled (share of the
        customers looked at).
    """
    if not opened.get("enough"):
        return pd.DataFrame(columns=list(COLUMNS))
    cleaned = opened.get("lines")
    n = int(cleaned.lines.filter(_.customer_id.notnull()).count().execute())
    share = min(1.0, LINES / max(1, n))
    mine = opened.engine.under("policies")
    everybody = opened.get("described").select("customer_id", *moves.MEASURED)
    base = mine.materialize("base", _label(opened, moves.draw_customers(everybody, share, seed=opened.config.seed)), loosely=True)
    touched = opened.get("ledger_frame").query("rows_touched > 0 or rows > 0").rule
    names = {step.name: step.rule.rule for step in cleaned.steps}
    found = frozenset(names[name] for name in touched if name in names)
    lines = moves.draw_customers(cleaned.lines.filter(_.customer_id.notnull()), share, seed=opened.config.seed)
    marks = ["left_at", *(name for name in lines.columns if name.startswith("flag_"))]
    told = mine.materialize("told", opened.get("told").drop("raw").inner_join(lines.select(*LINE, *marks), LINE))  # every choice begins with them
    rows = []
    for number, choice in enumerate(list_choices(opened.config, found)):
        who, after = _decide_otherwise(opened, choice, lines, told, f"policy_{number}")
        changed = base.anti_join(who, "customer_id").drop("segment").union(after) if who is not None else after
        rows.append((choice.rule, choice.action, choice.alternative, *_compare(base, mine.materialize("after", _label(opened, changed), loosely=True)), share))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _label(opened: Opened, measured: Table) -> Table:
    """Classify measured customers with the map of the run and cut points of their own, or with the saved ones that the run goes by."""
    frozen = opened.config.scoring.ruler != "fitted"
    ruler = opened.get("ruler") if frozen else rfm.fit_ruler(measured.filter(_.frequency > 0), opened.get("scoring"), fitted_on=opened.as_of)
    return segments.classify(rfm.score(measured, ruler), ruler, opened.get("map")).select("customer_id", *moves.MEASURED, "segment")


def _decide_otherwise(opened: Opened, choice: Choice, lines: Table, told: Table, label: str) -> tuple[Table | None, Table]:
    """Measure the customers whom another choice may change: who they are (None: everybody), and their measures then; from cleaned lines, or from the same as they came."""
    varied = opened.vary(label, config=choice.config)
    who = None
    if (choice.rule, choice.alternative) == ("order", "day"):  # the same lines are left, gathered otherwise
        kept = lines.filter(_.left_at.isnull()).mutate(order_key=_.ordered_at.strftime("%Y-%m-%d"))
        varied.built["cleaned"] = varied.built["lines"] = replace(opened.get("lines"), lines=lines)
    else:
        steps = [step for step in opened.get("lines").steps if step.rule.rule == choice.rule]
        if steps:
            hit = told.left_at.isin([step.number for step in steps])
            for step in steps:
                hit = hit | told[f"flag_{step.number}"] if step.action == "flagged" else hit
            netting = [step for step in opened.get("lines").steps if step.rule.rule == "returns"]  # what comes back is worth nothing without what came back
            first = min(step.number for step in (*steps, *netting))
            hit = ibis.coalesce(hit, False)
            who = varied.engine.materialize("who", told.filter(hit).select("customer_id").distinct(), loosely=True)
            again = told.filter(~hit) if _is_marked(choice) else told
            told = again.semi_join(who, "customer_id").filter(_.left_at.isnull() | (_.left_at >= first))
        varied = replace(varied, config=_settle(choice, told=bool(steps)))
        varied.built["told"] = told.drop("left_at", *(name for name in told.columns if name.startswith("flag_"))).mutate(raw=ibis.null("string"))
        varied.built["identities"] = opened.get("identities")  # who is one does not hang on these lines
        kept = varied.get("lines").kept
    varied.built["gathered"] = varied.engine.materialize("gathered", orders.gather_lines(kept), loosely=True)
    varied.built["orders"] = orders.pick_orders(varied.get("gathered"))  # there may be none left
    return who, varied.get("described").select("customer_id", *moves.MEASURED)


def _is_marked(choice: Choice) -> bool:
    """Tell whether the lines that the other choice would take bear a mark already."""
    return (choice.action, choice.alternative) == ("flag", "remove")


def _settle(choice: Choice, *, told: bool) -> Config:
    """Leave out what has been decided already: which order counts where files overlap hangs on all customers, and its lines are gone; so are marked lines."""
    if not told:
        return choice.config
    done = {"overlap", *([choice.rule] if _is_marked(choice) else [])}
    rules = [rule.model_dump() | ({"action": "keep"} if rule.rule in done else {}) for rule in choice.config.cleaning]
    return choice.config.replace(cleaning=rules)


def _compare(base: Table, after: Table) -> tuple[int, int, float, float, float, int, int, float, float]:
    """Count who has another segment, and the money of those."""
    both = base.outer_join(after, "customer_id")
    both = both.select(
        one=base.segment.fill_null(""), other=after.segment.fill_null(""), before=base.monetary.fill_null(0), after=after.monetary.fill_null(0)
    ).mutate(money=ibis.ifelse(_.one == "", _.after, _.before), buys=(_.one != "") | (_.other != ""), moved=_.one != _.other)
    found = both.agg(
        customers=_.buys.sum(), changed=_.moved.sum(), money=_.money.sum(where=_.moved).cast("float64"), whole=_.money.sum(where=_.buys).cast("float64"),
        buyers_before=(_.one != "").sum(), buyers_after=(_.other != "").sum(), revenue_before=_.before.sum().cast("float64"), revenue_after=_.after.sum().cast("float64"),
    ).execute().fillna(0).iloc[0]  # fmt: skip
    customers, changed, money, whole = int(found.customers), int(found.changed), float(found.money), float(found.whole)
    shares = changed / max(1, customers), money, money / whole if whole > 0 else 0.0
    return customers, changed, *shares, int(found.buyers_before), int(found.buyers_after), float(found.revenue_before), float(found.revenue_after)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {"policies": _policies}
