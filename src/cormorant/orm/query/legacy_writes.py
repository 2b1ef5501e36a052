"""UPDATE and DELETE by a `Query`: `session.query(User).filter(..).update({..})`.

In: a query and what to set. Out: how many rows were written to. The statement is an ORM-enabled UPDATE or DELETE,
run by the session; the events of queries and the session's bulk events are told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...exc import ArgumentError
from ...sql.dml import Delete, Update
from ...sql.kinds import is_mapping
from ..mapping.entity import EntityNode
from .legacy_checks import require_writable
from .legacy_events import BulkDelete, BulkUpdate, WriteContext, after_write, before_write


def run_update(query: Any, values: Any, synchronize_session: Any, update_args: Mapping[str, Any] | None) -> int:
    """Update the rows of a query."""
    options = dict(update_args or {})
    is_ordered = bool(options.pop("preserve_parameter_order", False))
    context = BulkUpdate(query, dict(values) if is_mapping(values) else values)
    before_write("before_compile_update", context)

    def statement(entity: Any) -> Any:
        made = Update(entity)
        made = made.ordered_values(*_pairs(context.values)) if is_ordered else made.values(context.values)
        return made.with_dialect_options(**options)

    return _write("after_bulk_update", context, statement, synchronize_session)


def _pairs(values: Any) -> Any:
    return values.items() if is_mapping(values) else values


def run_delete(query: Any, synchronize_session: Any, delete_args: Mapping[str, Any] | None) -> int:
    """Delete the rows of a query."""
    context = BulkDelete(query)
    before_write("before_compile_delete", context)
    return _write(
        "after_bulk_delete",
        context,
        lambda entity: Delete(entity).with_dialect_options(**delete_args or {}),
        synchronize_session,
    )


def written_entity(query: Any) -> Any:
    """Return the class that a query of one class is about; raises ArgumentError for any other query."""
    nodes = query._select.raw_columns
    if len(nodes) != 1:
        raise TypeError(f"a query writes to one class, and this one has {len(nodes)} items: query the class alone")
    (node,) = nodes
    if isinstance(node, EntityNode):
        return node.entity.entity
    if node.is_from_clause:
        return node
    raise ArgumentError(f"subject table for an INSERT, UPDATE or DELETE expected, got {node!r}.")


def _write(event: str, context: WriteContext, make: Callable[[Any], Any], synchronize_session: Any) -> int:
    query = context.query
    require_writable(query._select)
    statement = make(written_entity(query)).where(*query._select.where_criteria)
    options = {**query._load_options, **query._options, "synchronize_session": synchronize_session}
    context.result = query.session.execute(statement, query._params or None, execution_options=options)
    after_write(event, context)
    found: int = context.result.rowcount
    context.result.close()
    return found
