"""People are planted in every column of every input, and looked for in every published byte; and put on pages on purpose, to see the scanner refuse."""

import base64
import datetime as dt
import html
import re
import zipfile
import zlib
from urllib.parse import unquote_to_bytes

import duckdb
import pytest
from fake_shop import cell, chapter, make_shop, prose, silent, write_notebooks

from analysis.config import load_config
from analysis.errors import PublishFailed
from analysis.report.press import make_report
from planted_shop import BIRD, NUMBER, answers, contacts, lines, people

DAY = dt.date(2011, 12, 9)
CONTACT = (BIRD, "金丝雀", "13900000", "13800000", "@leak", "Birdtown")  # how every canary begins; what a number or an amount cannot be
PAGES = ("*.html", "*.ipynb", "*.svg", "*.png", "*.pdf")


def in_base64(word):
    """List the three ways that a word can stand in the middle of something in base64: what is before and behind it changes the letters at its ends."""
    raw = word.encode()
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + raw).decode()
        yield whole[(0, 2, 3)[offset] : (offset + len(raw)) * 8 // 6]


def unpack(content):
    """List a file's bytes, and what is written inside them in other ways."""
    yield content
    plain = html.unescape(html.unescape(content.decode("utf-8", "replace")))
    yield plain.encode()
    yield unquote_to_bytes(plain)
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), plain).encode("utf-8", "surrogatepass")
    for found in re.finditer(rb"data:image/\w+;base64,([\w+/=]+)|\"image/png\": \"([\w+/=\\n]+)\"", content):
        image = base64.b64decode((found.group(1) or found.group(2)).replace(b"\\n", b""))
        yield image
        yield from inflate(image)
    if content.startswith(b"%PDF"):
        yield from inflate(content)


def inflate(content):
    for found in re.finditer(b"\x78[\x01\x5e\x9c\xda]", content):
        try:
            yield zlib.decompressobj().decompress(content[found.start() :])
        except zlib.error:
            continue


def search(content, words):
    wanted = [*(word.encode() for word in words), *(word.lower().encode() for word in words)]
    wanted += [way.encode() for word in words for letters in {word, word.lower()} for way in in_base64(letters)]
    return sorted({word for text in unpack(content) for word in wanted if word in text})


def test_the_search_sees_what_it_looks_for():
    """Else the next tests would find nothing anywhere."""
    for word in (b"to Kanari Nomen", b"a@leak7.example", "金丝雀客户".encode()):
        for offset in range(3):
            assert search(b"x " + base64.b64encode(b"y" * offset + word + b" z"), CONTACT), (word, offset)
        for written in (
            word,
            "".join(f"&#{letter};" for letter in word.decode().encode("ascii", "ignore")).encode() or word,
            "".join(f"%{byte:02x}" for byte in word).encode(),
        ):
            assert search(written, CONTACT), written
    assert search(b'"data": "\\u91d1\\u4e1d\\u96c0"', CONTACT)
    assert search(b"%PDF-1.4 stream " + zlib.compress(b"Kanari"), CONTACT)
    assert not search(b"a canary, a bird", CONTACT)


def test_everybody_is_planted():
    assert all(
        any(str(value).startswith((BIRD, "金丝雀", "13900000", "kanari", f"{n} {BIRD}")) for value in person.values()) for n, person in enumerate(people())
    )
    texts = [str(row) for rows in (people(), lines(), answers(), contacts()) for row in rows]
    assert all(any(word.lower() in text.lower() for word in CONTACT) for text in texts)


def test_no_page_no_notebook_and_no_picture_names_anybody(planted):
    found = {}
    for path in sorted(path for ending in PAGES for path in planted.report.parent.rglob(ending)):
        if hits := search(path.read_bytes(), (*CONTACT, NUMBER)):
            found[path.relative_to(planted.report.parent).as_posix()] = hits
    assert found == {}
    assert len(list(planted.report.rglob("*.html"))) > 10


def test_no_file_is_called_after_anybody(planted):
    assert [path for path in planted.report.parent.rglob("*") if search(path.name.encode(), (*CONTACT, NUMBER))] == []


def test_tables_hold_numbers_of_customers_and_no_contact_data(planted):
    found = {}
    for path in sorted((planted.report / "tables").glob("*.parquet")):
        rows = duckdb.sql(f"select * from read_parquet('{path}')").fetchall()
        text = "\n".join(str(value) for row in rows for value in row if isinstance(value, str | bytes))
        own = (NUMBER,) if path.name == "customers.parquet" else ()
        assert all(word in text for word in own), path.name
        if hits := search(text.encode(), [word for word in CONTACT if word != BIRD]) + re.findall(rf"{BIRD} (?:Nomen|Lane|Recipient|Comment)\d*", text):
            found[path.name] = hits[:3]
    assert found == {}


def test_the_excel_file_holds_no_contact_data(planted):
    with zipfile.ZipFile(planted.report / "customers.xlsx") as book:
        text = "\n".join(f"{name} {book.read(name).decode('utf-8', 'replace')}" for name in book.namelist())
    assert NUMBER in text
    # what people said of a customer stands there, with who said it: an internal file
    assert re.findall(rf"(?:{BIRD} (?:Nomen|Lane|Recipient|Comment)|金丝雀|(?<![\d.])13[89]00000\d{{3}}(?!\d)|Birdtown)\w*", text) == []


def test_the_run_says_nobodys_name(planted):
    assert search(planted.said.encode(), (*CONTACT, NUMBER)) == []
    for path in planted.report.parent.rglob("*"):
        if path.is_file() and path.suffix in (".json", ".log", ".txt", ""):
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not search(text.encode(), [word for word in CONTACT if not word.isdigit()]), path.name


# --- and put there on purpose ------------------------------------------------------------------------------------------------------------------------------------

CHART = """
from matplotlib.figure import Figure
figure = Figure(figsize=(5, 3))
axes = figure.subplots()
axes.bar([LABEL], [1])
Chart("told", "A title", ALT, pd.DataFrame({"segment": [DATA], "money": [1.0]}), figure)
"""


def draw(label="a", alt="b", data="c"):
    return CHART.replace("LABEL", repr(label)).replace("ALT", repr(alt)).replace("DATA", repr(data))


ON_PURPOSE = {
    "what a cell prints, in plain and in base64, and a table": (
        (
            "print('for Canary Quill')",
            f"print({base64.b64encode(b'x KX-00042 y').decode()!r})",
            'Table(pd.DataFrame({"Who": ["canary.quill@example.com"], "n": ["1"]}), "T", ("n",))',
        ),
        ("a customer's name (ca…)", "a customer's number (kx…)", "an e-mail address (ca…)"),
    ),
    "a label of a chart, what is read aloud of it, and its numbers": (
        (draw(label="Canary\nQuill", alt="About 金丝雀贸易有限公司", data="KX-00042"),),
        ("a customer's name (ca…)", "a customer's name (金…)", "a customer's number (kx…)"),
    ),
    "sentences": (
        ('Reading(("Call 139-1234-5678 today, or 0171/55 66 77-88.", "Send it to 7 Canary Wharf Lane, Old Mill, Upper Road, Shire."))',),
        ("a telephone number (13…)", "a telephone number (17…)", "a customer's address (7 …)"),
    ),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A report that is there already: its configuration, its folder, its bytes."""
    folder = tmp_path_factory.mktemp("good")
    make_shop(folder / "shop")
    config = load_config(folder / "shop" / "workbook.toml")
    _make(folder, config, "1")
    return folder, config, _bytes(folder / "reports")


def _make(folder, config, *sources):
    middle = [prose("en", "## What?\n\nA question."), *map(cell, sources)]
    write_notebooks(folder / "notebooks", {"10_summary": chapter("10_summary", *middle, save=True)})
    return make_report(config, DAY, languages=("en",), reports=folder / "reports", notebooks=folder / "notebooks", on_progress=silent)


def _bytes(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("way", ON_PURPOSE)
def test_who_is_put_on_a_page_on_purpose_is_not_published(way, good):
    folder, config, before = good
    sources, finds = ON_PURPOSE[way]
    with pytest.raises(PublishFailed) as caught:
        _make(folder, config, *sources)
    text = str(caught.value)
    assert caught.value.exit_code == 5
    assert [find for find in finds if f".html: {find}" not in text] == []
    assert "[pages]" in text
    assert not re.search("quill|example|12345|贸易|00042|55 66|wharf", text, re.I)
    assert _bytes(folder / "reports") == before  # the last good report stays


def test_what_is_our_own_word_or_allowed_is_published(good):
    folder, config, _ = good
    _make(folder, config, "Reading(('Champions bring 58 %.',))")  # a customer is called so
    pages = config.pages.model_copy(update={"allowed": ("Canary Quill", "info@shop.example")})
    _make(folder, config.model_copy(update={"pages": pages}), "Reading(('Canary Quill: info@shop.example',))")
