"""What a PostgreSQL database tells about its objects: names, and the answers for many objects with one query each.

In: a connection and names. Out: the dictionaries of engine/reflected.py. The queries are in `reflection_sql.py`, what
becomes of their rows in `reflected_columns.py` and `reflected_keys.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from ...engine.reflected import ObjectKind, ObjectScope, ReflectionDefaults, TableKey, cache
from ...engine.reflecting import Reflection
from ...exc import NoSuchTableError
from ...sql.bind import BindParameter
from ...sql.simple import text
from . import reflection_sql as sql
from .reflected_columns import NamedTypes, columns_of
from .reflected_keys import check_of, foreign_key_of, index_of, pk_of, unique_of

Found = Iterator[tuple[TableKey, Any]]
_KINDS = {ObjectKind.TABLE: ("r", "p", "f"), ObjectKind.VIEW: ("v",), ObjectKind.MATERIALIZED_VIEW: ("m",)}
_SCOPES = {ObjectScope.DEFAULT: " AND c.relpersistence != 't'", ObjectScope.TEMPORARY: " AND c.relpersistence = 't'"}


class PostgreSQLReflection(Reflection):
    """The answers of PostgreSQL. Without a schema, objects are looked for on the search path."""

    ischema_names: dict[str, Any]
    default_schema_name: Any
    server_version_info: Any
    reflection_options = ("postgresql_ignore_search_path",)

    # names

    @cache
    def get_schema_names(self, connection: Any, **kw: Any) -> list[str]:
        return list(connection.execute(text(sql.SCHEMAS)).scalars())

    @cache
    def get_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, ("r", "p"), schema, ObjectScope.DEFAULT)

    @cache
    def get_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, ("v",), schema, ObjectScope.DEFAULT)

    @cache
    def get_materialized_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, ("m",), schema, ObjectScope.DEFAULT)

    @cache
    def get_foreign_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the tables that are on another server."""
        return self._relations(connection, ("f",), schema, ObjectScope.ANY)

    @cache
    def get_temp_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, ("r", "p"), None, ObjectScope.TEMPORARY)

    @cache
    def get_temp_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, ("v",), None, ObjectScope.TEMPORARY)

    @cache
    def get_sequence_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._relations(connection, ("S",), schema, ObjectScope.ANY)

    def _relations(self, connection: Any, kinds: Iterable[str], schema: str | None, scope: ObjectScope) -> list[str]:
        query = sql.OBJECTS.format(kinds=_listed(kinds), place=_place(schema)) + _SCOPES.get(scope, "")
        return [row[1] for row in connection.execute(text(query), _in(schema))]

    @cache
    def get_view_definition(self, connection: Any, view_name: str, schema: str | None = None, **kw: Any) -> str:
        query = text(sql.VIEW_DEFINITION.format(place=_place(schema)))
        found = connection.execute(query, {"name": view_name, **_in(schema)}).scalar()
        if found is None:
            raise NoSuchTableError(f"{schema}.{view_name}" if schema else view_name)
        return str(found)

    @cache
    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        return self.has_multi_table(connection, [table_name], schema, **kw)[schema, table_name]

    @cache
    def has_multi_table(
        self, connection: Any, table_names: Iterable[str], schema: str | None = None, **kw: Any
    ) -> dict[TableKey, bool]:
        names = list(table_names)
        query = text(sql.HAS_MANY.format(place=_place(schema))).bindparams(
            BindParameter("names", names, expanding=True)
        )
        found = set(connection.execute(query, _in(schema)).scalars())
        return {(schema, name): name in found for name in names}

    @cache
    def has_sequence(self, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
        return self._is_there(connection, sql.HAS_SEQUENCE, schema, name=sequence_name)

    @cache
    def has_index(
        self, connection: Any, table_name: str, index_name: str, schema: str | None = None, **kw: Any
    ) -> bool:
        """Whether a table has an index of this name, other than that of its primary key."""
        return self._is_there(connection, sql.HAS_INDEX, schema, name=table_name, index=index_name)

    def _is_there(self, connection: Any, query: str, schema: str | None, **names: str) -> bool:
        found = connection.execute(text(query.format(place=_place(schema))), {**names, **_in(schema)})
        return found.first() is not None

    # types

    @cache
    def has_type(self, connection: Any, type_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether an enumeration, a domain or another type has this name; without a schema, on the search path."""
        query = text(sql.HAS_TYPE.format(place=_type_place(schema)))
        return connection.execute(query, {"name": type_name, **_in_types(schema)}).first() is not None

    @cache
    def get_enums(self, connection: Any, schema: str | None = None, **kw: Any) -> list[dict[str, Any]]:
        """The enumerations of a schema, of all schemas (`*`), or those on the search path."""
        rows = connection.execute(text(sql.ENUMS.format(place=_type_place(schema))), _in_types(schema))
        return [{"name": row[0], "schema": row[1], "visible": row[2], "labels": list(row[3])} for row in rows]

    @cache
    def get_domains(self, connection: Any, schema: str | None = None, **kw: Any) -> list[dict[str, Any]]:
        """The domains of a schema, of all schemas (`*`), or those on the search path."""
        rows = connection.execute(text(sql.DOMAINS.format(place=_type_place(schema))), _in_types(schema)).all()
        return [_domain(list(group)) for _, group in groupby(rows, key=lambda row: (row[1], row[0]))]

    # objects

    @cache
    def get_table_oid(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> int:
        """The number of a table or view in the catalog; raises NoSuchTableError."""
        found = self._objects(connection, schema, [table_name], ObjectKind.ANY, ObjectScope.ANY, **_cache_of(kw))
        if not found:
            raise NoSuchTableError(f"{schema}.{table_name}" if schema else table_name)
        return int(found[0][0])

    @cache
    def _objects(
        self,
        connection: Any,
        schema: str | None,
        filter_names: Collection[str] | None,
        kind: ObjectKind,
        scope: ObjectScope,
        **kw: Any,
    ) -> list[tuple[int, str]]:
        """Numbers and names of what is asked about."""
        kinds = [letter for one, letters in _KINDS.items() if one in kind for letter in letters]
        query = sql.OBJECTS.format(kinds=_listed(kinds), place=_place(schema)) + _SCOPES.get(scope, "")
        if not filter_names:
            return [tuple(row) for row in connection.execute(text(query), _in(schema))]
        names = BindParameter("names", list(filter_names), expanding=True)
        return [
            tuple(row)
            for row in connection.execute(text(f"{query} AND c.relname IN :names").bindparams(names), _in(schema))
        ]

    def _told(
        self,
        connection: Any,
        query: str,
        make: Callable[[list[Any]], Any],
        default: Callable[[], Any],
        *,
        schema: str | None = None,
        filter_names: Collection[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> Found:
        """Ask about objects; `make` makes the answer of the rows of one, `default` that of one without rows."""
        objects = self._objects(connection, schema, filter_names, kind, scope, **_cache_of(kw))
        if not objects:
            return
        oids = "{" + ",".join([str(oid) for oid, _ in objects]) + "}"
        rows = connection.execute(text(query), {"oids": oids}).all()
        grouped = {oid: list(group) for oid, group in groupby(rows, key=lambda row: row[0])}
        for oid, name in objects:
            yield (schema, name), make(grouped[oid]) if oid in grouped else default()

    def get_multi_columns(self, connection: Any, **kw: Any) -> Found:
        types = NamedTypes(
            lambda: self.get_enums(connection, schema="*", **_cache_of(kw)),
            lambda: self.get_domains(connection, schema="*", **_cache_of(kw)),
            self.ischema_names,
        )
        schema = kw.get("schema")
        return self._told(
            connection, sql.COLUMNS, lambda rows: columns_of(rows, types, schema), ReflectionDefaults.columns, **kw
        )

    def get_multi_pk_constraint(self, connection: Any, **kw: Any) -> Found:
        query = sql.KEYS.format(kind="p", nulls="false")
        return self._told(connection, query, pk_of, ReflectionDefaults.pk_constraint, **kw)

    def get_multi_foreign_keys(self, connection: Any, **kw: Any) -> Found:
        schema, ignores_path = kw.get("schema"), kw.get("postgresql_ignore_search_path", False)

        def make(rows: list[Any]) -> list[Any]:
            return [
                foreign_key_of(group, self._referred_schema(group[0], schema, ignores_path)) for group in by_name(rows)
            ]

        query = sql.FOREIGN_KEYS.format(set_columns=sql.SET_COLUMNS if self._is_since(15) else "NULL")
        return self._told(connection, query, make, ReflectionDefaults.foreign_keys, **kw)

    def _referred_schema(self, row: Any, schema: str | None, ignores_path: bool) -> str | None:
        """The schema that a foreign key refers to, None for what the search path finds."""
        actual: str = row.nspname
        if ignores_path:
            return actual if actual != self.default_schema_name else schema
        return actual if not row.is_visible or schema == actual else None

    def get_multi_indexes(self, connection: Any, **kw: Any) -> Found:
        def make(rows: list[Any]) -> list[Any]:
            return [index_of(group) for group in by_name(rows)]

        query = sql.INDEXES.format(nulls=self._nulls_not_distinct)
        return self._told(connection, query, make, ReflectionDefaults.indexes, **kw)

    def get_multi_unique_constraints(self, connection: Any, **kw: Any) -> Found:
        def make(rows: list[Any]) -> list[Any]:
            return [unique_of(group) for group in by_name(rows)]

        query = sql.KEYS.format(kind="u", nulls=self._nulls_not_distinct)
        return self._told(connection, query, make, ReflectionDefaults.unique_constraints, **kw)

    def get_multi_check_constraints(self, connection: Any, **kw: Any) -> Found:
        def make(rows: list[Any]) -> list[Any]:
            return [check_of(row) for row in rows]

        return self._told(connection, sql.CHECKS, make, ReflectionDefaults.check_constraints, **kw)

    def get_table_comment(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        return self._one(self.get_multi_table_comment, connection, table_name, schema, kw)

    def get_multi_table_comment(self, connection: Any, **kw: Any) -> Found:
        return self._told(
            connection, sql.COMMENTS, lambda rows: {"text": rows[0][1]}, ReflectionDefaults.table_comment, **kw
        )

    def get_multi_table_options(self, connection: Any, **kw: Any) -> Found:
        return self._told(connection, sql.OPTIONS, _options, ReflectionDefaults.table_options, **kw)

    # versions

    def _is_since(self, major: int) -> bool:
        return self.server_version_info is None or self.server_version_info >= (major,)

    @property
    def _nulls_not_distinct(self) -> str:
        return "i.indnullsnotdistinct" if self._is_since(15) else "false"


def by_name(rows: list[Any]) -> Iterator[list[Any]]:
    """Yield the rows of each constraint or index; the second column is its name."""
    for _, group in groupby(rows, key=lambda row: row[1]):
        yield list(group)


def _options(rows: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if rows[0].parents:
        found["postgresql_inherits"] = tuple(rows[0].parents)
    if rows[0].reloptions:
        found["postgresql_with"] = dict([option.split("=", 1) for option in rows[0].reloptions])
    return found


def _domain(rows: list[Any]) -> dict[str, Any]:
    first = rows[0]
    return {
        "name": first.typname,
        "schema": first.nspname,
        "visible": first.is_visible,
        "type": first.type.partition("(")[0],
        "nullable": not first.typnotnull,
        "default": first.typdefault,
        "constraints": [
            {"name": row.conname, "check": check_of(row)["sqltext"]} for row in rows if row.conname is not None
        ],
        "collation": first.collname,
        "collation_schema": first.collation_schema,
    }


def _listed(letters: Iterable[str]) -> str:
    return ", ".join([f"'{letter}'" for letter in letters])


def _place(schema: str | None) -> str:
    return sql.VISIBLE if schema is None else sql.IN_SCHEMA


def _type_place(schema: str | None) -> str:
    return sql.TYPE_PLACES.get(schema, sql.IN_SCHEMA)


def _in(schema: str | None) -> dict[str, Any]:
    return {} if schema is None else {"schema": schema}


def _in_types(schema: str | None) -> dict[str, Any]:
    return {} if schema in sql.TYPE_PLACES else {"schema": schema}


def _cache_of(kw: dict[str, Any]) -> dict[str, Any]:
    return {"info_cache": kw["info_cache"]} if kw.get("info_cache") is not None else {}
