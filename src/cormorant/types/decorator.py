"""Types made of another type plus a function before it and one after it; and types written from nothing.

In: a class attribute `impl` and methods that a program overrides. Out: a type whose conversions are the composition.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, ClassVar

from .. import exc
from ..util import represent
from .base import Converting, ExternalType, TypeEngine, ValueT, to_instance
from .conversion import Conversion, as_processor, by
from .custom_op import OperatorClass


class UserDefinedType(ExternalType[ValueT]):
    """A type written from nothing: `get_col_spec()` gives its SQL text."""

    @property
    def _type_affinity(self) -> type[Any]:
        return type(self)

    operator_classes = OperatorClass.ANY
    ensure_kwarg: ClassVar[str] = "get_col_spec"

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self


class TypeDecorator(ExternalType[ValueT]):
    """Another type (`impl`) with values processed on the way in and out."""

    impl: Any = None
    coerce_to_is_types: ClassVar[Any] = (type(None),)

    _processing: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {name for name in _METHODS if name in cls.__dict__}
        cls._processing = frozenset(own).union(*(getattr(base, "_processing", ()) for base in cls.__bases__))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if type(self).impl is None:
            raise AssertionError(
                "TypeDecorator implementations require a class-level variable 'impl' "
                "which refers to the class of type being decorated"
            )
        self.impl = to_instance(type(self).impl, *args, **kwargs)

    # what a program overrides

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """Return the value that the underlying type is to send. Sees None."""
        return value

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Return the value that the program is to see. Sees None."""
        return value

    def process_literal_param(self, value: Any, dialect: Any) -> Any:
        """Return the value that the underlying type is to write as SQL text. Sees None."""
        return self.process_bind_param(value, dialect)

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        """Return the underlying type to use in a dialect."""
        return self.impl_instance

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        return self

    # the underlying type

    @property
    def impl_instance(self) -> TypeEngine[Any]:
        """The underlying type."""
        impl: TypeEngine[Any] = self.impl
        return impl

    def type_engine(self, dialect: Any) -> TypeEngine[Any]:
        """Return the underlying type in a dialect, variants applied."""
        found = self.load_dialect_impl(dialect)
        return found if found is self else found.dialect_impl(dialect)

    @property
    def comparator_factory(self) -> Any:
        """The comparator of the class, or that of the underlying type."""
        return self.impl_instance.comparator_factory

    @property
    def affinity(self) -> Any:  # type: ignore[override]
        """The affinity of the underlying type."""
        return self.impl_instance.affinity

    @property
    def results(self) -> Any:  # type: ignore[override]
        return self.impl_instance.results

    @property
    def operator_classes(self) -> Any:
        return self.impl_instance.operator_classes

    @property
    def sort_key_function(self) -> Any:
        return self.impl_instance.sort_key_function

    @property
    def is_concatenable(self) -> bool:
        """Whether `+` is concatenation, as for the underlying type."""
        return getattr(self.impl_instance, "is_concatenable", False)

    def adapt_operator(self, op: Any, other: TypeEngine[Any]) -> Any:
        return self.impl_instance.adapt_operator(op, other)

    def __getattr__(self, name: str) -> Any:
        if name == "impl" or name.startswith("__"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self.impl, name)

    def copy(self, **kw: Any) -> Any:
        made = object.__new__(type(self))
        made.__dict__.update({name: value for name, value in self.__dict__.items() if name not in _REMEMBERED})
        return made

    def with_collation(self, collation: str, collation_schema: str | None = None) -> Any:
        made = self.copy()
        made.impl = self.impl_instance.with_collation(collation, collation_schema)
        return made

    def _own_key(self) -> Hashable | None:
        own = super()._own_key()
        impl_key = self.impl_instance.key
        return None if own is None or impl_key is None else (own, impl_key)

    # values

    def compare_values(self, x: Any, y: Any) -> bool:
        return self.impl_instance.compare_values(x, y)

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return self.impl_instance.get_dbapi_type(dbapi)

    # conversions

    def dialect_impl(self, dialect: Converting) -> TypeEngine[Any]:
        variant = self.variants.get(dialect.name)
        return self if variant is None else variant.dialect_impl(dialect)

    def _bind_conversion(self, dialect: Converting) -> Conversion | None:
        inner = self.type_engine(dialect).bind_conversion(dialect)
        return self._before(inner, dialect, "process_bind_param")

    def _literal_conversion(self, dialect: Converting) -> Conversion | None:
        inner = self.type_engine(dialect).literal_conversion(dialect)
        if "process_literal_param" in self._processing:
            return self._before(inner, dialect, "process_literal_param")
        return None if inner is None else self._before(inner, dialect, "process_bind_param")

    def _before(self, inner: Conversion | None, dialect: Any, method: str) -> Conversion | None:
        if method not in self._processing:
            return inner
        process, convert = getattr(self, method), as_processor(inner)
        if convert is None:
            return by(lambda value: process(value, dialect), sees_none=True)
        return by(lambda value: convert(process(value, dialect)), sees_none=True)

    def _result_conversion(self, dialect: Converting) -> Conversion | None:
        inner = self.type_engine(dialect).result_conversion(dialect)
        if "process_result_value" not in self._processing:
            return inner
        process, convert = self.process_result_value, as_processor(inner)
        if convert is None:
            return by(lambda value: process(value, dialect), sees_none=True)
        return by(lambda value: process(convert(value), dialect), sees_none=True)

    def bind_expression(self, bindparam: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.impl_instance.bind_expression(bindparam)

    def column_expression(self, column: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.impl_instance.column_expression(column)

    @property  # the base has a plain attribute: only here it depends on the type inside
    def has_bind_expression(self) -> bool:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        """Whether this class or the underlying type has one."""
        own = "bind_expression" in self._processing
        return own or self.impl_instance.has_bind_expression

    @property
    def has_column_expression(self) -> bool:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        """Whether this class or the underlying type has one."""
        own = "column_expression" in self._processing
        return own or self.impl_instance.has_column_expression

    def repr_struct(self) -> str:
        shown = self.impl_instance
        arguments = represent(shown)
        return type(self).__name__ + arguments[arguments.index("(") :]


_METHODS = (
    "process_bind_param",
    "process_result_value",
    "process_literal_param",
    "bind_expression",
    "column_expression",
)
_REMEMBERED = ("key", "_shape")


class Variant(TypeDecorator[Any]):
    """The class that `with_variant` once returned; it cannot be made any more."""

    def __init__(self, *arg: Any, **kw: Any) -> None:
        raise exc.InvalidRequestError("Variant is no longer used: call with_variant() on the type")


Processor = Callable[[Any], Any]
