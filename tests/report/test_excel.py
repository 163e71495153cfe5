"""The Excel file as a person gets it: eight sheets, what may be written, colours as in the charts, titles that lead back to columns, text that stays text."""

import colorsys
import html
import re
from decimal import Decimal

import fastexcel
import pytest
from excel_book import EXTRA, HOSTILE, LEVELS, name_sheets, read_part, write_book

from analysis.palette import COLOURS
from analysis.report.excel.cells import as_cell, clean, tint
from analysis.schemas import SCHEMAS

SHEETS = {
    "en": ["Read me", "Customers", "Tags", "Tree", "Segments", "Thresholds", "Changes", "Dictionary"],
    "zh": ["说明", "客户", "标签", "分类树", "客户分群", "分数界值", "变动", "字段说明"],
}
CUSTOMERS, TREE = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml"


@pytest.fixture(scope="module", params=["en", "zh"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def book(tmp_path_factory, lang):
    return write_book(tmp_path_factory.mktemp("book"), lang=lang)


def _rows(path, sheet):
    """Read a sheet: a dict a row, the titles from row 1; empty cells are ""."""
    frame = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, dtypes="string").to_pandas().fillna("")
    return [dict(zip(frame.iloc[0], row, strict=True)) for row in frame.iloc[1:].itertuples(index=False)]


def _customers(path, lang):
    """Read the customers by our names of the columns, which the dictionary tells, and by customer number."""
    names = {row[1]: row[2] for row in _dictionary(path, lang) if row[0] == SHEETS[lang][1]}
    rows = [{names[title]: value for title, value in row.items()} for row in _rows(path, SHEETS[lang][1])]
    return {row["customer_id"]: row for row in rows}


def _dictionary(path, lang):
    return [list(row.values())[:10] for row in _rows(path, SHEETS[lang][7])]


def _letter(number):
    return (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)


def _place(path, lang, name):
    """Give the letters of a column of the customers."""
    columns = [row[2] for row in _dictionary(path, lang) if row[0] == SHEETS[lang][1]]
    return _letter(columns.index(name))


def _style(path, cell):
    """Give the fill of a cell of the customers; None where it has none."""
    number = int(re.search(rf'<c r="{cell}" s="(\d+)"', read_part(path, CUSTOMERS))[1])
    styles = read_part(path, "xl/styles.xml")
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", re.search(r"<cellXfs.*?</cellXfs>", styles, re.S)[0], re.S)
    fills = re.findall(r"<fill>.*?</fill>", re.search(r"<fills.*?</fills>", styles, re.S)[0], re.S)
    found = re.search(r'fgColor rgb="FF(\w+)"', fills[int(re.search(r'fillId="(\d+)"', formats[number])[1])])
    return found and f"#{found[1]}"


def test_eight_sheets_in_their_order(book, lang):
    assert name_sheets(book) == SHEETS[lang]


def test_a_customer_stands_there_in_words_and_numbers(book, lang):
    row = _customers(book, lang)["ann"]
    words = {
        "en": {"segment": "Champions", "class8": "Important: value", "value_tier": "High value", "lifecycle_stage": "At risk", "need": "High-end need",
               "need_computed": "Basic need", "tag_fan": "Yes", "overridden": "Need (inferred), Owner, tag level"},
        "zh": {"segment": "冠军客户", "class8": "重要价值客户", "value_tier": "高价值", "lifecycle_stage": "流失风险", "need": "高端需求",
               "need_computed": "基本需求", "tag_fan": "是", "overridden": "需求层次（推断）、负责人、tag level"},
    }[lang]  # fmt: skip
    numbers = {"monetary": 1234.5, "frequency": 3, "margin": -3.25, "p_alive": 0.25, "tag_orders_per_year": 12.5, "r_score": 5}
    assert {name: row[name] for name in words} == words
    assert {name: float(row[name]) for name in numbers} == numbers
    assert row["first_order_date"].startswith("2011-12-01")
    assert (row["region"], row["rfm_score"], row["tag_level"], row["notes"]) == ("East", "555", "high, or so", "call her")
    assert row["overdue_index"] == ""  # infinite: no cell can hold it
    assert (row["owner"], row["reason"], row["expires_on"]) == ("", "", "")


def test_hostile_names_stay_what_they_are(book, lang):
    customers = _customers(book, lang)
    assert {who: row["notes"] for who, row in customers.items() if who != "ann"} == {f"h{number:02d}": name for number, name in enumerate(HOSTILE)}
    assert {who: row["region"] for who, row in customers.items() if who != "ann"} == {f"h{number:02d}": name for number, name in enumerate(HOSTILE)}
    stored = read_part(book, CUSTOMERS)
    assert not re.search(r"<f[ >]|<hyperlink|<script", stored)


def test_the_highest_revenue_stands_first_and_contact_data_nowhere(book, lang):
    money = [float(row["monetary"]) for row in _customers(book, lang).values()]
    assert money == sorted(money, reverse=True)
    assert len(money) == 1 + len(HOSTILE)
    everything = "".join(read_part(book, f"xl/worksheets/sheet{number}.xml") for number in range(1, 9))
    assert "+44 20 0000" not in everything


def test_columns_stand_in_groups_and_what_nothing_is_known_of_is_left_out(book, lang):
    names = [row[2] for row in _dictionary(book, lang) if row[0] == SHEETS[lang][1]]
    order = ["customer_id", "region", "segment", "lifecycle_stage", "need", "need_computed", "r_score", "recency_days", "nps", "monetary", "margin", "clv_365d",
             "tag_fan", "tag_level", "tag_orders_per_year", "owner", "notes", "reason", "expires_on", "overridden"]  # fmt: skip
    assert [name for name in names if name in order] == order
    assert names[names.index("need_computed") - 1] == "need"
    assert set(SCHEMAS["customers"].columns) <= set(names)
    assert set(EXTRA) - set(names) == {"price_band", "phone"}


def test_the_dictionary_leads_back_from_every_title_in_both_languages(book, lang):
    rows = _dictionary(book, lang)
    titles = {sheet: [row[1] for row in rows if row[0] == sheet] for sheet in SHEETS[lang][1:7]}
    for sheet, told in titles.items():
        frame = fastexcel.read_excel(book).load_sheet(sheet, header_row=None, n_rows=1, dtypes="string").to_pandas()
        assert [title for title in frame.iloc[0] if isinstance(title, str)] == told
        for at in (1, 3, 4):  # as written, English, Chinese: no two columns of a sheet are called the same
            named = [row[at].casefold() for row in rows if row[0] == sheet]
            assert len(set(named)) == len(named)
    assert all(all(row[:7]) for row in rows)
    for row in rows:
        assert row[1] == row[3 if lang == "en" else 4]
        assert re.search(r"[\u4e00-\u9fff]", row[6]), row
        assert not re.search(r"[\u4e00-\u9fff]", row[5]), row
    yes = {"en": "Yes", "zh": "是"}[lang]
    editable = {row[2] for row in rows if row[9] == yes}
    assert editable == {"need", "tag_fan", "tag_level", "tag_orders_per_year", "owner", "notes", "reason", "expires_on"}


def test_what_may_be_written_is_offered_and_nothing_else_taken(book, lang):
    stored = read_part(book, CUSTOMERS)
    rules = {}
    for rule, inside in re.findall(r"<dataValidation ([^>]*)>(.*?)</dataValidation>", stored, re.S):
        rules[re.search(r'sqref="([A-Z]+)2:', rule)[1]] = (
            re.search(r'type="(\w+)"', rule)[1],
            html.unescape(re.search(r"<formula1>(.*?)</formula1>", inside)[1]),
        )
        assert 'errorStyle="warning"' not in rule
        assert f':{re.search(r"sqref=.([A-Z]+)2", rule)[1]}{2 + len(HOSTILE)}"' in rule  # down to the last customer
        assert 'showErrorMessage="1"' in rule
        assert 'allowBlank="1"' in rule
    at = {name: _place(book, lang, name) for name in ("need", "tag_fan", "tag_level", "tag_orders_per_year", "expires_on")}
    assert set(rules) == set(at.values())
    needs = {"en": "Basic need,Potential need,High-end need", "zh": "基本需求,潜在需求,高端需求"}[lang]
    assert rules[at["need"]] == ("list", f'"{needs}"')
    assert rules[at["tag_fan"]] == ("list", {"en": '"Yes,No"', "zh": '"是,否"'}[lang])
    assert rules[at["tag_orders_per_year"]][0] == "decimal"
    assert 'operator="greaterThan"' in re.search(r'<dataValidation type="date"[^>]*>', stored)[0]
    assert rules[at["expires_on"]] == ("date", "40886")  # 9 December 2011, the day of the report, as Excel counts; later days are taken
    kind, source = rules[at["tag_level"]]
    sheet, row, first, last = re.fullmatch(r"'(.+)'!\$([A-Z]+\$\d+):\$([A-Z]+)\$(\d+)", source).groups()
    assert (kind, sheet) == ("list", SHEETS[lang][7])
    line = fastexcel.read_excel(book).load_sheet(sheet, header_row=None, dtypes="string").to_pandas().fillna("").to_numpy().tolist()[int(last) - 1]
    places = [ord(letter) - 65 for letter in (row.split("$")[0], first)]
    assert tuple(line[places[0] : places[1] + 1]) == LEVELS
    assert line[2] == "tag_level"


def test_what_a_person_said_is_marked_and_the_computed_stands_beside_it(book, lang):
    hand = "#FBD9B5"
    assert _style(book, f"{_place(book, lang, 'need')}2") == hand
    assert _style(book, f"{_place(book, lang, 'owner')}2") == hand  # taken away by hand: nothing stands there
    assert _style(book, f"{_place(book, lang, 'tag_level')}2") == hand
    assert _style(book, f"{_place(book, lang, 'need_computed')}2") is None
    assert _style(book, f"{_place(book, lang, 'notes')}3") is None


def test_classes_have_the_colours_of_the_charts_light_enough_to_read_on(book, lang):
    stored, styles = read_part(book, CUSTOMERS), read_part(book, "xl/styles.xml")
    looks = re.findall(r"<dxf>.*?</dxf>", styles, re.S)
    tier = _place(book, lang, "value_tier")
    rules = re.search(rf'<conditionalFormatting sqref="{tier}2:.*?</conditionalFormatting>', stored, re.S)[0]
    shown = {html.unescape(text): looks[int(number)] for number, text in re.findall(r'dxfId="(\d+)"[^>]*><formula>"(.*?)"</formula>', rules)}
    words = {"en": ["High value", "Middle value", "Low value"], "zh": ["高价值", "中价值", "低价值"]}[lang]
    assert list(shown) == words
    for word, key in zip(words, ("high", "mid", "low"), strict=True):
        _is_light_version(re.search(r'rgb="FF(\w+)"', shown[word])[1], COLOURS["value_tier"][key])
    _is_light_version(_style(book, f"{_place(book, lang, 'segment')}2").removeprefix("#"), COLOURS["segment"]["champions"])


@pytest.mark.parametrize("shade", sorted({shade for shades in COLOURS.values() for shade in shades.values()}))
def test_every_colour_of_the_charts_can_be_read_on(shade):
    _is_light_version(tint(shade).removeprefix("#"), shade)


def _is_light_version(shade, of):
    """The same hue, and dark text has a contrast of at least 7 (WCAG 2, enhanced)."""
    parts = [[int(text[at : at + 2], 16) / 255 for at in (0, 2, 4)] for text in (shade, of.removeprefix("#"))]
    (hue, _, _), (wanted, _, strength) = (colorsys.rgb_to_hsv(*part) for part in parts)
    assert strength < 0.2 or min(abs(hue - wanted), 1 - abs(hue - wanted)) < 0.03
    lights = []
    for part in (parts[0], [int("2b2f36"[at : at + 2], 16) / 255 for at in (0, 2, 4)]):
        red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in part)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    assert (lights[0] + 0.05) / (lights[1] + 0.05) >= 6.9


def test_headings_stand_still_and_filter_and_expert_measures_are_folded_away(book, lang):
    stored = read_part(book, CUSTOMERS)
    assert '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>' in stored
    last = _place(book, lang, "overridden")
    assert f'<autoFilter ref="A1:{last}{2 + len(HOSTILE)}"' in stored
    spans = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*hidden="1"[^>]*outlineLevel="1"', stored)
    hidden = [_letter(at - 1) for first, last in spans for at in range(int(first), int(last) + 1)]
    assert hidden == [_place(book, lang, name) for name in ("r_value", "f_value", "m_value")]


def test_the_tree_is_indented_and_folds(book, lang):
    rows = [list(row.values()) for row in _rows(book, SHEETS[lang][3])]
    names = {"en": ["East", "High-end need", "Other (3 branches)", "Unknown"], "zh": ["East", "高端需求", "其他 3 类", "未知"]}[lang]
    assert [row[0] for row in rows] == names
    assert [[float(value) for value in row[2:]] for row in rows] == [
        [6, 0.75, 10, 0.5, 4, 2], [4, 0.5, 8, 0.4, 5, -1], [2, 0.25, 2, 0.1, 0, 2], [2, 0.25, 10, 0.5, 2, 0],
    ]  # fmt: skip
    levels = dict(re.findall(r'<row r="(\d+)"[^>]*outlineLevel="(\d)"', read_part(book, TREE)))
    assert levels == {"3": "1", "4": "1"}


def test_changes_are_told_in_words(book, lang):
    rows = [list(row.values()) for row in _rows(book, SHEETS[lang][6])]
    assert [row[1:4] for row in rows] == {
        "en": [["Segment", "New", "Champions"], ["tag fan", "No", "Yes"], ["Stage", "Not known then", "New"], ["Segment", "New", "No orders"]],
        "zh": [["细分", "新客户", "冠军客户"], ["tag fan", "否", "是"], ["阶段", "当时尚无此客户", "新客户"], ["细分", "新客户", "无订单"]],
    }[lang]
    assert rows[0][0] == "=1+1"
    assert float(rows[0][4]) == 1234.5


def test_tags_have_their_words_and_counts(book, lang):
    rows = [list(row.values())[:6] for row in _rows(book, SHEETS[lang][2])]
    assert rows[1][:3] == {"en": ["Loyal repeat buyer", "Behaviour", "Yes or no"], "zh": ["忠诚复购", "购买行为", "是否"]}[lang]
    assert [float(value) for value in rows[1][3:6]] == [1, 0.5, 10]


def test_thresholds_are_days_as_days_and_money_as_money(book, lang):
    rows = [list(row.values()) for row in _rows(book, SHEETS[lang][5])]
    assert [row[2] for row in rows] == ["30", "625.5"]


def test_the_first_sheet_speaks_both_languages_and_ends_in_pairs(book, lang):
    frame = fastexcel.read_excel(book).load_sheet(0, header_row=None, dtypes="string").to_pandas().fillna("")
    assert frame.iloc[-4:, :2].to_numpy().tolist() == [["run", "run1"], ["as_of", "2011-12-09"], ["language", lang], ["name", "Corner shop"]]
    own, other = ("en", "zh") if lang == "en" else ("zh", "en")
    said = {own: "\n".join(frame[frame.columns[0]]), other: "\n".join(frame[frame.columns[1]])}
    count = str(1 + len(HOSTILE))
    assert f"all {count}." in said["en"]
    assert f"共列出全部 {count} 位客户" in said["zh"]
    assert "workbook import" in said["en"] and "workbook import" in said["zh"]
    assert "there are 7,000 changes; listed are 4" in said["en"]
    assert "共有 7,000 处变动，此处列出 4 处" in said["zh"]
    assert "For internal use" in said["en"] and "仅供内部使用" in said["zh"]


def test_equal_tables_give_equal_bytes(book, lang, tmp_path):
    assert write_book(tmp_path, lang=lang).read_bytes() == book.read_bytes()


def test_a_sheet_that_nothing_is_known_for_says_so(tmp_path):
    path = write_book(tmp_path, sheets=False)
    assert name_sheets(path) == SHEETS["en"]
    reader = fastexcel.read_excel(path)
    said = {name: reader.load_sheet(name, header_row=None, dtypes="string").to_pandas().iloc[1, 0] for name in ("Tags", "Tree", "Changes")}
    assert said["Tags"].startswith("No tags") and said["Tree"].startswith("No tree") and said["Changes"].startswith("There is nothing to compare")
    editable = {row[2] for row in _dictionary(path, "en") if row[9] == "Yes"}
    assert editable == {"owner", "notes", "reason", "expires_on"}  # nobody said which classes and tags may be changed


def test_a_shop_without_customers_has_a_file_too(tmp_path, monkeypatch):
    monkeypatch.setattr("excel_book.ann", lambda: {"customer_id": "ann"})
    path = write_book(tmp_path, people=[])
    assert [row["customer_id"] for row in _customers(path, "en").values()] == ["ann"]


@pytest.mark.parametrize(("lang", "titles"), [("en", ("City", "City (tag)")), ("zh", ("城市", "所在城市"))])
def test_a_tag_that_is_called_as_a_column_says_that_it_is_a_tag(lang, titles, tmp_path, monkeypatch):
    monkeypatch.setitem(EXTRA, "city", "varchar")
    monkeypatch.setitem(EXTRA, "tag_home_city", "varchar")
    path = write_book(tmp_path, lang=lang, people=[{"customer_id": "bob", "city": "x", "tag_home_city": "x"}])
    found = {row[2]: row[1] for row in _dictionary(path, lang) if row[0] == SHEETS[lang][1]}
    assert (found["city"], found["tag_home_city"]) == titles


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x07b\x1b", "a\ufffdb\ufffd"),
        ("a\tb\nc", "a\tb\nc"),
        ("x" * 32_767, "x" * 32_767),
        ("x" * 32_768, "x" * 32_766 + "…"),
        ("😀" * 20_000, "😀" * 16_383 + "…"),
    ],
)
def test_a_text_is_cut_visibly_where_a_cell_is_full(text, kept):
    assert clean(text) == kept


@pytest.mark.parametrize(
    ("value", "cell"),
    [("", None), (float("nan"), None), (float("inf"), None), (Decimal("1.50"), 1.5), (7, 7), (2**60, str(2**60)), (None, None)],
)
def test_a_number_is_a_number_where_a_cell_can_hold_it(value, cell):
    assert as_cell(value) == cell
