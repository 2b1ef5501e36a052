"""Constraints over columns of one table: primary key, unique, check.

In: columns, or their names until the table is known. Out: objects attached to a table, with columns resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from ..exc import ArgumentError, ConstraintColumnNotFoundError, InvalidRequestError
from ..sql.coercion import clause_of as node_of
from ..sql.collection import ColumnCollection
from ..sql.simple import null, text
from ..util import warn
from .base import DialectOptions, SchemaItem, clause_of, next_creation_order
from .columns import columns_of
from .ddl import HasConditionalDDL
from .hooks import HasHooks, fire_attach
from .naming import name_for

Rule = Callable[[Any], bool]


class Constraint(DialectOptions, HasConditionalDDL, HasHooks, SchemaItem):
    """The base of all constraints. `parent` is its table once it has one."""

    is_constraint: ClassVar[bool] = True
    inline: bool = True
    """Whether it is part of CREATE TABLE."""
    column_flag: bool = False
    """Whether it comes from an argument of a Column."""

    def __init__(
        self,
        name: Any = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        info: dict[Any, Any] | None = None,
        comment: str | None = None,
        _create_rule: Rule | None = None,
        _type_bound: bool = False,
        **dialect_kw: Any,
    ) -> None:
        self.name = name
        self.deferrable = deferrable
        self.initially = initially
        self.comment = comment
        self.create_rule = _create_rule
        self.type_bound = _type_bound
        self.parent: Any = None
        if info:
            self.info = info
        self._take_dialect_options(dialect_kw)
        self._creation_order = next_creation_order()

    @property
    def table(self) -> Any:
        """The table; raises InvalidRequestError before there is one."""
        if self.parent is None or self.parent.is_column:
            raise InvalidRequestError(
                "This constraint is not bound to a table.  Did you mean to call table.append_constraint(constraint) ?"
            )
        return self.parent

    def is_wanted(self, dialect: Any, bind: Any = None) -> bool:
        if self.create_rule is not None and not self.create_rule(dialect):
            return False
        return super().is_wanted(dialect, bind)

    def _attach(self, parent: Any, **options: Any) -> None:
        fire_attach(self, parent, "before_parent_attach")
        self.parent = parent
        self._resolve(parent)
        self.name = name_for(self, parent)
        parent.constraints.add(self)
        fire_attach(self, parent, "after_parent_attach")

    def _resolve(self, table: Any) -> None:
        """Turn names of columns into columns."""

    def _common(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "deferrable": self.deferrable,
            "initially": self.initially,
            "comment": self.comment,
            **self.dialect_kwargs,
        }

    def copied(self, table: Any = None, schema: Any = None) -> Any:
        """Return the same constraint for another table."""
        return type(self)(**self._common())

    def copy(self, **kw: Any) -> Any:
        """Return the same constraint for another table."""
        return self.copied(kw.get("target_table"), kw.get("schema"))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._shown())})"

    def _shown(self) -> list[str]:
        return []

    def _shown_options(self) -> list[str]:
        names = ("name", "onupdate", "ondelete", "deferrable", "initially", "use_alter", "link_to_name", "match")
        values = ((name, getattr(self, name, None)) for name in names)
        shown = [f"{name}={value!r}" for name, value in values if value]
        return [*shown, *([f"table={self.parent!r}"] if self._belongs_to_table() else [])]

    def _belongs_to_table(self) -> bool:
        """Whether it was given to the table, not to one of its columns, whose `repr` shows it."""
        return self.parent is not None and not self.parent.is_column


class ColumnCollectionMixin:
    """Columns given as objects or by name, attached to a table as soon as all the given ones are."""

    def __init__(self, *columns: Any, _autoattach: bool = True, _column_flag: bool = False) -> None:
        self.pending: list[Any] = [_column_of(column) for column in columns]
        self._columns = ColumnCollection()
        self.column_flag = _column_flag
        if _autoattach:
            self._attach_when_possible()

    @property
    def columns(self) -> ColumnCollection:
        """The columns, once the table is known."""
        return self._columns

    c = columns

    def _attach_when_possible(self) -> None:
        given = [column for column in self.pending if not isinstance(column, str)]
        if not given:
            return
        tables = {id(column.table): column.table for column in given}
        table = next(iter(tables.values()))
        if None in tables.values():
            self._wait(given)
        elif len(tables) == 1:
            self._attach(table)
        else:
            names = ", ".join(f"'{column}'" for column in given if column.table is not table)
            raise ArgumentError(f"Column(s) {names} are not part of table '{table.description}'.")

    def _wait(self, columns: Sequence[Any]) -> None:
        """Attach when the last of the columns gets a table."""
        for column in columns:
            if column.table is None:
                column.when_attached(self._attach_when_possible_again)

    def _attach_when_possible_again(self, table: Any) -> None:
        named = [column for column in self.pending if isinstance(column, str)]
        given = [column for column in self.pending if not isinstance(column, str)]
        is_complete = all(column.table is not None for column in given) and all(name in table.c for name in named)
        if getattr(self, "parent", None) is None and is_complete:
            self._attach_when_possible()

    def _attach(self, parent: Any, **options: Any) -> None:
        super()._attach(parent, **options)  # type: ignore[misc]

    def _resolve(self, table: Any) -> None:
        self._columns = ColumnCollection([(column.key, column) for column in self._resolved(table)])

    def _resolved(self, table: Any) -> list[Any]:
        return [self._column_in(table, column) for column in self.pending]

    def _column_in(self, table: Any, column: Any) -> Any:
        if not isinstance(column, str):
            return column
        found = table.c.get(column)
        if found is None:
            raise ConstraintColumnNotFoundError(
                f"Can't create {type(self).__name__} on table '{table.description}': "
                f"no column named '{column}' is present."
            )
        return found

    def contains_column(self, col: Any) -> bool:
        """Tell whether a column is part of it."""
        return self._columns.contains_column(col)


def _column_of(column: Any) -> Any:
    if isinstance(column, str):
        return column
    return clause_of(column)


class ColumnCollectionConstraint(ColumnCollectionMixin, Constraint):
    """A constraint over columns."""

    def __init__(
        self,
        *columns: Any,
        name: Any = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        info: dict[Any, Any] | None = None,
        _autoattach: bool = True,
        _column_flag: bool = False,
        _gather_expressions: Any = None,
        **dialect_kw: Any,
    ) -> None:
        Constraint.__init__(self, name, deferrable, initially, info, **dialect_kw)
        ColumnCollectionMixin.__init__(self, *columns, _autoattach=_autoattach, _column_flag=_column_flag)

    def __contains__(self, x: Any) -> bool:
        return x in self._columns if isinstance(x, str) else self._columns.contains_column(x)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def copied(self, table: Any = None, schema: Any = None) -> Any:
        names = [column if isinstance(column, str) else column.key for column in self.pending]
        return type(self)(*names, _column_flag=self.column_flag, **self._common())

    def _common(self) -> dict[str, Any]:
        common = super()._common()
        if common.pop("comment") is not None:
            common["comment"] = self.comment
        return common

    def _shown(self) -> list[str]:
        return [repr(column) for column in self._columns]


class UniqueConstraint(ColumnCollectionConstraint):
    """UNIQUE (columns)."""

    convention_key = "uq"


class PrimaryKeyConstraint(ColumnCollectionConstraint):
    """PRIMARY KEY (columns). Every table has one; without columns it is no part of DDL."""

    convention_key = "pk"

    def __init__(
        self,
        *columns: Any,
        name: Any = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        info: dict[Any, Any] | None = None,
        _implicit_generated: bool = False,
        **dialect_kw: Any,
    ) -> None:
        self.is_implicit = _implicit_generated
        super().__init__(*columns, name=name, deferrable=deferrable, initially=initially, info=info, **dialect_kw)

    def _attach(self, parent: Any, **options: Any) -> None:
        previous = parent.primary_key
        if previous is not self:
            parent.constraints.discard(previous)
            parent.primary_key = self
        super()._attach(parent, **options)

    def _resolve(self, table: Any) -> None:
        chosen = self._resolved(table)
        flagged = [column for column in table.c if column.primary_key]
        if chosen and flagged and {id(one) for one in flagged} != {id(one) for one in chosen}:
            self._warn_mismatch(table, flagged, chosen)
        for column in chosen:
            column.primary_key = True
            if column.nullable_given is None:
                column.nullable = False
        members = chosen or flagged
        self._columns = ColumnCollection([(column.key, column) for column in members])

    def _warn_mismatch(self, table: Any, flagged: Sequence[Any], chosen: Sequence[Any]) -> None:
        named = [", ".join(f"'{column.name}'" for column in columns) for columns in (flagged, chosen)]
        warn(
            f"Table '{table.name}' specifies columns {named[0]} as primary_key=True, not matching locally specified "
            f"columns {named[1]}; setting the current primary key columns to {named[1]}."
        )

    def add(self, column: Any) -> None:
        """Take in a column that its table has got and that is part of the key."""
        kept = [(key, old) for key, old in self._columns.items() if old.key != column.key]
        self._columns = ColumnCollection([*kept, (column.key, column)])
        self.name = name_for(self, self.parent) if self.parent is not None else self.name

    def reload(self, columns: Sequence[Any], name: Any) -> None:
        """Become the key that a database tells of, with what the table had before as long as it is of the table."""
        for column in columns:
            column.primary_key = True
        earlier = [(key, old) for key, old in self._columns.items() if old not in set(columns)]
        self._columns = ColumnCollection([*earlier, *[(column.key, column) for column in columns]])
        self.name = name
        self.name = name_for(self, self.parent)
        self.parent._changed()

    def discard(self, column: Any) -> None:
        """Leave out a column that its table has lost."""
        self._columns = ColumnCollection([(key, old) for key, old in self._columns.items() if old is not column])

    @property
    def columns_autoinc_first(self) -> list[Any]:
        """The columns with the generated one first."""
        generated = self.parent.autoincrement_column if self.parent is not None else None
        return sorted(self._columns, key=lambda column: column is not generated)


def _condition(sqltext: Any) -> Any:
    """Return what a CHECK demands, as an expression; strings are SQL."""
    if isinstance(sqltext, str):
        return text(sqltext)
    if sqltext is None:
        return null()
    node = node_of(sqltext)
    if node is None or node.is_from_clause:
        raise ArgumentError(f"SQL expression element for DDL constraint expected, got {sqltext!r}.")
    return node


class CheckConstraint(ColumnCollectionConstraint):
    """CHECK (condition): text or an SQL expression."""

    convention_key = "ck"

    def __init__(
        self,
        sqltext: Any,
        name: Any = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        table: Any = None,
        info: dict[Any, Any] | None = None,
        _create_rule: Rule | None = None,
        _autoattach: bool = True,
        _type_bound: bool = False,
        **dialect_kw: Any,
    ) -> None:
        comment = dialect_kw.pop("comment", None)
        self.sqltext: Any = _condition(sqltext)
        Constraint.__init__(self, name, deferrable, initially, info, comment, _create_rule, _type_bound, **dialect_kw)
        found = columns_of(self.sqltext)
        ColumnCollectionMixin.__init__(self, *found, _autoattach=_autoattach and table is None and not _type_bound)
        if table is not None:
            self._attach(table)

    @property
    def is_column_level(self) -> bool:
        """Whether it was given to a column rather than a table."""
        return self.column_flag

    def _attach(self, parent: Any, **options: Any) -> None:
        if getattr(parent, "is_column", False):
            self.column_flag = True
            self.parent = parent
            parent.constraints.add(self)
            parent.when_attached(self._take_name)
        else:
            Constraint._attach(self, parent)

    def _take_name(self, table: Any) -> None:
        self.name = name_for(self, table)

    def copied(self, table: Any = None, schema: Any = None) -> CheckConstraint:
        source = self.sqltext
        if table is not None and self.parent is not None:
            source = moved(source, self.parent.table if self.column_flag else self.parent, table)
        return CheckConstraint(
            source, _create_rule=self.create_rule, _autoattach=False, _type_bound=self.type_bound, **self._common()
        )

    def _shown(self) -> list[str]:
        return [repr(self.sqltext), *self._shown_options()]


def moved(element: Any, source: Any, target: Any) -> Any:
    """Return an expression with the columns of one table replaced by those of another."""

    def replace(node: Any) -> Any:
        if getattr(node, "is_column", False) and getattr(node, "table", None) is source:
            return target.c[node.key]
        return node._map_children(replace)

    return replace(element)
