"""The section `classes`: the rule tables of the derived classes."""

from analysis.settings.strict import Strict


class Classes(Strict):
    """The rule tables of the derived classes."""
