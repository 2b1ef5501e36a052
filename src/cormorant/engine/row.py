"""Rows: tuples whose columns also have names.

In: RowKeys. Out: a subclass of `Row` generated for them, whose instances cost no more than tuples and read a column by
attribute at the speed of a named tuple; and `RowMapping`, the same row seen as a dictionary. The values of a row are
converted already.
"""

from __future__ import annotations

import builtins
import collections
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, ClassVar, Self, TypeVarTuple, Unpack, cast

from ..util import warn_deprecated
from .keys import AMBIGUOUS, RMKeyView, RowKeys

Ts = TypeVarTuple("Ts")

_OWN_NAMES = frozenset({"_fields", "_mapping", "_asdict", "_t", "_tuple", "_keys"})


class Row(tuple[Unpack[Ts]]):
    """One row: a tuple whose columns are attributes too; `_mapping` is the row as a dictionary."""

    __slots__ = ()

    _keys: ClassVar[RowKeys] = RowKeys(())
    _fields: ClassVar[tuple[str, ...]] = ()

    @property
    def _mapping(self) -> RowMapping:
        """The row as a read-only dictionary, which is found by Column objects too."""
        return RowMapping(self)

    def _asdict(self) -> dict[str, Any]:
        """A new dictionary of the row."""
        return dict(named_items(self))

    @property
    def _t(self) -> Self:
        """The row itself: rows are tuples."""
        return self._old("Row._t attribute")

    def _tuple(self) -> Self:
        """The row itself: rows are tuples."""
        return self._old("Row._tuple() method")

    @property
    def t(self) -> Self:
        """The row itself: rows are tuples."""
        return self._underscored("Row.t attribute", "Row._t")._t

    def tuple(self) -> Self:
        """The row itself: rows are tuples."""
        return self._underscored("Row.tuple() method", "Row._tuple()")._tuple()

    def _underscored(self, name: str, other: str) -> Self:
        warn_deprecated(
            f"The {name} is deprecated in favor of {other}; all Row methods and library-level attributes are intended "
            f"to be underscored to avoid name conflicts.  Please use {other}.",
            "2.0.19",
        )
        return self

    def _old(self, name: str) -> Self:
        warn_deprecated(
            f"The {name} is deprecated, Row now behaves like a tuple and can unpack types directly.", "2.1.0"
        )
        return self

    def __getattr__(self, name: str) -> Any:
        position = self._keys.lookup.get(name)
        if position is None:
            raise AttributeError(f"Could not locate column in row for column '{name}'")
        return self[self._keys.position(name)]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("can't set attribute")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("can't delete attribute")

    def __reduce__(self) -> Any:
        return restore_row, (self._keys.names, builtins.tuple(cast("Iterable[Any]", self)))


def named_items(row: Row[Unpack[builtins.tuple[Any, ...]]]) -> Iterator[builtins.tuple[str, Any]]:
    """The values of a row that have names, with them."""
    keys = row._keys
    values = cast("Iterable[Any]", row)
    if keys.visible is keys.names:
        return zip(keys.visible, values, strict=True)
    return ((name, value) for name, value in zip(keys.names, values, strict=True) if name is not None)


def _attribute_factory() -> Any:
    """The descriptor that named tuples use, where the interpreter has a fast one; else a property."""
    factory: Any = getattr(collections, "_tuplegetter", None)
    return _property if factory is None else factory


def _property(position: int, doc: str) -> property:
    return property(itemgetter(position), doc=doc)


_attribute = _attribute_factory()


def _ambiguous(name: str) -> property:
    """An attribute that tells that its name belongs to several columns."""

    def fail(row: Any) -> Any:
        return row._keys.position(name)

    return property(fail)


def row_class(keys: RowKeys) -> type[Row[Unpack[tuple[Any, ...]]]]:
    """A class of rows for these keys; `row_class(keys)(values)` makes a row."""
    namespace: dict[str, Any] = {"__slots__": (), "__module__": __name__, "_keys": keys, "_fields": keys.visible}
    for position, name in enumerate(keys.names):
        if name is None or name in _OWN_NAMES or (name.startswith("__") and name.endswith("__")):
            continue
        if keys.lookup[name] == AMBIGUOUS:
            namespace[name] = _ambiguous(name)
        else:
            namespace[name] = _attribute(position, name)
    return cast("type[Row[Unpack[tuple[Any, ...]]]]", type("Row", (Row,), namespace))


_named_classes: dict[tuple[str | None, ...], type[Row[Unpack[tuple[Any, ...]]]]] = {}
_NAMED_LIMIT = 1000


def named_row_class(names: tuple[str | None, ...]) -> type[Row[Unpack[tuple[Any, ...]]]]:
    """The shared class of rows that know nothing but names (textual SQL, unpickled rows)."""
    made = _named_classes.get(names)
    if made is None:
        if len(_named_classes) >= _NAMED_LIMIT:
            _named_classes.clear()
        made = _named_classes.setdefault(names, row_class(RowKeys(names)))
    return made


_restored_classes: dict[tuple[str | None, ...], type[Row[Unpack[tuple[Any, ...]]]]] = {}


def restore_row(names: tuple[str | None, ...], values: tuple[Any, ...]) -> Row[Unpack[tuple[Any, ...]]]:
    """An unpickled row."""
    made = _restored_classes.get(names)
    if made is None:
        if len(_restored_classes) >= _NAMED_LIMIT:
            _restored_classes.clear()
        made = _restored_classes.setdefault(names, row_class(RowKeys(names, is_unpickled=True)))
    return made(values)


class RowMapping(Mapping[Any, Any]):
    """A row as a read-only dictionary: keys are names, look-up takes Column objects too."""

    __slots__ = ("_row",)

    def __init__(self, row: Row[Unpack[tuple[Any, ...]]]) -> None:
        self._row = row

    def __getitem__(self, key: Any) -> Any:
        keys = self._row._keys
        if isinstance(key, int):
            keys.fail_missing(key)
        return self._row[keys.position(key)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row._fields)

    def __len__(self) -> int:
        return len(self._row._fields)

    def __contains__(self, key: object) -> bool:
        return not isinstance(key, int) and self._row._keys.has(key)

    def keys(self) -> RMKeyView:
        """The names, in order."""
        return RMKeyView(self._row._keys)

    def values(self) -> ROMappingKeysValuesView:  # type: ignore[override] # compares as a list, which views do not
        """The values, in order."""
        return ROMappingKeysValuesView(self, list(self._row))

    def items(self) -> ROMappingItemsView:  # type: ignore[override] # the same
        """The pairs of name and value, in order."""
        return ROMappingItemsView(self, list(named_items(self._row)))

    def __eq__(self, other: object) -> bool:
        return self._row._asdict() == other

    def __hash__(self) -> int:
        return hash(self._row)

    def __repr__(self) -> str:
        return repr(dict(self.items()))

    def __reduce__(self) -> Any:
        return RowMapping, (self._row,)


class ROMappingView:
    """What the views of a `RowMapping` share: they compare as lists."""

    __slots__ = ("_items", "_mapping")

    def __init__(self, mapping: Mapping[Any, Any], items: list[Any]) -> None:
        self._mapping = mapping
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (ROMappingView, list, tuple)):
            return NotImplemented
        return list(cast("Iterable[Any]", other)) == self._items

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._mapping!r})"


class ROMappingKeysValuesView(ROMappingView):
    """The values of a row mapping."""

    __slots__ = ()


class ROMappingItemsView(ROMappingView):
    """The items of a row mapping."""

    __slots__ = ()


NONE_SET = frozenset([None])
"""What is treated as no value where a row of an entity is judged."""


def result_tuple(fields: Sequence[str], extra: Any = None) -> Callable[[Iterable[Any]], Row[Unpack[tuple[Any, ...]]]]:
    """A function that makes rows of these columns; `extra` are further objects that find each column."""
    return row_class(RowKeys(fields, extra or ()))


BaseRow = Row
RowProxy = Row
__all__ = [
    "NONE_SET", "BaseRow", "ROMappingItemsView", "ROMappingKeysValuesView", "ROMappingView", "Row", "RowMapping",
    "RowProxy", "result_tuple", "named_row_class", "restore_row", "row_class",
]  # fmt: skip
