"""Too few data: which map is taken instead, what is said, and that scores and map always fit."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

import pytest

from analysis.models.maps import list_maps, load_map
from analysis.models.sufficiency import Basis, choose_map
from analysis.settings.scoring import Scoring, Sufficiency
from analysis.story.maps import tell_sufficiency
from analysis.texts import Texts
from shops import look, make_lines, open_shop

PLENTY = Basis(buyers=500, days=180, silent_days=30, most_orders=3)  # exactly the limits
FROZEN = {"ruler": "frozen:x"}
FIXED = {"recency": {"method": "fixed", "cuts": [10, 20, 30, 40]}, "frequency": {"method": "fixed", "cuts": [1, 2, 3, 4]}}


def choose(*, name="rf10", scoring=None, **basis):
    return choose_map(dataclasses.replace(PLENTY, **basis), Sufficiency(), Scoring.model_validate({"map": name} | (scoring or {})), load_map(name))


@pytest.mark.parametrize(
    ("basis", "used", "short", "enough"),
    [
        ({}, "rf10", (), True),
        ({"buyers": 499}, "six", ("buyers",), True),
        ({"buyers": 100}, "six", ("buyers",), True),
        ({"buyers": 99}, "four", ("buyers",), True),
        ({"buyers": 30}, "four", ("buyers",), True),
        ({"buyers": 29}, "rf10", ("buyers",), False),
        ({"buyers": 0, "days": 0, "silent_days": 0, "most_orders": 0}, "rf10", ("buyers", "days", "orders"), False),
        ({"days": 179}, "four", ("days",), True),
        ({"silent_days": 31}, "four", ("recent",), True),
        ({"most_orders": 2}, "four", ("orders",), True),
        ({"buyers": 400, "most_orders": 2}, "four", ("buyers", "orders"), True),
    ],
)
def test_what_is_missing_decides_the_groups(basis, used, short, enough):
    chosen = choose(**basis)
    assert (chosen.used.name, chosen.short, chosen.enough) == (used, short, enough)


@pytest.mark.parametrize(
    ("name", "scoring", "basis", "used", "enough"),
    [
        ("rf10", FROZEN, {"buyers": 5}, "rf10", True),  # nothing is estimated
        ("rf10", FIXED, {"buyers": 50}, "rf10", True),
        ("rf10", FIXED, {"buyers": 5}, "rf10", False),  # the eight classes and the tiers are
        ("codes125", FIXED, {"buyers": 400}, "six", True),  # money is
        ("four", {}, {"buyers": 400}, "four", True),  # fewer already
        ("six", {}, {"buyers": 400}, "six", True),
        ("six", {}, {"days": 9}, "four", True),
        ("class8", {}, {"buyers": 400}, "six", True),
    ],
)
def test_a_map_is_kept_where_nothing_would_be_won(name, scoring, basis, used, enough):
    chosen = choose(name=name, scoring=scoring, **basis)
    assert (chosen.used.name, chosen.enough) == (used, enough)


@pytest.mark.parametrize("name", list_maps())
@pytest.mark.parametrize("basis", [{}, {"buyers": 400}, {"buyers": 50}, {"days": 1}], ids=str)
def test_the_scores_always_fit_the_map(name, basis):
    chosen = choose(name=name, scoring={"frequency": {"measure": "days"}, "money": {"measure": "gross"}}, **basis)
    scales = dict(zip("rfm", (chosen.scoring.recency, chosen.scoring.frequency, chosen.scoring.money), strict=True))
    made = tuple(chosen.scoring.bins_of(scales[axis]) for axis in chosen.used.axes)
    assert made == chosen.used.scores
    assert (chosen.scoring.frequency.measure, chosen.scoring.money.measure) == ("days", "gross"), "what is measured stays"


def notes(opened):
    return [(note.key, note.values) for note in opened.get("warnings")]


def test_a_shop_of_few_buyers_goes_by_six_groups_and_says_so(tmp_path):
    """200 people of whom 198 have orders: 500 are asked for, 100 are enough for six."""
    opened = open_shop(tmp_path, make_lines(3, customers=200), sufficiency={})
    buyers = opened.get("labelled_buyers").execute()
    assert len(buyers) == 198
    assert set(buyers.segment) <= {"champions", "loyal", "potential_loyalist", "new", "at_risk", "hibernating"}
    assert set(buyers.r_score) <= {1, 2, 3} and set(buyers.f_score) <= {1, 2, 3}
    counted = look(opened, "segments")
    assert len(counted[counted.scheme == "segment"]) == 6
    assert notes(opened)[:2] == [("short-buyers", {"found": 198, "needed": 500}), ("fewer-groups", {"groups": 6, "wanted": 10})]
    checks = look(opened, "sufficiency").set_index("check")
    assert checks.met.to_dict() == {"buyers": False, "days": True, "recent": True, "orders": True}
    days = [dt.date.fromisoformat(day) for day in buyers.first_order_date.astype(str).str[:10]]
    assert checks.found.to_dict() == {
        "buyers": 198,
        "days": (opened.as_of - min(days)).days,
        "recent": buyers.recency_days.min(),
        "orders": buyers.frequency.max(),
    }
    told = tell_sufficiency(opened.get("sufficiency"), opened.get("warnings"), texts=Texts("en"))
    assert told.sentences == (
        "There are 198 buyers; it takes 500 to tell so many groups apart.",
        "Therefore this report goes by 6 groups instead of the 10 that were asked for.",
    )
    assert told.tone == "warning"


def test_enough_is_said_with_its_numbers_and_a_kept_map_with_its_reason(tmp_path):
    opened = open_shop(tmp_path, make_lines(3, customers=200))
    frame = opened.get("sufficiency").assign(found=[500, 1, 0, 2])
    assert tell_sufficiency(frame, texts=Texts("en")).sentences == (
        "There are enough data for these groups: 500 buyers, one day of history, the last order on the day of this report, and somebody who has ordered twice.",
    )
    kept = tell_sufficiency(frame.assign(met=[True, False, True, True], needed=180), texts=Texts("en"))
    assert kept.sentences[0] == "The history covers one day; it takes 180 to tell occasional buyers from those who came once."
    assert kept.sentences[1].startswith("The groups are kept all the same")
    assert kept.tone == "reading"


def test_too_few_for_any_group_is_told_by_its_own_note():
    checks = choose(buyers=7).list_checks()
    note = SimpleNamespace(key="few-buyers", values={"buyers": 7, "limit": 30})
    assert choose(buyers=7).list_reasons() == [("few-buyers", {"buyers": 7, "limit": 30})]
    assert "too few to tell groups apart" in tell_sufficiency(checks, [note], texts=Texts("en")).sentences[-1]
