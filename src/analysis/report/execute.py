"""Run the chapters, one after the other, in one kernel, and in a second one what they are in other languages: papermill puts the parameters in, we prove what comes out."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import papermill
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from analysis import errors
from analysis.errors import ChapterFailed, WorkbookError
from analysis.report.chapters import Chapter, check_parameters, open_chapter
from analysis.report.kernel import WarmKernel
from analysis.report.proof import Executed, describe_cell, prove, prove_together

Progress = Callable[[int, int, str], None]  # cells done, cells in all, the chapter in work


@dataclass
class _Watch:
    """Where a run is, and how long it may still take."""

    cell_seconds: int
    all_seconds: int
    deadline: float
    total: int
    on_progress: Progress
    done: int = 0
    title: str = ""
    index: int = 0
    notebook: NotebookNode = field(default_factory=NotebookNode)

    def open(self, title: str, notebook: NotebookNode) -> None:
        self.title, self.notebook, self.index = title, notebook, 0

    def start(self, cell: NotebookNode, cell_index: int) -> None:
        self.index = cell_index

    def executed(self, **_: object) -> None:
        self.done += 1
        self.on_progress(self.done, self.total, self.title)

    def seconds(self, cell: NotebookNode) -> int:
        return max(1, min(self.cell_seconds, int(self.deadline - time.monotonic())))

    def place(self) -> str:
        return f"{self.title}, {describe_cell(self.notebook, self.index)}"


class WarmEngine(Engine):
    """A papermill engine that is handed its kernel instead of starting one, and keeps it only after a clean end."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, _kernel_name: str, *, kernel: WarmKernel, watch: _Watch, **_: object) -> None:
        watch.open(watch.title, nb_man.nb)
        client = PapermillNotebookClient(
            nb_man, km=kernel.manager(), timeout_func=watch.seconds, iopub_timeout=120, record_timing=False,
            on_cell_start=watch.start, on_cell_executed=watch.executed,
        )  # fmt: skip
        clean = False
        try:
            client.kc = kernel.client(startup_seconds=120)
            client.kc.execute(kernel.reset_code, silent=True, store_history=False)
            client.wait_for_reply(client.kc.kernel_info())
            client.execute()
            _raise_first_error(nb_man.nb, watch)
            clean = True
        except DeadKernelError:
            words = kernel.last_words() or "killed, or out of memory?"
            raise ChapterFailed(f"{watch.place()}: the kernel died ({words}).") from None
        except CellTimeoutError:
            raise ChapterFailed(
                f"{watch.place()} took too long and was stopped: one cell may take {watch.cell_seconds} s, and the whole report has its limit."
            ) from None
        except (RuntimeError, TimeoutError) as error:
            raise ChapterFailed(f"{watch.place()}: the kernel does not answer: {error}") from error
        finally:
            if not clean:
                kernel.stop()


papermill_engines.register("warm", WarmEngine)


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

    The first language reckons. A scheduled run tells what it has found out, and a second kernel writes the chapters in the other languages from that, each while the
    first is at the next chapter; a run that leaves nothing behind does all in one kernel.

    Parameters
    ----------
    chapters : sequence of Chapter
    languages : sequence of str
    parameters : mapping
        config_path, as_of and run_dir; lang is added here.
    on_progress : callable
        Called at the begin and after each code cell with cells done, cells in all, and the chapter; those of a chapter in the second kernel when it has ended.
    on_finished : callable
        Called with each chapter that has ended, while others still run.
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
        With chapter, cell number, first line and the error. An error of ours (DataRefused, ConfigurationError …) raised in a cell comes out as itself.
    """
    for lang in languages:
        check_parameters({**parameters, "lang": lang})
    jobs = {lang: [_Job(chapter.name, lang, open_chapter(chapter, lang), dict(parameters)) for chapter in chapters] for lang in languages}
    first, *others = jobs.values()
    total = sum(job.cells for chapter_jobs in jobs.values() for job in chapter_jobs)
    watch = _Watch(cell_seconds, all_seconds, time.monotonic() + all_seconds, total, on_progress)
    folder, finished = chapters[0].path.resolve().parent, []

    def finish(executed: Executed) -> None:
        finished.append(executed)
        on_finished(executed)

    with kernel or WarmKernel(folder) as warm, Beside(folder) as beside:
        for place, job in enumerate(first):
            finish(_execute(job, warm, watch))
            for other in others if parameters["run_dir"] else ():
                beside.submit(other[place], watch)
            for executed in beside.collect():
                finish(executed)
        for job in () if parameters["run_dir"] else (job for other in others for job in other):
            finish(_execute(job, warm, watch))
        for executed in beside.collect(wait=True):
            finish(executed)
    finished.sort(key=lambda executed: list(languages).index(executed.lang))
    prove_together(finished)
    return finished


@dataclass(frozen=True)
class _Job:
    chapter: str
    lang: str
    notebook: NotebookNode
    parameters: dict[str, str]

    @property
    def cells(self) -> int:
        return sum(cell.cell_type == "code" for cell in self.notebook.cells) + 1  # one is injected

    @property
    def title(self) -> str:
        return f"{self.chapter} ({self.lang})"


class Beside:
    """A second kernel, which a thread of its own starts with the first chapter, and waits for: what talks to a kernel does so from one thread."""

    def __init__(self, folder: Path) -> None:
        self._kernel, self._thread = WarmKernel(folder), ThreadPoolExecutor(1, "languages")
        self._waiting: deque[tuple[_Job, _Watch, Future[Executed]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed:
            self._kernel.kill()
            for *_job, future in self._waiting:
                future.cancel()
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def _stop(self) -> None:
        self._kernel.stop()
        ensure_event_loop().close()  # that of the thread

    def submit(self, job: _Job, watch: _Watch) -> None:
        """Have a chapter executed after those before it; `watch` is told when it is collected."""
        quiet = replace(watch, on_progress=lambda *_: None)
        self._waiting.append((job, watch, self._thread.submit(_execute, job, self._kernel, quiet)))

    def collect(self, *, wait: bool = False) -> Iterator[Executed]:
        """Give the chapters that have ended, or all; what went wrong in one is raised here."""
        while self._waiting and (wait or self._waiting[0][-1].done()):
            job, watch, future = self._waiting.popleft()
            watch.on_progress(watch.done, watch.total, job.title)
            executed = future.result()
            watch.on_progress(watch.done, watch.total, job.title)  # until now it was waited for
            watch.open(job.title, executed.notebook)
            for _ in range(job.cells):
                watch.executed()
            yield executed


def _execute(job: _Job, kernel: WarmKernel, watch: _Watch) -> Executed:
    watch.open(job.title, job.notebook)
    if time.monotonic() > watch.deadline:
        raise ChapterFailed(f"{watch.title} was not begun: the time for the whole report, {watch.all_seconds} s, is used up.")
    watch.on_progress(watch.done, watch.total, watch.title)
    executed = papermill.execute_notebook(
        job.notebook, None, {**job.parameters, "lang": job.lang}, engine_name="warm", progress_bar=False, request_save_on_cell_execute=False,
        autosave_cell_every=0, kernel=kernel, watch=watch,
    )  # fmt: skip
    return prove(executed, job.chapter, job.lang)


def _raise_first_error(notebook: NotebookNode, watch: _Watch) -> None:
    failed = ((index, output) for index, cell in enumerate(notebook.cells) for output in cell.get("outputs", ()) if output.output_type == "error")
    for index, output in failed:
        watch.index = index
        ours = getattr(errors, output.ename, None)
        if isinstance(ours, type) and issubclass(ours, WorkbookError) and ours is not WorkbookError:
            raise ours(output.evalue)
        failure = ChapterFailed(f"{watch.place()}: {output.ename}: {output.evalue}")
        failure.add_note("\n".join(output.traceback))
        raise failure
