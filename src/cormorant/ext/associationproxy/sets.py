"""The set of values that stands for a set of objects: everything that a set does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .backing import AssociationCollection


def _is_set(value: Any) -> bool:
    return isinstance(value, (set, frozenset, AssociationSet))


def _plain(value: Any) -> Any:
    """Return the values of another such set as a set; anything else as it is."""
    return set(value) if isinstance(value, AssociationSet) else value


class AssociationSet(AssociationCollection):
    """Values of the members of a set."""

    # --- reading

    def __iter__(self) -> Iterator[Any]:
        for member in self.col:
            yield self._get(member)

    def __contains__(self, value: object) -> bool:
        return any(self._get(member) == value for member in self.col)

    def copy(self) -> set[Any]:
        """Return the values as a set."""
        return set(self)

    def union(self, *others: Iterable[Any]) -> set[Any]:
        """Return the values of this and the others."""
        return set(self).union(*others)

    def difference(self, *others: Iterable[Any]) -> set[Any]:
        """Return the values that none of the others has."""
        return set(self).difference(*others)

    def intersection(self, *others: Iterable[Any]) -> set[Any]:
        """Return the values that all of the others have."""
        return set(self).intersection(*others)

    def symmetric_difference(self, other: Iterable[Any]) -> set[Any]:
        """Return the values that one of both has."""
        return set(self).symmetric_difference(other)

    def issubset(self, other: Iterable[Any]) -> bool:
        """Tell whether the other has all values."""
        return set(self).issubset(other)

    def issuperset(self, other: Iterable[Any]) -> bool:
        """Tell whether all values of the other are here."""
        return set(self).issuperset(other)

    def isdisjoint(self, other: Iterable[Any]) -> bool:
        """Tell whether no value is in both."""
        return set(self).isdisjoint(other)

    # --- changing

    def add(self, value: Any) -> None:
        """Add an object for the value, if there is none."""
        if value not in self:
            self.col.add(self._create(value))

    def discard(self, value: Any) -> None:
        """Remove the member of that value, if there is one."""
        for member in self.col:
            if self._get(member) == value:
                self.col.discard(member)
                return

    def remove(self, value: Any) -> None:
        """Remove the member of that value; raises KeyError."""
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self) -> Any:
        """Remove some member; return its value."""
        if not self.col:
            raise KeyError("pop from an empty set")
        return self._get(self.col.pop())

    def update(self, *others: Iterable[Any]) -> None:
        """Add the values of the others."""
        for other in others:
            for value in list(other):
                self.add(value)

    def difference_update(self, *others: Iterable[Any]) -> None:
        """Remove the values of the others."""
        for other in others:
            for value in list(other):
                self.discard(value)

    def intersection_update(self, *others: Iterable[Any]) -> None:
        """Keep only the values that all of the others have."""
        self._become(self.intersection(*others))

    def symmetric_difference_update(self, other: Iterable[Any]) -> None:
        """Keep the values that one of both has."""
        self._become(self.symmetric_difference(other))

    def _become(self, wanted: set[Any]) -> None:
        present = set(self)
        for value in present - wanted:
            self.discard(value)
        for value in wanted - present:
            self.add(value)

    def _bulk_replace(self, assoc_proxy: Any, values: Iterable[Any] | None) -> None:
        wanted = list(values or ())
        present = set(self)
        for value in wanted:
            if value not in present:
                self.add(value)
        for value in present.difference(wanted):
            self.discard(value)

    # --- operators

    def __or__(self, other: Any) -> Any:
        return self.union(other) if _is_set(other) else NotImplemented

    __ror__ = __or__

    def __and__(self, other: Any) -> Any:
        return self.intersection(other) if _is_set(other) else NotImplemented

    __rand__ = __and__

    def __xor__(self, other: Any) -> Any:
        return self.symmetric_difference(other) if _is_set(other) else NotImplemented

    __rxor__ = __xor__

    def __sub__(self, other: Any) -> Any:
        return self.difference(other) if _is_set(other) else NotImplemented

    def __rsub__(self, other: Any) -> Any:
        return set(other).difference(self) if _is_set(other) else NotImplemented

    def __ior__(self, other: Any) -> Any:
        return self._changed(self.update, other)

    def __iand__(self, other: Any) -> Any:
        return self._changed(self.intersection_update, other)

    def __ixor__(self, other: Any) -> Any:
        return self._changed(self.symmetric_difference_update, other)

    def __isub__(self, other: Any) -> Any:
        return self._changed(self.difference_update, other)

    def _changed(self, change: Any, other: Any) -> Any:
        if not _is_set(other):
            return NotImplemented
        change(other)
        return self

    def __eq__(self, other: object) -> Any:
        return set(self) == _plain(other)

    def __ne__(self, other: object) -> Any:
        return set(self) != _plain(other)

    def __lt__(self, other: Any) -> Any:
        return set(self) < _plain(other)

    def __le__(self, other: Any) -> Any:
        return set(self) <= _plain(other)

    def __gt__(self, other: Any) -> Any:
        return set(self) > _plain(other)

    def __ge__(self, other: Any) -> Any:
        return set(self) >= _plain(other)

    def __repr__(self) -> str:
        return repr(set(self))
