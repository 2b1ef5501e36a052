"""Rows whose class a column tells: one pair of functions per class, written when the class is first met.

In: the entity's plan, whose `subclasses` map a value of the discriminator to the plan of that class. Out: for a value,
a function that makes and registers a new object, and one that gives the row's values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from ...exc import InvalidRequestError
from ...sql.kinds import as_sequence
from ...util.generated import define
from ..instance.symbols import STATE
from ..query.plan import EntityLoad
from .fill import STATE_NAMES, fill_statements, state_statements
from .parts import Part, indented, single_part
from .values import Values


class Subclass(NamedTuple):
    """How rows of one class are read."""

    make: Callable[[Any, Any, Any, Any], Any]
    values: Callable[[Any], dict[str, Any]]
    keys: frozenset[str]
    identity_class: type


class Subclasses(dict[Any, Subclass]):
    """Value of the discriminator -> functions for its class."""

    def __init__(self, load: EntityLoad, conversions: Sequence[Any]) -> None:
        super().__init__()
        self.load = load
        self.conversions = conversions

    def __missing__(self, identity: Any) -> Subclass:
        load = self.load.subclasses.get(identity)
        if load is None:
            return _refused(self.load.mapper, identity)
        made = self[identity] = _subclass(load, self.conversions)
        return made


def _no_values(_row: Any) -> dict[str, Any]:
    return {}


def _refused(mapper: Any, identity: Any) -> Subclass:
    """Return what raises for a row whose class is none of the mapper's."""
    if identity is not None and identity not in mapper.polymorphic_map:
        raise AssertionError(f"No such polymorphic_identity {identity!r} is defined; rows of {mapper} hold it")

    def make(row: Any, key: Any, entries: Any, owner: Any) -> NoReturn:
        identity_key = (mapper.class_manager.identity_class, as_sequence(key), None)
        told = "is NULL"
        if identity is not None:
            told = f"refers to {mapper.polymorphic_map[identity]}, which is not a sub mapper of the requested {mapper}"
        raise InvalidRequestError(
            f"Row with identity key {identity_key!r} can't be loaded into an object; the polymorphic discriminator "
            f"column '{mapper.polymorphic_on}' {told}"
        )

    return Subclass(make, _no_values, frozenset(), mapper.class_manager.identity_class)


def _subclass(load: EntityLoad, conversions: Sequence[Any]) -> Subclass:
    part = single_part(load)
    keys = frozenset(key for _, key in load.columns)
    identity_class = load.mapper.class_manager.identity_class
    return Subclass(_make(part, conversions), _values(part, conversions), keys, identity_class)


def _make(part: Part, conversions: Sequence[Any]) -> Callable[[Any, Any, Any, Any], Any]:
    values = Values(conversions)
    values.convert_first(part.load.pk)  # the caller's `key` is converted already
    stores = {STATE: "state"} | {
        key: "key" if (position,) == part.load.pk else values.expression(position)
        for position, key in part.load.columns
    }
    lines = [
        "def make(row, key, entries0, owner):",
        *indented(
            [
                f"{values.row} = row",
                "e0 = new0(allocated0)",
                "state = State0(e0, forget)",
                *state_statements(part, "key"),
                *fill_statements(part, stores),
                "entries0[key] = state",
                "return e0",
            ]
        ),
    ]
    function: Callable[[Any, Any, Any, Any], Any] = define(
        "make", "\n".join(lines) + "\n", part.names() | STATE_NAMES | values.names
    )
    return function


def _values(part: Part, conversions: Sequence[Any]) -> Callable[[Any], dict[str, Any]]:
    values = Values(conversions)
    lines = ["def values(row):", f"    {values.row} = row", f"    return {values.literal(part.load.columns)}"]
    function: Callable[[Any], dict[str, Any]] = define("values", "\n".join(lines) + "\n", values.names)
    return function
