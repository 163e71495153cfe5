"""`workbook compare`: two reports side by side, in the terminal and as a page."""

from typing import Annotated

import typer
from rich.table import Table

from analysis.commands.options import DEFAULT, ConfigPath, Language, Reports, find_reports, out
from analysis.config import load_config


def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="The date of a report, or the path of its folder.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    config: ConfigPath = DEFAULT,
    reports: Reports = None,
    lang: Language = "",
) -> None:
    """Compare two reports: key figures, segments, who went where, cut points, settings, files; here and as a page beside the reports."""
    from analysis.errors import ConfigurationError
    from analysis.report.compare import compare as hold_against
    from analysis.report.compare_pages import open_words, publish_comparison
    from analysis.report.compare_words import list_tables, tell_comparison
    from analysis.report.sides import open_side
    from analysis.texts import LOCALES

    folder = find_reports(reports, None if reports else load_config(config))
    if lang and lang not in LOCALES:
        raise ConfigurationError(f"lang is one of {', '.join(LOCALES)}; got {lang!r}.")
    found = hold_against(open_side(before, folder), open_side(after, folder))
    texts = open_words(found.after, lang or next(iter(found.after.listed.languages), "en"))
    for sentence in tell_comparison(found, texts=texts):
        out.print(f"- {sentence}", markup=False)
    for name, shown in list_tables(found, texts=texts):
        table = Table(title=texts.say(f"compare-{name}"))
        for column in shown.frame.columns:
            table.add_column(column, justify="right" if column in shown.numeric else "left", overflow="fold")
        for row in shown.frame.itertuples(index=False):
            table.add_row(*map(str, row))
        out.print(table)
    for side, alone in zip((found.before, found.after), found.warnings, strict=True):
        for line in alone:
            out.print(texts.say("compare-warned", date=texts.date(side.as_of), warning=line), markup=False)
    for path in publish_comparison(found, folder):
        out.print(str(path), markup=False)
