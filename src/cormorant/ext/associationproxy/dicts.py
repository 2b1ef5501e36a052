"""The dictionary of values that stands for a dictionary of objects: everything that a dictionary does."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, MutableMapping, ValuesView
from typing import Any, Self

from .backing import AssociationCollection

_MISSING = object()


class AssociationDict(AssociationCollection, MutableMapping[Any, Any]):
    """Values of the members of a dictionary, by its keys."""

    # --- reading

    def __iter__(self) -> Iterator[Any]:
        return iter(self.col.keys())

    def __reversed__(self) -> Any:
        return reversed(self.col)

    def __contains__(self, key: object) -> bool:
        return key in self.col

    def __getitem__(self, key: Any) -> Any:
        return self._get(self.col[key])

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the value at a key, or the default."""
        return self[key] if key in self.col else default

    def keys(self) -> Any:
        """Return the keys."""
        return self.col.keys()

    def values(self) -> ValuesView[Any]:
        """Return the values."""
        return ValuesView(self)

    def items(self) -> ItemsView[Any, Any]:
        """Return pairs of key and value."""
        return ItemsView(self)

    def copy(self) -> dict[Any, Any]:
        """Return the values as a dictionary."""
        return dict(self.items())

    # --- changing

    def __setitem__(self, key: Any, value: Any) -> None:
        if key in self.col:
            self.setter(self.col[key], key, value)
        else:
            self.col[key] = self._create(key, value)

    def __delitem__(self, key: Any) -> None:
        del self.col[key]

    def clear(self) -> None:
        self.col.clear()

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Return the value at a key, set to the default if there is none."""
        if key not in self.col:
            self[key] = default
        return self[key]

    def pop(self, key: Any, default: Any = _MISSING) -> Any:
        """Remove the member at a key; return its value, or the default."""
        if key not in self.col and default is not _MISSING:
            return default
        return self._get(self.col.pop(key))

    def popitem(self) -> tuple[Any, Any]:
        """Remove the last member; return its key and value."""
        key, member = self.col.popitem()
        return key, self._get(member)

    def update(self, *others: Any, **kw: Any) -> None:
        """Set the values of a dictionary, or of pairs, and of keywords."""
        if len(others) > 1:
            raise TypeError(f"update expected at most 1 argument, got {len(others)}")
        for key, value in dict(*others, **kw).items():
            self[key] = value

    def _bulk_replace(self, assoc_proxy: Any, values: Any) -> None:
        given = dict(values.items())
        for key, value in given.items():
            self[key] = value
        for key in [key for key in self if key not in given]:
            del self[key]

    # --- operators

    def __or__(self, other: Any) -> Any:
        return {**self.copy(), **other} if isinstance(other, (dict, AssociationDict)) else NotImplemented

    def __ror__(self, other: Any) -> Any:
        if not isinstance(other, dict):
            return NotImplemented
        merged: dict[Any, Any] = {**other, **self.copy()}
        return merged

    def __ior__(self, other: Any) -> Self:
        self.update(other)
        return self

    def __eq__(self, other: object) -> Any:
        return self.copy() == (other.copy() if isinstance(other, AssociationDict) else other)

    def __ne__(self, other: object) -> Any:
        return not self == other

    def __repr__(self) -> str:
        return repr(self.copy())
