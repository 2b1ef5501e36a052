"""Options that contradict each other; composites as columns; expressions that a flush makes stale."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..models import shop
from ..registry import program


@program
def contradictions(sa: Any, orm: Any, log: Any) -> None:
    m = shop(sa, orm)
    session = log.session(m.User.metadata)
    posts = m.User.posts
    for title, options in (
        ("two kinds", (orm.joinedload(posts), orm.selectinload(posts))),
        ("one kind", (orm.joinedload(posts), orm.joinedload(posts))),
        ("arguments", (orm.joinedload(posts), orm.joinedload(posts, innerjoin=True))),
        ("default", (orm.defaultload(posts), orm.selectinload(posts))),
        ("wildcard", (orm.lazyload("*"), orm.selectinload(posts))),
        ("one option", (orm.Load(m.User).options(orm.joinedload(posts), orm.lazyload(posts)),)),
        ("columns", (orm.defer(m.User.name), orm.undefer(m.User.name))),
        ("only", (orm.load_only(m.User.id), orm.undefer(m.User.name))),
        ("below", (orm.joinedload(posts), orm.joinedload(posts).load_only(m.Post.id))),
    ):
        with log.raises(title, "is in conflict with existing strategy"):
            session.scalars(sa.select(m.User).options(*options)).unique().all()


@program
def composites_as_columns(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    @dataclasses.dataclass
    class Point:
        x: int
        y: int

    class Vertex(base):
        __tablename__ = "vertex"
        id = sa.Column(sa.Integer, primary_key=True)
        x1 = sa.Column(sa.Integer)
        y1 = sa.Column(sa.Integer)
        start = orm.composite(Point, "x1", "y1")

    log.text("select", sa.select(Vertex.start))
    log.text("order", sa.select(Vertex.id).order_by(Vertex.start))
    log.text("where", sa.select(Vertex.id).where(Vertex.start == Point(1, 2)))
    session = log.session(base.metadata)
    session.add_all([Vertex(id=1, start=Point(1, 2)), Vertex(id=2, start=None)])
    session.commit()
    rows = session.execute(sa.select(Vertex.id, Vertex.start).order_by(Vertex.id)).all()
    log("rows", [(row.id, dataclasses.astuple(row.start) if row.start else None) for row in rows])
    session.execute(sa.update(Vertex).where(Vertex.id == 1).values({Vertex.start: Point(5, 6)}))
    log("updated", dataclasses.astuple(session.get(Vertex, 1).start))


@program
def expressions_after_a_flush(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Person(base):
        __tablename__ = "person"
        id = sa.Column(sa.Integer, primary_key=True)
        first = sa.Column(sa.String(10))
        last = sa.Column(sa.String(10))
        full = orm.column_property(first + " " + last)
        kept = orm.column_property(sa.func.upper(first), expire_on_flush=False)

    session = log.session(base.metadata)
    session.add(Person(id=1, first="a", last="b"))
    session.commit()
    person = session.get(Person, 1)
    log("loaded", person.full, person.kept)
    person.first = "z"
    session.flush()
    log("flushed", person.full, person.kept)
