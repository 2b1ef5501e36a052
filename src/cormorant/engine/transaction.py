"""Transactions as objects: a root, savepoints in it, and two-phase roots.

A transaction object only keeps its state and asks its connection for the verbs; the connection keeps which one is
current. States: active, then ended for good.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, ClassVar, Protocol, Self

from ..exc import InvalidRequestError, SAWarning
from ..util import warn


class TransactionVerbs(Protocol):
    """What a transaction asks of its connection."""

    _entered: list[Transaction]

    def _commit_root(self, transaction: RootTransaction) -> None: ...
    def _rollback_root(self, transaction: RootTransaction) -> None: ...
    def _release(self, transaction: NestedTransaction) -> None: ...
    def _rollback_to(self, transaction: NestedTransaction) -> None: ...
    def _prepare(self, transaction: TwoPhaseTransaction) -> None: ...


class Transaction:
    """A transaction in progress on a connection; as a context manager it commits, or rolls back on an error."""

    _word: ClassVar[str] = "transaction"
    nested: ClassVar[bool] = False
    """Whether it is a savepoint."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.is_active = True

    @property
    def is_valid(self) -> bool:
        """Whether it is active and its connection is not broken."""
        return self.is_active and not self.connection.invalidated

    def commit(self) -> None:
        """Make the work permanent; InvalidRequestError where the transaction has ended."""
        if not self.is_active:
            if self._is_current():
                self.connection._check_transaction()  # it waits for rollback()
            raise InvalidRequestError(f"This {self._word} is inactive")
        self._do_commit()

    def rollback(self) -> None:
        """Undo the work."""
        if not self.is_active and not self._is_current():
            warn(f"{self._word} already deassociated from connection", SAWarning)
            return
        self._do_rollback()

    def close(self) -> None:
        """Roll back if active; unlike rollback() without a warning if not."""
        if self.is_active or self._is_current():
            self._do_rollback()

    def _is_current(self) -> bool:
        raise AssertionError("a transaction class defines this")

    def _do_commit(self) -> None:
        raise AssertionError("a transaction class defines this")

    def _do_rollback(self) -> None:
        raise AssertionError("a transaction class defines this")

    def __enter__(self) -> Self:
        self.connection._entered.append(self)
        return self

    def __exit__(
        self, type_: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        entered = self.connection._entered
        if self in entered:
            entered.remove(self)
        if type_ is None and self.is_active:
            try:
                self.commit()
            except BaseException:
                self.close()
                raise
        else:
            self.close()


class RootTransaction(Transaction):
    """The transaction of a connection."""

    is_implicit: bool = False
    """Whether no program asked for it: a statement came without a transaction."""
    is_only_schema: bool = False
    """Whether it is implicit, and what was done in it stays when the connection is closed without a word."""
    failure: BaseException | None = None
    """The error with which the server rolled the whole transaction back by itself."""

    def _is_current(self) -> bool:
        return self.connection._transaction is self

    def _do_commit(self) -> None:
        self.connection._commit_root(self)

    def _do_rollback(self) -> None:
        self.connection._rollback_root(self)


class NestedTransaction(Transaction):
    """A savepoint."""

    _word = "nested transaction"
    nested: ClassVar[bool] = True

    def __init__(self, connection: Any, name: str, outer: NestedTransaction | None) -> None:
        super().__init__(connection)
        self.name = name
        self.outer = outer

    def _is_current(self) -> bool:
        return self.connection._nested is self

    def _do_commit(self) -> None:
        self.connection._release(self)

    def _do_rollback(self) -> None:
        self.connection._rollback_to(self)


class TwoPhaseTransaction(RootTransaction):
    """A transaction that can be prepared before it is committed."""

    def __init__(self, connection: Any, xid: str) -> None:
        super().__init__(connection)
        self.xid = xid
        self.is_prepared = False

    def prepare(self) -> None:
        """Let the server promise that a commit will succeed."""
        if not self.is_active:
            raise InvalidRequestError("This transaction is inactive")
        self.connection._prepare(self)
        self.is_prepared = True
