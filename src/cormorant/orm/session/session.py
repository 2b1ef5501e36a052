"""Session: the verbs. One object per identity, a unit of work, and merge.

Each method checks its arguments and hands over to the module of that name on this rung: `lifecycle` (objects coming
and going), `transaction`, `execution` (statements), `reading` (get, refresh), `merging`, and to `orm.flush` for the
unit of work. What is kept here is the session's state: the identity map, three dictionaries of objects held strongly
(new, modified, deleted), the transaction and the options.
"""

from __future__ import annotations

import weakref
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, Unpack, overload

from ... import exc
from ...engine.connection import Connection
from ...engine.cursor_result import CursorResult
from ...engine.results.iterators import Result
from ...engine.results.views import ScalarResult
from ...sql.clause import Ts, TypedReturnsRows
from ...sql.column import SQLCoreOperations
from ...sql.dml import UpdateBase
from ...sql.typed import T0, T1, T2, T3, T4, T5, T6, T7, T, Typed
from ...util.immutable import immutabledict
from ...util.later import later
from ...util.memo import memoized
from ...util.sets import IdentitySet
from ..flush import unit_of_work
from ..flush.accept import accept_deleted
from ..instance.identity import IdentityMap
from ..instance.life import IN_SESSION
from ..instance.state import InstanceState
from ..load.request import LoadRequest
from . import binding, execution, expiry, lifecycle, overriding, reading
from .alone import in_use, one_thread
from .hooks import SessionHooks
from .overriding import overridden
from .transaction import JOIN_MODES, SessionTransaction, SessionTransactionOrigin

if TYPE_CHECKING:
    from ..query import legacy
    from ..query.legacy import Query, RowReturningQuery
    from . import budget, bulk_objects, merging, previewing, three_way
    from .budget import QueryLog
    from .previewing import MergePreview
    from .three_way import Policy
else:
    budget, bulk_objects, merging, previewing, three_way = later(
        __package__, "budget", "bulk_objects", "merging", "previewing", "three_way"
    )
    (legacy,) = later("cormorant.orm.query", "legacy")

ObjectT = TypeVar("ObjectT")

NO_OPTIONS: immutabledict[str, Any] = immutabledict()
_numbers = count(1)


class SessionRef(weakref.ref["Session"]):
    """A weak reference that is told from others by identity, whatever equality a subclass of Session has."""

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__
    __ne__ = object.__ne__


sessions: set[SessionRef] = set()
"""Every living session."""


class Session:
    """A workplace for mapped objects: loads them, tracks their changes and writes these in a transaction.

    `bind` is the Engine or Connection to talk to; `binds` maps classes, mappers or tables to others. `autoflush` writes
    changes before each query; `expire_on_commit` has objects loaded again after each commit; `autobegin=False` demands
    an explicit `begin()`. `twophase` prepares before it commits. `join_transaction_mode` says what to do on a
    Connection whose owner began a transaction. `savepoint_flush=True` flushes inside a savepoint of its own when
    `begin_nested()` flushes, so that an error there does not cost the outer transaction.

    A session is used by one thread at a time. As a context manager it is closed at the end of the block.
    """

    _class_hooks: ClassVar[SessionHooks] = SessionHooks()
    has_own_verbs: ClassVar[bool] = True
    """Said by each class of this library, whose verbs are not overridden ones."""
    overrides: ClassVar[frozenset[str]] = frozenset()
    """The verbs that a program's class does in its own way: the others then call them; see `overriding`."""
    fetches_peers = False
    """Whether what one object lacks is loaded for all objects of its result: `fetch="peers"`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._class_hooks = SessionHooks(cls._class_hooks)
        cls.overrides = overridden(cls)
        if "execute" in cls.overrides:
            cls._class_hooks.hear_loads()

    def __init__(
        self,
        bind: Any = None,
        *,
        autoflush: bool = True,
        future: bool = True,
        expire_on_commit: bool = True,
        autobegin: bool = True,
        twophase: bool = False,
        binds: Mapping[Any, Any] | None = None,
        enable_baked_queries: bool = True,
        info: Mapping[Any, Any] | None = None,
        query_cls: type | None = None,
        autocommit: bool = False,
        join_transaction_mode: str = "conditional_savepoint",
        close_resets_only: bool = True,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        savepoint_flush: bool = False,
        fetch: str | None = None,
    ) -> None:
        if autocommit or not future or join_transaction_mode not in JOIN_MODES:
            raise _refused(future=future, autocommit=autocommit, join_transaction_mode=join_transaction_mode)
        self.bind = bind
        self.autoflush = autoflush
        self.expire_on_commit = expire_on_commit
        self.autobegin = autobegin
        self.twophase = twophase
        self.enable_baked_queries = enable_baked_queries
        self.join_transaction_mode = join_transaction_mode
        self.close_resets_only = close_resets_only
        self.savepoint_flush = savepoint_flush
        if fetch is not None:
            self.fetches_peers = _is_for_peers(fetch)
        self.execution_options = (
            execution_options if execution_options is NO_OPTIONS else immutabledict(execution_options)
        )
        self.hash_key = next(_numbers)
        self.identity = IdentityMap()
        self.modified: dict[InstanceState, Any] = {}
        self.touched: dict[InstanceState, Any] = overriding.AlwaysTrue() if "flush" in self.overrides else {}
        """Objects that a merge set to the values they had: in `dirty` until the next flush, nothing to write."""
        self.running: tuple[Any, Any, Mapping[str, Any]] | None = None
        """Statement, parameters and options of what a program has the session execute right now."""
        self.load_options: Mapping[str, Any] = NO_OPTIONS
        """Options of the loads that are being run."""
        self.load_arguments: Mapping[str, Any] | None = None
        """What `get_bind()` is given besides for the load that is being run."""
        self.lock = RLock()
        """Held by the thread that is inside the session; see `alone`."""
        self._new: dict[InstanceState, Any] = {}
        self._deleted: dict[InstanceState, Any] = {}
        self._transaction: SessionTransaction | None = None
        self._nested_transaction: SessionTransaction | None = None
        self._block: SessionTransaction | None = None
        """The transaction whose `with` block runs."""
        self._is_flushing = False
        self._is_writing = False
        self._is_closed = False
        self._connection: Any = None
        self.ref = SessionRef(self, sessions.discard)
        self.hooks: SessionHooks = type(self)._class_hooks
        if isinstance(bind, str):
            raise exc.ArgumentError(f"a session is bound to an Engine or Connection: create_engine({bind!r}) makes one")
        self._binds: dict[Any, Any] = {}
        if binds:
            for key, engine in binds.items():
                binding.add_bind(self._binds, key, engine)
        if query_cls is not None:
            self._query_class = query_cls
        if info:
            self.info.update(info)
        sessions.add(self.ref)

    @property
    def binds(self) -> immutabledict[Any, Any]:
        """The engines that `binds` names, by class and table."""
        return immutabledict(self._binds)

    @property
    def _flushing(self) -> bool:
        """Whether a flush goes on: what an overridden `get_bind()` asks to route writing."""
        return self._is_flushing

    @property
    def dispatch(self) -> SessionHooks:
        """The listeners of the session."""
        return self.hooks

    async_ref: weakref.ref[Any] | None = None
    """A weak reference to the asyncio session around this one."""

    @property
    def async_proxy(self) -> Any:
        """The asyncio session around this one, or None."""
        return None if self.async_ref is None else self.async_ref()

    @memoized
    def info(self) -> dict[Any, Any]:
        """A dictionary for the application's own use."""
        return {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()

    # --- what is in it

    @property
    def identity_map(self) -> IdentityMap:
        """The persistent objects by identity key, each held weakly unless it is changed."""
        return self.identity

    @property
    def new(self) -> IdentitySet[Any]:
        """The pending objects: added and not yet flushed."""
        return IdentitySet(self._new.values())

    @property
    def dirty(self) -> IdentitySet[Any]:
        """The persistent objects with attributes that were set, be it to an equal value."""
        changed = {**self.touched, **self.modified} if self.touched else self.modified
        return IdentitySet(obj for state, obj in changed.items() if self._is_dirty(state))

    def _is_dirty(self, state: InstanceState) -> bool:
        return (
            state.owner is self.ref and state.pk is not None and state not in self._deleted and state not in self._new
        )

    @property
    def deleted(self) -> IdentitySet[Any]:
        """The objects that the next flush deletes."""
        return IdentitySet(self._deleted.values())

    def __contains__(self, instance: object) -> bool:
        state = lifecycle.state_of(instance)
        return state in self._new or self.identity.contains_state(state)

    def __iter__(self) -> Iterator[Any]:
        return iter([*self._new.values(), *self.identity.values()])

    def _is_clean(self) -> bool:
        if self._new or self._deleted:
            return False
        for state in self.modified:  # noqa: SIM110 - a generator costs more than the usual single look
            if state.modified:
                return False
        return True

    def is_modified(self, instance: object, include_collections: bool = True) -> bool:
        """Tell whether an object has changes that a flush would write; equal values are no change."""
        return reading.is_modified(lifecycle.state_of(instance), include_collections)

    # --- objects coming and going

    def add(self, instance: object, *, _warn: bool = True) -> None:
        """Take an object, and what save-update reaches from it, into the session.

        A transient object becomes pending, a detached one persistent. Raises InvalidRequestError where it is in another
        session or another object stands for its row, UnmappedInstanceError for anything that is not mapped.
        """
        if not self.lock.acquire(False):
            raise in_use("add")
        try:
            if self._is_writing and _warn:
                self._warn_in_flush("Session.add()")
            lifecycle.add(self, instance)
        finally:
            self.lock.release()

    @one_thread
    def add_all(self, instances: Iterable[object]) -> None:
        """Take objects into the session, as `add()` does."""
        if self._is_writing:
            self._warn_in_flush("Session.add_all()")
        if "add" in self.overrides:
            overriding.add_each(self, instances)
            return
        for instance in instances:
            lifecycle.add(self, instance)

    @one_thread
    def delete(self, instance: object) -> None:
        """Mark an object, and what its delete cascade reaches, to be deleted by the next flush."""
        if self._is_writing:
            self._warn_in_flush("Session.delete()")
        lifecycle.delete(self, instance)

    def delete_all(self, instances: Iterable[object]) -> None:
        """Mark objects to be deleted, as `delete()` does."""
        for instance in instances:
            Session.delete(self, instance)

    def undelete(self, instance: object) -> None:
        """Take back the mark that `delete()` put on an object; objects that its cascade reached keep theirs."""
        state = lifecycle.state_of(instance)
        if self._deleted.pop(state, None) is None:
            raise exc.InvalidRequestError(f"Instance {state.name} is not marked to be deleted")

    def expunge(self, instance: object) -> None:
        """Take an object, and what its expunge cascade reaches, out of the session."""
        lifecycle.expunge(self, instance)

    def expunge_all(self) -> None:
        """Take all objects out of the session."""
        lifecycle.forget_all(self)

    def expunge_orphan(self, state: InstanceState, obj: Any) -> None:
        """Take a pending object whose parent let go of it out of the session."""
        lifecycle.release(self, [(state, obj)])

    def cascade_add(self, state: InstanceState, attribute: Any, child: InstanceState) -> None:
        """Take a child into the session that was put into an attribute with save-update."""
        if child.owner is not self.ref or child.life not in IN_SESSION:
            lifecycle.add_known(self, child, child())

    def cascade_remove(self, state: InstanceState, attribute: Any, child: InstanceState) -> None:
        """Take a pending child that became an orphan out of the session."""
        if child in self._new and unit_of_work.is_orphan(child):
            lifecycle.release(self, [(child, child())])

    def _warn_in_flush(self, verb: str) -> None:
        unit_of_work.warn_in_flush(verb)

    def enable_relationship_loading(self, obj: object) -> None:
        """Have relationships of an object without a row loaded from here, by the foreign keys that it holds.

        The object does not come into the session.
        """
        state = lifecycle.state_of(obj)
        lifecycle.require_unattached(self, state)
        state.loads_from = self.ref

    # --- loading and expiry

    @overload
    def get(
        self,
        entity: type[ObjectT],
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> ObjectT | None: ...
    @overload
    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any: ...
    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the object of a class with a primary key, or None.

        `ident` is the value, a tuple of values in the order of the key's columns, or a dictionary by attribute name. An
        object that is in the session and not expired is returned without SQL.
        """
        if populate_existing is None and with_for_update is None and identity_token is None and not execution_options:
            # the usual case: a class at the top of its hierarchy, and an object in memory whose key is loaded
            try:
                entries = self.identity.maps.get(entity)
                state = None if entries is None else entries.get(ident)
            except TypeError:
                state = None
            if state is not None:
                obj = state()
                if obj is not None and state.manager.pk_key in obj.__dict__ and state not in self.modified:
                    return obj
        with nullcontext() if bind_arguments is None else binding.arguments(self, bind_arguments):
            return reading.get(
                self, entity, ident, options, populate_existing, with_for_update, identity_token, execution_options
            )

    def get_for_query(self, entity: Any, ident: Any, options: Sequence[Any], settings: Mapping[str, Any]) -> Any:
        """Return the object of a class with a primary key, for `Query.get()`; an overridden `get()` is not asked."""
        return Session.get(self, entity, ident, options=options, **settings)

    @overload
    def get_one(self, entity: type[ObjectT], ident: Any, **options: Any) -> ObjectT: ...
    @overload
    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any: ...
    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return the object of a class with a primary key; raises NoResultFound where there is none."""
        found = self.get(entity, ident, **options)
        if found is None:
            raise exc.NoResultFound("No row was found when one was required")
        return found

    def refresh(
        self, instance: object, attribute_names: Iterable[str] | None = None, with_for_update: Any = None
    ) -> None:
        """Load an object's attributes, or the named ones, again; unflushed changes of them are lost."""
        reading.refresh(self, instance, attribute_names, with_for_update)

    def expire(self, instance: object, attribute_names: Iterable[str] | None = None) -> None:
        """Drop an object's values, or the named ones, so that the next read loads them; changes are lost."""
        expiry.expire(self, instance, attribute_names)

    def expire_all(self) -> None:
        """Expire all objects."""
        expiry.expire_all(self)

    def load_missing(self, state: InstanceState, attribute: Any, passive: Any) -> Any:
        """Load what an attribute lacks; see `orm.instance.owner`."""
        return reading.load_missing(self, state, attribute, passive)

    def load_expired(self, states: Sequence[InstanceState]) -> None:
        """Load expired objects, for a flush."""
        reading.load_expired(self, states)

    def load_collections(self, relationship: Any, pairs: Sequence[tuple[InstanceState, Any]]) -> None:
        """Load a collection of several objects, for a flush."""
        reading.load_collections(self, relationship, pairs)

    # --- the unit of work

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write all changes; raises what the database raises, after the transaction was rolled back."""
        if not self.lock.acquire(False):
            raise in_use("flush")
        try:
            if self._is_flushing:
                raise exc.InvalidRequestError("Session is already flushing")
            self.touched.clear()
            if self._is_clean():
                self.modified.clear()
            else:
                unit_of_work.flush(self, objects)
        finally:
            self.lock.release()

    def plan(self) -> Any:
        """Return what a flush would write now, in which order, without writing; print it to read it."""
        return unit_of_work.plan(self)

    def autoflush_now(self) -> None:
        """Flush before a read, where the session is set to do that."""
        if not self.autoflush or self._is_flushing:
            return
        if self.modified or self._new or self._deleted:
            execution.autoflush(self)
        elif self.touched:
            self.touched.clear()
            if "flush" in self.overrides:
                execution.autoflush(self)

    def row_is_gone(self, state: InstanceState) -> None:
        """Let an object whose row turned out to be gone be a deleted one until the transaction ends."""
        accept_deleted(self, (state,), self._transaction)

    def expect_queries(self, max: int | None = None) -> AbstractContextManager[QueryLog]:
        """A block that logs the statements the session sends; QueryBudgetExceeded at its end where they are more.

        `with session.expect_queries(max=2) as log:`; `print(log)` groups them by the line that sent them.
        """
        return budget.expect_queries(self, max)

    @property
    def no_autoflush(self) -> Any:
        """A context manager: no autoflush within the block."""
        return self._without_autoflush()

    @contextmanager
    def _without_autoflush(self) -> Generator[Self]:
        before, self.autoflush = self.autoflush, False
        try:
            yield self
        finally:
            self.autoflush = before

    # --- merge

    def merge(
        self,
        instance: ObjectT,
        *,
        load: bool = True,
        options: Sequence[Any] | None = None,
        by: Any = None,
        base: ObjectT | None = None,
        on_conflict: Policy = "raise",
        strategy: str = "select",
    ) -> ObjectT:
        """Copy the state of an object into the session's object with its identity and return that one.

        The session's object is loaded where the session does not hold it, and is new where there is no row. Only what
        the given object carries is copied; the given object is not changed. `load=False` takes it as it is, without
        SQL.

        `by` is a mapped column, or a tuple of those of one class, by which rows are found instead of the primary key.
        `base` is the `snapshot()` that the given object started from: only what changed since then is copied, and a
        field that also changed in the database goes to `on_conflict`: `raise` MergeConflict, take `mine` or `theirs`,
        or call a function with the `Conflict`, which returns the value.
        `strategy="upsert"` writes the rows at once, by one INSERT .. ON CONFLICT .. DO UPDATE per table, instead of
        looking at them first.
        """
        merged: ObjectT
        if by is None and base is None and strategy == "select":
            merged = merging.merge_one(self, instance, load=load, options=options)
        else:
            more: dict[str, Any] = {"by": by, "base": base, "on_conflict": on_conflict, "strategy": strategy}
            merged = merging.merge_all(self, [instance], load=load, options=options, **more)[0]
        return merged

    def merge_all(
        self,
        instances: Iterable[ObjectT],
        *,
        load: bool = True,
        options: Sequence[Any] | None = None,
        by: Any = None,
        base: Sequence[ObjectT] | None = None,
        on_conflict: Policy = "raise",
        strategy: str = "select",
    ) -> Sequence[ObjectT]:
        """Merge several objects with one SELECT per class and chunk; the result equals merging one by one.

        `by`, `on_conflict` and `strategy` are those of `merge()`; `base` is a list with a snapshot per object.
        """
        more: dict[str, Any] = {"by": by, "base": base, "on_conflict": on_conflict, "strategy": strategy}
        merged: Sequence[ObjectT] = merging.merge_all(self, list(instances), load=load, options=options, **more)
        return merged

    def snapshot(self, instance: ObjectT) -> ObjectT:
        """Return a detached copy of an object as it is now, to be the `base` of a later merge; it can be pickled.

        Expired columns are loaded; related objects in memory are copied as far as merge cascades go.
        """
        copy: ObjectT = three_way.snapshot(instance)
        return copy

    def merge_preview(self, instance: object, **options: Any) -> MergePreview:
        """Return what `merge()` with the same arguments and a flush would change, without writing; print it to read it.

        What the session has not flushed yet is not part of it.
        """
        options.pop("strategy", None)  # the way in which it is written makes no difference to what is
        connections = {key: self.connection({"bind": bind}) for key, bind in self._binds.items()}
        scratch = Session(
            None if self.bind is None and connections else self.connection(),
            binds=connections,
            autoflush=False,
            join_transaction_mode="create_savepoint",
        )
        return previewing.preview(scratch, lambda session: session.merge(instance, **options))

    # --- statements

    @overload
    def execute(
        self,
        statement: TypedReturnsRows[Unpack[Ts]],
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Result[Unpack[Ts]]: ...
    @overload
    def execute(
        self,
        statement: UpdateBase,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> CursorResult[Unpack[tuple[Any, ...]]]: ...
    @overload
    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Result[Unpack[tuple[Any, ...]]]: ...
    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
        _parent_execute_state: Any = None,
        _add_event: Any = None,
    ) -> Any:
        """Run a statement in the session's transaction and return its result; entities come as objects."""
        return execution.execute(self, statement, params, execution_options, bind_arguments)

    @overload
    def scalars(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> ScalarResult[T]: ...
    @overload
    def scalars(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> ScalarResult[Any]: ...
    def scalars(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a statement and return the first item of each row."""
        return execution.execute(self, statement, params, execution_options, bind_arguments).scalars()

    @overload
    def scalar(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> T | None: ...
    @overload
    def scalar(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any: ...
    def scalar(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a statement and return the first item of the first row, or None."""
        return execution.execute(self, statement, params, execution_options, bind_arguments).scalar()

    def _rows_of(self, statement: Any, result: Any) -> Any:
        """Return objects and rows for what a connection gave for an ORM statement; for `Query.instances()`."""
        return execution.rows_of(self, statement, result)

    # --- transactions and connections

    def begin(self, nested: bool = False) -> SessionTransaction:
        """Begin a transaction; raises InvalidRequestError where one was begun. `nested` is `begin_nested()`."""
        if nested:
            return self._begin_nested()
        transaction = self._current_transaction()
        if transaction is not None:
            raise exc.InvalidRequestError("A transaction is already begun on this Session.")
        self._require_open()
        self.refuse_in_ended_block()
        return SessionTransaction(self, SessionTransactionOrigin.BEGIN)

    def begin_nested(self) -> SessionTransaction:
        """Flush, then begin a savepoint; objects changed inside go back to their state here on its rollback."""
        return self.begin(nested=True)

    @one_thread
    def _begin_nested(self) -> SessionTransaction:
        transaction = self._begin_if_needed()
        transaction.require_active()
        transaction.require_alive()
        if self.savepoint_flush and not self._is_clean():
            with SessionTransaction(self, SessionTransactionOrigin.BEGIN_NESTED, transaction):
                self.flush()
        else:
            try:
                self.flush()
            except Exception as error:
                _explain_lost_transaction(error)
                raise
        return SessionTransaction(self, SessionTransactionOrigin.BEGIN_NESTED, self._transaction)

    def begin_for_change(self) -> None:
        """Begin a transaction, unless one is open or the session leaves that to the program."""
        if self._transaction is None and self.autobegin:
            self._begin_if_needed()

    def _begin_if_needed(self) -> SessionTransaction:
        """Return the current transaction, begun now where there is none."""
        transaction = self._transaction
        if transaction is None:
            if not self.autobegin:
                raise exc.InvalidRequestError(
                    "Autobegin is disabled on this Session; please call session.begin() to start a new transaction"
                )
            if self._is_closed or self._block is not None:
                self._require_open()
                self.refuse_in_ended_block()
            transaction = SessionTransaction(self, SessionTransactionOrigin.AUTOBEGIN)
        return transaction

    def refuse_in_ended_block(self) -> None:
        """Raise where the transaction was ended whose `with` block still runs."""
        if self._block is not None and self._block.is_closed:
            raise exc.InvalidRequestError(
                "Can't operate on closed transaction inside context manager.  Please complete the context manager "
                "before emitting further commands."
            )

    def _current_transaction(self) -> SessionTransaction | None:
        """Return the transaction, if there is one; a change of an object begins it, seen no earlier than here."""
        if self._transaction is None and self._block is None and self.autobegin and not self._is_clean():
            return self._begin_if_needed()
        return self._transaction

    @one_thread
    def commit(self) -> None:
        """Flush and commit; savepoints are released first. Objects expire unless `expire_on_commit` is off."""
        transaction = self._begin_if_needed()
        self.refuse_in_ended_block()
        transaction.commit(_to_root=True)

    @one_thread
    def rollback(self) -> None:
        """Roll back; objects go back to what they were. Does nothing where no transaction was begun."""
        transaction = self._current_transaction()
        if transaction is not None:
            transaction.rollback(_to_root=True)

    def prepare(self) -> None:
        """Flush and prepare a two-phase transaction."""
        self._begin_if_needed().prepare()

    def close(self) -> None:
        """Roll back, take all objects out and give connections back; the session can be used again."""
        self._close(invalidate=False)
        self._is_closed = not self.close_resets_only

    def reset(self) -> None:
        """Like `close()`; the session can be used again whatever `close_resets_only` says."""
        self._close(invalidate=False)

    def invalidate(self) -> None:
        """Close, and throw the connections away."""
        self._close(invalidate=True)

    @one_thread
    def _close(self, invalidate: bool) -> None:
        self.expunge_all()
        while self._transaction is not None:
            self._transaction.close(invalidate)

    def _require_open(self) -> None:
        if self._is_closed:
            raise exc.InvalidRequestError(
                "This Session has been permanently closed and is unable to handle any more transaction requests."
            )

    @property
    def is_active(self) -> bool:
        """Whether the session is not waiting for a rollback."""
        return self._transaction is None or self._transaction.is_active

    def in_transaction(self) -> bool:
        """Tell whether a transaction was begun."""
        return self._current_transaction() is not None

    def in_nested_transaction(self) -> bool:
        """Tell whether a savepoint was begun."""
        return self._nested_transaction is not None

    def get_transaction(self) -> SessionTransaction | None:
        """Return the outermost transaction, or None."""
        transaction = self._current_transaction()
        return None if transaction is None else transaction.root

    def get_nested_transaction(self) -> SessionTransaction | None:
        """Return the innermost savepoint, or None."""
        return self._nested_transaction

    def connection(
        self,
        bind_arguments: Mapping[str, Any] | None = None,
        execution_options: Mapping[str, Any] | None = None,
    ) -> Connection:
        """Return the connection of the session's transaction, begun now where there is none."""
        bind = self.get_bind(**(bind_arguments or {}))
        found: Connection = self._begin_if_needed().connection_for(bind, execution_options)
        return found

    def run_load(self, request: LoadRequest) -> Any:
        """Run a load past the listeners of `do_orm_execute`; return its result."""
        return execution.run_load(self, request)

    def connection_for(self, mapper: Any, clause: Any = None) -> Any:
        """Return the connection on which statements about a mapper run."""
        transaction = self._transaction or self._begin_if_needed()
        if transaction.sole_connection is not None and not self.is_routed:
            return transaction.sole_connection
        if self.load_arguments:
            return transaction.connection_for(
                self.get_bind(**{"clause": clause, **self.load_arguments, "mapper": mapper})
            )
        if clause is None or "get_bind" not in self.overrides:
            return transaction.connection_for(self.get_bind(mapper))
        return transaction.connection_for(self.get_bind(mapper=mapper, clause=clause))

    def routed(self, plan: Any) -> Any:
        """Return a flush plan as it is executed: a session over several databases says which step goes where."""
        return plan

    def near(self, state: InstanceState) -> AbstractContextManager[Any]:
        """A block in which the session talks to the database that an object came from."""
        token = state.identity_token
        return nullcontext() if token == self.identity.current else self.identity.under(token)

    @property
    def is_routed(self) -> bool:
        """Whether what a statement is about decides which engine runs it."""
        return bool(self._binds or self.load_arguments) or type(self).get_bind is not Session.get_bind

    def get_bind(self, mapper: Any = None, *, clause: Any = None, bind: Any = None, **_arguments: Any) -> Any:
        """Return the Engine or Connection for a mapper or a statement; applications override it.

        Raises UnboundExecutionError where there is none.
        """
        return binding.get_bind(self, mapper, clause, bind)

    def bind_mapper(self, mapper: Any, bind: Any) -> None:
        """Talk to this engine for a mapped class."""
        binding.add_bind(self._binds, mapper, bind)

    def bind_table(self, table: Any, bind: Any) -> None:
        """Talk to this engine for a table."""
        binding.add_bind(self._binds, table, bind)

    # --- legacy and tools

    def bulk_save_objects(
        self,
        objects: Iterable[object],
        return_defaults: bool = False,
        update_changed_only: bool = True,
        preserve_order: bool = True,
    ) -> None:
        """Write objects without the unit of work: no cascades, no events, and the objects do not enter the session."""
        bulk_objects.save_objects(
            self,
            objects,
            return_defaults=return_defaults,
            update_changed_only=update_changed_only,
            preserve_order=preserve_order,
        )

    def bulk_insert_mappings(
        self,
        mapper: Any,
        mappings: Iterable[dict[str, Any]],
        return_defaults: bool = False,
        render_nulls: bool = False,
    ) -> None:
        """Insert dictionaries by attribute name; `session.execute(insert(User), [...])` does the same."""
        bulk_objects.insert_mappings(
            self, reading.mapper_of(mapper), mappings, return_defaults=return_defaults, render_nulls=render_nulls
        )

    def bulk_update_mappings(self, mapper: Any, mappings: Iterable[dict[str, Any]]) -> None:
        """Update rows by primary key; `session.execute(update(User), [...])` does the same."""
        bulk_objects.update_mappings(self, reading.mapper_of(mapper), mappings)

    @overload
    def query(self, entity: type[ObjectT], /) -> Query[ObjectT]: ...
    @overload
    def query(self, ent0: SQLCoreOperations[T0], /) -> RowReturningQuery[T0]: ...
    @overload
    def query(self, ent0: Typed[T0], ent1: Typed[T1], /) -> RowReturningQuery[T0, T1]: ...
    @overload
    def query(self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], /) -> RowReturningQuery[T0, T1, T2]: ...
    @overload
    def query(
        self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], /
    ) -> RowReturningQuery[T0, T1, T2, T3]: ...
    @overload
    def query(
        self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], ent4: Typed[T4], /
    ) -> RowReturningQuery[T0, T1, T2, T3, T4]: ...
    @overload
    def query(
        self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], ent4: Typed[T4], ent5: Typed[T5], /
    ) -> RowReturningQuery[T0, T1, T2, T3, T4, T5]: ...
    @overload
    def query(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        ent5: Typed[T5],
        ent6: Typed[T6],
        /,
    ) -> RowReturningQuery[T0, T1, T2, T3, T4, T5, T6]: ...
    @overload
    def query(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        ent5: Typed[T5],
        ent6: Typed[T6],
        ent7: Typed[T7],
        /,
    ) -> RowReturningQuery[T0, T1, T2, T3, T4, T5, T6, T7]: ...
    @overload
    def query(self, *entities: Any, **options: Any) -> Query[Any]: ...
    def query(self, *entities: Any, **options: Any) -> Any:
        """Return a legacy `Query` over entities or columns."""
        return (self._query_class or legacy.Query)(entities, self, **options)

    _query_class: Any = None

    @staticmethod
    def object_session(instance: object) -> Session | None:
        """Return the session that an object is in, or None."""
        return object_session(instance)

    @classmethod
    def identity_key(
        cls, class_: Any = None, ident: Any = None, *, instance: Any = None, row: Any = None, identity_token: Any = None
    ) -> Any:
        """Return the identity key of an instance, of a row, or of a class and a primary key."""
        return reading.identity_key(class_, ident, instance, row, identity_token)


def object_session(instance: object) -> Session | None:
    """Return the session that an object is in, or None; raises UnmappedInstanceError."""
    state = lifecycle.state_of(instance)
    session: Session | None = state.session
    return session if session is not None or state.loads_from is None else state.loads_from()


def close_all_sessions() -> None:
    """Close every session."""
    for ref in list(sessions):
        session = ref()
        if session is not None:
            session.close()


def _is_for_peers(fetch: str) -> bool:
    if fetch != "peers":
        raise exc.ArgumentError(f"fetch={fetch!r} is unknown: 'peers' loads for all objects of a result, None for one")
    return True


def _refused(*, future: bool, autocommit: bool, join_transaction_mode: str) -> exc.ArgumentError:
    """Return the error for options that a session does not have."""
    if autocommit:
        return exc.ArgumentError("autocommit=True is no longer supported; a Session begins by itself: call commit()")
    if not future:
        return exc.ArgumentError("The 'future' parameter passed to Session() may only be set to True.")
    return exc.ArgumentError(
        f'invalid selection for join_transaction_mode: "{join_transaction_mode}"; use one of {", ".join(JOIN_MODES)}'
    )


def _explain_lost_transaction(error: Exception) -> None:
    error.add_note(
        "This flush was the one that begin_nested() does before it sets its savepoint: no savepoint existed yet, and "
        "the outer transaction is lost: call rollback(). Flush before begin_nested(), or make the session with "
        "savepoint_flush=True."
    )
