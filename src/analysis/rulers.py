"""Rulers that were given a name, in `state/rulers/`: a file a version, never overwritten."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import ConfigurationError, shorten
from analysis.keeping import create, make_folder, refuse_link, writing

_NAME, _VERSION = r"[\w-]{1,40}", r"[1-9]\d{0,3}"


@dataclass(frozen=True)
class Named:
    """A ruler that was given a name: `ruler` is `Ruler.to_dict()`, `as_of` and `run` are those of the report it was taken from."""

    name: str
    version: int
    as_of: dt.date
    run: str
    ruler: dict


def check_name(name: str) -> str:
    """Refuse a name that is not one, and one that could be taken for a day.

    Raises
    ------
    ConfigurationError
    """
    if not re.fullmatch(_NAME, name) or re.fullmatch(r"\d{4}-\d\d-\d\d", name):
        raise ConfigurationError(f"A ruler's name has 1 to 40 letters, digits, _ or -, and is not a date; got {name[:80]!r}.")
    return name


def list_rulers(state: Path) -> list[Named]:
    """List the named rulers, by name and version.

    Raises
    ------
    ConfigurationError
        When one cannot be read.
    """
    folder = refuse_link(state / "rulers")
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if not (parts := re.fullmatch(rf"({_NAME})\.v({_VERSION})\.json", path.name)):
            continue
        try:
            held = json.loads(refuse_link(path).read_text(encoding="utf-8"))
            found.append(Named(parts[1], int(parts[2]), dt.date.fromisoformat(held["as_of"]), str(held["run"]), dict(held["ruler"])))
        except (ValueError, KeyError, TypeError):
            raise ConfigurationError(f"{path} cannot be read as a ruler. Take it away, or bring back the file as it was.") from None
    return sorted(found, key=lambda named: (named.name, named.version))


def find_ruler(state: Path, wanted: str) -> Named:
    """Give a named ruler: ``NAME`` its last version, ``NAME@2`` that one.

    Raises
    ------
    ConfigurationError
        Listing what there is.
    """
    name, _, version = wanted.partition("@")
    check_name(name)
    there = list_rulers(state)
    found = [named for named in there if named.name == name and (not version or str(named.version) == version)]
    if not found:
        names = shorten(f"{named.name}@{named.version}" for named in there)
        have = f"There are: {names}." if there else "There is none yet."
        raise ConfigurationError(f"There is no ruler {wanted[:80]!r} in {state}. {have} `workbook ruler promote DATE --as {name}` saves that of a report.")
    return found[-1]


def save_ruler(state: Path, name: str, ruler: dict, *, as_of: dt.date, run: str) -> Named:
    """Save the ruler of a report as the next version of a name; an equal last version is given back as it is, and nothing is ever overwritten.

    Parameters
    ----------
    state : Path
    name : str
    ruler : dict
        `Ruler.to_dict()`.
    as_of : datetime.date
    run : str
        The report it is taken from.

    Raises
    ------
    ConfigurationError, Locked, PublishFailed
    """
    check_name(name)
    with writing(state):
        versions = [named for named in list_rulers(state) if named.name == name]
        if versions and versions[-1].ruler == ruler:
            return versions[-1]
        made = Named(name, versions[-1].version + 1 if versions else 1, as_of, run, ruler)
        with create(make_folder(state / "rulers") / f"{name}.v{made.version}.json") as file:
            held = {"as_of": made.as_of.isoformat(), "run": made.run, "ruler": made.ruler}
            file.write(json.dumps(held, indent=1, ensure_ascii=False, allow_nan=False).encode())
    return made
