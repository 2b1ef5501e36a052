"""Sessions with several engines: which one a statement goes to, when classes are named only inside it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def two_tables(sa: Any, orm: Any) -> SimpleNamespace:
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)

    class Post(base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("u.id"))

    return SimpleNamespace(base=base, User=User, Post=Post)


@program
def classes_inside(sa: Any, orm: Any, log: Any) -> None:
    m = two_tables(sa, orm)
    user = m.User
    right, wrong = log.engine(m.base.metadata), log.engine()
    users, ids = sa.select(user), sa.select(user.id)
    alias, of_subquery = orm.aliased(user), orm.aliased(user, users.subquery())
    statements = {
        "subquery": sa.select(users.subquery()),
        "from subquery": sa.select(sa.literal(1)).select_from(users.subquery()),
        "cte": sa.select(users.cte()),
        "scalar": sa.select(sa.select(sa.func.count(user.id)).scalar_subquery()),
        "inside a function": sa.select(sa.func.coalesce(sa.select(sa.func.max(user.id)).scalar_subquery(), 1)),
        "exists": sa.select(sa.literal(1)).where(sa.exists(ids)),
        "where": sa.select(sa.literal(1)).where(user.id.in_([1])),
        "deep": sa.select(sa.literal(1)).select_from(sa.select(sa.literal(3)).where(sa.exists(ids)).subquery()),
        "select_from": sa.select(sa.func.count()).select_from(user),
        "alias": sa.select(alias.id),
        "alias of a subquery": sa.select(of_subquery.id),
        "insert": sa.insert(user).from_select(["id"], sa.select(m.Post.id)),
        "update": sa.update(user).values(id=user.id + 1),
        "delete": sa.delete(user),
    }
    for binds in ({m.base: right}, {user: right}, {user.__table__: right}):
        for default in (None, wrong):
            for title, statement in statements.items():
                with orm.Session(default, binds=binds) as session, log.raises(title):
                    session.execute(statement)
            with orm.Session(default, binds=binds) as session:
                log("count", session.query(user).count(), session.query(session.query(user).exists()).scalar())


@program
def tables_inside(sa: Any, orm: Any, log: Any) -> None:
    m = two_tables(sa, orm)
    right, wrong = log.engine(m.base.metadata), log.engine()
    table = m.User.__table__
    for binds in ({table: right}, {m.User: right}):
        for title, statement in (
            ("table", sa.select(table)),
            ("column", sa.select(table.c.id + 1)),
            ("exists", sa.select(sa.exists().where(m.User.id == 1))),
            ("exists in where", sa.select(sa.literal(1)).where(sa.exists().where(table.c.id == 1))),
            ("union", sa.union(sa.select(table), sa.select(table))),
        ):
            with orm.Session(wrong, binds=binds) as session:
                log(title, session.execute(statement).all())


@program
def told_to_listeners(sa: Any, orm: Any, log: Any) -> None:
    m = two_tables(sa, orm)
    session = log.session(m.base.metadata)

    @sa.event.listens_for(session, "do_orm_execute")
    def hear(state: Any) -> None:
        found = state.bind_mapper
        log("mapper", None if found is None else found.class_.__name__, state.is_select, state.is_orm_statement)

    session.execute(sa.select(sa.select(m.User).subquery()))
    session.execute(sa.select(sa.literal(1)).where(sa.exists(sa.select(m.Post.id))))
    session.execute(sa.select(m.Post.id, m.User.id).where(m.Post.user_id == m.User.id))
    session.query(m.User).count()
