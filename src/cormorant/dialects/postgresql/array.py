"""Arrays: the type with its operators, and the literal `ARRAY[..]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from ...sql.bind import BindParameter
from ...sql.coercion import as_expression, clause_of
from ...sql.column import ColumnElement
from ...sql.constructors import cast
from ...sql.node import NODES, TYPE, Kind
from ...sql.operations import Grouping
from ...types.arrays import ARRAY as BASE_ARRAY
from ...types.arrays import ARRAYComparator as GenericComparator
from ...types.base import NULLTYPE, TypeEngine, to_instance
from ...types.operators import all_op, any_op, eq, getitem
from ...types.text import Text
from . import operators as pg


class ARRAYComparator(GenericComparator):
    """Operators of arrays."""

    __slots__ = ()

    def contains(self, other: Any, **kwargs: Any) -> Any:
        """Whether all of the elements are in it: `@>`."""
        return self.operate(pg.CONTAINS, other)

    def contained_by(self, other: Any) -> Any:
        """Whether all its elements are in the other: `<@`."""
        return self.operate(pg.CONTAINED_BY, other)

    def overlap(self, other: Any) -> Any:
        """Whether both have elements in common: `&&`."""
        return self.operate(pg.OVERLAP, other)


class ARRAY(BASE_ARRAY):
    """An array of `item_type`."""

    Comparator: ClassVar[type[Any]] = ARRAYComparator
    comparator_factory = ARRAYComparator


class array(ColumnElement[Any]):  # noqa: N801 - public name, used like a function
    """`ARRAY[a, b]`: expressions and literals as an array; arrays inside make one more dimension."""

    _structure: ClassVar[Mapping[str, Kind]] = {"clauses": NODES, "type": TYPE}
    inherit_cache: ClassVar[bool | None] = True
    stringify_dialect: ClassVar[str] = "postgresql"

    def __init__(self, clauses: Iterable[Any], *, type_: Any = None, **kw: Any) -> None:
        elements = [self._element(clause, type_) for clause in clauses]
        self.clauses: tuple[Any, ...] = tuple(elements)
        self.type: TypeEngine[Any] = _type_of(elements, type_)

    def _element(self, clause: Any, type_: Any) -> Any:
        node = clause_of(clause)
        if node is not None or clause is None:
            return as_expression(clause)
        return BindParameter(None, clause, unique=True)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.clauses)

    def __len__(self) -> int:
        return len(self.clauses)

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if against in (any_op, all_op, getitem) else self

    def default_operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        return super().default_operate(op, *[self._beside(op, one) for one in other], **kwargs)

    def default_reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        return super().default_reverse_operate(op, self._beside(op, other), **kwargs)

    def _beside(self, op: Any, other: Any) -> Any:
        """Return a list beside an array as an array, too."""
        given: Any = other
        return array(given) if isinstance(other, (list, tuple)) and op is not getitem else given


def _type_of(elements: list[Any], type_: Any) -> TypeEngine[Any]:
    if type_ is not None:
        given = to_instance(type_)
        item, inner = (given.item_type, given.dimensions) if isinstance(given, BASE_ARRAY) else (given, None)
        return ARRAY(item, dimensions=inner)
    first = elements[0].type if elements else NULLTYPE
    if isinstance(first, BASE_ARRAY):
        return ARRAY(first.item_type, dimensions=(first.dimensions or 1) + 1)
    return ARRAY(first)


def cast_to_text_array(path: Any) -> Any:
    """Return an array as one of texts."""
    return cast(path, ARRAY(Text()))


def any_of(other: Any, arrexpr: Any, operator: Any = eq) -> Any:
    """Return `other operator ANY (array)`."""
    return arrexpr.any(other, operator)


def All(other: Any, arrexpr: Any, operator: Any = eq) -> Any:  # noqa: N802 - the public name
    """Return `other operator ALL (array)`."""
    return arrexpr.all(other, operator)
