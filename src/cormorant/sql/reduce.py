"""Columns of a SELECT that say the same as another one.

In: the columns and the conditions. Out: the columns without those that a foreign key ties to another column of the
list, or that some equality in the conditions compares with one. Whether the equality always holds is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..types.operators import eq
from .visitors import iterate


def reduced(columns: Iterable[Any], criteria: Iterable[Any], only_synonyms: bool) -> list[Any]:
    """Return the columns that are kept; with `only_synonyms` columns of different names both are."""
    kept = list({id(column): column for column in columns}.values())
    for column in list(kept):
        targets = {hash(key.column) for key in column.foreign_keys}
        if any(hash(other) in targets and _may_go(column, other, only_synonyms) for other in kept):
            kept = _without(kept, column)
    for criterion in criteria:
        for node in iterate(criterion):
            if getattr(node, "operator", None) is eq and _holds(kept, node.left) and _holds(kept, node.right):
                kept = _without(kept, node.right) if _may_go(node.right, node.left, only_synonyms) else kept
    return kept


def _may_go(column: Any, other: Any, only_synonyms: bool) -> bool:
    return hash(column) != hash(other) and (not only_synonyms or column.name == other.name)


def _holds(columns: list[Any], wanted: Any) -> bool:
    return any(hash(column) == hash(wanted) for column in columns)


def _without(columns: list[Any], gone: Any) -> list[Any]:
    return [column for column in columns if hash(column) != hash(gone)]
