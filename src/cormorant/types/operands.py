"""What can stand beside an operator: mixins that turn Python's operators and named methods into calls of `operate`.

In: the operand and its other operands. Out: whatever `operate` (or `reverse_operate`) of the concrete class returns.
The mixins know the operators and nothing of SQL expressions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from . import operator_functions as ops
from .custom_op import OperatorClass, custom_op

if TYPE_CHECKING:
    from collections.abc import Callable


class Operators:
    """The base: boolean algebra and operators given as text."""

    __slots__ = ()

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator with this object on the left."""
        raise TypeError(f"{type(self).__name__} does not define how operators apply to it: override operate()")

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        """Apply an operator with this object on the right."""
        raise TypeError(f"{type(self).__name__} does not define how operators apply to it: override reverse_operate()")

    def __and__(self, other: Any) -> Any:
        return self.operate(ops.and_, other)

    def __or__(self, other: Any) -> Any:
        return self.operate(ops.or_, other)

    def __invert__(self) -> Any:
        return self.operate(ops.inv)

    def op(
        self,
        opstring: str,
        precedence: int = 0,
        is_comparison: bool = False,
        return_type: Any = None,
        python_impl: Callable[..., Any] | None = None,
        operator_class: OperatorClass = OperatorClass.BASE,
        visit_name: str | None = None,
    ) -> Callable[[Any], Any]:
        """Return a function of the right operand for an operator given as text."""
        operator = custom_op(
            opstring,
            precedence,
            is_comparison,
            return_type,
            python_impl=python_impl,
            operator_class=operator_class,
            visit_name=visit_name,
        )

        def against(other: Any) -> Any:
            return operator(self, other)

        return against

    def bool_op(
        self, opstring: str, precedence: int = 0, python_impl: Callable[..., Any] | None = None
    ) -> Callable[[Any], Any]:
        """Like `op`, for an operator whose result is true or false."""
        return self.op(opstring, precedence, is_comparison=True, python_impl=python_impl)


class OrderingOperators:
    """The modifiers of ORDER BY."""

    __slots__ = ()

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator with this object on the left."""
        raise TypeError(f"{type(self).__name__} does not define how operators apply to it: override operate()")

    def desc(self) -> Any:
        return self.operate(ops.desc_op)

    def asc(self) -> Any:
        return self.operate(ops.asc_op)

    def nulls_first(self) -> Any:
        return self.operate(ops.nulls_first_op)

    def nulls_last(self) -> Any:
        return self.operate(ops.nulls_last_op)

    nullsfirst = nulls_first
    nullslast = nulls_last


class ColumnOperators(Operators, OrderingOperators):
    """All operators of a column-like expression."""

    __slots__ = ()
    timetuple: ClassVar[Any] = None
    """Set so that comparing a `datetime` on the left asks this object instead of refusing."""

    __hash__ = object.__hash__

    def __lt__(self, other: Any) -> Any:
        return self.operate(ops.lt, other)

    def __le__(self, other: Any) -> Any:
        return self.operate(ops.le, other)

    def __eq__(self, other: object) -> Any:
        return self.operate(ops.eq, other)

    def __ne__(self, other: object) -> Any:
        return self.operate(ops.ne, other)

    def __gt__(self, other: Any) -> Any:
        return self.operate(ops.gt, other)

    def __ge__(self, other: Any) -> Any:
        return self.operate(ops.ge, other)

    def __neg__(self) -> Any:
        return self.operate(ops.neg)

    def __contains__(self, other: Any) -> Any:
        return self.operate(ops.contains, other)

    def __getitem__(self, index: Any) -> Any:
        return self.operate(ops.getitem, index)

    def __lshift__(self, other: Any) -> Any:
        return self.operate(ops.lshift, other)

    def __rlshift__(self, other: Any) -> Any:
        return self.reverse_operate(ops.lshift, other)

    def __rshift__(self, other: Any) -> Any:
        return self.operate(ops.rshift, other)

    def __rrshift__(self, other: Any) -> Any:
        return self.reverse_operate(ops.rshift, other)

    def __add__(self, other: Any) -> Any:
        return self.operate(ops.add, other)

    def __radd__(self, other: Any) -> Any:
        return self.reverse_operate(ops.add, other)

    def __sub__(self, other: Any) -> Any:
        return self.operate(ops.sub, other)

    def __rsub__(self, other: Any) -> Any:
        return self.reverse_operate(ops.sub, other)

    def __mul__(self, other: Any) -> Any:
        return self.operate(ops.mul, other)

    def __rmul__(self, other: Any) -> Any:
        return self.reverse_operate(ops.mul, other)

    def __mod__(self, other: Any) -> Any:
        return self.operate(ops.mod, other)

    def __rmod__(self, other: Any) -> Any:
        return self.reverse_operate(ops.mod, other)

    def __truediv__(self, other: Any) -> Any:
        return self.operate(ops.truediv, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self.reverse_operate(ops.truediv, other)

    def __floordiv__(self, other: Any) -> Any:
        return self.operate(ops.floordiv, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return self.reverse_operate(ops.floordiv, other)

    def __pow__(self, other: Any) -> Any:
        return self.operate(ops.pow_, other)

    def __rpow__(self, other: Any) -> Any:
        return self.reverse_operate(ops.pow_, other)

    def __matmul__(self, other: Any) -> Any:
        return self.operate(ops.matmul, other)

    def __rmatmul__(self, other: Any) -> Any:
        return self.reverse_operate(ops.matmul, other)

    def concat(self, other: Any) -> Any:
        return self.operate(ops.concat_op, other)

    def _rconcat(self, other: Any) -> Any:
        return self.reverse_operate(ops.concat_op, other)

    def is_distinct_from(self, other: Any) -> Any:
        return self.operate(ops.is_distinct_from, other)

    def is_not_distinct_from(self, other: Any) -> Any:
        return self.operate(ops.is_not_distinct_from, other)

    isnot_distinct_from = is_not_distinct_from

    def bitwise_xor(self, other: Any) -> Any:
        return self.operate(ops.bitwise_xor_op, other)

    def bitwise_or(self, other: Any) -> Any:
        return self.operate(ops.bitwise_or_op, other)

    def bitwise_and(self, other: Any) -> Any:
        return self.operate(ops.bitwise_and_op, other)

    def bitwise_not(self) -> Any:
        return self.operate(ops.bitwise_not_op)

    def bitwise_lshift(self, other: Any) -> Any:
        return self.operate(ops.bitwise_lshift_op, other)

    def bitwise_rshift(self, other: Any) -> Any:
        return self.operate(ops.bitwise_rshift_op, other)

    def like(self, other: Any, escape: str | None = None) -> Any:
        return self.operate(ops.like_op, other, escape=escape)

    def ilike(self, other: Any, escape: str | None = None) -> Any:
        return self.operate(ops.ilike_op, other, escape=escape)

    def not_like(self, other: Any, escape: str | None = None) -> Any:
        return self.operate(ops.not_like_op, other, escape=escape)

    def not_ilike(self, other: Any, escape: str | None = None) -> Any:
        return self.operate(ops.not_ilike_op, other, escape=escape)

    notlike = not_like
    notilike = not_ilike

    def in_(self, other: Any) -> Any:
        return self.operate(ops.in_op, other)

    def not_in(self, other: Any) -> Any:
        return self.operate(ops.not_in_op, other)

    notin_ = not_in

    def is_(self, other: Any) -> Any:
        return self.operate(ops.is_, other)

    def is_not(self, other: Any) -> Any:
        return self.operate(ops.is_not, other)

    isnot = is_not

    def startswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Any:
        return self.operate(ops.startswith_op, other, escape=escape, autoescape=autoescape)

    def istartswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Any:
        return self.operate(ops.istartswith_op, other, escape=escape, autoescape=autoescape)

    def endswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Any:
        return self.operate(ops.endswith_op, other, escape=escape, autoescape=autoescape)

    def iendswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> Any:
        return self.operate(ops.iendswith_op, other, escape=escape, autoescape=autoescape)

    def contains(self, other: Any, **kw: Any) -> Any:
        return self.operate(ops.contains_op, other, **kw)

    def icontains(self, other: Any, **kw: Any) -> Any:
        return self.operate(ops.icontains_op, other, **kw)

    def match(self, other: Any, **kwargs: Any) -> Any:
        return self.operate(ops.match_op, other, **kwargs)

    def regexp_match(self, pattern: Any, flags: str | None = None) -> Any:
        return self.operate(ops.regexp_match_op, pattern, flags=flags)

    def regexp_replace(self, pattern: Any, replacement: Any, flags: str | None = None) -> Any:
        return self.operate(ops.regexp_replace_op, pattern, replacement=replacement, flags=flags)

    def collate(self, collation: str, collation_schema: str | None = None) -> Any:
        return self.operate(ops.collate, collation, collation_schema=collation_schema)

    def between(self, cleft: Any, cright: Any, symmetric: bool = False) -> Any:
        return self.operate(ops.between_op, cleft, cright, symmetric=symmetric)

    def distinct(self) -> Any:
        return self.operate(ops.distinct_op)

    def any_(self) -> Any:
        return self.operate(ops.any_op)

    def all_(self) -> Any:
        return self.operate(ops.all_op)
