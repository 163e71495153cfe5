"""Groups from one report to the next: who is who again, when accepted centres no longer fit, and what became of each group."""

import datetime as dt
import json
import random
from dataclasses import replace
from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
import pytest

from analysis.models.clusters.assigning import assign_clusters
from analysis.models.clusters.drift import measure_drift, stability_index
from analysis.models.clusters.features import draw_points
from analysis.models.clusters.fitting import fit_clusters
from analysis.models.clusters.grouping import align, cross_labels, go_on
from analysis.models.clusters.matching import match_clusters, settle_numbers
from analysis.state import Published
from shops import look, make_lines, open_shop, table

RFM = ("recency_days", "frequency", "monetary")
TYPES = {"customer_id": "string", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)"}


def crossed(**cells):
    """Write a cross table: o1n2=5 for five customers from old 1 in new 2."""
    pairs = [(int(key[1 : key.index("n")]), int(key[key.index("n") + 1 :]), count) for key, count in cells.items()]
    return pd.DataFrame(pairs, columns=["old", "new", "customers"])


def told(cells, old, new):
    matched = match_clusters(cells, old=old, new=new)
    return {
        (None if pd.isna(row.cluster) else int(row.cluster)): (row.event, None if pd.isna(row.matched_to) else int(row.matched_to), row.follows)
        for row in matched.itertuples() if row.event != "died"
    }, sorted(matched.matched_to[matched.event == "died"].tolist())  # fmt: skip


def test_groups_that_only_changed_their_numbers_are_kept():
    found, died = told(crossed(o1n3=90, o1n1=10, o2n1=80, o3n2=70, o3n3=5), (1, 2, 3), (1, 2, 3))
    assert found == {1: ("kept", 2, True), 2: ("kept", 3, True), 3: ("kept", 1, True)} and died == []


def test_a_group_in_two_parts_is_split_and_the_greater_part_keeps_the_number():
    matched = match_clusters(crossed(o1n1=60, o1n3=40, o2n2=100), old=(1, 2), new=(1, 2, 3))
    assert matched.event.tolist() == ["split", "kept", "split"] and matched.matched_to.tolist() == [1, 2, 1]
    assert settle_numbers(matched, highest=2) == (1, 2, 3)
    assert matched.share_of_old.tolist() == [0.6, 1.0, 0.4] and matched.share_of_new.tolist() == [1.0, 1.0, 1.0]


def test_two_groups_in_one_are_merged_under_the_number_of_the_greater():
    found, died = told(crossed(o1n1=100, o2n2=60, o3n2=50), (1, 2, 3), (1, 2))
    assert found == {1: ("kept", 1, True), 2: ("merged", 2, True)}
    assert died == [], "3 went into 2: merged, not dead"


def test_a_group_of_nobody_known_is_born_and_one_whose_customers_scattered_died():
    """Customers of 3 went to all of four others by a quarter; 9 has none that are known."""
    cells = crossed(o1n1=100, o2n2=100, o4n4=100, o5n5=100, o3n1=10, o3n2=10, o3n4=10, o3n5=10)
    found, died = told(cells, (1, 2, 3, 4, 5), (1, 2, 4, 5, 9))
    assert found[9] == ("born", None, False) and died == [3]
    assert {found[number][0] for number in (1, 2, 4, 5)} == {"kept"}
    assert settle_numbers(match_clusters(cells, old=(1, 2, 3, 4, 5), new=(1, 2, 4, 5, 9)), highest=7) == (1, 2, 4, 5, 8), "3, 6 and 7 are not given again"


def test_half_a_group_that_is_all_of_a_new_one_is_split_off():
    """New 2 is wholly of old 1 (40 of 100) but old 1 mostly stayed in 1: a split. New 1 holds 60 of it, yet most of new 1 comes from old 2: merged."""
    found, _died = told(crossed(o1n1=60, o1n2=40, o2n1=90), (1, 2), (1, 2))
    assert found[1][:2] == ("merged", 2) and found[2][:2] == ("split", 1)


def test_half_is_enough_and_less_is_not():
    """Half of old 1 went to new 1, and half of new 1 came from it: kept. With one customer in a hundred less either way old 1 is gone."""
    found, _died = told(crossed(o1n1=50, o1n2=25, o1n3=25, o2n1=25, o3n1=25, o2n2=150, o3n3=150), (1, 2, 3), (1, 2, 3))
    assert found == {1: ("kept", 1, True), 2: ("kept", 2, True), 3: ("kept", 3, True)}
    found, died = told(crossed(o1n1=49, o1n2=26, o1n3=25, o2n1=26, o3n1=25, o2n2=150, o3n3=150), (1, 2, 3), (1, 2, 3))
    assert found[1] == ("born", None, False) and died == [1]


def test_nothing_in_common_is_all_born_and_all_died():
    found, died = told(crossed(), (1, 2), (1, 2, 3))
    assert {event for event, *_ in found.values()} == {"born"} and died == [1, 2]


def groups(number=60, seed=3, shift=1.0):
    rng = random.Random(seed)  # noqa: S311
    return [
        {"customer_id": f"{name}-{one}", "recency_days": round(r * shift * rng.uniform(0.7, 1.3)), "frequency": max(1, round(f * rng.uniform(0.7, 1.3))),
         "monetary": Decimal(round(m * rng.uniform(0.7, 1.3)))}
        for name, (r, f, m) in {"big": (5, 40, 4000), "middle": (60, 8, 400), "small": (400, 1, 20)}.items() for one in range(number)
    ]  # fmt: skip


def blobs(number=250, seed=6):
    """Make six kinds of customers that shade into each other."""
    rng = random.Random(seed)  # noqa: S311
    kinds = [(5, 30, 4000), (20, 4, 200), (60, 12, 600), (120, 2, 900), (300, 6, 150), (400, 1, 20)]
    return [
        {"customer_id": f"c{kind}-{one:03d}", "recency_days": round(r * rng.lognormvariate(0, 0.4)), "frequency": max(1, round(f * rng.lognormvariate(0, 0.4))),
         "monetary": Decimal(round(m * rng.lognormvariate(0, 0.4) * 100)) / 100}
        for kind, (r, f, m) in enumerate(kinds) for one in range(number)
    ]  # fmt: skip


def draw(people):
    return draw_points(table(people, **TYPES), RFM, size=20_000)


def fit(people, *, k=3, seed=1, day=dt.date(2024, 6, 30)):
    return fit_clusters(draw(people), RFM, k_min=3, k_max=6, k=k, smallest=0.02, transform="log", limit=6.0, seed=seed, fitted_on=day)


def labels(people, model):
    return assign_clusters(table(people, **TYPES), model).select("customer_id", "cluster")


def test_drift_is_nothing_on_the_same_customers_and_beyond_the_limit_on_others():
    people = groups()
    model = fit(people)
    same = measure_drift(model, draw(people), limit=0.25).set_index("measure")
    assert same.value.tolist() == [0, 0, 0] and same.limit["index"] == 0.25
    others = draw(groups(seed=9))
    alike = measure_drift(model, others, limit=0.25).set_index("measure").value["index"]
    assert 0 < alike < 0.25, "the same kind of customers"
    later = measure_drift(model, draw(groups(seed=9, shift=40)), limit=0.25).set_index("measure")
    assert later.value["index"] > 0.25
    placed, apart = model.nearest(draw(groups(seed=9, shift=40)))
    assert later.now["distance"] == pytest.approx(apart[placed >= 0].mean())


def test_the_index_of_shares_by_hand():
    """(0.6 - 0.5) ln 1.2 + (0.4 - 0.5) ln 0.8 = 0.0182322 + 0.0223144; an empty group counts as one in ten thousand."""
    assert stability_index((0.5, 0.5), (0.6, 0.4)) == pytest.approx(0.0405465, abs=1e-7)
    assert stability_index((0.3, 0.7), (0.3, 0.7)) == 0
    assert stability_index((0.0, 1.0), (0.1, 0.9)) == pytest.approx(0.0999 * np.log(1000) + -0.1 * np.log(0.9), abs=1e-9)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_found_anew_with_another_seed_customers_keep_their_number(seed):
    """The fresh numbers are mixed up on purpose: after alignment at least 95 in 100 have their number again."""
    people = blobs()
    before, fresh = fit(people, k=6), fit(people, k=6, seed=seed)
    fresh = replace(fresh, numbers=(4, 1, 6, 2, 3, 5))
    old = labels(people, before)
    raw = cross_labels(table(people, **TYPES), fresh, old)
    model, events = align(fresh, before, raw)
    now = labels(people, model).execute().set_index("customer_id").cluster
    then = old.execute().set_index("customer_id").cluster
    assert raw.customers[raw.old == raw.new].sum() / raw.customers.sum() < 0.5
    assert (now == then[now.index]).mean() >= 0.95
    assert set(events.event) == {"kept"} and dict(zip(model.numbers, model.names, strict=True)) == dict(zip(before.numbers, before.names, strict=True))


def test_the_old_numbers_stay_when_a_group_dies_and_another_is_born():
    """Customers of "small" leave and others of a new kind come: 3 died, 4 is born; the two others keep number and name."""
    before = fit(groups())
    newcomers = [{"customer_id": f"new-{one}", "recency_days": 300 + one, "frequency": 90 + one % 9, "monetary": Decimal(3 + one % 2)} for one in range(60)]
    people = [person for person in groups() if not person["customer_id"].startswith("small")] + newcomers
    fresh = fit(people)
    model, events = align(fresh, before, cross_labels(table(people, **TYPES), fresh, labels(groups(), before)))
    assert events[["cluster", "event"]].values.tolist() == [[1, "kept"], [2, "kept"], [3, "died"], [4, "born"]]
    assert model.highest == 4 and sorted(model.numbers) == [1, 2, 4]
    names = dict(zip(model.numbers, model.names, strict=True))
    assert [names[1], names[2]] == list(before.names[:2]) and names[4] not in before.names
    assert events.name.tolist()[:3] == list(before.names)


def test_outliers_are_matched_with_nobody():
    people = groups()
    model = fit(people)
    old = ibis.memtable(pd.DataFrame({"customer_id": [person["customer_id"] for person in people], "cluster": 0}))
    assert cross_labels(table(people, **TYPES), model, old).empty


def published(opened, folder):
    """What a report of this run would have left behind."""
    model = opened.get("cluster_model")
    path = folder / "labels.parquet"
    opened.get("customers").filter(opened.get("customers").frequency > 0).select("customer_id", "cluster").to_parquet(path)
    return Published(opened.as_of, "run", {}, {}, json.loads(json.dumps(model.to_dict())), [], [], [], [], path, path.with_name("none.parquet"))


def again(folder, lines, memory, **choices):
    opened = open_shop(folder, lines, **choices)
    opened.built["published"] = memory
    return opened


LINES = make_lines(5, customers=150)
CHOICES = {"k_min": 3, "k_max": 4}


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reported")
    opened = open_shop(folder, LINES, clusters=CHOICES)
    assert look(opened, "clusters").event.isna().all() and look(opened, "cluster_decision").decision.tolist() == ["first"]
    return published(opened, folder), opened


def test_accepted_centres_take_newcomers_and_move_for_nobody(reported, tmp_path):
    memory, before = reported
    newcomer = ["newcomer", "2023-06-01 10:00", "N1", "A", 3, "2.50"]
    opened = again(tmp_path, [*LINES, newcomer], memory, clusters=CHOICES)
    assert opened.get("cluster_model") == before.get("cluster_model")
    assert look(opened, "cluster_decision").decision.tolist() == ["accepted"]
    then, now = (look(run, "customers").set_index("customer_id").cluster for run in (before, opened))
    assert now[then.index].equals(then) and now["newcomer"] in opened.get("cluster_model").numbers
    assert set(look(opened, "clusters").query("cluster > 0").event) == {"kept"}
    assert look(opened, "clusters").query("cluster > 0").matched_to.tolist() == look(opened, "clusters").query("cluster > 0").cluster.tolist()
    assert go_on(before.get("cluster_model")).event.tolist() == ["kept"] * len(before.get("cluster_model").numbers)


def test_beyond_the_limit_groups_are_found_anew(reported, tmp_path):
    """Half a year in which nobody ordered: the same shop, seen much later, no longer lies about the centres of then."""
    memory, before = reported
    late = [*LINES, ["last", "2025-01-10 10:00", "N1", "A", 3, "2.50"]]
    opened = again(tmp_path, late, memory, clusters=CHOICES)
    assert look(opened, "cluster_decision").decision.tolist() == ["refit_drift"]
    drift = look(opened, "cluster_drift").set_index("measure")
    assert drift.value["index"] > drift.limit["index"] == 0.25
    assert opened.get("cluster_model") != before.get("cluster_model")
    counted = look(opened, "clusters")
    assert counted.event[counted.cluster > 0].notna().all() and set(counted.event) <= {"kept", "split", "merged", "born", "died", None}
    assert sum(counted.customers) == look(opened, "customers").cluster.notna().sum()


@pytest.mark.parametrize(
    ("choices", "decision"),
    [(CHOICES | {"centres": "refit"}, "refit_asked"), (CHOICES | {"k": 4}, "refit_settings"), (CHOICES | {"transform": "none"}, "refit_settings"),
     (CHOICES | {"features": ["frequency", "monetary"]}, "refit_settings"), (CHOICES | {"outliers": 0}, "refit_settings")],
)  # fmt: skip
def test_found_anew_where_it_is_asked_or_the_settings_are_others(reported, tmp_path, choices, decision):
    memory, before = reported
    fixed = {"k": len(before.get("cluster_model").centres)} if "k" not in choices else {}
    opened = again(tmp_path, LINES, memory, clusters={"centres": "accepted"} | choices | (fixed if decision == "refit_asked" else {}))
    if decision == "refit_settings" and choices.get("k") == len(before.get("cluster_model").centres):
        pytest.skip("the accepted model has this number of groups")
    assert look(opened, "cluster_decision").decision.tolist() == [decision]
    if decision == "refit_asked":  # the same data: the same groups, their numbers and names
        then, now = (look(run, "customers").set_index("customer_id") for run in (before, opened))
        assert now.cluster.equals(then.cluster) and now.cluster_name.equals(then.cluster_name)
        assert look(opened, "cluster_drift").set_index("measure").value["index"] == 0


def test_without_the_labels_of_then_its_centres_tell_who_was_where(reported, tmp_path):
    memory, before = reported
    opened = again(tmp_path, LINES, replace(memory, labels=tmp_path / "gone.parquet"), clusters=CHOICES | {"centres": "refit"})
    assert set(look(opened, "cluster_events").event) == {"kept"}
    assert opened.get("cluster_model").numbers == before.get("cluster_model").numbers


def test_too_few_customers_have_no_groups_whatever_was_accepted(reported, tmp_path):
    memory, _before = reported
    opened = again(tmp_path, LINES[:40], memory, clusters=CHOICES, sufficiency={"least": 10_000})
    assert opened.get("cluster_model") is None and look(opened, "cluster_decision").decision.tolist() == ["few"]
    assert look(opened, "clusters").empty and look(opened, "passports").empty and look(opened, "cluster_map").empty
