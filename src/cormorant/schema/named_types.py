"""Types that are objects of their own in some databases: which of them tables need, and how they are made.

In: types as columns have them, and a dialect. Out: the named types inside them, each once, and their DDL statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..types import SchemaType
from .ddl import CreateEnumType, DropEnumType, ExecutableDDLElement


def named_type_in(type_: Any, dialect: Any) -> Any:
    """Return the named type that a type is, or holds, in a dialect; None where there is none."""
    if not dialect.features.server_side_enum_ddl:
        return None
    found = type_.dialect_impl(dialect)
    inner: Any = getattr(found, "item_type", None) or getattr(found, "impl_instance", None)
    if inner is not None:
        return named_type_in(inner, dialect)
    return found if isinstance(found, SchemaType) and found.is_named else None


def types_of_tables(tables: Iterable[Any], dialect: Any) -> list[Any]:
    """Return the named types that the columns of tables need and that are to be created with them."""
    return _each_once([column.type for table in tables for column in table.columns], dialect)


def types_of_metadata(metadata: Any, dialect: Any) -> list[Any]:
    """Return the named types of all tables, and those that were given the MetaData without being part of a table."""
    used = [column.type for table in metadata.tables.values() for column in table.columns]
    return _each_once([*used, *metadata.noted_types], dialect)


def _each_once(types: Iterable[Any], dialect: Any) -> list[Any]:
    found = [named_type_in(type_, dialect) for type_ in types]
    return list({(one.schema, one.name): one for one in found if one is not None and one.create_type}.values())


def create_statement(type_: Any) -> ExecutableDDLElement:
    """Return the statement that creates a named type: its own, or CREATE TYPE .. AS ENUM."""
    make = getattr(type_, "create_statement", None)
    made: ExecutableDDLElement = CreateEnumType(type_) if make is None else make()
    return made


def drop_statement(type_: Any) -> ExecutableDDLElement:
    """Return the statement that drops a named type."""
    make = getattr(type_, "drop_statement", None)
    made: ExecutableDDLElement = DropEnumType(type_) if make is None else make()
    return made


def _schema_types_in(type_: Any) -> Iterator[SchemaType]:
    if isinstance(type_, SchemaType):
        yield type_
    for inner in (getattr(type_, "item_type", None), getattr(type_, "impl_instance", None), *type_.variants.values()):
        if inner is not None and inner is not type_:
            yield from _schema_types_in(inner)


def join_table(type_: Any, table: Any) -> None:
    """Tell the types of a column, those inside others too, that they are part of a table's MetaData."""
    for one in _schema_types_in(type_):
        one.join_table(table)


def copied_type(type_: Any, schema: Any) -> Any:
    """Return the type of the copy of a column: one of its own where it belongs to a MetaData."""
    if not isinstance(type_, SchemaType):
        return type_
    if not type_.is_named:
        return type_.copy()
    return type_.copy(metadata=None, **({} if schema is None else {"schema": schema}))
