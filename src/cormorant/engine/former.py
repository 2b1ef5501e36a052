"""Options of `create_engine` from earlier days: taken with a warning, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exc import ArgumentError
from ..util import warn_deprecated
from .driver import Driver
from .mock import create_mock_engine
from .url import URL

_WITHOUT_EFFECT: Mapping[str, str] = {
    "empty_in_strategy": (
        "The create_engine.empty_in_strategy keyword is deprecated, and no longer has any effect.  All IN expressions "
        'are now rendered using the "expanding parameter" strategy which renders a set of boundexpressions, or an '
        '"empty set" SELECT, at statement executiontime.'
    ),
    "implicit_returning": (
        "The create_engine.implicit_returning parameter is deprecated and will be removed in a future release. "
    ),
}
_CURSORS = (
    "The create_engine.server_side_cursors parameter is deprecated and will be removed in a future release.  "
    "Please use the Connection.execution_options.stream_results parameter."
)
_STRATEGY = (
    "The create_engine.strategy keyword is deprecated, and the only argument accepted is 'mock'; please use "
    "create_mock_engine() going forward.  For general customization of create_engine which may have been "
    "accomplished using strategies, see CreateEnginePlugin."
)


def take_former(options: dict[str, Any], driver: Driver) -> None:
    """Remove the former options; `server_side_cursors` is `stream_results` for all statements."""
    for name in _WITHOUT_EFFECT.keys() & options.keys():
        del options[name]
        warn_deprecated(_WITHOUT_EFFECT[name])
    if not options.pop("server_side_cursors", False):
        return
    warn_deprecated(_CURSORS)
    if type(driver).stream_cursor is Driver.stream_cursor:
        raise ArgumentError(f"Driver {driver.name} does not support server side cursors")
    options["execution_options"] = {"stream_results": True, **(options.get("execution_options") or {})}


def by_strategy(url: str | URL, options: Mapping[str, Any]) -> Any:
    """What `strategy=` once chose: today only an engine that runs nothing."""
    warn_deprecated(_STRATEGY)
    if options["strategy"] != "mock":
        raise ArgumentError(f"unknown strategy: {options['strategy']!r}")
    return create_mock_engine(url, **{name: value for name, value in options.items() if name != "strategy"})
