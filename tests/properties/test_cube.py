"""Laws of the cube that pages reckon from: no small group, nobody lost, today's segments as they are, nothing that follows by subtraction, no order of rows."""

import datetime as dt
import random
from decimal import Decimal
from functools import cache as once

import ibis
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.models import cube, cube_bins
from analysis.models.cube_steps import count_steps
from analysis.models.maps import load_map
from analysis.models.rfm import fit_ruler
from analysis.models.tree import OTHER, UNKNOWN
from analysis.settings.scoring import Scoring
from shops import look, make_lines, open_shop

SEEDS = (1, 2, 3)
LEASTS = (1, 5, 10)
MAPS = ("rf10", "codes125")
REGIONS = (("north", 60), ("south", 25), ("east", 10), ("isle", 1), (None, 4))


def make_people(seed: int, *, count: int = 700) -> pd.DataFrame:
    """Make up buyers: many who ordered once, few who spent much, regions of very different size."""
    rng = random.Random(seed)  # noqa: S311
    rows = []
    for _person in range(count):
        orders = 1 + int(rng.expovariate(0.45))
        days = int(rng.expovariate(orders / 900)) % 1200
        money = Decimal(rng.randrange(400, 90_000) * orders) / 100
        region = rng.choices([name for name, _share in REGIONS], [share for _name, share in REGIONS])[0]
        rows.append((days, orders, money, region))
    return pd.DataFrame(rows, columns=["r_value", "f_value", "m_value", "region"])


def open_table(people: pd.DataFrame) -> ibis.Table:
    """Give buyers to the engine."""
    types = {"r_value": "int64", "f_value": "int64", "m_value": "decimal(38,4)", "monetary": "decimal(38,4)", "region": "string"}
    rows = people.assign(monetary=people.m_value)[list(types)]
    return ibis.memtable(rows, schema=types)


def build(people: pd.DataFrame, *, least: int, name: str = "rf10", attribute: str = "region", most: int = cube.MOST):
    """Make the cube of these people with the ruler and a map that would be theirs."""
    table = open_table(people)
    ruler = fit_ruler(table, Scoring(), fitted_on=dt.date(2024, 1, 1))
    places = cube_bins.choose_edges(table, ruler)
    edges = cube_bins.list_edges(ruler, places)
    codes = cube_bins.list_codes([load_map(name)])
    counted = cube_bins.count_bins(table, ruler, places, attribute=attribute)
    return cube.make_cube(counted, edges, codes, least=least, attribute=attribute, most=most), edges, codes, ruler


@once
def build_shop(seed: int, least: int, name: str = "rf10"):
    """Make the people of a seed and their cube, once for all tests that look at it."""
    people = make_people(seed)
    return people, *build(people, least=least, name=name)


def label_people(people: pd.DataFrame, cuts: dict[str, list[float]], name: str) -> pd.Series:
    """Score and label by hand: a score is one more than the cuts that a value lies beyond; who is on a cut is not beyond it."""
    cells = load_map(name).cells
    axes = len(next(iter(cells)))
    labels = []
    for days, orders, money in people[["r_value", "f_value", "m_value"]].itertuples(index=False):
        scores = (1 + sum(days < cut for cut in cuts["r"]), 1 + sum(orders > cut for cut in cuts["f"]), 1 + sum(float(money) > cut for cut in cuts["m"]))
        labels.append(cells[scores[:axes]])
    return pd.Series(labels, index=people.index)


def cuts_of(ruler) -> dict[str, list[float]]:
    """List the cuts of a ruler."""
    return {axis: [float(value) for value in getattr(ruler, axis).values] for axis in "rfm"}


@pytest.mark.parametrize("least", LEASTS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", MAPS)
def test_no_group_is_small_and_nobody_is_lost(name, seed, least):
    people, made, edges, codes, _ruler = build_shop(seed, least, name)
    assert made.customers.min() >= least
    assert made.customers.sum() == len(people)
    assert abs(Decimal(made.monetary.sum()) - people.m_value.sum()) <= Decimal("0.5")
    assert len(made) <= cube.MOST
    assert set(cube.label_bins(made, cube.place_cuts(edges), codes)) == set(made.segment)
    assert (cube.label_bins(made, cube.place_cuts(edges), codes) == made.segment).all(), "the middle of a group lies in its own segment"
    for axis in "rfm":
        assert made[axis].between(0, (edges.measure == axis).sum()).all()


@pytest.mark.parametrize("least", LEASTS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", MAPS)
def test_with_nothing_moved_the_segments_are_those_of_the_report(name, seed, least):
    """Segments of fewer than `least` are counted with another that is withheld beside them; every other one is exact, in customers and, to a unit, in money."""
    people, made, _edges, _codes, ruler = build_shop(seed, least, name)
    own = people.assign(segment=label_people(people, cuts_of(ruler), name), money=people.m_value.astype(float))
    held = {row.segment: row.holds.split() for row in made.itertuples() if row.holds}
    small = [segment for segment, customers in own.segment.value_counts().items() if customers < least]
    assert set(small) <= {key for target, keys in held.items() for key in (target, *keys)}
    assert bool(held) == bool(small)
    own["segment"] = own.segment.replace({key: target for target, keys in held.items() for key in keys})
    wanted = own.groupby("segment").agg(customers=("money", "size"), monetary=("money", "sum"))
    told = made.groupby("segment")[["customers", "monetary"]].sum()
    assert told.customers.to_dict() == wanted.customers.to_dict()
    assert ((told.monetary - wanted.monetary).abs() <= 1).all()


@pytest.mark.parametrize("least", [5, 10])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_counted_under_others_does_not_follow_by_subtraction(seed, least):
    """Readers know how many customers live in a region, and how many are in a segment: what the cube leaves out of either is nobody, or not few."""
    people, made, *_rest = build_shop(seed, least)
    lives = people.region.fillna(UNKNOWN).value_counts()
    told = made.groupby("value").customers.sum()
    assert set(told.index) <= {*lives.index, OTHER}
    for region, customers in lives.items():
        missing = customers - told.get(region, 0)
        assert missing == 0 or missing >= least or missing == customers, region
    alone = sum(customers for region, customers in lives.items() if region not in told.index)
    assert alone == 0 or alone >= least
    assert lives["isle"] > least or "isle" not in told.index


def make_counts(seed: int) -> pd.DataFrame:
    """Make up counts at some places of three regions and more, small ones among them."""
    rng = random.Random(seed)  # noqa: S311
    rows = [
        (region, rng.randrange(15), rng.randrange(8), rng.randrange(15), rng.choice((1, 1, 2, 3, 8)))
        for region in ("a", "b", "c", "d", "e")[: 3 + seed % 3]
        for _place in range(rng.choice((2, 6, 25, 60)))
    ]
    counts = pd.DataFrame(rows, columns=["value", "r", "f", "m", "customers"]).groupby(["value", "r", "f", "m"], as_index=False).customers.sum()
    return counts.assign(monetary=[Decimal(100 * customers) for customers in counts.customers])


def find_by_subtraction(inside: pd.DataFrame, unknown: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tell which unknown numbers of a table follow from those told and the totals of rows and columns."""
    sums = [[cell for cell in unknown if cell[axis] == name] for axis in (0, 1) for name in sorted({cell[axis] for cell in unknown})]
    nothing = {cell for cells in sums if sum(inside.get(cell, 0) for cell in cells) == 0 for cell in cells}
    left = [cell for cell in unknown if cell not in nothing]
    known = np.array([[float(cell in cells) for cell in left] for cells in sums])
    free = np.eye(len(left)) - np.linalg.pinv(known) @ known if left else np.zeros((0, 0))
    return [cell for place, cell in enumerate(left) if np.abs(free[place]).max() < 1e-9]


@pytest.mark.parametrize("seed", range(25))
def test_no_small_number_of_a_region_in_a_segment_follows_by_linear_algebra(seed):
    """An attacker knows every region and every segment as a whole, and all groups of the cube."""
    _people, _made, edges, codes, _ruler = build_shop(1, 5)
    counts = make_counts(seed)
    made = cube.make_cube(counts, edges, codes, least=5, attribute="region")
    target = {key: row.segment for row in made.itertuples() for key in row.holds.split()}
    segment = cube.label_bins(counts, cube.place_cuts(edges), codes).replace(target)
    inside = counts.groupby([segment.rename("segment"), "value"]).customers.sum().to_dict()
    shown = made.groupby(["segment", "value"]).customers.sum().to_dict()
    unknown = [(key, region) for key in sorted(set(segment)) for region in sorted(set(counts.value)) if (key, region) not in shown]
    assert all(inside[cell] == customers for cell, customers in shown.items() if cell[1] != OTHER and (cell[0], OTHER) not in shown)
    small = [cell for cell in find_by_subtraction(inside, unknown) if 0 < inside.get(cell, 0) < 5]
    assert small == []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_changes_nothing(seed):
    people, made, edges, codes, _ruler = build_shop(seed, 5)
    again, edges_again, *_rest = build(people.sample(frac=1, random_state=seed, ignore_index=True), least=5)
    assert_frame_equal(made, again)
    assert_frame_equal(edges, edges_again)
    counts = make_counts(seed)
    one, other = (cube.make_cube(each, edges, codes, least=5) for each in (counts, counts.sample(frac=1, random_state=seed)))
    assert_frame_equal(one, other)


@pytest.mark.parametrize("seed", SEEDS)
def test_places_are_round_numbers(seed):
    """Two digits: nobody's own money, unless they spent a round sum."""
    _people, _made, edges, _codes, ruler = build_shop(seed, 5)
    free = edges[(edges.measure == "m") & (edges.cuts == 0)].value
    assert len(free) > 10
    assert [value for value in free if float(f"{value:.1e}") != value] == []
    assert edges[edges.measure == "m"].cuts.sum() == len(ruler.m.values) == 4
    for axis, ascending in (("r", False), ("f", True), ("m", True)):
        values = edges[edges.measure == axis].value
        assert values.is_unique
        assert values.is_monotonic_increasing if ascending else values.is_monotonic_decreasing


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", MAPS)
def test_where_every_customer_is_shown_moved_cuts_give_exactly_what_scoring_again_gives(name, seed):
    people = make_people(seed, count=120)
    made, edges, codes, ruler = build(people, least=1, name=name, most=10_000)
    rng = random.Random(seed)  # noqa: S311
    for _trial in range(10):
        places = {axis: sorted(rng.choices(range((edges.measure == axis).sum()), k=4)) for axis in "rfm"}
        value = {axis: edges[edges.measure == axis].set_index("place").value for axis in "rfm"}
        cuts = {axis: [value[axis][place] for place in places[axis]] for axis in "rfm"}
        wanted = label_people(people, cuts, name).value_counts().to_dict()
        told = made.groupby(cube.label_bins(made, places, codes)).customers.sum().to_dict()
        assert told == wanted
        assert wanted != label_people(people, cuts_of(ruler), name).value_counts().to_dict()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", MAPS)
def test_where_groups_have_five_a_moved_cut_is_wrong_for_few(name, seed):
    """One cut at a time, one place on: so many of a hundred buyers, all segments together, are told in the wrong one; more where money counts, too."""
    most = {"rf10": 4, "codes125": 5}[name]
    people, made, edges, codes, ruler = build_shop(seed, 5, name)
    value = {axis: edges[edges.measure == axis].set_index("place").value for axis in "rfm"}
    now = cube.place_cuts(edges)
    for axis in "rf":
        for number in range(4):
            places = now | {axis: [place + (1 if at == number else 0) for at, place in enumerate(now[axis])]}
            if places[axis] != sorted(places[axis]) or places[axis][-1] >= len(value[axis]):
                continue
            cuts = cuts_of(ruler) | {axis: [value[axis][place] for place in places[axis]]}
            wanted = label_people(people, cuts, name).value_counts()
            told = made.groupby(cube.label_bins(made, places, codes)).customers.sum()
            assert told.sub(wanted, fill_value=0).abs().sum() / 2 <= len(people) * most / 100


def test_too_few_buyers_give_no_cube():
    people = make_people(1, count=4)
    assert build(people, least=5)[0].empty
    assert len(build(make_people(1, count=5), least=5)[0]) == 1


def test_without_an_attribute_there_is_one_value():
    people = make_people(2)
    made, *_rest = build(people, least=5, attribute="")
    assert set(made.value) == {UNKNOWN}
    assert made.customers.sum() == len(people)


def test_many_values_become_twelve():
    people = make_people(3)
    people["region"] = [f"region {number % 30:02d}" if number % 3 else "home" for number in range(len(people))]
    made, *_rest = build(people, least=5)
    assert 2 <= made.value.nunique() <= 12
    assert {"home", OTHER} <= set(made.value)
    assert made.customers.sum() == len(people)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_step_is_a_step(seed):
    """All cuts of a measure one place on: who is in another segment then, told from the groups themselves."""
    _people, made, edges, codes, _ruler = build_shop(seed, 5)
    steps = count_steps(made, edges, codes)
    assert set(steps.measure) == {"r", "f"}  # the map does not look at money
    for (axis, step), part in steps.groupby(["measure", "step"]):
        last = (edges.measure == axis).sum() - 1
        places = cube.place_cuts(edges)
        places[axis] = [min(max(place + step, 0), last) for place in places[axis]]
        moved = cube.label_bins(made, places, codes)
        assert part.set_index("segment").customers_after[lambda n: n > 0].to_dict() == made.groupby(moved).customers.sum().to_dict()
        assert part.moved.unique().tolist() == [made.customers[moved != made.segment].sum()]
        assert part.customers_before.sum() == part.customers_after.sum() == part.buyers.iloc[0] == made.customers.sum()
        gains = (part.customers_after - part.customers_before).clip(lower=0).sum()
        assert gains <= part.moved.iloc[0]


def test_in_a_run_the_cube_counts_the_buyers_of_the_report(tmp_path):
    opened = open_shop(tmp_path, make_lines(5, customers=150), pages={"profile": "analyst", "small_cells": 3})
    made, segments = look(opened, "cube"), look(opened, "segments")
    segments = segments[(segments.scheme == "segment") & (segments.customers > 0)].set_index("segment")
    held = {row.segment: row.holds.split() for row in made.itertuples() if row.holds}
    for key, row in segments.iterrows():
        if key not in held and key not in {each for keys in held.values() for each in keys}:
            group = made[made.segment == key]
            assert group.customers.sum() == row.customers
            assert abs(Decimal(group.monetary.sum()) - row.monetary) <= 1
    assert made.customers.sum() == segments.customers.sum()
    assert made.customers.min() >= 3
