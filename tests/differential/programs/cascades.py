"""Cascades, versions, flush order and session events: statements 76 to 86 of the checklist."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


@program
def s76_save_update(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = models.User(id=5, name="five", posts=[models.Post(id=7, notes=[models.Note(id=9)])])
    session.add(user)
    log.sets(session)
    user.posts.append(models.Post(id=8))
    log.sets(session)
    session.commit()
    log.dump("users", "posts", "notes")


@program
def s77_not_backwards(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    post = models.Post(id=8, title="x", user=user)
    log.states(post)
    log("posts", user.posts)
    session.flush()
    log("in", post in session)
    log.dump("posts")


@program
def s78_delete_orphan(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    pending = models.Post(title="pending")
    user.posts.append(pending)
    log("in", pending in session)
    user.posts.remove(pending)
    log("in", pending in session)
    removed = user.posts.pop(0)
    session.flush()
    log.states(pending, removed)
    log.dump("posts", "notes")


@program
def s78_orphan_without_parent(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.add(models.Post(id=9, title="alone"))
    session.flush()
    log.dump("posts")


@program
def s79_delete_without_cascade(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.delete(session.get(models.Post, 1))
    session.flush()
    log.dump("posts", "notes")


@program
def s79_delete_with_cascade(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.delete(session.get(models.User, 2))
    log.sets(session)
    session.flush()
    log.dump("users", "posts")


@program
def s80_expunge_and_expire_cascade(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 2)
    post = user.posts[0]
    session.refresh(user)
    log("refreshed", user, post)
    log("again", user.posts)
    session.expire(user)
    log("expired", user, post)
    log("posts", user.posts)
    session.expunge(user)
    log.states(user, post)


@program
def s81_version_counter(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    doc = models.Doc(id=5, title="x")
    session.add(doc)
    session.flush()
    log("new", doc)
    doc.title = "y"
    session.flush()
    log("changed", doc)
    session.execute(sa.text("UPDATE docs SET version = 7 WHERE id = 5"))
    doc.title = "z"
    with log.raises("stale", "expected to update 1 row(s)"):
        session.flush()
    session.rollback()


@program
def s81_version_counter_on_delete(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    doc = session.get(models.Doc, 1)
    session.execute(sa.text("UPDATE docs SET version = 7"))
    session.delete(doc)
    with log.raises("stale", "expected to delete 1 row(s)"):
        session.flush()


@program
def s81_row_gone(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note, other = session.get(models.Note, 1), session.get(models.Note, 2)
    session.execute(sa.text("DELETE FROM notes"))
    note.text = "x"
    with log.raises("update", "expected to update 1 row(s)"):
        session.flush()
    session.rollback()
    log("other", other.text)
    session.delete(other)
    with session.no_autoflush:
        session.execute(sa.text("DELETE FROM notes"))
    session.flush()
    log.states(other)


@program
def s82_version_by_program(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Doc(base):
        __tablename__ = "doc"
        id = sa.Column(sa.Integer, primary_key=True)
        version = sa.Column(sa.Integer, nullable=False)
        title = sa.Column(sa.String(20))
        __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    session = log.session(base.metadata, {Doc: [{"id": 1, "version": 4, "title": "t"}]})
    doc = session.get(Doc, 1)
    doc.title = "same version"
    session.flush()
    doc.title, doc.version = "new version", 9
    session.flush()
    log("doc", doc)
    log.dump("doc")


@program
def s83_equal_value(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    user.name = "ann"
    log.sets(session)
    log("modified", session.is_modified(user))
    session.flush()
    log.sets(session)


@program
def s84_inserts_before_deletes(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    user = session.get(models.User, 1)
    for post in list(user.posts):
        session.delete(post)
    session.flush()
    session.delete(user)
    session.add(models.User(id=9, name="x", email="ann@x"))
    with log.raises("flush", "UNIQUE"):
        session.flush()


@program
def s85_every_execute_autoflushes(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.get(models.User, 1).name = "changed"
    log("text", session.scalar(sa.text("SELECT name FROM users WHERE id = 1")))
    session.get(models.User, 1).name = "again"
    with session.no_autoflush:
        log("off", session.scalar(sa.text("SELECT name FROM users WHERE id = 1")))
    log("core", session.scalar(sa.select(models.User.__table__.c.name).where(models.User.__table__.c.id == 1)))


@program
def s86_session_events(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    for name in (
        "transient_to_pending",
        "pending_to_persistent",
        "persistent_to_deleted",
        "deleted_to_detached",
        "persistent_to_detached",
        "pending_to_transient",
        "persistent_to_transient",
        "deleted_to_persistent",
        "detached_to_persistent",
        "loaded_as_persistent",
    ):
        sa.event.listen(session, name, lambda _session, entity, name=name: log(name, log.show.name(entity)))
    note = models.Note(text="x")
    session.add(note)
    session.flush()
    session.delete(note)
    session.flush()
    session.rollback()
    other, third = models.Note(text="y"), models.Note(text="z")
    session.add_all([other, third])
    session.expunge(third)
    session.flush()
    session.rollback()
    session.add(other)
    session.commit()
    session.expunge(other)
    session.add(other)
    session.delete(other)
    session.commit()
    held = session.get(models.Note, 1)
    session.delete(held)
    session.flush()
    session.rollback()


@program
def flush_events(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    for name in (
        "before_flush",
        "after_flush",
        "after_flush_postexec",
        "before_commit",
        "after_commit",
        "after_rollback",
    ):
        sa.event.listen(session, name, lambda *_arguments, name=name: log(name))
    session.add(models.Note(text="x"))
    session.commit()
    session.add(models.Note(text="y"))
    session.flush()
    session.rollback()


@program
def move_between_parents(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    one, two = session.get(models.Post, 1), session.get(models.Post, 2)
    note = one.notes[0]
    two.notes.append(note)
    log("collections", one.notes, two.notes, note.post is two)
    session.flush()
    note.post = one
    log("collections", one.notes, two.notes)
    session.flush()
    log("key", note.post_id)
    log.dump("notes")


@program
def flush_order(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = models.Note(text="n")
    post = models.Post(title="p", notes=[note])
    user = models.User(name="u", posts=[post])
    doc = models.Doc(title="d")
    session.add_all([doc, note, post, user])
    session.get(models.User, 1).age = 31
    session.delete(session.get(models.Note, 2))
    session.flush()
    log("keys", user.id, post.id, note.id, post.user_id, note.post_id)
    log.dump("users", "posts", "notes", "docs")


@program
def self_reference(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Node(base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_id = sa.Column(sa.ForeignKey("node.id"))
        name = sa.Column(sa.String(10))
        children = orm.relationship("Node", back_populates="parent", cascade="all, delete-orphan", order_by="Node.id")
        parent = orm.relationship("Node", back_populates="children", remote_side="Node.id")

    session = log.session(base.metadata)
    root = Node(name="root", children=[Node(name="a", children=[Node(name="aa")]), Node(name="b")])
    session.add(root)
    session.commit()
    log("names", root.name, [child.name for child in root.children], root.children[0].children[0].parent.name)
    log.dump("node")
    root.children.pop(1)
    session.commit()
    session.delete(root)
    session.commit()
    log.dump("node")


@program
def cycle_in_one_flush(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Node(base):
        __tablename__ = "node"
        id = sa.Column(sa.Integer, primary_key=True)
        next_id = sa.Column(sa.ForeignKey("node.id"))
        next = orm.relationship("Node", remote_side="Node.id")

    session = log.session(base.metadata)
    one, two = Node(id=1), Node(id=2)
    one.next, two.next = two, one
    session.add_all([one, two])
    with log.raises("flush", "circular dependency detected"):
        session.flush()


@program
def passive_deletes(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = sa.Column(sa.Integer, primary_key=True)
        children = orm.relationship("Child", cascade="all, delete-orphan", passive_deletes=True)

    class Child(base):
        __tablename__ = "child"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_id = sa.Column(sa.ForeignKey("parent.id", ondelete="CASCADE"))

    session = log.session(base.metadata, {Parent: [{"id": 1}], Child: [{"id": 1, "parent_id": 1}]})
    session.delete(session.get(Parent, 1))
    session.flush()
    log.dump("child")


@program
def primary_key_change(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    post = session.get(models.Post, 1)
    post.notes  # noqa: B018
    post.id = 40
    session.flush()
    log("identity", sa.inspect(post).identity, post.notes[0].post_id)
    log.dump("posts", "notes")
