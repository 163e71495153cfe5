"""What can be made of a report while its chapters still run: the body of each that has ended, and what needs only the tables."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from analysis.config import Config
from analysis.recipes.wording import open_texts
from analysis.report.export import Body, export_chapter
from analysis.report.proof import Executed
from analysis.texts import Texts


class Desk:
    """Works beside the run, in one thread: the kernel reckons, and this process would only wait for it.

    Parameters
    ----------
    config : Config
    facts : Path, optional
        What a chapter writes last of all that it leaves.
    then : callable, optional
        What to do as soon as that is there, given the id of the run: the tables are there too.
    """

    def __init__(self, config: Config, facts: Path | None = None, then: Callable[[str], None] | None = None) -> None:
        self._config, self._facts, self._then = config, facts, then
        self._words: dict[str, Texts] = {}
        self._beside = ThreadPoolExecutor(1, "desk")
        self._bodies: list[Future[Body]] = []
        self._others: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown(cancel_futures=True)

    def take(self, executed: Executed) -> None:
        """Take a chapter that has ended."""
        self._bodies.append(self._beside.submit(self._export, executed))
        if self._then and self._facts and not self._others and self._facts.is_file():
            self._others.append(self._beside.submit(self._then, executed.seal["run"]))

    def hand_over(self) -> tuple[dict[str, list[Body]], dict[str, Texts]]:
        """Wait for what is not done yet.

        Returns
        -------
        dict of str to list of Body
            By language, each in the order of the chapters' names.
        dict of str to Texts
            The words of each language.

        Raises
        ------
        Exception
            Whatever went wrong on the desk.
        """
        bodies: dict[str, list[Body]] = {}
        for body in sorted((made.result() for made in self._bodies), key=lambda body: body.chapter):
            bodies.setdefault(body.lang, []).append(body)
        for other in self._others:
            other.result()
        return bodies, self._words

    def _export(self, executed: Executed) -> Body:
        if executed.lang not in self._words:
            self._words[executed.lang] = open_texts(self._config, executed.lang)
        return export_chapter(executed, self._words[executed.lang], least=self._config.pages.least)
