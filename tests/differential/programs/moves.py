"""Objects that change their parent, and what becomes of them when the one they left is deleted or filled anew."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def family(sa: Any, orm: Any, log: Any, cascade: str, *, uselist: bool = True, **options: Any) -> SimpleNamespace:
    """Three parents; the first two have a child each, the first (of many) another one; no collection is loaded."""
    base = orm.declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = sa.Column(sa.Integer, primary_key=True)
        held = orm.relationship("Child", back_populates="parent", cascade=cascade, uselist=uselist, order_by="Child.id")

    class Child(base):
        __tablename__ = "child"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_id = sa.Column(sa.ForeignKey("parent.id"))
        parent = orm.relationship("Parent", back_populates="held")

    children = [{"id": 1, "parent_id": 1}, {"id": 2, "parent_id": 2}, {"id": 3, "parent_id": 1 if uselist else None}]
    rows = {Parent: [{"id": number} for number in (1, 2, 3)], Child: children}
    session = log.session(base.metadata, rows, **options)
    with log.quiet():
        parents = [session.get(Parent, number) for number in (1, 2, 3)]
        found = [session.get(Child, number) for number in (1, 2, 3)]
    return SimpleNamespace(session=session, Parent=Parent, Child=Child, p=parents, c=found)


def finish(m: SimpleNamespace, log: Any) -> None:
    m.session.commit()
    log.dump("parent", "child")


CASCADES = ("save-update, merge", "all", "all, delete-orphan")


@program
def away_from_a_deleted_parent(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES:
        log("cascade", cascade)
        m = family(sa, orm, log, cascade)
        for child in list(m.p[0].held):
            child.parent = m.p[1]
        m.session.delete(m.p[0])
        finish(m, log)


@program
def into_another_collection(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES:
        log("cascade", cascade)
        m = family(sa, orm, log, cascade, autoflush=False)
        m.p[1].held.append(m.p[0].held[0])
        new = m.Parent(id=5)
        m.session.add(new)
        m.p[0].held[0].parent = new
        m.session.delete(m.p[0])
        finish(m, log)


@program
def to_nobody_from_a_deleted_parent(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES:
        log("cascade", cascade)
        m = family(sa, orm, log, cascade, autoflush=False)
        m.p[0].held[0].parent = None
        m.session.delete(m.p[0])
        finish(m, log)


@program
def kept_by_adding(sa: Any, orm: Any, log: Any) -> None:
    m = family(sa, orm, log, "all", autoflush=False)
    m.session.delete(m.p[0])
    m.session.add(m.c[0])
    log.sets(m.session)
    finish(m, log)


@program
def marked_parent_stays_marked(sa: Any, orm: Any, log: Any) -> None:
    m = family(sa, orm, log, "all", autoflush=False)
    m.session.delete(m.p[2])
    m.c[0].parent = m.p[2]
    m.session.add(m.c[0])
    log.sets(m.session)
    finish(m, log)


@program
def trees(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Node(base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)
        up_id = sa.Column(sa.ForeignKey("node.id"))
        kids = orm.relationship("Node", back_populates="up", cascade="all", order_by="Node.id")
        up = orm.relationship("Node", back_populates="kids", remote_side="Node.id")

    rows = {Node: [{"id": number, "up_id": up} for number, up in ((1, None), (2, 1), (3, 2), (4, 2), (5, 4))]}
    session = log.session(base.metadata, rows)
    middle = session.get(Node, 2)
    for kid in list(middle.kids):
        kid.up = middle.up
    session.delete(middle)
    session.commit()
    log.dump("node")


@program
def one_to_one_with_loaded_side(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES:
        log("cascade", cascade)
        m = family(sa, orm, log, cascade, uselist=False)
        log("old", m.p[0].held is m.c[0])
        m.c[0].parent = m.p[2]
        finish(m, log)


@program
def one_to_one_with_nothing_loaded(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES:
        log("cascade", cascade)
        m = family(sa, orm, log, cascade, uselist=False)
        m.c[0].parent = m.p[1]
        log("now", m.p[1].held is m.c[0], m.c[1].parent is m.p[1])
        finish(m, log)


@program
def one_to_one_to_nobody(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES:
        log("cascade", cascade)
        m = family(sa, orm, log, cascade, uselist=False)
        m.c[0].parent = None
        m.p[1].held = None
        finish(m, log)


@program
def one_to_one_swapped(sa: Any, orm: Any, log: Any) -> None:
    m = family(sa, orm, log, "all, delete-orphan", uselist=False)
    first, second = m.p[0].held, m.p[1].held
    m.p[0].held, m.p[1].held = second, first
    finish(m, log)
    m = family(sa, orm, log, "all, delete-orphan", uselist=False)
    m.c[0].parent, m.c[1].parent = m.p[1], m.p[0]
    finish(m, log)


@program
def one_to_one_replaced_by_a_new_one(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES:
        log("cascade", cascade)
        m = family(sa, orm, log, cascade, uselist=False)
        m.session.add(m.Parent(id=9))
        m.p[0].held = m.Child(id=7)
        log("written", len(m.session.new))
        history = sa.inspect(m.p[0]).attrs.held.history
        log("history", [each.id for each in history.added], [each.id for each in history.deleted])
        finish(m, log)


@program
def one_to_one_old_value_of_listeners(sa: Any, orm: Any, log: Any) -> None:
    m = family(sa, orm, log, "all", uselist=False)

    def told(target: Any, value: Any, old: Any, initiator: Any) -> None:
        log("old", getattr(old, "id", getattr(old, "name", old)))

    sa.event.listen(m.Parent.held, "set", told)
    m.p[0].held = m.c[2]
    m.session.rollback()
    sa.event.listen(m.Parent.held, "set", lambda *_: log("heard"), active_history=True)
    m.session.add(m.Parent(id=9))
    m.p[0].held = m.c[2]
    m.c[1].parent = m.p[2]
    m.session.rollback()


@program
def removed_link_to_a_deleted_object(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()
    link = sa.Table(
        "link",
        base.metadata,
        sa.Column("a", sa.ForeignKey("a.id"), primary_key=True),
        sa.Column("b", sa.ForeignKey("b.id"), primary_key=True),
    )

    class A(base):
        __tablename__ = "a"
        id = sa.Column(sa.Integer, primary_key=True)
        bs = orm.relationship("B", secondary=link, back_populates="as_", order_by="B.id")

    class B(base):
        __tablename__ = "b"
        id = sa.Column(sa.Integer, primary_key=True)
        as_ = orm.relationship("A", secondary=link, back_populates="bs", order_by="A.id")

    rows: dict[Any, Any] = {A: [{"id": 1}, {"id": 2}], B: [{"id": 1}, {"id": 2}]}
    session = log.session(base.metadata, {**rows, link: [{"a": 1, "b": 1}, {"a": 1, "b": 2}]})
    first, gone, other = session.get(A, 1), session.get(B, 1), session.get(B, 2)
    log("before", [one.id for one in first.bs])
    session.delete(gone)
    session.flush()
    first.bs.remove(gone)
    session.expunge(other)
    first.bs.remove(other)
    session.commit()
    log.dump("link", "b")


@program
def children_of_a_deleted_parent_whose_key_was_changed(sa: Any, orm: Any, log: Any) -> None:
    for cascade in CASCADES[:1]:
        for number in (1, 2):
            m = family(sa, orm, log, cascade, autoflush=False)
            for parent in m.p[:number]:
                parent.id += 10
                m.session.delete(parent)
            finish(m, log)
