"""Sentences about what hangs on where the limits are drawn."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts


def tell_whatif(cube_steps: pd.DataFrame, edges: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say for the measure on which most hangs, and for the others, whom one step of its limits would move, and which segment changes most.

    Parameters
    ----------
    cube_steps : pandas.DataFrame
        A row per `measure`, `step` (1 tighter, -1 wider) and `segment`: `customers_before`, `customers_after`, and for all together `moved`, `money_moved`, `buyers`.
    edges : pandas.DataFrame
        What is `measured` by each `measure`.
    texts : Texts
    """
    if cube_steps.empty:
        return Reading((texts.say("story-few-buyers"),))
    whole = cube_steps.drop_duplicates(["measure", "step"])
    most = whole.sort_values("moved", ascending=False, kind="stable").drop_duplicates("measure")
    if most["moved"].iloc[0] == 0:
        return Reading((texts.say("whatif-story-none"),))
    measured = edges.drop_duplicates("measure").set_index("measure")["measured"]
    sentences = []
    for row in most[most["moved"] > 0].itertuples():
        sentences.append(
            texts.say(
                "whatif-story-step",
                step="tighter" if row.step > 0 else "wider",
                measure=texts.label("measured", f"{row.measure}-{measured[row.measure]}"),
                n=int(row.moved),
                customers=texts.number(row.moved),
                share=texts.percent(row.moved / row.buyers),
                money=texts.money(row.money_moved),
            )
        )
        if len(sentences) == 1:
            sentences += _tell_segment(cube_steps[(cube_steps["measure"] == row.measure) & (cube_steps["step"] == row.step)], texts)
    return Reading(tuple(sentences))


def _tell_segment(counts: pd.DataFrame, texts: Texts) -> list[str]:
    """Name the segment that changes most; none where they all keep their number."""
    change = (counts["customers_after"] - counts["customers_before"]).abs()
    if change.max() == 0:
        return []
    row = counts.loc[change.idxmax()]
    said = {name: texts.number(row[f"customers_{name}"]) for name in ("before", "after")}
    return [texts.say("whatif-story-segment", segment=texts.label("segment", row["segment"]), **said)]
