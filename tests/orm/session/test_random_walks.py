"""Random walks with a session against a plain model of dictionaries: rows, identity and states are as they must be.

A walk takes steps of 25 kinds: objects come, change, move between parents, change keys, are merged in all ways, expire,
go; savepoints and transactions end either way; statements fail at random. The model says which rows there must be.
After each flush the rows are compared with it, after each step the identity map is checked.
``CORMORANT_RANDOM_WALKS=N`` takes N walks of 80 steps instead of 200 of 50.
"""

from __future__ import annotations

import copy
import os
import pickle
import random
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import ForeignKey, String, create_engine, event, inspect, select
from cormorant.exc import OperationalError, StatementError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

WALKS = int(os.environ.get("CORMORANT_RANDOM_WALKS", "0"))
PARTS = 10


class Base(DeclarativeBase):
    """A registry of its own."""


class Box(Base):
    __tablename__ = "box"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    things: Mapped[list[Thing]] = relationship(
        back_populates="box", cascade="all, delete-orphan", order_by="Thing.id", passive_updates=False
    )


class Thing(Base):
    __tablename__ = "thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    size: Mapped[int | None]
    box_id: Mapped[int] = mapped_column(ForeignKey("box.id"))
    box: Mapped[Box] = relationship(back_populates="things")


Rows = dict[str, dict[int, list[Any]]]
"""Table -> key -> values: a box has a name; a thing a code, a size and its box."""


class Walk:
    """A session and the model of what it has written; savepoints remember the model."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.engine = create_engine("sqlite://")
        Base.metadata.create_all(self.engine)
        self.session = Session(self.engine, autoflush=bool(seed % 2), expire_on_commit=bool(seed % 3))
        self.rows: Rows = {"box": {}, "thing": {}}
        self.committed = copy.deepcopy(self.rows)
        self.savepoints: list[tuple[Any, Rows]] = []
        self.fails_in = 0
        self.held: list[Any] = []
        self.keys = iter(range(1, 10**6))
        event.listen(self.engine, "before_cursor_execute", self._fail)

    def _fail(self, *_: Any) -> None:
        if self.fails_in:
            self.fails_in -= 1
            if not self.fails_in:
                raise OperationalError("", {}, Exception("the line is dead"))

    def step(self) -> str:
        """Take a step and check what it left; return its name."""
        name = self.chance.choice(list(STEPS))
        STEPS[name](self)
        seen: dict[Any, Any] = {}
        for obj in self.session.identity_map.values():
            key = inspect(obj).key
            assert seen.setdefault(key, obj) is obj
            assert inspect(obj).persistent
        return name

    def check(self) -> None:
        """Compare the rows with the model."""
        with self.session.no_autoflush:
            found = self.session.connection()
            boxes = {row.id: [row.name] for row in found.execute(select(Box.__table__))}
            things = {row.id: [row.code, row.size, row.box_id] for row in found.execute(select(Thing.__table__))}
        assert {"box": boxes, "thing": things} == self.rows

    # --- what steps choose

    def key_of(self, table: str) -> int | None:
        return self.chance.choice(sorted(self.rows[table])) if self.rows[table] else None

    def box(self) -> Any:
        key = self.key_of("box")
        return None if key is None else self.session.get(Box, key)

    def thing(self) -> Any:
        key = self.key_of("thing")
        return None if key is None else self.session.get(Thing, key)


def flush(walk: Walk) -> None:
    walk.session.flush()
    walk.check()


def flushed(step: Callable[[Walk], None]) -> Callable[[Walk], None]:
    """A step after which the session is flushed, so that the next ones find the rows by their keys."""

    def run(walk: Walk) -> None:
        step(walk)
        flush(walk)

    return run


def add_box(walk: Walk) -> None:
    box = Box(id=next(walk.keys), name="new")
    walk.session.add(box)
    walk.rows["box"][box.id] = ["new"]
    if walk.chance.random() < 0.5:
        walk.held.append(box)


def add_thing(walk: Walk) -> None:
    box = walk.box()
    if box is not None:
        key = next(walk.keys)
        thing = Thing(id=key, code=f"c{key}", size=1)
        (box.things.append(thing) if walk.chance.random() < 0.5 else setattr(thing, "box", box))
        walk.session.add(thing)
        walk.rows["thing"][key] = [f"c{key}", 1, box.id]


def rename(walk: Walk) -> None:
    box = walk.box()
    if box is not None:
        box.name = walk.rows["box"][box.id][0] = walk.chance.choice(["a", "b", None])


def resize(walk: Walk) -> None:
    thing = walk.thing()
    if thing is not None:
        thing.size = walk.rows["thing"][thing.id][1] = walk.chance.choice([1, 2, None])


def move(walk: Walk) -> None:
    thing, box = walk.thing(), walk.box()
    if thing is not None:
        thing.box = box
        walk.rows["thing"][thing.id][2] = box.id


def move_by_collection(walk: Walk) -> None:
    thing, box = walk.thing(), walk.box()
    if thing is not None and thing not in box.things:
        box.things.append(thing)
        walk.rows["thing"][thing.id][2] = box.id


def move_by_key(walk: Walk) -> None:
    thing, key = walk.thing(), walk.key_of("box")
    if thing is not None and key is not None:
        thing.box_id = key
        walk.rows["thing"][thing.id][2] = key
        walk.session.flush()
        walk.session.expire_all()


def remove(walk: Walk) -> None:
    box = walk.box()
    if box is not None and box.things:
        del walk.rows["thing"][box.things.pop().id]


def replace(walk: Walk) -> None:
    box = walk.box()
    if box is not None:
        for thing in box.things[:-1]:
            del walk.rows["thing"][thing.id]
        box.things = box.things[-1:]


def delete_thing(walk: Walk) -> None:
    thing = walk.thing()
    if thing is not None:
        del walk.rows["thing"][thing.id]
        walk.session.delete(thing)
        walk.session.flush()
        walk.session.expire_all()


def delete_box(walk: Walk) -> None:
    box = walk.box()
    if box is not None:
        walk.rows["thing"] = {key: row for key, row in walk.rows["thing"].items() if row[2] != box.id}
        del walk.rows["box"][box.id]
        walk.session.delete(box)


def change_key(walk: Walk) -> None:
    """Things follow a box to its new key."""
    box = walk.box()
    if box is not None:
        old, box.id = box.id, next(walk.keys)
        walk.rows["box"][box.id] = walk.rows["box"].pop(old)
        for row in walk.rows["thing"].values():
            row[2] = box.id if row[2] == old else row[2]


def change_key_of_thing(walk: Walk) -> None:
    thing = walk.thing()
    if thing is not None:
        old, thing.id = thing.id, next(walk.keys)
        walk.rows["thing"][thing.id] = walk.rows["thing"].pop(old)


def _given_box(walk: Walk) -> Box:
    """A box from outside, of a row that is there or of none; the model has what it says."""
    key = walk.key_of("box") if walk.chance.random() < 0.7 else None
    given = Box(id=key or next(walk.keys), name=walk.chance.choice(["m", "n"]))
    walk.rows["box"][given.id] = [given.name]
    return given


def merge(walk: Walk) -> None:
    walk.session.merge(_given_box(walk))


def merge_collection(walk: Walk) -> None:
    given = _given_box(walk)
    own = [key for key, row in walk.rows["thing"].items() if row[2] == given.id]
    kept, gone, new = own[:1], own[1:], next(walk.keys)
    given.things = [Thing(id=key, size=9) for key in kept] + [Thing(id=new, code=f"c{new}")]
    for key in kept:
        walk.rows["thing"][key][1] = 9
    for key in gone:
        del walk.rows["thing"][key]
    walk.rows["thing"][new] = [f"c{new}", None, given.id]
    walk.session.merge(given)


def merge_many(walk: Walk) -> None:
    walk.session.merge_all([_given_box(walk) for _ in range(3)])


def merge_upsert(walk: Walk) -> None:
    walk.session.merge_all([_given_box(walk) for _ in range(3)], strategy="upsert")


def merge_by_natural_key(walk: Walk) -> None:
    key = walk.key_of("thing")
    if key is not None:
        row = walk.rows["thing"][key]
        row[1] = walk.chance.choice([5, 6])
        strategy = walk.chance.choice(["select", "upsert"])
        walk.session.merge(Thing(code=row[0], size=row[1], box_id=row[2]), by=Thing.code, strategy=strategy)


def merge_without_loading(walk: Walk) -> None:
    box = walk.box()
    if box is not None:
        walk.session.flush()
        _ = box.name
        cached = pickle.dumps(box)
        if walk.chance.random() < 0.5:
            walk.session.expunge(box)
        assert walk.session.merge(pickle.loads(cached), load=False).name == walk.rows["box"][box.id][0]


def merge_three_ways(walk: Walk) -> None:
    thing = walk.thing()
    if thing is not None:
        base = walk.session.snapshot(thing)
        mine = pickle.loads(pickle.dumps(base))
        mine.size = walk.rows["thing"][thing.id][1] = walk.chance.choice([7, 8])
        walk.session.merge(mine, base=base)


def expire(walk: Walk) -> None:
    walk.session.flush()
    obj = walk.box() if walk.chance.random() < 0.5 else walk.thing()
    if obj is not None:
        walk.chance.choice([walk.session.expire, walk.session.refresh])(obj)


def read(walk: Walk) -> None:
    walk.session.flush()
    for box in walk.session.scalars(select(Box)):
        assert [box.name] == walk.rows["box"][box.id]
        assert sorted(thing.id for thing in box.things) == sorted(
            k for k, r in walk.rows["thing"].items() if r[2] == box.id
        )


def let_go(walk: Walk) -> None:
    walk.session.flush()
    walk.held.clear()
    walk.session.expunge_all()


def commit(walk: Walk) -> None:
    walk.session.commit()
    walk.savepoints.clear()
    walk.committed = copy.deepcopy(walk.rows)
    walk.check()


def roll_back(walk: Walk) -> None:
    walk.session.rollback()
    walk.savepoints.clear()
    walk.rows = copy.deepcopy(walk.committed)
    walk.check()


def savepoint(walk: Walk) -> None:
    nested = walk.session.begin_nested()
    walk.savepoints.append((nested, copy.deepcopy(walk.rows)))


def roll_back_to_savepoint(walk: Walk) -> None:
    if walk.savepoints:
        nested, walk.rows = walk.savepoints.pop()
        nested.rollback()
        walk.check()


def release(walk: Walk) -> None:
    if walk.savepoints:
        walk.savepoints.pop()[0].commit()
        walk.check()


def fail(walk: Walk) -> None:
    """A statement of a flush fails: all that was not committed is gone, and the session goes on."""
    walk.session.flush()
    box = Box(id=next(walk.keys), name="lost")
    walk.session.add(box)
    walk.fails_in = 1
    with pytest.raises(StatementError):
        walk.session.flush()
    assert inspect(box).transient
    roll_back(walk)


STEPS: dict[str, Callable[[Walk], None]] = {
    step.__name__: flushed(step)
    for step in (
        add_box, add_thing, rename, resize, move, move_by_collection, move_by_key, remove, replace, delete_thing,
        delete_box, change_key, change_key_of_thing, merge, merge_collection, merge_many, merge_upsert,
        merge_by_natural_key, merge_without_loading, merge_three_ways,
    )
} | {
    step.__name__: step
    for step in (expire, read, let_go, commit, roll_back, savepoint, roll_back_to_savepoint, release, fail, flush)
} | {"add_more": flushed(add_thing), "add_boxes": flushed(add_box)}  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_walks(part: int) -> None:
    assert len(STEPS) >= 20
    for seed in range(part, WALKS or 200, PARTS):
        walk = Walk(seed)
        names: list[str] = []
        for _ in range(80 if WALKS else 50):
            try:
                names.append(walk.step())
            except Exception as error:
                error.add_note(f"in Walk({seed}) after {len(names)} steps: {names[-6:]}")
                raise
        roll_back(walk)
        walk.session.close()
        walk.engine.dispose()
