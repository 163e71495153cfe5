"""Pictures of maps: every cell in the colour of its segment, a legend where names do not fit; and the grid of customers under maps of other sizes."""

import pytest

from analysis.charts.maps import draw_map
from analysis.charts.rfm import draw_grid
from analysis.models.cells import list_cells
from analysis.models.maps import load_map, prove_map
from analysis.models.naming import name_segments
from analysis.palette import colour
from analysis.story.rfm import tell_grid
from analysis.texts import LOCALES, Texts
from chart_frames import frame

ENGLISH = Texts("en")


def drawn(axes):
    """Read the cells off the picture: (recency, across) to colour."""
    return {(round(patch.get_y() + 0.5), round(patch.get_x() + 0.5)): patch.get_facecolor() for patch in axes.patches}


def rgba(shade):
    return (*(int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5)), 1)


def test_cells_lie_recency_up_and_frequency_right_in_the_colour_of_their_segment():
    chart = draw_map(list_cells(load_map("six")), texts=ENGLISH)
    (axes,) = chart.figure.axes
    found = drawn(axes)
    assert len(found) == 9
    for cell, key in {(3, 3): "champions", (2, 3): "loyal", (3, 1): "new", (1, 1): "hibernating", (1, 3): "at_risk"}.items():
        assert found[cell] == pytest.approx(rgba(colour("segment", key)))
    assert chart.title == "Every combination of recency and frequency scores belongs to exactly one of 6 segments"
    assert [text.get_text() for text in axes.texts].count("Champions") == 1
    assert chart.data.values.tolist()[0] == [3, 1, "new"] and list(chart.data.columns) == ["r_score", "f_score", "segment"]  # top left first, as drawn


def test_money_has_a_panel_for_each_score_and_a_legend():
    chart = draw_map(list_cells(load_map("codes125")), texts=ENGLISH)
    panels = chart.figure.axes
    assert [axes.get_title(loc="left") for axes in panels] == [f"Money score {score}" for score in range(1, 6)]
    assert drawn(panels[4])[5, 5] == pytest.approx(rgba(colour("segment", "champions")))
    assert drawn(panels[0])[1, 5] == pytest.approx(rgba(colour("segment", "lost")))
    assert {text.get_text() for text in chart.figure.legends[0].get_texts()} == {ENGLISH.label("segment", key) for key in load_map("codes125").keys}
    assert "recency, frequency and money scores" in chart.title and "11 segments" in chart.title


def test_a_map_on_the_mean_is_one_panel_of_the_mean():
    chart = draw_map(list_cells(load_map("rfm11")), texts=ENGLISH)
    (axes,) = chart.figure.axes
    assert axes.get_xlabel() == "Mean of frequency and money score"
    assert drawn(axes)[1, 1] == pytest.approx(rgba(colour("segment", "lost")))


def test_segments_of_ones_own_have_their_words_and_distinct_colours():
    segments = [{"key": f"own{n}", "cells": [{"r": n}], "label": {"en": f"Mine {n}", "zh": f"我的{n}"}, "action": "-"} for n in range(1, 10)]
    own = prove_map({"name": "own", "scores": 9, "segment": segments})
    for lang in LOCALES:
        texts = Texts(lang, "", name_segments(own, lang))
        chart = draw_map(list_cells(own), texts=texts)
        assert {text.get_text() for text in chart.figure.legends[0].get_texts()} == {one["label"][lang] for one in segments}
        assert len(set(drawn(chart.figure.axes[0]).values())) == 9
        chart._repr_mimebundle_()


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("name", ["class8", "codes125", "four", "rf10", "rfm11", "six"])
def test_every_map_is_drawn_in_both_languages(name, lang):
    chart = draw_map(list_cells(load_map(name)), texts=Texts(lang))
    svg = chart._repr_mimebundle_()[0]["image/svg+xml"]
    assert len(svg) < 60_000
    assert str(len(load_map(name).keys)) in chart.title


THIRDS = frame(
    "r_score f_score segment customers monetary",
    (1, 1, "hibernating", 6, 30.0), (1, 2, None, 0, 0.0), (1, 3, None, 0, 0.0), (2, 1, None, 0, 0.0), (2, 2, "loyal", 1, 10.0), (2, 3, None, 0, 0.0),
    (3, 1, None, 0, 0.0), (3, 2, None, 0, 0.0), (3, 3, "champions", 3, 60.0),
)  # fmt: skip


def test_a_grid_of_three_scores_has_three_and_says_so():
    chart = draw_grid(THIRDS, texts=ENGLISH)
    axes = chart.figure.axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "2", "3"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["3", "2", "1"]
    assert axes.get_xlabel() == "Frequency score (3 = most orders)"
    assert chart.title == "30.0% of customers score 3 on both recency and frequency, 60.0% score 1 on both"
    assert "3 by 3" in chart.alt
    assert tell_grid(THIRDS, texts=ENGLISH).sentences == (
        "3 customers have the best scores on both and bring 60.0% of revenue.", "6 customers have the lowest scores on both and have brought 30.0%.",
    )  # fmt: skip


def test_segments_that_share_a_cell_are_counted_together_and_not_named():
    """Under a map that looks at money a cell of recency and frequency has several segments."""
    grid = frame("r_score f_score segment customers monetary", (1, 1, "lost", 2, 1.0), (1, 1, "hibernating", 3, 9.0), (2, 2, "champions", 5, 90.0))
    chart = draw_grid(grid, texts=ENGLISH)
    words = [text.get_text() for text in chart.figure.axes[0].texts]
    assert sorted(words) == ["0", "0", "5", "5"]
    assert chart.title == "50.0% of customers score 2 on both recency and frequency, 50.0% score 1 on both"


@pytest.mark.parametrize(("scores", "high", "low"), [(4, "3 or 4", "1 or 2"), (7, "5 to 7", "1 to 3")])
def test_the_better_half_is_named(scores, high, low):
    grid = frame("r_score f_score segment customers monetary", (scores, scores, "champions", 1, 1.0), (1, 1, "lost", 3, 1.0))
    assert draw_grid(grid, texts=ENGLISH).title == f"25.0% of customers score {high} on both recency and frequency, 75.0% score {low} on both"
