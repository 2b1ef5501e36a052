"""The part of a session's API that needs no waiting: the same for AsyncSession and for a registry of sessions.

In: an object whose `_proxied` is a session (or another AsyncSession). Out: its methods and properties, handed through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...orm.session.session import Session, object_session


class SessionProxy:
    """Hands through what a session does without a database."""

    _proxied: Any

    def __contains__(self, instance: object) -> bool:
        return instance in self._proxied

    def __iter__(self) -> Any:
        return iter(self._proxied)

    def add(self, instance: object, *, _warn: bool = True) -> None:
        """Take an object, and what save-update reaches from it, into the session."""
        self._proxied.add(instance, _warn=_warn)

    def add_all(self, instances: Iterable[object]) -> None:
        """Take objects into the session."""
        self._proxied.add_all(instances)

    def expire(self, instance: object, attribute_names: Iterable[str] | None = None) -> None:
        """Drop the values of an object, so that `refresh()` or `awaitable_attrs` loads them."""
        self._proxied.expire(instance, attribute_names)

    def expire_all(self) -> None:
        """Drop the values of all objects."""
        self._proxied.expire_all()

    def expunge(self, instance: object) -> None:
        """Take an object out of the session."""
        self._proxied.expunge(instance)

    def expunge_all(self) -> None:
        """Take all objects out of the session."""
        self._proxied.expunge_all()

    def is_modified(self, instance: object, include_collections: bool = True) -> bool:
        """Tell whether an object has changes that a flush would write."""
        return bool(self._proxied.is_modified(instance, include_collections))

    def in_transaction(self) -> bool:
        """Tell whether a transaction was begun."""
        return bool(self._proxied.in_transaction())

    def in_nested_transaction(self) -> bool:
        """Tell whether a savepoint is current."""
        return bool(self._proxied.in_nested_transaction())

    @property
    def dirty(self) -> Any:
        """Persistent objects with changes."""
        return self._proxied.dirty

    @property
    def deleted(self) -> Any:
        """Objects marked to be deleted."""
        return self._proxied.deleted

    @property
    def new(self) -> Any:
        """Pending objects."""
        return self._proxied.new

    @property
    def identity_map(self) -> Any:
        """The persistent objects by identity key."""
        return self._proxied.identity_map

    @property
    def is_active(self) -> bool:
        """Whether the session is not waiting for a rollback."""
        return bool(self._proxied.is_active)

    @property
    def autoflush(self) -> bool:
        """Whether reads flush before."""
        return bool(self._proxied.autoflush)

    @autoflush.setter
    def autoflush(self, value: bool) -> None:
        self._proxied.autoflush = value

    @property
    def no_autoflush(self) -> Any:
        """A context manager (not an asynchronous one): no autoflush within the block."""
        return self._proxied.no_autoflush

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary for the application's own use."""
        info: dict[Any, Any] = self._proxied.info
        return info

    @property
    def execution_options(self) -> Mapping[str, Any]:
        """Options of all that the session executes."""
        options: Mapping[str, Any] = self._proxied.execution_options
        return options

    @execution_options.setter
    def execution_options(self, value: Mapping[str, Any]) -> None:
        self._proxied.execution_options = value

    @staticmethod
    def object_session(instance: object) -> Session | None:
        """Return the plain session that an object is in, or None."""
        return object_session(instance)

    identity_key = Session.identity_key
