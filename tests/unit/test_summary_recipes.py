"""What the summary is made from, in a shop of two years: alerts, falls and actions against plain pandas over the tables they come from."""

import datetime as dt
import random

import pandas as pd
import pytest

from analysis.models.actions import LATE
from shops import look, open_shop

AS_OF = dt.date(2024, 12, 31)


def lines():
    """Sixty buy about every fortnight for two years; twelve large ones stop in November 2024, and everybody spends half from then on."""
    rng = random.Random(7)  # noqa: S311
    rows = []
    for person in range(60):
        day = dt.date(2023, 1, 2) + dt.timedelta(days=rng.randrange(30))
        end = dt.date(2024, 11, 24) if person < 12 else AS_OF
        while day <= end:
            price = (40 if person < 12 else 10) * (0.5 if day > dt.date(2024, 9, 30) else 1)
            rows.append([f"c{person:02d}", day.isoformat(), f"o{len(rows)}", "tea", rng.randint(1, 3), f"{price:.2f}"])
            day += dt.timedelta(days=rng.randint(5, 24))
    return rows


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return open_shop(tmp_path_factory.mktemp("shop"), lines(), as_of=AS_OF.isoformat(), scoring={"map": "four"})


@pytest.fixture(scope="module")
def orders(opened):
    frame = opened.get("orders").execute()
    return frame.assign(day=pd.to_datetime(frame["day"]), money=frame["amount"].astype(float))


@pytest.fixture(scope="module")
def people(opened, orders):
    """Every buyer with the label of today, and what they spent in the 365 days up to the last order."""
    last = orders.groupby("customer_id").day.transform("max")
    yearly = orders[orders.day > last - pd.Timedelta(days=365)].groupby("customer_id").money.sum()
    frame = look(opened, "customers")
    return frame.assign(yearly=frame.customer_id.map(yearly))


def test_who_slips_away_is_counted_with_the_money_of_a_year(opened, people):
    high = people[((people.value_tier == "high") | (people.relationship == "key")) & people.lifecycle_stage.isin(LATE)]
    assert len(high) >= 5
    found = opened.get("alerts").set_index("kind").loc["slipping"]
    assert (found.customers, found.money, found.level) == (len(high), pytest.approx(high.yearly.sum()), "urgent")
    assert "unhappy" not in set(opened.get("alerts").kind)  # nobody was asked


def test_actions_hold_everybody_once_and_share_out_everything(opened, people):
    found = opened.get("actions").set_index("segment")
    assert found.customers.to_dict() == people.groupby("segment").size().to_dict()
    assert found.stake.to_dict() == pytest.approx(people.groupby("segment").yearly.sum().to_dict())
    assert found.effort.sum() == pytest.approx(1) and found.stake_share.sum() == pytest.approx(1)
    assert look(opened, "customer_value").p_alive.isna().all()  # sixty are too few for a model: the stage tells
    p = people.lifecycle_stage.map(lambda stage: 0.5 if stage in LATE else 0.0 if stage == "lost" else 1.0)
    assert set(p) >= {0.5, 1.0}
    assert found.reachable.to_dict() == pytest.approx((people.yearly * p).groupby(people.segment).sum().to_dict())
    assert found.undecided.to_dict() == pytest.approx((people.yearly * p * (1 - p)).groupby(people.segment).mean().to_dict())


def test_falls_hold_members_then_against_members_a_year_before(opened, orders):
    """92 days from 30 September 2024 and from 30 September 2023, each segment with whom it had on that evening."""
    states = opened.get("labelled_states").execute()
    states["snapshot"] = pd.to_datetime(states["snapshot"])
    sums = {}
    for key, start in (("now", pd.Timestamp("2024-09-30")), ("before", pd.Timestamp("2023-09-30"))):
        members = states[states.snapshot == start].set_index("customer_id").segment
        window = orders[(orders.day > start) & (orders.day <= start + pd.Timedelta(days=92))]
        spent = window.groupby("customer_id").money.sum().reindex(members.index).fillna(0)
        sums[key] = pd.DataFrame({"money": spent.groupby(members).sum(), "squares": (spent**2).groupby(members).sum(), "n": members.value_counts()})
    both = sums["now"].add_suffix("_now").join(sums["before"].add_suffix("_before"), how="outer").fillna(0)
    lost = both.money_before - both.money_now
    noise = (both.squares_now + both.squares_before) ** 0.5
    clear = (lost >= 0.2 * both.money_before) & (lost > 2 * noise) & (lost >= 0.02 * both.money_before.sum()) & (both[["n_now", "n_before"]].min(axis=1) >= 20)
    assert clear.any()
    found = opened.get("falls").set_index("segment")
    assert set(found.index) == set(both.index[clear])
    for segment, row in found.iterrows():
        assert (row.money, row.money_before) == (pytest.approx(both.money_now[segment]), pytest.approx(both.money_before[segment]))
        assert (row.customers, row.customers_before, row.against, row.since) == (both.n_now[segment], both.n_before[segment], "year", dt.date(2024, 9, 30))


def test_segments_before_and_now_are_those_of_the_history(opened):
    history = look(opened, "history")
    now, then = (history[(history.as_of == day) & (history.scheme == "segment") & (history.customers > 0)] for day in (AS_OF, dt.date(2024, 11, 30)))
    found = opened.get("shifts").set_index("segment")
    assert found.now[found.now > 0].to_dict() == now.set_index("segment").customers.to_dict()
    assert found.before[found.before > 0].to_dict() == then.set_index("segment").customers.to_dict()


def test_news_speak_of_the_last_full_month_and_of_one_picture(opened):
    news = opened.get("news")
    assert set(news.candidate) == {"months", "flows", "history", "causes", "lateness"} and news.is_chosen.sum() == 1
    assert set(news.month.dropna()) == {pd.Timestamp("2024-12-01")}
    assert news.loc[news.is_chosen, "score"].iloc[0] == news.score.max()


def test_a_shop_of_a_day_has_no_past_to_compare_with(tmp_path):
    rows = [[f"c{place}", "2024-05-05", f"o{place}", "tea", 1, "9.00"] for place in range(5)]
    opened = open_shop(tmp_path, rows)
    assert opened.get("falls").empty and opened.get("doubts").empty and opened.get("shifts").empty
    assert set(opened.get("news").reason) == {"short"}
    assert opened.get("actions").effort.sum() == pytest.approx(1)
