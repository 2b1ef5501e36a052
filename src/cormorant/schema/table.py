"""A table of a MetaData.

In: name, MetaData, columns and constraints. Out: one object per key and MetaData: making it again gives the same one,
or changes it (`extend_existing`), or leaves it (`keep_existing`). It has a structure of its own, since it can change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, ClassVar, Self, cast

from ..event import listen
from ..exc import ArgumentError, DuplicateColumnError, InvalidRequestError
from ..inspection import inspect
from ..sql.collection import DedupeColumnCollection
from ..sql.fromclause import TableClause
from ..sql.names import quoted_name
from ..sql.node import Kind
from ..util import NO_ARG, warn_deprecated
from .autoincrement import find_autoincrement
from .base import BLANK_SCHEMA, RETAIN_SCHEMA, CheckFirst, DialectOptions, SchemaItem, attach_all
from .constraints import PrimaryKeyConstraint
from .copies import copy_table
from .ddl import CreateSequence, DropSequence
from .hooks import HasHooks, fire_attach
from .named_types import create_statement, types_of_tables
from .plan import plan_drop, plan_table, wants_sequence
from .run import ObjectVisit, has_sequence, has_table, has_type, run_on, sequences_of
from .typed import TypedColumns, typed_columns


class Table(DialectOptions, HasHooks, SchemaItem, TableClause):
    """A table: `Table(name, metadata, *columns and constraints, **options)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {}
    inherit_cache: ClassVar[bool | None] = True
    has_own_shape: ClassVar[bool] = True
    is_table: ClassVar[bool] = True

    c: Any
    primary_key: Any = None
    foreign_keys: Any = frozenset[Any]()
    constraints: set[Any]
    indexes: set[Any]
    comment: str | None = None
    implicit_returning: bool = True

    def __new__(cls, *args: Any, **kw: Any) -> Self:
        if not args and not kw:
            return object.__new__(cls)
        if len(args) < 2:
            raise TypeError("Table() takes at least two positional-only arguments 'name', and 'metadata'")
        name, metadata, *items = args
        found: Any = _find_or_make(cls, name, metadata, items, kw)
        return cast("Self", found)

    def __init__(self, name: str, metadata: Any, /, *args: Any, **kw: Any) -> None:
        """Everything happens when the object is found or made."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Copy the table with its MetaData; as part of anything else, such as a statement, it stays itself."""
        if not memo:
            deepcopy(self.metadata, memo)
        elif id(self.metadata) not in memo:
            return self
        return memo[id(self)] if id(self) in memo else super().__deepcopy__(memo)

    def _setup(self, name: str, metadata: Any, schema: Any, quote: Any, quote_schema: Any) -> None:
        self.name = quoted_name.construct(name, quote)
        self.metadata = metadata
        self.schema = _schema_for(metadata, schema, quote_schema)
        self.c = DedupeColumnCollection()
        self.constraints = set()
        self.indexes = set()
        self.foreign_keys = set()
        self.given_options = {}
        self._extra_dependencies: set[Any] = set()
        self._prefixes: list[str] = []
        self._creator_ddl: Any = None
        self._dropper_ddl: Any = None
        self.sentinel_column: Any = None
        """The column by which the rows of one INSERT are told apart, where one was made for that."""
        self.primary_key = None
        fire_attach(self, metadata, "before_parent_attach")
        PrimaryKeyConstraint(_implicit_generated=True)._attach(self)

    def _configure(self, items: Iterable[Any], options: dict[str, Any], replace: bool) -> None:
        for function, name in options.pop("listeners", None) or ():
            self._listen(function, name)
        for name in ("comment", "implicit_returning", "info"):
            value = options.pop(name, NO_ARG)
            if value is not NO_ARG and value is not None:
                setattr(self, name, value)
        if "prefixes" in options:
            self._prefixes = list(options.pop("prefixes") or ())
        load_from, reflection = options.pop("autoload_with", None), _reflection_options(options)
        if options:
            self._take_dialect_options(options)
        if load_from is not None:
            self._reflect(load_from, **reflection)
        attach_all(self, _expanded(items), replace_existing=replace or load_from is not None)

    def _reflect(self, source: Any, include_columns: Any = None, autoload_replace: bool = True, **options: Any) -> None:
        """Take over what the database has of this table."""
        kept = () if autoload_replace else [column.name for column in self.c]
        inspect(source).reflect_table(self, include_columns, kept, **options)

    def _listen(self, name: str, function: Any) -> None:
        listen(self, name, function)

    # columns and constraints

    def append_column(self, column: Any, *, replace_existing: bool = False) -> None:
        """Add a column; raises DuplicateColumnError where there is one of the name, unless it is to be replaced."""
        attach_all(self, [column], replace_existing=replace_existing, appended=True)
        self.metadata._resolve_types()

    def insert_column(self, column: Any, index: int, *, replace_existing: bool = False) -> None:
        """Add a column at a position."""
        attach_all(self, [column], replace_existing=replace_existing, index=index, appended=True)
        self.metadata._resolve_types()

    def append_constraint(self, constraint: Any) -> None:
        """Add a constraint."""
        attach_all(self, [constraint])
        self.metadata._resolve_types()

    def _put_column(self, column: Any, replace_existing: bool, index: int | None, appended: bool) -> None:
        present = self.c.named_like(column)
        if present and present != [column] and not replace_existing:
            hint = _REPLACE_HINT if appended else ""
            by, shown = ("name", column.name) if present[0].name == column.name else ("key", column.key)
            raise DuplicateColumnError(f"A column with {by} '{shown}' is already present in table '{self.name}'.{hint}")
        if index is None:
            for gone in self.c.replace(column):
                self._forget_column(gone)
        else:
            self.c.insert(column, index)
        self._changed()

    def _forget_column(self, column: Any) -> None:
        self.primary_key.discard(column)
        for key in list(column.foreign_keys):
            self.foreign_keys.discard(key)
            self.constraints.discard(key.constraint)

    def _changed(self) -> None:
        """Forget what was derived from the columns; statements built from now on are of another structure."""
        for name in ("shape", "refs", "_inner_refs"):
            if hasattr(self, name):
                delattr(self, name)
        self.__dict__.pop("autoincrement_column", None)

    def _take_sentinel(self, column: Any) -> None:
        if self.sentinel_column is not None and self.sentinel_column.key != column.key:
            raise ArgumentError(
                "a Table may have only one explicit sentinel column: "
                f"{self.name!r} has {self.sentinel_column.name!r} and gets {column.name!r}"
            )
        self.sentinel_column = column

    def written_columns(self) -> Iterable[Any]:
        if self.sentinel_column is None:
            return super().written_columns()
        return [column for column in self.c if not column.omit_from_statements]

    # what others ask

    @property
    def key(self) -> str:
        """The name under which the MetaData holds it: `schema.name`."""
        return table_key(self.name, self.schema)

    @property
    def fullname(self) -> str:
        return table_key(self.name, self.schema)

    @property
    def autoincrement_column(self) -> Any:
        """The column of the primary key that the database counts, or None."""
        return find_autoincrement(self)

    @property
    def foreign_key_constraints(self) -> set[Any]:
        """The foreign key constraints of the table."""
        return {key.constraint for key in self.foreign_keys}

    @property
    def is_view(self) -> bool:
        """Whether it is created by CREATE VIEW."""
        return type(self._creator_ddl).__name__ == "CreateView"

    @property
    def _sorted_constraints(self) -> list[Any]:
        return sorted(self.constraints, key=lambda one: one._creation_order)

    @property
    def _sorted_foreign_key_constraints(self) -> list[Any]:
        return sorted(self.foreign_key_constraints, key=lambda one: one._creation_order)

    @property
    def _sorted_indexes(self) -> list[Any]:
        return sorted(self.indexes, key=lambda one: str(one.name or ""))

    def add_is_dependent_on(self, table: Table) -> None:
        """Say that another table must be created before this one, whatever the foreign keys say."""
        self._extra_dependencies.add(table)

    # in the database

    def create(self, bind: Any, checkfirst: Any = CheckFirst.TYPES) -> None:
        """Create the table in the database."""
        flags = CheckFirst.of(checkfirst)
        run_on(bind, TableCreation(self, flags))

    def drop(self, bind: Any, checkfirst: Any = CheckFirst.NONE) -> None:
        """Drop the table from the database."""
        run_on(bind, TableRemoval(self, CheckFirst.of(checkfirst)))

    def set_creator_ddl(self, ddl: Any) -> None:
        """Use another statement to create it."""
        self._creator_ddl = ddl

    def set_dropper_ddl(self, ddl: Any) -> None:
        """Use another statement to drop it."""
        self._dropper_ddl = ddl

    def to_metadata(
        self, metadata: Any, schema: Any = RETAIN_SCHEMA, referred_schema_fn: Any = None, name: str | None = None
    ) -> Table:
        """Return a copy of the table in another MetaData, or under another name."""
        made: Table = copy_table(self, type(self), metadata, schema, referred_schema_fn, name)
        return made

    def tometadata(self, *args: Any, **kw: Any) -> Table:
        """Return `to_metadata()`, which it was called before."""
        warn_deprecated("Table.tometadata() is renamed to Table.to_metadata()", "1.4")
        return self.to_metadata(*args, **kw)

    @property
    def description(self) -> str:
        return str(self.name)

    def __str__(self) -> str:
        return self.fullname

    def __repr__(self) -> str:
        shown = [repr(self.name), repr(self.metadata), *(repr(column) for column in self.c)]
        return f"Table({', '.join([*shown, f'schema={self.schema!r}'])})"


class TableCreation:
    """Creates one table, with its indexes, on a connection."""

    def __init__(self, table: Table, flags: CheckFirst) -> None:
        self.table = table
        self.checkfirst = flags

    def unchecked(self) -> TableCreation:
        """Return the same without a look at what is there."""
        return TableCreation(self.table, CheckFirst.NONE)

    def __call__(self, connection: Any) -> None:
        """Do it."""
        if checks(self.table, self.checkfirst) and has_table(connection, self.table):
            return
        check = has_type if CheckFirst.TYPES in self.checkfirst else None
        for type_ in types_of_tables([self.table], connection.dialect):
            ObjectVisit("create", type_, [create_statement(type_)], check)(connection)
        self._create_sequences(connection)
        statements = plan_table(self.table, None, connection.dialect)
        ObjectVisit("create", self.table, statements, None)(connection)

    def _create_sequences(self, connection: Any) -> None:
        check = has_sequence if CheckFirst.SEQUENCES in self.checkfirst else None
        for sequence in sequences_of([self.table]):
            if wants_sequence(sequence, connection.dialect):
                ObjectVisit("create", sequence, [CreateSequence(sequence)], check)(connection)


class TableRemoval:
    """Drops one table on a connection."""

    def __init__(self, table: Table, flags: CheckFirst) -> None:
        self.table = table
        self.checkfirst = flags

    def unchecked(self) -> TableRemoval:
        """Return the same without a look at what is there."""
        return TableRemoval(self.table, CheckFirst.NONE)

    def __call__(self, connection: Any) -> None:
        """Do it."""
        if checks(self.table, self.checkfirst) and not has_table(connection, self.table):
            return
        statements = plan_drop(self.table.metadata, [self.table], connection.dialect)
        ObjectVisit("drop", self.table, statements, None)(connection)
        check = has_sequence if CheckFirst.SEQUENCES in self.checkfirst else None
        for sequence in sequences_of([self.table]):
            if wants_sequence(sequence, connection.dialect):
                ObjectVisit("drop", sequence, [DropSequence(sequence)], check)(connection)


def checks(table: Table, flags: CheckFirst) -> bool:
    """Tell whether to look for a table or view in the database first."""
    return (CheckFirst.VIEWS if table.is_view else CheckFirst.TABLES) in flags


def _expanded(items: Iterable[Any]) -> list[Any]:
    """Return what a table is made of, with the columns of classes that declare some."""
    found: list[Any] = []
    for item in items:
        cls: Any = item
        if isinstance(item, type) and issubclass(item, TypedColumns):
            found += typed_columns(cls)
        else:
            found.append(item)
    return found


def table_key(name: Any, schema: Any) -> str:
    """Return the name under which a MetaData holds a table."""
    return str(name) if schema is None else f"{schema}.{name}"


def _schema_for(metadata: Any, schema: Any, quote_schema: bool | None) -> Any:
    if schema is BLANK_SCHEMA:
        return None
    if schema is None:
        return metadata.schema
    return quoted_name.construct(schema, quote_schema)


_REPLACE_HINT = (
    " Specify replace_existing=True to Table.append_column() or Table.insert_column() to replace an existing column."
)
_REFLECTION = ("include_columns", "autoload_replace", "resolve_fks", "_extend_on", "_reflect_info")


def _reflection_options(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options.pop(name) for name in _REFLECTION if name in options}


def _find_or_make(cls: type[Table], name: Any, metadata: Any, items: list[Any], options: dict[str, Any]) -> Table:
    """Return the table of that key in the MetaData, new or known, with the items and options applied."""
    if "mustexist" in options:
        warn_deprecated("Deprecated alias of Table.must_exist")
        options["must_exist"] = options.pop("mustexist")
    must_exist, keep, extend = (options.pop(one, False) for one in ("must_exist", "keep_existing", "extend_existing"))
    schema, quote, quote_schema = (options.pop(one, None) for one in ("schema", "quote", "quote_schema"))
    if keep and extend:
        raise ArgumentError("keep_existing and extend_existing are mutually exclusive.")
    name = name if isinstance(name, str) else str(name)
    key = table_key(name, _schema_for(metadata, schema, quote_schema))
    known: Table | None = metadata.tables.get(key)
    if known is not None:
        return _known_table(known, items, options, keep, extend)
    if must_exist:
        raise InvalidRequestError(f"Table '{key}' not defined")
    table = object.__new__(cls)
    table._setup(name, metadata, schema, quote, quote_schema)
    metadata._add_table(table)
    try:
        table._configure(items, options, replace=False)
    except Exception:
        metadata._remove_table(table.key)
        raise
    metadata._resolve_types()
    fire_attach(table, metadata, "after_parent_attach")
    return table


def _known_table(known: Table, items: list[Any], options: dict[str, Any], keep: bool, extend: bool) -> Table:
    if not keep and not extend and items:
        raise InvalidRequestError(
            f"Table '{known.key}' is already defined for this MetaData instance.  Specify 'extend_existing=True' to "
            "redefine options and columns on an existing Table object."
        )
    if extend:
        known._configure(items, options, replace=True)
        known.metadata._resolve_types()
    return known
