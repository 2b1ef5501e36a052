"""What mapped classes, attributes, mappers and registries offer to `event.listen`.

In: a target and options (`raw`, `retval`, `propagate`, `active_history`, `include_key`). Out: `listeners` tables, and
the program's function adapted to how they are called: with states, and with a value to return where there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...event import register_resolver, register_target
from ...event.catalogue import ATTRIBUTE, INSTANCE, INSTRUMENTATION, MAPPER, REGISTRY
from ...event.targets import Registration, Table
from ..instance.manager import ClassManager
from ..instance.symbols import NO_KEY
from .attribute import QueryableAttribute
from .hooks import GENERAL, GENERAL_REGISTRY
from .listeners import INSTANCES, MAPPERS, Family, attribute_family
from .listeners import INSTRUMENTATION as INSTRUMENTS
from .mapper import Mapper
from .registry import Registry

Function = Callable[..., Any]
Options = Mapping[str, Any]

CONFIGURATION = ("before_configured", "after_configured")
OF_ONE_MAPPER = {name: arguments for name, arguments in MAPPER.items() if name not in CONFIGURATION}
WITH_KEY = ("append", "append_wo_mutation", "remove", "bulk_replace")
"""Events of collections: what is called ends with the key of the member, or the keys of all."""


def _object(state: Any, is_raw: Any) -> Any:
    return state if is_raw else state()


# --- adapting


def adapt_instance(function: Function, event: str, options: Options) -> Function:
    """Call with the object, or with the state if `raw`."""
    is_raw = options.get("raw", False)

    def call(state: Any, *arguments: Any) -> None:
        function(_object(state, is_raw), *arguments)

    call.propagates = options.get("propagate", False)  # type: ignore[attr-defined]
    return call


def adapt_mapper(function: Function, event: str, options: Options) -> Function:
    """Call with mapper, connection and the object; events without an object pass their arguments on."""
    is_raw = options.get("raw", False)

    def call(*arguments: Any) -> None:
        if len(arguments) == len(MAPPER["before_insert"]):
            mapper, connection, state = arguments
            arguments = mapper, connection, _object(state, is_raw)
        function(*arguments)

    call.propagates = options.get("propagate", False)  # type: ignore[attr-defined]
    return call


def adapt_instrumentation(function: Function, event: str, options: Options) -> Function:
    """Call with what there is."""

    def call(*arguments: Any) -> None:
        function(*arguments)

    call.propagates = options.get("propagate", False)  # type: ignore[attr-defined]
    return call


def adapt_attribute(function: Function, event: str, options: Options) -> Function:
    """Call with the object; hand on the value, or what the function makes of it if `retval`."""
    is_raw, has_result, with_key = (options.get(name, False) for name in ("raw", "retval", "include_key"))

    def call(state: Any, *arguments: Any) -> Any:
        result = _called(function, event, _object(state, is_raw), arguments, with_key)
        return result if has_result else arguments[0]

    call.propagates = options.get("propagate", False)  # type: ignore[attr-defined]
    call.active_history = options.get("active_history", False)  # type: ignore[attr-defined]
    return call


def _called(function: Function, event: str, target: Any, arguments: tuple[Any, ...], with_key: Any) -> Any:
    """Call a listener; the key of a collection's member is for those who asked for it."""
    if event not in WITH_KEY:
        return function(target, *arguments)
    value, initiator, *keys = arguments
    if not with_key:
        return function(target, value, initiator)
    word = "keys" if event == "bulk_replace" else "key"
    return function(target, value, initiator, **{word: keys[0] if keys else NO_KEY})


# --- finding the tables


def _is_general(target: Any) -> bool:
    """Tell whether a target stands for all mapped classes: `Mapper`, or the function `mapper`."""
    return target is Mapper or target is ClassManager or getattr(target, "is_general_mapper_target", False)


def _class_of(target: Any) -> type:
    found: type = target.class_ if isinstance(target, (Mapper, ClassManager)) else target
    return found


def _tables_of(family: Family) -> Callable[[Any, str, Options], Iterable[Table]]:
    """Return the function that finds the table of a class, mapper or manager; their own classes stand for all."""

    def locate(target: Any, event: str, options: Options) -> Iterable[Table]:
        if _is_general(target):
            return (family.general,)
        return (family.table(_class_of(target)),)

    return locate


def _mapper_tables(target: Any, event: str, options: Options) -> Iterable[Table]:
    return (GENERAL,) if _is_general(target) else (MAPPERS.table(_class_of(target)),)


def _attribute_tables(target: Any, event: str, options: Options) -> Iterable[Table]:
    return (attribute_family(target.key).table(target.class_),)


def _registry_tables(target: Any, event: str, options: Options) -> Iterable[Table]:
    if isinstance(target, type):
        registry: Any = getattr(target, "_sa_registry", None)
        return (GENERAL_REGISTRY if registry is None else registry.hooks,)
    return (target.hooks,)


_PROPAGATE = frozenset({"propagate"})
_INSTANCE = Registration(INSTANCE, _tables_of(INSTANCES), _PROPAGATE | {"raw", "restore_load_context"}, adapt_instance)
_MAPPER = Registration(OF_ONE_MAPPER, _mapper_tables, _PROPAGATE | {"raw"}, adapt_mapper)
_INSTRUMENTATION = Registration(INSTRUMENTATION, _tables_of(INSTRUMENTS), _PROPAGATE, adapt_instrumentation)
_ATTRIBUTE = _PROPAGATE | {"raw", "retval", "active_history", "include_key"}
_OF_REGISTRY = Registration(REGISTRY, _registry_tables)
_CONFIGURATION = Registration({name: MAPPER[name] for name in CONFIGURATION}, _mapper_tables)


def _resolve(target: Any) -> Iterable[Registration]:
    """Return what a target offers that no class in the table covers."""
    if _is_general(target):
        return _INSTANCE, _MAPPER, _CONFIGURATION
    if isinstance(target, type) and isinstance(getattr(target, "_sa_registry", None), Registry):
        of_registry = () if "__mapper__" in target.__dict__ else (_OF_REGISTRY,)
        return _INSTANCE, _MAPPER, _INSTRUMENTATION, *of_registry
    if isinstance(target, (type, Mapper, ClassManager)):
        return _INSTANCE, _MAPPER, _INSTRUMENTATION
    return ()


register_target(QueryableAttribute, ATTRIBUTE, _attribute_tables, _ATTRIBUTE, adapt_attribute)
register_target(Registry, REGISTRY, _registry_tables)
register_resolver(_resolve)
