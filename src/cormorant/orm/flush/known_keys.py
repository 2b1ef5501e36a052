"""Keys that new objects will get from their parents, as far as they can be told before anything is copied.

In: the links of a flush. Out: the value that an attribute will have once these are applied. Nothing is changed, loaded
or sent, and nothing is said of keys that only the database knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..instance.state import InstanceState
from .links import Link

Place = tuple[InstanceState, str]


class KnownKeys:
    """Where attributes take their values from: (child, attribute) -> (parent, attribute); later links prevail."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._sources: dict[Place, Place] = {}
        for link in links:
            if link.parent is not None and not link.wiring.post_update:
                for source, target in link.wiring.pairs:
                    self._sources[link.child, target] = (link.parent, source)

    def values_of(self, state: InstanceState) -> dict[str, Any] | None:
        """Return the primary key that an object will have, by attribute; None where a part is not known yet."""
        values = {key: self._value(state, key) for key in state.manager.mapper.pk_keys}
        return None if None in values.values() else values

    def _value(self, state: InstanceState, key: str) -> Any:
        """Follow an attribute to the object that it comes from in the end."""
        place, seen = (state, key), set[Place]()
        while place in self._sources and place not in seen:
            seen.add(place)
            place = self._sources[place]
        return _held(*place)


def children_keyed_by_parents(links: Iterable[Link]) -> set[InstanceState]:
    """Return the children that take a part of their primary key from a parent."""
    return {link.child for link in links if link.parent is not None and link.wiring.referring_pk}


def _held(state: InstanceState, key: str) -> Any:
    """Return an attribute's value; that of an expired object's key is in its identity."""
    values, pk_keys = state.dict, state.manager.mapper.pk_keys
    if key in values or state.pk is None or key not in pk_keys:
        return values.get(key)
    return state.manager.pk_tuple(state.pk)[pk_keys.index(key)]
