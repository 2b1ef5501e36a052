"""Comparison of nodes, and copies of nodes with other parameter values.

Knows nodes and what a bind parameter answers to (`is_bind`, `key`, `value`), nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exc import InvalidRequestError
from ..types.operators import and_, is_commutative, or_
from .depth import rebuilt
from .kinds import class_of, is_sequence
from .node import ATOM, OPAQUE, TYPE, Kind, Node, statement_key


def compare(left: Any, right: Any, **kw: Any) -> bool:
    """Tell whether two nodes have one structure and the same values; `compare_values=False` ignores the values."""
    if left is right:
        return True
    if not isinstance(left, Node) or not isinstance(right, Node):
        return False
    my_key, my_binds = statement_key(left)
    its_key, its_binds = statement_key(right)
    with_values = bool(kw.get("compare_values", True))
    if my_key is None or my_key != its_key:
        try:
            return _is_alike(left, right, with_values)
        except RecursionError as error:
            raise InvalidRequestError("the two expressions are nested too deeply to be compared") from error
    return not with_values or all(_same_value(mine, its) for mine, its in zip(my_binds, its_binds, strict=True))


def _same_value(left: Any, right: Any) -> bool:
    return class_of(left.value) is class_of(right.value) and bool(left.value == right.value)


def _is_alike(left: Any, right: Any, with_values: bool) -> bool:
    """Compare field by field: for nodes without a key, and where operands may be in another order."""
    if left is right:
        return True
    cls = class_of(left)
    if cls is not class_of(right) or (left.is_bind and with_values and not _same_value(left, right)):
        return False
    fields: Mapping[str, Kind] = cls._fields  # pyright: ignore[reportPrivateUsage]
    pairs = [(kind, getattr(left, name, None), getattr(right, name, None)) for name, kind in fields.items()]
    if all(_same_field(kind, mine, its, with_values) for kind, mine, its in pairs):
        return True
    return _same_operands(left, right, with_values)


def _same_operands(left: Any, right: Any, with_values: bool) -> bool:
    """Tell whether two expressions around one operator have the same operands in another order."""
    operator = getattr(left, "operator", None)
    if operator is not getattr(right, "operator", None):
        return False
    if operator is and_ or operator is or_:
        mine, its = list(left.clauses), list(right.clauses)
    elif is_commutative(operator) and hasattr(class_of(left), "is_comparison"):
        mine, its = [left.left, left.right], [right.left, right.right]
    else:
        return False
    for one in mine:
        match = next((other for other in its if compare(one, other, compare_values=with_values)), None)
        if match is None:
            return False
        its = [other for other in its if other is not match]
    return not its


def _same_field(kind: Kind, left: Any, right: Any, with_values: bool) -> bool:
    if kind is OPAQUE:
        return True
    if kind is ATOM:
        return bool(left == right)
    if kind is TYPE:
        return left is right or (left is not None and left.key is not None and left.key == getattr(right, "key", None))
    return _same_tree(left, right, with_values)


def _same_tree(left: Any, right: Any, with_values: bool) -> bool:
    if isinstance(left, Node):
        return _is_alike(left, right, with_values)
    if is_sequence(left):
        return (
            is_sequence(right)
            and len(left) == len(right)
            and all(_same_tree(mine, its, with_values) for mine, its in zip(left, right, strict=True))
        )
    return class_of(left) is class_of(right) and bool(left == right)


def with_parameters(node: Any, values: Mapping[str, Any], unique: bool) -> Any:
    """Return a copy in which the binds of the given names have new values; with `unique`, new identities too."""

    def found(child: Any) -> Any:
        return _with_value(child, values, unique) if child.is_bind else None

    return rebuilt(node, found, lambda _, mapped: mapped)


def _with_value(bind: Any, values: Mapping[str, Any], unique: bool) -> Any:
    if bind.key in values:
        bind = bind.with_value(values[bind.key])
    return bind.made_unique() if unique else bind
