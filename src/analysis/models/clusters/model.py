"""A fitted clustering: small enough to keep beside the configuration, enough to assign any customer again."""

import datetime as dt
import math
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.models.clusters.features import Scaling

OUTLIERS = "outliers"  # the name of cluster 0


@dataclass(frozen=True)
class ClusterModel:
    """What is needed to assign a customer, and what was known of the groups when they were found.

    Parameters
    ----------
    scaling : Scaling
        From values to coordinates, and who is an outlier.
    centres : tuple of tuple of float
        Coordinates, one row per cluster.
    numbers : tuple of int
        Of the clusters, in the order of the centres. A number is never used for another group later.
    names : tuple of str
        Keys such as "recent_often_big".
    stability : tuple of float or None
        Per cluster: mean Jaccard similarity to its best counterpart in bootstrap refits (Hennig 2007).
    highest : int
        The highest number ever used.
    fitted_on : datetime.date
    transform, limit : str, float
        The settings `transform` and `outliers` that it was fitted with.
    distance : float
        Mean distance of the sample's customers to the nearest centre, at the fit.
    shares : tuple of float
        Of the sample's customers: outliers, then each cluster in the order of the centres, at the fit.
    indices, reasons : pandas.DataFrame
        How the number of clusters was found (see `choosing`).
    """

    scaling: Scaling
    centres: tuple[tuple[float, ...], ...]
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    stability: tuple[float | None, ...]
    highest: int
    fitted_on: dt.date
    transform: str
    limit: float
    distance: float
    shares: tuple[float, ...]
    indices: pd.DataFrame = field(compare=False, repr=False)
    reasons: pd.DataFrame = field(compare=False, repr=False)

    @property
    def features(self) -> tuple[str, ...]:
        """What customers are compared by."""
        return self.scaling.features

    def centre_values(self) -> np.ndarray:
        """Give the centres in the units of the features: clusters x features."""
        return self.scaling.value(np.array(self.centres))

    def nearest(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Assign values (customers x features): the position of the nearest centre, -1 for an outlier, and the distance to it."""
        apart = np.sqrt(((self.scaling.place(points)[:, None, :] - np.array(self.centres)[None]) ** 2).sum(axis=2))
        return np.where(self.scaling.outlying(points), -1, apart.argmin(axis=1)), apart.min(axis=1)

    def to_dict(self) -> dict:
        """Write the model as plain values for JSON: every number comes back as it was."""
        plain = {name: value for name, value in asdict(self).items() if name not in ("indices", "reasons", "fitted_on")}
        return plain | {"fitted_on": self.fitted_on.isoformat(), "indices": _write_rows(self.indices), "reasons": _write_rows(self.reasons)}

    @classmethod
    def from_dict(cls, values: dict) -> "ClusterModel":
        """Read what `to_dict` wrote, straight or by way of JSON."""
        plain = {name: _freeze(value) for name, value in values.items() if name not in ("indices", "reasons", "scaling", "fitted_on")}
        return cls(
            **plain,
            scaling=Scaling(**{name: _freeze(value) for name, value in values["scaling"].items()}),
            fitted_on=dt.date.fromisoformat(values["fitted_on"]),
            indices=_read_rows(values["indices"]),
            reasons=_read_rows(values["reasons"]),
        )


def _freeze(value: Any) -> Any:
    return tuple(_freeze(each) for each in value) if isinstance(value, list | tuple) else value


def _write_rows(frame: pd.DataFrame) -> dict:
    kinds = {name: frame[name].dtype.kind for name in frame}
    rows = [[None if isinstance(value, float) and math.isnan(value) else value for value in row] for row in frame.astype(object).to_numpy().tolist()]
    return {"columns": list(frame.columns), "kinds": ["float" if kinds[name] == "f" else "other" for name in frame], "rows": rows}


def _read_rows(written: dict) -> pd.DataFrame:
    frame = pd.DataFrame([list(row) for row in written["rows"]], columns=list(written["columns"]))
    return frame.astype({name: "float64" for name, kind in zip(written["columns"], written["kinds"], strict=True) if kind == "float"})


def describe_model(model: ClusterModel, points: np.ndarray) -> tuple[float, tuple[float, ...]]:
    """Measure how a sample lies about the centres: mean distance to the nearest (outliers aside), and shares of outliers and of each cluster."""
    places, apart = model.nearest(points)
    counted = np.bincount(places + 1, minlength=len(model.centres) + 1)
    inside = apart[places >= 0]
    return round(float(inside.mean()), 12) if len(inside) else 0.0, tuple((counted / max(1, len(points))).round(12).tolist())
