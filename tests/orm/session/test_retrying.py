"""sessionmaker.run() without a real conflict: what is repeated, what is not, what the last error tells."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from cormorant.engine import Engine
from cormorant.exc import ArgumentError, OperationalError, PendingRollbackError
from cormorant.orm import Session, sessionmaker

from .world import Note, committed


def conflict(kind: str | None = "deadlock", is_unknown: bool = False) -> OperationalError:
    error = OperationalError("UPDATE", None, sqlite3.OperationalError("conflict"))
    error.conflict = kind
    error.commit_outcome_unknown = is_unknown
    return error


class Failing:
    """Adds a note, and fails as often as it is told."""

    def __init__(self, *errors: BaseException) -> None:
        self.errors = list(errors)
        self.sessions: list[Session] = []

    def __call__(self, session: Session) -> str:
        self.sessions.append(session)
        session.add(Note(id=70 + len(self.sessions), text="x"))
        session.flush()
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def notes(engine: Engine) -> list[Any]:
    return committed(engine, "SELECT id FROM notes WHERE id > 70")


def test_a_conflict_is_run_again_in_a_new_session(engine: Engine) -> None:
    work = Failing(conflict(), conflict("serialization"))
    assert sessionmaker(engine).run(work, delay=0) == "done"
    assert len({id(session) for session in work.sessions}) == 3
    assert notes(engine) == [(73,)]


def test_other_errors_are_not(engine: Engine) -> None:
    work = Failing(conflict(None))
    with pytest.raises(OperationalError):
        sessionmaker(engine).run(work)
    assert (len(work.sessions), notes(engine)) == (1, [])


def test_the_last_error_tells_all_attempts(engine: Engine) -> None:
    work = Failing(*[conflict() for _ in range(3)])
    with pytest.raises(OperationalError) as caught:
        sessionmaker(engine).run(work, retries=2, delay=0)
    attempts: Any = getattr(caught.value, "attempts")  # noqa: B009
    assert [attempt.number for attempt in attempts] == [1, 2, 3]
    assert attempts[-1].error is caught.value
    assert "failed 3 times" in caught.value.__notes__[0]


def test_an_unknown_commit_is_refused_without_a_check(engine: Engine) -> None:
    with pytest.raises(OperationalError) as caught:
        sessionmaker(engine).run(Failing(conflict(None, is_unknown=True)))
    assert "was not run again" in caught.value.__notes__[0]


@pytest.mark.parametrize(("is_done", "runs"), [(True, 1), (False, 2)])
def test_a_check_decides_about_an_unknown_commit(engine: Engine, is_done: bool, runs: int) -> None:
    work = Failing(conflict(None, is_unknown=True))
    sessionmaker(engine).run(work, delay=0, check=lambda: is_done)
    assert len(work.sessions) == runs


def test_an_error_behind_a_pending_rollback_counts(engine: Engine) -> None:
    pending = PendingRollbackError("waits")
    pending.__cause__ = conflict()
    work = Failing(pending)
    assert sessionmaker(engine).run(work, delay=0) == "done"


def test_bad_limits(engine: Engine) -> None:
    maker = sessionmaker(engine)
    with pytest.raises(ArgumentError, match="retries"):
        maker.run(Failing(), retries=-1)
    with pytest.raises(ArgumentError, match="unknown conflict 'dead lock'"):
        maker.run(Failing(), on=["dead lock"])
