"""How many clusters: what each number is worth by several measures, which are out of the question, and why one is taken."""

from collections.abc import Sequence

import pandas as pd

STEADY = 0.8  # adjusted Rand index with bootstrap refits below which a number of clusters is called shaky
INDICES = ("silhouette", "calinski_harabasz", "davies_bouldin")
COLUMNS = ("k", *INDICES, "inertia", "stability", "smallest", "bic", "agreement", "excluded", "rank_sum", "chosen")
REASONS = ("reason", "k", "value", "limit")


def choose(measured: pd.DataFrame, *, k_min: int, k: int | None, smallest: float) -> pd.DataFrame:
    """Take one number of clusters.

    Parameters
    ----------
    measured : pandas.DataFrame
        One row per k tried: k, the three indices, inertia, stability (mean adjusted Rand index of bootstrap refits), smallest (share of the smallest
        cluster), bic (of a Gaussian mixture of as many parts), agreement (adjusted Rand index with that mixture).
    k_min : int
        The least that the business can use.
    k : int or None
        Fixed by the configuration.
    smallest : float
        The least share of customers that a cluster may have.

    Returns
    -------
    pandas.DataFrame
        The same rows with excluded ("", "bounds", "small", "shaky"), rank_sum (missing where excluded) and chosen.

    Notes
    -----
    Among the numbers that are not excluded, ranks of silhouette (Rousseeuw 1987) and Calinski-Harabasz (1974), higher is better, and Davies-Bouldin
    (1979), lower is better, are added; the smallest sum wins, then the smaller k. Where all would be excluded, shaky ones are let in, then those with
    too small a cluster.
    """
    frame = measured.reset_index(drop=True)
    why = pd.Series("", index=frame.index, dtype="str")
    why[frame.stability < STEADY] = "shaky"
    why[frame.smallest < smallest] = "small"
    why[frame.k < k_min] = "bounds"
    if k is not None:
        why[frame.k != k] = "bounds"
        why[frame.k == k] = ""
    for relent in ("shaky", "small"):
        if not (why == "").any():
            why[why == relent] = ""
    if not (why == "").any():
        why[:] = ""
    allowed = frame[why == ""]
    ranks = allowed.silhouette.rank(ascending=False) + allowed.calinski_harabasz.rank(ascending=False) + allowed.davies_bouldin.rank()
    best = ranks.idxmin() if ranks.notna().any() else allowed.index[0]
    return frame.assign(excluded=why, rank_sum=ranks.reindex(frame.index), chosen=frame.index == best)[list(COLUMNS)]


def list_reasons(indices: pd.DataFrame, *, k_min: int, k_max: int, k: int | None, smallest: float) -> pd.DataFrame:
    """Write out why that number was taken.

    Returns
    -------
    pandas.DataFrame
        Grain: reason x k, in the order to be told. reason: what each index alone would take (silhouette, calinski_harabasz, davies_bouldin, bic), what is out
        of the question (bounds, small, shaky), what is so and was taken nevertheless (small_taken, shaky_taken), and what decided (fixed, only, ranks);
        k; value (of the index, of the smallest share, of the stability, the rank sum); limit (the bound that it broke).
    """
    rows: list[tuple] = []
    for index, best in (*((name, "max") for name in INDICES[:2]), (INDICES[2], "min"), ("bic", "min")):
        known = indices.dropna(subset=index)
        if len(known) > 1:
            at = known.loc[known[index].idxmax() if best == "max" else known[index].idxmin()]
            rows.append((index, int(at.k), float(at[index]), None))
    limits = {"bounds": float(k or k_min), "small": smallest, "shaky": STEADY}
    measures = {"bounds": "k", "small": "smallest", "shaky": "stability"}
    for why, measure in measures.items():
        rows += [(why, int(row.k), float(getattr(row, measure)), limits[why]) for row in indices[indices.excluded == why].itertuples()]
    taken = indices[indices.chosen].iloc[0]
    if taken.smallest < smallest:
        rows.append(("small_taken", int(taken.k), float(taken.smallest), smallest))
    if taken.stability < STEADY:
        rows.append(("shaky_taken", int(taken.k), float(taken.stability), STEADY))
    allowed = int((indices.excluded == "").sum())
    decided = "fixed" if k is not None else "only" if allowed == 1 else "ranks"
    rows.append((decided, int(taken.k), float(taken.rank_sum), float(min(k_max, indices.k.max()))))
    frame = pd.DataFrame(rows, columns=list(REASONS))
    return frame.astype({"value": "float64", "limit": "float64"})


def no_indices() -> pd.DataFrame:
    """Give the frame of indices without a row: there were too few customers."""
    return pd.DataFrame(columns=list(COLUMNS))


def no_reasons(columns: Sequence[str] = REASONS) -> pd.DataFrame:
    """Give the frame of reasons without a row."""
    return pd.DataFrame(columns=list(columns))
