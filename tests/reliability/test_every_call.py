"""Every call of the driver may fail under a session: nothing leaks, the session works again, what is lost is said."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Engine, ForeignKey, create_engine, exc, func, select
from cormorant.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload
from tests.engine.test_faults import fault


class Base(DeclarativeBase):
    """The registry of these tests."""


class Team(Base):
    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    players: Mapped[list[Player]] = relationship(back_populates="team", cascade="all, delete-orphan")


class Player(Base):
    __tablename__ = "player"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team: Mapped[Team] = relationship(back_populates="players")


@pytest.fixture
def engine(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> Iterator[Engine]:
    fault.calls = fault.at = 0
    caplog.set_level(logging.CRITICAL, "cormorant.pool")  # what is logged is kept, and would keep connections open
    made = create_engine("faulty" + sqlite_url.removeprefix("sqlite"), pool_size=2, max_overflow=0, pool_timeout=0.1)
    Base.metadata.create_all(made)
    with Session(made) as session:
        session.add_all(Team(name=f"t{n}", players=[Player(name=f"p{n}{m}") for m in range(3)]) for n in range(3))
        session.commit()
    yield made
    fault.at = 0
    made.dispose()


def write_a_graph(session: Session) -> None:
    session.add(Team(name="new", players=[Player(name="one"), Player(name="two")]))
    team = session.scalars(select(Team).order_by(Team.id)).first()
    assert team is not None
    team.name += "x"
    session.commit()


def load_eagerly(session: Session) -> None:
    session.scalars(select(Team).options(selectinload(Team.players))).all()
    session.expire_all()
    for player in session.scalars(select(Player).options(joinedload(Player.team))).all():
        assert player.team.name


def with_savepoints(session: Session) -> None:
    team = session.get(Team, 1)
    assert team is not None
    with session.begin_nested():
        team.players.append(Player(name="inside"))
    savepoint = session.begin_nested()
    team.players.append(Player(name="undone"))
    session.flush()
    savepoint.rollback()
    session.commit()


def stream(session: Session) -> None:
    for number, player in enumerate(session.scalars(select(Player).execution_options(yield_per=2))):
        assert player.name
        if number == 4:
            break
    session.rollback()


def merge_and_delete(session: Session) -> None:
    session.merge_all([Team(id=1, name="merged"), Team(id=50, name="other")])
    team = session.get(Team, 2)
    assert team is not None
    session.delete(team)
    session.commit()


def expire_and_refresh(session: Session) -> None:
    team = session.get(Team, 3)
    assert team is not None
    session.refresh(team)
    session.expire(team)
    assert team.name
    session.commit()
    assert team.players


SCENARIOS = [write_a_graph, load_eagerly, with_savepoints, stream, merge_and_delete, expire_and_refresh]
ERRORS: list[Callable[[], BaseException]] = [lambda: sqlite3.OperationalError("fault"), MemoryError, KeyboardInterrupt]


@pytest.mark.parametrize("is_fatal", [False, True], ids=["error", "lost"])
@pytest.mark.parametrize("error", ERRORS, ids=["driver", "memory", "interrupt"])
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:.*already deassociated:cormorant.exc.SAWarning")
def test_every_call(engine: Engine, scenario: Callable[[Session], None], error: Any, is_fatal: bool) -> None:
    engine._driver.is_fatal = is_fatal  # type: ignore[attr-defined]
    fault.error = error
    for number in range(1, 300):
        session = Session(engine)
        fault.calls, fault.at = 0, number
        failure: BaseException | None = None
        try:
            scenario(session)
        except (exc.SQLAlchemyError, sqlite3.Error, MemoryError, KeyboardInterrupt) as found:
            failure = found
        is_through = fault.calls < number
        fault.at = 0
        if failure is not None:
            assert is_the_fault(failure), failure
        session.rollback()
        assert session.scalar(select(func.count()).select_from(Team))
        session.close()
        assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        if is_through:
            print(f"{scenario.__name__}: {number - 1} calls")
            return
        restore(engine)
    raise AssertionError("it never got through")


def is_the_fault(failure: BaseException | None) -> bool:
    """Whether the fault is the error or what led to it."""
    while failure is not None:
        if isinstance(failure, MemoryError | KeyboardInterrupt) or "fault" in str(failure):
            return True
        failure = failure.__cause__ or failure.__context__
    return False


def restore(engine: Engine) -> None:
    with contextlib.suppress(exc.SQLAlchemyError), Session(engine) as session:
        session.merge_all([Team(id=number, name="again") for number in (1, 2, 3)])
        session.flush()
        session.merge(Player(id=1, name="again", team_id=3))
        session.commit()
