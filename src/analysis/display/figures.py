"""The few key figures of a page."""

import html
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """The few key figures of a page: each (measure, value, change, tone), finished text; the tone of a change is "better", "worse" or ""."""

    items: tuple[tuple[str, str, str, str], ...]

    def __repr__(self) -> str:
        return "\n".join(f"{measure}: {value}" + (f" ({change})" if change else "") for measure, value, change, _ in self.items)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def item(measure: str, value: str, change: str, tone: str) -> str:
            parts = (("measure", measure), ("value", value), (f"change {tone}".strip(), change))
            return "<li>" + "".join(f'<span class="{kind}">{html.escape(text)}</span>' for kind, text in parts if text) + "</li>"

        return {"text/html": f'<ul class="figures">{"".join(item(*each) for each in self.items)}</ul>', "text/plain": repr(self)}
