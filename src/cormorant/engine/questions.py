"""The questions that an Inspector asks about names and about single objects.

In: names. Out: what the dialect answers, kept in `info_cache` until `clear_cache()`. No SQL is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Any, Self

from .connection import Connection
from .engine import Engine
from .reflected import (
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedTableComment,
    ReflectedUniqueConstraint,
    TableKey,
)


class Questions:
    """Asks the dialect, through an engine or a connection, and keeps its answers."""

    bind: Any
    engine: Engine
    info_cache: dict[Any, Any]
    dialect: Any

    # asking

    @contextmanager
    def _connection(self) -> Generator[Connection]:
        """The connection, or one of the engine's for as long as the question takes."""
        if isinstance(self.bind, Connection):
            yield self.bind
        else:
            with self.engine.connect() as connection:
                yield connection

    @contextmanager
    def on_one_connection(self) -> Generator[Self]:
        """This Inspector, or one like it with the same answers that asks all its questions on one connection."""
        with self._connection() as connection:
            if connection is self.bind:
                yield self
            else:
                made = type(self).__new__(type(self))
                made.__dict__.update(self.__dict__)
                made.bind = connection
                yield made

    def _ask(self, question: str, *names: Any, **options: Any) -> Any:
        """Have the dialect answer."""
        answer: Callable[..., Any] | None = getattr(self.dialect, question, None)
        if answer is None:
            raise NotImplementedError(f"the {self.dialect.name} dialect has no {question}(), it cannot be reflected")
        with self._connection() as connection:
            return answer(connection, *names, info_cache=self.info_cache, **options)

    def _ask_many(self, question: str, **options: Any) -> dict[TableKey, Any]:
        with self._connection() as connection:
            answer: Callable[..., Any] = getattr(self.dialect, question)
            return dict(answer(connection, info_cache=self.info_cache, **options))

    def clear_cache(self) -> None:
        """Forget all answers, so that changes of the database are seen."""
        self.info_cache.clear()

    @property
    def default_schema_name(self) -> str | None:
        """The schema that names without one are looked up in."""
        name: str | None = self.dialect.default_schema_name
        return name

    # names

    def get_schema_names(self, **kw: Any) -> list[str]:
        """The names of all schemas."""
        names: list[str] = self._ask("get_schema_names", **kw)
        return names

    def get_table_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the tables of a schema, without views."""
        names: list[str] = self._ask("get_table_names", schema, **kw)
        return names

    def get_temp_table_names(self, **kw: Any) -> list[str]:
        """The names of the connection's temporary tables."""
        names: list[str] = self._ask("get_temp_table_names", **kw)
        return names

    def get_temp_view_names(self, **kw: Any) -> list[str]:
        """The names of the connection's temporary views."""
        names: list[str] = self._ask("get_temp_view_names", **kw)
        return names

    def get_view_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the views of a schema, without materialized ones."""
        names: list[str] = self._ask("get_view_names", schema, **kw)
        return names

    def get_materialized_view_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the materialized views of a schema."""
        names: list[str] = self._ask("get_materialized_view_names", schema, **kw)
        return names

    def get_sequence_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """The names of the sequences of a schema."""
        names: list[str] = self._ask("get_sequence_names", schema, **kw)
        return names

    def get_view_definition(self, view_name: str, schema: str | None = None, **kw: Any) -> str:
        """The text that a view was made of; raises NoSuchTableError."""
        text: str = self._ask("get_view_definition", view_name, schema, **kw)
        return text

    def has_table(self, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether there is a table or view of this name, temporary ones included."""
        return bool(self._ask("has_table", table_name, schema, **kw))

    def has_multi_table(self, table_names: Iterable[str], schema: str | None = None, **kw: Any) -> dict[TableKey, bool]:
        """For each name, whether there is a table or view of it."""
        found: dict[TableKey, bool] = self._ask("has_multi_table", list(table_names), schema, **kw)
        return found

    def has_index(self, table_name: str, index_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether a table has an index of this name."""
        return bool(self._ask("has_index", table_name, index_name, schema, **kw))

    def has_schema(self, schema_name: str, **kw: Any) -> bool:
        """Whether there is a schema of this name."""
        return bool(self._ask("has_schema", schema_name, **kw))

    def has_sequence(self, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether there is a sequence of this name."""
        return bool(self._ask("has_sequence", sequence_name, schema, **kw))

    # one object

    def get_columns(self, table_name: str, schema: str | None = None, **kw: Any) -> list[ReflectedColumn]:
        """The columns of a table or view; raises NoSuchTableError."""
        found: list[ReflectedColumn] = self._ask("get_columns", table_name, schema, **kw)
        return found

    def get_pk_constraint(self, table_name: str, schema: str | None = None, **kw: Any) -> ReflectedPrimaryKeyConstraint:
        """The primary key of a table; raises NoSuchTableError."""
        found: ReflectedPrimaryKeyConstraint = self._ask("get_pk_constraint", table_name, schema, **kw)
        return found

    def get_foreign_keys(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedForeignKeyConstraint]:
        """The foreign keys of a table; raises NoSuchTableError."""
        found: list[ReflectedForeignKeyConstraint] = self._ask("get_foreign_keys", table_name, schema, **kw)
        return found

    def get_indexes(self, table_name: str, schema: str | None = None, **kw: Any) -> list[ReflectedIndex]:
        """The indexes of a table; raises NoSuchTableError."""
        found: list[ReflectedIndex] = self._ask("get_indexes", table_name, schema, **kw)
        return found

    def get_unique_constraints(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedUniqueConstraint]:
        """The unique constraints of a table; raises NoSuchTableError."""
        found: list[ReflectedUniqueConstraint] = self._ask("get_unique_constraints", table_name, schema, **kw)
        return found

    def get_check_constraints(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedCheckConstraint]:
        """The check constraints of a table; raises NoSuchTableError."""
        found: list[ReflectedCheckConstraint] = self._ask("get_check_constraints", table_name, schema, **kw)
        return found

    def get_table_comment(self, table_name: str, schema: str | None = None, **kw: Any) -> ReflectedTableComment:
        """The comment of a table; raises NoSuchTableError, and NotImplementedError where there are none."""
        found: ReflectedTableComment = self._ask("get_table_comment", table_name, schema, **kw)
        return found

    def get_table_options(self, table_name: str, schema: str | None = None, **kw: Any) -> dict[str, Any]:
        """The options of a table, under the names that Table takes them by."""
        found: dict[str, Any] = self._ask("get_table_options", table_name, schema, **kw)
        return found
