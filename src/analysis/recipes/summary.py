"""What the summary is made from: alerts, what to do about whom, what has shifted, and which picture matters this month."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.data.figures import months_before
from analysis.models import actions, alerts, news, shifts
from analysis.recipes.opened import Opened
from analysis.story.cleaning import TRUST

WINDOW = 90  # days at least, over which the money of a segment is compared


def _valued(opened: Opened) -> Table:
    """Set what each buyer spent in the year up to the last order beside stage, tier and the chance of being a customer still."""
    customers, value = opened.get("customers"), opened.get("customer_value")
    spent = opened.get("overdue").select("customer_id", "year_monetary")
    chances = value.select("customer_id", "p_order_90d")
    joined = customers.filter(_.frequency > 0).inner_join(spent, "customer_id").inner_join(chances, "customer_id")
    kept = [
        name
        for name in ("segment", "value_tier", "lifecycle_stage", "frequency", "recency_days", "p_alive", "nps", "csat", "relationship")
        if name in customers.columns
    ]
    return opened.engine.materialize("summary_valued", joined.select(*kept, "p_order_90d", "year_monetary"))


def _alerts(opened: Opened) -> pd.DataFrame:
    valued = opened.get("summary_valued")
    key = valued.relationship == "key" if "relationship" in valued.columns else ibis.literal(False)
    precious = (valued.value_tier == "high") | key.fill_null(False)
    unhappy = ((valued.nps <= 6) | (valued.csat < 0.5)).fill_null(False)
    groups = {"slipping": precious & valued.lifecycle_stage.isin(actions.LATE), "unhappy": precious & unhappy}
    sums = {f"money_{name}": valued.year_monetary.sum(where=who).cast("float64").fill_null(0.0) for name, who in groups.items()}
    counts = {f"customers_{name}": who.fill_null(False).sum() for name, who in groups.items()}
    row = valued.agg(worth=_.year_monetary.sum().cast("float64").fill_null(0.0), **counts, **sums).execute().iloc[0]
    counted = pd.DataFrame([{"kind": name, "customers": int(row[f"customers_{name}"]), "money": float(row[f"money_{name}"])} for name in groups])
    return alerts.find_people(counted, worth=float(row.worth))


def _windows(opened: Opened) -> tuple[str, dt.date, dt.date, int] | None:
    """Choose two stretches of equal length, each beginning at a month-end that the time machine knows: the last one, and a year before it, or just before it."""
    days, as_of = opened.get("snapshots"), opened.as_of
    begins = [day for day in days if (as_of - day).days >= WINDOW]
    if not begins:
        return None
    start = begins[-1]
    length = (as_of - start).days
    if months_before(start, 12) in days:
        return "year", months_before(start, 12), start, length
    earlier = [day for day in begins if (start - day).days >= length]
    return ("window", earlier[-1], start, length) if earlier else None


def _falls(opened: Opened) -> pd.DataFrame:
    """Hold what each segment's customers brought since a month-end against what those brought who were in it earlier: everybody by the segment at the beginning."""
    chosen = _windows(opened)
    if chosen is None:
        return pd.DataFrame(columns=[*alerts.FALLS, "since"])
    against, earlier, start, length = chosen
    now, before = (_sum_window(opened, day, length) for day in (start, earlier))
    both = now.merge(before, on="segment", how="outer", suffixes=("", "_before")).fillna(0.0)
    return alerts.find_falls(both.sort_values("segment", ignore_index=True), against=against).assign(since=start)


def _sum_window(opened: Opened, start: dt.date, length: int) -> pd.DataFrame:
    members = opened.get("labelled_states").filter(_.snapshot == ibis.date(start)).select("customer_id", "segment")
    window = opened.get("orders").filter((_.day > ibis.date(start)) & (_.day <= ibis.date(start + dt.timedelta(days=length))))
    spent = window.group_by("customer_id").agg(money=_.amount.sum().cast("decimal(38,4)"))
    joined = members.left_join(spent, "customer_id").mutate(money=_.money.fill_null(0))
    squares = (joined.money.cast("float64") ** 2).cast("decimal(38,4)").sum()
    counted = joined.group_by("segment").agg(customers=_.count(), money=_.money.sum().cast("float64"), squares=squares.cast("float64"))
    return counted.execute()


def _doubts(opened: Opened) -> pd.DataFrame:
    days = opened.get("orders").filter(_.counts).select("day").distinct().execute()["day"]
    return alerts.find_doubts(opened.get("ledger_frame"), silent=alerts.find_silence(days, as_of=pd.Timestamp(opened.as_of)), limits=TRUST)


def _news(opened: Opened) -> pd.DataFrame:
    """Measure what moved in each full month: revenue, active customers, shares of segments, movers, and who became late."""
    frames = {name: opened.get(name) for name in ("months", "flows", "stages", "history", "migration")}
    tables = {name: frame if isinstance(frame, pd.DataFrame) else frame.execute() for name, frame in frames.items()}
    months, flows, stages = (_whole(tables[name]) for name in ("months", "flows", "stages"))
    late = stages[stages["stage"] == "at_risk"].set_index("month")["entered"].astype(float).sort_index()
    changes = {
        "months": months.set_index("month")["monetary"].astype(float).sort_index().diff(),
        "flows": flows.set_index("month")["active"].astype(float).sort_index().diff(),
        "history": news.measure_shift(tables["history"]),
        "causes": news.measure_moves(tables["migration"]),
        "lateness": late.iloc[1:],
    }
    if (
        months_before(opened.as_of, 1) != opened.get("since")
        or months.empty
        or months["month"].max() != pd.Timestamp(opened.as_of).to_period("M").to_timestamp()
    ):
        changes.pop("causes")  # its picture would show another stretch of time than the month that is measured
    return news.choose(changes)


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the months that are over."""
    return frame[frame["is_complete"].astype(bool)].assign(month=lambda table: pd.to_datetime(table["month"]))


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "summary_valued": _valued,
    "alerts": _alerts,
    "falls": _falls,
    "doubts": _doubts,
    "actions": lambda o: actions.count_actions(o.get("summary_valued")),
    "shifts": lambda o: shifts.count_segments(o.get("movement")),
    "news": _news,
}
