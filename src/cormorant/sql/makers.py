"""Constructors of classes that are declared in later files of this package.

A column makes labels and comparisons, a FROM clause makes aliases, joins and selects; each of those is a column or a
FROM clause itself and so is declared in a later file. Instead of an import upwards there is a slot here, which the
later file fills when it is imported; `cormorant.sql` imports all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def no_node(cls: type) -> Any:
    """Answer for classes as long as nobody maps any."""
    return None


class Makers:
    """One slot per constructor; the values are classes or functions of the later files."""

    operate: Callable[..., Any]
    """`(expression, operator, other, reverse=False, **options)`: the expression that an operator yields."""
    invert: Callable[[Any], Any]
    """The negation of an expression."""
    group: Callable[[Any], Any]
    """Parentheses around an element."""
    label: Callable[[str | None, Any], Any]
    cast: Callable[[Any, Any], Any]
    over: Callable[..., Any]
    select: Callable[..., Any]
    join: Callable[..., Any]
    alias: Callable[..., Any]
    subquery: Callable[..., Any]
    lateral: Callable[..., Any]
    cte: Callable[..., Any]
    tablesample: Callable[..., Any]
    compound: Callable[..., Any]
    text_columns: Callable[..., Any]
    conjunction: Callable[[str, tuple[Any, ...]], Any]
    """Conditions joined by `and_` or `or_`."""
    all_of: Callable[..., Any]
    """The conditions of a tuple joined by AND."""
    function: Callable[..., Any]
    """A function by name with arguments."""
    scalar_subquery: Callable[[Any], Any]
    exists: Callable[[Any], Any]
    table_valued: Callable[[Any], Any]
    adapt: Callable[[Any, tuple[Any, ...]], Any]
    """An expression with the columns of given FROM elements in place of those that they stand for."""
    insert: Callable[[Any], Any]
    update: Callable[[Any], Any]
    delete: Callable[[Any], Any]
    replace_table: Callable[[Any, Any, Any], Any]
    """An element with a FROM element, and its columns, replaced by another."""
    create_table_as: Callable[..., Any]
    """CREATE TABLE AS for a SELECT, by name and options."""
    class_node: Callable[[type], Any]
    """The node that a mapped class stands for, or None."""

    def __init__(self) -> None:
        self.class_node = no_node


makers = Makers()
