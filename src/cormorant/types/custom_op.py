"""Operators that a program spells itself, and the classes of operators that types say they support."""

from __future__ import annotations

from enum import Flag, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class OperatorClass(Flag):
    """Groups of operators; a type names those that make sense for its values."""

    UNSPECIFIED = auto()
    BASE = auto()
    BOOLEAN_ALGEBRA = auto()
    EQUALITY = auto()
    ORDERING = auto()
    INDEXABLE = auto()
    CONTAINS = auto()
    CONCATENABLE = auto()
    STRING_MATCH = auto()
    MATH = auto()
    BITWISE = auto()
    DATE_ARITHEMETIC = auto()
    JSON_GETITEM = auto()

    COMPARISON = EQUALITY | ORDERING
    STRING = BASE | COMPARISON | INDEXABLE | CONTAINS | CONCATENABLE | STRING_MATCH
    INTEGER = BASE | COMPARISON | MATH | BITWISE
    NUMERIC = INTEGER
    BOOLEAN = BASE | COMPARISON | BOOLEAN_ALGEBRA
    BINARY = BASE | COMPARISON | INDEXABLE | CONTAINS | CONCATENABLE
    ARRAY = BINARY
    TUPLE = BINARY
    DATETIME = BASE | COMPARISON | DATE_ARITHEMETIC
    JSON = BASE | COMPARISON | INDEXABLE | JSON_GETITEM
    ANY = (
        BASE
        | BOOLEAN_ALGEBRA
        | COMPARISON
        | INDEXABLE
        | CONTAINS
        | CONCATENABLE
        | STRING_MATCH
        | MATH
        | BITWISE
        | DATE_ARITHEMETIC
        | JSON_GETITEM
    )


class custom_op:  # noqa: N801 - public name, used like a function
    """An operator given as text. Equal when everything about it is equal, so that it can be part of a structure."""

    __name__ = "custom_op"
    __slots__ = (
        "eager_grouping",
        "is_comparison",
        "natural_self_precedent",
        "operator_class",
        "opstring",
        "precedence",
        "python_impl",
        "return_type",
        "visit_name",
    )

    def __init__(
        self,
        opstring: str,
        precedence: int = 0,
        is_comparison: bool = False,
        return_type: Any = None,
        natural_self_precedent: bool = False,
        eager_grouping: bool = False,
        python_impl: Callable[..., Any] | None = None,
        operator_class: OperatorClass = OperatorClass.BASE,
        visit_name: str | None = None,
    ) -> None:
        self.opstring = opstring
        self.precedence = precedence
        self.is_comparison = is_comparison
        self.return_type: Any = return_type() if isinstance(return_type, type) else return_type
        self.natural_self_precedent = natural_self_precedent
        self.eager_grouping = eager_grouping
        self.python_impl = python_impl
        self.operator_class = operator_class
        self.visit_name = visit_name

    def _structure(self) -> tuple[Any, ...]:
        return_key = None if self.return_type is None else self.return_type.key
        return (
            self.opstring,
            self.precedence,
            self.is_comparison,
            self.natural_self_precedent,
            self.eager_grouping,
            self.visit_name,
            return_key,
        )

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._structure() == other._structure()

    def __hash__(self) -> int:
        return hash(self._structure())

    def __call__(self, left: Any, right: Any, *other: Any, **kw: Any) -> Any:
        """Apply to an SQL expression on the left, or to plain values through `python_impl`."""
        operate = getattr(left, "operate", None)
        if operate is not None:
            return operate(self, right, *other, **kw)
        if self.python_impl is not None:
            return self.python_impl(left, right, *other, **kw)
        raise TypeError(f"Custom operator {self.opstring!r} can't be used with plain Python values without python_impl")

    def __repr__(self) -> str:
        return f"custom_op({self.opstring!r})"
