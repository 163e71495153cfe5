"""Public data sets, downloaded: the one part of the workbook that asks anything of the network, and only when it is told to.

What arrives is kept until it is whole, so that the next attempt goes on from there; it gets its name only when it is, byte for byte, what was expected.
"""

import hashlib
import http.client
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from analysis.errors import ConfigurationError, DataRefused, shorten

Progress = Callable[[int, int, str], None]  # bytes here, bytes in all, what
_BLOCK = 1 << 16
_ATTEMPTS = 5  # as long as each brings something
_PATIENCE = 30  # seconds without a byte


@dataclass(frozen=True)
class DataSet:
    """A file on the network that holds a data set: a ZIP archive with one member of interest.

    Parameters
    ----------
    key, title : str
    terms : str
        Who gives it, and under which licence.
    url : str
    size, sha256 : int, str
        Of the archive.
    member, member_size, member_sha256 : str, int, str
        What is taken out of it.
    note : str
        What whoever reads the file should know.
    """

    key: str
    title: str
    terms: str
    url: str
    size: int
    sha256: str
    member: str
    member_size: int
    member_sha256: str
    note: str = ""


# The publisher names no checksums. These are those that a dozen public projects, independent of each other, have written down for what they downloaded.
_ALL = (
    DataSet(
        key="online_retail_ii",
        title="Online Retail II: 1,067,371 order lines of a British online shop, December 2009 to December 2011",
        terms="Chen, D. (2012), UCI Machine Learning Repository, https://doi.org/10.24432/C5CG6D, CC BY 4.0",
        url="https://archive.ics.uci.edu/static/public/502/online+retail+ii.zip",
        size=45_622_418,
        sha256="572e36277c2390fbfde10664750731e0a86f55e33470d91919085f0408e67bfb",
        member="online_retail_II.xlsx",
        member_size=45_622_278,
        member_sha256="bcbe73b35f5b7babf197fb0cb983a11f5d9ff929078d4aa53d171b1f2df2e980",
        note="The first nine days of December 2010 stand in both of its sheets, 22,523 lines: let the cleaning rule `duplicates` remove what is there twice.",
    ),
)
DATA_SETS = {each.key: each for each in _ALL}


def find_data_set(name: str) -> DataSet:
    """Find a data set by its name.

    Raises
    ------
    ConfigurationError
    """
    if (key := name.strip().lower().replace("-", "_").replace(" ", "_")) not in DATA_SETS:
        raise ConfigurationError(f"There is no data set {name!r}; there are: {shorten(DATA_SETS)}.")
    return DATA_SETS[key]


def fetch(data_set: DataSet, folder: Path, *, on_progress: Progress = lambda *_: None) -> Path:
    """Download a data set, check it, and take the file out of the archive. One that is there, and right, is not asked for again.

    Returns
    -------
    Path
        The file in the folder.

    Raises
    ------
    ConfigurationError
        When another file of that name is there.
    DataRefused
        When it cannot be had, or what arrived is not what was expected. A broken download is kept as ``NAME.zip.part`` and continued by the next call.
    """
    target = folder / data_set.member
    if target.exists():
        if target.is_file() and _digest(target) == data_set.member_sha256:
            return target
        raise ConfigurationError(f"{target} is there, and is another file than the one to be fetched. Move it away, or give --to another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{data_set.key}.zip.part"
    begun = part.exists()
    _download(data_set, part, on_progress)
    if begun and _digest(part) != data_set.sha256:  # what was there may have been of another file
        part.unlink()
        _download(data_set, part, on_progress)
    if (found := _digest(part)) != data_set.sha256:
        part.unlink()
        raise DataRefused(
            f"What {_host(data_set.url)} sent is not the file that was expected: its SHA-256 is {found}, expected is {data_set.sha256}. It was deleted. "
            "Either the publisher has changed the file or something on the way has: get it with a browser, look at it, and use it by its own path."
        )
    _unpack(data_set, part, target)
    part.unlink()
    return target


def _download(data_set: DataSet, part: Path, on_progress: Progress) -> None:
    """Let bytes arrive until there are as many as expected; again, from where it broke off, as long as each attempt brings some."""
    opener, why = urllib.request.build_opener(_Redirects), "it ended early"
    for _attempt in range(_ATTEMPTS):
        before = _size(part)
        if before == data_set.size:
            return
        try:
            _transfer(opener, data_set, part, on_progress)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE and before:
                part.unlink()
                continue
            why = f"the answer was {error.code} {error.reason}"
            break
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            why = str(getattr(reason, "strerror", None) or reason or type(error).__name__)
        if _size(part) <= before:
            break
    if (here := _size(part)) == data_set.size:
        return
    kept = f" {here / 1e6:,.1f} of {data_set.size / 1e6:,.1f} MB have arrived and are kept: the same command goes on from there." if here else ""
    raise DataRefused(f"{data_set.key} could not be fetched from {_host(data_set.url)}: {why}.{kept} Is there a network, and does it let this address through?")


def _transfer(opener: urllib.request.OpenerDirector, data_set: DataSet, part: Path, on_progress: Progress) -> None:
    """Ask once, for what is missing; where the server gives everything, begin anew."""
    have = _size(part)
    headers = {"User-Agent": "customer-segmentation-workbook", "Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with opener.open(urllib.request.Request(data_set.url, headers=headers), timeout=_PATIENCE) as answer:  # noqa: S310 - the address is one of ours
        goes_on = answer.status == http.client.PARTIAL_CONTENT and str(answer.headers.get("Content-Range", "")).startswith(f"bytes {have}-")
        have = have if goes_on else 0
        with part.open("ab" if goes_on else "wb") as file:
            while block := answer.read(_BLOCK):
                have += len(block)
                if have > data_set.size:
                    file.close()
                    part.unlink()
                    raise DataRefused(f"{_host(data_set.url)} sends more than the {data_set.size:,} bytes that were expected. What arrived was deleted.")
                file.write(block)
                on_progress(have, data_set.size, data_set.key)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to another place only where the way there is encrypted."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if there.scheme != "https" and (there.scheme, there.netloc) != (here.scheme, here.netloc):
            raise DataRefused(
                f"{here.hostname} sends the download on to {there.scheme}://{there.netloc}, which is not encrypted. Nothing was fetched from there."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _unpack(data_set: DataSet, archive: Path, target: Path) -> None:
    """Take the member out, and give it its name when it is whole and right."""
    half = target.with_name(target.name + ".part")
    digest, size = hashlib.sha256(), 0
    try:
        with zipfile.ZipFile(archive) as packed, packed.open(data_set.member) as source, half.open("wb") as file:
            while (block := source.read(_BLOCK)) and size <= data_set.member_size:
                size += len(block)
                digest.update(block)
                file.write(block)
        if digest.hexdigest() != data_set.member_sha256:
            archive.unlink()
            raise DataRefused(f"{data_set.member} in the archive is not the file that was expected. Nothing was kept of it.")
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
