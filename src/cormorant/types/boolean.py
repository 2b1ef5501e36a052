"""Truth values."""

from __future__ import annotations

from typing import Any

from .base import TypeEngine, literal_types
from .custom_op import OperatorClass
from .schema_type import SchemaType

_NUMBERS = {None: None, 0: 0, 1: 1}


class Boolean(SchemaType, TypeEngine[bool]):  # pyright: ignore[reportIncompatibleMethodOverride]
    """True and False; as integers 1 and 0, with a CHECK constraint if wished, where the database has no such type."""

    operator_classes = OperatorClass.BOOLEAN
    native = True

    def __init__(
        self,
        create_constraint: bool = False,
        name: str | None = None,
        _create_events: bool = True,
        _adapted_from: Any = None,
    ) -> None:
        self.create_constraint = create_constraint
        self.name = name

    @property
    def python_type(self) -> type[bool]:
        return bool

    @property
    def allowed_values(self) -> tuple[Any, ...]:
        return (0, 1)

    @staticmethod
    def as_integer(value: Any) -> int | None:
        """Return 1 or 0; raises TypeError for something else, ValueError for another number."""
        try:
            return _NUMBERS[value]
        except (KeyError, TypeError):
            if isinstance(value, int):
                raise ValueError(f"Value {value!r} is not None, True, or False") from None
            raise TypeError(f"Not a boolean value: {value!r}") from None

    @classmethod
    def as_boolean(cls, value: Any) -> bool | None:
        """Return True or False; raises like `as_integer`."""
        number = cls.as_integer(value)
        return None if number is None else bool(number)


class MatchType(Boolean):
    """The type of MATCH, which some databases give a number."""


Boolean.affinity = MatchType.affinity = Boolean
BOOLEANTYPE = Boolean()
MATCHTYPE = MatchType()
TypeEngine.boolean_result = BOOLEANTYPE
literal_types[bool] = BOOLEANTYPE
