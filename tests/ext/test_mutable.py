"""Values that tell of changes in place, however they came to their object."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import JSON, PickleType, create_engine, event, select
from cormorant.ext.mutable import Mutable, MutableComposite, MutableDict, MutableList, MutableSet
from cormorant.orm import DeclarativeBase, Mapped, Session, composite, deferred, mapped_column


class Base(DeclarativeBase):
    pass


class Words(Mutable):
    """A class of a program's own that is no container."""

    def __init__(self, *words: str) -> None:
        self.words = list(words)

    def add(self, word: str) -> None:
        self.words.append(word)
        self.changed()

    @classmethod
    def coerce(cls, key: str, value: Any) -> Any:
        return cls(*value.split()) if isinstance(value, str) else super().coerce(key, value) if value is None else value


class Point(MutableComposite):
    def __init__(self, x: int, y: int) -> None:
        self.x, self.y = x, y

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        self.changed()

    def __composite_values__(self) -> tuple[int, int]:
        return self.x, self.y

    @classmethod
    def coerce(cls, key: str, value: Any) -> Any:
        return cls(*value) if isinstance(value, tuple) else value


class Page(Base):
    __tablename__ = "page"
    id: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[dict[str, Any] | None] = mapped_column(MutableDict.as_mutable(JSON))
    tags: Mapped[list[Any] | None] = mapped_column(MutableList.as_mutable(JSON()))
    seen: Mapped[set[int] | None] = mapped_column(MutableSet.as_mutable(PickleType))
    words: Mapped[Any] = mapped_column(Words.as_mutable(PickleType), nullable=True)
    later: Mapped[dict[str, Any] | None] = deferred(mapped_column(MutableDict.as_mutable(JSON)))
    made: Mapped[dict[str, Any]] = mapped_column(MutableDict.as_mutable(JSON), default=lambda: {"n": 0})
    x: Mapped[int | None]
    y: Mapped[int | None]
    place: Mapped[Point] = composite(Point, "x", "y")


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as made:
        yield made


def stored(session: Session, **values: Any) -> Page:
    page = Page(**values)
    session.add(page)
    session.commit()
    return page


def test_every_changing_method_of_the_containers_tells() -> None:
    built_in = {MutableDict: dict, MutableList: list, MutableSet: set}
    changing = {
        "__setitem__", "__delitem__", "__iadd__", "__imul__", "__ior__", "__iand__", "__ixor__", "__isub__", "add",
        "append", "clear", "difference_update", "discard", "extend", "insert", "intersection_update", "pop", "popitem",
        "remove", "reverse", "setdefault", "sort", "symmetric_difference_update", "update",
    }  # fmt: skip
    for cls, kind in built_in.items():
        assert {name for name in changing if name in kind.__dict__} <= set(cls.__dict__)


def test_a_loaded_value_tells(session: Session) -> None:
    page = stored(session, data={"a": [1]}, tags=[1], seen={1}, words="a b")
    session.expunge_all()
    page = session.scalars(select(Page)).one()
    assert [type(getattr(page, name)) for name in ("data", "tags", "seen")] == [MutableDict, MutableList, MutableSet]
    page.words.add("c")
    page.seen |= {2}
    session.commit()
    assert (page.words.words, page.seen) == (["a", "b", "c"], {1, 2})
    assert page.data is not None
    page.data["a"].append(2)
    assert page not in session.dirty
    page.data.changed()  # type: ignore[attr-defined]
    session.commit()
    assert page.data == {"a": [1, 2]}


def test_values_of_defaults_and_of_deferred_columns_tell(session: Session) -> None:
    page = stored(session, later={"a": 1})
    page.made["n"] += 1
    assert page.later is not None
    page.later["b"] = 2
    session.commit()
    assert (page.made, page.later) == ({"n": 1}, {"a": 1, "b": 2})


def test_an_error_tells_nothing(session: Session) -> None:
    page = stored(session, data={})
    assert page.data is not None
    with pytest.raises(KeyError):
        page.data.pop("a")
    assert page not in session.dirty


def test_what_cannot_be_coerced_is_refused() -> None:
    with pytest.raises(ValueError, match="Attribute 'data' does not accept objects of type <class 'int'>"):
        Page(data=5)


def test_pickled_objects_are_followed_again(session: Session) -> None:
    page = stored(session, data={"a": 1}, words="a")
    assert (page.data, page.words.words) == ({"a": 1}, ["a"])
    copied = pickle.loads(pickle.dumps(page))
    session.expunge_all()
    session.add(copied)
    copied.words.add("b")
    copied.data["b"] = 2
    session.commit()
    assert (copied.data, copied.words.words) == ({"a": 1, "b": 2}, ["a", "b"])


def test_a_value_tells_all_objects_that_hold_it_and_keeps_none_alive() -> None:
    shared = MutableDict({"a": 1})
    one, two = Page(data=shared), Page(data=shared)
    assert len(shared._parents) == 2
    del one
    gc.collect()
    shared["b"] = 2
    assert len(shared._parents) == 1
    assert two.data is shared


def test_composites_write_their_columns(session: Session) -> None:
    page = stored(session, place=(1, 2))
    page.place.x = 5
    assert (page.x, page in session.dirty) == (5, True)
    session.commit()
    page.place.y = 7
    session.commit()
    assert (page.x, page.y) == (5, 7)


def test_refresh_flush_names_what_the_flush_gave(session: Session) -> None:
    heard: list[Any] = []

    def listener(target: Page, context: Any, attrs: Any) -> None:
        heard.append((target.made, list(attrs)))

    event.listen(Page, "refresh_flush", listener)
    try:
        stored(session)
        stored(session, made={"given": 1})
    finally:
        event.remove(Page, "refresh_flush", listener)
    assert heard == [({"n": 0}, ["made"])]
