"""The type of a row value: `(a, b)`."""

from __future__ import annotations

from typing import Any

from .base import TypeEngine, to_instance
from .custom_op import OperatorClass


class TupleType(TypeEngine[tuple[Any, ...]]):
    """Several types side by side."""

    operator_classes = OperatorClass.TUPLE

    def __init__(self, *types: Any) -> None:
        self.types = tuple(to_instance(type_) for type_ in types)

    def _own_key(self) -> Any:
        keys = tuple(type_.key for type_ in self.types)
        return None if None in keys else (type(self), keys)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self

    def compile(self, dialect: Any = None) -> str:
        return repr(self)
