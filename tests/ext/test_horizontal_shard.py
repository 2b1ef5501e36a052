"""Sessions over several databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Column, Engine, ForeignKey, Table, create_engine, event, func, insert, inspect, select, update
from cormorant.exc import ArgumentError, InvalidRequestError, MultipleResultsFound
from cormorant.ext.horizontal_shard import ShardedSession, set_shard_id
from cormorant.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
from cormorant.pool import StaticPool

SHARDS = ("north", "south")


class Base(DeclarativeBase):
    pass


tagged = Table(
    "tagged",
    Base.metadata,
    Column("city_id", ForeignKey("city.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class City(Base):
    __tablename__ = "city"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    side: Mapped[str]
    story: Mapped[str | None] = mapped_column(deferred=True)
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("city.id"))
    twin: Mapped[City | None] = relationship(remote_side="City.id", post_update=True)
    tags: Mapped[list[Tag]] = relationship(secondary=tagged)


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str]


def shard_chooser(mapper: Any, instance: Any, clause: Any = None) -> str:
    return "north" if instance is None else str(instance.side)


def identity_chooser(mapper: Any, primary_key: Any, *, lazy_loaded_from: Any, **kw: Any) -> list[str]:
    return list(SHARDS)


@pytest.fixture
def engines() -> dict[str, Engine]:
    made = {name: create_engine("sqlite://", poolclass=StaticPool) for name in SHARDS}
    for engine in made.values():
        Base.metadata.create_all(engine)
    return made


@pytest.fixture
def session(engines: dict[str, Engine]) -> Iterator[ShardedSession]:
    with ShardedSession(shard_chooser, identity_chooser, lambda state: SHARDS, engines) as made:
        yield made


def count(engine: Engine, cls: Any) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(cls.__table__)) or 0


def test_objects_go_where_the_chooser_says(session: ShardedSession, engines: dict[str, Engine]) -> None:
    oslo = City(name="Oslo", side="north", tags=[Tag(side="north")])
    rome, bari = City(name="Rome", side="south"), City(name="Bari", side="south")
    bari.twin = rome
    session.add_all([oslo, rome, bari])
    session.commit()
    assert [count(engines[name], City) for name in SHARDS] == [1, 2]
    assert [count(engines[name], Tag) for name in SHARDS] == [1, 0]
    assert [inspect(city).identity_token for city in (oslo, rome, bari)] == ["north", "south", "south"]
    assert bari.twin_id == rome.id
    oslo.tags.clear()
    session.delete(bari)
    session.commit()
    assert [count(engines[name], City) for name in SHARDS] == [1, 1]


def test_equal_keys_are_two_objects(session: ShardedSession) -> None:
    oslo, rome = City(id=1, name="Oslo", side="north"), City(id=1, name="Rome", side="south")
    session.add_all([oslo, rome])
    session.commit()
    assert (oslo.name, rome.name) == ("Oslo", "Rome")
    assert session.get(City, 1, identity_token="south") is rome
    assert session.get(City, 1) is oslo
    assert set(session.identity_map.keys()) == {(City, (1,), "north"), (City, (1,), "south")}
    session.expunge_all()
    with pytest.raises(MultipleResultsFound):
        session.get(City, 1)


def test_columns_come_from_the_shard_of_their_object(session: ShardedSession) -> None:
    for side in SHARDS:
        session.add(City(id=1, name=f"of {side}", side=side, story=f"told in {side}"))
    session.commit()
    for side in SHARDS:
        city = session.get(City, 1, identity_token=side)
        assert (city.name, city.story) == (f"of {side}", f"told in {side}")
        session.expire(city)
        session.refresh(city)
        assert city.story == f"told in {side}"


def test_statements_run_where_the_chooser_says(session: ShardedSession, engines: dict[str, Engine]) -> None:
    session.add_all([City(name="Oslo", side="north"), City(name="Rome", side="south")])
    session.commit()
    sent: list[str] = []
    for name, engine in engines.items():
        event.listen(engine, "before_cursor_execute", lambda *_, name=name: sent.append(name))
    assert session.scalars(select(City.name)).all() == ["Oslo", "Rome"]
    assert session.scalars(select(City.name).options(set_shard_id("south"))).all() == ["Rome"]
    assert session.execute(update(City).values(name="x")).rowcount == 2
    assert sent == ["north", "south", "south", "north", "south"]
    found = session.scalars(select(City).options(selectinload(City.tags), set_shard_id("north"))).one()
    assert (found.name, found.tags, sent[5:]) == ("x", [], ["north", "north"])
    assert len(list(session.scalars(select(City).execution_options(yield_per=1)))) == 2


def test_an_insert_goes_to_one_shard(session: ShardedSession, engines: dict[str, Engine]) -> None:
    rows = [{"name": "Oslo", "side": "north"}]
    with pytest.raises(InvalidRequestError, match="an INSERT goes to one shard"):
        session.execute(insert(City), rows)
    session.execute(insert(City), rows, bind_arguments={"shard_id": "north"})
    session.commit()
    assert [count(engines[name], City) for name in SHARDS] == [1, 0]


def test_a_rollback_is_one_of_all_shards(session: ShardedSession, engines: dict[str, Engine]) -> None:
    session.add_all([City(name="Oslo", side="north"), City(name="Rome", side="south")])
    session.flush()
    session.rollback()
    assert [count(engines[name], City) for name in SHARDS] == [0, 0]


def test_a_chooser_without_shards_is_an_error(engines: dict[str, Engine]) -> None:
    session = ShardedSession(shard_chooser, identity_chooser, lambda state: [], engines)
    with pytest.raises(ArgumentError, match="execute_chooser returned no shard"):
        session.scalars(select(City))
