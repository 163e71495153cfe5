"""The classification tree: customers by any order of levels, today and in the last report."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from ibis.expr.types import Table

from analysis.columns import STAGES
from analysis.models import levels, tree
from analysis.recipes.opened import Opened
from analysis.settings.strict import check
from analysis.settings.tree import MAIN, Tree


def _own_attributes(opened: Opened) -> list[str]:
    inputs = opened.config.inputs
    return [name for source in (inputs.customers, inputs.transactions) if source for name in source.attributes]


def _trees(opened: Opened) -> tuple[levels.Tree, ...]:
    """Settle the levels of every tree: as configured, or chosen from what is there."""
    chosen, customers = opened.config.tree, opened.get("customers")
    wanted = chosen.levels or levels.choose_levels(
        levels.count_values(customers, levels.list_candidates(levels.list_levels(customers), _own_attributes(opened)))
    )
    also = [levels.Tree(each.name, each.levels, {"en": each.en, "zh": each.zh}) for each in chosen.also]
    trees = (levels.Tree(MAIN, wanted, is_chosen=chosen.levels is None), *also)
    levels.check_levels(trees, customers)
    return trees


def _earlier(opened: Opened) -> Table | None:
    """Give what everybody was called in the last report, where that is still kept."""
    published = opened.get("published")
    if published is None or not published.classified.is_file():
        return None
    return opened.engine.load("classified_then", published.classified)


def _comparable(earlier: Table | None, wanted: Sequence[str]) -> bool:
    return earlier is not None and all(level in earlier.columns and tree.is_level(earlier, level) for level in wanted)


def grow(opened: Opened, planted: levels.Tree) -> pd.DataFrame:
    """Count one tree, today and in the last report: see `analysis.models.tree.grow`."""
    chosen, earlier = opened.config.tree, _earlier(opened)
    leaves = tree.count_leaves(opened.get("customers"), planted.levels)
    before = tree.count_leaves(earlier, planted.levels) if earlier is not None and _comparable(earlier, planted.levels) else None
    folding = tree.Folding(chosen.least, chosen.most, chosen.by)
    orders = {**opened.get("groups"), "lifecycle_stage": STAGES, **opened.get("class_keys")}
    return tree.grow(leaves, before, planted.levels, folding, name=planted.name, orders=orders)


def plant(opened: Opened, wanted: Sequence[str]) -> pd.DataFrame:
    """Grow a tree of other levels, as the frame `tree`.

    Raises
    ------
    ConfigurationError
        When they are not two to five different columns of text or yes-no.
    """
    named = levels.Tree(MAIN, check(Tree, {"levels": tuple(wanted)}, "The tree").levels or ())
    levels.check_levels([named], opened.get("customers"))
    return grow(opened, named)


def describe(opened: Opened, planted: levels.Tree) -> pd.DataFrame:
    """Tell of a tree what its counts do not.

    Returns
    -------
    pandas.DataFrame
        Grain: tree, level. level_column, known (share of customers with a value), values (different ones), is_chosen (nobody named the levels), is_attribute (told of
        the customer, not derived from orders), by, since (day of the report compared with; None without), was_there (the column was in that report), called_en,
        called_zh (of a tree with a name; else empty).
    """
    earlier, published = _earlier(opened), opened.get("published")
    counted = levels.count_values(opened.get("customers"), planted.levels).rename(columns={"column": "level_column"})
    return counted.assign(
        tree=planted.name,
        level=range(1, len(planted.levels) + 1),
        is_chosen=planted.is_chosen,
        is_attribute=[level not in levels.DERIVED for level in planted.levels],
        by=opened.config.tree.by,
        since=published.as_of if earlier is not None else None,
        was_there=[_comparable(earlier, [level]) for level in planted.levels],
        **{f"called_{lang}": planted.words.get(lang, "") for lang in ("en", "zh")},
    )[["tree", "level", "level_column", "known", "values", "is_chosen", "is_attribute", "by", "since", "was_there", "called_en", "called_zh"]]


def _together(opened: Opened, make: Callable[[Opened, levels.Tree], pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([make(opened, planted) for planted in opened.get("trees")], ignore_index=True)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "trees": _trees,
    "tree": lambda o: _together(o, grow),
    "tree_about": lambda o: _together(o, describe),
}
