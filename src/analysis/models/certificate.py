"""The certificate of a segmentation: how firmly the labels stand, and the proof that no row order moves them."""

import itertools
from collections.abc import Iterable

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.engine import Engine
from analysis.errors import WorkbookError
from analysis.models import moves, rfm, segments
from analysis.settings.scoring import Scoring

MOST = 200_000  # customers that are shuffled
SHUFFLES = 3
STEADY, LOOSE = 0.10, 0.25  # shares of customers with another label, from which a label is called loose, or an opinion
CHECKS = ("one_order", "order_today", "seven_days", "one_order_or_seven_days")
_ALTERNATIVES = (
    ("jenks", {"method": "jenks"}),
    ("interpolated", {"method": "quantile", "quantiles": "interpolated", "boundary": "inclusive"}),
    ("occurring", {"method": "quantile"}),
)


def count_near(moved: Table) -> pd.DataFrame:
    """Count the buyers who would have another segment after one more order or some days of silence.

    Parameters
    ----------
    moved : Table
        Grain: customer_id; segment, one_more, order_today, silent_7 (see `analysis.models.moves.list_moves`).

    Returns
    -------
    pandas.DataFrame
        Grain: check. customers, n (buyers looked at).
    """
    other = {name: moved[name] != moved.segment for name in ("one_more", "order_today", "silent_7")}
    found = {
        "one_order": other["one_more"], "order_today": other["order_today"], "seven_days": other["silent_7"],
        "one_order_or_seven_days": other["one_more"] | other["silent_7"],
    }  # fmt: skip
    counted = moved.agg(n=_.count(), **{name: hit.sum().fill_null(0) for name, hit in found.items()}).execute().iloc[0]
    return pd.DataFrame([(name, int(counted[name]), int(counted.n)) for name in CHECKS], columns=["check", "customers", "n"])


def list_alternatives(scoring: Scoring) -> dict[str, Scoring]:
    """Give two other ways to find cut points, with as many scores for each measure, so that the same map can read them.

    Returns
    -------
    dict of str to Scoring
        Name (jenks, interpolated or occurring) to scoring; the first two that differ from the one in use.
    """
    others = {}
    for name, method in _ALTERNATIVES:
        scales = {}
        for measure in ("recency", "frequency", "money"):
            scale = getattr(scoring, measure)
            scales[measure] = type(scale)(measure=scale.measure, bins=scoring.bins_of(scale), **method)
        other = scoring.model_copy(update=scales)
        if any(_method(getattr(other, measure), scoring) != _method(getattr(scoring, measure), scoring) for measure in scales):
            others[name] = other
    return dict(itertools.islice(others.items(), 2))


def _method(scale: object, scoring: Scoring) -> dict:
    return scale.model_dump() | {"bins": scoring.bins_of(scale)}  # type: ignore[attr-defined, arg-type]


def compare_methods(buyers: Table, rulers: dict[str, rfm.Ruler], segment_map: segments.SegmentMap) -> pd.DataFrame:
    """Count the buyers whose segment is another one when the cut points are found by other methods.

    Parameters
    ----------
    buyers : Table
        Grain: customer_id; r_value, f_value, m_value, frequency, monetary, segment.
    rulers : dict of str to Ruler
        Method to ruler.
    segment_map : SegmentMap

    Returns
    -------
    pandas.DataFrame
        Grain: check (``method_<name>``). customers, n.
    """
    n = int(buyers.count().execute())
    rows = []
    for name, ruler in rulers.items():
        labelled = _label(buyers.select("customer_id", *moves.MEASURED, was="segment"), ruler, segment_map)
        rows.append((f"method_{name}", int(labelled.filter(_.segment != _.was).count().execute()), n))
    return pd.DataFrame(rows, columns=["check", "customers", "n"])


def _label(measured: Table, ruler: rfm.Ruler, segment_map: segments.SegmentMap) -> Table:
    return segments.classify(rfm.score(measured, ruler), ruler, segment_map)


def prove_by_shuffling(engine: Engine, buyers: Table, scoring: Scoring, segment_map: segments.SegmentMap, *, ruler: rfm.Ruler, seed: int) -> pd.DataFrame:
    """Shuffle the rows, give everybody another number, fit and classify again, and count the labels that differ.

    Parameters
    ----------
    engine : Engine
    buyers : Table
        Grain: customer_id; r_value, f_value, m_value, frequency, monetary. At most `MOST` of them are looked at.
    scoring : Scoring
    segment_map : SegmentMap
    ruler : Ruler
        Of the run; says the day.
    seed : int

    Returns
    -------
    pandas.DataFrame
        Two rows. `shuffle`: customers whose label differed in any shuffle (0), n. `rank_first`: for contrast, customers whose segment differs between two shuffles
        (the mean over pairs) under the recipe in circulation, which cuts ranks of frequency that are counted in the order of the rows.

    Raises
    ------
    WorkbookError
        When a label differs: a defect of ours.
    """
    total = int(buyers.count().execute())
    share = moves.find_share(total, MOST)
    sample = engine.materialize("proof_sample", moves.draw_customers(buyers.select("customer_id", *moves.MEASURED), share, seed=seed))
    n = int(sample.count().execute())
    plain = _label(sample, rfm.fit_ruler(sample, scoring, fitted_on=ruler.fitted_on), segment_map)
    labels = engine.materialize("proof_labels", plain.select("customer_id", "segment", "class8", "value_tier"))
    differing, ranked = 0, []
    for number in range(seed, seed + SHUFFLES):
        mixed = engine.materialize(f"proof_{number}", _shuffle(sample, number))
        again = rfm.fit_ruler(mixed, scoring, fitted_on=ruler.fitted_on)
        scored = engine.materialize(f"proof_scored_{number}", rfm.score(mixed, again))
        relabelled = segments.classify(scored, again, segment_map).select(who="was", **{f"new_{name}": _[name] for name in labels.columns[1:]})
        both = labels.join(relabelled, labels.customer_id == relabelled.who)
        same = (both.segment == both.new_segment) & (both.class8 == both.new_class8) & (both.value_tier == both.new_value_tier)
        kept = int(both.filter(same).count().execute())
        differing = max(differing, n - kept)
        by_rank = segments.classify(_score_by_rank(scored, n, scoring.bins_of(scoring.frequency)), again, segment_map)
        ranked.append(engine.materialize(f"proof_ranked_{number}", by_rank.select(customer_id="was", segment="segment")))
    if differing:
        raise WorkbookError(
            f"{differing:,} of {n:,} customers have another label when the rows are shuffled. Labels must not depend on the order of the rows: "
            "this is a defect of the workbook; please report it with the configuration."
        )
    return pd.DataFrame([("shuffle", 0, n), ("rank_first", round(_mean(_count_changes(ranked))), n)], columns=["check", "customers", "n"])


def _shuffle(sample: Table, seed: int) -> Table:
    """Put the rows in another order and number the customers by it; `was` tells who they were."""
    mixed = sample.mutate(was=_.customer_id, place=moves.shuffle_key(sample, seed))
    return mixed.mutate(customer_id=_.place + "-" + _.was).order_by("place", "was")


def _score_by_rank(scored: Table, n: int, bins: int) -> Table:
    """Score frequency as ``qcut(rank(method="first"), bins)`` does: equals are told apart by where they stand in the file."""
    place = ibis.row_number().over(ibis.window(order_by=["f_value", "place", "was"]))
    ranked = scored.mutate(rank=place)
    above = [(ranked.rank * bins > (n - 1) * cut).cast("int8") for cut in range(1, bins)]
    return ranked.mutate(f_score=sum(above, ibis.literal(1, "int8")).cast("int8"))


def _count_changes(labelled: list[Table]) -> Iterable[int]:
    for one, other in itertools.combinations(labelled, 2):
        other = other.view()
        yield int(one.join(other, "customer_id").filter(one.segment != other.segment).count().execute())


def _mean(counts: Iterable[int]) -> float:
    found = list(counts)
    return sum(found) / len(found) if found else 0.0


def write_certificate(*parts: pd.DataFrame) -> pd.DataFrame:
    """Put the checks together and judge them.

    Returns
    -------
    pandas.DataFrame
        Grain: check. customers (whose label is another one), n (looked at), value (share, 0-1), verdict: `proved` for the shuffle proof, `contrast` for the recipe in
        circulation, `meant` for an order today (labels are there to follow it); else `firm` below 10 %, `fair` below 25 %, `loose`; of methods `agree`, `partly`,
        `differ`. times (how often it was tried).
    """
    frame = pd.concat(parts, ignore_index=True)
    frame["value"] = frame.customers / frame.n.clip(lower=1)
    frame["verdict"] = [_judge(row.check, row.value) for row in frame.itertuples()]
    frame["times"] = [SHUFFLES if check in ("shuffle", "rank_first") else 1 for check in frame.check]
    return frame[["check", "customers", "n", "value", "verdict", "times"]]


def _judge(check: str, value: float) -> str:
    fixed = {"shuffle": "proved", "rank_first": "contrast", "order_today": "meant"}
    words = ("agree", "partly", "differ") if check.startswith("method_") else ("firm", "fair", "loose")
    return fixed.get(check, words[int(value >= STEADY) + int(value >= LOOSE)])
