"""The values of test_types.py through mapped objects: flushed alone and in batches, loaded, refreshed, merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from cormorant import Column, Engine, Integer, Table, func, inspect, select
from cormorant.orm import Session, registry

from .sent import Sent
from .test_types import VALUES, same

DEPTH = max(len(values) for _, values in VALUES.values())
"""How many rows there are: in row n each column holds its value n, or NULL where it has no more."""


class World(NamedTuple):
    session: Session
    Thing: Any
    table: Table
    rows: list[dict[str, Any]]

    def things(self) -> list[Any]:
        """New objects holding the rows."""
        return [self.thing(row) for row in self.rows]

    def thing(self, row: dict[str, Any]) -> Any:
        made = self.Thing()
        for key, value in row.items():
            setattr(made, key, value)
        return made

    def check(self, things: list[Any]) -> None:
        for thing, row in zip(things, self.rows, strict=True):
            wrong = {
                key: (getattr(thing, key), value) for key, value in row.items() if not same(getattr(thing, key), value)
            }
            assert wrong == {}


@pytest.fixture
def world(create: Callable[..., Table], engine: Engine) -> Any:
    columns = [Column(f"c_{name}", type_) for name, (type_, _) in VALUES.items()]
    table = create("typed", Column("id", Integer, primary_key=True), *columns)
    thing = type("Thing", (), {})
    maps = registry()
    maps.map_imperatively(thing, table)
    rows = [
        {f"c_{name}": values[number] if number < len(values) else None for name, (_, values) in VALUES.items()}
        for number in range(DEPTH + 1)
    ]
    with Session(engine) as session:
        yield World(session, thing, table, rows)
    maps.dispose()


def test_in_a_batch(world: World, sent: Sent) -> None:
    things = world.things()
    world.session.add_all(things)
    world.session.flush()
    assert len(sent.starting("INSERT")) <= 3
    world.check(things)
    world.session.commit()
    world.check(things)
    world.session.expunge_all()
    world.check(list(world.session.scalars(select(world.Thing).order_by(world.table.c.id))))


def test_one_by_one(world: World) -> None:
    session = world.session
    for thing in world.things():
        session.add(thing)
        session.commit()
        session.expunge_all()
    found = [session.get(world.Thing, number + 1) for number in range(len(world.rows))]
    world.check(found)
    session.expire_all()
    world.check(found)
    for thing in found:
        session.refresh(thing)
    world.check(found)
    rows = session.execute(select(world.table).order_by(world.table.c.id)).mappings()
    for row, expected in zip(rows, world.rows, strict=True):
        assert {key: row[key] for key in expected} == expected


def test_changes(world: World, sent: Sent) -> None:
    session = world.session
    things = [world.Thing() for _ in world.rows]
    session.add_all(things)
    session.commit()
    for thing, row in zip(things, world.rows, strict=True):
        for key, value in row.items():
            setattr(thing, key, value)
    session.commit()
    world.check(things)
    sent.clear()
    for thing, row in zip(things, world.rows, strict=True):
        for key, value in row.items():
            setattr(thing, key, value)
    session.flush()
    assert sent.starting("UPDATE") == []
    world.rows.reverse()
    for thing, row in zip(things, world.rows, strict=True):
        for key, value in row.items():
            setattr(thing, key, value)
    session.commit()
    session.expunge_all()
    world.check(list(session.scalars(select(world.Thing).order_by(world.table.c.id))))


def test_merge(world: World, sent: Sent) -> None:
    session = world.session
    session.add_all(world.things())
    session.commit()
    session.expunge_all()
    copies = world.things()
    for number, copy in enumerate(copies, 1):
        copy.id = number
    merged = session.merge_all(copies)
    world.check(merged)
    sent.clear()
    session.commit()
    assert sent.starting("UPDATE") == []


def test_none_becomes_null_but_for_documents(world: World) -> None:
    thing = world.Thing()
    for key in world.rows[0]:
        setattr(thing, key, None)
    world.session.add_all([thing, world.Thing()])
    world.session.flush()
    for name in VALUES:
        column = world.table.c[f"c_{name}"]
        nulls = world.session.scalar(select(func.count()).where(column.is_(None)))
        assert nulls == (1 if name == "json" else 2), name


def test_what_was_not_set_reads_as_none_without_sql(world: World, sent: Sent) -> None:
    thing = world.Thing()
    world.session.add(thing)
    world.session.flush()
    sent.clear()
    assert [getattr(thing, f"c_{name}") for name in VALUES] == [None] * len(VALUES)
    assert len(sent) == 0
    world.session.commit()
    assert [getattr(thing, f"c_{name}") for name in VALUES] == [None] * len(VALUES)
    assert len(sent) == 1


def test_objects_are_found_by_their_values(world: World) -> None:
    session = world.session
    things = world.things()
    session.add_all(things)
    session.flush()
    for name in VALUES:
        if name in ("json", "float"):
            continue
        attribute = getattr(world.Thing, f"c_{name}")
        value = things[0].__dict__[f"c_{name}"]
        assert things[0] in session.scalars(select(world.Thing).where(attribute == value)).all(), name
        assert inspect(things[0]).persistent
