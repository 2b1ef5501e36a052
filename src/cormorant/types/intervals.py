"""Time spans."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from . import operator_functions as ops
from .base import Converting, TypeEngine, literal_type, literal_types
from .conversion import Conversion, as_processor, by
from .custom_op import OperatorClass
from .datetimes import Date, DateTime, Time
from .decorator import TypeDecorator
from .numeric import Float, Integer, Numeric


class AbstractInterval(TypeEngine[dt.timedelta]):
    """The affinity of all time spans."""

    is_generic: ClassVar[bool] = False


class Interval(TypeDecorator[dt.timedelta]):
    """A time span: the database's own type where it has one, else a DateTime counted from `epoch`."""

    impl = DateTime
    cache_ok = True
    epoch: ClassVar[dt.datetime] = dt.datetime.fromtimestamp(0, dt.UTC).replace(tzinfo=None)

    def __init__(
        self, native: bool = True, second_precision: float | None = None, day_precision: float | None = None
    ) -> None:
        super().__init__()
        self.native = native
        self.second_precision = second_precision
        self.day_precision = day_precision

    @property
    def python_type(self) -> type[dt.timedelta]:
        return dt.timedelta

    @property
    def affinity(self) -> Any:  # type: ignore[override]
        return Interval

    @property
    def results(self) -> Any:  # type: ignore[override]
        return INTERVAL_RESULTS

    @property
    def operator_classes(self) -> Any:
        return OperatorClass.DATETIME

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        found = literal_type(value)
        return self.impl_instance if found.is_null else found

    def _arithmetic_type(self, op: Any, other: TypeEngine[Any]) -> TypeEngine[Any]:
        class_ = INTERVAL_RESULTS.get(op, {}).get(other.affinity)
        if class_ is None or class_ is Interval:
            return self
        made: TypeEngine[Any] = other if class_ is other.affinity else class_()
        return made

    def _bind_conversion(self, dialect: Converting) -> Conversion | None:
        if self._is_native(dialect):
            return dialect.bind_conversion(self)
        inner, epoch = as_processor(self.impl_instance.bind_conversion(dialect)), self.epoch
        if inner is None:
            return by(lambda value: epoch + value)
        return by(lambda value: inner(epoch + value))

    def _literal_conversion(self, dialect: Converting) -> Conversion | None:
        if self._is_native(dialect):
            return dialect.literal_conversion(self)
        inner, epoch = as_processor(self.impl_instance.literal_conversion(dialect)), self.epoch
        return None if inner is None else by(lambda value: inner(epoch + value))

    def _result_conversion(self, dialect: Converting) -> Conversion | None:
        if self._is_native(dialect):
            return dialect.result_conversion(self)
        inner, epoch = as_processor(self.impl_instance.result_conversion(dialect)), self.epoch
        if inner is None:
            return by(lambda value: value - epoch)
        return by(lambda value: inner(value) - epoch)

    def _is_native(self, dialect: Any) -> bool:
        return self.native and bool(getattr(dialect.features, "native_interval", False))

    def repr_struct(self) -> str:
        return f"{type(self).__name__}()"


INTERVAL_RESULTS: dict[Any, Any] = {
    ops.add: {Date: DateTime, DateTime: DateTime, Time: Time, Interval: Interval},
    ops.sub: {Interval: Interval},
    ops.mul: {Integer: Interval, Numeric: Interval, Float: Interval},
    ops.truediv: {Integer: Interval, Numeric: Interval, Float: Interval},
}
Date.results = {
    ops.add: {Integer: Date, Interval: DateTime, Time: DateTime},
    ops.sub: {Integer: Date, Date: Integer, Interval: DateTime, DateTime: Interval},
}
Time.results = {
    ops.add: {Date: DateTime, Interval: Time},
    ops.sub: {Time: Interval, Interval: Time},
}
DateTime.results = {ops.add: {Interval: DateTime}, ops.sub: {Interval: DateTime, DateTime: Interval}}
Integer.results = {
    **Integer.results,
    ops.add: {**Integer.results[ops.add], Date: Date},
    ops.mul: {**Integer.results[ops.mul], Interval: Interval},
}
for _class in (Numeric, Float):
    _class.results = {**_class.results, ops.mul: {**_class.results[ops.mul], Interval: Interval}}
literal_types[dt.timedelta] = Interval()
