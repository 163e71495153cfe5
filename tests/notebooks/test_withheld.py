"""All chapters of a shop of sixty customers, for readers outside: nothing on them counts fewer than ten customers, in no table, chart or sentence."""

import ast
import json
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import run as running
from analysis.config import load_config, parse_config
from analysis.data.sample import make_shop, write_shop
from analysis.display.chart import Chart
from analysis.display.table import Table
from analysis.report.markup import plain
from analysis.texts import Texts

ROOT = Path(__file__).parents[2]
LEAST = 10
COUNTS = {"customers", "buyers", "active", "new", "returning", "reactivated", "dormant", "entered", "left", "joined", "size", "both", "waiting", "returned", "newcomers",
          "lifted", "falls_7", "falls_30", "customers_other", "customers_changed", "on_cut", "numbers", "reported", "today", "before", "now", "concerned", "others",
          "bought", "time_passed", "threshold_moved", "rule_changed", "history_restated", "customers_before", "expiring"}  # fmt: skip
TOLD = {"en": r"(?<![\d.,%-])([1-9]) (?:\w+ )?(?:customers?|buyers?)\b", "zh": r"(?<![\d.,])([1-9]) ?(?:位|名|个)(?:\w{0,4})客户"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The sample with sixty customers, for readers outside."""
    folder = tmp_path_factory.mktemp("small")
    write_shop(make_shop(1, 60), folder / "data" / "raw" / "sample")
    chosen = load_config(ROOT / "workbook.toml").model_dump() | {"pages": {"profile": "external"}, "name": "small"}
    return parse_config(chosen, folder)


def chapters():
    """List the chapters of a report: all but the tour."""
    return sorted(path for path in (ROOT / "notebooks").glob("*.ipynb") if not path.name.startswith("00"))


def read_through(path, lang):
    """Run a chapter from the top and give what its cells show."""
    names, shown = {}, []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        if "parameters" in cell["metadata"].get("tags", []):
            names |= {"config_path": "workbook.toml", "as_of": "2025-12-31", "lang": lang, "run_dir": ""}
            continue
        parsed = ast.parse("".join(cell["source"]))
        last = parsed.body.pop() if parsed.body and isinstance(parsed.body[-1], ast.Expr) else None
        exec(compile(parsed, path.name, "exec"), names)  # noqa: S102 - our own chapters
        if last:
            shown.append(eval(compile(ast.Expression(last.value), path.name, "eval"), names))  # noqa: S307
    plt.close("all")
    return [each for each in shown if each is not None], names["run"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_no_number_of_fewer_than_ten_customers(path, lang, shop, monkeypatch):
    monkeypatch.setattr(running, "load_config", lambda _path: shop)
    shown, run = read_through(path, lang)
    assert shown and run.config.pages.least == LEAST
    words = {Texts(lang).column(name) for name in ("customers",)} | COUNTS
    found = []
    for each in shown:
        if isinstance(each, Chart):
            found += [(each.name, column, list(small)) for column in each.data if column in words and len(small := few(each.data[column]))]
        if isinstance(each, Table) and not each.frame.empty:
            found += [(each.caption, column, list(small)) for column in each.frame if column in words and len(small := few(each.frame[column]))]
        if hasattr(each, "_repr_mimebundle_"):
            made = each._repr_mimebundle_()
            bundle, about = made if isinstance(made, tuple) else (made, {})
            texts = [plain(str(bundle.get(kind, ""))) for kind in ("text/html", "image/svg+xml")] + [
                str(told.get(key, "")) for told in about.values() for key in ("title", "alt")
            ]
            found += [(type(each).__name__, match[0]) for text in texts for match in re.finditer(TOLD[lang], text)]
            assert not re.search(r"(?<![\w/.-])(?:nan|NaN|None|<NA>)(?![\w/-])", " ".join(texts)), (each, "a withheld number is an asterisk")
    assert not found


def few(column):
    """Give the numbers above zero and below ten."""
    numbers = pd.to_numeric(column.astype(str).str.replace(",", "").str.replace("，", ""), errors="coerce")
    return numbers[(numbers > 0) & (numbers < LEAST)]
