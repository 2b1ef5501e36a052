"""Merge: finding the target and copying state, statements 1 to 24 (25 is in annotated.py) of the checklist."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


def start(sa: Any, orm: Any, log: Any, **options: Any) -> tuple[Any, Any]:
    models = shop(sa, orm)
    return models, log.session(models.metadata, models.rows, **options)


@program
def s01_source_without_key(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.User(name="new")
    merged = session.merge(source)
    log("merged", merged, merged is source)
    log.states(source, merged)
    log.sets(session)
    session.commit()
    log.dump("users")


@program
def s02_identity_present(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    present = session.get(models.User, 1)
    merged = session.merge(models.User(id=1, name="changed"))
    log("same", merged is present, merged)
    session.flush()
    log.dump("users")


@program
def s03_one_select_by_key(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.User(id=2, name="changed"))
    log("merged", merged)
    log.states(merged)
    session.flush()


@program
def s04_no_row(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.User(id=9, name="nine"))
    log("merged", merged)
    session.flush()
    log.states(merged)
    log.dump("users")


@program
def s04_detached_source_row_vanished(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = session.get(models.User, 2)
    session.expunge(source)
    session.execute(sa.delete(models.Post))
    session.execute(sa.delete(models.User).where(models.User.id == 2))
    merged = session.merge(source)
    log("merged", merged)
    session.commit()
    log.dump("users")


@program
def s05_source_untouched(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.User(id=1, name="changed")
    first = session.merge(source)
    log("source", source, source in session)
    session.rollback()
    session.expunge_all()
    second = session.merge(source)
    log("again", first is second, second)
    session.flush()


@program
def s06_persistent_returns_itself(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    present = session.get(models.User, 1)
    present.name = "changed"
    with session.no_autoflush:
        log("same", session.merge(present) is present)
    log.sets(session)


@program
def s07_autoflush_first(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.add(models.User(id=5, name="pending"))
    log("merged", session.merge(models.User(id=1, name="changed")))
    session.add(models.User(id=6, name="pending"))
    source = models.User(id=2, name="loaded")
    orm.make_transient_to_detached(source)
    log("unloaded", session.merge(source, load=False))
    log.sets(session)


@program
def s08_no_autoflush_inside(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.User(id=7, name="seven", posts=[models.Post(id=1, title="moved"), models.Post(id=8, title="new")])
    merged = session.merge(source)
    log("merged", merged, *merged.posts)
    session.flush()
    log.dump("users", "posts")


@program
def s09_pending_again_autoflush_off(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autoflush=False)
    pending = models.User(id=5, name="pending")
    session.add(pending)
    merged = session.merge(pending)
    log("merged", merged, merged is pending)
    log.sets(session)


@program
def s09_pending_again_autoflush_on(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    pending = models.User(id=5, name="pending")
    session.add(pending)
    merged = session.merge(pending)
    log("merged", merged, merged is pending)
    log.sets(session)


@program
def s10_other_unique_constraint(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.merge(models.User(name="other", email="ann@x"))
    with log.raises("flush", "UNIQUE"):
        session.flush()
    session.rollback()
    log.dump("users")


@program
def s11_target_deleted_autoflush_off(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autoflush=False)
    doomed = session.get(models.Note, 2)
    session.delete(doomed)
    merged = session.merge(models.Note(id=2, text="merged"))
    log("same", merged is doomed, merged)
    session.commit()
    log.states(doomed)
    log.dump("notes")


@program
def s11_target_deleted_autoflush_on(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    doomed = session.get(models.User, 2)
    session.delete(doomed)
    merged = session.merge(models.User(id=2, name="fresh"))
    log("same", merged is doomed, merged)
    session.commit()
    log.dump("users")


@program
def s12_options_apply(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.User(id=1, name="changed"), options=[orm.selectinload(models.User.posts)])
    log("merged", merged)


@program
def s13_only_present_attributes(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.User(id=1, age=31, name="ann"))
    session.flush()
    log("merged", merged)
    log.dump("users")


@program
def s14_none_overwrites(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    session.merge(models.User(id=1, email=None))
    session.flush()
    log.dump("users")


@program
def s15_reading_does_not_make_present(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.User(id=1, name="changed")
    log("read", source.age, source.posts)
    merged = session.merge(source)
    session.flush()
    log("merged", merged)
    log.dump("users", "posts")


@program
def s16_absent_leaves_local_change(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log, autoflush=False)
    present = session.get(models.User, 1)
    present.age = 99
    session.merge(models.User(id=1, name="changed"))
    log("present", present)
    session.flush()
    log.dump("users")


@program
def s17_absent_not_loaded_stays_unloaded(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    present = session.get(models.User, 1)
    session.expire(present, ["age"])
    merged = session.merge(models.User(id=1, name="changed"))
    log("merged", merged)
    log("age", merged.age)


@program
def s18_equal_values_no_history(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    present = session.get(models.Doc, 1)
    session.merge(models.Doc(id=1, title="t", body="b", version=1))
    log("modified", session.is_modified(present))
    log.sets(session)
    session.flush()
    log.dump("docs")


@program
def s19_collection_replaces(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.User(id=1, name="ann", posts=[models.Post(id=2, title="kept"), models.Post(title="new")])
    merged = session.merge(source)
    log("merged", merged, *merged.posts)
    log.sets(session)
    session.commit()
    log.dump("posts")


@program
def s19_collection_without_orphans(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.Post(id=1, notes=[models.Note(id=2, text="moved")]))
    log("merged", merged, *merged.notes)
    session.commit()
    log.dump("notes")


@program
def s20_collection_absent(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.User(id=1, name="changed"))
    session.flush()
    log("merged", merged)
    log.dump("posts")


@program
def s21_reference_none_beats_key(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    merged = session.merge(models.Note(id=1, post_id=2, post=None))
    session.flush()
    log("merged", merged)
    log.dump("notes")


@program
def s22_one_key_twice(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.Post(id=1, notes=[models.Note(id=1, text="first"), models.Note(id=1, text="second")])
    merged = session.merge(source)
    log("merged", merged, *merged.notes)
    session.flush()
    log.dump("notes")


@program
def s23_cascade_without_merge(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = sa.Column(sa.Integer, primary_key=True)
        children = orm.relationship("Child", cascade="save-update")

    class Child(base):
        __tablename__ = "child"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_id = sa.Column(sa.ForeignKey("parent.id"))

    session = log.session(base.metadata, {Parent: [{"id": 1}], Child: [{"id": 1, "parent_id": 1}]})
    merged = session.merge(Parent(id=1, children=[Child(id=2)]))
    log("merged", merged)
    session.flush()
    log.dump("child")


@program
def s24_children_cost_one_select(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    source = models.User(id=1, posts=[models.Post(id=1, title="a"), models.Post(id=2, title="b")])
    session.merge(source)
    log("merged")
    session.flush()


@program
def part1_identity_conflict(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table(
        "product", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20))
    )

    class Product:
        pass

    orm.registry().map_imperatively(Product, table)
    session = log.session(metadata)
    first, second = Product(), Product()
    first.id = second.id = 1
    first.name, second.name = "first", "second"
    session.add(first)
    session.commit()
    log("held", first.name)
    with log.raises("conflict", "UNIQUE constraint failed"), session.begin_nested():
        session.add(second)
    log.states(first, second)
    first.name = "still alive"
    session.commit()
    log.dump("product")


@program
def part1_merge_from_outside(sa: Any, orm: Any, log: Any) -> None:
    metadata = sa.MetaData()
    table = sa.Table(
        "product",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(20)),
        sa.Column("price", sa.Integer),
    )

    class Product:
        pass

    orm.registry().map_imperatively(Product, table)
    session = log.session(metadata, {table: [{"id": 1, "name": "first", "price": 5}]})
    obj1 = session.get(Product, 1)
    obj2 = Product()
    obj2.id, obj2.name = 1, "merged"
    obj3 = session.merge(obj2)
    log("identity", obj3 is obj1, obj3 is not obj2, obj3)
    session.commit()
    session.expunge_all()
    obj4 = session.merge(obj2)
    log("after expunge_all", obj4 is obj1, obj4)
    log.dump("product")


@program
def s17_absent_from_both_after_an_insert(sa: Any, orm: Any, log: Any) -> None:
    models, session = start(sa, orm, log)
    note = models.Note(id=77)
    session.add(note)
    session.flush()
    log("as it was written", note.text)
    log("the same", session.merge(models.Note(id=77)) is note)
    log("read from the row", note.text)
