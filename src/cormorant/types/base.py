"""The base of all types.

In: constructor arguments. Out: what the rest asks a type: its structural `key`, its Python type, the type an operator
yields, the type of a literal compared with it, and its conversions to and from the driver, which it looks up in the
tables of the dialect handed in. A type never builds expressions and never knows a database.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, cast

from .. import exc
from ..util import EMPTY, immutabledict, init_names, memoized, represent, warn
from ..util.owned import own_path
from ..util.visit_names import VisitName
from .conversion import Conversion, as_processor, of_processor
from .custom_op import OperatorClass, custom_op
from .operands import ColumnOperators
from .operator_facts import is_commutative, is_comparison

ValueT = TypeVar("ValueT")
AdaptedT = TypeVar("AdaptedT", bound="TypeEngine[Any]")

ResultTable = Mapping[Any, Mapping[Any, Any]]


class Converting(Protocol):
    """What types ask of a dialect."""

    @property
    def name(self) -> str: ...

    def bind_conversion(self, type_: Any) -> Conversion | None: ...

    def result_conversion(self, type_: Any) -> Conversion | None: ...

    def literal_conversion(self, type_: Any) -> Conversion | None: ...


class Hooks:
    """Slots filled by higher rungs."""

    type_text: Callable[[TypeEngine[Any], Any], str] | None = None
    """`(type, dialect or None)`: the SQL text of a type."""
    type_ddl: Callable[[Any, str, Any, bool], None] | None = None
    """`(type, "create" or "drop", bind, checkfirst)`: create or drop a type in the database."""


hooks = Hooks()


class TypeCannot(exc.InvalidRequestError, NotImplementedError):
    """A type was asked for something that it does not have."""


class Comparator(ColumnOperators, Generic[ValueT]):
    """The operators of an expression of some type; subclasses add operators or change them."""

    __slots__ = ("expr", "type")

    def __init__(self, expr: Any) -> None:
        self.expr = expr
        self.type: Any = expr.type

    def __clause_element__(self) -> Any:
        return self.expr

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply the operator in the built-in way."""
        return self.expr.default_operate(op, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        """Apply the operator in the built-in way, with the expression on the right."""
        return self.expr.default_reverse_operate(op, other, **kwargs)


class TypeEngine(Generic[ValueT]):
    """A type of data, as a value: it is never changed once it is used."""

    __visit_name__: ClassVar[Any] = VisitName()
    Comparator: ClassVar[type[Any]] = Comparator
    comparator_factory: Any = Comparator
    operator_classes: Any = OperatorClass.UNSPECIFIED
    hashable: Any = True
    should_evaluate_none: Any = False
    sort_key_function: Any = None
    render_bind_cast: ClassVar[bool] = False
    render_literal_cast: ClassVar[bool] = False

    affinity: ClassVar[type[Any]]
    """The generic class that stands for this one where types are compared."""
    results: ClassVar[ResultTable] = {}
    """operator -> affinity of the other side -> class of the result; None means the class of the left side."""
    boolean_result: ClassVar[Any] = None
    """The type of comparisons, set by the module that defines it."""
    is_external: ClassVar[bool] = False
    is_generic: ClassVar[bool]
    """Said by a class for itself where its name does not tell whether `as_generic()` may return it."""
    is_null: ClassVar[bool] = False
    is_specific: ClassVar[bool] = False
    """Set in a class of one database that other databases have no name for: they refuse it, `str()` prints its own."""
    variants: Mapping[str, TypeEngine[Any]] = EMPTY
    """Types to use instead in some dialects, by name; see `with_variant`."""

    _overrides: ClassVar[frozenset[str]] = frozenset()
    has_bind_expression: bool = False
    """Whether `bind_expression` is more than the default."""
    has_column_expression: bool = False
    """Whether `column_expression` is more than the default."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "affinity" not in cls.__dict__ and TypeEngine in cls.__bases__:
            cls.affinity = cls
        own = {name for name in _PROCESSORS if cls.__dict__.get(name) is not None}
        cls._overrides = frozenset(own).union(*(getattr(base, "_overrides", ()) for base in cls.__bases__))
        for name in ("bind_expression", "column_expression"):
            if isinstance(getattr(cls, f"has_{name}"), bool):  # a decorator asks the type below
                setattr(cls, f"has_{name}", name in cls._overrides)

    # structure

    @memoized
    def key(self) -> Hashable | None:
        """The structure of this type as a hashable value; None where its statements must not be cached."""
        own = self._own_key()
        if own is None or not self.variants:
            return own
        variants = tuple((name, type_.key) for name, type_ in sorted(self.variants.items()))
        return None if any(key is None for _, key in variants) else (own, variants)

    def _own_key(self) -> Hashable | None:
        parts: list[Any] = [type(self)]
        for name in init_names(type(self)):
            value = self.__dict__.get(name)
            if value is None or name.startswith("_"):
                continue
            value = key_part(value)
            if value is None:
                return None
            parts.append((name, value))
        return tuple(parts)

    def copy(self, **kw: Any) -> Self:
        """Return a new type with the same arguments."""
        return self.adapt(type(self), **kw)

    def adapt(self, cls: type[AdaptedT], **kw: Any) -> AdaptedT:
        """Return a type of another class made from this one's arguments."""
        known = {name: self.__dict__[name] for name in init_names(cls) if name in self.__dict__}
        made = cls(**{**known, **kw})
        if self.variants:
            made.variants = self.variants
        return made

    def with_collation(self, collation: str, collation_schema: str | None = None) -> TypeEngine[Any]:
        """Return the type of `x COLLATE y` for an x of this type: only text has a collation."""
        return self

    def with_variant(self, type_: TypeEngine[Any] | type[TypeEngine[Any]], *dialect_names: str) -> Self:
        """Return a copy that is another type in the named dialects."""
        if not dialect_names:
            raise exc.ArgumentError("At least one dialect name is required")
        for name in dialect_names:
            if name in self.variants:
                raise exc.ArgumentError(f"Dialect {name!r} is already present in the mapping for this {self!r}")
        variant = to_instance(type_)
        if variant.variants:
            raise exc.ArgumentError(
                "can't pass a type that already has variants as a dialect-level type to with_variant()"
            )
        made = self.copy()
        made.variants = immutabledict({**self.variants, **dict.fromkeys(dialect_names, variant)})
        return made

    def evaluates_none(self) -> Self:
        """Return a copy for which None is a value of its own, not "no value given"."""
        made = self.copy()
        made.should_evaluate_none = True
        return made

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        """Return the generic type behind this one: `INTEGER()` gives `Integer()`."""
        generic: Any = next((base for base in type(self).__mro__ if _is_generic(base)), TypeEngine)
        if generic is TypeEngine and allow_nulltype:
            return NULLTYPE
        if generic is TypeEngine or (generic.is_null and not allow_nulltype):
            raise TypeCannot(
                "Default TypeEngine.as_generic() heuristic method was unsuccessful for "
                f"{type(self).__module__}.{type(self).__name__}. A custom as_generic() method must be implemented for "
                "this type class."
            )
        return self.adapt(cast("type[TypeEngine[Any]]", generic))

    # operators

    def result_type(self, op: Any, other: TypeEngine[Any]) -> TypeEngine[Any]:
        """Return the type of `self op other`, for the operator as written, before `adapt_operator`."""
        if isinstance(op, custom_op) and op.return_type is not None:
            return_type: TypeEngine[Any] = op.return_type
            return return_type
        if is_comparison(op):
            boolean: TypeEngine[Any] = self.boolean_result
            return boolean
        return self._arithmetic_type(op, other)

    def _arithmetic_type(self, op: Any, other: TypeEngine[Any]) -> TypeEngine[Any]:
        by_other = self.results.get(op)
        if by_other is None or other.affinity not in by_other:
            return self
        class_ = by_other[other.affinity] or type(self)
        if class_ is other.affinity:
            return other
        made: TypeEngine[Any] = self if class_ is self.affinity else class_()
        return made

    def adapt_operator(self, op: Any, other: TypeEngine[Any]) -> Any:
        """Return the operator meant by `op` between these types: `+` of strings is concatenation."""
        return op

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return the type to give to a literal on the other side of an operator."""
        found = literal_type(value)
        if found.is_null or found.affinity is self.affinity:
            return self
        return found

    def for_literal(self, value: Any) -> TypeEngine[Any]:
        """Return the type of a literal whose class has this type."""
        return self

    @property
    def _type_affinity(self) -> type[Any]:
        """The same under the name by which tools that compare schemas ask for it."""
        return self.affinity

    def _compare_type_affinity(self, other: TypeEngine[Any]) -> bool:
        """Tell whether two types have one affinity."""
        return self._type_affinity is other._type_affinity

    # values

    @property
    def python_type(self) -> type[Any]:
        """The Python class of values; `object` where there is none to name."""
        return object

    def compare_values(self, x: Any, y: Any) -> bool:
        """Tell whether two values are equal for the purpose of noticing changes."""
        return bool(x == y)

    def copy_value(self, value: Any) -> Any:
        """Return a value that later changes of the given one do not affect."""
        return value

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's type object for `setinputsizes`, or None."""
        return None

    # conversions

    def dialect_impl(self, dialect: Converting) -> TypeEngine[Any]:
        """Return the type that stands for this one in a dialect: the variant, if there is one."""
        if self.variants:
            variant = self.variants.get(dialect.name)
            if variant is not None:
                return variant.dialect_impl(dialect)
        return self

    def bind_conversion(self, dialect: Converting) -> Conversion | None:
        """Return how values go to the driver; None for as they are."""
        impl = self.dialect_impl(dialect)
        if impl is not self:
            return impl.bind_conversion(dialect)
        if "bind_processor" in self._overrides:
            return of_processor(self.bind_processor(dialect))
        return self._bind_conversion(dialect)

    def result_conversion(self, dialect: Converting, coltype: Any = None) -> Conversion | None:
        """Return how values come from the driver; None for as they are."""
        impl = self.dialect_impl(dialect)
        if impl is not self:
            return impl.result_conversion(dialect, coltype)
        if "result_processor" in self._overrides:
            return of_processor(self.result_processor(dialect, coltype))
        return self._result_conversion(dialect)

    def literal_conversion(self, dialect: Converting) -> Conversion | None:
        """Return how values become SQL text; None where that is not possible."""
        impl = self.dialect_impl(dialect)
        if impl is not self:
            return impl.literal_conversion(dialect)
        if "literal_processor" in self._overrides:
            return of_processor(self.literal_processor(dialect))
        return self._literal_conversion(dialect)

    def _bind_conversion(self, dialect: Converting) -> Conversion | None:
        return dialect.bind_conversion(self)

    def _result_conversion(self, dialect: Converting) -> Conversion | None:
        return dialect.result_conversion(self)

    def _literal_conversion(self, dialect: Converting) -> Conversion | None:
        return dialect.literal_conversion(self)

    def bind_processor(self, dialect: Converting) -> Callable[[Any], Any] | None:
        """Return a function for values on their way to the driver, or None. To be overridden."""
        return as_processor(self._bind_conversion(dialect))

    def result_processor(self, dialect: Converting, coltype: Any) -> Callable[[Any], Any] | None:
        """Return a function for values that come from the driver, or None. To be overridden."""
        return as_processor(self._result_conversion(dialect))

    def literal_processor(self, dialect: Converting) -> Callable[[Any], str] | None:
        """Return a function that makes SQL text of a value, or None. To be overridden."""
        return as_processor(self._literal_conversion(dialect))

    def bind_expression(self, bindvalue: Any) -> Any:
        """Return an SQL expression to stand around a bind of this type, or None. To be overridden."""
        return None

    def column_expression(self, colexpr: Any) -> Any:
        """Return an SQL expression to stand around a selected column of this type, or None. To be overridden."""
        return None

    # text

    def compile(self, dialect: Any = None) -> str:
        """Return the SQL text of this type, in the default dialect where none is given."""
        return repr(self) if hooks.type_text is None else hooks.type_text(self, dialect)

    def repr_struct(self) -> str:
        """Return the constructor call that makes this type."""
        return represent(self)

    def __str__(self) -> str:
        return self.compile()

    def __repr__(self) -> str:
        return self.repr_struct()


_PROCESSORS = ("bind_processor", "result_processor", "literal_processor", "bind_expression", "column_expression")
TypeEngine.affinity = TypeEngine


class NullType(TypeEngine[None]):
    """The type of what is not known: takes the other side's type under commutative operators."""

    is_null = True
    operator_classes = OperatorClass.ANY

    def _arithmetic_type(self, op: Any, other: TypeEngine[Any]) -> TypeEngine[Any]:
        return self if other.is_null or not is_commutative(op) else other.result_type(op, self)

    def adapt_operator(self, op: Any, other: TypeEngine[Any]) -> Any:
        return op if other.is_null or not is_commutative(op) else other.adapt_operator(op, self)


NULLTYPE = NullType()


class ExternalType(TypeEngine[ValueT]):
    """A type that a program defines.

    `cache_ok = True` says that its constructor arguments tell everything about it.
    """

    cache_ok: ClassVar[bool | None] = None
    is_external = True

    def _own_key(self) -> Hashable | None:
        return super()._own_key() if self.cache_ok else None


def warn_not_cached(type_: TypeEngine[Any]) -> None:
    """Warn of a type that does not say whether statements with it may be kept; nothing for any other type."""
    if not type_.is_external or getattr(type_, "cache_ok", False) is not None:
        return
    kind = next((base.__name__ for base in type(type_).__mro__ if own_path(base) is not None), "Type")
    warn(
        exc.SAWarning(
            f"{kind} {type_!r} will not produce a cache key because the ``cache_ok`` attribute is not set to True. "
            "Its statements are compiled anew each time. Set the attribute to True if the constructor arguments tell "
            "everything about the type, or to False to silence this warning.",
            code="cprf",
        )
    )


def key_part(value: Any) -> Any:
    """Return a constructor argument as part of a key; None where it cannot be."""
    if hasattr(value, "result_type"):
        return value if isinstance(value, type) else value.key
    if isinstance(value, (list, tuple)):
        parts = tuple(key_part(item) for item in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return None if None in parts else parts
    if isinstance(value, (dict, set)):
        return None
    try:
        hash(value)
    except TypeError:
        return None
    return value


_OWN_PACKAGE = "types."


def _is_generic(class_: type[Any]) -> bool:
    """Tell whether a class is a type of no database: one of this package, or a program's own, not named like SQL's."""
    said = class_.__dict__.get("is_generic")
    if said is not None:
        return bool(said)
    path = own_path(class_)
    is_type = issubclass(class_, TypeEngine) and class_.__name__ != class_.__name__.upper()
    return is_type and (path is None or f"{path}.".startswith(_OWN_PACKAGE))


def to_instance(typeobj: Any, *arg: Any, **kw: Any) -> TypeEngine[Any]:
    """Return a type object for a type object, a type class, a function that makes one, or None."""
    if typeobj is None:
        return NULLTYPE
    made: Any = typeobj(*arg, **kw) if callable(typeobj) else typeobj
    return cast("TypeEngine[Any]", made)


def adapt_type(typeobj: Any, colspecs: Mapping[type[Any], type[Any]]) -> TypeEngine[Any]:
    """Return the type in the class that a table of replacements names for it."""
    type_ = to_instance(typeobj)
    for base in type(type_).__mro__[:-1]:
        if base in colspecs:
            class_ = colspecs[base]
            return type_ if issubclass(type(type_), class_) else type_.adapt(class_)
    return type_


literal_types: dict[type[Any], TypeEngine[Any]] = {type(None): NULLTYPE}
"""Python class -> type of its literals, filled by the modules that define the types."""


def literal_type(value: Any) -> TypeEngine[Any]:
    """Return the type of a Python value by its exact class; NullType where nothing is known."""
    return literal_types.get(value.__class__, NULLTYPE).for_literal(value)
