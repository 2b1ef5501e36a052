"""The hook table of a pool: one slot per event, None or a tuple of callables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...exc import InvalidRequestError

Listeners = tuple[Callable[..., Any], ...] | None


class PoolHooks:
    """The listeners of one pool, or of all pools."""

    __slots__ = (
        "checkin", "checkout", "close", "close_detached", "connect", "detach", "first_connect", "invalidate", "reset",
        "soft_invalidate",
    )  # fmt: skip

    def __init__(self) -> None:
        for name in self.__slots__:
            setattr(self, name, None)

    def add(self, name: str, function: Callable[..., Any]) -> None:
        """Put a listener behind those of an event."""
        if name not in self.__slots__:
            raise InvalidRequestError(f"No such event '{name}' for a pool; it has {', '.join(self.__slots__)}")
        setattr(self, name, (*(getattr(self, name) or ()), function))
