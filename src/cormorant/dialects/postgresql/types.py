"""Types that exist in PostgreSQL only, or take arguments of their own there; those with operators have their own files.

In: constructor arguments. Out: types as values; their names and conversions are in `type_tables.py`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from ...types import upper
from ...types.base import Comparator, TypeEngine
from ...types.binary import LargeBinary
from ...types.custom_op import OperatorClass
from ...types.intervals import INTERVAL_RESULTS, AbstractInterval, Interval
from ...types.upper import TEXT
from ...types.uuids import UUID
from .bitstring import BitString

_COMPARED = OperatorClass.BASE | OperatorClass.COMPARISON


class BYTEA(LargeBinary):
    """Bytes."""

    is_specific = True


class NetworkType(TypeEngine[str]):
    """Addresses: what is compared with one is one."""

    is_generic: ClassVar[bool] = False

    operator_classes = _COMPARED

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self


class INET(NetworkType):
    """The address of a host, with or without its network."""

    is_specific = True


class CIDR(NetworkType):
    """A network."""

    is_specific = True


class MACADDR(NetworkType):
    """The address of a network card."""

    is_specific = True


class MACADDR8(NetworkType):
    """The same in eight bytes."""

    is_specific = True


class MONEY(TypeEngine[str]):
    """An amount of money, as the text that the server formats by its locale."""

    is_specific = True


class OID(TypeEngine[int]):
    """The number of an object of the catalog."""

    is_specific = True
    operator_classes = _COMPARED


class REGCLASS(TypeEngine[str]):
    """The name of a relation, which is its number."""

    is_specific = True
    operator_classes = _COMPARED


class REGCONFIG(TypeEngine[str]):
    """The name of a configuration of full text search."""

    is_specific = True
    operator_classes = _COMPARED
    render_bind_cast: ClassVar[bool] = True


class TSVECTOR(TypeEngine[str]):
    """A document prepared for full text search."""

    is_specific = True
    operator_classes = OperatorClass.STRING


class TSQUERY(TypeEngine[str]):
    """A query of full text search."""

    is_specific = True
    operator_classes = _COMPARED


class CITEXT(TEXT):
    """Text that is compared without regard to case; needs the extension of that name."""

    is_specific = True

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self


class TIMESTAMP(upper.TIMESTAMP):
    """A date and time with a number of digits after the seconds."""

    def __init__(self, timezone: bool = False, precision: int | None = None) -> None:
        super().__init__(timezone=timezone)
        self.precision = precision


class TIME(upper.TIME):
    """A time of day with a number of digits after the seconds."""

    def __init__(self, timezone: bool = False, precision: int | None = None) -> None:
        super().__init__(timezone=timezone)
        self.precision = precision


class INTERVAL(AbstractInterval):
    """A time span; `fields` restricts what is kept, as in `DAY TO SECOND`."""

    is_specific = True
    native: ClassVar[bool] = True
    render_bind_cast: ClassVar[bool] = True
    operator_classes = OperatorClass.DATETIME

    def __init__(self, precision: int | None = None, fields: str | None = None) -> None:
        self.precision = precision
        self.fields = fields

    @property
    def python_type(self) -> type[dt.timedelta]:
        return dt.timedelta

    @classmethod
    def adapt_emulated_to_native(cls, interval: Any, **kw: Any) -> INTERVAL:
        """Return the type for the generic one."""
        return INTERVAL(precision=interval.second_precision)

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        return Interval(native=True, second_precision=self.precision)


INTERVAL.affinity = Interval
INTERVAL.results = INTERVAL_RESULTS


class BITComparator(Comparator[Any]):
    """Operators of bits."""

    __slots__ = ()

    def __and__(self, other: Any) -> Any:
        return self.bitwise_and(other)

    def __or__(self, other: Any) -> Any:
        return self.bitwise_or(other)

    def __xor__(self, other: Any) -> Any:
        return self.bitwise_xor(other)

    def __invert__(self) -> Any:
        return self.bitwise_not()

    def __lshift__(self, other: Any) -> Any:
        return self.bitwise_lshift(other)

    def __rshift__(self, other: Any) -> Any:
        return self.bitwise_rshift(other)


class BIT(TypeEngine[BitString]):
    """A string of bits: of a length, or up to one with `varying`."""

    comparator_factory = BITComparator

    is_specific = True
    operator_classes = (
        OperatorClass.BASE | OperatorClass.COMPARISON | OperatorClass.BITWISE | OperatorClass.CONCATENABLE
    )
    render_bind_cast: ClassVar[bool] = True

    def __init__(self, length: int | None = None, varying: bool = False) -> None:
        self.varying = varying
        self.length = length if varying else length or 1

    @property
    def python_type(self) -> type[BitString]:
        return BitString

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)


PGUuid = UUID
PGInet = INET
PGCidr = CIDR
PGMacAddr = MACADDR
PGMacAddr8 = MACADDR8
PGInterval = INTERVAL
PGBit = BIT
