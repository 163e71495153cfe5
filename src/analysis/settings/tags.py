"""The section `tags`: the catalogue of tags."""

from analysis.settings.strict import Strict


class Tags(Strict):
    """The catalogue of tags."""
