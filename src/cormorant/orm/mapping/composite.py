"""composite(): one attribute whose value is an object made of the values of several columns.

In: a class and attributes, columns or mapped_columns. Out: a property whose descriptor builds the object from the
column attributes when it is read, and writes them when it is set. The column attributes keep history and persistence.
"""

from __future__ import annotations

import dataclasses
import inspect as python_inspect
from collections.abc import Callable
from typing import Any, ClassVar

from ...exc import ArgumentError
from ...schema import Column
from ...sql.logic import and_
from ...types.operators import eq, ne
from ...util import NO_ARG
from ..instance.symbols import STATE
from .annotated import MappedType, read_type
from .attribute import InstrumentedAttribute
from .comparators import PropComparator
from .mapped_column import MappedColumn
from .properties import MapperProperty
from .scan import complete_column
from .streams import views


class CompositeComparator(PropComparator):
    """The operators of a composite: equality by all columns."""

    @property
    def columns(self) -> list[Any]:
        """The column expressions."""
        entity = self._parententity.entity
        return [getattr(entity, key).__clause_element__() for key in self.prop.attribute_keys]

    def __clause_element__(self) -> Any:
        return views.composite(self.prop, self.columns)

    def __eq__(self, other: object) -> Any:
        values = self.prop.values_of(other)
        return and_(*(column == value for column, value in zip(self.columns, values, strict=True)))

    def __ne__(self, other: object) -> Any:
        return ~(self == other)

    __hash__ = object.__hash__

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        if op in (eq, ne):
            return op(self, *other)
        raise NotImplementedError(f"{op.__name__} of composite {self.prop}: give a comparator_factory that defines it")


class CompositeProperty(MapperProperty):
    """A composite attribute of a mapper."""

    is_composite: ClassVar[bool] = True
    Comparator: ClassVar[Any] = CompositeComparator
    default_comparator: ClassVar[Any] = CompositeComparator

    def __init__(
        self,
        _class_or_attr: Any = None,
        *attrs: Any,
        return_none_on: Any = NO_ARG,
        active_history: bool = False,
        deferred: bool = False,
        raiseload: bool = False,
        group: str | None = None,
        comparator_factory: Any = None,
        column_template: Any = None,
        info: dict[str, Any] | None = None,
        doc: str | None = None,
    ) -> None:
        super().__init__(info, doc)
        if column_template is not None:
            raise ArgumentError("composite(column_template=...) is not available yet; name the columns")
        is_maker = _class_or_attr is not None and not _is_attribute(_class_or_attr)
        self.composite_class: Any = _class_or_attr if is_maker else None
        self.attrs: tuple[Any, ...] = attrs if is_maker or _class_or_attr is None else (_class_or_attr, *attrs)
        if return_none_on is not NO_ARG:
            raise ArgumentError("composite(return_none_on=...) is not available yet; a composite of only NULLs is None")
        self.active_history = active_history
        self.deferred = deferred
        self.raiseload = raiseload
        self.group = group
        self.comparator_factory = comparator_factory
        self.attribute_keys: tuple[str, ...] = ()

    def take_annotation(self, found: Any, key: str, mapped: Any) -> None:
        """Learn the class from the annotation, and declare the columns given inside."""
        if self.composite_class is None and isinstance(mapped, MappedType):
            self.composite_class = mapped.bare
        if self.composite_class is None:
            raise ArgumentError(f"composite() attribute '{key}' needs a class, as its first argument or as annotation")
        self.key = key
        if dataclasses.is_dataclass(self.composite_class):
            self._take_types(found)
        self._make_columns(found)

    def _take_types(self, found: Any) -> None:
        """Let the fields of a dataclass decide what the program left open: columns, their types, their nullability."""
        fields = dataclasses.fields(self.composite_class)
        self.attrs += tuple([MappedColumn() for _ in fields[len(self.attrs) :]])
        for field, attr in zip(fields, self.attrs, strict=False):
            if isinstance(attr, MappedColumn):
                complete_column(
                    found.registry, found.class_, field.name, attr, read_type(self.composite_class, field.type)
                )

    def _make_columns(self, found: Any) -> None:
        for name, attr in zip(_field_names(self.composite_class), self.attrs, strict=False):
            column = attr.column if isinstance(attr, MappedColumn) else attr
            if not isinstance(column, Column) or column.table is not None:
                continue
            if column.name is None:
                column.name = column.key = name
            if not any(known is column for known, _ in found.columns.values()):
                found.columns[f"_{self.key}_{column.key}" if column.key in found.columns else column.key] = (column, 0)

    def complete(self) -> None:
        """Find the attributes that hold the columns; runs when mappers are configured."""
        if self.attribute_keys:
            return
        keys: list[str] = []
        for attr in self.attrs:
            element = attr.__clause_element__() if hasattr(attr, "__clause_element__") else attr
            if isinstance(element, str):
                keys.append(element)
            else:
                keys.append(self.parent.key_of(element._deannotate()))
        self.attribute_keys = tuple(keys)

    @property
    def props(self) -> list[Any]:
        """The column properties."""
        return [self.parent.properties[key] for key in self.attribute_keys]

    @property
    def columns(self) -> list[Any]:
        """The columns."""
        return [prop.columns[0] for prop in self.props]

    def values_of(self, value: Any) -> tuple[Any, ...]:
        """Return the column values of an object; all None for None."""
        if value is None:
            return (None,) * len(self.attribute_keys)
        reader = getattr(value, "__composite_values__", None)
        if reader is not None:
            return tuple(reader())
        if dataclasses.is_dataclass(value):
            return tuple(getattr(value, field.name) for field in dataclasses.fields(value))
        raise ArgumentError(f"{type(value).__name__} must define __composite_values__() or be a dataclass")

    def made_of(self, values: Any) -> Any:
        """Return the object for the values of the columns."""
        return self.composite_class(*values)

    def make_descriptor(self, manager: Any, mapper: Any) -> CompositeAttribute:
        """Return the attribute for a class."""
        return CompositeAttribute(self, manager, mapper)


Composite = CompositeProperty


def _is_attribute(given: Any) -> bool:
    return isinstance(given, (str, MappedColumn, Column)) or hasattr(given, "__clause_element__")


def _field_names(cls: Any) -> list[str]:
    if dataclasses.is_dataclass(cls):
        return [field.name for field in dataclasses.fields(cls)]
    parameters: Callable[..., Any] = cls if not isinstance(cls, type) else cls.__init__  # type: ignore[misc]
    return [name for name in python_inspect.signature(parameters).parameters if name != "self"]


class CompositeAttribute(InstrumentedAttribute[Any]):
    """Builds the object from the column attributes, and remembers it until one of them changes."""

    def __init__(self, prop: CompositeProperty, manager: Any, mapper: Any) -> None:
        self.key = prop.key
        self.bind(prop, manager, mapper)

    def assignments(self, value: Any) -> list[tuple[Any, Any]]:
        """Return the columns and their values for an UPDATE or INSERT that names the composite."""
        self.prop.parent.ensure_configured()
        return list(zip(self.comparator.columns, self.prop.values_of(value), strict=True))

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        if obj is None:
            return self
        self.prop.parent.ensure_configured()
        values = tuple(getattr(obj, key) for key in self.prop.attribute_keys)
        known = obj.__dict__.get(self.key)
        if known is not None and self.prop.values_of(known) == values:
            return self._followed(obj, known)
        if all(value is None for value in values):
            obj.__dict__.pop(self.key, None)
            return None
        made = obj.__dict__[self.key] = self.prop.composite_class(*values)
        return self._followed(obj, made)

    def __set__(self, obj: Any, value: Any) -> None:
        self.prop.parent.ensure_configured()
        if hasattr(self.prop.composite_class, "note_parent"):
            value = self.prop.composite_class.coerce(self.key, value)
        for key, one in zip(self.prop.attribute_keys, self.prop.values_of(value), strict=True):
            setattr(obj, key, one)
        if value is None:
            obj.__dict__.pop(self.key, None)
        else:
            obj.__dict__[self.key] = self._followed(obj, value)

    def _followed(self, obj: Any, value: Any) -> Any:
        """Tell a value that wants to know it which object holds it (`ext.mutable`)."""
        if hasattr(value, "note_parent"):
            value.note_parent(obj.__dict__[STATE], self.key)
        return value

    def __delete__(self, obj: Any) -> None:
        self.__set__(obj, None)
