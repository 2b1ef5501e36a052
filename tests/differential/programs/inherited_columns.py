"""Subqueries and compounds of classes with several tables: which columns they have, and how aliases find them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def tools(sa: Any, orm: Any) -> SimpleNamespace:
    """A class with two tables, whose keys are one attribute."""
    base = orm.declarative_base()

    class Tool(base):
        __tablename__ = "tool"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(10))
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "tool"}

    class Saw(Tool):
        __tablename__ = "saw"
        id = sa.Column(sa.ForeignKey("tool.id"), primary_key=True)
        teeth = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "saw"}

    rows = {
        Tool.__table__: [{"id": 1, "kind": "saw"}, {"id": 2, "kind": "saw"}, {"id": 3, "kind": "tool"}],
        Saw.__table__: [{"id": 1, "teeth": 5}, {"id": 2, "teeth": 7}],
    }
    return SimpleNamespace(base=base, rows=rows, Tool=Tool, Saw=Saw)


@program
def of_statements(sa: Any, orm: Any, log: Any) -> None:
    m = tools(sa, orm)
    every = orm.with_polymorphic(m.Tool, [m.Saw])
    saws = sa.select(m.Saw)
    for title, statement in (("class", saws), ("polymorphic", sa.select(every))):
        log(title, statement.subquery().c.keys(), statement.selected_columns.keys())
        log.text(title, sa.select(statement.subquery()))
    log.text("union", saws.union(saws))
    session = log.session(m.base.metadata, m.rows)
    alias = orm.aliased(m.Saw, saws.where(m.Saw.teeth > 5).subquery())
    log("alias", [(saw.id, saw.kind, saw.teeth) for saw in session.scalars(sa.select(alias))])
    log("in", session.scalars(sa.select(m.Saw.teeth).where(m.Saw.id.in_(sa.select(alias.id)))).all())


@program
def of_queries(sa: Any, orm: Any, log: Any) -> None:
    m = tools(sa, orm)
    session = log.session(m.base.metadata, m.rows)
    saws, keys = session.query(m.Saw), session.query(m.Saw.id, m.Saw.kind)
    for query in (saws, saws.union(saws), keys.union(keys), session.query(m.Tool).union(session.query(m.Tool))):
        log("count", query.count())
        log("ids", sorted(one.id for one in query))
    log("filtered", [saw.teeth for saw in saws.union(saws).filter(m.Saw.teeth > 5)])
    log("polymorphic", session.query(orm.with_polymorphic(m.Tool, "*")).count())


@program
def expressions_of_aliases(sa: Any, orm: Any, log: Any) -> None:
    """An alias of a subquery evaluates column properties over the subquery's columns."""
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)
        n = sa.Column(sa.Integer)
        posts = orm.relationship("Post")

    class Post(base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("u.id"))

    User.more = orm.column_property(User.n + 1)
    User.count = orm.column_property(sa.select(sa.func.count(Post.id)).where(Post.user_id == User.id).scalar_subquery())
    session = log.session(
        base.metadata, {User.__table__: [{"id": 1, "n": 2}], Post.__table__: [{"id": 1, "user_id": 1}]}
    )
    for inner in (sa.select(User), sa.select(User.id, User.n).limit(5)):
        alias = orm.aliased(User, inner.subquery())
        log("objects", [(one.id, one.more, one.count) for one in session.scalars(sa.select(alias))])
        session.expunge_all()
        log("columns", session.execute(sa.select(alias.more, alias.count)).all())
    log("relationship", session.query(User.posts).all(), session.execute(sa.select(User.posts)).keys())
