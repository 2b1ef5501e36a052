"""composite(): one attribute whose value is an object made of the values of several columns.

In: a class and attributes, columns or mapped_columns. Out: a property whose descriptor builds the object from the
column attributes when it is read, and writes them when it is set. The column attributes keep history and persistence.
"""

from __future__ import annotations

import dataclasses
import inspect as python_inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from ...exc import ArgumentError, InvalidRequestError
from ...schema import Column
from ...sql.logic import and_
from ...sql.operations import UnaryExpression
from ...types.operators import asc_op, desc_op, eq, ge, gt, le, lt, ne, nulls_first_op, nulls_last_op
from ...util import NO_ARG
from ..instance.checks import is_a
from ..instance.history import History
from ..instance.symbols import PASSIVE_OFF
from .annotated import MappedType, read_type
from .comparators import PropComparator
from .composite_attribute import CompositeAttribute
from .mapped_column import MappedColumn
from .properties import MapperProperty, T
from .scan import complete_column
from .streams import views

if TYPE_CHECKING:  # for type checkers, what declares an attribute is assigned to one that is annotated as `Mapped`
    from .annotated import Mapped as Declared
else:
    Declared = Generic

COMPARISONS = frozenset({eq, ne, lt, le, gt, ge})
ORDERINGS = frozenset({asc_op, desc_op, nulls_first_op, nulls_last_op})


class CompositeComparator(PropComparator):
    """The operators of a composite: comparisons hold where they hold for each column."""

    @property
    def columns(self) -> list[Any]:
        """The column expressions."""
        entity = self._parententity.entity
        return [getattr(entity, key).__clause_element__() for key in self.prop.attribute_keys]

    def __clause_element__(self) -> Any:
        return views.composite(self.prop, self.columns)

    def __eq__(self, other: object) -> Any:
        return self._compared(eq, other)

    def __ne__(self, other: object) -> Any:
        return self._compared(ne, other)

    def __lt__(self, other: Any) -> Any:
        return self._compared(lt, other)

    def __le__(self, other: Any) -> Any:
        return self._compared(le, other)

    def __gt__(self, other: Any) -> Any:
        return self._compared(gt, other)

    def __ge__(self, other: Any) -> Any:
        return self._compared(ge, other)

    __hash__ = object.__hash__

    def _compared(self, op: Any, other: Any) -> Any:
        values = self.prop.values_of(other)
        return and_(*(op(column, value) for column, value in zip(self.columns, values, strict=True)))

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        if op in COMPARISONS:
            return op(self, *other)
        if op in ORDERINGS:
            return UnaryExpression(self.__clause_element__(), modifier=op)
        raise NotImplementedError(f"{op.__name__} of composite {self.prop}: give a comparator_factory that defines it")


class CompositeProperty(MapperProperty[T], Declared[T]):
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
        _check_template(column_template)
        self.column_template = column_template
        is_maker = _class_or_attr is not None and not _is_attribute(_class_or_attr)
        self.composite_class: Any = _class_or_attr if is_maker else None
        self.attrs: tuple[Any, ...] = attrs if is_maker or _class_or_attr is None else (_class_or_attr, *attrs)
        self.return_none_on: Any = return_none_on
        """Tells of the columns' values whether they make None; absent, it follows from the annotation."""
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
            if mapped.is_optional and self.return_none_on is NO_ARG:
                self.return_none_on = _all_none
        if self.composite_class is None:
            raise ArgumentError(f"composite() attribute '{key}' needs a class, as its first argument or as annotation")
        self.key = key
        fields = _typed_fields(self.composite_class)
        if fields is not None:
            self._take_types(found, fields)
        self._make_columns(found)

    def _take_types(self, found: Any, fields: Sequence[tuple[str, Any]]) -> None:
        """Let the fields of a class decide what the program left open: columns, their types, their nullability."""
        if len(self.attrs) > len(fields):
            raise ArgumentError(
                f"number of composite attributes {len(self.attrs)} exceeds that of the number of attributes in class "
                f"{self.composite_class.__name__} {len(fields)}"
            )
        self.attrs += tuple([self._made_column(name) for name, _ in fields[len(self.attrs) :]])
        for (name, type_), attr in zip(fields, self.attrs, strict=True):
            if is_a(attr, MappedColumn) and type_ is not None:
                complete_column(found.registry, found.class_, name, attr, read_type(self.composite_class, type_))

    def _made_column(self, name: str) -> MappedColumn:
        return MappedColumn() if self.column_template is None else MappedColumn(self.column_template % name)

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
                keys.append(self.parent.get_property(element).key)
            else:
                keys.append(self.parent.key_of(element._deannotate()))
        self.attribute_keys = tuple(keys)
        for mapper in self.parent.self_and_descendants:
            self._hand_down(mapper)

    def _hand_down(self, mapper: Any) -> None:
        """Let the column attributes of a class be loaded and watched as the composite says."""
        for key in self.attribute_keys:
            if self.deferred:
                mapper.properties[key].deferred, mapper.properties[key].group = True, self.group
            if self.active_history:
                mapper.properties[key].active_history = True
                mapper.class_manager.attributes[key].active_history = True

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
        cls = self.composite_class
        if hasattr(cls, "__composite_values__") or hasattr(value, "__composite_values__"):
            return tuple(value.__composite_values__())
        if dataclasses.is_dataclass(cls):
            return tuple(getattr(value, field.name) for field in dataclasses.fields(cls))
        raise InvalidRequestError(
            f"Composite class {cls.__name__} is not a dataclass and does not define a __composite_values__() method; "
            "can't get state"
        )

    def made_of(self, values: Any) -> Any:
        """Return the object for the values of the columns, or None where they make none."""
        is_none = self.return_none_on
        if is_none is not NO_ARG and is_none is not None and is_none(*values):
            return None
        return self.composite_class(*values)

    def get_history(self, state: Any, dict_: Any = None, passive: Any = PASSIVE_OFF) -> History:
        """Return the objects before and after the changes of the columns."""
        history: History = getattr(state.class_, self.key).get_history(state, passive)
        return history

    def make_descriptor(self, manager: Any, mapper: Any) -> CompositeAttribute:
        """Return the attribute for a class."""
        return CompositeAttribute(self, manager, mapper)


Composite = CompositeProperty


def _is_attribute(given: Any) -> bool:
    return isinstance(given, (str, MappedColumn, Column)) or hasattr(given, "__clause_element__")


def _all_none(*values: Any) -> bool:
    return all(value is None for value in values)


def _check_template(template: Any) -> None:
    if template is None or (isinstance(template, str) and template.replace("%%", "").count("%s") == 1):
        return
    raise ArgumentError(
        f"column_template {template!r} is not a valid template; expected a string containing exactly one '%s' "
        "placeholder"
    )


def _typed_fields(cls: Any) -> Sequence[tuple[str, Any]] | None:
    """Return the names and annotated types of the fields of a dataclass; other classes tell no types."""
    if dataclasses.is_dataclass(cls):
        return [(field.name, field.type) for field in dataclasses.fields(cls)]
    return None


def _field_names(cls: Any) -> list[str]:
    if dataclasses.is_dataclass(cls):
        return [field.name for field in dataclasses.fields(cls)]
    parameters: Callable[..., Any] = cls if not isinstance(cls, type) else cls.__init__  # type: ignore[misc]
    return [name for name in python_inspect.signature(parameters).parameters if name != "self"]
