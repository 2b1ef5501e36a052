"""A collection of tables that belong together: names, conventions, order, creation and removal.

Reflection is asked of `inspect(bind)`, which the engine provides; nothing here talks to a database.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from ..exc import (
    ArgumentError,
    InvalidRequestError,
    NoReferencedColumnError,
    NoReferencedTableError,
    UnreflectableTableError,
)
from ..inspection import inspect
from ..sql.names import quoted_name
from ..util import immutabledict, warn
from .base import CheckFirst, SchemaItem
from .hooks import HasHooks
from .naming import DEFAULT_CONVENTION
from .run import SchemaVisit, run_on
from .sorting import sort_tables
from .table import Table


class Tables(immutabledict[str, Table]):
    """The tables by key, as a dictionary that only the MetaData fills."""

    __slots__ = ()
    __hash__ = object.__hash__

    def put(self, key: str, table: Table) -> None:
        """Add a table; for the MetaData alone."""
        super(immutabledict, self).__setitem__(key, table)

    def take(self, key: str) -> None:
        """Take a table out; for the MetaData alone."""
        if key in self:
            super(immutabledict, self).__delitem__(key)

    def __repr__(self) -> str:
        return f"FacadeDict({dict(self)!r})"


class MetaData(HasHooks, SchemaItem):
    """Tables under their keys, with a schema and naming conventions for those that say nothing else."""

    def __init__(
        self,
        schema: Any = None,
        quote_schema: bool | None = None,
        naming_convention: Mapping[Any, Any] | None = None,
        info: dict[Any, Any] | None = None,
    ) -> None:
        if schema is not None and not isinstance(schema, str):
            raise ArgumentError(f"expected schema argument to be a string, got {schema.__class__}.")
        self.schema = quoted_name.construct(schema, quote_schema)
        self.tables = Tables()
        self.naming_convention: immutabledict[Any, Any] = immutabledict(
            naming_convention if naming_convention else DEFAULT_CONVENTION
        )
        self._sequences: dict[str, Any] = {}
        self._untyped: list[Any] = []
        self.noted_types: list[Any] = []
        """Named types that were given this MetaData themselves."""
        if info:
            self.info = info

    def __repr__(self) -> str:
        return "MetaData()"

    def __deepcopy__(self, memo: dict[int, Any]) -> MetaData:
        """Copy it with all tables; as part of anything else, such as a type in a statement, it stays itself."""
        if memo:
            return self
        made = object.__new__(type(self))
        memo[id(self)] = made
        made.__dict__.update(deepcopy(self.__dict__, memo))
        return made

    def __contains__(self, table_or_key: Any) -> bool:
        key = table_or_key if isinstance(table_or_key, str) else table_or_key.key
        return key in self.tables

    # filled by tables and columns

    def _add_table(self, table: Table) -> None:
        self.tables.put(table.key, table)

    def _remove_table(self, key: str) -> None:
        self.tables.take(key)
        self._untyped = [column for column in self._untyped if column.table.key != key]

    def note_type(self, type_: Any) -> None:
        """Note a named type, which create_all() makes even if no table has it."""
        if type_.is_named:
            self.noted_types.append(type_)

    def _expect_type(self, column: Any) -> None:
        """Note a column that takes its type from the column which it refers to."""
        if column.type.is_null and column.foreign_keys:
            self._untyped.append(column)

    def _resolve_types(self) -> None:
        """Give such columns their types, as far as what they refer to is declared."""
        waiting, progressed = self._untyped, True
        while waiting and progressed:
            left = [column for column in waiting if not _take_type(column)]
            progressed = len(left) < len(waiting)
            waiting = left
        self._untyped = waiting

    # what it holds

    @property
    def sorted_tables(self) -> list[Table]:
        """The tables, those that others refer to first."""
        return sort_tables(sorted(self.tables.values(), key=lambda table: table.key))

    @property
    def schemas(self) -> list[str]:
        """The names of all schemas that its tables are in."""
        return sorted({str(table.schema) for table in self.tables.values() if table.schema is not None})

    def clear(self) -> None:
        """Forget all tables."""
        for key in list(self.tables):
            self.tables.take(key)
        self._untyped.clear()
        self._sequences.clear()

    def remove(self, table: Table) -> None:
        """Forget a table."""
        self._remove_table(table.key)

    def get_schema_objects(self, kind: type[Any], *, schema: Any = None) -> Sequence[Any]:
        """Return the types of a class (enumerations) that the columns use, each name once."""
        found = {
            (one.schema, one.name): one
            for table in self.tables.values()
            for column in table.c
            for one in (column.type,)
            if isinstance(one, kind)
        }
        return [one for (of, _), one in found.items() if schema is None or of == schema]

    def get_schema_object_by_name(self, kind: type[Any], name: str, *, schema: Any = None) -> Any:
        """Return the one of that name, or None."""
        return next((one for one in self.get_schema_objects(kind, schema=schema) if one.name == name), None)

    # in the database

    def create_all(self, bind: Any, tables: Sequence[Table] | None = None, checkfirst: Any = CheckFirst.ALL) -> None:
        """Create the tables that are missing, in order of dependency."""
        run_on(bind, SchemaVisit("create", self, tables, CheckFirst.of(checkfirst)))

    def drop_all(self, bind: Any, tables: Sequence[Table] | None = None, checkfirst: Any = CheckFirst.ALL) -> None:
        """Drop the tables that exist, in reverse order of dependency."""
        run_on(bind, SchemaVisit("drop", self, tables, CheckFirst.of(checkfirst)))

    def reflect(
        self,
        bind: Any,
        schema: str | None = None,
        views: bool = False,
        only: Iterable[str] | Callable[[str, MetaData], bool] | None = None,
        extend_existing: bool = False,
        autoload_replace: bool = True,
        resolve_fks: bool = True,
        **dialect_kwargs: Any,
    ) -> None:
        """Load the tables that the database has: all of them, or those that `only` names or says yes to."""
        options = {
            "schema": self.schema if schema is None else schema,
            "extend_existing": extend_existing,
            "autoload_replace": autoload_replace,
            "resolve_fks": resolve_fks,
            **dialect_kwargs,
        }
        with inspect(bind).on_one_connection() as inspector:
            self._reflect(inspector, views, only, options)

    def _reflect(self, inspector: Any, views: bool, only: Any, options: dict[str, Any]) -> None:
        schema = options["schema"]
        known = () if options["extend_existing"] else set(self.tables)
        names = inspector.reflectable_names(schema, views)
        asked = _chosen(self, names, only, schema, known, inspector)
        chosen = [name for name in asked if _key(schema, name) not in known]
        info, extended = inspector.load(schema, chosen, views, options), set[Any]()
        for name in chosen:
            try:
                Table(name, self, autoload_with=inspector, _extend_on=extended, _reflect_info=info, **options)
            except UnreflectableTableError as error:
                warn(f"Skipping table {name}: {error}")


def _key(schema: str | None, name: str) -> str:
    return f"{schema}.{name}" if schema else name


def _chosen(
    metadata: MetaData, names: list[str], only: Any, schema: str | None, known: Container[str], inspector: Any
) -> list[str]:
    if only is None:
        return names
    if callable(only):
        return [name for name in names if _key(schema, name) not in known and only(name, metadata)]
    asked = list(only)
    missing = [name for name in asked if name not in names]
    if missing:
        place = f" schema '{schema}'" if schema else ""
        raise InvalidRequestError(
            f"Could not reflect: requested table(s) not available in {inspector.engine!r}{place}: "
            f"({', '.join(missing)})"
        )
    return asked


def _take_type(column: Any) -> bool:
    """Give a column the type of the column that it refers to; False where that is not known yet."""
    for key in column.foreign_keys:
        try:
            type_ = key.column.type
        except (NoReferencedTableError, NoReferencedColumnError):
            continue
        if not type_.is_null:
            column.type = type_
            column.__dict__.pop("comparator", None)
            return True
    return False
