"""Clauses that a program or a dialect adds to statements: `statement.ext(clause)` puts them at a named point.

In: an element that says by `apply_to_select()` and its like where it belongs. Out: `extensions` of the statement, pairs
of point and elements, which rendering writes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from .clause import ClauseElement
from .node import TREE, Kind

Change = Callable[[Sequence[Any]], Iterable[Any]]
"""From the elements at a point to those that are to stand there."""


class SyntaxExtension(ClauseElement):
    """The base of clauses that are added by `ext()`. A subclass overrides the methods of the statements it fits."""

    _structure: ClassVar[Mapping[str, Kind]] = {}

    def append_replacing_same_type(self, existing: Sequence[Any]) -> Sequence[Any]:
        """Return the elements with this one at the end, in place of others of its class."""
        return [*[element for element in existing if type(element) is not type(self)], self]

    def apply_to_select(self, select_stmt: Any) -> None:
        """Enter this element at a point of a SELECT."""
        self._refuse("select")

    def apply_to_insert(self, insert_stmt: Any) -> None:
        """Enter this element at a point of an INSERT."""
        self._refuse("insert")

    def apply_to_update(self, update_stmt: Any) -> None:
        """Enter this element at a point of an UPDATE."""
        self._refuse("update")

    def apply_to_delete(self, delete_stmt: Any) -> None:
        """Enter this element at a point of a DELETE."""
        self._refuse("delete")

    def _refuse(self, kind: str) -> None:
        raise NotImplementedError(f"Extension {type(self).__name__} cannot be applied to {kind}")


class HasSyntaxExtensions(ClauseElement):
    """A statement that takes extensions: `extensions` are pairs (point, elements)."""

    _structure: ClassVar[Mapping[str, Kind]] = {"extensions": TREE}
    extension_points: ClassVar[tuple[str, ...]] = ()
    extensions: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    def ext(self, extension: SyntaxExtension) -> Self:
        """Return a copy with a clause at the point that the clause chooses."""
        if not isinstance(extension, SyntaxExtension):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise NotImplementedError(f"expected a SyntaxExtension, got {extension!r}")
        made = self._copy()
        made._apply(extension)
        return made

    def _apply(self, extension: SyntaxExtension) -> None:
        raise NotImplementedError(f"{type(self).__name__} takes no extensions")

    def apply_syntax_extension_point(self, apply_fn: Change, position: str) -> None:
        """Let a function choose what stands at a point; called by extensions on the copy that `ext()` made."""
        if position not in self.extension_points:
            known = ", ".join([repr(point) for point in self.extension_points])
            raise ValueError(f"Unknown position {position!r} for {type(self)} construct; known positions: {known}")
        points = dict(self.extensions)
        points[position] = tuple(apply_fn(list(points.get(position, ()))))
        self.__dict__["extensions"] = tuple(points.items())

    def extensions_at(self, position: str) -> tuple[Any, ...]:
        """Return the elements at a point."""
        return dict(self.extensions).get(position, ())
