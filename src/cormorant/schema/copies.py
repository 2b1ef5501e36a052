"""A copy of a table in another MetaData, or under another name."""

from __future__ import annotations

from typing import Any

from ..util import warn
from .base import BLANK_SCHEMA, RETAIN_SCHEMA, attach_all
from .constraints import PrimaryKeyConstraint, UniqueConstraint, moved
from .foreign_keys import ForeignKeyConstraint


def copy_table(table: Any, make: Any, metadata: Any, schema: Any, referred_schema_fn: Any, name: str | None) -> Any:
    """Return the copy; where the MetaData has a table of that key, warn and return that one."""
    new_name = table.name if name is None else name
    kept = table.schema if schema is RETAIN_SCHEMA else schema
    new_schema = metadata.schema if kept is None else kept
    key = f"{new_schema}.{new_name}" if new_schema and new_schema is not BLANK_SCHEMA else str(new_name)
    if key in metadata.tables:
        warn(f"Table '{new_name}' already exists within the given MetaData - not copying.")
        return metadata.tables[key]
    of_types = None if schema is RETAIN_SCHEMA or schema is BLANK_SCHEMA else schema
    columns = [column.copied(index=None, unique=None, schema=of_types) for column in table.c]
    for column in columns:
        column.foreign_keys.clear()
        column.waiting.clear()
        column.constraints.clear()
    made = make(
        new_name,
        metadata,
        *columns,
        schema=BLANK_SCHEMA if new_schema is None else new_schema,
        comment=table.comment,
        prefixes=table._prefixes,
        **table.dialect_kwargs,
    )
    _copy_flags(table, made)
    _copy_constraints(table, made, schema, referred_schema_fn)
    _copy_indexes(table, made)
    if table._creator_ddl is not None:
        made.set_creator_ddl(table._creator_ddl.to_metadata(metadata, made))
    if table._dropper_ddl is not None:
        made.set_dropper_ddl(table._dropper_ddl.to_metadata(metadata, made))
    return made


def _copy_flags(table: Any, made: Any) -> None:
    for old, new in zip(table.c, made.c, strict=True):
        new.index, new.unique = old.index, old.unique
    if "_info" in table.__dict__:
        made.info = dict(table.info)


def _copy_constraints(table: Any, made: Any, schema: Any, referred_schema_fn: Any) -> None:
    by_flag = [
        constraint
        for constraint in table._sorted_constraints
        if isinstance(constraint, UniqueConstraint) and constraint.column_flag
    ]
    for constraint in by_flag:
        copied = constraint.copied()
        copied.name = None
        made.append_constraint(copied)
    for constraint in table._sorted_constraints:
        if constraint in by_flag:
            continue
        if isinstance(constraint, PrimaryKeyConstraint):
            _copy_primary_key(constraint, made)
        elif constraint.type_bound:
            continue
        elif isinstance(constraint, ForeignKeyConstraint):
            target = _referred_schema(constraint, table, made, schema, referred_schema_fn)
            made.append_constraint(constraint.copied(table=made, schema=target))
        else:
            made.append_constraint(constraint.copied(table=made))
    for column in table.c:
        checks = sorted(column.constraints, key=lambda one: one._creation_order)
        attach_all(made.c[column.key], [one.copied(table=made) for one in checks if not one.type_bound])


def _copy_primary_key(constraint: Any, made: Any) -> None:
    if not constraint.is_implicit or constraint.name is not None:
        made.append_constraint(constraint.copied())


def _referred_schema(constraint: Any, table: Any, made: Any, schema: Any, referred_schema_fn: Any) -> Any:
    """Return the schema that the copied foreign key refers to: that of the copy where both tables were in one."""
    referred = constraint.elements[0].target_tokens[0]
    if referred_schema_fn is not None:
        return referred_schema_fn(table, made.schema, constraint, referred)
    if schema is RETAIN_SCHEMA:
        return referred
    return made.schema if referred == table.schema else referred


def _copy_indexes(table: Any, made: Any) -> None:
    for index in table._sorted_indexes:
        copied = index.copied([_of_copy(one, table, made) for one in index.expressions])
        if index.column_flag:
            copied.name = None
        if copied.table is None:
            made.append_constraint(copied)


def _of_copy(expression: Any, table: Any, made: Any) -> Any:
    return expression.key if getattr(expression, "is_schema_item", False) else moved(expression, table, made)
