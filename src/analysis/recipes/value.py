"""What customers are worth: occasions, the trial on the past, the ladder, every customer's future, and what it adds up to."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.columns import STAGES
from analysis.data.customers import sum_customers
from analysis.data.orders import bear_cost
from analysis.data.returns import keep_share
from analysis.errors import ConfigurationError
from analysis.models import rfm
from analysis.models.value import assigning, averages, holdout, ladder, occasions, study, worth
from analysis.models.value.fitting import Fit, fit_model
from analysis.models.value.models import MODELS
from analysis.recipes.opened import Opened
from analysis.recipes.sample import draw
from analysis.settings.scoring import Scoring

SHORTEST = 14  # days held out that tell anything


def _occasions(opened: Opened) -> Table:
    orders = opened.get("orders")
    if opened.config.value.money == "margin":
        lines = opened.get("lines").kept
        if "cost" not in opened.config.inputs.transactions.columns:
            raise ConfigurationError(
                'value.money = "margin" needs what each line cost: map the column under inputs.transactions.columns, as cost = "THEIR NAME", or choose "net".'
            )
        costs = lines.group_by("customer_id", "order_key").agg(cost=keep_share(bear_cost(lines), lines.units_left, lines.units).sum())
        joined = orders.left_join(costs, ["customer_id", "order_key"])
        orders = joined.select("customer_id", "order_key", "day", "counts", amount=(joined.amount.cast("decimal(38,4)") - joined.cost.fill_null(0)))
    return opened.engine.materialize("value_occasions", occasions.list_occasions(orders))


def _summary(opened: Opened) -> Table:
    return opened.engine.materialize("value_summary", occasions.summarise(opened.get("value_occasions"), end=opened.as_of))


def _basis(opened: Opened) -> dict[str, int]:
    """Count what there is to learn from: customers, repeaters, days of history."""
    counted = opened.get("value_summary").agg(customers=_.count(), repeaters=(_["x"] > 0).sum().fill_null(0), days=_["T"].max()).execute().iloc[0]
    return {name: 0 if pd.isna(value) else int(value) for name, value in counted.items()}


def _lack(opened: Opened, basis: Mapping[str, int]) -> str:
    value = opened.config.value
    return ladder.find_lack(**basis, least_customers=value.least_customers, least_repeaters=value.least_repeaters, least_days=value.least_days)


def _split(opened: Opened) -> dt.date | None:
    """Choose the last day of the calibration; None where there is too little to try anything on."""
    basis, value = opened.get("value_basis"), opened.config.value
    if _lack(opened, basis):
        return None
    first = opened.as_of - dt.timedelta(days=basis["days"])
    start = holdout.split(first, opened.as_of, share=value.holdout, since=value.holdout_from)
    if not first < start < opened.as_of:
        raise ConfigurationError(f"value.holdout_from is {start}; it has to lie between the first order ({first}) and as-of ({opened.as_of}).")
    return start if (opened.as_of - start).days >= SHORTEST else None


def _outcomes(opened: Opened) -> Table | None:
    """Set what came after the split beside what was known at it: orders as they are left at as-of, so a return after the split has been taken off."""
    start = opened.get("value_split")
    if start is None:
        return None
    before = opened.engine.materialize("value_before", occasions.summarise(opened.get("value_occasions"), end=start))
    return opened.engine.materialize("value_outcomes", holdout.join_outcomes(before, opened.get("value_occasions"), start=start, end=opened.as_of))


def _study(opened: Opened) -> study.Study | None:
    """Try all models on the past; None where there is too little of it."""
    outcomes, start, basis = opened.get("value_outcomes"), opened.get("value_split"), opened.get("value_basis")
    if outcomes is None:
        return None
    known, days = opened.get("value_known"), (opened.as_of - start).days
    there = {"customers": int(known["n"].sum()), "repeaters": int(known["n"][known["x"] > 0].sum()), "days": basis["days"] - days}
    if _lack(opened, there):
        return None
    return study.try_models(holdout.count_outcomes(draw(opened, outcomes)), start=start, days=days, late=basis["customers"] - there["customers"])


def _fits(opened: Opened) -> dict[str, Fit]:
    if _lack(opened, opened.get("value_basis")):
        return {}
    states = occasions.count_states(draw(opened, opened.get("value_summary")))
    return {name: fit_model(name, states) for name in MODELS}


def _ladder(opened: Opened) -> ladder.Ladder:
    basis, tried = opened.get("value_basis"), opened.get("value_study")
    trials = tried.trials if tried else ()
    return ladder.climb(opened.get("value_fits"), trials, wanted=opened.config.value.model, lack=_lack(opened, basis), **basis)


def _forecasts(opened: Opened) -> Table | None:
    """Set the chosen model's forecast at the split, last year's spending and the RFM score beside the money that came."""
    tried, standing = opened.get("value_study"), opened.get("value_ladder")
    if tried is None or standing.fit is None or tried.fits[standing.rung].trouble not in ladder.USABLE:
        return None
    outcomes, value = opened.get("value_outcomes"), opened.config.value
    money, _correlation, _bounds = ladder.price(occasions.count_spending(draw(opened, outcomes)), limit=value.correlation)
    assigned = assigning.assign(
        outcomes, tried.fits[standing.rung], money, engine=opened.engine.under("tried"), rate=0.0, days=tried.days, interval=value.interval, orders_days=(),
        seed=opened.config.seed,
    )  # fmt: skip
    until, plain = opened.get("gathered").filter(_.day <= ibis.date(tried.start)), Scoring()
    buyers = rfm.measure(sum_customers(until, as_of=tried.start), plain).filter(_.frequency > 0)
    scored = rfm.score(buyers, rfm.fit_ruler(buyers, plain, fitted_on=tried.start))
    history = min(holdout.YEAR, int(opened.get("value_known")["T"].max()))
    joined = outcomes.join(assigned, "customer_id").left_join(scored.select("customer_id", rfm_score=_.r_score + _.f_score + _.m_score), "customer_id")
    return opened.engine.materialize("value_forecasts", joined.select(
        "customer_id", "recent", "spent", "clv_low", "clv_high", "rfm_score", model=joined[f"clv_{tried.days}d"],
        last_year=joined.recent.cast("float64") * tried.days / history,
    ))  # fmt: skip


def _compared(opened: Opened) -> tuple[pd.DataFrame, pd.DataFrame]:
    forecasts = opened.get("value_forecasts")
    if forecasts is None:
        columns = ["forecast", "customers", "mae", "rmse", "expected", "actual", "top_fifth", "lift", "inside"]
        return pd.DataFrame(columns=columns), pd.DataFrame(columns=["forecast", "customers_share", "money_share", "lift"])
    return study.compare_forecasts(forecasts)


def _customer_value(opened: Opened) -> Table:
    """Give every buyer a future, by the rung that bears."""
    summary, value, standing = opened.get("value_summary"), opened.config.value, opened.get("value_ladder")
    if standing.rung == "declined":
        nothing = {f"clv_{days}d": ibis.null("float64") for days in value.horizons}
        made, rung = summary.select("customer_id", **nothing), "declined"
    elif standing.fit is None:
        table, rung = opened.get("value_occasions"), standing.rung
        made = averages.assign_averages(table, summary, end=opened.as_of, rate=value.discount, horizons=value.horizons)
    else:
        rate, interval, money = value.discount, value.interval, opened.get("value_money")[0]
        made = assigning.assign(
            summary, standing.fit, money, engine=opened.engine, rate=rate, interval=interval, horizons=value.horizons, seed=opened.config.seed
        )
        rung = standing.rung
        if study.is_beaten(opened.get("value_compared")[0]):
            recent = holdout.join_outcomes(summary, opened.get("value_occasions"), start=opened.as_of, end=opened.as_of)
            past, days = opened.get("value_outcomes"), opened.get("value_study").days
            made = averages.assign_recent(made, recent, past, days=days, interval=interval, rate=rate, horizons=value.horizons)
            rung = "last_year"
    return assigning.label_rung(made, rung)


def _buyers_worth(opened: Opened) -> Table:
    groups = opened.get("labelled_buyers").select("customer_id", "segment", "lifecycle_stage", "monetary")
    return opened.engine.materialize("buyers_worth", groups.join(opened.get("customer_value"), "customer_id"))


def _totals(opened: Opened, by: str, order: tuple[str, ...]) -> pd.DataFrame:
    return worth.total_groups(opened.get("buyers_worth"), by, draws=opened.config.value.draws, seed=opened.config.seed, order=order)


def _everything(opened: Opened) -> pd.DataFrame:
    """The base as one group, with what the estimate stands on."""
    valued = opened.get("buyers_worth").mutate(everything=ibis.literal("all"))
    total = worth.total_groups(valued, "everything", draws=opened.config.value.draws, seed=opened.config.seed)
    standing, tried, (money, correlation, bounds) = opened.get("value_ladder"), opened.get("value_study"), opened.get("value_money")
    return total.assign(
        rung=valued.rung.max().execute(), model=standing.rung, reason=standing.reason, repeaters=standing.repeaters, days=standing.days,
        money="gamma_gamma" if money.fit else "own_mean", money_reason=money.reason, correlation=correlation, correlation_low=bounds[0], correlation_high=bounds[1],
        discount=opened.config.value.discount, interval=opened.config.value.interval, held_out=tried.days if tried else 0, late=tried.late if tried else 0,
        split=tried.start if tried else None, tried=tried.customers if tried else 0, sampled=opened.get("drawn"),
    )  # fmt: skip


def _effort(opened: Opened) -> pd.DataFrame:
    effort, totals = opened.config.value.effort, opened.get("value_totals")
    if unknown := sorted(set(effort) - set(opened.get("groups")["segment"])):
        raise ConfigurationError(
            f"value.effort names {', '.join(unknown)}, which the segment map does not have; there are: {', '.join(opened.get('groups')['segment'])}."
        )
    return worth.allocate(totals, effort)


def _spoken(opened: Opened) -> dict[str, Fit]:
    """The model that speaks, as it stood at the split; empty where none was tried."""
    tried, rung = opened.get("value_study"), opened.get("value_ladder").rung
    return {rung: tried.fits[rung]} if tried and rung in tried.fits and tried.fits[rung].trouble in ladder.USABLE else {}


def _tracking(opened: Opened) -> pd.DataFrame:
    tried = opened.get("value_study")
    for fit in _spoken(opened).values():
        return holdout.track(opened.get("value_occasions"), opened.get("value_outcomes"), opened.get("value_known"), fit, start=tried.start, end=opened.as_of)
    return pd.DataFrame(columns=["week", "actual", "expected", "actual_sum", "expected_sum", "is_held_out"])


def _frequencies(opened: Opened) -> pd.DataFrame:
    fits = _spoken(opened)
    if not fits:
        return pd.DataFrame(columns=["x", "actual", "expected"])
    return holdout.compare_frequencies(opened.get("value_known"), fits).rename(columns=dict.fromkeys(fits, "expected"))


def _conditions(opened: Opened) -> pd.DataFrame:
    tried = opened.get("value_study")
    for fit in _spoken(opened).values():
        return holdout.compare_conditions(tried.counted, {"expected": holdout.forecast(tried.counted, fit, days=tried.days)})
    return pd.DataFrame(columns=["x", "customers", "actual", "error", "expected"])


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "value_occasions": _occasions,
    "value_summary": _summary,
    "value_basis": _basis,
    "value_study": _study,
    "value_split": _split,
    "value_outcomes": _outcomes,
    "value_known": lambda o: holdout.count_known(o.get("value_outcomes")),
    "value_fits": _fits,
    "value_ladder": _ladder,
    "value_money": lambda o: ladder.price(occasions.count_spending(draw(o, o.get("value_summary"))), limit=o.config.value.correlation),
    "value_forecasts": _forecasts,
    "value_compared": _compared,
    "customer_value": _customer_value,
    "buyers_worth": _buyers_worth,
    "value_models": lambda o: study.list_trials(o.get("value_study"), o.get("value_fits")),
    "value_steps": lambda o: pd.DataFrame([vars(step) for step in o.get("value_ladder").steps], columns=["rung", "outcome", "reason"]),
    "value_forecast_errors": lambda o: o.get("value_compared")[0],
    "value_lift": lambda o: o.get("value_compared")[1],
    "value_tracking": _tracking,
    "value_frequencies": _frequencies,
    "value_conditions": _conditions,
    "value_base": _everything,
    "value_totals": lambda o: _totals(o, "segment", o.get("groups")["segment"]),
    "value_stages": lambda o: _totals(o, "lifecycle_stage", STAGES),
    "value_concentration": lambda o: worth.concentrate(o.get("buyers_worth")),
    "value_effort": _effort,
}
