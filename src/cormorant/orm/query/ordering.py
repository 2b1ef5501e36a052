"""ORDER BY an expression of a mapped class that the SELECT has already: by its label.

In: a Core statement whose columns are those of entities. Out: the same, with a label for such an expression in both
places; the very same statement where there is none.
"""

from __future__ import annotations

from typing import Any

from ...sql.node import deannotate
from ..mapping.entity import PROPERTY


def by_labels(statement: Any) -> Any:
    """Return the statement with labels in ORDER BY."""
    columns = list(statement.raw_columns)
    expressions = [place for place, column in enumerate(columns) if _is_expression(column) and not column.is_label]
    if not expressions:
        return statement

    def swapped(element: Any) -> Any:
        if PROPERTY in element._annotations and _is_expression(element):
            plain = deannotate(element)
            for place in expressions:
                column = columns[place]
                if deannotate(_unlabelled(column)).compare(plain):
                    columns[place] = column if column.is_label else column.label(None)
                    return columns[place]
            return element
        inner = getattr(element, "element", None) if getattr(element, "modifier", None) is not None else None
        return element if inner is None else element._map_children(swapped)

    order_by = tuple([swapped(element) for element in statement.order_by_clauses])
    if all(one is other for one, other in zip(order_by, statement.order_by_clauses, strict=True)):
        return statement
    return statement._copy(raw_columns=tuple(columns), order_by_clauses=order_by)


def _unlabelled(column: Any) -> Any:
    return column.element if column.is_label else column


def _is_expression(element: Any) -> bool:
    return bool(element.is_column and not getattr(element, "is_table_column", False))
