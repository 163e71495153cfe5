"""The section `identity`: who is one and the same person or company, and whose account belongs to whose."""

from analysis.settings.strict import Strict


class Identity(Strict):
    """Who is one and the same person or company, and whose account belongs to whose."""
