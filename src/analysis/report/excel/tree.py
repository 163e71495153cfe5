"""The sheet of the tree: branches under their parents, indented, to be folded with the marks at the left."""

from collections.abc import Sequence

from xlsxwriter.format import Format

from analysis.report.excel.book import Book, begin_sheet, fill_sheet, widen
from analysis.report.excel.cells import GROUPS, Cell, as_cell
from analysis.report.excel.columns import Column, describe
from analysis.report.excel.labels import say_column

_COLUMNS = {
    "branch": "text", "level_column": "text", "customers": "whole", "customers_pct": "share", "monetary": "money", "monetary_pct": "share",
    "customers_before": "whole", "customers_change": "whole",
}  # fmt: skip
_COMPARED = ("customers_before", "customers_change")
_INDENT = 15  # the deepest that Excel shows
_FOLDED = 7  # levels of an outline in Excel


def read_tree(book: Book) -> list[dict]:
    """Read the nodes as the run left them: each parent before its branches."""
    table = book.read("tree")
    return table.to_pylist() if table else []


def list_columns(book: Book, nodes: Sequence[dict]) -> list[Column]:
    """Describe the columns; those that compare, where there is something to compare with."""
    compared = any(node["customers_before"] is not None for node in nodes)
    trees = {node["tree"] for node in nodes}
    names = [*(["tree"] if len(trees) > 1 else []), *(name for name in _COLUMNS if compared or name not in _COMPARED)]
    return [describe(name, _COLUMNS.get(name, "text"), "tree", book.languages) for name in names]  # type: ignore[arg-type]


def write_tree(book: Book, columns: Sequence[Column], nodes: Sequence[dict]) -> None:
    """Write the sheet; without a tree it says so."""
    totals = {tree: _total([node for node in nodes if node["tree"] == tree and node["level"] == 1]) for tree in {node["tree"] for node in nodes}}
    rows: list[list[Cell]] = [[_say(column.name, node, totals[node["tree"]], book) for column in columns] for node in nodes]
    deepest = max((node["level"] for node in nodes), default=1)
    wide = widen(columns, rows)
    sheet = begin_sheet(book, "tree", columns, widths=wide | {"branch": wide.get("branch", 0) + 2 * deepest})
    if not nodes:
        fill_sheet(sheet, book, columns[:1], [[book.texts.say("excel-no-tree")]])
        return
    for number, node in enumerate(nodes, start=1):
        if node["level"] > 1:
            sheet.set_row(number, None, None, {"level": min(node["level"] - 1, _FOLDED)})
    sheet.outline_settings(symbols_below=False)

    def style(number: int, column: Column) -> Format | None:
        level = nodes[number - 1]["level"]
        looks: dict[str, object] = {"bold": True, "bg_color": GROUPS["class"]} if level == 1 else {"bold": True} if level == 2 < deepest else {}
        if column.name == "branch":
            looks["indent"] = min(2 * level - 1, _INDENT)
        if column.name == "customers_change":
            looks["num_format"] = "+#,##0;-#,##0;0"
        return book.styles.get(column.kind, **looks)

    fill_sheet(sheet, book, columns, rows, style=style)


def _total(branches: Sequence[dict]) -> dict[str, float]:
    return {name: float(sum(node[name] or 0 for node in branches)) for name in ("customers", "monetary")}


def _say(name: str, node: dict, total: dict[str, float], book: Book) -> Cell:
    if name == "branch":
        return as_cell(
            book.texts.say("tree-other", n=node["branches"], branches=book.texts.number(node["branches"])) if node["is_folded"] else _name(node, book)
        )
    if name == "tree":
        named = {tree.name: tree for tree in book.config.tree.also}
        return as_cell(getattr(named[node["tree"]], book.texts.lang) if node["tree"] in named else book.texts.say("excel-tree-main"))
    if name == "level_column":
        return as_cell(say_column(node["level_column"], book.texts))
    if name.endswith("_pct"):
        whole = total[name.removesuffix("_pct")]
        return float(node[name.removesuffix("_pct")]) / whole if whole > 0 else None
    if name == "customers_change":
        return None if node["customers_before"] is None else int(node["customers"] - node["customers_before"])
    return as_cell(node[name])


def _name(node: dict, book: Book) -> str:
    return book.texts.value(node["level_column"], node["key"])
