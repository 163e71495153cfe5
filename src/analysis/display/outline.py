"""A tree of finished text, opened and closed without scripts."""

import html
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Branch:
    """A line of an outline: its name, a finished text for each column, and the lines below it."""

    name: str
    cells: tuple[str, ...]
    branches: tuple["Branch", ...] = ()


@dataclass(frozen=True)
class Outline:
    """A tree for reading, opened and closed without scripts: `columns` head the cells of every line; the first level stands open, on paper all of them do."""

    caption: str
    columns: tuple[str, ...]
    branches: tuple[Branch, ...]

    def __repr__(self) -> str:
        return "\n".join([self.caption, *(f"{'  ' * depth}{branch.name}: {', '.join(filter(None, branch.cells))}" for depth, branch in self.walk())])

    def walk(self) -> Iterator[tuple[int, Branch]]:
        """Give every line with its depth, from top to bottom."""
        stack = [(0, branch) for branch in reversed(self.branches)]
        while stack:
            depth, branch = stack.pop()
            yield depth, branch
            stack += [(depth + 1, below) for below in reversed(branch.branches)]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def line(name: str, cells: tuple[str, ...]) -> str:
            told = zip(self.columns, cells, strict=True)
            written = "".join(f'<span class="number" data-label="{html.escape(column)}">{html.escape(text)}</span>' for column, text in told)
            return f'<span class="branch">{html.escape(name)}</span>{written}'

        def item(branch: Branch, opened: str) -> str:
            if not branch.branches:
                return f'<li class="leaf">{line(branch.name, branch.cells)}</li>'
            below = "".join(item(each, "") for each in branch.branches)
            return f"<li><details{opened}><summary>{line(branch.name, branch.cells)}</summary><ul>{below}</ul></details></li>"

        if not self.branches:
            return {"text/html": "", "text/plain": repr(self)}
        head = f'<p class="head">{line(self.caption, self.columns)}</p>'
        body = "".join(item(branch, " open") for branch in self.branches)
        return {"text/html": f'<div class="outline">{head}<ul>{body}</ul></div>', "text/plain": repr(self)}
