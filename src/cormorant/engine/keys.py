"""What the columns of a result are called: names, and the objects that find a column too.

In: names, and for each column the objects it may be looked up by (its Column, its label ...). Out: positions. Made
once per result shape and shared by all its rows; knows nothing of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, KeysView, Sequence
from typing import Any, Final, NoReturn, cast

from ..exc import InvalidRequestError, NoSuchColumnError

AMBIGUOUS: Final = -1


class RowKeys:
    """Names of a result's columns, in order, and the table that finds a position by name or object."""

    __slots__ = ("_lookup", "is_unpickled", "names", "objects", "unique_filters")

    def __init__(
        self,
        names: Sequence[str],
        objects: Sequence[Sequence[Any]] = (),
        *,
        is_unpickled: bool = False,
        unique_filters: Sequence[Callable[[Any], Any]] | None = None,
    ) -> None:
        self.names = tuple(names)
        self.objects = objects
        self.is_unpickled = is_unpickled
        self.unique_filters = unique_filters
        self._lookup: dict[Any, int] | None = None

    @property
    def lookup(self) -> dict[Any, int]:
        """Position by name or object; `AMBIGUOUS` where a name belongs to several columns of a statement."""
        if self._lookup is None:
            self._lookup = self._build()
        return self._lookup

    def _build(self) -> dict[Any, int]:
        found: dict[Any, int] = {}
        for position, keys in enumerate(self.objects):
            for key in keys:
                found.setdefault(key, position)
        named: dict[str, int] = {}
        for position, name in enumerate(self.names):
            is_double = name in named and bool(self.objects)
            named[name] = AMBIGUOUS if is_double else position
        found.update(named)
        return found

    def position(self, key: Any) -> int:
        """The position of a column given by name or object; raises NoSuchColumnError."""
        try:
            position = self.lookup.get(key)
        except TypeError:
            position = None
        if position is None:
            self.fail_missing(key)
        if position == AMBIGUOUS:
            raise InvalidRequestError(f"Ambiguous column name '{key}' in result set column descriptions")
        return position

    def index(self, key: Any) -> int:
        """The position of a column given by name, object or number (negative ones count from the end)."""
        if type(key) is int:
            return range(len(self.names))[key] if -len(self.names) <= key < len(self.names) else _out_of_range()
        return self.position(key)

    def fail_missing(self, key: Any) -> NoReturn:
        """Raise NoSuchColumnError for a key."""
        if self.is_unpickled and not isinstance(key, (str, int)):
            raise NoSuchColumnError("Row was unpickled; lookup by ColumnElement is unsupported")
        raise NoSuchColumnError(f"Could not locate column in row for column '{key}'")

    def has(self, key: Any) -> bool:
        """Whether a name or object finds a column."""
        try:
            return key in self.lookup
        except TypeError:
            return False

    def select(self, positions: Sequence[int]) -> RowKeys:
        """The keys of a result reduced to some columns."""
        names = [self.names[position] for position in positions]
        objects = [self.objects[position] for position in positions] if self.objects else ()
        filters = self.unique_filters and [self.unique_filters[position] for position in positions]
        return RowKeys(names, objects, is_unpickled=self.is_unpickled, unique_filters=filters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowKeys) and self.names == other.names

    def __hash__(self) -> int:
        return hash(self.names)


def _out_of_range() -> NoReturn:
    raise IndexError("list index out of range")


class RMKeyView(KeysView[str]):
    """The names of a result's columns; `in` also takes the objects that find a column."""

    __slots__ = ("_row_keys",)

    def __init__(self, parent: RowKeys) -> None:
        self._row_keys = parent

    def __len__(self) -> int:
        return len(self._row_keys.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row_keys.names)

    def __contains__(self, key: object) -> bool:
        return not isinstance(key, int) and self._row_keys.has(key)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (KeysView, list, tuple)):
            return NotImplemented
        return list(cast("Iterable[Any]", other)) == list(self)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._row_keys)

    def __repr__(self) -> str:
        return f"RMKeyView({list(self)!r})"
