"""What stands on every sheet when a page is printed: whose report, of which day, which sheet of how many."""

import unicodedata

_MOST = 90  # letters: what is longer would run into the other end of the line
_FONTS = '"Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "Liberation Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'


def head_paper(name: str, about: str) -> str:
    """Write the style of the margins of a page that is printed: the name of the report and its day above, the number of the sheet below."""
    boxes = (
        ("top-left", quote(name)),
        ("top-right", quote(about)),
        ("bottom-right", 'counter(page) " / " counter(pages)'),
    )
    look = f"font: 8pt {_FONTS}; color: #56606e; white-space: nowrap"
    return "@media print { @page { " + " ".join(f"@{box} {{ content: {text}; {look}; }}" for box, text in boxes) + " } }\n"


def quote(text: str) -> str:
    r"""Write any text as CSS, without a backslash: what could end a string, or mean something outside one, stands in a string of its own.

    ``a"b`` becomes ``"a" '"' "b"``. Line ends, controls and letters that turn the direction of writing are blanks; a backslash is drawn by its wide sister.
    """
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") else letter for letter in text).replace("\\", "＼")
    if len(plain) > _MOST:
        plain = plain[: _MOST - 1] + "…"
    parts, run = [], ""
    for letter in plain:
        if letter.isalnum() or letter in " .,-–·…&" or ord(letter) > 0x7F:
            run += letter
            continue
        parts += [f'"{run}"'] if run else []
        parts.append("'\"'" if letter == '"' else f'"{letter}"')
        run = ""
    return " ".join([*parts, f'"{run}"'] if run or not parts else parts)
