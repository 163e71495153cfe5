"""Whether this machine can measure what it draws."""

from collections.abc import Sequence

from analysis.data.sources import Note
from analysis.fonts import has_font


def list_missing_fonts(languages: Sequence[str]) -> tuple[Note, ...]:
    """Say for which languages no font is installed: their pictures are readable, but the widths of their words were guessed."""
    return tuple(Note(f"no-font-{lang}", {}) for lang in languages if not has_font(lang))
