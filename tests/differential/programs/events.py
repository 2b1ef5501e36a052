"""Events: targets of every documented kind, options, order and arguments of the calls.

Where the place of a listener among built-in behaviour shows (the other side of a relationship, the transaction of a
flush), the houses differ by design; the programs ask for what is documented.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ..registry import program

Note = Callable[..., Callable[..., Any]]


def noter(sa: Any, log: Any) -> Note:
    """Return a maker of listeners that log their name and what they are called with."""

    def shown(value: Any) -> Any:
        name = value.__name__ if isinstance(value, type) else type(value).__name__
        return "context" if name in ("QueryContext", "LoadContext") else name

    def make(name: str, result: Any = None) -> Callable[..., Any]:
        def listener(*arguments: Any, **keywords: Any) -> Any:
            log(name, *(shown(value) for value in arguments), *sorted(keywords))
            return result

        return listener

    return make


def classes(sa: Any, orm: Any, base: Any = None) -> SimpleNamespace:
    """Return classes of their own for a program: User, its subclass Admin, Post."""
    Base = base or orm.declarative_base()

    class User(Base):
        __tablename__ = "users"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(30))
        kind = sa.Column(sa.String(10))
        posts = orm.relationship("Post", back_populates="user", cascade="all, delete-orphan")
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "user"}

    class Admin(User):
        __mapper_args__ = {"polymorphic_identity": "admin"}

    class Post(Base):
        __tablename__ = "posts"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("users.id"))
        title = sa.Column(sa.String(30))
        user = orm.relationship(User, back_populates="posts")

    return SimpleNamespace(Base=Base, metadata=Base.metadata, User=User, Admin=Admin, Post=Post)


@program
def engine_class(sa: Any, orm: Any, log: Any) -> None:
    notes = noter(sa, log)
    Engine, listen = log.module("engine").Engine, sa.event.listen
    listeners = {name: notes(name) for name in ("engine_connect", "begin", "commit", "rollback", "savepoint")}
    for name, listener in listeners.items():
        listen(Engine, name, listener)
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(sa.text("SELECT 1"))
        connection.begin_nested().rollback()
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
    for name, listener in listeners.items():
        log(name, sa.event.contains(Engine, name, listener))
        sa.event.remove(Engine, name, listener)
    engine.connect().close()


@program
def pool_class(sa: Any, orm: Any, log: Any) -> None:
    gc.collect()  # pools of other programs, whose connections would be heard too
    Pool = log.module("pool").Pool
    names = ("first_connect", "connect", "checkout", "checkin", "invalidate", "close")
    listeners = {name: lambda *arguments, name=name: log(name, len(arguments)) for name in names}
    for name, listener in listeners.items():
        sa.event.listen(Pool, name, listener)
    engine = sa.create_engine("sqlite://", poolclass=log.module("pool").QueuePool)
    engine.connect().close()
    connection = engine.connect()
    connection.invalidate()
    connection.close()
    engine.connect().close()
    engine.dispose()
    for name, listener in listeners.items():
        sa.event.remove(Pool, name, listener)


@program
def options_of_listen(sa: Any, orm: Any, log: Any) -> None:
    engine = sa.create_engine("sqlite://")
    sa.event.listen(engine, "checkout", lambda *_arguments: log("second"))
    sa.event.listen(engine, "checkout", lambda *_arguments: log("first"), insert=True)
    sa.event.listen(engine, "begin", lambda conn: log("once"), once=True)
    sa.event.listen(engine, "before_execute", lambda **given: log("named", *sorted(given)), named=True)

    @sa.event.listens_for(engine, "before_cursor_execute", retval=True)
    def changed(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> Any:
        return f"{statement} -- seen", parameters

    @sa.event.listens_for(engine, "after_cursor_execute")
    def after(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        log("after", statement, executemany)

    for _ in range(2):
        with engine.begin() as connection:
            connection.execute(sa.text("SELECT 1"))


@program
def ddl_classes(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    for target, word in ((sa.Table, "Table"), (metadata, "metadata")):
        for name in ("before_create", "after_create", "before_drop", "after_drop"):
            sa.event.listen(target, name, lambda found, conn, name=name, word=word, **kw: log(word, name, str(found)))
    sa.event.listen(sa.Column, "after_parent_attach", lambda column, table: log("attached", column.name, table.name))
    table = sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True))
    sa.event.listen(table, "after_create", sa.DDL("CREATE INDEX by_id ON %(table)s (id)"))
    engine = log.engine()
    metadata.create_all(engine)
    metadata.drop_all(engine)


@program
def session_class(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)

    class MySession(orm.Session):
        pass

    notes = noter(sa, log)
    maker = orm.sessionmaker(log.engine(models.metadata), class_=MySession)
    for target, word in ((orm.Session, "Session"), (MySession, "MySession"), (maker, "maker")):
        for name in ("before_flush", "after_commit"):
            sa.event.listen(target, name, lambda *_arguments, name=name, word=word: log(word, name))
    sa.event.listen(MySession, "transient_to_pending", lambda session, obj: log("pending", type(obj).__name__))
    sa.event.listen(MySession, "transient_to_pending", notes("raw"), raw=True)
    with maker() as session:
        session.add(models.User(name="a"))
        session.commit()
    sa.event.listen(session, "before_commit", lambda session: log("this one", sorted(map(str, session.new))))
    session.commit()
    log("other")
    maker().commit()


@program
def savepoint_events(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)
    session = log.session(models.metadata)
    for name in ("before_commit", "after_commit", "after_rollback", "after_soft_rollback"):
        sa.event.listen(session, name, lambda *_arguments, name=name: log(name))
    session.begin()
    session.begin_nested().commit()
    session.begin_nested().rollback()
    user = models.User(name="x")
    sa.event.listen(session, "persistent_to_transient", lambda _session, obj: log("transient", obj.name))
    session.add(user)
    session.flush()
    session.rollback()


@program
def mapper_targets(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)
    session = log.session(models.metadata)
    notes = noter(sa, log)
    of_all: list[tuple[str, Any]] = []
    for name in ("before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete"):
        of_all.append((name, notes(f"Mapper {name}")))
        sa.event.listen(orm.Mapper, *of_all[-1])
        sa.event.listen(models.User, name, notes(f"User {name}"))
        sa.event.listen(models.User, name, notes(f"below User {name}"), propagate=True)
        sa.event.listen(sa.inspect(models.Post), name, notes(f"mapper of Post {name}"), raw=True)
    session.add(models.User(id=1, name="a", posts=[models.Post(id=1, title="t")]))
    session.add(models.Admin(id=2, name="b"))
    session.flush()
    for user in session.scalars(sa.select(models.User)):
        user.name += "!"
    session.flush()
    session.delete(session.scalars(sa.select(models.Post)).one())
    session.flush()
    for name, heard in of_all:
        sa.event.remove(orm.Mapper, name, heard)


@program
def propagation(sa: Any, orm: Any, log: Any) -> None:
    class Mixin:
        pass

    class Base(Mixin, orm.DeclarativeBase):
        pass

    notes = noter(sa, log)
    seen = notes("load below Mixin")
    sa.event.listen(Mixin, "load", seen, propagate=True)
    sa.event.listen(Base, "init", notes("init below Base"), propagate=True)
    sa.event.listen(Base, "before_insert", notes("Base alone"))
    sa.event.listen(Base, "before_insert", notes("below Base"), propagate=True)
    models = classes(sa, orm, Base)
    sa.event.listen(models.User, "load", notes("User alone"))
    sa.event.listen(models.User.name, "set", notes("name of User"))
    sa.event.listen(models.User.name, "set", notes("name below User"), propagate=True)

    class Late(models.User):
        __mapper_args__ = {"polymorphic_identity": "late"}

    session = log.session(models.metadata)
    session.add_all([models.User(id=1, name="a"), models.Admin(id=2, name="b"), Late(id=3, name="c")])
    session.commit()
    session.expunge_all()
    log("names", sorted(user.name for user in session.scalars(sa.select(models.User))))
    sa.event.remove(Mixin, "load", seen)
    session.expunge_all()
    session.scalars(sa.select(models.User)).all()


@program
def instance_events(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)
    session = log.session(models.metadata)
    notes = noter(sa, log)
    sa.event.listen(models.User, "init", lambda user, args, kwargs: kwargs.setdefault("name", "given"))
    sa.event.listen(models.User, "init_failure", lambda user, args, kwargs: log("failed", sorted(kwargs)))
    sa.event.listen(models.User, "load", lambda user, context: log("load", user.id, context.session is session))
    sa.event.listen(models.User, "load", notes("raw load"), raw=True)
    sa.event.listen(models.User, "expire", lambda user, attrs: log("expire", attrs and sorted(attrs)))
    sa.event.listen(models.User, "refresh", lambda user, context, attrs: log("refresh", user.id))
    user = models.User()
    log("name", user.name)
    with log.raises("unknown keyword"):
        models.User(nonsense=1)
    session.add(user)
    session.commit()
    log("id", user.id)
    session.expire(user, ["name"])
    session.refresh(user)
    session.expunge_all()
    log("again", session.get(models.User, 1).name)


@program
def attribute_events(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)
    session = log.session(models.metadata)
    User, Post, listen = models.User, models.Post, sa.event.listen
    no_value = log.module("orm.attributes").NO_VALUE
    models.User.registry.configure()
    listen(User.name, "set", lambda user, value, old, token: log("set", value, old is no_value or old, token.key))
    listen(User.name, "set", lambda user, value, old, token: value and value.upper(), retval=True)
    listen(User.name, "set", lambda user, value, old, token: log("then", value))
    listen(User.name, "remove", lambda user, value, token: log("remove", value))
    listen(User.name, "modified", lambda user, token: log("modified", user.name))
    listen(User.name, "init_scalar", lambda user, value, values: log("init_scalar", value), retval=False)
    listen(User.posts, "append", lambda user, post, token: log("append", post.title))
    listen(User.posts, "append_wo_mutation", lambda user, post, token: log("held", post.title))
    listen(User.posts, "remove", lambda user, post, token: log("remove", post.title))
    listen(User.posts, "bulk_replace", lambda user, posts, token: log("replace", [post.title for post in posts]))
    listen(User.posts, "append", lambda user, post, token: Post(title=f"{post.title}!"), retval=True)
    listen(Post.title, "set", lambda post, value, old, token: log("title", value, old), active_history=True)
    user = User(name="a")
    log("name", user.name)
    user.name = "b"
    user.name = None
    del user.name
    log("name", user.name)
    user.name = "c"
    log.module("orm.attributes").flag_modified(user, "name")
    user.posts.append(Post(title="p"))
    user.posts = [user.posts[0], Post(title="q")]
    del user.posts[0]
    log("posts", [post.title for post in user.posts])
    session.add(user)
    session.commit()
    post = session.scalars(sa.select(Post)).one()
    session.expire(post)
    post.title = "new"


@program
def listen_before_configuration(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)
    sa.event.listen(models.User.posts, "append", lambda user, post, token: log("append", post.title))
    sa.event.listen(models.Post.user, "set", lambda post, user, old, token: log("set", user is not None))
    models.User(posts=[models.Post(title="p")])
    models.Post(user=models.User())


@program
def life_of_mappers(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()
    for name in ("instrument_class", "after_mapper_constructed", "before_mapper_configured", "mapper_configured"):
        sa.event.listen(Base, name, lambda mapper, cls, name=name: log(name, cls.__name__), propagate=True)
    for name in ("class_instrument", "class_uninstrument"):
        sa.event.listen(Base, name, lambda cls, name=name: log(name, cls.__name__), propagate=True)
    found: dict[str, set[str]] = {}
    sa.event.listen(
        Base, "attribute_instrument", lambda cls, key, attribute: found.setdefault(cls.__name__, set()).add(key),
        propagate=True,
    )  # fmt: skip
    for name in ("before_configured", "after_configured"):
        sa.event.listen(orm.Mapper, name, lambda name=name: log(name), once=True)
        sa.event.listen(Base.registry, name, lambda registry, name=name: log(name, registry is Base.registry))
    classes(sa, orm, Base)
    Base.registry.configure()
    log("attributes", sorted((name, sorted(keys)) for name, keys in found.items()))


@program
def recipe_of_validation_by_type(sa: Any, orm: Any, log: Any) -> None:
    class Base(orm.DeclarativeBase):
        pass

    @sa.event.listens_for(Base, "attribute_instrument", propagate=True)
    def watch(cls: Any, key: str, attribute: Any) -> None:
        if not hasattr(attribute.property, "columns"):
            return
        column = attribute.property.columns[0]

        @sa.event.listens_for(attribute, "set", retval=True)
        def convert(target: Any, value: Any, old: Any, initiator: Any) -> Any:
            return int(value) if isinstance(column.type, sa.Integer) else value

    models = classes(sa, orm, Base)
    user = models.User(id="5", name="n")
    log("values", user.id, user.name)


@program
def query_events(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)
    session = log.session(models.metadata, {models.User: [{"id": 1, "name": "a", "kind": "user"}]})

    @sa.event.listens_for(orm.Query, "before_compile", retval=True)
    def only_named(query: Any) -> Any:
        log("before_compile")
        return query.filter(models.User.name.isnot(None))

    def before_update(query: Any, context: Any) -> None:
        context.values["kind"] = "user"

    def before_delete(query: Any, context: Any) -> Any:
        return query.filter(models.User.name != "kept")

    sa.event.listen(orm.Query, "before_compile_update", before_update)
    sa.event.listen(orm.Query, "before_compile_delete", before_delete, retval=True)
    sa.event.listen(session, "after_bulk_update", lambda context: log("updated", context.result.rowcount))
    sa.event.listen(session, "after_bulk_delete", lambda context: log("deleted", context.result.rowcount))
    log("users", [user.name for user in session.query(models.User)])
    log("rows", session.query(models.User).update({"name": "b"}, synchronize_session=False))
    log("rows", session.query(models.User).delete(synchronize_session=False))
    session.execute(sa.update(models.User).values(name="c"))
    sa.event.remove(orm.Query, "before_compile", only_named)
    sa.event.remove(orm.Query, "before_compile_update", before_update)
    sa.event.remove(orm.Query, "before_compile_delete", before_delete)


@program
def refused(sa: Any, orm: Any, log: Any) -> None:
    models = classes(sa, orm)
    listener = noter(sa, log)("never")
    wrong = {
        "class": (models.User, "nonsense"),
        "attribute": (models.User.name, "nonsense"),
        "session": (orm.Session, "nonsense"),
        "event of the mapper on an attribute": (models.User.name, "load"),
        "configuration of one class": (models.User, "before_configured"),
        "number": (5, "load"),
    }
    for label, (target, name) in wrong.items():
        with log.raises(label, "No such event"):
            sa.event.listen(target, name, listener)
    with log.raises("option"):
        sa.event.listen(models.User, "load", listener, nonsense=True)
    with log.raises("never added", "No listeners found"):
        sa.event.remove(models.User, "load", listener)
    for target in (models.User, models.User.name):
        name = "load" if target is models.User else "set"
        log("contains", sa.event.contains(target, name, listener))
        sa.event.listen(target, name, listener)
        log("contains", sa.event.contains(target, name, listener))
        sa.event.remove(target, name, listener)
        log("contains", sa.event.contains(target, name, listener))


@program
def keys_of_collection_changes(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Shelf(base):
        __tablename__ = "shelves"
        id = sa.Column(sa.Integer, primary_key=True)
        named = orm.relationship("Box", collection_class=orm.attribute_keyed_dict("name"))
        listed = orm.relationship("Jar")

    class Box(base):
        __tablename__ = "boxes"
        id = sa.Column(sa.Integer, primary_key=True)
        shelf_id = sa.Column(sa.ForeignKey("shelves.id"))
        name = sa.Column(sa.String(5))

    class Jar(base):
        __tablename__ = "jars"
        id = sa.Column(sa.Integer, primary_key=True)
        shelf_id = sa.Column(sa.ForeignKey("shelves.id"))

    def listen(attribute: Any, name: str) -> None:
        def listener(target: Any, value: Any, initiator: Any, **words: Any) -> None:
            log(f"{attribute.key} {name}", str(words).replace("<EventConstants.NO_KEY: 4>", "NO_KEY"))

        sa.event.listen(attribute, name, listener, include_key=True)

    for name in ("append", "append_wo_mutation", "remove", "bulk_replace"):
        listen(Shelf.named, name)
        listen(Shelf.listed, name)
    shelf = Shelf()
    shelf.named["x"] = Box(name="x")
    shelf.named["x"] = Box(name="x")
    shelf.named.setdefault("y", Box(name="y"))
    shelf.named.pop("x")
    shelf.named = {"y": shelf.named["y"], "z": Box(name="z")}
    shelf.named.clear()
    shelf.listed.append(Jar())
    shelf.listed.insert(0, Jar())
    shelf.listed[1] = Jar()
    shelf.listed.remove(shelf.listed[0])
    shelf.listed.pop()
    shelf.listed = [Jar() for _ in range(5)]
    shelf.listed[1:3] = [Jar(), Jar(), Jar()]
    shelf.listed[-1:] = []
    del shelf.listed[1:3]
    del shelf.listed[0]
    shelf.listed.clear()
