"""What an instance asks of the session it is in: the protocol that Session implements.

A state refers to its owner through one weak reference shared by all states of the session, so a session that is
forgotten leaves detached instances behind.
"""

from __future__ import annotations

from typing import Any, Protocol

from .state import InstanceState
from .symbols import PassiveFlag


class Owner(Protocol):
    """A session as attributes see it."""

    modified: dict[InstanceState, Any]
    """Changed instances, each held strongly until it is flushed or expired: state -> instance."""

    def begin_for_change(self) -> None:
        """Begin a transaction, if none is open and the session begins by itself: an instance was changed."""
        ...

    touched: dict[InstanceState, Any]
    """Instances that a merge set to the values they had."""

    def load_missing(self, state: InstanceState, attribute: Any, passive: PassiveFlag) -> Any:
        """Load what the attribute lacks, store it in the instance and return it.

        That is an expired column (all expired ones at once), a deferred column, or a related object or collection
        that was never loaded. Returns `PASSIVE_NO_RESULT` where `passive` forbids the SQL that it would take, and
        `NO_VALUE` where there is nothing to load. Raises `ObjectDeletedError` where the row is gone.
        """
        ...

    def cascade_add(self, state: InstanceState, attribute: Any, child: InstanceState) -> None:
        """Take a child into the session that was attached to `state` through an attribute with save-update."""
        ...

    def cascade_remove(self, state: InstanceState, attribute: Any, child: InstanceState) -> None:
        """React to a child taken off an attribute with delete-orphan: a pending orphan leaves the session."""
        ...
