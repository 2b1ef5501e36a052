"""validates() and reconstructor(): methods of mapped classes that are called at points of an instance's life.

In: marked methods. Out: hooks of the attributes and instances of the class, put in place when it is mapped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ...exc import InvalidRequestError
from .listeners import INSTANCES, attribute_family
from .mapper import Mapper

F = TypeVar("F", bound=Callable[..., Any])
VALIDATES = "_sa_validates"
RECONSTRUCTS = "_sa_reconstructs"


def validates(*names: str, include_removes: bool = False, include_backrefs: bool = True) -> Callable[[F], F]:
    """Return a decorator: the method is called with (key, value) before one of the attributes is set or appended to.

    What it returns is stored. With `include_removes` it is also called for removals, with True as third argument. With
    `include_backrefs=False` it is not called for changes that come from the other side of a relationship.
    """

    def decorate(fn: F) -> F:
        setattr(fn, VALIDATES, (names, include_removes, include_backrefs))
        return fn

    return decorate


def reconstructor(fn: F) -> F:
    """Mark a method that is called when an instance is loaded, as the constructor is for new ones."""
    setattr(fn, RECONSTRUCTS, True)
    return fn


def put_marked_methods(mapper: Mapper) -> None:
    """Hook in the marked methods of a class and its bases."""
    seen: set[str] = set()
    for base in mapper.class_.__mro__[:-1]:
        for name, member in base.__dict__.items():
            if name in seen or not callable(member):
                continue
            marks = getattr(member, "__dict__", None)
            if not marks:
                continue
            if VALIDATES in marks:
                seen.add(name)
                _put_validator(mapper, member, *marks[VALIDATES])
            elif RECONSTRUCTS in marks:
                seen.add(name)
                INSTANCES.table(mapper.class_).add("load", _on_load(member))


def _on_load(function: Any) -> Callable[[Any, Any], None]:
    def call(state: Any, context: Any) -> None:
        function(state.obj())

    return call


def _put_validator(
    mapper: Mapper, function: Any, names: tuple[str, ...], include_removes: bool, include_backrefs: bool
) -> None:
    for name in names:
        if name in mapper.__dict__.setdefault("validators", {}):
            raise InvalidRequestError(
                f"A validation function for mapped attribute '{name}' on mapper {mapper} already exists."
            )
        mapper.__dict__["validators"][name] = function
        validator = _Validator(function, name, include_removes, include_backrefs)
        table = attribute_family(name).table(mapper.class_)
        table.add("set", validator.on_set)
        table.add("append", validator.on_append)
        if include_removes:
            table.add("remove", validator.on_remove)


class _Validator:
    """Calls one validating method for one attribute."""

    def __init__(self, function: Any, key: str, include_removes: bool, include_backrefs: bool) -> None:
        self.function = function
        self.key = key
        self.extra: tuple[Any, ...] = (False,) if include_removes else ()
        self.include_backrefs = include_backrefs

    def _is_skipped(self, initiator: Any) -> bool:
        return not self.include_backrefs and initiator.key != self.key

    def on_set(self, state: Any, value: Any, old: Any, initiator: Any) -> Any:
        """Return the value to store."""
        return value if self._is_skipped(initiator) else self.function(state.obj(), self.key, value, *self.extra)

    def on_append(self, state: Any, value: Any, initiator: Any, key: Any) -> Any:
        """Return the member to add."""
        return value if self._is_skipped(initiator) else self.function(state.obj(), self.key, value, *self.extra)

    def on_remove(self, state: Any, value: Any, initiator: Any, key: Any) -> None:
        """Tell the method that a member is removed."""
        if not self._is_skipped(initiator):
            self.function(state.obj(), self.key, value, True)
