"""From the body of a declarative class to a table and mapper arguments, in named passes.

In: a class whose bases say how it is declared. Out: `Declaration`: table name and arguments, columns in order,
properties, mapper arguments. Mixins and abstract bases give copies; mapped bases give nothing, their mapper is
inherited from.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from dataclasses import field
from typing import Any, cast

from ...exc import ArgumentError, InvalidRequestError, SAWarning
from ...schema import Column
from ...util import NO_ARG
from ...util.notices import warn
from ...util.record import draft
from ..instance.checks import is_a
from ..instance.errors import MappedAnnotationError
from ..instance.manager import manager_of_class
from .annotated import Mapped, MappedType, NotMapped, Unmapped, read_annotation
from .dataclassed import dataclass_options, default_of
from .declared import SCANNED, declared_attr
from .mapped_column import MappedColumn, refuse_dataclass_options
from .properties import ColumnProperty, MapperProperty
from .relate import annotate_relationship
from .type_resolve import resolved_type

DIRECTIVES = frozenset({"__tablename__", "__table_args__", "__mapper_args__", "__table__", "__table_cls__"})
METADATA_KEY = "__sa_dataclass_metadata_key__"
"""Names the key under which the fields of a dataclass say what they are mapped to."""
RESERVED = frozenset({"metadata"})


@draft
class Declaration:
    """What a declarative class says."""

    class_: type
    registry: Any
    inherits: type | None = None
    tablename: str | None = None
    table: Any = None
    table_args: Any = None
    mapper_args: dict[str, Any] = field(default_factory=dict[str, Any])
    columns: dict[str, tuple[Column[Any], int]] = field(default_factory=dict[str, tuple[Column[Any], int]])
    """Attribute -> (column, sort order)."""
    unmapped: set[str] = field(default_factory=set[str])
    """Attributes whose columns are in the table alone."""
    copies: dict[str, Any] = field(default_factory=dict[str, Any])
    """Columns of mixins, already copied for the class, where methods of mixins may ask for them."""
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    is_dataclass: bool = False


def scan_class(class_: type, registry: Any) -> Declaration:
    """Read a class body."""
    found = Declaration(class_, registry, is_dataclass=dataclass_options(class_) is not None)
    for base in class_.__mro__[1:]:
        if _is_mapped(base, registry):
            found.inherits = base
            break
    SCANNED[class_] = {}
    try:
        _copy_columns(found)
        _read_directives(found)
        _read_members(found)
    finally:
        del SCANNED[class_]
    return found


def _copy_columns(found: Declaration) -> None:
    """Put copies of the columns of mixins on the class, where methods of mixins make attributes of them."""
    class_ = found.class_
    mixins = [base for base in class_.__mro__[1:] if _is_mixin(found, base)]
    if found.is_dataclass or not any(_has_methods(base) for base in mixins):
        return
    own = {*class_.__dict__, *inspect.get_annotations(class_)}
    for base in mixins:
        for key, value, annotation in list(_members(base)):
            if key in own or (key.startswith("__") and key.endswith("__")):
                continue
            copied = _copied_column(found, base, key, value, annotation)
            if copied is not None:
                found.copies[key] = copied
                type.__setattr__(class_, key, copied)
            own.add(key)


def _is_mixin(found: Declaration, base: type) -> bool:
    return base is not object and not _is_mapped(base, found.registry) and not _is_below_mapped(base, found.inherits)


def _has_methods(base: type) -> bool:
    return any(isinstance(value, declared_attr) for value in base.__dict__.values())


def _copied_column(found: Declaration, base: type, key: str, value: Any, annotation: Any) -> Any:
    """Return a copy of a mixin's column, named and with its type; None for what is no column."""
    if issubclass(type(value), Column):
        copied: Any = value.copied()
        _name(copied, key)
        return copied
    if value is not MISSING and value is not None and not isinstance(value, MappedColumn):
        return None
    mapped = None if annotation is MISSING else read_annotation(base, annotation)
    is_column = isinstance(mapped, MappedType) and mapped.container is Mapped
    if isinstance(value, MappedColumn):
        made = value.copied()
    elif is_column:
        made = MappedColumn()
    else:
        return None
    if is_column and not made.is_unmapped and not made.column.is_sentinel:
        complete_column(found.registry, found.class_, key, made, cast("MappedType", mapped))
    return made


def _read_members(found: Declaration) -> None:
    class_, registry = found.class_, found.registry
    allow_unmapped = (
        found.is_dataclass
        or found.table is not None
        or hasattr(class_, METADATA_KEY)
        or bool(getattr(class_, "__allow_unmapped__", False))
    )
    seen = _read_fields(found)
    for base in class_.__mro__:
        if base is object or (
            base is not class_ and (_is_mapped(base, registry) or _is_below_mapped(base, found.inherits))
        ):
            _read_cascading(found, base, seen)
            continue
        for key, value, annotation in _members(base):
            if key in seen or key in DIRECTIVES or (key.startswith("__") and key.endswith("__")):
                continue
            if base is class_ and key in found.copies:
                continue
            if _read_member(found, base, key, value, annotation, allow_unmapped):
                seen.add(key)


def _read_fields(found: Declaration) -> set[str]:
    """Take what the metadata of the fields of a dataclass say, under the key that the class names."""
    class_ = found.class_
    key = getattr(class_, METADATA_KEY, None)
    seen: set[str] = set()
    fields = dataclasses.fields(class_) if key is not None and dataclasses.is_dataclass(class_) else ()
    own = inspect.get_annotations(found.class_) if fields else {}
    for one in fields:
        value = one.metadata.get(key)
        if value is None:
            continue
        if not is_a(value, Column, MappedColumn, MapperProperty) and callable(value):
            value = value()
        elif is_a(value, Column, MappedColumn) and one.name not in own:
            value = value.copied()
        _take_value(found, found.class_, one.name, value, MISSING, False)
        seen.add(one.name)
    return seen


def _is_mapped(cls: type, registry: Any) -> bool:
    """Tell whether a class is mapped, or will be once its table is read."""
    return manager_of_class(cls) is not None or cls in registry.planned


def _is_below_mapped(base: type, inherits: type | None) -> bool:
    """Tell whether a base comes from the mapped parent, so that its members are mapped already."""
    return inherits is not None and issubclass(inherits, base)


MISSING = object()


def _members(base: type) -> Iterator[tuple[str, Any, Any]]:
    """Yield (key, value, annotation) in the order of the class body; what only one of both tells is MISSING."""
    values, annotations = base.__dict__, inspect.get_annotations(base)
    only_values = [key for key in values if key not in annotations]
    order = {key: index for index, key in enumerate(values)}
    for key, annotation in annotations.items():
        if key in values:
            while only_values and order[only_values[0]] < order[key]:
                early = only_values.pop(0)
                yield early, values[early], MISSING
        yield key, values.get(key, MISSING), annotation
    for key in only_values:
        yield key, values[key], MISSING


# --- directives


def _read_directives(found: Declaration) -> None:
    class_ = found.class_
    for base in class_.__mro__:
        is_own = base is class_
        if not is_own and (_is_mapped(base, found.registry) or _is_below_mapped(base, found.inherits)):
            _cascading_directives(found, base)
            continue
        for name in DIRECTIVES:
            if name in base.__dict__:
                value = base.__dict__[name]
                value = value.__get__(None, class_) if hasattr(value, "__get__") and callable_member(value) else value
                _take_directive(found, name, value)


def callable_member(value: Any) -> bool:
    """Tell whether a class member is a function that gives the real value for each class."""
    return isinstance(value, (declared_attr, classmethod, property))


def _cascading_directives(found: Declaration, base: type) -> None:
    for name in DIRECTIVES:
        value = base.__dict__.get(name)
        if isinstance(value, declared_attr):
            _take_directive(found, name, value.__get__(None, found.class_))


def _take_directive(found: Declaration, name: str, value: Any) -> None:
    """Keep the value of the class nearest in the method order."""
    taken: set[str] = found.__dict__.setdefault("_taken", set())
    if name in taken:
        return
    taken.add(name)
    if name == "__tablename__":
        found.tablename = value
    elif name == "__table__":
        found.table = value
    elif name == "__table_args__":
        _check_table_args(value)
        found.table_args = value
    elif name == "__mapper_args__":
        found.mapper_args = dict(value)


def _check_table_args(value: Any) -> None:
    if not is_a(value, tuple, dict) and value is not None:
        raise ArgumentError("__table_args__ value must be a tuple, dict, or None")
    if is_a(value, tuple) and any(is_a(item, dict) for item in cast("tuple[Any, ...]", value)[:-1]):
        raise ArgumentError("__table_args__ value must be a tuple, dict, or None; a dict may only come last")


# --- members


def _read_cascading(found: Declaration, base: type, seen: set[str]) -> None:
    for key, value in list(base.__dict__.items()):
        if isinstance(value, declared_attr) and value.is_cascading and key not in seen and key not in DIRECTIVES:
            _read_member(found, base, key, value, MISSING, True)
            seen.add(key)


def _read_member(found: Declaration, base: type, key: str, value: Any, annotation: Any, allow_unmapped: bool) -> bool:
    """Take one member of a class body; False where it is nothing for the mapper."""
    is_mixin = base is not found.class_
    if is_a(value, declared_attr):
        if value.is_directive:
            return False
        made: Any = value.__get__(None, found.class_)
        if annotation is MISSING and made is not None:
            method: Any = value.fget
            annotation = method.__annotations__.get("return", MISSING)
        if annotation is not MISSING and is_a(made, Column):
            _read_annotation(found, base, key, MappedColumn(), annotation, allow_unmapped)
        is_mapped = _read_member_value(found, base, key, made, annotation, allow_unmapped, False)
        if not is_mapped and not key.startswith("__"):
            type.__setattr__(found.class_, key, made)
        return is_mapped
    return _read_member_value(found, base, key, value, annotation, allow_unmapped, is_mixin)


def _read_member_value(
    found: Declaration, base: type, key: str, value: Any, annotation: Any, allow_unmapped: bool, is_mixin: bool
) -> bool:
    mapped = MISSING if annotation is MISSING else _read_annotation(found, base, key, value, annotation, allow_unmapped)
    if isinstance(mapped, NotMapped):
        mapped = MISSING
        if value is MISSING:
            return False
    if value is MISSING or _is_none_of(mapped, value):
        value = MappedColumn()
        value.is_unmapped = isinstance(mapped, MappedType) and mapped.container is Unmapped
    elif isinstance(mapped, MappedType) and mapped.container is Unmapped and not getattr(value, "is_unmapped", False):
        raise ArgumentError(
            f'Attribute "{found.class_.__name__}.{key}" uses the Unmapped[] annotation, which must be used with '
            "unmapped_column() or with no value on the right side"
        )
    if is_a(value, tuple) and len(value) == 1 and is_a(value[0], Column, MappedColumn, MapperProperty):
        warn(
            f"Ignoring declarative-like tuple value of attribute '{key}': possibly a copy-and-paste error with a comma "
            "accidentally placed at the end of the line?",
            SAWarning,
        )
        return True
    return _take_value(found, base, key, value, mapped, is_mixin)


def _is_none_of(mapped: Any, value: Any) -> bool:
    """Tell whether a member is `name: Mapped[...] = None`, which says no more than the annotation."""
    return value is None and mapped is not MISSING


def _take_value(found: Declaration, base: type, key: str, value: Any, mapped: Any, is_mixin: bool) -> bool:
    if is_a(value, MappedColumn):
        _take_mapped_column(found, base, key, _own_copy(found, key, value) if is_mixin else value, mapped)
    elif is_a(value, Column):
        _take_column(found, key, _own_copy(found, key, value) if is_mixin else value)
    elif isinstance(value, MapperProperty):
        _take_property(found, base, key, value, mapped, is_mixin)
    elif is_mixin and getattr(value, "is_attribute", False):
        return False
    else:
        return _take_other(found, key, value)
    if key in RESERVED:
        warn(
            f"Attribute name '{key}' should be left reserved for the MetaData instance when using a Declarative class.",
            SAWarning,
        )
    return True


def _own_copy(found: Declaration, key: str, value: Any) -> Any:
    """Return the copy of a mixin's column that the class has already, or a new one."""
    copied = found.copies.get(key)
    return value.copied() if copied is None else copied


def _take_other(found: Declaration, key: str, value: Any) -> bool:
    """Take an attribute or expression of a table given as `__table__`: another name for its column."""
    if isinstance(value, type) or not hasattr(value, "is_clause_element") or getattr(value, "is_from_clause", False):
        return False
    if getattr(value, "is_column", False) and getattr(value, "table", None) is not None and found.table is not None:
        found.properties[key] = value
        return True
    return False


def _read_annotation(
    found: Declaration, base: type, key: str, value: Any, annotation: Any, allow_unmapped: bool
) -> MappedType | NotMapped:
    mapped = read_annotation(base, annotation)
    is_meant = value is MISSING or value is None or isinstance(value, (MappedColumn, MapperProperty))
    if isinstance(mapped, MappedType) or mapped.is_class_var or not is_meant or allow_unmapped:
        return mapped
    if base is not found.class_ and (value is MISSING or value is None):
        return mapped
    raise MappedAnnotationError(
        f'Type annotation for "{found.class_.__name__}.{key}" can\'t be correctly interpreted for Annotated '
        "Declarative Table form.  ORM annotations should normally make use of the ``Mapped[]`` generic type, or "
        "other ORM-compatible generic type, as a container for the actual type, which indicates the intent that the "
        "attribute is mapped. Class variables that are not intended to be mapped by the ORM should use ClassVar[].  "
        "To allow Annotated Declarative to disregard legacy annotations which don't use Mapped[] to pass, set "
        '"__allow_unmapped__ = '
        'True" '
        "on the class or a superclass this class.",
        code="zlpr",
    )


def _take_property(found: Declaration, base: type, key: str, value: Any, mapped: Any, is_mixin: bool) -> None:
    if not found.is_dataclass:
        refuse_dataclass_options(found.class_, key, value.dataclass_options)
    if is_mixin:
        raise InvalidRequestError(
            "Mapper properties (i.e. deferred,column_property(), relationship(), etc.) must be declared as "
            "@declared_attr callables on declarative mixin classes.  For dataclass field() objects, use a lambda:"
        )
    if value.is_relationship:
        annotate_relationship(value, found.class_, key, mapped)
    elif is_a(value, ColumnProperty):
        for column in value.columns:
            if is_a(column, Column) and column.table is None:
                _name(column, key)
                found.columns[column.key or key] = (column, 0)
    complete = getattr(value, "take_annotation", None)
    if complete is not None:
        complete(found, key, mapped)
    found.properties[key] = value


def _take_column(found: Declaration, key: str, column: Column[Any], sort_order: int = 0) -> None:
    _name(column, key)
    if found.table is not None:
        known = column if column.table is not None else found.table.c.get(column.name)
        if known is None:
            raise ArgumentError(f"Can't add additional column '{column.key}' when specifying __table__")
        found.properties[key] = known
        return
    known = found.columns.get(key)
    if known is not None and known[0] is not column:
        found.columns[f"_{key}"] = known  # a composite's column of that name: the table refuses the second one
    found.columns[key] = (column, sort_order)
    if column.key != key:
        found.properties[key] = column


def _name(column: Column[Any], key: str) -> None:
    if column.name is None:
        column.name = key
    if column.key is None:
        column.key = column.name


def _take_mapped_column(found: Declaration, base: type, key: str, value: MappedColumn, mapped: Any) -> None:
    if not found.is_dataclass:
        refuse_dataclass_options(found.class_, key, value.dataclass_options)
    if value.column.is_sentinel:
        pass
    elif isinstance(mapped, MappedType):
        complete_column(found.registry, found.class_, key, value, mapped)
    elif not value.has_type and not value.foreign_keys:
        raise ArgumentError(
            f'Python typing annotation is required for attribute "{found.class_.__name__}.{key}" when primary '
            "argument(s) "
            'for "MappedColumn" construct are None or not present'
        )
    if value.is_unmapped:
        _name(value.column, key)
        found.columns[key] = (value.column, value.sort_order or 0)
        found.unmapped.add(key)
        return
    if value.use_existing_column and found.inherits is not None:
        present = found.inherits.__table__.c.get(value.column.name or key)  # type: ignore[attr-defined]
        if present is not None:
            found.properties[key] = present
            return
    _take_column(found, key, value.column, value.sort_order or 0)
    default = default_of(value) if found.is_dataclass else NO_ARG
    if value.deferred or value.active_history or default is not NO_ARG:
        found.properties[key] = ColumnProperty(
            value.column,
            default_scalar=default,
            deferred=value.deferred,
            group=value.deferred_group,
            raiseload=value.deferred_raiseload,
            active_history=value.active_history,
        )


def complete_column(registry: Any, class_: type, key: str, value: MappedColumn, mapped: MappedType) -> None:
    """Let the annotation decide what the program left open: type and nullability."""
    for item in mapped.metadata:
        if is_a(item, MappedColumn):
            value.merged(item)
    column = value.column
    if not value.nullable_given and not column.primary_key:
        column.nullable = mapped.is_optional
        column.nullable_given = mapped.is_optional
    if value.has_type or value.foreign_keys:
        return  # a foreign key takes the type of the column that it refers to
    column.type = resolved_type(registry, class_, key, mapped)


__all__ = ["Declaration", "Mapped", "complete_column", "scan_class"]
