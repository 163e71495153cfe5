"""The few key figures of a page: what is said of them, each with its change, and a small line of how it went."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH, EDGE = 120, 30, 3  # of a sparkline's drawing


@dataclass(frozen=True)
class Spark:
    """A line without axes: `values` from first to last, NaN where nothing is told; `label` says in words what it shows."""

    values: tuple[float, ...]
    label: str

    def draw(self) -> str:
        """Draw the line as SVG; where a value is missing the line is broken, and fewer than two values are no line."""
        told = [value for value in self.values if not math.isnan(value)]
        if len(told) < 2:
            return ""
        low, span = min(told), (max(told) - min(told)) or 1.0
        step = (WIDE - 2 * EDGE) / (len(self.values) - 1)
        flat = max(told) == min(told)
        spots = [
            None if math.isnan(value) else (EDGE + place * step, HIGH / 2 if flat else HIGH - EDGE - (HIGH - 2 * EDGE) * (value - low) / span)
            for place, value in enumerate(self.values)
        ]
        last = next(spot for spot in reversed(spots) if spot)
        lines = "".join(
            f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}" fill="none" stroke="currentColor" stroke-width="1.6"></polyline>'
            for run in _runs(spots)
        )
        return (
            f'<svg class="spark" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{html.escape(self.label)}">{lines}'
            f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.4" fill="currentColor"></circle></svg>'
        )


def _runs(spots: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Part a line where it is broken; a value alone between two gaps is a line of no length."""
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot:
            runs[-1].append(spot)
        elif runs[-1]:
            runs.append([])
    return [run if len(run) > 1 else [run[0], run[0]] for run in runs if run]


@dataclass(frozen=True)
class Figures:
    """The few key figures of a page: each (measure, value, change, tone), finished text; the tone of a change is "better", "worse" or "".

    `lead` are the sentences above them, which say the same in words; `sparks` their lines, one for each figure, or none at all.
    """

    items: tuple[tuple[str, str, str, str], ...]
    lead: tuple[str, ...] = ()
    sparks: tuple[Spark | None, ...] = ()

    def __repr__(self) -> str:
        return "\n".join([*self.lead, *(f"{measure}: {value}" + (f" ({change})" if change else "") for measure, value, change, _ in self.items)])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def item(measure: str, value: str, change: str, tone: str, spark: Spark | None) -> str:
            parts = (("measure", measure), ("value", value), (f"change {tone}".strip(), change))
            told = "".join(f'<span class="{kind}">{html.escape(text)}</span>' for kind, text in parts if text)
            return f"<li>{told}{spark.draw() if spark else ''}</li>"

        lead = "".join(f'<p class="lead">{html.escape(sentence)}</p>' for sentence in self.lead)
        sparks = self.sparks or (None,) * len(self.items)
        listed = "".join(item(*each, spark) for each, spark in zip(self.items, sparks, strict=True))
        return {"text/html": f'{lead}<ul class="figures{" sparks" if self.sparks else ""}">{listed}</ul>', "text/plain": repr(self)}
