"""All features on two axes: principal components of the sample, customers counted in cells in the engine."""

from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.models.clusters.features import DIGITS, express_places
from analysis.models.clusters.model import ClusterModel

CELLS = (5, 20)  # along an axis: where customers are few, and where they are many
LEAST = 5  # customers in a cell that is shown
CELL_COLUMNS = ("x", "y", "customers", "cluster", "cluster_name", "share")


@dataclass(frozen=True)
class Axes:
    """Two directions in the space of the coordinates.

    Parameters
    ----------
    loadings : tuple of tuple of float
        Two rows, a weight per feature; the heaviest weight of each is positive, so that the picture does not turn over from run to run.
    explained : tuple of float
        Share of the variance along each.
    low, step : tuple of float
        Where the cells begin, and how wide they are.
    cells : int
        Along an axis.
    """

    loadings: tuple[tuple[float, ...], ...]
    explained: tuple[float, float]
    low: tuple[float, float]
    step: tuple[float, float]
    cells: int


def fit_axes(model: ClusterModel, points: np.ndarray) -> Axes:
    """Find the two directions in which customers differ most (principal components, Pearson 1901), and cells that hold all but the outermost 1 %.

    Parameters
    ----------
    model : ClusterModel
    points : numpy.ndarray
        A sample, customers x features in their own units; outliers are left out.
    """
    placed = model.scaling.place(points[~model.scaling.outlying(points)])
    apart = placed - placed.mean(axis=0)
    variances, vectors = np.linalg.eigh(apart.T @ apart / len(apart))
    chosen = vectors[:, ::-1][:, :2].T.round(DIGITS)
    chosen = np.array([row if row[np.argmax(np.abs(row).round(9))] >= 0 else -row for row in chosen])
    low, high = np.quantile(placed @ chosen.T, [0.005, 0.995], axis=0)
    cells = int(np.clip(np.sqrt(len(placed) / 10), *CELLS))  # about ten customers a cell, were they spread evenly
    step = np.where(high > low, (high - low) / cells, 1.0)
    total = max(float(variances.sum()), 1e-12)
    explained, begins, wide = (tuple(values.round(DIGITS).tolist()) for values in (np.maximum(variances[::-1][:2], 0) / total, low, step))
    return Axes(tuple(tuple(row) for row in chosen.tolist()), explained, begins, wide, cells)


def count_cells(customers: Table, model: ClusterModel, axes: Axes) -> pd.DataFrame:
    """Count customers by cell.

    Parameters
    ----------
    customers : Table
        Grain: customer; cluster and the features of the model.
    model : ClusterModel
    axes : Axes

    Returns
    -------
    pandas.DataFrame
        Grain: cell with at least five customers. x, y (its middle), customers, cluster and cluster_name (the most common there), share (of it in the cell).
        A last row without a place sums up the customers of smaller cells, if any. Outliers are not on the picture; who lies beyond its edge is counted at
        the edge.
    """
    inside = customers.filter(_.cluster > 0)
    places = express_places(inside, model.scaling)
    cells = {}
    for name, loadings, low, step in zip("xy", axes.loadings, axes.low, axes.step, strict=True):
        along = sum((place * weight for place, weight in zip(places[1:], loadings[1:], strict=True)), start=places[0] * loadings[0])
        cell = ((along - low) / step).floor()
        cells[name] = ibis.least(ibis.greatest(cell, 0.0), float(axes.cells - 1)).cast("int64")
    counted = inside.group_by(**cells, cluster=inside.cluster, cluster_name=inside.cluster_name).agg(customers=_.count()).execute()
    counted = counted.sort_values(["x", "y", "customers", "cluster"], ascending=[True, True, False, True])
    frame = counted.drop_duplicates(["x", "y"]).rename(columns={"customers": "most"})
    frame = frame.merge(counted.groupby(["x", "y"], as_index=False).customers.sum(), on=["x", "y"])
    shown = frame[frame.customers >= LEAST].reset_index(drop=True)
    middles = {name: (axes.low[i] + (shown[name] + 0.5) * axes.step[i]).round(6) for i, name in enumerate("xy")}
    hidden = int(frame.customers[frame.customers < LEAST].sum())
    cells_shown = shown.assign(**middles, share=(shown.most / shown.customers).astype(float))[list(CELL_COLUMNS)].astype({"cluster": "Int64"})
    if hidden:
        cells_shown.loc[len(cells_shown)] = {"x": np.nan, "y": np.nan, "customers": hidden, "cluster": pd.NA, "cluster_name": None, "share": np.nan}
    return cells_shown


def list_axes(model: ClusterModel, axes: Axes) -> pd.DataFrame:
    """Lay the axes out as a frame: axis (x, y), feature, loading, explained."""
    rows = [
        (name, feature, loading, explained)
        for name, loadings, explained in zip("xy", axes.loadings, axes.explained, strict=True)
        for feature, loading in zip(model.features, loadings, strict=True)
    ]
    return pd.DataFrame(rows, columns=["axis", "feature", "loading", "explained"])
