"""From a Python type in `Mapped[...]` to a SQL type.

In: the registry's own map, the annotated type. Out: a type object. Looked up in this order: the whole type as written,
without None, the origin of a NewType or alias, the map of this module, enumerations and literals.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import uuid
from typing import Annotated, Any, Literal, get_args, get_origin

from ...exc import ArgumentError
from ...types import (
    Boolean,
    Date,
    DateTime,
    Double,
    Enum,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    String,
    Time,
    Uuid,
    to_instance,
)
from .annotated import MappedType, is_union, without_none

DEFAULT_MAP: dict[Any, Any] = {
    str: String,
    int: Integer,
    float: Double,
    bool: Boolean,
    bytes: LargeBinary,
    decimal.Decimal: Numeric,
    datetime.datetime: DateTime,
    datetime.date: Date,
    datetime.time: Time,
    datetime.timedelta: Interval,
    uuid.UUID: Uuid,
}


def sql_type_for(type_map: dict[Any, Any], mapped: MappedType) -> Any:
    """Return the SQL type for a mapped type, or None where there is none."""
    for candidate in _candidates(mapped):
        found = _look_up(type_map, candidate)
        if found is not None:
            return found
    return None


def type_of_python_type(type_map: dict[Any, Any], python_type: Any) -> Any:
    """Return the SQL type for a Python type itself, or None."""
    return _look_up(type_map, python_type)


def _candidates(mapped: MappedType) -> list[Any]:
    """Return the forms under which the type may be known, the most exact first.

    Behind an alias and behind `Annotated` there is one more each; a NewType stands for itself alone.
    """
    found = [mapped.inner, mapped.bare]
    current: Any = mapped.bare
    if hasattr(current, "__value__") and not isinstance(current, type):
        current, _ = without_none(current.__value__)
        found.append(current)
    if get_origin(current) is Annotated:
        current, _ = without_none(get_args(current)[0])
        found.append(current)
    return found


def _look_up(type_map: dict[Any, Any], candidate: Any) -> Any:
    for table in (type_map, DEFAULT_MAP):
        try:
            found = table.get(candidate)
        except TypeError:
            return None
        if found is not None:
            return _adapted(to_instance(found), candidate)
        if is_union(candidate):
            found = _same_union(table, candidate)
            if found is not None:
                return to_instance(found)
    return _enumeration(type_map, candidate)


def _same_union(table: dict[Any, Any], candidate: Any) -> Any:
    """Return the entry for a union of the same members in another order, or with None."""
    members = set(get_args(candidate)) - {type(None)}
    for key, value in table.items():
        if is_union(key) and set(get_args(key)) - {type(None)} == members:
            return value
    return None


def _enumeration(type_map: dict[Any, Any], candidate: Any) -> Any:
    if isinstance(candidate, type) and issubclass(candidate, enum.Enum):
        given = _nearest(type_map, candidate)
        return Enum(candidate) if given is None else _adapted(to_instance(given), candidate)
    if get_origin(candidate) is Literal:
        values = get_args(candidate)
        if all(isinstance(value, str) for value in values):
            return Enum(*values, native_enum=False)
        raise ArgumentError(
            f"Can't create string-based Enum datatype from non-string values: {', '.join(map(repr, values))}.  Please "
            "provide an explicit Enum datatype for this Python type"
        )
    return None


def _nearest(type_map: dict[Any, Any], candidate: type) -> Any:
    for base in candidate.__mro__:
        if base in type_map:
            return type_map[base]
    return None


def _adapted(type_: Any, candidate: Any) -> Any:
    """Return an enumeration type that the map gives in general, for the very enumeration."""
    is_enumeration = isinstance(candidate, type) and issubclass(candidate, enum.Enum)
    if is_enumeration and isinstance(type_, Enum) and type_.enum_class is None:
        return Enum(candidate, native_enum=type_.native_enum, name=type_.name, length=type_.length)
    return type_
