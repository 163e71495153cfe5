"""Two reports compared: counted by hand on small ones, said in sentences, and, as a page, without the numbers of few customers and without anybody's name."""

import datetime as dt
import json
import math
import random
import re

import duckdb
import numpy as np
import pandas as pd
import pytest
from accessibility import WIDTHS, audit, listen
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import parse_config
from analysis.errors import ConfigurationError
from analysis.report.compare import compare, withhold_few
from analysis.report.compare_pages import publish_comparison
from analysis.report.compare_words import list_tables, tell_comparison
from analysis.report.gate import inspect_page
from analysis.report.sides import open_side
from analysis.texts import Texts

CONFIG = {
    "name": "shop",
    "currency": "GBP",
    "order": "day",
    "inputs": {"transactions": {"files": ["orders.csv"], "columns": {"customer_id": "who", "ordered_at": "at", "amount": "sum"}}},
}
# by hand: 40 champions and 30 loyal; then 15 loyal became champions, 6 champions loyal, 12 new came, 3 loyal are no buyers any more
BEFORE = [*(("champions", 10.0) for _ in range(40)), *(("loyal", 5.0) for _ in range(30))]
AFTER = [
    *(("champions", 12.0) for _ in range(34)),
    *(("loyal", 5.0) for _ in range(6)),
    *(("champions", 6.0) for _ in range(15)),
    *(("loyal", 5.0) for _ in range(12)),
    *((None, 0.0) for _ in range(3)),
    *(("new", 1.0) for _ in range(12)),
]
CUTS = [("r", 1, 30.0, "days"), ("m", 1, 8.0, "net")]


def _publish(folder, day, people, *, cuts=CUTS, revenue=1000.0, warnings=(), inputs=(("orders.csv", "aa", 100),), **changes):
    """Write what is compared of a report: manifest and three tables."""
    tables = folder / day / "tables"
    tables.mkdir(parents=True)
    rows = [(f"customer-{number:03d}", segment, int(segment is not None), money) for number, (segment, money) in enumerate(people)]
    counted = pd.DataFrame(rows, columns=["customer_id", "segment", "frequency", "monetary"])
    sizes = (
        counted[counted.frequency > 0]
        .groupby("segment", as_index=False)
        .agg(customers=("customer_id", "size"), monetary=("monetary", "sum"))
        .assign(scheme="segment")
    )
    limits = pd.DataFrame(cuts, columns=["measure", "cut", "value", "measured"])
    for name, frame in {"customers": counted, "segments": sizes, "thresholds": limits}.items():
        duckdb.from_df(frame).write_parquet(str(tables / f"{name}.parquet"))
    figures = [{"measure": "revenue_30d", "value": revenue}, {"measure": "repeat_rate", "value": 0.5}]
    files = [{"name": f"data/{name}", "sha256": sha, "kept": kept} for name, sha, kept in inputs]
    config = parse_config(CONFIG | changes, folder).model_dump(mode="json")
    told = {"config": config, "languages": ["en", "zh"], "run": "0123456789ab", "warnings": list(warnings), "key_figures": figures, "inputs": files}
    (folder / day / "manifest.json").write_text(json.dumps(told))


def _compare(reports, before="2024-04-30", after="2024-05-31"):
    return compare(open_side(before, reports), open_side(after, reports))


@pytest.fixture
def two(tmp_path):
    _publish(tmp_path, "2024-04-30", BEFORE)
    _publish(tmp_path, "2024-05-31", AFTER, revenue=1250.0)
    return tmp_path


def _table(found, name, lang="en"):
    return dict(list_tables(found, texts=Texts(lang, "GBP")))[name].frame.to_numpy().tolist()


def test_segments_are_set_side_by_side(two):
    assert _table(_compare(two), "segments") == [
        ["Champions", "40", "49", "+9", "£400.00", "£498.00", "+£98.00"],  # 34 x 12 + 15 x 6
        ["Loyal", "30", "18", "−12", "£150.00", "£90.00", "−£60.00"],
        ["New", "0", "12", "+12", "£0.00", "£12.00", "+£12.00"],
    ]
    assert _table(_compare(two), "figures") == [
        ["Revenue, last 30 days", "£1,000", "£1,250", "+25.0%"],
        ["Bought more than once", "50.0%", "50.0%", "±0.0 points"],
    ]


def test_who_went_where_is_counted_from_the_customers_of_both(two):
    assert _table(_compare(two), "moves") == [
        ["Loyal", "Champions", "15"],
        ["Not a buyer", "New", "12"],
        ["Champions", "Loyal", "6"],
        ["Loyal", "Not a buyer", "3"],
    ]


def test_the_sentences_have_their_numbers(two):
    found = _compare(two)
    assert tell_comparison(found, texts=Texts("en", "GBP")) == (
        "There are 79 buyers, 9 more than the 70 before.",
        "46 of the 67 who are buyers in both (68.7%) are in the same segment.",  # 34 champions and 12 loyal
        "Loyal shrank by 12 to 18 customers: 6 joined, all from Champions; 18 left, 15 of them to Champions.",
        "New grew by 12 to 12 customers: 12 joined, all no buyers before.",
        "Champions grew by 9 to 49 customers: 15 joined, all from Loyal; 6 left, all to Loyal.",
        "Settings, cut points and files are the same in both.",
    )
    assert tell_comparison(found, texts=Texts("zh", "GBP"))[:3] == (
        "现有购买客户 79 位，比此前的 70 位增加 9 位。",
        "在两份报告中均为购买客户的 67 位里，有 46 位（68.7%）仍在同一细分。",
        "“忠诚客户”减少 12 位，现为 18 位：6 位加入，均来自“冠军客户”；18 位离开，其中 15 位转入“冠军客户”。",
    )


def test_the_other_way_round_what_grew_has_shrunk(two):
    found = _compare(two, "2024-05-31", "2024-04-30")
    assert tell_comparison(found, texts=Texts("en"))[0] == "There are 70 buyers, 9 fewer than the 79 before."
    assert "New shrank by 12 to nobody: 12 left, all no buyers now." in tell_comparison(found, texts=Texts("en"))


def test_cut_points_settings_and_files_that_differ_are_listed_and_others_not(tmp_path):
    _publish(tmp_path, "2024-04-30", BEFORE, warnings=("old", "both"))
    scoring = {"scoring": {"bins": 4}, "cleaning": [{"rule": name} for name in ("unreadable", "after_as_of", "anonymous", "returns")]}
    files = (("orders.csv", "bb", 120), ("more.csv", "cc", 7))
    _publish(tmp_path, "2024-05-31", AFTER, cuts=[("r", 1, 28.0, "days"), ("m", 1, 8.0, "net")], warnings=("both", "new"), inputs=files, **scoring)
    found = _compare(tmp_path)
    assert _table(found, "cuts") == [["Days since the last order", "30", "28"]]
    settings = {what: (before, after) for what, before, after in _table(found, "settings")}
    assert settings["scoring.bins"] == ("5", "4")
    assert settings["cleaning.duplicates.action"] == ("flag", "–")
    assert "scoring.map" not in settings
    assert _table(found, "files") == [["orders.csv", "100 rows", "120 rows"], ["more.csv", "–", "7 rows"]]
    assert found.warnings == (("old",), ("new",))
    assert tell_comparison(found, texts=Texts("en"))[-1].startswith(
        f"Besides the customers, the reports differ in {len(settings)} settings, one cut point, 2 files:"
    )


def test_a_file_of_the_same_length_with_other_contents_differs(tmp_path):
    _publish(tmp_path, "2024-04-30", BEFORE)
    _publish(tmp_path, "2024-05-31", AFTER, inputs=(("orders.csv", "bb", 100),))
    assert _table(_compare(tmp_path), "files") == [["orders.csv", "100 rows", "differs"]]


def test_money_of_two_currencies_is_not_compared(tmp_path):
    _publish(tmp_path, "2024-04-30", BEFORE)
    _publish(tmp_path, "2024-05-31", AFTER, currency="USD")
    found = _compare(tmp_path)
    assert _table(found, "segments")[0] == ["Champions", "40", "49", "+9", "£400.00", "US$498.00"]
    assert _table(found, "figures")[0] == ["Revenue, last 30 days", "£1,000", "US$1,000", "–"]
    assert tell_comparison(found, texts=Texts("en"))[0].startswith("The reports are in two currencies, GBP and USD:")


def test_customers_of_two_shops_are_not_followed(tmp_path):
    _publish(tmp_path, "2024-04-30", BEFORE)
    _publish(tmp_path, "2024-05-31", AFTER, name="another")
    found = _compare(tmp_path)
    assert found.moves.empty
    said = tell_comparison(found, texts=Texts("en"))
    assert said[0].startswith("These are reports of two shops, shop and another:")
    assert not [sentence for sentence in said if "joined" in sentence or "same segment" in sentence]


def test_the_page_withholds_the_numbers_of_few_customers_and_what_gives_them_back(two):
    shown = withhold_few(_compare(two))
    moves = {(row.from_segment, row.to_segment): row.customers for row in shown.moves.itertuples()}
    assert pd.isna(moves["loyal", "none"])  # 3 customers, fewer than 5
    sizes = shown.segments.set_index("segment")
    assert list(sizes.customers_before) == [40, 30, 0]
    # 12 came and 3 went, which is what the 79 are more than the 70: who is told of 12 knows the 3
    assert pd.isna(moves["none", "new"])
    # whoever knows that there were 30 loyal must not get the three by subtraction: at least one other number of that row is withheld too
    of_loyal = [moves.get(("loyal", to), 0) for to in ("champions", "loyal", "new", "none")]
    assert sum(pd.isna(count) for count in of_loyal) >= 2
    text = " ".join(tell_comparison(shown, texts=Texts("en", "GBP")))
    assert "*" not in text
    assert "nan" not in text
    assert [row for table in list_tables(shown, texts=Texts("en")) for row in table[1].frame.to_numpy().tolist() if row[-1] == "3"] == []


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_of_the_matrix_follows_from_what_the_page_shows(tmp_path, seed):
    """An attacker knows the sizes of the segments and the numbers of the matrix that are shown; the unknown ones are the solutions of a linear system."""
    rng = random.Random(seed)  # noqa: S311
    keys = ["champions", "loyal", "at_risk", "new"]
    was = [rng.choice(keys[:3]) for _ in range(90)]
    now = [rng.choice(keys[:3]) if rng.random() < 0.12 else None if rng.random() < 0.04 else one for one in was] + ["new"] * rng.randint(1, 9)
    _publish(tmp_path, "2024-04-30", [(key, 1.0) for key in was])
    _publish(tmp_path, "2024-05-31", [(key, 1.0 if key else 0.0) for key in now])
    found = _compare(tmp_path)
    shown = withhold_few(found)
    exact = {(row.from_segment, row.to_segment): row.customers for row in found.moves.itertuples()}
    told = {(row.from_segment, row.to_segment): row.customers for row in shown.moves.itertuples()}
    assert all(exact.get(cell, 0) == count for cell, count in told.items() if not math.isnan(count))
    sizes = shown.segments.set_index("segment")
    lines = [[cell == other for other in told] for cell, count in told.items() if not math.isnan(count)]
    for side, place in (("before", 0), ("after", 1)):
        lines += [[cell[place] == key for cell in told] for key in sizes.index if not math.isnan(sizes[f"customers_{side}"][key])]
    matrix = np.array(lines, dtype=float)
    rank = np.linalg.matrix_rank(matrix)
    small = [cell for cell, count in exact.items() if count < 5]
    for cell in small:
        assert math.isnan(told[cell])
        assert np.linalg.matrix_rank(np.vstack([matrix, [cell == other for other in told]])) > rank, cell
    for left, right in (("none", None), (None, "none")):  # how many came, and how many left, in all
        sums = [(left or cell[0]) == cell[0] and (right or cell[1]) == cell[1] for cell in told]
        few = sum(exact.get(cell, 0) for cell, isin in zip(told, sums, strict=True) if isin)
        if 0 < few < 5:
            assert np.linalg.matrix_rank(np.vstack([matrix, sums])) > rank


def test_the_stricter_of_two_reports_decides(tmp_path):
    _publish(tmp_path, "2024-04-30", BEFORE, pages={"small_cells": 20})
    _publish(tmp_path, "2024-05-31", AFTER)
    found = _compare(tmp_path)
    assert found.least == 20
    assert withhold_few(found).segments.set_index("segment").customers_after.isna()["new"]  # 12 customers


def test_pages_in_both_languages_name_nobody_and_do_what_every_page_does(tmp_path):
    hostile = "<img src=x onerror=alert(1)>"
    _publish(tmp_path, "2024-04-30", BEFORE, inputs=((f"{hostile}.csv", "aa", 100),), warnings=(hostile,))
    secret = {"cleaning": [*({"rule": name} for name in ("unreadable", "after_as_of")), {"rule": "excluded", "column": "customer_id", "values": ["Zaphod Beeblebrox"]},
              {"rule": "anonymous"}, {"rule": "returns"}], "pages": {"allowed": ["Ford Prefect"]}, "reports": "/home/arthur"}  # fmt: skip
    _publish(tmp_path, "2024-05-31", AFTER, **secret)
    paths = publish_comparison(_compare(tmp_path), tmp_path)
    assert [path.name for path in paths] == ["compare-2024-04-30-2024-05-31.en.html", "compare-2024-04-30-2024-05-31.zh.html"]
    for path, word in zip(paths, ("Champions", "冠军客户"), strict=True):
        page = path.read_text(encoding="utf-8")
        assert inspect_page(page) == []
        assert word in page
        assert not re.findall(r"customer-\d|Zaphod|Prefect|/home|<img|nan", page)
        assert path.stat().st_mode & 0o777 == 0o640
        assert 'href="2024-05-31/index.html"' in page
    assert "Champions" not in paths[1].read_text(encoding="utf-8")
    assert 'href="compare-2024-04-30-2024-05-31.zh.html"' in paths[0].read_text(encoding="utf-8")


def test_reports_that_are_not_there_or_have_only_pages_are_named(two):
    with pytest.raises(ConfigurationError, match=r"There is no report '2024-06-30'.*'2024-05-31', '2024-04-30'"):
        open_side("2024-06-30", two)
    (two / "2024-05-31" / "tables" / "customers.parquet").unlink()
    with pytest.raises(ConfigurationError, match=r"2024-05-31 cannot be compared: its folder tables lacks customers.parquet"):
        open_side("2024-05-31", two)


def test_the_command_says_it_in_the_terminal_and_writes_the_pages(two):
    done = CliRunner().invoke(app, ["compare", "2024-04-30", str(two / "2024-05-31"), "--reports", str(two)])
    assert done.exit_code == 0, done.output
    assert "15 joined, all from Loyal" in done.output
    assert "Who went where?" in done.output
    assert (two / "compare-2024-04-30-2024-05-31.zh.html").is_file()
    chinese = CliRunner().invoke(app, ["compare", "2024-04-30", "2024-05-31", "--reports", str(two), "--lang", "zh"])
    assert "客户流向何处？" in chinese.output


def test_a_report_beside_itself_differs_in_nothing(two):
    found = _compare(two, "2024-05-31", "2024-05-31")
    assert tell_comparison(found, texts=Texts("en"))[0] == "There are 79 buyers in both reports."
    assert _table(found, "segments")[0][1:4] == ["49", "49", "±0"]
    heads = list(dict(list_tables(found, texts=Texts("en")))["figures"].frame.columns)
    assert len(set(heads)) == 4
    assert found.before.as_of == dt.date(2024, 5, 31)


def test_the_page_is_for_every_reader(browser, two):
    paths = publish_comparison(_compare(two), two)
    for width in WIDTHS:
        assert audit(browser, paths, width=width) == {}
        assert listen(browser, paths, width=width) == []
