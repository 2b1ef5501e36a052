"""INSERT, UPDATE and DELETE of mapped classes -> the same of tables; RETURNING gives objects where it names a class.

In: a statement whose table is an entity. Out: `Lowered`. Which objects in the session a statement concerns is the
session's business; nothing here knows it.
"""

from __future__ import annotations

from typing import Any

from ...compile.lowering import Lowered
from ...exc import ArgumentError, CompileError
from ...sql.node import deannotate
from ..mapping.entity import EntityNode
from .criteria import Criteria, everywhere_in
from .froms import core_from
from .returning import returned_items


def _table_of(node: Any) -> Any:
    """Return the table that a statement writes."""
    if not isinstance(node, EntityNode):
        return node
    if node.entity.is_aliased_class:
        raise ArgumentError(f"an aliased class cannot be written: give the mapped class {node.mapper.class_.__name__}")
    return node.mapper.local_table


def _pairs(pairs: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([(key if isinstance(key, str) else deannotate(key), value) for key, value in pairs])


def _changes(statement: Any) -> tuple[dict[str, Any], Any]:
    """Return the changes that all three kinds need, and the load plan of RETURNING."""
    changes: dict[str, Any] = {"table": _table_of(statement.table)}
    if not statement.returning_columns:
        return changes, None
    columns, plan = returned_items(statement.returning_columns)
    changes["returning_columns"] = tuple(columns)
    return changes, plan


def _values(statement: Any) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if statement.value_pairs:
        changes["value_pairs"] = _pairs(statement.value_pairs)
    if statement.multi_values:
        changes["multi_values"] = tuple([_pairs(row) for row in statement.multi_values])
    return changes


def _finished(statement: Any, changes: dict[str, Any], plan: Any) -> Lowered:
    made = statement._copy(**changes)
    made.__dict__.pop("with_options", None)
    return Lowered(made, plan, everywhere_in(statement))


def lower_insert(statement: Any) -> Lowered:
    """Return INSERT into the class's table."""
    changes, plan = _changes(statement)
    changes |= _values(statement)
    _require_own_columns(changes)
    if statement.select_names:
        changes["select_names"] = tuple([n if isinstance(n, str) else deannotate(n) for n in statement.select_names])
    return _finished(statement, changes, plan)


def _require_own_columns(changes: dict[str, Any]) -> None:
    """Raise CompileError for values of a superclass's table: `values()` writes to one table."""
    table = changes["table"]
    for row in (changes.get("value_pairs", ()), *changes.get("multi_values", ())):
        others = [key.key for key, _ in row if not isinstance(key, str) and key.table is not table]
        if others:
            raise CompileError(f"Unconsumed column names: {', '.join(others)}")


def lower_update(statement: Any) -> Lowered:
    """Return UPDATE of the class's table."""
    changes, plan = _changes(statement)
    changes |= _values(statement) | _criteria(statement)
    return _finished(statement, changes, plan)


def lower_delete(statement: Any) -> Lowered:
    """Return DELETE from the class's table."""
    changes, plan = _changes(statement)
    changes |= _criteria(statement)
    if statement.extra_froms:
        changes["extra_froms"] = tuple([core_from(one) for one in statement.extra_froms])
    return _finished(statement, changes, plan)


def _criteria(statement: Any) -> dict[str, Any]:
    """Return the criteria of single-table inheritance."""
    if not isinstance(statement.table, EntityNode):
        return {}
    further = Criteria(statement.with_options).of(statement.table.entity)
    return {"where_criteria": (*statement.where_criteria, *further)} if further else {}
