"""A warning for statements whose FROM elements nothing connects: every row of one with every row of the other.

In: a SELECT or UPDATE that is being rendered, with its FROM elements. Out: a warning, or nothing. Elements are
connected by JOIN, by a comparison with columns of one on its left and columns of the other on its right, by LATERAL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any

from ..sql.froms import froms_of
from ..sql.operations import BinaryExpression
from ..types.operators import is_comparison
from ..util import warn
from .compiled import original_of


class Linting(IntEnum):
    """What `compile(linting=)` looks for."""

    NO_LINTING = 0
    COLLECT_CARTESIAN_PRODUCTS = 1
    WARN_LINTING = 2
    FROM_LINTING = 3


NO_LINTING = Linting.NO_LINTING
COLLECT_CARTESIAN_PRODUCTS = Linting.COLLECT_CARTESIAN_PRODUCTS
WARN_LINTING = Linting.WARN_LINTING
FROM_LINTING = Linting.FROM_LINTING


def lint_froms(word: str, froms: list[Any], criteria: Iterable[Any], names: Any) -> None:
    """Warn where the FROM elements of a statement fall into parts; `names` gives the name of an element."""
    if len(froms) < 2 or any(_is_connected_anyway(one) for one in froms):
        return
    groups = _Groups()
    for one in froms:
        groups.connect(one.from_objects())
    for comparison in _comparisons(criteria):
        _connect_sides(comparison, groups)
    first = groups.root(froms[0])
    apart = [one for one in froms if groups.root(one) is not first]
    if apart:
        together = [one for one in froms if groups.root(one) is first]
        listed = ", ".join([f'"{names(one)}"' for one in together])
        warn(
            f"{word} statement has a cartesian product between FROM element(s) {listed} and FROM element "
            f'"{names(apart[0])}".  Apply join condition(s) between each element to resolve.'
        )


def _is_connected_anyway(element: Any) -> bool:
    """Text, LATERAL and functions may refer to anything."""
    return (getattr(element, "name", None) is None and not element.hides()) or getattr(element, "is_lateral", False)


class _Groups:
    """Elements that are connected, as trees with the representative of each group at the root."""

    def __init__(self) -> None:
        self.parents: dict[int, Any] = {}

    def root(self, element: Any) -> Any:
        element = original_of(element)
        while id(element) in self.parents:
            element = self.parents[id(element)]
        return element

    def connect(self, elements: Iterable[Any]) -> None:
        roots = [self.root(element) for element in elements]
        for other in roots[1:]:
            first, other = self.root(roots[0]), self.root(other)
            if first is not other:
                self.parents[id(other)] = first


def _comparisons(criteria: Iterable[Any]) -> Iterator[Any]:
    for element in criteria:
        if isinstance(element, BinaryExpression) and is_comparison(element.operator):
            yield element
        elif not element.is_select_statement:
            yield from _comparisons(element._children())


def _connect_sides(comparison: Any, groups: _Groups) -> None:
    for left in froms_of(comparison.left):
        for right in froms_of(comparison.right):
            groups.connect((left, right))
