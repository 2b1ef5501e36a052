"""From what a program gave to relationship() to mappers, columns and conditions.

In: classes, mappers, text, callables, columns, attributes. Out: the relationship's fields in their final types. Runs
when mappers are configured, before `wiring.wire`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...exc import ArgumentError
from ..instance.checks import is_a
from ..instance.errors import UnmappedClassError
from ..instance.factory import collection_factory
from ..instance.manager import manager_of_class
from .conditions import as_expression, bare_column
from .entity import without_entities
from .mapper import Mapper
from .names import evaluate
from .relationship import RelationshipProperty


def resolve_target(prop: RelationshipProperty) -> Mapper:
    """Return the mapper that a relationship leads to, and keep it."""
    if prop.target_mapper is not None:
        found: Mapper = prop.target_mapper
        return found
    argument = _value(prop, prop.argument)
    if getattr(argument, "_sa_entity", None) is not None and not isinstance(argument, type):
        prop.target_entity = argument._sa_entity
        prop.target_mapper = prop.target_entity.mapper
    elif isinstance(argument, Mapper):
        prop.target_mapper = argument
    elif isinstance(argument, type):
        prop.target_mapper = _mapper_of(prop, argument)
    else:
        raise ArgumentError(
            f"relationship '{prop.key}' expects a class or a mapper argument (received: {type(argument)})"
        )
    return prop.target_mapper  # type: ignore[no-any-return]


def _mapper_of(prop: RelationshipProperty, class_: type) -> Mapper:
    """Return the mapper of a class; an annotation means the registry's own class of that name where there is one."""
    manager = manager_of_class(class_)
    registry = prop.parent.registry
    if prop.is_argument_annotated and (manager is None or manager.registry is not registry):
        named = registry.classes_named(class_.__name__)
        manager = manager_of_class(named[0]) if len(named) == 1 else manager
    if manager is None or manager.mapper is None:
        raise UnmappedClassError(class_)
    found: Mapper = manager.mapper
    return found


def resolve_arguments(prop: RelationshipProperty) -> None:
    """Turn text, callables and attributes into columns, tables and conditions."""
    prop.secondary = _as_table(prop, _value(prop, prop.secondary))
    for name in ("primaryjoin", "secondaryjoin"):
        given = _value(prop, getattr(prop, name))
        setattr(prop, name, None if given is None else as_expression(given))
    prop.foreign_keys = _columns(prop, prop.foreign_keys, "foreign_keys")
    prop.remote_side = _columns(prop, prop.remote_side, "remote_side")
    if prop.order_by is not False and prop.order_by is not None:
        prop.order_by = tuple(as_expression(item) for item in _many(_value(prop, prop.order_by)))


def _value(prop: RelationshipProperty, given: Any) -> Any:
    if isinstance(given, str):
        return evaluate(prop.parent.registry, prop.parent, prop, given)
    if hasattr(given, "_sa_entity"):
        return given
    if callable(given) and not isinstance(given, (type, Mapper)) and not hasattr(given, "__clause_element__"):
        return _value(prop, given())
    return given


def _many(given: Any) -> Iterable[Any]:
    found: Iterable[Any] = given if is_a(given, list, tuple, set, frozenset) else (given,)
    return found


def _as_table(prop: RelationshipProperty, given: Any) -> Any:
    if given is None or getattr(given, "is_from_clause", False):
        return None if given is None else without_entities(given)
    if is_a(given, type) and hasattr(given, "__table__"):
        return given.__table__
    raise ArgumentError(f"secondary argument {given!r} passed to relationship() {prop} must be a Table or its name")


def _columns(prop: RelationshipProperty, given: Any, name: str) -> frozenset[Any] | None:
    if given is None:
        return None
    found = list(_many(_value(prop, given)))
    for item in found:
        if isinstance(item, str):
            raise ArgumentError(
                f"Column expression expected for argument '{name}'; got {item!r}.  Give columns, or one text for all: "
                f'"[{", ".join(map(str, found))}]"'
            )
    return frozenset(
        bare_column(getattr(item, "columns", (item,))[0] if _is_property(item) else item) for item in found
    )


def _is_property(item: Any) -> bool:
    return bool(getattr(item, "is_property", False)) and not hasattr(item, "__clause_element__")


def fill_wire(prop: RelationshipProperty) -> None:
    """Fill the part of a wired relationship that its attribute reads."""
    wire = prop.wire
    wire.key = prop.key
    wire.property = prop
    wire.uselist = bool(prop.uselist)
    wire.save_update = prop.cascade.save_update
    wire.delete_orphan = prop.cascade.delete_orphan
    wire.holds_other_key = prop.direction.name != "MANYTOONE"
    wire.load_on_pending = prop.load_on_pending
    wire.single_parent = prop.single_parent
    wire.tracks_parent = prop.single_parent or prop.direction.name == "ONETOMANY"
    if prop.uselist:
        wire.collection_factory = collection_factory(prop.collection_class)
