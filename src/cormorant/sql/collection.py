"""Collections of columns: `table.c`, by attribute, key and position, with lookup of the column that stands for another.

In: columns under keys. Out: the same, in order. Columns whose key is no method of the collection are also attributes of
the object, so that `table.c.id` is an ordinary attribute access.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

from ..exc import ArgumentError
from .kinds import is_sequence

Pairs = Iterable[tuple[str | None, Any]]


class ColumnCollection:
    """Columns in order; several may share a key, then the key finds the first. Read only."""

    __slots__ = ("__dict__", "__weakref__", "_by_key", "_entries")

    _entries: list[tuple[str | None, Any]]
    _by_key: dict[str | None, Any]

    def __init__(self, columns: Pairs | None = None) -> None:
        self._entries = []
        self._by_key = {}
        for key, column in columns or ():
            self._append(key, column)

    def _append(self, key: str | None, column: Any) -> None:
        self._entries.append((key, column))
        if key not in self._by_key:
            self._by_key[key] = column
            if isinstance(key, str) and not hasattr(type(self), key):
                self.__dict__[key] = column

    def _reset(self, entries: Iterable[tuple[str | None, Any]]) -> None:
        kept = list(entries)
        self._entries = []
        self._by_key = {}
        self.__dict__.clear()
        for key, column in kept:
            self._append(key, column)

    def keys(self) -> list[str | None]:
        """Return the keys in order."""
        return [key for key, _ in self._entries]

    def values(self) -> list[Any]:
        """Return the columns in order."""
        return [column for _, column in self._entries]

    def items(self) -> list[tuple[str | None, Any]]:
        """Return pairs of key and column in order."""
        return list(self._entries)

    def __iter__(self) -> Iterator[Any]:
        return iter([column for _, column in self._entries])

    def __len__(self) -> int:
        return len(self._entries)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("_by_key", "_entries"):
            raise AttributeError(name)
        try:
            return self._by_key[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self._by_key[key]
        if isinstance(key, int):
            return self._at(key)
        if isinstance(key, slice):
            return ColumnCollection(self._entries[key])
        if is_sequence(key):
            return ColumnCollection([self._entry(part) for part in key])
        return self._by_key[key]

    def _at(self, position: int) -> Any:
        try:
            return self._entries[position][1]
        except IndexError:
            raise IndexError(position) from None

    def _entry(self, key: Any) -> tuple[str | None, Any]:
        if isinstance(key, int):
            return self._entries[key]
        return key, self._by_key[key]

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            raise ArgumentError("__contains__ requires a string argument: use contains_column() for a column")
        return key in self._by_key

    def contains_column(self, col: Any) -> bool:
        """Tell whether a column is in the collection."""
        if isinstance(col, str):
            raise ArgumentError("contains_column cannot be used with string arguments: use `name in collection`")
        return any(column is col for _, column in self._entries) or any(
            hash(column) == hash(col) for _, column in self._entries
        )

    def get(self, key: str, default: Any = None) -> Any:
        """Return the column under a key, or the default."""
        return self._by_key.get(key, default)

    def compare(self, other: ColumnCollection) -> bool:
        """Tell whether both have the same columns under the same keys."""
        mine, its = self._entries, other._entries
        return len(mine) == len(its) and all(a == b and x is y for (a, x), (b, y) in zip(mine, its, strict=True))

    def __eq__(self, other: object) -> Any:
        if isinstance(other, ColumnCollection):
            return self.compare(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def corresponding_column(self, column: Any, require_embedded: bool = False) -> Any:
        """Return the column that is, or stands for, the given column; None where there is none."""
        return corresponding(self.values(), column, require_embedded)

    def as_readonly(self) -> ColumnCollection:
        """Return the collection for reading."""
        return self

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("_entries", "_by_key"):
            object.__setattr__(self, name, value)
        else:
            self._refuse()

    def __delattr__(self, name: str) -> None:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} object is immutable: its columns are added through their table")

    def __str__(self) -> str:
        shown = [str(column) for _, column in self._entries]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __getstate__(self) -> dict[str, Any]:
        return {"entries": self._entries}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._reset(state["entries"])


ReadOnlyColumnCollection = ColumnCollection


class WriteableColumnCollection(ColumnCollection):
    """The collection that a table fills."""

    __slots__ = ()

    def add(self, column: Any, key: str | None = None) -> None:
        """Add a column at the end, under its own key if none is given."""
        self._append(column.key if key is None else key, column)

    def insert(self, column: Any, index: int, key: str | None = None) -> None:
        """Add a column at a position."""
        entries = list(self._entries)
        entries.insert(index, (column.key if key is None else key, column))
        self._reset(entries)

    def replace(self, column: Any) -> list[Any]:
        """Put a column in place of those with its key or name; return what it replaced."""
        gone = self.named_like(column)
        if not gone:
            self._append(column.key, column)
            return []
        place = next(i for i, (_, old) in enumerate(self._entries) if old is gone[0])
        entries = [(key, old) for key, old in self._entries if not any(old is one for one in gone)]
        entries.insert(min(place, len(entries)), (column.key, column))
        self._reset(entries)
        return gone

    def named_like(self, column: Any) -> list[Any]:
        """Return the columns that have the key or the name of a column."""
        return [old for key, old in self._entries if key == column.key or old.name == column.name]

    def remove(self, column: Any) -> None:
        """Take a column out."""
        self._reset([(key, old) for key, old in self._entries if old is not column])


class DedupeColumnCollection(WriteableColumnCollection):
    """A collection in which a key is there once: what `Table.c` is."""

    __slots__ = ("_names",)

    _names: set[Any] | None
    """The names of the columns; None until somebody asks."""

    def __init__(self, columns: Pairs | None = None) -> None:
        self._forget_names()
        super().__init__(columns)

    def _forget_names(self) -> None:
        object.__setattr__(self, "_names", None)

    def _append(self, key: str | None, column: Any) -> None:
        super()._append(key, column)
        if self._names is not None:
            self._names.add(column.name)

    def _reset(self, entries: Iterable[tuple[str | None, Any]]) -> None:
        self._forget_names()
        super()._reset(entries)

    def named_like(self, column: Any) -> list[Any]:
        names = self._names
        if names is None:
            names = {one.name for _, one in self._entries}
            object.__setattr__(self, "_names", names)
        if column.key not in self._by_key and column.name not in names:
            return []
        return super().named_like(column)


def corresponding(candidates: Sequence[Any], column: Any, require_embedded: bool = False) -> Any:
    """Return the candidate that is the column, or that stands for it by the shortest way."""
    for candidate in candidates:
        if candidate is column:
            return candidate
    wanted = column.proxy_set
    best: Any = None
    best_rank = (0, 0)
    for candidate in candidates:
        shared = wanted & candidate.proxy_set
        if not shared or (require_embedded and not wanted_is_embedded(column, candidate)):
            continue
        rank = (len(shared), -len(candidate.proxy_set))
        if best is None or rank > best_rank:
            best, best_rank = candidate, rank
    return best


def wanted_is_embedded(column: Any, candidate: Any) -> bool:
    """Tell whether the candidate stands for all that the column stands for."""
    return all(one in candidate.proxy_set for one in column.proxy_set if not one.proxies or one is column)
