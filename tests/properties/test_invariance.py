"""What must not change a number: the order of rows, how they lie in files, one line or two, another currency, another day to begin; and the laws of every run."""

import datetime as dt
import random
from decimal import Decimal

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.columns import STAGES
from analysis.data.activity import is_month_end
from analysis.schemas import SCHEMAS
from shops import look, make_lines, open_shop, rules

SEEDS = (1, 2)
CUSTOMER, AT, ORDER, PRODUCT, PIECES, PRICE = range(6)
LABELS = ["r_score", "f_score", "m_score", "rfm_score", "segment", "class8", "value_tier"]
BASE = ["first_order_date", "last_order_date", "recency_days", "frequency", "monetary", "mean_order_value", "tenure_days"]
PEOPLE = {"customer_id": "id", "registered_at": "registered", "city": "city", "type": "kind"}


def shop(folder, lines, **choices):
    """The made-up shop, with people who never ordered, some of them without a day of registration."""
    people = [
        ("c001", "2022-12-01", "Bath", "individual"),
        ("never", "2023-02-15", "Köln", "enterprise"),
        ("undated", "", "", ""),
        ("later", "2031-01-01", "", ""),
    ]
    return open_shop(folder, lines, people=people, people_columns=PEOPLE, clusters={"k_min": 3, "k_max": 4}, **choices)


@pytest.fixture(scope="module", params=SEEDS)
def lines(request):
    return make_lines(request.param)


@pytest.fixture(scope="module")
def opened(lines, tmp_path_factory):
    return shop(tmp_path_factory.mktemp("shop"), lines)


def assert_same(one, other, names=tuple(SCHEMAS), *, without=()):
    for name in names:
        left, right = (look(run, name).drop(columns=list(without), errors="ignore") for run in (one, other))
        assert_frame_equal(left, right, check_exact=True, obj=name)


def test_the_shop_has_what_can_go_wrong(opened, lines):
    taken = opened.get("ledger_frame").set_index("rule").rows
    assert min(taken["anonymous"], taken["returns_matched"], taken["returns_unmatched"], taken["returned_purchases"]) > 3
    orders = pd.DataFrame(lines)[[ORDER, AT]]
    days = orders.assign(day=orders[AT].str[:10]).groupby(ORDER).day.nunique()
    assert (days > 1).any()
    customers = look(opened, "customers")
    assert set(customers.lifecycle_stage) >= {"prospect", "active", "dormant"}
    assert customers.cluster.notna().sum() == (customers.frequency > 0).sum()
    assert "later" not in set(customers.customer_id) and "undated" in set(customers.customer_id)


def test_rows_shuffled(opened, lines, tmp_path):
    mixed = lines[:]
    random.Random(9).shuffle(mixed)  # noqa: S311
    assert_same(opened, shop(tmp_path, mixed))


def test_files_split_at_random_rows(opened, lines, tmp_path):
    rng = random.Random(5)  # noqa: S311
    parts = {"1.csv": [], "2.csv": [], "3.csv": []}
    for line in lines:
        parts[rng.choice(list(parts))].append(line)
    assert_same(opened, shop(tmp_path, parts))


def test_lines_split_into_two_unequal_quantities(opened, lines, tmp_path):
    halves = []
    for line in lines:
        pieces = int(line[PIECES])
        some = 0 if abs(pieces) < 2 else 1 if pieces > 0 else -1
        halves += [[*line[:PIECES], part, line[PRICE]] for part in (some, pieces - some) if part]
    assert len(halves) > 1.5 * len(lines)
    assert_same(opened, shop(tmp_path, halves), [name for name in SCHEMAS if name not in ("ledger", "quarantine")])


def test_all_money_doubled(opened, lines, tmp_path):
    doubled = shop(tmp_path, [[*line[:PRICE], str(2 * Decimal(line[PRICE]))] for line in lines])
    one, two = look(opened, "customers"), look(doubled, "customers")
    same = ["customer_id", *LABELS, *(name for name in BASE if name not in ("monetary", "mean_order_value")), "lifecycle_stage"]
    assert_frame_equal(one[same], two[same])
    assert [2 * money for money in one.monetary] == two.monetary.tolist()
    segments = ["scheme", "segment", "customers"]
    assert_frame_equal(look(opened, "segments")[segments], look(doubled, "segments")[segments])
    assert_same(opened, doubled, ["flows", "stages"])
    assert_same(opened, doubled, ["cohorts"], without=["monetary"])


@pytest.mark.parametrize("days", [-400, 13])
def test_all_days_shifted(opened, lines, tmp_path, days):
    moved = [[line[0], (dt.datetime.fromisoformat(line[AT]) + dt.timedelta(days=days)).isoformat(sep=" "), *line[2:]] for line in lines]
    shifted = shop(tmp_path, moved)
    one, two = look(opened, "customers"), look(shifted, "customers")
    known = ~one.customer_id.isin(["never", "c001"])  # their registration did not move along
    same = ["customer_id", *LABELS, *BASE[2:], "cluster", "cluster_name"]
    assert_frame_equal(one[known][same].reset_index(drop=True), two[two.customer_id.isin(one.customer_id[known])][same].reset_index(drop=True))
    assert shifted.as_of - opened.as_of == dt.timedelta(days=days)
    assert_same(opened, shifted, ["segments", "clusters"])


def test_nothing_after_as_of_changes_anything(opened, lines, tmp_path):
    """Cut the file at a day, or give the whole of it and that day: only the count of what lies behind may differ."""
    day = opened.as_of - dt.timedelta(days=100)
    past = [line for line in lines if line[AT][:10] <= day.isoformat()]
    one, two = shop(tmp_path / "past", past, as_of=day.isoformat()), shop(tmp_path / "all", lines, as_of=day.isoformat())
    assert_same(one, two, [name for name in SCHEMAS if name != "ledger"])
    left, right = (run.get("ledger_frame").set_index("rule").drop(index=["input", "after_as_of"]) for run in (one, two))
    same = ["action", "rows", "amount", "rows_touched", "customers"]
    assert_frame_equal(left[same].iloc[2:], right[same].iloc[2:])


def test_what_later_files_say_of_later_days_does_not_decide_about_earlier_ones(tmp_path):
    """One order lies in two files, cut in the middle; that later the files overlap must not make the second one right about it."""
    first = [("a", "2024-01-05", "1", "p", 1, "2"), ("b", "2024-01-06", "2", "p", 1, "2"), ("c", "2024-01-07", "7", "p", 1, "2")]
    second = [("a", "2024-01-05", "1", "q", 1, "3")]
    later = [(who, "2024-02-05", str(order), "p", 1, "2") for order, who in enumerate("abcdef", 10)]
    torn = open_shop(tmp_path / "past", {"1.csv": first, "2.csv": second}, as_of="2024-01-31")
    both = open_shop(tmp_path / "all", {"1.csv": first + later, "2.csv": second + later}, as_of="2024-01-31")
    assert look(torn, "customers").monetary.tolist() == [5, 2, 2]
    assert_same(torn, both, [name for name in SCHEMAS if name != "ledger"])


def test_a_past_as_of_equals_the_history_replayed_from_a_later_one(opened, lines, tmp_path):
    states = look(opened, "states")
    days = sorted(set(states.snapshot))
    assert all(is_month_end(day) for day in days[:-1])
    for day in (days[0], days[len(days) // 2], days[-2]):
        customers = look(shop(tmp_path / day.isoformat(), lines, as_of=day.isoformat()), "customers")
        same = ["customer_id", "last_order_date", "recency_days", "frequency", "monetary"]
        then = customers[customers.frequency > 0][same].sort_values("customer_id", ignore_index=True)
        replayed = states[states.snapshot == day][same].sort_values("customer_id", ignore_index=True)
        assert_frame_equal(then, replayed, obj=str(day))


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"as_of": "2023-06-30"},
        {"as_of": "2023-06-17", "window_months": 3},
        {"order": "day"},
        {"order": "row"},
        {"cleaning": rules(returns="keep", price="keep", duplicates="remove")},
        {"cleaning": rules(returns="remove")},
        {"cleaning": rules({"rule": "non_product", "column": "product_id", "values": ["A", "B"]})},
        {"sufficiency": {"least": 500}},
        {"time_zone": "Asia/Shanghai", "history_months": 2},
    ],
    ids=str,
)
def test_the_laws_hold(tmp_path, choices):
    opened = shop(tmp_path, make_lines(11), **choices)
    customers, ledger = look(opened, "customers"), look(opened, "ledger")
    buyers = customers[customers.frequency > 0]
    assert len(buyers) and customers.customer_id.is_unique
    assert not buyers[["segment", "class8", "value_tier", "lifecycle_stage", "r_score", "f_score", "m_score"]].isna().any(axis=None)
    others = customers[customers.frequency == 0]
    assert others[["r_score", "f_score", "m_score", "segment", "class8", "value_tier", "cluster"]].isna().all(axis=None)
    assert set(others.lifecycle_stage) <= {"prospect", "cancelled_only"} and not set(buyers.lifecycle_stage) & {"prospect", "cancelled_only", None}
    for value, score, better in (("r_value", "r_score", -1), ("f_value", "f_score", 1), ("m_value", "m_score", 1)):
        scores = buyers.groupby(value)[score].agg(set)
        assert all(len(found) == 1 for found in scores), "equal value, equal score"
        ordered = [min(found) for found in scores.sort_index()][::better]
        assert ordered == sorted(ordered), "never a lower score for a better value"
        assert set(ordered) <= {1, 2, 3, 4, 5}
    rows, amount = ledger.rows[0], ledger.amount[0]
    for step in ledger.iloc[1:-1].itertuples():
        rows, amount = rows - step.rows, amount - step.amount
        assert (step.rows_after, step.amount_after) == (rows, amount)
    assert (ledger.rows_after.iloc[-1], ledger.amount_after.iloc[-1]) == (rows, amount)
    assert sum(customers.monetary) == amount == opened.get("lines").kept.amount_left.sum().execute()
    segments, history = look(opened, "segments"), look(opened, "history")
    now = history[history.as_of == opened.as_of]
    for scheme in ("segment", "class8", "value_tier"):
        for counted in (segments, now):
            counted = counted[counted.scheme == scheme]
            assert (sum(counted.customers), sum(counted.monetary)) == (len(buyers), sum(buyers.monetary))
    merged = segments.merge(now, on=["scheme", "segment"], how="outer")
    assert (merged.customers_x == merged.customers_y).all() and (merged.monetary_x == merged.monetary_y).all()
    clusters = look(opened, "clusters")
    assert sum(clusters.customers) == buyers.cluster.notna().sum() and buyers.cluster.notna().nunique() == 1
    stages = look(opened, "stages")
    flow = stages.pivot_table(index="month", columns="stage", values=["customers", "entered", "left"], aggfunc="first")
    assert not flow.isna().any(axis=None) and set(flow.customers.columns) == set(STAGES)
    opening = flow.customers.shift(1).iloc[1:]
    assert ((opening + flow.entered.iloc[1:] - flow.left.iloc[1:]) == flow.customers.iloc[1:]).all(axis=None)
    assert flow.customers.iloc[-1].to_dict() == {stage: (customers.lifecycle_stage == stage).sum() for stage in flow.customers.columns}
    flows = look(opened, "flows")
    assert (flows.active == flows.new + flows.returning + flows.reactivated).all()
    assert (flows.active.diff().iloc[1:] == (flows.new + flows.reactivated - flows.dormant).iloc[1:]).all()
    assert flows.new.sum() == len(buyers)
    cohorts = look(opened, "cohorts")
    assert (cohorts.active <= cohorts.customers).all() and (cohorts.retention <= 1).all()
    assert sum(cohorts.customers[cohorts.period == 0]) == len(buyers)
