"""The models of repeat buying that there are, by name: the same questions to each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from analysis.models.value import lasting, leaving


@dataclass(frozen=True)
class Model:
    """One model as functions of its parameters (a tuple in the order of `names`) and of states; see `leaving` for what each gives.

    Parameters
    ----------
    names : tuple of str
    times : tuple of int
        The places of the parameters that are times.
    express_alive : callable or None
        P(alive) in the engine; None where the engine lacks the function.
    """

    names: tuple[str, ...]
    times: tuple[int, ...]
    weigh: Callable[..., Any]
    start: Callable[..., Any]
    measure_alive: Callable[..., Any]
    expect: Callable[..., Any]
    exceed: Callable[..., Any]
    draw: Callable[..., Any]
    stay_at_first: Callable[..., float]
    express_alive: Callable[..., Any] | None = None


def _leaving(early: int) -> Model:
    return Model(
        names=("r", "alpha", "a", "b"),
        times=(1,),
        weigh=partial(leaving.weigh, early=early),
        start=leaving.start,
        measure_alive=partial(leaving.measure_alive, early=early),
        expect=partial(leaving.expect, early=early),
        exceed=partial(leaving.exceed, early=early),
        draw=partial(leaving.draw, early=early),
        stay_at_first=partial(leaving.stay_at_first, early=early),
        express_alive=partial(leaving.express_alive, early=early),
    )


MODELS: Mapping[str, Model] = {
    "bg_nbd": _leaving(0),
    "mbg_nbd": _leaving(1),
    "pareto_nbd": Model(
        names=("r", "alpha", "s", "beta"),
        times=(1, 3),
        weigh=lasting.weigh,
        start=lasting.start,
        measure_alive=lasting.measure_alive,
        expect=lasting.expect,
        exceed=lasting.exceed,
        draw=lasting.draw,
        stay_at_first=lambda values: 1.0,
    ),
}
