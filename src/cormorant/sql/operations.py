"""Expressions made of other expressions: operators between them, lists of them, parentheses around them.

The constructors take operands that are expressions already (coercion.py and build.py make them so) and decide on
parentheses by the precedence of the operators; nothing here decides which operator applies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from ..exc import ArgumentError
from ..types import BOOLEANTYPE, NULLTYPE, to_instance
from ..types.operators import (
    comma_op,
    eq,
    is_associative,
    is_comparison,
    is_precedent,
    ne,
)
from ..util import EMPTY
from .clause import ClauseElement
from .column import ColumnElement, T
from .makers import makers
from .node import ATOM, NODE, NODES, TREE, TYPE, Kind


class Grouping(ColumnElement[T]):
    """An element in parentheses."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE, "type": TYPE}

    def __init__(self, element: Any) -> None:
        self.element = element
        self.type = getattr(element, "type", NULLTYPE)

    def self_group(self, against: Any = None) -> Any:
        return self

    @property
    def anon_stem(self) -> str:
        return str(getattr(self.element, "anon_stem", "anon"))

    @property
    def proxies(self) -> tuple[Any, ...]:  # type: ignore[override]
        element: Any = self.element
        return (element,) if element.is_column else ()


class BinaryExpression(ColumnElement[T]):
    """Two operands around an operator.

    `negate` is the operator of the negation or None; `modifiers` is what else the operator takes: `escape`, `flags`,
    `symmetric`.
    """

    is_condition: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {
        "left": NODE,
        "operator": ATOM,
        "right": NODE,
        "type": TYPE,
        "negate": ATOM,
        "modifiers": TREE,
    }

    modifiers: Mapping[str, Any] = EMPTY
    negate: Any = None

    def __init__(
        self,
        left: Any,
        right: Any,
        operator: Any,
        type_: Any = None,
        negate: Any = None,
        modifiers: Mapping[str, Any] | None = None,
    ) -> None:
        self.left = left.self_group(operator)
        self.right = right.self_group(operator)
        self.operator = operator
        self.type = NULLTYPE if type_ is None else to_instance(type_)
        self.negate = negate
        if modifiers:
            self.modifiers = modifiers

    def __bool__(self) -> bool:
        if self.operator is eq:
            return hash(self.left) == hash(self.right)
        if self.operator is ne:
            return hash(self.left) != hash(self.right)
        raise TypeError("Boolean value of this clause is not defined")

    @property
    def is_comparison(self) -> bool:
        """Whether the operator compares."""
        return is_comparison(self.operator)

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if is_precedent(self.operator, against) else self

    def negated(self) -> Any:
        """Return the negation by the operator that negates this one; None where there is no such operator."""
        if self.negate is None:
            return None
        right = self.right
        if getattr(right, "expand_op", None) is self.operator:
            right = right._copy(expand_op=self.negate)  # an empty list is another one after NOT IN
        return BinaryExpression(self.left, right, self.negate, self.type, self.operator, self.modifiers)


class UnaryExpression(ColumnElement[T]):
    """An operator before its operand, or a modifier after it."""

    is_condition: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE, "operator": ATOM, "modifier": ATOM, "type": TYPE}
    is_labelled: ClassVar[bool] = False

    def __init__(
        self,
        element: Any,
        *,
        operator: Any = None,
        modifier: Any = None,
        type_: Any = None,
        wraps_column_expression: bool = False,
    ) -> None:
        self.operator = operator
        self.modifier = modifier
        self.element = element.self_group(operator or modifier)
        self.type = NULLTYPE if type_ is None else to_instance(type_)
        if wraps_column_expression:
            self.wraps_column_expression = True

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if self.operator is not None and is_precedent(self.operator, against) else self


class CollectionAggregate(UnaryExpression[T]):
    """ANY or ALL of a subquery or array, which stands on the right of a comparison."""

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
        return _aggregate_on_right(self, op, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> ColumnElement[Any]:
        return _aggregate_on_right(self, op, other, **kwargs)


def _aggregate_on_right(aggregate: Any, op: Any, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
    if not is_comparison(op):
        raise ArgumentError("Only comparison operators may be used with ANY/ALL")
    made: ColumnElement[Any] = makers.operate(aggregate, op, *other, mirrored=True, **kwargs)
    return made


class ClauseList(ClauseElement):
    """Elements in a row around an operator, the comma by default."""

    _structure: ClassVar[Mapping[str, Kind]] = {"clauses": NODES, "operator": ATOM}

    def __init__(
        self, *clauses: Any, operator: Any = comma_op, group: bool = True, group_contents: bool = True
    ) -> None:
        self.operator = operator
        self.group = group
        self.group_contents = group_contents
        self.clauses = tuple([c.self_group(operator) for c in clauses]) if group_contents else clauses

    def __iter__(self) -> Iterator[Any]:
        return iter(self.clauses)

    def __len__(self) -> int:
        return len(self.clauses)

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if self.group and is_precedent(self.operator, against) else self


class OrderByList(ClauseList):
    """The columns of an ORDER BY."""

    def __init__(self, clauses: Any) -> None:
        super().__init__(*clauses, operator=comma_op, group=False)


class ExpressionClauseList(ColumnElement[T]):
    """Expressions in a row around an operator, as one expression."""

    _structure: ClassVar[Mapping[str, Kind]] = {"clauses": NODES, "operator": ATOM, "type": TYPE}

    def __init__(self, operator: Any, *clauses: Any, type_: Any = None) -> None:
        self.operator = operator
        self.clauses = tuple([clause.self_group(operator) for clause in clauses])
        self.type = to_instance(type_) if type_ is not None else self.clauses[0].type if self.clauses else NULLTYPE

    def __iter__(self) -> Iterator[Any]:
        return iter(self.clauses)

    def __len__(self) -> int:
        return len(self.clauses)

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if is_precedent(self.operator, against) else self


class BooleanClauseList(ExpressionClauseList[bool]):
    """Conditions joined by AND or OR."""

    is_condition: ClassVar[bool] = True

    def __init__(self, operator: Any, *clauses: Any) -> None:
        self.operator = operator
        self.clauses = tuple([clause.self_group(operator) for clause in clauses])
        self.type = BOOLEANTYPE

    @classmethod
    def and_(cls, *clauses: Any) -> Any:
        """Return conditions joined by AND."""
        return makers.conjunction("and_", clauses)

    @classmethod
    def or_(cls, *clauses: Any) -> Any:
        """Return conditions joined by OR."""
        return makers.conjunction("or_", clauses)

    @classmethod
    def of(cls, operator: Any, clauses: tuple[Any, ...]) -> BooleanClauseList:
        """Return conditions joined that have the parentheses they need already."""
        made = cls.__new__(cls)
        made.operator = operator
        made.clauses = clauses
        made.type = BOOLEANTYPE
        return made

    def self_group(self, against: Any = None) -> Any:
        return super().self_group(against) if self.clauses else self


class Tuple(ColumnElement[Any]):
    """`(a, b)` as one value."""

    _structure: ClassVar[Mapping[str, Kind]] = {"clauses": NODES, "type": TYPE}

    def __init__(self, clauses: tuple[Any, ...], type_: Any) -> None:
        self.clauses = tuple([clause.self_group(comma_op) for clause in clauses])
        self.type = type_

    def __iter__(self) -> Iterator[Any]:
        return iter(self.clauses)

    def __len__(self) -> int:
        return len(self.clauses)

    def self_group(self, against: Any = None) -> Any:
        return self


class Slice(ColumnElement[Any]):
    """The bounds of a part of an array: `start:stop`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"start": NODE, "stop": NODE, "step": NODE}

    def __init__(self, start: Any, stop: Any, step: Any) -> None:
        self.start = start
        self.stop = stop
        self.step = step
        self.type = NULLTYPE

    def self_group(self, against: Any = None) -> Any:
        return self


class AsBoolean(UnaryExpression[bool]):
    """An expression as a condition: `operator` is_true or is_false says what it has to be."""

    def __init__(self, element: Any, operator: Any, negate: Any) -> None:
        self.element = element
        self.operator = operator
        self.modifier = None
        self.negate = negate
        self.type = BOOLEANTYPE

    @property
    def is_wrapper(self) -> bool:  # type: ignore[override]
        """A condition that is a column has the name of the column."""
        return bool(self.element.is_table_column or self.element.is_label)

    @property
    def wrapped(self) -> Any:
        """The column."""
        return self.element

    def negated(self) -> Any:
        return AsBoolean(self.element, self.negate, self.operator)

    def self_group(self, against: Any = None) -> Any:
        return self


def arithmetic(operator: Any, left: Any, right: Any, type_: Any) -> ColumnElement[Any]:
    """Return `left operator right`; with an operand of the same associative operator one list: `a + b + c`.

    Lists keep expressions that a loop puts together flat, however long they get.
    """
    type_ = to_instance(type_)
    if not is_associative(operator):
        return BinaryExpression(left, right, operator, type_)
    before, after = _terms(operator, left, type_), _terms(operator, right, type_)
    if before is None and after is None:
        return BinaryExpression(left, right, operator, type_)
    made: ExpressionClauseList[Any] = ExpressionClauseList.__new__(ExpressionClauseList)
    made.operator = operator
    made.clauses = (before or (left.self_group(operator),)) + (after or (right.self_group(operator),))
    made.type = type_
    return made


def _terms(operator: Any, operand: Any, type_: Any) -> tuple[Any, ...] | None:
    """Return what an expression of this operator joins to a value of a kind; None for another expression."""
    if isinstance(operand, Grouping):
        operand = operand.element
    if not isinstance(operand, (BinaryExpression, ExpressionClauseList)) or operand.operator is not operator:
        return None
    if operand.type.affinity is not type_.affinity:
        return None
    return (operand.left, operand.right) if isinstance(operand, BinaryExpression) else operand.clauses


makers.group = Grouping
__all__ = [
    "AsBoolean",
    "BinaryExpression",
    "BooleanClauseList",
    "ClauseList",
    "CollectionAggregate",
    "ExpressionClauseList",
    "Grouping",
    "OrderByList",
    "Slice",
    "Tuple",
    "UnaryExpression",
    "arithmetic",
]
