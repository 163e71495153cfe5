"""A segment map drawn on a terminal: a coloured cell for each pair of scores, faults marked."""

from collections.abc import Iterator

import pandas as pd
from rich.columns import Columns
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.models.cells import list_cells
from analysis.models.maps import Proof, SegmentMap, examine_map
from analysis.palette import colour, ink_on
from analysis.texts import Texts

HOLE, CLASH = "white on #b00020", "#b00020 on white"
_AXES = {"f": "F", "fm": "FM"}


def draw_map(found: SegmentMap | Proof, *, texts: Texts) -> Iterator[RenderableType]:
    """Draw a map, sound or not: first its name, then its cells, then what the numbers stand for where names do not fit.

    Parameters
    ----------
    found : SegmentMap or Proof
    texts : Texts
        With the words of the map; a key without words stands for itself.
    """
    proof = found if isinstance(found, Proof) else examine_map(found.rules)
    cells = list_cells(proof)
    names = {key: texts.label("segment", key) if texts.has(f"segment-{key}".replace("_", "-")) else key for key in proof.keys}
    shades = {key: colour("segment", key, texts) for key in proof.keys}
    panels = [(panel, frame) for panel, frame in cells.groupby("panel")]
    numbered = len(panels) > 1
    short = {key: str(number) for number, key in enumerate(proof.keys, start=1)} if numbered else names
    winner = proof.rules.first_match
    across = _AXES[cells["axis"].iloc[0]] + (" x M" if numbered else "")
    yield Text(f"Segment map {proof.rules.name}: {len(proof.keys)} segments on R x {across}", style="bold")
    yield Columns([_panel(int(panel), frame, short, shades, first_match=winner) for panel, frame in panels])
    if numbered:
        yield Columns([Text.assemble((f" {short[key]:>2} ", _on(shades[key])), f" {names[key]}") for key in proof.keys])
    for change in proof.rules.change:
        named, chosen = texts.join(names.get(key, key) for key in change.named), names.get(change.chosen, change.chosen)
        yield Text(f"R{change.r} FM{change.fm}: the table that is commonly copied says {named or 'nothing'}; this map says {chosen}")
    if proof.holes or (proof.overlaps and not winner):
        yield Text.assemble((" - ", HOLE), " no segment   ", (" +1 ", CLASH), " one more segment claims the cell")


def _panel(money: int, frame: pd.DataFrame, short: dict[str, str], shades: dict[str, str], *, first_match: bool) -> RenderableType:
    table = Table(title=f"M{money}" if money else None, box=None, pad_edge=False, padding=0)
    table.add_column("")
    grid = {(int(row.r), int(row.across)): row.claims for row in frame.itertuples()}
    across = sorted({place for _r, place in grid})
    for place in across:
        table.add_column(f"{_AXES[frame['axis'].iloc[0]]}{place}", justify="center")
    for r in sorted({r for r, _place in grid}, reverse=True):
        table.add_row(Text(f"R{r} "), *[_cell(grid[r, place], short, shades, first_match=first_match) for place in across])
    return Padding(table, (0, 2, 1, 0))


def _cell(claims: tuple[str, ...], short: dict[str, str], shades: dict[str, str], *, first_match: bool) -> Text:
    if not claims:
        return Text(" - ", style=HOLE)
    if len(claims) > 1 and not first_match:
        return Text(f" {short[claims[0]]} +{len(claims) - 1} ", style=CLASH)
    return Text(f" {short[claims[0]]} ", style=_on(shades[claims[0]]))


def _on(shade: str) -> str:
    return f"{ink_on(shade)} on {shade}"
