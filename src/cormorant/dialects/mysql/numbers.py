"""The numbers of MySQL: with a display width, without a sign, filled up with zeros.

In: constructor arguments. Out: values that `type_tables.py` writes. A number knows no dialect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from ...exc import ArgumentError
from ...types import upper
from ...types.base import Converting, TypeEngine
from ...types.numeric import Integer
from .represent import constructor_call


class Signed:
    """What all numbers of MySQL share: whether they have a sign, and whether they are filled up with zeros."""

    unsigned: bool
    zerofill: bool


class Whole(Signed):
    """What whole numbers share."""

    display_width: int | None

    def __init__(self, display_width: int | None = None, *, unsigned: bool = False, zerofill: bool = False) -> None:
        self.display_width = display_width
        self.unsigned = unsigned
        self.zerofill = zerofill

    def repr_struct(self) -> str:
        return constructor_call(self, display_width=None, unsigned=False, zerofill=False)


class INTEGER(Whole, upper.INTEGER):
    """MySQL INTEGER."""


class BIGINT(Whole, upper.BIGINT):
    """MySQL BIGINT."""


class SMALLINT(Whole, upper.SMALLINT):
    """MySQL SMALLINT."""


class MEDIUMINT(Whole, Integer):
    """MySQL MEDIUMINT: three bytes."""

    is_specific = True


class TINYINT(Whole, Integer):
    """MySQL TINYINT: one byte; TINYINT(1) is what BOOL is stored as."""

    is_specific = True


class Exact(Signed):
    """What exact fractions share."""

    precision: int | None
    scale: int | None
    asdecimal: bool
    decimal_return_scale: int | None
    pairs_scale: ClassVar[bool] = False

    def __init__(
        self,
        precision: int | None = None,
        scale: int | None = None,
        asdecimal: bool = True,
        *,
        unsigned: bool = False,
        zerofill: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        if self.pairs_scale and (precision is None) != (scale is None):
            raise ArgumentError("You must specify both precision and scale or omit both altogether.")
        self.precision = precision
        self.scale = scale
        self.asdecimal = asdecimal
        self.decimal_return_scale = decimal_return_scale
        self.unsigned = unsigned
        self.zerofill = zerofill

    def repr_struct(self) -> str:
        return constructor_call(
            self,
            unsigned=False,
            zerofill=False,
            precision=None,
            scale=None,
            decimal_return_scale=None,
            asdecimal=True,
        )


class NUMERIC(Exact, upper.NUMERIC):
    """MySQL NUMERIC."""


class DECIMAL(Exact, upper.DECIMAL):
    """MySQL DECIMAL."""


class Binary(Exact):
    """What binary fractions share: precision and scale come together or not at all."""

    pairs_scale = True

    def repr_struct(self) -> str:
        return constructor_call(
            self,
            precision=None,
            scale=None,
            asdecimal=False,
            unsigned=False,
            zerofill=False,
            decimal_return_scale=None,
        )


class REAL(Binary, upper.REAL):
    """MySQL REAL; values are Decimal unless `asdecimal=False`."""


class DOUBLE(Binary, upper.DOUBLE):
    """MySQL DOUBLE; values are Decimal unless `asdecimal=False`."""


class FLOAT(Binary, upper.FLOAT):
    """MySQL FLOAT; values are float unless `asdecimal=True`."""

    pairs_scale = False

    def __init__(
        self,
        precision: int | None = None,
        scale: int | None = None,
        asdecimal: bool = False,
        *,
        unsigned: bool = False,
        zerofill: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        super().__init__(
            precision,
            scale,
            asdecimal,
            unsigned=unsigned,
            zerofill=zerofill,
            decimal_return_scale=decimal_return_scale,
        )


class YEAR(TypeEngine[int]):
    """MySQL YEAR: 1901 to 2155."""

    is_specific = True

    def __init__(self, display_width: int | None = None) -> None:
        self.display_width = display_width


class BIT(TypeEngine[int]):
    """MySQL BIT: up to 64 bits, a whole number in Python."""

    is_specific = True

    def __init__(self, length: int | None = None) -> None:
        self.length = length

    def result_processor(self, dialect: Converting, coltype: Any) -> Callable[[Any], Any]:
        """Return the function from the bytes that the driver gives to the number."""
        return bits_of


def bits_of(value: Any) -> int | None:
    """Return the number that bytes stand for, the highest first."""
    if value is None or isinstance(value, int):
        return value
    return int.from_bytes(value, "big")
