"""Run the chapters: one kernel finds out what they ask for, a second one writes them from that; papermill puts the parameters in, we prove what comes out."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Self

import nbformat
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode

from analysis.report.chapters import PARAMETERS, Chapter, check_parameters, list_asked, open_chapter
from analysis.report.job import Job, Progress, Watch, execute_job
from analysis.report.kernel import WarmKernel
from analysis.report.proof import Executed, prove, prove_cells, prove_together

_OPEN = "from analysis.run import open_run\n\nrun = open_run(config_path, as_of=as_of, lang=lang, run_dir=run_dir)"


def run_chapters(
    chapters: Sequence[Chapter],
    *,
    languages: Sequence[str],
    parameters: Mapping[str, str],
    on_progress: Progress,
    on_finished: Callable[[Executed], None] = lambda _: None,
    kernel: WarmKernel | None = None,
    cell_seconds: int = 1800,
    all_seconds: int = 14400,
) -> list[Executed]:
    """Execute every chapter in every language, in kernels that work in the folder of the notebooks.

    In a scheduled run the first kernel reckons what the chapters ask for, those with the most cells first, and leaves the tables; a second one writes each chapter from what
    it is told, while the first is at the next one, and in the end both write. A run that leaves nothing behind does all in one kernel.

    Parameters
    ----------
    chapters : sequence of Chapter
    languages : sequence of str
    parameters : mapping
        config_path, as_of and run_dir; lang is added here.
    on_progress : callable
        Called at the begin and after each code cell with cells done, cells in all, and the chapter; perhaps in another thread, but never in two.
    on_finished : callable
        Called with each chapter that has ended, while others still run; likewise. Chapters may end in another order than they were begun.
    kernel : WarmKernel, optional
        The first one, perhaps started already; it is stopped in the end.
    cell_seconds, all_seconds : int
        How long one cell, and everything together, may take.

    Returns
    -------
    list of Executed
        By language, then chapter; proven one by one and together.

    Raises
    ------
    ChapterFailed
        And errors of ours: see `execute_job`. What went wrong first is raised, in whichever kernel it was; both end.
    """
    for lang in languages:
        check_parameters({**parameters, "lang": lang})
    jobs = {
        lang: [Job(chapter.name, lang, open_chapter(chapter, lang), dict(parameters), f"{chapter.name} ({lang})") for chapter in chapters] for lang in languages
    }
    total = sum(job.cells for chapter_jobs in jobs.values() for job in chapter_jobs)
    watch = Watch(cell_seconds, all_seconds, time.monotonic() + all_seconds, total, on_progress)
    folder, finished = chapters[0].path.resolve().parent, []

    one_by_one = threading.Lock()

    def write(job: Job, kernel: WarmKernel, watch: Watch) -> None:
        executed = prove(execute_job(job, kernel, watch), job.chapter, job.lang)
        with one_by_one:
            finished.append(executed)
            on_finished(executed)

    with kernel or WarmKernel(folder) as warm:
        if not parameters["run_dir"]:
            for job in (job for chapter_jobs in jobs.values() for job in chapter_jobs):
                write(job, warm, watch)
        else:
            quiet = replace(watch, on_progress=lambda *_: None)
            with Beside(folder, warm, write, watch) as beside:
                # what takes longest to write comes first: there is something to write while the rest is reckoned
                rows = sorted(zip(*jobs.values(), strict=True), key=lambda row: -row[0].cells)
                for reckoning, ready in zip(_list_reckonings([row[0] for row in rows]), rows, strict=True):
                    if reckoning:
                        prove_cells(execute_job(reckoning, warm, quiet), reckoning.title)
                    beside.submit(ready)
                beside.help(lambda job: write(job, warm, quiet))
    finished.sort(key=lambda executed: (list(languages).index(executed.lang), executed.chapter))
    prove_together(finished)
    return finished


class Beside:
    """A second kernel, and the thread that talks to it: what talks to a kernel does so from one thread. It writes the chapters that are ready to be written.

    Parameters
    ----------
    folder : Path
        Of the notebooks.
    other : WarmKernel
        The first one, which ends when something goes wrong here: nobody waits for what is in vain.
    write : callable
        Executes a chapter.
    watch : Watch
        Is told how far all is, from one thread at a time.
    """

    def __init__(self, folder: Path, other: WarmKernel, write: Callable[[Job, WarmKernel, Watch], None], watch: Watch) -> None:
        self._kernel = WarmKernel(folder, "analysis.run, analysis.charts.rfm, analysis.story.rfm", patience=other.patience, spill=other.spill)
        self._write, self._watch = write, watch
        self._other = other
        self._failed: BaseException | None = None  # what went wrong here
        self._ready: SimpleQueue[Job | None] = SimpleQueue()  # None: there will be no more for one of the two
        self._helped: SimpleQueue[Job] = SimpleQueue()
        self._thread = ThreadPoolExecutor(1, "chapters")

    def __enter__(self) -> Self:
        self._written = self._thread.submit(self._write_all)
        return self

    def __exit__(self, failed: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        first = self._failed
        if failed:
            self._kernel.kill()
            while not self._ready.empty():
                self._ready.get()
            self._ready.put(None)
        self._thread.submit(self._stop, gently=not failed).result()
        self._thread.shutdown()
        if first and first is not error and isinstance(error, Exception):
            raise first from None  # the other kernel was ended for it

    def submit(self, jobs: Sequence[Job]) -> None:
        """Have chapters written; what went wrong in others is raised here."""
        self._check()
        for job in jobs:
            self._ready.put(job)

    def help(self, write: Callable[[Job], None]) -> None:
        """Write chapters, too, until all are written; what went wrong is raised here."""
        for _ in range(2):
            self._ready.put(None)
        while job := self._ready.get():
            self._check()
            write(job)
            self._helped.put(job)
        self._written.result()
        self._tell_helped()

    def _check(self) -> None:
        if self._written.done():
            self._written.result()

    def _write_all(self) -> None:
        try:
            self._kernel.manager()  # starts
            while job := self._take():
                self._write(job, self._kernel, self._watch)
        except BaseException as error:
            self._failed = error
            self._other.kill()
            raise

    def _take(self) -> Job | None:
        self._tell_helped()
        if self._ready.empty():
            self._watch.on_progress(self._watch.done, self._watch.total, "reckoning")
        return self._ready.get()

    def _tell_helped(self) -> None:
        while not self._helped.empty():
            job = self._helped.get()
            self._watch.on_progress(self._watch.done, self._watch.total, job.title)  # until now it was waited for
            self._watch.open(job.title, job.notebook)
            for _ in range(job.cells):
                self._watch.executed()

    def _stop(self, *, gently: bool) -> None:
        self._kernel.stop(gently=gently)
        ensure_event_loop().close()  # that of the thread


def _list_reckonings(jobs: Sequence[Job]) -> list[Job | None]:
    """Write for each chapter a notebook that finds out what it asks for and tells it; the last one leaves the tables, too. None where nothing asks for anything."""
    asked = [list_asked(job.notebook) for job in jobs]
    if not any(asked):
        return [None] * len(jobs)
    sources = [[_OPEN, *(["run.leave()"] if job is jobs[-1] else []), *questions, "run.tell()"] for job, questions in zip(jobs, asked, strict=True)]
    return [replace(job, notebook=_write_notebook(each), title=f"{job.chapter} (reckoning)") for job, each in zip(jobs, sources, strict=True)]


def _write_notebook(sources: Sequence[str]) -> NotebookNode:
    defaults = "\n".join(f'{name} = ""' for name in PARAMETERS)
    cells = [nbformat.v4.new_code_cell(defaults, metadata={"tags": ["parameters"]}), *map(nbformat.v4.new_code_cell, sources)]
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
