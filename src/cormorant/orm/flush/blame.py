"""Which objects of a flush an error of the database is about: `error.objects`.

In: the error and the step that was running. Out: the same error with the objects whose rows it can be about, and with
what the mapped table knows of the constraint and the database did not say. Never raises: the database's error counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...exc import DBAPIError
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from .plan import DeleteStep, LinkStep, PostUpdateStep, SaveStep, Step


def blame(error: DBAPIError, step: Step) -> None:
    """Give an error the objects that it can be about."""
    objects = [obj for state in _states(step) if (obj := state()) is not None]
    table = None if error.violation is None else _table(error, step, objects)
    if table is not None:
        _complete(error, table)
        objects = _concerned(error, table, objects) or objects
    error.objects = tuple(objects)


def _mapper(obj: Any) -> Any:
    return obj.__dict__[STATE].manager.mapper


def _table(error: DBAPIError, step: Step, objects: Iterable[Any]) -> Any:
    """Return the table whose constraint was violated, as far as that is known."""
    if isinstance(step, LinkStep):
        return step.relationship.secondary
    tables = {table.name: table for mapper in dict.fromkeys(map(_mapper, objects)) for table in mapper.written_tables}
    if error.table is None and len(tables) == 1:
        return next(iter(tables.values()))
    return tables.get(error.table)


def _states(step: Step) -> Sequence[InstanceState]:
    if isinstance(step, SaveStep):
        return (*step.inserts, *step.updates)
    if isinstance(step, DeleteStep):
        return step.states
    if isinstance(step, LinkStep):
        rows = (*step.rows.added, *step.rows.removed)
        return list(dict.fromkeys(state for row in rows for state in (row.parent, row.child)))
    assert isinstance(step, PostUpdateStep)
    return list(dict.fromkeys(link.child for link in step.links))


# --- what the table knows


def _complete(error: DBAPIError, table: Any) -> None:
    """Fill in the constraint for its columns, or its columns for the constraint."""
    if error.violation not in ("unique", "foreign key", "not null"):
        return
    error.table = error.table or table.name
    named = _constraints(table)
    if error.constraint and not error.columns:
        error.columns = named.get(error.constraint, ())
        if not error.columns and error.constraint == "PRIMARY":
            error.columns = tuple(column.name for column in table.primary_key)
        if not error.columns and error.constraint in {column.name for column in table.columns}:
            error.columns = (error.constraint,)
    elif error.columns and not error.constraint and error.violation == "unique":
        wanted = set(error.columns)
        error.constraint = next((name for name, columns in named.items() if set(columns) == wanted), None)


def _constraints(table: Any) -> dict[str, tuple[str, ...]]:
    """Return the columns of a table's named constraints and unique indexes."""
    parts = [*table.constraints, *(index for index in table.indexes if index.unique)]
    return {
        str(part.name): tuple(column.name for column in part.columns)
        for part in parts
        if isinstance(part.name, str) and hasattr(part, "columns")
    }


# --- which of the objects


def _concerned(error: DBAPIError, table: Any, objects: list[Any]) -> list[Any]:
    """Return those of a table's objects that can have violated the constraint; empty where it cannot be told."""
    if not error.columns or error.violation == "check":
        return []
    here = [obj for obj in objects if table in _mapper(obj).written_tables]
    if error.violation == "not null":
        return [obj for obj in here if None in _values(obj, table, error.columns)]
    if error.violation != "unique" or len(here) < 2:
        return here
    shown, separator = _shown_key(error)
    found = [obj for obj in here if separator.join(map(str, _values(obj, table, error.columns))) == shown]
    return found or _repeated(here, table, error.columns)


def _values(obj: Any, table: Any, columns: Iterable[str]) -> tuple[Any, ...]:
    properties, values = _mapper(obj).column_properties, obj.__dict__
    keys = {column.name: properties[column].key for column in table.columns if column in properties}
    return tuple(values.get(keys.get(name)) for name in columns)


def _shown_key(error: DBAPIError) -> tuple[str | None, str]:
    """Return the values of the key as the message shows them, and what separates them; None where it shows none."""
    text = str(error.orig)
    for begin, end, separator in (("Duplicate entry '", "' for key", "-"), (")=(", ") ", ", ")):
        _, found, rest = text.partition(begin)
        if found and end in rest:
            return rest.rpartition(end)[0], separator
    return None, ""


def _repeated(objects: list[Any], table: Any, columns: Sequence[str]) -> list[Any]:
    """Return the objects of a batch whose key occurs in it more than once."""
    seen: dict[str, list[Any]] = {}
    for obj in objects:
        seen.setdefault(repr(_values(obj, table, columns)), []).append(obj)
    return [obj for same in seen.values() if len(same) > 1 for obj in same]
