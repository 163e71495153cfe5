"""The files of a case, as its systems write them: their encodings, their ways with dates and numbers, and what goes wrong in them."""

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from analysis.data.cases.habits import any_of

TEST = "TEST"
_FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}


@dataclass(frozen=True)
class Made:
    """A case as it truly is.

    `lines`, `customers`, `feedback` and `events` have the columns of the inputs of those names (events may be empty); `truth` has a row per customer.
    `written` says for order lines under which customer number the file has them, where that is not the customer's: a second number, or none.
    """

    lines: pd.DataFrame
    customers: pd.DataFrame
    feedback: pd.DataFrame
    events: pd.DataFrame
    truth: pd.DataFrame
    written: Mapping[int, str]


def write_files(rng: np.random.Generator, words: dict, made: Made) -> tuple[dict[str, bytes], pd.DataFrame]:
    """Write a case down, with dirt.

    Returns
    -------
    files : dict of str to bytes
    dirt : DataFrame
        kind, file, count: what is wrong in the files.
    """
    said, counts, files = words["files"], Counter[tuple[str, str]](), {}
    lines = made.lines.assign(kind="")
    lines["customer_id"] = [made.written.get(place, customer) for place, customer in enumerate(lines.customer_id)]
    lines = pd.concat([lines, *_further(rng, words, lines)], ignore_index=True).sort_values(["ordered_at", "order_id"], kind="stable", ignore_index=True)
    lines = _disguise(rng, lines)
    headers = words["headers"]
    columns = [column for column in headers["orders"] if column in lines.columns]
    for year, part in lines.groupby(lines.ordered_at.dt.year):
        name = said["orders"].format(year=year)
        twice = part[(part.kind == "") & (rng.random(len(part)) < 0.004)].assign(kind="exact duplicate line")
        part = pd.concat([part, twice]).sort_index(kind="stable")
        counts.update((kind, name) for kind in part.kind if kind)
        text = _plain(part, said).set_axis(part.index)
        text.loc[part.kind == "unreadable date", "ordered_at"] = "?"
        text.loc[part.kind == "unreadable quantity", "quantity"] = "-"
        text["status"] = text["status"].map(lambda status: said["statuses"].get(status, status))
        files[name] = _csv(text[columns].rename(columns=headers["orders"]), said)
    again = made.customers[made.customers.index % 97 == 5]
    counts["customer listed twice", said["customers"]] = len(again)
    files[said["customers"]] = _csv(_plain(pd.concat([made.customers, again]), said).rename(columns=headers["customers"]), said)
    for name in ("feedback", "events"):
        if name in said:
            files[said[name]] = _csv(_plain(getattr(made, name), said).rename(columns=headers[name]), said)
    files["truth.csv"] = made.truth.to_csv(index=False, lineterminator="\n").encode()
    return files, pd.DataFrame([(*key, count) for key, count in sorted(counts.items()) if count], columns=["kind", "file", "count"])


def _further(rng: np.random.Generator, words: dict, lines: pd.DataFrame) -> list[pd.DataFrame]:
    """Copy orders and spoil the copies, so that what was there stays true: a cleaning takes them all away again."""
    bought = lines[~lines.is_return]
    orders = bought.groupby("order_id", sort=True).indices
    names = list(orders)

    def copies(count: float, kind: str, changes: Mapping[str, str], most: int = 9) -> pd.DataFrame:
        parts = []
        for place in range(max(0, round(count))):
            part = bought.iloc[orders[any_of(rng, names)][:most]]
            parts.append(part.assign(order_id=f"9{len(kind):02d}{place:04d}", kind=kind).assign(**changes))
        return pd.concat(parts) if parts else bought[:0]

    nobody, staff = {"customer_id": ""}, {"customer_id": TEST}
    if "email" in lines.columns:
        nobody, staff = nobody | {"email": ""}, staff | {"email": "test@example.com"}
    return [
        copies(0.02 * len(names), "cancelled order", {"status": "cancelled"}),
        copies(words["habits"]["guests"] * len(names), "sale without customer", nobody),
        copies(2, "test order", staff),
        copies(3, "unreadable date", {}, 1),
        copies(2, "unreadable quantity", {}, 1),
    ]


def _disguise(rng: np.random.Generator, lines: pd.DataFrame) -> pd.DataFrame:
    """Write some customer numbers with blanks or in full-width digits: they are read as the same customer."""
    chosen = (rng.random(len(lines)) < 0.005) & (lines.customer_id.str.len() > 4) & (lines.kind == "")
    wide = chosen & (np.arange(len(lines)) % 2 == 0)
    ids = lines.customer_id.where(~wide, lines.customer_id.str.translate(_FULL_WIDTH)).where(~(chosen & ~wide), "\u00a0" + lines.customer_id + " ")
    return lines.assign(customer_id=ids, kind=lines.kind.where(~chosen, "customer number disguised"))


def _plain(table: pd.DataFrame, said: Mapping[str, str]) -> pd.DataFrame:
    """Turn every cell into the text that the system would write."""

    def write(value: object) -> str:
        if isinstance(value, Decimal):
            return f"{value:.2f}".replace(".", said.get("decimal", "."))
        if isinstance(value, float):
            return "" if np.isnan(value) else f"{value:g}".replace(".", said.get("decimal", "."))
        if isinstance(value, pd.Timestamp):
            return f"{value:{said['time']}}"
        return "" if value is None else str(value)

    return pd.DataFrame({column: [write(value) for value in table[column].astype(object)] for column in table.columns}, dtype=object)


def _csv(table: pd.DataFrame, said: Mapping[str, str]) -> bytes:
    out = io.StringIO()
    table.to_csv(out, index=False, sep=said.get("delimiter", ","), lineterminator="\r\n")
    return out.getvalue().encode(said["encoding"])
