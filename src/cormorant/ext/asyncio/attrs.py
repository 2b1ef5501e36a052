"""AsyncAttrs: attributes that are loaded when they are awaited."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from ...util.bridge import greenlet_spawn


class AsyncAttrs:
    """Mixed into mapped classes: `await user.awaitable_attrs.posts` loads what is not in memory."""

    __slots__ = ()

    @property
    def awaitable_attrs(self) -> _Attributes:
        """The object's attributes, each to be awaited."""
        return _Attributes(self)


class _Attributes:
    __slots__ = ("_instance",)

    def __init__(self, instance: Any) -> None:
        self._instance = instance

    def __getattr__(self, name: str) -> Awaitable[Any]:
        return greenlet_spawn(getattr, self._instance, name)
