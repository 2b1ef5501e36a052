"""A session belongs to one thread at a time: another one is refused before SQL is sent, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Engine, create_engine, event, select
from cormorant.exc import IllegalStateChangeError, InvalidRequestError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """The registry of these tests."""


class Note(Base):
    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = create_engine(sqlite_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Note(id=1, text="one"))
        session.commit()
    yield engine
    engine.dispose()


class Busy:
    """A session in which another thread runs a statement that does not come back until it is let go."""

    def __init__(self, engine: Engine) -> None:
        self.session = Session(engine, expire_on_commit=False)
        self.note = self.session.get_one(Note, 1)
        self.inside, self.goes_on = threading.Event(), threading.Event()
        self.sent: list[str] = []
        event.listen(engine, "before_cursor_execute", self.hear)
        self.thread = threading.Thread(target=lambda: self.session.scalars(select(Note)).all())

    def hear(self, conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        self.sent.append(statement)
        if threading.current_thread() is self.thread:
            self.inside.set()
            self.goes_on.wait(10)

    def __enter__(self) -> Session:
        self.thread.start()
        self.inside.wait(10)
        self.sent.clear()
        return self.session

    def __exit__(self, *_error: object) -> None:
        self.goes_on.set()
        self.thread.join()


USES: list[Callable[[Session], Any]] = [
    lambda session: session.execute(select(Note)),
    lambda session: session.scalars(select(Note)),
    lambda session: session.scalar(select(Note.id)),
    lambda session: session.get(Note, 99),
    lambda session: session.flush(),
    lambda session: session.commit(),
    lambda session: session.rollback(),
    lambda session: session.close(),
    lambda session: session.begin_nested(),
    lambda session: session.merge(Note(id=5, text="merged")),
    lambda session: session.add(Note(text="added")),
    lambda session: session.add_all([Note(text="added")]),
    lambda session: session.delete(session.identity_map.values()[0]),
    lambda session: session.refresh(session.identity_map.values()[0]),
    lambda session: session.query(Note).all(),
]


@pytest.mark.parametrize("number", range(len(USES)))
def test_another_thread_is_refused(engine: Engine, number: int) -> None:
    busy = Busy(engine)
    with busy as session:
        with pytest.raises(IllegalStateChangeError, match="in use by another thread") as caught:
            USES[number](session)
        assert busy.sent == []
        assert caught.value.code == "isce"
        assert isinstance(caught.value, InvalidRequestError)
    assert not session.new
    session.add(Note(id=2, text="two"))
    session.commit()
    assert len(session.scalars(select(Note)).all()) == 2


def test_an_expired_attribute(engine: Engine) -> None:
    busy = Busy(engine)
    busy.session.expire(busy.note)
    with busy, pytest.raises(IllegalStateChangeError, match="in use by another thread"):
        _ = busy.note.text
    assert busy.note.text == "one"


def test_a_session_may_move_from_thread_to_thread(engine: Engine) -> None:
    session = Session(engine)
    found: list[Any] = []
    for number in range(3):
        thread = threading.Thread(target=lambda: found.append(session.scalars(select(Note.text)).all()))
        thread.start()
        thread.join()
        assert len(found) == number + 1
    session.commit()
    assert found == [["one"]] * 3


def test_listeners_use_the_session_inside(engine: Engine) -> None:
    session = Session(engine)
    found: list[Any] = []
    event.listen(session, "before_flush", lambda s, *_: found.append(s.scalar(select(Note.text))))
    session.add(Note(id=2, text="two"))
    session.commit()
    assert found == ["one"]


def test_many_threads_lose_nothing(engine: Engine) -> None:
    """What was acknowledged is there; every refusal is of one class."""
    session = Session(engine)
    done: list[int] = []
    others: list[BaseException] = []

    def work(first: int) -> None:
        for key in range(first, first + 50):
            try:
                session.add(Note(id=key, text="x"))
                done.append(key)
                session.flush()
            except InvalidRequestError:
                continue
            except BaseException as error:
                others.append(error)

    threads = [threading.Thread(target=work, args=(1000 * number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert others == []
    session.commit()
    keys = set(session.scalars(select(Note.id)))
    assert keys == {1, *done}
