"""UCI Online Retail: the ledger to the last decimal, the published counts, and every customer against plain Python and pandas."""

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest

from analysis.config import parse_config
from analysis.run import read_data
from shops import look, net_by_hand, rules, steps

COLUMNS = {
    "customer_id": "CustomerID", "ordered_at": "InvoiceDate", "order_id": "InvoiceNo", "product_id": "StockCode", "product_name": "Description",
    "quantity": "Quantity", "unit_price": "UnitPrice",
}  # fmt: skip
SERVICES = ("POST", "DOT", "M", "C2", "D", "S", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "B")
LAST = dt.date(2011, 12, 9)
NON_PRODUCT = {"rule": "non_product", "column": "product_id", "values": SERVICES, "pattern": "gift_0001_.*"}


def open_retail(shared_data, cleaning):
    values = {
        "name": "online-retail", "currency": "GBP", "time_zone": "Europe/London", "cleaning": cleaning,
        "inputs": {"transactions": {"files": ["online_retail.csv.gz"], "columns": COLUMNS}},
    }  # fmt: skip
    return read_data(parse_config(values, shared_data / "online_retail"), "latest")


@pytest.fixture(scope="module")
def netted(shared_data):
    """The default policy; postage and fees leave after the returns, so that the figures before them can be seen."""
    return open_retail(shared_data, [*rules(), NON_PRODUCT])


@pytest.fixture(scope="module")
def tutorial(shared_data):
    """What most notebooks do: an id, a quantity above zero, a price above zero."""
    return open_retail(shared_data, rules(returns="remove"))


@pytest.fixture(scope="module")
def raw(shared_data):
    frame = pd.read_csv(shared_data / "online_retail" / "online_retail.csv.gz", dtype=str, keep_default_na=False, encoding="utf-8")
    frame["cents"] = [int(Decimal(price).scaleb(3)) for price in frame.UnitPrice]  # tenths of a penny
    frame["units"] = frame.Quantity.astype(int)
    frame["at"] = pd.to_datetime(frame.InvoiceDate).dt.tz_localize(None)
    return frame


@pytest.fixture(scope="module")
def by_hand(raw):
    """What is left of each line after returns, with stacks: the lines of known customers at a price, with `left`."""
    known = raw[(raw.CustomerID != "") & (raw.cents > 0)]
    left = known.units.abs().to_dict()
    returned = set(zip(known.CustomerID[known.units < 0], known.StockCode[known.units < 0], strict=True))
    queues = defaultdict(list)
    for row in known.itertuples():
        if (row.CustomerID, row.StockCode) in returned:
            queues[row.CustomerID, row.StockCode].append((row.Index, row.at, row.InvoiceNo, row.cents, row.units))
    for queue in queues.values():
        left |= net_by_hand(queue)
    return known.assign(left=pd.Series(left))


def by_customer(lines):
    """Orders, money and last day of each customer, in integers: tenths of a penny."""
    lines = lines.assign(money=lines.left * lines.cents)
    return pd.DataFrame({
        "frequency": lines.groupby("CustomerID").InvoiceNo.nunique(), "money": lines.groupby("CustomerID").money.sum(), "last": lines.groupby("CustomerID")["at"].max().dt.date,
        "first": lines.groupby("CustomerID")["at"].min().dt.date,
    })  # fmt: skip


def test_the_input_is_what_the_file_holds(netted):
    first = netted.get("ledger_frame").iloc[0]
    assert (first.rule, first.rows, first.amount, first.customers) == ("input", 541_909, Decimal("9747747.934"), 4_372)


def test_the_ledger_is_exact_from_input_to_kept(netted, tutorial):
    for opened in (netted, tutorial):
        ledger = look(opened, "ledger")
        rows, amount = ledger.rows[0], ledger.amount[0]
        for step in ledger.iloc[1:-1].itertuples():
            rows, amount = rows - step.rows, amount - step.amount
            assert (step.rows_after, step.amount_after) == (rows, amount), step.rule
        kept = opened.get("lines").kept
        assert rows == ledger.rows_after.iloc[-1] == kept.count().execute()
        assert amount == ledger.amount_after.iloc[-1] == kept.amount_left.sum().execute() == look(opened, "customers").monetary.sum()


def test_a_quarter_of_the_rows_has_no_customer(netted):
    assert steps(netted)["anonymous"][:2] == (135_080, Decimal("9747747.934") - Decimal("8300065.814"))


def test_every_return_line_is_matched_or_not(netted, by_hand):
    taken = steps(netted)
    back = by_hand[by_hand.units < 0]
    assert len(back) == 8_905 == taken["returns_matched"][0] + taken["returns_unmatched"][0]
    assert taken["returns_unmatched"][0] == (back.left > 0).sum()
    unmatched = Decimal(int((back.left * back.cents).sum())).scaleb(-3)
    assert taken["returns_unmatched"][1] == -unmatched
    assert taken["returns_matched"][1] == -(Decimal(int((-back.units * back.cents).sum())).scaleb(-3) - unmatched)
    bought = by_hand[by_hand.units > 0]
    assert taken["returned_purchases"][1] == Decimal(int(((bought.units - bought.left) * bought.cents).sum())).scaleb(-3)


def test_after_returns_the_measured_customers_orders_and_money_are_left(netted, by_hand):
    ledger = look(netted, "ledger").set_index("rule")
    assert ledger.amount_after["returns_unmatched"] == Decimal("8433250.934")
    left = by_hand[(by_hand.units > 0) & (by_hand.left > 0)]
    assert ledger.rows_after["returns_unmatched"] == len(left)
    assert (left.CustomerID.nunique(), left.InvoiceNo.nunique()) == (4_327, 18_380)


def test_each_customer_is_what_stacks_in_python_say(netted, by_hand):
    services = by_hand.StockCode.str.lower().isin([code.lower() for code in SERVICES]) | by_hand.StockCode.str.lower().str.startswith("gift_0001_")
    expected = by_customer(by_hand[(by_hand.units > 0) & (by_hand.left > 0) & ~services])
    customers = look(netted, "customers").set_index("customer_id")
    buyers = customers[customers.frequency > 0]
    assert sorted(buyers.index) == sorted(expected.index)
    expected = expected.loc[buyers.index]
    assert buyers.frequency.tolist() == expected.frequency.tolist()
    assert [int(money.scaleb(3)) for money in buyers.monetary] == expected.money.tolist()
    assert buyers.last_order_date.tolist() == expected["last"].tolist()
    assert buyers.first_order_date.tolist() == expected["first"].tolist()
    assert buyers.recency_days.tolist() == [(LAST - day).days for day in expected["last"]]
    assert buyers.tenure_days.tolist() == [(LAST - day).days for day in expected["first"]]


def test_orders_that_were_cancelled_are_no_orders(netted):
    customers = look(netted, "customers").set_index("customer_id")
    assert customers.loc["12346", ["frequency", "monetary", "lifecycle_stage", "rfm_score", "segment"]].tolist() == [0, 0, "cancelled_only", None, None]
    assert customers.loc["16446", ["frequency", "monetary"]].tolist() == [1, Decimal("2.90")]


def test_the_tutorial_policy_gives_the_published_counts(tutorial):
    kept = tutorial.get("lines").kept
    assert kept.count().execute() == 397_884
    customers = look(tutorial, "customers")
    assert (customers.frequency > 0).sum() == 4_338
    assert customers.frequency.sum() == 18_532
    assert customers.monetary.sum() == Decimal("8911407.904")


@pytest.fixture(params=["netted", "tutorial"])
def both(request, raw, by_hand):
    """A run and the lines it must have kept, with what is left of each."""
    opened = request.getfixturevalue(request.param)
    if request.param == "tutorial":
        kept = raw[(raw.CustomerID != "") & (raw.cents > 0) & (raw.units > 0)].assign(left=lambda t: t.units)
    else:
        services = by_hand.StockCode.str.lower().isin([code.lower() for code in SERVICES]) | by_hand.StockCode.str.lower().str.startswith("gift_0001_")
        kept = by_hand[(by_hand.units > 0) & (by_hand.left > 0) & ~services]
    # an invoice that straddles a minute is one order, on the day of its first line
    first = kept.groupby(["CustomerID", "InvoiceNo"])["at"].transform("min")
    return opened, kept.assign(month=first.dt.to_period("M"), day=first.dt.date)


def test_cohorts_are_those_of_plain_pandas(both):
    opened, kept = both
    active = kept[["CustomerID", "month"]].drop_duplicates()
    active["cohort"] = active.groupby("CustomerID").month.transform("min")
    active["period"] = [(month - cohort).n for month, cohort in zip(active.month, active.cohort, strict=True)]
    expected = active.groupby(["cohort", "period"]).size()
    cohorts = look(opened, "cohorts")
    assert len(cohorts) == 13 * 14 / 2
    assert {(row.cohort, row.period): row.active for row in cohorts.itertuples() if row.active} == {
        (cohort.start_time.date(), period): count for (cohort, period), count in expected.items()
    }  # fmt: skip
    money = (kept.left * kept.cents).groupby([kept.CustomerID.map(active.groupby("CustomerID").cohort.first()), kept.month]).sum()
    assert {(row.cohort, row.period): int(row.monetary.scaleb(3)) for row in cohorts.itertuples() if row.active} == {
        (cohort.start_time.date(), (month - cohort).n): total for (cohort, month), total in money.items()
    }  # fmt: skip
    assert not cohorts[[row.cohort.year * 12 + row.cohort.month + row.period == 2011 * 12 + 12 for row in cohorts.itertuples()]].is_complete.any()


def test_flows_are_those_of_plain_pandas(both):
    opened, kept = both
    people = kept.groupby("month").CustomerID.agg(set)
    seen, before = set(), set()
    for month, flow in zip(sorted(people.index), look(opened, "flows").itertuples(), strict=True):
        now = people[month]
        expected = (len(now), len(now - seen), len(now & before), len((now & seen) - before), len(before - now))
        assert (flow.active, flow.new, flow.returning, flow.reactivated, flow.dormant) == expected, month
        assert flow.month == month.start_time.date()
        seen, before = seen | now, now


def test_stages_are_those_of_plain_python(both):
    """Every buyer at every month's end and at as-of, from their purchase days: silence against (scale + span) / (shape + repeats), one customer after another."""
    opened, kept = both
    rhythm = opened.get("clockwork").rhythm
    stages = look(opened, "stages").pivot_table(index="month", columns="stage", values="customers", aggfunc="first")
    days = {who: sorted(set(own)) for who, own in kept.groupby("CustomerID").day}
    for month in stages.index:
        end = min(LAST, (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date())
        found = Counter(_stage(own, end, rhythm) for own in days.values() if own[0] <= end)
        names = ("new", "active", "growing", "shrinking", "reactivated", "at_risk", "dormant", "lost")
        assert {name: stages.loc[month, name] for name in names} == {name: found[name] for name in names}, month


def _stage(days, end, rhythm):
    """Name the stage of a customer with these purchase days at the end of a day."""

    def usual(bought):
        return (rhythm.scale + (bought[-1] - bought[0]).days) / (rhythm.shape + len(bought) - 1)

    bought = [day for day in days if day <= end]
    late = (end - bought[-1]).days / usual(bought)
    if late >= 2:
        return "at_risk" if late < 3 else "dormant" if late < 5 else "lost"
    if len(bought) == 1:
        return "new"
    if (bought[-1] - bought[-2]).days / usual(bought[:-1]) >= 3:
        return "reactivated"
    gaps = [(after - before).days for before, after in pairwise(bought)]
    if len(gaps) >= 8:
        recent, earlier = sum(gaps[-4:]) / 4, sum(gaps[:-4]) / len(gaps[:-4])
        if recent * 2 <= earlier:
            return "growing"
        if recent >= earlier * 2:
            return "shrinking"
    return "active"


def test_scores_segments_classes_and_tiers_follow_from_the_values(both):
    """Cuts by sorting: the value at the lower position of each fifth; scores, map, classes and tiers in plain Python."""
    opened, _kept = both
    buyers = look(opened, "labelled_buyers")
    lower = {}
    for name, values in (("r", [-days for days in buyers.recency_days]), ("f", buyers.frequency), ("m", buyers.monetary)):
        ordered = sorted(values)
        lower[name] = [ordered[(len(ordered) - 1) * number // 10] for number in (2, 4, 6, 8, 5)]
    expected = [
        tuple(1 + sum(cut < value for cut in lower[name][:4]) for name, value in (("r", -row.recency_days), ("f", row.frequency), ("m", row.monetary)))
        for row in buyers.itertuples()
    ]
    assert [(row.r_score, row.f_score, row.m_score) for row in buyers.itertuples()] == expected
    important = {True: "important", False: "general"}
    pair = {(True, True): "value", (True, False): "develop", (False, True): "keep", (False, False): "winback"}
    classes = [
        f"{important[row.monetary > lower['m'][4]]}_{pair[-row.recency_days >= lower['r'][4], row.frequency > lower['f'][4]]}" for row in buyers.itertuples()
    ]
    assert buyers.class8.tolist() == classes
    total, above, tier = sum(buyers.monetary), Decimal(0), {}
    for money in sorted(set(buyers.monetary), reverse=True):
        tier[money] = "high" if above * 100 < total * 80 else "mid" if above * 100 < total * 95 else "low"
        above += money * int((buyers.monetary == money).sum())
    assert buyers.value_tier.tolist() == [tier[money] for money in buyers.monetary]
    counted = look(opened, "segments").set_index(["scheme", "segment"])
    for scheme in ("segment", "class8", "value_tier"):
        for label, group in buyers.groupby(scheme):
            found = counted.loc[(scheme, label)]
            assert (found.customers, found.monetary) == (len(group), sum(group.monetary))
            assert found.median_recency_days == group.recency_days.astype(float).median()
            assert found.median_monetary == pytest.approx(group.monetary.astype(float).median(), abs=1e-9)
            assert found.customers_pct == pytest.approx(len(group) / len(buyers))
            assert found.monetary_pct == pytest.approx(float(sum(group.monetary) / total))


def test_month_ends_are_what_was_known_then(both, raw):
    """At the end of each month: its lines only, netted with the returns until then. Against stacks at three of them."""
    opened, kept = both
    states = look(opened, "states")
    assert sorted(set(states.snapshot)) == [(pd.Period("2010-12", "M") + number).end_time.date() for number in range(12)] + [LAST]
    for day in (dt.date(2010, 12, 31), dt.date(2011, 5, 31), LAST):
        if "returns_unmatched" in opened.get("ledger_frame").rule.tolist():
            known = raw[(raw.CustomerID != "") & (raw.cents > 0) & (raw["at"].dt.date <= day)]
            left = known.units.abs().to_dict()
            queues = defaultdict(list)
            for row in known.itertuples():
                queues[row.CustomerID, row.StockCode].append((row.Index, row.at, row.InvoiceNo, row.cents, row.units))
            for queue in queues.values():
                if any(line[4] < 0 for line in queue):
                    left |= net_by_hand(queue)
            services = known.StockCode.str.lower().isin([code.lower() for code in SERVICES]) | known.StockCode.str.lower().str.startswith("gift_0001_")
            lines = known.assign(left=pd.Series(left))[(known.units > 0) & ~services]
            lines = lines[lines.left > 0]
        else:
            lines = kept[kept.day <= day]
        expected = by_customer(lines)
        found = states[states.snapshot == day].set_index("customer_id").sort_index()
        assert found.index.tolist() == sorted(expected.index)
        expected = expected.loc[found.index]
        assert found.frequency.tolist() == expected.frequency.tolist()
        assert [int(money.scaleb(3)) for money in found.monetary] == expected.money.tolist()
        # invoices that straddle a minute do not straddle a day here
        assert found.last_order_date.tolist() == expected["last"].tolist()
