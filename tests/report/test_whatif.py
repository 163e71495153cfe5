"""The what-if in a real browser: whole without its script, and with it what anybody would reckon from the same groups, by mouse and keyboard, on paper and telephone."""

import datetime as dt
import html
import itertools
import json
import random
import re

import ibis
import pandas as pd
import pytest
from fake_shop import cell, chapter, silent, write_notebooks

from analysis.charts.whatif import OTHER, offer_whatif
from analysis.config import load_config
from analysis.display.whatif import MIME, WhatIf
from analysis.models import cube, cube_bins
from analysis.models.maps import load_map
from analysis.models.rfm import fit_ruler
from analysis.report import pages, whatif
from analysis.report.gate import inspect_page
from analysis.report.markup import clean_html, frame_tables
from analysis.report.press import make_report
from analysis.settings.scoring import Scoring
from analysis.story.whatif import tell_whatif
from analysis.texts import Texts

EDGES = pd.DataFrame(
    [("r", place, value, int(value in (60, 30)), "days", "exclusive") for place, value in enumerate((90.0, 60.0, 45.0, 30.0, 10.0))]
    + [("f", place, value, int(value in (1, 2)), "orders", "exclusive") for place, value in enumerate((1.0, 2.0, 5.0))]
    + [("m", place, value, int(value in (100, 500)), "net", "exclusive") for place, value in enumerate((100.0, 500.0, 2000.0))],
    columns=["measure", "place", "value", "cuts", "measured", "boundary"],
)
# by recency and frequency: who scores 3 in both is a champion, in one loyal, in none lost; the other map looks at money only
PLAIN = [("plain", f"{r}{f}", ("lost", "loyal", "champions")[(r == 3) + (f == 3)], (2, 1, 0)[(r == 3) + (f == 3)]) for r in (1, 2, 3) for f in (1, 2, 3)]
RICH = [("rich", f"{r}{f}{m}", "champions" if m == 3 else "hibernating", int(m < 3)) for r in (1, 2, 3) for f in (1, 2, 3) for m in (1, 2, 3)]
CODES = pd.DataFrame([*PLAIN, *RICH], columns=["map", "code", "segment", "place"])
# value, segment in force, edges passed by r, f and m, customers, money
GROUPS = (
    ("north", "champions", 5, 3, 3, 12, 64000), ("north", "champions", 4, 2, 2, 8, 9000), ("north", "loyal", 4, 1, 1, 20, 7000), ("south", "loyal", 3, 3, 3, 15, 41250),
    ("south", "lost", 3, 1, 0, 30, 2100), ("south", "lost", 1, 0, 0, 55, 1800), (OTHER, "lost", 0, 1, 1, 6, 900), ("north", "lost", 2, 1, 2, 9, 5400),
)  # fmt: skip
WORDS = {"map-plain": "Plain map", "map-rich": "By money"}


def frame(groups=GROUPS, attribute="region") -> pd.DataFrame:
    """Make a cube."""
    rows = [(attribute, value, segment, r, f, m, n, float(money), "") for value, segment, r, f, m, n, money in groups]
    return pd.DataFrame(rows, columns=["attribute", "value", "segment", "r", "f", "m", "customers", "monetary", "holds"])


def offer(lang="en", words=WORDS, **made) -> WhatIf:
    """Offer a what-if."""
    return offer_whatif(made.get("cube", frame()), made.get("edges", EDGES), made.get("codes", CODES), texts=Texts(lang, "GBP", words))


def write_page(*offers: WhatIf, lang="en") -> str:
    """Write a page as the press does."""
    held = "".join(whatif.hold_cube(frame_tables(clean_html(said["text/html"])), said) for said in (each._repr_mimebundle_() for each in offers))
    return pages.render(pages.Page("chapter", lang, "What if", "Shop", "As of today", f"<h1>What if</h1><p>A page.</p>{held}"))


def count(payload: dict, *, which: int = 0, cuts=None, value: int | None = None) -> list[tuple[str, int, int]]:
    """Reckon from what the page holds, one group after the other: segment, customers, money."""
    chosen, cuts = payload["maps"][which], cuts or [measure["cuts"] for measure in payload["measures"]]
    scores = [range(1, len(each) + 2) for each in cuts[: chosen["axes"]]]
    segments = dict(zip(itertools.product(*scores), chosen["codes"], strict=True))
    sums = {place: [0, 0] for place in range(len(chosen["segments"]))}
    for where, *passed, customers, money in payload["cells"]:
        if value is None or where == value:
            place = segments[tuple(1 + sum(edges > cut for cut in axis) for edges, axis in zip(passed[: chosen["axes"]], cuts, strict=False))]
            sums[place][0] += customers
            sums[place][1] += money
    return [(name, *sums[place]) for place, (name, _colour) in enumerate(chosen["segments"])]


@pytest.fixture
def visit(browser, tmp_path):
    """Open a page: ``visit(html)``; at the end the console was silent, nothing was asked for and nothing popped up."""
    noise, opened = [], []

    def go(written: str, **choices):
        path = tmp_path / f"page{len(opened)}.html"
        path.write_text(written, encoding="utf-8")
        page = browser.new_page(**choices)
        opened.append(page)
        page.on("console", lambda message: noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: noise.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else noise.append(f"request: {request.url}"))
        page.goto(path.as_uri())
        return page

    yield go
    for page in opened:
        page.close()
    assert noise == []


def read(page, box: int = 0) -> list[tuple[str, str, str]]:
    """Read the bars: segment, customers, money as written."""
    rows = page.locator(".whatif").nth(box).locator(".bars tbody tr")
    return [
        (row.locator("th").inner_text(), *(amount.inner_text() for amount in row.locator(".amount").all())) for row in rows.all()
    ]  # fmt: skip


def written(counted, texts) -> list[tuple[str, str, str]]:
    """Write what was counted as a page should."""
    return [(name, texts.number(customers), texts.money(money)) for name, customers, money in counted]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_its_script_the_page_is_whole(lang, visit):
    page = visit(write_page(offer(lang), lang=lang), java_script_enabled=False)
    texts = Texts(lang, "GBP")
    shown = [[each.inner_text() for each in row.locator("th, td").all()] for row in page.locator(".whatif tbody tr").all()]
    # champions 12 + 8, loyal 20 + 15, lost 30 + 55 + 6 + 9
    wanted = (("champions", 20, 73000), ("loyal", 35, 48250), ("lost", 100, 10200))
    assert shown == [[texts.label("segment", key), texts.number(n), texts.money(money)] for key, n, money in wanted]
    assert "155" in page.locator(".still").inner_text()
    assert page.locator(".whatif").locator("input, select, button").count() == 0
    assert page.locator(".still").is_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_moved_is_today(lang, visit):
    made = offer(lang)
    page = visit(write_page(made, lang=lang))
    assert not page.locator(".still").is_visible()
    assert read(page) == [tuple(row) for row in made.table.frame.itertuples(index=False)]
    assert page.locator(".moved").count() == 0
    assert page.locator(".reset").is_disabled()
    assert page.locator(".summary").inner_text() == Texts(lang).say("whatif-same")


def test_a_cut_moves_by_the_keyboard_and_nobody_is_lost(visit):
    """The cut of recency before score 3 goes from < 30 (place 3) to < 45 (place 2): who has passed three edges is recent now, 15 + 30 customers."""
    made = offer()
    page = visit(write_page(made))
    page.locator("input[type=range]").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    texts = Texts("en", "GBP")
    assert read(page) == [("Champions", "35", "£114.2k"), ("Loyal", "50", "£9,100"), ("Lost", "70", "£8,100")]
    assert read(page) == written(count(made.cube, cuts=[[1, 2], [0, 1], [0, 1]]), texts)
    assert page.locator(".place").nth(1).inner_text() == "< 45"
    assert page.locator("input").nth(1).get_attribute("aria-valuetext") == "< 45"
    assert page.locator(".moved").all_inner_texts() == ["+15", "from £73.0k", "+15", "from £48.2k", "−30", "from £10.2k"]
    told = page.locator(".summary").inner_text()
    assert "In another segment: 45 of 155." in told
    assert "Lost: customers 100 → 70 (−30), revenue £10.2k → £8,100." in told
    assert page.locator(".summary").get_attribute("aria-live") == "polite"


def test_a_cut_that_is_passed_goes_along(visit):
    """Scores stay in order: the lower cut pushed beyond the upper one takes it along, and back again leaves it there."""
    made = offer()
    page = visit(write_page(made))
    page.locator("input").nth(0).focus()
    for _step in range(4):
        page.keyboard.press("ArrowRight")
    assert page.locator(".place").all_inner_texts()[:2] == ["< 10", "< 10"]
    assert read(page) == written(count(made.cube, cuts=[[4, 4], [0, 1], [0, 1]]), Texts("en", "GBP"))
    page.keyboard.press("ArrowLeft")
    assert page.locator(".place").all_inner_texts()[:2] == ["< 30", "< 10"]


def test_another_map_another_part_and_back(visit):
    made = offer()
    page = visit(write_page(made))
    texts = Texts("en", "GBP")
    which, where = page.locator("select").nth(0), page.locator("select").nth(1)
    assert which.locator("option").all_inner_texts() == ["Plain map", "By money"]
    assert where.locator("option").all_inner_texts() == ["All customers", "north", "south", "Others"]
    which.select_option("1")
    assert read(page) == [("Champions", "44", "£119.7k"), ("Hibernating", "111", "£11.8k")]  # beyond 500, two edges passed: 12 + 8 + 15 + 9
    assert page.locator("fieldset:visible").count() == 3
    where.select_option("1")  # south
    assert read(page) == [("Champions", "15", "£41.2k"), ("Hibernating", "85", "£3,900")] == written(count(made.cube, which=1, value=1), texts)
    page.locator("input").nth(5).focus()
    page.keyboard.press("ArrowRight")
    assert read(page) == written(count(made.cube, which=1, value=1, cuts=[[1, 3], [0, 1], [0, 2]]), texts)
    assert read(page)[0][1] == "15"
    page.locator(".reset").click()
    assert read(page) == [tuple(row) for row in made.table.frame.itertuples(index=False)]
    assert (which.input_value(), where.input_value()) == ("0", "-1")
    assert page.locator("fieldset:visible").count() == 2  # the plain map does not look at money


def test_random_moves_are_reckoned_as_by_hand(visit):
    made, rng, texts = offer(), random.Random(3), Texts("en", "GBP")  # noqa: S311
    page = visit(write_page(made))
    for _trial in range(12):
        which, value = rng.randrange(2), rng.choice([None, 0, 1, 2])
        cuts = [sorted(rng.choices(range(len(measure["edges"])), k=2)) for measure in made.cube["measures"]]
        page.locator("select").nth(0).select_option(str(which))
        page.locator("select").nth(1).select_option(str(-1 if value is None else value))
        for number, place in enumerate(itertools.chain.from_iterable(cuts)):
            page.locator("input").nth(number).evaluate("(input, place) => { input.value = place; input.dispatchEvent(new Event('input')) }", place)
        assert read(page) == written(count(made.cube, which=which, value=value, cuts=cuts), texts)


def test_with_one_customer_a_group_it_says_what_scoring_the_customers_says(visit):
    """Ninety customers, all shown: every segment as scored one by one with the cuts moved."""
    rng = random.Random(8)  # noqa: S311
    people = pd.DataFrame(
        [(rng.randrange(400), 1 + int(rng.expovariate(0.5)), rng.randrange(5, 900)) for _ in range(90)], columns=["r_value", "f_value", "m_value"]
    )
    types = {"r_value": "int64", "f_value": "int64", "m_value": "decimal(38,4)", "monetary": "decimal(38,4)"}
    table = ibis.memtable(people.assign(monetary=people.m_value), schema=types)
    ruler = fit_ruler(table, Scoring(), fitted_on=dt.date(2024, 1, 1))
    places = cube_bins.choose_edges(table, ruler)
    edges, codes = cube_bins.list_edges(ruler, places), cube_bins.list_codes([load_map("rf10")])
    counted = cube_bins.count_bins(table, ruler, places, attribute="")
    made = offer_whatif(cube.make_cube(counted, edges, codes, least=1, most=1000), edges, codes, texts=Texts("en", "GBP"))
    page = visit(write_page(made))
    assert page.locator("select").count() == 0  # one map, no attribute
    cells, seen = load_map("rf10").cells, []
    for number, key in ((3, "ArrowLeft"), (1, "ArrowRight"), (6, "ArrowRight"), (4, "ArrowRight")):
        page.locator("input").nth(number).focus()
        page.keyboard.press(key)
        cuts = [float(text.strip("<> ")) for text in page.locator(".place").all_inner_texts()[:8]]
        labels = [
            cells[1 + sum(days < cut for cut in cuts[:4]), 1 + sum(orders > cut for cut in cuts[4:])]
            for days, orders in people[["r_value", "f_value"]].itertuples(index=False)
        ]  # fmt: skip
        spent = people.m_value.groupby(pd.Series(labels)).agg(["size", "sum"])
        wanted = [
            (Texts("en").label("segment", key), *spent.loc[key]) if key in spent.index else (Texts("en").label("segment", key), 0, 0)
            for key in load_map("rf10").keys
        ]
        assert read(page) == written(wanted, Texts("en", "GBP"))
        seen.append(tuple(read(page)))
    assert len(set(seen)) == 4


AMOUNTS = (0, 5, 12, 999, 1000, 1500, 9999, 10000, 12250, 12350, 12450, 99950, 99949, 100000, 123456, 1005000, 1015000, 1234567, 8911408, 15500000, 99995000, 150000000,
           1234500000, 2500000000, 98765432100)  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_money_is_written_as_everywhere(lang, visit):
    """One group a segment, with amounts on both sides of every step and on ties of rounding; losses too."""
    for sign in (1, -1):
        words = {f"segment-s{number}": f"s{number}" for number in range(25)}
        edges = pd.DataFrame(
            [(axis, place, float(place), 1, kind, "inclusive") for axis, kind in (("r", "days"), ("f", "orders"), ("m", "net")) for place in range(4)], columns=EDGES.columns
        )  # fmt: skip
        codes = pd.DataFrame(
            [("own", f"{r}{f}", f"s{5 * (r - 1) + f - 1}", 5 * (r - 1) + f - 1) for r in range(1, 6) for f in range(1, 6)], columns=CODES.columns
        )
        groups = [("", f"s{number}", number // 5, number % 5, 0, 5 + number * 991, sign * amount) for number, amount in enumerate(AMOUNTS)]
        page = visit(write_page(offer(lang, words, cube=frame(groups, ""), edges=edges, codes=codes), lang=lang))
        texts = Texts(lang, "GBP")
        assert read(page) == [(f"s{number}", texts.number(5 + number * 991), texts.money(sign * amount)) for number, amount in enumerate(AMOUNTS)]


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</div></main><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "{after} &amp; &lt;b&gt;",
    "'; alert(4); '",
    "javascript:alert(5)",
)


def test_what_is_called_like_code_stays_text(visit):
    values = [(name, segment, *rest) for name, (_value, segment, *rest) in zip((*HOSTILE, "a", "b"), GROUPS, strict=True)]
    words = WORDS | {"segment-champions": HOSTILE[0], "segment-loyal": HOSTILE[1], "segment-lost": HOSTILE[3], "map-plain": HOSTILE[2], "map-rich": HOSTILE[5]}
    written_page = write_page(offer(words=words, cube=frame(values, HOSTILE[0])))
    assert inspect_page(written_page) == []
    page = visit(written_page)
    assert [name for name, *_rest in read(page)] == [HOSTILE[0], HOSTILE[1], HOSTILE[3]]
    assert set(page.locator("select").nth(1).locator("option").all_inner_texts()) == {"All customers", *HOSTILE, "a", "b"}
    assert page.locator("select").nth(0).locator("option").all_inner_texts() == [HOSTILE[2], f"J{HOSTILE[5][1:]}"]  # a title begins large
    page.locator("input").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    assert f"{HOSTILE[3]}: customers 100 → 70" in page.locator(".summary").inner_text()  # what stands in braces is a name, not a place for a number
    assert page.locator("script").count() == 1
    assert page.locator("img, svg").count() == 0


def test_several_in_a_page_do_not_mix(visit):
    page = visit(write_page(offer(), offer(cube=frame(GROUPS[:5]))))
    before = read(page, 1)
    page.locator(".whatif").nth(0).locator("input").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    assert read(page, 1) == before != read(page, 0)
    assert read(page, 0)[0] == ("Champions", "35", "£114.2k")


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(visit):
    page = visit(write_page(offer()))
    page.locator("select").nth(0).focus()
    reached = []
    for _step in range(6):
        reached.append(page.evaluate("document.activeElement.tagName + (document.activeElement.type || '')"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("Tab")
    assert reached == ["SELECTselect-one", "SELECTselect-one", *["INPUTrange"] * 4]
    names = page.evaluate("[...document.querySelectorAll('input, select')].map(e => e.labels[0] && e.labels[0].textContent.trim().length > 3)")
    assert names == [True] * 8
    assert page.evaluate("[...document.querySelectorAll('fieldset')].every(f => f.querySelector('legend').textContent)")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_fits_a_telephone(lang, visit):
    page = visit(write_page(offer(lang), lang=lang), viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("[...document.querySelectorAll('.whatif .panel *')].every(e => e.getBoundingClientRect().right <= window.innerWidth)")
    assert page.evaluate("getComputedStyle(document.querySelector('.now')).transitionDuration") == "0s"
    assert page.evaluate(
        "[...document.querySelectorAll('.whatif input, .whatif select, .reset')].filter(e => e.offsetParent).every(e => e.getBoundingClientRect().height >= 24)"
    )


def test_on_paper_the_table_stands(visit):
    page = visit(write_page(offer()))
    page.emulate_media(media="print")
    assert page.locator(".still").is_visible()
    assert not page.locator(".panel").is_visible()


def test_only_this_script_may_stand_in_a_page():
    page, plain = write_page(offer()), write_page()
    assert (inspect_page(page), inspect_page(plain)) == ([], [])
    assert page.count("<script>") == 1
    assert "<script" not in plain
    assert "script-src" not in plain
    assert re.findall(r"script-src ([^;\"]*)", html.unescape(page)) == [f"'sha256-{whatif.POLICY.split('sha256-')[1]}"]
    bad = {
        "one letter changed": page.replace("const make", "const  make"),
        "a second one": page.replace("</body>", "<script>alert(1)</script></body>"),
        "twice": page.replace("</body>", f"<script>{whatif.SCRIPT}</script></body>"),
        "from elsewhere": page.replace("</body>", '<script src="https://example.com/x.js"></script></body>'),
        "with an attribute": page.replace("<script>", '<script type="module">'),
        "without its policy": page.replace(html.escape(whatif.POLICY).replace("&#x27;", "&#39;"), ""),
        "any inline script": page.replace("script-src &#39;sha256", "script-src &#39;unsafe-inline&#39; &#39;sha256"),
        "a policy and no script": re.sub(r"<script>.*</script>", "", page, flags=re.S),
        "in a page that needs none": plain.replace("</body>", f"<script>{whatif.SCRIPT}</script></body>"),
    }
    assert [name for name, text in bad.items() if text in (page, plain) or not inspect_page(text)] == []


def test_the_browser_runs_no_other_script(browser, tmp_path):
    (tmp_path / "page.html").write_text(write_page(offer()).replace("</body>", "<script>document.title = 'taken'</script></body>"), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    assert page.title() == "What if"
    assert page.locator(".panel").count() == 1  # ours did run
    page.close()


def test_the_script_keeps_to_its_rules():
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|XMLHttp|import|localStorage|cookie|</|<!--|\.on\w+ ?=", whatif.SCRIPT
    )


def test_the_press_puts_it_into_the_chapter_and_the_whole_and_nowhere_else(shop, tmp_path):
    lines = [
        "from analysis.charts.whatif import offer_whatif", "from analysis.texts import Texts",
        f"offer_whatif(pd.DataFrame({frame().to_dict('list')!r}), pd.DataFrame({EDGES.to_dict('list')!r}), pd.DataFrame({CODES.to_dict('list')!r}), texts=Texts(lang, 'GBP'))",
    ]  # fmt: skip
    shown = cell("\n".join(lines))
    notebooks = write_notebooks(
        tmp_path / "notebooks",
        {"01_first": chapter("01_first", shown), "02_second": chapter("02_second", shown), "10_summary": chapter("10_summary", save=True)},
    )
    report = make_report(
        load_config(shop / "workbook.toml"), dt.date(2011, 12, 9), languages=("en", "zh"), reports=tmp_path / "reports", notebooks=notebooks, on_progress=silent
    )
    counts = {str(page.relative_to(report)): page.read_text().count("data-cube=") for page in report.rglob("*.html")}
    once = {f"{lang}/{name}.html": 1 for lang in ("en", "zh") for name in ("01_first", "02_second")}
    assert {name: n for name, n in counts.items() if n} == once | {"report.en.html": 2, "report.zh.html": 2}
    for name, n in counts.items():
        text = (report / name).read_text()
        assert text.count("<script>") == text.count("script-src") == min(n, 1), name
    held = re.search(r'data-cube="([^"]*)"', (report / "en/01_first.html").read_text())
    assert json.loads(html.unescape(held.group(1)))["cells"] == offer().cube["cells"]


def test_a_cell_cannot_pretend_to_be_one():
    assert "whatif" not in clean_html('<div class="whatif" data-cube="{}">x</div>')
    assert whatif.hold_cube("<p>x</p>", {"text/html": "<p>x</p>"}) == "<p>x</p>"


def test_it_is_told_by_its_numbers_and_by_no_name():
    made, other = offer(), offer(cube=frame([*GROUPS[:-1], ("north", "lost", 2, 1, 2, 9, 5401)]))
    assert repr(made) != repr(other)
    assert re.fullmatch(r"<what-if whatif: 8 groups, data [0-9a-f]{12}>", repr(made))
    assert made._repr_mimebundle_()[MIME]["cells"][0] == [0, 5, 3, 3, 12, 64000]
    nothing = offer(cube=cube.no_cube())._repr_mimebundle_()
    assert MIME not in nothing
    assert nothing["text/html"] == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_segment_too_small_is_told_with_the_one_it_is_counted_with(lang, visit):
    held = frame().assign(holds=["loyal" if segment == "champions" else "" for segment in frame().segment])
    held = held[held.segment != "loyal"]
    made, texts = offer(lang, cube=held), Texts(lang, "GBP")
    assert made.table.frame.iloc[:, 1].tolist() == ["20", "*", "100"]
    page = visit(write_page(made, lang=lang))
    said = texts.say("whatif-held", small=texts.label("segment", "loyal"), other=texts.label("segment", "champions"))
    assert said in page.locator(".note").inner_text()
    assert said in made.sentences


def test_what_one_step_would_do_is_said_with_its_numbers():
    rows = [
        ("r", 1, "champions", 20, 12),
        ("r", 1, "loyal", 35, 43),
        ("r", -1, "champions", 20, 25),
        ("r", -1, "loyal", 35, 30),
        ("f", 1, "champions", 20, 19),
        ("f", 1, "loyal", 35, 36),
    ]
    steps = pd.DataFrame(rows, columns=["measure", "step", "segment", "customers_before", "customers_after"])
    steps = steps.assign(moved=[8, 8, 5, 5, 1, 1], money_moved=[900.0, 900.0, 500.0, 500.0, 20.0, 20.0], buyers=55)
    english, chinese = (tell_whatif(steps, EDGES, texts=Texts(lang, "GBP")).sentences for lang in ("en", "zh"))
    assert english == (
        "If every limit of “Days since the last order” were drawn one step tighter, about 8 customers (14.5%) would be in another segment, with £900.00 of revenue.",
        "The number of customers in “Champions” would go from 20 to 12, the largest change of all.",
        "If every limit of “Orders” were drawn one step tighter, about one customer (1.8%) would be in another segment, with £20.00 of revenue.",
    )
    assert chinese[0] == "若“距上次下单天数”的各个分界都收紧一档，约有 8 位客户（14.5%）会换到别的细分，涉及收入 £900.00。"
    assert tell_whatif(steps.assign(moved=0), EDGES, texts=Texts("en")).sentences == (Texts("en").say("whatif-story-none"),)
    assert tell_whatif(steps.iloc[:0], EDGES, texts=Texts("en")).sentences == (Texts("en").say("story-few-buyers"),)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_accessible(lang, visit):
    """No violation of axe-core, as the page opens and with a limit moved."""
    from axe_playwright_python.sync_playwright import Axe

    page = visit(write_page(offer(lang), lang=lang))
    assert page.locator(".panel").count() == 1
    for _look in range(2):
        found = Axe().run(page, context=".whatif").response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
        page.locator("input").nth(1).focus()
        page.keyboard.press("ArrowLeft")
