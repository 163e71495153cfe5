"""Clusters: the groups that are there are found, whatever the order and the names; few points give none."""

import random
from decimal import Decimal

import numpy as np
import pytest

from analysis.models.clusters import assign_clusters, count_clusters, cross_clusters, fit_clusters
from shops import table

TYPES = {"customer_id": "string", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)"}
OPTIONS = {"k_min": 3, "k_max": 6, "k": None, "sample": 20_000, "seed": 1}
GROUPS = {"big": (5, 40, 4000), "middle": (60, 8, 400), "small": (400, 1, 20)}  # days, orders, money: far apart on the log scale


def rows(number=40, seed=3):
    rng = random.Random(seed)  # noqa: S311
    return [
        {"customer_id": f"{name}-{one}", "recency_days": round(r * rng.uniform(0.9, 1.1)), "frequency": max(1, round(f * rng.uniform(0.9, 1.1))),
         "monetary": Decimal(str(round(m * rng.uniform(0.9, 1.1), 2)))}
        for name, (r, f, m) in GROUPS.items() for one in range(number)
    ]  # fmt: skip


def fitted(people, **options):
    buyers = table(people, **TYPES)
    model = fit_clusters(buyers, **(OPTIONS | options))
    found = assign_clusters(buyers, model).execute().set_index("customer_id")
    return model, found


def test_three_groups_far_apart_are_found_and_numbered_by_money():
    model, found = fitted(rows())
    assert len(model.names) == 3
    assert {name: set(found.cluster[found.index.str.startswith(name)]) for name in GROUPS} == {"big": {1}, "middle": {2}, "small": {3}}
    for centre, (days, orders, money) in zip(model.centre_values(), GROUPS.values(), strict=True):
        assert centre == pytest.approx([days, orders, money], rel=0.1)
    assert model.names == ("recent_often_big", "fading_sometimes_medium", "silent_once_small")
    assert found.cluster_name["big-0"] == "recent_often_big"


def test_shuffled_rows_and_new_names_change_nothing():
    people = rows(seed=8)
    model, found = fitted(people, k=5)
    other = [person | {"customer_id": f"{7 * number % 120:03d}"} for number, person in enumerate(people)]
    names = [person["customer_id"] for person in other]
    random.Random(1).shuffle(other)  # noqa: S311
    again, renamed = fitted(other, k=5)
    assert (again.mean, again.scale, again.centres, again.names) == (model.mean, model.scale, model.centres, model.names)
    assert renamed.cluster[names].tolist() == found.cluster[[person["customer_id"] for person in people]].tolist()


def test_every_customer_is_in_the_nearest_cluster():
    people = rows(seed=5)
    model, found = fitted(people, k=6)
    values = np.array([[person["recency_days"], person["frequency"], float(person["monetary"])] for person in people])
    scaled = (np.log1p(values) - np.array(model.mean)) / np.array(model.scale)
    nearest = ((scaled[:, None, :] - np.array(model.centres)[None]) ** 2).sum(axis=2).argmin(axis=1) + 1
    assert found.cluster[[person["customer_id"] for person in people]].tolist() == nearest.tolist()
    assert len(set(model.names)) == 6, "names are unique"
    money = [centre[2] for centre in model.centres]
    assert money == sorted(money, reverse=True)


def test_k_can_be_fixed_and_the_indices_are_shown():
    model, _found = fitted(rows(), k=4)
    assert model.indices[["k", "chosen"]].values.tolist() == [[4, True]]
    model, _found = fitted(rows())
    assert model.indices.k.tolist() == [3, 4, 5, 6] and model.indices.chosen.sum() == 1
    best = model.indices.set_index("k")
    assert best.silhouette.idxmax() == best.davies_bouldin.idxmin() == 3 and best.silhouette[3] > 0.9
    assert best.inertia.is_monotonic_decreasing


@pytest.mark.parametrize(("different", "options", "k"), [(1, {}, None), (3, {}, None), (4, {}, 3), (4, {"k": 4}, None), (6, {"k_max": 12}, None)])
def test_too_few_different_customers(different, options, k):
    people = [
        {
            "customer_id": str(number),
            "recency_days": 10 ** (number % different % 3),
            "frequency": 1 + number % different,
            "monetary": Decimal(5) ** (number % different),
        }
        for number in range(24)
    ]
    model = fit_clusters(table(people, **TYPES), **(OPTIONS | options))
    if different < 4 or options.get("k"):
        assert model is None
    else:
        assert len(model.names) <= different - 1 and (k is None or len(model.names) == k)


def test_equal_values_do_not_divide_by_nothing():
    """All bought today and once: only money tells them apart."""
    people = [{"customer_id": str(number), "recency_days": 0, "frequency": 1, "monetary": Decimal(10) ** (number % 4)} for number in range(40)]
    model, found = fitted(people, k=3)
    assert np.isfinite(np.array(model.centres)).all() and found.cluster.notna().all()
    assert all(name.split("_")[1] == "once" for name in model.names)


def test_without_a_model_nobody_is_in_a_cluster():
    buyers = table(rows(1), **TYPES)
    found = assign_clusters(buyers, None).execute()
    assert found.cluster.isna().all() and found.cluster_name.isna().all()
    assert count_clusters(assign_clusters(buyers, None), None).empty


def test_who_has_no_order_is_in_no_cluster_and_less_than_nothing_counts_as_nothing():
    people = [*rows(), {"customer_id": "nobody", "recency_days": None, "frequency": 0, "monetary": Decimal(0)},
              {"customer_id": "debtor", "recency_days": 400, "frequency": 1, "monetary": Decimal(-50)}]  # fmt: skip
    model = fit_clusters(table(rows(), **TYPES), **OPTIONS)
    found = assign_clusters(table(people, **TYPES), model).execute().set_index("customer_id")
    assert np.isnan(found.cluster["nobody"]) and found.cluster["debtor"] == 3


def test_a_sample_keeps_the_shape():
    """A tenth of the customers, drawn evenly along the values, finds the same groups."""
    model, found = fitted(rows(400), sample=120)
    assert {name: set(found.cluster[found.index.str.startswith(name)]) for name in GROUPS} == {"big": {1}, "middle": {2}, "small": {3}}
    whole, _found = fitted(rows(400))
    assert np.array(model.centre_values()) == pytest.approx(np.array(whole.centre_values()), rel=0.1)


def test_counts_and_crossings_add_up():
    buyers = table(rows(), **TYPES)
    model = fit_clusters(buyers, **OPTIONS)
    labelled = assign_clusters(buyers, model).mutate(segment=buyers.customer_id.split("-")[0])
    counted = count_clusters(labelled, model)
    assert counted.customers.tolist() == [40, 40, 40] and sum(counted.monetary) == sum(person["monetary"] for person in rows())
    crossed = cross_clusters(labelled, by="segment")
    assert crossed[["cluster", "segment", "customers"]].values.tolist() == [[1, "big", 40], [2, "middle", 40], [3, "small", 40]]


def test_a_shapeless_cloud_is_cut_the_same_way_every_time():
    """Without groups k-means ends in one of many ways: which one may hang on the values alone, not on the order in which they come."""
    rng = random.Random(6)  # noqa: S311
    cloud = [
        {
            "customer_id": str(number),
            "recency_days": rng.randrange(400),
            "frequency": 1 + int(rng.expovariate(0.4)),
            "monetary": Decimal(rng.randrange(100, 90000)) / 100,
        }
        for number in range(300)
    ]
    model, _found = fitted(cloud, k=8, sample=150)
    for seed in (1, 2):
        random.Random(seed).shuffle(cloud)  # noqa: S311
        again, _found = fitted(cloud, k=8, sample=150)
        assert (again.mean, again.centres, again.names) == (model.mean, model.centres, model.names)
    assert len(set(model.names)) == 8
