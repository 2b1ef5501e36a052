"""query_expression() and with_expression(): attributes that a statement fills."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program
from .polymorphic import loaded


def boxes(sa: Any, orm: Any) -> SimpleNamespace:
    base = orm.declarative_base()

    class Box(base):
        __tablename__ = "box"
        id = sa.Column(sa.Integer, primary_key=True)
        size = sa.Column(sa.Integer)
        found = orm.query_expression()
        always = orm.query_expression(sa.literal(5))
        things = orm.relationship("Thing", order_by="Thing.id")

    class Thing(base):
        __tablename__ = "thing"
        id = sa.Column(sa.Integer, primary_key=True)
        box_id = sa.Column(sa.ForeignKey("box.id"))
        found = orm.query_expression()

    rows = {Box.__table__: [{"id": 1, "size": 3}], Thing.__table__: [{"id": 1, "box_id": 1}, {"id": 2, "box_id": 1}]}
    return SimpleNamespace(base=base, rows=rows, Box=Box, Thing=Thing)


@program
def in_statements(sa: Any, orm: Any, log: Any) -> None:
    m = boxes(sa, orm)
    alias = orm.aliased(m.Box)
    found = orm.with_expression(m.Box.found, m.Box.size + 1)
    thing = orm.with_expression(m.Thing.found, m.Thing.id * 2)
    count = sa.select(sa.func.count(m.Thing.id)).where(m.Thing.box_id == m.Box.id).scalar_subquery()
    for title, statement in (
        ("none", sa.select(m.Box)),
        ("one", sa.select(m.Box).options(found)),
        ("both", sa.select(m.Box).options(found, orm.with_expression(m.Box.always, m.Box.size + 2))),
        ("where", sa.select(m.Box).where(m.Box.always == 5)),
        ("attributes", sa.select(m.Box.always, m.Box.found)),
        ("only", sa.select(m.Box).options(found, orm.load_only(m.Box.id))),
        ("joined", sa.select(m.Box).options(orm.joinedload(m.Box.things).options(thing))),
        ("selectin", sa.select(m.Box).options(orm.selectinload(m.Box.things).options(thing))),
        ("alias", sa.select(alias).options(orm.with_expression(alias.found, alias.size + 1))),
        ("subquery", sa.select(m.Box).options(orm.with_expression(m.Box.found, count))),
        ("limit", sa.select(m.Box).options(found, orm.joinedload(m.Box.things)).limit(1)),
    ):
        loaded(log, m, title, statement)


@program
def on_objects(sa: Any, orm: Any, log: Any) -> None:
    m = boxes(sa, orm)
    session = log.session(m.base.metadata, m.rows)
    box = session.scalars(sa.select(m.Box)).one()
    log("unasked", box.found, box.always)
    statement = sa.select(m.Box).options(orm.with_expression(m.Box.found, m.Box.size + 10))
    log("known object", session.scalars(statement).one().found)
    session.scalars(statement.execution_options(populate_existing=True)).one()
    log("populated", box.found)
    box.found = 4
    session.commit()
    log("committed", box.found)
    new = m.Box(id=9, found=1)
    session.add(new)
    session.flush()
    log("new", new.found, new.always)
    with log.raises("text", "Strings are not accepted"):
        orm.with_expression("found", m.Box.size)
    log("attributes", sa.inspect(m.Box).column_attrs.keys())


@program
def defaults_left_out(sa: Any, orm: Any, log: Any) -> None:
    """A default that an option keeps out is loaded when it is read; rows of another statement do not have it."""
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(5))
        blob = orm.deferred(sa.Column(sa.String(5)))
        seven = orm.query_expression(sa.literal(7))

    session = log.session(base.metadata, {User.__table__: [{"id": 1, "name": "a", "blob": "b"}]})
    users = sa.select(User)
    for option in (orm.load_only(User.name), orm.defer(User.seven)):
        log("left out", session.scalars(users.options(option)).one().seven)
        session.expunge_all()
    for statement in (
        users.from_statement(users),
        users.from_statement(users.options(orm.defer(User.name))),
        users.from_statement(users.options(orm.undefer(User.blob))),
        users.from_statement(users).options(orm.undefer(User.blob)),
        users.from_statement(sa.text("select * from u")),
    ):
        user = session.scalars(statement).one()
        log("source", sorted(key for key in vars(user) if key[0] != "_"), user.seven)
        session.expunge_all()
