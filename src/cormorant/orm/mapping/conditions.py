"""Reading join conditions: which columns they compare, and copies of them with columns replaced.

In: a condition. Out: pairs of compared columns, or a changed condition. Knows expressions, not relationships.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...sql.node import Node
from ...types.operator_facts import is_comparison
from ...types.operators import eq

FOREIGN = "foreign"
"""The annotation of a column that holds the foreign key, given by `foreign()`."""
REMOTE = "remote"
"""The annotation of a column occurrence on the other side of a relationship."""


def foreign(expr: Any) -> Any:
    """Mark a column of a join condition, or those of an expression, as what refers."""
    return _marked(as_expression(expr), FOREIGN)


def remote(expr: Any) -> Any:
    """Mark a column of a join condition, or those of an expression, as belonging to the other side."""
    return _marked(as_expression(expr), REMOTE)


def _marked(expression: Any, mark: str) -> Any:
    if expression.is_table_column:
        return expression._annotate({mark: True})
    return replaced(expression, lambda node: node._annotate({mark: True}) if _is_column(node) else None)


def _is_column(node: Any) -> bool:
    return bool(getattr(node, "is_table_column", False))


def as_expression(given: Any) -> Any:
    """Return the SQL expression that an attribute, a mapped column or an expression stands for."""
    return given.__clause_element__() if hasattr(given, "__clause_element__") else given


def bare_column(given: Any) -> Any:
    """Return the table's own column for a column, mapped column or attribute."""
    element = as_expression(given)
    return element._deannotate() if hasattr(element, "_deannotate") else element


def is_table_column(node: Any) -> bool:
    """Tell whether a node is a column of some FROM element."""
    return bool(getattr(node, "is_column", False)) and getattr(node, "table", None) is not None


def replaced(node: Any, function: Callable[[Any], Any]) -> Any:
    """Return a copy in which `function` replaced nodes; it returns None for a node that stays and is looked into."""
    found = function(node)
    if found is not None:
        return found

    def below(child: Any) -> Any:
        return replaced(child, function)

    return node._map_children(below)


class Corresponding:
    """Leads from columns to those of a FROM element that stand for them; None for columns it has none for."""

    def __init__(self, selectable: Any, *, by_name: bool = False) -> None:
        self.selectable = selectable
        self.by_name = by_name
        self.known: dict[int, tuple[Any, Any]] = {}

    def __call__(self, column: Any) -> Any:
        plain = bare_column(column)
        known = self.known.get(id(plain))
        if known is None:
            found = self.selectable.corresponding_column(plain)
            if found is None and self.by_name:
                found = self.selectable.c.get(plain.key)
            known = self.known[id(plain)] = (plain, found)
        return known[1]


def adapted(expression: Any, find: Callable[[Any], Any]) -> Any:
    """Return an expression with the columns that `find` knows replaced."""
    return replaced(expression, lambda node: find(node) if is_table_column(node) else None)


def marks_of(node: Any) -> dict[str, Any]:
    """Return the join marks that a column carries."""
    annotations = node._annotations
    return {name: True for name in (FOREIGN, REMOTE) if name in annotations}


def stripped(condition: Any) -> Any:
    """Return the condition with plain columns, without marks and entities."""

    def plain(node: Any) -> Any:
        return bare_column(node) if is_table_column(node) else None

    return replaced(condition, plain)


def only_marks(condition: Any) -> Any:
    """Return the condition with columns that carry join marks and nothing else."""

    def plain(node: Any) -> Any:
        if not _is_column(node):
            return None
        marks, column = marks_of(node), bare_column(node)  # the mark may be older than the column's name and table
        if not is_table_column(column):
            return None
        return column._annotate(marks) if marks else column

    return replaced(condition, plain)


def walk(node: Node) -> Iterator[Any]:
    """Yield a node and all nodes below it, except what stands below a column."""
    yield node
    if is_table_column(node):
        return
    for child in node._children():
        yield from walk(child)


def columns_in(condition: Any) -> list[Any]:
    """Return the columns of a condition, in order, with their marks."""
    return [node for node in walk(condition) if is_table_column(node)]


def comparisons_in(condition: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (left column, operator, right column) for each comparison of columns, or of expressions over columns."""
    for node in _comparisons(condition):
        for left in columns_in(node.left):
            for right in columns_in(node.right):
                yield left, node.operator, right


def _comparisons(node: Any) -> Iterator[Any]:
    """Yield the comparisons in a condition, the operands of which are not looked into."""
    if is_table_column(node):
        return
    operator = getattr(node, "operator", None)
    if operator is not None and hasattr(node, "left") and is_comparison(operator):
        yield node
        return
    for child in node._children():
        yield from _comparisons(child)


def is_only_equalities(condition: Any) -> bool:
    """Tell whether a condition is an equality of two columns, or several joined by AND."""
    parts = getattr(condition, "clauses", (condition,))
    return all(
        getattr(part, "operator", None) is eq and is_table_column(part.left) and is_table_column(part.right)
        for part in parts
    )
