"""Sessions of a program's own class: which overridden verbs the other verbs call, and what get_bind() is asked."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def own_session(orm: Any, log: Any, *names: str) -> type:
    """Return a session class whose named verbs tell that they were called."""

    def telling(name: str) -> Any:
        original = getattr(orm.Session, name)

        def verb(self: Any, *args: Any, **kwargs: Any) -> Any:
            log("called", name)
            return original(self, *args, **kwargs)

        return verb

    return type("Own", (orm.Session,), {name: telling(name) for name in names})


def start(sa: Any, orm: Any, log: Any, *names: str) -> tuple[Any, Any]:
    m = shop(sa, orm)
    bind = log.session(m.User.metadata).get_bind()
    session = own_session(orm, log, *names)(bind)
    session.add(m.User(id=1, name="a", posts=[m.Post(id=1, title="x"), m.Post(id=2, title="y")]))
    session.add(m.User(id=2, name="b"))
    session.commit()
    session.expunge_all()
    return m, session


@program
def add_all_adds_by_add(sa: Any, orm: Any, log: Any) -> None:
    m, session = start(sa, orm, log, "add", "delete", "expunge_all")
    session.add_all([m.User(id=5, name="e"), m.User(id=6, name="f")])
    session.flush()
    session.delete_all([session.get(m.User, 5)])
    session.commit()
    session.close()


@program
def loads_go_through_execute(sa: Any, orm: Any, log: Any) -> None:
    m, session = start(sa, orm, log, "execute")
    user = session.get(m.User, 1)
    log("lazy", len(user.posts))
    session.expire(user)
    log("expired", user.name)
    session.refresh(user)
    session.refresh(user, ["name"])
    session.expunge_all()
    log("one", session.get_one(m.User, 2).name)
    log("many to one", session.get(m.Post, 1).author.name)
    session.expunge_all()
    session.scalars(sa.select(m.User).options(orm.selectinload(m.User.posts))).all()
    session.expunge_all()
    session.scalars(sa.select(m.User).options(orm.subqueryload(m.User.posts))).all()
    session.expunge_all()
    session.merge(m.User(id=1, name="c"))
    log("none", session.get(m.User, 99))


@program
def execute_that_changes(sa: Any, orm: Any, log: Any) -> None:
    m, plain = start(sa, orm, log)

    class Own(orm.Session):  # type: ignore[misc,name-defined]
        def execute(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
            if statement.is_select:
                statement = statement.where(sa.literal_column("1") == sa.literal_column("1"))
            return super().execute(statement, *args, **kwargs)

    with Own(plain.get_bind()) as session:
        user = session.get(m.User, 1)
        log("posts", len(user.posts))
        session.refresh(user)


@program
def merge_gets_by_get(sa: Any, orm: Any, log: Any) -> None:
    m, session = start(sa, orm, log, "get")
    session.merge(m.User(id=1, name="c", posts=[m.Post(id=1, title="z"), m.Post(id=9, title="n")]))
    session.merge(m.User(id=7, name="n"))
    session.flush()
    session.get_one(m.User, 2)


@program
def autoflush_flushes_by_flush(sa: Any, orm: Any, log: Any) -> None:
    m, session = start(sa, orm, log, "flush", "begin")
    session.scalars(sa.select(m.User.id)).all()
    user = session.get(m.User, 1)
    log("posts", len(user.posts))
    with session.no_autoflush:
        session.scalar(sa.select(m.User.id))
    session.execute(sa.text("select 1"), execution_options={"autoflush": False})
    session.merge(m.User(name="n"))
    session.begin_nested().commit()
    session.refresh(user)


@program
def what_get_bind_is_asked(sa: Any, orm: Any, log: Any) -> None:
    m, plain = start(sa, orm, log)
    engine = plain.get_bind()

    class Own(orm.Session):  # type: ignore[misc,name-defined]
        def get_bind(self, mapper: Any = None, *, clause: Any = None, **more: Any) -> Any:
            asked.append((str(mapper), None if clause is None else type(clause).__name__, sorted(more), self._flushing))
            return engine

    asked: list[Any] = []

    def tell(what: str) -> None:
        log(what, list(dict.fromkeys(asked)))
        asked.clear()

    session = Own()
    user = session.get(m.User, 1)
    tell("get")
    session.get(m.User, 2, populate_existing=True, execution_options={"some": 1})
    tell("get with options")
    user.posts  # noqa: B018
    tell("lazy")
    session.refresh(user)
    tell("refresh")
    session.scalars(sa.select(m.User).options(orm.selectinload(m.User.posts))).all()
    tell("selectin")
    session.execute(sa.select(m.User.__table__))
    tell("core")
    session.execute(sa.text("select 1"))
    tell("text")
    session.execute(sa.select(m.User.id), bind_arguments={"mapper": m.Post, "some": 1})
    tell("arguments")
    session.execute(sa.text("select 1"), bind_arguments={"mapper": m.Post})
    tell("text arguments")
    session.add(m.User(id=5, name="e"))
    session.flush()
    tell("flush")
    session.bulk_insert_mappings(m.User, [{"id": 6, "name": "f"}])
    tell("bulk")
    session.connection()
    tell("connection")


@program
def another_bind_for_one_call(sa: Any, orm: Any, log: Any) -> None:
    m, plain = start(sa, orm, log)
    engine = plain.get_bind()
    other = sa.create_engine("sqlite://")
    m.User.metadata.create_all(other)
    with orm.Session(other) as session:
        session.add(m.User(id=1, name="other"))
        session.commit()
    for options in ({"bind": engine}, {}, {"binds": {m.User: engine}}):
        session = orm.Session(**options)
        log("get", session.get(m.User, 1, bind_arguments={"bind": other}).name)
        session.expunge_all()
        try:
            log("then", session.get(m.User, 1).name)
        except sa.exc.UnboundExecutionError as error:
            log("then", type(error).__name__)
        session.close()
        query = sa.text("select name from users where id = 1")
        log("execute", session.scalar(query, bind_arguments={"bind": other}))
        if options.get("bind") is not None:
            log("then", session.scalar(query))
        session.close()
