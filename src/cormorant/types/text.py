"""Text, and what text shares with other types: concatenation and subscripts."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from typing_extensions import TypeVar

from ..exc import ArgumentError
from . import operator_functions as ops
from .base import Comparator as BaseComparator
from .base import TypeEngine, literal_types
from .custom_op import OperatorClass

TextT = TypeVar("TextT", default=Any)


class Concatenable(TypeEngine[TextT]):
    """Types whose `+` is concatenation."""

    is_generic: ClassVar[bool] = False

    Comparator: ClassVar[type[Any]] = BaseComparator
    is_concatenable = True

    def adapt_operator(self, op: Any, other: TypeEngine[Any]) -> Any:
        return ops.concat_op if op is ops.add and _joins(other) else op


def _joins(other: TypeEngine[Any]) -> bool:
    return other.is_null or getattr(other, "is_concatenable", False)


class Indexable(TypeEngine[Any]):
    """Types whose expressions take a subscript; `subscript` says what that yields."""

    is_generic: ClassVar[bool] = False

    Comparator: ClassVar[type[Any]] = BaseComparator

    def subscript(self, index: Any) -> tuple[Any, Any, TypeEngine[Any], TypeEngine[Any]]:
        """Return operator, index, type of the index and type of the result for `expression[index]`."""
        raise TypeError(f"{type(self).__name__} does not say what a subscript of it yields: override subscript()")


class String(Concatenable[str]):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Text of limited length."""

    operator_classes = OperatorClass.STRING

    def __init__(
        self, length: int | None = None, collation: str | None = None, collation_schema: str | None = None
    ) -> None:
        if collation_schema is not None and collation is None:
            raise ArgumentError("collation_schema of String requires collation to be given too")
        self.length = length
        self.collation = collation
        self.collation_schema = collation_schema

    @property
    def python_type(self) -> type[Any]:
        return str

    def with_collation(self, collation: str, collation_schema: str | None = None) -> Self:
        made = self.copy()
        made.collation, made.collation_schema = collation, collation_schema
        return made

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return dbapi.STRING


class Text(String):
    """Text of any length."""


class Unicode(String):
    """Text of limited length, in a national character type where the database makes a difference."""


class UnicodeText(Text):
    """Text of any length, in a national character type where the database makes a difference."""


String.affinity = String
STRINGTYPE = String()
literal_types[str] = STRINGTYPE
