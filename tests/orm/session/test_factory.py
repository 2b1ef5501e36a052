"""sessionmaker."""

from __future__ import annotations

from cormorant import event
from cormorant.engine import Engine
from cormorant.orm import Session, sessionmaker

from .world import Note, committed


def test_sessions_have_the_maker_s_options(engine: Engine) -> None:
    maker = sessionmaker(engine, autoflush=False, expire_on_commit=False)
    session = maker()
    assert (session.bind, session.autoflush, session.expire_on_commit) == (engine, False, False)
    assert maker(autoflush=True).autoflush


def test_configure_changes_later_sessions(engine: Engine) -> None:
    maker = sessionmaker()
    maker.configure(bind=engine)
    assert maker().bind is engine


def test_info_is_merged() -> None:
    maker = sessionmaker(info={"a": 1})
    assert maker(info={"b": 2}).info == {"a": 1, "b": 2}
    assert maker().info == {"a": 1}


def test_begin_commits_at_the_end_of_the_block(engine: Engine) -> None:
    with sessionmaker(engine).begin() as session:
        session.add(Note(id=5, text="x"))
    assert committed(engine, "SELECT text FROM notes WHERE id = 5") == [("x",)]


def test_a_class_of_one_s_own(engine: Engine) -> None:
    class Special(Session):
        pass

    maker = sessionmaker(engine, class_=Special)
    assert isinstance(maker(), Special)
    assert maker.class_ is not Special


def test_listeners_on_a_maker_hear_its_sessions_only(engine: Engine) -> None:
    heard: list[Session] = []
    maker, other = sessionmaker(engine), sessionmaker(engine)
    event.listen(maker, "before_commit", heard.append)
    session = maker()
    session.commit()
    other().commit()
    Session(engine).commit()
    assert heard == [session]


def test_repr_names_class_and_options(engine: Engine) -> None:
    assert repr(sessionmaker(engine)).startswith("sessionmaker(class_='Session', bind=Engine(sqlite://)")
