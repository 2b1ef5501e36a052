"""The unit of work: collect, plan, execute, accept. The whole flush on one screen.

In: a session. Out: rows written, objects persistent. An error rolls the innermost transaction back and leaves the
objects to it; nothing is accepted before everything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...exc import SAWarning
from ...util.collector import paused_collector
from ...util.notices import warn
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from ..mapping.hooks import mapper_hooks
from .accept import accept
from .changes import collect_changes, is_orphan
from .execute import execute_plan
from .plan import FlushPlan, make_plan
from .rows import has_net_change

MANY = 1_000
"""From this many objects on, a flush pauses the garbage collector."""

__all__ = ["flush", "is_orphan", "plan", "warn_in_flush"]


def flush(session: Any, objects: Sequence[Any] | None = None) -> None:
    """Write the changes of a session, or those of some of its objects."""
    session._begin_if_needed().require_active()
    context = UOWTransaction(session)
    session._is_flushing = True
    try:
        if session.hooks.before_flush is not None:
            session.hooks.fire("before_flush", session, context, objects)
        if not (session._new or session._deleted or forget_unchanged(session)):
            return
        transaction = session._begin_if_needed()  # a listener may have ended the one before
        chosen = None if not objects else {obj.__dict__[STATE] for obj in objects}
        try:
            if len(session._new) + len(session.modified) + len(session._deleted) < MANY:
                _write(session, context, chosen, transaction)
            else:
                with paused_collector(()):
                    _write(session, context, chosen, transaction)
            transaction.require_open()
            if session.hooks.after_flush_postexec is not None:
                session.hooks.fire("after_flush_postexec", session, context)
                transaction.require_open()
        except BaseException as error:
            if not transaction.is_closed:
                transaction.undo(error)
            raise
    finally:
        session._is_flushing = session._is_writing = False


def _write(session: Any, context: UOWTransaction, chosen: set[InstanceState] | None, transaction: Any) -> None:
    session._is_writing = True
    context.plan = make_plan(collect_changes(session, chosen))
    execute_plan(session, session.routed(context.plan))
    session._is_writing = False
    if session.hooks.after_flush is not None:
        session.hooks.fire("after_flush", session, context)
    accept(session, context.plan, transaction)


def _hears_of_updates(mapper: Any) -> bool:
    """Tell whether somebody listens to the updates of a class: also to those that write nothing."""
    hooks = mapper_hooks(mapper)
    return hooks.before_update is not None or hooks.after_update is not None


def forget_unchanged(session: Any) -> bool:
    """Tell whether a changed object has another value; if none has, close the books of all."""
    modified = session.modified
    if any(has_net_change(state, obj.__dict__) for state, obj in modified.items()):
        return True
    kinds: set[Any] = {type(state) for state in modified}
    if any(_hears_of_updates(kind.manager.mapper) for kind in kinds):
        return True
    for state in modified:
        state.forget_changes()
    modified.clear()
    return False


def plan(session: Any) -> FlushPlan:
    """Return what a flush would write now; nothing is written, collections that a delete concerns are loaded."""
    with session.no_autoflush:
        return make_plan(collect_changes(session))


class UOWTransaction:
    """What the listeners of flush events are given."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.plan: FlushPlan | None = None

    def states(self) -> list[InstanceState]:
        """Return the states that the flush concerns."""
        if self.plan is None:
            return []
        changes = self.plan.changes
        saved = [state for saves in changes.saved.values() for state, _ in saves.items()]
        return saved + [state for states in changes.deleted.values() for state in states]


def warn_in_flush(verb: str) -> None:
    """Warn of a change to the session that a listener makes while a flush runs."""
    warn(
        f"Usage of the '{verb}' operation is not currently supported within the execution stage of the flush process. "
        "Results may not be consistent.  Consider using alternative event listeners or connection-level operations "
        "instead.",
        SAWarning,
    )
