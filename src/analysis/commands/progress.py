"""The bar that shows how far a command is: on a terminal; elsewhere nothing is said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.commands.options import err


@contextmanager
def show_progress(*, of_bytes: bool = False) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar with the name of what is in work; what is given is called with done, total, and that name."""
    counted = DownloadColumn() if of_bytes else TextColumn("{task.completed:,.0f}/{task.total:,.0f}")
    columns = (TextColumn("{task.description:<28}"), BarColumn(), counted, TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=1)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=name)
