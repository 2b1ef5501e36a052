# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Mapping a class: declarative with annotations elsewhere (annotated.py), with columns, imperative; and what a mapper tells."""

from __future__ import annotations

from typing import Any

from ..models import shop
from ..registry import program


@program
def three_ways(sa: Any, orm: Any, log: Any) -> None:
    class Modern(orm.DeclarativeBase):
        pass

    class One(Modern):
        __tablename__ = "t"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column("name_column", sa.String(20))

    older = orm.declarative_base()

    class Two(older):
        __tablename__ = "t"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column("name_column", sa.String(20))

    class Three:
        pass

    registry = orm.registry()
    table = sa.Table(
        "t", registry.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("name_column", sa.String(20))
    )
    registry.map_imperatively(Three, table, properties={"name": table.c.name_column})
    for kind in (One, Two, Three):
        log.text("create", sa.schema.CreateTable(kind.__table__ if hasattr(kind, "__table__") else table))
        mapper = sa.inspect(kind)
        log(
            "mapper",
            mapper.attrs.keys(),
            [column.name for column in mapper.columns],
            [c.name for c in mapper.primary_key],
        )
        log.text("select", sa.select(kind).where(kind.name == "x"))
        session = log.session(mapper.local_table.metadata)
        thing = kind()
        thing.name = "x"
        session.add(thing)
        session.commit()
        session.expunge_all()
        log("loaded", session.scalars(sa.select(kind)).one())


@program
def constructor(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    log("made", models.User(name="x", posts=[models.Post(title="p")]))
    with log.raises("unknown", "is an invalid keyword argument for User"):
        models.User(nonsense=1)
    with log.raises("positional", ""):
        models.User("x")


@program
def own_init_is_not_called_on_load(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = sa.Column(sa.Integer, primary_key=True)

        def __init__(self, key: int) -> None:
            log("init", key)
            self.id = key
            self.extra = "plain"

        @orm.reconstructor
        def loaded(self) -> None:
            log("reconstructed")
            self.extra = "again"

    session = log.session(base.metadata)
    session.add(Thing(5))
    session.commit()
    session.expunge_all()
    thing = session.get(Thing, 5)
    log("thing", thing.extra, thing)


@program
def class_attributes_are_expressions(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    log("str", str(models.User.name), str(models.User.name == "x"), str(models.User.posts))
    log(
        "facts",
        models.User.name.key,
        models.User.name.property.columns[0].name,
        models.User.name.type,
        models.User.posts.key,
    )
    log(
        "class",
        models.User.name.class_ is models.User,
        models.User.__table__.name,
        models.User.__mapper__ is sa.inspect(models.User),
    )
    log("any", str(models.User.posts.any(models.Post.title == "x")))
    log("has", str(models.Post.user.has(name="x")))
    log("equal", str(models.Post.user == models.User(id=1)), str(models.Post.user == None))  # noqa: E711
    log("contains", str(models.User.posts.contains(models.Post(id=1, user_id=1))))
    with log.raises("unknown", "has no attribute"):
        models.User.nonsense  # noqa: B018


@program
def relationship_facts(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    models.Base.registry.configure()
    for attribute in (models.User.posts, models.Post.user, models.Post.notes):
        made = attribute.property
        log(
            made.key,
            made.direction,
            made.uselist,
            made.mapper.class_,
            made.parent.class_,
            sorted(made.cascade),
            made.back_populates,
        )
        log(
            "pairs",
            [(str(left), str(right)) for left, right in made.local_remote_pairs],
            str(made.primaryjoin),
            made.lazy,
        )


@program
def without_primary_key(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()
    with log.raises("declarative", "could not assemble any primary key columns"):

        class Thing(base):
            __tablename__ = "thing"
            id = sa.Column(sa.Integer)

    table = sa.Table("t", sa.MetaData(), sa.Column("x", sa.Integer))

    class Other:
        pass

    with log.raises("imperative", "could not assemble any primary key columns"):
        orm.registry().map_imperatively(Other, table)

    class Keyed:
        pass

    orm.registry().map_imperatively(Keyed, table, primary_key=[table.c.x])
    log("mapped", [column.name for column in sa.inspect(Keyed).primary_key])


@program
def without_table(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()
    with log.raises("nothing", "does not have a __table__ or __tablename__ specified"):

        class Thing(base):
            id = sa.Column(sa.Integer, primary_key=True)


@program
def mapped_twice(sa: Any, orm: Any, log: Any) -> None:
    table = sa.Table("t", sa.MetaData(), sa.Column("x", sa.Integer, primary_key=True))

    class Thing:
        pass

    registry = orm.registry()
    registry.map_imperatively(Thing, table)
    with log.raises("twice", "already has a primary mapper defined"):
        registry.map_imperatively(Thing, table)
    base = orm.declarative_base()
    for name in ("First", "Second"):
        with log.raises("same table", "is already defined for this MetaData"):
            type(name, (base,), {"__tablename__": "same", "id": sa.Column(sa.Integer, primary_key=True)})


@program
def unmapped(sa: Any, orm: Any, log: Any) -> None:
    class Plain:
        pass

    session = log.session()
    for name, action in {
        "add": lambda: session.add(Plain()), "merge": lambda: session.merge(Plain()), "delete": lambda: session.delete(Plain()),
        "get": lambda: session.get(Plain, 1), "refresh": lambda: session.refresh(Plain()), "expunge": lambda: session.expunge(Plain()),
        "add class": lambda: session.add(Plain), "select": lambda: sa.select(Plain), "mapper": lambda: orm.class_mapper(Plain),
        "inspect": lambda: sa.inspect(Plain), "contains": lambda: Plain() in session, "query": lambda: session.query(Plain),
    }.items():  # fmt: skip
        with log.raises(name):
            action()


@program
def relationship_errors(sa: Any, orm: Any, log: Any) -> None:
    def classes(**wrong: Any) -> Any:
        base = orm.declarative_base()

        class Parent(base):
            __tablename__ = "parent"
            id = sa.Column(sa.Integer, primary_key=True)
            children = orm.relationship(wrong.get("target", "Child"), **wrong.get("options", {}))

        class Child(base):
            __tablename__ = "child"
            id = sa.Column(sa.Integer, primary_key=True)
            parent_id = sa.Column(sa.ForeignKey("parent.id")) if not wrong.get("bare") else sa.Column(sa.Integer)
            second_id = sa.Column(sa.ForeignKey("parent.id")) if wrong.get("two") else sa.Column(sa.Integer)

        return base, Parent

    for name, wrong in {
        "no foreign key": {"bare": True}, "two foreign keys": {"two": True}, "unknown class": {"target": "Nonsense"},
        "unknown back": {"options": {"back_populates": "nonsense"}}, "cascade": {"options": {"cascade": "nonsense"}},
        "keyword": {"options": {"nonsense": 1}}, "lazy": {"options": {"lazy": "nonsense"}},
        "join": {"options": {"primaryjoin": "Parent.id == Child.id"}}, "foreign": {"options": {"foreign_keys": "Child.nonsense"}},
    }.items():  # fmt: skip
        with log.raises(name):
            base, _parent = classes(**wrong)
            base.registry.configure()


@program
def foreign_key_to_missing_table(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Child(base):
        __tablename__ = "child"
        id = sa.Column(sa.Integer, primary_key=True)
        parent_id = sa.Column(sa.ForeignKey("absent.id"))

    with log.raises("create", "could not find table 'absent'"):
        base.metadata.create_all(log.engine())


@program
def column_options(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        __table_args__ = (sa.UniqueConstraint("a", "b", name="uq"), {"info": {"x": 1}})
        id = orm.mapped_column(sa.Integer, primary_key=True)
        a = orm.mapped_column(sa.Integer, default=5)
        b = orm.mapped_column(sa.String(5), server_default="srv")
        c = orm.mapped_column(sa.Integer, onupdate=lambda: 9)

    log.text("create", sa.schema.CreateTable(Thing.__table__))
    session = log.session(base.metadata)
    thing = Thing()
    session.add(thing)
    session.flush()
    log("flushed", thing)
    log("server", thing.b)
    thing.a = 6
    session.flush()
    log("updated", thing)
    log("c", thing.c)
    log.dump("thing")


@program
def composite_key(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Seat(base):
        __tablename__ = "seat"
        row = sa.Column(sa.Integer, primary_key=True)
        place = sa.Column(sa.String(2), primary_key=True)
        name = sa.Column(sa.String(10))

    session = log.session(base.metadata, {Seat: [{"row": 1, "place": "a", "name": "x"}]})
    seat = session.get(Seat, (1, "a"))
    log("seat", seat, sa.inspect(seat).identity_key, session.get(Seat, {"row": 1, "place": "a"}) is seat)
    seat.name = "y"
    session.add(Seat(row=2, place="b"))
    session.flush()
    with log.raises("get", "Incorrect number of values"):
        session.get(Seat, 1)
    session.merge(Seat(row=2, place="b", name="merged"))
    session.delete(seat)
    session.commit()
    log.dump("seat")


@program
def incomplete_key(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Word(base):
        __tablename__ = "word"
        key = sa.Column(sa.String(10), primary_key=True)

    session = log.session(base.metadata)
    session.add(Word())
    with log.raises("flush", ""):
        session.flush()
    session.rollback()
    log("none", session.get(Word, "absent"))
    with log.raises("get none", ""):
        log("found", session.get(Word, None))


@program
def mixins(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Stamped:
        created = sa.Column(sa.Integer, default=7)

        @orm.declared_attr
        def __tablename__(cls) -> str:
            return cls.__name__.lower()

    class Thing(Stamped, base):
        id = sa.Column(sa.Integer, primary_key=True)

    class Other(Stamped, base):
        id = sa.Column(sa.Integer, primary_key=True)

    log.text("thing", sa.schema.CreateTable(Thing.__table__))
    log.text("other", sa.schema.CreateTable(Other.__table__))
    session = log.session(base.metadata)
    session.add(Thing(id=1))
    session.flush()


@program
def validators(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(10))

        @orm.validates("name")
        def check(self, key: str, value: str) -> str:
            if value == "bad":
                raise ValueError("bad name")
            return value.upper()

    log("made", Thing(name="x"))
    with log.raises("bad", "bad name"):
        Thing(name="bad")


@program
def wrong_assignments(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    user, post = models.User(name="x"), models.Post()
    with log.raises("collection of none", ""):
        user.posts = None
    with log.raises("collection of one", ""):
        user.posts = post
    with log.raises("append a number", ""):
        user.posts.append(5)
    with log.raises("reference to a number", ""):
        post.user = 5
    with log.raises("reference to a wrong class", ""):
        post.user = models.Note()
        session = log.session(models.metadata)
        session.add(post)
        session.flush()


@program
def backrefs_in_memory(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    one, two = models.User(name="one"), models.User(name="two")
    post, other = models.Post(title="p"), models.Post(title="q")
    one.posts.append(post)
    log("appended", post.user is one)
    two.posts = [post, other]
    log("replaced", one.posts, two.posts, post.user is two)
    post.user = one
    log("assigned", one.posts, two.posts)
    post.user = None
    log("none", one.posts, two.posts)
    two.posts[0] = post
    log("item", two.posts, other.user, post.user is two)
    two.posts.extend([other, models.Post(title="r")])
    two.posts.insert(0, two.posts.pop())
    log("moved", [entry.title for entry in two.posts])
    two.posts.remove(post)
    del two.posts[0]
    log("left", [entry.title for entry in two.posts], post.user)
    two.posts.clear()
    log("cleared", two.posts, other.user)
    two.posts += [post]
    log("added", two.posts, post.user is two)


@program
def single_reference(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()

    class Person(base):
        __tablename__ = "person"
        id = sa.Column(sa.Integer, primary_key=True)
        passport = orm.relationship("Passport", back_populates="person", uselist=False, cascade="all, delete-orphan")

    class Passport(base):
        __tablename__ = "passport"
        id = sa.Column(sa.Integer, primary_key=True)
        person_id = sa.Column(sa.ForeignKey("person.id"))
        person = orm.relationship("Person", back_populates="passport")

    session = log.session(base.metadata)
    person = Person(id=1, passport=Passport(id=1))
    session.add(person)
    session.flush()
    person.passport = Passport(id=2)
    session.commit()
    log("passport", person.passport)
    person.passport = None
    session.commit()
    log.dump("passport")


@program
def many_to_many(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()
    link = sa.Table(
        "link",
        base.metadata,
        sa.Column("a_id", sa.ForeignKey("left.id"), primary_key=True),
        sa.Column("b_id", sa.ForeignKey("right.id"), primary_key=True),
    )

    class Left(base):
        __tablename__ = "left"
        id = sa.Column(sa.Integer, primary_key=True)
        rights = orm.relationship("Right", secondary=link, back_populates="lefts", order_by="Right.id")

    class Right(base):
        __tablename__ = "right"
        id = sa.Column(sa.Integer, primary_key=True)
        lefts = orm.relationship("Left", secondary=link, back_populates="rights")

    session = log.session(base.metadata)
    left = Left(id=1, rights=[Right(id=1), Right(id=2)])
    session.add(left)
    session.commit()
    log("rights", left.rights)
    left.rights.pop(0)
    session.commit()
    log.dump("link")
    session.delete(left)
    session.commit()
    log.dump("link", "right")


@program
def star_imports(sa: Any, orm: Any, log: Any) -> None:
    names = ("Table", "Column", "Integer", "String", "ForeignKey", "MetaData", "create_engine", "select")
    orm_names = ("relationship", "sessionmaker", "Session", "declarative_base", "registry")
    for module, wanted in ((sa, names), (orm, orm_names)):
        public = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
        log("names", [name for name in wanted if name not in public])


@program
def default_repr(sa: Any, orm: Any, log: Any) -> None:
    models = shop(sa, orm)
    log("class", repr(models.User).split(".")[-1], models.User.__name__, str(sa.inspect(models.User)))
    log("is", isinstance(models.User(), models.User), models.User.__init__.__name__, models.User() == models.User())
