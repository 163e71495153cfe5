"""A few cards side by side: each for somebody, with what they should know, and in small type how they get on with it."""

import html
from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A heading, sentences, and commands to be pasted; all of it finished text."""

    title: str
    sentences: tuple[str, ...]
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cards:
    """The cards, in their order."""

    items: tuple[Card, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{card.title}: {' '.join((*card.sentences, *card.commands))}" for card in self.items)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def item(card: Card) -> str:
            told = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in card.sentences)
            commands = "".join(f'<p class="command"><code>{html.escape(command)}</code></p>' for command in card.commands)
            return f'<li><strong class="title">{html.escape(card.title)}</strong>{told}{commands}</li>'

        return {"text/html": f'<ul class="tiles">{"".join(map(item, self.items))}</ul>' if self.items else "", "text/plain": repr(self)}
