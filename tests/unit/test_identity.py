"""Who is one: persons, guests and accounts written out by hand, and what becomes of their orders and money."""

import datetime as dt
import itertools
import random
from decimal import Decimal

import pytest

from analysis.engine import open_engine
from analysis.errors import ConfigurationError
from analysis.models.identity import components, matching, near
from shops import COLUMNS, configure, look, open_shop, rules, steps, table

PEOPLE = {
    "customer_id": "id", "name": "name", "email": "mail", "phone": "phone", "city": "city", "type": "kind", "registered_at": "since", "parent_id": "parent",
    "birth_date": "born",
}  # fmt: skip
NARROW = {**dict.fromkeys(("customer_id", "name", "email", "phone", "city", "type", "parent_id"), "string"), "birth_date": "date"}
CONTACTS = {**COLUMNS, "email": "mail", "phone": "tel"}


def person(number, name, email="", phone="", **more):
    return [{"customer_id": number, "name": name, "email": email, "phone": phone, **more}.get(column, "") for column in PEOPLE]


# by hand: 2 and 4 share name and e-mail, 4 and 7 name and phone, so 2, 4 and 7 are one, and 4 was there first; 3 shares a phone with 1 by chance; 5 and 6 an e-mail
# without a name, or with another one; 8 is a firm, 9 a man of its name; 10 and 11 are branches of 8 in two cities, 12 is 10 again
HAND = [
    person("1", "Li Wei", "", "138 0000 0001", registered_at="2023-01-01"),
    person("2", "Ann Lee", "ann@x.com", "1380000 9999", registered_at="2023-03-01"),
    person("3", "Wang Fang", "", "13800000001", registered_at="2023-01-01"),
    person("4", "ANN  LEE", "Ann@X.com ", "+86 13800008888", registered_at="2023-02-01"),
    person("5", "", "ann@x.com", "", registered_at="2022-01-01"),
    person("6", "Bob Lee", "ann@x.com", "", registered_at="2022-01-01"),
    person("7", "Ann-Lee", "", "86 138 0000 8888", registered_at="2023-03-01"),
    person("8", "Acme Ltd.", "info@acme.com", "", type="enterprise"),
    person("9", "Acme", "info@acme.com", "", type="individual"),
    person("10", "ACME Limited", "info@acme.com", "", type="enterprise", parent_id="8", city="Bath"),
    person("11", "Acme Ltd", "info@acme.com", "", type="enterprise", parent_id="8", city="Wells"),
    person("12", "Acme Co. Ltd", "info@acme.com", "", type="enterprise", parent_id="8", city="bath"),
    person("13", "Test", "no@mail.com", "", registered_at="2031-01-01"),  # not known at as-of
    person("14", "Test", "no@mail.com", ""),
]
FOUND = {("2", "4", "email"), ("7", "4", "phone"), ("12", "10", "email")}
LINES = [
    ["2", "2023-04-01", "A1", "P", 3, "5.00"], ["4", "2023-04-02", "A2", "P", 1, "5.00"], ["7", "2023-04-20", "A3", "P", -2, "5.00"],
    ["1", "2023-04-03", "A4", "Q", 1, "7.00"], ["3", "2023-04-03", "A5", "Q", 2, "7.00"],
    ["8", "2023-04-05", "A6", "Q", 1, "50.00"], ["10", "2023-04-05", "A7", "Q", 1, "20.00"], ["11", "2023-04-06", "A8", "Q", 1, "10.00"],
    ["12", "2023-04-06", "A9", "Q", 1, "1.00"],
]  # fmt: skip


def found_in(opened):
    return {tuple(row) for row in look(opened, "identities").values}


def bought(opened):
    frame = look(opened, "described")
    return {row.customer_id: (row.frequency, Decimal(row.monetary)) for row in frame.itertuples()}


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_persons_are_found_whatever_the_order_of_rows(tmp_path, seed):
    rows, lines = list(HAND), list(LINES)
    if seed:
        random.Random(seed).shuffle(rows)  # noqa: S311
        random.Random(seed).shuffle(lines)  # noqa: S311
    opened = open_shop(tmp_path, lines, people=rows, people_columns=PEOPLE)
    assert found_in(opened) == FOUND
    # 4: 3 + 1 bought, 2 given back under another number, newest first: that of A2 and one of A1
    assert bought(opened) == {
        "4": (1, Decimal(10)), "1": (1, Decimal(7)), "3": (1, Decimal(14)), "8": (1, Decimal(50)), "10": (2, Decimal(21)), "11": (1, Decimal(10)),
    }  # fmt: skip
    assert set(look(opened, "known").customer_id) == {"1", "3", "4", "5", "6", "8", "9", "10", "11", "14"}


def test_the_ledger_counts_them_and_nothing_leaves(tmp_path):
    ledger = open_shop(tmp_path, LINES, people=HAND, people_columns=PEOPLE).get("ledger_frame").set_index("rule")
    step = ledger.loc["same_person"]
    assert (step.step, step.action, step.rows, step.amount, step.rows_touched, step.customers) == (3, "changed", 0, 0, 3, 3)  # lines of 2, 7 and 12; 2, 7, 12
    assert (step.rows_after, step.amount_after) == (9, Decimal(15 + 5 - 10 + 7 + 14 + 50 + 20 + 10 + 1))
    assert (ledger.customers["input"], ledger.customers["kept"]) == (9, 6)


def test_where_nothing_is_to_be_changed_there_is_no_step(tmp_path):
    alone = [row for row in HAND if row[0] in ("1", "3", "8")]
    with_master = open_shop(tmp_path, LINES, people=alone, people_columns=PEOPLE)
    assert "same_person" not in steps(with_master) and with_master.get("told") is with_master.intake.lines
    assert "same_person" not in steps(open_shop(tmp_path / "bare", LINES))


def test_nobody_is_merged_where_the_policy_says_so_but_all_are_counted(tmp_path):
    opened = open_shop(tmp_path, LINES, people=HAND, people_columns=PEOPLE, identity={"merge": "none"})
    assert found_in(opened) == set() and len(bought(opened)) == 8  # of 7 there is only a return
    counts = opened.get("identity_counts")
    assert [tuple(row) for row in counts.values] == [
        ("email", "listed", 2, 2, 16.0),  # 2: A1, 15; 12: A9, 1
        ("phone", "listed", 1, 0, 0.0),
        ("shared", "listed", 5, 4, 41.0),  # 1 and 3 (7, 14); of ann@x.com 2, 4 and 6 (15, 5 and nothing)
    ]


def test_what_was_merged_is_counted_by_its_key(tmp_path):
    counts = open_shop(tmp_path, LINES, people=HAND, people_columns=PEOPLE).get("identity_counts").set_index(["key", "action"])
    # by e-mail: 2 (A1: 3 less one that came back is 10) and 12 (A9, 1); by phone: 7 (a return)
    assert counts.loc[[("email", "merged"), ("phone", "merged")]].values.tolist() == [[2, 2, 11.0], [1, 0, 0.0]]


def test_only_lines_up_to_as_of_and_people_registered_by_then_count(tmp_path):
    lines = [["2", "2023-01-05", "0", "P", 1, "1.00"], *LINES]
    opened = open_shop(tmp_path, lines, people=HAND, people_columns=PEOPLE, as_of="2023-02-15")
    assert found_in(opened) == {("12", "10", "email")}  # 2 registers in March
    later = opened.vary("later", as_of=dt.date(2023, 4, 30))
    assert found_in(later) == {("4", "2", "email"), ("7", "2", "phone"), ("12", "10", "email")}  # and has been seen since January


def test_two_orders_of_one_number_stay_two_orders(tmp_path):
    same = [["2", "2023-04-01", "1", "P", 1, "5.00"], ["4", "2023-04-01", "1", "P", 1, "5.00"], ["4", "2023-04-02", "2", "P", 1, "3.00"]]
    opened = open_shop(tmp_path, same, people=HAND, people_columns=PEOPLE)
    assert bought(opened) == {"4": (3, Decimal(13))}
    assert steps(opened)["duplicates"] == (0, 0, 0)  # equal but for the number that they came with
    by_day = open_shop(tmp_path / "day", same, people=HAND, people_columns=PEOPLE, order="day")
    assert bought(by_day) == {"4": (2, Decimal(13))}


def test_an_order_told_again_under_the_other_number_counts_once(tmp_path):
    older = [["2", "2023-04-01", "1", "P", 1, "5.00"], ["2", "2023-04-02", "2", "P", 1, "3.00"], ["1", "2023-04-02", "3", "P", 1, "3.00"]]
    newer = [["4", "2023-04-01", "1", "P", 1, "5.00"], ["4", "2023-04-02", "2", "P", 1, "3.00"], ["1", "2023-04-02", "3", "P", 1, "3.00"]]
    opened = open_shop(tmp_path, {"a.csv": older, "b.csv": newer}, people=HAND, people_columns=PEOPLE)
    assert bought(opened) == {"4": (2, Decimal(8)), "1": (1, Decimal(3))}


def test_who_is_excluded_by_any_of_their_numbers_is_excluded(tmp_path):
    out = {"rule": "excluded", "column": "customer_id"}
    by_own = open_shop(tmp_path, LINES, people=HAND, people_columns=PEOPLE, cleaning=rules(out | {"values": ["2"]}))
    assert steps(by_own)["excluded"] == (1, Decimal(15), 1)  # A1; of A2 nothing is left once A3 has come back, and one piece of A3 finds nothing
    assert steps(by_own)["returns_unmatched"] == (1, Decimal(-5), 1)
    by_person = open_shop(tmp_path / "other", LINES, people=HAND, people_columns=PEOPLE, cleaning=rules(out | {"values": ["4"]}))
    assert "4" not in bought(by_person) and steps(by_person)["excluded"] == (3, Decimal(10), 3)


def test_contacts_of_stand_ins_prove_nothing():
    crowd = [{"customer_id": f"{n:02d}", "name": f"n{n}", "email": "no@mail.com", "phone": "1"} for n in range(11)]
    few = [{"customer_id": f"f{n:02d}", "name": f"m{n}", "email": "us@home.com", "phone": None} for n in range(10)]
    found = matching.drop_stand_ins(table([*crowd, *few], customer_id="string", name="string", email="string", phone="string")).execute()
    assert found.email.dropna().tolist() == ["us@home.com"] * 10 and found.phone.isna().all()


def test_components_of_a_long_chain_a_ring_and_a_star():
    rng = random.Random(5)  # noqa: S311
    names = [f"{n:04d}" for n in range(700)]
    rng.shuffle(names)
    chain, ring, star = names[:500], names[500:600], names[600:]
    pairs = [*itertools.pairwise(chain), *zip(ring, [*ring[1:], ring[0]], strict=True), *((star[0], other) for other in star[1:])]
    both = [{"customer_id": one, "other": other} for pair in pairs for one, other in (pair, pair[::-1])]
    rng.shuffle(both)
    found = components.connect(open_engine(), table(both, customer_id="string", other="string")).execute()
    assert dict(found.values) == {who: min(group) for group in (chain, ring, star) for who in group}


def test_the_top_of_chains_and_circles():
    chain = {f"c{n:03d}": f"c{n + 1:03d}" for n in range(300)}  # c300 is the top
    circle = {"z": "x", "x": "y", "y": "z", "into": "y", "self": "self"}
    links = [{"customer_id": who, "above": above} for who, above in (chain | circle).items()]
    found = components.follow(open_engine(), table(links, customer_id="string", above="string"), "t").execute()
    tops = {row.customer_id: (row.top, row.in_circle) for row in found.itertuples()}
    assert tops == dict.fromkeys(chain, ("c300", False)) | {"z": ("x", True), "x": ("x", True), "y": ("x", True), "into": ("x", True), "self": ("self", True)}


NEAR = [
    # the same number, a letter wrong in the name, the same city
    {"customer_id": "a1", "name": "sophiewalker", "phone": "4411111111", "city": "bath", "type": "individual"},
    {"customer_id": "a2", "name": "sophiewalkr", "phone": "4411111111", "city": "bath", "type": "individual"},
    # a couple with one e-mail, one phone and one home
    {"customer_id": "b1", "name": "王伟", "email": "us@home.cn", "phone": "13800000003", "city": "上海"},
    {"customer_id": "b2", "name": "李芳", "email": "us@home.cn", "phone": "13800000003", "city": "上海"},
    # one name and city, and nothing else
    {"customer_id": "c1", "name": "李娜", "city": "北京"},
    {"customer_id": "c2", "name": "李娜", "city": "北京"},
    # one name, city and day of birth
    {"customer_id": "d1", "name": "刘洋", "city": "北京", "birth_date": dt.date(1990, 5, 1)},
    {"customer_id": "d2", "name": "刘洋", "city": "北京", "birth_date": dt.date(1990, 5, 1)},
    # the same but for both e-mail and phone
    {"customer_id": "e1", "name": "刘洋", "city": "广州", "birth_date": dt.date(1990, 5, 1), "email": "one@x.cn", "phone": "13800000005"},
    {"customer_id": "e2", "name": "刘洋", "city": "广州", "birth_date": dt.date(1990, 5, 1), "email": "two@x.cn", "phone": "13900000006"},
    # a firm and a man, one phone; branches with one phone
    {"customer_id": "f1", "name": "smithsons", "phone": "4422222222", "city": "bath", "type": "enterprise"},
    {"customer_id": "f2", "name": "smithson", "phone": "4422222222", "city": "bath", "type": "individual"},
    {"customer_id": "g1", "name": "acmenorth", "phone": "4433333333", "city": "bath", "parent_id": "f1"},
    {"customer_id": "g2", "name": "acmenort", "phone": "4433333333", "city": "wells", "parent_id": "f1"},
    # numbered addresses of two firms that share a phone by chance
    {"customer_id": "h1", "name": "上海悦来商贸", "email": "buying.e0058@example.com", "phone": "13800000997", "city": "上海"},
    {"customer_id": "h2", "name": "上海盛景商贸", "email": "buying.e0205@example.com", "phone": "13800000997", "city": "上海"},
]  # fmt: skip


@pytest.mark.parametrize("backwards", [False, True])
def test_near_pairs_are_those_a_person_would_name(backwards):
    found = near.pair_nearly(open_engine(), table(NEAR[:: -1 if backwards else 1], **NARROW), threshold=0.95).execute()
    assert {(row.customer_id, row.other) for row in found.itertuples()} == {("a1", "a2"), ("d1", "d2")}
    # a: same phone, nearly the same name, same city, nothing else told. Odds: 1 / 9999 x 0.75 / 0.0002 x 0.19 / 0.004 x 0.9 / 0.1
    odds = 1e-4 / (1 - 1e-4) * (0.75 / 0.0002) * (0.19 / 0.004) * (0.9 / 0.1)
    assert found.set_index("customer_id").chance["a1"] == pytest.approx(odds / (1 + odds), abs=1e-6)


def test_near_persons_are_merged_only_where_the_policy_says_so(tmp_path):
    rows = [person("a", "Sophie Walker", "", "4411111111", city="Bath", registered_at="2023-01-01"), person("b", "Sophie Walkr", "", "4411111111", city="Bath", registered_at="2023-02-01"),
            person("c", "Sophie Walker", "s@x.com", "", city="Bath", registered_at="2023-02-01"), person("d", "Sophie Walker", "s@x.com", "", registered_at="2023-02-02")]  # fmt: skip
    lines = [["a", "2023-03-01", "1", "P", 1, "5.00"], ["b", "2023-03-01", "2", "P", 1, "6.00"], ["d", "2023-03-02", "3", "P", 1, "7.00"]]
    merged = open_shop(tmp_path, lines, people=rows, people_columns=PEOPLE, identity={"merge": "near"})
    assert found_in(merged) == {("b", "a", "near"), ("d", "c", "email")}
    assert merged.get("possible_duplicates").empty and merged.get("duplicates_listed").empty
    listed = open_shop(tmp_path / "exact", lines, people=rows, people_columns=PEOPLE)
    assert found_in(listed) == {("d", "c", "email")} and "near_pairs" not in listed.built
    assert listed.get("possible_duplicates").values.tolist() == [["near", "listed", 2, 2, 11.0]]
    pairs = listed.get("duplicates_listed")
    assert pairs.monetary.tolist() == [11.0] and pairs.customer.str.startswith("C-").all() and pairs.other.str.startswith("C-").all()


ACCOUNTS = [
    person("top", "Top"), person("mid", "Mid", parent_id="top"), person("leaf", "Leaf", parent_id="mid"), person("alone", "Alone", parent_id="nobody"),
    person("x", "X", parent_id="y"), person("y", "Y", parent_id="x"), person("self", "Self", parent_id="self"), person("child", "Child", parent_id="seen"),
]  # fmt: skip
SALES = [[who, "2023-03-01", f"{who}-{n}", "P", n, "2.00"] for n, who in enumerate(("top", "leaf", "leaf", "alone", "x", "y", "seen", "child"), 1)]


def test_accounts_add_up_what_their_branches_buy(tmp_path):
    opened = open_shop(tmp_path, SALES, people=ACCOUNTS, people_columns=PEOPLE)
    assert len(bought(opened)) == 7 and found_in(opened) == set()
    accounts = {row.customer_id: (row.members, row.customers, row.orders, row.monetary) for row in look(opened, "accounts").itertuples()}
    assert accounts == {"top": (3, 2, 3, Decimal(12)), "x": (2, 2, 2, Decimal(22)), "seen": (2, 2, 2, Decimal(30))}  # 2 + 4 + 6; 10 + 12; 14 + 16
    biggest = opened.get("biggest_accounts")
    assert biggest[["branches", "customers", "orders", "monetary"]].values.tolist() == [[1, 2, 2, 30.0], [1, 2, 2, 22.0], [2, 2, 3, 12.0]]
    assert biggest.share.tolist() == pytest.approx([30 / 72, 22 / 72, 12 / 72])  # 64 and 8 of alone
    notes = {note.key: note.values["n"] for note in opened.get("people_notes")}
    assert notes == {"people-parents-missing": 1, "people-parents-circle": 1}


def test_branches_count_with_their_topmost_parent_where_that_is_wanted(tmp_path):
    opened = open_shop(tmp_path, SALES, people=ACCOUNTS, people_columns=PEOPLE, identity={"accounts": "parent"})
    assert found_in(opened) == {("mid", "top", "parent"), ("leaf", "top", "parent"), ("y", "x", "parent"), ("child", "seen", "parent")}
    assert bought(opened) == {"top": (3, Decimal(12)), "alone": (1, Decimal(8)), "x": (2, Decimal(22)), "seen": (2, Decimal(30))}
    assert set(look(opened, "known").customer_id) == {"top", "alone", "x", "self", "seen"}
    assert look(opened, "accounts").set_index("customer_id").monetary.to_dict() == {"top": Decimal(12), "x": Decimal(22), "seen": Decimal(30)}


def test_a_second_number_of_a_branch_counts_with_the_parent_as_well(tmp_path):
    rows = [person("top", "Top"), person("b", "Branch", "b@x.com", city="Bath", parent_id="top", registered_at="2023-01-01"),
            person("b2", "Branch", "b@x.com", city="Bath", parent_id="top", registered_at="2023-02-01")]  # fmt: skip
    sales = [["b", "2023-03-01", "1", "P", 1, "2.00"], ["b2", "2023-03-01", "1", "P", 1, "3.00"]]
    opened = open_shop(tmp_path, sales, people=rows, people_columns=PEOPLE, identity={"accounts": "parent"})
    assert found_in(opened) == {("b2", "top", "email"), ("b", "top", "parent")}
    assert bought(opened) == {"top": (2, Decimal(5))}  # two orders that bear one number


def test_guests_go_by_their_contact(tmp_path):
    rows = [person("m1", "Ann", "ann@x.com", "13800000001"), person("m2", "Bo", "two@x.com", "13800000002"), person("m3", "Cy", "two@x.com", "13800000003"),
            person("m4", "Di", "", "13800000004"), person("m5", "Ed", "ed@x.com", "13800000005")]  # fmt: skip
    lines = [
        ["", "2023-03-01", "1", "P", 1, "1.00", "ANN@x.com", ""],  # m1 by e-mail
        ["", "2023-03-01", "2", "P", 1, "2.00", "two@x.com", "13800000002"],  # of two: nobody's, and a guest of this e-mail
        ["", "2023-03-02", "3", "P", 1, "4.00", "new@x.com", "13800000004"],  # m4 by phone: nobody has the e-mail, m4 has none
        ["", "2023-03-02", "4", "P", 1, "8.00", "other@x.com", "138 0000 0005"],  # not m5, who has another e-mail
        ["", "2023-03-05", "5", "P", 1, "16.00", "other@x.com", ""],  # the same guest as of order 4
        ["", "2023-03-03", "6", "P", 1, "32.00", "", "13800000005"],  # m5 by phone
        ["", "2023-03-03", "7", "P", 1, "64.00", "", "13899999999"],
        ["", "2023-03-03", "7", "Q", 1, "128.00", "", "13899999998"],  # another guest under the same order number
        ["", "2023-03-03", "8", "P", 1, "256.00", "none", "0000"],  # no contact: anonymous
        ["m9", "2023-03-03", "9", "P", 1, "512.00", "nine@x.com", ""],
        ["", "2023-03-04", "10", "P", 1, "1024.00", "nine@x.com", ""],  # m9, known by their own orders
    ]
    choices = {"columns": CONTACTS, "people": rows, "people_columns": PEOPLE}
    opened = open_shop(tmp_path, lines, identity={"guests": "by_contact"}, **choices)
    assert bought(opened) == {
        "m1": (1, Decimal(1)), "guest-2": (1, Decimal(2)), "m4": (1, Decimal(4)), "guest-4": (2, Decimal(24)), "m5": (1, Decimal(32)),
        "guest-7": (1, Decimal(128)), "guest-7-2": (1, Decimal(64)), "m9": (2, Decimal(1536)),
    }  # fmt: skip
    assert steps(opened)["anonymous"] == (1, Decimal(256), 1) and steps(opened)["same_person"] == (0, 0, 9)
    counts = opened.get("identity_counts").set_index("key")
    assert counts.loc[["guest_known", "guest_new"], ["numbers", "orders", "monetary"]].values.tolist() == [[4, 4, 1061.0], [4, 5, 218.0]]
    closed = open_shop(tmp_path / "closed", lines, **choices)
    assert bought(closed) == {"m9": (1, Decimal(512))} and steps(closed)["anonymous"][0] == 10


def test_a_shop_without_customer_numbers_goes_by_contact(tmp_path):
    columns = {name: theirs for name, theirs in CONTACTS.items() if name != "customer_id"}
    lines = [
        ["2023-03-01", "#1", "P", 1, "1.00", "a@x.com", ""],
        ["2023-03-02", "#2", "P", 1, "2.00", "A@x.com", ""],
        ["2023-03-02", "#3", "P", 1, "4.00", "b@x.com", ""],
    ]
    opened = open_shop(tmp_path, lines, columns=columns, identity={"guests": "by_contact"})
    assert bought(opened) == {"guest-#1": (2, Decimal(3)), "guest-#3": (1, Decimal(4))}
    with pytest.raises(ConfigurationError, match='guests = "by_contact"'):
        configure(tmp_path / "other", {"lines.csv": lines}, columns=columns)


def test_no_contact_reaches_the_cleaned_lines_or_the_ledger(tmp_path):
    lines = [
        ["a", "2023-03-01", "1", "P", 1, "1.00", "canary@x.com", "13812345678"], ["b", "2023-03-01", "2", "P", 1, "1.00", "b@x.com", ""],
        ["c", "", "3", "P", 1, "1.00", "canary@x.com", ""]]  # fmt: skip
    out = {"rule": "excluded", "column": "email", "values": ["canary@x.com"]}
    opened = open_shop(tmp_path, lines, columns=CONTACTS, cleaning=rules(out), identity={"guests": "by_contact"}, limits={"refuse": 0.9})
    assert steps(opened)["excluded"] == (1, Decimal(1), 1)
    for name in ("ledger_frame", "quarantine", "known", "described", "examples"):
        assert "canary" not in look(opened, name).to_csv(), name
    assert "canary" not in opened.get("lines").lines.execute().to_csv()
