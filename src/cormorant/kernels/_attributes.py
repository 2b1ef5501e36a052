"""The tracked attribute: a data descriptor that reads the instance's dictionary and notices the first change.

In: an instance whose `__dict__` holds its state under `STATE`. Out: the value, or a call of `read`, `write` or
`remove`, which subclasses define for whatever is not the common case. Nothing here knows what loads, records or
notifies.

`_attributes.pxd` declares the same class for the compiled form.
"""

from __future__ import annotations

from typing import Any

STATE = "_sa_instance_state"


def no_state(obj: Any) -> AttributeError:
    """Return the error for an instance whose constructor never ran, in the words that a missing attribute has."""
    return AttributeError(
        f"{type(obj).__name__!r} object has no attribute {STATE!r}; it was made without its constructor"
    )


class TrackedAttribute:
    """Base of the attribute descriptors of mapped classes.

    `is_plain` says that once the original value is kept, a new value only has to be stored: no hook, no backref.
    """

    key: str
    is_plain: bool

    def __init__(self, key: str, is_plain: bool) -> None:
        self.key = key
        self.is_plain = is_plain

    def __get__(self, obj: Any, owner: Any) -> Any:
        if obj is None:
            return self
        values: dict[str, Any] = obj.__dict__
        try:
            return values[self.key]
        except KeyError:
            return self.read(obj)

    def __set__(self, obj: Any, value: Any) -> None:
        values: dict[str, Any] = obj.__dict__
        try:
            committed = values[STATE].committed
        except KeyError:
            raise no_state(obj) from None
        if self.is_plain and self.key in committed:
            values[self.key] = value
        else:
            self.write(obj, value)

    def __delete__(self, obj: Any) -> None:
        self.remove(obj)

    def read(self, obj: Any) -> Any:
        """Return the value of an attribute that is not in the instance's dictionary."""
        raise AttributeError(self.key)

    def write(self, obj: Any, value: Any) -> None:
        """Store a value, keeping the original one where this is the first change."""
        raise AttributeError(self.key)

    def remove(self, obj: Any) -> None:
        """Remove the value."""
        raise AttributeError(self.key)
