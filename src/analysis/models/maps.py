"""Segment maps: read from a file, every cell of scores looked at, and refused unless each cell has exactly one segment."""

import hashlib
import itertools
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from pathlib import Path

from analysis.errors import ConfigurationError, shorten
from analysis.settings.maps import Change, MapRules, Ranges, Segment
from analysis.settings.strict import check

Cell = tuple[int, ...]  # scores on the axes of a map: (r, f) or (r, f, m)
MEASURES = ("r", "f", "m")
_ROUND = {"none": float, "half_up": lambda mean: math.floor(mean + 0.5), "down": math.floor, "up": math.ceil}
_LARGEST = 200_000  # bytes of a file of segments


@dataclass(frozen=True)
class SegmentMap:
    """A proved map: every combination of scores has exactly one segment.

    Parameters
    ----------
    name : str
    keys : tuple of str
        The segments in the order of display.
    cells : mapping of tuple of int to str
        Scores on the axes to segment.
    axes : tuple of str
        The measures that the map looks at: ("r", "f") or ("r", "f", "m").
    scores : tuple of int
        How many scores each axis has.
    rules : MapRules
        What was written down: names, actions, colours, and the settings of `[scoring]` that the map is made for.
    """

    name: str
    keys: tuple[str, ...]
    cells: Mapping[Cell, str]
    axes: tuple[str, ...]
    scores: tuple[int, ...]
    rules: MapRules = field(repr=False)

    @property
    def hash(self) -> str:
        """Identify the map by all that it says."""
        return hashlib.sha256(self.rules.model_dump_json().encode()).hexdigest()

    @property
    def changes(self) -> tuple[Change, ...]:
        """List the cells in which the map departs from the table that is commonly copied."""
        return self.rules.change


@dataclass(frozen=True)
class Proof:
    """Every cell of a map with all the segments that claim it, in the order of the file.

    Parameters
    ----------
    rules : MapRules
    axes : tuple of str
    scores : tuple of int
    claims : mapping of tuple of int to tuple of str
    """

    rules: MapRules
    axes: tuple[str, ...]
    scores: tuple[int, ...]
    claims: Mapping[Cell, tuple[str, ...]]

    @property
    def keys(self) -> tuple[str, ...]:
        """List the segments in the order of the file."""
        return tuple(dict.fromkeys(segment.key for segment in self.rules.segment))

    @property
    def holes(self) -> tuple[Cell, ...]:
        """List the cells that no segment claims."""
        return tuple(cell for cell, keys in self.claims.items() if not keys)

    @property
    def overlaps(self) -> dict[Cell, tuple[str, ...]]:
        """List the cells that several segments claim; a fault unless the first match wins."""
        return {cell: keys for cell, keys in self.claims.items() if len(keys) > 1}

    @property
    def unreachable(self) -> tuple[str, ...]:
        """List the segments that nobody can be in: those without a cell, and, where the first match wins, those that never come first."""
        reached = {key for keys in self.claims.values() for key in (keys[:1] if self.rules.first_match else keys)}
        return tuple(key for key in self.keys if key not in reached)

    @property
    def faults(self) -> tuple[str, ...]:
        """Say what is wrong, a phrase for each kind of fault."""
        holes = [self.name_cell(cell) for cell in self.holes]
        double = [] if self.rules.first_match else [f"{self.name_cell(cell)} ({' and '.join(keys)})" for cell, keys in self.overlaps.items()]
        never = "never reached" + (" (the first match wins)" if self.rules.first_match else "")
        found = (("no segment for", holes), ("several segments for", double), (never, list(self.unreachable)))
        return tuple(f"{what}: {shorten(cells)}" for what, cells in found if cells)

    def name_cell(self, cell: Cell) -> str:
        """Name a cell: R3 F4."""
        return " ".join(f"{axis.upper()}{score}" for axis, score in zip(self.axes, cell, strict=True))


def load_map(name: str, folder: Path | None = None) -> SegmentMap:
    """Read a map, one of ours by name or a file by its path, and prove it: total, disjoint (or first match wins), every segment reachable.

    Parameters
    ----------
    name : str
    folder : path, optional
        Where a relative path starts from.

    Raises
    ------
    ConfigurationError
        Naming the cells with no segment or with several, and the segments without a cell; or what cannot be read in the file.
    """
    return prove_map(read_map(name, folder))


def list_maps() -> tuple[str, ...]:
    """List the maps that come with the workbook."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in (resources.files("analysis.models") / "maps").iterdir() if entry.name.endswith(".toml")))


def read_map(name: str, folder: Path | None = None) -> MapRules:
    """Read the file of a map without judging its cells.

    Raises
    ------
    ConfigurationError
        When there is no such map, or the file is not one.
    """
    if name in list_maps():
        return parse_map(tomllib.loads((resources.files("analysis.models") / "maps" / f"{name}.toml").read_text(encoding="utf-8")), name)
    path = (folder or Path()) / name
    try:
        if not path.is_file():
            where = f", and no file {path}" if path.suffix or path.name != name else ""
            raise ConfigurationError(
                f"There is no segment map {name!r}{where}; there are: {', '.join(list_maps())}. "
                'A map of your own is a file: map = "my_segments.toml", beside the configuration.'
            )
        if path.stat().st_size > _LARGEST:
            raise ConfigurationError(f"The segment map {path} has more than {_LARGEST:,} bytes; a map of segments is a few lines for each.")
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"The segment map {path} cannot be read as TOML: {error}") from None
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"The segment map {name!r} cannot be opened: {error}") from None
    return parse_map({"name": path.stem} | values, str(path))


def parse_map(values: Mapping[str, object], origin: str) -> MapRules:
    """Check that a dictionary is a map, whatever its cells.

    Raises
    ------
    ConfigurationError
        Naming every wrong or unknown key at once.
    """
    return check(MapRules, values, f"The segment map {origin}")


def prove_map(rules: MapRules | Mapping[str, object]) -> SegmentMap:
    """Turn ranges and codes into cells, and refuse a map with holes, overlaps or unreachable segments.

    Parameters
    ----------
    rules : MapRules or mapping
        As in the file: name, `segment`: a list of {key, cells}, each cell inclusive ranges {r = [low, high], f = [low, high]} ...

    Raises
    ------
    ConfigurationError
        With all faults.
    """
    proof = examine_map(rules)
    if proof.faults:
        raise ConfigurationError(
            f"The segment map {proof.rules.name!r} is unsound: {'; '.join(proof.faults)}. "
            "Mend the ranges so that each combination of scores has exactly one segment. `workbook check` draws the map."
        )
    return SegmentMap(proof.rules.name, proof.keys, {cell: keys[0] for cell, keys in proof.claims.items()}, proof.axes, proof.scores, proof.rules)


def examine_map(rules: MapRules | Mapping[str, object]) -> Proof:
    """Look at every cell of a map: which segments claim it.

    Returns
    -------
    Proof
        With `holes`, `overlaps`, `unreachable` and `faults`.
    """
    rules = rules if isinstance(rules, MapRules) else parse_map(rules, repr(rules.get("name", "")))
    axes = MEASURES if any(_uses_money(segment) for segment in rules.segment) else MEASURES[:2]
    scores = tuple(rules.scores_of(axis) for axis in axes)
    cells = list(itertools.product(*(range(1, count + 1) for count in scores)))
    claimed = partial(_claims, rounding=rules.fm_rounding)
    claims = {cell: tuple(dict.fromkeys(segment.key for segment in rules.segment if claimed(segment, cell))) for cell in cells}
    if outside := sorted({code for segment in rules.segment for code in segment.codes.split() if not _within(code, scores)}):
        raise ConfigurationError(f"The segment map {rules.name!r} names codes beyond its scores ({' x '.join(map(str, scores))}): {shorten(outside)}.")
    return Proof(rules, axes, scores, claims)


def _uses_money(segment: Segment) -> bool:
    return any(ranges.m or ranges.fm for ranges in segment.cells) or any(len(code) == len(MEASURES) for code in segment.codes.split())


def _within(code: str, scores: Sequence[int]) -> bool:
    return all(int(digit) <= count for digit, count in zip(code, scores, strict=False))


def _claims(segment: Segment, cell: Cell, *, rounding: str) -> bool:
    text = "".join(map(str, cell))
    return any(text.startswith(code) for code in segment.codes.split()) or any(_covers(ranges, cell, rounding=rounding) for ranges in segment.cells)


def _covers(ranges: Ranges, cell: Cell, *, rounding: str) -> bool:
    values: dict[str, float] = dict(zip(MEASURES, cell, strict=False))
    if "m" in values:
        values["fm"] = _ROUND[rounding]((values["f"] + values["m"]) / 2)  # halves are exact in binary
    asked = {axis: limits for axis in (*MEASURES, "fm") if (limits := getattr(ranges, axis))}
    return all(low <= values[axis] <= high for axis, (low, high) in asked.items())
