"""Sentences with the computed numbers in them."""

import html
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """Sentences with the computed numbers in them, one paragraph each."""

    sentences: tuple[str, ...]
    tone: str = "reading"  # or "warning": shown as a banner

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        paragraphs = "".join(f'<p class="{self.tone}">{html.escape(sentence)}</p>' for sentence in self.sentences)
        return {"text/html": paragraphs, "text/plain": repr(self)}
