"""Joins that meet what is there already, link rows of deleted objects, keys that are None, listeners of attachments."""

from __future__ import annotations

import warnings
from typing import Any

from ..registry import program


def company(sa: Any, orm: Any) -> Any:
    Base = orm.declarative_base()

    class Person(Base):
        __tablename__ = "person"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        type = sa.Column(sa.String(20))
        boss_id = sa.Column(sa.ForeignKey("person.id"))
        boss = orm.relationship("Person", remote_side="Person.id", foreign_keys=boss_id)
        __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "person"}

    class Manager(Person):
        __tablename__ = "manager"
        id = sa.Column(sa.ForeignKey("person.id"), primary_key=True)
        title = sa.Column(sa.String(20))
        engineers = orm.relationship("Engineer", foreign_keys="Engineer.manager_id", back_populates="manager")
        __mapper_args__ = {"polymorphic_identity": "manager"}

    class Engineer(Person):
        __tablename__ = "engineer"
        id = sa.Column(sa.ForeignKey("person.id"), primary_key=True)
        manager_id = sa.Column(sa.ForeignKey("manager.id"))
        language = sa.Column(sa.String(20))
        manager = orm.relationship(Manager, foreign_keys=manager_id, back_populates="engineers")
        __mapper_args__ = {"polymorphic_identity": "engineer"}

    return Person, Manager, Engineer


@program
def automatic_aliases(sa: Any, orm: Any, log: Any) -> None:
    Person, Manager, Engineer = company(sa, orm)
    log.text("relationship", sa.select(Manager).join(Manager.engineers))
    log.text("class", sa.select(Manager).join(Engineer, Manager.engineers).where(Engineer.name == "x"))
    log.text("condition", sa.select(Manager).join(Engineer, Engineer.manager_id == Manager.id))
    log.text("both", sa.select(Manager, Engineer).join(Manager.engineers).order_by(Engineer.language, Manager.name))
    log.text("columns", sa.select(Engineer.name, Manager.name).outerjoin(Engineer.manager))
    log.text("explicit", sa.select(Manager).join(Manager.engineers.of_type(orm.aliased(Engineer, flat=True))))
    rows = {
        Person.__table__: [
            {"id": 1, "name": "m", "type": "manager"},
            {"id": 2, "name": "e", "type": "engineer"},
        ],
        Manager.__table__: [{"id": 1}],
        Engineer.__table__: [{"id": 2, "manager_id": 1}],
    }
    session = log.session(Person.metadata, rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = session.execute(sa.select(Manager, Engineer).join(Manager.engineers)).one()
        log("objects", [person.name for person in found])
        named = sa.select(Engineer.name, Manager.name).join(Engineer.manager)
        log("names", session.execute(named.where(Manager.name == "m")).all())
        read = sa.select(Manager).join(Manager.engineers).where(Engineer.name == "e").options()
        log("filtered", [manager.name for manager in session.scalars(read)])


@program
def the_same_join_twice(sa: Any, orm: Any, log: Any) -> None:
    Person = company(sa, orm)[0]
    other = orm.aliased(Person)
    log.text("twice", sa.select(other).join(other.boss).join(other.boss))
    log.text("outer", sa.select(other).join(other.boss).outerjoin(other.boss))
    log.text("by class", sa.select(other).join(Person, other.boss).join(other.boss))
    log.text("by condition", sa.select(other).join(Person, other.boss_id == Person.id).join(other.boss))
    for number, statement in enumerate(
        (
            sa.select(Person).join(Person.boss),
            sa.select(Person).join(Person, Person.boss),
            sa.select(Person).join(Person),
            sa.select(Person).join(Person, Person.id == Person.boss_id),
            sa.select(other).join(other.boss, Person.id == other.boss_id),
        )
    ):
        for words in ("they are the same entity", "Don't know how to join to", "No 'on clause' argument"):
            with log.raises(f"{number} {words}", words):
                str(statement)


@program
def link_rows_of_deleted_objects(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()
    links = sa.Table(
        "link",
        Base.metadata,
        sa.Column("post_id", sa.ForeignKey("post.id"), primary_key=True),
        sa.Column("tag_id", sa.ForeignKey("tag.id"), primary_key=True),
    )

    class Post(Base):
        __tablename__ = "post"
        id = sa.Column(sa.Integer, primary_key=True)
        text = sa.Column(sa.String(20))
        tags = orm.relationship("Tag", secondary=links, back_populates="posts")

    class Tag(Base):
        __tablename__ = "tag"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))
        posts = orm.relationship("Post", secondary=links, back_populates="tags")

    rows = {
        Post.__table__: [{"id": 1}, {"id": 2}, {"id": 3}],
        Tag.__table__: [{"id": 1}, {"id": 2}],
        links: [{"post_id": 1, "tag_id": 1}, {"post_id": 1, "tag_id": 2}, {"post_id": 2, "tag_id": 1}],
    }
    session = log.session(Base.metadata, rows)
    session.delete(session.get(Post, 1))
    session.get(Post, 2).text = "changed"
    session.add(Post(id=9, tags=[session.get(Tag, 2)]))
    session.flush()
    session.delete(session.get(Tag, 1))
    session.get(Tag, 2).name = "changed"
    session.flush()
    log.dump("post", "tag", "link")


@program
def keys_that_are_none(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()

    class Note(Base):
        __tablename__ = "note"
        id = sa.Column(sa.Integer, primary_key=True)
        page_id = sa.Column(sa.ForeignKey("page.id"))
        key = sa.Column(sa.String(20))

    class Page(Base):
        __tablename__ = "page"
        id = sa.Column(sa.Integer, primary_key=True)
        notes = orm.relationship(Note, collection_class=orm.attribute_keyed_dict("key"))
        quiet = orm.relationship(
            Note,
            collection_class=orm.attribute_keyed_dict("key", ignore_unpopulated_attribute=True),
            viewonly=True,
        )

    page = Page()
    page.notes.set(Note(key=None))
    log("keys", list(page.notes))
    with log.raises("not set", "can't populate value in KeyFuncDict; dictionary key derived from"):
        page.notes.set(Note())
    with log.raises("unknown key", "q"):
        page.notes.remove(Note(key="q"))
    page.notes.set(Note(key="a"))
    with log.raises("another", "Can not remove"):
        page.notes.remove(Note(key="a"))
    session = log.session(Base.metadata, {Page.__table__: [{"id": 5}], Note.__table__: [{"id": 1, "page_id": 5}]})
    log("loaded", list(session.get(Page, 5).notes))


@program
def transactions_begin_before_attachment(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()

    class Note(Base):
        __tablename__ = "note"
        id = sa.Column(sa.Integer, primary_key=True)

    session = log.session(Base.metadata)
    for name in ("after_transaction_create", "before_attach", "after_attach"):
        sa.event.listen(session, name, lambda *given, name=name: log(name, len(given)))
    note = Note()
    session.add(note)
    session.rollback()
    orm.make_transient_to_detached(note)
    note.__dict__.setdefault("id", 1)
    other = Note(id=7)
    orm.make_transient_to_detached(other)
    session.add(other)


@program
def dataclass_defaults(sa: Any, orm: Any, log: Any) -> None:
    with log.raises("both", "The 'default' and 'insert_default' parameters of Column are mutually exclusive"):
        orm.mapped_column(default=5, insert_default=7)

    class Base(orm.MappedAsDataclass, orm.DeclarativeBase):
        pass

    body = {
        "__tablename__": "thing",
        "__annotations__": {"id": orm.Mapped[int], "x": orm.Mapped[int]},
        "id": orm.mapped_column(primary_key=True, init=False),
    }
    with log.raises("default and factory", "cannot specify both default and default_factory"):
        type("Thing", (Base,), {**body, "x": orm.mapped_column(default=5, default_factory=lambda: 7)})


@program
def discriminators_set_to_none(sa: Any, orm: Any, log: Any) -> None:
    Base = orm.declarative_base()

    class Animal(Base):
        __tablename__ = "animal"
        id = sa.Column(sa.Integer, primary_key=True)
        kind = sa.Column(sa.String(20))
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}

    class Dog(Animal):
        __mapper_args__ = {"polymorphic_identity": "dog"}

    session = log.session(Base.metadata)
    for given in ({}, {"kind": None}, {"kind": "cat"}):
        session.add(Dog(**given))
        session.flush()
    log.dump("animal")
