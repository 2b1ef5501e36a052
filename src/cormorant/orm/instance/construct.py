"""How instances begin: the keyword constructor, and the wrapper around constructors that users write.

In: a class manager. Out: an `__init__` that gives the instance its state before anything else. The keyword constructor
takes column values straight into the instance's dictionary: for an instance without row each of them is a change, so no
books are kept (`InstanceState._initial_committed`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from .hooks import call_all
from .manager import MANAGER_ATTR, ClassManager
from .state import forget
from .symbols import NOTHING, STATE

Init = Callable[..., None]


def set_keywords(self: Any, **kwargs: Any) -> None:
    """Set one attribute per keyword; raise TypeError for a name that the class does not have."""
    cls: Any = self.__class__
    for key, value in kwargs.items():
        if not hasattr(cls, key):
            raise TypeError(f"{key!r} is an invalid keyword argument for {cls.__name__}")
        setattr(self, key, value)


def keyword_constructor(manager: ClassManager) -> Init:
    """Return the constructor of a class that has none of its own."""
    cls = manager.class_
    state_class = manager.state_class

    def __init__(self: Any, **kwargs: Any) -> None:  # noqa: N807 - becomes the class's own
        plain = manager.plain_keys
        if plain and plain.issuperset(kwargs) and type(self) is cls:
            if manager.initial_values:
                kwargs = {**dict(manager.initial_values), **kwargs}
            kwargs[STATE] = state = state_class(self, forget)
            state.pk = state.owner = state.home = None  # what add() and flush ask; an unset slot costs a call
            state.parent_of = NOTHING
            self.__dict__ = kwargs
            return
        if STATE in self.__dict__:
            set_keywords(self, **kwargs)
            return
        begin(self)
        _run_init(self, set_keywords, (), kwargs)

    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    __init__.__module__ = cls.__module__
    return __init__


def begin(obj: Any) -> None:
    """Give an instance its state, unless a constructor further out did; one of an unmapped subclass gets none."""
    values = obj.__dict__
    if STATE in values and values[STATE]() is obj:
        return
    manager: ClassManager = getattr(obj.__class__, MANAGER_ATTR)
    if manager.class_ is not obj.__class__:
        return
    manager.ensure_configured()
    values[STATE] = manager.state_class(obj, forget)
    for key, value in manager.initial_values:
        values.setdefault(key, value)


def _run_init(obj: Any, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    hooks = getattr(obj.__class__, MANAGER_ATTR).hooks
    if hooks is None or STATE not in obj.__dict__:
        function(obj, *args, **kwargs)
        return
    state = obj.__dict__[STATE]
    call_all(hooks.init, state, args, kwargs)
    try:
        function(obj, *args, **kwargs)
    except Exception:
        call_all(hooks.init_failure, state, args, kwargs)
        raise


def wrapped_constructor(original: Init) -> Init:
    """Return a user's constructor with the state put in place before it runs."""

    @wraps(original)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - becomes the class's own
        values = self.__dict__
        if STATE in values and values[STATE]() is self:
            original(self, *args, **kwargs)
            return
        begin(self)
        _run_init(self, original, args, kwargs)

    __init__._sa_original_init = original  # type: ignore[attr-defined]
    return __init__


def refusing_constructor(cls: type, original: Init, error: Callable[[], Exception]) -> Init:
    """Return a constructor for the subclasses of a class that has no instances of its own."""

    @wraps(original)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - becomes the class's own
        if type(self) is cls:
            raise error()
        original(self, *args, **kwargs)

    return __init__
