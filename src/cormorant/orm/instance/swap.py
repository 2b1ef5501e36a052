"""collection_adapter() and bulk_replace(): the public functions over collection adapters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def collection_adapter(collection: Any) -> Any:
    """Return the adapter of a collection that belongs to an instance, else None."""
    return collection._sa_adapter


def bulk_replace(values: Iterable[Any], existing_adapter: Any, new_adapter: Any, initiator: Any = None) -> None:
    """Fill a new collection: members of the old one silently, others with events; then report the removed ones."""
    before: dict[int, Any] = {id(item): item for item in existing_adapter or ()}
    given = list(values)
    for item in given:
        if id(item) in before:
            new_adapter.append_without_event(item)
        else:
            new_adapter.append_with_event(item, initiator)
    kept = set(map(id, given))
    for key, item in before.items():
        if key not in kept:
            existing_adapter.fire_remove_event(item, initiator)
