"""Expiry and refresh: statements 59 to 65 of the checklist."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


@program
def s59_a_new_key_of_an_expired_object(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.commit()
    note.id = 70
    log("history", sa.inspect(note).attrs.id.history)
    session.flush()
    log("note", note.id, note.text)
    session.expire(note, ["id"])
    note.id = 71
    log("again", sa.inspect(note).attrs.id.history)
    session.commit()
    session.execute(sa.delete(models.Note).execution_options(synchronize_session=False))
    with log.raises("gone", "has been deleted"):
        note.id = 72


@program
def s59_commit_expires_everything(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    log("posts", user.posts)
    session.commit()
    log("expired", user, sa.inspect(user).identity)
    log.states(user)
    log("read", user.id)
    log("all", user)


@program
def s60_one_select_per_object(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    users = session.scalars(sa.select(models.User).order_by(models.User.id)).all()
    session.commit()
    log("names", [user.name for user in users])


@program
def s61_expire_on_commit_off(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, expire_on_commit=False)
    user = session.get(models.User, 1)
    user.name = "kept"
    session.commit()
    log("kept", user)
    session.execute(sa.select(1))
    session.rollback()
    log("rolled back", user)
    log("name", user.name)


@program
def s62_rollback_without_transaction(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, expire_on_commit=False)
    user = session.get(models.User, 1)
    session.commit()
    user.age = 99
    session.rollback()
    log("user", user)


@program
def s63_expire_and_refresh_drop_changes(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    user.name = "changed"
    session.expire(user)
    log("expired", user.name)
    user.name = "changed"
    session.refresh(user)
    log("refreshed", user)
    log.sets(session)
    user.age, user.name = 1, "changed"
    session.refresh(user, ["age"])
    log("partly", user)
    session.expire(user, ["name"])
    log("expired name", user)
    log("name", user.name)


@program
def s63_expire_all(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user, post = session.get(models.User, 1), session.get(models.Post, 3)
    user.name = "changed"
    session.expire_all()
    log("all", user, post)
    log("read", user.name, post.title)


@program
def s63_refresh_pending_and_transient(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    with log.raises("transient", "not persistent within this Session"):
        session.refresh(models.User(id=1))
    pending = models.User(id=1)
    session.add(pending)
    with log.raises("expire", "not persistent within this Session"):
        session.expire(pending)


@program
def s64_detached(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user, other = session.get(models.User, 1), session.get(models.User, 2)
    session.expire(other)
    session.expunge_all()
    log("loaded", user.name)
    with log.raises("lazy", "is not bound to a Session"):
        user.posts  # noqa: B018
    with log.raises("expired", "is not bound to a Session"):
        other.name  # noqa: B018
    other.name = "set"
    log("set", other.name)


@program
def s65_expired_and_gone(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = session.get(models.Note, 1)
    session.expire(note)
    session.execute(sa.text("DELETE FROM notes"))
    with log.raises("read", "has been deleted"):
        note.text  # noqa: B018
    with log.raises("refresh", "Could not refresh"):
        session.refresh(note)


@program
def transient_attributes(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    user = models.User()
    log("unset", user.name, user.posts, user)
    with log.raises("keyword", "invalid keyword argument"):
        models.User(nonsense=1)
    post = models.Post(user=user)
    log("backref", user.posts, post.user is user)
    del user.posts[0]
    log("removed", post)
    post.title = "x"
    del post.title
    log("deleted", post, post.title)


@program
def expressions_of_new_objects(sa: Any, orm: Any, log: Any) -> None:
    """Column properties of an object that was written are read by one statement, with what the database gave."""
    base = orm.declarative_base()

    class User(base):
        __tablename__ = "u"
        id = sa.Column(sa.Integer, primary_key=True)
        n = sa.Column(sa.Integer)
        given = sa.Column(sa.Integer, server_default="4")
        __mapper_args__ = {"eager_defaults": False}

    User.one = orm.column_property(User.n + 1)
    User.two = orm.column_property(User.n + 2)
    User.later = orm.column_property(User.n + 3, deferred=True)
    User.kept = orm.column_property(User.n + 4, expire_on_flush=False)
    session = log.session(base.metadata)
    for given in ({}, {"given": 5}):
        user = User(n=2, **given)
        session.add(user)
        session.flush()
        log("expired", sorted(sa.inspect(user).expired_attributes))
        log("read", user.two, user.one, user.given, user.kept, user.later)
        user.n = 7
        session.flush()
        log("again", user.one, user.two, user.kept, user.later)
