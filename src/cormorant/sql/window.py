"""What stands after a function: OVER, FILTER, WITHIN GROUP, ORDER BY inside an aggregate."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar

from ..exc import ArgumentError
from ..types import INTEGERTYPE
from ..types.operators import comma_op, filter_op, is_precedent
from .bind import BindParameter
from .clause import ClauseElement
from .coercion import Role, as_condition, as_expression, as_ordering, clause_of
from .column import ColumnElement, T
from .kinds import as_sequence, is_sequence
from .logic import and_
from .makers import makers
from .node import ATOM, NODE, TYPE, Kind
from .operations import ClauseList, Grouping


class FrameClauseType(Enum):
    """Where a window frame begins or ends."""

    UNBOUNDED = 0
    CURRENT = 1
    PRECEDING = 2
    FOLLOWING = 3


class FrameClause(ClauseElement):
    """ROWS, RANGE or GROUPS of a window; bounds are binds, None for UNBOUNDED or CURRENT ROW."""

    _structure: ClassVar[Mapping[str, Kind]] = {
        "lower_type": ATOM,
        "upper_type": ATOM,
        "lower_bind": NODE,
        "upper_bind": NODE,
    }

    def __init__(
        self, start: Any, end: Any, start_frame_type: Any, end_frame_type: Any, _validate: bool = True
    ) -> None:
        _check_bound("start", start, FrameClauseType(start_frame_type))
        _check_bound("end", end, FrameClauseType(end_frame_type))
        self.lower_type = FrameClauseType(start_frame_type)
        self.upper_type = FrameClauseType(end_frame_type)
        self.lower_bind = None if start is None else _bound(start)
        self.upper_bind = None if end is None else _bound(end)


def _check_bound(name: str, value: Any, type_: FrameClauseType) -> None:
    takes_value = type_ in (FrameClauseType.PRECEDING, FrameClauseType.FOLLOWING)
    if takes_value and value is None:
        raise ArgumentError(f"A value is required for {name} with frame type {type_.name}")
    if not takes_value and value is not None:
        raise ArgumentError(f"Cannot specify a value for {name} with frame type {type_.name}")


def _bound(value: Any) -> Any:
    return BindParameter(None, value, INTEGERTYPE, unique=True) if isinstance(value, int) else as_expression(value)


def frame_of(bounds: Any, is_integer: bool) -> FrameClause | None:
    """Return the frame for a pair as `over(rows=...)` takes it: None unbounded, 0 current, negative preceding."""
    if bounds is None or isinstance(bounds, FrameClause):
        return bounds
    if not is_sequence(bounds) or len(bounds) != 2:
        raise ArgumentError("2-tuple expected for range/rows/groups")
    for bound in bounds:
        if bound is not None and not isinstance(bound, int):
            raise ArgumentError(_NOT_INTEGER[is_integer])
    (start, start_type), (end, end_type) = (_frame_bound(bound) for bound in bounds)
    return FrameClause(start, end, start_type, end_type)


_NOT_INTEGER = {
    True: "Integer or None expected for values in rows/groups frame",
    False: "When using a tuple to specify a range only integer or none values are allowed in the range frame. "
    "To specify a different type use the FrameClause directly.",
}


def _frame_bound(bound: Any) -> tuple[Any, FrameClauseType]:
    if bound is None:
        return None, FrameClauseType.UNBOUNDED
    if bound == 0:
        return None, FrameClauseType.CURRENT
    return abs(bound), FrameClauseType.PRECEDING if bound < 0 else FrameClauseType.FOLLOWING


def order_list(clauses: Any, role: Role = Role.ORDER_BY) -> ClauseList | None:
    """Return one or several orderings as a list; None for none."""
    if clauses is None:
        return None
    return ClauseList(*[as_ordering(clause, role) for clause in as_sequence(clauses)], operator=comma_op)


class Over(ColumnElement[T]):
    """`element OVER (PARTITION BY .. ORDER BY .. frame)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {
        "element": NODE,
        "partition_by": NODE,
        "order_by": NODE,
        "range_": NODE,
        "rows": NODE,
        "groups": NODE,
        "exclude": ATOM,
    }

    def __init__(
        self,
        element: Any,
        partition_by: Any = None,
        order_by: Any = None,
        range_: Any = None,
        rows: Any = None,
        groups: Any = None,
        exclude: str | None = None,
    ) -> None:
        if sum(frame is not None for frame in (range_, rows, groups)) > 1:
            raise ArgumentError("only one of 'rows', 'range_', or 'groups' may be provided")
        self.element = as_expression(element)
        self.partition_by = order_list(partition_by, Role.BY_OF)
        self.order_by = order_list(order_by)
        self.range_ = frame_of(range_, is_integer=False)
        self.rows = frame_of(rows, is_integer=True)
        self.groups = frame_of(groups, is_integer=True)
        self.exclude = exclude
        self.type = self.element.type


class WithinGroup(ColumnElement[T]):
    """`element WITHIN GROUP (ORDER BY ..)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE, "order_by": NODE, "type": TYPE}

    def __init__(self, element: Any, *order_by: Any) -> None:
        self.element = element
        self.order_by = order_list(order_by) if order_by else None
        decided = element.within_group_type(self) if hasattr(element, "within_group_type") else None
        self.type = element.type if decided is None else decided

    @property
    def anon_stem(self) -> str:
        return str(self.element.anon_stem)

    @property
    def key_stem(self) -> str:
        return str(self.element.key_stem)

    def over(self, **kw: Any) -> Over[T]:
        """Return it as a window function."""
        return Over(self, **kw)

    def filter(self, *criterion: Any) -> FunctionFilter[T]:
        """Return it over the rows that meet the criteria."""
        return FunctionFilter(self, *criterion)


class AggregateOrderBy(ColumnElement[T]):
    """`element(.. ORDER BY ..)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE, "order_by": NODE}

    def __init__(self, element: Any, *order_by: Any) -> None:
        if not hasattr(element, "clause_expr"):
            raise ArgumentError(f"aggregate_order_by() takes a function such as func.array_agg(), got {element!r}")
        self.element = element
        if not order_by:
            raise ArgumentError("at least one ORDER BY element is required")
        self.order_by = order_list(order_by)
        self.type = element.type

    def over(self, **kw: Any) -> Over[T]:
        """Return it as a window function."""
        return Over(self, **kw)

    def filter(self, *criterion: Any) -> FunctionFilter[T]:
        """Return it over the rows that meet the criteria."""
        return FunctionFilter(self, *criterion)


class FunctionFilter(ColumnElement[T]):
    """`func FILTER (WHERE criterion)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"func": NODE, "criterion": NODE}

    def __init__(self, func: Any, *criterion: Any) -> None:
        self.func = func
        self.criterion = _criterion(criterion)
        self.type = func.type

    def filter(self, *criterion: Any) -> FunctionFilter[T]:
        """Return it with more criteria."""
        before = () if self.criterion is None else (self.criterion,)
        return FunctionFilter(self.func, *before, *[as_condition(one) for one in criterion])

    def over(self, **kw: Any) -> Over[T]:
        """Return it as a window function."""
        return Over(self, **kw)

    def within_group(self, *order_by: Any) -> WithinGroup[T]:
        """Return it with the order of an ordered-set aggregate."""
        return WithinGroup(self, *order_by)

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if is_precedent(filter_op, against) else self


def _criterion(criteria: tuple[Any, ...]) -> Any:
    """Return criteria as one; a single column that is true or false stands as it is."""
    if not criteria:
        return None
    single = clause_of(criteria[0]) if len(criteria) == 1 else None
    if single is not None and single.is_column and not single.is_condition:
        return single
    return and_(*criteria)


def over(
    element: Any,
    partition_by: Any = None,
    order_by: Any = None,
    range_: Any = None,
    rows: Any = None,
    groups: Any = None,
    exclude: str | None = None,
) -> Over[Any]:
    """Return a function as a window function."""
    return Over(element, partition_by, order_by, range_, rows, groups, exclude)


def funcfilter(func: Any, *criterion: Any) -> FunctionFilter[Any]:
    """Return an aggregate over the rows that meet the criteria."""
    return FunctionFilter(func, *criterion)


def within_group(element: Any, *order_by: Any) -> WithinGroup[Any]:
    """Return an ordered-set aggregate with its order."""
    return WithinGroup(element, *order_by)


def aggregate_order_by(element: Any, *order_by: Any) -> AggregateOrderBy[Any]:
    """Return an aggregate over its rows in an order."""
    return AggregateOrderBy(element, *order_by)


makers.over = Over
