"""Clusters as tables: their passports, and what became of each since the last report."""

import pandas as pd

from analysis.display.table import Table
from analysis.texts import Texts


def list_passports(passports: pd.DataFrame, *, texts: Texts) -> Table:
    """List the clusters: size, money, how surely each comes out again, who lies next to it, where it lies among the segments.

    Parameters
    ----------
    passports : pandas.DataFrame
        Grain: cluster. name, customers, customers_pct, monetary_pct, stability, nearest_name, distance, segment, segment_pct.
    texts : Texts
    """
    none = texts.say("no-value")
    rows = passports.itertuples(index=False)
    cells = [
        (
            texts.cluster(row.name),
            texts.number(row.customers),
            texts.percent(row.customers_pct),
            texts.percent(row.monetary_pct),
            none if pd.isna(row.stability) else texts.number(row.stability, 2),
            none if pd.isna(row.nearest) else texts.say("cluster-next", name=texts.cluster(row.nearest_name), distance=texts.number(row.distance, 1)),
            texts.say("cluster-in-segment", segment=texts.label("segment", row.segment), share=texts.percent(row.segment_pct, 0)),
        )
        for row in rows
    ]
    names = [texts.label("column", name) for name in ("cluster", "customers", "customers_pct", "monetary_pct", "stability")]
    names += [texts.say("cluster-nearest"), texts.say("cluster-segment")]
    return Table(pd.DataFrame(cells, columns=names), numeric=tuple(names[1:5]), cards=True)


def list_events(clusters: pd.DataFrame, events: pd.DataFrame, *, texts: Texts) -> Table:
    """List what became of each cluster since the last report.

    Parameters
    ----------
    clusters : pandas.DataFrame
        The table `clusters`: on a first report its clusters are listed without an event.
    events : pandas.DataFrame
        Grain: cluster. event, name, old_name, share_of_old, share_of_new (missing where centres were kept).
    texts : Texts
    """
    none = texts.say("no-value")
    if events.empty:
        first = clusters[clusters["cluster"] > 0]
        events = pd.DataFrame({"name": list(first["name"]), "event": None, "old_name": None, "share_of_old": None, "share_of_new": None})
    cells = [
        (
            texts.cluster(row.name),
            none if pd.isna(row.event) else texts.say(f"cluster-event-{row.event}"),
            none if pd.isna(row.old_name) else texts.cluster(row.old_name),
            none if pd.isna(row.share_of_old) or pd.isna(row.old_name) else texts.percent(row.share_of_old, 0),
            none if pd.isna(row.share_of_new) or pd.isna(row.old_name) else texts.percent(row.share_of_new, 0),
        )
        for row in events.itertuples(index=False)
    ]
    names = [
        texts.label("column", "cluster"),
        texts.label("column", "event"),
        *(texts.say(f"cluster-{word}") for word in ("before", "share-of-old", "share-of-new")),
    ]
    return Table(pd.DataFrame(cells, columns=names), numeric=tuple(names[3:]), cards=True)
