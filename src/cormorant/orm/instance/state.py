"""The state of an instance: the weak reference to it, and what the library knows of it.

State, weak entry in the identity map and death callback are one allocation. A slot that was never set reads as its
default, so a clean loaded instance carries only what the loader stores.

Each mapped class has its own subclass (made by `ClassManager`), which holds `manager`. Nothing here knows how
attributes are read or written, or what a session is.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple, cast

from ...inspection import register
from ...util.notices import SADeprecationWarning, warn
from .errors import ObjectDereferencedError
from .history import History
from .inspected import InspectionAttr
from .life import DELETED, DETACHED, PENDING, PERSISTENT, TRANSIENT, Life, Move, next_life
from .symbols import NO_VALUE, NOTHING, PASSIVE_NO_INITIALIZE, STATE, PassiveFlag

Values = dict[str, Any]
NO_CHANGES = cast("Values", NOTHING)
"""The originals of all clean instances; replaced by a dictionary of its own at an instance's first change."""
NO_KEYS: frozenset[str] = frozenset()

DEFAULTS: dict[str, Any] = {
    "pk": None,
    "owner": None,
    "home": None,
    "expired": False,
    "expired_attributes": NO_KEYS,
    "context": None,
    "peers": None,
    "flagged": False,
    "loads_from": None,
    "made_of": NOTHING,
    "pending_changes": NOTHING,
    "parent_of": NOTHING,
    "empty_collections": NOTHING,
    "_token": None,
    "identity_token": None,
    "was_deleted": False,
    "is_written": False,
}
"""What an unset slot reads as; `committed` and `life` are worked out."""


class InstanceState(weakref.ref[Any], InspectionAttr):
    """What is known of one instance; calling it gives the instance, or None once that is gone."""

    __slots__ = (
        "_token",
        "committed",
        "context",
        "empty_collections",
        "expired",
        "expired_attributes",
        "flagged",
        "home",
        "is_written",
        "life",
        "loads_from",
        "made_of",
        "owner",
        "parent_of",
        "peers",
        "pending_changes",
        "pk",
        "was_deleted",
    )

    flags_in_use: ClassVar[bool] = False
    """Whether `flag_dirty` was ever called in this process: until then nobody looks at `flagged`."""
    losses_in_use: ClassVar[bool] = False
    """Whether an instance that was expired ever lost its row or its identity: until then nobody looks for such ones."""
    tokens_in_use: ClassVar[bool] = False
    """Whether a state was ever given an identity token in this process: until then nobody looks for one."""
    manager: ClassVar[Any]
    """The class manager; set on the subclass of each mapped class."""
    is_instance: ClassVar[bool] = True
    load_options: ClassVar[tuple[Any, ...]] = ()
    load_path: ClassVar[Any] = None
    runid: ClassVar[Any] = None
    insert_order: ClassVar[int | None] = None
    """Public names that are empty here: what an instance was loaded with is in `context`."""

    pk: Any
    """The primary key: the bare value, a tuple where it has several columns, None without row."""
    owner: weakref.ref[Any] | None
    """A weak reference to the session, shared by all its states."""
    home: dict[Any, InstanceState] | None
    """The identity map's dictionary in which the state stands under `pk`."""
    life: Life
    """Where the instance was moved last; `current_life` also knows that the session may be gone."""
    committed: dict[str, Any]
    """The original values of changed attributes; NO_VALUE where none was loaded."""
    made_of: Mapping[str, tuple[Any, ...]]
    """The values of columns that the composites in memory were made of."""
    loads_from: weakref.ref[Any] | None
    """The session that relationships are loaded from though there is no row: `enable_relationship_loading()`."""
    flagged: bool
    """Whether `flag_dirty` marked the instance as changed without naming an attribute."""
    expired: bool
    """Whether the whole instance was expired and not loaded since."""
    expired_attributes: set[str] | frozenset[str]
    """The attributes that must be loaded again, though they may be no column of a plain load."""
    pending_changes: Mapping[str, Any]
    """Changes of collections that are not loaded: attribute key -> PendingCollection."""
    parent_of: Mapping[Any, Any]
    """The parent per relationship: wire -> its state (its `Parent` after unpickling), or False after removal."""
    empty_collections: Mapping[str, Any]
    """Collections that were read while there was nothing to load, and that nobody changed yet."""
    context: Any
    """What all instances of one result share: options, path."""
    peers: list[InstanceState] | None
    """The states that came with this one, itself among them, where what one lacks is loaded for all."""
    is_written: bool
    """Whether the row was written from this instance: a column that has no value and did not expire is NULL."""
    was_deleted: bool
    """Whether the instance's row was deleted in a committed or open transaction."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__
    __ne__ = object.__ne__

    def __getattr__(self, name: str) -> Any:
        if name in DEFAULTS:
            return DEFAULTS[name]
        if name == "committed":
            if self.pk is None:
                return self._initial_committed()
            self.committed = NO_CHANGES
            return NO_CHANGES
        if name == "life":
            return TRANSIENT if self.pk is None else PERSISTENT
        raise AttributeError(f"'InstanceState' object has no attribute {name!r}")

    def note_given(self) -> None:
        """Note which values a new instance has, if that was not done yet: they are what it will have added."""
        if not self.committed:
            self.committed = {}

    def _initial_committed(self) -> Any:
        """Return the originals of an instance without row that nobody changed since it was made.

        The constructor stores values without keeping books; each of them is a change.
        """
        values, manager = self.dict, self.manager
        if manager.held_keys.issuperset(values) and not manager.views:
            self.committed = dict.fromkeys(values, NO_VALUE)
            self.committed.pop(STATE, None)
        else:
            self.committed = {key: NO_VALUE for key in values if key in manager.attributes}
        return self.committed

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.InstanceState object at {id(self):#x}>"

    # --- the instance

    @property
    def obj(self) -> Callable[[], Any]:
        """A callable that gives the instance, or None once it is gone."""
        return self

    @property
    def object(self) -> Any:
        """The instance, or None once it is garbage-collected."""
        return self()

    @property
    def dict(self) -> Values:
        """The instance's dictionary; empty once the instance is gone."""
        obj = self()
        return {} if obj is None else obj.__dict__

    @property
    def class_(self) -> type:
        """The mapped class."""
        cls: type = self.manager.class_
        return cls

    @property
    def mapper(self) -> Any:
        """The mapper of the class."""
        return self.manager.mapper

    @property
    def name(self) -> str:
        """How messages name the instance: `<User at 0x7f...>`, never calling its `__repr__`."""
        obj = self()
        return f"<{self.manager.class_.__name__} at {hex(id(self if obj is None else obj))}>"

    def require_object(self) -> Any:
        """Return the instance; raise ObjectDereferencedError where it is gone."""
        obj = self()
        if obj is None:
            raise ObjectDereferencedError(
                f"Can't use {self.name}: it was garbage-collected; keep a reference to it while it is needed"
            )
        return obj

    # --- identity

    @property
    def key(self) -> tuple[Any, ...] | None:
        """The identity key: (class at the top of the hierarchy, primary key as a tuple, identity token)."""
        pk = self.pk
        return None if pk is None else (self.manager.identity_class, self.manager.pk_tuple(pk), self.identity_token)

    identity_key = key

    @property
    def identity(self) -> tuple[Any, ...] | None:
        """The primary key as a tuple, or None for an instance without row."""
        pk = self.pk
        return None if pk is None else self.manager.pk_tuple(pk)

    @property
    def has_identity(self) -> bool:
        """Whether the instance has, or had, a row."""
        return self.pk is not None

    @property
    def identity_token(self) -> Any:
        """What tells rows of one key in several databases apart, or None."""
        return self._token if InstanceState.tokens_in_use else None

    @identity_token.setter
    def identity_token(self, token: Any) -> None:
        self._token = token
        if token is not None:
            InstanceState.tokens_in_use = True

    # --- session and life

    @property
    def session(self) -> Any:
        """The session the instance is in, or None."""
        owner = self.owner
        return None if owner is None else owner()

    @property
    def async_session(self) -> Any:
        """The asyncio session around the instance's session, or None."""
        session = self.session
        return None if session is None else getattr(session, "async_proxy", None)

    @property
    def session_id(self) -> int | None:
        """A number that names the session, or None."""
        session = self.session
        return None if session is None else getattr(session, "hash_key", id(session))

    @property
    def current_life(self) -> Life:
        """Where the instance is now: a session that was garbage-collected leaves it transient or detached."""
        life = self.life
        if life is TRANSIENT or life is DETACHED or self.session is not None:
            return life
        return TRANSIENT if self.pk is None else DETACHED

    @property
    def transient(self) -> bool:
        """Whether it is in no session and has no row."""
        return self.current_life is TRANSIENT

    @property
    def pending(self) -> bool:
        """Whether it is in a session and not yet in the database."""
        return self.current_life is PENDING

    @property
    def persistent(self) -> bool:
        """Whether it is in a session and in the database."""
        return self.current_life is PERSISTENT

    @property
    def is_row_deleted(self) -> bool:
        """Whether the row of an instance in a session was deleted by a flush; cheaper to ask than `life`."""
        return self.pk is not None and self.home is None

    @property
    def deleted(self) -> bool:
        """Whether its row was deleted in the transaction that is still open."""
        return self.current_life is DELETED

    @property
    def detached(self) -> bool:
        """Whether it has, or had, a row and is in no session."""
        return self.current_life is DETACHED

    def move(self, move: Move) -> Life:
        """Change `life` as the table says and return it; raise InvalidRequestError where the move is illegal."""
        self.life = after = next_life(self.current_life, move, self.name)
        return after

    # --- changes

    @property
    def modified(self) -> bool:
        """Whether an attribute was set since the last flush, be it to an equal value."""
        if self.committed or (InstanceState.flags_in_use and self.flagged):
            return True
        session = self.session
        return session is not None and self in session.touched

    @property
    def committed_state(self) -> Mapping[str, Any]:
        """The original values of changed attributes."""
        return self.committed

    def note_change(self, obj: Any, key: str, original: Any) -> None:
        """Keep the original value of an attribute at its first change, and tell the session."""
        committed = self.committed
        if key not in committed:
            if committed is NO_CHANGES:
                committed = self.committed = {}
            committed[key] = original
        if self.home is None:  # new objects are saved anyway, and no change reaches a deleted row
            return
        owner = self.owner
        if owner is not None and (session := owner()) is not None and self not in session.modified:
            session.begin_for_change()
            session.modified[self] = obj

    def forget_changes(self) -> None:
        """Count what the instance holds now as what the database holds; the caller takes it out of `modified`."""
        self.committed = NO_CHANGES
        if InstanceState.flags_in_use:
            self.flagged = False

    def forget_change(self, key: str) -> None:
        """Count one attribute's value as what the database holds."""
        committed = self.committed
        if key in committed:
            del committed[key]

    def let_go(self) -> None:
        """Become transient by the program's own wish: no row, no session; values stay and changes stay changes."""
        changed = None if self.pk is None else dict(self.committed)
        self.forget_identity()
        if changed is not None:
            self.committed = changed

    def forget_identity(self) -> None:
        """Become transient: no row, no session; the values stay, and each counts as a change again."""
        self.pk = self.identity_token = self.owner = self.home = None
        self.life = TRANSIENT
        self.was_deleted = False
        if self.expired:
            InstanceState.losses_in_use = True  # says so until there is a row again
        self.expired_attributes = NO_KEYS
        self.flagged = False
        self.committed = {}
        del self.committed

    def undo_add(self) -> None:
        """Become transient because the transaction was rolled back; what expired in it stays lost."""
        expired = self.expired_attributes
        self.forget_identity()
        if expired:
            self.expired_attributes = expired
            InstanceState.losses_in_use = True

    def undo_insert(self) -> None:
        """Become transient because the row is gone again; what links it to others counts as a change again.

        What was expired is lost; `lost_keys` remembers it.
        """
        was_deleted, changed = self.was_deleted, dict(self.committed)
        self.undo_add()
        self.was_deleted = was_deleted
        attributes = self.manager.attributes
        for key in self.dict:
            if key in attributes and not attributes[key].is_column:
                changed[key] = NO_VALUE
        self.committed = changed

    @property
    def lost_keys(self) -> list[str]:
        """The columns of an instance without row whose values expired while it had one, and were not set since."""
        if not InstanceState.losses_in_use or self.pk is not None or not self.expired_attributes:
            return []
        attributes, values = self.manager.attributes, self.dict
        return sorted(key for key in self.expired_attributes if attributes[key].is_column and key not in values)

    # --- attributes

    @property
    def attrs(self) -> Any:
        """One `AttributeState` per mapped attribute, by key or as attributes."""
        return self.manager.attribute_states(self)

    @property
    def callables(self) -> Mapping[str, Any]:
        """Loaders set for single attributes of this instance; always empty, loading is the session's business."""
        return NOTHING

    @property
    def parents(self) -> Mapping[Any, Any]:
        """The parent per relationship that keeps track of it."""
        return self.parent_of

    @property
    def unloaded(self) -> set[str]:
        """The keys of attributes that have no value in memory."""
        values, views = self.dict, self.manager.views
        keys = set(self.manager.mapped_keys).difference(values).difference(self.committed)
        return {key for key in keys if key not in views or not views[key].is_loaded(values)} if views else keys

    @property
    def unloaded_expirable(self) -> set[str]:
        """The same as `unloaded`."""
        warn(
            "The InstanceState.unloaded_expirable attribute is deprecated.  Please use InstanceState.unloaded.",
            SADeprecationWarning,
        )
        return self.unloaded

    @property
    def unmodified(self) -> set[str]:
        """The keys of attributes that were not changed."""
        return set(self.manager.mapped_keys).difference(self.committed)

    def unmodified_intersection(self, keys: Any) -> set[str]:
        """Return which of the keys were not changed."""
        return set(keys).intersection(self.manager.attributes).difference(self.committed)

    def get_history(self, key: str, passive: PassiveFlag = PASSIVE_NO_INITIALIZE) -> History:
        """Return what was added, left and deleted in an attribute."""
        history: History = self.manager.attribute(key).get_history(self, passive)
        return history

    def get_impl(self, key: str) -> Any:
        """Return the descriptor that stores the attribute."""
        return self.manager.attributes[key]

    def is_held_by(self, wire: Any, parent: InstanceState) -> bool:
        """Tell whether the parent that is remembered for a relationship is this one, or stands for the same row."""
        held: Any = self.parent_of.get(wire)
        if held is parent:
            return True
        return bool(held) and parent.pk is not None and held.key == parent.key

    def set_parent(self, wire: Any, parent: InstanceState | bool) -> None:
        """Remember which parent holds this instance through a relationship; False after removal."""
        parents: Any = self.parent_of
        if parents is NOTHING:
            parents = self.parent_of = {}
        parents[wire] = parent

    def has_parent(self, wire: Any, is_optimistic: bool = False) -> bool:
        """Tell whether some parent holds this instance through a relationship; `is_optimistic` answers the unknown."""
        return self.parent_of.get(wire, is_optimistic) is not False

    # --- expiry

    def expire(self) -> None:
        """Drop all mapped values, so that the next read loads them; changes are dropped with them.

        The caller takes the state out of the session's `modified`.
        """
        obj = self()
        manager = self.manager
        if obj is not None:
            manager.drop_values(obj.__dict__, self)
        self._drop_books()
        self.parent_of = NOTHING  # whose member it is comes from the row again
        self.expired = True
        self.expired_attributes = manager.expirable_keys
        if manager.hooks is not None and manager.hooks.expire is not None:
            manager.fire_expire(self, None)

    def _drop_books(self) -> None:
        self.committed = NO_CHANGES
        if InstanceState.flags_in_use:
            self.flagged = False
        if self.manager.collection_keys:
            self.pending_changes = NOTHING
            self.empty_collections = NOTHING

    def expire_attributes(self, keys: Any) -> None:
        """Drop single values, so that the next read of each loads it; changes of them are dropped."""
        values = self.dict
        expired = set(self.expired_attributes)
        for key in keys:
            attribute = self.manager.attributes.get(key)
            if attribute is None and key in self.manager.views:
                values.pop(key, None)
                continue
            attribute = self.manager.attributes[key]
            if attribute.is_expirable and (key in values or attribute.is_column):
                expired.add(key)
            value = values.pop(key, None)
            if attribute.is_collection and value is not None:
                value._attribute = attribute.stale
            self.forget_change(key)
            self.forget_pending(key)
        self.expired_attributes = expired
        if self.manager.hooks is not None and self.manager.hooks.expire is not None:
            self.manager.fire_expire(self, tuple(keys))

    def forget_pending(self, key: str) -> None:
        """Drop what was queued for an unloaded collection, or read from an empty one."""
        for slot in (self.pending_changes, self.empty_collections):
            if slot is not NOTHING:
                slot.pop(key, None)  # type: ignore[attr-defined]

    def loaded(self, keys: Any) -> None:
        """Note that the given attributes were loaded, so they are no longer expired."""
        if self.expired_attributes is not NO_KEYS:
            self.expired_attributes = set(self.expired_attributes).difference(keys)
        if self.expired:
            self.expired = False

    # --- pickling

    def __reduce__(self) -> tuple[Any, ...]:
        obj = self.require_object()
        kept = {name: value for name in PICKLED if (value := getattr(self, name)) is not DEFAULTS.get(name)}
        kept["committed"] = dict(self.committed)
        if self.parent_of:
            kept["parents"] = [found for pair in self.parent_of.items() if (found := _kept_parent(*pair)) is not None]
        if self.manager.hooks is not None and self.manager.hooks.pickle is not None:
            self.manager.fire_pickle(self, kept)
        return restore_state, (obj,), kept

    def __setstate__(self, kept: Values) -> None:
        for name, value in kept.items():
            if name in _SLOTS:
                setattr(self, name, value)
        for manager, key, parent in kept.get("parents", ()):
            manager.ensure_configured()
            if key in manager.attributes:
                self.set_parent(manager.attributes[key].wire, parent)
        self.life = TRANSIENT if kept.get("pk") is None else DETACHED
        if self.manager.hooks is not None and self.manager.hooks.unpickle is not None:
            self.manager.fire_unpickle(self, kept)

    def __copy__(self) -> InstanceState:
        return self


class Parent(NamedTuple):
    """A parent as a pickled child remembers it."""

    key: tuple[Any, ...]
    """Its identity key."""


def _kept_parent(wire: Any, parent: Any) -> tuple[Any, str, Parent | bool] | None:
    """Return a remembered parent in a form to pickle: manager of its class, relationship, parent; None without row."""
    manager = wire.property.parent.class_manager
    if parent is False:
        return manager, wire.key, False
    return None if parent.key is None else (manager, wire.key, Parent(parent.key))


PICKLED = (
    "pk",
    "expired",
    "expired_attributes",
    "flagged",
    "pending_changes",
    "empty_collections",
    "identity_token",
    "context",
    "is_written",
)
_SLOTS = frozenset((*InstanceState.__slots__, "identity_token"))


def restore_state(obj: Any) -> InstanceState:
    """Return the state of an instance that is being unpickled or deep-copied; it belongs to no session."""
    state: InstanceState = obj.__class__._sa_class_manager.state_class(obj, forget)
    return state


def forget(state: InstanceState) -> None:
    """Take a dead instance out of its identity map; by then its key may belong to a younger one."""
    home = state.home
    if home is not None and home.get(state.pk) is state:
        del home[state.pk]


def forget_peer(state: InstanceState) -> None:
    """Take a dead instance, which came with others, out of its identity map; the others no longer hang on it."""
    forget(state)
    state.peers = None


def expire_each(states: Iterable[InstanceState]) -> None:
    """Do what `expire` does to many states: the loop of most commits."""
    kind: type | None = None
    manager: Any = None
    held, expirable = NO_KEYS, NO_KEYS
    is_plain = False
    for state in list(states):
        obj = state()
        if obj is None:
            continue
        if type(state) is not kind:
            kind, manager = type(state), state.manager
            held, expirable = manager.held_keys, manager.expirable_keys
            has_hook = manager.hooks is not None and manager.hooks.expire is not None
            is_plain = not (has_hook or manager.collection_keys or InstanceState.flags_in_use)
        values = obj.__dict__
        if is_plain and held.issuperset(values):
            values.clear()
            values[STATE] = state
            state.committed = NO_CHANGES
            state.expired = True
            state.expired_attributes = expirable
            state.parent_of = NOTHING
        else:
            state.expire()


def state_of(obj: Any) -> InstanceState:
    """Return the state of an instance; raises AttributeError or KeyError where it has none (`errors.NO_STATE`)."""
    state: InstanceState = obj.__dict__[STATE]
    return state


register(InstanceState)
