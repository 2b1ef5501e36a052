"""Running a whole transaction again after a conflict with another one: what `sessionmaker.run()` does.

In: a function that opens a session in a transaction, the program's function, limits. Out: the function's result after a
commit, or the last error with the history of attempts. What failed is never run in part: each attempt has a new session
and a new transaction. A COMMIT whose outcome nobody knows is not repeated unless the program can find out.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from ...exc import ArgumentError, DBAPIError

CONFLICTS = ("serialization", "deadlock", "lock timeout")


class Attempt(NamedTuple):
    """One attempt that failed."""

    number: int
    error: BaseException
    waited: float
    """Seconds slept after it."""


class Policy(NamedTuple):
    """How often, for which conflicts and how soon a transaction is run again."""

    retries: int
    on: Collection[str]
    delay: float
    """Seconds before the first repetition, on average; each further one waits twice as long."""
    max_delay: float
    check: Callable[[], bool] | None
    """Tells after a COMMIT of unknown outcome whether the work is done."""

    def wait(self, number: int) -> float:
        """Sleep before the next attempt, a random part of the limit (full jitter); return the seconds."""
        random: Any = importlib.import_module("random")  # slow to load, seldom needed
        seconds: float = random.uniform(0, min(self.max_delay, 2 * self.delay * 2 ** (number - 1)))
        time.sleep(seconds)
        return seconds


def make_policy(
    retries: int, on: Collection[str], delay: float, max_delay: float, check: Callable[[], bool] | None
) -> Policy:
    """Return the policy for the arguments of `run()`; raises ArgumentError for what makes no sense."""
    if retries < 0:
        raise ArgumentError(f"retries must be 0 or more, got {retries!r}")
    unknown = sorted(set(on).difference(CONFLICTS))
    if unknown:
        raise ArgumentError(f"unknown conflict {unknown[0]!r} in 'on'; known are {', '.join(CONFLICTS)}")
    return Policy(retries, on, delay, max_delay, check)


def run(begin: Callable[[], AbstractContextManager[Any]], function: Callable[[Any], Any], policy: Policy) -> Any:
    """Call `function(session)` in a transaction and commit; again where the database asks for it."""
    history: list[Attempt] = []
    result: Any = None
    while True:
        number = len(history) + 1
        try:
            with begin() as session:
                result = function(session)
        except Exception as error:
            cause = _database_error(error)
            if cause is None:
                raise
            if cause.commit_outcome_unknown:
                if policy.check is None:
                    _refuse(error)
                    raise
                if policy.check():
                    return result
            elif cause.conflict not in policy.on:
                raise
            if number > policy.retries:
                _tell(error, [*history, Attempt(number, error, 0.0)])
                raise
            history.append(Attempt(number, error, policy.wait(number)))
        else:
            return result


def _database_error(error: BaseException) -> DBAPIError | None:
    """Return the driver's error that is, or lies behind, an error."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, DBAPIError):
        seen = seen.__cause__
    return seen


def _refuse(error: BaseException) -> None:
    error.add_note(
        "The answer to COMMIT was lost: the transaction may be done. It was not run again, which could do the work "
        "twice; give run() a check that looks whether it is done."
    )


def _tell(error: Any, history: list[Attempt]) -> None:
    error.attempts = tuple(history)
    lines = [f"  {number}. {_first_line(failed)}; waited {waited:.3f} s" for number, failed, waited in history]
    error.add_note("\n".join([f"The transaction failed {len(history)} times:", *lines]))


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
