"""Who can be listened to: a table of target classes and the functions that find their hook tables.

Packages above register their classes here; `listen` looks a target up through its class, or, for a target that is
itself a class, through its bases. Targets that cannot be told by their class (mapped classes) come through resolvers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol


class Table(Protocol):
    """A hook table, as seen from here."""

    def add(self, name: str, function: Callable[..., Any], insert: bool = False) -> None: ...

    def discard(self, name: str, function: Callable[..., Any]) -> None: ...


Locate = Callable[[Any, str, Mapping[str, Any]], Iterable[Table]]
Adapt = Callable[[Callable[..., Any], str, Mapping[str, Any]], Callable[..., Any]]


def unchanged(function: Callable[..., Any], name: str, options: Mapping[str, Any]) -> Callable[..., Any]:
    """Use a listener as it is."""
    return function


class Registration(NamedTuple):
    """What a target class offers.

    `events` maps names to argument names; `locate(target, event, options)` gives the hook tables to put a listener
    into; `options` are the keywords that `listen` accepts beyond the general ones; `adapt(function, event, options)`
    makes of the listener what the tables call.
    """

    events: Mapping[str, tuple[str, ...]]
    locate: Locate
    options: frozenset[str] = frozenset()
    adapt: Adapt = unchanged


_by_class: dict[type[Any], list[Registration]] = {}
_resolvers: list[Callable[[Any], Iterable[Registration]]] = []


def register_target(
    class_: type[Any],
    events: Mapping[str, tuple[str, ...]],
    locate: Locate,
    options: Iterable[str] = (),
    adapt: Adapt = unchanged,
) -> None:
    """Make instances of a class, and the class itself, accept listeners for some events."""
    _by_class.setdefault(class_, []).append(Registration(events, locate, frozenset(options), adapt))


def register_resolver(function: Callable[[Any], Iterable[Registration]]) -> None:
    """Add a function that tells what a target offers which no registered class covers."""
    _resolvers.append(function)


def registrations(target: Any) -> Iterator[Registration]:
    """Yield what a target offers, the most specific first."""
    class_: type[Any] = target if isinstance(target, type) else target.__class__
    for base in class_.__mro__:
        yield from _by_class.get(base, ())
    for resolver in _resolvers:
        yield from resolver(target)
