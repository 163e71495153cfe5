"""The look: colours that colour-blind readers can part, text one can read, fonts that exist, and nothing left behind."""

import colorsys
from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb
from matplotlib.layout_engine import ConstrainedLayoutEngine

from analysis import fonts, palette, theme
from analysis.columns import CLASS8, STAGES, TIERS
from analysis.display.chart import Chart
from analysis.models.segments import load_map
from analysis.texts import Texts

# Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of color vision deficiency, severity 1.0, on linear RGB
SIGHT = {
    "all cones": np.eye(3),
    "no red cones": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green cones": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}


def _lab(colour: str, sight: np.ndarray) -> np.ndarray:
    """See a colour through these eyes, in CIE 1976 L*a*b* under D65."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(sight @ linear, 0, 1)
    x, y, z = [value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29 for value in xyz / (0.9505, 1.0, 1.089)]
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _distance(one: str, other: str, sight: np.ndarray) -> float:
    return float(np.linalg.norm(_lab(one, sight) - _lab(other, sight)))


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((palette.luminance(one), palette.luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHT.values(), ids=SIGHT.keys())
@pytest.mark.parametrize(
    "drawn_side_by_side",
    [
        ("stage", ["returning", "reactivated", "new"]),
        ("stage", ["returning", "dormant"]),
        ("stage", ["active", "growing", "shrinking", "reactivated", "new", "at_risk", "dormant", "lost", "prospect", "cancelled_only"]),
        ("value_tier", list(TIERS)),
    ],
    ids=["active", "around the axis", "all stages", "tiers"],
)
def test_neighbours_differ_for_every_eye(drawn_side_by_side, sight):
    kind, keys = drawn_side_by_side
    for one, other in pairwise(keys):
        assert _distance(palette.colour(kind, one), palette.colour(kind, other), sight) > 15, (one, other)


@pytest.mark.parametrize("sight", SIGHT.values(), ids=SIGHT.keys())
@pytest.mark.parametrize(
    ("kind", "keys"), [("segment", load_map("rf10").keys), ("segment", load_map("codes125").keys), ("class8", CLASS8)], ids=["ten", "eleven", "classes"]
)
def test_no_two_groups_look_the_same(kind, keys, sight):
    for one, other in combinations(keys, 2):
        assert _distance(palette.colour(kind, one), palette.colour(kind, other), sight) > 6, (one, other)


def test_every_group_has_a_colour_of_its_own():
    for kind, keys in (("segment", load_map("rf10").keys), ("class8", CLASS8), ("value_tier", TIERS), ("stage", STAGES)):
        assert len({palette.colour(kind, key) for key in keys}) == len(keys)
    assert len({palette.colour("cluster", number) for number in range(1, 13)}) == 12
    assert [palette.colour("segment", key) for key in CLASS8] == [palette.colour("class8", key) for key in CLASS8]
    assert palette.colour("cluster", 0) == palette.colour("segment", "unclassified") == palette.LIGHT


OWN = tuple(f"segment{number}" for number in range(20))


@pytest.mark.parametrize("sight", SIGHT.values(), ids=SIGHT.keys())
def test_segments_of_ones_own_differ_from_each_other_and_from_ours(sight):
    texts = Texts("en", "", {"own-segments": " ".join(OWN)})
    shades = [palette.colour("segment", key, texts) for key in OWN] + [palette.colour("segment", key) for key in (*load_map("codes125").keys, "unclassified")]
    for one, other in combinations(shades, 2):
        assert _distance(one, other, sight) > 6, (one, other)


def test_a_colour_of_ones_own_follows_the_key_and_the_file():
    chosen = Texts("en", "", {"own-segments": "mine yours", "colour-mine": "#abcdef", "colour-loyal": "#123456"})
    assert (palette.colour("segment", "mine", chosen), palette.colour("segment", "loyal", chosen)) == ("#abcdef", "#123456")
    assert palette.colour("segment", "yours", chosen) == palette.colour("segment", "yours"), "the same without the words of the map, where no other claims it"
    many = " ".join(f"key{number}" for number in range(45))
    assert palette.colour("segment", "key44", Texts("en", "", {"own-segments": many})).startswith("#"), "more segments than colours"


def test_important_classes_are_darker_than_general_ones():
    for kind in ("value", "develop", "keep", "winback"):
        assert palette.luminance(palette.colour("class8", f"important_{kind}")) < palette.luminance(palette.colour("class8", f"general_{kind}")) / 2


@pytest.mark.parametrize("ramp", [theme.HEAT, theme.BALANCE], ids=["heat", "balance"])
def test_numbers_on_a_heat_map_can_be_read(ramp):
    for value in np.linspace(0, 1, 101):
        shade = to_hex(ramp(value))
        assert _contrast(palette.ink_on(shade), shade) >= 4.5  # WCAG 2.2, 1.4.3


@pytest.mark.parametrize("shade", [palette.INK, palette.GREY], ids=["ink", "grey"])
def test_text_on_paper_can_be_read(shade):
    assert _contrast(shade, palette.PAPER) >= 4.5  # WCAG 2.2, 1.4.3
    assert _contrast(shade, palette.PALE) >= 4.5  # behind numbers that are withheld, and on the diagonal of a matrix


ALL = {(kind, key): shade for kind, shades in palette.COLOURS.items() for key, shade in shades.items()}


def test_names_on_any_colour_can_be_read():
    shades = [*ALL.values(), *palette._CLUSTER, *palette._OWN, *palette._BRANCH, *(palette.fade(shade, 0.86) for shade in ALL.values())]
    assert min(_contrast(palette.ink_on(shade), shade) for shade in shades) >= 4.5


def test_the_rim_of_any_mark_is_seen_on_white_and_is_of_its_hue():
    for shade in (*ALL.values(), *palette._CLUSTER, *palette._OWN, palette.LIGHT):
        assert _contrast(palette.edge(shade), palette.PAPER) >= 3, shade  # WCAG 2.2, 1.4.11
        one, other = (colorsys.rgb_to_hsv(*to_rgb(each)) for each in (shade, palette.edge(shade)))
        assert abs(one[0] - other[0]) < 0.02 and abs(one[1] - other[1]) < 0.02, shade
    assert palette.edge("#117733") == "#117733", "dark enough as it is"


def test_luminance_is_that_of_the_standard():
    assert palette.luminance("#ffffff") == pytest.approx(1)
    assert palette.luminance("#000000") == 0
    assert palette.luminance("#808080") == pytest.approx(0.2159, abs=1e-4)  # WCAG 2: ((0.50196 + 0.055) / 1.055) ** 2.4


def test_fading_goes_towards_white():
    assert palette.fade("#000000", 0.5) == "#808080"
    assert palette.fade("#0072b2", 0) == "#0072b2"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_fonts_are_installed(lang):
    installed = {font.name for font in font_manager.fontManager.ttflist}
    assert fonts.find_fonts(lang)
    assert set(fonts.find_fonts(lang)) <= installed


def test_a_machine_without_a_chinese_font_is_told_apart(monkeypatch):
    monkeypatch.setattr(fonts, "find_fonts", lambda lang: ("DejaVu Sans",))
    assert fonts.has_font("en") and not fonts.has_font("zh")
    monkeypatch.setattr(fonts, "find_fonts", lambda lang: ("SimHei", "DejaVu Sans"))
    assert fonts.has_font("zh")


def test_the_theme_does_not_depend_on_what_was_set_and_leaves_nothing():
    with mpl.rc_context({"font.size": 33, "axes.grid": True}):
        with theme.theme("en"):
            assert mpl.rcParams["font.size"] == 9
            assert mpl.rcParams["axes.grid"] is False
            mpl.rcParams["figure.dpi"] = 7
        assert mpl.rcParams["font.size"] == 33
        assert mpl.rcParams["axes.grid"] is True
        assert mpl.rcParams["figure.dpi"] != 7


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Potential loyalists", 12, "Potential\nloyalists"), ("Champions", 4, "Champions"), ("即将沉睡客户", 8, "即将沉睡\n客户"),
        ("有潜力客户", 9, "有潜力\n客户"), ("New", 10, "New"),
        ("Big spend\u00a0(2)", 9, "Big\nspend\u00a0(2)"), ("", 5, ""),
        ("退货：由“与原订单冲抵”改为“剔除”", 30, "退货：由“与原订单冲抵”改为\n“剔除”"), ("一致度（越高越好）", 16, "一致度（越高越\n好）"),
    ],
)  # fmt: skip
def test_labels_break_between_words_and_chinese_anywhere(text, width, lines):
    assert theme.break_line(text, width) == lines


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("£800.0k", "£800k"),
        ("£0.00", "£0"),
        ("£1.20M", "£1.2M"),
        ("1.05", "1.05"),
        ("1,200", "1,200"),
        ("¥10.0万", "¥10万"),
        ("50%", "50%"),
        ("£1,000.50", "£1,000.5"),
    ],
)
def test_axis_numbers_lose_the_zeros_that_say_nothing(long, short):
    assert theme.shorten_number(long) == short


def test_what_the_layout_leaves_in_the_last_digits_is_not_in_the_drawing():
    """Two panels a millionth of a millionth apart are one drawing: ids are made from places, and solvers differ in the last digits from process to process."""

    def draw(nudge: float) -> str:
        with theme.theme("en"):
            figure = theme.new_figure(2.0)
            figure.set_layout_engine(Nudging(nudge))
            figure.subplots(1, 2)[0].plot([0, 1], [0, 1])
        return Chart("nudged", "t", "a", pd.DataFrame({"a": [1]}), figure)._repr_mimebundle_()[0]["image/svg+xml"]

    assert draw(0.0) == draw(1e-12) != draw(1e-2)


class Nudging(ConstrainedLayoutEngine):
    """A solver that ends a little elsewhere."""

    def __init__(self, nudge: float) -> None:
        super().__init__()
        self.nudge = nudge

    def execute(self, fig):
        super().execute(fig)
        for axes in fig.axes:
            left, bottom, width, height = axes.get_position().bounds
            axes._set_position((left + self.nudge, bottom, width, height))
