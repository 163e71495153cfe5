"""One chapter in a kernel that runs already: papermill puts the parameters in, and an error says where it was."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from analysis import errors
from analysis.errors import ChapterFailed, WorkbookError
from analysis.report.kernel import WarmKernel
from analysis.report.proof import describe_cell

Progress = Callable[[int, int, str], None]  # cells done, cells in all, the chapter in work


@dataclass
class Watch:
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
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, _kernel_name: str, *, kernel: WarmKernel, watch: Watch, **_: object) -> None:
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


@dataclass(frozen=True)
class Job:
    """A chapter in one language, as it is to be executed."""

    chapter: str
    lang: str
    notebook: NotebookNode
    parameters: dict[str, str]
    title: str

    @property
    def cells(self) -> int:
        return sum(cell.cell_type == "code" for cell in self.notebook.cells) + 1  # one is injected


def execute_job(job: Job, kernel: WarmKernel, watch: Watch) -> NotebookNode:
    """Execute a chapter.

    Raises
    ------
    ChapterFailed
        With chapter, cell number, first line and the error. An error of ours (DataRefused, ConfigurationError …) raised in a cell comes out as itself.
    """
    watch.open(job.title, job.notebook)
    if time.monotonic() > watch.deadline:
        raise ChapterFailed(f"{watch.title} was not begun: the time for the whole report, {watch.all_seconds} s, is used up.")
    watch.on_progress(watch.done, watch.total, watch.title)
    return papermill.execute_notebook(
        job.notebook, None, {**job.parameters, "lang": job.lang}, engine_name="warm", progress_bar=False, request_save_on_cell_execute=False,
        autosave_cell_every=0, kernel=kernel, watch=watch,
    )  # fmt: skip


def _raise_first_error(notebook: NotebookNode, watch: Watch) -> None:
    failed = ((index, output) for index, cell in enumerate(notebook.cells) for output in cell.get("outputs", ()) if output.output_type == "error")
    for index, output in failed:
        watch.index = index
        ours = getattr(errors, output.ename, None)
        if isinstance(ours, type) and issubclass(ours, WorkbookError) and ours is not WorkbookError:
            raise ours(output.evalue)
        failure = errors.find_shortage(output.ename, output.evalue) or ChapterFailed(f"{watch.place()}: {output.ename}: {output.evalue}")
        failure.add_note("\n".join(output.traceback))
        raise failure
