"""One spelling for contacts, keys for words, ages and markets, and several rows of a person made one."""

import datetime as dt

import ibis
import pandas as pd
import pytest

from analysis.data import contacts, people
from analysis.data.attributes import count_by, count_known
from analysis.errors import ConfigurationError
from shops import configure, look, open_shop, table

AS_OF = dt.date(2024, 2, 28)
LINES = [["a", "2023-02-01", "1", "P", 2, "3.00"], ["z", "2023-02-03", "2", "P", 1, "3.00"]]
MASTER = {
    "customer_id": "id", "name": "name", "email": "mail", "phone": "phone", "city": "city", "type": "kind", "gender": "sex", "country": "country",
    "birth_date": "born", "registered_at": "since", "parent_id": "parent", "industry": "trade",
}  # fmt: skip


def person(**values):
    return [values.get(column, "") for column in MASTER]


def spell(function, *values, **options):
    """Put values through an expression of one column of text."""
    rows = table([{"n": number, "text": value} for number, value in enumerate(values)], n="int64", text="string")
    found = rows.select("n", found=function(rows.text, **options)).order_by("n").execute().found
    return [None if pd.isna(value) else value for value in found]


@pytest.mark.parametrize(
    ("country", "written", "number"),
    [
        ("86", "138 0000-0001", "13800000001"),
        ("86", "＋86 １３８０００００００１", "13800000001"),
        ("86", "008613800000001", "13800000001"),
        ("86", "8613800000001", "13800000001"),
        ("86", "(010) 6552 9988", "1065529988"),
        ("86", "+86 10 6552 9988", "1065529988"),
        ("86", "+44 20 7946 0018", "+442079460018"),
        ("86", "0044 20 7946 0018", "+442079460018"),
        ("86", "86552998", "86552998"),  # eight digits that begin with 86 are a number of a town
        ("44", "020 7946 0018", "2079460018"),
        ("44", "+44 (0)20 7946 0018", "2079460018"),
        ("1", "1-212-555-0147", "2125550147"),
        ("1", "212-555-0147", "2125550147"),
        ("1", "+86 138 0000 0001", "+8613800000001"),
        ("86", "000000000", None),
        ("86", "11111111", None),
        ("86", "12345", None),
        ("86", "138000000011380000000213800000003", None),
        ("86", "none", None),
        ("86", "", None),
        ("86", None, None),
    ],
)
def test_a_phone_number_is_its_digits(country, written, number):
    assert spell(contacts.normal_phone, written, country=country) == [number]


def test_an_email_is_lower_case_and_nothing_cleverer():
    assert spell(contacts.normal_email, " Ann.Lee+Shop@Example.COM ", "ann＠example.com", "\u200bann@example.com", "ann@example", "a b@x.com", "@", "", None) == [
        "ann.lee+shop@example.com", "ann@example.com", "ann@example.com", None, None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("is_firm", "written", "name"),
    [
        (False, "  Sophie   WALKER ", "sophiewalker"),
        (False, "Ｓｏｐｈｉｅ　Walker", "sophiewalker"),
        (False, "O’Brien", "obrien"),
        (False, "Jean-Luc Weiß", "jeanlucweiss"),
        (False, "李\u200b 强", "李强"),
        (False, "Acme Ltd", "acmeltd"),  # a person may be called so
        (True, "Acme Ltd.", "acme"),
        (True, "ACME Co., Limited", "acme"),
        (True, "Müller GmbH & Co. KG", "müller"),
        (True, "上海云帆物业服务有限公司", "上海云帆物业服务"),
        (True, "华星（集团）股份有限公司", "华星集团"),
        (True, "Co. Ltd", "co"),  # nothing would be left otherwise than of its first word
        (True, "有限公司", "有限公司"),
        (False, "...", None),
        (False, "", None),
    ],
)
def test_a_name_is_its_letters_and_a_firm_has_no_legal_form(is_firm, written, name):
    assert spell(lambda text: contacts.normal_name(text, is_firm=ibis.literal(is_firm)), written) == [name]


def test_a_city_is_a_city_with_or_without_its_suffix():
    assert spell(contacts.normal_city, "上海市", " 上海 ", "New  York", "new york", "") == ["上海", "上海", "newyork", "newyork", None]


def test_words_become_keys_and_strange_words_stay():
    assert spell(people.to_key, "男", " F ", "女士", "Mr.", "divers", "", None, attribute="gender") == [
        "male",
        "female",
        "female",
        "male",
        "divers",
        None,
        None,
    ]
    assert spell(people.to_key, "企业", "Consumer", "Corporate", "Home Office", "小型企业", "个人", attribute="type") == [
        "enterprise", "individual", "enterprise", "Home Office", "小型企业", "individual",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2006-02-28", "18-24"),  # eighteen today
        ("2006-03-01", "0-17"),  # tomorrow's birthday
        ("1999-02-28", "25-34"),
        ("1996-02-29", "25-34"),
        ("1959-02-28", "65+"),
        ("1959-03-01", "55-64"),
        ("1904-02-28", "65+"),  # 120 today
        ("1903-02-28", None),
        ("2024-02-28", "0-17"),
        ("2024-02-29", None),  # not born yet
        (None, None),
    ],
)
def test_an_age_has_a_band(born, band):
    rows = table([{"born": born and dt.datetime.fromisoformat(born)}], born="timestamp")
    right = rows.mutate(born=ibis.ifelse(people.is_impossible(rows.born, AS_OF), ibis.null("timestamp"), rows.born))
    found = right.select(band=people.band_age(right.born, AS_OF, (18, 25, 35, 45, 55, 65))).execute().band[0]
    assert (None if pd.isna(found) else found) == band


def test_attributes_are_told_in_one_spelling(tmp_path):
    opened = open_shop(
        tmp_path, LINES,
        people=[
            person(customer_id="a", name="Ann", country="UK", gender="f", type="Consumer", birth_date="1990-02-03"),
            person(customer_id="b", name="Bo", country="FR", gender="男", type="企业", birth_date="2300-01-01"),
            person(customer_id="c", name="Cy", country="uk ", gender="x", type="school"),
        ],
        people_columns=MASTER, identity={"home": "UK"},
    )  # fmt: skip
    found = look(opened, "known").set_index("customer_id")
    assert found.loc[["a", "b", "c", "z"], ["gender", "type", "age_band", "market"]].values.tolist() == [
        ["female", "individual", "25-34", "domestic"], ["male", "enterprise", None, "international"], ["x", "school", None, "domestic"], [None] * 4,
    ]  # fmt: skip
    assert [(note.key, note.values) for note in opened.get("people_notes")] == [("people-births", {"n": 1})]


def test_home_is_where_most_customers_are_and_that_is_said(tmp_path):
    rows = [person(customer_id="a", country="FR"), person(customer_id="b", country="UK"), person(customer_id="c", country="UK"), person(customer_id="d")]
    opened = open_shop(tmp_path, LINES, people=rows, people_columns=MASTER)
    assert look(opened, "known").set_index("customer_id").market.to_dict() == {"a": "international", "b": "domestic", "c": "domestic", "d": None, "z": None}
    assert [(note.key, note.values) for note in opened.get("people_notes")] == [("people-home", {"country": "UK"})]


def test_what_is_not_mapped_is_not_made_up_and_own_attributes_keep_their_names(tmp_path):
    columns = {"customer_id": "id", "country": "country", "birth_date": "born"}
    opened = open_shop(
        tmp_path, LINES, people=[["a", "UK", "1990-02-03", "wholesale", "young"]], people_columns=columns, people_attributes={"market": "m", "age_band": "age"}
    )
    assert look(opened, "known").set_index("customer_id").loc["a", ["market", "age_band"]].tolist() == ["wholesale", "young"]
    bare = open_shop(tmp_path / "bare", LINES, people=[["a"]], people_columns={"customer_id": "id"})
    assert not {"market", "age_band"} & set(look(bare, "known").columns)


def test_rows_of_one_person_are_one_row(tmp_path):
    same = {"name": "Ann Lee", "email": "ann@x.com"}
    opened = open_shop(
        tmp_path, LINES,
        people=[
            person(customer_id="new", registered_at="2023-03-01", city="Rome", industry="law", type="individual", **same),
            person(customer_id="newest", registered_at="2023-04-01", city="Oslo", type="individual", **same),
            person(customer_id="a", registered_at="2023-01-05", type="individual", **same),
            person(customer_id="branch", name="Bo", parent_id="newest"),
        ],
        people_columns=MASTER, as_of="2023-05-01",
    )  # fmt: skip
    found = look(opened, "known").set_index("customer_id")
    assert sorted(found.index) == ["a", "branch", "z"]
    # of the first there is no city: that of the row registered last; the trade is told by one row only
    assert found.loc["a", ["type", "city", "industry", "first_seen"]].tolist() == ["individual", "Oslo", "law", dt.date(2023, 1, 5)]
    assert found.loc["branch", "parent_id"] == "a"


def test_what_is_known_is_counted():
    rows = table([{"customer_id": "a", "x": "p", "y": "u"}, {"customer_id": "b", "x": "p", "y": None}, {"customer_id": "c", "x": None, "y": None},
                  {"customer_id": "d", "x": "q", "y": None}], customer_id="string", x="string", y="string")  # fmt: skip
    assert count_known(rows, ["x", "y"]).values.tolist() == [["x", 3, 0.75, 2], ["y", 1, 0.25, 1]]


def test_money_by_an_attribute_adds_up_and_small_values_stand_together():
    groups = [("big", 20, "2.50"), ("mid", 10, "1.00"), ("small", 9, "3.00"), ("tiny", 1, "100.00"), (None, 10, "0.10")]
    rows = [{"customer_id": f"{value}{n}", "x": value, "monetary": money} for value, count, money in groups for n in range(count)]
    made = table(rows, customer_id="string", x="string", monetary="string")
    found = count_by(made.mutate(monetary=made.monetary.cast("decimal(38,4)")), ["x"])
    # 50 + 10 + (27 + 100) + 1 = 188, of 50 customers
    assert [(row.kind, row.value if row.kind == "value" else None, row.values_, row.customers, row.monetary, row.share) for row in found.rename(columns={"values": "values_"}).itertuples()] == [
        ("value", "big", 1, 20, 50.0, 0.4), ("value", "mid", 1, 10, 10.0, 0.2), ("other", None, 2, 10, 127.0, 0.2), ("unknown", None, 0, 10, 1.0, 0.2),
    ]  # fmt: skip
    assert found.money_share.tolist() == pytest.approx([50 / 188, 10 / 188, 127 / 188, 1 / 188])


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"age_bands": [25, 18]}, "age_bands ascend"),
        ({"phone_country": "+86"}, "phone_country"),
        ({"merge": "fuzzy"}, "merge"),
        ({"threshold": 0.2}, "threshold"),
    ],
)
def test_wrong_settings_are_named(tmp_path, choices, words):
    with pytest.raises(ConfigurationError, match=words):
        configure(tmp_path, {"lines.csv": LINES}, identity=choices)


def test_same_person_is_no_rule_to_be_listed(tmp_path):
    with pytest.raises(ConfigurationError, match=r"under \[identity\]"):
        configure(tmp_path, {"lines.csv": LINES}, cleaning=[{"rule": name} for name in ("unreadable", "same_person", "after_as_of", "anonymous", "returns")])
