"""CREATE TABLE .. AS SELECT and CREATE VIEW: DDL that brings a Table with it.

In: a SELECT and a name. Out: a statement that can be executed, whose `table` has the columns of the SELECT, belongs to
a MetaData, and is created and dropped with it, after the tables that the SELECT reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from ..exc import ArgumentError
from ..sql.coercion import clause_of
from ..sql.makers import makers
from ..sql.visitors import iterate
from .base import DialectOptions
from .column import Column
from .ddl import DropTable, ExecutableDDLElement
from .metadata import MetaData
from .table import Table


class TableFromSelect(DialectOptions, ExecutableDDLElement):
    """What CREATE TABLE AS and CREATE VIEW have in common."""

    verb = "create"
    announces: ClassVar[bool] = True

    table: Any

    def _describe(self, selectable: Any, name: str, metadata: Any, schema: str | None, table: Any = None) -> None:
        self.selectable = selectable_of(selectable)
        self.metadata = MetaData() if metadata is None else metadata
        self.table_name = name
        self.element = self.table = self._make_table(name, schema) if table is None else table
        self.schema = self.table.schema
        self.table.set_creator_ddl(self)
        self.table.set_dropper_ddl(self._dropper())
        for one in tables_below(self.selectable):
            if one is not self.table:
                self.table.add_is_dependent_on(self.metadata.tables.get(one.key, one))

    def _make_table(self, name: str, schema: str | None) -> Table:
        columns = [Column(name, type_, key=key) for name, type_, key in described(self.selectable)]
        return Table(name, self.metadata, *columns, schema=schema)

    def _dropper(self) -> ExecutableDDLElement:
        raise ArgumentError(f"{type(self).__name__} does not say how it is dropped: give it _dropper()")


class CreateTableAs(TableFromSelect):
    """CREATE TABLE .. AS SELECT; `table` is the table that it creates."""

    def __init__(
        self,
        selectable: Any,
        table_name: str,
        *,
        metadata: Any = None,
        schema: str | None = None,
        temporary: bool = False,
        if_not_exists: bool = False,
        _table: Any = None,
        **dialect_kwargs: Any,
    ) -> None:
        self.temporary = temporary
        self.if_not_exists = if_not_exists
        self._take_dialect_options(dialect_kwargs)
        self._describe(selectable, table_name, metadata, schema, _table)

    def _dropper(self) -> ExecutableDDLElement:
        return DropTable(self.table)

    def to_metadata(self, metadata: Any, table: Any) -> CreateTableAs:
        """Return it for a copy of the table."""
        return CreateTableAs(
            self.selectable,
            table.name,
            metadata=metadata,
            temporary=self.temporary,
            if_not_exists=self.if_not_exists,
            _table=table,
            **self.dialect_kwargs,
        )


class CreateView(TableFromSelect):
    """CREATE VIEW .. AS SELECT; `table` stands for the view in statements."""

    def __init__(
        self,
        selectable: Any,
        view_name: str,
        *,
        metadata: Any = None,
        schema: str | None = None,
        temporary: bool = False,
        or_replace: bool = False,
        materialized: bool = False,
        _table: Any = None,
        **dialect_kwargs: Any,
    ) -> None:
        self.temporary = temporary
        self.or_replace = or_replace
        self.materialized = materialized
        self._take_dialect_options(dialect_kwargs)
        self._describe(selectable, view_name, metadata, schema, _table)

    @property
    def view_name(self) -> str:
        """The name of the view."""
        return self.table_name

    def _dropper(self) -> ExecutableDDLElement:
        return DropView(self.table, materialized=self.materialized)

    def to_metadata(self, metadata: Any, table: Any) -> CreateView:
        """Return it for a copy of the view."""
        return CreateView(
            self.selectable,
            table.name,
            metadata=metadata,
            temporary=self.temporary,
            or_replace=self.or_replace,
            materialized=self.materialized,
            _table=table,
            **self.dialect_kwargs,
        )


class DropView(ExecutableDDLElement):
    """DROP VIEW; takes the table that stands for the view, or its CreateView."""

    verb = "drop"
    announces: ClassVar[bool] = True

    def __init__(self, element: Any, *, if_exists: bool = False, materialized: bool = False) -> None:
        self.element = getattr(element, "table", element)
        self.if_exists = if_exists
        self.materialized = materialized

    def to_metadata(self, metadata: Any, table: Any) -> DropView:
        """Return it for a copy of the view."""
        return DropView(table, if_exists=self.if_exists, materialized=self.materialized)


def selectable_of(value: Any) -> Any:
    """Return the statement whose rows fill the table; a FROM element stands for the SELECT of its columns."""
    node = clause_of(value)
    if node is not None and node.is_select_statement:
        return node
    if node is not None and node.is_from_clause:
        return node.select()
    raise ArgumentError(f"SELECT statement or equivalent textual object expected, got {value!r}.")


def described(selectable: Any) -> Iterator[tuple[str, Any, str]]:
    """Yield name, type and key of each column: as the SELECT has them, or, where it numbers some, as it is rendered."""
    items = selectable.proxied_names()
    names = [item.proxied_name for item in items]
    if len(set(names)) == len(names) and all(isinstance(name, str) for name in names):
        yield from [(item.proxied_name, item.element.type, item.key) for item in items]
        return
    for column, item in zip(selectable.compile().result_columns, items, strict=True):
        yield column.name, item.element.type, column.name


def tables_below(selectable: Any) -> Iterator[Any]:
    """Yield the tables that a SELECT reads."""
    for node in iterate(selectable):
        table = node if node.is_from_clause else getattr(node, "table", None)
        if isinstance(table, Table):
            yield table


def create_table_as(
    selectable: Any,
    name: str,
    *,
    metadata: Any = None,
    schema: str | None = None,
    temporary: bool = False,
    if_not_exists: bool = False,
) -> CreateTableAs:
    """Return CREATE TABLE AS for a SELECT: what `select.into()` gives."""
    return CreateTableAs(
        selectable, name, metadata=metadata, schema=schema, temporary=temporary, if_not_exists=if_not_exists
    )


makers.create_table_as = create_table_as
