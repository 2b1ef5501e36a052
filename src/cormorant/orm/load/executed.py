"""The rows of an executed statement become the result that a program gets.

In: a session, the statement's plan and the driver's cursor. Out: a `LoadedResult` over objects and rows; with a chunk
size, a result that loads while it is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any

from ...exc import InvalidRequestError
from .described import described
from .follow import finish
from .kept import loader_for
from .loader import Loader, LoadResult, Origin
from .options import NOTHING, follow_options, under
from .populating import drop_the_rest
from .protocol import LoadSession, Run
from .result import ChunkedResult, LoadedResult, Shape, new_result, shape_of


def loaded_result(
    session: LoadSession,
    plan: Any,
    cursor: Any,
    *,
    is_refresh: bool = False,
    is_whole: bool = False,
    statement: Any = None,
    run: Run | None = None,
    options: Mapping[str, Any] = NOTHING,
) -> LoadedResult:
    """Load all rows and close the cursor; what follows them is loaded when the first one is fetched.

    `is_refresh` overwrites objects in memory, `is_whole` drops what the rows lack. `statement` is what was executed,
    for follow-ups that embed it; `run` is its execution, None where all rows are in memory. `options` hold for what
    follows, too.
    """
    key: Any = ("peers", is_refresh) if session.fetches_peers else is_refresh
    try:
        loader, shape = plan.compiled.load_plan.memo[key]
    except KeyError:
        loader, shape = _made(plan, cursor, is_refresh, key)
    items, result = loader.load(cursor, session, run)
    cursor.close()
    if is_whole:
        drop_the_rest(loader.plan, items)
    made = new_result(shape, items)
    if result is not None:
        if statement is not None and run is not None:
            result.origin = Origin(statement, run[3], plan.compiled.statement, token=session.identity.current)
        made._finish = partial(_finish, session, is_refresh, run, options, result)
    return made


def _finish(
    session: LoadSession, is_refresh: bool, run: Run | None, options: Mapping[str, Any], result: LoadResult
) -> None:
    """Load what follows, under the options of the statement that it follows."""
    if run is None or not (kept := follow_options(options)):
        finish(session, result, is_refresh=is_refresh)
        return
    with under(session, run[0], kept):
        finish(session, result, is_refresh=is_refresh)


def _kept_for(session: LoadSession, plan: Any, cursor: Any, is_refresh: bool) -> tuple[Loader, Shape]:
    """Return the loader of a planned statement and the shape of its results, found once."""
    key: Any = ("peers", is_refresh) if session.fetches_peers else is_refresh
    try:
        kept: tuple[Loader, Shape] = plan.compiled.load_plan.memo[key]
    except KeyError:
        kept = _made(plan, cursor, is_refresh, key)
    return kept


def _made(plan: Any, cursor: Any, is_refresh: bool, key: Any) -> tuple[Loader, Shape]:
    try:
        plan = described(plan, cursor)
    except BaseException:
        cursor.close()
        raise
    memo: dict[Any, Any] = plan.compiled.load_plan.memo
    if key not in memo:
        loader = loader_for(plan, is_refresh=is_refresh, makes_rows=True, groups=key is not is_refresh)
        memo[key] = (loader, shape_of(plan))
    kept: tuple[Loader, Shape] = memo[key]
    return kept


def chunked_result(
    session: LoadSession,
    plan: Any,
    cursor: Any,
    size: int,
    *,
    is_refresh: bool = False,
    run: Run | None = None,
    options: Mapping[str, Any] = NOTHING,
) -> LoadedResult:
    """Load `size` rows at a time while the result is fetched; closing it closes the cursor."""
    loader, shape = _kept_for(session, plan, cursor, is_refresh)
    is_asked_for = bool(options.get("yield_per"))
    if loader.needs_all_rows and not is_asked_for:
        return loaded_result(session, plan, cursor, is_refresh=is_refresh, run=run, options=options)
    if loader.needs_all_rows:
        raise InvalidRequestError(
            "Can't use yield_per with eager loaders that require uniquing or row buffering, e.g. joinedload() against "
            "collections or subqueryload().  Consider the selectinload() strategy for better flexibility in loading "
            "objects."
        )
    after = partial(_finish, session, is_refresh, run, options)
    return ChunkedResult(
        shape,
        _chunks(session, loader, cursor, size, run, after, session.identity.current),
        size,
        cursor,
        is_asked_for=is_asked_for,
    )


def _chunks(
    session: LoadSession,
    loader: Loader,
    cursor: Any,
    size: int,
    run: Run | None,
    after: Callable[[LoadResult], None],
    token: Any,
) -> Iterator[list[Any]]:
    chunks = loader.chunks(cursor, session, size, run)
    while True:
        with nullcontext() if token is None else session.identity.under(token):
            result = next(chunks, None)
            if result is None:
                return
            if not loader.is_simple:
                after(result)
        yield result.items
