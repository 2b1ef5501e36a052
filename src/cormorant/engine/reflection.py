"""The Inspector: questions about the objects of a database, asked through an engine or a connection.

In: names. Out: the dictionaries of reflected.py, kept until `clear_cache()`; and tables filled from them
(`reflect_table`). The answers come from the dialect; no SQL is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from ..exc import NoSuchTableError, SADeprecationWarning
from ..inspection import Inspectable, register
from ..schema.reflected import Wanted, fill_table
from ..schema.run import schema_of
from ..util import warn
from .connection import Connection
from .engine import Engine
from .questions import Questions
from .reflected import (
    ObjectKind,
    ObjectScope,
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedTableComment,
    ReflectedUniqueConstraint,
    ReflectionDefaults,
    TableKey,
    cache,
    flexi_cache,
)
from .reflection_info import ReflectionInfo, load_info
from .reflection_order import SortedKeys, sort_keys

__all__ = ["Inspector", "ObjectKind", "ObjectScope", "ReflectionDefaults", "cache", "flexi_cache"]


class Inspector(Questions, Inspectable["Inspector"]):
    """What `inspect(engine)` and `inspect(connection)` return."""

    def __init__(self, bind: Any) -> None:
        _warn_of("__init__()")
        self._set_up(bind)

    @classmethod
    def from_engine(cls, bind: Any) -> Inspector:
        """The older way to write `inspect(bind)`."""
        _warn_of("from_engine()")
        return inspector_of(bind)

    def _set_up(self, bind: Any) -> None:
        self.bind = bind
        self.engine: Engine = bind.engine
        self.info_cache: dict[Any, Any] = {}
        if bind is self.engine:
            bind.connect().close()
        self.dialect: Any = self.engine.dialect

    # many objects

    def get_multi_columns(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedColumn]]:
        """The columns of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_columns", **where, **kw)

    def get_multi_pk_constraint(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, ReflectedPrimaryKeyConstraint]:
        """The primary keys of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_pk_constraint", **where, **kw)

    def get_multi_foreign_keys(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedForeignKeyConstraint]]:
        """The foreign keys of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_foreign_keys", **where, **kw)

    def get_multi_indexes(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedIndex]]:
        """The indexes of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_indexes", **where, **kw)

    def get_multi_unique_constraints(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedUniqueConstraint]]:
        """The unique constraints of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_unique_constraints", **where, **kw)

    def get_multi_check_constraints(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedCheckConstraint]]:
        """The check constraints of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_check_constraints", **where, **kw)

    def get_multi_table_comment(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, ReflectedTableComment]:
        """The comments of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_table_comment", **where, **kw)

    def get_multi_table_options(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, dict[str, Any]]:
        """The options of all objects of a schema, or of some, by (schema, name)."""
        where = {"schema": schema, "filter_names": filter_names, "kind": kind, "scope": scope}
        return self._ask_many("get_multi_table_options", **where, **kw)

    # order

    def get_sorted_table_and_fkc_names(
        self, schema: str | None = None, **kw: Any
    ) -> list[tuple[str | None, list[tuple[str, str | None]]]]:
        """The names of the tables in order of dependency, with their foreign keys; at the end those of cycles."""
        ordered = self.sort_tables_on_foreign_key_dependency((schema,), **kw)
        return [
            (None if key is None else key[1], [(table[1], name) for table, name in names]) for key, names in ordered
        ]

    def sort_tables_on_foreign_key_dependency(
        self, consider_schemas: Collection[str | None] = (None,), **kw: Any
    ) -> SortedKeys:
        """The tables of some schemas by (schema, name), in order of dependency, with their foreign keys.

        The last pair is None and the foreign keys that are to be added when all tables exist: there are cycles.
        """
        with self.on_one_connection() as inspector:
            keys = [(schema, name) for schema in consider_schemas for name in inspector.get_table_names(schema, **kw)]
            return sort_keys({key: inspector.get_foreign_keys(key[1], key[0], **kw) for key in keys})

    # tables

    def reflectable_names(self, schema: str | None, views: bool) -> list[str]:
        """The names that MetaData.reflect() may load."""
        names = self.get_table_names(schema)
        if views:
            names = names + self.get_view_names(schema)
            with suppress(NotImplementedError):
                names = names + self.get_materialized_view_names(schema)
        return list(dict.fromkeys(names))

    def load(
        self, schema: str | None, names: Sequence[str], views: bool = False, options: Mapping[str, Any] | None = None
    ) -> ReflectionInfo:
        """All that is known of some tables, asked for together; of the options, those that are for reflection count."""
        if not names:
            return ReflectionInfo()
        kind = ObjectKind.ANY if views else ObjectKind.TABLE
        return load_info(self._ask_many, schema, names, kind, **self._reflection_options(options or {}))

    def reflect_table(
        self,
        table: Any,
        include_columns: Collection[str] | None,
        exclude_columns: Collection[str] = (),
        resolve_fks: bool = True,
        _extend_on: set[Any] | None = None,
        _reflect_info: ReflectionInfo | None = None,
    ) -> None:
        """Fill a table with what the database has under its name; raises NoSuchTableError."""
        if _extend_on is not None:
            if table in _extend_on:
                return
            _extend_on.add(table)
        with self.on_one_connection() as inspector:
            wanted = Wanted(include_columns, exclude_columns)
            inspector._fill(table, wanted, resolve_fks, _extend_on, _reflect_info or ReflectionInfo())

    def _fill(
        self, table: Any, wanted: Wanted, resolve_fks: bool, extend_on: set[Any] | None, info: ReflectionInfo
    ) -> None:
        schema = self._schema_of(table)
        key = (schema, str(table.name))
        if key not in info.columns:
            info.update(
                load_info(
                    self._ask_many, schema, [key[1]], ObjectKind.ANY, **self._reflection_options(table.dialect_kwargs)
                )
            )
        if key in info.unreflectable:
            raise info.unreflectable[key]
        if key not in info.columns or not (info.columns[key] or self.has_table(key[1], schema)):
            raise NoSuchTableError(str(table.name))
        options = {"resolve_fks": resolve_fks, "_extend_on": extend_on, "_reflect_info": info}

        def resolve(name: str, schema: Any) -> None:
            type(table)(
                name,
                table.metadata,
                schema=schema,
                autoload_with=self,
                **options,
                **self._reflection_options(table.dialect_kwargs),
            )

        fill_table(table, info.table(key), wanted, self, resolve if resolve_fks else None)

    def _reflection_options(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Those of a table's options that are for reflection."""
        names: Iterable[str] = getattr(self.dialect, "reflection_options", ())
        return {name: options[name] for name in names if name in options}

    def _schema_of(self, table: Any) -> str | None:
        """The schema to look in: that of the table, as the connection translates it."""
        with self._connection() as connection:
            return schema_of(connection, table)


def _warn_of(what: str) -> None:
    warn(
        f"The {what} method on Inspector is deprecated and will be removed in a future release.  Please use the "
        "inspect() function on an Engine or Connection in order to acquire an Inspector. (deprecated since: 1.4)",
        SADeprecationWarning,
    )


def inspector_of(bind: Any) -> Inspector:
    """The Inspector of an engine or connection, of the class that its dialect says."""
    class_: type[Inspector] = getattr(bind.dialect, "inspector", None) or Inspector
    made = class_.__new__(class_)
    made._set_up(bind)
    return made


register(Engine, inspector_of)
register(Connection, inspector_of)
register(Inspector)
