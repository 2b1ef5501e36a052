"""What a pool does with a driver's connection: four verbs, which a driver may do its own way.

The default is PEP 249: `rollback()`, `commit()`, `close()` and a `SELECT 1`.
"""

from __future__ import annotations

from enum import Enum
from itertools import product
from typing import Any, ClassVar, NamedTuple, Protocol


class ConnectionVerbs(Protocol):
    """The part of a driver that a pool needs."""

    is_async: ClassVar[bool]
    """Whether all verbs but `do_terminate` must be awaited."""

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Roll back whatever is open."""

    def skips_rollback(self, dbapi_connection: Any) -> bool:
        """Whether a rollback would be needless and is not to be sent."""
        ...

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit whatever is open."""

    def do_close(self, dbapi_connection: Any) -> None:
        """Close in order."""

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close a connection that may be broken, without waiting for the other side."""

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Whether the connection answers within so many seconds; False when it is dead, never waiting longer."""
        ...


class PlainVerbs:
    """The verbs by PEP 249 alone."""

    is_async: ClassVar[bool] = False

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Roll back whatever is open."""
        dbapi_connection.rollback()

    def skips_rollback(self, dbapi_connection: Any) -> bool:
        """Whether a rollback would be needless and is not to be sent."""
        return False

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit whatever is open."""
        dbapi_connection.commit()

    def do_close(self, dbapi_connection: Any) -> None:
        """Close in order."""
        dbapi_connection.close()

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close."""
        dbapi_connection.close()

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Whether `SELECT 1` succeeds; PEP 249 knows no time limit, so that a driver should do better."""
        cursor = dbapi_connection.cursor()
        try:
            cursor.execute("SELECT 1")
        except Exception:  # any failure means the same: this connection is not to be given out
            return False
        finally:
            cursor.close()
        return True


class ResetStyle(Enum):
    """What happens to a connection that comes back."""

    reset_rollback = 0
    reset_commit = 1
    reset_none = 2


reset_rollback, reset_commit, reset_none = ResetStyle

RESET_STYLES: dict[Any, ResetStyle] = {
    True: reset_rollback,
    "rollback": reset_rollback,
    reset_rollback: reset_rollback,
    "commit": reset_commit,
    reset_commit: reset_commit,
    None: reset_none,
    False: reset_none,
    "none": reset_none,
    reset_none: reset_none,
}


class PoolResetState(NamedTuple):
    """What the `reset` event is told about a connection that comes back."""

    transaction_was_reset: bool
    """Whether the engine's transaction was ended properly before."""
    terminate_only: bool
    """Whether the connection will be closed rather than kept."""
    asyncio_safe: bool
    """Whether an awaiting call is possible now; False when the garbage collector brought the connection back."""


RESET_STATES = {flags: PoolResetState(*flags) for flags in product((False, True), repeat=len(PoolResetState._fields))}
"""All states by their flags, so that giving a connection back makes none."""
