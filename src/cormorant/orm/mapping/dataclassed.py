"""Mapping as a dataclass: the class becomes a dataclass from its `Mapped[...]` annotations before it is mapped.

In: a class body and dataclass options. Out: the same class with the methods that `dataclasses.dataclass` writes; its
mapped attributes are untouched. A default of a column is no value of a new object: the constructor leaves the attribute
unset, it reads as the default, and the INSERT takes the column's default (so a merge does not overwrite with defaults).
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, dataclass_transform

from ...exc import InvalidRequestError
from ...util import NO_ARG, warn_deprecated
from ..instance.symbols import DONT_SET
from .annotated import MappedType, read_annotation
from .mapped_column import MappedColumn, mapped_column
from .properties import MapperProperty

T = TypeVar("T")
OPTIONS = "_sa_dataclass_options"
FIELD_OPTIONS = ("init", "repr", "compare", "kw_only", "hash")
MISSING = object()


def dataclass_options(class_: type) -> dict[str, Any] | None:
    """Return the options with which a class is made a dataclass; None where it is not."""
    found: dict[str, Any] | None = getattr(class_, OPTIONS, None)
    return found


def make_dataclass(class_: type, options: dict[str, Any]) -> None:
    """Turn a class into a dataclass; the members of its body stay what they are."""
    if "__dataclass_fields__" in class_.__dict__:
        raise InvalidRequestError(
            f"Class {class_} is already a dataclass; ensure that base classes / decorator styles of establishing "
            "dataclasses are not being mixed. A class that inherits from MappedAsDataclass, also by others, needs no "
            "decorator"
        )
    _refuse_plain_bases(class_)
    annotations = inspect.get_annotations(class_)
    fields, types = _fields_of(class_, annotations)
    saved = {key: class_.__dict__.get(key, MISSING) for key in fields}
    for key, field in fields.items():
        type.__setattr__(class_, key, field)
    type.__setattr__(class_, "__annotations__", types)
    arguments = {name: value for name, value in options.items() if name != "dataclass_callable"}
    try:
        options.get("dataclass_callable", dataclasses.dataclass)(class_, **arguments)
    except (TypeError, ValueError) as error:
        raise InvalidRequestError(
            f"Python dataclasses error encountered when creating dataclass for {class_.__name__!r}: {error!r}. Please "
            "refer to Python dataclasses documentation for additional information.",
            code="dcte",
        ) from error
    finally:
        _restore(class_, saved, annotations)


def _refuse_plain_bases(class_: type) -> None:
    """Raise where attributes come from a class that is no dataclass: the constructor would not know them."""
    for base in class_.__mro__[1:]:
        if "__dataclass_fields__" in base.__dict__ or "_sa_registry" in base.__dict__ or "__mapper__" in base.__dict__:
            continue
        names = [repr(name) for name in _mapped_names(base)]
        if names:
            raise InvalidRequestError(
                f"When transforming {class_} to a dataclass, attribute(s) {', '.join(names)} originates from "
                f"superclass {base}, which is not a dataclass.  When declaring SQLAlchemy Declarative Dataclasses, "
                "ensure that all mixin classes and other superclasses which include attributes are also a subclass of "
                "MappedAsDataclass or make use of the @unmapped_dataclass decorator.",
                code="dcmx",
            )


def _mapped_names(base: type) -> list[str]:
    """Return the attributes that a class declares as `Mapped[...]`, or by a method of that type."""
    if base.__module__.startswith(__name__.split(".")[0] + "."):
        return []
    types = {**inspect.get_annotations(base)}
    values: dict[str, Any] = dict(base.__dict__)
    for key, value in values.items():
        method = getattr(value, "fget", None)
        if hasattr(value, "is_directive") and method is not None and not value.is_directive:
            types[key] = inspect.get_annotations(method).get("return")
    return [key for key, one in types.items() if one is not None and isinstance(read_annotation(base, one), MappedType)]


def _restore(class_: type, saved: dict[str, Any], annotations: dict[str, Any]) -> None:
    type.__setattr__(class_, "__annotations__", annotations)
    for key, value in saved.items():
        if value is not MISSING:
            type.__setattr__(class_, key, value)
        elif key in class_.__dict__:
            type.__delattr__(class_, key)


def _fields_of(class_: type, annotations: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the dataclass fields of the mapped attributes, and the annotations that dataclasses shall see."""
    fields: dict[str, Any] = {}
    types: dict[str, Any] = {}
    for key, annotation in annotations.items():
        mapped = read_annotation(class_, annotation)
        value = class_.__dict__.get(key)
        if isinstance(mapped, MappedType):
            _warn_of_function(key, value)
            types[key] = mapped.inner
            fields[key] = _field(value, mapped.metadata)
        else:
            types[key] = annotation
            if hasattr(value, "dataclass_options"):
                fields[key] = _field(value, ())
    return fields, types


def _warn_of_function(key: str, value: Any) -> None:
    """Warn of a function given as `default`, which may mean either kind of default."""
    if isinstance(value, MappedColumn) and callable(default_of(value)) and default_of(value) is not NO_ARG:
        warn_deprecated(
            f"Callable object passed to the ``default`` parameter for attribute '{key}' in a ORM-mapped Dataclasses "
            "context is ambiguous, and this use will raise an error in a future release.  If this callable is intended "
            "to produce Core level INSERT default values for an underlying ``Column``, use the "
            "``mapped_column.insert_default`` parameter instead.  To establish this callable as providing a default "
            "value for instances of the dataclass itself, use the ``default_factory`` dataclasses parameter."
        )


def _field(value: Any, metadata: Iterable[Any]) -> Any:
    options = {**_annotated_options(metadata), **getattr(value, "dataclass_options", {})}
    arguments = {name: options[name] for name in FIELD_OPTIONS if name in options}
    if options.get("dataclass_metadata") is not None:
        arguments["metadata"] = options["dataclass_metadata"]
    if "default_factory" in options and default_of(value) is not NO_ARG:
        raise ValueError("cannot specify both default and default_factory")
    is_property = isinstance(value, MapperProperty) and not value.is_composite
    if isinstance(value, MapperProperty) and value.is_composite and "default" in options:
        arguments["default"] = options["default"]
    elif "default_factory" in options and not is_property:
        arguments["default_factory"] = options["default_factory"]
    elif "default_factory" in options or default_of(value) is not NO_ARG:
        arguments["default"] = DONT_SET
    return dataclasses.field(**arguments)


def _annotated_options(metadata: Iterable[Any]) -> dict[str, Any]:
    for item in metadata:
        if isinstance(item, MappedColumn):
            return item.dataclass_options
    return {}


def default_of(value: Any) -> Any:
    """Return the default that a mapped_column() or property gives to its dataclass field, or NO_ARG."""
    options = getattr(value, "dataclass_options", {})
    if "default" in options:
        return options["default"]
    if isinstance(value, MappedColumn):
        return value.column_arguments.get("default", NO_ARG)
    return NO_ARG


def _given(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not NO_ARG}


@dataclass_transform(field_specifiers=(mapped_column,))
class MappedAsDataclass:
    """A mixin for declarative bases, classes and mixins that makes dataclasses of them."""

    def __init_subclass__(
        cls,
        init: Any = NO_ARG,
        repr: Any = NO_ARG,
        eq: Any = NO_ARG,
        order: Any = NO_ARG,
        unsafe_hash: Any = NO_ARG,
        match_args: Any = NO_ARG,
        kw_only: Any = NO_ARG,
        dataclass_callable: Any = NO_ARG,
        **kw: Any,
    ) -> None:
        own = _given(
            init=init,
            repr=repr,
            eq=eq,
            order=order,
            unsafe_hash=unsafe_hash,
            match_args=match_args,
            kw_only=kw_only,
            dataclass_callable=dataclass_callable,
        )
        type.__setattr__(cls, OPTIONS, {**(dataclass_options(cls) or {}), **own})
        super().__init_subclass__(**kw)
        is_base = "_sa_registry" in cls.__dict__
        if not is_base and "__mapper__" not in cls.__dict__ and OPTIONS in cls.__dict__:
            make_dataclass(cls, cls.__dict__[OPTIONS])


@dataclass_transform(field_specifiers=(mapped_column,))
def mapped_as_dataclass(registry: Any, /, **options: Any) -> Callable[[type[T]], type[T]]:
    """Return a class decorator that makes a class a dataclass and maps it with a registry."""

    def decorate(cls: type[T]) -> type[T]:
        type.__setattr__(cls, OPTIONS, options)
        mapped: type[T] = registry.mapped(cls)
        return mapped

    return decorate


@dataclass_transform(field_specifiers=(mapped_column,))
def unmapped_dataclass(cls: Any = None, /, **options: Any) -> Any:
    """Make a mixin a dataclass whose mapped attributes serve the classes that inherit from it."""

    def decorate(made: type[T]) -> type[T]:
        make_dataclass(made, options)
        return made

    return decorate if cls is None else decorate(cls)
