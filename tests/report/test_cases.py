"""The four cases from the command to the published report: nobody is lost or doubled, what was planted is found, and each speaks its own words."""

from decimal import Decimal

import pandas as pd
import pytest
from told_cases import LANGUAGES

from analysis.config import load_config
from analysis.recipes.wording import open_texts


def spent(told, by=None) -> pd.Series:
    """Sum up what each person kept, from the clean lines, without any of our cleaning."""
    lines = told.case.made.lines
    money = lines.quantity.map(Decimal) * lines.unit_price
    return money.groupby(lines.customer_id if by is None else lines.customer_id.map(by)).sum()


def published(told) -> pd.Series:
    """Give the published money of those who kept something, each under the person's own number."""
    table = told.table("customers")
    bought = table[table.frequency > 0].set_index("customer_id").monetary
    return bought.rename(index=lambda key: told.person.get(key, key))


def facts(told) -> pd.DataFrame:
    """Set what is true of each customer beside what is published."""
    table = told.table("customers")
    truth = told.case.made.truth.set_index("customer_id")
    table.index = [told.person.get(key, key) for key in table.customer_id]
    return truth.join(table.rename(columns={name: f"{name}_published" for name in truth.columns}), how="inner")


@pytest.mark.parametrize("name", ["retailer", "education"])
def test_every_person_has_exactly_the_money_that_was_planted(name, told_case):
    """To the cent, for every buyer; those with two numbers among them."""
    told = told_case(name)
    expected, found = spent(told), published(told)
    assert not found.index.duplicated().any()
    assert found.to_dict() == expected[expected > 0].to_dict()
    assert told.case.made.truth.second_number.notna().sum() >= 3


def test_guests_are_known_by_their_address(told_case):
    """A member's orders without signing in are the member's; guests who never signed up are one customer for each address."""
    told = told_case("ecommerce")
    truth = told.case.made.truth.set_index("customer_id")
    expected, found = spent(told), published(told)
    guests, strangers = truth.index[truth.is_guest], [key for key in found.index if key not in truth.index]
    assert truth.guest_orders.notna().sum() >= 10 and len(guests) >= 8
    members = expected[(expected > 0) & ~expected.index.isin(guests)]
    assert found.drop(strangers).to_dict() == members.to_dict()
    assert sorted(found[strangers]) == sorted(expected[expected.index.isin(guests) & (expected > 0)])


def test_branches_count_with_the_firm_they_belong_to(told_case):
    told = told_case("manufacturer")
    heads = told.case.made.truth.set_index("customer_id")["head"]
    expected = spent(told, by=heads)
    branches = heads.index[heads != heads.index]
    assert len(branches) >= 10
    assert published(told).to_dict() == expected[expected > 0].to_dict()
    assert not set(branches) & set(told.table("customers").customer_id)


@pytest.mark.parametrize("name", ["retailer", "education"])
def test_those_who_love_a_discount_are_found(name, told_case):
    """A tag of the pack, by shares of orders: everybody who was planted and bought twice, and few others."""
    buyers = facts(told_case(name)).query("frequency >= 3")
    tagged = buyers.tag_discount_lover.astype(bool)
    assert buyers.discount_lover.sum() >= 5
    assert tagged[buyers.discount_lover].mean() >= 0.95
    assert tagged[~buyers.discount_lover].mean() <= 0.15
    assert (buyers[tagged].discount_sensitivity == "high").all()


@pytest.mark.parametrize("name", LANGUAGES)
def test_whoever_spends_much_and_is_dissatisfied_is_tagged(name, told_case):
    told = told_case(name)
    table = facts(told)
    planted = table[table.dissatisfied & (table.value_tier == "high")]
    assert len(planted) >= 3
    if name == "manufacturer":  # an account is asked as a whole: an answer of a branch that is content may be the last
        assert planted.tag_high_value_unhappy.mean() >= 0.6
    else:
        assert planted.tag_high_value_unhappy.all()
    content = table[~table.dissatisfied & table.csat.notna()]
    assert content.tag_high_value_unhappy.astype(bool).mean() < 0.2


def test_progress_is_that_of_the_truth(told_case):
    """For every student with one number: lessons and answers are told under the first."""
    table = facts(told_case("education"))
    assert table.progress.notna().sum() > 100
    pd.testing.assert_series_equal(table.progress_published, table.progress.astype(float), check_names=False)
    assert (table.lessons_published.fillna(0) == table.lessons.fillna(0)).all()
    expected = table.progress.map(lambda share: "finished" if share >= 0.95 else "over_half" if share >= 0.5 else "begun", na_action="ignore")
    pd.testing.assert_series_equal(table.tag_progress.dropna(), expected.dropna(), check_names=False, check_dtype=False)
    learning = table.progress.map(lambda share: "completing" if share >= 0.8 else "under_way" if share >= 0.4 else "behind", na_action="ignore")
    pd.testing.assert_series_equal(table.learning.dropna(), learning.dropna(), check_names=False, check_dtype=False)


def test_a_firm_under_a_frame_contract_is_tagged(told_case):
    """What was mostly bought under: for firms without branches and second numbers it is the contract of every order."""
    told = told_case("manufacturer")
    table = facts(told)
    heads = told.case.made.truth["head"].value_counts()
    alone = table[table.index.isin(heads.index[heads == 1]) & (table.frequency > 0)]
    assert len(alone) >= 40 and alone.frame_contract.any()
    assert (alone.tag_frame_contract.astype(bool) == alone.frame_contract).all()


def test_who_lives_abroad_is_international(told_case):
    table = told_case("manufacturer").table("customers")
    assert set(table.market.dropna()) == {"domestic", "international"}
    assert ((table.country == "Germany") == (table.market == "domestic"))[table.country.notna()].all()


@pytest.mark.parametrize("name", LANGUAGES)
def test_each_speaks_its_own_words_on_pages_and_in_the_excel_file(name, told_case):
    told = told_case(name)
    config = load_config(told.folder / "workbook.toml")
    texts, table = open_texts(config, told.lang), told.table("customers")
    page, cells = told.page("02_rfm"), {cell for row in told.sheet(1) for cell in row}
    held = [key for key in table.segment.dropna().unique() if key != "unclassified"]
    assert len(held) >= 4
    for key in held:
        own = config.words.spoken(told.lang)[f"segment-{key.replace('_', '-')}"]
        assert texts.label("segment", key) == own
        assert own in page and own in cells, own
    action = config.words.spoken(told.lang)[f"action-{held[0].replace('_', '-')}"]
    assert any(action in cell for rows in told.sheets.values() for row in rows for cell in row)
    assert config.words.spoken(told.lang)["column-customer-id"] in told.sheet(1)[0]


@pytest.mark.parametrize("name", LANGUAGES)
def test_no_page_or_notebook_names_a_person(name, told_case):
    told = told_case(name)
    people = told.case.made.customers
    secrets = {value for column in ("name", "phone", "email", "address") for value in people[column] if len(value) >= 6}
    assert len(secrets) > 300
    for path in [*told.report.rglob("*.html"), *told.report.rglob("*.ipynb")]:
        text = path.read_text(encoding="utf-8")
        assert not [secret for secret in secrets if secret in text], path.name
