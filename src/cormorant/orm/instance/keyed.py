"""Dictionaries keyed by something of their members: an attribute, mapped columns, or any function.

In: a key function. Out: factories for `relationship(collection_class=...)`. A member whose key is not known yet (an
unset attribute) raises InvalidRequestError, or is left out with `ignore_unpopulated_attribute`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ...exc import ArgumentError, InvalidRequestError
from .checks import is_a
from .containers import InstrumentedDict
from .symbols import NO_KEY, NO_VALUE, STATE

K = TypeVar("K")
V = TypeVar("V")
KeyFunction = Callable[[Any], Any]


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
        key = self._key_of(value)
        if key is not NO_VALUE:
            self[key] = value

    def remove(self, value: Any, _sa_initiator: Any = None) -> None:
        """Remove a member, which must stand under its own key."""
        key = self._key_of(value)
        if key is NO_VALUE:
            return
        if self.get(key) is not value:
            raise InvalidRequestError(
                f"Can not remove '{value}' from collection for key '{key}': its key was changed since it was added; "
                "move it to its new key first"
            )
        del self[key]

    def _key_of(self, item: Any) -> Any:
        key = self.keyfunc(item)
        if key is NO_VALUE and not self.ignore_unpopulated_attribute:
            where = "" if self._attribute is None else f" in {self._attribute.describe()}"
            raise InvalidRequestError(
                f"In event triggered by an assignment{where}, can't find the key under which {type(item).__name__} "
                "belongs: the attribute is not set. Set it first, or pass ignore_unpopulated_attribute=True."
            )
        return key

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
