"""Strings that try to be code: in a page they stay text, in a workbook they stay strings, and the gate lets no other page through."""

import html
import json
import re
import zipfile
from datetime import date
from html.parser import HTMLParser

import duckdb
import pandas as pd
import pytest
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.config import parse_config
from analysis.display.chart import Chart
from analysis.display.figures import Figures
from analysis.display.reading import Reading
from analysis.display.table import Table
from analysis.errors import PublishFailed
from analysis.report.excel.workbook import write_workbook
from analysis.report.export import export_chapter
from analysis.report.gate import inspect_page, pass_gate
from analysis.report.markup import clean_html, clean_svg
from analysis.report.numbers import show_numbers
from analysis.report.pages import Edition, write_pages
from analysis.report.proof import Executed
from analysis.schemas import SCHEMAS
from analysis.texts import Texts
from analysis.theme import theme

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script src="https://example.org/x.js"></script>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "</style><script>alert(1)</script>",
    "</figcaption></figure><iframe src=//example.org></iframe>",
    "<style>@import url(https://example.org/x.css)</style>",
    '<meta http-equiv="refresh" content="0;url=https://example.org">',
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "{{ 7*7 }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "$\\frac{$",
    "]]><script>alert(1)</script>",
    "<!-- --><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "\u202egnp.exe",
    "=1+1",
]
FORMULAS = ["=1+1", "=HYPERLINK(\"https://example.org\",\"x\")", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1", "=cmd|' /C calc'!A0", "{=1+1}", "https://example.org", "mailto:a@b.c",
            "internal:Customers!A1", "0012", "1e5", "TRUE", "#REF!"]  # fmt: skip


class _Seen(HTMLParser):
    """What a browser would make of a page: its tags, its attributes, its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = set(), [], []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]

    def handle_data(self, data):
        self.text.append(data)


def _output(thing):
    bundle = thing._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return new_output("execute_result", data=data, metadata=metadata, execution_count=1)


def _page(*outputs, markdown=()):
    cells = [new_markdown_cell(source, metadata={"tags": []}) for source in markdown]
    cells += [new_code_cell("x", outputs=[output], execution_count=1, metadata={"tags": []}) for output in outputs]
    body = export_chapter(Executed("02_rfm", "en", new_notebook(cells=cells), {}), Texts("en"))
    return write_pages(Edition("Shop", date(2011, 12, 9), "GBP", "run", {"en": [body]}))["en/02_rfm.html"]


def _chart(text):
    with theme("en"):
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        axes.set_title(text)
        axes.bar([text], [1])
    return Chart("hostile", text, text, pd.DataFrame({text: [text]}), figure)


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_everything_a_cell_can_show_stays_text(text):
    things = [_chart(text), Table(pd.DataFrame({text: [text], "b": ["1"]}), text, ("b",)), Reading((text,), "warning"), Figures(((text, text, text, ""),))]
    page = _page(*map(_output, things), new_output("stream", name="stdout", text=text))
    assert inspect_page(page) == []
    seen = _Seen()
    seen.feed(page)
    plain = _Seen()
    plain.feed(_page(*(_output(thing) for thing in [_chart("a"), Table(pd.DataFrame({"a": ["a"], "b": ["1"]}), "a", ("b",)), Reading(("a",), "warning"), Figures((("a", "a", "a", ""),))]),
                     new_output("stream", name="stdout", text="a")))  # fmt: skip
    assert seen.tags == plain.tags
    assert {(tag, name) for tag, name, _ in seen.attributes} == {(tag, name) for tag, name, _ in plain.attributes}
    shown = "".join(seen.text)
    assert shown.count(text) >= 8  # title, bar and caption of the chart; heading, cell and caption of the table; the reading; three of the figure; the print
    assert [value for tag, name, value in seen.attributes if (tag, name) == ("svg", "aria-label")] == [text]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_brings_no_tag_that_acts(text):
    page = _page(markdown=["# Title\n\n" + text])
    assert inspect_page(page) == []
    seen = _Seen()
    seen.feed(page)
    assert not seen.tags & {"script", "iframe", "img", "meta refresh", "object", "embed", "form"}
    assert not any(name.startswith("on") or "javascript" in (value or "") or "example.org" in (value or "") for _, name, value in seen.attributes)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_that_a_cell_claims_to_be_safe_is_cleaned(text):
    page = _page(
        new_output("display_data", data={"text/html": f"<table onclick='x'><tr><th scope='row' style='background:url(//example.org)'>{text}</th></tr></table>"})
    )
    assert inspect_page(page) == []


def test_cleaning_keeps_what_tables_need():
    table = '<table><caption>C</caption><thead><tr><th scope="col" class="number">A</th></tr></thead><tbody><tr><td colspan="2" class="number">1</td></tr></tbody></table>'
    assert clean_html(table) == table
    assert clean_html('<p class="warning evil">x</p>') == '<p class="warning">x</p>'
    assert clean_html('<a href="https://example.org">x</a><a href="02_rfm.html#02_rfm-3">y</a>') == '<a>x</a><a href="02_rfm.html#02_rfm-3">y</a>'


def test_a_drawing_keeps_shapes_and_loses_everything_that_acts():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1" width="9" onload="alert(1)"><script>alert(1)</script>'
        '<defs><path id="m1" d="M0 0"/><path id="unused" d="M1 1"/></defs><use xlink:href="#m1" x="1"/><use href="https://example.org/x.svg#y"/>'
        '<image href="https://example.org/x.png"/><a href="javascript:alert(1)"><text>t</text></a><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">p</p></foreignObject>'
        '<rect style="fill:url(https://example.org/#x)" clip-path="url(#m1)" width="1"/><set attributeName="href" to="x"/><text onclick="x">A &lt; B</text></svg>'
    )
    cleaned = clean_svg(svg, prefix="c1", alt='say "hi" & <bye>')
    assert inspect_page(cleaned)[:-2] == []  # the last two: a drawing alone has no policy and no language
    assert 'href="#c1-m1"' in cleaned
    assert 'clip-path="url(#c1-m1)"' in cleaned
    assert "A &lt; B" in cleaned
    assert 'width="1"' in cleaned
    assert not re.search("example.org|script|onload|foreignObject|<set|unused|onclick", cleaned)
    assert re.search(r'aria-label="([^"]*)"', cleaned).group(1) == html.escape('say "hi" & <bye>').replace("&#x27;", "'")


@pytest.mark.parametrize(
    "evil",
    [
        "<script>1</script>", "<img src='https://example.org/x'>", "<img src='//example.org/x'>", "<p onclick='x'>", "<a href='https://example.org'>x</a>", "<a href='//example.org'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>", "<p style='background:url(//example.org)'>", "<style>@import 'x'</style>", "<iframe></iframe>", "<object data='x'></object>",
        "<form action='/x'></form>", "<base href='https://example.org'>",
        "<link rel='stylesheet' href='x.css'>", "<meta http-equiv='refresh' content='0'>", "<a ping='https://example.org' href='x.html'>x</a>",
        "<video poster='x'></video>", "<svg><use href='https://example.org/#x'></use></svg>", "<svg><image href='x.png'></image></svg>", "<p id='main'>", "<input autofocus onfocus=x>",
        "<p style='background:u\\72l(//example.org)'>",
    ],
)  # fmt: skip
def test_the_gate_sees_a_page_that_acts_or_fetches(evil, tmp_path):
    good = _page(markdown=["# Title"])
    (tmp_path / "a.html").write_text(good)
    pass_gate(tmp_path, [])
    (tmp_path / "a.html").write_text(good.replace("</main>", evil + "</main>"))
    with pytest.raises(PublishFailed, match=r"a\.html") as caught:
        pass_gate(tmp_path, [])
    assert caught.value.exit_code == 5


def test_the_gate_sees_a_page_without_policy_too_large_or_telling_a_path(tmp_path):
    good = _page(markdown=["# Title"])
    for bad in (re.sub(r"<meta http-equiv[^>]*>", "", good), good.replace("default-src 'none'", "default-src *"), good.replace("default-src &#39;none&#39;", "default-src *"),
                good.replace('lang="en"', ""), good.replace("</main>", "x" * 2 * 2**20 + "</main>"), good.replace("</main>", "/home/ann/shop/data.csv</main>")):  # fmt: skip
        (tmp_path / "a.html").write_text(bad)
        if bad == good:
            continue
        with pytest.raises(PublishFailed):
            pass_gate(tmp_path, ["/home/ann/shop"])
    (tmp_path / "a.html").write_text(good)
    (tmp_path / "b.ipynb").write_text(json.dumps({"out": "/home/ann/shop/x"}))
    with pytest.raises(PublishFailed, match=r"b\.ipynb: tells the path /home/ann/shop"):
        pass_gate(tmp_path, ["/home/ann/shop"])


@pytest.mark.parametrize("output", [new_output("error", ename="ValueError", evalue="<b>", traceback=[]), new_output("stream", name="stderr", text="w"),
                                    new_output("display_data", data={"application/javascript": "alert(1)"})])  # fmt: skip
def test_what_pages_do_not_show_is_refused_not_hidden(output):
    with pytest.raises(PublishFailed):
        _page(output)


# --- the workbook -------------------------------------------------------------------------------------------------------------------------------------------------


def _tables(folder, texts, **extra):
    types = {"int64": "bigint", "int8": "tinyint", "float64": "double", "string": "varchar"}
    con = duckdb.connect()
    for name in ("customers", "segments", "thresholds", "tags"):
        columns = {column: types.get(kind, kind) for column, kind in SCHEMAS[name].columns.items()} | (extra if name == "customers" else {})
        con.execute(f"create table {name} ({', '.join(f'{chr(34)}{column}{chr(34)} {kind}' for column, kind in columns.items())})")
    con.execute("insert into segments (scheme, segment, customers, monetary, action) values ('segment', 'champions', 2, 12.5, 'champions')")
    con.execute("insert into thresholds values ('r', 1, 30, date '2011-12-09', '=1+1')")
    for number, text in enumerate(texts):
        values = {"customer_id": text, "monetary": 1000 - number, "first_order_date": date(2011, 12, 1), "r_score": 5, "segment": "champions"} | dict.fromkeys(
            extra, text
        )
        con.execute(
            f"insert into customers ({', '.join(map(repr, values)).replace(chr(39), chr(34))}) values ({', '.join('?' * len(values))})", list(values.values())
        )
    for name in ("customers", "segments", "thresholds", "tags"):
        con.execute(f"copy {name} to '{folder / name}.parquet' (format parquet)")
    return folder


def _config(tmp_path):
    transactions = {"files": ["sales.csv"], "columns": {"customer_id": "c", "ordered_at": "w", "amount": "a"}}
    return parse_config({"name": "Shop", "currency": "GBP", "order": "day", "inputs": {"transactions": transactions}}, tmp_path)


def _write(tmp_path, lang="en", name="customers.xlsx"):
    write_workbook(_config(tmp_path), date(2011, 12, 9), tmp_path, tmp_path / name, lang=lang, run="r1")
    return tmp_path / name


def _sheet(path, number):
    """Read a sheet as the file stores it: cell, kind, style, text."""
    with zipfile.ZipFile(path) as book:
        text = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    return {cell: (re.search(r't="(\w+)"', rest).group(1) if "t=" in rest else "n", html.unescape(re.sub("<[^>]+>", "", inner)))
            for cell, rest, inner in re.findall(r'<c r="([A-Z]+\d+)"([^>]*)>(.*?)</c>', text, re.S)}  # fmt: skip


def test_no_string_becomes_a_formula_or_a_link(tmp_path):
    path = _write(_tables(tmp_path, FORMULAS + HOSTILE, **{"=1+2": "varchar", "city": "varchar"}))
    with zipfile.ZipFile(path) as book:
        everything = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}
    assert not [name for name, text in everything.items() if "<f>" in text or "<f " in text or "<hyperlink" in text or "relationships/hyperlink" in text]
    cells = _sheet(path, 2)
    for row, text in enumerate(FORMULAS + HOSTILE, start=2):
        assert cells[f"A{row}"][0] == "inlineStr", text
        assert cells[f"A{row}"][1] == text.replace("\r", "_x000D_") or cells[f"A{row}"][1].replace("\r", "") == text.replace("\r", ""), text


def test_cells_have_the_types_people_count_with(tmp_path):
    cells = _sheet(_write(_tables(tmp_path, ["00123"])), 2)
    assert cells["A2"] == ("inlineStr", "00123")
    column = next(re.sub(r"\d", "", cell) for cell, (_, text) in cells.items() if text == "First order")
    assert cells[f"{column}2"] == ("n", "40878")  # 1 December 2011 as Excel counts days
    assert "1000" in [text for kind, text in cells.values() if kind == "n"]
    assert ("inlineStr", "Champions") in cells.values()


def test_contact_data_stay_out(tmp_path):
    path = _write(_tables(tmp_path, ["ann@example.org"], phone="varchar", email="varchar", city="varchar"))
    heads = [text for cell, (_, text) in _sheet(path, 2).items() if re.fullmatch(r"[A-Z]+1", cell)]
    assert "City" in heads
    assert not {"phone", "email"} & {head.lower() for head in heads}


def test_long_and_control_characters_are_replaced_visibly(tmp_path):
    cells = _sheet(_write(_tables(tmp_path, ["a\x07b\x1b", "x" * 40_000])), 2)
    assert cells["A2"][1] == "a\ufffdb\ufffd"
    assert len(cells["A3"][1]) == 32_767
    assert cells["A3"][1].endswith("…")


def test_equal_tables_give_equal_bytes_in_either_language(tmp_path):
    _tables(tmp_path, FORMULAS)
    assert _write(tmp_path).read_bytes() == _write(tmp_path, name="again.xlsx").read_bytes()
    chinese = _sheet(_write(tmp_path, "zh"), 2)
    assert chinese["A1"][1] == "客户"
    assert ("inlineStr", "冠军客户") in chinese.values()


def test_every_column_of_the_contract_is_explained_in_both_languages(tmp_path):
    _tables(tmp_path, ["1"])
    for lang in ("en", "zh"):
        cells = _sheet(_write(tmp_path, lang), 8)
        names = {text for cell, (_, text) in cells.items() if cell.startswith("C")}
        assert set(SCHEMAS["customers"].columns) | set(SCHEMAS["segments"].columns) | set(SCHEMAS["thresholds"].columns) <= names


def test_only_the_best_customers_are_listed_where_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.report.excel.customers.MOST", 3)
    path = _write(_tables(tmp_path, [f"c{number}" for number in range(9)]))
    assert [text for cell, (_, text) in _sheet(path, 2).items() if re.fullmatch(r"A[2-9]+", cell)] == ["c0", "c1", "c2"]
    assert any("The 3 customers with the highest revenue are listed, of 9" in text for _, text in _sheet(path, 1).values())


def test_a_control_character_in_a_label_is_replaced_visibly_and_the_drawing_stands():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>a\x07b\x1b[31m\x00c</text></svg>'
    assert ">a\ufffdb\ufffd[31m\ufffdc</text>" in clean_svg(svg, prefix="c1", alt="a")


@pytest.mark.parametrize("text", [*HOSTILE, "B2B/B2C", "a,b;c", "50 %", "二\n行"])
def test_the_numbers_of_a_chart_pass_the_gate_whatever_they_say(text):
    assert [
        found for found in inspect_page(show_numbers("hostile", pd.DataFrame({"segment": [text], "n": [1]}).to_csv(index=False), Texts("en"))) if "csv" in found
    ] == []
