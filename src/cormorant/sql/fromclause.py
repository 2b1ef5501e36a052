"""What can stand in FROM: its columns, its name, and what can be made of it; plain tables by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from ..util import memoized, warn_deprecated
from .clause import ClauseElement
from .collection import ColumnCollection, WriteableColumnCollection, corresponding
from .column import ColumnClause, ColumnElement
from .makers import makers
from .names import AnonymousName, stem_of
from .node import ATOM, NODE, TREE, Kind


class ReturnsRows(ClauseElement):
    """Something that yields rows."""

    @property
    def selectable(self) -> Any:
        """The element itself."""
        return self

    @property
    def exported_columns(self) -> ColumnCollection:
        """The columns of the rows."""
        raise AttributeError(f"{type(self).__name__} has no columns of its own")

    def is_derived_from(self, fromclause: Any) -> bool:
        """Tell whether the rows come from the given FROM clause."""
        return fromclause is self


class Selectable(ReturnsRows):
    """Rows that can be selected from."""

    is_selectable: ClassVar[bool] = True

    def corresponding_column(self, column: Any, require_embedded: bool = False) -> Any:
        """Return the column of this selectable that is, or stands for, the given one; None where there is none."""
        return corresponding(self.exported_columns.values(), column, require_embedded)

    def replace_selectable(self, old: Any, alias: Any) -> Any:
        """Return a copy in which a FROM element, and its columns, are replaced by an alias of it."""
        warn_deprecated(
            "The Selectable.replace_selectable() method is deprecated, and will be removed in a future release.  "
            f"Similar functionality is available via the {__name__.partition('.')[0]}.visitors module.",
            "1.4",
        )
        return makers.replace_table(self, old, alias)

    def lateral(self, name: str | None = None) -> Any:
        """Return it as LATERAL, so that it may refer to what stands before it in FROM."""
        return makers.lateral(self, name)


class FromClause(Selectable):
    """An element of FROM.

    For rendering: `name` (a Name or None), `named_with_column` (whether columns are written with the name before them),
    `from_objects()` the FROM elements it brings, `hides()` those that need not stand beside it.
    """

    is_from_clause: ClassVar[bool] = True
    named_with_column: bool = False
    schema: str | None = None
    name: Any = None

    @memoized
    def c(self) -> Any:
        """The columns."""
        return ColumnCollection(self._proxied_columns())

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        return ()

    @property
    def columns(self) -> Any:
        """The columns."""
        return self.c

    @property
    def exported_columns(self) -> Any:
        return self.c

    def written_columns(self) -> Iterable[Any]:
        """Return the columns that a statement means by the element as a whole."""
        columns: Iterable[Any] = self.c
        return columns

    @property
    def entity_namespace(self) -> Any:
        return self.c

    @property
    def written_table(self) -> Any:
        """The table that INSERT, UPDATE and DELETE of it write."""
        return self

    @property
    def primary_key(self) -> Any:
        """The columns of the primary key."""
        return ColumnCollection([(column.key, column) for column in self.c if column.primary_key])

    @property
    def foreign_keys(self) -> Any:
        """The foreign keys of all columns."""
        return {key for column in self.c for key in column.foreign_keys}

    def from_objects(self) -> tuple[FromClause, ...]:
        """The FROM elements that the element brings into a SELECT."""
        return (self,)

    def hides(self) -> tuple[FromClause, ...]:
        """The FROM elements that need not be listed where this one is."""
        return ()

    def is_derived_from(self, fromclause: Any) -> bool:
        return fromclause in self.from_objects() or fromclause is self

    def alias(self, name: str | None = None, flat: bool = False) -> Any:
        """Return it under another name; under one that rendering numbers if none is given."""
        return makers.alias(self, name, flat)

    def join(self, right: Any, onclause: Any = None, isouter: bool = False, full: bool = False) -> Any:
        """Return the join with another FROM element."""
        return makers.join(self, right, onclause, isouter, full)

    def outerjoin(self, right: Any, onclause: Any = None, full: bool = False) -> Any:
        """Return the LEFT OUTER JOIN with another FROM element."""
        return makers.join(self, right, onclause, True, full)

    def with_cols(self, type_: Any) -> Self:
        """Return itself, for type checkers with columns as a `TypedColumns` class declares them."""
        return self

    def select(self) -> Any:
        """Return a SELECT of all columns."""
        return makers.select(self)

    def tablesample(self, sampling: Any, name: str | None = None, seed: Any = None) -> Any:
        """Return a sample of it."""
        return makers.tablesample(self, sampling, name, seed)

    def corresponding_column(self, column: Any, require_embedded: bool = False) -> Any:
        return corresponding(self.c.values(), column, require_embedded)

    @property
    def description(self) -> str | None:
        name = self.name
        if isinstance(name, AnonymousName):
            return f"{stem_of(name)}_1"
        return f"{type(self).__name__} object" if name is None else str(name)


class NamedFromClause(FromClause):
    """A FROM element with a name, which stands before its columns."""

    named_with_column: bool = True
    name: Any

    def table_valued(self) -> Any:
        """Return the row as one column, named like the element."""
        return makers.table_valued(self)


class TableClause(NamedFromClause):
    """A table by name, without what a schema knows of it.

    `insert`, `update` and `delete` start statements on it. Structure: name, schema, and names and types of the columns.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {"name": ATOM, "schema": ATOM, "signature": TREE}
    _stored: ClassVar[frozenset[str]] = frozenset({"c"})

    c: Any
    implicit_returning: bool = False

    def __init__(self, name: str, *columns: Any, **kw: Any) -> None:
        self.name = name
        self.schema = kw.pop("schema", None)
        if kw:
            raise ArgumentError(f"Unsupported argument(s): {sorted(kw)!r}")
        self.c = WriteableColumnCollection()
        for column in columns:
            self.append_column(column)

    @property
    def fullname(self) -> str:
        """The name with the schema before it."""
        return self.name if self.schema is None else f"{self.schema}.{self.name}"

    @property
    def signature(self) -> tuple[Any, ...]:
        """Names and types of the columns."""
        return tuple([(column.key, column.type) for column in self.c])

    def append_column(self, column: Any) -> None:
        """Add a column; a column belongs to one table."""
        if not issubclass(type(column), ColumnClause):
            raise ArgumentError(f"expected a column(), got {column!r}")
        if column.table is not None and column.table is not self:
            raise ArgumentError(f"column object {column.key!r} already assigned to table {column.table.description!r}")
        column.table = self
        self.c.add(column)

    def insert_column(self, column: Any, index: int) -> None:
        """Add a column at a position."""
        column.table = self
        self.c.insert(column, index)

    def insert(self) -> Any:
        """Return an INSERT into the table."""
        return makers.insert(self)

    def update(self) -> Any:
        """Return an UPDATE of the table."""
        return makers.update(self)

    def delete(self) -> Any:
        """Return a DELETE from the table."""
        return makers.delete(self)

    @property
    def description(self) -> str:
        return str(self.name)


class FromGrouping(FromClause):
    """A FROM element in parentheses."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE}

    def __init__(self, element: Any) -> None:
        self.element = element

    def written_columns(self) -> Iterable[Any]:
        columns: Iterable[Any] = self.element.written_columns()
        return columns

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        return list(self.element.c.items())

    def from_objects(self) -> tuple[FromClause, ...]:
        objects: tuple[FromClause, ...] = self.element.from_objects()
        return objects

    def hides(self) -> tuple[FromClause, ...]:
        hidden: tuple[FromClause, ...] = self.element.hides()
        return hidden

    def is_derived_from(self, fromclause: Any) -> bool:
        return bool(self.element.is_derived_from(fromclause))

    def alias(self, name: str | None = None, flat: bool = False) -> Any:
        return FromGrouping(self.element.alias(name, flat))

    def self_group(self, against: Any = None) -> Any:
        return self


class TextFrom(FromClause):
    """SQL text as an element of FROM."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE}

    def __init__(self, element: Any) -> None:
        self.element = element


def table(name: str, *columns: Any, **kw: Any) -> TableClause:
    """Return a table by name, for ad hoc statements."""
    return TableClause(name, *columns, **kw)


def column(text: str, type_: Any = None, is_literal: bool = False, _selectable: Any = None) -> ColumnClause[Any]:
    """Return a column by name, for ad hoc statements."""
    return ColumnClause(text, type_, is_literal, _selectable)


def literal_column(text: str, type_: Any = None) -> ColumnClause[Any]:
    """Return SQL text as a column expression."""
    return ColumnClause(text, type_, is_literal=True)
