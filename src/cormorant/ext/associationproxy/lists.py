"""The list of values that stands for a list of objects: everything that a list does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self

from .backing import AssociationCollection


class AssociationList(AssociationCollection):
    """Values of the members of a list."""

    # --- reading

    def __iter__(self) -> Iterator[Any]:
        for member in self.col:
            yield self._get(member)

    def __reversed__(self) -> Any:
        return reversed(list(self))

    def __contains__(self, value: object) -> bool:
        return any(self._get(member) == value for member in self.col)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._get(member) for member in self.col[index]]
        return self._get(self.col[index])

    def copy(self) -> list[Any]:
        """Return the values as a list."""
        return list(self)

    def count(self, value: Any) -> int:
        """Return how many values are equal to the given one."""
        return sum(1 for one in self if one == value)

    def index(self, value: Any, *bounds: Any) -> int:
        """Return the first index of a value; raises ValueError."""
        return list(self).index(value, *bounds)

    # --- changing

    def append(self, value: Any) -> None:
        """Add an object for the value at the end."""
        self.col.append(self._create(value))

    def insert(self, index: Any, value: Any) -> None:
        """Insert an object for the value."""
        self.col[index:index] = [self._create(value)]

    def extend(self, values: Iterable[Any]) -> None:
        """Add an object for each value."""
        for value in list(values):
            self.append(value)

    def remove(self, value: Any) -> None:
        """Remove the first member of that value."""
        for index, one in enumerate(self):
            if one == value:
                del self.col[index]
                return
        raise ValueError("value not in list")

    def pop(self, index: Any = -1) -> Any:
        """Remove a member; return its value."""
        return self._get(self.col.pop(index))

    def clear(self) -> None:
        del self.col[0 : len(self.col)]

    def __setitem__(self, index: Any, value: Any) -> None:
        if not isinstance(index, slice):
            self.setter(self.col[index], value)
        elif value is not self:
            self._set_slice(index, list(value))

    def _set_slice(self, index: Any, values: list[Any]) -> None:
        places = range(*index.indices(len(self)))
        if index.step in (None, 1):
            self.col[places.start : max(places.start, places.stop)] = [self._create(value) for value in values]
            return
        if len(values) != len(places):
            raise ValueError(
                f"attempt to assign sequence of size {len(values)} to extended slice of size {len(places)}"
            )
        for place, value in zip(places, values, strict=True):
            self[place] = value

    def __delitem__(self, index: Any) -> None:
        del self.col[index]

    def __iadd__(self, values: Any) -> Self:
        self.extend(values)
        return self

    def __imul__(self, count: Any) -> Self:
        if not hasattr(count, "__index__"):
            return NotImplemented
        if count.__index__() <= 0:
            self.clear()
        else:
            self.extend(list(self) * (count.__index__() - 1))
        return self

    def reverse(self) -> None:
        """Reverse the members."""
        self.col.reverse()

    def sort(self, *, key: Any = None, reverse: bool = False) -> None:
        """Sort the members by their values."""

        def by_value(member: Any) -> Any:
            value = self._get(member)
            return value if key is None else key(value)

        self.col.sort(key=by_value, reverse=reverse)

    def _bulk_replace(self, assoc_proxy: Any, values: Iterable[Any]) -> None:
        values = list(values)
        self.clear()
        assoc_proxy.set_values(self, values)

    # --- operators

    def __add__(self, other: Any) -> Any:
        return [*self, *other] if hasattr(other, "__iter__") else NotImplemented

    def __radd__(self, other: Any) -> Any:
        return [*other, *self] if hasattr(other, "__iter__") else NotImplemented

    def __mul__(self, count: Any) -> Any:
        return list(self) * count if hasattr(count, "__index__") else NotImplemented

    __rmul__ = __mul__

    def __eq__(self, other: object) -> Any:
        return list(self) == other

    def __ne__(self, other: object) -> Any:
        return list(self) != other

    def __lt__(self, other: Any) -> Any:
        return list(self) < other

    def __le__(self, other: Any) -> Any:
        return list(self) <= other

    def __gt__(self, other: Any) -> Any:
        return list(self) > other

    def __ge__(self, other: Any) -> Any:
        return list(self) >= other

    def __repr__(self) -> str:
        return repr(list(self))
