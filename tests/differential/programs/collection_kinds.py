"""Collections of the program's own classes: what may be assigned to them; what listeners hear of whole collections."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def own_class(log: Any, emulates: Any) -> type:
    """Return a class with marked methods; `emulates` is what it says to be like, NONE for nothing."""
    collection = log.module("orm.collections").collection

    class Box:
        def __init__(self) -> None:
            self.held: list[Any] = []

        @collection.appender
        def put(self, item: Any) -> None:
            self.held.append(item)

        @collection.remover
        def take(self, item: Any) -> None:
            self.held.remove(item)

        @collection.iterator
        def __iter__(self) -> Any:
            return iter(self.held)

    Box.__emulates__ = emulates
    return Box


def pair(sa: Any, orm: Any, collection_class: Any) -> SimpleNamespace:
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)
        posts = orm.relationship("Post", collection_class=collection_class)

    class Post(base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("u.id"))

    return SimpleNamespace(base=base, User=User, Post=Post)


@program
def assigned(sa: Any, orm: Any, log: Any) -> None:
    for kind in (list, set, dict):
        m = pair(sa, orm, own_class(log, kind))
        for value in (
            [m.Post()],
            {m.Post()},
            {"a": m.Post()},
            (m.Post(),),
            iter([m.Post()]),
            frozenset(),
            None,
            5,
            "x",
        ):
            with log.raises(f"{kind.__name__} from {type(value).__name__}", "Incompatible collection type"):
                log("taken", len(list(m.User(posts=value).posts)))


@program
def uselist_of_annotations(sa: Any, orm: Any, log: Any) -> None:
    m = SimpleNamespace(base=orm.declarative_base())

    class Post(m.base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        user_id = sa.Column(sa.ForeignKey("u.id"))

    class User(m.base):
        __tablename__ = "u"
        __annotations__ = {"a": orm.Mapped[Any], "b": orm.Mapped[Any], "c": orm.Mapped[Post]}
        id = sa.Column(sa.Integer, primary_key=True)
        a = orm.relationship("Post", collection_class=set, viewonly=True)
        b = orm.relationship("Post", viewonly=True)
        c = orm.relationship("Post", collection_class=set, viewonly=True)

    m.base.registry.configure()
    log("uselist", {one.key: one.uselist for one in sa.inspect(User).relationships})


@program
def told_of_whole_collections(sa: Any, orm: Any, log: Any) -> None:
    m = pair(sa, orm, None)
    for name in ("bulk_replace", "append", "remove", "append_wo_mutation"):

        def hear(target: Any, value: Any, initiator: Any, name: str = name) -> None:
            log(name, len(value) if isinstance(value, list) else value.id, initiator.op.name)

        sa.event.listen(m.User.posts, name, hear)
    user = m.User()
    user.posts += [m.Post(id=1)]
    user.posts *= 1
    user.posts = user.posts
    user.posts = [user.posts[0], m.Post(id=2)]
    user.posts = []


@program
def first_connect_of_new_pools(sa: Any, orm: Any, log: Any) -> None:
    engine = log.engine()
    for name in ("first_connect", "connect"):
        sa.event.listen(engine, name, lambda *_, name=name: log(name))
    engine.connect().close()
    engine.dispose()
    engine.connect().close()
