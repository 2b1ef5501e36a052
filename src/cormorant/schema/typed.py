"""The columns of a table as a class, for type checkers: attributes that are Columns, or annotated `Named[type]`.

In: a subclass of `TypedColumns`. Out: the columns it declares, new ones for each table; name, type and whether NULL is
allowed come from the attribute where the Column does not say them.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import NoneType
from typing import Any, Generic, NoReturn, TypeVar, get_args, get_origin

from ..exc import ArgumentError, InvalidRequestError
from ..sql.kinds import class_of
from ..types import NULLTYPE
from ..types.base import literal_types
from .column import Column

T_co = TypeVar("T_co", covariant=True)


class Named(Generic[T_co]):
    """Annotation of a column of `TypedColumns`: `name: Named[str]`, or `Named[str | None]` where NULL is allowed."""


class TypedColumns:
    """The base of classes that declare the columns of a table; never instantiated."""

    def __new__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        raise InvalidRequestError("Cannot instantiate a TypedColumns object.")


def typed_columns(cls: type[TypedColumns]) -> list[Column[Any]]:
    """Return new columns for what a class and its bases declare, those of the bases first."""
    found: dict[str, Column[Any]] = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, TypedColumns) and base is not TypedColumns:
            found.update(_declared(base))
    return list(found.values())


def _declared(cls: type) -> Iterator[tuple[str, Column[Any]]]:
    annotations = inspect.get_annotations(cls, eval_str=True)
    members: dict[str, Any] = dict(vars(cls))
    for name, value in members.items():
        if issubclass(class_of(value), Column) and name not in annotations:
            yield name, _named(value, name)
    for name, annotation in annotations.items():
        if not name.startswith("__"):
            yield name, _annotated(cls, name, annotation)


def _named(column: Column[Any], name: str, **changes: Any) -> Column[Any]:
    if column.name is None:
        changes["name"] = name
    if column.key is None or column.key == column.name:
        changes.setdefault("key", name if (column.name or name) != name else None)
    return column.copied(**changes)


def _annotated(cls: type, name: str, annotation: Any) -> Column[Any]:
    where = f"{cls.__name__}.{name}"
    origin = get_origin(annotation)
    if not isinstance(origin, type) or not issubclass(origin, (Named, Column)):
        raise ArgumentError(f"Annotation {annotation} for attribute '{where}' is not of type Named/Column[...]")
    python_types = [one for one in _members(get_args(annotation)[0]) if one is not NoneType]
    is_nullable = len(python_types) < len(_members(get_args(annotation)[0]))
    given: Column[Any] | None = vars(cls).get(name)
    column: Column[Any] = Column() if given is None else given
    changes: dict[str, Any] = {}
    if column.type is NULLTYPE and not column.foreign_keys:
        changes["type_"] = _type_for(python_types, annotation, where)
    if column.nullable_given is None and not column.primary_key:
        changes["nullable"] = is_nullable
    return _named(column, name, **changes)


def _members(python_type: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the type alone."""
    return get_args(python_type) if NoneType in get_args(python_type) else (python_type,)


def _type_for(python_types: list[Any], annotation: Any, where: str) -> Any:
    found = literal_types.get(python_types[0]) if len(python_types) == 1 else None
    if found is None:
        shown = python_types[0] if len(python_types) == 1 else python_types
        raise ArgumentError(
            f"Could not find a SQL type for type {shown} obtained from annotation {annotation} in attribute '{where}'"
        )
    return found
