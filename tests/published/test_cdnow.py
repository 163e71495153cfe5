"""CDNOW, the whole log: no order ids, so an order is a customer's day; the published counts, and every score by sorting."""

import csv
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from analysis.config import parse_config
from analysis.run import read_data
from shops import look, rules, steps

DAYS = {1: 12_054, 2: 4_040, 3: 2_205, 4: 1_436, 5: 991, 6: 643}


@pytest.fixture(scope="module")
def folder(shared_data, tmp_path_factory):
    """The fixed-width file as commas, so that this is about the numbers and not about reading."""
    made = tmp_path_factory.mktemp("cdnow")
    lines = (shared_data / "cdnow" / "CDNOW_master.txt").read_text(encoding="ascii").split("\n")[1:]
    rows = [line.split() for line in lines if line.strip()]
    with (made / "log.csv").open("w", newline="", encoding="ascii") as file:
        csv.writer(file).writerows([("id", "day", "cds", "dollars"), *((who, f"{day[:4]}-{day[4:6]}-{day[6:]}", cds, money) for who, day, cds, money in rows)])
    return made, [(who, f"{day[:4]}-{day[4:6]}-{day[6:]}", Decimal(money)) for who, day, _cds, money in rows]


@pytest.fixture(scope="module")
def run(folder):
    source = {"files": ["log.csv"], "dates": "iso", "columns": {"customer_id": "id", "ordered_at": "day", "quantity": "cds", "amount": "dollars"}}
    return read_data(
        parse_config({"name": "cdnow", "order": "day", "currency": "USD", "cleaning": rules(price="keep"), "inputs": {"transactions": source}}, folder[0]),
        "latest",
    )


@pytest.fixture(scope="module")
def buyers(run):
    return look(run, "labelled_buyers").set_index("customer_id").sort_index()


def test_rows_money_and_duplicates_are_the_published_ones(run):
    assert steps(run)["input"][:2] == (69_659, Decimal("2500315.63"))
    assert steps(run)["duplicates"][2] == 255
    assert look(run, "ledger").amount_after.iloc[-1] == Decimal("2500315.63")
    assert str(run.as_of) == "1998-06-30"


def test_customers_and_their_purchase_days_are_the_published_ones(buyers):
    assert len(buyers) == 23_570
    counts = Counter(buyers.frequency)
    assert {days: counts[days] for days in DAYS} == DAYS
    assert buyers.monetary.sum() == Decimal("2500315.63")


def test_without_zero_lines_eighty_rows_leave_and_nobody_pays_less(folder):
    source = {"files": ["log.csv"], "dates": "iso", "columns": {"customer_id": "id", "ordered_at": "day", "quantity": "cds", "amount": "dollars"}}
    run = read_data(parse_config({"name": "cdnow", "order": "day", "inputs": {"transactions": source}}, folder[0]), "latest")
    assert steps(run)["price"] == (80, Decimal(0), 80)
    customers = look(run, "customers")
    paid = {who for who, _day, money in folder[1] if money}
    assert (customers.frequency > 0).sum() == len(paid)
    assert set(customers.lifecycle_stage[customers.frequency == 0]) == {"prospect"}
    assert customers.monetary.sum() == Decimal("2500315.63")


def test_scores_cut_on_values_that_occur(folder, buyers):
    """The value at the lower position of each fifth of the sorted values is the cut; a score is 1 + the cuts below."""
    days, money = defaultdict(set), defaultdict(Decimal)
    for who, day, dollars in folder[1]:
        days[who].add(day)
        money[who] += dollars
    values = {"r": {who: max(days[who]) for who in days}, "f": {who: len(days[who]) for who in days}, "m": money}
    scores = {}
    for name, by_person in values.items():
        ordered = sorted(by_person.values())
        cuts = [ordered[(len(ordered) - 1) * fifth // 5] for fifth in (1, 2, 3, 4)]
        scores[name] = {who: 1 + sum(cut < value for cut in cuts) for who, value in by_person.items()}
    for name in "rfm":
        assert buyers[f"{name}_score"].to_dict() == scores[name]
    # half of all bought once: they share a score, and it is the lowest
    assert set(buyers.f_score[buyers.frequency == 1]) == {1}
    assert sorted(set(buyers.f_score)) == [1, 3, 4, 5]
    assert buyers.rfm_score.tolist() == [f"{r}{f}{m}" for r, f, m in zip(buyers.r_score, buyers.f_score, buyers.m_score, strict=True)]


def test_half_of_the_customers_lie_on_the_median_of_orders_and_that_is_said(run):
    cuts = look(run, "on_cuts").set_index("measure")
    assert cuts.loc["frequency", ["cut", "on_cut"]].tolist() == [1.0, 12_054]
    assert cuts.loc["monetary", "mean"] == pytest.approx(2500315.63 / 23570, abs=1e-9)


def test_one_cohort_of_three_months_keeps_its_size(run, folder):
    first = {}
    for who, day, _money in sorted(folder[1], key=lambda line: line[1]):
        first.setdefault(who, day[:7])
    sizes = Counter(first.values())
    cohorts = look(run, "cohorts")
    assert {f"{row.cohort:%Y-%m}": row.customers for row in cohorts[cohorts.period == 0].itertuples()} == sizes
    active = {(who, day[:7]) for who, day, _money in folder[1]}
    counted = Counter((first[who], int(month[:4]) * 12 + int(month[5:]) - int(first[who][:4]) * 12 - int(first[who][5:])) for who, month in active)
    assert {(f"{row.cohort:%Y-%m}", row.period): row.active for row in cohorts.itertuples() if row.active} == counted
    assert cohorts.is_complete.all()
