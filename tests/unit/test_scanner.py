"""The scanner finds people wherever a page can name them, in whatever way it is written; and numbers, dates and our own words are nobody."""

import base64
import html
import json
import re
import struct
import zlib
from urllib.parse import quote

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.data.watched import cut_words, derive_key, digest, list_names, list_phones, to_words, words_of
from analysis.errors import PublishFailed
from analysis.report.pieces import read_markup, read_notebook
from analysis.report.scanner import Watch, find_people, scan

KEY = derive_key(b"k" * 32)
PEOPLE = [
    ("name", "Canary Quill"), ("name", "O’Brien-Müller, Zoë"), ("name", "Champions"), ("name", "Ann Li"), ("name", "Straße İnce"), ("name", "London"),
    ("name", "金丝雀贸易有限公司"), ("name", "张伟"), ("address", "7 Canary Wharf Lane, Old Mill, Upper Road, Shire"), ("address", "上海市浦东新区世纪大道100号"), ("id", "KX-00042"),
    ("id", "90817263"), ("id", "00123"), ("id", "a"), ("comment", "the teapot came broken twice"), ("comment", "very good indeed"),
]  # fmt: skip
PHONES = ["0171 55 66 77 88", "+49 (30) 901820-55", "110"]


@pytest.fixture(scope="module")
def digests(tmp_path_factory):
    people = ibis.memtable({"kind": [kind for kind, _ in PEOPLE], "value": [value for _, value in PEOPLE]})
    path = tmp_path_factory.mktemp("digests") / "watched.parquet"
    list_names(cut_words(people), KEY).union(list_phones(ibis.memtable({"value": PHONES}), KEY)).to_parquet(path)
    return path


@pytest.fixture
def kinds(digests):
    """Find in a piece of a page: the kinds, in order."""

    def look(markup, **options):
        return sorted(find.kind for find in find_people({"p.html": read_markup(markup)}, Watch(digests, KEY, **options)))

    return look


def test_no_digest_says_who_it_is(digests):
    content = digests.read_bytes()
    rows = duckdb.sql(f"select * from read_parquet('{digests}')").fetchall()
    assert all(re.fullmatch("[0-9a-f]{16}", row[2]) for row in rows)
    assert not [value for _, value in PEOPLE if len(value) > 5 and words_of(value).encode() in content]
    assert digest("canary quill", KEY) in {row[2] for row in rows}
    assert digest("canary quill", derive_key(b"x" * 32)) not in {row[2] for row in rows}  # and nobody without the key can guess


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(st.one_of(st.characters(codec="utf-8", exclude_characters="\x00"), st.sampled_from(" .,'-1２ßİς金々〇—\u200b\xa0\xad＠")), max_size=30),
        min_size=1,
        max_size=40,
    )
)
def test_both_sides_cut_words_alike(texts):
    table = ibis.memtable({"place": list(range(len(texts))), "text": texts})
    told = table.select("place", words=to_words(table.text)).order_by("place").execute().words
    assert [word if isinstance(word, str) else None for word in told] == [words_of(text) or None for text in texts]


def test_words_are_what_people_read():
    assert words_of("  O’Brien-Müller,\u00a0Zoë\u200b ") == "o brien müller zoë"
    assert words_of("ＡＮＮ　Li") == "ann li"
    assert words_of("Straße İNCE ΣΟΦΌΣ") == "strasse ince σοφόσ"
    assert len(words_of("1,234.5 ¥2.50").split()) == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ann.b+c@shop.example", "email"),
        ("写信给张三zhang@qq.com吧", "email"),
        ("ann＠shop．example", "email"),
        ("a\u200bnn@shop.example", "email"),
        ("ünï@bücher.example", "email"),
        ("+8613912345678", "phone"),
        ("+86 139 1234 5678", "phone"),
        ("+1 (212) 555-0198", "phone"),
        ("0044 20 7946 0958", "phone"),
        ("tel. +44.20.7946.0958", "phone"),
        ("13912345678", "phone"),
        ("手机139-1234-5678。", "phone"),
        ("139 1234 5678", "phone"),
        ("Phone13912345678", "phone"),
        ("１３９１２３４５６７８", "phone"),
        ("8613912345678", "phone"),
        ("021-65432109", "phone"),
        ("(010) 88886666", "phone"),
        ("（0755）26001234", "phone"),
        ("0571 8765432", "phone"),
        ("010-8888-6666", "phone"),
        ("212-555-0198", "phone"),
        ("(212) 555-0198", "phone"),
        ("0151 23456789", "phone"),
        ("0171/55-66-77-88", "phone"),
        ("49 30 901 82055", "phone"),  # known ones, in whatever groups
        ("by Canary Quill!", "name"),
        ("CANARY  QUILL", "name"),
        ("canary_quill", "name"),
        ("Canary&#10;Quill", "name"),
        ("客户Canary Quill的", "name"),
        ("Zoë", ""),
        ("o'brien müller zoë", "name"),
        ("STRASSE INCE", "name"),
        ("Ann Li", "name"),
        ("金丝雀贸易有限公司", "name"),
        ("客户金丝雀贸易有限公司的收入", "name"),
        ("金丝雀 贸易 有限公司", "name"),
        ("7, Canary Wharf Lane, Old Mill, Upper Road, Elsewhere", "address"),
        ("住在上海市浦东新区世纪大道100号", "address"),
        ("KX-00042", "id"),
        ("kx 00042", "id"),
        ("No. 90817263", "id"),
        ("said: the teapot came broken twice", "comment"),
    ],
)
def test_people_are_found(kinds, text, kind):
    assert set(kinds(f"<p>{text}</p>")) == ({kind} if kind else set())


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-31", "31.12.2025 – 01.01.2026", "2011-12-09 2011-12-10", "2025年12月31日", "12:30:00", "¥13,912,345,678", "13912345678.50", "-13912345678.5",
        "1,391,234,567.8", "+12,345,678", "+12345678.25",
        "CN¥1.39M", "12.5 % +1.3 −0.4", "0.13912345678", "1e13", "0 500 1000 1500 2000 2500 3000", "01 02 03 04 05 06 07 08", "+5 since 2025-12-31", "run 13912345678abcdef0",
        "a13912345678f", "555 RFM 543",
        "1,096 customers · 2023-01 to 2025-12", "100-200 300-400", "2023-2024, 2024-2025", "C-0123456789", "3.14159265358979", "@media", "5 @ 3.50", "ISO 8601",
        "v1.2.3", "90,817,263", "90817263.0", "908172634",
        "Canary Quills", "Canary", "Quill Canary", "xCanary Quill", "KX 42", "00123", "a", "张伟",
        "very good indeed", "Canary Wharf Lane", "金丝雀贸易", "上海市浦东新区", "", "100000000", "12 345 678",
    ],
)  # fmt: skip
def test_numbers_days_and_parts_of_names_are_nobody(kinds, text):
    assert kinds(f"<p>{text}</p>") == []


def _every_way(text):
    raw = text.encode()
    yield "as it is", f"<p>{html.escape(text)}</p>"
    for offset in range(3):
        yield f"base64, offset {offset}", f"<p>{base64.b64encode(b'x' * offset + b' ' + raw).decode()}</p>"
    yield "base64 behind a word", f"<p>x{base64.b64encode(raw).decode()}</p>"
    yield "base64 for addresses", f"<p>{base64.urlsafe_b64encode(raw).decode().rstrip('=')}</p>"
    yield "base64 of base64", f"<p>{base64.b64encode(base64.b64encode(raw)).decode()}</p>"
    yield "entities", "<p>" + "".join(f"&#{ord(letter)};" for letter in text) + "</p>"
    yield "entities of entities", "<p>" + "".join(f"&amp;#x{ord(letter):x};" for letter in text) + "</p>"
    yield "percent signs", f"<p>{''.join(f'%{byte:02X}' for byte in raw)}</p>"
    yield "a link", f'<a href="x.html#{quote(text)}">x</a>'
    yield "CSV", f'<a download="a.csv" href="data:text/csv;charset=utf-8,%EF%BB%BF{quote(f"a,b{chr(13)}{chr(10)}1,")}%22{quote(text)}%22%0D%0A2,3">x</a>'
    for name in ("alt", "title", "aria-label", "data-label", "data-anything", "id", "class", "content", "lang"):
        yield name, f'<img {name}="{html.escape(text)}">'
    yield "JSON", f'<div data-cube="{html.escape(json.dumps({"a": [1, {"b": text}]}))}"></div>'
    yield "the name of JSON", f'<div data-cube="{html.escape(json.dumps({text: 1}, ensure_ascii=False))}"></div>'
    yield "a script", f"<script>const a = {json.dumps(text)};</script>"
    yield "letters by number", "<script>const a = '" + "".join(f"\\u{ord(letter):04x}" for letter in text) + "';</script>"
    yield "a comment", f"<!-- {text} -->"
    yield "a drawing", f'<svg viewBox="0 0 1 1"><g><path d="M0 0"/><text x="1" y="2">{html.escape(text)}</text></g></svg>'
    yield "marked inside", f"<p>{html.escape(text[:4])}<b>{html.escape(text[4:])}</b></p>"
    yield "a title of a drawing", f"<svg><title>{html.escape(text)}</title></svg>"
    yield "a style", f"<style>p::before {{ content: '{text}' }}</style>"
    for kind in (b"tEXt", b"zTXt", b"iTXt"):
        chunk = b"Title\0" + (b"\0" + zlib.compress(raw) if kind == b"zTXt" else (b"\0\0\0\0" if kind == b"iTXt" else b"") + raw)
        picture = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(chunk)) + kind + chunk + b"0000" + struct.pack(">I", 0) + b"IEND0000"
        yield f"an image, {kind.decode()}", f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}">'


@pytest.mark.parametrize(("text", "kind"), [("canary.quill@example.com", "email"), ("13912345678", "phone"), ("Canary Quill", "name"), ("金丝雀贸易有限公司", "name"), ("KX-00042", "id"),
                                            ("7 Canary Wharf Lane, Old Mill, Upper Road", "address")])  # fmt: skip
def test_people_are_found_in_whatever_way_they_are_written(kinds, text, kind):
    ways = dict(_every_way(text))
    assert {way: kinds(markup) for way, markup in ways.items() if kind not in kinds(markup)} == {}


def test_a_name_in_two_lines_of_a_label_is_one(kinds):
    assert kinds("<svg><text>Canary</text><text>Quill</text></svg>") == ["name"]
    assert kinds("<svg><text>139</text><text>1234</text><text>5678</text></svg>") == []  # an axis
    assert kinds("<table><tr><td>139</td><td>12345678</td></tr></table>") == []


@pytest.mark.parametrize("markup", [
    '<path d="M 13912345678 13912345678 L 021-65432109"/>', '<polyline points="13912345678,13912345678"/>', '<g transform="translate(13912345678 13912345678)"/>',
    '<text x="13912345678">1</text>', '<svg viewBox="0 0 13912345678 13912345678"/>', '<rect width="13912345678"/>', "<div data-cube=\"[13912345678, 13812345678]\"></div>",
])  # fmt: skip
def test_lines_of_a_drawing_and_amounts_of_a_cube_are_not_read(kinds, markup):
    assert kinds(markup) == []


def test_what_a_notebook_shows_is_read_and_its_prose_is_not(digests):
    def look(*outputs):
        cells = [{"cell_type": "markdown", "source": "Canary Quill"}, {"cell_type": "code", "source": "'Canary Quill'", "outputs": list(outputs)}]
        return [find.kind for find in find_people({"a.ipynb": read_notebook(json.dumps({"cells": cells}))}, Watch(digests, KEY))]

    assert look() == []
    assert look({"output_type": "stream", "text": ["it is ", "Canary Quill\n"]}) == ["name"]
    assert look({"output_type": "execute_result", "data": {"text/plain": "Canary Quill"}}) == ["name"]
    assert look({"output_type": "execute_result", "data": {"text/html": ["<td>Canary ", "Quill</td>"]}}) == ["name"]
    assert look(
        {"output_type": "execute_result", "data": {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><text>Canary</text><text>Quill</text></svg>"}}
    ) == ["name"]
    assert look({"output_type": "execute_result", "data": {"image/svg+xml": "<svg><text>Canary Quill"}}) == ["name"]
    assert look({"output_type": "execute_result", "data": {"application/x+json": {"a": ["Canary Quill"]}}}) == ["name"]
    assert look({"output_type": "execute_result", "data": {}, "metadata": {"image/svg+xml": {"numbers": "who,n\nCanary Quill,3\n"}}}) == ["name"]


def test_our_own_words_may_be_said_whoever_is_called_so(kinds):
    assert kinds("<p>Champions</p>") == ["name"]
    assert kinds("<p>Champions</p>", spoken=["segment-champions = Champions"]) == []
    assert kinds("<p>Canary Quill</p>", spoken=["a canary, and no quill"]) == ["name"]
    assert kinds("<p>金丝雀贸易有限公司</p>", spoken=["名为金丝雀贸易有限公司的客户"]) == []


def test_what_the_configuration_allows_may_stand(kinds):
    assert kinds("<p>London 13912345678 info@shop.example</p>", allowed=["LONDON", "13912345678", "info@shop.example"]) == []
    assert kinds("<p>London and Canary Quill</p>", allowed=["London"]) == ["name"]
    assert kinds("<p>London</p>", allowed=["Londonderry", "New London"]) == ["name"]


def test_the_refusal_says_where_and_what_and_not_who(digests):
    said = {
        "en/02_rfm.html": read_markup("<p>Canary Quill, canary.quill@example.com, 13912345678</p>"),
        "report.en.html": read_markup("<p>KX-00042 Canary Quill</p>"),
    }
    with pytest.raises(PublishFailed) as caught:
        scan(said, Watch(digests, KEY))
    assert caught.value.exit_code == 5
    text = str(caught.value)
    assert text.count("en/02_rfm.html") == 3
    assert "report.en.html: a customer's number (kx…)" in text
    assert "[pages], allowed = " in text
    assert not re.search("quill|example.com|12345|00042", text, re.I)


def test_a_page_without_people_passes(digests):
    scan({"a.html": read_markup("<p>Champions bring 58 %</p>")}, Watch(digests, KEY, spoken=["Champions"]))


def test_a_file_is_not_called_after_a_person(digests):
    assert [find.kind for find in find_people({"en/Canary Quill.html": ([], [])}, Watch(digests, KEY))] == ["name"]


def test_nobody_known_is_no_reason_to_stop(tmp_path):
    list_names(cut_words(ibis.memtable({"kind": ["name"], "value": ["x"]})), KEY).to_parquet(tmp_path / "none.parquet")
    watch = Watch(tmp_path / "none.parquet", KEY)
    assert find_people({"a.html": read_markup("<p>Canary Quill 上海市浦东新区世纪</p>")}, watch) == []
    assert [find.kind for find in find_people({"a.html": read_markup("<p>ann@example.org</p>")}, watch)] == ["email"]
