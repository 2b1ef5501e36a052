"""event.listen() for mappers, instances, attributes and registries.

In: a target (mapped class, mapper, attribute, registry, or `Mapper` for all) and options. Out: the hook tables to
fill, and listeners adapted to how hooks are called: with states, of which listeners get the instances unless they say `raw`; with
`retval` what they return replaces the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...event import Registration, register_resolver, register_target
from ...event.catalogue import ATTRIBUTE, INSTANCE, MAPPER, REGISTRY
from ..instance.manager import MANAGER_ATTR
from .attribute import QueryableAttribute
from .hooks import (
    GENERAL,
    GENERAL_REGISTRY,
    heritage,
    mappers_below,
    own_attribute_hooks,
    own_instance_hooks,
    own_mapper_hooks,
)
from .mapper import Mapper
from .registry import Registry

Function = Callable[..., Any]
Options = Mapping[str, Any]
OPTIONS = ("raw", "propagate", "retval", "restore_load_context")


# --- mappers and instances


def _class_of(target: Any) -> type:
    """Return the class that a target stands for; `object` for all of them."""
    if isinstance(target, Mapper):
        return target.class_
    if target is Mapper or getattr(target, "is_general_mapper_target", False):
        return object
    found: type = target
    return found


def _locate_mapper(target: Any, event: str, options: Options) -> Iterable[Any]:
    class_ = _class_of(target)
    if class_ is object:
        return [GENERAL]
    return _tables(class_, own_mapper_hooks, options)


def _locate_instances(target: Any, event: str, options: Options) -> Iterable[Any]:
    return _tables(_class_of(target), own_instance_hooks, options)


def _tables(class_: type, kind: Callable[[Mapper], Any], options: Options) -> list[Any]:
    """Return the table of a class; with `propagate`, or for removal, also those below it and the heritage."""
    mappers = list(_all_mappers()) if class_ is object else list(mappers_below(class_))
    is_mapped = MANAGER_ATTR in class_.__dict__
    if is_mapped and options and not options.get("propagate"):
        return [kind(mapper) for mapper in mappers if mapper.class_ is class_]
    if is_mapped and not options.get("propagate", not options):
        mappers = [mapper for mapper in mappers if mapper.class_ is class_]
        return [kind(mapper) for mapper in mappers]
    return [*(kind(mapper) for mapper in mappers), heritage(class_, kind)]


def _all_mappers() -> Iterable[Mapper]:
    return mappers_below(object)


def _with_instance(position: int) -> Callable[[Function, str, Options], Function]:
    """Return the adapter that hands the instance instead of the state at a position."""

    def adapt(function: Function, name: str, options: Options) -> Function:
        if options.get("raw"):
            return function

        def listener(*args: Any) -> Any:
            return function(*args[:position], args[position].obj(), *args[position + 1 :])

        return listener

    return adapt


WITHOUT_TARGET = frozenset(
    {
        "after_configured",
        "after_mapper_constructed",
        "before_configured",
        "before_mapper_configured",
        "instrument_class",
        "mapper_configured",
    }
)
_third = _with_instance(2)
_first = _with_instance(0)


def _adapt_mapper(function: Function, name: str, options: Options) -> Function:
    return function if name in WITHOUT_TARGET else _third(function, name, options)


# --- attributes


def _locate_attribute(target: Any, event: str, options: Options) -> Iterable[Any]:
    mapper: Mapper = target.parent.mapper
    if options.get("active_history"):
        target.prop.active_history = True
        attribute = mapper.class_manager.attributes.get(target.key)
        if attribute is not None:
            attribute.active_history = True
    mappers = mapper.self_and_descendants if options.get("propagate") else [mapper]
    return [own_attribute_hooks(one, target.key) for one in mappers]


def _adapt_attribute(function: Function, name: str, options: Options) -> Function:
    """Return the listener as attributes call it: state, values, key; returning the value."""
    raw, retval, with_key = options.get("raw"), options.get("retval"), options.get("include_key")
    has_key = name in ("append", "append_wo_mutation", "remove", "bulk_replace")
    returns = name in ("set", "append", "init_scalar")

    def listener(state: Any, *args: Any) -> Any:
        target = state if raw else state.obj()
        given, key = (args[:-1], args[-1]) if has_key and len(args) > 2 else (args, None)
        keywords = {("keys" if name == "bulk_replace" else "key"): key} if with_key and has_key else {}
        result = function(target, *given, **keywords)
        return (result if retval else args[0]) if returns else None

    return listener


# --- registries


def _locate_registry(target: Any, event: str, options: Options) -> Iterable[Any]:
    return [GENERAL_REGISTRY] if isinstance(target, type) else [target.hooks]


def _resolve(target: Any) -> Iterable[Registration]:
    """Tell what mapped classes, and classes whose subclasses may be mapped, can be listened to."""
    if getattr(target, "is_general_mapper_target", False) or isinstance(target, type):
        yield _MAPPER
        yield _INSTANCE


_MAPPER = Registration(MAPPER, _locate_mapper, frozenset(OPTIONS), _adapt_mapper)
_INSTANCE = Registration(INSTANCE, _locate_instances, frozenset(OPTIONS), _first)

register_target(Mapper, MAPPER, _locate_mapper, OPTIONS, _adapt_mapper)
register_target(Mapper, INSTANCE, _locate_instances, OPTIONS, _first)
register_target(
    QueryableAttribute,
    ATTRIBUTE,
    _locate_attribute,
    ("raw", "propagate", "retval", "active_history", "include_key"),
    _adapt_attribute,
)
register_target(Registry, REGISTRY, _locate_registry)
register_resolver(_resolve)
