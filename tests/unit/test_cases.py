"""The four cases: the same bytes from the same seed, files that their configurations can read, the dirt that is counted, and truths that plain pandas finds."""

import csv
import fnmatch
import io
import re
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.data.cases.case import CASES, make_case, write_case
from analysis.errors import ConfigurationError

CONFIGURATIONS = Path(__file__).resolve().parents[2] / "cases"
INPUTS = ("transactions", "customers", "feedback", "events")


@cache
def case(name):
    return make_case(name, customers=150)


def settings(name) -> dict:
    return tomllib.loads((CONFIGURATIONS / name / "workbook.toml").read_text(encoding="utf-8"))


def records(name, pattern) -> list[dict[str, str]]:
    """Read the files of a pattern with the csv module of the standard library."""
    delimiter = ";" if name == "manufacturer" else ","
    found = []
    for file, contents in case(name).files.items():
        if fnmatch.fnmatch(file, pattern):
            text = contents.decode("gb18030" if name == "ecommerce" else "utf-8-sig")
            found += [row | {"_file": file} for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)]
    assert found
    return found


def orders(name) -> pd.DataFrame:
    """Read the order files under our column names."""
    source = settings(name)["inputs"]["transactions"]
    theirs = {theirs: ours for ours, theirs in (source["columns"] | source.get("attributes", {})).items()}
    return pd.DataFrame(records(name, source["files"][0])).rename(columns=theirs)


def test_there_are_four_and_each_has_its_configuration():
    assert set(CASES) == {"retailer", "ecommerce", "manufacturer", "education"} == {path.parent.name for path in CONFIGURATIONS.glob("*/workbook.toml")}


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others():
    first, again, other = (make_case("retailer", seed=seed, customers=60).files for seed in (3, 3, 4))
    assert first == again
    assert first["till-2025.csv"] != other["till-2025.csv"]


@pytest.mark.parametrize("name", CASES)
def test_the_configuration_finds_every_column_it_names(name):
    """In every file that a pattern takes, and no order file is left over."""
    inputs = settings(name)["inputs"]
    assert set(inputs) <= set(INPUTS)
    for source in inputs.values():
        taken = {row["_file"]: set(row) for row in records(name, source["files"][0])}
        for file, headers in taken.items():
            assert set((source["columns"] | source.get("attributes", {})).values()) <= headers, file
    patterns = [pattern for source in inputs.values() for pattern in source["files"]]
    assert {file for file in case(name).files if not any(fnmatch.fnmatch(file, pattern) for pattern in patterns)} == {"truth.csv", "README.md"}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_in_the_files_is_as_often_as_it_is_said(name):
    said = case(name).dirt.groupby("kind")["count"].sum()
    lines = orders(name)
    statuses = tomllib.loads((Path(make_case.__code__.co_filename).parent / f"{name}.toml").read_text(encoding="utf-8"))["files"]["statuses"]
    found = {
        "cancelled order": (lines.status == statuses["cancelled"]).sum(),
        "test order": (lines.customer_id == "TEST").sum(),
        "unreadable date": (lines.ordered_at == "?").sum(),
        "unreadable quantity": (lines.quantity == "-").sum(),
        "exact duplicate line": lines.duplicated().sum(),
        "customer number disguised": lines.customer_id.str.contains("[０-９\u00a0]").sum(),
        "sale without customer": ((lines.customer_id == "") & (lines.get("email", "") == "")).sum(),
    }
    assert {kind: count for kind, count in found.items() if count} == {kind: count for kind, count in said.items() if kind != "customer listed twice"}
    clean = len(lines) - sum(count for kind, count in found.items() if kind != "customer number disguised")
    assert clean == len(case(name).made.lines)
    people = pd.DataFrame(records(name, settings(name)["inputs"]["customers"]["files"][0]))
    assert people.duplicated().sum() == said["customer listed twice"] >= 1


@pytest.mark.parametrize("name", CASES)
def test_nobody_is_real_and_only_one_person_has_a_contact(name):
    people = case(name).made.customers
    assert people.email.str.lower().str.endswith("@example.com").all()
    kept_for_inventions = r"(1380000\d{4}|07700 900\d{3}|030 23125 \d{3}|\+86 138-0000-\d{4}|\+44 7700-900\d{3}|\+49 30-23125-\d{3})?"
    assert people.phone.str.fullmatch(kept_for_inventions).all()
    first = people[~people.customer_id.isin(case(name).made.truth.second_number.dropna())]
    assert not first.email.duplicated().any()
    assert not first.phone[first.phone != ""].duplicated().any()
    assert not first.duplicated(["name", "city"]).any()
    assert len(people) - len(first) >= 2


@pytest.mark.parametrize("name", CASES)
def test_nothing_comes_back_that_was_not_bought(name):
    lines = case(name).made.lines
    assert lines.is_return.any()
    key = [lines.order_id.str.removeprefix("R"), lines.customer_id, lines.product_id, lines.unit_price]
    assert (lines.quantity.groupby(key).sum() >= 0).all()
    assert not lines.duplicated(["order_id", "product_id"]).any()


@pytest.mark.parametrize("name", CASES)
def test_those_who_love_a_discount_buy_what_is_reduced(name):
    made = case(name).made
    bought = made.lines[~made.lines.is_return]
    reduced = (bought.discount > 0).groupby(bought.customer_id.isin(made.truth[made.truth.discount_lover].customer_id)).mean()
    assert reduced[True] > 0.8 and reduced[False] < 0.3


@pytest.mark.parametrize("name", CASES)
def test_the_dissatisfied_spend_much_and_say_so_whatever_they_are_asked(name):
    made = case(name).made
    poor = set(made.truth[made.truth.dissatisfied].customer_id)
    spent = (made.lines.quantity * made.lines.unit_price).astype(float).groupby(made.lines.customer_id).sum()
    assert min(spent[sorted(poor)]) > spent.median()
    answers = made.feedback[made.feedback.customer_id.isin(poor)]
    assert set(answers.customer_id) == poor
    assert answers[answers.kind == "csat"].score.max() <= 2 and answers[answers.kind == "nps"].score.max() <= 5
    assert answers.groupby("customer_id").kind.nunique().eq(2).all()
    assert made.feedback[~made.feedback.customer_id.isin(poor) & (made.feedback.kind == "csat")].score.mean() > 4


@pytest.mark.parametrize("name", CASES)
def test_a_person_with_two_numbers_has_orders_under_both(name):
    """Unless there was only one order."""
    made, lines = case(name).made, orders(name)
    for row in made.truth.dropna(subset=["second_number"]).itertuples():
        bought = made.lines[(made.lines.customer_id == row.customer_id) & ~made.lines.is_return].order_id.nunique()
        under = [lines.customer_id.str.strip().str.strip("\u00a0").str.normalize("NFKC").eq(number).any() for number in (row.customer_id, row.second_number)]
        assert under == [True, bought > 1]


def test_guests_of_the_platform_leave_an_address_and_no_number():
    made, lines = case("ecommerce").made, orders("ecommerce")
    truth, nameless = made.truth.set_index("customer_id"), lines[(lines.customer_id == "") & (lines.email != "")]
    theirs = truth.reset_index().set_index("email").customer_id
    assert set(nameless.email.map(theirs)) == set(truth.index[truth.is_guest | truth.guest_orders.notna()])
    assert not set(truth.index[truth.is_guest]) & set(made.customers.customer_id)
    counted = nameless[~nameless.order_id.str.startswith(("R", "9"))].groupby("email").order_id.nunique().rename(theirs)
    known = truth.guest_orders.dropna()
    assert len(known) >= 3
    pd.testing.assert_series_equal(counted[known.index].astype(float), known, check_names=False)


def test_branches_belong_to_a_firm_of_their_industry_in_another_town():
    firms = case("manufacturer").made.customers.set_index("customer_id")
    branches = firms[(firms.parent_id != "") & ~firms.index.str.startswith("A9")]
    heads = firms.loc[branches.parent_id]
    assert len(branches) >= 10
    assert (heads.parent_id == "").all() and (heads.company_size == "large").all()
    assert (heads.industry.to_numpy() == branches.industry.to_numpy()).all()
    assert (heads.city.to_numpy() != branches.city.to_numpy()).all()


def test_progress_is_that_of_the_last_lesson():
    made = case("education").made
    lessons = made.events[made.events.kind == "lesson"]
    last = lessons.sort_values(["occurred_at", "object"], kind="stable").groupby("customer_id").value.last()
    known = made.truth.set_index("customer_id").progress.dropna()
    pd.testing.assert_series_equal(last.astype(float).sort_index(), known.sort_index(), check_names=False)
    assert known.between(0, 1).all() and known.max() == 1.0
    within = lessons.groupby(["customer_id", "object"]).value.agg(lambda shares: bool(np.all(np.diff(shares.astype(float)) >= 0)))
    assert within.all()


def test_nobody_takes_a_course_twice():
    lines = case("education").made.lines
    assert not lines[~lines.is_return].duplicated(["customer_id", "product_id"]).any()


@pytest.mark.parametrize("name", CASES)
def test_every_case_has_its_words_in_both_languages(name):
    words = settings(name)["words"]
    in_tables = [{key for key in words[lang] if not key.startswith("who-")} for lang in ("en", "zh")]
    assert in_tables[0] == in_tables[1] and len(in_tables[0]) > 20
    named = {key.removeprefix("segment-") for key in words["en"] if key.startswith("segment-")}
    assert named == {key.removeprefix("action-") for key in words["en"] if key.startswith("action-")}
    assert all(re.search("[\u4e00-\u9fff]", text) for text in words["zh"].values())
    assert not any(re.search("[\u4e00-\u9fff]", text) for text in words["en"].values())


def test_no_two_cases_call_their_best_customers_the_same():
    for lang in ("en", "zh"):
        assert len({settings(name)["words"][lang]["segment-champions"] for name in CASES}) == len(CASES)


def test_a_case_that_is_none_is_refused():
    with pytest.raises(ConfigurationError, match="no case 'bakery'; there are: retailer, ecommerce, manufacturer, education"):
        make_case("bakery")
    with pytest.raises(ConfigurationError, match="at least 50 customers; got 20"):
        make_case("retailer", customers=20)


def test_a_configuration_of_ones_own_is_not_written_over(tmp_path):
    written = write_case(case("retailer"), tmp_path, configurations=CONFIGURATIONS)
    assert {path.name for path in written} == {*case("retailer").files, "workbook.toml"}
    assert (tmp_path / "workbook.toml").read_bytes() == (CONFIGURATIONS / "retailer" / "workbook.toml").read_bytes()
    write_case(case("retailer"), tmp_path, configurations=CONFIGURATIONS)
    (tmp_path / "workbook.toml").write_text("name = 'mine'")
    with pytest.raises(ConfigurationError, match="is not the configuration of this case"):
        write_case(case("retailer"), tmp_path, configurations=CONFIGURATIONS)
    assert (tmp_path / "workbook.toml").read_text() == "name = 'mine'"
