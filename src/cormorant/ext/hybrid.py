"""Attributes and methods that work on instances as Python and on mapped classes as SQL.

In: functions of a class body. Out: descriptors. On an instance they call the Python function; on the class they give a
`HybridAttribute`, which stands in statements for what the expression function (or the same function, called with the
class) returns. Nothing here knows how statements are lowered or rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from functools import update_wrapper
from types import MethodType
from typing import Any, ClassVar, Concatenate, Generic, ParamSpec, Self, TypeVar, cast, overload

from ..exc import InvalidRequestError
from ..inspection import inspect
from ..orm.instance.inspected import InspectionAttrExtensionType, InspectionAttrInfo
from ..orm.mapping.attribute import QueryableAttribute
from ..orm.mapping.comparators import PropComparator
from ..sql.clause import ClauseElement
from ..sql.column import SQLCoreOperations
from ..sql.naming import ATTRIBUTE_NAME, PROXY_KEY
from ..util import memoized

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")
Function = Callable[..., Any]
Pairs = Iterable[tuple[Any, Any]]


class HybridExtensionType(InspectionAttrExtensionType):
    """The kinds of hybrids, as `extension_type` of what `Mapper.all_orm_descriptors` lists."""

    HYBRID_METHOD = "HYBRID_METHOD"
    HYBRID_PROPERTY = "HYBRID_PROPERTY"


def _plain(function: Any) -> Any:
    """Return the function of a classmethod; functions as they are."""
    is_bound = isinstance(function, classmethod)
    return function.__func__ if is_bound else function  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


class hybrid_method(InspectionAttrInfo, Generic[P, R]):  # noqa: N801 - public name
    """A method that on instances runs the function, and on the class the function of `expression`, if there is one."""

    is_attribute: ClassVar[bool] = True
    extension_type: Any = HybridExtensionType.HYBRID_METHOD

    def __init__(
        self, func: Callable[Concatenate[Any, P], R], expr: Callable[Concatenate[Any, P], Any] | None = None
    ) -> None:
        self.func = func
        self.__doc__ = func.__doc__
        self.expr: Function = func
        if expr is not None:
            self.expression(expr)

    @property
    def inplace(self) -> _MethodInPlace[P, R]:
        """Decorators that change this method and leave their own name free."""
        return _MethodInPlace(self)

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Callable[P, SQLCoreOperations[R]]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> Callable[P, R]: ...
    def __get__(self, instance: Any, owner: Any) -> Any:
        return MethodType(self.expr, owner) if instance is None else MethodType(self.func, instance)

    def expression(self, expr: Callable[Concatenate[Any, P], Any]) -> Self:
        """Take the function that is called on the class; it returns SQL."""
        self.expr = _plain(expr)
        if not self.expr.__doc__:
            self.expr.__doc__ = self.func.__doc__
        return self


class _MethodInPlace(Generic[P, R]):
    """`hybrid_method.inplace`."""

    def __init__(self, method: hybrid_method[P, R]) -> None:
        self._method = method

    def expression(self, expr: Any) -> hybrid_method[P, R]:
        """Take the function that is called on the class."""
        return self._method.expression(expr)


PARTS = ("fget", "fset", "fdel", "expr", "custom_comparator", "update_expr", "bulk_dml_setter")


class hybrid_property(InspectionAttrInfo, Generic[T]):  # noqa: N801 - public name
    """An attribute that on instances runs `fget` and `fset`, and on the class stands for a SQL expression.

    Each decorator returns a copy with one function replaced, so that a subclass can vary a hybrid of its base; those of
    `inplace` change the hybrid itself.
    """

    is_attribute: ClassVar[bool] = True
    extension_type: Any = HybridExtensionType.HYBRID_PROPERTY
    __name__: str

    def __init__(
        self,
        fget: Callable[[Any], T],
        fset: Callable[[Any, T], None] | None = None,
        fdel: Callable[[Any], None] | None = None,
        expr: Function | None = None,
        custom_comparator: Function | None = None,
        update_expr: Callable[[Any, T], Pairs] | None = None,
        bulk_dml_setter: Callable[[Any, MutableMapping[str, Any], T], None] | None = None,
    ) -> None:
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.expr: Function | None = _plain(expr)
        self.custom_comparator: Function | None = _plain(custom_comparator)
        self.update_expr: Function | None = _plain(update_expr)
        self.bulk_dml_setter: Function | None = _plain(bulk_dml_setter)
        update_wrapper(cast("Any", self), fget, updated=())

    # --- on instances and on the class

    @overload
    def __get__(self, instance: Any, owner: None) -> Self: ...
    @overload
    def __get__(self, instance: None, owner: type[Any]) -> HybridAttribute[T]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...
    def __get__(self, instance: Any, owner: Any) -> Any:
        if owner is None:
            return self
        return self.attribute_of(owner) if instance is None else self.fget(instance)

    def __set__(self, instance: object, value: SQLCoreOperations[T] | T) -> None:
        if self.fset is None:
            raise AttributeError("can't set attribute")
        given: Any = value
        self.fset(instance, given)

    def __delete__(self, instance: object) -> None:
        if self.fdel is None:
            raise AttributeError("can't delete attribute")
        self.fdel(instance)

    def attribute_of(self, owner: Any) -> HybridAttribute[T]:
        """Return what stands for the hybrid on a class or on an alias of one."""
        if self.custom_comparator is not None:
            comparator = self.custom_comparator(owner)
        else:
            expression = self.fget if self.expr is None else self.expr
            comparator = ExprComparator(owner, expression(owner), self)
        return HybridAttribute(self, owner, comparator)

    def spread_record(self, owner: Any, record: MutableMapping[str, Any], value: Any) -> None:
        """Put the columns that a value stands for into a record of a bulk INSERT or UPDATE."""
        if self.bulk_dml_setter is None:
            raise InvalidRequestError(
                "Can't evaluate bulk DML statement; please supply a bulk_dml decorated function"
                f" for {owner.__name__}.{self.__name__}"
            )
        self.bulk_dml_setter(owner, record, value)

    # --- decorators

    def _copy(self, **changed: Any) -> Self:
        made = type(self)(**{**{name: getattr(self, name) for name in PARTS}, **changed})
        own = {key: value for key, value in self.__dict__.items() if key not in made.__dict__}
        made.__dict__.update(own)
        return made

    @property
    def overrides(self) -> Self:
        """The hybrid itself: `@Base.name.overrides.expression`, where the attribute has a member of that name."""
        return self

    @property
    def inplace(self) -> _PropertyInPlace[T]:
        """Decorators that change this hybrid and leave their own name free."""
        return _PropertyInPlace(self)

    def getter(self, fget: Callable[[Any], T]) -> Self:
        """Return a copy with this function for reading on instances."""
        return self._copy(fget=fget)

    def setter(self, fset: Callable[[Any, T], None]) -> Self:
        """Return a copy with this function for writing on instances."""
        return self._copy(fset=fset)

    def deleter(self, fdel: Callable[[Any], None]) -> Self:
        """Return a copy with this function for deleting on instances."""
        return self._copy(fdel=fdel)

    def expression(self, expr: Any) -> Self:
        """Return a copy with this function for the class; it returns SQL."""
        return self._copy(expr=expr)

    def comparator(self, comparator: Any) -> Self:
        """Return a copy with this function for the class; it returns a `Comparator`, which says what operators mean."""
        return self._copy(custom_comparator=comparator)

    def update_expression(self, meth: Any) -> Self:
        """Return a copy with this function for UPDATE and INSERT: it returns pairs of attribute and value."""
        return self._copy(update_expr=meth)

    def bulk_dml(self, meth: Any) -> Self:
        """Return a copy with this function for bulk INSERT and UPDATE: it puts values into the record it is given."""
        return self._copy(bulk_dml_setter=meth)


class _PropertyInPlace(Generic[T]):
    """`hybrid_property.inplace`."""

    def __init__(self, hybrid: hybrid_property[T]) -> None:
        self._hybrid = hybrid

    def _set(self, **changed: Any) -> hybrid_property[T]:
        for name, value in changed.items():
            setattr(self._hybrid, name, _plain(value))
        return self._hybrid

    def getter(self, fget: Callable[[Any], T]) -> hybrid_property[T]:
        """Take the function for reading on instances."""
        return self._set(fget=fget)

    def setter(self, fset: Callable[[Any, T], None]) -> hybrid_property[T]:
        """Take the function for writing on instances."""
        return self._set(fset=fset)

    def deleter(self, fdel: Callable[[Any], None]) -> hybrid_property[T]:
        """Take the function for deleting on instances."""
        return self._set(fdel=fdel)

    def expression(self, expr: Any) -> hybrid_property[T]:
        """Take the function for the class."""
        return self._set(expr=expr)

    def comparator(self, comparator: Any) -> hybrid_property[T]:
        """Take the function that returns the comparator for the class."""
        return self._set(custom_comparator=comparator)

    def update_expression(self, meth: Any) -> hybrid_property[T]:
        """Take the function for UPDATE and INSERT."""
        return self._set(update_expr=meth)

    def bulk_dml(self, meth: Any) -> hybrid_property[T]:
        """Take the function for bulk INSERT and UPDATE."""
        return self._set(bulk_dml_setter=meth)


# --- on the class


class Comparator(PropComparator, Generic[T]):
    """What operators mean on a hybrid; programs derive from it and define operators, or `operate`."""

    def __init__(self, expression: Any) -> None:
        self.expression = expression

    def __clause_element__(self) -> Any:
        return _unwrapped(self.expression)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(str(op))

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(str(op))

    @property
    def property(self) -> Any:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The property of the attribute inside, where it is one."""
        raise NotImplementedError

    def adapt_to_entity(self, adapt_to_entity: Any) -> Comparator[T]:
        return self


class ExprComparator(Comparator[T]):
    """The operators of the expression that a hybrid stands for."""

    def __init__(self, cls: Any, expression: Any, hybrid: hybrid_property[T]) -> None:
        self.cls = cls
        self.expression = expression
        self.hybrid = hybrid

    def __getattr__(self, key: str) -> Any:
        if key in ("expression", "cls", "hybrid") or (key.startswith("__") and key.endswith("__")):
            raise AttributeError(key)
        return getattr(self.expression, key)

    @property
    def info(self) -> dict[str, Any]:
        """The dictionary of the hybrid."""
        return self.hybrid.info

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        return op(self.expression, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        return op(other, self.expression, **kwargs)

    def any(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that some member of the collection inside fulfils the criteria."""
        return self.expression.any(criterion, **kwargs)

    def has(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that the object inside fulfils the criteria."""
        return self.expression.has(criterion, **kwargs)

    @property
    def property(self) -> Any:
        """The property of the attribute inside, where it is one."""
        return self.expression.property


def _unwrapped(expression: Any) -> Any:
    """Return the element that an attribute or comparator stands for."""
    while not isinstance(expression, ClauseElement) and hasattr(expression, "__clause_element__"):
        expression = expression.__clause_element__()
    return expression


def _found_at(name: str, owner: Any) -> Any:
    """Return what the classes below an owner, a class or an alias, have under a name."""
    class_ = owner if isinstance(owner, type) else owner._sa_entity.mapper.class_
    bases: tuple[type, ...] = class_.__mro__
    return next((base.__dict__[name] for base in bases if name in base.__dict__), None)


def _name_of(descriptor: hybrid_property[Any], owner: Any) -> str:
    """Return the name of a hybrid: that of its function, or where the class has it otherwise, the one it has there."""
    name = descriptor.__name__
    if _found_at(name, owner) is descriptor:
        return name
    class_ = owner if isinstance(owner, type) else owner._sa_entity.mapper.class_
    bases: tuple[type, ...] = class_.__mro__
    found = (key for base in bases for key, value in base.__dict__.items() if value is descriptor)
    return next(found, name)


class HybridAttribute(QueryableAttribute[T]):
    """A hybrid on a class or alias: an operand in statements that has the members of comparator and hybrid."""

    extension_type: Any = QueryableAttribute.extension_type

    def __init__(self, descriptor: hybrid_property[Any], owner: Any, comparator: Any) -> None:
        self.descriptor = descriptor
        self.class_ = owner
        self.__dict__["comparator"] = comparator
        self.key = self.__name__ = _name_of(descriptor, owner)
        self.__doc__ = descriptor.__doc__

    @memoized
    def parent(self) -> Any:
        """The mapper or the aliased class; None where the class is not mapped."""
        return inspect(self.class_, raiseerr=False)

    @property
    def _is_named(self) -> bool:
        """Whether the class has the hybrid under the name of its function, so that expressions can be called so."""
        return self.key == self.descriptor.__name__ and _found_at(self.key, self.class_) is self.descriptor

    @memoized
    def expression(self) -> Any:
        """The SQL expression, called like the hybrid."""
        found = self.comparator.__clause_element__()
        if not isinstance(found, ClauseElement):
            raise InvalidRequestError(
                f'When interpreting attribute "{self}" as a SQL expression, expected __clause_element__() to return a '
                f"ClauseElement object, got: {found!r}"
            )
        if not getattr(found, "is_column", False) or not self._is_named:
            return found
        return found._annotate({PROXY_KEY: self.key, ATTRIBUTE_NAME: self.key})

    @property
    def info(self) -> dict[str, Any]:
        return self.descriptor.info

    @property
    def overrides(self) -> hybrid_property[Any]:
        """The hybrid itself, for subclasses that vary it."""
        return self.descriptor

    def adapt_to_entity(self, adapt_to_entity: Any) -> Any:
        return self.descriptor.attribute_of(adapt_to_entity.entity)

    def assignments(self, value: Any) -> Pairs:
        """Return the pairs of attribute and value that an UPDATE or INSERT has for the hybrid."""
        inside = getattr(self.comparator, "expression", None)
        if isinstance(inside, HybridAttribute):
            return inside.assignments(value)
        update = self.descriptor.update_expr
        if update is not None and not isinstance(inside, QueryableAttribute):
            return cast("Pairs", update(self.class_, value))
        return [(self.expression, value)]

    def __getattr__(self, name: str) -> Any:
        if name in ("descriptor", "class_", "comparator") or (name.startswith("__") and name.endswith("__")):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._inside(name)

    def _inside(self, name: str) -> Any:
        for holder in (self.comparator, self.descriptor):
            try:
                return getattr(holder, name)
            except AttributeError:
                continue
        raise AttributeError(
            f"Neither {type(self.descriptor).__name__!r} object nor {type(self.comparator).__name__!r} object "
            f"associated with {self} has an attribute {name!r}"
        )

    def __reduce__(self) -> Any:
        return getattr, (self.class_, self.key)

    def __str__(self) -> str:
        owner = self.class_
        return f"{owner.__name__ if isinstance(owner, type) else inspect(owner)}.{self.key}"

    @property
    def property(self) -> Any:
        return self._inside("property")


__all__ = ["Comparator", "ExprComparator", "HybridAttribute", "HybridExtensionType", "hybrid_method", "hybrid_property"]
