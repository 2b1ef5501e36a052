"""Results over rows that are in memory or come from an iterator: what the ORM and `merge()`, `freeze()` give out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, ClassVar, NoReturn, Self, TypeVarTuple, Unpack

from ...exc import InvalidRequestError, ResourceClosedError
from ...util.generics import SUBSCRIPTED
from ..keys import RowKeys
from .views import MappingResult, RowsView, ScalarResult

Ts = TypeVarTuple("Ts")


class Result(RowsView[Unpack[Ts]]):
    """Rows of a statement. Fetched once: what was fetched does not come again."""

    def freeze(self) -> FrozenResult:
        """Fetch all rows and keep them; calling what is returned gives a result over them, any number of times."""
        return FrozenResult(self)

    def merge(self, *others: Result[Unpack[tuple[Any, ...]]]) -> MergedResult[Unpack[Ts]]:
        """One result of the rows of this and then the others."""
        return MergedResult(self._visible_keys(), (self, *others))


AnyResult = Result[Unpack[tuple[Any, ...]]]


class IteratorResult(Result[Unpack[Ts]]):
    """A result over an iterator of tuples; with `_source_supports_scalars` over bare values of a single column."""

    def __init__(
        self,
        cursor_metadata: RowKeys,
        iterator: Iterable[Any],
        raw: AnyResult | None = None,
        _source_supports_scalars: bool = False,
        context: Any = None,
    ) -> None:
        super().__init__(cursor_metadata)
        self.iterator: Iterator[Any] = iter(iterator)
        self.raw = raw
        self.context = context
        self._rows_are_scalars = _source_supports_scalars
        self._is_closed = False

    @property
    def closed(self) -> bool:
        """Whether close() was called, by the program or by a method that fetches at most one row."""
        return self._is_closed

    def close(self) -> None:
        """Close the result, and the one it reads from."""
        self._is_closed = True
        self.iterator = iter(())
        if self.raw is not None:
            self.raw.close()

    def _raw_all(self) -> list[Any]:
        if self._is_closed:
            _fail_closed()
        return list(self.iterator)

    def _raw_many(self, size: int | None) -> list[Any]:
        if self._is_closed:
            _fail_closed()
        return list(self.iterator if size is None else islice(self.iterator, size))

    def _raw_one(self) -> list[Any]:
        if self._is_closed:
            _fail_closed()
        for row in self.iterator:
            return [row]
        return []

    def __getattr__(self, name: str) -> Any:
        # what only the result of a statement has (rowcount, lastrowid ...) comes from the one below
        if name.startswith("_") or self.raw is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self.raw, name)


class ChunkedIteratorResult(IteratorResult[Unpack[Ts]]):
    """A result over a function that yields lists of rows, given the number of rows wanted at a time."""

    def __init__(
        self,
        cursor_metadata: RowKeys,
        chunks: Callable[[int | None], Iterator[Sequence[Any]]],
        source_supports_scalars: bool = False,
        raw: AnyResult | None = None,
        dynamic_yield_per: bool = False,
        context: Any = None,
    ) -> None:
        iterator = chain.from_iterable(chunks(None))
        super().__init__(cursor_metadata, iterator, raw, source_supports_scalars, context)
        self.chunks = chunks
        self.dynamic_yield_per = dynamic_yield_per

    def yield_per(self, num: int) -> Self:
        """Fetch this many rows at a time; called before the first fetch."""
        self._fetch_size = num
        self.iterator = chain.from_iterable(self.chunks(num))
        return self


class MergedResult(IteratorResult[Unpack[Ts]]):
    """The rows of several results of the same columns, one result after the other."""

    def __init__(self, cursor_metadata: RowKeys, results: Sequence[AnyResult]) -> None:
        self._results = results
        if any(result._visible_keys() != cursor_metadata for result in results):
            raise InvalidRequestError("results to merge must have the same columns")
        super().__init__(cursor_metadata, chain.from_iterable(results))

    def close(self) -> None:
        """Close all of the results."""
        super().close()
        for result in self._results:
            result.close()


class FrozenResult:
    """Fetched rows that can be read again: each call gives a new result over them."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

    def __init__(self, result: AnyResult) -> None:
        self.metadata = result._visible_keys()
        self.data: Sequence[Any] = [tuple(row) for row in result.all()]

    def __call__(self) -> IteratorResult[Unpack[tuple[Any, ...]]]:
        return IteratorResult(self.metadata, self.data)

    def with_new_rows(self, tuple_data: Sequence[Sequence[Any]]) -> FrozenResult:
        """A frozen result with the same columns and other rows."""
        new = FrozenResult.__new__(FrozenResult)
        new.metadata, new.data = self.metadata, [tuple(row) for row in tuple_data]
        return new

    def rewrite_rows(self) -> Sequence[Sequence[Any]]:
        """The rows as they are kept."""
        return self.data


class TupleResult(Result[Unpack[Ts]]):
    """The typing view of `Result.tuples()`: a result is one already."""

    def __init__(self) -> None:
        raise InvalidRequestError("TupleResult is a name for type checkers; call Result.tuples()")


def null_result() -> IteratorResult[Unpack[tuple[Any, ...]]]:
    """A result without columns and rows."""
    return IteratorResult(RowKeys(()), ())


def _fail_closed() -> NoReturn:
    raise ResourceClosedError("This result object is closed.")


__all__ = [
    "ChunkedIteratorResult", "FrozenResult", "IteratorResult", "MappingResult", "MergedResult", "ScalarResult",
    "null_result",
]  # fmt: skip
