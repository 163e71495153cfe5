"""Stages at month-ends, worked out by hand from purchase days; every stage, both ways to measure a silence."""

import datetime as dt
from decimal import Decimal

import pytest

from analysis.columns import STAGES
from analysis.data.activity import stage_at
from analysis.data.purchases import list_purchases, tell_time
from analysis.data.stages import Limits, count_stages, list_spells, mark_purchases
from analysis.errors import ConfigurationError
from analysis.models.overdue import Rhythm, assign_overdue
from analysis.models.seasons import Season, lay_calendar
from shops import configure, look, open_shop, table

# days of 2024: January ends on day 30, February 59, March 90, April 120, May 151, June 181
PEOPLE = {
    "ann": (0, 10, 40, 170),
    "bob": (35,),
    "cid": (0, 20, 40, 60, 80, 82, 84, 86, 88),  # four gaps of 20 days, then four of 2
    "dee": (0, 2, 4, 6, 8, 28, 48, 68, 88),  # the other way round
    "eve": (100,),  # registered in February
}
OTHERS = {"gil": (dt.date(2024, 3, 8), True), "hal": (dt.date(2024, 5, 1), False)}  # took everything back since March; known since May
START, END = dt.date(2024, 1, 1), dt.date(2024, 6, 30)
BY_DAYS = Limits(at_risk=30, dormant=60, lost=100, in_gaps=False)


def at(number):
    return START + dt.timedelta(days=number)


def bought(as_of):
    rows = [
        {"customer_id": who, "order_key": str(day), "day": at(day), "amount": Decimal(1), "counts": True}
        for who, days in PEOPLE.items()
        for day in days
        if at(day) <= as_of
    ]
    return list_purchases(table(rows, customer_id="string", order_key="string", day="date", amount="decimal(38,4)", counts="boolean"))


def known():
    seen = {who: (at(days[0]), False) for who, days in PEOPLE.items()} | OTHERS | {"eve": (dt.date(2024, 2, 20), False)}
    rows = [{"customer_id": who, "first_seen": day, "had_returns": had} for who, (day, had) in seen.items()]
    return table(rows, customer_id="string", first_seen="date", had_returns="boolean")


def spells(as_of=END, *, limits=BY_DAYS, rhythm=None, season=None):
    calendar = lay_calendar(season or Season(), first=START, last=END + dt.timedelta(days=90))
    timed = tell_time(bought(as_of), calendar)
    paced = assign_overdue(timed.mutate(repeats=timed.number - 1, span=timed.clock - timed.first_clock, silence=timed.clock * 0), rhythm)
    return list_spells(mark_purchases(paced, limits, recent_gaps=4, change=2.0), known(), calendar, as_of=as_of)


def lives(found):
    """Write each customer's stage at every month's end, January to June."""
    rows = found.execute()
    return {
        who: [next((row.stage for row in own.itertuples() if row.begins <= 2024 * 12 + month <= row.ends), None) for month in range(6)]
        for who, own in rows.groupby("customer_id")
    }


def test_silences_in_days():
    assert lives(spells()) == {
        # silent on day 59: 19; 90: 50; 120: 80; 151: 111. Bought again on day 170, after 130 days
        "ann": ["active", "active", "at_risk", "dormant", "lost", "reactivated"],
        # day 59: 24; 90: 55; 120: 85; 151: 116; 181: 146
        "bob": [None, "new", "at_risk", "dormant", "lost", "lost"],
        # at the end of March, day 88 is the ninth: 4 x 20 days, 4 x 2 days; day 120: silent for 32; 151: 63; 181: 93
        "cid": ["active", "active", "growing", "at_risk", "dormant", "dormant"],
        "dee": ["active", "active", "shrinking", "at_risk", "dormant", "dormant"],
        "eve": [None, "prospect", "prospect", "new", "at_risk", "dormant"],  # day 151: 51; 181: 81
        "gil": [None, None, "cancelled_only", "cancelled_only", "cancelled_only", "cancelled_only"],
        "hal": [None, None, None, None, "prospect", "prospect"],
    }


def test_silences_in_usual_gaps():
    """With one gap of 20 days from the population: bob and eve 20 days at first; ann after day 40 (20 + 40) / 3 = 20; cid after day 88 (20 + 88) / 9 = 12."""
    rhythm = Rhythm(shape=1.0, scale=20.0, stop=0.1, gaps=99, customers=9)
    found = lives(spells(limits=Limits(at_risk=2, dormant=3, lost=5, in_gaps=True), rhythm=rhythm))
    assert found["bob"] == [None, "new", "at_risk", "dormant", "lost", "lost"]  # 24 days: 1.2 gaps; 55: 2.75; 85: 4.25; 116: 5.8
    assert found["ann"] == ["active", "active", "at_risk", "dormant", "lost", "reactivated"]  # 19: .95; 50: 2.5; 80: 4; 111: 5.55
    assert found["cid"] == ["active", "active", "growing", "at_risk", "lost", "lost"]  # 32: 2.7; 63: 5.25
    assert found["eve"] == [None, "prospect", "prospect", "new", "at_risk", "dormant"]  # 20: 1; 51: 2.55; 81: 4.05


def test_a_limit_is_reached_on_its_day():
    """bob, silent since day 35: 24 days on 29 February, 55 on 31 March."""
    for days, expected in ((24, "at_risk"), (25, "new")):
        assert lives(spells(limits=Limits(at_risk=days, dormant=60, lost=100, in_gaps=False)))["bob"][1] == expected


def test_who_comes_back_on_the_day_of_the_limit_is_reactivated():
    """Ann bought on day 40 and again on day 170."""
    for days, expected in ((130, "reactivated"), (131, "active")):
        assert lives(spells(limits=Limits(at_risk=30, dormant=days, lost=500, in_gaps=False)))["ann"][5] == expected


def test_the_last_month_ends_at_as_of():
    """On 12 June ann (day 40, 123 days ago) is lost: the purchase of 19 June has not happened; bob has been silent for 128 days."""
    cut = dt.date(2024, 6, 12)
    found = spells(cut)
    assert [life[5] for life in lives(found).values()] == ["lost", "lost", "dormant", "dormant", "dormant", "cancelled_only", "prospect"]
    frame = count_stages(found, as_of=cut)
    assert frame[~frame.is_complete].month.unique().tolist() == [dt.date(2024, 6, 1)]
    assert stage_at(found, as_of=cut).execute().set_index("customer_id").lifecycle_stage.to_dict()["ann"] == "lost"


def test_busy_months_count_for_more():
    """January and February at double speed, the rest slower: bob, silent since 5 February, has 48 days of clock behind him on the 29th."""
    season = Season((2.0, 2.0, *[0.8] * 10))
    assert lives(spells(season=season, limits=Limits(at_risk=48, dormant=60, lost=100, in_gaps=False)))["bob"][1] == "at_risk"
    assert lives(spells(season=season, limits=Limits(at_risk=49, dormant=60, lost=100, in_gaps=False)))["bob"][1] == "new"


@pytest.mark.parametrize("as_of", [END, dt.date(2024, 6, 12)])
def test_entered_and_left_lead_from_month_to_month(as_of):
    frame = count_stages(spells(as_of), as_of=as_of)
    assert len(frame) == 6 * len(STAGES)
    wide = frame.pivot_table(index="month", columns="stage", values=["customers", "entered", "left"], aggfunc="first")
    assert (wide.customers.shift(1, fill_value=0) + wide.entered - wide.left == wide.customers).all(axis=None)
    march = {kind: {stage: n for stage, n in wide[kind].loc[dt.date(2024, 3, 1)].to_dict().items() if n} for kind in ("customers", "entered", "left")}
    assert march == {
        "customers": {"at_risk": 2, "growing": 1, "shrinking": 1, "prospect": 1, "cancelled_only": 1},
        "entered": {"at_risk": 2, "growing": 1, "shrinking": 1, "cancelled_only": 1},
        "left": {"active": 3, "new": 1},
    }
    assert wide.customers.loc[dt.date(2024, 4, 1)].sum() == 6


def test_staying_in_a_stage_is_neither_entering_nor_leaving():
    frame = count_stages(spells(), as_of=END).set_index(["month", "stage"])
    assert frame.loc[(dt.date(2024, 2, 1), "active")].tolist()[:3] == [3, 0, 0]  # ann, cid and dee all bought again


ROWS = [("a", "2024-01-05", "1", "p", 1, 2), ("a", "2024-02-05", "2", "p", 1, 2), ("b", "2024-01-05", "3", "p", 1, 2), ("z", "2024-08-01", "4", "p", 1, 2)]


@pytest.mark.parametrize(
    ("lifecycle", "expected"),
    [
        ({}, {"a": "at_risk", "b": "dormant", "z": "new"}),  # too few gaps for a rhythm: 178 and 209 days against 90, 180, 365
        ({"days": {"at_risk": 10, "dormant": 20, "lost": 200}}, {"a": "dormant", "b": "lost", "z": "new"}),
        ({"by": "days", "days": {"at_risk": 200, "dormant": 210, "lost": 220}}, {"a": "active", "b": "at_risk", "z": "new"}),
    ],
)
def test_stages_follow_the_configuration(tmp_path, lifecycle, expected):
    found = look(open_shop(tmp_path, ROWS, lifecycle=lifecycle), "customers")
    assert found.set_index("customer_id").lifecycle_stage.to_dict() == expected


def test_limits_follow_each_other(tmp_path):
    with pytest.raises(ConfigurationError, match=r"lifecycle\.times: at_risk, dormant and lost have to follow each other upwards; got 3, 2, 5"):
        configure(tmp_path, {"lines.csv": ROWS}, lifecycle={"times": {"at_risk": 3, "dormant": 2, "lost": 5}})
