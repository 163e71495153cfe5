"""Who moved and why: a shop of eleven customers, one for every cause, reckoned by hand; and what a page shows of it."""

import datetime as dt

import pandas as pd
import pytest

from analysis.models.migration import age, count_migration, find_cause, follow, gather, neighbours
from analysis.pseudonyms import key_file, pseudonym, read_key
from analysis.state import Published
from shops import look, open_shop, rules, table

THEN, NOW = dt.date(2024, 1, 31), dt.date(2024, 2, 29)  # 29 days
# R5 from 0 to 9 days, R4 to 29, R3 to 59, R2 to 99, R1 from 100; F is the number of orders, 5 from five on
SCORING = {
    "recency": {"method": "fixed", "cuts": [10, 30, 60, 100]},
    "frequency": {"method": "fixed", "cuts": [1, 2, 3, 4]},
    "money": {"method": "fixed", "cuts": [5, 10, 20, 40]},
}
ROWS = [
    ("ages", "2024-01-25", "1", "p", 1, "3"),  # 6 days, R5 F1 new; 35 days later R3 F1 about to sleep
    ("buys", "2024-01-25", "2", "p", 1, "3"), ("buys", "2024-02-20", "3", "p", 1, "4"),  # new; would be about to sleep; 9 days, R5 F2 potential loyalist
    ("stays", "2023-10-01", "4", "p", 1, "3"),  # R1 hibernating for good
    ("comes", "2024-02-10", "5", "p", 1, "3"),  # 19 days, R4 F1 promising
    ("goes", "2024-01-28", "6", "q", 1, "8"), ("goes", "2024-02-05", "7", "q", -1, "8"),  # new; everything returned
    ("turns", "2024-01-25", "8", "p", 1, "3"), ("turns", "2024-01-26", "9", "q", 1, "3"), ("turns", "2024-02-05", "10", "q", -1, "3"),
    ("clears", "2023-10-01", "11", "p", 1, "3"),
    ("found", "2023-10-01", "12", "p", 1, "3"),
    ("gifts", "2023-10-01", "13", "p", 1, "3"), ("gifts", "2023-10-02", "14", "q", 1, "0"), ("gifts", "2023-10-03", "15", "q", 1, "0"),
    ("cut", "2023-10-28", "16", "p", 1, "9"),  # 95 days, R2 hibernating; 124 days, R1 hibernating
]  # fmt: skip


def shop(folder, *, rows=ROWS, **choices):
    return open_shop(folder, rows, **({"as_of": NOW.isoformat(), "scoring": SCORING} | choices))


def segments_of(opened, *period, scheme="segment"):
    """Give the ways of a period: (from, to) -> customers and the causes that are not nought."""
    rows = look(opened, "migration")
    rows = rows[(rows.scheme == scheme) & (rows.from_as_of == period[0]) & (rows.to_as_of == period[1])]
    causes = ["bought", "time_passed", "threshold_moved", "rule_changed", "history_restated"]
    return {
        (row.from_segment, row.to_segment): (row.customers, {cause: getattr(row, cause) for cause in causes if getattr(row, cause)})
        for row in rows.itertuples()
    }


def test_time_and_orders_from_one_month_end_to_the_next(tmp_path):
    """And of `turns`? Of two orders in January one comes back. But without that, R3 F2 in February, they are about to sleep as well: it was time."""
    opened = shop(tmp_path)
    assert segments_of(opened, THEN, NOW) == {
        ("new", "about_to_sleep"): (1, {"time_passed": 1}),
        ("new", "potential_loyalist"): (1, {"bought": 1}),
        ("hibernating", "hibernating"): (5, {}),
        ("none", "promising"): (1, {"bought": 1}),
        ("new", "none"): (1, {"bought": 1}),
        ("potential_loyalist", "about_to_sleep"): (1, {"time_passed": 1}),
    }


def test_money_is_that_of_the_later_day_and_of_who_left_that_of_the_earlier(tmp_path):
    rows = look(shop(tmp_path), "migration")
    rows = rows[(rows.scheme == "segment") & (rows.to_as_of == NOW)].set_index(["from_segment", "to_segment"]).monetary
    assert rows["new", "potential_loyalist"] == 3 + 4
    assert rows["new", "none"] == 8
    assert rows["potential_loyalist", "about_to_sleep"] == 3
    assert rows["hibernating", "hibernating"] == 3 + 3 + 3 + 3 + 9


def publish(folder, opened, labels, **changes):
    """Write down what a report of the earlier day would have said."""
    path = folder / "labels.parquet"
    said = [(who, 0, 1, 1, segment, "general_value", "low") for who, segment in labels.items()]
    names = {
        "customer_id": "string",
        "recency_days": "int64",
        "frequency": "int64",
        "monetary": "decimal(38,4)",
        "segment": "string",
        "class8": "string",
        "value_tier": "string",
    }
    table([dict(zip(names, row, strict=True)) for row in said], **names).to_parquet(path)
    values = {"as_of": THEN, "run": "r", "config": opened.config.model_dump(mode="json"), "ruler": opened.get("ruler").to_dict(), "clusters": None}
    return Published(**({"segments": []} | values | changes), key_figures=[], inputs=[], ledger=[], labels=path, classified=path.with_name("none.parquet"))


SAID = {
    "ages": "new", "buys": "new", "stays": "hibernating", "goes": "new", "turns": "potential_loyalist", "gifts": "at_risk", "cut": "about_to_sleep",
    "clears": "cant_lose", "lost": "hibernating",
}  # fmt: skip


@pytest.fixture
def reported(tmp_path):
    """Since the last report: gifts no longer count as orders, R3 ends at 60 days instead of 100, one customer was told wrongly, one was found, one lost."""
    before = SCORING | {"recency": {"method": "fixed", "cuts": [10, 30, 100, 200]}}
    then = shop(tmp_path / "then", as_of=THEN.isoformat(), scoring=before, cleaning=rules(price="keep"))
    opened = shop(tmp_path / "now")
    opened.built["published"] = publish(tmp_path, then, SAID)
    return opened


def test_every_cause_since_the_last_report(reported):
    """`gifts`: 120 days and three orders, R2 F3 at risk, with the rules of then; one order by today's. `cut`: 95 days, R3 with the ruler of then, R2 with today's."""
    assert segments_of(reported, THEN, NOW) == {
        ("new", "about_to_sleep"): (1, {"time_passed": 1}),
        ("new", "potential_loyalist"): (1, {"bought": 1}),
        ("hibernating", "hibernating"): (1, {}),
        ("none", "promising"): (1, {"bought": 1}),
        ("new", "none"): (1, {"bought": 1}),
        ("potential_loyalist", "about_to_sleep"): (1, {"time_passed": 1}),
        ("at_risk", "hibernating"): (1, {"rule_changed": 1}),
        ("about_to_sleep", "hibernating"): (1, {"threshold_moved": 1}),
        ("cant_lose", "hibernating"): (1, {"history_restated": 1}),
        ("none", "hibernating"): (1, {"history_restated": 1}),
        ("hibernating", "none"): (1, {"history_restated": 1}),
    }
    months = look(reported, "migration")[["from_as_of", "to_as_of"]].drop_duplicates()
    assert len(months[months.to_as_of == NOW]) == 1 and len(months) == 4  # the months before are those of the time machine


def test_a_report_of_a_day_between_two_month_ends_is_replayed(tmp_path):
    """On 2 February: `buys`, `ages` and `turns` are new or as they were; nothing has come back yet."""
    day = dt.date(2024, 2, 2)
    opened = shop(tmp_path / "now")
    said = {"ages": "new", "buys": "new", "turns": "potential_loyalist", "goes": "new"} | dict.fromkeys(
        ("stays", "clears", "found", "gifts", "cut"), "hibernating"
    )
    opened.built["published"] = publish(tmp_path, shop(tmp_path / "then", as_of=day.isoformat()), said, as_of=day)
    assert segments_of(opened, day, NOW) == segments_of(opened, THEN, NOW)  # `cut`: 97 days, R2
    assert set(look(opened, "history").as_of) == {dt.date(2023, 10, 31), dt.date(2023, 11, 30), dt.date(2023, 12, 31), THEN, NOW}
    assert look(opened, "movement").from_as_of.unique().tolist() == [day]


def test_a_report_whose_labels_are_gone_or_that_is_not_older_is_no_report(tmp_path):
    opened = shop(tmp_path / "now")
    gone = publish(tmp_path, opened, SAID)
    gone.labels.unlink()
    opened.built["published"] = gone
    assert opened.get("since_report") is None
    assert look(opened, "movement").from_as_of.unique().tolist() == [THEN]


def test_a_map_that_is_no_longer_there_is_a_change_of_rules(tmp_path):
    """The report knew a group that the map of its configuration no longer has: what it said cannot be made again, so nothing can be called a correction."""
    opened = shop(tmp_path / "now")
    keys = [{"scheme": "segment", "segment": key} for key in ("cant_lose", "about_to_sleep", "gone")]
    opened.built["published"] = publish(tmp_path, shop(tmp_path / "then", as_of=THEN.isoformat()), SAID, segments=keys)
    found = segments_of(opened, THEN, NOW)
    assert found["cant_lose", "hibernating"] == (1, {"rule_changed": 1})
    assert found["new", "potential_loyalist"] == (1, {"bought": 1})
    assert not any("history_restated" in causes for _customers, causes in found.values())


def test_a_map_whose_file_is_gone_does_not_stop_the_report(tmp_path):
    opened = shop(tmp_path / "now")
    then = publish(tmp_path, shop(tmp_path / "then", as_of=THEN.isoformat()), SAID, segments=[{"scheme": "segment", "segment": "gone"}])
    then.config["scoring"]["map"] = "removed.toml"
    opened.built["published"] = then
    assert segments_of(opened, THEN, NOW)["cant_lose", "hibernating"] == (1, {"rule_changed": 1})


def test_movers_stand_under_pseudonyms_the_most_money_first(reported):
    movers = look(reported, "movers")
    assert list(movers.columns) == [
        "customer",
        "from_segment",
        "to_segment",
        "cause",
        "days_then",
        "days_now",
        "orders_then",
        "orders_now",
        "monetary",
        "from_place",
        "to_place",
    ]
    key = read_key(key_file())
    by_name = movers.set_index("customer")
    assert len(movers) == 10 and pseudonym("stays", key) not in by_name.index
    assert movers.monetary.tolist() == sorted(movers.monetary, reverse=True)
    buys = by_name.loc[pseudonym("buys", key)]
    assert buys.tolist() == ["new", "potential_loyalist", "bought", 0, 9, 1, 2, 7.0, 4, 3]  # what was said then: see `publish`
    goes = by_name.loc[pseudonym("goes", key)]
    assert goes[["to_segment", "cause"]].tolist() == ["none", "bought"] and goes.days_now is None and goes.orders_now is None


def test_a_first_month_has_nobody_who_moved(tmp_path):
    opened = open_shop(tmp_path, [(who, "2024-02-05", who, "p", 1, "2") for who in "abcd"], as_of="2024-02-20")
    assert len(look(opened, "migration")) == len(look(opened, "movement")) == len(look(opened, "movers")) == len(look(opened, "ruler_effect")) == 0
    assert set(look(opened, "history").as_of) == {dt.date(2024, 2, 20)}


def steps(*labels):
    """Give one customer's journey; None where there was nothing to label."""
    names = ["segment_said", "segment_restated", "segment_ruled", "segment_measured", "segment_aged", "segment_now"]
    return table([dict(zip(names, labels, strict=True))], **dict.fromkeys(names, "string"))


@pytest.mark.parametrize(
    ("labels", "cause"),
    [
        ("aaaaab", "bought"),
        ("aaaabb", "time_passed"),
        ("aaabbb", "threshold_moved"),
        ("aabbbb", "rule_changed"),
        ("abbbbb", "history_restated"),
        ("abcdef", "bought"),
        ("abacab", "bought"),
        ("aabcbb", "time_passed"),  # there and back, and there: the last step counts
        ("aaaaaa", None),
        ("abbbba", None),  # away and home again is not a move
    ],
)
def test_the_last_step_that_changed_the_label_counts(labels, cause):
    journey = steps(*labels)
    found = journey.select(cause=find_cause(journey, "segment")).execute().cause[0]
    assert (None if pd.isna(found) else found) == cause


def test_steps_that_can_have_changed_nothing_may_be_missing():
    journey = steps(*"aaaabb").select("segment_said", "segment_aged", "segment_now")
    assert journey.select(cause=find_cause(journey, "segment")).execute().cause[0] == "time_passed"


def test_who_is_in_one_day_only_comes_from_none_or_goes_there():
    grain = {"from_as_of": "date", "to_as_of": "date", "customer_id": "string", "monetary": "decimal(38,4)"}
    labels = {f"{scheme}_{step}": "string" for step in ("said", "aged") for scheme in ("segment", "class8", "value_tier")}
    now = {f"{scheme}_now": "string" for scheme in ("segment", "class8", "value_tier")}
    before = table([{"from_as_of": THEN, "to_as_of": NOW, "customer_id": "a", "monetary": 5} | dict.fromkeys(labels, "x")], **grain, **labels)
    after = table([{"from_as_of": THEN, "to_as_of": NOW, "customer_id": "b", "monetary": 7} | dict.fromkeys(now, "y")], **grain, **now)
    counted = count_migration(gather(follow(before, after))).execute().sort_values(["scheme", "from_segment"])
    counted = counted[counted.scheme == "segment"]
    assert counted[["from_segment", "to_segment", "customers", "bought"]].values.tolist() == [["none", "y", 1, 1], ["x", "none", 1, 1]]
    assert [int(money) for money in counted.monetary] == [7, 5]


def test_snapshots_know_their_neighbours():
    rows = neighbours([THEN, NOW, dt.date(2024, 3, 3)]).execute()
    assert [None if pd.isna(days) else int(days) for days in rows.days] == [29, 3, None]
    assert pd.isna(rows.previous_snapshot[0]) and pd.isna(rows.next_snapshot[2]) and rows.next_snapshot[0] == pd.Timestamp(NOW)


def test_growing_older_changes_days_only():
    state = table([{"recency_days": 3, "r_value": 3, "frequency": 2}], recency_days="int64", r_value="int64", frequency="int64")
    assert age(state, 29).execute().values.tolist() == [[32, 32, 2]]
