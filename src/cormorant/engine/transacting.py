"""The transaction half of a connection: begin, commit, roll back, savepoints, and the checks before a statement.

What must hold before a statement may be sent is decided in `_make_ready`; while `_ready` is set nothing is asked again.
Whatever changes the state of the connection clears it.
"""

from __future__ import annotations

import os
from typing import Any, NoReturn
from weakref import ref

from ..exc import InvalidRequestError, PendingRollbackError, ResourceClosedError
from ..sql.savepoints import IdentifiedClause, ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause
from .driver import AUTOCOMMIT, Driver
from .hooks import EngineHooks
from .transaction import NestedTransaction, RootTransaction, Transaction, TwoPhaseTransaction

_NO_EFFECT = " using DBAPI connection.{}(), has no effect due to autocommit mode"


class Transacting:
    """State and verbs of a connection's transaction."""

    engine: Any
    _driver: Driver
    _hooks: EngineHooks
    _proxy: Any
    _dbapi: Any
    _echo: Any
    _isolation: str | None
    _is_closed: bool = False
    _ready: bool = False
    _has_begun: bool = False
    _transaction: RootTransaction | None = None
    _nested: NestedTransaction | None = None
    _savepoints: int = 0
    _entered: list[Transaction]
    """The transactions whose `with` blocks run."""
    _sharers: dict[int, ref[Transacting]] | None = None
    """All connections, this one included, that use the same driver connection at the same time."""

    # before a statement

    def _make_ready(self, text: str) -> None:
        """See that a statement may be sent: open, not in a failed transaction, begun."""
        root = self._transaction
        if root is None or not root.is_active or root.failure or self._nested or self._entered or self._dbapi is None:
            root = self._checked_or_begun()
        driver = self._driver
        if not self._has_begun and driver.begin_statement is not None and self._isolation != AUTOCOMMIT:
            if driver.runs_outside(text):
                return
            try:
                self._driver.do_begin(self._dbapi)
            except BaseException as error:
                self._fail(error, self._driver.begin_statement)
            self._has_begun = True
            root.is_only_schema = root.is_implicit
        if root.is_only_schema:
            root.is_only_schema = driver.runs_outside(text) or driver.changes_schema(text)
        self._ready = not root.is_only_schema

    def _checked_or_begun(self) -> RootTransaction:
        """Refuse where no statement may be sent; connect again and begin where that is still to be done."""
        self._check_open()
        self._check_transaction()
        if self._dbapi is None:
            self._revalidate()
        root = self._transaction
        if root is None:
            root = RootTransaction(self)
            root.is_implicit = True
            self._begin(root)
        return root

    def _check_open(self) -> None:
        if self._is_closed:
            raise ResourceClosedError("This Connection is closed")

    def _check_transaction(self) -> None:
        """Refuse where a transaction has failed or ended and the program has not said so yet."""
        transaction = self._transaction
        self.require_alive()
        if transaction is not None and (self._dbapi is None or not transaction.is_active):
            raise _pending("transaction" if self._nested is None else "savepoint transaction")
        if self._nested is not None and not self._nested.is_active:
            raise _pending("savepoint transaction")
        if self._entered and not self._entered[-1].is_active:
            raise InvalidRequestError(
                "Can't operate on closed transaction inside context manager.  Please complete the context manager "
                "before emitting further commands."
            )

    def require_alive(self) -> None:
        """Raise PendingRollbackError, with the first error, where the database has ended the transaction by itself."""
        if self._transaction is not None and self._transaction.failure is not None:
            raise _dead(self._transaction.failure)

    def _revalidate(self) -> None:
        raise AssertionError("Connection defines this")

    def _fail(self, error: BaseException, *args: Any, **kw: Any) -> NoReturn:
        raise AssertionError("Connection defines this")

    def _run_savepoint(self, clause: IdentifiedClause) -> None:
        raise AssertionError("Connection defines this")

    # root transactions

    def begin(self) -> RootTransaction:
        """Begin a transaction; InvalidRequestError where one is in progress, begun by itself or not."""
        if self._transaction is not None:
            self._check_open()
            raise InvalidRequestError(
                "This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; "
                "can't call begin() here unless rollback() or commit() is called first."
            )
        if self._dbapi is None or self._nested is not None or self._entered:
            self._check_open()
            self._check_transaction()
            if self._dbapi is None:
                self._revalidate()
        transaction = RootTransaction(self)
        self._begin(transaction)
        return transaction

    def _begin(self, transaction: RootTransaction) -> None:
        self._transaction = transaction
        for listener in self._hooks.begin or ():
            listener(self)
        if self._echo is not None:
            autocommit = "; DBAPI should not BEGIN due to autocommit mode" if self._isolation == AUTOCOMMIT else ""
            self._echo.info(f"BEGIN (implicit{autocommit})")

    def commit(self) -> None:
        """Commit the transaction in progress, savepoints included; nothing where there is none."""
        if self._transaction is not None:
            self._transaction.commit() if self._transaction.is_active else self._check_transaction()

    def rollback(self) -> None:
        """Roll back the transaction in progress, savepoints included; nothing where there is none."""
        if self._transaction is not None:
            self._transaction.rollback()

    def _commit_root(self, transaction: RootTransaction) -> None:
        self._check_open()
        self.require_alive()
        if self._hooks.commit is not None or self._hooks.commit_twophase is not None:
            self._tell_commit(transaction)
        if self._dbapi is None:
            raise _pending("transaction" if self._nested is None else "savepoint transaction")
        self._ready = False
        if self._echo is not None:
            self._log_end("COMMIT", "commit")
        try:
            self._commit_driver(transaction)
        except BaseException as error:
            transaction.is_active = False
            self._fail(error, is_commit=True)
        self._end(transaction)

    def _tell_commit(self, transaction: RootTransaction) -> None:
        if isinstance(transaction, TwoPhaseTransaction):
            for listener in self._hooks.commit_twophase or ():
                listener(self, transaction.xid, transaction.is_prepared)
            return
        for listener in self._hooks.commit or ():
            listener(self)

    def _commit_driver(self, transaction: RootTransaction) -> None:
        if isinstance(transaction, TwoPhaseTransaction):
            self._driver.do_commit_twophase(self._dbapi, transaction.xid, is_prepared=transaction.is_prepared)
        else:
            self._driver.do_commit(self._dbapi)

    def _rollback_root(self, transaction: RootTransaction) -> None:
        self._ready = False
        if self._transaction is not transaction:
            transaction.is_active = False
            return
        try:
            if self._dbapi is not None:
                self._rollback_driver(transaction)
            else:  # the driver connection is gone, and with it what there was to roll back
                self._tell_rollback(transaction)
        finally:
            self._end(transaction)

    def _rollback_driver(self, transaction: RootTransaction | None) -> None:
        if self._hooks.rollback is not None or self._hooks.rollback_twophase is not None:
            self._tell_rollback(transaction)
        if self._echo is not None:
            self._log_end("ROLLBACK", "rollback")
        try:
            if isinstance(transaction, TwoPhaseTransaction):
                self._driver.do_rollback_twophase(self._dbapi, transaction.xid, is_prepared=transaction.is_prepared)
            elif not self._driver.skips_rollback(self._dbapi):
                self._driver.do_rollback(self._dbapi)
        except BaseException as error:
            self._fail(error)

    def _tell_rollback(self, transaction: RootTransaction | None) -> None:
        if isinstance(transaction, TwoPhaseTransaction):
            for listener in self._hooks.rollback_twophase or ():
                listener(self, transaction.xid, transaction.is_prepared)
            return
        for listener in self._hooks.rollback or ():
            listener(self)

    def _log_end(self, word: str, verb: str) -> None:
        self._echo.info(word + (_NO_EFFECT.format(verb) if self._isolation == AUTOCOMMIT else ""))

    def _end(self, transaction: RootTransaction) -> None:
        """Forget an ended transaction and the savepoints in it."""
        nested = self._nested
        while nested is not None:
            nested.is_active = False
            nested = nested.outer
        transaction.is_active = False
        self._transaction = self._nested = None
        self._ready = self._has_begun = False
        if self._sharers is not None and len(self._sharers) > 1:
            for found in list(self._sharers.values()):
                other = found()
                if other is not None:
                    other._ready = other._has_begun = False  # what ended was its transaction too

    # savepoints

    def begin_nested(self) -> NestedTransaction:
        """Set a savepoint, in a transaction that is begun for it if there is none."""
        self._check_open()
        if not self.engine.dialect.features.savepoints:
            raise InvalidRequestError(f"savepoints are not supported by {self.engine.dialect.name}")
        if self._transaction is None:
            self.begin()
        self._savepoints += 1
        name = f"sa_savepoint_{self._savepoints}"
        for listener in self._hooks.savepoint or ():
            listener(self, None)
        self._run_savepoint(SavepointClause(name))
        self._nested = NestedTransaction(self, name, self._nested)
        return self._nested

    def _release(self, nested: NestedTransaction) -> None:
        for listener in self._hooks.release_savepoint or ():
            listener(self, nested.name, None)
        self._run_savepoint(ReleaseSavepointClause(nested.name))
        self._leave(nested)

    def _rollback_to(self, nested: NestedTransaction) -> None:
        root = self._transaction
        try:
            if nested.is_active and root is not None and root.failure is None:
                for listener in self._hooks.rollback_savepoint or ():
                    listener(self, nested.name, None)
                if self._dbapi is not None:
                    self._run_savepoint(RollbackToSavepointClause(nested.name))
        finally:
            self._leave(nested)

    def _leave(self, nested: NestedTransaction) -> None:
        """Make a savepoint and those set after it inactive; its outer one becomes current."""
        found = self._nested
        while found is not None and found is not nested:
            found.is_active = False
            found = found.outer
        nested.is_active = False
        if found is nested:
            self._nested = nested.outer
        self._ready = False if self._entered else self._ready

    # two-phase

    def begin_twophase(self, xid: Any = None) -> TwoPhaseTransaction:
        """Begin a transaction that can be prepared; InvalidRequestError where the driver has none."""
        self._check_open()
        if self._transaction is not None:
            raise InvalidRequestError("Cannot start a two phase transaction when a transaction is already in progress.")
        if not self._driver.supports_two_phase:
            self._driver.do_begin_twophase(self._dbapi, "")
        transaction = TwoPhaseTransaction(self, xid or f"cm_{os.urandom(15).hex()}")
        self._check_transaction()
        self._transaction = transaction
        for listener in self._hooks.begin_twophase or ():
            listener(self, transaction.xid)
        try:
            self._driver.do_begin_twophase(self._dbapi, transaction.xid)
        except BaseException as error:
            self._transaction = None
            self._fail(error)
        self._ready = True
        return transaction

    def _prepare(self, transaction: TwoPhaseTransaction) -> None:
        for listener in self._hooks.prepare_twophase or ():
            listener(self, transaction.xid)
        try:
            self._driver.do_prepare_twophase(self._dbapi, transaction.xid)
        except BaseException as error:
            self._fail(error)

    def recover_twophase(self) -> list[Any]:
        """The identifiers of prepared transactions."""
        return self._driver.do_recover_twophase(self._dbapi)

    def commit_prepared(self, xid: Any, recover: bool = False) -> None:
        """Commit a prepared transaction by its identifier."""
        self._driver.do_commit_twophase(self._dbapi, xid, is_prepared=True)

    def rollback_prepared(self, xid: Any, recover: bool = False) -> None:
        """Roll back a prepared transaction by its identifier."""
        self._driver.do_rollback_twophase(self._dbapi, xid, is_prepared=True)

    # what there is

    def in_transaction(self) -> bool:
        """Whether a transaction is in progress."""
        return self._transaction is not None and self._transaction.is_active

    def in_nested_transaction(self) -> bool:
        """Whether a savepoint is current."""
        return self._nested is not None and self._nested.is_active

    def get_transaction(self) -> RootTransaction | None:
        """The transaction in progress."""
        return self._transaction

    def get_nested_transaction(self) -> NestedTransaction | None:
        """The current savepoint."""
        return self._nested


def _pending(what: str) -> PendingRollbackError:
    return PendingRollbackError(
        f"Can't reconnect until invalid {what} is rolled back.  Please rollback() fully before proceeding", code="8s2b"
    )


def _dead(failure: BaseException) -> PendingRollbackError:
    error = PendingRollbackError(
        "The database has rolled back the whole transaction; nothing of it is left, and no statement runs until "
        f"rollback() is called. Original error: {failure}",
        code="8s2b",
    )
    error.__cause__ = failure
    return error
