"""Bytes."""

from __future__ import annotations

from typing import Any, ClassVar

from .base import TypeEngine, literal_types
from .custom_op import OperatorClass


class Binary(TypeEngine[bytes]):
    """What all types of bytes share."""

    is_generic: ClassVar[bool] = False

    operator_classes = OperatorClass.BINARY

    def __init__(self, length: int | None = None) -> None:
        self.length = length

    @property
    def python_type(self) -> type[bytes]:
        return bytes

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return dbapi.BINARY

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        made: TypeEngine[Any] = self.adapt(LargeBinary)
        return made


class LargeBinary(Binary):
    """Bytes of any length."""


BINARYTYPE = LargeBinary()
literal_types[bytes] = BINARYTYPE
