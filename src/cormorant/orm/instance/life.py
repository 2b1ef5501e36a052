"""The life of an instance: five states and one table of the moves between them.

In: where an instance is and what happens to it. Out: where it is afterwards, or an error that says why the move does
not exist. Nothing here knows sessions or databases; illegal cells are written down in `REFUSED`.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from ...exc import InvalidRequestError


class Life(Enum):
    """Where an instance is; exactly one is true at a time."""

    TRANSIENT = "transient"
    """Neither in a session nor in the database."""
    PENDING = "pending"
    """In a session, not yet in the database."""
    PERSISTENT = "persistent"
    """In a session and in the database."""
    DELETED = "deleted"
    """Its DELETE was sent; the transaction is still open."""
    DETACHED = "detached"
    """It has a row, or had one, and is in no session."""

    # members are compared by identity and hashed in hot loops
    __hash__ = object.__hash__


TRANSIENT: Final = Life.TRANSIENT
PENDING: Final = Life.PENDING
PERSISTENT: Final = Life.PERSISTENT
DELETED: Final = Life.DELETED
DETACHED: Final = Life.DETACHED
"""The members by name: on CPython 3.11 getting one from its class costs more than what is done with it."""

IN_SESSION = frozenset({PENDING, PERSISTENT})
"""Where an instance is while its session holds it."""


class Move(Enum):
    """What can happen to an instance."""

    ADD = "add"
    LOAD = "load"
    INSERT = "be inserted"
    DELETE = "be marked for deletion"
    REMOVE = "have its row deleted"
    COMMIT = "be committed"
    UNDO_INSERT = "have its INSERT rolled back"
    UNDO_DELETE = "have its DELETE rolled back"
    EXPUNGE = "be expunged"
    FORGET_IDENTITY = "be made transient"
    GIVE_IDENTITY = "be made detached"

    __hash__ = object.__hash__


_T, _P, _S, _D, _X = Life.TRANSIENT, Life.PENDING, Life.PERSISTENT, Life.DELETED, Life.DETACHED

MOVES: dict[tuple[Life, Move], Life] = {
    (_T, Move.ADD): _P,
    (_T, Move.LOAD): _S,
    (_T, Move.FORGET_IDENTITY): _T,
    (_T, Move.GIVE_IDENTITY): _X,
    (_P, Move.ADD): _P,
    (_P, Move.INSERT): _S,
    (_P, Move.COMMIT): _P,
    (_P, Move.UNDO_INSERT): _T,
    (_P, Move.EXPUNGE): _T,
    (_P, Move.FORGET_IDENTITY): _T,
    (_S, Move.ADD): _S,
    (_S, Move.LOAD): _S,
    (_S, Move.INSERT): _S,
    (_S, Move.DELETE): _S,
    (_S, Move.REMOVE): _D,
    (_S, Move.COMMIT): _S,
    (_S, Move.UNDO_INSERT): _T,
    (_S, Move.UNDO_DELETE): _S,
    (_S, Move.EXPUNGE): _X,
    (_S, Move.FORGET_IDENTITY): _T,
    (_D, Move.COMMIT): _X,
    (_D, Move.UNDO_DELETE): _S,
    (_D, Move.UNDO_INSERT): _T,
    (_D, Move.FORGET_IDENTITY): _T,
    (_D, Move.EXPUNGE): _X,
    (_X, Move.ADD): _S,
    (_X, Move.LOAD): _S,
    (_X, Move.DELETE): _S,
    (_X, Move.UNDO_INSERT): _T,
    (_X, Move.FORGET_IDENTITY): _T,
}

_NOT_PERSISTED = "Instance {name} is not persisted"
_NOT_PRESENT = "Instance {name} is not present in this Session"

REFUSED: dict[tuple[Life, Move], str] = {
    (_T, Move.INSERT): "Instance {name} is not in a session, so it cannot be inserted; add it first",
    (_T, Move.DELETE): _NOT_PERSISTED,
    (_T, Move.REMOVE): _NOT_PERSISTED,
    (_T, Move.COMMIT): _NOT_PRESENT,
    (_T, Move.UNDO_INSERT): _NOT_PRESENT,
    (_T, Move.UNDO_DELETE): _NOT_PRESENT,
    (_T, Move.EXPUNGE): _NOT_PRESENT,
    (_P, Move.LOAD): "Instance {name} is pending; it has no row to be loaded from before it is flushed",
    (_P, Move.DELETE): _NOT_PERSISTED,
    (_P, Move.REMOVE): _NOT_PERSISTED,
    (_P, Move.UNDO_DELETE): _NOT_PERSISTED,
    (_P, Move.GIVE_IDENTITY): "Given object must be transient; {name} is in a session",
    (_S, Move.GIVE_IDENTITY): "Given object must be transient; {name} has an identity already",
    (_D, Move.ADD): "Instance {name} has been deleted.  Use the make_transient() function to send this object back to "
    "the transient state.",
    (_D, Move.LOAD): "Instance {name} has been deleted in this transaction and has no row to be loaded from",
    (_D, Move.INSERT): "Instance {name} has been deleted; make it transient before it is inserted again",
    (_D, Move.DELETE): "Instance {name} has been deleted already",
    (_D, Move.REMOVE): "Instance {name} has been deleted already",
    (_D, Move.GIVE_IDENTITY): "Given object must be transient; {name} has an identity already",
    (_X, Move.INSERT): "Instance {name} is detached; make it transient before it is inserted again",
    (_X, Move.REMOVE): _NOT_PRESENT,
    (_X, Move.COMMIT): _NOT_PRESENT,
    (_X, Move.UNDO_DELETE): _NOT_PRESENT,
    (_X, Move.EXPUNGE): _NOT_PRESENT,
    (_X, Move.GIVE_IDENTITY): "Given object must be transient; {name} has an identity already",
}


def next_life(life: Life, move: Move, name: str) -> Life:
    """Return where an instance is after a move; raise InvalidRequestError, naming it, where the move is illegal."""
    after = MOVES.get((life, move))
    if after is None:
        raise InvalidRequestError(REFUSED[life, move].format(name=name))
    return after
