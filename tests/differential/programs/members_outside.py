"""Members of collections that are not in the session of their parent: expunged, transient, another's, deleted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def family(sa: Any, orm: Any, log: Any, cascade: str, *, is_keyed: bool = False) -> SimpleNamespace:
    """A parent with two children, its collection loaded."""
    base = orm.declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String)
        held = orm.relationship("Child", cascade=cascade, order_by="Child.id")

    class Child(base):
        __tablename__ = "child"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_id = sa.Column(sa.ForeignKey("parent.id"), primary_key=is_keyed)

    children = [{"id": 1, "parent_id": 1}, {"id": 2, "parent_id": 1}]
    session = log.session(base.metadata, {Parent: [{"id": 1}], Child: children})
    with log.quiet():
        parent = session.get(Parent, 1)
        first, second = parent.held
    return SimpleNamespace(session=session, parent=parent, first=first, second=second, other=orm.Session(session.bind))


def expunged(orm: Any, m: SimpleNamespace) -> None:
    m.session.expunge(m.first)


def made_transient(orm: Any, m: SimpleNamespace) -> None:
    orm.make_transient(m.first)


def of_another_session(orm: Any, m: SimpleNamespace) -> None:
    m.session.expunge(m.first)
    m.other.add(m.first)


def deleted(orm: Any, m: SimpleNamespace) -> None:
    m.session.delete(m.first)
    m.session.flush()


def delete_parent(m: SimpleNamespace) -> None:
    m.session.delete(m.parent)


def remove(m: SimpleNamespace) -> None:
    m.parent.held.remove(m.first)


def clear(m: SimpleNamespace) -> None:
    m.parent.held = []


def rename(m: SimpleNamespace) -> None:
    m.parent.name = "x"


def change_key(m: SimpleNamespace) -> None:
    m.parent.id = 9


STEPS = (delete_parent, remove, clear, rename, change_key)


def each(sa: Any, orm: Any, log: Any, way_out: Any, cascades: tuple[str, ...], steps: Any = STEPS) -> None:
    for cascade in cascades:
        for step in steps:
            log("then", cascade, step.__name__)
            m = family(sa, orm, log, cascade)
            way_out(orm, m)
            step(m)
            m.session.flush()
            log("flushed", m.first.parent_id, m.second.parent_id)
            log.states(m.first, m.second)
            m.other.close()
            m.session.rollback()


@program
def members_that_were_expunged(sa: Any, orm: Any, log: Any) -> None:
    each(sa, orm, log, expunged, ("save-update, merge", "", "all, delete-orphan"))


@program
def members_that_are_transient(sa: Any, orm: Any, log: Any) -> None:
    each(sa, orm, log, made_transient, ("save-update, merge", "", "all, delete-orphan"))


@program
def members_of_another_session(sa: Any, orm: Any, log: Any) -> None:
    each(sa, orm, log, of_another_session, ("save-update, merge", "", "all, delete-orphan"), STEPS[1:])


@program
def members_that_were_deleted(sa: Any, orm: Any, log: Any) -> None:
    each(sa, orm, log, deleted, ("save-update, merge", ""))


@program
def a_member_that_cannot_refer_to_nobody(sa: Any, orm: Any, log: Any) -> None:
    for way_out in (expunged, of_another_session, lambda orm, m: None):
        for step in (delete_parent, remove, clear):
            m = family(sa, orm, log, "save-update, merge", is_keyed=True)
            way_out(orm, m)
            step(m)
            with log.raises("no key", "tried to blank-out primary key column 'child.parent_id'"):
                m.session.flush()
            m.other.close()
            m.session.rollback()
