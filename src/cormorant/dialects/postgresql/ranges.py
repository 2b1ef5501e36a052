"""Range types and their operators in SQL; the values are in `range_values.py`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from ...types.base import NULLTYPE, Comparator, TypeEngine, literal_types
from ...types.custom_op import OperatorClass
from ...types.operators import add, mul, sub
from . import operators as pg
from .range_values import Bounds, MultiRange, Range

__all__ = [
    "DATEMULTIRANGE",
    "DATERANGE",
    "INT4MULTIRANGE",
    "INT4RANGE",
    "INT8MULTIRANGE",
    "INT8RANGE",
    "NUMMULTIRANGE",
    "NUMRANGE",
    "TSMULTIRANGE",
    "TSRANGE",
    "TSTZMULTIRANGE",
    "TSTZRANGE",
    "AbstractMultiRange",
    "AbstractRange",
    "AbstractSingleRange",
    "Bounds",
    "MultiRange",
    "Range",
]


class RangeComparator(Comparator[Any]):
    """The operators of ranges."""

    __slots__ = ()

    def contains(self, other: Any, **kw: Any) -> Any:
        """Whether a value or a range is part of it: `@>`."""
        return self.operate(pg.CONTAINS, other)

    def contained_by(self, other: Any) -> Any:
        """Whether it is part of another: `<@`."""
        return self.operate(pg.CONTAINED_BY, other)

    def overlaps(self, other: Any) -> Any:
        """Whether both have values in common: `&&`."""
        return self.operate(pg.OVERLAP, other)

    def strictly_left_of(self, other: Any) -> Any:
        """Whether it ends before the other begins: `<<`."""
        return self.operate(pg.STRICTLY_LEFT_OF, other)

    __lshift__ = strictly_left_of

    def strictly_right_of(self, other: Any) -> Any:
        """Whether it begins after the other ends: `>>`."""
        return self.operate(pg.STRICTLY_RIGHT_OF, other)

    __rshift__ = strictly_right_of

    def not_extend_right_of(self, other: Any) -> Any:
        """Whether it does not end after the other: `&<`."""
        return self.operate(pg.NOT_EXTEND_RIGHT_OF, other)

    def not_extend_left_of(self, other: Any) -> Any:
        """Whether it does not begin before the other: `&>`."""
        return self.operate(pg.NOT_EXTEND_LEFT_OF, other)

    def adjacent_to(self, other: Any) -> Any:
        """Whether one begins where the other ends: `-|-`."""
        return self.operate(pg.ADJACENT_TO, other)

    def union(self, other: Any) -> Any:
        """The range of both: `+`."""
        return self.operate(add, other)

    def difference(self, other: Any) -> Any:
        """What of it is not in the other: `-`."""
        return self.operate(sub, other)

    def intersection(self, other: Any) -> Any:
        """What both have in common: `*`."""
        return self.operate(mul, other)


class AbstractRange(TypeEngine[Any]):
    """The base of ranges and multiranges."""

    render_bind_cast: ClassVar[bool] = True
    operator_classes = OperatorClass.BASE | OperatorClass.COMPARISON | OperatorClass.MATH | OperatorClass.CONTAINS
    comparator_factory = RangeComparator


class AbstractSingleRange(AbstractRange):
    """The base of ranges."""

    def for_literal(self, value: Any) -> TypeEngine[Any]:
        return _type_of(value, _SINGLE)


class AbstractMultiRange(AbstractRange):
    """The base of multiranges."""

    def for_literal(self, value: Any) -> TypeEngine[Any]:
        return next((found for one in value if not (found := _type_of(one, _MULTI)).is_null), NULLTYPE)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self if isinstance(value, (Range, list)) else super().coerce_compared_value(op, value)


class INT4RANGE(AbstractSingleRange):
    """A range of integers."""

    is_specific = True


class INT8RANGE(AbstractSingleRange):
    """A range of big integers."""

    is_specific = True


class NUMRANGE(AbstractSingleRange):
    """A range of numerics."""

    is_specific = True


class DATERANGE(AbstractSingleRange):
    """A range of days."""

    is_specific = True


class TSRANGE(AbstractSingleRange):
    """A range of times without time zone."""

    is_specific = True


class TSTZRANGE(AbstractSingleRange):
    """A range of times with time zone."""

    is_specific = True


class INT4MULTIRANGE(AbstractMultiRange):
    """Ranges of integers."""

    is_specific = True


class INT8MULTIRANGE(AbstractMultiRange):
    """Ranges of big integers."""

    is_specific = True


class NUMMULTIRANGE(AbstractMultiRange):
    """Ranges of numerics."""

    is_specific = True


class DATEMULTIRANGE(AbstractMultiRange):
    """Ranges of days."""

    is_specific = True


class TSMULTIRANGE(AbstractMultiRange):
    """Ranges of times without time zone."""

    is_specific = True


class TSTZMULTIRANGE(AbstractMultiRange):
    """Ranges of times with time zone."""

    is_specific = True


AbstractSingleRange.affinity = AbstractSingleRange
AbstractMultiRange.affinity = AbstractMultiRange

_SINGLE: dict[str, TypeEngine[Any]] = {
    "int4": INT4RANGE(),
    "int8": INT8RANGE(),
    "num": NUMRANGE(),
    "date": DATERANGE(),
    "ts": TSRANGE(),
    "tstz": TSTZRANGE(),
}
_MULTI: dict[str, TypeEngine[Any]] = {
    "int4": INT4MULTIRANGE(),
    "int8": INT8MULTIRANGE(),
    "num": NUMMULTIRANGE(),
    "date": DATEMULTIRANGE(),
    "ts": TSMULTIRANGE(),
    "tstz": TSTZMULTIRANGE(),
}


RANGES: tuple[type[AbstractRange], ...] = tuple([type(one) for one in (*_SINGLE.values(), *_MULTI.values())])  # type: ignore[misc]


def _type_of(value: Any, by_kind: dict[str, TypeEngine[Any]]) -> TypeEngine[Any]:
    """Return the type for a range by its bounds; the type that is not known where there are none."""
    ends = [end for end in (value.lower, value.upper) if end is not None]
    return by_kind[_kind(ends)] if ends and not value.empty else NULLTYPE


def _kind(ends: list[Any]) -> str:
    sample = ends[0]
    if isinstance(sample, int):
        return "int4" if all(-(2**31) <= end < 2**31 for end in ends) else "int8"
    if isinstance(sample, (Decimal, float)):
        return "num"
    if isinstance(sample, dt.datetime):
        return "tstz" if sample.tzinfo is not None else "ts"
    if isinstance(sample, dt.date):
        return "date"
    return "num"


literal_types[Range] = AbstractSingleRange()
literal_types[MultiRange] = AbstractMultiRange()
