"""The flow of customers from segment to segment between two days."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from analysis.charts.basis import describe
from analysis.charts.withheld import whole
from analysis.columns import NONE
from analysis.display.chart import Chart
from analysis.palette import GREY, INK, LIGHT, PAPER, colour, fade
from analysis.texts import Texts
from analysis.theme import break_line, clear_axes, name_axis, new_figure, theme

SINGLY = 12  # moves drawn one by one, the largest; the others run together
_WIDTH, _MIDDLE, _LINE = 0.035, 0.5, 0.034  # of a column, where small moves meet, and of a line of text, in the units of the axes
_GATHERED = "#a3a9b2"
_PAD = {"facecolor": PAPER, "alpha": 0.75, "linewidth": 0, "pad": 0.7}  # behind a number, so that it can be read on any colour


def name_group(scheme: str, key: str, side: str, texts: Texts) -> str:
    """Name a group as the origin (`from`) or the end (`to`) of a move: who is no buyer is a new one or one no longer."""
    return texts.say(f"movement-{side}-none") if key == NONE else texts.label(scheme, key)


def list_moves(movement: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """List the moves of a scheme in the order of display, those that are withheld too; a group has one place, in whichever row it is told."""
    rows = movement[(movement["scheme"] == scheme) & (movement["customers"] != 0)]
    for side in ("from", "to"):
        places = pd.to_numeric(rows[f"{side}_place"], errors="coerce")
        rows = rows.assign(**{f"{side}_place": places.groupby(rows[f"{side}_segment"]).transform("max").fillna(len(rows))})
    return rows.sort_values(["from_place", "to_place"]).reset_index(drop=True)


def draw_flow(movement: pd.DataFrame, history: pd.DataFrame | None = None, *, scheme: str = "segment", texts: Texts) -> Chart:
    """Draw how customers went from segment to segment: on the left the earlier day, on the right the later one.

    Parameters
    ----------
    movement : pandas.DataFrame
        The frame `movement`: one period. scheme, from_as_of, to_as_of, from_segment, to_segment, from_place, to_place, customers; a move that is withheld is not drawn.
    history : pandas.DataFrame, optional
        The table `history`, which says how large a group was whose moves are withheld in part.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    told = list_moves(movement, scheme)
    sizes = {side: _count_groups(told, side, history, scheme) for side in ("from", "to")}
    rows = told[told["customers"].notna()].reset_index(drop=True)
    moved = rows[rows["from_segment"] != rows["to_segment"]].sort_values(["customers", "from_place", "to_place"], ascending=[False, True, True])
    total = int(rows["customers"].sum())
    singly = set(moved.index[:SINGLY][moved["customers"].iloc[:SINGLY] >= 0.004 * total]) if total else set()
    with theme(texts.lang):
        figure = new_figure(5.4)
        axes = figure.subplots()
        axes.set_xlim(-0.36, 1.36)
        axes.set_ylim(1.02, -0.09)
        clear_axes(axes)
        name_axis(axes.xaxis, [], [])
        name_axis(axes.yaxis, [], [])
        if total:
            _draw_ribbons(axes, rows, singly, sizes, scheme, texts)
            for place, side in ((_WIDTH / 2, "from"), (1 - _WIDTH / 2, "to")):
                day = pd.Timestamp(rows[f"{side}_as_of"].iloc[0])
                axes.text(place, -0.06, texts.date(day), ha="center", va="center", fontsize=9.5, weight="bold")
    if moved.empty:
        title = texts.say("movement-nobody") if total else texts.say("movement-short")
    else:
        best = moved.iloc[0]
        n = int(best["customers"])
        title = texts.say(
            "movement-flow", n=n, customers=texts.number(n), date=texts.date(pd.Timestamp(best["from_as_of"])),
            **{side: name_group(scheme, best[f"{side}_segment"], side, texts) for side in ("from", "to")},
        )  # fmt: skip
    data = pd.DataFrame({
        **{f"{side}_segment": [name_group(scheme, key, side, texts) for key in told[f"{side}_segment"]] for side in ("from", "to")},
        "customers": whole(told["customers"]),
    })  # fmt: skip
    since, until = (pd.Timestamp(told[f"{side}_as_of"].iloc[0]).date() for side in ("from", "to")) if len(told) else (None, None)
    basis = describe(texts, customers=total if len(rows) == len(told) else None, since=since, until=until) if len(told) else ""
    alt = texts.say("movement-flow-alt", title=title, parts=texts.join(_tell_flows(moved.head(5), scheme, texts))) if len(moved) else title
    return Chart(f"movement-flow-{scheme.replace('_', '-')}", title, alt, data, figure, basis)


def _tell_flows(moved: pd.DataFrame, scheme: str, texts: Texts) -> Iterator[str]:
    for row in moved.itertuples():
        sides = {side: name_group(scheme, getattr(row, f"{side}_segment"), side, texts) for side in ("from", "to")}
        yield texts.say("movement-one-flow", customers=texts.number(row.customers), **sides)


def _count_groups(rows: pd.DataFrame, side: str, history: pd.DataFrame | None, scheme: str) -> dict[str, float]:
    """Count each group at one end of the moves: their sum, or what `history` says where one of them is withheld."""
    found = {str(key): float(counts.sum(skipna=False)) for (_, key), counts in rows.groupby([f"{side}_place", f"{side}_segment"])["customers"]}
    if history is None or rows.empty:
        return found
    then = history[(history["scheme"] == scheme) & (pd.to_datetime(history["as_of"]) == pd.Timestamp(rows[f"{side}_as_of"].iloc[0]))]
    known = then.set_index("segment")["customers"].astype(float)
    return {key: float(known.get(key, np.nan)) if np.isnan(size) else size for key, size in found.items()}


def _draw_ribbons(axes: Axes, rows: pd.DataFrame, singly: set[int], sizes: dict[str, dict[str, float]], scheme: str, texts: Texts) -> None:
    """Draw columns, ribbons and names; moves that are not drawn singly meet in the middle, so that every column is still filled."""
    stayed = rows["from_segment"] == rows["to_segment"]
    small = ~stayed & ~rows.index.isin(singly)
    scale = _scale(sizes)
    left, right = (_stack(sizes[side], rows, side, scale) for side in ("from", "to"))
    starts, ends = ({key: top for key, (top, _height) in side.items()} for side in (left, right))
    spots: dict[int, list[float]] = {}
    for index, row in rows.iterrows():  # along the left column
        spots[index] = [starts[row["from_segment"]], 0.0]
        starts[row["from_segment"]] += row["customers"] * scale
    for index, row in rows.sort_values(["to_place", "from_place"]).iterrows():  # along the right one
        spots[index][1] = ends[row["to_segment"]]
        ends[row["to_segment"]] += row["customers"] * scale
    for index, row in rows[stayed].iterrows():
        _ribbon(axes, (_WIDTH, 1 - _WIDTH), spots[index], row["customers"] * scale, fade(colour(scheme, row["from_segment"], texts), 0.86), zorder=1)
    meeting = max(0.0, 1 - rows.loc[small, "customers"].sum() * scale)
    met = [meeting, meeting]
    for side, order in ((0, ["from_place", "to_place"]), (1, ["to_place", "from_place"])):
        for index, row in rows[small].sort_values(order).iterrows():
            height = row["customers"] * scale
            ends_at = (_WIDTH, _MIDDLE) if side == 0 else (_MIDDLE, 1 - _WIDTH)
            _ribbon(axes, ends_at, [spots[index][0], met[0]] if side == 0 else [met[1], spots[index][1]], height, _GATHERED, zorder=2, alpha=0.5)
            met[side] += height
    written: list[float] = []
    for index in sorted(singly, key=lambda index: (spots[index][0], index)):
        row = rows.loc[index]
        shade = colour(scheme, row["from_segment"] if row["from_segment"] != NONE else row["to_segment"], texts)
        height = row["customers"] * scale
        _ribbon(axes, (_WIDTH, 1 - _WIDTH), spots[index], height, shade, zorder=3, alpha=0.72)
        middle = spots[index][0] + height / 2
        if not written or middle - written[-1] >= 0.8 * _LINE:
            axes.text(_WIDTH + 0.012, middle, texts.number(row["customers"]), va="center", ha="left", fontsize=8, color=INK, zorder=5, bbox=_PAD)
            written.append(middle)
    for x, which, stacked in ((0.0, "from", left), (1 - _WIDTH, "to", right)):
        for key, (top, tall) in stacked.items():
            axes.add_patch(Rectangle((x, top), _WIDTH, tall, facecolor=LIGHT if key == NONE else colour(scheme, key, texts), linewidth=0, zorder=4))
        _name_columns(axes, sizes[which], stacked, which, scheme, texts)


def _scale(sizes: dict[str, dict[str, float]]) -> float:
    """Give the height of a customer: both columns with their gaps are at most 1 high."""
    gaps = max(len(groups) for groups in sizes.values()) - 1
    return float((1 - 0.018 * gaps) / max(1.0, *(np.nansum([*groups.values()]) for groups in sizes.values())))


def _stack(groups: dict[str, float], rows: pd.DataFrame, side: str, scale: float) -> dict[str, tuple[float, float]]:
    """Give the top and the height of each group of a column, in the order of display; of one whose size is withheld, the height of the moves that are told."""
    told = rows.groupby(f"{side}_segment")["customers"].sum()
    top, stacked = 0.0, {}
    for key, size in groups.items():
        tall = float(told.get(key, 0.0) if np.isnan(size) else size) * scale
        stacked[key] = (top, tall)
        top += tall + 0.018
    return stacked


def _ribbon(axes: Axes, x: tuple[float, float], y: Sequence[float], height: float, shade: str, *, zorder: int, alpha: float = 1.0) -> None:
    (x0, x1), (y0, y1) = x, y
    middle = (x0 + x1) / 2
    points = [(x0, y0), (middle, y0), (middle, y1), (x1, y1), (x1, y1 + height), (middle, y1 + height), (middle, y0 + height), (x0, y0 + height), (x0, y0)]
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=shade, linewidth=0, alpha=alpha, zorder=zorder))


def _name_columns(axes: Axes, counts: dict[str, float], stacked: dict[str, tuple[float, float]], side: str, scheme: str, texts: Texts) -> None:
    names = [break_line(name_group(scheme, key, side, texts), 22) for key in stacked]
    lines = [name.count("\n") + 1 for name in names]
    wanted = [top + height / 2 for top, height in stacked.values()]
    x, align = (-0.012, "right") if side == "from" else (1.012, "left")
    for key, name, middle in zip(stacked, names, _spread(wanted, lines), strict=True):
        text = f"{texts.number(counts[key])}  {name}" if side == "to" else f"{name}  {texts.number(counts[key])}"
        axes.text(x, middle, text, ha=align, va="center", fontsize=8.5, color=GREY if key == NONE else INK, zorder=5)


def _spread(wanted: list[float], lines: list[int]) -> list[float]:
    """Move labels apart until none covers its neighbour, as little as that takes."""
    gaps = np.array([0.0, *[_LINE * (one + other) / 2 for one, other in pairwise(lines)]]).cumsum()
    free = np.maximum.accumulate(np.array(wanted) - gaps)  # pushed down only
    over = max(0.0, float(free[-1] + gaps[-1]) - 1.0) if len(free) else 0.0
    return [float(value) for value in np.minimum(free, free[-1] - over) + gaps] if len(free) else []
