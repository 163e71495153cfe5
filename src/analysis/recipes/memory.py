"""What is remembered of earlier runs: the last report before as-of, and the ruler that the configuration names."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.config import Config, parse_config
from analysis.errors import ConfigurationError
from analysis.recipes.opened import Opened
from analysis.state import recall


def _frozen_ruler(opened: Opened) -> dict:
    named = opened.get("memory").ruler
    if named is None:
        raise ConfigurationError(f'The configuration names no ruler: [scoring] ruler is "{opened.config.scoring.ruler}", not "frozen:NAME".')
    return named.ruler


def _config_then(opened: Opened) -> Config | None:
    """Read the configuration of the last report; None where there is none, or where this version cannot read it any more."""
    published = opened.get("published")
    try:
        return parse_config(published.config, opened.config.folder) if published else None
    except ConfigurationError:
        return None


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "memory": lambda o: recall(o.config, o.as_of),
    "published": lambda o: o.get("memory").published,
    "config_then": _config_then,
    "frozen_ruler": _frozen_ruler,
}
