"""The section `tree`: the levels of the classification tree."""

from analysis.settings.strict import Strict


class Tree(Strict):
    """The levels of the classification tree."""
