"""Universally unique identifiers."""

from __future__ import annotations

import uuid
from typing import Any

from .base import TypeEngine, literal_types
from .custom_op import OperatorClass


class Uuid(TypeEngine[Any]):
    """A UUID: the database's own type where it has one, else 32 hexadecimal digits.

    `as_uuid=False` takes and gives text; `native_uuid=False` stores digits everywhere.
    """

    operator_classes = OperatorClass.BASE | OperatorClass.COMPARISON
    length = 32
    collation: str | None = None
    collation_schema: str | None = None

    def __init__(self, as_uuid: bool = True, native_uuid: bool = True) -> None:
        self.as_uuid = as_uuid
        self.native_uuid = native_uuid

    @property
    def native(self) -> bool:
        """Whether the database's own type is wanted."""
        return self.native_uuid

    @property
    def python_type(self) -> type[Any]:
        return uuid.UUID if self.as_uuid else str

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)

    def to_digits(self, value: Any) -> str:
        """Return 32 digits for a value on its way to a database without such a type."""
        if not self.as_uuid:
            return str(value).replace("-", "")
        digits: object = value.hex
        if not isinstance(digits, str):  # other things have a method of that name
            raise TypeError(f"Uuid takes uuid.UUID objects, got {value!r}")
        return digits

    def from_digits(self, value: Any) -> Any:
        """Return the value for 32 digits from such a database."""
        found = uuid.UUID(value)
        return found if self.as_uuid else str(found)


class UUID(Uuid):
    """SQL UUID."""

    def __init__(self, as_uuid: bool = True) -> None:
        super().__init__(as_uuid)


Uuid.affinity = UUID.affinity = Uuid
literal_types[uuid.UUID] = Uuid()
