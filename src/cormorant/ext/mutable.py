"""Values that tell the objects that hold them when they are changed in place: documents, lists, sets, composites.

In: a value class and the type, attribute or composite that it serves. Out: loaded and assigned values become that
class; a change of one marks the attribute of each object that holds it. Values know their holders, `_parents`: state ->
attribute. Nothing here knows how a change is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, SupportsIndex, TypeVar, cast

from ..event import listen
from ..orm.instance.access import flag_modified
from ..orm.instance.state import InstanceState
from ..orm.mapping.mapper import Mapper
from ..types.base import TypeEngine, to_instance
from ..util import memoized

KT = TypeVar("KT")
VT = TypeVar("VT")
T = TypeVar("T")

MARK = "_mutable_class"
"""The attribute of a type that names the class of its values."""
KEPT = "ext.mutable.values"
"""Where the pickle of a state keeps the values of an object, by attribute."""
_by_type: list[tuple[type[Any], type[Mutable]]] = []
"""(class of types, class of values), from `associate_with`."""


class MutableBase:
    """What mutable values share: the objects that hold them."""

    @memoized
    def _parents(self) -> dict[InstanceState, str]:
        return {}

    def note_parent(self, state: InstanceState, key: str) -> None:
        """Remember that an object holds the value in an attribute."""
        self._parents[state] = key

    @classmethod
    def coerce(cls, key: str, value: Any) -> Any:
        """Return a given value as one of this class; raises ValueError where it cannot be. Programs override this."""
        if value is None:
            return None
        raise ValueError(f"Attribute '{key}' does not accept objects of type {type(value)}")

    def __getstate__(self) -> Any:
        state: Any = object.__getstate__(self)
        if isinstance(state, dict):
            return {name: value for name, value in state.items() if name != "_parents"}  # pyright: ignore[reportUnknownVariableType]
        return state


class Mutable(MutableBase):
    """The base of values of one column."""

    def changed(self) -> None:
        """Mark the attribute of each object that holds the value as changed."""
        for state, key in list(self._parents.items()):
            obj = state()
            if obj is None:
                self._parents.pop(state, None)
            else:
                flag_modified(obj, key)

    @classmethod
    def associate_with_attribute(cls, attribute: Any) -> None:
        """Make values of a mapped attribute values of this class."""
        _follow(attribute, cls)

    @classmethod
    def associate_with(cls, sqltype: type[Any]) -> None:
        """Make values of all attributes of a type, in classes that are mapped from now on, values of this class."""
        _by_type.append((sqltype, cls))

    @classmethod
    def as_mutable(cls, sqltype: Any) -> TypeEngine[Any]:
        """Return a type whose values are of this class, wherever a class is mapped to a column of that type."""
        made = to_instance(sqltype)
        setattr(made, MARK, cls)
        return made


class MutableComposite(MutableBase):
    """The base of values of a composite."""

    def changed(self) -> None:
        """Put the values into the column attributes of each object that holds the composite."""
        for state, key in list(self._parents.items()):
            obj = state()
            if obj is None:
                self._parents.pop(state, None)
                continue
            prop = state.mapper.get_property(key)
            for name, value in zip(prop.attribute_keys, prop.values_of(self), strict=True):
                setattr(obj, name, value)


# --- following an attribute


def _follow(attribute: Any, cls: type[Mutable]) -> None:
    """Listen to what gives an attribute its values."""
    key, owner = attribute.key, attribute.class_

    def take(state: Any, *_: Any) -> None:
        values = state.dict
        value = values.get(key)
        if value is not None:
            value = values[key] = cls.coerce(key, value)
            if value is not None:
                value.note_parent(state, key)

    def take_some(state: Any, context: Any, keys: Iterable[str] | None) -> None:
        if not keys or key in keys:
            take(state)

    def assign(state: Any, value: Any, old: Any, initiator: Any) -> Any:
        return _assigned(cls, key, state, value, old)

    def keep(state: Any, kept: dict[str, Any]) -> None:
        value = state.dict.get(key)
        if value is not None:
            kept.setdefault(KEPT, {}).setdefault(key, []).append(value)

    def find(state: Any, kept: dict[str, Any]) -> None:
        for value in kept.get(KEPT, {}).get(key, ()):
            value.note_parent(state, key)

    heard = {"load": take, "refresh": take_some, "refresh_flush": take_some, "pickle": keep, "unpickle": find}
    for name, function in heard.items():
        listen(owner, name, function, raw=True, propagate=True)
    listen(attribute, "set", assign, raw=True, retval=True, propagate=True)


def _assigned(cls: type[Mutable], key: str, state: Any, value: Any, old: Any) -> Any:
    if value is old:
        return value
    if not isinstance(value, cls):
        value = cls.coerce(key, value)
    if value is not None:
        value.note_parent(state, key)
    if isinstance(old, cls):
        old._parents.pop(state, None)
    return value


def _follow_types(mapper: Any, class_: type[Any]) -> None:
    """Follow the attributes of a mapper whose types were marked."""
    for prop in mapper.column_attrs:
        if prop.parent is mapper:
            for cls in _classes_for(prop.columns[0].type):
                cls.associate_with_attribute(getattr(class_, prop.key))


def _classes_for(type_: Any) -> list[type[Mutable]]:
    marked: type[Mutable] | None = getattr(type_, MARK, None)
    found = [cls for known, cls in _by_type if isinstance(type_, known)]
    return found if marked is None else [marked, *found]


listen(Mapper, "mapper_configured", _follow_types)


# --- the built-in containers


def _telling(name: str) -> Callable[..., Any]:
    """Return the method of a container that tells of its change afterwards; an error tells nothing."""

    def method(self: Any, *args: Any, **kw: Any) -> Any:
        result = getattr(super(self._told, self), name)(*args, **kw)  # pyright: ignore[reportUnknownArgumentType]
        if result is NotImplemented:
            return result
        self.changed()
        return self if result is self else result

    method.__name__ = method.__qualname__ = name
    method.__doc__ = f"`{name}` of the built-in class; tells of the change."
    return method


class MutableDict(Mutable, dict[KT, VT]):
    """A dictionary that tells of its changes; not of those of containers inside it."""

    _told: Any

    __setitem__ = _telling("__setitem__")
    __delitem__ = _telling("__delitem__")
    __ior__ = _telling("__ior__")
    clear = _telling("clear")
    pop = _telling("pop")
    popitem = _telling("popitem")
    setdefault = _telling("setdefault")
    update = _telling("update")

    @classmethod
    def coerce(cls, key: str, value: Any) -> Any:
        if isinstance(value, cls):
            return value
        return cls(cast("Any", value)) if isinstance(value, dict) else Mutable.coerce(key, value)

    def __getstate__(self) -> dict[KT, VT]:
        return dict(self)

    def __setstate__(self, state: dict[KT, VT]) -> None:
        dict[Any, Any].update(self, state)


class MutableList(Mutable, list[T]):
    """A list that tells of its changes; not of those of containers inside it."""

    _told: Any

    __setitem__ = _telling("__setitem__")
    __delitem__ = _telling("__delitem__")
    __iadd__ = _telling("__iadd__")
    __imul__ = _telling("__imul__")
    append = _telling("append")
    clear = _telling("clear")
    extend = _telling("extend")
    insert = _telling("insert")
    pop = _telling("pop")
    remove = _telling("remove")
    reverse = _telling("reverse")
    sort = _telling("sort")

    @classmethod
    def coerce(cls, key: str, value: Any) -> Any:
        if isinstance(value, cls):
            return value
        return cls(cast("Any", value)) if isinstance(value, list) else Mutable.coerce(key, value)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return type(self), (list(self),)


class MutableSet(Mutable, set[T]):
    """A set that tells of its changes."""

    _told: Any

    __ior__ = _telling("__ior__")
    __iand__ = _telling("__iand__")
    __ixor__ = _telling("__ixor__")
    __isub__ = _telling("__isub__")
    add = _telling("add")
    clear = _telling("clear")
    difference_update = _telling("difference_update")
    discard = _telling("discard")
    intersection_update = _telling("intersection_update")
    pop = _telling("pop")
    remove = _telling("remove")
    symmetric_difference_update = _telling("symmetric_difference_update")
    update = _telling("update")

    @classmethod
    def coerce(cls, key: str, value: Any) -> Any:
        if isinstance(value, cls):
            return value
        return cls(cast("Any", value)) if isinstance(value, set) else Mutable.coerce(key, value)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return type(self), (list(self),)


MutableDict._told, MutableList._told, MutableSet._told = MutableDict, MutableList, MutableSet

__all__ = ["Mutable", "MutableBase", "MutableComposite", "MutableDict", "MutableList", "MutableSet"]
