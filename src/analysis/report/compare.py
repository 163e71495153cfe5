"""Two reports beside each other: what is larger, who went where, and what else differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath, PureWindowsPath
from typing import Any

import numpy as np
import pandas as pd

from analysis.columns import CONTACT_COLUMNS, NONE
from analysis.models.disclosure import withhold
from analysis.models.disclosure_rules import Cells
from analysis.models.suppression import System, suppress
from analysis.report.sides import Side, count_moves
from analysis.settings.pages import Pages

_WORDY = ("inputs", "words", "pages", "exports", "name", "languages", "reports", "cleaning", "identity", "classes", "tags", "tree")  # may hold names and paths
_SECRET = {*CONTACT_COLUMNS, "customer_id"}
_SIZES = Cells(("scheme", "segment"), values=("monetary",), totals=(("scheme",),))  # as the table of segments in a report


@dataclass(frozen=True)
class Change:
    """Something that differs: what, and its value in each report; None where a report does not have it, or its value is not for pages."""

    what: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Comparison:
    """Two reports compared.

    Parameters
    ----------
    before, after : Side
    segments : pandas.DataFrame
        segment, customers_before, customers_after, monetary_before, monetary_after.
    moves : pandas.DataFrame
        from_segment, to_segment, customers; no rows where the reports are of different shops.
    thresholds, settings, inputs : tuple of Change
        Cut points (``r 1``), settings (``scoring.bins``), files (rows).
    warnings : tuple of (tuple of str, tuple of str)
        Those of one report alone.
    """

    before: Side
    after: Side
    segments: pd.DataFrame
    moves: pd.DataFrame
    thresholds: tuple[Change, ...]
    settings: tuple[Change, ...]
    inputs: tuple[Change, ...]
    warnings: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def is_one_shop(self) -> bool:
        """Whether customers of one report are those of the other."""
        return self.before.listed.name == self.after.listed.name

    @property
    def is_one_currency(self) -> bool:
        """Whether money may be compared."""
        return self.before.listed.currency == self.after.listed.currency

    @property
    def least(self) -> int:
        """How many customers a number on a page must stand for: what the stricter of the two reports says."""
        return max(_pages(self.before).least, _pages(self.after).least)


def compare(before: Side, after: Side) -> Comparison:
    """Compare two reports, with exact numbers."""
    sides = {"before": before, "after": after}
    sizes = [side.segments.rename(columns={name: f"{name}_{which}" for name in ("customers", "monetary")}) for which, side in sides.items()]
    segments = sizes[0].merge(sizes[1], how="outer", on="segment")
    counts = [f"customers_{which}" for which in sides]
    segments[counts] = segments[counts].fillna(0)
    segments[[f"monetary_{which}" for which in sides]] = segments[[f"monetary_{which}" for which in sides]].fillna(0.0)
    one_shop = before.listed.name == after.listed.name
    moves = count_moves(before, after) if one_shop else pd.DataFrame(columns=["from_segment", "to_segment", "customers"])
    alone = [tuple(line for line in one.listed.warnings if line not in other.listed.warnings) for one, other in ((before, after), (after, before))]
    order = segments.assign(most=segments[counts].max(axis=1)).sort_values(["most", "segment"], ascending=[False, True]).drop(columns="most")
    return Comparison(
        before, after, order.reset_index(drop=True), moves, tuple(_differ(_cuts(before), _cuts(after))), tuple(_differ(_settings(before), _settings(after))),
        tuple(_differ(_files(before), _files(after))), (alone[0], alone[1]),
    )  # fmt: skip


def withhold_few(comparison: Comparison) -> Comparison:
    """Blank the numbers of few customers, and what would give them back, as the reports themselves do."""
    least, segments = comparison.least, comparison.segments.copy()
    shown = {}
    for which in ("before", "after"):
        exact = segments[["segment"]].assign(scheme="segment", customers=segments[f"customers_{which}"], monetary=segments[f"monetary_{which}"])
        exact = exact[exact["customers"] > 0]
        shown[which] = withhold(exact, [_SIZES], least=least)
        told = segments[["segment"]].merge(shown[which].assign(there=True), how="left", on="segment")
        for name in ("customers", "monetary"):
            segments[f"{name}_{which}"] = told[name].astype(float).mask(told["there"].isna(), 0.0)
    moves = comparison.moves
    if len(moves):
        moves = _withhold_moves(moves, shown, least)
    settings = tuple(change if _is_plain(change) else replace(change, before=None, after=None) for change in comparison.settings)
    return replace(comparison, segments=segments, moves=moves, settings=settings)


def _withhold_moves(moves: pd.DataFrame, sizes: Mapping[str, pd.DataFrame], least: int) -> pd.DataFrame:
    """Choose which cells of the matrix are blank. Readers know the sizes of the segments; how many came and left in all they may work out, and learn it if not few."""
    keys = {"before": "from_segment", "after": "to_segment"}
    every = {key: sorted({NONE, *moves[key]}) for key in keys.values()}
    cells = pd.MultiIndex.from_product(every.values(), names=list(every)).drop((NONE, NONE))
    matrix = moves.set_index(list(every))["customers"].reindex(cells, fill_value=0).reset_index()
    system = System(least=least, cover=True)
    amounts, nothing = matrix["customers"].to_numpy(dtype=float), np.zeros(len(matrix), dtype=bool)
    places = system.add(amounts, units=np.arange(len(matrix)), hidden=nothing, fixed=nothing)
    for which, key in keys.items():
        told = sizes[which].set_index("segment")["customers"]
        for segment in every[key]:
            members = places[(matrix[key] == segment).to_numpy()]
            away = np.array([segment in told.index and pd.isna(told[segment])])
            (total,) = system.add(np.array([amounts[members].sum()]), units=None, hidden=away, fixed=np.array([segment != NONE]))
            system.link(total, members)
    return matrix.assign(customers=matrix["customers"].astype(float).mask(suppress(system)[places]))


def _pages(side: Side) -> Pages:
    return side.config.pages


def _differ(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for what in [*before, *(name for name in after if name not in before)]:
        if before.get(what) != after.get(what):
            yield Change(what, before.get(what), after.get(what))


def _cuts(side: Side) -> dict[str, float]:
    return {f"{row.measure} {row.cut}": float(row.value) for row in side.thresholds.itertuples()}


def _files(side: Side) -> dict[str, tuple[str, int]]:
    """Give the files read by their last name: checksum and rows."""
    return {PureWindowsPath(PurePath(file["name"]).name).name: (str(file["sha256"]), int(file["kept"])) for file in side.manifest.get("inputs", ())}


def _settings(side: Side) -> dict[str, Any]:
    """Lay the settings out flat; rules of the cleaning by their name. Files are compared as files."""
    values = side.config.model_dump(mode="json")
    rules = {}
    for rule in values.pop("cleaning"):
        name = f"cleaning.{rule['rule']}"
        hidden = rule.get("column") in _SECRET
        while name in rules:
            name += "+"
        rules[name] = {key: "***" if hidden and key in ("values", "pattern") else value for key, value in rule.items() if key != "rule" and value}
    for source in values["inputs"].values():
        for key in ("files", "database", "table", "query", "key"):
            (source or {}).pop(key, None)
    values.pop("name"), values["pages"].pop("allowed", None)
    return dict(_flatten({**values, **rules}))


def _flatten(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _flatten(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _is_plain(change: Change) -> bool:
    """Tell whether a page may show a setting: numbers, yes and no, and the short words of sections that hold no names of people, files or columns."""
    numeric = all(value is None or isinstance(value, bool | int | float) for value in (change.before, change.after))
    return numeric or change.what.split(".")[0] not in _WORDY or change.what.endswith((".action", ".merge", ".profile"))
