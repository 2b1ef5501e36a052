"""create_all(), drop_all() and their like as visits of a connection: look what is there, plan, execute, with events.

In: a connection, which the engine hands to the visit. Out: statements given to `connection.execute`. The order of
things is decided in plan.py; existence is asked of the dialect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .. import types
from ..exc import ArgumentError
from .base import CheckFirst
from .ddl import ExecutableDDLElement
from .named_types import create_statement, drop_statement, named_type_in, types_of_metadata, types_of_tables
from .plan import plan_create, plan_drop, wants_sequence


def run_on(bind: Any, visit: Callable[[Any], None]) -> None:
    """Let an engine or connection run a visit; raises ArgumentError for anything else."""
    run = getattr(bind, "_run_ddl", None)
    if run is None:
        raise ArgumentError(f"Expected an Engine or Connection to run DDL on, got {bind!r}")
    run(visit)


class SchemaVisit:
    """Creates or drops tables of one MetaData. Called by the engine with a connection inside a transaction."""

    def __init__(self, verb: str, metadata: Any, tables: Sequence[Any] | None, checkfirst: CheckFirst) -> None:
        self.verb = verb
        self.metadata = metadata
        self.tables = tables
        self.checkfirst = checkfirst

    def unchecked(self) -> SchemaVisit:
        """Return the same without a look at what is there."""
        return SchemaVisit(self.verb, self.metadata, self.tables, CheckFirst.NONE)

    def __call__(self, connection: Any) -> None:
        """Do it."""
        tables = self._chosen(connection)
        sequences = self._sequences(connection, tables)
        options = {"tables": tables, "checkfirst": self.checkfirst, "_ddl_runner": self}
        of_each = {"checkfirst": self.checkfirst, "_ddl_runner": self, "_is_metadata_operation": True}
        plan = plan_create if self.verb == "create" else plan_drop
        fire(self.metadata, f"before_{self.verb}", connection, options)
        types = self._types(connection) if self.verb == "create" else []
        for statement in plan(self.metadata, tables, connection.dialect, sequences, types):
            run_statement(connection, statement, of_each)
        for type_ in self._types(connection) if self.verb == "drop" else []:
            run_statement(connection, drop_statement(type_), of_each)
        fire(self.metadata, f"after_{self.verb}", connection, options)

    def _chosen(self, connection: Any) -> list[Any]:
        asked = self.metadata.tables.values() if self.tables is None else self.tables
        in_doubt = [table for table in sorted(asked, key=lambda table: table.is_view) if self._is_checked(table)]
        there = tables_there(connection, in_doubt)
        return [table for table in asked if table not in there or there[table] == (self.verb == "drop")]

    def _is_checked(self, table: Any) -> bool:
        return (CheckFirst.VIEWS if table.is_view else CheckFirst.TABLES) in self.checkfirst

    def _types(self, connection: Any) -> list[Any]:
        found = types_of_metadata(self.metadata, connection.dialect)
        if self.verb == "drop" and self.tables is not None:
            found = self._unused(found, connection.dialect)
        if CheckFirst.TYPES not in self.checkfirst:
            return found
        return [one for one in found if has_type(connection, one) == (self.verb == "drop")]

    def _unused(self, types: list[Any], dialect: Any) -> list[Any]:
        """Return those among types that none of the tables needs which stay."""
        going = set(self.tables or ())
        staying = [table for table in self.metadata.tables.values() if table not in going]
        kept = {(one.schema, one.name) for one in types_of_tables(staying, dialect)}
        return [one for one in types if (one.schema, one.name) not in kept]

    def _sequences(self, connection: Any, due: list[Any]) -> list[Any]:
        """Those of columns are created with their tables, and dropped with them or all."""
        found = list(self.metadata._sequences.values())
        if self.verb == "create" or self.tables is not None:
            tables = due if self.verb == "create" else self.tables or ()
            found = list(dict.fromkeys([*(one for one in found if one.column is None), *sequences_of(tables)]))
        return [one for one in found if self._sequence_due(connection, one)]

    def _sequence_due(self, connection: Any, sequence: Any) -> bool:
        if not wants_sequence(sequence, connection.dialect):
            return False
        if CheckFirst.SEQUENCES not in self.checkfirst:
            return True
        return has_sequence(connection, sequence) == (self.verb == "drop")


class ObjectVisit:
    """Creates or drops one table, index or sequence."""

    def __init__(self, verb: str, element: Any, statements: Iterable[ExecutableDDLElement], check: Any) -> None:
        self.verb = verb
        self.element = element
        self.statements = statements
        self.check = check

    def unchecked(self) -> ObjectVisit:
        """Return the same without a look at what is there."""
        return ObjectVisit(self.verb, self.element, self.statements, None)

    def __call__(self, connection: Any) -> None:
        """Do it, unless the check says that there is nothing to do."""
        if self.check is not None and self.check(connection, self.element) != (self.verb == "drop"):
            return
        for statement in self.statements:
            run_statement(connection, statement, {"checkfirst": self.check is not None, "_ddl_runner": self})


def run_statement(connection: Any, statement: ExecutableDDLElement, options: dict[str, Any]) -> None:
    """Execute one statement, with the events of the schema object that it creates or drops as a whole."""
    target = statement.element if statement.announces else statement.target
    if target is not None:
        fire(target, f"before_{statement.verb}", connection, options)
    connection.execute(statement)
    if target is not None:
        fire(target, f"after_{statement.verb}", connection, options)


def fire(target: Any, event: str, connection: Any, options: dict[str, Any]) -> None:
    """Call the listeners of a schema object."""
    functions = getattr(target.hooks, event, None)  # types that nobody listens to have no hooks: None
    if functions is not None:
        for function in functions:
            function(target, connection, **options)


def has_table(connection: Any, table: Any) -> bool:
    """Ask the dialect whether a table is there."""
    return bool(connection.dialect.has_table(connection, str(table.name), schema=schema_of(connection, table)))


def tables_there(connection: Any, tables: Iterable[Any]) -> dict[Any, bool]:
    """Ask the dialect which of some tables are there: one question per schema."""
    of_schema: dict[str | None, dict[Any, str]] = {}
    for table in tables:
        of_schema.setdefault(schema_of(connection, table), {})[table] = str(table.name)
    found: dict[Any, bool] = {}
    for schema, names in of_schema.items():
        answers = connection.dialect.has_multi_table(connection, list(names.values()), schema=schema)
        found.update({table: answers[schema, name] for table, name in names.items()})
    return found


def has_sequence(connection: Any, sequence: Any) -> bool:
    """Ask the dialect whether a sequence is there."""
    return bool(connection.dialect.has_sequence(connection, str(sequence.name), schema=schema_of(connection, sequence)))


def has_index(connection: Any, index: Any) -> bool:
    """Ask the dialect whether an index is there."""
    table = index.table
    schema = schema_of(connection, table)
    return bool(connection.dialect.has_index(connection, str(table.name), str(index.name), schema=schema))


def has_type(connection: Any, type_: Any) -> bool:
    """Ask the dialect whether a type of the database's own is there."""
    return bool(connection.dialect.has_type(connection, str(type_.name), schema=schema_of(connection, type_)))


class TypeVisit:
    """Creates or drops one type, where the database has it as an object of its own."""

    def __init__(self, type_: Any, verb: str, checkfirst: bool) -> None:
        self.type = type_
        self.verb = verb
        self.checkfirst = checkfirst

    def unchecked(self) -> TypeVisit:
        """Return the same without a look at what is there."""
        return TypeVisit(self.type, self.verb, checkfirst=False)

    def __call__(self, connection: Any) -> None:
        """Do it."""
        one = named_type_in(self.type, connection.dialect)
        if one is not None:
            statement = create_statement(one) if self.verb == "create" else drop_statement(one)
            ObjectVisit(self.verb, one, [statement], has_type if self.checkfirst else None)(connection)


def run_type(type_: Any, verb: str, bind: Any, checkfirst: bool) -> None:
    """Create or drop a type."""
    run_on(bind, TypeVisit(type_, verb, checkfirst))


types.hooks.type_ddl = run_type


def schema_of(connection: Any, element: Any) -> str | None:
    """Return the schema in which an object is on this connection, `schema_translate_map` applied."""
    translate = getattr(connection, "schema_for_object", None)
    schema = translate(element) if translate is not None else element.schema
    return None if schema is None else str(schema)


def sequences_of(tables: Sequence[Any]) -> list[Any]:
    """Return the sequences that are defaults of columns."""
    found = [column.default for table in tables for column in table.columns]
    return [one for one in found if one is not None and one.is_sequence]
