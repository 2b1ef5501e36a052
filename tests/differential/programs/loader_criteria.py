# ruff: noqa: E712  (a lambda of the oracle may not refer to modules)
"""with_loader_criteria(): where its conditions appear, and which loads obey them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program
from .polymorphic import loaded


def soft(sa: Any, orm: Any) -> SimpleNamespace:
    """Users with posts and tags, all of which may be marked as deleted."""
    base = orm.declarative_base()

    class Soft:
        deleted = sa.Column(sa.Boolean, default=False)

    class User(Soft, base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(10))
        posts = orm.relationship("Post", back_populates="user", order_by="Post.id")
        tags = orm.relationship("Tag", secondary="user_tag", order_by="Tag.id")

    class Post(Soft, base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("u.id"))
        title = sa.Column(sa.String(10))
        user = orm.relationship("User", back_populates="posts")

    class Tag(Soft, base):
        __tablename__ = "tag"
        id = sa.Column(sa.Integer, primary_key=True)

    link = sa.Table(
        "user_tag", base.metadata, sa.Column("u_id", sa.ForeignKey("u.id")), sa.Column("t_id", sa.ForeignKey("tag.id"))
    )
    rows = {
        User.__table__: [{"id": 1, "name": "a", "deleted": False}, {"id": 2, "name": "b", "deleted": True}],
        Post.__table__: [
            {"id": 1, "user_id": 1, "title": "x", "deleted": False},
            {"id": 2, "user_id": 1, "title": "y", "deleted": True},
            {"id": 3, "user_id": 2, "title": "z", "deleted": False},
        ],
        Tag.__table__: [{"id": 1, "deleted": False}, {"id": 2, "deleted": True}],
        link: [{"u_id": 1, "t_id": 1}, {"u_id": 1, "t_id": 2}],
    }
    return SimpleNamespace(base=base, rows=rows, Soft=Soft, User=User, Post=Post, Tag=Tag)


@program
def in_one_statement(sa: Any, orm: Any, log: Any) -> None:
    m = soft(sa, orm)
    user = orm.with_loader_criteria(m.User, lambda cls: cls.deleted == False)
    post = orm.with_loader_criteria(m.Post, m.Post.deleted == sa.false())
    alias = orm.aliased(m.User)
    every = orm.with_loader_criteria(m.Soft, lambda cls: cls.deleted == False, include_aliases=True)
    subquery = sa.select(m.User).subquery()
    for title, statement in (
        ("entity", sa.select(m.User).options(user)),
        ("column", sa.select(m.User.name).options(user)),
        ("join", sa.select(m.User.name, m.Post.title).join(m.User.posts).options(post)),
        ("outer join", sa.select(m.User.name, m.Post.title).outerjoin(m.User.posts).options(every)),
        ("on", sa.select(m.User.name).join(m.Post, m.Post.user_id == m.User.id).options(post)),
        ("no on", sa.select(m.User.name).join(m.Post).options(post)),
        ("from", sa.select(sa.func.count()).select_from(m.User).options(user)),
        ("any", sa.select(m.User).where(m.User.posts.any(m.Post.title == "y")).options(post)),
        ("in", sa.select(m.User).where(m.User.id.in_(sa.select(m.Post.user_id))).options(post)),
        ("exists", sa.select(m.User).where(sa.exists().where(m.Post.user_id == m.User.id)).options(post, user)),
        ("mentioned", sa.select(m.User.name).where(m.User.id == m.Post.user_id).options(post)),
        ("alias", sa.select(alias).options(user)),
        ("alias, mixin", sa.select(alias).options(every)),
        ("this alias", sa.select(alias).options(orm.with_loader_criteria(alias, alias.deleted == sa.false()))),
        ("subquery", sa.select(subquery).options(user)),
        ("alias of subquery", sa.select(orm.aliased(m.User, subquery)).options(user)),
        ("compound", sa.select(m.User.id).options(user).union_all(sa.select(m.User.id))),
        ("mixin without aliases", sa.select(m.User).options(orm.with_loader_criteria(m.Soft, lambda cls: cls.deleted))),
        ("update", sa.update(m.User).values(name="x").options(user)),
        ("delete", sa.delete(m.User).where(m.User.id > 1).options(user)),
    ):
        log.text(title, statement)
    with log.raises("no condition", "SQL expression for WHERE/HAVING role expected"):
        orm.with_loader_criteria(m.User, 5)


@program
def in_eager_loads(sa: Any, orm: Any, log: Any) -> None:
    m = soft(sa, orm)
    every = orm.with_loader_criteria(m.Soft, lambda cls: cls.deleted == False, include_aliases=True)
    post = orm.with_loader_criteria(m.Post, m.Post.deleted == sa.false())
    third = sa.select(m.Post).where(m.Post.id == 3)
    for load in (orm.joinedload, orm.selectinload, orm.subqueryload):
        loaded(log, m, load.__name__, sa.select(m.User).options(load(m.User.posts), post).order_by(m.User.id))
        loaded(log, m, f"{load.__name__} many", sa.select(m.User).options(load(m.User.tags), every))
        loaded(log, m, f"{load.__name__} one", third.options(load(m.Post.user), every))
    contained = sa.select(m.User).join(m.User.posts).options(orm.contains_eager(m.User.posts), post)
    loaded(log, m, "contains", contained)


@program
def in_later_loads(sa: Any, orm: Any, log: Any) -> None:
    m = soft(sa, orm)
    for propagates in (True, False):
        session = log.session(m.base.metadata, m.rows)
        option = orm.with_loader_criteria(m.Post, m.Post.title != "y", propagate_to_loaders=propagates)
        found = session.scalars(sa.select(m.User).where(m.User.id == 1).options(option)).one()
        log("lazy", [post.id for post in found.posts])
        session.expire(found)
        log("expired", [post.id for post in found.posts])
        session.refresh(found, ["posts"])
        log("refreshed", [post.id for post in found.posts])
    user = orm.with_loader_criteria(m.User, m.User.deleted == sa.false())
    session = log.session(m.base.metadata, m.rows)
    log("many to one", session.scalars(sa.select(m.Post).where(m.Post.id == 3).options(user)).one().user)
    log("get", session.get(m.User, 2, options=[user]))
    log("query", session.query(m.User).options(user).count(), [one.id for one in session.query(m.User).options(user)])
    log("update", session.execute(sa.update(m.User).values(name="x").options(user)).rowcount)


@program
def values_of_each_execution(sa: Any, orm: Any, log: Any) -> None:
    m = soft(sa, orm)
    session = log.session(m.base.metadata, m.rows)
    for title in ("x", "z"):
        option = orm.with_loader_criteria(m.Post, lambda cls: cls.title == title)  # noqa: B023
        users = session.scalars(
            sa.select(m.User)
            .order_by(m.User.id)
            .options(orm.selectinload(m.User.posts), option)
            .execution_options(populate_existing=True)
        )
        log(title, [(one.id, [post.id for post in one.posts]) for one in users])


@program
def in_statements_of_statements(sa: Any, orm: Any, log: Any) -> None:
    m = soft(sa, orm)
    user = orm.with_loader_criteria(m.User, m.User.deleted == sa.false())
    post = orm.with_loader_criteria(m.Post, m.Post.deleted == sa.false())
    ids, users = sa.select(m.User.id), sa.select(m.User)
    text = sa.text("select * from u")
    for title, statement in (
        ("union", ids.union(ids).options(user)),
        ("two classes", ids.union_all(sa.select(m.Post.id)).options(user, post)),
        ("option of a member", ids.options(user).union(ids)),
        ("union inside", sa.select(ids.union(ids).subquery()).options(user)),
        ("source", users.from_statement(users).options(user)),
        ("source's own", users.from_statement(users.options(user))),
        ("source with a join", users.from_statement(users.join(m.User.posts)).options(user, post)),
        ("source is a union", users.from_statement(users.union(users)).options(user)),
        ("source is a union with options", users.from_statement(users.union(users).options(user))),
        ("source of a source", users.from_statement(users.from_statement(text)).options(user)),
        (
            "insert",
            sa.insert(m.Post).from_select(["id", "user_id"], sa.select(m.User.id + 10, m.User.id)).options(user),
        ),
        ("insert, source's own", sa.insert(m.Post).from_select(["id"], ids.options(user))),
        ("update", sa.update(m.Post).where(m.Post.user_id.in_(ids)).values(title="t").options(user, post)),
        ("delete", sa.delete(m.Post).where(m.Post.user.has()).options(user)),
    ):
        log.text(title, statement)
    for title, source in (("select", users), ("text", text)):
        for load in (orm.lazyload, orm.selectinload):
            session = log.session(m.base.metadata, m.rows)
            found = session.scalars(users.from_statement(source).options(post, load(m.User.posts)))
            log(title, [[one.id for one in user.posts] for user in found.all()])


@program
def in_compound_queries(sa: Any, orm: Any, log: Any) -> None:
    m = soft(sa, orm)
    session = log.session(m.base.metadata, m.rows)
    user = orm.with_loader_criteria(m.User, m.User.deleted == sa.false())
    post = orm.with_loader_criteria(m.Post, m.Post.deleted == sa.false())
    users, ids = session.query(m.User), session.query(m.User.id)
    for title, query in (
        ("entity", users.options(user).union(users)),
        ("column", ids.options(user).union_all(ids)),
        ("afterwards", users.union(users).options(user)),
        ("of the other", users.union(users.options(user))),
        ("join", users.options(user, post).union(users).join(m.User.posts)),
        ("filter", users.options(user, post).union(users).filter(m.User.posts.any())),
        ("eager", users.options(user, post, orm.joinedload(m.User.posts)).union(users)),
        ("twice", users.options(user).union(users).union(users)),
    ):
        log(title, [one.id for one in query])
        log("count", query.count())
    log("update", users.options(user).update({"name": "x"}), users.options(user).delete())


@program
def without_propagation(sa: Any, orm: Any, log: Any) -> None:
    """What is not propagated holds for eager loads of the statement, and not for what its objects load later."""
    m = soft(sa, orm)
    post = orm.with_loader_criteria(m.Post, m.Post.deleted == sa.false(), propagate_to_loaders=False)
    users = sa.select(m.User).order_by(m.User.id).options(post)
    for load in (orm.lazyload, orm.joinedload, orm.selectinload, orm.subqueryload):
        session = log.session(m.base.metadata, m.rows)
        found = session.scalars(users.options(load(m.User.posts))).unique().all()
        log(load.__name__, [[one.id for one in user.posts] for user in found])
        session.expire_all()
        log("later", [[one.id for one in user.posts] for user in found])
    session = log.session(m.base.metadata, m.rows)
    query = session.query(m.User).options(post, orm.subqueryload(m.User.posts))
    log("union", [len(user.posts) for user in query.union(session.query(m.User)).join(m.User.posts)])
