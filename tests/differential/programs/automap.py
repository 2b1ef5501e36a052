# ruff: noqa: E501  (DDL in one line is easier to compare)
"""Classes made from tables: automap, and declarative classes that wait for their tables."""

from __future__ import annotations

import re
from typing import Any

from ..registry import program

DDL = """
CREATE TABLE user (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);
CREATE TABLE address (id INTEGER PRIMARY KEY, email TEXT, user_id INTEGER NOT NULL, FOREIGN KEY (user_id) REFERENCES user(id));
CREATE TABLE note (id INTEGER PRIMARY KEY, user_id INTEGER, FOREIGN KEY (user_id) REFERENCES user(id) ON DELETE SET NULL);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE address_tag (address_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (address_id, tag_id), FOREIGN KEY (address_id) REFERENCES address(id), FOREIGN KEY (tag_id) REFERENCES tag(id));
CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER, FOREIGN KEY (parent_id) REFERENCES node(id));
CREATE TABLE no_key (a INTEGER, user_id INTEGER, FOREIGN KEY (user_id) REFERENCES user(id));
CREATE TABLE gone (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, FOREIGN KEY (user_id) REFERENCES user(id) ON DELETE CASCADE);
CREATE TABLE gone_too (id INTEGER PRIMARY KEY, user_id INTEGER, FOREIGN KEY (user_id) REFERENCES user(id) ON DELETE CASCADE);
CREATE TABLE with_more (address_id INTEGER, tag_id INTEGER, extra TEXT, PRIMARY KEY (address_id, tag_id), FOREIGN KEY (address_id) REFERENCES address(id), FOREIGN KEY (tag_id) REFERENCES tag(id))
"""


def database(log: Any, ddl: str = DDL) -> Any:
    engine = log.engine()
    with log.quiet(), engine.begin() as connection:
        for statement in ddl.strip().split(";\n"):
            connection.exec_driver_sql(statement)
    return engine


def log_classes(sa: Any, log: Any, classes: Any) -> None:
    for class_ in sorted(classes, key=lambda one: one.__name__):
        mapper = sa.inspect(class_)
        log("class", class_.__name__, class_.__table__.name, [prop.key for prop in mapper.column_attrs])
        for prop in sorted(mapper.relationships, key=lambda prop: prop.key):
            secondary = None if prop.secondary is None else prop.secondary.name
            log("relationship", prop.key, prop.direction.name, prop.uselist, prop.mapper.class_.__name__, secondary)
            log(
                "how",
                sorted(prop.cascade),
                prop.passive_deletes,
                prop.collection_class and prop.collection_class.__name__,
            )


def prepare(log: Any, base: Any, *args: Any, **kw: Any) -> None:
    with log.quiet():
        base.prepare(*args, **kw)


@program
def plain(sa: Any, orm: Any, log: Any) -> None:
    base = log.module("ext.automap").automap_base()
    log("before", list(base.classes.keys()))
    prepare(log, base, autoload_with=database(log))
    log("names", sorted(base.classes.keys()), "user" in base.classes, len(base.classes), base.classes.get("none"))
    log_classes(sa, log, base.classes)
    with log.raises("attribute"):
        _ = base.classes.nothing
    with log.raises("item"):
        base.classes["nothing"]
    user = base.classes.user(name="x", address_collection=[base.classes.address(email="q")])
    log("other side", user.address_collection[0].user is user)


@program
def rows(sa: Any, orm: Any, log: Any) -> None:
    base = log.module("ext.automap").automap_base()
    engine = database(log)
    prepare(log, base, autoload_with=engine)
    user, address, tag = base.classes.user, base.classes.address, base.classes.tag
    with orm.Session(engine) as session:
        with log.quiet():
            session.add(user(name="ann", address_collection=[address(email="a", tag_collection=[tag(name="t")])]))
            session.commit()
        found = session.scalars(sa.select(address).join(user).where(user.name == "ann")).one()
        log("found", found.email, found.user.name, [one.name for one in found.tag_collection])
        with log.quiet():
            session.delete(found.user)
            session.commit()
    log.dump("user", "address", "address_tag", "tag", engine=engine)


@program
def declared_classes(sa: Any, orm: Any, log: Any) -> None:
    base = log.module("ext.automap").automap_base()

    class User(base):
        __tablename__ = "user"
        user_name = sa.Column("name", sa.String)
        address_collection = orm.relationship("address", collection_class=set)

        def greet(self) -> str:
            return f"hi {self.user_name}"

    class Abstract(base):
        __abstract__ = True

    with log.raises("waits", "is not mapped"):
        orm.class_mapper(User)
    with log.raises("inspected", "Mappings are not produced until the .prepare() method is called"):
        sa.inspect(User)
    prepare(log, base, autoload_with=database(log))
    log("names", sorted(base.classes.keys()))
    log_classes(sa, log, [User, *base.classes])
    log("method", User(user_name="z").greet(), type(User().address_collection).__name__)


@program
def names(sa: Any, orm: Any, log: Any) -> None:
    base = log.module("ext.automap").automap_base()
    calls: list[Any] = []

    def class_name(base: Any, tablename: str, table: Any) -> str:
        return re.sub(r"(?:^|_)([a-z])", lambda match: match.group(1).upper(), tablename)

    def scalar(base: Any, local: Any, referred: Any, constraint: Any) -> str:
        calls.append([local.__name__, referred.__name__, [column.name for column in constraint.columns]])
        return f"{referred.__name__.lower()}_ref"

    def collection(base: Any, local: Any, referred: Any, constraint: Any) -> str:
        return f"{local.__name__.lower()}_{referred.__name__.lower()}s"

    prepare(
        log, base, autoload_with=database(log), classname_for_table=class_name,
        name_for_scalar_relationship=scalar, name_for_collection_relationship=collection,
    )  # fmt: skip
    log_classes(sa, log, base.classes)
    log("calls", sorted(calls))


@program
def generated_relationships(sa: Any, orm: Any, log: Any) -> None:
    automap = log.module("ext.automap")
    base = automap.automap_base()
    calls: list[Any] = []

    def generate(base: Any, direction: Any, make: Any, name: str, local: Any, referred: Any, **kw: Any) -> Any:
        calls.append([direction.name, make.__name__, local.__name__, referred.__name__, sorted(kw)])
        if direction.name == "ONETOMANY":
            kw["cascade"] = "all, delete-orphan"
            kw["passive_deletes"] = True
        return automap.generate_relationship(base, direction, make, name, local, referred, **kw)

    small = ";\n".join(DDL.strip().split(";\n")[:3])
    prepare(log, base, autoload_with=database(log, small), generate_relationship=generate)
    log_classes(sa, log, base.classes)
    log("calls", sorted(calls))
    none = automap.automap_base()
    prepare(log, none, autoload_with=database(log), generate_relationship=lambda *args, **kw: None)
    log_classes(sa, log, none.classes)
    with log.raises("unknown", "Unknown relationship function"):
        automap.generate_relationship(base, None, print, "x", None, None)


@program
def bases_and_metadata(sa: Any, orm: Any, log: Any) -> None:
    automap = log.module("ext.automap")
    engine = database(log)
    metadata = sa.MetaData()
    with log.quiet():
        metadata.reflect(engine, only=["user", "address"])
    base = automap.automap_base(metadata=metadata)
    base.prepare()
    log_classes(sa, log, base.classes)
    base.prepare()
    log("again", sorted(base.classes.keys()))

    class Declared(orm.DeclarativeBase):
        pass

    for given in (Declared, orm.declarative_base()):
        other = automap.automap_base(given)
        prepare(log, other, autoload_with=engine, reflection_options={"only": ["address", "tag"]})
        log("names", sorted(other.classes.keys()), issubclass(other, given))
    sets = automap.automap_base()
    prepare(log, sets, autoload_with=engine, collection_class=set)
    log("collection", type(sets.classes.user().address_collection).__name__)
    twice = automap.automap_base()
    prepare(log, twice, autoload_with=engine, reflection_options={"only": ["user"]})
    prepare(log, twice, autoload_with=engine, reflection_options={"only": ["address"]})
    log_classes(sa, log, twice.classes)


@program
def modules(sa: Any, orm: Any, log: Any) -> None:
    base = log.module("ext.automap").automap_base()
    small = ";\n".join(DDL.strip().split(";\n")[:2])
    prepare(log, base, autoload_with=database(log, small), modulename_for_table=lambda base, name, table: f"mod.{name}")
    log("names", sorted(base.classes.keys()), sorted(base.by_module.keys()), sorted(base.by_module.mod.keys()))
    log("class", base.by_module.mod.user.user.__name__, base.by_module.mod.user.user.__module__)


@program
def conflicts(sa: Any, orm: Any, log: Any) -> None:
    automap = log.module("ext.automap")
    base = automap.automap_base()
    prepare(
        log,
        base,
        autoload_with=database(
            log,
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER, FOREIGN KEY (b) REFERENCES b(id));\nCREATE TABLE b (id INTEGER PRIMARY KEY)",
        ),
    )


@program
def older_arguments(sa: Any, orm: Any, log: Any) -> None:
    base = log.module("ext.automap").automap_base()
    prepare(log, base, database(log), reflect=True)
    log("names", sorted(base.classes.keys()))


@program
def a_column_with_the_name_of_a_relationship(sa: Any, orm: Any, log: Any) -> None:
    base = orm.declarative_base()
    table = sa.Table(
        "a", base.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("b", sa.ForeignKey("b.id"))
    )

    class B(base):
        __tablename__ = "b"
        id = sa.Column(sa.Integer, primary_key=True)

    with log.raises("conflict", "column 'b' conflicts with property"):

        class A(base):
            __table__ = table
            b = orm.relationship(B)

    class Renamed(base):
        __table__ = table
        b_id = table.c.b
        b = orm.relationship(B)

    log("properties", sorted(prop.key for prop in sa.inspect(Renamed).attrs))


@program
def deferred_reflection(sa: Any, orm: Any, log: Any) -> None:
    deferred = log.module("ext.declarative").DeferredReflection
    base = orm.declarative_base()

    class Reflected(deferred, base):
        __abstract__ = True

    class User(Reflected):
        __tablename__ = "user"
        addresses = orm.relationship("Address", back_populates="user")

    class Address(Reflected):
        __tablename__ = "address"
        mail = sa.Column("email", sa.String(7))
        user = orm.relationship("User", back_populates="addresses")
        tags = orm.relationship("Tag", secondary="address_tag")

    class Tag(Reflected):
        __tablename__ = "tag"

    log("columns", User.__table__.c.keys(), Address.__table__.c.keys())
    with log.raises("class_mapper", "is not mapped"):
        orm.class_mapper(User)
    for look in (sa.inspect, sa.select):
        with log.raises("look", "is a subclass of DeferredReflection.  Mappings are not produced until the .prepare()"):
            look(User)
    engine = database(log)
    with log.raises("no bind", "Expected Engine or Connection"):
        Reflected.prepare("sqlite://")
    prepare(log, Reflected, engine)
    log_classes(sa, log, [User, Address, Tag])
    log("types", repr(Address.__table__.c.email.type), sorted(base.metadata.tables))
    user = User(name="z", addresses=[Address(mail="q", tags=[Tag(name="t")])])
    with log.quiet(), orm.Session(engine) as session:
        session.add(user)
        session.commit()
    log.dump("user", "address", "address_tag", engine=engine)


@program
def deferred_hierarchy(sa: Any, orm: Any, log: Any) -> None:
    deferred = log.module("ext.declarative").DeferredReflection

    class Base(orm.DeclarativeBase):
        pass

    class Here(deferred):
        __abstract__ = True

    class There(deferred):
        __abstract__ = True

    class Person(Here, Base):
        __tablename__ = "person"
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

    class Boss(Person):
        __tablename__ = "boss"
        __mapper_args__ = {"polymorphic_identity": "boss"}

    class Clerk(Person):
        __mapper_args__ = {"polymorphic_identity": "clerk"}

    class Other(There, Base):
        __tablename__ = "nothing"

    engine = database(
        log,
        "CREATE TABLE person (id INTEGER PRIMARY KEY, kind TEXT, name TEXT);\nCREATE TABLE boss (id INTEGER PRIMARY KEY, car TEXT, FOREIGN KEY (id) REFERENCES person(id))",
    )
    prepare(log, Here, engine)
    for class_ in (Person, Boss, Clerk):
        mapper = sa.inspect(class_)
        log(
            "class",
            class_.__name__,
            [prop.key for prop in mapper.attrs],
            mapper.inherits and mapper.inherits.class_.__name__,
        )
    with orm.Session(engine) as session:
        for one in (Boss(name="b", car="c"), Clerk(name="d")):
            session.add(one)
            session.commit()
        log("kinds", [type(one).__name__ for one in session.scalars(sa.select(Person).order_by(Person.id))])
    with log.raises("missing", "Could not reflect: requested table(s) not available in"):
        prepare(log, There, engine)
