"""What a page can reckon by itself: a cube of groups of customers, where cut points may be moved to, and what every map makes of the scores."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from ibis.expr.types import Table

from analysis.errors import ConfigurationError, shorten
from analysis.models import cube, cube_bins, cube_steps
from analysis.models.fitting import misfits
from analysis.models.levels import DERIVED, FEW, KNOWN, count_values, list_candidates, list_levels
from analysis.models.maps import list_maps, load_map
from analysis.recipes.maps import count_ruler
from analysis.recipes.opened import Opened


def _attribute(opened: Opened) -> str:
    """Choose what the cube can be filtered by: as configured; else of the levels of the tree and what else is known of customers the first with few values; or nothing."""
    buyers, wanted = opened.get("labelled_buyers"), opened.config.pages.what_if
    inputs = opened.config.inputs
    own = [name for source in (inputs.customers, inputs.transactions) if source for name in source.attributes]
    able = [column for column in list_candidates(list_levels(buyers), own) if column not in DERIVED]
    if wanted:
        if wanted not in able:
            raise ConfigurationError(f"[pages] what_if names {wanted!r}, which is not an attribute of customers; there are: {shorten(able) or 'none'}.")
        return wanted
    counted = count_values(buyers, [name for name in dict.fromkeys((*(opened.config.tree.levels or ()), *able)) if name in able])
    for most in (cube.MOST_VALUES, FEW[1]):
        fit = counted[(counted.known >= KNOWN) & counted["values"].between(2, most)]
        if len(fit):
            return str(fit["column"].iloc[0])
    return ""


def _edges(opened: Opened) -> pd.DataFrame:
    ruler = opened.get("ruler")
    return cube_bins.list_edges(ruler, opened.get("cube_places"))


def _codes(opened: Opened) -> pd.DataFrame:
    """List the maps that read the scores there are, the one in force first."""
    ours, counts = opened.get("map"), count_ruler(opened.get("ruler"))
    others = [each for each in map(load_map, list_maps()) if each.name != ours.name and not misfits(each, counts)]
    return cube_bins.list_codes([ours, *others])


def _cube(opened: Opened) -> pd.DataFrame:
    if not opened.get("enough"):
        return cube.no_cube()
    buyers: Table = opened.get("labelled_buyers")
    attribute, ruler = opened.get("cube_attribute"), opened.get("ruler")
    counted = cube_bins.count_bins(buyers, ruler, opened.get("cube_places"), attribute=attribute)
    return cube.make_cube(counted, opened.get("cube_edges"), opened.get("cube_codes"), least=opened.config.pages.least, attribute=attribute)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "cube_attribute": _attribute,
    "cube_places": lambda o: cube_bins.choose_edges(o.get("labelled_buyers"), o.get("ruler")),
    "cube_edges": _edges,
    "cube_codes": _codes,
    "cube": _cube,
    "cube_steps": lambda o: cube_steps.count_steps(o.get("cube"), o.get("cube_edges"), o.get("cube_codes")),
}
