"""The picture of the tree: fields as high as their share, no text outside its field or over another, the change marked; and the treemap."""

import re
from decimal import Decimal
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import chart_frames as shop
from analysis import palette
from analysis.charts.outline import list_outline
from analysis.charts.tree import draw_icicle, save_tree
from analysis.charts.treemap import draw_treemap, squarify
from analysis.display.chart import quiet_letters
from analysis.models import tree
from analysis.texts import Texts

ENGLISH, CHINESE = Texts("en", "GBP"), Texts("zh", "GBP")
LANGUAGES = pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
HOSTILE = (
    "<script>alert(1)</script>",
    '=cmd|"/c calc"!A1',
    "\u202egnihsift",
    "🎁🎄👩‍👩‍👧",
    "$\\frac{$",
    "long " * 2000,
    "two\nlines\tand 'quotes\"",
    "&amp;{ $n }",
)


def grow(rows, before=None, *, levels=("region", "industry", "behaviour"), **folding):
    """Grow a tree of (keys ..., customers, money) and (keys ..., customers) of the last report."""
    depth = list(range(len(levels)))
    now = pd.DataFrame([(*keys, n, Decimal(money)) for *keys, n, money in rows], columns=[*depth, "customers", "monetary"])
    then = None if before is None else pd.DataFrame([(*keys, n, Decimal(1)) for *keys, n in before], columns=[*depth, "customers", "monetary"])
    return tree.grow(now, then, levels, tree.Folding(**folding), name="main", orders={"behaviour": ("new", "regular", "lost")})


# of 1000 customers; then 40 fewer bought steel in the North, and the East was not there
WIDE = grow(
    [
        ("North", "Steel", "new", 300, 10), ("North", "Steel", "lost", 100, 10), ("North", "Food", "regular", 200, 700), ("South", "Food", "regular", 250, 200),
        ("South", tree.UNKNOWN, tree.UNKNOWN, 50, 30), ("East", "Steel", "new", 100, 50),
    ],
    [("North", "Steel", "new", 300), ("North", "Steel", "lost", 60), ("North", "Food", "regular", 200), ("South", "Food", "regular", 300), ("South", tree.UNKNOWN, tree.UNKNOWN, 50)],
)  # fmt: skip
MANY = grow([
    (f"Region {a}", f"Industry {b} of things and services", c, 1 + (7 * a * b + 3 * a) % 40 * a, 5)
    for a in range(1, 10) for b in range(1, 10) for c in ("new", "regular", "lost", tree.UNKNOWN)
], [(f"Region {a}", f"Industry {b} of things and services", "new", 20 * a) for a in range(1, 10) for b in range(1, 10)])  # fmt: skip
STRANGE = grow([(name, other, "new", 10 + 3 * place, 5) for place, name in enumerate(HOSTILE) for other in HOSTILE[:3]])
FIVE = grow(
    [
        (f"a{a}", f"b{b}", f"c{c}", f"d{d}", f"a rather long name {e}", 5 + a * b + c * d * e, 1)
        for a in (1, 2, 3)
        for b in (1, 2, 3)
        for c in (1, 2)
        for d in (1, 2)
        for e in (1, 2)
    ],
    levels=("type", "country", "region", "city", "industry"),
)
NOBODY = WIDE.iloc[:0]


def fields(chart):
    """Give the fields of a picture: left, top, right, bottom in the units of its axes, and the colour."""
    axes = chart.figure.axes[0]
    return [
        (patch.get_x(), patch.get_y(), patch.get_x() + patch.get_width(), patch.get_y() + patch.get_height(), to_hex(patch.get_facecolor()))
        for patch in axes.patches
        if isinstance(patch, Rectangle)
    ]


def written(chart):
    """Give the texts of a picture with their boxes: left, top, right, bottom in the units of its axes."""
    axes = chart.figure.axes[0]
    found = []
    with quiet_letters():
        for text in axes.texts:
            (left, top), (right, bottom) = axes.transData.inverted().transform(text.get_window_extent().get_points())
            found.append((text.get_text(), (left, min(top, bottom), right, max(top, bottom))))
    return found


@LANGUAGES
@pytest.mark.parametrize("frame", [WIDE, MANY, STRANGE, FIVE], ids=["wide", "many", "strange", "five levels"])
def test_every_text_lies_in_one_field_and_over_no_other_text(frame, texts):
    chart = draw_icicle(frame, texts=texts)
    boxes = written(chart)
    assert len(boxes) > len(chart.data) / 8
    head = fields(chart)[0][1]
    for name, (left, top, right, bottom) in boxes:
        inside = [field for field in fields(chart) if field[0] <= left and right <= field[2] and field[1] - 0.01 <= top and bottom <= field[3] + 0.01]
        assert inside or bottom < head, name
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 0.012 or b[3] <= a[1] + 0.012
        assert apart, (one, other)


def test_fields_are_as_high_as_their_share_and_lie_beside_their_parent():
    chart = draw_icicle(WIDE, texts=ENGLISH)
    found = fields(chart)
    whole = max(field[3] for field in found) - min(field[1] for field in found)
    width = found[0][2] - found[0][0]
    heights = {}
    for left, top, _, bottom, _ in found:
        heights.setdefault(round(left / width), []).append(round((bottom - top) / whole, 6))
    assert heights[0] == [0.6, 0.3, 0.1]  # North 600, South 300, East 100 of 1000
    assert heights[1] == [0.4, 0.2, 0.25, 0.05, 0.1]  # steel before food in the North; food and unknown in the South; steel in the East
    assert heights[2] == [0.3, 0.1, 0.2, 0.25, 0.1]  # of the unknown industry nothing more is known: its field goes to the right edge
    unknown = next(field for field in found if round((field[3] - field[1]) / whole, 6) == 0.05)
    assert round((unknown[2] - unknown[0]) / width) == 2
    for left, top, _, bottom, _ in found[1:]:
        assert left == 0 or any(other[2] == pytest.approx(left) and other[1] - 1e-9 <= top and bottom <= other[3] + 1e-9 for other in found)


def test_by_money_the_heights_are_money():
    chart = draw_icicle(WIDE, by="money", texts=ENGLISH)
    found = [field for field in fields(chart) if field[0] == 0]
    whole = sum(field[3] - field[1] for field in found)
    # North 720, South 230, East 50 of 1000
    assert [round((field[3] - field[1]) / whole, 6) for field in found] == [0.72, 0.23, 0.05]
    assert chart.title == "“North” brings most: 72.0% of revenue from 60.0% of customers"


def test_the_change_is_a_triangle_with_number_and_share():
    words = " | ".join(name for name, _ in written(draw_icicle(WIDE, texts=ENGLISH)))
    assert "▲ 40 (7.1%)" in words  # the North: 600 after 560
    assert "▲ 40 (11.1%)" in words  # its steel: 400 after 360
    assert "▼ 50 (14.3%)" in words  # the South: 300 after 350
    assert "▲ 100" in words and "%)" in words  # the East is new: of nothing there is no share
    chinese = " | ".join(name for name, _ in written(draw_icicle(WIDE, texts=CHINESE)))
    assert "▼ 50（14.3%）" in chinese and "600 位，60.0%" in chinese


def test_the_colours_of_the_first_level_are_those_of_all_charts():
    tiers = grow([("high", "a", 10, 9), ("mid", "a", 20, 3), ("low", "a", 30, 1)], levels=("value_tier", "region"))
    first = {field[4] for field in fields(draw_icicle(tiers, texts=ENGLISH)) if field[0] == 0}
    assert first == {palette.colour("value_tier", key) for key in ("high", "mid", "low")}
    below = {field[4] for field in fields(draw_icicle(tiers, texts=ENGLISH)) if field[0] > 0}
    assert below == {palette.fade(palette.colour("value_tier", key), 0.5) for key in ("high", "mid", "low")}
    north = {field[4] for field in fields(draw_icicle(WIDE, texts=ENGLISH)) if field[0] == 0}
    assert len(north) == 3 and palette.luminance(max(north, key=palette.luminance)) < 0.4


def test_thin_branches_stand_together_under_their_names():
    frame = grow([("North", "Steel", "new", 960, 1), ("North", "Steel", "regular", 15, 1), ("North", "Steel", "lost", 25, 1)], least=0)
    chart = draw_icicle(frame, texts=ENGLISH)
    assert "Regular 15, Lost 25" in [name for name, _ in written(chart)] or len(fields(chart)) == 4
    assert chart.data["customers"].tolist() == [1000, 1000, 960, 15, 25]  # the numbers are all there


@LANGUAGES
@pytest.mark.parametrize("frame", [WIDE, NOBODY, WIDE.iloc[:1], STRANGE], ids=["whole", "empty", "one node", "strange"])
def test_it_is_drawn_and_described_whatever_there_is(frame, texts):
    chart = draw_icicle(frame, texts=texts)
    bundle, _ = chart._repr_mimebundle_()
    assert chart.title and chart.alt.startswith(chart.title)
    assert not re.search(r"\bnan\b|None|\x1f|\x1e|\x1d", chart.title + chart.alt + chart.data.to_csv())
    assert "<script" not in bundle["image/svg+xml"] and len(bundle["image/svg+xml"]) < 60_000
    assert len(chart.alt) < 1500
    assert repr(draw_icicle(frame, texts=texts)) == repr(chart)


def test_an_image_fills_a_slide(tmp_path):
    for ending, begins in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        for name in ("once", "again"):
            save_tree(WIDE, tmp_path / f"{name}.{ending}", texts=CHINESE)
        once = (tmp_path / f"once.{ending}").read_bytes()
        assert once.startswith(begins) and once == (tmp_path / f"again.{ending}").read_bytes()
    svg = (tmp_path / "once.svg").read_text()
    width, height = (float(value) for value in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    assert width / height == pytest.approx(16 / 9, rel=0.001)
    assert "最大的分支是" in svg and "North" in svg  # text stays text


def test_the_outline_has_a_line_a_branch_with_counts_money_and_shares():
    outline = list_outline(WIDE, texts=ENGLISH)
    assert outline.caption == "Region › Industry › Behaviour"
    assert outline.columns == ("Customers", "Share of customers", "Revenue", "Share of revenue", "Since the last report")
    lines = [(depth, branch.name, branch.cells) for depth, branch in outline.walk()]
    assert lines[:3] == [
        (0, "North", ("600", "60.0%", "£720.00", "72.0%", "▲ 40 (7.1%)")),
        (1, "Steel", ("400", "40.0%", "£20.00", "2.0%", "▲ 40 (11.1%)")),
        (2, "New", ("300", "30.0%", "£10.00", "1.0%", "")),
    ]
    assert [name for _, name, _ in lines] == ["North", "Steel", "New", "Lost", "Food", "Regular", "South", "Food", "Regular", "Unknown", "East", "Steel", "New"]


def test_without_an_earlier_report_there_is_no_column_for_the_change():
    assert len(list_outline(STRANGE, texts=CHINESE).columns) == 4


def test_areas_are_those_of_the_paper_on_squarified_treemaps():
    """Bruls, Huizing and van Wijk (2000), figure 4: areas 6 6 4 3 2 2 1 in a rectangle of 6 by 4."""
    boxes = squarify([6, 6, 4, 3, 2, 2, 1], (0, 0, 6, 4))
    assert [round(width * height, 9) for _, _, width, height in boxes] == [6, 6, 4, 3, 2, 2, 1]
    expected = [(0, 0, 3, 2), (0, 2, 3, 2), (3, 0, 12 / 7, 7 / 3), (3 + 12 / 7, 0, 9 / 7, 7 / 3), (3, 7 / 3, 6 / 5, 5 / 3)]
    for box, wanted in zip(boxes, expected, strict=False):
        assert box == pytest.approx(wanted)
    assert boxes[5][0] == pytest.approx(4.2) and boxes[6][2] * boxes[6][3] == pytest.approx(1)


@LANGUAGES
@pytest.mark.parametrize("scheme", ["segment", "class8"])
def test_the_treemap_shows_money_as_area_in_the_colours_of_the_groups(scheme, texts):
    chart = draw_treemap(shop.SEGMENT_TABLE, scheme=scheme, texts=texts)
    rows = shop.SEGMENT_TABLE[(shop.SEGMENT_TABLE["scheme"] == scheme) & (shop.SEGMENT_TABLE["monetary"] > 0)]
    areas = {colour: (right - left) * (bottom - top) for left, top, right, bottom, colour in fields(chart)}
    whole = sum(areas.values())
    for row in rows.itertuples():
        assert areas[palette.colour(scheme, row.segment)] / whole == pytest.approx(row.monetary / rows["monetary"].sum())
    for name, (left, top, right, bottom) in written(chart):
        assert any(box[0] <= left and right <= box[2] and box[1] <= top and bottom <= box[3] + 0.01 for box in fields(chart)), name
    assert draw_treemap(shop.SEGMENT_TABLE.iloc[:0], texts=texts).title
