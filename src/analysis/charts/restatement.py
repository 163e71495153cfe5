"""The last report, then and by today's data, as a table."""

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts

_WRITTEN: Mapping[str, Callable[[Texts, float], str]] = {"monetary": Texts.money, "repeat_rate": Texts.percent}


def list_restated(restatement: pd.DataFrame, figures: pd.DataFrame, *, texts: Texts) -> Table:
    """List the figures of the last report and its segments: as reported, as of today, and the difference.

    Parameters
    ----------
    restatement : pandas.DataFrame
        The table `restatement`; empty for a first report.
    figures : pandas.DataFrame
        The table `restated_figures`.
    texts : Texts
    """
    rows = []
    for measure, then, now in figures[["measure", "reported", "today"]].itertuples(index=False):
        write = _WRITTEN.get(measure, Texts.number)
        rows.append((texts.label("measure", measure), write(texts, then), write(texts, now), _signed(now - then, write, texts)))
    groups = restatement[(restatement["scheme"] == "segment") & ((restatement["reported"] > 0) | (restatement["today"] > 0))]
    for key, then, now in groups[["segment", "reported", "today"]].itertuples(index=False):
        label = f"segment-{key}".replace("_", "-")
        name = texts.say(label) if texts.has(label) else key.replace("_", " ")  # the map it came from may be gone
        rows.append((name, texts.number(then), texts.number(now), _signed(now - then, Texts.number, texts)))
    names = [texts.label("column", column) for column in ("measure", "journal_reported", "journal_today", "journal_difference")]
    caption = "" if restatement.empty else texts.say("journal-caption", date=texts.date(pd.Timestamp(restatement["as_of"].iloc[0])))
    return Table(pd.DataFrame(rows, columns=names), caption, tuple(names[1:]))


def _signed(value: float, write: Callable[[Texts, float], str], texts: Texts) -> str:
    if not round(value, 6):  # a manifest keeps ten digits
        return texts.say("no-value")
    return f"{'+' if value > 0 else ''}{write(texts, value)}"
