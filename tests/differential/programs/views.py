"""Attributes that show others, composites and synonyms, by name; values that an UPDATE sets by itself."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

from ..registry import program


@dataclasses.dataclass
class Point:
    x: int | None
    y: int | None


def pins(sa: Any, orm: Any) -> SimpleNamespace:
    base = orm.declarative_base()

    class Pin(base):
        __tablename__ = "pin"
        id = sa.Column(sa.Integer, primary_key=True)
        x = sa.Column(sa.Integer)
        y = sa.Column(sa.Integer)
        z = sa.Column(sa.Integer)
        place = orm.composite(Point, "x", "y")
        across = orm.synonym("x")
        further = orm.synonym("across")
        needles = orm.relationship("Needle")
        points = orm.synonym("needles")

    class Needle(base):
        __tablename__ = "needle"
        id = sa.Column(sa.Integer, primary_key=True)
        pin_id = sa.Column(sa.ForeignKey("pin.id"))

    rows = {Pin.__table__: [{"id": 1, "x": 1, "y": 2, "z": 3}], Needle.__table__: [{"id": 1, "pin_id": 1}]}
    return SimpleNamespace(base=base, rows=rows, Pin=Pin, Needle=Needle)


@program
def in_options(sa: Any, orm: Any, log: Any) -> None:
    m = pins(sa, orm)
    for title, option in (
        ("load_only", orm.load_only(m.Pin.across)),
        ("synonym of a synonym", orm.load_only(m.Pin.further)),
        ("composite", orm.load_only(m.Pin.place)),
        ("from a root", orm.Load(m.Pin).load_only(m.Pin.across)),
        ("defer", orm.defer(m.Pin.across)),
        ("defer composite", orm.defer(m.Pin.place)),
    ):
        log.text(title, sa.select(m.Pin).options(option))
    for load in (orm.joinedload, orm.selectinload):
        session = log.session(m.base.metadata, m.rows)
        found = session.scalars(sa.select(m.Pin).options(load(m.Pin.points))).unique().all()
        log("related", [[needle.id for needle in pin.needles] for pin in found])


@program
def in_ordering(sa: Any, orm: Any, log: Any) -> None:
    m = pins(sa, orm)
    alias = orm.aliased(m.Pin, name="other")
    for title, clause in (
        ("desc", m.Pin.place.desc()),
        ("asc", m.Pin.place.asc().nulls_first()),
        ("function", sa.desc(m.Pin.place)),
        ("nulls", sa.nulls_last(m.Pin.place.desc())),
        ("synonym", m.Pin.further.desc()),
    ):
        log.text(title, sa.select(m.Pin.id).order_by(clause, m.Pin.id))
    log.text("alias", sa.select(alias.id).order_by(alias.place.desc()))


@program
def on_instances(sa: Any, orm: Any, log: Any) -> None:
    m = pins(sa, orm)
    attributes = log.module("orm.attributes")
    session = log.session(m.base.metadata, m.rows)
    pin = session.get(m.Pin, 1)
    attributes.set_committed_value(pin, "place", Point(1, 2))
    log("filled", pin.place, pin.x, session.is_modified(pin))
    session.expire(pin, ["place"])
    log("expired", pin.place)
    pin.place = Point(3, 4)
    log("history", attributes.get_history(pin, "across"), sa.inspect(pin).attrs.further.history)


@program
def python_values_of_updates(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Task(base):
        __tablename__ = "task"
        id = sa.Column(sa.Integer, primary_key=True)
        n = sa.Column(sa.Integer)
        by = sa.Column(sa.Integer, onupdate=lambda: 99)
        seen = sa.Column("seen_at", sa.Integer, onupdate=lambda c: c.get_current_parameters().get("n", -1))
        scalar = sa.Column(sa.Integer, onupdate=9)

    rows = {Task.__table__: [{"id": number, "n": number} for number in (1, 2, 3, 4)]}
    session = log.session(base.metadata, rows)
    task = session.get(Task, 1)
    session.execute(sa.update(Task), [{"id": 1, "n": 5}])
    log("one", task.n, task.by, task.seen, task.scalar)
    session.execute(sa.update(Task), [{"id": 1, "n": 6}, {"id": 2, "n": 7}, {"id": 3, "by": 8}])
    session.bulk_update_mappings(Task, [{"id": 1, "n": 8}, {"id": 4, "n": 9}])
    task.n = 10
    session.bulk_save_objects([task])
    session.commit()
    log("all", session.execute(sa.select(Task.__table__)).all())


@program
def in_written_statements(sa: Any, orm: Any, log: Any) -> None:
    m = pins(sa, orm)
    m.Pin.spot = orm.synonym("place")
    for title, statement in (
        ("values", sa.update(m.Pin).values(spot=Point(7, 8))),
        ("attribute", sa.update(m.Pin).values({m.Pin.spot: Point(7, 8)})),
        ("insert", sa.insert(m.Pin).values(id=1, spot=Point(7, 8))),
    ):
        log.text(title, statement)
    for title, statement in (
        ("update", sa.update(m.Pin).values(place=Point(0, 0)).returning(m.Pin.place)),
        ("insert", sa.insert(m.Pin).values(id=3, place=Point(3, 3)).returning(m.Pin.id, m.Pin.place)),
        ("bundle", sa.insert(m.Pin).values(id=4).returning(orm.Bundle("b", m.Pin.id, m.Pin.x))),
        ("delete", sa.delete(m.Pin).where(m.Pin.id == 3).returning(m.Pin.place, m.Pin.id)),
    ):
        session = log.session(m.base.metadata, m.rows)
        log(title, session.execute(statement).all())
    session = log.session(m.base.metadata, m.rows)
    records = [{"id": 8, "place": Point(1, 1)}, {"id": 9, "place": Point(2, 2)}]
    log("records", session.execute(sa.insert(m.Pin).returning(m.Pin.id, m.Pin.place), records).all())
