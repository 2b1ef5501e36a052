"""Which engine a session talks to for a mapper, a table or a statement.

In: the session's `bind` and `binds`, and what an operation is about. Out: an Engine or a Connection, or
UnboundExecutionError naming what was asked for.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

from ... import exc, inspection
from ...schema import Table
from ...sql.fromclause import FromClause
from ...sql.textual import TextualSelect
from ..instance.errors import UnmappedClassError
from ..query.items import entity_below
from ..query.options import LoaderOption


def add_bind(binds: dict[Any, Any], key: Any, bind: Any) -> None:
    """Register an engine for a mapped class, a mapper, a table or any class above mapped ones."""
    target = key if isinstance(key, FromClause) else inspection.inspect(key, raiseerr=False)
    if isinstance(target, FromClause):
        binds[target] = bind
    elif target is not None and hasattr(target, "persist_selectable"):
        binds[target.class_] = bind
        for table in target.tables:
            binds[table] = bind
    elif isinstance(key, type):
        binds[key] = bind
    else:
        raise exc.ArgumentError(f"Not an acceptable bind target: {key}; give a mapped class, a mapper or a table")


def find_bind(binds: Mapping[Any, Any], mapper: Any, clause: Any) -> Any:
    """Return the engine registered for a mapper (or a class it derives from) or for a table in a clause, or None."""
    if not binds:
        return None
    if mapper is not None:
        for cls in mapper.class_.__mro__:
            if cls in binds:
                return binds[cls]
        if clause is None:
            clause = mapper.persist_selectable
    for table in tables_of(clause):
        if table in binds:
            return binds[table]
    return None


def tables_of(clause: Any) -> Iterable[Table]:
    """Yield the tables below a clause."""
    stack = [clause] if clause is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, Table):
            yield node
        else:
            stack.extend(node._children())
            if node.is_column and isinstance(table := getattr(node, "table", None), FromClause):
                stack.append(table)


def mapper_of_statement(statement: Any) -> Any:
    """Return the mapper of the first class that a statement names, or that statements inside it name; or None.

    What is selected comes before what it is selected from, and both before conditions. A statement that writes is about
    what it writes to.
    """
    if statement.shape.plugin is None or isinstance(statement, TextualSelect):
        return None
    if getattr(statement, "is_dml", False):
        parts: Iterable[Any] = (statement.table,)
    else:
        named = (*getattr(statement, "raw_columns", ()), *getattr(statement, "from_clauses", ()))
        others = (part for part in statement._children() if not isinstance(part, LoaderOption))
        parts = chain(named, others)
    return next((entity.mapper for part in parts if (entity := entity_below(part)) is not None), None)


def unbound(mapper: Any, clause: Any) -> exc.UnboundExecutionError:
    """Return the error for an operation that has no engine."""
    if mapper is None and clause is None:
        return exc.UnboundExecutionError(
            "This session is not bound to a single Engine or Connection, and no context was provided to locate a "
            "binding; give one with Session(bind=engine) or sessionmaker(bind=engine)"
        )
    about: list[str] = []
    if mapper is not None:
        about.append(f"mapper {mapper}")
    if clause is not None:
        about.append("SQL expression")
    return exc.UnboundExecutionError(
        f"Could not locate a bind configured on {', '.join(about)} or this Session; give one with Session(bind=engine) "
        "or sessionmaker(bind=engine)"
    )


def get_bind(session: Any, mapper: Any, clause: Any, bind: Any) -> Any:
    """Return the engine for an operation: given, registered, the session's, in this order; or raise."""
    if bind is not None:
        return bind
    if session._binds:
        if mapper is not None:
            mapper = mapper_of(mapper)
        found = find_bind(session._binds, mapper, clause)
        if found is not None:
            return found
    if session.bind is not None:
        return session.bind
    if mapper is None and clause is not None:
        mapper = mapper_of_statement(clause)
    raise unbound(None if mapper is None else mapper_of(mapper), clause)


@contextmanager
def arguments(session: Any, given: Mapping[str, Any]) -> Generator[None]:
    """A block in which what the session loads runs on the bind that these arguments of `get_bind()` name."""
    before, session.load_arguments = session.load_arguments, given
    try:
        yield
    finally:
        session.load_arguments = before


def mapper_of(entity: Any) -> Any:
    """Return the mapper of a class, an alias or a mapper; raises UnmappedClassError."""
    found = inspection.inspect(entity, raiseerr=False)
    mapper = getattr(found, "mapper", None)
    if mapper is None:
        raise UnmappedClassError(entity)
    return mapper
