"""The ruler: cut points of recency, frequency and money, small enough to read, to keep and to use again on later data."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import ibis
import pandas as pd
from ibis.expr.types import Table

from analysis.errors import ConfigurationError
from analysis.settings.scoring import Scoring

SUM = "decimal(38,4)"
STEP = Decimal("0.0001")  # what values are measured in at the finest: a cut between two steps would part the same values as one on a step


@dataclass(frozen=True)
class Cuts:
    """The cut points of one measure.

    Parameters
    ----------
    measure : str
        What is measured: days, orders, net, gross, mean, margin or mean_margin (of frequency, `days` are days with an order).
    method : str
        How the cuts were found (see `analysis.settings.scoring.Scale`).
    boundary : {"exclusive", "inclusive"}
        Whether the better score begins beyond the cut or on it.
    values : tuple of Decimal
        Ascending in the unit of the measure; cuts may coincide, and then the scores between them are nobody's.
    """

    measure: str
    method: str
    boundary: Literal["exclusive", "inclusive"]
    values: tuple[Decimal, ...]

    @property
    def scores(self) -> int:
        """Tell how many scores there are: from 1 to this number."""
        return len(self.values) + 1


@dataclass(frozen=True)
class Ruler:
    """What customers are measured with: the cut points of one day.

    Parameters
    ----------
    fitted_on : datetime.date
    r, f, m : Cuts
        Of recency (days; fewer are better), frequency and money.
    split : {"median", "mean"}
        What the eight classes are parted at.
    r_split, f_split, m_split : Decimal
        Where: recent is at or below, frequent and important are above. The median is the lower one of the two middle values.
    tiers : tuple of Decimal
        The least net money of a mid and of a high customer.
    """

    fitted_on: dt.date
    r: Cuts
    f: Cuts
    m: Cuts
    split: Literal["median", "mean"]
    r_split: Decimal
    f_split: Decimal
    m_split: Decimal
    tiers: tuple[Decimal, Decimal]

    def rows(self) -> list[tuple[str, int, Decimal]]:
        """List measure (r, f, m, the split as r_median or r_mean ..., tier), number of the cut, value."""
        return [(name, number, value) for name, cuts in self._scales().items() for number, value in enumerate(cuts.values, start=1)]

    def _scales(self) -> dict[str, Cuts]:
        splits = {
            f"r_{self.split}": Cuts(self.r.measure, self.split, "inclusive", (self.r_split,)),
            f"f_{self.split}": Cuts(self.f.measure, self.split, "exclusive", (self.f_split,)),
            f"m_{self.split}": Cuts(self.m.measure, self.split, "exclusive", (self.m_split,)),
        }
        return {"r": self.r, "f": self.f, "m": self.m, **splits, "tier": Cuts("net", "share", "inclusive", self.tiers)}

    @property
    def id(self) -> str:
        """Name the ruler by its day and what it holds."""
        text = json.dumps(self.to_dict(), sort_keys=True)
        return f"{self.fitted_on.isoformat()}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def to_dict(self) -> dict[str, Any]:
        """Write the ruler as plain values, every number as exact text."""
        return {
            "fitted_on": self.fitted_on.isoformat(),
            **{name: asdict(cuts) | {"values": [_write(value) for value in cuts.values]} for name, cuts in (("r", self.r), ("f", self.f), ("m", self.m))},
            "split": {"method": self.split, "r": _write(self.r_split), "f": _write(self.f_split), "m": _write(self.m_split)},
            "tiers": [_write(value) for value in self.tiers],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Ruler":
        """Read a ruler that `to_dict` wrote.

        Raises
        ------
        ConfigurationError
            When it is not one, naming what is wrong.
        """
        try:
            split, (mid, high) = values["split"], map(_read, values["tiers"])
            return cls(
                fitted_on=dt.date.fromisoformat(values["fitted_on"]),
                r=_read_cuts(values["r"]),
                f=_read_cuts(values["f"]),
                m=_read_cuts(values["m"]),
                split="mean" if split["method"] == "mean" else "median",
                r_split=_read(split["r"]),
                f_split=_read(split["f"]),
                m_split=_read(split["m"]),
                tiers=(mid, high),
            )
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise ConfigurationError(f"This is not a saved ruler ({type(error).__name__}: {error}). Fit and save a new one.") from None


def _write(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _read(text: str) -> Decimal:
    return Decimal(text).quantize(STEP)


def _read_cuts(values: dict[str, Any]) -> Cuts:
    cuts = tuple(map(_read, values["values"]))
    if list(cuts) != sorted(cuts) or not 1 <= len(cuts) <= 8:
        raise ValueError(f"1 to 8 ascending cut points are needed, not {', '.join(map(_write, cuts)) or 'none'}")
    return Cuts(str(values["measure"]), str(values["method"]), "inclusive" if values["boundary"] == "inclusive" else "exclusive", cuts)


def check_ruler(ruler: Ruler, scoring: Scoring) -> None:
    """Refuse a saved ruler that measures something else than the configuration asks for.

    Raises
    ------
    ConfigurationError
        Listing each difference: the measure, or the number of scores.
    """
    faults = []
    for name, cuts, scale in (("recency", ruler.r, scoring.recency), ("frequency", ruler.f, scoring.frequency), ("money", ruler.m, scoring.money)):
        if cuts.measure != scale.measure:
            faults.append(f"scoring.{name}.measure is {scale.measure!r}, and the ruler was fitted on {cuts.measure!r}")
        if cuts.scores != scoring.bins_of(scale):
            faults.append(f"scoring.{name} has {scoring.bins_of(scale)} scores, and the ruler {cuts.scores}")
    if faults:
        raise ConfigurationError(
            f"The ruler {scoring.ruler.removeprefix('frozen:')!r} of {ruler.fitted_on} cannot measure what the configuration asks for:\n  "
            + "\n  ".join(faults)
            + '\nName another ruler, say ruler = "fitted", or configure the scores as they were when it was saved.'
        )


def list_thresholds(ruler: Ruler) -> Table:
    """Lay the ruler out as a table.

    Returns
    -------
    Table
        Grain: measure x cut. measure (r, f, m, tier, and the split of the eight classes: r_median, f_median, m_median, or r_mean, f_mean, m_mean where they are
        parted at the mean), cut (1, 2, ...), value, fitted_on, ruler_id, measured (days, orders, net, ...), method, boundary.
    """
    rows = [
        (name, number, value, ruler.fitted_on, ruler.id, cuts.measure, cuts.method, cuts.boundary)
        for name, cuts in ruler._scales().items()  # noqa: SLF001 - the other half of the ruler
        for number, value in enumerate(cuts.values, start=1)
    ]
    schema = {"measure": "string", "cut": "int64", "value": SUM, "fitted_on": "date", "ruler_id": "string"}
    schema |= {"measured": "string", "method": "string", "boundary": "string"}
    return ibis.memtable(pd.DataFrame(rows, columns=list(schema)), schema=schema)
