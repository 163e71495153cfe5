"""The IPython process for all chapters of a language: starting it and importing the libraries is the expensive part."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync

from analysis.scratch import claim_folder, clear_folders

# What every chapter begins with takes seconds: done while the press reads its own. What is there to stay is not looked through for garbage again.
_FIRST = "import analysis, gc, {libraries}; gc.collect(); gc.freeze()"
_RESET = """\
%reset -f
import gc, os, sys
os.chdir({cwd!r})
if "matplotlib.pyplot" in sys.modules: sys.modules["matplotlib.pyplot"].close("all")
gc.collect()
gc.freeze()
del gc, os, sys
get_ipython().execution_count = 1
"""
_LONGEST = 88  # bytes of a folder's name that leave room for those of sockets: in all they have 107, on macOS 103


class _ThisPython(KernelSpecManager):
    """Whatever kernels are registered on the machine, ours is the interpreter that runs now."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], display_name="Python 3", language="python")


class WarmKernel:
    """A kernel that is started at the first request or before, reset between notebooks, and thrown away after any failure.

    It talks over sockets in a private folder, not over the network, and reads no start-up files of the user.

    Parameters
    ----------
    cwd : Path
        Where the notebooks run: their own folder, as in JupyterLab, so that a relative path means the same in both.
    libraries : str
        What it reads when it starts.
    patience : float
        Seconds that it gets in the end to tidy up what is not on this machine; 0: it just ends, and its folder goes with it.
    spill : Path, optional
        Where else its engine may have put what did not fit into memory: what it leaves there goes, too.
    """

    def __init__(self, cwd: Path, libraries: str = "analysis.run", *, patience: float = 0, spill: Path | None = None) -> None:
        self._cwd, self._libraries, self.patience, self.spill = cwd, libraries, patience, spill
        self._manager: AsyncKernelManager | None = None
        self._client: AsyncKernelClient | None = None
        self._home: Path | None = None
        self._claimed: list[Callable[[], None]] = []
        self._unwanted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self.stop(gently=failed is None)

    @property
    def reset_code(self) -> str:
        """What to run before the next notebook: forget names, figures, counts, and return to the folder."""
        return _RESET.format(cwd=str(self._cwd))

    def manager(self) -> AsyncKernelManager:
        """Hand back a living kernel, starting one where there is none."""
        if self._manager is not None and run_sync(self._manager.is_alive)():
            return self._manager
        self.stop()
        return self.start()

    def client(self, startup_seconds: int) -> AsyncKernelClient:
        """Hand back the line to a living kernel, the same for all notebooks: opening one takes a fifth of a second of silence."""
        manager = self.manager()
        if self._client is None:
            self._client = manager.client()
            self._client.start_channels()
            run_sync(self._client.wait_for_ready)(timeout=startup_seconds)
            if self._unwanted:
                raise RuntimeError("it is not wanted any more")
            self._client.allow_stdin = False
        return self._client

    def last_words(self) -> str:
        """Say what the process wrote before it died, one line."""
        log = self._home / "kernel.log" if self._home else None
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log and log.is_file() else []
        return next((line for line in lines if line.startswith("Fatal")), lines[-1] if lines else "")

    def start(self) -> AsyncKernelManager:
        """Start the process, and do not wait for it."""
        self._home = line = self._claim()
        if len(os.fsencode(line)) > _LONGEST:
            line = self._claim(Path("/tmp"))  # noqa: S108 - for its short name; nobody else may look into what is made there
        manager = AsyncKernelManager(kernel_spec_manager=_ThisPython(), transport="ipc", connection_file=str(line / "kernel.json"))
        self._manager = manager  # from now on `stop` ends it, even if the start is interrupted
        (self._home / "tmp").mkdir()  # what the run spills goes with the kernel, even if it is killed
        environment = os.environ | {
            "IPYTHONDIR": str(self._home),
            "TMPDIR": str(self._home / "tmp"),
            "PYTHONHASHSEED": "0",
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        with (self._home / "kernel.log").open("wb") as log:
            run_sync(manager.start_kernel)(
                extra_arguments=["--HistoryManager.enabled=False", f"--IPKernelApp.exec_lines={_FIRST.format(libraries=self._libraries)}"],
                cwd=str(self._cwd),
                env=environment,
                stdout=log,
                stderr=log,
                stdin=None,
            )
        return manager

    def kill(self) -> None:
        """End the process from another thread than the one that talks to it, which then finds it dead."""
        self._unwanted = True
        pid = getattr(self._manager.provisioner, "pid", None) if self._manager else None
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def stop(self, *, gently: bool = False) -> None:
        """End the process, now or with patience, and remove its folders."""
        manager, self._manager = self._manager, None
        client, self._client = self._client, None
        claimed, self._claimed, self._home = self._claimed, [], None
        if client is not None:
            client.stop_channels()
        if manager is not None:
            manager.shutdown_wait_time = self.patience
            run_sync(manager.shutdown_kernel)(now=not (gently and self.patience))
        for take_away in claimed:
            take_away()
        if self.spill:
            clear_folders("workbook-", self.spill)

    def _claim(self, place: Path | None = None) -> Path:
        folder, take_away = claim_folder("wb-kernel-", place)
        self._claimed.append(take_away)
        return folder


@contextlib.contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Turn SIGTERM into an exception while a job runs, so that its kernel and its half-made folders go with it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(*_: object) -> None:
        sys.exit(143)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
