"""Results of statements that write rows of mapped classes: of one execution, or of several put together.

In: results of the connection. Out: one result: objects where RETURNING names classes, rows where it names columns, else
only a row count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from ...engine.keys import RowKeys
from ...engine.results.iterators import IteratorResult
from ...exc import ResourceClosedError
from ..load.executed import loaded_result
from ..load.result import LoadedResult, shape_of

NO_ROWS = "This result object does not return rows. It has been closed automatically."


class WrittenResult(IteratorResult[Any]):
    """What is left of statements without RETURNING: how many rows they met."""

    returns_rows = False

    def __init__(self, rowcount: int, executed: Any = None) -> None:
        super().__init__(RowKeys(()), ())
        self.rowcount = rowcount
        self.executed = executed
        """The result of the one statement that was executed, None for several."""

    def _raw_all(self) -> NoReturn:
        raise ResourceClosedError(NO_ROWS)

    def _raw_many(self, size: int | None) -> NoReturn:
        raise ResourceClosedError(NO_ROWS)

    def _raw_one(self) -> NoReturn:
        raise ResourceClosedError(NO_ROWS)


def orm_result(session: Any, result: Any, *, is_refresh: bool = False) -> Any:
    """Return the result of one execution with objects in the place of their columns."""
    if not result.returns_rows or (plan := result._plan).compiled.load_plan is None:
        return result
    return loaded_result(session, plan, result.cursor, is_refresh=is_refresh)


def joined_results(session: Any, results: Sequence[Any], *, is_refresh: bool = False) -> Any:
    """Return the results of several executions of one statement as one."""
    if len(results) == 1:
        return orm_result(session, results[0], is_refresh=is_refresh)
    if not results[0].returns_rows:
        return WrittenResult(sum(max(result.rowcount, 0) for result in results))
    loaded = [orm_result(session, result, is_refresh=is_refresh) for result in results]
    first = loaded[0]
    if not isinstance(first, LoadedResult):
        return first.merge(*loaded[1:])
    plan = results[0]._plan
    shape = shape_of(plan)
    return LoadedResult(shape, [item for result in loaded for item in result._raw_all()])
