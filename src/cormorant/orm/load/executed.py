"""The rows of an executed statement become the result that a program gets.

In: a session, the statement's plan and the driver's cursor. Out: a `LoadedResult` over objects and rows; with a chunk
size, a result that loads while it is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ...exc import InvalidRequestError
from .follow import finish
from .kept import loader_for
from .loader import Loader
from .protocol import LoadSession
from .result import ChunkedResult, LoadedResult, shape_of


def loaded_result(session: LoadSession, plan: Any, cursor: Any, *, is_refresh: bool = False) -> LoadedResult:
    """Load all rows and close the cursor; what follows them is loaded when the first one is fetched.

    `is_refresh` overwrites objects in memory.
    """
    loader = loader_for(plan, is_refresh=is_refresh, makes_rows=True)
    items, result = loader.load(cursor, session)
    cursor.close()
    follow_up = None if result is None else partial(finish, session, result, is_refresh=is_refresh)
    return LoadedResult(shape_of(loader.plan, plan.layout(()).keys.names), items, finish=follow_up)


def chunked_result(
    session: LoadSession, plan: Any, cursor: Any, size: int, *, is_refresh: bool = False, raw: Any = None
) -> LoadedResult:
    """Load `size` rows at a time while the result is fetched; closing it closes `raw`, or the given cursor."""
    loader = loader_for(plan, is_refresh=is_refresh, makes_rows=True)
    if loader.needs_unique:
        raise InvalidRequestError(
            "Can't use yield_per with eager loaders that require uniquing or row buffering, e.g. joinedload() against "
            "collections or subqueryload().  Consider the selectinload() strategy for better flexibility in loading "
            "objects."
        )
    shape = shape_of(loader.plan, plan.layout(()).keys.names)
    return ChunkedResult(
        shape, _chunks(session, loader, cursor, size, is_refresh), size, cursor if raw is None else raw
    )


def _chunks(session: LoadSession, loader: Loader, cursor: Any, size: int, is_refresh: bool) -> Iterator[list[Any]]:
    for result in loader.chunks(cursor, session, size):
        if not loader.is_simple:
            finish(session, result, is_refresh=is_refresh)
        yield result.items
