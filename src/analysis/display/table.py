"""A small table of finished text."""

import html
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Table:
    """A small table for reading: cells are finished text, the first column names the row; `cards` stand below each other on a telephone; without rows it is nothing."""

    frame: pd.DataFrame
    caption: str = ""
    numeric: tuple[str, ...] = ()
    cards: bool = False

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def cell(tag: str, column: str, value: object, scope: str = "") -> str:
            kind = ' class="number"' if column in self.numeric else ""
            name = f' data-label="{html.escape(column)}"' if self.cards and tag == "td" else ""
            return f"<{tag}{scope}{kind}{name}>{html.escape(str(value))}</{tag}>"

        if self.frame.empty:
            return {"text/html": "", "text/plain": repr(self)}
        names = list(self.frame.columns)
        head = "".join(cell("th", name, name, ' scope="col"') for name in names)
        body = "".join(
            "<tr>"
            + "".join(
                cell("th" if i == 0 else "td", name, value, ' scope="row"' if i == 0 else "") for i, (name, value) in enumerate(zip(names, row, strict=True))
            )
            + "</tr>"
            for row in self.frame.itertuples(index=False)
        )
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        style = ' class="cards"' if self.cards else ""
        return {"text/html": f"<table{style}>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", "text/plain": repr(self)}
