"""What the last look before publishing goes by: the digests that the chapters left, and everything that our own texts say."""

from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from analysis.config import Config
from analysis.data.watched import derive_key
from analysis.pseudonyms import key_file, read_key
from analysis.recipes.wording import open_texts
from analysis.report.proof import Executed
from analysis.report.scanner import Watch
from analysis.texts import LANGUAGE_NAMES, LOCALES

WATCHED = "watched.parquet"


def open_watch(config: Config, run: Sequence[Executed], sheets: Path) -> Watch:
    """Get ready to look at the pages of a run.

    Parameters
    ----------
    config : Config
    run : sequence of Executed
        Its chapters, whose prose is ours.
    sheets : Path
        The folder with the digests.
    """
    prose = [str(cell.source) for executed in run for cell in executed.notebook.cells if cell.cell_type == "markdown"]
    own = [config.name, *(text for lang in LOCALES for text in open_texts(config, lang).words.values())]
    return Watch(sheets / WATCHED, derive_key(read_key(key_file())), [*_list_catalogues(), *LANGUAGE_NAMES.values(), *prose, *own], config.pages.allowed)


def _list_catalogues() -> Iterator[str]:
    for lang in LOCALES:
        yield from (file.read_text(encoding="utf-8") for file in (resources.files("analysis") / "texts" / lang).iterdir() if file.name.endswith(".ftl"))
