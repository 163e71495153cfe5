"""Clusters: the groups that are there are found, whatever the order and the names; outliers stand apart; few points give none."""

import datetime as dt
import json
import math
import random
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

from analysis.errors import ConfigurationError
from analysis.models.clusters.assigning import assign_clusters
from analysis.models.clusters.choosing import choose, list_reasons
from analysis.models.clusters.counting import count_clusters, cross_clusters, list_passports, list_profiles
from analysis.models.clusters.features import check_features, draw_points, fit_scaling
from analysis.models.clusters.fitting import fit_clusters
from analysis.models.clusters.grouping import no_events
from analysis.models.clusters.model import ClusterModel
from analysis.models.clusters.naming import name_clusters
from analysis.models.clusters.projecting import count_cells, fit_axes
from shops import look, make_lines, open_shop, table

DAY = dt.date(2024, 6, 30)
RFM = ("recency_days", "frequency", "monetary")
TYPES = {"customer_id": "string", "recency_days": "int64", "frequency": "int64", "monetary": "decimal(38,4)"}
OPTIONS = {"k_min": 3, "k_max": 6, "k": None, "smallest": 0.02, "transform": "log", "limit": 6.0, "seed": 1, "fitted_on": DAY}
GROUPS = {"big": (5, 40, 4000), "middle": (60, 8, 400), "small": (400, 1, 20)}  # days, orders, money: far apart on the log scale


def rows(number=40, seed=3):
    rng = random.Random(seed)  # noqa: S311
    return [
        {"customer_id": f"{name}-{one}", "recency_days": round(r * rng.uniform(0.9, 1.1)), "frequency": max(1, round(f * rng.uniform(0.9, 1.1))),
         "monetary": Decimal(str(round(m * rng.uniform(0.9, 1.1), 2)))}
        for name, (r, f, m) in GROUPS.items() for one in range(number)
    ]  # fmt: skip


def cloud(number=300, seed=6):
    rng = random.Random(seed)  # noqa: S311
    return [
        {"customer_id": str(one), "recency_days": rng.randrange(400), "frequency": 1 + int(rng.expovariate(0.4)), "monetary": Decimal(rng.randrange(100, 90000)) / 100}
        for one in range(number)
    ]  # fmt: skip


def fit(people, *, sample=20_000, features=RFM, **options):
    return fit_clusters(draw_points(table(people, **TYPES), features, size=sample), features, **(OPTIONS | options))


def assigned(people, model):
    return assign_clusters(table(people, **TYPES), model).execute().set_index("customer_id")


def values_of(people):
    return np.array([[float(person[name]) for name in RFM] for person in people])


def test_three_groups_far_apart_are_found_and_numbered_by_money():
    people = rows()
    model = fit(people)
    found = assigned(people, model)
    assert {name: set(found.cluster[found.index.str.startswith(name)]) for name in GROUPS} == {"big": {1}, "middle": {2}, "small": {3}}
    for centre, (days, orders, money) in zip(model.centre_values(), GROUPS.values(), strict=True):
        assert centre == pytest.approx([days, orders, money], rel=0.1)
    assert model.names == ("recent_often_big", "typical", "silent_once_small")
    assert found.cluster_name["big-0"] == "recent_often_big"
    assert model.stability == (1.0, 1.0, 1.0) and model.shares == (0.0, pytest.approx(1 / 3), pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_shuffled_rows_and_new_names_change_nothing():
    people = cloud(400)
    model = fit(people, k=5)
    other = [person | {"customer_id": f"{7 * number % 400:03d}"} for number, person in enumerate(people)]
    names = [person["customer_id"] for person in other]
    random.Random(1).shuffle(other)  # noqa: S311
    again = fit(other, k=5)
    assert again == model and again.indices.equals(model.indices)
    assert assigned(other, again).cluster[names].tolist() == assigned(people, model).cluster[[person["customer_id"] for person in people]].tolist()


def test_everybody_is_where_scikit_learn_would_put_them():
    """Fit and predict by scikit-learn on coordinates worked out here; the engine must put every customer into the same cluster."""
    people = cloud(500)
    model = fit(people, k=6, limit=0.0)
    logs = np.log1p(values_of(people))
    placed = (logs - np.array(model.scaling.mean)) / np.array(model.scaling.scale)
    estimator = KMeans(6, n_init=1, init=np.array(model.centres), max_iter=1).fit(placed)
    estimator.cluster_centers_ = np.array(model.centres)
    found = assigned(people, model)
    assert found.cluster[[person["customer_id"] for person in people]].tolist() == (estimator.predict(placed) + 1).tolist()
    assert sorted(set(found.cluster)) == [1, 2, 3, 4, 5, 6] and len(set(model.names)) == 6
    money = [centre[2] for centre in model.centres]
    assert money == sorted(money, reverse=True)


def test_the_scale_is_that_of_the_logarithms():
    people = rows(50)
    scaling = fit(people, limit=0.0).scaling
    logs = np.log1p(values_of(people))
    assert scaling.mean == pytest.approx(logs.mean(axis=0), abs=0.005)  # money is drawn to 1 %
    assert scaling.scale == pytest.approx(logs.std(axis=0), abs=0.005)


def test_a_feature_is_put_on_the_log_scale_where_it_is_skewed():
    """Money 2^i has skewness above 1 and none as a logarithm; days 0..199 have none; 1 - money is skewed to the left, which a logarithm would not mend."""
    even = np.arange(200.0)
    points = np.column_stack([even, 2 ** (even / 20), -(2 ** (even / 20))])
    features = ("days", "money", "debt")
    assert fit_scaling(points, features, transform="auto", limit=0).logs == (False, True, False)
    assert fit_scaling(points, features, transform="log", limit=0).logs == (True, True, True)
    assert fit_scaling(points, features, transform="none", limit=0).logs == (False, False, False)
    assert fit_scaling(points, features, transform="none", limit=0).mean[0] == 99.5


def test_an_outlier_lies_six_spreads_from_the_median():
    """Values 0..200 and a wild one: limits by hand.

    The median of the 202 is 100.5; deviations from it come in pairs 0.5, 1.5 ..., their median is 50.5, the spread 1.4826 x 50.5 = 74.8713. The
    middle 99 % reaches from 1 to 200 and gives 199 / 5.1517 = 38.6, which is less. So the limits are 100.5 +- 6 x 74.8713 = -348.7278 and 549.7278.
    """
    column = np.array([*range(201), 5000.0])
    scaling = fit_scaling(np.column_stack([column, column]), ("a", "b"), transform="none", limit=6)
    assert scaling.low == pytest.approx((-348.7278, -348.7278)) and scaling.high == pytest.approx((549.7278, 549.7278))
    assert scaling.outlying(np.array([[5000.0, 1], [549.7, 549.7], [1, 549.8], [-349, 5]])).tolist() == [True, False, True, True]
    assert scaling.mean[0] == pytest.approx(100) and scaling.scale[0] == pytest.approx(math.sqrt((201**2 - 1) / 12)), "outliers do not pull the scale"
    assert fit_scaling(np.column_stack([column, column]), ("a", "b"), transform="none", limit=0).high == (None, None)


def test_what_one_in_two_hundred_does_is_not_outlying():
    """97 % bought once and 3 % twice: the median absolute deviation is nothing, and yet those who came back are no outliers."""
    column = np.array([1.0] * 970 + [2.0] * 30)
    scaling = fit_scaling(np.column_stack([column, column]), ("f", "g"), transform="log", limit=6)
    assert not scaling.outlying(np.array([[2.0, 2.0]])).any()
    assert scaling.outlying(np.array([[400.0, 1.0]])).all()
    few = np.column_stack([np.array([1.0] * 50 + [10**9])] * 2)
    assert fit_scaling(few, ("f", "g"), transform="none", limit=6).high == (None, None), "51 customers are too few to call one of them wild"


def test_outliers_are_cluster_0_and_move_no_centre():
    people = [*rows(100), {"customer_id": "whale", "recency_days": 1, "frequency": 9_000_000, "monetary": Decimal(10) ** 22}]
    model, without = fit(people, k=3), fit(rows(100), k=3)
    found = assigned(people, model)
    assert found.cluster["whale"] == 0 and found.cluster_name["whale"] == "outliers" and (found.cluster == 0).sum() == 1
    assert np.array(model.centre_values()) == pytest.approx(np.array(without.centre_values()), rel=0.01)
    counted = count_clusters(assign_clusters(table(people, **TYPES), model), model, no_events())
    assert counted.cluster.tolist() == [0, 1, 2, 3] and counted.customers.tolist() == [1, 100, 100, 100]
    assert counted.name[0] == "outliers" and counted.centre_monetary[0] == 1e22 and math.isnan(counted.stability[0])
    assert model.shares[0] == pytest.approx(1 / 301)
    inside = fit(people, k=3, limit=0.0)
    assert 0 not in set(assigned(people, inside).cluster)


def test_k_can_be_fixed_and_the_indices_are_shown():
    assert fit(rows(), k=4).indices[["k", "chosen"]].values.tolist() == [[4, True]]
    indices = fit(rows()).indices
    assert indices.k.tolist() == [2, 3, 4, 5, 6] and indices.chosen.sum() == 1 and indices.k[indices.chosen].tolist() == [3]
    best = indices.set_index("k")
    assert best.silhouette.idxmax() == best.davies_bouldin.idxmin() == 3 and best.silhouette[3] > 0.9
    assert best.stability[3] == 1 and best.agreement[3] == 1 and best.smallest[3] == pytest.approx(1 / 3)
    assert best.inertia.is_monotonic_decreasing


def test_the_silhouette_is_that_of_scikit_learn():
    people = cloud(250)
    model = fit(people, k=4, limit=0.0)
    placed = model.scaling.place(draw_points(table(people, **TYPES), RFM, size=20_000))
    labels = model.nearest(draw_points(table(people, **TYPES), RFM, size=20_000))[0]
    assert model.indices.silhouette[0] == pytest.approx(silhouette_score(placed, labels), abs=1e-9)
    assert model.distance == pytest.approx(np.mean([math.dist(place, model.centres[label]) for place, label in zip(placed, labels, strict=True)]))


MEASURED = pd.DataFrame({
    "k": [2, 3, 4, 5, 6], "silhouette": [0.6, 0.40, 0.45, 0.42, 0.50], "calinski_harabasz": [900.0, 500, 600, 650, 700], "davies_bouldin": [0.5, 1.0, 0.9, 0.8, 0.7],
    "inertia": [9.0, 8, 7, 6, 5], "stability": [0.99, 0.95, 0.9, 0.85, 0.9], "smallest": [0.3, 0.1, 0.05, 0.03, 0.01], "bic": [9.0, 8, 7, 6, 6.5], "agreement": [0.5] * 5,
})  # fmt: skip


def test_the_number_is_taken_by_three_indices_within_the_bounds():
    """Ranks among 3, 4, 5 (2 is below k_min, 6 has a cluster of 1 %): silhouette 3, 1, 2; Calinski-Harabasz 3, 2, 1; Davies-Bouldin 3, 2, 1: sums 9, 5, 4."""
    chosen = choose(MEASURED, k_min=3, k=None, smallest=0.02)
    assert chosen.excluded.tolist() == ["bounds", "", "", "", "small"]
    assert chosen.rank_sum.fillna(0).tolist() == [0, 9, 5, 4, 0] and chosen.k[chosen.chosen].tolist() == [5]
    reasons = list_reasons(chosen, k_min=3, k_max=6, k=None, smallest=0.02)
    assert reasons[["reason", "k"]].values.tolist() == [
        ["silhouette", 2], ["calinski_harabasz", 2], ["davies_bouldin", 2], ["bic", 5], ["bounds", 2], ["small", 6], ["ranks", 5],
    ]  # fmt: skip
    assert reasons.value.tolist() == [0.6, 900, 0.5, 6, 2, 0.01, 4] and reasons.limit.fillna(0).tolist() == [0, 0, 0, 0, 3, 0.02, 6]


def test_a_shaky_number_is_not_taken_unless_all_are():
    shaky = choose(MEASURED.assign(stability=[0.99, 0.95, 0.9, 0.7, 0.9]), k_min=3, k=None, smallest=0.02)
    assert shaky.excluded.tolist() == ["bounds", "", "", "shaky", "small"] and shaky.k[shaky.chosen].tolist() == [4]
    all_shaky = choose(MEASURED.assign(stability=0.5), k_min=3, k=None, smallest=0.02)
    assert all_shaky.excluded.tolist() == ["bounds", "", "", "", "small"]
    assert "shaky_taken" in set(list_reasons(all_shaky, k_min=3, k_max=6, k=None, smallest=0.02).reason)
    all_small = choose(MEASURED, k_min=3, k=None, smallest=0.4)
    assert all_small.excluded.tolist() == ["bounds", "", "", "", ""] and all_small.k[all_small.chosen].tolist() == [6]
    assert list_reasons(all_small, k_min=3, k_max=6, k=None, smallest=0.4).reason.tolist()[-2:] == ["small_taken", "ranks"]


@pytest.mark.parametrize(("different", "options", "k"), [(1, {}, None), (2, {}, None), (3, {}, None), (4, {}, 3), (4, {"k": 4}, None), (6, {"k_max": 12}, 0)])
def test_too_few_different_customers(different, options, k):
    people = [
        {"customer_id": str(number), "recency_days": 10 ** (number % different % 3), "frequency": 1 + number % different, "monetary": Decimal(5) ** (number % different)}
        for number in range(24)
    ]  # fmt: skip
    model = fit(people, **options)
    if k is None:
        assert model is None
    else:
        assert len(model.names) <= different - 1 and (not k or len(model.names) == k)


@pytest.mark.parametrize("people", [[], [{"customer_id": "a", "recency_days": 3, "frequency": 1, "monetary": Decimal(5)}]], ids=["nobody", "one"])
def test_one_customer_or_none(people):
    assert fit(people) is None


def test_equal_values_do_not_divide_by_nothing():
    """All bought today and once: only money tells them apart."""
    people = [{"customer_id": str(number), "recency_days": 0, "frequency": 1, "monetary": Decimal(10) ** (number % 4)} for number in range(40)]
    model = fit(people, k=3)
    assert np.isfinite(np.array(model.centres)).all() and assigned(people, model).cluster.notna().all()
    assert len(set(model.names)) == 3 and all("recent" not in name and "silent" not in name for name in model.names)


def test_money_of_nothing_and_of_less_than_nothing_is_a_value_like_any_other():
    people = [
        {"customer_id": str(number), "recency_days": number % 30, "frequency": 1 + number % 4, "monetary": Decimal(number % 41 - 20)} for number in range(200)
    ]
    for transform in ("auto", "log", "none"):
        model = fit(people, k=3, transform=transform)
        found = assigned(people, model)
        assert found.cluster.isin([1, 2, 3]).all() and np.isfinite(np.array(model.centres)).all()
        means = found.groupby("cluster").monetary.apply(lambda money: float(sum(money)) / len(money))
        assert means.is_monotonic_decreasing


def test_without_a_model_nobody_is_in_a_cluster():
    buyers = assign_clusters(table(rows(1), **TYPES), None)
    found = buyers.execute()
    assert found.cluster.isna().all() and found.cluster_name.isna().all()
    assert count_clusters(buyers, None, no_events()).empty and list_profiles(None).empty
    assert list_passports(count_clusters(buyers, None, no_events()), cross_clusters(buyers.mutate(segment=buyers.customer_id), by="segment"), None).empty


def test_who_has_no_order_is_in_no_cluster():
    people = [*rows(), {"customer_id": "nobody", "recency_days": None, "frequency": 0, "monetary": Decimal(0)}]
    assert math.isnan(assigned(people, fit(rows())).cluster["nobody"])


def test_a_missing_value_lies_in_the_middle():
    """The margin differs by group, and every second customer has none that is a number."""
    own = {"big": 0.1, "middle": 0.3, "small": 0.5}
    missing = [None, math.nan, math.inf]
    people = [person | {"margin": missing[number % 3] if number % 2 else own[person["customer_id"].split("-")[0]]} for number, person in enumerate(rows())]
    buyers = table(people, **TYPES, margin="float64")
    points = draw_points(buyers, (*RFM, "margin"), size=1000)
    assert np.isnan(points[:, 3]).sum() == 60 and sorted(set(points[~np.isnan(points[:, 3]), 3].round(2))) == [0.1, 0.3, 0.5]
    model = fit_clusters(points, (*RFM, "margin"), **(OPTIONS | {"k": 3, "limit": 0.0}))
    assert model.scaling.mean[3] == pytest.approx((math.log(1.1) + math.log(1.3) + math.log(1.5)) / 3, abs=2e-3)
    found = assign_clusters(buyers, model).execute().set_index("customer_id").cluster
    assert {name: set(found[found.index.str.startswith(name)]) for name in GROUPS} == {"big": {1}, "middle": {2}, "small": {3}}


def test_features_that_cannot_be_compared_are_named_all_at_once():
    with pytest.raises(
        ConfigurationError, match=r"'colour' is not there; 'customer_id' holds no numbers. Customers can be compared by: frequency, monetary, recency_days"
    ):
        check_features(table(rows(1), **TYPES), ("colour", "frequency", "customer_id"))


def test_a_sample_keeps_the_shape():
    """A tenth of the customers, drawn evenly along the values, finds the same groups."""
    people = rows(400)
    model = fit(people, sample=120)
    found = assigned(people, model)
    assert {name: set(found.cluster[found.index.str.startswith(name)]) for name in GROUPS} == {"big": {1}, "middle": {2}, "small": {3}}
    assert np.array(model.centre_values()) == pytest.approx(np.array(fit(people).centre_values()), rel=0.1)


def test_counts_and_crossings_add_up():
    buyers = table(rows(), **TYPES)
    model = fit(rows())
    labelled = assign_clusters(buyers, model).mutate(segment=buyers.customer_id.split("-")[0])
    counted = count_clusters(labelled, model, no_events())
    assert counted.customers.tolist() == [40, 40, 40] and sum(counted.monetary) == sum(person["monetary"] for person in rows())
    crossed = cross_clusters(labelled, by="segment")
    assert crossed[["cluster", "segment", "customers"]].values.tolist() == [[1, "big", 40], [2, "middle", 40], [3, "small", 40]]
    passports = list_passports(counted, crossed, model)
    assert passports.customers_pct.tolist() == [pytest.approx(1 / 3)] * 3 and passports.segment.tolist() == ["big", "middle", "small"]
    one, two, three = model.centres
    nearer = 1 if math.dist(one, two) < math.dist(two, three) else 3
    assert passports.nearest.tolist() == [2, nearer, 2] and passports.distance[0] == pytest.approx(math.dist(one, two), abs=1e-6)
    profiles = list_profiles(model)
    assert profiles[profiles.cluster == 1].place.tolist() == list(one) and profiles.feature.tolist() == [*RFM] * 3


def test_a_shapeless_cloud_is_cut_the_same_way_every_time():
    """Without groups k-means ends in one of many ways: which one may hang on the values alone, not on the order in which they come."""
    people = cloud()
    model = fit(people, k=8, sample=150)
    for seed in (1, 2):
        random.Random(seed).shuffle(people)  # noqa: S311
        assert fit(people, k=8, sample=150) == model
    assert len(set(model.names)) == 8


def test_a_model_comes_back_from_json_as_it_was():
    model = fit([*rows(100), {"customer_id": "whale", "recency_days": 1, "frequency": 9_000_000, "monetary": Decimal(10) ** 22}])
    again = ClusterModel.from_dict(json.loads(json.dumps(model.to_dict())))
    assert again == model and ClusterModel.from_dict(model.to_dict()) == model
    pd.testing.assert_frame_equal(again.indices, model.indices)
    pd.testing.assert_frame_equal(again.reasons, model.reasons)


def test_names_say_what_sets_apart_and_are_different():
    centres = np.array([[-1.0, 1.2, 0.2], [-1.0, 1.4, 0.1], [0.1, 0.2, -0.3], [1.2, 0.0, -0.9]])
    values = np.array([[3, 9, 100], [3, 10, 90], [40, 3, 50], [200, 1, 5]])
    names = name_clusters(RFM, centres, values)
    assert names == ("recent_often_medium", "recent_often_medium_2", "typical", "silent_small")
    twins = name_clusters(RFM, np.array([[-1.0, 2.2, 1.5], [-0.9, 0.8, 0.6]]), np.ones((2, 3)))
    assert twins == ("recent_very-often_very-big", "recent_often_big")
    assert name_clusters(RFM, centres[2:], values[2:], taken=("typical",)) == ("fading_sometimes_medium", "silent_small")
    assert name_clusters(("tenure_days", "gross_value"), np.array([[1.0, -2.0], [0.0, 0.6]]), np.zeros((2, 2))) == (
        "longtime_low-gross-value",
        "high-gross-value",
    )


def test_the_picture_turns_as_scikit_learn_turns_it_and_counts_everybody():
    people = cloud(900, seed=7)
    model = fit(people, k=4, limit=0.0)
    points = draw_points(table(people, **TYPES), RFM, size=20_000)
    axes = fit_axes(model, points)
    placed = model.scaling.place(points)
    other = PCA(2).fit(placed)
    assert axes.cells == 9, "the root of a tenth of 900"
    assert axes.explained == pytest.approx(other.explained_variance_ratio_, abs=1e-9)
    for mine, theirs in zip(np.array(axes.loadings), other.components_, strict=True):
        assert mine == pytest.approx(theirs * np.sign(theirs[np.abs(theirs).argmax()]), abs=1e-6)
    cells = count_cells(assign_clusters(table(people, **TYPES), model), model, axes)
    assert cells.customers.sum() == 900
    shown = cells[cells.x.notna()]
    assert shown.customers.min() == 5 and cells.x.isna().sum() == 1 and (shown.share <= 1).all() and (shown.share > 0.25).all()
    # the same cells by numpy
    exact = ((np.log1p(values_of(people)) - np.array(model.scaling.mean)) / np.array(model.scaling.scale)) @ np.array(axes.loadings).T
    counts = pd.DataFrame(np.clip(np.floor((exact - axes.low) / axes.step), 0, axes.cells - 1)).value_counts()
    assert sorted(shown.customers) == sorted(counts[counts >= 5]) and cells.customers[cells.x.isna()].sum() == counts[counts < 5].sum()


def test_other_features_are_chosen_in_the_configuration(tmp_path):
    opened = open_shop(tmp_path, make_lines(3), clusters={"features": ["mean_order_value", "tenure_days", "frequency"], "k": 3})
    model = opened.get("cluster_model")
    assert model.features == ("mean_order_value", "tenure_days", "frequency")
    customers, counted = look(opened, "customers"), look(opened, "clusters")
    buyers = customers[customers.frequency > 0]
    assert sum(counted.customers) == len(buyers) and sum(counted.monetary) == sum(buyers.monetary)
    medians = buyers.astype({"recency_days": float}).groupby("cluster").recency_days.median()
    assert counted.set_index("cluster").centre_recency_days.to_dict() == medians.to_dict(), "what is no feature is told by its median"
    with pytest.raises(ConfigurationError, match="'shoe_size' is not there"):
        open_shop(tmp_path / "other", make_lines(3), clusters={"features": ["frequency", "shoe_size"]}).get("customers")
