"""Bases of concrete hierarchies, read from a UNION of the tables of their classes; classes whose tables are reflected.

In: declarative classes with `concrete` in their mapper arguments. Out: mappers whose SELECTs read such a UNION. It is
made when mappers are configured, once all subclasses are known. And: classes that wait for `prepare()`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, ParamSpec, TypeVar

from ..engine.connection import Connection
from ..engine.engine import Engine
from ..engine.reflection import Inspector
from ..exc import ArgumentError, MovedIn20Warning
from ..inspection import inspect
from ..orm.instance.manager import manager_of_class
from ..orm.mapping import constructs, declarative, declared
from ..orm.mapping.concrete import polymorphic_union, put_under, select_from_union
from ..orm.mapping.declarative import (
    DeclarativeMeta,
    instrument_declarative,
    map_abstract_base,
    map_planned,
)
from ..orm.mapping.declared import declarative_mixin, declared_attr
from ..orm.mapping.mapper import Mapper
from ..orm.mapping.planned import PlannedMapping, planned_below
from ..schema import MetaData, Table
from ..util import warn

__all__ = [
    "AbstractConcreteBase",
    "ConcreteBase",
    "DeclarativeMeta",
    "DeferredReflection",
    "as_declarative",
    "declarative_base",
    "declarative_mixin",
    "declared_attr",
    "has_inherited_table",
    "instrument_declarative",
    "synonym_for",
]

P = ParamSpec("P")
R = TypeVar("R")


def _moved(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that moved to `cormorant.orm`, with a warning that says so."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        name = function.__name__
        warn(MovedIn20Warning(f"The ``{name}()`` function is now available as cormorant.orm.{name}()"))
        return function(*args, **kwargs)

    return call


as_declarative = _moved(declarative.as_declarative)
declarative_base = _moved(declarative.declarative_base)
has_inherited_table = _moved(declared.has_inherited_table)
synonym_for = _moved(constructs.synonym_for)


def _union_of(cls: Any, mappers: list[Mapper]) -> tuple[Any, str]:
    """Return the UNION of the tables of mappers, and the name of the column that tells the class."""
    discriminator = getattr(cls, "_concrete_discriminator_name", None) or "type"
    tables = {mapper.polymorphic_identity: mapper.local_table for mapper in mappers}
    return polymorphic_union(tables, discriminator, "pjoin"), discriminator


class ConcreteBase:
    """A mixin for the base of a concrete hierarchy that has a table itself."""

    _concrete_discriminator_name: ClassVar[str | None] = None

    @classmethod
    def __declare_first__(cls) -> None:
        mapper: Mapper = vars(cls)["__mapper__"]
        if mapper.polymorphic_rule.classes is not None:
            return
        union, discriminator = _union_of(cls, list(mapper.self_and_descendants))
        select_from_union(mapper, union, discriminator)


class AbstractConcreteBase(ConcreteBase):
    """A mixin for the base of a concrete hierarchy that has no table; it is mapped to the UNION of its subclasses.

    With `strict_attrs` the base has only the attributes that it declares.
    """

    __no_table__ = True

    @classmethod
    def __declare_first__(cls) -> None:
        for base in reversed(cls.__mro__):
            if base.__dict__.get("__no_table__") is not None or AbstractConcreteBase in base.__bases__:
                _map_base(base)


def _map_base(cls: Any) -> None:
    """Map an abstract base to the UNION of what is mapped below it, and put its subclasses under it."""
    if cls is AbstractConcreteBase or manager_of_class(cls) is not None or not _below(cls):
        return
    union, discriminator = _union_of(cls, _below(cls))
    mapper = map_abstract_base(cls, union, discriminator, strict=bool(getattr(cls, "strict_attrs", False)))
    select_from_union(mapper, union, discriminator)
    for sub in cls.__subclasses__():
        own = manager_of_class(sub)
        if own is not None and own.mapper.concrete:
            put_under(own.mapper, mapper)


def _below(cls: type) -> list[Mapper]:
    """Return the mappers of all subclasses, the last defined first."""
    found: list[Mapper] = []
    stack: list[type] = list(cls.__subclasses__())
    while stack:
        sub = stack.pop()
        stack.extend(sub.__subclasses__())
        manager = manager_of_class(sub)
        if manager is not None:
            found.append(manager.mapper)
    return found


class DeferredReflection:
    """A mixin for classes whose tables are read from the database: they are mapped by `prepare()`."""

    _sa_decl_prepare: ClassVar[str] = "DeferredReflection"

    @classmethod
    def prepare(cls, bind: Any, **reflect_kw: Any) -> None:
        """Read the tables of all classes below this one, and map the classes; options are those of MetaData.reflect."""
        if not isinstance(bind, (Engine, Connection)):
            raise ArgumentError(f"Expected Engine or Connection, got {bind!r}")
        waiting = list(planned_below(cls))
        with inspect(bind).on_one_connection() as inspector:
            _reflect([planned.table for planned in waiting], inspector, reflect_kw)
            for planned in waiting:
                map_planned(planned)
            _reflect([table for planned in waiting for table in _secondaries(planned)], inspector, reflect_kw)


def _reflect(tables: list[Any], inspector: Inspector, options: dict[str, Any]) -> None:
    """Read tables, those of one MetaData and schema together; what the program declared of them stays."""
    named: dict[tuple[MetaData, str | None], list[str]] = {}
    for table in tables:
        if isinstance(table, Table):
            named.setdefault((table.metadata, table.schema), []).append(str(table.name))
    for (metadata, schema), names in named.items():
        metadata.reflect(inspector, schema=schema, only=names, extend_existing=True, autoload_replace=False, **options)


def _secondaries(planned: PlannedMapping) -> list[Table]:
    """The tables between two classes that have no columns yet, or are only named."""
    found: list[Table] = []
    for prop in planned.properties.values():
        given: Any = getattr(prop, "secondary", None)
        if isinstance(given, str):
            metadata: MetaData = getattr(planned.class_, "metadata", planned.registry.metadata)
            given = metadata.tables[given] if given in metadata.tables else Table(given, metadata)
        if isinstance(given, Table) and not len(given.c):
            found.append(given)
    return found
