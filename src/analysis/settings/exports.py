"""The section `exports`: what lists for other programs hold."""

from analysis.settings.strict import Strict


class Exports(Strict):
    """What lists for other programs hold."""
