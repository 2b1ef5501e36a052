"""What a merge refuses or warns of: copies that are dirty, older than the row, or of a row that is gone.

In: a given object and what the session holds for it. Out: nothing, a warning, or the error. The numbers in comments are
those of the semantics' checklist.
"""

from __future__ import annotations

from typing import Any

from ... import exc
from ...exc import SAWarning
from ...util.notices import warn
from ..instance.attribute import lost
from ..instance.errors import StaleDataError
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from .copying import CopyPlan

NOT_TRANSIENT = (
    "merge() with load=False option does not support objects transient (i.e. unpersisted) objects.  flush() all "
    "changes on mapped instances before merging with load=False."
)
NOT_DIRTY = (
    "merge() with load=False option does not support objects marked as 'dirty'.  flush() all changes on mapped "
    "instances before merging with load=False."
)


def require_clean(state: InstanceState) -> None:
    if state.modified:
        raise exc.InvalidRequestError(NOT_DIRTY)


def check_found(session: Any, state: InstanceState, found: Any, load: bool) -> None:
    if not load:
        require_clean(state)
    if found.__dict__[STATE] in session._deleted:
        warn(
            f"Instance {found.__dict__[STATE].name} is marked to be deleted and is being merged into: what is "
            "merged goes with its row; call session.undelete() to keep it",
            SAWarning,
        )


def check_version(key: str, obj: Any, target: Any) -> None:
    """Refuse a copy that is older than the row (32, D1)."""
    given = obj.__dict__.get(key)
    if given is None:
        return
    present = getattr(target, key)
    if present != given:
        raise StaleDataError(
            f"Version id '{given}' on merged state {obj.__dict__[STATE].name} does not match existing version "
            f"'{present}'. Leave the version attribute unset when merging to update the most recent version."
        )


def refuse_lost(state: InstanceState) -> None:
    """Refuse an object whose values expired before its row was rolled back: there is nothing to merge."""
    if InstanceState.losses_in_use and state.lost_keys:
        raise lost(state)


def refuse_vanished(plan: CopyPlan, state: InstanceState) -> None:
    """Refuse a versioned copy whose row is gone (D2)."""
    if state.pk is not None and plan.version_key is not None:
        raise StaleDataError(
            f"Merged state {state.name} has an identity and a version, but its row is gone: somebody deleted it. Call "
            "make_transient() on the copy to insert it anew"
        )
