"""The views of a result: rows, scalars, mappings, tuples.

A result is a source and its own view of rows; `scalars()` and `mappings()` return views that fetch from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, Literal, Self, TypeVar, TypeVarTuple, Unpack, overload

from ...util import warn_deprecated
from ..keys import RMKeyView, RowKeys
from ..row import Row, RowMapping, row_class
from .fetching import Fetching, Strategy

_NO_TUPLES = "The Result.{} method is deprecated, Row now behaves like a tuple and can unpack types directly."

ValueT = TypeVar("ValueT")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
AnyRow = Row[Unpack[tuple[Any, ...]]]


class RowsView(Fetching[Row[Unpack[Ts]]], Generic[Unpack[Ts]]):
    """A source seen as rows: all of `Result` but what makes new results of it."""

    _keys: RowKeys
    _positions: tuple[int, ...] | None = None
    _rows_are_scalars: bool = False
    _row_type: type[AnyRow] | None = None
    _reduced_type: type[AnyRow] | None = None

    def __init__(self, cursor_metadata: RowKeys) -> None:
        self._keys = cursor_metadata

    # shape ------------------------------------------------------------------------------------------------------

    def _rows(self, raw: list[Any]) -> list[Any]:
        """Rows with all columns of the source, from raw ones."""
        made = self._row_type
        if made is None:
            made = self._row_type = row_class(self._keys)
        if self._rows_are_scalars:
            return [made((value,)) for value in raw]
        return list(map(made, raw))

    def _column(self, raw: list[Any], position: int) -> list[Any]:
        """The values of one column of the source, from raw rows."""
        return raw if self._rows_are_scalars else [row[position] for row in raw]

    def _shape(self, raw: list[Any]) -> list[Any]:
        if self._positions is None:
            return self._rows(raw)
        return self._reduced(self._rows(raw))

    def _reduced(self, rows: list[Any]) -> list[Any]:
        positions = self._positions or ()
        made = self._reduced_type
        if made is None:
            made = self._reduced_type = row_class(self._visible_keys())
        return [made([row[position] for position in positions]) for row in rows]

    def _visible_keys(self) -> RowKeys:
        keys = self._keys
        return keys if self._positions is None else keys.select(self._positions)

    def _source_position(self, key: Any) -> int:
        position = self._visible_keys().index(key)
        return position if self._positions is None else self._positions[position]

    def _unique_strategy(self, strategy: Strategy | None) -> Strategy | None:
        filters = self._visible_keys().unique_filters
        if strategy is not None or filters is None:
            return strategy
        return lambda row: tuple([function(value) for function, value in zip(filters, row, strict=True)])

    # description ------------------------------------------------------------------------------------------------

    def keys(self) -> RMKeyView:
        """The names of the columns."""
        return RMKeyView(self._visible_keys())

    def columns(self, *col_expressions: Any) -> Self:
        """Limit the rows to these columns (names, positions, Column objects), in this order."""
        self._positions = tuple([self._source_position(key) for key in col_expressions])
        self._reduced_type = None
        if self._uniques is not None:
            self._set_unique(self._uniques.given)
        return self

    def unique(self, strategy: Strategy | None = None) -> Self:
        """Let each row come out once, compared by itself or by `strategy(row)`."""
        self._set_unique(strategy)
        return self

    def yield_per(self, num: int) -> Self:
        """Fetch this many rows at a time when iterating."""
        self._fetch_size = num
        return self

    # views ------------------------------------------------------------------------------------------------------

    @overload
    def scalars(self: RowsView[T, Unpack[tuple[Any, ...]]], index: Literal[0] = 0) -> ScalarResult[T]: ...
    @overload
    def scalars(self, index: Any = 0) -> ScalarResult[Any]: ...
    def scalars(self, index: Any = 0) -> ScalarResult[Any]:
        """The values of one column instead of rows."""
        return ScalarResult(self, index)

    def mappings(self) -> MappingResult:
        """The rows as dictionaries."""
        return MappingResult(self)

    @property
    def t(self) -> Self:
        """The result itself: rows are tuples."""
        warn_deprecated(_NO_TUPLES.format("t"), "2.1.0")
        return self

    def tuples(self) -> Self:
        """The result itself: rows are tuples."""
        warn_deprecated(_NO_TUPLES.format("tuples()"), "2.1.0")
        return self

    # fetching ---------------------------------------------------------------------------------------------------

    def all(self) -> Sequence[Row[Unpack[Ts]]]:
        """All remaining rows."""
        return self._all()

    def fetchall(self) -> Sequence[Row[Unpack[Ts]]]:
        """All remaining rows."""
        return self._all()

    def fetchmany(self, size: int | None = None) -> Sequence[Row[Unpack[Ts]]]:
        """At most `size` rows; an empty list at the end."""
        return self._many(size)

    def fetchone(self) -> Row[Unpack[Ts]] | None:
        """The next row, or None at the end."""
        found = self._next()
        return found[0] if found else None

    def first(self) -> Row[Unpack[Ts]] | None:
        """The first row or None; closes the result."""
        found: Row[Unpack[Ts]] | None = self._first()
        return found

    def one(self) -> Row[Unpack[Ts]]:
        """The only row; NoResultFound or MultipleResultsFound otherwise."""
        found: Row[Unpack[Ts]] = self._one()
        return found

    def one_or_none(self) -> Row[Unpack[Ts]] | None:
        """The only row, or None; MultipleResultsFound where there are several."""
        found: Row[Unpack[Ts]] | None = self._one(or_none=True)
        return found

    @overload
    def scalar(self: RowsView[T, Unpack[tuple[Any, ...]]]) -> T | None: ...
    @overload
    def scalar(self) -> Any: ...
    def scalar(self) -> Any:
        """The first column of the first row, or None; closes the result."""
        found = self._next()
        self.close()
        return found[0][0] if found else None

    @overload
    def scalar_one(self: RowsView[T, Unpack[tuple[Any, ...]]]) -> T: ...
    @overload
    def scalar_one(self) -> Any: ...
    def scalar_one(self) -> Any:
        """The first column of the only row."""
        return self._one()[0]

    @overload
    def scalar_one_or_none(self: RowsView[T, Unpack[tuple[Any, ...]]]) -> T | None: ...
    @overload
    def scalar_one_or_none(self) -> Any: ...
    def scalar_one_or_none(self) -> Any:
        """The first column of the only row, or None."""
        found = self._one(or_none=True)
        return found[0] if found is not None else None

    def partitions(self, size: int | None = None) -> Iterator[Sequence[Row[Unpack[Ts]]]]:
        """The remaining rows in lists of `size`."""
        return self._partitions(size)

    def __iter__(self) -> Iterator[Row[Unpack[Ts]]]:
        return self._iterate()

    def __next__(self) -> Row[Unpack[Ts]]:
        found = self._next()
        if not found:
            raise StopIteration
        row: Row[Unpack[Ts]] = found[0]
        return row

    @property
    def closed(self) -> bool:
        """Whether close() was called, by the program or by a method that fetches at most one row."""
        raise AssertionError("a source defines this")


class FilterResult(Fetching[ValueT]):
    """A view that fetches from a result and gives something else than rows."""

    def __init__(self, result: RowsView[Unpack[tuple[Any, ...]]]) -> None:
        self._real_result = result
        self._fetch_size = result._fetch_size
        if result._uniques is not None:
            self._set_unique(result._uniques.given)

    def _raw_all(self) -> list[Any]:
        return self._real_result._raw_all()

    def _raw_many(self, size: int | None) -> list[Any]:
        return self._real_result._raw_many(size)

    def _raw_one(self) -> Any:
        return self._real_result._raw_one()

    def close(self) -> None:
        """Close the result below."""
        self._real_result.close()

    @property
    def closed(self) -> bool:
        """Whether the result below is closed."""
        return self._real_result.closed

    def yield_per(self, num: int) -> Self:
        """Fetch this many rows at a time when iterating."""
        self._fetch_size = num
        self._real_result.yield_per(num)
        return self

    def unique(self, strategy: Strategy | None = None) -> Self:
        """Let each value come out once, compared by itself or by `strategy(value)`."""
        self._set_unique(strategy)
        return self

    def all(self) -> Sequence[ValueT]:
        """All remaining values."""
        return self._all()

    def fetchall(self) -> Sequence[ValueT]:
        """All remaining values."""
        return self._all()

    def fetchmany(self, size: int | None = None) -> Sequence[ValueT]:
        """At most `size` values; an empty list at the end."""
        return self._many(size)

    def first(self) -> ValueT | None:
        """The first value or None; closes the result."""
        found: ValueT | None = self._first()
        return found

    def one(self) -> ValueT:
        """The only value; NoResultFound or MultipleResultsFound otherwise."""
        found: ValueT = self._one()
        return found

    def one_or_none(self) -> ValueT | None:
        """The only value, or None; MultipleResultsFound where there are several."""
        found: ValueT | None = self._one(or_none=True)
        return found

    def partitions(self, size: int | None = None) -> Iterator[Sequence[ValueT]]:
        """The remaining values in lists of `size`."""
        return self._partitions(size)

    def __iter__(self) -> Iterator[ValueT]:
        return self._iterate()

    def __next__(self) -> ValueT:
        found = self._next()
        if not found:
            raise StopIteration
        value: ValueT = found[0]
        return value


class ScalarResult(FilterResult[ValueT]):
    """One column of a result."""

    def __init__(self, real_result: RowsView[Unpack[tuple[Any, ...]]], index: Any) -> None:
        self._position = real_result._source_position(index)
        super().__init__(real_result)

    def _shape(self, raw: list[Any]) -> list[Any]:
        return self._real_result._column(raw, self._position)

    def _unique_strategy(self, strategy: Strategy | None) -> Strategy | None:
        filters = self._real_result._keys.unique_filters
        return strategy if strategy is not None or filters is None else filters[self._position]


class MappingResult(FilterResult[RowMapping]):
    """The rows of a result as dictionaries."""

    def _shape(self, raw: list[Any]) -> list[Any]:
        return list(map(RowMapping, self._real_result._shape(raw)))

    def keys(self) -> RMKeyView:
        """The names of the columns."""
        return self._real_result.keys()

    def columns(self, *col_expressions: Any) -> Self:
        """Limit the dictionaries to these columns."""
        self._real_result.columns(*col_expressions)
        return self

    def fetchone(self) -> RowMapping | None:
        """The next row, or None at the end."""
        found = self._next()
        return found[0] if found else None
