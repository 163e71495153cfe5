"""The fonts that pictures are drawn with: which of them this machine has."""

from functools import cache

from matplotlib import font_manager

LATIN = ("Noto Sans", "Source Sans 3", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei")


@cache
def find_fonts(lang: str) -> tuple[str, ...]:
    """Name the installed families to draw a language with, the best first; matplotlib's own font is always there."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    wanted = CHINESE + LATIN if lang == "zh" else LATIN + CHINESE
    return tuple(name for name in wanted if name in installed) or ("DejaVu Sans",)


def has_font(lang: str) -> bool:
    """Tell whether a font is installed that has the letters of a language; without one text is still text, and only its width is guessed."""
    return lang != "zh" or any(name in CHINESE for name in find_fonts(lang))
