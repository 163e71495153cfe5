"""Keys and columns of tables as people say them, in the sheets."""

from analysis.texts import Texts

_OURS = {"scheme": "scheme", "action": "action", "measure": "cut"}  # keys that only small tables have
_TRUTH = ("true", "false")


def say_key(column: str, value: str, texts: Texts) -> str:
    """Say the value of a column as people say it; what nobody has words for stays as it is, and a text that reads TRUE too."""
    if column in _OURS:
        key = f"{_OURS[column]}-{value}".replace("_", "-")
        return texts.say(key) if texts.has(key) else value
    return value if value.lower() in _TRUTH else texts.value(column, value)


def say_truth(value: object, texts: Texts) -> str:
    """Say yes or no, whichever way it is written."""
    return texts.value("tag_", value)


def say_column(name: str, texts: Texts) -> str:
    """Name a column; what is neither ours nor has words is called as in the data."""
    if name == (base := uncomputed(name)):
        return said if (said := texts.column(name)) != name.replace("_", " ") or name.startswith("tag_") else name
    return texts.say("excel-computed", column=say_column(base, texts))


def uncomputed(name: str) -> str:
    """Name the column beside which a computed one stands."""
    return name.removeprefix("computed_") if name.startswith("computed_tag_") else name.removesuffix("_computed")
