"""The catalogue of a language in the words of a configuration: one place, so that pages, charts and the Excel file say the same."""

import datetime as dt
from dataclasses import replace

from analysis.config import Config
from analysis.models.classes import name_classes, settle_dimensions
from analysis.models.naming import name_segments
from analysis.models.tag_catalogue import name_tags
from analysis.recipes.maps import open_map
from analysis.texts import Texts


def open_texts(config: Config, lang: str) -> Texts:
    """Open the catalogue of a language with the words of the segment map, of the classes, of own tags, and of the section `words`, which go before all others.

    Raises
    ------
    ConfigurationError
        When the segment map is not sound, or has segments that nobody has words for; when the rules of classes cannot be read.
    """
    own = config.words.spoken(lang)
    derived = {f"who-{key.removeprefix('segment-')}": text for key, text in own.items() if key.startswith("segment-")}
    derived |= {f"{kind}-{key.removeprefix('class8-')}": text for key, text in own.items() if key.startswith("class8-") for kind in ("segment", "who")}
    derived |= {f"tier-{key.removeprefix('value-tier-')}": text for key, text in own.items() if key.startswith("value-tier-")}
    classes = name_classes(settle_dimensions(config.classes), lang)
    return Texts(lang, config.currency, name_segments(open_map(config), lang) | classes | name_tags(config.tags, lang) | derived | own)


def date_texts(texts: Texts, since: dt.date, until: dt.date) -> Texts:
    """Write the time that the data of a run cover among its words, where what stands below pictures finds it."""
    return replace(texts, words={**texts.words, "period-since": since.isoformat(), "period-until": until.isoformat()})
