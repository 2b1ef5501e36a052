"""The transaction of a session: which connections take part, and what its objects must become when it ends.

In: begin, commit and rollback of a session; the moves of its objects (inserted, deleted, key changed, flushed). Out:
committed or rolled back connections, and objects put back to where they were. SQL is sent by the engine's connections
only; which objects there are is told by the session.

Statements 52 and 66-74 of the semantics are decided here: `_restore()` is a rollback, `_keep()` a commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple, Self

from ... import exc
from ...util.notices import warn
from ..instance.errors import FlushError
from ..instance.life import DELETED, DETACHED, PENDING, PERSISTENT, TRANSIENT, Move
from ..instance.state import InstanceState
from ..instance.symbols import NOTHING
from . import expiry

JOIN_MODES = ("conditional_savepoint", "rollback_only", "control_fully", "create_savepoint")


class Phase(Enum):
    """Where a transaction is."""

    ACTIVE = "active"
    PREPARED = "prepared"
    COMMITTED = "committed"
    DEACTIVE = "deactive"
    CLOSED = "closed"


class SessionTransactionOrigin(Enum):
    """What started a transaction."""

    AUTOBEGIN = 0
    BEGIN = 1
    BEGIN_NESTED = 2
    SUBTRANSACTION = 3


ACTIVE, PREPARED, COMMITTED, DEACTIVE, CLOSED = Phase

REFUSALS: Mapping[Phase, str] = {
    PREPARED: "This session is in 'prepared' state; no further SQL can be emitted within this transaction.",
    COMMITTED: "This session is in 'committed' state; no further SQL can be emitted within this transaction.",
    DEACTIVE: "This session is in 'inactive' state, due to the SQL transaction being rolled back; no further SQL "
    "can be emitted within this transaction.",
    CLOSED: "This transaction is closed",
}
"""Why no SQL may be sent in a phase."""


class Participant(NamedTuple):
    """A connection in a transaction."""

    connection: Any
    transaction: Any
    is_ours: bool
    """Whether the session checked the connection out and has to give it back."""


class SessionTransaction:
    """One transaction of a session, or one savepoint inside it (`nested`). Used by Session, seldom by hand.

    As a context manager it commits at the end of the block and rolls back where an error leaves it.
    """

    cause: BaseException | None = None
    """The error that made it inactive."""
    sole_connection: Any = None
    """The connection to the session's own engine, once it is in use: the shortest way for a session with one engine."""
    _is_preparing = False
    _around: tuple[Any, SessionTransaction | None] | None = None
    """Where it is a `with` block: its session, and the block around it."""

    def __init__(
        self, session: Any, origin: SessionTransactionOrigin, parent: SessionTransaction | None = None
    ) -> None:
        self.session: Any = session
        self.origin = origin
        self.parent = parent
        self.nested = origin is SessionTransactionOrigin.BEGIN_NESTED
        self.phase = ACTIVE
        self.participants: dict[Any, Participant] = {}
        self.inserted: dict[InstanceState, None] = {}
        self.deleted: dict[InstanceState, Any] = {}
        """Objects whose rows were deleted; held, while somebody listens, to be told of when the transaction ends."""
        self.flushed: dict[InstanceState, None] = {}
        self.key_changes: dict[InstanceState, Any] = {}
        session._transaction = self
        if self.nested:
            self._outer_nested = session._nested_transaction
            session._nested_transaction = self
        if session.hooks.after_transaction_create is not None:
            session.hooks.fire("after_transaction_create", session, self)

    @property
    def is_active(self) -> bool:
        """Whether SQL can be sent in it."""
        return self.session is not None and self.phase is ACTIVE

    @property
    def is_closed(self) -> bool:
        """Whether it ended."""
        return self.phase is CLOSED

    @property
    def root(self) -> SessionTransaction:
        """The outermost transaction."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    def require_active(self) -> None:
        """Raise where no SQL may be sent: PendingRollbackError, ResourceClosedError or InvalidRequestError."""
        if self.phase is not ACTIVE:
            self._require_phase()
        if self.session._block is not None:
            self.session.refuse_in_ended_block()

    def _require_phase(self) -> None:
        if self.phase is ACTIVE:
            return
        if self.phase is DEACTIVE:
            raise self._pending_rollback()
        if self.phase is CLOSED:
            raise exc.ResourceClosedError(REFUSALS[self.phase])
        raise exc.InvalidRequestError(REFUSALS[self.phase])

    def require_open(self) -> None:
        """Raise ResourceClosedError where it ended."""
        if self.phase is CLOSED:
            raise exc.ResourceClosedError(REFUSALS[CLOSED])

    def require_alive(self) -> None:
        """Raise PendingRollbackError where the database has ended the transaction by itself."""
        for participant in self.participants.values():
            participant.connection.require_alive()

    def _pending_rollback(self) -> exc.PendingRollbackError:
        if self.cause is None:
            return exc.PendingRollbackError(REFUSALS[DEACTIVE])
        error = exc.PendingRollbackError(
            "This Session's transaction has been rolled back due to a previous exception during flush. To begin a new "
            "transaction with this Session, first issue Session.rollback(). Original exception was: "
            + "\n".join([str(self.cause), *getattr(self.cause, "__notes__", ())]),
            code="7s2a",
        )
        error.__cause__ = self.cause
        return error

    # --- connections

    def connection(self, bindkey: Any, execution_options: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        """Return the connection of this transaction for a mapper or a class; None for the session's engine."""
        self.require_active()
        return self.connection_for(self.session.get_bind(bindkey, **kwargs), execution_options)

    def connection_for(self, bind: Any, execution_options: Mapping[str, Any] | None = None) -> Any:
        """Return the connection on which this transaction talks to an engine; the first call begins there."""
        if self.phase is not ACTIVE or self.session._block is not None:
            self.require_active()
        participant = self.participants.get(bind)
        if participant is not None:
            if execution_options:
                warn(
                    "Connection is already established for the given bind; execution_options ignored: give them with "
                    "the first call of Session.connection() in a transaction",
                    exc.SAWarning,
                )
            return participant.connection
        participant = self._join(bind, execution_options)
        self.participants[bind] = participant
        if bind is self.session.bind:
            self.sole_connection = participant.connection
        if self.session.hooks.after_begin is not None:
            self.session.hooks.fire("after_begin", self.session, self, participant.connection)
        return participant.connection

    def _join(self, bind: Any, execution_options: Mapping[str, Any] | None) -> Participant:
        if self.parent is not None:
            connection = self.parent.connection_for(bind, execution_options)
            return Participant(connection, connection.begin_nested(), False)
        is_engine = not hasattr(bind, "in_transaction")
        connection = bind.connect() if is_engine else bind
        try:
            if execution_options or self.session.execution_options:
                options = {**self.session.execution_options, **(execution_options or {})}
                connection = connection.execution_options(**options)
            return Participant(connection, self._begin_on(connection, is_engine), is_engine)
        except BaseException:
            if is_engine:
                connection.close()
            raise

    def _begin_on(self, connection: Any, is_engine: bool) -> Any:
        """Begin on a connection, or join the transaction that its owner began (`join_transaction_mode`)."""
        session = self.session
        if session.twophase:
            return connection.begin_twophase()
        if is_engine or not connection.in_transaction():
            begun = connection.begin()
            begun.is_implicit = self.root.origin is SessionTransactionOrigin.AUTOBEGIN
            return begun
        mode = session.join_transaction_mode
        if mode == "create_savepoint" or (mode == "conditional_savepoint" and connection.in_nested_transaction()):
            return connection.begin_nested()
        return JoinedTransaction(connection, mode)

    # --- ends

    def prepare(self) -> None:
        """Flush and prepare a two-phase transaction; raises InvalidRequestError for any other."""
        self.require_open()
        if self.parent is not None or not self.session.twophase:
            raise exc.InvalidRequestError("'twophase' mode not enabled, or not root transaction; can't prepare.")
        self._prepare()

    def _prepare(self) -> None:
        """Flush until nothing is left to flush, and prepare where the transaction is a two-phase one."""
        if self.phase is PREPARED:
            return
        self._require_phase()
        self._refuse_while_preparing("prepare()")
        self._is_preparing = True
        try:
            self._flush_for_commit()
        finally:
            self._is_preparing = False
        if self.parent is None and self.session.twophase:
            self._prepare_participants()

    def _flush_for_commit(self) -> None:
        session = self.session
        if session.hooks.before_commit is not None:
            session.hooks.fire("before_commit", session)
        self._end_inner("commit")
        if not session._is_flushing:  # a listener may commit what the flush around it has not written yet
            self._flush_all()

    def _refuse_while_preparing(self, method: str) -> None:
        """Raise where a listener ends the transaction of the commit that calls it."""
        if self._is_preparing:
            raise exc.IllegalStateChangeError(
                f"Method '{method}' can't be called here; method 'prepare()' is already in progress and this would "
                "cause an unexpected state change: a listener of before_commit or of a flush must leave the end of the "
                "transaction to the commit() that calls it"
            )

    def _flush_all(self) -> None:
        session = self.session
        for _ in range(100):
            if session._is_clean():
                return
            session.flush()
        raise FlushError(
            "Over 100 subsequent flushes have occurred within session.commit() - is an after_flush() hook creating new "
            "objects?"
        )

    def _prepare_participants(self) -> None:
        try:
            for participant in dict.fromkeys(self.participants.values()):
                participant.transaction.prepare()
        except BaseException:
            self.rollback()
            raise
        self.phase = PREPARED
        self.sole_connection = None

    def _end_inner(self, verb: str) -> None:
        """End the savepoints that were begun after this transaction and not ended."""
        while self.session._transaction is not self:
            getattr(self.session._transaction, verb)()

    def commit(self, _to_root: bool = False) -> None:
        """Flush and commit, or release the savepoint.

        After an error of COMMIT itself nothing but rollback() is possible. One that a listener raises before anything
        is written leaves all as it was, so that commit() can be called again; so does a transaction that the database
        has ended, which every statement is refused in until rollback().
        """
        self.require_open()
        self._refuse_while_preparing("commit()")
        self.require_alive()
        if self.phase is not PREPARED:
            self._prepare()
        session, parent = self.session, self.parent
        try:
            for participant in self.participants.values():
                participant.transaction.commit()
        except BaseException:
            self.phase, self.sole_connection = PREPARED, None
            raise
        self.phase = COMMITTED
        if session.hooks.after_commit is not None:
            session.hooks.fire("after_commit", session)
        self._keep()
        self.close()
        if _to_root and parent is not None:
            parent.commit(_to_root=True)

    def rollback(self, _to_root: bool = False, _cause: BaseException | None = None) -> None:
        """Roll back, put the objects back to where they were, and close."""
        self.require_open()
        self._refuse_while_preparing("rollback()")
        if self.phase is COMMITTED:
            raise exc.InvalidRequestError(REFUSALS[COMMITTED])
        session, parent = self.session, self.parent
        self._end_inner("rollback")
        if self.phase is not DEACTIVE:
            self.undo()
        elif not session._is_clean():
            warn(
                "Session's state has been changed on a non-active transaction - this state will be discarded.",
                exc.SAWarning,
            )
            self._restore()
        self.close()
        if session.hooks.after_soft_rollback is not None:
            session.hooks.fire("after_soft_rollback", session, self)
        if _to_root and parent is not None:
            parent.rollback(_to_root=True)

    def undo(self, cause: BaseException | None = None) -> None:
        """Roll back the connections and the objects; with a cause the transaction stays, waiting for rollback()."""
        session = self.session
        errors: list[BaseException] = []
        for participant in dict.fromkeys(self.participants.values()):
            try:
                participant.transaction.rollback()
            except Exception as error:
                errors.append(error)
        self.phase = DEACTIVE
        self.sole_connection = None
        self.cause = cause
        if session.hooks.after_rollback is not None:
            session.hooks.fire("after_rollback", session)
        self._restore()
        if errors and cause is None:
            raise errors[0]

    def close(self, invalidate: bool = False) -> None:
        """End without asking the objects: give the connections back and make the outer transaction current."""
        if self.phase is CLOSED:
            return
        if self._is_preparing:
            self._refuse_while_preparing("close()")
        session = self.session
        if self.nested:
            session._nested_transaction = self._outer_nested
            if self.parent is not None and session._block is not None:
                self.parent.sole_connection = None  # each statement asks whether its block still stands
        session._transaction = self.parent
        try:
            if self.parent is None:
                self._close_connections(invalidate)
        finally:
            self.participants = {}
            self.cause = None
            self.phase = CLOSED
        if session.hooks.after_transaction_end is not None:
            session.hooks.fire("after_transaction_end", session, self)
        self.session = None

    def _each_participant(self) -> Iterable[Participant]:
        """Return the participants, each once: two engines may stand for one connection."""
        found = self.participants.values()
        return found if len(found) < 2 else dict.fromkeys(found)

    def _close_connections(self, invalidate: bool) -> None:
        for participant in self._each_participant():
            if invalidate and participant.is_ours:
                participant.connection.invalidate()
            if participant.is_ours:
                participant.connection.close()
            elif participant.transaction.is_active:
                participant.transaction.close()

    # --- objects

    def note_inserted(self, states: Iterable[InstanceState]) -> None:
        """Remember objects whose row is not there any more after a rollback."""
        for state in states:
            self.inserted[state] = None

    def forget(self, state: InstanceState) -> None:
        """Forget an object that left the session, but for its row and key: after a rollback they are what they were."""
        transaction: SessionTransaction | None = self
        while transaction is not None:
            for noted in (transaction.deleted, transaction.flushed):
                noted.pop(state, None)
            transaction = transaction.parent

    def note_deleted(self, state: InstanceState) -> None:
        """Remember an object that is persistent again after a rollback."""
        self.deleted[state] = state() if self.session.hooks.is_watching else None

    def note_key_change(self, state: InstanceState, old: Any) -> None:
        """Remember the first primary key that an object had in this transaction."""
        self.key_changes.setdefault(state, old)

    def _restore(self) -> None:
        """Put the objects back: statements 52 and 68-70."""
        session = self.session
        for state in {**self.inserted, **session._new}:
            self._undo_insert(state)
        for state, pk in self.key_changes.items():
            if state not in self.inserted:
                self._undo_key_change(state, pk)
        for state in {**self.deleted, **session._deleted}:
            if state not in self.inserted:
                self._undo_delete(state)
        session._new.clear()
        session._deleted.clear()
        if self.nested:
            changed = [state for state in self.deleted if state.modified]
            back = [*self.flushed, *session.modified, *changed]
            expiry.expire_states(session, back)
        else:
            back = session.identity.all_states()
            expiry.expire_all(session)
        for state in back:
            state.parent_of = NOTHING  # a removal that was undone makes no orphan

    def _undo_key_change(self, state: InstanceState, pk: Any) -> None:
        if state.home is not None:
            self.session.identity.change_key(state, pk)
        elif state.pk is not None:
            state.pk = pk

    def _undo_insert(self, state: InstanceState) -> None:
        session = state.session or self.session
        was = state.current_life
        if was is TRANSIENT:
            return
        session.modified.pop(state, None)
        session._new.pop(state, None)
        session._deleted.pop(state, None)
        session.identity.discard(state)
        if was is PENDING:
            state.undo_add()
        else:
            state.undo_insert()
        if session.hooks.is_watching:
            session.hooks.transition(session, state, was, TRANSIENT)

    def _undo_delete(self, state: InstanceState) -> None:
        session = self.session
        was = state.current_life
        if was is DELETED:
            state.move(Move.UNDO_DELETE)
            state.was_deleted = False
            obj = state()
            if obj is not None:
                session.identity.replace(state)
            if session.hooks.is_watching:
                session.hooks.transition(session, state, was, PERSISTENT)

    def _keep(self) -> None:
        """Let the objects be what they are now: statements 51, 59, 71 and 72."""
        session = self.session
        if self.nested:
            assert self.parent is not None
            self.parent.inserted.update(self.inserted)
            self.parent.deleted.update(self.deleted)
            self.parent.flushed.update(self.flushed)
            for state, pk in self.key_changes.items():
                self.parent.key_changes.setdefault(state, pk)
            return
        if session.expire_on_commit:
            for state in self.deleted:
                self._let_go(state)
            expiry.expire_all(session)

    def _let_go(self, state: InstanceState) -> None:
        if state.life is not DELETED:
            return
        state.life = DETACHED
        state.was_deleted = True
        state.owner = None
        if self.session.hooks.is_watching:
            self.session.hooks.transition(self.session, state, DELETED, DETACHED)

    def __enter__(self) -> Self:
        self._around = self.session, self.session._block
        self.session._block = self
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._around is not None:
            session, session._block = self._around[0], self._around[1]
            self._around = None
        if self.is_closed:
            return
        if kind is not None or self.phase is not ACTIVE:
            self.rollback()
            return
        try:
            self.commit()
        except BaseException:
            self._roll_back_unless_ended()
            raise

    def _roll_back_unless_ended(self) -> None:
        if self.phase not in (COMMITTED, CLOSED):
            self.rollback()


class JoinedTransaction:
    """Stands for a transaction or savepoint that the owner of a connection began; the session must not end it.

    In mode `control_fully` it ends it all the same; in `rollback_only` (and `conditional_savepoint` outside a
    savepoint) only a rollback passes through.
    """

    def __init__(self, connection: Any, mode: str) -> None:
        self.transaction = connection.get_nested_transaction() or connection.get_transaction()
        self.is_controlled = mode == "control_fully"

    @property
    def is_active(self) -> bool:
        """Whether there is something to close."""
        return self.is_controlled and bool(self.transaction.is_active)

    def commit(self) -> None:
        """Commit where the session controls the transaction."""
        if self.is_controlled:
            self.transaction.commit()

    def rollback(self) -> None:
        """Roll the owner's transaction back."""
        if self.transaction.is_active:
            self.transaction.rollback()

    def close(self) -> None:
        """End the transaction, which the session controls."""
        self.transaction.close()
