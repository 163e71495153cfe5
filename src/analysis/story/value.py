"""Sentences about future value: what the forecast stands on, how it did, and what it says."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.display.withheld import is_told
from analysis.story.told import add_up, read
from analysis.texts import Texts

LEAST = 10  # customers: of smaller groups no money is told
SURE = 0.99  # mean P(alive) from which nothing in the data shows customers leaving
GAP = 0.02  # of shares, from which effort and value are told apart
CLOSE = 0.05  # of the orders that came: a forecast that near is called near


def tell_ladder(steps: pd.DataFrame, base: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which model speaks and why, what was set aside, and how money comes in.

    Parameters
    ----------
    steps : pandas.DataFrame
        One row per rung looked at: `rung`, `outcome` (taken, rejected), `reason`.
    base : pandas.DataFrame
        One row: `rung`, `customers`, `repeaters`, `days`, `sampled` (the share of them on which models are fitted), `held_out`, `p_alive`, `money`, `money_reason`,
        `correlation` with its bounds.
    texts : Texts
    """
    taken, about = steps.iloc[-1], base.iloc[0]
    counts = {name: texts.number(about[name]) for name in ("customers", "repeaters", "days")}
    if taken["rung"] == "declined":
        return Reading((texts.say(f"value-declined-{taken['reason']}".replace("_", "-"), **_plural(about), **counts),))
    sentences = [texts.say("value-learned", **_plural(about), **counts)]
    if float(about["sampled"]) < 1:
        sentences.append(texts.say("value-sample", share=texts.percent(about["sampled"])))
    words = {"model": texts.label("value-model", taken["rung"]), "days": texts.number(about["held_out"])}
    sentences.append(texts.say(f"value-taken-{taken['reason']}".replace("_", "-"), **words))
    sentences += [
        texts.say(f"value-rejected-{row.reason}".replace("_", "-"), model=texts.label("value-model", row.rung))
        for row in steps.itertuples() if row.outcome == "rejected"
    ]  # fmt: skip
    if not pd.isna(about["p_alive"]) and about["p_alive"] > SURE:
        sentences.append(texts.say("value-nobody-leaves", share=texts.percent(about["p_alive"])))
    elif taken["rung"] == "bg_nbd":
        sentences.append(texts.say("value-once-for-ever"))
    if taken["rung"] != "cohort_average":
        bounds = {name: texts.number(about[f"correlation{name}"], 2) for name in ("", "_low", "_high")}
        numbers = {"correlation": bounds[""], "low": bounds["_low"], "high": bounds["_high"]}
        kind = "gamma-gamma" if about["money"] == "gamma_gamma" else str(about["money_reason"]).replace("_", "-")
        sentences.append(texts.say(f"value-money-{kind}", **numbers))
    return Reading(tuple(sentences))


def _plural(about: pd.Series) -> dict[str, int]:
    return {"c": int(about["customers"]), "r": int(about["repeaters"]), "d": int(about["days"])}


def tell_tracking(tracking: pd.DataFrame, base: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many orders came in the held-out days and how many had been expected, and who was part of that.

    Parameters
    ----------
    tracking : pandas.DataFrame
        See `analysis.charts.value_trial.draw_tracking`.
    base : pandas.DataFrame
        One row: `tried`, `late`, `split`.
    texts : Texts
    """
    held = tracking[tracking["is_held_out"].astype(bool)]
    if held.empty:
        return Reading((texts.say("value-untried"),))
    about, actual, expected = base.iloc[0], float(held["actual"].sum()), float(held["expected"].sum())
    day, n, late = texts.date(pd.Timestamp(about["split"]).date()), int(about["tried"]), int(about["late"])
    sentences = [texts.say("value-tried", n=n, customers=texts.number(n), day=day, m=late, late=texts.number(late))]
    off = (expected - actual) / actual if actual else 0.0
    kind = "near" if abs(off) <= CLOSE else "over" if off > 0 else "under"
    sentences.append(texts.say(f"value-tracking-{kind}", share=texts.percent(abs(off), 0)))
    return Reading(tuple(sentences))


def tell_frequencies(frequencies: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how many customers the model puts into a wrong class of frequency, in sum.

    Parameters
    ----------
    frequencies : pandas.DataFrame
        One row per number of repeat purchases `x`: customers `actual` and `expected`.
    texts : Texts
    """
    if frequencies.empty:
        return Reading((texts.say("value-untried"),))
    total = add_up(frequencies["actual"])
    if not is_told(total):
        return read((), texts)
    wrong = float((frequencies["actual"] - frequencies["expected"]).abs().sum()) / 2
    return Reading((texts.say("value-frequencies", share=texts.percent(wrong / total if total else 0), n=int(total), customers=texts.number(total)),))


def tell_conditions(conditions: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what came of those who had not come again, and in how many classes the forecast lies within the error of the mean.

    Parameters
    ----------
    conditions : pandas.DataFrame
        One row per number of repeat purchases before, `x`: `customers`, means `actual`, `error`, `expected`.
    texts : Texts
    """
    if conditions.empty:
        return Reading((texts.say("value-untried"),))
    once = conditions.iloc[0]
    conditions = conditions[conditions["customers"] >= LEAST]
    inside = int(((conditions["actual"] - conditions["expected"]).abs() <= 1.96 * conditions["error"]).sum())
    words = {"actual": texts.number(once["actual"], 2), "expected": texts.number(once["expected"], 2), "customers": texts.number(once["customers"])}
    sentences = [texts.say("value-conditions-once", n=int(once["customers"]), **words)] if once["x"] == 0 and once["customers"] >= LEAST else []
    sentences.append(texts.say("value-conditions-inside", n=inside, inside=texts.number(inside), classes=texts.number(len(conditions))))
    return Reading(tuple(sentences))


def tell_comparison(errors: pd.DataFrame, base: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say whether the forecast of money beats last year's spending and the RFM score; and where it does not, that the report uses the former.

    Parameters
    ----------
    errors : pandas.DataFrame
        One row per `forecast`: `mae`, `expected`, `actual`, `top_fifth`, `lift`, `inside`.
    base : pandas.DataFrame
        One row: `rung`, `interval`.
    texts : Texts
    """
    if errors.empty:
        return Reading((texts.say("value-untried"),))
    rows, about = errors.set_index("forecast"), base.iloc[0]
    if not is_told(*rows[["top_fifth", "lift"]].to_numpy().ravel(), *rows.loc[["model", "last_year"], "mae"]):
        return read((), texts)
    top = {name: texts.percent(rows.loc[name, "top_fifth"]) for name in ("model", "last_year", "rfm_score")}
    lift = {name: texts.number(rows.loc[name, "lift"], 1) for name in top}
    sentences = [
        texts.say("value-comparison-top", model=top["model"], year=top["last_year"], score=top["rfm_score"]),
        texts.say("value-comparison-lift", model=lift["model"], year=lift["last_year"], score=lift["rfm_score"]),
        texts.say("value-comparison-error", model=texts.money(rows.loc["model", "mae"]), year=texts.money(rows.loc["last_year", "mae"])),
        texts.say("value-comparison-sum", actual=texts.money(rows.loc["model", "actual"]), model=texts.money(rows.loc["model", "expected"])),
    ]
    better = int(rows.loc["model", "top_fifth"] > rows.loc["last_year", "top_fifth"]) + int(rows.loc["model", "mae"] < rows.loc["last_year", "mae"])
    verdict = "lost" if about["rung"] == "last_year" else ("none", "split", "won")[better]
    sentences.append(texts.say(f"value-verdict-{verdict}"))
    inside = rows.loc["model", "inside"]
    if about["rung"] != "last_year" and not pd.isna(inside):
        sentences.append(texts.say("value-inside", inside=texts.percent(inside, 0), interval=texts.percent(about["interval"], 0)))
    return Reading(tuple(sentences))


def tell_base(base: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what the customers we have are worth in the next year.

    Parameters
    ----------
    base : pandas.DataFrame
        One row: `rung`, `customers`, `value`, `low`, `high`, `orders_90d`, `discount`.
    texts : Texts
    """
    about = base.iloc[0]
    if about["rung"] == "declined":
        return Reading((texts.say("value-none-told"),))
    if not is_told(about["customers"], about["value"]):
        return read((), texts)
    n = int(about["customers"])
    words = {"n": n, "customers": texts.number(n), "money": texts.money(about["value"]), "discount": texts.percent(about["discount"], 0)}
    if not about["value"] > 0:
        return Reading((texts.say("chart-value-nothing"),))
    intervals = {"low": texts.money(about["low"]), "high": texts.money(about["high"]), "each": texts.money(about["value"] / max(n, 1))}
    orders = float(about["orders_90d"])
    sentences = [
        texts.say("value-base", **words, **intervals),
        texts.say("value-orders", o=round(orders), orders=texts.number(orders)),
        texts.say("value-new-ones"),
    ]
    if about["rung"] in ("last_year", "cohort_average"):
        sentences.append(texts.say(f"value-base-{about['rung']}".replace("_", "-")))
    return Reading(tuple(sentences))


def tell_risk(stages: pd.DataFrame, base: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say how much of the future hangs on customers who may be gone, and in which stage most of it lies.

    Parameters
    ----------
    stages : pandas.DataFrame
        One row per stage, `group`, with `at_risk`.
    base : pandas.DataFrame
        One row: `rung`, `value`, `at_risk`, `p_alive`.
    texts : Texts
    """
    about = base.iloc[0]
    if not about["value"] > 0:
        return Reading((texts.say("value-none-told" if about["rung"] == "declined" else "chart-value-nothing"),))
    sentences = [texts.say("value-risk", money=texts.money(about["at_risk"]), share=texts.percent(about["at_risk"] / about["value"]))]
    told = stages[(stages["customers"] >= LEAST) & stages["at_risk"].notna()]
    sure = not pd.isna(about["p_alive"]) and about["p_alive"] > SURE
    if about["at_risk"] > 0 and not sure and len(told):
        most = told.loc[told["at_risk"].idxmax()]
        share = texts.percent(most["at_risk"] / about["at_risk"])
        sentences.append(texts.say("value-risk-most", stage=texts.label("stage", most["group"]), money=texts.money(most["at_risk"]), share=share))
    if sure:
        sentences.append(texts.say("value-nobody-leaves", share=texts.percent(about["p_alive"])))
    return Reading(tuple(sentences))


def tell_concentration(concentration: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say with how few customers half of the future stands.

    Parameters
    ----------
    concentration : pandas.DataFrame
        One row per `customers_share` (cumulated, the most valuable first) with `value_share`.
    texts : Texts
    """
    reached = concentration[concentration["value_share"] >= 0.5]
    if reached.empty:
        return Reading((texts.say("chart-value-nothing"),))
    at = reached.iloc[0]
    return Reading((texts.say("value-concentration", customers=texts.percent(at["customers_share"], 0), money=texts.percent(at["value_share"])),))


def tell_effort(effort: pd.DataFrame, *, equal: bool = True, texts: Texts) -> Reading:
    """Name the segments that hold far more, and far less, of the future than they get of the effort.

    Parameters
    ----------
    effort : pandas.DataFrame
        One row per `group` with `effort_share`, `value_share`, `gap`.
    equal : bool
        Whether everybody gets the same effort, for want of anything said about it.
    texts : Texts
    """
    if effort.empty or not effort["value_share"].sum() > 0:
        return Reading((texts.say("chart-value-nothing"),))
    sentences = [texts.say("value-effort-equal")] if equal else []
    told = effort[(effort["customers"] >= LEAST) & effort["gap"].notna()]
    ends = (("more", told["gap"].idxmax(), 1), ("less", told["gap"].idxmin(), -1)) if len(told) else ()
    for kind, place, sign in ends:
        row = told.loc[place]
        if sign * row["gap"] > GAP:
            shares = {"effort": texts.percent(row["effort_share"]), "value": texts.percent(row["value_share"])}
            sentences.append(texts.say(f"value-effort-{kind}", who=texts.label("who", row["group"]), **shares))
    return Reading((*sentences, texts.say("value-effort-meaning")))
