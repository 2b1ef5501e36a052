"""Rows of the catalog as dictionaries of keys, constraints and indexes. Pure: rows in, dictionaries out."""

from __future__ import annotations

import re
from typing import Any

from ...engine.reflected import (
    ReflectedCheckConstraint,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedUniqueConstraint,
)

_ACTIONS = {"a": None, "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_MATCHES = {"f": "FULL", "p": "PARTIAL"}
_CHECK = re.compile(r"CHECK \((.*)\)(?: NO INHERIT)?(?: NOT VALID)?(?: NOT ENFORCED)?\s*\Z", re.DOTALL)
_DESC, _NULLS_FIRST = 1, 2
"""Bits of `sorting`."""


def pk_of(rows: list[Any]) -> ReflectedPrimaryKeyConstraint:
    """The primary key of a table."""
    return {
        "constrained_columns": _columns(rows, True),
        "name": rows[0].conname,
        "comment": rows[0].comment,
        "dialect_options": {"postgresql_include": _columns(rows, False)},
    }


def unique_of(rows: list[Any]) -> ReflectedUniqueConstraint:
    """A unique constraint."""
    return {
        "column_names": _columns(rows, True),
        "name": rows[0].conname,
        "comment": rows[0].comment,
        "dialect_options": {
            "postgresql_include": _columns(rows, False),
            "postgresql_nulls_not_distinct": rows[0].nulls_not_distinct,
        },
    }


def _columns(rows: list[Any], is_key: bool) -> list[str]:
    return [row.attname for row in rows if row.is_key == is_key]


def foreign_key_of(rows: list[Any], referred_schema: str | None) -> ReflectedForeignKeyConstraint:
    """A foreign key."""
    first = rows[0]
    return {
        "name": first.conname,
        "constrained_columns": [row.attname for row in rows],
        "referred_schema": referred_schema,
        "referred_table": first.relname,
        "referred_columns": [row.referred for row in rows],
        "options": _key_options(first),
        "comment": first.comment,
    }


def _key_options(row: Any) -> dict[str, Any]:
    on_delete = _ACTIONS[row.confdeltype]
    if on_delete is not None and row.set_columns:
        on_delete = f"{on_delete} ({row.set_columns})"
    options: dict[str, Any] = {
        "onupdate": _ACTIONS[row.confupdtype],
        "ondelete": on_delete,
        "initially": "DEFERRED" if row.condeferred else None,
        "deferrable": row.condeferrable or None,
        "match": _MATCHES.get(row.confmatchtype),
    }
    return {name: value for name, value in options.items() if value is not None}


def check_of(row: Any) -> ReflectedCheckConstraint:
    """A check constraint, from its definition as text."""
    match = _CHECK.match(row.definition)
    options: dict[str, Any] = {}
    if not getattr(row, "convalidated", True):
        options["not_valid"] = True
    if getattr(row, "connoinherit", False):
        options["no_inherit"] = True
    told: Any = {
        "name": row.conname,
        "sqltext": match.group(1) if match is not None else row.definition,
        "comment": getattr(row, "comment", None),
    }
    if options:
        told["dialect_options"] = options
    found: ReflectedCheckConstraint = told
    return found


def index_of(rows: list[Any]) -> ReflectedIndex:
    """An index; the index of a constraint says so."""
    first, keys = rows[0], [row for row in rows if row.is_key]
    told: Any = {
        "name": first.relname,
        "unique": first.indisunique,
        "column_names": [None if row.is_expression else row.element for row in keys],
    }
    if any(row.is_expression for row in keys):
        told["expressions"] = [row.element for row in keys]
    if first.conname is not None:
        told["duplicates_constraint"] = first.conname
    sorting = {row.element: words for row in keys if (words := _sorting(row.sorting))}
    if sorting:
        told["column_sorting"] = sorting
    told["dialect_options"] = _index_options(first, keys, [row.element for row in rows if not row.is_key])
    found: ReflectedIndex = told
    return found


def _sorting(bits: int) -> tuple[str, ...]:
    """How a column is sorted, as far as it is not what is done anyway: nulls come last, and first with DESC."""
    if bits & _DESC:
        return ("desc",) if bits & _NULLS_FIRST else ("desc", "nulls_last")
    return ("nulls_first",) if bits & _NULLS_FIRST else ()


def _index_options(first: Any, keys: list[Any], included: list[str]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if first.reloptions:
        options["postgresql_with"] = dict([option.split("=", 1) for option in first.reloptions])
    operators = {row.element: row.operators for row in keys if row.operators is not None}
    if operators:
        options["postgresql_ops"] = operators
    if first.amname != "btree":
        options["postgresql_using"] = first.amname
    if first.condition:
        options["postgresql_where"] = first.condition
    options["postgresql_include"] = included
    if first.nulls_not_distinct:
        options["postgresql_nulls_not_distinct"] = True
    return options
