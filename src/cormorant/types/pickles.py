"""Any Python object, as a pickle."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from .base import Converting, to_instance
from .binary import LargeBinary
from .conversion import Conversion, as_processor, by
from .decorator import TypeDecorator


class PickleType(TypeDecorator[object]):
    """A Python object stored as bytes. Load pickles only from databases that you trust."""

    impl: Any = LargeBinary
    cache_ok = True

    def __init__(
        self,
        protocol: int = pickle.HIGHEST_PROTOCOL,
        pickler: Any = None,
        comparator: Callable[[Any, Any], bool] | None = None,
        impl: Any = None,
    ) -> None:
        super().__init__()
        self.protocol = protocol
        self.pickler = pickler or pickle
        self.comparator = comparator
        if impl is not None:
            self.impl = to_instance(impl)

    def _own_key(self) -> Any:
        return (type(self), self.protocol, self.pickler, self.impl_instance.key)

    @property
    def python_type(self) -> type[Any]:
        return object

    def compare_values(self, x: Any, y: Any) -> bool:
        return bool(self.comparator(x, y)) if self.comparator else bool(x == y)

    def _bind_conversion(self, dialect: Converting) -> Conversion | None:
        dumps, protocol = self.pickler.dumps, self.protocol
        inner = as_processor(self.impl_instance.bind_conversion(dialect))
        if inner is None:
            return by(lambda value: dumps(value, protocol))
        return by(lambda value: inner(dumps(value, protocol)))

    def _result_conversion(self, dialect: Converting) -> Conversion | None:
        loads = self.pickler.loads
        inner = as_processor(self.impl_instance.result_conversion(dialect))
        if inner is None:
            return Conversion(loads)
        return by(lambda value: loads(inner(value)))

    def repr_struct(self) -> str:
        return f"{type(self).__name__}()"
