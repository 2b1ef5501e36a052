"""The events of `Query`: who listens, and what listeners of updates and deletes are told.

In: a query about to run. Out: the query to run, which listeners registered with `retval=True` may have replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...event import hook_table
from ...event.catalogue import QUERY
from ...inspection import inspect

QueryHooks = hook_table("QueryHooks", QUERY)
dispatch: Any = QueryHooks()
"""The listeners on `Query`; each subclass has a table of its own below it."""


def hooks_below(parent: Any) -> Any:
    """Return the table of a subclass."""
    return QueryHooks(parent)


@dataclass
class WriteContext:
    """What listeners learn about an update or delete; `result` is there afterwards."""

    query: Any
    values: Any = field(default_factory=dict[Any, Any])
    result: Any = None

    @property
    def session(self) -> Any:
        """The session of the query."""
        return self.query.session

    @property
    def rowcount(self) -> int:
        """How many rows were written to."""
        count: int = self.result.rowcount
        return count

    @property
    def mapper(self) -> Any:
        """The mapper of the class that is written to."""
        return inspect(self.query._select.raw_columns[0].entity.entity).mapper


class BulkUpdate(WriteContext):
    """The context of an update."""


class BulkDelete(WriteContext):
    """The context of a delete."""


def locate(target: Any, event: str, options: Mapping[str, Any]) -> Iterable[Any]:
    """Return the table of `Query` or of a class below it."""
    return (target.dispatch,)


def adapt(function: Callable[..., Any], event: str, options: Mapping[str, Any]) -> Callable[..., Any]:
    """Return a listener whose result is the query to go on with."""
    if options.get("retval"):
        return function

    def call(query: Any, *context: Any) -> Any:
        function(query, *context)
        return query

    return call


def before_compile(query: Any) -> Any:
    """Return the query to run."""
    for function in query.dispatch.before_compile or ():
        query = function(query) or query
    return query


def before_write(event: str, context: WriteContext) -> None:
    """Have listeners see, and perhaps replace, the query of an update or delete."""
    for function in getattr(context.query.dispatch, event) or ():
        context.query = function(context.query, context) or context.query


def after_write(event: str, context: WriteContext) -> None:
    """Tell the session's listeners of an update or delete."""
    for function in getattr(context.session.hooks, event) or ():
        function(context)
