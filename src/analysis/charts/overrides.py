"""What people decided beside what the workbook computes, as a table."""

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts

MOST = 20  # rows on a page


def list_overrides(counts: pd.DataFrame, *, texts: Texts) -> Table:
    """List what people decided: the column, what the workbook computes, what they said, customers, and how many of these words end within 30 days.

    Parameters
    ----------
    counts : pandas.DataFrame
        As `tell_overrides` takes it. Free text is not told, only counted.
    texts : Texts
    """
    rows = counts[counts["column"] != ""].sort_values(["customers", "column", "computed", "value"], ascending=[False, True, True, True]).head(MOST)
    told = rows["kind"].isin(["class", "boolean", "level"])
    free = texts.say("overrides-free")
    cells = {
        "column": [texts.column(name) for name in rows["column"]],
        "computed": [
            (texts.value(name, key) if key else texts.say("overrides-nothing")) if shown else texts.say("no-value")
            for name, key, shown in zip(rows["column"], rows["computed"], told, strict=True)
        ],
        "value": [texts.value(name, key) if shown else free for name, key, shown in zip(rows["column"], rows["value"], told, strict=True)],
        "customers": [texts.number(n) for n in rows["customers"]],
        "expiring": [texts.number(n) for n in rows["expiring"]],
    }
    heads = {name: texts.say(f"overrides-heading-{name}") for name in cells}
    frame = pd.DataFrame({heads[name]: values for name, values in cells.items()}, columns=list(heads.values()))
    return Table(frame, texts.say("overrides-caption"), (heads["customers"], heads["expiring"]), cards=True)
