"""The events of sessions: one table per session class, one per session that has listeners of its own.

In: functions that `event.listen` adapted. Out: calls in the order of registration. `is_watching` is the one test that
hot code makes before it looks at the life-cycle slots.
"""

from __future__ import annotations

from typing import Any

from ...event.catalogue import SESSION
from ...event.hooks import hook_table
from ..instance.life import Life
from ..instance.state import InstanceState

TRANSITIONS: dict[tuple[Life, Life], str] = {
    (Life.TRANSIENT, Life.PENDING): "transient_to_pending",
    (Life.PENDING, Life.TRANSIENT): "pending_to_transient",
    (Life.PENDING, Life.PERSISTENT): "pending_to_persistent",
    (Life.PERSISTENT, Life.TRANSIENT): "persistent_to_transient",
    (Life.PERSISTENT, Life.DELETED): "persistent_to_deleted",
    (Life.PERSISTENT, Life.DETACHED): "persistent_to_detached",
    (Life.DELETED, Life.TRANSIENT): "deleted_to_detached",
    (Life.DELETED, Life.DETACHED): "deleted_to_detached",
    (Life.DELETED, Life.PERSISTENT): "deleted_to_persistent",
    (Life.DETACHED, Life.PERSISTENT): "detached_to_persistent",
}
"""The event of each move between the states of an object's life."""

LIFE_EVENTS = ("after_attach", "before_attach", *TRANSITIONS.values())

SessionEvents: Any = hook_table("SessionEvents", SESSION)


class SessionHooks(SessionEvents):  # type: ignore[misc]
    """The hook table of a session class, or of one session, which hears its class's listeners first."""

    is_watching: bool = False
    """Whether some life-cycle event has a listener."""
    _hears_loads: bool = False

    def hear_loads(self) -> None:
        """Have loads take the way past the listeners of `do_orm_execute` though there are none yet."""
        self._hears_loads = True
        self._refresh("do_orm_execute")

    def _refresh(self, name: str) -> None:
        base: Any = super()
        base._refresh(name)
        if self._hears_loads and getattr(self, "do_orm_execute", None) is None:
            setattr(self, "do_orm_execute", ())  # noqa: B010 - the events of the class are made from a table
        self.is_watching = any(getattr(self, watched) is not None for watched in LIFE_EVENTS)

    def fire(self, name: str, *arguments: Any) -> None:
        """Call the functions of an event."""
        for function in getattr(self, name) or ():
            function(*arguments)

    def transition(self, session: Any, state: InstanceState, before: Life, after: Life) -> None:
        """Tell of a move from one life to another."""
        name = TRANSITIONS.get((before, after))
        obj = None if name is None or getattr(self, name) is None else state()
        if name is not None and obj is not None:
            self.fire(name, session, obj)

    def attached(self, session: Any, obj: Any, before: Life, after: Life, state: InstanceState) -> None:
        """Tell of an object that came into the session."""
        if self.after_attach is not None:
            self.fire("after_attach", session, obj)
        self.transition(session, state, before, after)
