"""What a spreadsheet would compute instead of showing."""

import re

FORMULA = "^[\\s\\x{feff}\\x{200b}]*[=+\\-@\\t\\r\\x{ff1d}\\x{ff0b}\\x{ff0d}\\x{ff20}]"  # for Arrow; also full-width signs, and what hides before them
TABS = "^[\\t\\r]"
_RISKY = re.compile(f"{FORMULA}|{TABS}".replace("\\x{feff}", "\ufeff").replace("\\x{200b}", "\u200b").replace("\\x{", "\\u").replace("}", ""))


def defuse(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would compute."""
    return f"'{text}" if _RISKY.match(text) else text
