"""Collection classes of any shape, whose methods are marked with the role they play.

In: a class with `@collection.appender`, `@collection.remover` and `@collection.iterator` (a list-, set- or dict-like
class may leave out what its base class gives). Out: `RoleTracking`, put before the class, which reports what the marked
methods do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from .collections import Tracked
from .symbols import NO_KEY

F = TypeVar("F", bound=Callable[..., Any])
ROLE = "_sa_role"
REPORTS = "_sa_reports"


class collection:  # noqa: N801 - public name
    """Decorators for the methods of a collection class."""

    @staticmethod
    def appender(fn: F) -> F:
        """Mark the method that adds one member."""
        setattr(fn, ROLE, "appender")
        return fn

    @staticmethod
    def remover(fn: F) -> F:
        """Mark the method that removes one member."""
        setattr(fn, ROLE, "remover")
        return fn

    @staticmethod
    def iterator(fn: F) -> F:
        """Mark the method that gives an iterator over the members."""
        setattr(fn, ROLE, "iterator")
        return fn

    @staticmethod
    def internally_instrumented(fn: F) -> F:
        """Mark a method that reports its changes itself, through the marked methods."""
        setattr(fn, REPORTS, ("nothing", None))
        return fn

    @staticmethod
    def adds(arg: int | str) -> Callable[[F], F]:
        """Mark a method that adds the member in the given argument."""
        return _reporting("adds", arg)

    @staticmethod
    def removes(arg: int | str) -> Callable[[F], F]:
        """Mark a method that removes the member in the given argument."""
        return _reporting("removes", arg)

    @staticmethod
    def removes_return() -> Callable[[F], F]:
        """Mark a method that removes the member it returns."""
        return _reporting("removes_return", None)

    @staticmethod
    def replaces(arg: int | str) -> Callable[[F], F]:
        """Mark a method that adds the member in the given argument and removes the one it returns."""
        return _reporting("replaces", arg)


def _reporting(what: str, arg: int | str | None) -> Callable[[F], F]:
    def mark(fn: F) -> F:
        setattr(fn, REPORTS, (what, arg))
        return fn

    return mark


def has_roles(cls: type) -> bool:
    """Tell whether some method of the class is marked."""
    return any(hasattr(value, ROLE) or hasattr(value, REPORTS) for value in _methods(cls).values())


def _methods(cls: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        found.update(base.__dict__)
    return found


_CONVENTIONS = {"appender": ("append", "add", "set"), "remover": ("remove", "discard"), "iterator": ("__iter__",)}


def roles_of(cls: type) -> dict[str, Any]:
    """Return the function that plays each role: the marked one, or the one with the usual name."""
    methods = _methods(cls)
    roles = {getattr(value, ROLE): value for value in methods.values() if hasattr(value, ROLE)}
    for role, names in _CONVENTIONS.items():
        for name in names:
            if role not in roles and name in methods:
                roles[role] = methods[name]
    missing = [role for role in _CONVENTIONS if role not in roles]
    if missing:
        raise TypeError(f"Type {cls.__name__} must elect an {missing[0]} method to be a collection class")
    return roles


def is_like_a_collection(cls: type) -> bool:
    """Tell whether a class has, under the usual names, what adds and removes members and gives them."""
    methods = _methods(cls)
    return all(any(name in methods for name in names) for names in _CONVENTIONS.values())


_KINDS = {"append": "list", "add": "set", "set": "dict"}
"""What a class is like that has a method of the name."""


def kind_of(cls: type[Any]) -> str | None:
    """Return whether a class is like a list, a set or a dictionary: as it says, or by its methods; else None."""
    said = getattr(cls, "__emulates__", cls)
    for kind in (list, set, dict):
        if isinstance(said, type) and issubclass(said, kind):
            return kind.__name__
    return next((kind for name, kind in _KINDS.items() if hasattr(cls, name)), None)


class RoleTracking(Tracked):
    """Tracking before a class with marked methods; the subclass made for it wraps them."""

    _kind = "list"
    _roles: dict[str, Any] = {}
    _takes: str | None = None
    """The kind that an assigned collection must be of; None where any will do."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        base = cls.__bases__[1]
        cls._roles = roles_of(base)
        cls._takes = kind_of(base)
        cls._kind = cls._takes or cls._kind
        for name, value in _methods(base).items():
            wrapped = _wrap(value, cls._roles) or _by_name(base, name, value)
            if wrapped is not None:
                setattr(cls, name, wrapped)

    def _items(self) -> Iterable[Any]:
        return list(self._roles["iterator"](self))

    def _snapshot(self) -> list[Any]:
        return list(self._items())

    def _holds(self, item: Any) -> bool:
        return any(member is item for member in self._items())

    def _plain_add(self, item: Any, key: Any) -> None:
        self._quietly(self._roles["appender"], item)

    def _plain_remove(self, item: Any) -> None:
        self._quietly(self._roles["remover"], item)

    def _quietly(self, function: Any, *arguments: Any) -> Any:
        attribute, self._attribute = self._attribute, None
        try:
            return function(self, *arguments)
        finally:
            self._attribute = attribute

    def _members_of(self, value: Any) -> list[tuple[Any, Any]]:
        if self._takes is not None and kind_of(value.__class__) != self._takes:
            raise self._reject(value)
        if hasattr(value, "keys"):
            return [(NO_KEY, value[key]) for key in value]
        if isinstance(value, Tracked):
            return [(NO_KEY, item) for item in value._items()]  # type: ignore[attr-defined]
        if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
            raise self._reject(value)
        return [(NO_KEY, item) for item in value]

    def _shaped(self, values: list[Any]) -> Any:
        return values

    def clear(self) -> None:
        """Remove all members."""
        for item in list(self._items()):
            self._removed(item)
            self._plain_remove(item)

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _rebuild, (type(self).__bases__[1], list(self._items())), self._link()


def _rebuild(base: Any, items: list[Any]) -> Any:
    from_factory = base()
    for item in items:
        roles_of(base)["appender"](from_factory, item)
    return from_factory


def _wrap(function: Any, roles: dict[str, Any]) -> Any:
    """Return the reporting form of a method, or None where it reports nothing."""
    if not callable(function):
        return None
    what, arg = getattr(function, REPORTS, (None, None))
    if function is roles["appender"] and what is None:
        what, arg = "adds", 1
    elif function is roles["remover"] and what is None:
        what, arg = "removes", 1
    if what is None or what == "nothing":
        return None
    return _WRAPPERS[what](function, arg)


def _by_name(base: type, name: str, function: Any) -> Any:
    """Return the reporting form of what lists and sets also have, for a class that is like one without being one."""
    if issubclass(base, (list, set, dict)) or hasattr(function, REPORTS) or hasattr(function, ROLE):
        return None
    what, arg = _USUAL.get(name, (None, None))
    return None if what is None else _WRAPPERS[what](function, arg)


def _with_argument(args: tuple[Any, ...], kw: dict[str, Any], arg: Any, change: Callable[[Any], Any]) -> Any:
    """Return the arguments with the member replaced by what `change` gives; index 1 is the first after self."""
    if isinstance(arg, int):
        index = arg - 1
        return (*args[:index], change(args[index]), *args[index + 1 :]), kw
    return args, {**kw, arg: change(kw[arg])}


def _adding(function: Any, arg: Any) -> Any:
    @wraps(function)
    def adds(self: Any, *args: Any, **kw: Any) -> Any:
        args, kw = _with_argument(args, kw, arg, self._added)
        return function(self, *args, **kw)

    return adds


def _removing(function: Any, arg: Any) -> Any:
    @wraps(function)
    def removes(self: Any, *args: Any, **kw: Any) -> Any:
        def change(item: Any) -> Any:
            self._removed(item)
            return item

        args, kw = _with_argument(args, kw, arg, change)
        return function(self, *args, **kw)

    return removes


def _removing_return(function: Any, arg: Any) -> Any:
    @wraps(function)
    def removes_return(self: Any, *args: Any, **kw: Any) -> Any:
        if self._attribute is not None:
            self._sa_adapter.fire_pre_remove_event()
        item = function(self, *args, **kw)
        if item is not None:
            self._removed(item)
        return item

    return removes_return


def _replacing(function: Any, arg: Any) -> Any:
    return _removing_return(_adding(function, arg), None)


def _adding_all(function: Any, arg: Any) -> Any:
    @wraps(function)
    def adds_all(self: Any, items: Iterable[Any]) -> Any:
        return self._quietly(function, [self._added(item) for item in items])

    return adds_all


def _removing_all(function: Any, arg: Any) -> Any:
    @wraps(function)
    def removes_all(self: Any) -> Any:
        for item in list(self._items()):
            self._removed(item)
        return self._quietly(function)

    return removes_all


def _discarding(function: Any, arg: Any) -> Any:
    @wraps(function)
    def discards(self: Any, item: Any) -> Any:
        if self._holds(item):
            self._removed(item)
        return self._quietly(function, item)

    return discards


_USUAL: dict[str, tuple[str, Any]] = {
    "insert": ("adds", 2),
    "pop": ("removes_return", None),
    "extend": ("adds_all", None),
    "update": ("adds_all", None),
    "discard": ("discards", None),
    "clear": ("removes_all", None),
}
"""Methods of lists and sets beside those of the three roles."""

_WRAPPERS = {
    "adds_all": _adding_all,
    "removes_all": _removing_all,
    "discards": _discarding,
    "adds": _adding,
    "removes": _removing,
    "removes_return": _removing_return,
    "replaces": _replacing,
}
