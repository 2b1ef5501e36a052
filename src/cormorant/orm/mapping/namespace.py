"""Read-only collections by key, which also give their items as attributes: properties and columns of a mapper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Namespace:
    """Items by key. Iterating gives the items, unlike a dictionary."""

    __slots__ = ("_found", "_items")

    def __init__(self, items: Mapping[str, Any]) -> None:
        self._found = items
        self._items = tuple(items.values())

    def __getitem__(self, key: str) -> Any:
        return self._found[key]

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__") or key == "_found":
            raise AttributeError(key)
        try:
            return self._found[key]
        except KeyError:
            raise AttributeError(key) from None

    def __contains__(self, key: object) -> bool:
        return key in self._found

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the item, or the default."""
        return self._found.get(key, default)

    def has_key(self, key: str) -> bool:
        """Tell whether there is an item of that key."""
        return key in self._found

    def keys(self) -> list[str]:
        """Return the keys."""
        return list(self._found)

    def values(self) -> list[Any]:
        """Return the items."""
        return list(self._items)

    def items(self) -> list[tuple[str, Any]]:
        """Return pairs of key and item."""
        return list(self._found.items())

    def __dir__(self) -> list[str]:
        return [*object.__dir__(self), *self._found]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {', '.join(self._found)}>"


class ColumnsByKey(Namespace):
    """The columns of a mapper by attribute key."""

    __slots__ = ()

    def contains_column(self, column: Any) -> bool:
        """Tell whether the very column is mapped."""
        return any(found is column for found in self._items)
