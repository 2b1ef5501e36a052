"""Indexes, over columns or expressions."""

from __future__ import annotations

from typing import Any, ClassVar

from ..exc import ArgumentError
from ..sql.clause import ClauseElement
from ..sql.collection import ColumnCollection
from ..sql.names import quoted_name
from .base import CheckFirst, DialectOptions, SchemaItem, clause_of
from .columns import columns_of
from .constraints import ColumnCollectionMixin
from .ddl import CreateIndex, DropIndex, HasConditionalDDL
from .hooks import HasHooks, fire_attach
from .naming import name_for
from .run import ObjectVisit, has_index, run_on


class Index(DialectOptions, ColumnCollectionMixin, HasConditionalDDL, HasHooks, SchemaItem):
    """An index: `Index(name, *columns or expressions)`; a name of None follows the naming convention."""

    convention_key = "ix"
    is_index: ClassVar[bool] = True
    table: Any = None

    def __init__(
        self,
        name: str | None,
        *expressions: Any,
        unique: bool = False,
        quote: bool | None = None,
        info: dict[Any, Any] | None = None,
        _table: Any = None,
        _column_flag: bool = False,
        **dialect_kw: Any,
    ) -> None:
        self.name: Any = quoted_name.construct(name, quote)
        self.unique = unique
        self.parent: Any = None
        if info:
            self.info = info
        self._take_dialect_options(dialect_kw)
        self.expressions: list[Any] = [_expression_of(one) for one in expressions]
        ColumnCollectionMixin.__init__(
            self, *_columns_in(self.expressions), _autoattach=_table is None, _column_flag=_column_flag
        )
        if _table is not None:
            self._attach(_table)

    def _attach(self, parent: Any, **options: Any) -> None:
        if self.table is not None and parent is not self.table:
            raise ArgumentError(
                f"Index '{self.name}' is against table '{self.table.description}', and cannot be associated with "
                f"table '{parent.description}'."
            )
        fire_attach(self, parent, "before_parent_attach")
        self.table = self.parent = parent
        self.expressions = [self._column_in(parent, one) if isinstance(one, str) else one for one in self.expressions]
        columns = self._resolved(parent)
        self._columns = ColumnCollection([(column.key, column) for column in columns])
        self.name = name_for(self, parent)
        parent.indexes.add(self)
        fire_attach(self, parent, "after_parent_attach")

    def create(self, bind: Any, checkfirst: Any = CheckFirst.NONE) -> None:
        """Create it in the database."""
        run_on(bind, ObjectVisit("create", self, [CreateIndex(self)], has_index if checkfirst else None))

    def drop(self, bind: Any, checkfirst: Any = CheckFirst.NONE) -> None:
        """Drop it from the database."""
        run_on(bind, ObjectVisit("drop", self, [DropIndex(self)], has_index if checkfirst else None))

    def copied(self, columns: list[Any]) -> Index:
        """Return the same index over other columns."""
        made = Index(None, *columns, unique=self.unique, _column_flag=self.column_flag, **self.dialect_kwargs)
        made.name = self.name
        return made

    def __repr__(self) -> str:
        shown = [repr(self.name), *(repr(one) for one in self.expressions)]
        return f"Index({', '.join([*shown, *(['unique=True'] if self.unique else [])])})"


def _expression_of(given: Any) -> Any:
    expression = clause_of(given)
    if not isinstance(expression, (str, ClauseElement)):
        raise ArgumentError(f"Index expects columns, their names or SQL expressions, got {given!r}")
    return expression


def _columns_in(expressions: list[Any]) -> list[Any]:
    found: list[Any] = []
    for expression in expressions:
        if isinstance(expression, str) or getattr(expression, "is_schema_item", False):
            found.append(expression)
        else:
            found.extend(columns_of(expression))
    return found
