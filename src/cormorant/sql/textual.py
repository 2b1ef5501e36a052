"""SQL text that yields rows with known columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from .coercion import clause_of
from .column import ColumnClause
from .makers import makers
from .naming import NamedItem
from .node import ATOM, NODE, NODES, Kind
from .selectbase import SelectBase
from .simple import TextClause


class TextualSelect(SelectBase):
    """`element` is the text; `column_args` its columns; `positional` says that they are in the order of the result."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE, "column_args": NODES, "positional": ATOM}
    is_text: ClassVar[bool] = False

    def __init__(self, text: TextClause, columns: Any, positional: bool = False) -> None:
        self.element = text
        self.column_args = tuple([_as_result_column(column) for column in columns])
        self.positional = positional

    def bindparams(self, *binds: Any, **bind_as_values: Any) -> Self:
        """Return a copy with values or types for the parameters of the text."""
        return self._copy(element=self.element.bindparams(*binds, **bind_as_values))

    def named_items(self) -> tuple[NamedItem, ...]:
        return tuple([NamedItem(c, None, None, c.name, str(c.key or c.name)) for c in self.column_args])

    def self_group(self, against: Any = None) -> Any:
        return self


TextAsFrom = TextualSelect


def _as_result_column(column: Any) -> Any:
    node = clause_of(column)
    if node is None or not node.is_column or not node.is_named:
        raise ArgumentError(f"text().columns() takes columns with names, got {column!r}")
    return node


def text_columns(text: TextClause, cols: tuple[Any, ...], types: Mapping[str, Any]) -> TextualSelect:
    """Return SQL text with its result columns: `columns` by position, `types` by name."""
    remaining = dict(types)
    columns: list[Any] = []
    for column in cols:
        node = _as_result_column(column)
        key = getattr(node, "key", None)
        columns.append(ColumnClause(node.name, remaining.pop(key)) if key in remaining else node)
    named = [ColumnClause(key, type_) for key, type_ in remaining.items()]
    return TextualSelect(text, columns + named, positional=bool(columns) and not named)


makers.text_columns = text_columns
