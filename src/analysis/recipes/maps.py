"""Which map: the one asked for or the one that the data bear, and how its groups fall under the other maps."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from ibis import _

from analysis.config import Config
from analysis.models import crosswalk, rfm, sufficiency
from analysis.models.cells import list_cells
from analysis.models.fitting import adopt_scoring, misfits, refuse_misfit, settle_scoring
from analysis.models.maps import MEASURES, SegmentMap, list_maps, load_map
from analysis.models.segments import join_segment
from analysis.recipes.opened import Opened


def open_map(config: Config) -> SegmentMap:
    """Read and prove the map of a configuration, and see that it fits the scores made there.

    Raises
    ------
    ConfigurationError
    """
    wanted = load_map(config.scoring.map, config.folder)
    if config.scoring.ruler == "fitted":
        settle_scoring(config.scoring, wanted)
    return wanted


def _choice(opened: Opened) -> sufficiency.Choice:
    basis = sufficiency.count_basis(opened.get("buyers"), as_of=opened.as_of)
    return sufficiency.choose_map(basis, opened.config.sufficiency, opened.config.scoring, opened.get("wanted_map"))


def _map(opened: Opened) -> SegmentMap:
    chosen: sufficiency.Choice = opened.get("map_choice")
    if chosen.scoring.ruler != "fitted":  # a saved ruler has as many scores as it has
        refuse_misfit(chosen.used, count_ruler(opened.get("ruler")), f"the ruler {chosen.scoring.ruler.removeprefix('frozen:')!r} makes")
    return chosen.used


def count_ruler(ruler: rfm.Ruler) -> dict[str, int]:
    """Tell how many scores r, f and m have on a ruler."""
    rows = [measure for measure, _number, _value in ruler.rows()]
    return {measure: rows.count(measure) + 1 for measure in MEASURES}


def _crosswalk(opened: Opened) -> pd.DataFrame:
    chosen: sufficiency.Choice = opened.get("map_choice")
    buyers, ours = opened.get("labelled_buyers"), opened.get("map")
    if not chosen.enough:
        return crosswalk.count_crosswalk([], ours)
    others = [load_map(name) for name in list_maps() if name != ours.name]
    counts = count_ruler(opened.get("ruler"))
    labelled = []
    for other in others:
        if chosen.reduced and len(other.keys) > len(ours.keys):
            continue  # the data do not bear so many groups
        if other.name == "class8":
            labelled.append((other, buyers.mutate(other_segment=_.class8)))
        elif misfits(other, counts):
            plain = buyers.drop("r_score", "f_score", "m_score", "rfm_score")
            ruler = rfm.fit_ruler(buyers, adopt_scoring(opened.get("scoring"), other), fitted_on=opened.as_of)
            labelled.append((other, join_segment(rfm.score(plain, ruler), other, name="other_segment")))
        else:
            labelled.append((other, join_segment(buyers, other, name="other_segment")))
    return crosswalk.count_crosswalk(labelled, ours)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "wanted_map": lambda o: open_map(o.config),
    "map_choice": _choice,
    "map": _map,
    "scoring": lambda o: o.get("map_choice").scoring,
    "enough": lambda o: o.get("map_choice").enough,
    "map_cells": lambda o: list_cells(o.get("map")),
    "sufficiency": lambda o: o.get("map_choice").list_checks(),
    "crosswalk": _crosswalk,
    "agreement": lambda o: crosswalk.measure_agreement(o.get("crosswalk")),
}
