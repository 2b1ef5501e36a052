"""Foreign keys: a reference from one column, and the constraint that holds one or several of them.

In: a column, or its name as `table.column` or `schema.table.column`. A name is looked up when it is needed, so that the
table referred to may be declared later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from ..exc import ArgumentError, InvalidRequestError, NoReferencedColumnError, NoReferencedTableError
from ..sql.clause import ClauseElement
from ..sql.collection import ColumnCollection
from .base import RETAIN_SCHEMA, DialectOptions, SchemaItem, clause_of
from .constraints import ColumnCollectionConstraint, ColumnCollectionMixin, Constraint
from .hooks import HasHooks, fire_attach


class ForeignKeyTarget(NamedTuple):
    """Where a foreign key points to."""

    schema: str | None
    table_name: str
    column_name: str | None


class ForeignKey(DialectOptions, HasHooks, SchemaItem):
    """A reference from its `parent` column to `column`."""

    is_foreign_key: ClassVar[bool] = True

    def __init__(
        self,
        column: Any,
        _constraint: Any = None,
        use_alter: bool = False,
        name: Any = None,
        onupdate: str | None = None,
        ondelete: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        link_to_name: bool = False,
        match: str | None = None,
        info: dict[Any, Any] | None = None,
        comment: str | None = None,
        _unresolvable: bool = False,
        **dialect_kw: Any,
    ) -> None:
        self._given: Any = _as_target(column)
        self.constraint: Any = _constraint
        self.parent: Any = None
        self.use_alter = use_alter
        self.name = name
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.deferrable = deferrable
        self.initially = initially
        self.link_to_name = link_to_name
        self.match = match
        self.comment = comment
        self._found: Any = None
        if info:
            self.info = info
        self._take_dialect_options(dialect_kw)

    # the target

    @property
    def _text(self) -> str | None:
        return self._given if isinstance(self._given, str) else None

    @property
    def _is_named(self) -> bool:
        return isinstance(self._given, (str, ForeignKeyTarget))

    @property
    def target_tokens(self) -> tuple[str | None, str, str | None]:
        """Schema, table name and column key of the target."""
        if isinstance(self._given, ForeignKeyTarget):
            return self._given._replace(schema=self._given.schema or self._default_schema())
        if self._text is None:
            table = self._given.table
            return table.schema, str(table.name), self._given.key
        parts = self._text.split(".")
        if len(parts) == 1:
            return self._default_schema(), parts[0], None
        schema = ".".join(parts[:-2]) or self._default_schema()
        return schema, parts[-2], parts[-1]

    def _default_schema(self) -> str | None:
        table = None if self.parent is None else self.parent.table
        return None if table is None else table.metadata.schema

    @property
    def target_table_key(self) -> str:
        """The key of the target's table in its MetaData."""
        schema, table, _ = self.target_tokens
        return f"{schema}.{table}" if schema else table

    @property
    def target_fullname(self) -> str:
        """The target as text: `schema.table.column`."""
        return self._spec()

    @property
    def target_column(self) -> Any:
        """The column referred to, where the program gave the column itself; None where it named it."""
        return None if self._is_named else self._given

    def _spec(self, schema: Any = None, table_name: str | None = None) -> str:
        if self._text is not None and schema is None and table_name is None:
            return self._text
        given_schema, table, column = self.target_tokens
        if schema is None or schema is RETAIN_SCHEMA:
            schema = given_schema
        return ".".join(part for part in (schema, table_name or table, column) if part)

    @property
    def column(self) -> Any:
        """The column referred to; raises NoReferencedTableError, NoReferencedColumnError or InvalidRequestError."""
        if self._found is None:
            self._found = self._resolve() if self._is_named else self._given
        return self._found

    def _resolve(self) -> Any:
        if self.parent is None:
            raise InvalidRequestError("this ForeignKey object does not yet have a parent Column associated with it.")
        if self.parent.table is None:
            raise InvalidRequestError("this ForeignKey's parent column is not yet associated with a Table.")
        table = self.parent.table.metadata.tables.get(self.target_table_key)
        if table is None:
            raise self._no_table()
        found = self._column_in(table)
        if found is None:
            raise self._no_column(table)
        return found

    def _column_in(self, table: Any) -> Any:
        key = self.target_tokens[2] or self.parent.key
        if self.link_to_name:
            return next((column for column in table.c if column.name == key), None)
        return table.c.get(key)

    def _no_table(self) -> NoReferencedTableError:
        _, table_name, column = self.target_tokens
        where = f"{self.parent.table.name}.{self.parent.name}"
        return NoReferencedTableError(
            f"Foreign key associated with column '{where}' could not find table '{self.target_table_key}' "
            f"with which to generate a foreign key to target column '{column}'",
            table_name,
        )

    def _no_column(self, table: Any) -> NoReferencedColumnError:
        key = self.target_tokens[2] or self.parent.key
        return NoReferencedColumnError(
            f"Could not initialize target column for ForeignKey '{self._spec()}' on table "
            f"'{self.parent.table.name}': table '{table.name}' has no column named '{key}'",
            str(table.name),
            str(key),
        )

    def referred_name(self, what: str) -> str:
        """Return name, key or label of the target; from the text alone where the target is not declared yet."""
        try:
            column = self.column
        except (NoReferencedTableError, NoReferencedColumnError):
            return str(self.target_tokens[2] or self.parent.key)
        return f"{column.table.name}_{column.name}" if what == "label" else str(getattr(column, what))

    def references(self, table: Any) -> bool:
        """Tell whether the target is in a table or selectable."""
        return table.corresponding_column(self.column) is not None

    def get_referent(self, table: Any) -> Any:
        """Return the column of a table or selectable that is, or stands for, the target; None where there is none."""
        return table.c.corresponding_column(self.column)

    # becoming part of things

    def _attach(self, parent: Any, **options: Any) -> None:
        if self.parent is not None and self.parent is not parent:
            raise InvalidRequestError("This ForeignKey already has a parent !")
        fire_attach(self, parent, "before_parent_attach")
        self.parent = parent
        parent.foreign_keys.add(self)
        parent.when_attached(self._on_table)
        fire_attach(self, parent, "after_parent_attach")

    def _on_table(self, table: Any) -> None:
        if self.constraint is None:
            self.constraint = ForeignKeyConstraint([], [], **self._constraint_options())
            self.constraint.adopt(self.parent, self)
            self.constraint._attach(table)
        table.foreign_keys.add(self)

    def _constraint_options(self) -> dict[str, Any]:
        names = ("use_alter", "name", "onupdate", "ondelete", "deferrable", "initially", "match", "comment")
        return {**{name: getattr(self, name) for name in names}, **self.dialect_kwargs}

    def copied(self, schema: Any = None) -> ForeignKey:
        """Return the same reference for another column."""
        target = self._target_in(schema)
        made = ForeignKey(target, link_to_name=self.link_to_name, **self._constraint_options())
        if "_info" in self.__dict__:
            made.info = self.info
        return made

    def _target_in(self, schema: Any) -> Any:
        """Return the target for a copy, in another schema if one is given."""
        if isinstance(self._given, ForeignKeyTarget):
            keeps = schema is None or schema is RETAIN_SCHEMA
            return self._given if keeps else self._given._replace(schema=schema)
        return self._spec(schema) if self._text is not None or schema is not None else self._given

    def copy(self, *, schema: Any = None, **kw: Any) -> ForeignKey:
        """Return the same reference for another column."""
        return self.copied(schema)

    def __repr__(self) -> str:
        return f"ForeignKey({self._shown_target()!r})"

    def _shown_target(self) -> str:
        if not self._is_named and self._given.table is None:
            return f"<no table>.{self._given.key}"
        return self._spec()


def _as_target(column: Any) -> Any:
    if isinstance(column, (str, ForeignKeyTarget)):
        return column
    target = clause_of(column)
    if not isinstance(target, ClauseElement) or not hasattr(target, "table"):
        raise ArgumentError(
            f"String column name or Column object for DDL foreign key constraint expected, got {column!r}."
        )
    return target


class ForeignKeyConstraint(ColumnCollectionConstraint):
    """FOREIGN KEY (columns) REFERENCES table (columns)."""

    convention_key = "fk"

    def __init__(
        self,
        columns: Sequence[Any],
        refcolumns: Sequence[Any],
        name: Any = None,
        onupdate: str | None = None,
        ondelete: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        use_alter: bool = False,
        link_to_name: bool = False,
        match: str | None = None,
        table: Any = None,
        info: dict[Any, Any] | None = None,
        comment: str | None = None,
        **dialect_kw: Any,
    ) -> None:
        Constraint.__init__(self, name, deferrable, initially, info, comment, **dialect_kw)
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.link_to_name = link_to_name
        self.use_alter = use_alter
        self.match = match
        if len(columns) != len(refcolumns):
            raise ArgumentError(
                "ForeignKeyConstraint number of constrained columns must match the number of referenced columns."
            )
        self.elements = [self._element(target) for target in refcolumns]
        ColumnCollectionMixin.__init__(self, *columns, _autoattach=table is None)
        if table is not None:
            self._attach(table)

    def _element(self, target: Any) -> ForeignKey:
        return ForeignKey(
            target,
            _constraint=self,
            use_alter=self.use_alter,
            name=self.name,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            deferrable=self.deferrable,
            initially=self.initially,
            link_to_name=self.link_to_name,
            match=self.match,
            **self.dialect_kwargs,
        )

    def adopt(self, column: Any, element: ForeignKey) -> None:
        """Take in the foreign key that a column was given."""
        self.pending.append(column)
        self.elements.append(element)

    def _attach(self, parent: Any, **options: Any) -> None:
        Constraint._attach(self, parent)

    def _resolve(self, table: Any) -> None:
        columns = self._resolved(table)
        self._columns = ColumnCollection([(column.key, column) for column in columns])
        for column, element in zip(columns, self.elements, strict=True):
            if element.parent is None:
                element._attach(column)
        self._check_one_target()

    def _check_one_target(self) -> None:
        if len({element.target_table_key for element in self.elements}) > 1:
            names = sorted({element.target_table_key for element in self.elements})
            raise ArgumentError(
                f"ForeignKeyConstraint on {self.parent.fullname}({', '.join(self.column_keys)}) refers to multiple "
                f"remote tables: {names[0]} and {names[1]}"
            )

    @property
    def column_keys(self) -> list[str]:
        """The keys of the columns that refer."""
        if self.parent is not None:
            return [str(key) for key in self._columns.keys()]  # noqa: SIM118 - a collection of columns iterates columns
        return [column if isinstance(column, str) else str(column.key) for column in self.pending]

    @property
    def referred_table(self) -> Any:
        """The table referred to; raises NoReferencedTableError where it is not declared."""
        return self.elements[0].column.table

    def copied(self, table: Any = None, schema: Any = None) -> ForeignKeyConstraint:
        own_name = str(table.name) if table is not None and self.parent is not None else None
        targets = [
            element._spec(schema, own_name if own_name and self._refers_to_itself(element) else None)
            for element in self.elements
        ]
        return ForeignKeyConstraint(
            self.column_keys,
            targets,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            use_alter=self.use_alter,
            link_to_name=self.link_to_name,
            match=self.match,
            **self._common(),
        )

    def _refers_to_itself(self, element: ForeignKey) -> bool:
        return bool(element.target_table_key == self.parent.key)

    def _shown(self) -> list[str]:
        return [repr(self._columns), "None", *self._shown_options()]
