"""Laws of making persons one: components as another program finds them, no row and no money lost, the order of rows without weight, hostile contacts harmless."""

import random
from decimal import Decimal

import pytest

from shops import look, make_lines, open_shop

PEOPLE = {"customer_id": "id", "name": "name", "email": "mail", "phone": "phone", "registered_at": "since", "city": "city"}
HOSTILE = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "🎁 \u202egnp.exe", "'; drop table people; --", "x" * 10_000, 'a"b\nc', "\x1f", "%s{0}\\")


def people_of(lines, seed):
    """Give every customer a name, an e-mail and a phone out of few, so that many are equal; odd spellings, hostile ones, gaps."""
    rng = random.Random(seed)  # noqa: S311
    rows = []
    for who in sorted({line[0] for line in lines} - {""}):
        name = f"n{rng.randrange(6)}"
        email = f"e{rng.randrange(25)}@x.com" if rng.random() < 0.7 else rng.choice(("", *HOSTILE))
        phone = f"1380000{rng.randrange(25):04d}" if rng.random() < 0.7 else rng.choice(("", *HOSTILE))
        since = f"2023-0{rng.randrange(1, 4)}-01" if rng.random() < 0.8 else ""
        rows.append([who, rng.choice((name, name.upper(), f" {name} ")), rng.choice((email, email.upper())), phone, since, rng.choice(("Bath", *HOSTILE))])
    return rows


def join_by_hand(rows, lines):
    """Find the persons with a union-find: who has the same name and e-mail, or the same name and phone; of each the first is the person's own number."""
    parent = {row[0]: row[0] for row in rows}

    def top(who):
        while parent[who] != who:
            who = parent[who]
        return who

    seen: dict[tuple, str] = {}
    for who, name, email, phone, *_ in rows:
        plain = name.strip().lower()
        keys = [("e", plain, email.lower())] if email.lower().startswith("e") and email.lower().endswith("@x.com") else []
        keys += [("p", plain, phone)] if phone.startswith("1380000") else []
        for key in keys:
            if key in seen:
                parent[top(who)] = top(seen[key])
            seen[key] = who
    first = {}
    for row in rows:
        days = [line[1][:10] for line in lines if line[0] == row[0]] + ([row[4]] if row[4] else [])
        first[row[0]] = (min(days), row[0])
    members: dict[str, list[str]] = {}
    for row in rows:
        members.setdefault(top(row[0]), []).append(row[0])
    chosen = {group: min(whos, key=first.__getitem__) for group, whos in members.items()}
    return {who: chosen[top(who)] for who in parent if chosen[top(who)] != who}


@pytest.fixture(scope="module", params=[1, 2])
def shop(request, tmp_path_factory):
    lines = make_lines(request.param, customers=90)
    rows = people_of(lines, request.param)
    choices = {"people_columns": PEOPLE, "as_of": "2024-12-31"}
    return lines, rows, open_shop(tmp_path_factory.mktemp("shop"), lines, people=rows, **choices), choices


def test_persons_are_those_of_a_union_find(shop):
    lines, rows, opened, _ = shop
    expected = join_by_hand(rows, lines)
    assert len(expected) > 10
    found = look(opened, "identities")
    assert dict(zip(found.customer_id, found.person_id, strict=True)) == expected


def test_no_row_and_no_money_is_lost(shop, tmp_path):
    lines, rows, opened, choices = shop
    apart = open_shop(tmp_path, lines, people=rows, identity={"merge": "none"}, **choices)
    one, two = (run.get("ledger_frame").set_index("rule") for run in (opened, apart))
    assert tuple(one.loc["input", ["rows_after", "amount_after"]]) == tuple(two.loc["input", ["rows_after", "amount_after"]])
    step = one.loc["same_person"]
    assert (step.rows, step.amount) == (0, 0) and step.rows_touched > 0 and step.customers == len(join_by_hand(rows, lines))
    money = Decimal(one.loc["kept", "amount_after"])
    assert sum(look(opened, "described").monetary, Decimal(0)) == money
    # returns find more purchases under one number than under two, and never fewer: what is unmatched can only shrink (towards zero from below)
    assert two.loc["returns_unmatched", "amount"] <= one.loc["returns_unmatched", "amount"] <= 0
    assert (
        one.drop(index="same_person").rows_touched[["input", "anonymous", "duplicates"]].tolist()
        == two.rows_touched[["input", "anonymous", "duplicates"]].tolist()
    )


def test_the_order_of_rows_has_no_weight(shop, tmp_path):
    lines, rows, opened, choices = shop
    rng = random.Random(9)  # noqa: S311
    again = open_shop(tmp_path, rng.sample(lines, len(lines)), people=rng.sample(rows, len(rows)), **choices)
    for name in ("identities", "described", "known"):
        one, other = (look(run, name).sort_values("customer_id", ignore_index=True) for run in (opened, again))
        assert one.to_csv() == other.to_csv(), name


def test_near_persons_do_not_hang_on_the_order_either(shop, tmp_path):
    lines, rows, _, choices = shop
    runs = [open_shop(tmp_path / str(n), lines, people=rows[::step], identity={"merge": "near"}, **choices) for n, step in enumerate((1, -1))]
    one, other = (look(run, "identities").sort_values("customer_id", ignore_index=True) for run in runs)
    assert one.to_csv() == other.to_csv() and len(one) >= len(join_by_hand(rows, lines))


def test_hostile_contacts_harm_nobody(shop, tmp_path):
    lines, rows, _, _ = shop
    columns = {
        "customer_id": "who",
        "ordered_at": "at",
        "order_id": "order",
        "product_id": "p",
        "quantity": "q",
        "unit_price": "u",
        "email": "mail",
        "phone": "tel",
    }
    told = [[*line, HOSTILE[n % len(HOSTILE)], HOSTILE[(n + 3) % len(HOSTILE)]] for n, line in enumerate(lines)]
    opened = open_shop(tmp_path, told, columns=columns, people=rows, people_columns=PEOPLE, identity={"guests": "by_contact", "merge": "near"})
    assert look(opened, "identities").query("why == 'guest'").empty  # none of that is an e-mail or a phone
    assert not {"email", "phone", "told_as"} & set(opened.get("lines").lines.columns)
    assert opened.get("identity_counts") is not None
