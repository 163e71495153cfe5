"""Coverage of the tags on the sample shop, against plain pandas on what is known of its customers."""

import numpy as np
import pandas as pd
import pytest

from analysis.config import load_config
from analysis.data.mapping import guess, write_config
from analysis.data.sample import make_shop, write_shop
from analysis.engine import open_engine
from analysis.run import read_data

FLAGS = {
    "one_time": lambda c: c.frequency == 1,
    "loyal": lambda c: (c.frequency >= 4) & c.lifecycle_stage.isin(["active", "growing", "shrinking", "reactivated"]),
    "recent": lambda c: c.recency_days <= 30,
    "big_basket": lambda c: c.mean_order_value > _lower_quantile(c.mean_order_value[c.frequency > 0], 0.8),
    "high_value": lambda c: c.value_tier == "high",
    "new_buyer": lambda c: c.lifecycle_stage == "new",
    "came_back": lambda c: c.lifecycle_stage == "reactivated",
    "overdue": lambda c: c.lifecycle_stage.isin(["at_risk", "dormant"]),
    "win_back": lambda c: (c.value_tier == "high") & c.lifecycle_stage.isin(["dormant", "lost"]),
    "spending_less": lambda c: c.lifecycle_stage == "shrinking",
    "high_value_unhappy": lambda c: (c.value_tier == "high") & ((c.nps <= 6) | (c.csat < 0.5)),
    "promoter": lambda c: c.nps >= 9,
    "discount_lover": lambda c: (c.discount_share >= 0.5) & (c.frequency >= 2),
    "interested": lambda c: (c.frequency == 0) & (c.contacts > 0),
    "keen_browser": lambda c: c.browses >= 10,
    "asks_first": lambda c: c.inquiries >= 1,
    "reviewer": lambda c: c.nps.notna() | c.csat.notna(),
}
LEVELS = {
    "tenure": ("tenure_days", [-np.inf, 365, 1095, np.inf], ["first_year", "settled", "long"]),
    "price_class": ("price_level", [-np.inf, 0.4, 0.6, np.inf], ["budget", "middle", "premium"]),
}


def _lower_quantile(values, share):
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tags")
    paths = write_shop(make_shop(seed=5, customers=500), folder)
    inputs = [path for path in paths if path.suffix == ".csv" and path.stem.split("-")[0] in ("transactions", "customers", "feedback", "events")]
    write_config(guess(open_engine(), inputs), folder / "workbook.toml")
    config = load_config(folder / "workbook.toml")
    return read_data(config.replace(tags={"packs": ("core", "ecommerce")}), "latest")


@pytest.fixture(scope="module")
def customers(opened):
    table = opened.get("customers")
    return table.mutate(monetary=table.monetary.cast("float64")).execute()


def test_coverage_is_what_pandas_counts(opened, customers):
    found = opened.get("tag_coverage")
    whole = found[found["value"].isna()].set_index("tag")
    there = [key for key in FLAGS if key in whole.index]
    assert len(there) >= 14
    for key in there:
        has = FLAGS[key](customers).fillna(False).astype(bool)
        assert whole.customers[key] == has.sum(), key
        assert whole.share[key] == pytest.approx(has.mean(), abs=1e-12)
        assert whole.monetary[key] == pytest.approx(customers.monetary[has].sum(), abs=0.005), key
        assert whole.monetary_share[key] == pytest.approx(customers.monetary[has].sum() / customers.monetary.sum(), abs=1e-9)
    assert (whole.customers[there] > 0).sum() >= 12


def test_levels_are_what_pandas_cuts(opened, customers):
    found = opened.get("tag_coverage").set_index(["tag", "value"]).customers
    for key, (column, cuts, names) in LEVELS.items():
        by_hand = pd.cut(customers[column].astype(float), cuts, labels=names, right=False).value_counts()
        assert {name: found[key, name] for name in names} == {name: by_hand[name] for name in names}, key


def test_spending_is_high_for_those_who_make_the_first_eighty_per_cent(opened, customers):
    """The customer who completes the eighty per cent is one of them, and so is who brought as much; then the next fifteen, then the rest."""
    money = customers.loc[customers.frequency > 0, "monetary"].astype(float)
    before = money.map(lambda own: money[money > own].sum()) / money.sum()
    found = opened.get("tag_coverage").set_index(["tag", "value"]).customers
    assert {name: found["spending", name] for name in ("high", "mid", "low")} == {
        "high": (before < 0.8).sum(), "mid": ((before >= 0.8) & (before < 0.95)).sum(), "low": (before >= 0.95).sum(),
    }  # fmt: skip


def test_the_long_table_is_the_wide_one_melted(opened, customers):
    wide = customers[["customer_id", *[column for column in customers if column.startswith("tag_")]]]
    melted = wide.melt("customer_id", var_name="tag", value_name="value").dropna()
    melted = melted[melted["value"].map(lambda value: value is not False and value is not np.False_)]
    melted["value"] = melted["value"].map(lambda value: "true" if value is True or value is np.True_ else f"{value:g}" if isinstance(value, float) else value)
    melted["tag"] = melted.tag.str.removeprefix("tag_")
    rows = opened.get("tags").execute()
    columns = ["customer_id", "tag", "value"]
    assert set(map(tuple, rows[columns].to_numpy())) == set(map(tuple, melted[columns].to_numpy()))
    assert len(rows) == len(melted) > 2000


def test_overlap_is_what_pandas_crosses(opened, customers):
    for row in opened.get("tag_overlap").itertuples():
        one, other = (customers[f"tag_{key}"].fillna(False).astype(bool) for key in (row.tag, row.other))
        both, either = (one & other).sum(), (one | other).sum()
        assert (row.both, row.customers, row.customers_other) == (both, one.sum(), other.sum())
        assert row.jaccard == pytest.approx(both / either)
        assert row.lift == pytest.approx((both / one.sum()) / other.mean())
