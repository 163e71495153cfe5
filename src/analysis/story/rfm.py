"""Sentences about recency, frequency and money."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.story.told import add_up, find_whole, read
from analysis.texts import Texts

SLIPPING = ("about_to_sleep", "at_risk", "cant_lose")
_AXES = {"recency_days": "r", "frequency": "f", "monetary": "m"}
_COUNTED = ("quantile", "jenks", "fixed")  # methods that may make any number of groups


def tell_thresholds(thresholds: pd.DataFrame, grid: pd.DataFrame, *, texts: Texts) -> Reading:
    """Explain the tie rule: equal values have equal scores, so a score may be missing.

    Parameters
    ----------
    thresholds : pandas.DataFrame
        The table `thresholds`.
    grid : pandas.DataFrame
        Customers by `r_score` and `f_score`.
    texts : Texts
    """
    buyers = grid[grid["customers"] != 0]
    if thresholds.empty or buyers.empty:
        return Reading((texts.say("story-few-buyers"),))
    sentences = [texts.say("story-ties"), *_tell_methods(thresholds, texts)]
    cuts = thresholds[thresholds["measure"] == "f"].sort_values("cut")["value"].astype(float)
    missing = [str(score) for score in range(1, len(cuts) + 2) if score not in set(buyers["f_score"].astype(int))]
    if missing:
        lowest = add_up(buyers.loc[buyers["f_score"] == buyers["f_score"].min(), "customers"]) / add_up(buyers["customers"])
        words = {"scores": texts.join(missing), "share": texts.percent(lowest), "score": str(int(buyers["f_score"].min()))}
        sentences += [texts.say("story-ties-missing", n=len(missing), **words)] if is_told(lowest) else []
    return Reading(tuple(sentences))


def _tell_methods(thresholds: pd.DataFrame, texts: Texts) -> list[str]:
    """Say how each measure is cut, those that are cut alike in one sentence."""
    alike: dict[tuple[str, str, int], list[str]] = {}
    for measure in "rfm":
        rows = thresholds[thresholds["measure"] == measure]
        if len(rows):
            row = rows.iloc[0]
            alike.setdefault((row["method"], row["boundary"], len(rows) + 1), []).append(texts.label("measured", f"{measure}-{row['measured']}"))
    return [
        texts.say(
            "scoring-how",
            measures=texts.join(names),
            method=texts.say(f"scoring-method-{method}", **({"scores": str(scores)} if method in _COUNTED else {})),
            boundary=texts.say(f"scoring-boundary-{boundary}"),
        )
        for (method, boundary, scores), names in alike.items()
    ]


def tell_distributions(distributions: pd.DataFrame, on_cuts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Describe the customer in the middle, and how many have ordered once.

    Parameters
    ----------
    distributions : pandas.DataFrame
        Bins: `measure`, `left`, `right`, `customers`.
    on_cuts : pandas.DataFrame
        `median` by `measure` (recency_days, frequency, monetary), and what is `measured` on each.
    texts : Texts
    """
    orders = distributions[distributions["measure"] == "f"]
    total = add_up(orders["customers"])
    if total == 0:
        return Reading((texts.say("story-few-buyers"),))
    if _is_usual(on_cuts):
        middle = on_cuts.set_index("measure")["median"].astype(float)
        d, o = int(middle["recency_days"]), int(middle["frequency"])
        sentences = [texts.say("story-middle", d=d, days=texts.number(d), o=o, orders=texts.number(o), money=texts.money_exact(middle["monetary"]))]
    else:
        sentences = [texts.say("scoring-middle", values=_join_values(on_cuts, "median", texts))]
    if "orders" in set(on_cuts["measured"]):
        once = add_up(orders.loc[orders["left"] == 1, "customers"])
        if is_told(once, total):
            sentences.append(texts.say("story-once", n=int(once), customers=texts.number(once), share=texts.percent(once / total)))
    return Reading(tuple(sentences))


def _is_usual(on_cuts: pd.DataFrame) -> bool:
    return on_cuts["measured"].tolist() == ["days", "orders", "net"]


def _join_values(on_cuts: pd.DataFrame, column: str, texts: Texts) -> str:
    """Write what is measured with its value, for recency, frequency and money."""
    parts = []
    for row in on_cuts.itertuples():
        value, axis = float(getattr(row, column)), _AXES[row.measure]
        words = texts.money_exact(value) if axis == "m" else texts.number(value, 0 if value == int(value) else 1)
        parts.append(texts.say("scoring-value", name=texts.label("measured", f"{axis}-{row.measured}"), value=words))
    return texts.join(parts)


def tell_grid(grid: pd.DataFrame, *, texts: Texts) -> Reading:
    """Set the best corner of the grid against the poorest.

    Parameters
    ----------
    grid : pandas.DataFrame
        Cells: `r_score`, `f_score`, `customers`, `monetary`.
    texts : Texts
    """
    cells = grid.groupby(["r_score", "f_score"])[["customers", "monetary"]].agg(add_up)
    money = add_up(cells["monetary"])
    if add_up(cells["customers"]) == 0:
        return Reading((texts.say("story-few-buyers"),))
    sentences = []
    best = (int(grid["r_score"].max()), int(grid["f_score"].max()))
    for kind, cell in (("best", best), ("poorest", (1, 1))):
        n, brought = float(cells["customers"].get(cell, 0)), float(cells["monetary"].get(cell, 0.0))
        if is_told(n, brought, money):
            words = {"n": int(n), "customers": texts.number(n), "share": texts.percent(brought / money if money > 0 else 0.0)}
            sentences.append(texts.say(f"story-grid-{kind}", **words))
    return read(sentences, texts)


def tell_importance(segments: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what the important classes bring, and how many of them are silent.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`.
    texts : Texts
    """
    rows = segments[(segments["scheme"] == "class8") & (segments["customers"] != 0)].assign(money=lambda table: table["monetary"].astype(float))
    important = rows[rows["segment"].str.startswith("important")]
    revenue = find_whole(rows, "money", "monetary_pct")
    if important.empty or revenue <= 0:
        return Reading((texts.say("story-few-buyers"),))
    n, money = add_up(important["customers"]), add_up(important["money"])
    silent = add_up(important.loc[important["segment"].isin(["important_keep", "important_winback"]), "customers"])
    sentences = []
    if is_told(n, money, revenue):
        sentences.append(texts.say("story-important", n=int(n), customers=texts.number(n), share=texts.percent(money / revenue)))
    if is_told(n, silent):
        sentences.append(texts.say("story-important-silent", n=int(silent), customers=texts.number(silent), share=texts.percent(silent / n)))
    return read(sentences, texts)


def tell_segments(segments: pd.DataFrame, *, texts: Texts) -> Reading:
    """Name the most valuable segment per head, and the revenue that is slipping away.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`.
    texts : Texts
    """
    rows = segments[(segments["scheme"] == "segment") & (segments["customers"] != 0)].assign(money=lambda table: table["monetary"].astype(float))
    if rows.empty or set(rows["segment"]) == {"unclassified"}:
        return Reading((texts.say("story-few-buyers"),))
    total, revenue = find_whole(rows, "customers", "customers_pct"), find_whole(rows, "money", "monetary_pct")
    sentences = []
    if is_told(total):
        largest = rows.loc[rows["customers"].idxmax()]
        words = {"n": int(largest["customers"]), "customers": texts.number(largest["customers"]), "t": round(total), "total": texts.number(total)}
        share = texts.percent(largest["customers"] / total)
        sentences.append(texts.say("story-segments-largest", who=texts.label("who", largest["segment"]), share=share, **words))
    slipping = rows[rows["segment"].isin(SLIPPING)]
    if len(slipping) and revenue > 0 and is_told(add_up(slipping["customers"]), add_up(slipping["money"])):
        n = int(slipping["customers"].sum())
        sentences.append(
            texts.say(
                "story-segments-slipping",
                n=n,
                customers=texts.number(n),
                groups=texts.join(texts.label("segment", key) for key in SLIPPING if key in set(slipping["segment"])),
                money=texts.money(slipping["money"].sum()),
                share=texts.percent(slipping["money"].sum() / revenue),
            )
        )
    return read(sentences, texts)


def tell_pareto(segments: pd.DataFrame, *, texts: Texts) -> Reading:
    """Set the high tier against the rest.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`.
    texts : Texts
    """
    tiers = segments[(segments["scheme"] == "value_tier") & (segments["customers"] != 0)].set_index("segment")
    if "high" not in tiers.index or tiers["monetary"].astype(float).sum() <= 0:
        return Reading((texts.say("chart-pareto-empty"),))
    if not is_told(*tiers["customers"], *tiers["monetary"]):
        return read((), texts)
    high, rest = tiers.loc["high"], tiers.drop(index="high")
    n, others = int(high["customers"]), int(rest["customers"].sum())
    per_head = float(high["monetary"]) / n
    sentences = [texts.say("story-pareto", n=n, customers=texts.number(n), money=texts.money(per_head))]
    if others:
        others_per_head = rest["monetary"].astype(float).sum() / others
        if others_per_head > 0:
            sentences.append(
                texts.say(
                    "story-pareto-rest",
                    times=texts.number(per_head / others_per_head, 1),
                    m=others,
                    others=texts.number(others),
                    money=texts.money(others_per_head),
                )
            )
    return Reading(tuple(sentences))


def tell_class8(segments: pd.DataFrame, on_cuts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say where the eight classes are cut, how many customers stand on a cut, and where the mean would have cut.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`.
    on_cuts : pandas.DataFrame
        One row per `measure` (recency_days, frequency, monetary) with `cut`, `on_cut` (customers exactly on it), `median`, `mean`, `split` (which of the two the
        cut is), `measured`.
    texts : Texts
    """
    rows = segments[(segments["scheme"] == "class8") & (segments["customers"] != 0)]
    cuts = on_cuts.assign(measure=on_cuts["measure"].map(_AXES)).set_index("measure")
    if rows.empty or set(rows["segment"]) == {"unclassified"} or not {"r", "f", "m"} <= set(cuts.index):
        return Reading((texts.say("story-few-buyers"),))
    medians, means = cuts["cut"].astype(float), cuts["mean"].astype(float)
    counts = {f"on_{measure}": texts.number(cuts.loc[measure, "on_cut"]) for measure in "rfm"}
    on_cut = (
        [texts.say("story-class8-on-cut", **counts, f=int(cuts.loc["f", "on_cut"]))] if is_told(*(cuts.loc[measure, "on_cut"] for measure in "rfm")) else []
    )
    split = on_cuts["split"].iloc[0]
    if split == "mean" or not _is_usual(on_cuts):
        other = "median" if split == "mean" else "mean"
        return Reading(
            (
                texts.say("scoring-class8-cuts", split=split, values=_join_values(on_cuts, "cut", texts)),
                *on_cut,
                texts.say("scoring-class8-other", split=split, values=_join_values(on_cuts, other, texts)),
            )
        )
    d, o = int(medians["r"]), int(medians["f"])
    return Reading(
        (
            texts.say("story-class8-cuts", d=d, days=texts.number(d), o=o, orders=texts.number(o), money=texts.money_exact(medians["m"])),
            *on_cut,
            texts.say("story-class8-mean", days=texts.number(means["r"], 1), orders=texts.number(means["f"], 1), money=texts.money_exact(means["m"])),
        )
    )


def tell_history(history: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Reading:
    """Say what changed since the last month-end; or that there is no history yet.

    Parameters
    ----------
    history : pandas.DataFrame
        The table `history`.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = history[history["scheme"] == scheme].assign(as_of=lambda table: pd.to_datetime(table["as_of"]))
    days = [day for day, on in rows.groupby("as_of") if (on["customers"] != 0).any()]
    if len(days) < 2:
        return Reading((texts.say("story-history-short"),))
    before, now = (rows[rows["as_of"] == day].set_index("segment") for day in days[-2:])
    hidden = {key for on in (before, now) for key in on.index[on["customers"].isna()]}
    moved = now["customers"].astype(float).sub(before["customers"].astype(float), fill_value=0).drop(list(hidden)).sort_index()
    then, total = (find_whole(on, "customers", "customers_pct") for on in (before, now))
    sentences = []
    if is_told(then, total):
        words = {"b": round(then), "before": texts.number(then), "n": round(total), "now": texts.number(total)}
        sentences.append(texts.say("story-history" if round(total) != round(then) else "story-history-same", date=texts.date(days[-2]), **words))
    for kind, key in (("gain", moved.idxmax()), ("loss", moved.idxmin())) if len(moved) else ():
        if moved[key] > 0 if kind == "gain" else moved[key] < 0:
            n, left = int(abs(moved[key])), float(now["customers"].get(key, 0.0))
            sentences.append(texts.say(f"story-history-{kind}", group=texts.label(scheme, key), n=n, customers=texts.number(n), now=texts.number(left)))
    return read(sentences, texts)
