"""The picture of a map on a terminal: each cell with its segment in the colour of the charts, faults marked; and the exit code of an unsound one."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from analysis.models.maps import examine_map, load_map
from analysis.models.naming import name_segments
from analysis.palette import colour
from analysis.report.map_picture import draw_map
from analysis.texts import Texts

UNSOUND = {"name": "mine", "scores": 2, "segment": [
    {"key": "loyal", "cells": [{"r": [2, 2], "f": [1, 2]}]}, {"key": "strange", "cells": [{"r": [2, 2], "f": [2, 2]}, {"r": [1, 1], "f": [1, 1]}]},
]}  # fmt: skip


def drawn(found, *, words=None, colours=False):
    console = Console(width=110, record=True, force_terminal=colours, color_system="truecolor" if colours else None, file=io.StringIO())
    console.print(*draw_map(found, texts=Texts("en", "", words or {})), sep="\n")
    return console.export_text(styles=colours)


def test_recency_goes_down_and_frequency_across():
    lines = [line.split("  ") for line in drawn(load_map("six")).splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert cells[0] == ["Segment map six: 6 segments on R x F"]
    assert cells[1] == ["F1", "F2", "F3"]
    assert cells[2] in (["R3", "New", "Potential loyalists", "Champions"], ["R3 ", "New", "Potential loyalists", "Champions"])
    assert cells[3] == ["R2", "Hibernating", "Potential loyalists", "Loyal"]


def test_cells_have_the_colours_of_the_charts():
    red, green, blue = (int(colour("segment", "champions")[place : place + 2], 16) for place in (1, 3, 5))
    assert f"48;2;{red};{green};{blue}" in drawn(load_map("six"), colours=True)


def test_a_map_on_money_has_a_panel_for_each_score_and_a_key():
    text = drawn(load_map("codes125"))
    assert [f"M{score}" in text for score in range(1, 7)] == [True] * 5 + [False]
    assert "11  Lost" in text and "1  Champions" in text
    assert "R x FM" in drawn(load_map("rfm11")), "a map on the mean needs one panel"


def test_holes_and_clashes_are_marked_and_keys_without_words_stand_for_themselves():
    text = drawn(examine_map(UNSOUND))
    rows = {line[:2]: line.split() for line in text.splitlines()}
    assert rows["R2"] == ["R2", "Loyal", "Loyal", "+1"]
    assert rows["R1"] == ["R1", "strange", "-"]
    assert "no segment" in text


def test_words_of_the_file_are_no_markup(tmp_path):
    segments = [{"key": f"k{n}", "cells": [{"r": n}], "label": "[red]x[/nope]" if n == 1 else "b", "action": "c"} for n in (1, 2)]
    (tmp_path / "m.toml").write_text(
        "scores = 2\n"
        + "".join(f'[[segment]]\nkey = "{one["key"]}"\nlabel = "{one["label"]}"\naction = "c"\ncells = [{{ r = {n} }}]\n' for n, one in enumerate(segments, 1))
    )
    own = load_map("m.toml", tmp_path)
    assert "[red]x[/nope]" in drawn(own, words=name_segments(own, "en"))


@pytest.mark.parametrize(
    ("map_", "code", "words"), [("mine.toml", 2, "several segments for: 'R2 F2 (loyal and strange)'"), ("four", 0, "Segment map four: 4 segments")]
)
def test_check_draws_the_map_and_refuses_an_unsound_one(tmp_path, map_, code, words):
    (tmp_path / "mine.toml").write_text(
        'scores = 2\n[[segment]]\nkey = "loyal"\ncells = [{ r = 2 }]\n[[segment]]\nkey = "strange"\ncells = [{ r = 2, f = 2 }, { r = 1, f = 1 }]\n'
    )
    rows = [f"A{n},{n % 40},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{n % 7 + 1},2.5" for n in range(400)]
    (tmp_path / "orders.csv").write_text("order_id,customer_id,ordered_at,quantity,unit_price\n" + "\n".join(rows) + "\n")
    columns = "\n".join(f'{name} = "{name}"' for name in ("order_id", "customer_id", "ordered_at", "quantity", "unit_price"))
    (tmp_path / "workbook.toml").write_text(
        f'name = "shop"\n[scoring]\nmap = "{map_}"\n[inputs.transactions]\nfiles = ["orders.csv"]\ndates = "iso"\n[inputs.transactions.columns]\n{columns}\n'
    )
    done = subprocess.run([Path(sys.executable).with_name("workbook"), "check"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    assert words in done.stdout + done.stderr
    if code:
        assert "Loyal +1" in done.stdout and "no segment for: 'R1 F2'" in done.stderr
