"""Who is a customer, since when, and what the master adds."""

import datetime as dt
from decimal import Decimal

import pytest

from shops import look, open_shop, rules

LINES = [
    ("a", "2024-01-05", "1", "p", 2, "10"), ("a", "2024-01-25", "2", "p", 1, "10"), ("a", "2024-01-25", "2", "q", 1, "2.5"), ("b", "2024-01-31", "3", "p", 1, "4"),
    ("c", "2024-01-10", "4", "p", 1, "4"), ("c", "2024-01-20", "5", "p", -1, "4"), ("d", "2024-01-11", "6", "gift", 1, "0"), ("e", "2024-01-12", "7", "p", -1, "4"),
]  # fmt: skip
COLUMNS = {"customer_id": "id", "registered_at": "since", "city": "city", "name": "name", "email": "mail", "birth_date": "born"}


def people(folder, *rows, lines=LINES, **choices):
    opened = open_shop(folder, lines, people=rows, people_columns=COLUMNS, **choices)
    return look(opened, "customers").set_index("customer_id")


def test_customers_are_summed_by_hand(tmp_path):
    found = look(open_shop(tmp_path, LINES), "customers").set_index("customer_id")
    base = ["first_order_date", "last_order_date", "recency_days", "frequency", "monetary", "mean_order_value", "tenure_days"]
    assert found.loc["a", base].tolist() == [dt.date(2024, 1, 5), dt.date(2024, 1, 25), 6, 2, Decimal("32.5"), 16.25, 26]
    assert found.loc["b", base].tolist() == [dt.date(2024, 1, 31), dt.date(2024, 1, 31), 0, 1, 4, 4.0, 0]
    assert found.loc["c", base].tolist() == [None, None, None, 0, 0, None, None]
    assert found.lifecycle_stage.to_dict() == {"a": "active", "b": "new", "c": "cancelled_only", "d": "prospect", "e": "cancelled_only"}


def test_the_master_adds_people_and_attributes_but_no_contacts(tmp_path):
    found = people(
        tmp_path, ("a", "2023-12-01", "Bath", "Ann", "a@b.c", "1980-01-01"), ("p", "2024-01-03", "北京", "王", "", ""), ("q", "2024-02-01", "x", "", "", "")
    )
    assert sorted(found.index) == ["a", "b", "c", "d", "e", "p"]
    assert found.city.to_dict() == {"a": "Bath", "b": None, "c": None, "d": None, "e": None, "p": "北京"}
    assert found.loc["p", ["frequency", "monetary", "lifecycle_stage", "segment", "r_score"]].tolist() == [0, 0, "prospect", None, None]
    assert not {"name", "email", "birth_date", "first_seen", "had_returns"} & set(found.columns)


def test_everybody_in_the_master_has_a_stage_with_or_without_a_day(tmp_path):
    opened = open_shop(tmp_path, LINES, people=[("p", "", "", "", "", ""), ("a", "", "", "", "", "")], people_columns=COLUMNS, as_of="2024-03-15")
    assert look(opened, "customers").set_index("customer_id").lifecycle_stage["p"] == "prospect"
    stages = look(opened, "stages")
    assert stages[stages.stage == "prospect"].customers.tolist() == [2, 2, 2]  # p since the data begin, and d


def test_who_registers_after_as_of_is_known_by_orders_only(tmp_path):
    found = people(tmp_path, ("a", "2024-03-01", "Bath", "", "", ""), as_of="2024-01-31")
    assert found.loc["a", ["frequency", "city"]].tolist() == [2, None]


def test_of_two_rows_the_last_counts_and_the_other_is_set_aside(tmp_path):
    opened = open_shop(
        tmp_path, LINES, people=[("a", "", "Bath", "Ann", "", ""), ("a", "", "York", "Ann", "", ""), ("", "", "Nowhere", "Bob", "", "")], people_columns=COLUMNS
    )
    assert look(opened, "customers").set_index("customer_id").city["a"] == "York"
    aside = look(opened, "quarantine")
    assert aside.rule.tolist() == ["customer_master"] * 2 and aside.source_row.tolist() == [2, 4]
    assert not any("Ann" in raw or "Bob" in raw for raw in aside.raw)


def test_ids_are_text_whatever_is_in_them(tmp_path):
    odd = ["00123", "123", "o'neil", 'quo"te', "王-🎁", "-1", "=1+1", "a,b", "1e3"]
    opened = open_shop(tmp_path, [(who, "2024-01-05", str(number), "p", 1, "10") for number, who in enumerate(odd)])
    assert sorted(look(opened, "customers").customer_id) == sorted(odd)


def test_attributes_of_any_name_come_along(tmp_path):
    names = ["monetary", "segment", "z0", "d1", "cell_r", "first", "registered", "day", "group", "order"]
    lines = [(who, f"2024-01-{day:02d}", who, "p", day, day) for day, who in enumerate("abcdefgh", 1)]
    opened = open_shop(
        tmp_path, lines, people=[("a", *names)], people_columns={"customer_id": "id"}, people_attributes={name: f"their {name}" for name in names}, clusters={"k": 3}
    )  # fmt: skip
    found = look(opened, "customers").set_index("customer_id").loc["a"]
    ours = {"monetary", "segment"}
    assert {name: found[f"own_{name}" if name in ours else name] for name in names} == {name: name for name in names}
    assert found.monetary == 1 and found.cluster in (1, 2, 3)


@pytest.mark.parametrize(("rule", "stage"), [("excluded", None), ("test_orders", None), ("non_product", "prospect")])
def test_whose_lines_all_leave_is_known_where_they_were_a_customer(tmp_path, rule, stage):
    opened = open_shop(tmp_path, LINES, cleaning=rules({"rule": rule, "column": "customer_id", "values": ["b"]}))
    assert look(opened, "customers").set_index("customer_id").lifecycle_stage.to_dict().get("b") == stage
