"""Comparison of nodes, and copies of nodes with other parameter values.

Knows nodes and what a bind parameter answers to (`is_bind`, `key`, `value`), nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .node import ATOM, LINK, NODE, NODES, OPAQUE, TREE, TYPE, Node, statement_key


def compare(left: Any, right: Any, **kw: Any) -> bool:
    """Tell whether two nodes have one structure and the same values; `compare_values=False` ignores the values."""
    if left is right:
        return True
    if not isinstance(left, Node) or not isinstance(right, Node):
        return False
    my_key, my_binds = statement_key(left)
    its_key, its_binds = statement_key(right)
    if my_key is None or its_key is None:
        return _is_alike(left, right)
    if my_key != its_key:
        return False
    return not kw.get("compare_values", True) or all(
        _same_value(mine, its) for mine, its in zip(my_binds, its_binds, strict=True)
    )


def _same_value(left: Any, right: Any) -> bool:
    return type(left.value) is type(right.value) and bool(left.value == right.value)


def _is_alike(left: Any, right: Any) -> bool:
    """Compare field by field: for nodes without a key, whose class or type says nothing of its structure."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if left.is_bind and not _same_value(left, right):
        return False
    return all(
        _same_field(kind, getattr(left, name, None), getattr(right, name, None))
        for name, kind in type(left)._fields.items()
        if kind is not OPAQUE
    )


def _same_field(kind: Any, left: Any, right: Any) -> bool:
    if kind is ATOM:
        return bool(left == right)
    if kind is TYPE:
        return left is right or (type(left) is type(right) and left.key is not None and left.key == right.key)
    if kind is NODE or kind is LINK:
        return _is_alike(left, right) if isinstance(left, Node) else left is right
    if kind is NODES or kind is TREE:
        return _same_tree(left, right)
    return True


def _same_tree(left: Any, right: Any) -> bool:
    if isinstance(left, Node):
        return _is_alike(left, right)
    if isinstance(left, (tuple, list)):
        return (
            isinstance(right, (tuple, list))
            and len(left) == len(right)
            and all(_same_tree(mine, its) for mine, its in zip(left, right, strict=True))
        )
    return type(left) is type(right) and bool(left == right)


def with_parameters(node: Any, values: Mapping[str, Any], unique: bool) -> Any:
    """Return a copy in which the binds of the given names have new values; with `unique`, new identities too."""
    made: dict[int, Node] = {}

    def replace(child: Node) -> Node:
        found = made.get(id(child))
        if found is None:
            found = made[id(child)] = (
                _with_value(child, values, unique) if child.is_bind else child._map_children(replace)
            )
        return found

    return replace(node)


def _with_value(bind: Any, values: Mapping[str, Any], unique: bool) -> Any:
    if bind.key in values:
        bind = bind.with_value(values[bind.key])
    return bind.made_unique() if unique else bind
