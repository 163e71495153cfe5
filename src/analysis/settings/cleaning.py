"""The section `cleaning`: the rules in their order, and the actions that each can take."""

import re
from typing import Literal

from pydantic import Field, model_validator

from analysis.settings.strict import Strict

# rule -> the actions it can take, the default first
ACTIONS = {
    "unreadable": ("quarantine",),
    "overlap": ("remove", "keep"),
    "after_as_of": ("remove",),
    "before_window": ("remove",),
    "excluded": ("remove",),
    "test_orders": ("remove", "keep"),
    "unpaid": ("remove", "keep"),
    "anonymous": ("anonymous",),
    "duplicates": ("flag", "remove", "keep"),
    "price": ("remove", "keep"),
    "returns": ("net", "remove", "keep"),
    "non_product": ("remove", "flag", "keep"),
    "outliers": ("flag", "keep"),
    "same_person": ("change",),  # no rule to be listed: it follows from [identity]
}
RuleName = Literal[tuple(ACTIONS)]  # type: ignore[valid-type]


class Rule(Strict):
    """One step of the cleaning: what it looks for and what it does with the rows it finds.

    `column` with `values` or `pattern` (a regular expression over the whole value, case ignored) says which rows, for the rules that need to be told:
    excluded, test_orders, non_product; for unpaid, `values` are the statuses that count as paid. `limit` is for outliers: flagged above that many times
    the 99th percentile of the quantity.
    """

    rule: RuleName  # type: ignore[valid-type]
    action: str = ""
    column: str | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None
    limit: float | None = Field(default=None, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _default_action(cls, given: dict) -> dict:
        if isinstance(given, dict) and given.get("rule") in ACTIONS and not given.get("action"):
            return given | {"action": ACTIONS[given["rule"]][0]}
        return given

    @model_validator(mode="after")
    def _sensible(self) -> "Rule":
        if self.action not in ACTIONS[self.rule]:
            raise ValueError(f"rule {self.rule!r} can {', '.join(ACTIONS[self.rule])}; got {self.action!r}")
        if self.rule in ("excluded", "test_orders", "non_product") and self.action != "keep" and not (self.column and (self.values or self.pattern)):
            raise ValueError(f"rule {self.rule!r} needs a column and values or a pattern")
        if self.rule == "unpaid" and self.action != "keep" and not self.values:
            raise ValueError("rule 'unpaid' needs values: the statuses that count as paid")
        if self.pattern:
            try:
                re.compile(self.pattern)
            except re.error as error:
                raise ValueError(f"pattern {self.pattern!r} is not a regular expression: {error}") from None
        return self


DEFAULT_CLEANING = tuple(
    Rule(rule=name) for name in ("unreadable", "overlap", "after_as_of", "before_window", "anonymous", "duplicates", "price", "returns", "outliers")
)
SAME_PERSON = Rule(rule="same_person")
