"""Every customer to the nearest centre, in the engine."""

import ibis
from ibis.expr.types import Table, Value

from analysis.models.clusters.features import express_outlying, express_places
from analysis.models.clusters.model import OUTLIERS, ClusterModel


def assign_clusters(customers: Table, model: ClusterModel | None) -> Table:
    """Give each buyer the nearest centre, and 0 to the outliers.

    Parameters
    ----------
    customers : Table
        Grain: customer; frequency and the features of the model.
    model : ClusterModel or None

    Returns
    -------
    Table
        The same rows with cluster (int64) and cluster_name; null where there is no model or no order.
    """
    if model is None:
        return customers.mutate(cluster=ibis.null("int64"), cluster_name=ibis.null("string"))
    placed = customers.mutate(**{f"_z{i}": place for i, place in enumerate(express_places(customers, model.scaling))})
    apart = {f"_d{position}": _square(placed, centre) for position, centre in enumerate(model.centres)}
    measured = placed.mutate(**apart, _out=express_outlying(placed, model.scaling))
    least = ibis.least(*[measured[name] for name in apart])
    nearest = ibis.cases(*[(measured[f"_d{position}"] == least, number) for position, number in enumerate(model.numbers)])
    cluster = ibis.cases((measured.frequency <= 0, ibis.null("int64")), (measured["_out"], ibis.literal(0, "int64")), else_=nearest.cast("int64"))
    numbered = measured.mutate(cluster=cluster)
    named = ibis.cases(*[(numbered.cluster == number, name) for number, name in zip((0, *model.numbers), (OUTLIERS, *model.names), strict=True)])
    return numbered.mutate(cluster_name=named).drop(*apart, "_out", *[f"_z{i}" for i in range(len(model.features))])


def _square(placed: Table, centre: tuple[float, ...]) -> Value:
    return sum(((placed[f"_z{i}"] - middle) ** 2 for i, middle in enumerate(centre[1:], start=1)), start=(placed["_z0"] - centre[0]) ** 2)
