"""merge(strategy="upsert"): rows are written at once, and the session's objects are true afterwards (item 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Engine, ForeignKey, String, UniqueConstraint, event, func, inspect, select, text, update
from cormorant.exc import ArgumentError, IntegrityError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from cormorant.orm.exc import ObjectDeletedError

from .sent import Sent


class Base(DeclarativeBase):
    """A registry of its own."""


class Shop(Base):
    __tablename__ = "shop"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    city: Mapped[str | None] = mapped_column(String(40))
    rank: Mapped[int] = mapped_column(default=lambda: 7)
    state: Mapped[str] = mapped_column(String(10), server_default="open")
    changed: Mapped[int | None] = mapped_column(onupdate=lambda: 99)
    goods: Mapped[list[Good]] = relationship(back_populates="shop", cascade="all, delete-orphan", order_by="Good.id")


class Good(Base):
    __tablename__ = "good"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column("label", String(40))
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    shop: Mapped[Shop] = relationship(back_populates="goods")


class Word(Base):
    __tablename__ = "word"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(40), unique=True)
    count: Mapped[int | None]


class Cell(Base):
    __tablename__ = "cell"

    x: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    y: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str | None] = mapped_column(String(40))


class Place(Base):
    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    within_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    within: Mapped[Place | None] = relationship(remote_side="Place.id")


class Member(Base):
    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("club", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    club: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]


class Counted(Base):
    __tablename__ = "counted"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]

    __mapper_args__ = {"version_id_col": "version"}


class Animal(Base):
    __tablename__ = "animal"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}


class Cat(Animal):
    __mapper_args__ = {"polymorphic_identity": "cat"}


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    Base.registry.configure()
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([
            Shop(id=1, name="one", city="Bern", rank=1, goods=[Good(id=1, title="a"), Good(id=2, title="b")]),
            Shop(id=2, name="two", rank=2),
            Word(id=50, text="old", count=1),
            Cell(x=1, y=1, value="v"),
        ])  # fmt: skip
        session.commit()
        session.expunge_all()
        yield session


def is_clean(session: Session) -> bool:
    return not (session.new or session.dirty or session.deleted)


def test_a_new_row_and_one_that_is_there_in_one_statement(session: Session, sent: Sent) -> None:
    sent.clear()
    two, three = session.merge_all([Shop(id=2, name="2"), Shop(id=3, name="3")], strategy="upsert")
    assert [(one.name, one.city, one.rank, one.state) for one in (two, three)] == [
        ("2", None, 2, "open"), ("3", None, 7, "open")
    ]  # fmt: skip
    assert inspect(two).persistent
    assert inspect(three).persistent
    assert is_clean(session)
    assert len(sent) == 1
    session.commit()
    assert session.scalars(select(Shop.name).order_by(Shop.id)).all() == ["one", "2", "3"]


def test_one_object(session: Session, sent: Sent) -> None:
    sent.clear()
    merged = session.merge(Shop(id=1, name="uno"), strategy="upsert")
    assert (merged.name, merged.city) == ("uno", "Bern")
    assert len(sent) == 1
    assert session.get(Shop, 1) is merged


def test_many_objects_take_one_statement_per_batch(session: Session, sent: Sent) -> None:
    sent.clear()
    merged = session.merge_all([Cell(x=n, y=n, value=str(n)) for n in range(300)], strategy="upsert")
    assert [cell.value for cell in merged] == [str(n) for n in range(300)]
    assert len(sent) == 1
    assert session.scalar(select(func.count()).select_from(Cell)) == 300


def test_an_object_of_the_session_is_refreshed(session: Session) -> None:
    shop = session.get_one(Shop, 1)
    session.execute(update(Shop).where(Shop.id == 1).values(city="Basel").execution_options(synchronize_session=False))
    assert shop.city == "Bern"
    assert session.merge(Shop(id=1, name="uno"), strategy="upsert") is shop
    assert (shop.name, shop.city) == ("uno", "Basel")
    assert is_clean(session)


def test_unwritten_changes_of_an_object_of_the_session_stay(session: Session) -> None:
    shop = session.get_one(Shop, 1)
    shop.name, shop.city = "mine", "Chur"
    with session.no_autoflush:
        session.merge(Shop(id=1, name="uno"), strategy="upsert")
    assert (shop.name, shop.city) == ("uno", "Chur")
    assert inspect(shop).attrs.city.history.deleted == ["Bern"]
    assert not inspect(shop).attrs.name.history.has_changes()
    session.commit()
    assert session.execute(select(Shop.name, Shop.city).where(Shop.id == 1)).one() == ("uno", "Chur")


def test_autoflush_writes_changes_before(session: Session) -> None:
    shop = session.get_one(Shop, 1)
    shop.city = "Chur"
    session.merge(Shop(id=1, name="uno"), strategy="upsert")
    assert (shop.name, shop.city) == ("uno", "Chur")
    assert is_clean(session)


def test_none_overwrites_and_what_is_absent_stays(session: Session) -> None:
    merged = session.merge(Shop(id=1, name="uno", city=None), strategy="upsert")
    assert (merged.city, merged.rank) == (None, 1)


def test_on_update_counts_only_where_something_changes(session: Session) -> None:
    same = session.merge(Shop(id=1, name="one"), strategy="upsert")
    other = session.merge(Shop(id=2, name="zwei"), strategy="upsert")
    assert (same.changed, other.changed) == (None, 99)


def test_collections(session: Session, sent: Sent) -> None:
    copy = Shop(id=1, name="uno", goods=[Good(id=2, title="bb"), Good(id=3, title="c")])
    sent.clear()
    merged = session.merge(copy, strategy="upsert")
    assert [(good.id, good.title, good.shop_id) for good in merged.goods] == [(2, "bb", 1), (3, "c", 1)]
    assert len(sent) == 3  # an INSERT per table, and the collection that is replaced
    session.commit()
    assert session.execute(select(Good.id, Good.title).order_by(Good.id)).all() == [(2, "bb"), (3, "c")]


def test_parents_and_children_that_are_new(session: Session, sent: Sent) -> None:
    sent.clear()
    goods = [Good(id=10 + n, title="x", shop=Shop(id=10 + n, name="s")) for n in range(3)]
    merged = session.merge_all(goods, strategy="upsert")
    assert [good.shop.id for good in merged] == [10, 11, 12]
    assert len(sent.starting("INSERT")) == 2
    assert is_clean(session)


def test_a_member_moves_to_another_owner(session: Session) -> None:
    one, two = session.get_one(Shop, 1), session.get_one(Shop, 2)
    assert [good.id for good in one.goods] == [1, 2]
    assert two.goods == []
    session.merge(Shop(id=2, name="two", goods=[Good(id=2, title="b")]), strategy="upsert")
    assert ([good.id for good in one.goods], [good.id for good in two.goods]) == ([1], [2])
    session.commit()
    assert session.get_one(Good, 2).shop_id == 2


def test_a_table_that_refers_to_itself(session: Session) -> None:
    country = Place(id=1, name="country")
    given = [Place(id=3, name="town", within=Place(id=2, name="canton", within=country)), Place(id=4, name="x")]
    town = session.merge_all(given, strategy="upsert")[0]
    assert town.within is not None
    assert town.within.within is session.get(Place, 1)
    session.commit()
    assert session.scalars(select(Place.within_id).order_by(Place.id)).all() == [None, 1, 2, None]


def test_by_a_natural_key(session: Session, sent: Sent) -> None:
    sent.clear()
    old, new = session.merge_all(
        [Word(text="old", count=2), Word(text="new", count=3)], by=Word.text, strategy="upsert"
    )
    assert (old.id, old.count, new.count) == (50, 2, 3)
    assert inspect(new).persistent
    assert is_clean(session)
    assert len(sent) == 1


def test_by_a_natural_key_with_an_object_of_the_session(session: Session) -> None:
    word = session.get_one(Word, 50)
    word.count = 9
    with session.no_autoflush:
        assert session.merge(Word(text="old"), by=Word.text, strategy="upsert") is word
    assert word.count == 9
    assert session.is_modified(word)


def test_given_twice_by_one_key(session: Session) -> None:
    one, two = session.merge_all([Cell(x=1, y=1, value="a"), Cell(x=1, y=1, value="b")], strategy="upsert")
    assert one is two
    assert one.value == "b"
    left, right = session.merge_all([Word(text="n", count=1), Word(text="n", count=2)], by=Word.text, strategy="upsert")
    assert left is right
    assert left.count == 2
    session.commit()
    assert session.scalar(select(func.count()).select_from(Word)) == 2


def test_what_cannot_be_written_blindly_is_looked_at(session: Session, sent: Sent) -> None:
    sent.clear()
    merged = session.merge(Shop(id=1, city="Thun"), strategy="upsert")  # a new row would need a name
    assert (merged.name, merged.city) == ("one", "Thun")
    assert not sent.starting("INSERT")
    session.commit()
    assert session.scalar(select(Shop.city).where(Shop.id == 1)) == "Thun"


def test_an_expression_is_written_by_the_flush(session: Session) -> None:
    merged = session.merge(Shop(id=1, name=func.upper("uno")), strategy="upsert")
    session.flush()
    assert merged.name == "UNO"


def test_objects_without_key_are_new(session: Session) -> None:
    merged = session.merge(Word(text="fresh"), strategy="upsert")
    assert inspect(merged).pending


def test_a_conflict_of_another_key_is_one(session: Session) -> None:
    session.add(Member(id=1, club="a", number=1))
    session.commit()
    with pytest.raises(IntegrityError), session.begin_nested():
        session.merge(Member(id=2, club="a", number=1), strategy="upsert")
    assert session.scalars(select(Member.id)).all() == [1]


def test_objects_marked_to_be_deleted(session: Session) -> None:
    shop = session.get_one(Shop, 2)
    session.delete(shop)
    with session.no_autoflush, pytest.warns(match="marked to be deleted"):
        assert session.merge(Shop(id=2, name="again"), strategy="upsert") is shop
    session.commit()
    assert session.get(Shop, 2) is None


def test_objects_of_the_session_itself(session: Session, sent: Sent) -> None:
    shop = session.get_one(Shop, 1)
    sent.clear()
    assert session.merge(shop, strategy="upsert") is shop
    assert len(sent) == 0


def test_detached_objects(session: Session, engine: Engine) -> None:
    shop = session.get_one(Shop, 1)
    session.expunge(shop)
    session.commit()
    shop.name = "offline"
    with Session(engine) as other:
        merged = other.merge(shop, strategy="upsert")
        other.commit()
        assert merged.name == "offline"


def test_a_rollback_takes_it_back(session: Session) -> None:
    merged = session.merge(Shop(id=1, name="uno"), strategy="upsert")
    session.rollback()
    assert merged.name == "one"


def test_a_savepoint_takes_it_back(session: Session) -> None:
    shop = session.get_one(Shop, 1)
    with session.begin_nested() as nested:
        merged = session.merge_all([Shop(id=1, name="uno"), Shop(id=9, name="new")], strategy="upsert")
        nested.rollback()
    assert shop.name == "one"
    with pytest.raises(ObjectDeletedError):
        _ = merged[1].name


@pytest.mark.parametrize(
    ("given", "options", "reason"),
    [
        (lambda: Counted(id=1), {}, "counts versions"),
        (lambda: Cat(id=1), {}, "hierarchy"),
        (lambda: Cell(x=1, y=1), {"by": Cell.value}, "unique key of 'cell' over value"),
        (lambda: Cell(x=1, y=1), {"load": False}, "load=False"),
        (lambda: Cell(x=1, y=1), {"base": Cell(x=1, y=1)}, "'base'"),
    ],
)
def test_what_is_refused(session: Session, sent: Sent, given: Any, options: dict[str, Any], reason: str) -> None:
    sent.clear()
    with pytest.raises(ArgumentError, match=reason):
        session.merge(given(), strategy="upsert", **options)
    assert len(sent) == 0


def test_nothing_is_written_where_one_class_is_refused(session: Session, sent: Sent) -> None:
    sent.clear()
    with pytest.raises(ArgumentError, match="counts versions"):
        session.merge_all([Cell(x=5, y=5), Counted(id=1)], strategy="upsert")
    assert len(sent) == 0


def test_listeners_of_rows_are_not_passed_by(session: Session) -> None:
    def listener(mapper: Any, connection: Any, obj: Any) -> None: ...

    event.listen(Cell, "before_insert", listener)
    try:
        with pytest.raises(ArgumentError, match="listeners of rows"):
            session.merge(Cell(x=1, y=1), strategy="upsert")
    finally:
        event.remove(Cell, "before_insert", listener)


def test_unknown_strategies(session: Session) -> None:
    with pytest.raises(ArgumentError, match="'select'"):
        session.merge(Cell(x=1, y=1), strategy="insert")


def test_the_preview_writes_nothing(session: Session) -> None:
    shown = str(session.merge_preview(Shop(id=1, name="uno"), strategy="upsert"))
    assert "uno" in shown
    assert session.scalar(text("SELECT name FROM shop WHERE id = 1")) == "one"
