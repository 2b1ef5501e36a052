"""Collections of every kind are filled by every way of loading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, String, create_engine, select
from cormorant.orm import (
    Session,
    attribute_keyed_dict,
    declarative_base,
    immediateload,
    joinedload,
    lazyload,
    relationship,
    selectinload,
    subqueryload,
)
from cormorant.orm.exc import LoaderStrategyException

KINDS: dict[str, Any] = {"list": list, "set": set, "dict": attribute_keyed_dict("name")}
WAYS: list[Callable[..., Any]] = [lazyload, selectinload, joinedload, subqueryload, immediateload]


def make_classes(kind: Any, **options: Any) -> tuple[Any, Any]:
    base: Any = declarative_base()

    class Shelf(base):
        __tablename__ = "shelf"
        id = Column(Integer, primary_key=True)
        books = relationship("Book", collection_class=kind, **options)

    class Book(base):
        __tablename__ = "book"
        id = Column(Integer, primary_key=True)
        shelf_id = Column(ForeignKey("shelf.id"))
        name = Column(String(10))

    return Shelf, Book


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_collections_are_loaded(kind: str, way: Callable[..., Any]) -> None:
    shelf_class, book_class = make_classes(KINDS[kind])
    engine = create_engine("sqlite://")
    shelf_class.metadata.create_all(engine)
    with Session(engine) as session:
        books = [book_class(id=1, name="a"), book_class(id=2, name="b")]
        given = {book.name: book for book in books} if kind == "dict" else KINDS[kind](books)
        session.add(shelf_class(id=1, books=given))
        session.commit()
        session.expunge_all()
        found = session.scalars(select(shelf_class).options(way(shelf_class.books))).unique().one().books
        assert sorted(book.id for book in (found.values() if kind == "dict" else found)) == [1, 2]
        assert kind != "dict" or set(found) == {"a", "b"}
        assert isinstance(found, KINDS[kind] if kind != "dict" else dict)


def test_ways_of_loading_that_do_not_exist() -> None:
    with pytest.raises(LoaderStrategyException, match="friends"):
        make_classes(list, lazy="friends")
