"""The query budget: how many statements a block of code sends through a session, and from which lines.

In: a session and a limit. Out: a log of statements with the places that sent them; QueryBudgetExceeded at the end of
the block where there were more. Values are not kept: a log may be printed anywhere.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ... import event
from ...engine.engine import Engine
from ...exc import ArgumentError
from ..instance.errors import QueryBudgetExceeded

PACKAGE = str(Path(__file__).parents[2])
_GENERATED = "<"


class Sent(NamedTuple):
    """A statement that was sent."""

    statement: str
    place: str
    """`file:line` of the program's code that led to it."""
    executemany: bool


class QueryLog(list[Sent]):
    """The statements of a block, in order; printed, they are grouped by text and place, the most frequent first."""

    def __str__(self) -> str:
        counted = Counter((sent.place, sent.statement) for sent in self)
        lines = [f"{len(self)} {'statement' if len(self) == 1 else 'statements'}"]
        for (place, statement), count in counted.most_common():
            lines.append(f"{count} x {place}")
            lines += [f"    {line}" for line in statement.splitlines()]
        return "\n".join(lines)


@contextmanager
def expect_queries(session: Any, limit: int | None) -> Generator[QueryLog]:
    """Log the statements of a block; raise QueryBudgetExceeded at its end where there were more than `limit`."""
    if limit is not None and limit < 0:
        raise ArgumentError(f"max must be 0 or more, got {limit!r}")
    log = QueryLog()

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        if _uses(session, connection):
            log.append(Sent(statement, _place(), executemany))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield log
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    if limit is not None and len(log) > limit:
        raise QueryBudgetExceeded(f"Expected at most {limit}, got {log}", list(log))


def _uses(session: Any, connection: Any) -> bool:
    """Tell whether a connection is one of those that the session's transaction runs on."""
    transaction = session._transaction
    if transaction is None:
        return False
    return any(connection is participant.connection for participant in transaction.root.participants.values())


def _place() -> str:
    """Return the nearest line outside of this package."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if not (name.startswith((PACKAGE, _GENERATED)) or name.endswith("contextlib.py")):
            return f"{name}:{frame.f_lineno}"
        frame = frame.f_back
    return "unknown place"
