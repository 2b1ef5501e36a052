"""The three kinds of attributes of a mapped class: scalar, reference and collection, as data descriptors.

Reading takes the value from the instance's dictionary, or asks the owner for it. Writing keeps the original value,
tells the owner, and for relationships keeps the other side and the cascades in step: plain calls in a fixed order
(hook, parent, other side, cascade). Nothing here knows SQL, mappers or how loading works.

`link_back` and `unlink_back` are a change seen from its other side: they change this side and call nobody back.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from ...exc import InvalidRequestError
from ...kernels._attributes import TrackedAttribute
from .errors import DetachedInstanceError, UnmappedInstanceError
from .history import HISTORY_BLANK, UNCHANGED, History, reference_history, scalar_history
from .hooks import AttributeEventToken, AttributeHooks, EventOperation
from .state import InstanceState
from .symbols import (
    CALLABLES_OK,
    DONT_SET,
    NO_VALUE,
    PASSIVE_NO_FETCH,
    PASSIVE_NO_RESULT,
    PASSIVE_OFF,
    STATE,
    PassiveFlag,
    may,
)
from .wire import Wire

NO_WIRE = Wire("", save_update=False)


class MappedAttribute(TrackedAttribute):
    """What the three kinds share. `manager` is the class manager of the class that the attribute belongs to."""

    manager: Any = None
    hooks: AttributeHooks | None = None
    wire: Wire = NO_WIRE
    active_history: bool = False
    """Whether the original value is loaded before it is replaced."""
    is_column: bool = False
    is_collection: bool = False
    is_streamed: bool = False
    """Whether its collections are never in memory as a whole."""
    is_expirable: bool = True

    def set_hooks(self, hooks: AttributeHooks | None) -> None:
        """Put the hook table in place, or take it away."""
        self.hooks = hooks

    def describe(self) -> str:
        """Return `User.name` for messages."""
        return f"{self.manager.class_.__name__}.{self.key}"

    def initiator(self, operation: EventOperation) -> AttributeEventToken:
        """Return what a listener learns about the origin of an event."""
        return AttributeEventToken(self, operation)

    # --- reading

    def read(self, obj: Any) -> Any:
        state = self.require_state(obj)
        if self.may_load(state):
            value = self.load(state, PASSIVE_OFF)
            if value is not NO_VALUE and value is not PASSIVE_NO_RESULT:
                return value
        return self.absent(obj, state)

    def require_state(self, obj: Any) -> InstanceState:
        """Return the state of an instance; raise UnmappedInstanceError where its constructor never ran."""
        try:
            state: InstanceState = obj.__dict__[STATE]
        except KeyError:
            raise UnmappedInstanceError(obj) from None
        return state

    def may_load(self, state: InstanceState) -> bool:
        """Tell whether a missing value may be in the database: there is a row, and the value was not deleted here."""
        return state.pk is not None and self.key not in state.committed

    def load(self, state: InstanceState, passive: PassiveFlag) -> Any:
        """Have the owner load the attribute, as far as `passive` allows; raise where there is no owner."""
        session = state.session
        if session is not None:
            return session.load_missing(state, self, passive)
        if passive is PASSIVE_OFF:
            raise DetachedInstanceError(self.detached_message(state))
        return PASSIVE_NO_RESULT

    def detached_message(self, state: InstanceState) -> str:
        """Return the text of the error for an instance that has no session to load from."""
        return f"Instance {state.name} is not bound to a Session; attribute refresh operation cannot proceed"

    def absent(self, obj: Any, state: InstanceState) -> Any:
        """Return what reads as the value of an attribute that has none."""
        return None

    def value_or_status(self, state: InstanceState, passive: PassiveFlag) -> Any:
        """Return the value, loaded as far as `passive` allows, or NO_VALUE or PASSIVE_NO_RESULT."""
        values = state.dict
        if self.key in values:
            return values[self.key]
        if not may(passive, CALLABLES_OK) or not self.may_load(state):
            return NO_VALUE
        return self.load(state, passive)

    # --- history and loaded values

    def get_history(self, state: InstanceState, passive: PassiveFlag = PASSIVE_OFF) -> History:
        """Return what was added, left and deleted."""
        raise NotImplementedError

    def fill(self, state: InstanceState, value: Any) -> Any:
        """Store a value as the one that the database holds, without history; return what was stored."""
        state.dict[self.key] = value
        state.forget_change(self.key)
        state.loaded((self.key,))
        return value

    def _no_value(self) -> AttributeError:
        return AttributeError(f"{self.describe()} object does not have a value")


class ScalarAttribute(MappedAttribute):
    """A column value, or another value that stands for itself."""

    is_column = True
    is_equal: Callable[[Any, Any], Any] = staticmethod(operator.eq)
    """Compares two values for history; the type's own comparison where it has one."""

    is_stored: bool = True
    """Whether a row that is written gives the value: neither deferred nor an expression."""
    default_scalar: Any = None
    """What an unset attribute of a new object reads as."""
    has_default: bool = False

    def __init__(self, key: str) -> None:
        super().__init__(key, True)

    def set_hooks(self, hooks: AttributeHooks | None) -> None:
        super().set_hooks(hooks)
        self.is_plain = hooks is None and not self.has_default

    def set_default(self, default: Any) -> None:
        """Give unset attributes a value to read; setting DONT_SET then leaves an attribute unset."""
        self.default_scalar = default
        self.has_default = True
        self.is_plain = False

    def may_load(self, state: InstanceState) -> bool:
        if state.pk is not None:
            return self.key not in state.committed
        return InstanceState.losses_in_use and self.key in state.lost_keys and self.key not in state.committed

    def load(self, state: InstanceState, passive: PassiveFlag) -> Any:
        if state.pk is None:
            raise lost(state)
        if state.is_written and state.session is None and self.key not in state.expired_attributes and self.is_stored:
            return NO_VALUE
        return super().load(state, passive)

    def detached_message(self, state: InstanceState) -> str:
        if self.is_stored or self.key in state.expired_attributes:
            return super().detached_message(state)
        return (
            f"Parent instance {state.name} is not bound to a Session; deferred load operation of attribute "
            f"{self.key!r} cannot proceed"
        )

    def absent(self, obj: Any, state: InstanceState) -> Any:
        hooks = self.hooks
        value = self.default_scalar
        if hooks is None or hooks.init_scalar is None:
            return value
        for function in hooks.init_scalar:
            value = function(state, value, obj.__dict__)
        return value

    def write(self, obj: Any, value: Any) -> None:
        values = obj.__dict__
        try:
            state = values[STATE]
        except KeyError:
            raise _no_state(obj) from None
        if value is DONT_SET:
            return
        key = self.key
        old = values.get(key, NO_VALUE)
        hooks = self.hooks
        if hooks is None and not self.active_history:
            state.note_change(obj, key, old)
            values[key] = value
            return
        if old is NO_VALUE and self.active_history:
            old = self._stored_value(state)
        if hooks is not None and hooks.set is not None:
            value = hooks.fire_set(state, value, old, self.initiator(EventOperation.REPLACE))
        state.note_change(obj, key, old)
        values[key] = value

    def _stored_value(self, state: InstanceState) -> Any:
        """Load what the row holds before it is overwritten; nothing is changed yet, so that this may flush."""
        if state.pk is None or self.key in state.committed or not self.is_stored:
            return NO_VALUE
        return self.load(state, PASSIVE_OFF)

    def remove(self, obj: Any) -> None:
        values = obj.__dict__
        state = self.require_state(obj)
        old = values.get(self.key, NO_VALUE)
        if old is NO_VALUE and (state.pk is None or self.key in state.committed):
            raise self._no_value()
        if old is NO_VALUE and self.active_history:
            old = self._stored_value(state)
        hooks = self.hooks
        if hooks is not None and hooks.remove is not None:
            hooks.fire_remove(state, None if old is NO_VALUE else old, self.initiator(EventOperation.REMOVE))
        state.note_change(obj, self.key, old)
        values.pop(self.key, None)

    def get_history(self, state: InstanceState, passive: PassiveFlag = PASSIVE_OFF) -> History:
        original = state.committed.get(self.key, UNCHANGED)
        current = self.value_or_status(state, passive)
        return HISTORY_BLANK if current is PASSIVE_NO_RESULT else scalar_history(original, current, self.is_equal)


class RelatedAttribute(MappedAttribute):
    """What references and collections share: the other side and the cascades."""

    def __init__(self, key: str) -> None:
        super().__init__(key, False)

    def may_load(self, state: InstanceState) -> bool:
        return self.key not in state.committed and (state.pk is not None or self.may_load_without_row(state))

    def may_load_without_row(self, state: InstanceState) -> bool:
        """Tell whether the attribute is loaded by what an instance holds that has no row yet."""
        source = state.loads_from or (state.owner if self.wire.load_on_pending else None)
        return source is not None and source() is not None

    def load(self, state: InstanceState, passive: PassiveFlag) -> Any:
        if state.pk is None:
            passive = passive | PassiveFlag.NO_AUTOFLUSH
        source = None if state.owner is not None else state.loads_from
        session = None if source is None else source()
        return super().load(state, passive) if session is None else session.load_missing(state, self, passive)

    def detached_message(self, state: InstanceState) -> str:
        return (
            f"Parent instance {state.name} is not bound to a Session; lazy load operation of attribute "
            f"{self.key!r} cannot proceed"
        )

    def attach(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        """Follow up on a child put into the attribute; only the side where the change began goes on from there."""
        wire = self.wire
        child_state = child.__dict__[STATE]
        if wire.tracks_parent:
            child_state.set_parent(wire, state)
        if origin is not self:
            return
        owner = state.owner
        if wire.save_update and owner is not None and (session := owner()) is not None:
            session.cascade_add(state, self, child_state)
        if wire.backref_key is not None:
            self.other_side(child_state).link_back(child_state, child, obj, origin)

    def refuse(self, state: InstanceState, child: Any) -> None:
        """Raise, before anything is changed, for a second parent where one is allowed, or an object without a row."""
        if self.wire.single_parent:
            self._refuse_second_parent(state, child.__dict__[STATE])
        self.refuse_deleted(state, child)

    def _refuse_second_parent(self, state: InstanceState, child_state: InstanceState) -> None:
        held = child_state.parent_of.get(self.wire)
        if held and held is not state:
            raise InvalidRequestError(
                f"Instance {child_state.name} is already associated with an instance of {state.manager.class_} via its "
                f"{self.describe()} attribute, and is only allowed a single parent.",
                code="bbf1",
            )

    def refuse_deleted(self, state: InstanceState, child: Any) -> None:
        """Raise, before anything is changed, where the cascade would add an object whose row was deleted."""
        child_state = child.__dict__[STATE]
        if child_state.pk is None or child_state.home is not None or not self.wire.save_update:
            return
        if child_state.was_deleted and (session := state.session) is not None:
            session.cascade_add(state, self, child_state)

    def detach(
        self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute, *, goes_on: bool = True
    ) -> None:
        """Follow up on a child taken out of the attribute; `goes_on` says that its other side does not know yet."""
        wire = self.wire
        child_state = child.__dict__[STATE]
        if wire.tracks_parent and (wire not in child_state.parent_of or child_state.is_held_by(wire, state)):
            child_state.set_parent(wire, False)
        if goes_on and wire.backref_key is not None:
            self.other_side(child_state).unlink_back(child_state, child, obj, origin)
        if wire.delete_orphan and (session := state.session) is not None:
            session.cascade_remove(state, self, child_state)

    def other_side(self, child_state: InstanceState) -> RelatedAttribute:
        try:
            found: RelatedAttribute = child_state.manager.attributes[self.wire.backref_key]
        except KeyError:
            raise KeyError(
                f"{child_state.name} cannot be put into {self.describe()}: its class has no attribute "
                f"{self.wire.backref_key!r} that refers back"
            ) from None
        return found

    def reached(self, obj: Any) -> Any:
        """Return the value for the unit of work, loaded even where the program must not load it."""
        values, state = obj.__dict__, self.require_state(obj)
        if self.key in values:
            return values[self.key]
        value = self.load(state, TO_WRITE) if self.may_load(state) else NO_VALUE
        return self.absent(obj, state) if isinstance(value, _STATUS) else value

    def link_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        """Put a child in because its other side was set."""
        raise NotImplementedError

    def unlink_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        """Take a child out because its other side was changed."""
        raise NotImplementedError

    def has_parent(self, state: InstanceState, is_optimistic: bool = False) -> bool:
        """Tell whether an instance of the related class has a parent through this relationship."""
        return state.has_parent(self.wire, is_optimistic)


class ReferenceAttribute(RelatedAttribute):
    """One related object, or None."""

    def write(self, obj: Any, value: Any) -> None:
        if value is DONT_SET:
            return
        state = self._checked_state(obj, value)
        values = obj.__dict__
        old = self._old_value(state, values)
        hooks = self.hooks
        if hooks is not None and hooks.set is not None:
            value = hooks.fire_set(state, value, old, self.initiator(EventOperation.REPLACE))
        if value is not None:
            self.refuse(state, value)
        state.note_change(obj, self.key, old)
        values[self.key] = value
        if value is old:
            return
        if old is not None and not isinstance(old, _STATUS):
            self.detach(state, obj, old, self)
        if value is not None:
            self.attach(state, obj, value, self)

    def _checked_state(self, obj: Any, value: Any) -> InstanceState:
        try:
            state: InstanceState = obj.__dict__[STATE]
        except KeyError:
            raise _no_state(obj) from None
        if value is not None and STATE not in getattr(value, "__dict__", ()):
            raise _no_state(value, self.describe())
        return state

    def _old_value(self, state: InstanceState, values: dict[str, Any]) -> Any:
        """Return the object that a new one replaces, as far as it is known without SQL."""
        if self.key in values:
            return values[self.key]
        if state.pk is None or self.key in state.committed:
            return NO_VALUE
        return self.load(state, STORED if self.active_history else STORED_IF_KNOWN)

    def remove(self, obj: Any) -> None:
        state = self.require_state(obj)
        values = obj.__dict__
        if self.key not in values and (state.pk is None or self.key in state.committed):
            raise self._no_value()
        old = self._old_value(state, values)
        hooks = self.hooks
        if hooks is not None and hooks.remove is not None:
            hooks.fire_remove(state, old, self.initiator(EventOperation.REMOVE))
        state.note_change(obj, self.key, old)
        values.pop(self.key, None)
        if old is not None and not isinstance(old, _STATUS):
            self.detach(state, obj, old, self)

    def link_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        values = obj.__dict__
        old = self._old_value(state, values)
        self._replace(state, obj, old, child, origin)
        if old is child:
            return
        if old is not None and not isinstance(old, _STATUS):
            self.detach(state, obj, old, origin)
        self.attach(state, obj, child, origin)

    def unlink_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        values = obj.__dict__
        if self.key not in values and state.pk is None:
            return
        old = self._old_value(state, values)
        if old is child or old is PASSIVE_NO_RESULT:
            self._replace(state, obj, old, None, origin)
            self.detach(state, obj, child, origin, goes_on=False)

    def _replace(self, state: InstanceState, obj: Any, old: Any, value: Any, origin: RelatedAttribute) -> None:
        hooks = self.hooks
        if hooks is not None and hooks.set is not None:
            value = hooks.fire_set(state, value, old, origin.initiator(EventOperation.REPLACE))
        state.note_change(obj, self.key, old)
        obj.__dict__[self.key] = value

    def get_history(self, state: InstanceState, passive: PassiveFlag = PASSIVE_OFF) -> History:
        original = state.committed.get(self.key, UNCHANGED)
        values = state.dict
        current = values[self.key] if self.key in values else self.value_or_status(state, passive)
        if original is PASSIVE_NO_RESULT and self.wire.holds_other_key and state.session is not None:
            original = self.load(state, STORED)
        return HISTORY_BLANK if current is PASSIVE_NO_RESULT else reference_history(original, current)


_STATUS = type(NO_VALUE)

TO_WRITE = PASSIVE_OFF | PassiveFlag.NO_RAISE
"""How the unit of work reads: `raiseload` refuses reads of the program only."""
STORED = TO_WRITE | PassiveFlag.LOAD_AGAINST_COMMITTED | PassiveFlag.NO_AUTOFLUSH
"""How what the database holds is read, while it is being replaced: a change that is half made must not be flushed."""
STORED_IF_KNOWN = (
    PASSIVE_NO_FETCH | PassiveFlag.NO_RAISE | PassiveFlag.LOAD_AGAINST_COMMITTED | PassiveFlag.NO_AUTOFLUSH
)
"""How far an assignment looks for the object that it replaces, without `active_history`."""


def lost(state: InstanceState) -> InvalidRequestError | DetachedInstanceError:
    """Return the error for values that expired while an instance had a row, which was then rolled back."""
    if state.session is None:
        return DetachedInstanceError(
            f"Instance {state.name} is not bound to a Session; attribute refresh operation cannot proceed: its row was "
            f"rolled back after {', '.join(state.lost_keys)} had expired"
        )
    return InvalidRequestError(
        f"Instance {state.name} cannot be refreshed - it's not  persistent and does not contain a full primary key. "
        f"Its row was rolled back after {', '.join(state.lost_keys)} had expired: set what is missing, or make a new "
        "object"
    )


def _no_state(obj: Any, where: str = "") -> AttributeError:
    """Return the error for an object without state, in the words that a missing attribute has."""
    remedy = f"; {where} takes instances of a mapped class" if where else "; it was made without its constructor"
    return AttributeError(f"{type(obj).__name__!r} object has no attribute '_sa_instance_state'{remedy}")
