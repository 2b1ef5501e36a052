"""A fetch that fails while objects are loaded: the error is this package's, and tells statement and parameters."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Engine, ForeignKey, create_engine, event, exc, insert, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload, subqueryload
from tests.engine import test_faults
from tests.engine.test_faults import fault


class Base(DeclarativeBase):
    pass


class Ship(Base):
    __tablename__ = "ship"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    boats: Mapped[list[Boat]] = relationship()


class Boat(Base):
    __tablename__ = "boat"
    id: Mapped[int] = mapped_column(primary_key=True)
    ship_id: Mapped[int] = mapped_column(ForeignKey("ship.id"))


class FailingFetch:
    """Lets the n-th fetch from now on fail."""

    def __init__(self) -> None:
        self.left = 0
        self.error: BaseException = sqlite3.OperationalError("gone")

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.error


fetch = FailingFetch()


def failing(method: Callable[..., Any]) -> Any:
    def call(*args: Any) -> Any:
        fetch()
        return method(*args)

    return call


@pytest.fixture
def engine(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    fault.at = fetch.left = 0
    fetch.error = sqlite3.OperationalError("gone")
    for name in ("fetchall", "fetchmany", "fetchone"):
        monkeypatch.setattr(test_faults.FaultyCursor, name, failing(getattr(sqlite3.Cursor, name)))
    monkeypatch.setattr(test_faults.FaultyDriver, "is_fatal", False)
    made = create_engine("faulty" + sqlite_url.removeprefix("sqlite"))
    Base.metadata.create_all(made)
    with made.begin() as connection:
        connection.execute(insert(Ship), [{"id": n, "name": f"s{n}"} for n in range(1, 1201)])
        connection.execute(insert(Boat), [{"id": n, "ship_id": n} for n in range(1, 11)])
    yield made
    fetch.left = 0
    made.dispose()


def some_ships(session: Session, *options: Any) -> Any:
    return session.scalars(select(Ship).where(Ship.id < 5).options(*options)).all()


def add_ships(session: Session) -> None:
    session.add_all([Ship(), Ship()])
    session.flush()


WORK: dict[str, tuple[int, Callable[[Session], Any], str, Any]] = {
    "select": (1, some_ships, "ship.id < ?", (5,)),
    "second chunk": (2, lambda s: s.scalars(select(Ship).where(Ship.id > 0)).all(), "ship.id > ?", (0,)),
    "in list": (1, lambda s: s.scalars(select(Ship).where(Ship.id.in_([1, 2]))).all(), "IN (?, ?)", (1, 2)),
    "get": (1, lambda s: s.get(Ship, 7), "ship.id = ?", (7,)),
    "lazy": (2, lambda s: s.get(Ship, 7).boats, "boat.ship_id", (7,)),
    "some columns": (2, lambda s: s.refresh(s.get(Ship, 7), ["name"]), "ship.name", (7,)),
    "selectin": (2, lambda s: some_ships(s, selectinload(Ship.boats)), "FROM boat", (1, 2, 3, 4)),
    "subquery": (2, lambda s: some_ships(s, subqueryload(Ship.boats)), "JOIN boat", (5,)),
    "new keys": (1, add_ships, "INSERT INTO ship", None),
    "yield_per": (
        3,
        lambda s: list(s.scalars(select(Ship).where(Ship.id < 9), execution_options={"yield_per": 2})),
        "ship.id < ?",
        (9,),
    ),
}


@pytest.mark.parametrize("listens", [False, True], ids=["", "heard"])
@pytest.mark.parametrize("name", WORK)
def test_the_error_tells_what_was_run(engine: Engine, name: str, listens: bool) -> None:
    number, work, text, parameters = WORK[name]
    with Session(engine) as session:
        if listens:
            event.listen(engine, "before_execute", lambda *told: None)
        session.connection()
        fetch.left = number
        with pytest.raises(exc.OperationalError, match="gone") as caught:
            work(session)
        assert fetch.left == 0
        error = caught.value
        assert error.orig is fetch.error
        assert error.statement is not None
        assert text in error.statement
        assert parameters is None or error.params == parameters
        assert not error.connection_invalidated
        session.rollback()
        assert session.get(Ship, 1) is not None


def is_streaming(session: Session, error: BaseException) -> Iterator[Ship]:
    """Return a stream of which the next fetch fails."""
    ships: Iterator[Ship] = iter(session.scalars(select(Ship), execution_options={"yield_per": 2}))
    assert [next(ships).id, next(ships).id] == [1, 2]
    fetch.left, fetch.error = 1, error
    return ships


@pytest.mark.parametrize("error", [sqlite3.OperationalError("gone"), KeyboardInterrupt(), MemoryError()])
def test_a_lost_connection_in_the_middle_of_a_stream(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(test_faults.FaultyDriver, "is_fatal", True)
    expected: dict[type[BaseException], type[BaseException]] = {
        sqlite3.OperationalError: exc.OperationalError,
        MemoryError: MemoryError,
    }
    is_lost = not isinstance(error, MemoryError)  # a matter of the program
    with Session(engine) as session:
        connection = session.connection()
        ships = is_streaming(session, error)
        with pytest.raises(expected.get(type(error), KeyboardInterrupt)):
            next(ships)
        assert connection.invalidated is is_lost
        if is_lost:
            with pytest.raises(exc.PendingRollbackError):
                session.get(Ship, 5)
        session.rollback()
        assert session.get(Ship, 5) is not None
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_listeners_hear_of_the_error(engine: Engine) -> None:
    told: list[Any] = []
    event.listen(engine, "handle_error", told.append)
    with Session(engine) as session:
        ships = is_streaming(session, sqlite3.OperationalError("gone"))
        with pytest.raises(exc.OperationalError):
            next(ships)
    (context,) = told
    assert context.original_exception is fetch.error
    assert context.statement.startswith("SELECT ship.id")
    assert context.cursor is not None
