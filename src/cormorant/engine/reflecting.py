"""What a dialect answers about the objects of a database: the questions, and answers made of other answers.

In: a connection and names. Out: the dictionaries of reflected.py. A dialect mixes this in and answers either for one
object (`get_columns`) or for many at once (`get_multi_columns`); the other form follows. What it does not answer at all
raises NotImplementedError, which programs may catch: the database has no such thing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NoReturn

from ..exc import NoSuchTableError, UnreflectableTableError
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
    TableKey,
)

Found = Iterable[tuple[TableKey, Any]]


class Reflection:
    """Mixed into dialects that can be reflected."""

    name: str

    # names

    def get_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the tables of a schema."""
        self._unknown("tables")

    def get_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the views of a schema."""
        self._unknown("views")

    def get_materialized_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the materialized views of a schema."""
        self._unknown("materialized views")

    def get_temp_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the temporary tables of this connection."""
        self._unknown("temporary tables")

    def get_temp_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the temporary views of this connection."""
        self._unknown("temporary views")

    def get_sequence_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the sequences of a schema."""
        self._unknown("sequences")

    def get_schema_names(self, connection: Any, **kw: Any) -> list[str]:
        """The names of the schemas."""
        self._unknown("schemas")

    def get_view_definition(self, connection: Any, view_name: str, schema: str | None = None, **kw: Any) -> str:
        """The SELECT, or CREATE VIEW, of a view."""
        self._unknown("definitions of views")

    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether there is a table or view of this name."""
        self._unknown("tables")

    def has_multi_table(
        self, connection: Any, table_names: Iterable[str], schema: str | None = None, **kw: Any
    ) -> dict[TableKey, bool]:
        """For each name, whether there is a table or view of it."""
        return {(schema, name): self.has_table(connection, name, schema=schema, **kw) for name in table_names}

    def has_index(
        self, connection: Any, table_name: str, index_name: str, schema: str | None = None, **kw: Any
    ) -> bool:
        """Whether a table has an index of this name."""
        try:
            indexes = self.get_indexes(connection, table_name, schema=schema, **kw)
        except NoSuchTableError:
            return False
        return any(index["name"] == index_name for index in indexes)

    def has_sequence(self, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether there is a sequence of this name."""
        self._unknown("sequences")

    def has_schema(self, connection: Any, schema_name: str, **kw: Any) -> bool:
        """Whether there is a schema of this name."""
        return schema_name in self.get_schema_names(connection, **kw)

    # one object

    def get_columns(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedColumn]:
        """The columns of a table or view, in order."""
        found: list[ReflectedColumn] = self._one(self.get_multi_columns, connection, table_name, schema, kw)
        return found

    def get_pk_constraint(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedPrimaryKeyConstraint:
        """The primary key of a table."""
        found: ReflectedPrimaryKeyConstraint = self._one(
            self.get_multi_pk_constraint, connection, table_name, schema, kw
        )
        return found

    def get_foreign_keys(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedForeignKeyConstraint]:
        """The foreign keys of a table."""
        found: list[ReflectedForeignKeyConstraint] = self._one(
            self.get_multi_foreign_keys, connection, table_name, schema, kw
        )
        return found

    def get_indexes(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedIndex]:
        """The indexes of a table."""
        found: list[ReflectedIndex] = self._one(self.get_multi_indexes, connection, table_name, schema, kw)
        return found

    def get_unique_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedUniqueConstraint]:
        """The unique constraints of a table."""
        found: list[ReflectedUniqueConstraint] = self._one(
            self.get_multi_unique_constraints, connection, table_name, schema, kw
        )
        return found

    def get_check_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedCheckConstraint]:
        """The check constraints of a table."""
        found: list[ReflectedCheckConstraint] = self._one(
            self.get_multi_check_constraints, connection, table_name, schema, kw
        )
        return found

    def get_table_comment(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedTableComment:
        """The comment of a table."""
        self._unknown("comments")

    def get_table_options(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> dict[str, Any]:
        """The options of a table, under the names that Table takes them by."""
        found: dict[str, Any] = self._one(self.get_multi_table_options, connection, table_name, schema, kw)
        return found

    # many objects

    def get_multi_columns(self, connection: Any, **kw: Any) -> Found:
        """The columns of many objects."""
        return self._each(self.get_columns, connection, **kw)

    def get_multi_pk_constraint(self, connection: Any, **kw: Any) -> Found:
        """The primary keys of many objects."""
        return self._each(self.get_pk_constraint, connection, **kw)

    def get_multi_foreign_keys(self, connection: Any, **kw: Any) -> Found:
        """The foreign keys of many objects."""
        return self._each(self.get_foreign_keys, connection, **kw)

    def get_multi_indexes(self, connection: Any, **kw: Any) -> Found:
        """The indexes of many objects."""
        return self._each(self.get_indexes, connection, **kw)

    def get_multi_unique_constraints(self, connection: Any, **kw: Any) -> Found:
        """The unique constraints of many objects."""
        return self._each(self.get_unique_constraints, connection, **kw)

    def get_multi_check_constraints(self, connection: Any, **kw: Any) -> Found:
        """The check constraints of many objects."""
        return self._each(self.get_check_constraints, connection, **kw)

    def get_multi_table_comment(self, connection: Any, **kw: Any) -> Found:
        """The comments of many objects."""
        return self._each(self.get_table_comment, connection, **kw)

    def get_multi_table_options(self, connection: Any, **kw: Any) -> Found:
        """The options of many objects."""
        return self._each(self.get_table_options, connection, **kw)

    # one form from the other

    def _one(
        self,
        many: Callable[..., Found],
        connection: Any,
        table_name: str,
        schema: str | None,
        kw: Mapping[str, Any],
    ) -> Any:
        """Ask for many objects, of which there is one; raises NoSuchTableError."""
        scope = {"scope": ObjectScope.ANY, "kind": ObjectKind.ANY}
        found = dict(many(connection, schema=schema, filter_names=[table_name], **scope, **kw))
        if (schema, table_name) not in found:
            raise NoSuchTableError(f"{schema}.{table_name}" if schema else table_name)
        return found[schema, table_name]

    def _each(
        self,
        one: Callable[..., Any],
        connection: Any,
        *,
        schema: str | None = None,
        filter_names: Collection[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        unreflectable: dict[TableKey, UnreflectableTableError] | None = None,
        **kw: Any,
    ) -> Iterator[tuple[TableKey, Any]]:
        """Ask for one object after the other; those that are not there are left out."""
        for name in self._names(connection, schema, filter_names, kind, scope, kw):
            try:
                yield (schema, name), one(connection, name, schema=schema, **kw)
            except UnreflectableTableError as error:
                if unreflectable is not None:
                    unreflectable.setdefault((schema, name), error)
            except NoSuchTableError:
                continue

    def _names(
        self,
        connection: Any,
        schema: str | None,
        filter_names: Collection[str] | None,
        kind: ObjectKind,
        scope: ObjectScope,
        kw: Mapping[str, Any],
    ) -> list[str]:
        if filter_names and kind is ObjectKind.ANY and scope is ObjectScope.ANY:
            return list(filter_names)
        found: list[str] = []
        for in_kind, in_scope, list_names in self._listings():
            if in_kind in kind and in_scope in scope:
                try:
                    found += list_names(connection, schema=schema, **kw)
                except NotImplementedError:
                    continue
        wanted = set(filter_names or ())
        return [name for name in dict.fromkeys(found) if not wanted or name in wanted]

    def _listings(self) -> list[tuple[ObjectKind, ObjectScope, Callable[..., list[str]]]]:
        """The methods that list names, with what they list."""
        return [
            (ObjectKind.TABLE, ObjectScope.DEFAULT, self.get_table_names),
            (ObjectKind.VIEW, ObjectScope.DEFAULT, self.get_view_names),
            (ObjectKind.MATERIALIZED_VIEW, ObjectScope.DEFAULT, self.get_materialized_view_names),
            (ObjectKind.TABLE, ObjectScope.TEMPORARY, self.get_temp_table_names),
            (ObjectKind.VIEW, ObjectScope.TEMPORARY, self.get_temp_view_names),
        ]

    def _unknown(self, what: str) -> NoReturn:
        raise NotImplementedError(f"the {self.name} dialect reflects no {what}")
