"""do_orm_execute: what listeners learn of statements and of the loads that a session does by itself."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def heard(log: Any, state: Any) -> None:
    """Log what an ORMExecuteState tells."""
    kind = [name for name in ("select", "insert", "update", "delete") if getattr(state, f"is_{name}")]
    if state.is_select:
        owner = state.lazy_loaded_from
        log("load", state.is_column_load, state.is_relationship_load, None if owner is None else owner.class_.__name__)
        log("options", [type(option).__name__ for option in state.user_defined_options])
    if state.is_relationship_load:
        log("path", str(state.loader_strategy_path))
    log(
        "heard",
        kind,
        state.is_orm_statement,
        state.is_executemany,
        str(state.bind_mapper),
        sorted(state.bind_arguments),
    )


@program
def every_kind_of_load(sa: Any, orm: Any, log: Any) -> None:
    m = shop(sa, orm)
    session = log.session(m.User.metadata)
    session.add(m.User(id=1, name="a", posts=[m.Post(id=1, title="x"), m.Post(id=2, title="y")]))
    session.commit()
    session.expunge_all()
    sa.event.listen(session, "do_orm_execute", lambda state: heard(log, state))
    user = session.get(m.User, 1)
    log("posts", len(user.posts))
    session.expire(user)
    log("name", user.name)
    session.refresh(user)
    session.refresh(user, ["name"])
    session.expunge_all()
    for load in (orm.selectinload, orm.joinedload):
        session.scalars(sa.select(m.User).options(load(m.User.posts))).unique().all()
        session.expunge_all()
    log("many to one", type(session.get(m.Post, 1).author).__name__)
    session.execute(sa.insert(m.User), [{"id": 7, "name": "u"}])
    session.execute(sa.update(m.User).where(m.User.id == 7).values(name="z"))
    session.execute(sa.delete(m.User).where(m.User.id == 7))
    session.execute(sa.select(m.User.__table__.c.id)).all()
    session.execute(sa.text("select 1"))


@program
def listeners_that_change(sa: Any, orm: Any, log: Any) -> None:
    m = shop(sa, orm)
    session = log.session(m.User.metadata)
    session.add(m.User(id=1, name="a", posts=[m.Post(id=1, title="x"), m.Post(id=2, title="y")]))
    session.commit()
    session.expunge_all()

    def change(state: Any) -> Any:
        if state.is_relationship_load:
            state.statement = state.statement.where(m.Post.id < 2)
        if state.is_select and not state.is_column_load and not state.is_relationship_load:
            state.statement = state.statement.options(orm.with_loader_criteria(m.User, m.User.id < 5))
        if "through" in state.execution_options:
            return state.invoke_statement(execution_options={"more": 1})
        return state.update_execution_options(seen=True)

    sa.event.listen(session, "do_orm_execute", change)
    user = session.get(m.User, 1)
    log("posts", [post.id for post in user.posts])
    session.refresh(user)
    log("rows", session.execute(sa.select(m.User.id), execution_options={"through": 1}).all())


@program
def options_of_programs(sa: Any, orm: Any, log: Any) -> None:
    m = shop(sa, orm)

    class Kept(orm.UserDefinedOption):
        propagate_to_loaders = True

    class Here(orm.UserDefinedOption):
        pass

    session = log.session(m.User.metadata)
    session.add(m.User(id=1, name="a", posts=[m.Post(id=1, title="x")]))
    session.commit()
    session.expunge_all()

    def note(state: Any) -> None:
        log("options", [(type(option).__name__, option.payload) for option in state.user_defined_options])

    sa.event.listen(session, "do_orm_execute", note)
    for payload in (1, 2):
        user = session.scalars(sa.select(m.User).options(Kept(payload), Here(payload))).one()
        log("posts", len(user.posts))
        session.expunge_all()


@program
def options_of_refreshes(sa: Any, orm: Any, log: Any) -> None:
    """Options of the program's own kinds follow expired reads, refreshes and results that were frozen."""
    interfaces, loading = log.module("orm.interfaces"), log.module("orm.loading")
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(5))
        posts = orm.relationship("Post")

    class Post(base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("u.id"))

    class Note(interfaces.UserDefinedOption):
        propagate_to_loaders = True

    rows = {User.__table__: [{"id": 1, "name": "a"}], Post.__table__: [{"id": 2, "user_id": 1}]}
    session = log.session(base.metadata, rows)

    @sa.event.listens_for(session, "do_orm_execute")
    def hear(state: Any) -> None:
        options = [option.payload for option in state.user_defined_options]
        log("heard", options, state.is_column_load, state.is_relationship_load)

    statement = sa.select(User).options(Note("n"))
    user = session.scalars(statement).one()
    session.expire(user)
    log("expired", user.name, len(user.posts))
    session.refresh(user)
    session.refresh(user, ["name"])
    frozen = session.execute(statement).freeze()
    session.expunge_all()
    again = loading.merge_frozen_result(session, statement, frozen, load=False)().scalars().one()
    log("merged", len(again.posts))
    session.expire(again)
    log("expired again", again.name)


@program
def kinds_of_sources(sa: Any, orm: Any, log: Any) -> None:
    """A statement whose rows come from another one is of that one's kind."""
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)

    session = log.session(base.metadata, {User.__table__: [{"id": 1}]})

    @sa.event.listens_for(session, "do_orm_execute")
    def hear(state: Any) -> None:
        log("kind", state.is_select, state.is_insert, state.is_update, state.is_delete, state.is_from_statement)

    users = sa.select(User)
    for source in (
        users,
        users.union(users),
        sa.text("select * from u"),
        sa.insert(User).values(id=7).returning(User),
        sa.update(User).where(User.id == 7).values(id=8).returning(User),
        sa.delete(User).where(User.id == 8).returning(User),
    ):
        log("ids", [user.id for user in session.scalars(users.from_statement(source))])
