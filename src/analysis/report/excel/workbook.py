"""The Excel file, `customers.xlsx`: for people who filter, sort, correct and hand back."""

import datetime as dt
from pathlib import Path

import duckdb
import xlsxwriter

from analysis.config import Config
from analysis.recipes.wording import open_texts
from analysis.report.excel import changes, customers, segments, tags, thresholds, tree
from analysis.report.excel.about import write_about
from analysis.report.excel.book import Book
from analysis.report.excel.columns import Column
from analysis.report.excel.dictionary import place_lists, write_dictionary
from analysis.texts import LOCALES

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(config: Config, as_of: dt.date, tables: Path, target: Path, *, lang: str, run: str, sheets: Path | None = None) -> None:
    """Write `customers.xlsx`: equal tables give equal bytes.

    Parameters
    ----------
    config : Config
    as_of : date
    tables : Path
        Folder with customers.parquet, segments.parquet, thresholds.parquet and tags.parquet.
    target : Path
    lang : {"en", "zh"}
        Language of titles and labels; what the file and its columns mean is told in every language.
    run : str
        The id that ties the file to its report.
    sheets : Path, optional
        Folder with what the run left for this file (see `analysis.recipes.sheets`); a sheet that needs what is not there says so.

    Notes
    -----
    Customers are streamed; more than 100,000 are cut to those with the highest revenue. Columns with contact data are left out.
    """
    languages = {each: open_texts(config, each) for each in (lang, *(other for other in LOCALES if other != lang))}
    con = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    file = xlsxwriter.Workbook(target, _OPTIONS)
    try:
        file.set_properties({"title": config.name, "created": dt.datetime.combine(as_of, dt.time())})
        _write(Book(file, con, tables, sheets or tables, languages, config, as_of, run))
    finally:
        con.close()
        file.close()


def _write(book: Book) -> None:
    """Settle what stands in the sheets, for the dictionary tells of all of them; then write them in their order."""
    listed, coverage, nodes, told = customers.list_columns(book), tags.read_tags(book), tree.read_tree(book), changes.read_changes(book)
    columns: dict[str, list[Column]] = {
        "customers": list(listed.columns),
        "tags": tags.list_columns(book, coverage),
        "tree": tree.list_columns(book, nodes),
        "segments": segments.list_columns(book),
        "thresholds": thresholds.list_columns(book),
        "changes": changes.list_columns(book),
    }
    write_about(book, listed, told, [*columns, "dictionary"])
    customers.write_customers(book, listed, place_lists(book, columns))
    tags.write_tags(book, columns["tags"], coverage)
    tree.write_tree(book, columns["tree"], nodes)
    segments.write_segments(book, columns["segments"])
    thresholds.write_thresholds(book, columns["thresholds"])
    changes.write_changes(book, columns["changes"], told)
    write_dictionary(book, columns)
