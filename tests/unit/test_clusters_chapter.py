"""The chapter of the clusters on shops that have no groups to show: an honest sentence in both languages, never a traceback."""

import re
from pathlib import Path

import nbformat
import pytest

from analysis.charts import cluster_map, cluster_profiles, cluster_tables, clusters
from analysis.run import Run
from analysis.story import clusters as story
from analysis.texts import Texts
from shops import ENOUGH, make_lines, open_shop

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "03_clusters.ipynb"


def line(who, day, price, number):
    return [who, f"2024-01-{day:02d} 10:00", f"{number:04d}", "A", 1, price]


SHOPS = {
    "one customer": [line("a", 3, "5.00", 1)],
    "all equal": [line(f"c{number:02d}", 3, "5.00", number) for number in range(60)],
    "two kinds": [line(f"c{number:02d}", 3, "5.00" if number % 2 else "50.00", number) for number in range(60)],
    "nothing paid": [line(f"c{number:02d}", 1 + number % 28, "0.00", number) for number in range(60)],
    "whole": make_lines(2, customers=120),
}


@pytest.fixture(scope="module", params=SHOPS)
def opened(request, tmp_path_factory):
    keep = {"cleaning": [{"rule": rule} for rule in ("unreadable", "overlap", "after_as_of", "anonymous", "returns")]}
    return request.param, open_shop(tmp_path_factory.mktemp("shop"), SHOPS[request.param], sufficiency=ENOUGH | {"least": 1}, **keep)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_cell_shows_something_that_can_be_read(opened, lang):
    name, book = opened
    run = Run(book, Texts(lang, "GBP"), None)
    names = {
        "run": run, "texts": run.texts, "charts": clusters, "story": story, "cluster_map": cluster_map, "cluster_profiles": cluster_profiles, "cluster_tables": cluster_tables,
    }  # fmt: skip
    shown = {}
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code" and not {"parameters", "setup", "seal"} & set(cell.metadata.get("tags", ())):
            made = eval(cell.source, names)  # noqa: S307 - cells of our own notebook
            shown[cell.id] = [made.title, made.alt] if hasattr(made, "title") else [repr(made)]
            assert made._repr_mimebundle_()
    texts = [text for found in shown.values() for text in found]
    assert not [text for text in texts if re.search(r"\bnan\b|\binf\b|None|<NA>", text)]
    groups = book.get("cluster_model")
    if name in ("one customer", "all equal", "two kinds"):
        none = "There are too few customers, or they differ too little, for clusters" if lang == "en" else "客户太少或差别太小，不作聚类"
        assert groups is None and all(none in shown[cell][0] for cell in shown if cell not in ("sure-show", "changes-show"))
    if name == "whole":
        assert len(groups.centres) >= 3
