"""CDNOW: what the widely copied recipe does when rows are shuffled, published and by pandas, beside labels that do not move."""

import csv

import numpy as np
import pandas as pd
import pytest

from analysis.config import parse_config
from analysis.models.maps import load_map
from analysis.run import read_data
from shops import look, rules

PUBLISHED = 0.247  # of customers change segment when the rows are shuffled


@pytest.fixture(scope="module")
def run(shared_data, tmp_path_factory):
    made = tmp_path_factory.mktemp("cdnow")
    lines = (shared_data / "cdnow" / "CDNOW_master.txt").read_text(encoding="ascii").split("\n")[1:]
    rows = [line.split() for line in lines if line.strip()]
    with (made / "log.csv").open("w", newline="", encoding="ascii") as file:
        csv.writer(file).writerows([("id", "day", "cds", "dollars"), *((who, f"{day[:4]}-{day[4:6]}-{day[6:]}", cds, money) for who, day, cds, money in rows)])
    source = {"files": ["log.csv"], "dates": "iso", "columns": {"customer_id": "id", "ordered_at": "day", "quantity": "cds", "amount": "dollars"}}
    return read_data(parse_config({"name": "cdnow", "order": "day", "cleaning": rules(price="keep"), "inputs": {"transactions": source}}, made), "latest")


def test_shuffling_moves_nobody_here_and_a_quarter_under_the_copied_recipe(run):
    found = look(run, "certificate").set_index("check")
    assert found.loc["shuffle", ["customers", "n"]].tolist() == [0, 23_570]
    assert found.loc["rank_first", "value"] == pytest.approx(PUBLISHED, abs=0.006)


def test_so_says_the_recipe_itself(run):
    """qcut(rank(F, method="first"), 5) and qcut(R, 5) with map A, six pairs of shuffles."""
    buyers = look(run, "buyers")
    days, orders = -buyers.r_value.astype(int), buyers.f_value.astype(int)
    recent = pd.qcut(days, 5, labels=False) + 1
    cells = load_map("rf10").cells

    def label(seed):
        mixed = orders.iloc[np.random.default_rng(seed).permutation(len(orders))]
        often = pd.qcut(mixed.rank(method="first"), 5, labels=False).sort_index() + 1
        return pd.Series([cells[cell] for cell in zip(recent, often, strict=True)])

    shuffled = [label(seed) for seed in range(4)]
    changed = [(one != other).mean() for number, one in enumerate(shuffled) for other in shuffled[:number]]
    assert np.mean(changed) == pytest.approx(PUBLISHED, abs=0.006)
    assert look(run, "certificate").set_index("check").loc["rank_first", "value"] == pytest.approx(np.mean(changed), abs=0.006)


def test_half_of_all_customers_are_one_block(run):
    blocks = look(run, "tie_blocks")
    assert blocks[blocks.measure == "f"].iloc[0][["value", "customers", "score", "to_better"]].tolist() == [1, 12_054, 1, 1]
