"""What a flush must know of a row before it is overwritten: keys that others follow, versions, second updates."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ..registry import program


def coded(sa: Any, orm: Any, log: Any, **options: Any) -> SimpleNamespace:
    """Parents with a natural key of one column, their children and tags; nothing follows by itself."""
    base = orm.declarative_base()
    link = sa.Table(
        "parent_tag",
        base.metadata,
        sa.Column("parent_code", sa.ForeignKey("parent.code"), primary_key=True),
        sa.Column("tag_id", sa.ForeignKey("tag.id"), primary_key=True),
    )

    class Parent(base):
        __tablename__ = "parent"
        code = sa.Column(sa.String(5), primary_key=True)
        name = sa.Column(sa.String(5))
        children = orm.relationship("Child", passive_updates=False, order_by="Child.id")
        tags = orm.relationship("Tag", secondary=link, passive_updates=False, backref="parents", order_by="Tag.id")

    class Child(base):
        __tablename__ = "child"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_code = sa.Column(sa.ForeignKey("parent.code"))

    class Tag(base):
        __tablename__ = "tag"
        id = sa.Column(sa.Integer, primary_key=True)

    rows: dict[Any, Any] = {
        Parent: [{"code": "a", "name": "A"}, {"code": "b", "name": "B"}],
        Child: [{"id": 1, "parent_code": "a"}, {"id": 2, "parent_code": "a"}],
        Tag: [{"id": 1}, {"id": 2}],
        link: [{"parent_code": "a", "tag_id": 1}, {"parent_code": "a", "tag_id": 2}, {"parent_code": "b", "tag_id": 2}],
    }
    session = log.session(base.metadata, rows, **options)
    return SimpleNamespace(session=session, Parent=Parent, Child=Child, Tag=Tag)


@program
def key_of_an_expired_object(sa: Any, orm: Any, log: Any) -> None:
    m = coded(sa, orm, log)
    parent = m.session.get(m.Parent, "a")
    m.session.commit()
    parent.code = "z"
    log("history", *sa.inspect(parent).attrs.code.history)
    m.session.commit()
    log.dump("parent", "child", "parent_tag")


@program
def key_of_a_loaded_object(sa: Any, orm: Any, log: Any) -> None:
    m = coded(sa, orm, log)
    parent = m.session.get(m.Parent, "a")
    log("held", len(parent.children), len(parent.tags))
    parent.code = "z"
    m.session.flush()
    parent.code = "y"
    m.session.commit()
    log.dump("parent", "child", "parent_tag")


@program
def key_set_to_itself(sa: Any, orm: Any, log: Any) -> None:
    m = coded(sa, orm, log)
    parent = m.session.get(m.Parent, "a")
    m.session.commit()
    parent.code = "a"
    m.session.commit()
    log.dump("parent_tag")


@program
def key_of_two_columns(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Place(base):
        __tablename__ = "place"
        x = sa.Column(sa.Integer, primary_key=True)
        y = sa.Column(sa.Integer, primary_key=True)
        things = orm.relationship("Thing", passive_updates=False)

    class Thing(base):
        __tablename__ = "thing"
        id = sa.Column(sa.Integer, primary_key=True)
        x = sa.Column(sa.Integer)
        y = sa.Column(sa.Integer)
        __table_args__ = (sa.ForeignKeyConstraint(["x", "y"], ["place.x", "place.y"]),)

    session = log.session(base.metadata, {Place: [{"x": 1, "y": 2}], Thing: [{"id": 1, "x": 1, "y": 2}]})
    place = session.get(Place, (1, 2))
    session.commit()
    place.x = 5
    session.commit()
    log.dump("place", "thing")


@program
def key_that_is_an_expression(sa: Any, orm: Any, log: Any) -> None:
    m = coded(sa, orm, log)
    tag = m.Tag(id=7)
    m.session.add(tag)
    m.session.flush()
    tag.id = sa.func.abs(-50)
    m.session.flush()
    log("identity", sa.inspect(tag).identity, tag.id, m.session.get(m.Tag, 50) is tag)
    m.session.commit()
    log.dump("tag")


@program
def columns_with_active_history(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Item(base):
        __tablename__ = "item"
        id = sa.Column(sa.Integer, primary_key=True)
        a = orm.column_property(sa.Column("a", sa.Integer), active_history=True)
        b = sa.Column(sa.Integer)

    session = log.session(base.metadata, {Item: [{"id": 1, "a": 1, "b": 1}]})
    item = session.get(Item, 1)
    for change in ("a = 2", "b = 2", "id = 5"):
        session.commit()
        session.add(Item(id=len(change) * 10 + ord(change[0])))
        key, value = change.split(" = ")
        setattr(item, key, int(value))
        log(change, sa.inspect(item).attrs[key].history.deleted)
        session.rollback()
    for key in ("a", "b", "id"):
        session.add(Item(id=9))
        delattr(item, key)
        log(f"del {key}", sa.inspect(item).attrs[key].history.deleted)
        session.rollback()


def versioned(sa: Any, orm: Any, log: Any, **options: Any) -> SimpleNamespace:
    base = orm.declarative_base()

    class Note(base):
        __tablename__ = "note"
        id = sa.Column(sa.Integer, primary_key=True)
        version = sa.Column(sa.Integer, nullable=False)
        text = sa.Column(sa.String(9))
        changed = sa.Column(sa.Integer, onupdate=lambda: 9)
        first_id = sa.Column(sa.ForeignKey("note.id"))
        first = orm.relationship("Note", remote_side="Note.id", post_update=True)
        __mapper_args__ = {"version_id_col": version, **options}

    rows = {Note: [{"id": 1, "version": 1, "text": "a"}, {"id": 2, "version": 1, "text": "b"}]}
    session = log.session(base.metadata, rows, autoflush=False)
    return SimpleNamespace(session=session, Note=Note, table=Note.__table__)


@program
def version_set_by_hand(sa: Any, orm: Any, log: Any) -> None:
    for other_writer in (False, True):
        m = versioned(sa, orm, log, version_id_generator=False)
        note = m.session.get(m.Note, 1)
        m.session.commit()
        note.text, note.version = "mine", 2
        if other_writer:
            m.session.connection().exec_driver_sql("UPDATE note SET version=2, text='theirs'")
        with log.raises("commit"):
            m.session.commit()
        m.session.rollback()
        log.dump("note")


@program
def version_set_though_generated(sa: Any, orm: Any, log: Any) -> None:
    m = versioned(sa, orm, log)
    note = m.session.get(m.Note, 1)
    m.session.commit()
    note.version = 50
    m.session.commit()
    log.dump("note")


@program
def second_updates_of_new_rows(sa: Any, orm: Any, log: Any) -> None:
    m = versioned(sa, orm, log)
    one, two = m.Note(id=3), m.Note(id=4)
    one.first, two.first = two, one
    m.session.add_all([one, two])
    m.session.commit()
    log.dump("note")
    one.text, one.first = "x", None
    m.session.commit()
    log("version", one.version)


@program
def second_updates_count_versions(sa: Any, orm: Any, log: Any) -> None:
    m = versioned(sa, orm, log)
    one, two = m.session.get(m.Note, 1), m.session.get(m.Note, 2)
    one.first = two
    m.session.commit()
    log("version", one.version, one.changed)
    m.session.connection().exec_driver_sql("UPDATE note SET version=77")
    one.first = None
    with log.raises("stale", "expected to update 1 row(s); 0 were matched"):
        m.session.commit()
    m.session.rollback()
    log.dump("note")


@program
def second_updates_before_a_delete(sa: Any, orm: Any, log: Any) -> None:
    m = versioned(sa, orm, log)
    one, two = m.session.get(m.Note, 1), m.session.get(m.Note, 2)
    one.first, two.first = two, one
    m.session.commit()
    log("loaded", one.version, two.version)
    m.session.delete(one)
    m.session.delete(two)
    m.session.commit()
    log.dump("note")


@program
def inherited_keys_that_the_database_passes_on(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(5))
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "thing"}

    class Tool(Thing):
        __tablename__ = "tool"
        id = sa.Column(sa.ForeignKey("thing.id", onupdate="CASCADE"), primary_key=True)
        size = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "tool"}

    class Toy(Thing):
        __tablename__ = "toy"
        toy_id = sa.Column(sa.ForeignKey("thing.id", onupdate="CASCADE"), primary_key=True)
        age = sa.Column(sa.Integer)
        __mapper_args__ = {"polymorphic_identity": "toy"}

    engine = log.engine()
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON"))
    with log.quiet():
        base.metadata.create_all(engine)
    session = orm.Session(engine)
    session.add_all([Tool(id=1, size=1), Toy(id=2, age=2)])
    session.commit()
    tool, toy = session.get(Tool, 1), session.get(Toy, 2)
    tool.id, toy.id = 10, 20
    session.flush()
    log("keys", tool.id, toy.id, toy.toy_id)
    tool.id, tool.size, toy.age = 11, 5, 6
    session.commit()
    log.dump("thing", "tool", "toy")


@program
def defaults_do_not_see_expressions(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Item(base):
        __tablename__ = "item"
        id = sa.Column(sa.Integer, primary_key=True)
        n = sa.Column(sa.Integer)
        seen = sa.Column(sa.Boolean, default=lambda context: "n" in context.get_current_parameters())

    session = log.session(base.metadata)
    session.add(Item(id=1, n=sa.func.abs(-3)))
    session.flush()
    session.add_all([Item(id=2, n=4), Item(id=3)])
    session.commit()
    log.dump("item")


@program
def merged_owners_of_streams(sa: Any, orm: Any, log: Any) -> None:
    for lazy in ("dynamic", "write_only"):
        base = orm.declarative_base()

        class Owner(base):  # type: ignore[misc,valid-type]
            __tablename__ = "owner"
            id = sa.Column(sa.Integer, primary_key=True)
            things = orm.relationship("Thing", back_populates="owner", lazy=lazy)

        class Thing(base):  # type: ignore[misc,valid-type]
            __tablename__ = "thing"
            id = sa.Column(sa.Integer, primary_key=True)
            owner_id = sa.Column(sa.ForeignKey("owner.id"))
            owner = orm.relationship("Owner", back_populates="things")

        session = log.session(base.metadata)
        session.merge(Owner(id=5, things=[Thing(id=3)]))
        log("new", len(session.new))
        session.commit()
        log.dump("owner", "thing")


@program
def removed_members_that_the_database_handles(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Owner(base):
        __tablename__ = "owner"
        id = sa.Column(sa.Integer, primary_key=True)
        things = orm.relationship("Thing", passive_deletes="all", order_by="Thing.id")

    class Thing(base):
        __tablename__ = "thing"
        id = sa.Column(sa.Integer, primary_key=True)
        owner_id = sa.Column(sa.ForeignKey("owner.id"))

    rows = {Owner: [{"id": 1}], Thing: [{"id": 1, "owner_id": 1}, {"id": 2, "owner_id": 1}]}
    session = log.session(base.metadata, rows)
    owner = session.get(Owner, 1)
    owner.things.pop()
    session.commit()
    owner.things = []
    session.commit()
    log.dump("thing")
