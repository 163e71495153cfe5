"""Nobody can work out a withheld number from what is published: an attacker with linear algebra tries, on generated tables."""

import itertools

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.disclosure import withhold
from analysis.models.disclosure_rules import Balance, Branches, Cells, Curve, Parts

LEAST = st.sampled_from([3, 5, 10])
COUNTS = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 80))


def attack(truth, published, equations):
    """Name the numbers that follow: those whose unit vector lies in the span of the equations, with all published numbers put in."""
    unknown = [name for name in truth if name not in published]
    if not unknown:
        return set()
    lines = [np.array([line.get(name, 0.0) for name in unknown]) for line in equations]
    matrix = np.array([line for line in lines if line.any()]).reshape(-1, len(unknown))
    rank = np.linalg.matrix_rank(matrix) if len(matrix) else 0
    return {name for place, name in enumerate(unknown) if len(matrix) and np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(unknown))[place]])) == rank}


def money_of(counts, seed=7):
    return [round(float(count * 10 + (place * seed) % 13 * (count > 0)), 2) for place, count in enumerate(counts)]


def shown_of(frame, keys, count="customers"):
    return {tuple(row[key] for key in keys): row[count] for row in frame.to_dict("records") if not pd.isna(row[count])}


def no_small(frame, least, columns=("customers",)):
    for column in columns:
        seen = frame[column].dropna().astype(float)
        assert not ((seen > 0) & (seen < least)).any()


@settings(deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=8), LEAST, st.randoms(use_true_random=False))
def test_groups_beside_their_total(counts, least, chance):
    frame = pd.DataFrame({"segment": [f"s{i}" for i in range(len(counts))], "customers": counts, "monetary": money_of(counts)})
    rules = [Cells(("segment",), values=("monetary",), totals=((),))]
    seen = withhold(frame, rules, least=least)
    no_small(seen, least)
    assert seen.monetary.isna().equals(seen.customers.isna()), "money goes with its customers"
    assert seen.customers[frame.customers == 0].eq(0).all(), "zero stays"
    gone = frame.customers[seen.customers.isna()]
    if sum(counts) >= least and len(gone):
        assert (gone > 0).sum() >= 2 and gone.sum() >= least
    if not ((frame.customers > 0) & (frame.customers < least)).any():
        assert seen.equals(frame.copy()) or not len(gone)
    order = list(range(len(counts)))
    chance.shuffle(order)
    other = withhold(frame.iloc[order], rules, least=least)
    assert set(other.segment[other.customers.isna()]) == set(seen.segment[seen.customers.isna()])


def matrix_frames(grid):
    rows = [
        {"from": f"r{i}", "to": f"c{j}", "customers": int(count), "monetary": float(count) * 3 + (i + 2 * j) * (count > 0)}
        for i, line in enumerate(grid)
        for j, count in enumerate(line)
    ]
    return pd.DataFrame(rows)


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 5), st.integers(2, 5), st.booleans(), st.booleans(), LEAST, st.data())
def test_a_matrix_beside_the_totals_of_its_rows_and_columns(height, width, crossed, sparse, least, data):
    grid = data.draw(st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=height, max_size=height))
    whole = matrix_frames(grid)
    frame = whole[whole.customers > 0].reset_index(drop=True) if sparse and crossed else whole
    if frame.empty:
        return
    rows, columns = (whole.groupby(side, as_index=False)[["customers", "monetary"]].sum() for side in ("from", "to"))
    seen = withhold(frame, [Cells(("from", "to"), values=("monetary",), totals=(("from",), ("to",), ()), crossed=crossed)], least=least)
    no_small(seen, least)
    margins = {
        side: withhold(table, [Cells((side,), values=("monetary",), totals=((),))], least=least) for side, table in (("from", rows), ("to", columns))
    }  # as the tables that publish them show them
    truth = {(row["from"], row["to"]): row["customers"] for row in whole.to_dict("records")}
    published = {**dict.fromkeys(truth, 0), **{(row["from"], row["to"]): row["customers"] for row in seen.to_dict("records")}}
    published = {name: value for name, value in published.items() if not pd.isna(value)}
    assert all(value == truth[name] for name, value in published.items()), "what is shown is true"
    equations = []
    for side, place in (("from", 0), ("to", 1)):
        for row in margins[side].to_dict("records"):
            truth[side, row[side], "total"] = None
            if not pd.isna(row["customers"]):
                published[side, row[side], "total"] = row["customers"]
            equations.append({**{name: 1.0 for name in truth if len(name) == 2 and name[place] == row[side]}, (side, row[side], "total"): -1.0})
        truth["all",] = sum(sum(line) for line in grid)
        if not 0 < truth["all",] < least:
            published["all",] = truth["all",]
        equations.append({**{name: 1.0 for name in truth if len(name) == 3 and name[0] == side}, ("all",): -1.0})
    found = attack(truth, published, equations)
    assert not {name for name in found if len(name) == 2}, "no withheld cell can be worked out"
    assert not found, "and no withheld total"
    if not ((frame.customers > 0) & (frame.customers < least)).any() and not any(table.customers.isna().any() for table in margins.values()):
        assert not seen.customers.isna().any(), "nothing is withheld where nothing is small"


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=6), LEAST)
def test_parts_in_columns_beside_their_sum(rows, least):
    frame = pd.DataFrame(rows, columns=["bought", "waited", "moved"]).assign(ruler=[f"r{i}" for i in range(len(rows))])
    frame["changed"] = frame[["bought", "waited", "moved"]].sum(axis=1)
    parts = ("bought", "waited", "moved")
    seen = withhold(frame, [Cells(("ruler",), ("changed",), parts), Parts(("ruler",), parts, totals=(("ruler",),))], least=least)
    no_small(seen, least, ("changed", *parts))
    for (_, row), (_, exact) in zip(seen.iterrows(), frame.iterrows(), strict=True):
        gone = [part for part in parts if pd.isna(row[part])]
        if not pd.isna(row.changed) and gone:
            assert sum(exact[part] > 0 for part in gone) >= 2 and sum(exact[part] for part in gone) >= least


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=7), LEAST)
def test_stocks_and_flows_over_time(rows, least):
    """A month's active customers are new, returning or reactivated; those of the month before return or fall silent."""
    months, before = [], None
    for place, (new, returning, back) in enumerate(rows):
        returning = min(returning, before) if before is not None else 0
        back = back if place else 0
        months.append(
            {
                "month": place,
                "new": new,
                "returning": returning,
                "reactivated": back,
                "active": new + returning + back,
                "dormant": before - returning if before is not None else 0,
            }
        )
        before = new + returning + back
    frame = pd.DataFrame(months)
    sums = ((("active", 0), ("new", 0), ("returning", 0), ("reactivated", 0)), (("active", 1), ("returning", 0), ("dormant", 0)))
    rules = [Cells(("month",), ("new",), totals=((),)), Balance("month", sums=sums, kept=("new",), totals=("active", "new"))]
    seen = withhold(frame, rules, least=least)
    columns = ["active", "new", "returning", "reactivated", "dormant"]
    no_small(seen, least, columns)
    truth = {(column, place): frame.loc[place, column] for column in columns for place in frame.index}
    published = {name: seen.loc[name[1], name[0]] for name in truth if not pd.isna(seen.loc[name[1], name[0]])}
    equations = [{("active", i): -1.0, ("new", i): 1.0, ("returning", i): 1.0, ("reactivated", i): 1.0} for i in frame.index]
    equations += [{("active", i - 1): -1.0, ("returning", i): 1.0, ("dormant", i): 1.0} for i in frame.index[1:]]
    if frame.new.sum() >= least:
        equations.append({("new", i): 1.0 for i in frame.index})
    small = {name for name, value in truth.items() if 0 < value < least}
    assert not attack(truth, published, equations) & small


LEAF = st.integers(0, 15)


@settings(deadline=None)
@given(st.lists(st.lists(st.lists(LEAF, min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=3), LEAST)
def test_a_tree_whose_branches_add_up(shape, least):
    rows = []
    for i, twigs in enumerate(shape):
        rows.append((f"b{i}", sum(map(sum, twigs))))
        for j, leaves in enumerate(twigs):
            rows.append((f"b{i}/t{j}", sum(leaves)))
            rows += [(f"b{i}/t{j}/l{k}", leaf) for k, leaf in enumerate(leaves)]
    frame = pd.DataFrame(rows, columns=["path", "customers"]).assign(tree="main", monetary=lambda t: t.customers * 2.5)
    seen = withhold(frame, [Branches(("tree",), "path", "/", values=("monetary",))], least=least)
    no_small(seen, least)
    truth = dict(rows) | {"": sum(count for path, count in rows if "/" not in path)}
    published = {row.path: row.customers for row in seen.itertuples() if not pd.isna(row.customers)}
    if not 0 < truth[""] < least:
        published[""] = truth[""]
    equations = []
    for parent in truth:
        below = [path for path in truth if path and path.rpartition("/")[0] == parent]
        if below:
            equations.append({**dict.fromkeys(below, 1.0), parent: -1.0})
    known = attack(truth, published, equations)
    assert not {path for path in known if 0 < truth[path] < least}


@given(st.lists(st.integers(0, 9), min_size=2, max_size=30), LEAST)
def test_a_curve_steps_over_enough_customers(steps, least):
    left = list(itertools.accumulate(steps, lambda total, step: total - step, initial=sum(steps)))
    frame = pd.DataFrame({"days": range(len(left)), "waiting": left})
    seen = withhold(frame, [Curve((), "waiting")], least=least)
    assert seen.waiting.iloc[0] == left[0]
    assert (seen.waiting.diff().abs().dropna() >= least).all()
