"""The tags of every customer, wide in the table of customers and long in the table of tags; what they cover, and what is wrong with them."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from ibis.expr.types import Table

from analysis.models import tag_changes, tag_linting, tags
from analysis.models.tag_catalogue import Catalogue, settle_catalogue
from analysis.recipes.opened import Opened
from analysis.recipes.wording import open_texts
from analysis.story.tags import list_sentences
from analysis.texts import LOCALES, Texts

COVERAGE = ("tag", "value", "category", "type", "customers", "share", "monetary", "monetary_share", "rule", "owner", "valid_days", "valid_until", "source")
OVERLAP = ("tag", "other", "customers", "customers_other", "both", "jaccard", "lift")
GROUPS = ("group", "customers", "share", "monetary", "monetary_share", "rule")


def _facts(opened: Opened) -> Table:
    return tags.add_facts(opened.get("decided"), opened.get("learners"))


def _catalogue(opened: Opened) -> Catalogue:
    say = {lang: open_texts(opened.config, lang) for lang in LOCALES}
    found = settle_catalogue(opened.config.tags, opened.get("tag_facts"), as_of=opened.as_of, say=say)
    tag_linting.refuse_contradictions(found.tags)
    return found


def _tagged(opened: Opened) -> Table:
    return tags.give_tags(opened.get("decided"), opened.get("tag_facts"), opened.get("tag_catalogue"), as_of=opened.as_of)


def _changes(opened: Opened) -> pd.DataFrame:
    """Compare with the last report; without one, or where it is too long ago to be kept, nothing is known."""
    published = opened.get("published")
    rows = []
    if published is not None and published.classified.is_file():
        then = opened.engine.load("classified_then", published.classified)
        rows = tag_changes.count_changes(opened.get("customers"), then, opened.get("tag_catalogue"))
    return pd.DataFrame(rows, columns=list(tag_changes.COLUMNS))


def _findings(opened: Opened) -> pd.DataFrame:
    rows = tag_linting.find_faults(opened.get("tag_catalogue_whole"), opened.get("tag_facts"), opened.get("customers"), as_of=opened.as_of)
    return pd.DataFrame(rows, columns=list(tag_linting.COLUMNS))


def list_findings(opened: Opened, texts: Texts | None = None) -> tuple[str, ...]:
    """Say in brief what is wrong with tags; in English unless asked otherwise, and nothing where nothing is wrong."""
    return list_sentences(opened.get("tag_findings"), texts or open_texts(opened.config, "en"), brief=True)


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "tag_facts": _facts,
    "tag_catalogue_whole": _catalogue,
    "tag_catalogue": lambda o: o.get("tag_catalogue_whole").tags,
    "tagged": _tagged,
    "tags": lambda o: tags.list_given(o.get("customers"), o.get("tag_catalogue")),
    "tag_coverage": lambda o: pd.DataFrame(tags.count_coverage(o.get("customers"), o.get("tag_catalogue")), columns=list(COVERAGE)),
    "tag_overlap": lambda o: pd.DataFrame(tags.count_overlap(o.get("customers"), o.get("tag_catalogue")), columns=list(OVERLAP)),
    "tag_changes": _changes,
    "tag_groups": lambda o: pd.DataFrame(tags.count_groups(o.get("customers"), o.config.tags.groups), columns=list(GROUPS)),
    "tag_findings": _findings,
}
