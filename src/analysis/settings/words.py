"""The section `words`: what a shop calls its segments, stages, classes, tags, columns and actions."""

from pydantic import Field

from analysis.settings.maps import Sentence
from analysis.settings.strict import Strict

# what may be called otherwise: names of keys. Sentences with numbers in them, and the frame of the pages, stay as they are
KINDS = ("action", "class", "class8", "column", "owner", "scheme", "segment", "stage", "tag", "tier", "value-tier", "who")


class Words(Strict):
    """Message key -> plain text, a language each: ``segment-champions = "Model students"``. What is not named stays as the workbook says it."""

    en: dict[str, Sentence] = Field(default_factory=dict)
    zh: dict[str, Sentence] = Field(default_factory=dict)

    def spoken(self, lang: str) -> dict[str, str]:
        """Give the words of a language."""
        return dict(getattr(self, lang, {}))
