"""Fills a table with what a database says about it.

In: a table, the dictionaries that reflection gives (`TableData`), which columns are wanted. Out: columns, keys,
constraints and indexes attached to the table. No database is asked here: tables referred to come through `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..sql.constructors import asc, desc, nulls_first, nulls_last
from ..sql.simple import TextClause, text
from ..util import warn
from .base import BLANK_SCHEMA
from .column import Column
from .constraints import CheckConstraint, UniqueConstraint
from .defaults import DefaultClause, FetchedValue
from .foreign_keys import ForeignKeyConstraint
from .index import Index
from .sequences import Computed, Identity

Answer = Mapping[str, Any]
Resolve = Callable[[str, Any], None]
"""Makes the table of a name and schema known to the MetaData."""


@dataclass(frozen=True)
class TableData:
    """All that is known of one table."""

    columns: list[Any] = field(default_factory=list[Any])
    pk_constraint: Any = None
    foreign_keys: list[Any] = field(default_factory=list[Any])
    indexes: list[Any] = field(default_factory=list[Any])
    unique_constraints: list[Any] = field(default_factory=list[Any])
    check_constraints: list[Any] = field(default_factory=list[Any])
    table_comment: Any = None
    table_options: Any = None


class Wanted(NamedTuple):
    """Which columns are taken over; `include` of None is all of them."""

    include: Collection[str] | None
    exclude: Collection[str]

    def has(self, name: str) -> bool:
        """Whether a column is taken over."""
        return name not in self.exclude and (not self.include or name in self.include)

    def covers(self, names: Iterable[str | None]) -> bool:
        """Whether something over these columns is taken over: it is not where one of them was left out."""
        return not self.include or set(names) <= set(self.include)


Found = dict[str, Any]
"""Columns of the table by the name that the database has for them."""


def fill_table(table: Any, data: TableData, wanted: Wanted, inspector: Any, resolve: Resolve | None) -> None:
    """Attach everything; `resolve` of None leaves the tables that are referred to alone."""
    table.add_options(data.table_options or {})
    found = _add_columns(table, data.columns, wanted, inspector)
    _set_key(table, data.pk_constraint, found, wanted)
    for key in data.foreign_keys:
        _add_foreign_key(table, key, found, wanted, resolve)
    for index in data.indexes:
        _add_index(table, index, found, wanted)
    for unique in data.unique_constraints:
        _add_unique(table, unique, found, wanted)
    for check in data.check_constraints:
        _add_check(table, check, inspector)
    if data.table_comment and data.table_comment["text"] is not None:
        table.comment = data.table_comment["text"]


def _options(told: Answer, name: str) -> dict[str, Any]:
    """Return the options that a dictionary holds under a name, if any, as a dictionary of their own."""
    found: dict[str, Any] = told.get(name) or {}
    return dict(found)


# columns


def _add_columns(table: Any, columns: Iterable[Answer], wanted: Wanted, inspector: Any) -> Found:
    found: Found = {}
    for told in columns:
        info: dict[str, Any] = dict(told)
        name = info["name"]
        for hooks in (table.metadata.hooks, table.hooks):
            for listener in hooks.column_reflect or ():
                listener(inspector, table, info)
        if wanted.has(name):
            column = found[name] = column_of(info)
            table.append_column(column, replace_existing=True)
    return found


_COLUMN_OPTIONS = ("nullable", "autoincrement", "quote", "info", "key", "comment")


def column_of(info: Answer) -> Column[Any]:
    """Return the column that a dictionary describes, part of no table yet."""
    options = {name: info[name] for name in _COLUMN_OPTIONS if name in info}
    options.update(_options(info, "dialect_options"))
    items: list[Any] = []
    if info.get("computed"):
        items.append(Computed(**info["computed"]))
    elif info.get("default") is not None:
        items.append(_default(info["default"]))
    if info.get("identity"):
        items.append(Identity(**info["identity"]))
    return Column(info["name"], info["type"], *items, **options)


def _default(told: Any) -> Any:
    if isinstance(told, FetchedValue):
        return told
    return DefaultClause(literal_text(told) if isinstance(told, str) else told, _reflected=True)


def literal_text(sql: str) -> TextClause:
    """Return SQL of the database as text: a colon in it begins no parameter."""
    return text(_PARAMETER.sub(r"\\:", sql))


_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w+(?!:))")


# keys and constraints


def _set_key(table: Any, told: Answer | None, found: Found, wanted: Wanted) -> None:
    if not told:
        return
    columns = [found[name] for name in told["constrained_columns"] if name in found and wanted.has(name)]
    key = table.primary_key
    key.comment = told.get("comment", key.comment)
    key.add_options(_options(told, "dialect_options"))
    key.reload(columns, told.get("name"))


def _add_foreign_key(table: Any, told: Answer, found: Found, wanted: Wanted, resolve: Resolve | None) -> None:
    names: list[str] = told["constrained_columns"]
    if set(names) & set(wanted.exclude) or not wanted.covers(names):
        return
    schema, referred = told["referred_schema"], told["referred_table"]
    if resolve is not None:
        resolve(referred, BLANK_SCHEMA if schema is None else schema)
    place = referred if schema is None else f"{schema}.{referred}"
    table.append_constraint(
        ForeignKeyConstraint(
            [found[name].key if name in found else name for name in names],
            [f"{place}.{name}" for name in told["referred_columns"]],
            name=told["name"],
            comment=told.get("comment"),
            link_to_name=True,
            **_options(told, "options"),
        )
    )


def _add_unique(table: Any, told: Answer, found: Found, wanted: Wanted) -> None:
    if told.get("duplicates_index") or not wanted.covers(told["column_names"]):
        return
    columns = [_located(table, "unique constraint key", name, found) for name in told["column_names"]]
    options = _options(told, "dialect_options")
    options.update({"comment": told["comment"]} if told.get("comment") else {})
    constraint = UniqueConstraint(
        *[column for column in columns if column is not None], name=told["name"], _autoattach=False, **options
    )
    table.append_constraint(constraint)


def _add_check(table: Any, told: Answer, inspector: Any) -> None:
    options = {name: value for name, value in told.items() if name not in ("sqltext", "dialect_options")}
    constraint = CheckConstraint(literal_text(told["sqltext"]), _autoattach=False, **options)
    dialect = inspector.dialect.name
    constraint.add_options({f"{dialect}_{name}": one for name, one in _options(told, "dialect_options").items()})
    table.append_constraint(constraint)


# indexes


def _add_index(table: Any, told: Answer, found: Found, wanted: Wanted) -> None:
    if told.get("duplicates_constraint") or not wanted.covers(_columns_in(told)):
        return
    elements = [_index_element(table, told, position, found) for position in range(len(told["column_names"]))]
    Index(
        told["name"],
        *[element for element in elements if element is not None],
        _table=table,
        unique=told["unique"],
        **_options(told, "dialect_options"),
    )


def _columns_in(told: Answer) -> list[str]:
    return [name for name in told["column_names"] if name is not None]


def _index_element(table: Any, told: Answer, position: int, found: Found) -> Any:
    name = told["column_names"][position]
    if name is None:
        element: Any = literal_text(told["expressions"][position])
        name = told["expressions"][position]
    else:
        element = _located(table, "index key", name, found)
    if element is None:
        return None
    for word in _options(told, "column_sorting").get(name, ()):
        element = _SORTED[word](element)
    return element


def _located(table: Any, what: str, name: str, found: Found) -> Any:
    column = found[name] if name in found else table.c.get(name)
    if column is None:
        warn(f"{what} '{name}' was not located in columns for table '{table.name}'")
    return column


_SORTED: dict[str, Callable[[Any], Any]] = {
    "asc": asc,
    "desc": desc,
    "nulls_first": nulls_first,
    "nulls_last": nulls_last,
}
