"""Declarative classes: bases whose subclasses are mapped when they are defined.

In: class definitions. Out: tables and mappers. `DeclarativeBase` maps in `__init_subclass__`, `declarative_base()`
makes a base with a metaclass; both do the same in `map_class`. Attributes assigned later become mapped attributes too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ...exc import InvalidRequestError
from ...inspection import Inspectable
from ...schema import Column, MetaData, Table
from ..instance.checks import is_a
from ..instance.construct import set_keywords
from ..instance.manager import manager_of_class
from .build import build_mapper
from .conditions import bare_column
from .dataclassed import dataclass_options, make_dataclass, mapped_as_dataclass
from .mapped_column import MappedColumn
from .mapper import Mapper
from .planned import PlannedMapping, take_plan, waits
from .properties import MapperProperty
from .registry import Registry
from .scan import Declaration, scan_class

T = TypeVar("T")


# --- mapping one class


def map_class(class_: type, registry: Registry) -> Mapper | None:
    """Map a declarative class; None for an abstract one, and for one that waits for its table."""
    if class_.__dict__.get("__abstract__") or any(base.__dict__.get("__no_table__") for base in class_.__bases__):
        return None
    options = dataclass_options(class_)
    if options is not None:
        make_dataclass(class_, options)
    declared = scan_class(class_, registry)
    table = declared.table if declared.table is not None else _make_table(declared)
    if table is None and declared.inherits is None:
        raise InvalidRequestError(
            f"Class {class_!r} does not have a __table__ or __tablename__ specified and does not inherit from an "
            "existing table-mapped class."
        )
    if table is not None:
        class_.__table__ = table  # type: ignore[attr-defined]
    planned = PlannedMapping(class_, registry, table, _properties(declared, table), declared)
    if waits(class_):
        registry.planned[class_] = planned
        return None
    return _map(planned)


def map_planned(planned: PlannedMapping) -> Mapper:
    """Map a class whose mapping was put off."""
    take_plan(planned)
    return _map(planned)


def _map(planned: PlannedMapping) -> Mapper:
    class_, arguments = planned.class_, _mapper_arguments(planned.declared)
    make = getattr(class_, "__mapper_cls__", None)
    if make is not None:
        mapper = make(class_, planned.table, **arguments, properties=planned.properties)
    else:
        mapper = build_mapper(class_, planned.table, planned.registry, **arguments, properties=planned.properties)
    for key in planned.declared.unmapped & class_.__dict__.keys():
        type.__delattr__(class_, key)
    registry: Registry = planned.registry
    return registry.add(mapper, warns=True)


def map_abstract_base(class_: Any, union: Any, discriminator: str, *, strict: bool) -> Mapper:
    """Map the base of a concrete hierarchy to the UNION of its subclasses' tables.

    It has all columns of the union, if it is `strict` those that it declares and the key.
    """
    registry: Registry = class_._sa_registry
    declared = scan_class(class_, registry)
    named = {key: union.c.get(column.key) for key, (column, _) in declared.columns.items()}
    columns = {key: column for key, column in named.items() if column is not None}
    arguments = {**_mapper_arguments(declared), "polymorphic_on": union.c[discriminator]}
    if strict:
        keys = [column.key for column in union.primary_key]
        arguments["include_properties"] = {*keys, *(column.key for column in columns.values()), discriminator}
    properties = {**columns, **declared.properties}
    class_.__table__ = union
    return registry.add(build_mapper(class_, union, registry, **arguments, properties=properties))


def instrument_declarative(cls: type, class_registry: dict[str, Any], metadata: MetaData) -> None:
    """Map a class declaratively, with a registry of names and metadata of its own."""
    DeclarativeRegistry(metadata=metadata, class_registry=class_registry).map_declaratively(cls)


def _make_table(declared: Declaration) -> Any:
    """Return the table that the class declares; None for single-table inheritance, whose columns join the parent's."""
    columns = sorted(declared.columns.values(), key=lambda pair: pair[1])
    in_order = list(dict.fromkeys(column for column, _ in columns))
    if declared.tablename is None:
        _add_to_parent(declared, in_order)
        return None
    positional, keywords = _table_arguments(declared.table_args)
    metadata = getattr(declared.class_, "metadata", None)
    if not isinstance(metadata, MetaData):
        metadata = declared.registry.metadata
    make = getattr(declared.class_, "__table_cls__", Table)
    made = make(declared.tablename, metadata, *in_order, *positional, **keywords)
    if made is None:
        _add_to_parent(declared, in_order)
    return made


def _add_to_parent(declared: Declaration, columns: list[Column[Any]]) -> None:
    if declared.inherits is None:
        return
    parent: Any = declared.inherits
    table = parent.__table__
    for column in columns:
        if column.primary_key:
            raise InvalidRequestError(
                f"Can't place primary key columns on an inherited class with no table: {declared.class_.__name__}."
                f"{column.key}"
            )
        if column.name in table.c:
            raise InvalidRequestError(
                f"Column '{column.name}' on class {declared.class_.__name__} conflicts with existing column "
                f"'{table.c[column.name]}'.  If using Declarative, consider using the use_existing_column parameter of "
                "mapped_column() to resolve conflicts."
            )
        table.append_column(column)


def _table_arguments(given: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if given is None:
        return (), {}
    if is_a(given, dict):
        return (), given
    if given and is_a(given[-1], dict):
        return tuple(map(_element, given[:-1])), given[-1]
    return tuple(map(_element, given)), {}


def _element(item: Any) -> Any:
    return item.column if isinstance(item, MappedColumn) else item


def _properties(declared: Declaration, table: Any) -> dict[str, Any]:
    """Return the explicit properties, and for a class without table, or with its parent's, its own columns."""
    is_shared = table is None or table is getattr(declared.inherits, "__table__", None)
    explicit = dict(declared.mapper_args.pop("properties", {}))
    found: dict[str, Any] = {}
    for key, (column, _) in declared.columns.items():
        if key not in declared.unmapped and (is_shared or column.key != key):
            found[key] = column
    return {**found, **declared.properties, **explicit}


COLUMN_ARGUMENTS = ("polymorphic_on", "version_id_col")


def _mapper_arguments(declared: Declaration) -> dict[str, Any]:
    arguments = dict(declared.mapper_args)
    if declared.inherits is not None:
        arguments.setdefault("inherits", declared.inherits)
    for name in COLUMN_ARGUMENTS:
        given = arguments.get(name)
        if given is not None and not isinstance(given, str):
            arguments[name] = bare_column(given)
    if declared.unmapped:
        columns = [declared.columns[key][0] for key in declared.unmapped]
        arguments["exclude_properties"] = [*(arguments.get("exclude_properties") or ()), *columns]
    if arguments.get("primary_key") is not None:
        arguments["primary_key"] = [bare_column(column) for column in arguments["primary_key"]]
    return arguments


def add_attribute(class_: type, key: str, value: Any) -> None:
    """Take an attribute that was assigned to a mapped class: columns and properties are mapped, the rest is set."""
    manager = manager_of_class(class_)
    if manager is None or manager.mapper is None or not isinstance(value, (Column, MappedColumn, MapperProperty)):
        type.__setattr__(class_, key, value)
        return
    mapper: Mapper = manager.mapper
    if isinstance(value, MappedColumn):
        value = value.column
    if isinstance(value, Column) and value.table is None:
        value.name = value.name or key
        value.key = value.key or value.name
        mapper.local_table.append_column(value)
    mapper.registry.add_property(mapper, key, value)


# --- bases


class DeclarativeAttributeIntercept(type):
    """The metaclass of declarative bases: what is assigned to a mapped class is mapped."""

    def __setattr__(cls, key: str, value: Any) -> None:
        if "__mapper__" in cls.__dict__:
            add_attribute(cls, key, value)
        else:
            type.__setattr__(cls, key, value)


class DeclarativeMeta(DeclarativeAttributeIntercept):
    """The metaclass of bases made by `declarative_base()`; maps each new class."""

    metadata: MetaData
    registry: Registry

    def __init__(cls, classname: str, bases: tuple[type, ...], dict_: dict[str, Any], **kw: Any) -> None:
        registry = getattr(cls, "_sa_registry", None) or cls.__dict__.get("registry")
        if isinstance(registry, Registry) and "_sa_registry" not in cls.__dict__:
            type.__setattr__(cls, "_sa_registry", registry)
        if isinstance(registry, Registry) and not cls.__dict__.get("__abstract__", False):
            map_class(cls, registry)
        super().__init__(classname, bases, dict_)


class DeclarativeRegistry(Registry):
    """A registry that also maps declaratively; public as `registry`."""

    def generate_base(
        self,
        mapper: Callable[..., Mapper] | None = None,
        cls: Any = object,
        name: str = "Base",
        metaclass: type[Any] = DeclarativeMeta,
    ) -> Any:
        """Return a base class whose subclasses are mapped by this registry."""
        bases: tuple[Any, ...] = cls if is_a(cls, tuple) else (cls,)
        body: dict[str, Any] = {"registry": self, "metadata": self.metadata, "__abstract__": True}
        if isinstance(cls, type):
            body["__doc__"] = cls.__doc__
        if mapper is not None:
            body["__mapper_cls__"] = mapper
        if self.constructor is not None and not any(
            "__init__" in base.__dict__ for base in bases if base is not object
        ):
            body["__init__"] = self.constructor
        return metaclass(name, bases, body)

    def mapped(self, cls: type[T]) -> type[T]:
        """Map a class declaratively; a class decorator."""
        map_class(cls, self)
        return cls

    def mapped_as_dataclass(self, cls: Any = None, /, **options: Any) -> Any:
        """Make a class a dataclass and map it; a class decorator, with or without options."""
        decorate: Callable[[Any], Any] = mapped_as_dataclass(self, **options)
        return decorate if cls is None else decorate(cls)

    def map_declaratively(self, cls: type) -> Mapper:
        """Map a class declaratively; returns the mapper."""
        map_class(cls, self)
        mapper: Mapper = cls.__dict__["__mapper__"]
        return mapper

    def as_declarative_base(self, **kw: Any) -> Callable[[type[T]], type[T]]:
        """Return a class decorator that makes a class a declarative base of this registry."""

        def decorate(cls: type[T]) -> type[T]:
            kw.setdefault("name", cls.__name__)
            made: type[T] = self.generate_base(cls=cls, **kw)
            return made

        return decorate


def _setup_base(cls: type) -> None:
    """Give a new base its registry and metadata: its own, or new ones."""
    registry = cls.__dict__.get("registry")
    metadata = cls.__dict__.get("metadata")
    type_map = cls.__dict__.get("type_annotation_map")
    if registry is None:
        registry = DeclarativeRegistry(metadata=metadata, type_annotation_map=type_map)
    elif type_map:
        registry.update_type_annotation_map(type_map)
    type.__setattr__(cls, "registry", registry)
    type.__setattr__(cls, "_sa_registry", registry)
    if metadata is None:
        type.__setattr__(cls, "metadata", registry.metadata)
    if "__init__" not in cls.__dict__ and registry.constructor is not None:
        type.__setattr__(cls, "__init__", registry.constructor)


class DeclarativeBase(Inspectable[Any], metaclass=DeclarativeAttributeIntercept):
    """The base of declarative bases: `class Base(DeclarativeBase): pass`. Subclasses of `Base` are mapped."""

    registry: ClassVar[Registry]
    _sa_registry: ClassVar[Registry]
    metadata: ClassVar[MetaData]
    __table__: ClassVar[Any]
    __mapper__: ClassVar[Mapper]
    __tablename__: Any
    __table_args__: Any
    __mapper_args__: Any

    if TYPE_CHECKING:

        def __init__(self, **kw: Any) -> None: ...

    def __init_subclass__(cls, **kw: Any) -> None:
        if DeclarativeBase in cls.__bases__:
            _setup_base(cls)
        else:
            map_class(cls, cls._sa_registry)
        super().__init_subclass__(**kw)


class DeclarativeBaseNoMeta(Inspectable[Any]):
    """Like DeclarativeBase without a metaclass; attributes assigned later are not mapped."""

    registry: ClassVar[Registry]
    _sa_registry: ClassVar[Registry]
    metadata: ClassVar[MetaData]
    __table__: ClassVar[Any]
    __mapper__: ClassVar[Mapper]

    if TYPE_CHECKING:

        def __init__(self, **kw: Any) -> None: ...

    def __init_subclass__(cls, **kw: Any) -> None:
        if DeclarativeBaseNoMeta in cls.__bases__:
            _setup_base(cls)
        else:
            map_class(cls, cls._sa_registry)
        super().__init_subclass__(**kw)


def declarative_base(
    *,
    metadata: MetaData | None = None,
    mapper: Callable[..., Mapper] | None = None,
    cls: Any = object,
    name: str = "Base",
    class_registry: dict[str, Any] | None = None,
    type_annotation_map: Any = None,
    constructor: Callable[..., None] | None = set_keywords,
    metaclass: type[Any] = DeclarativeMeta,
) -> Any:
    """Return a base class whose subclasses are mapped when they are defined."""
    registry = DeclarativeRegistry(
        metadata=metadata,
        class_registry=class_registry,
        type_annotation_map=type_annotation_map,
        constructor=constructor,
    )
    return registry.generate_base(mapper=mapper, cls=cls, name=name, metaclass=metaclass)


def as_declarative(**kw: Any) -> Callable[[type[T]], type[T]]:
    """Return a class decorator that makes a class a declarative base with a registry of its own."""
    metadata, class_registry = kw.pop("metadata", None), kw.pop("class_registry", None)
    return DeclarativeRegistry(metadata=metadata, class_registry=class_registry).as_declarative_base(**kw)


registry = DeclarativeRegistry
"""The public name."""


def add_mapped_attribute(target: type, key: str, attr: Any) -> None:
    """Map one more attribute of a mapped class."""
    add_attribute(target, key, attr)
