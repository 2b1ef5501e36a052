"""Dictionaries keyed by something of their members: an attribute, mapped columns, or any function.

In: a key function. Out: factories for `relationship(collection_class=...)`. A member whose key is not known yet (an
unset attribute) raises InvalidRequestError, or is left out with `ignore_unpopulated_attribute`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ...exc import ArgumentError, InvalidRequestError, SAWarning
from ...util.notices import warn
from .checks import is_a
from .containers import InstrumentedDict
from .symbols import NO_KEY, NO_VALUE, STATE

K = TypeVar("K")
V = TypeVar("V")
KeyFunction = Callable[[Any], Any]


SKIPPING = (
    'To skip this assignment entirely, Set the "ignore_unpopulated_attribute=True" parameter on the mapped collection '
    "factory."
)


def _place_of(initiator: Any) -> str:
    """Return the attribute in which a chain of changes began, as far as that is known."""
    impl = getattr(initiator, "impl", initiator)
    return "unknown relationship" if impl is None else f"{impl.class_.__name__}.{impl.key}"


def state_name(item: Any) -> str:
    """Return the name of an object in errors."""
    state = item.__dict__.get(STATE)
    return repr(item) if state is None else str(state.name)


class KeyFuncDict(InstrumentedDict[K, V]):
    """A dictionary of related objects that knows the key of each."""

    keyfunc: KeyFunction
    ignore_unpopulated_attribute: bool = False

    def __init__(self, keyfunc: KeyFunction, *dict_args: Any, ignore_unpopulated_attribute: bool = False) -> None:
        super().__init__(*dict_args)
        self.keyfunc = keyfunc
        self.ignore_unpopulated_attribute = ignore_unpopulated_attribute

    def set(self, value: Any, _sa_initiator: Any = None) -> None:
        """Add a member under its own key."""
        key = self._key_of(value, _sa_initiator)
        if key is not NO_VALUE:
            self[key] = value

    def remove(self, value: Any, _sa_initiator: Any = None) -> None:
        """Remove a member, which must stand under its own key."""
        key = self._key_of(value)
        if key is NO_VALUE:
            return
        if self[key] is not value:
            raise InvalidRequestError(
                f"Can not remove '{value}': collection holds '{self[key]}' for key '{key}'. Possible cause: is the "
                "KeyFuncDict key function based on mutable properties or properties that only obtain values after "
                "flush?"
            )
        del self[key]

    def _key_of(self, item: Any, initiator: Any = None) -> Any:
        key = self.keyfunc(item)
        if self.ignore_unpopulated_attribute:
            return key
        if key is NO_VALUE:
            where, name = _place_of(initiator), state_name(item)
            raise InvalidRequestError(
                f"In event triggered from population of attribute {where!r} (potentially from a backref), can't "
                f"populate value in KeyFuncDict; dictionary key derived from {name} is not populated. "
                f"Ensure appropriate state is set up on the {name} object before assigning to the {where} attribute. "
                f"{SKIPPING}"
            )
        if key is None:
            warn(
                f"Attribute keyed dictionary value for attribute {_place_of(initiator)!r} was None; this will raise in "
                f"a future release. {SKIPPING}",
                SAWarning,
            )
        return key

    def _placed(self, members: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        placed = [(self._key_of(item), item) for _, item in members]
        return [pair for pair in placed if pair[0] is not NO_VALUE]

    def _plain_add(self, item: Any, key: Any) -> None:
        key = self._key_of(item) if key is NO_KEY else key
        if key is not NO_VALUE:
            dict[Any, Any].__setitem__(self, key, item)


MappedCollection = KeyFuncDict


class KeyedFactory:
    """Makes empty dictionaries with one key function; picklable where the function is."""

    __slots__ = ("ignore_unpopulated", "keyfunc")

    def __init__(self, keyfunc: KeyFunction, ignore_unpopulated: bool) -> None:
        self.keyfunc = keyfunc
        self.ignore_unpopulated = ignore_unpopulated

    def __call__(self) -> KeyFuncDict[Any, Any]:
        return KeyFuncDict(self.keyfunc, ignore_unpopulated_attribute=self.ignore_unpopulated)


class AttributeKey:
    """Reads the key from an attribute, NO_VALUE where it was never set."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, item: Any) -> Any:
        value = getattr(item, self.name)
        if value is None and self.name not in item.__dict__ and STATE in item.__dict__:
            return NO_VALUE
        return value


class ColumnKey:
    """Reads the key from the attributes that hold one or several mapped columns."""

    __slots__ = ("columns",)

    def __init__(self, columns: tuple[Any, ...]) -> None:
        self.columns = columns

    def __call__(self, item: Any) -> Any:
        mapper = item.__dict__[STATE].manager.mapper
        values = tuple(AttributeKey(mapper.get_property_by_column(column).key)(item) for column in self.columns)
        return values[0] if len(values) == 1 else values


def attribute_keyed_dict(attr_name: str, *, ignore_unpopulated_attribute: bool = False) -> KeyedFactory:
    """Return a factory of dictionaries keyed by an attribute of the members."""
    return KeyedFactory(AttributeKey(attr_name), ignore_unpopulated_attribute)


def column_keyed_dict(mapping_spec: Any, *, ignore_unpopulated_attribute: bool = False) -> KeyedFactory:
    """Return a factory of dictionaries keyed by a column, or by a tuple of several."""
    columns: tuple[Any, ...] = tuple(mapping_spec) if is_a(mapping_spec, list, tuple) else (mapping_spec,)
    if not columns:
        raise ArgumentError("column_keyed_dict() needs at least one column")
    return KeyedFactory(ColumnKey(columns), ignore_unpopulated_attribute)


def keyfunc_mapping(keyfunc: KeyFunction, *, ignore_unpopulated_attribute: bool = False) -> KeyedFactory:
    """Return a factory of dictionaries keyed by what a function gives for a member."""
    return KeyedFactory(keyfunc, ignore_unpopulated_attribute)


attribute_mapped_collection = attribute_keyed_dict
column_mapped_collection = column_keyed_dict
mapped_collection = keyfunc_mapping
