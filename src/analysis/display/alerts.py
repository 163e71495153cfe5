"""What needs somebody's attention: a list of sentences, each with how pressing it is in words."""

import html
from dataclasses import dataclass

LEVELS = ("urgent", "watch", "calm")


@dataclass(frozen=True)
class Alert:
    """One of them: `level` is a key of `LEVELS`, `word` says it to people; `text` is what is wrong, `where` where to look."""

    level: str
    word: str
    text: str
    where: str = ""


@dataclass(frozen=True)
class Alerts:
    """The list, the most pressing first."""

    items: tuple[Alert, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{alert.word}: {alert.text} {alert.where}".strip() for alert in self.items)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        def item(alert: Alert) -> str:
            where = f' <span class="where">{html.escape(alert.where)}</span>' if alert.where else ""
            return f'<li class="{alert.level}"><strong class="level">{html.escape(alert.word)}</strong> {html.escape(alert.text)}{where}</li>'

        return {"text/html": f'<ul class="alerts">{"".join(map(item, self.items))}</ul>', "text/plain": repr(self)}
