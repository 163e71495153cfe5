"""Maps and scores that fit each other: the scoring a map is made for, and what is said where scores and map differ."""

import json
from collections.abc import Mapping

from analysis.errors import ConfigurationError
from analysis.models.maps import SegmentMap
from analysis.settings.scoring import Recency, Scale, Scoring
from analysis.settings.strict import check


def settle_scoring(scoring: Scoring, segment_map: SegmentMap) -> Scoring:
    """Choose the settings of `[scoring]` that give a map the scores it reads.

    Settings that fit are left alone. Where they do not, those that stand at their default make way for the map's own; `measure` is always kept.

    Raises
    ------
    ConfigurationError
        When a measure would still have more or fewer scores than the map.
    """
    if not misfits(segment_map, count_scores(scoring)):
        return scoring
    own, asked = adopt_scoring(scoring, segment_map), {}
    for measure in ("recency", "frequency", "money"):
        said: Scale = getattr(scoring, measure)
        unsaid = said.model_dump(exclude={"measure"}) == Recency().model_dump(exclude={"measure"})
        asked[measure] = getattr(own, measure) if unsaid else said
    bins = own.bins if scoring.bins == Scoring().bins else scoring.bins
    settled = scoring.model_copy(update=asked | {"bins": bins})
    refuse_misfit(segment_map, count_scores(settled), "[scoring] makes")
    return settled


def adopt_scoring(scoring: Scoring, segment_map: SegmentMap) -> Scoring:
    """Score as a map is made for; what is measured stays."""
    own = check(Scoring, segment_map.rules.scoring, f"The [scoring] of the segment map {segment_map.name!r}")
    scales = {name: getattr(own, name).model_copy(update={"measure": getattr(scoring, name).measure}) for name in ("recency", "frequency", "money")}
    return scoring.model_copy(update=scales | {"bins": own.bins})


def count_scores(scoring: Scoring) -> dict[str, int]:
    """Tell how many scores r, f and m have under a configuration."""
    return {"r": scoring.bins_of(scoring.recency), "f": scoring.bins_of(scoring.frequency), "m": scoring.bins_of(scoring.money)}


def misfits(segment_map: SegmentMap, counts: Mapping[str, int]) -> tuple[str, ...]:
    """List the axes on which the map reads more or fewer scores than there are."""
    return tuple(axis for axis, count in zip(segment_map.axes, segment_map.scores, strict=True) if counts[axis] != count)


def refuse_misfit(segment_map: SegmentMap, counts: Mapping[str, int], who: str) -> None:
    """Refuse a map that reads other scores than there are.

    Parameters
    ----------
    segment_map : SegmentMap
    counts : mapping
        How many scores r, f and m have.
    who : str
        Subject and verb: "[scoring] makes".

    Raises
    ------
    ConfigurationError
    """
    if not (axes := misfits(segment_map, counts)):
        return
    names = {"r": "recency", "f": "frequency", "m": "money"}
    read = dict(zip(segment_map.axes, segment_map.scores, strict=True))
    wanted, made = (", ".join(f"{numbers[axis]} for {names[axis]}" for axis in axes) for numbers in (read, counts))
    settings = segment_map.rules.scoring or ({"bins": segment_map.scores[0]} if len(set(segment_map.scores)) == 1 else {})
    advice = f"leave bins and methods out of [scoring], or set {_write(settings)}" if settings else "give each measure its own bins, or as many cuts less one"
    raise ConfigurationError(
        f"The segment map {segment_map.name!r} reads {wanted} scores; {who} {made}. For this map {advice}; or choose a map with as many scores."
    )


def _write(settings: Mapping[str, object]) -> str:
    """Write settings as they stand in the file: bins = 3; recency = { method = "median" }."""

    def value(one: object) -> str:
        return "{ " + ", ".join(f"{key} = {value(part)}" for key, part in one.items()) + " }" if isinstance(one, Mapping) else json.dumps(one)

    return "; ".join(f"{key} = {value(one)}" for key, one in settings.items())
