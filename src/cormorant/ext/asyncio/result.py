"""Results that stream: rows are awaited as they are asked for.

In: a result that reads from the server. Out: the same fetch methods, awaited; iteration with `async for`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Generic, Literal, NoReturn, Self, TypeVar, Unpack, overload

from ...engine.result import FrozenResult, MappingResult, Result, ScalarResult
from ...engine.results.iterators import Ts
from ...engine.row import Row, RowMapping
from ...util.bridge import greenlet_spawn
from .exc import AsyncMethodRequired

RowT = TypeVar("RowT")
T = TypeVar("T")


class _Fetching(Generic[RowT]):
    """What all streaming results do."""

    def __init__(self, real_result: Any) -> None:
        self._real_result: Any = real_result
        self._iterator: Any = None

    @property
    def closed(self) -> bool:
        """Whether the result is closed."""
        return bool(self._real_result.closed)

    async def close(self) -> None:
        """Close the result and the server's cursor."""
        await greenlet_spawn(self._real_result.close)

    def unique(self, strategy: Callable[[Any], Any] | None = None) -> Self:
        """Leave out rows that came before; `strategy` gives what is compared."""
        self._real_result.unique(strategy)
        return self

    def yield_per(self, num: int) -> Self:
        """Fetch so many rows at a time."""
        self._real_result.yield_per(num)
        return self

    async def all(self) -> Sequence[RowT]:
        """Return all rows."""
        found: Sequence[RowT] = await greenlet_spawn(self._real_result.all)
        return found

    async def fetchall(self) -> Sequence[RowT]:
        """Return all rows."""
        return await self.all()

    async def fetchmany(self, size: int | None = None) -> Sequence[RowT]:
        """Return at most `size` rows."""
        found: Sequence[RowT] = await greenlet_spawn(self._real_result.fetchmany, size)
        return found

    async def first(self) -> RowT | None:
        """Return the first row, or None, and close the result."""
        found: RowT | None = await greenlet_spawn(self._real_result.first)
        return found

    async def one(self) -> RowT:
        """Return the only row; raises NoResultFound or MultipleResultsFound."""
        found: RowT = await greenlet_spawn(self._real_result.one)
        return found

    async def one_or_none(self) -> RowT | None:
        """Return the only row or None; raises MultipleResultsFound."""
        found: RowT | None = await greenlet_spawn(self._real_result.one_or_none)
        return found

    async def partitions(self, size: int | None = None) -> AsyncIterator[Sequence[RowT]]:
        """Yield lists of `size` rows."""
        partitions = self._real_result.partitions(size)
        while True:
            part: Any = await greenlet_spawn(_next, partitions)
            if part is _END:
                return
            yield part

    def __aiter__(self) -> AsyncIterator[RowT]:
        return self

    async def __anext__(self) -> RowT:
        if self._iterator is None:
            self._iterator = iter(self._real_result)
        found = await greenlet_spawn(_next, self._iterator)
        if found is _END:
            raise StopAsyncIteration
        row: RowT = found
        return row


_END = object()


def _next(iterator: Any) -> Any:
    return next(iterator, _END)


class AsyncResult(_Fetching[Row[Unpack[Ts]]]):
    """Rows that stream."""

    def keys(self) -> Any:
        """Return the names of the columns."""
        return self._real_result.keys()

    @property
    def t(self) -> AsyncResult[Unpack[Ts]]:
        """The same result, for type checkers one of plain tuples."""
        return self

    def tuples(self) -> AsyncResult[Unpack[Ts]]:
        """Return the same result, for type checkers one of plain tuples."""
        return self

    def columns(self, *col_expressions: Any) -> Self:
        """Keep some columns, in the order given."""
        self._real_result.columns(*col_expressions)
        return self

    async def fetchone(self) -> Row[Unpack[Ts]] | None:
        """Return the next row, or None."""
        row: Row[Unpack[Ts]] | None = await greenlet_spawn(self._real_result.fetchone)
        return row

    @overload
    async def scalar(self: AsyncResult[T, Unpack[tuple[Any, ...]]]) -> T | None: ...
    @overload
    async def scalar(self) -> Any: ...
    async def scalar(self) -> Any:
        """Return the first column of the first row, or None, and close the result."""
        return await greenlet_spawn(self._real_result.scalar)

    @overload
    async def scalar_one(self: AsyncResult[T, Unpack[tuple[Any, ...]]]) -> T: ...
    @overload
    async def scalar_one(self) -> Any: ...
    async def scalar_one(self) -> Any:
        """Return the first column of the only row; raises NoResultFound or MultipleResultsFound."""
        return await greenlet_spawn(self._real_result.scalar_one)

    @overload
    async def scalar_one_or_none(self: AsyncResult[T, Unpack[tuple[Any, ...]]]) -> T | None: ...
    @overload
    async def scalar_one_or_none(self) -> Any: ...
    async def scalar_one_or_none(self) -> Any:
        """Return the first column of the only row, or None; raises MultipleResultsFound."""
        return await greenlet_spawn(self._real_result.scalar_one_or_none)

    async def freeze(self) -> FrozenResult:
        """Return the rows as an object that can be stored and makes results anew."""
        return await greenlet_spawn(self._real_result.freeze)

    @overload
    def scalars(self: AsyncResult[T, Unpack[tuple[Any, ...]]], index: Literal[0] = 0) -> AsyncScalarResult[T]: ...
    @overload
    def scalars(self, index: Any = 0) -> AsyncScalarResult[Any]: ...
    def scalars(self, index: Any = 0) -> AsyncScalarResult[Any]:
        """Return the result of one column."""
        return AsyncScalarResult(self._real_result, index)

    def mappings(self) -> AsyncMappingResult:
        """Return the result whose rows are mappings."""
        return AsyncMappingResult(self._real_result)


class AsyncScalarResult(_Fetching[RowT]):
    """One column that streams."""

    def __init__(self, real_result: Result[Any], index: Any) -> None:
        scalars: ScalarResult[Any] = real_result.scalars(index)
        super().__init__(scalars)


class AsyncMappingResult(_Fetching[RowMapping]):
    """Rows as mappings that stream."""

    def __init__(self, result: Result[Any]) -> None:
        mappings: MappingResult = result.mappings()
        super().__init__(mappings)

    def keys(self) -> Any:
        """Return the names of the columns."""
        return self._real_result.keys()

    def columns(self, *col_expressions: Any) -> Self:
        """Keep some columns, in the order given."""
        self._real_result.columns(*col_expressions)
        return self

    async def fetchone(self) -> RowMapping | None:
        """Return the next row, or None."""
        row: RowMapping | None = await greenlet_spawn(self._real_result.fetchone)
        return row


AsyncTupleResult = AsyncResult


def wants_stream(statement: Any, *options: Mapping[str, Any] | None) -> bool:
    """Tell whether a statement is to be executed with rows left on the server."""
    own: Mapping[str, Any] = statement.get_execution_options() if hasattr(statement, "get_execution_options") else {}
    return any(each.get("stream_results") or each.get("yield_per") for each in (own, *options) if each)


async def refuse_stream(result: Any, owner: str, method: str) -> NoReturn:
    """Close a result that streams, and raise AsyncMethodRequired: its rows could not be awaited."""
    await greenlet_spawn(result.close)
    raise AsyncMethodRequired(
        f"Can't use the {owner}.{method}() method with a server-side cursor. Use the {owner}.stream() method for an "
        "async streaming result set."
    )
