"""Numbers: integers, exact and binary fractions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from . import operator_functions as ops
from .base import ResultTable, TypeEngine, literal_types
from .custom_op import OperatorClass

NumberT = TypeVar("NumberT", int, float, Decimal, Any)


class Integer(TypeEngine[int]):
    """Whole numbers."""

    operator_classes = OperatorClass.INTEGER

    @property
    def python_type(self) -> type[int]:
        return int

    def for_literal(self, value: Any) -> TypeEngine[Any]:
        return self if -0x80000000 <= value <= 0x7FFFFFFF else BIGINTEGERTYPE

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return dbapi.NUMBER


class SmallInteger(Integer):
    """Whole numbers of at least 16 bits."""


class BigInteger(Integer):
    """Whole numbers of at least 64 bits."""


class NumericCommon(TypeEngine[NumberT]):
    """What Numeric and Float share: precision, scale, and whether values are Decimal or float."""

    is_generic: ClassVar[bool] = False

    operator_classes = OperatorClass.NUMERIC
    default_return_scale: ClassVar[int] = 10

    def __init__(
        self, *, precision: int | None, scale: int | None, decimal_return_scale: int | None, asdecimal: bool
    ) -> None:
        self.precision = precision
        self.scale = scale
        self.decimal_return_scale = decimal_return_scale
        self.asdecimal = asdecimal

    @property
    def python_type(self) -> type[Any]:
        return Decimal if self.asdecimal else float

    @property
    def effective_return_scale(self) -> int:
        """How many digits after the point a float from the driver is taken to have when made a Decimal."""
        if self.decimal_return_scale is not None:
            return self.decimal_return_scale
        return self.scale if self.scale is not None else self.default_return_scale

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return dbapi.NUMBER


class Numeric(NumericCommon[Any]):
    """Exact fractions, as Decimal unless `asdecimal=False`."""

    def __init__(
        self,
        precision: int | None = None,
        scale: int | None = None,
        decimal_return_scale: int | None = None,
        asdecimal: bool = True,
    ) -> None:
        super().__init__(
            precision=precision, scale=scale, decimal_return_scale=decimal_return_scale, asdecimal=asdecimal
        )


class Float(NumericCommon[Any]):
    """Binary fractions, as float unless `asdecimal=True`."""

    def __init__(
        self,
        precision: int | None = None,
        asdecimal: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        super().__init__(
            precision=precision, scale=None, decimal_return_scale=decimal_return_scale, asdecimal=asdecimal
        )


class Double(Float):
    """Binary fractions of double precision."""


Numeric.affinity = Numeric
Float.affinity = Double.affinity = Float

_fractions: dict[Any, Any] = {Integer: None, Numeric: None, Float: None}
_mixed: dict[Any, Any] = {Integer: None, Numeric: Numeric, Float: Float}
_fraction_results: ResultTable = {
    ops.add: _fractions,
    ops.sub: _fractions,
    ops.mul: _fractions,
    ops.truediv: _fractions,
}

NumericCommon.results = _fraction_results
Integer.results = {
    ops.add: _mixed,
    ops.sub: _mixed,
    ops.mul: _mixed,
    ops.truediv: {Integer: Numeric, Numeric: Numeric, Float: Float},
    ops.floordiv: {Integer: None, Numeric: Numeric},
}

INTEGERTYPE = Integer()
BIGINTEGERTYPE = BigInteger()
NUMERICTYPE = Numeric()
DOUBLETYPE = Double()
literal_types.update({int: INTEGERTYPE, float: DOUBLETYPE, Decimal: NUMERICTYPE})
