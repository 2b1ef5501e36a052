# ruff: noqa: E501  (a program in one expression is easier to compare than one broken over lines)
"""Hybrid attributes: on instances, in statements, as rows' names, in INSERT and UPDATE, and what mappers tell of them."""

from __future__ import annotations

from typing import Any

from ..registry import program


def models(sa: Any, orm: Any, log: Any) -> Any:
    hybrid = log.module("ext.hybrid")

    class Base(orm.DeclarativeBase):
        pass

    class Folded(hybrid.Comparator):
        def __eq__(self, other: Any) -> Any:
            return sa.func.lower(self.__clause_element__()) == sa.func.lower(other)

        def operate(self, op: Any, *other: Any, **kw: Any) -> Any:
            return op(sa.func.lower(self.__clause_element__()), *[sa.func.lower(one) for one in other], **kw)

    class Person(Base):
        __tablename__ = "person"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        first = orm.mapped_column(sa.String(20))
        last = orm.mapped_column(sa.String(20))
        low = orm.mapped_column(sa.Integer, default=0)
        high = orm.mapped_column("high_column", sa.Integer, default=0)
        pets = orm.relationship("Pet", back_populates="owner", order_by="Pet.id")

        @hybrid.hybrid_property
        def name(self) -> Any:
            """First and last."""
            return self.first + " " + self.last

        @name.inplace.setter
        def _set_name(self, value: str) -> None:
            self.first, self.last = value.split(" ")

        @name.inplace.update_expression
        @classmethod
        def _update_name(cls, value: str) -> Any:
            first, last = value.split(" ")
            return [(cls.first, first), (cls.last, last)]

        @name.inplace.bulk_dml
        @classmethod
        def _bulk_name(cls, record: Any, value: str) -> None:
            record["first"], record["last"] = value.split(" ")

        @hybrid.hybrid_property
        def nick(self) -> Any:
            return self.first

        @hybrid.hybrid_property
        def top(self) -> Any:
            return self.high

        @hybrid.hybrid_property
        def folded(self) -> Any:
            return self.first.lower()

        @folded.comparator
        def folded(cls) -> Any:
            return Folded(cls.first)

        @hybrid.hybrid_property
        def length(self) -> Any:
            return self.high - self.low

        @hybrid.hybrid_property
        def labelled(self) -> Any:
            return self.low

        @labelled.expression
        def labelled(cls) -> Any:
            return cls.low.label("other")

        @hybrid.hybrid_property
        def pet_count(self) -> Any:
            return len(self.pets)

        @pet_count.inplace.expression
        @classmethod
        def _pet_count(cls) -> Any:
            return sa.select(sa.func.count(Pet.id)).where(Pet.owner_id == cls.id).label("pet_count")

        @hybrid.hybrid_method
        def contains(self, point: int) -> Any:
            return (self.low <= point) & (point < self.high)

        @hybrid.hybrid_method
        def greets(self, word: str) -> Any:
            return f"{word} {self.first}"

        @greets.expression
        def greets(cls, word: str) -> Any:
            return sa.func.concat(word, cls.first)

    class Pet(Base):
        __tablename__ = "pet"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        kind = orm.mapped_column(sa.String(20))
        owner_id = orm.mapped_column(sa.ForeignKey("person.id"))
        owner = orm.relationship(Person, back_populates="pets")

        @hybrid.hybrid_property
        def owner_name(self) -> Any:
            return self.owner.name

        @owner_name.inplace.expression
        @classmethod
        def _owner_name(cls) -> Any:
            return Person.name

        @hybrid.hybrid_property
        def keeper(self) -> Any:
            return self.owner

    Base.Person, Base.Pet = Person, Pet
    return Base


@program
def on_instances(sa: Any, orm: Any, log: Any) -> None:
    Person = models(sa, orm, log).Person
    ann = Person(name="Ann Lee", low=1, high=5)
    log("values", ann.name, ann.first, ann.length, ann.contains(3), ann.contains(5), ann.greets("hi"), ann.folded)
    ann.name = "Bob Ray"
    log("set", ann.first, ann.last)
    with log.raises("read-only", "can't set attribute"):
        ann.length = 5
    with log.raises("no deleter", "can't delete attribute"):
        del ann.name
    with log.raises("keyword", "can't set attribute"):
        Person(length=5)


@program
def in_statements(sa: Any, orm: Any, log: Any) -> None:
    base = models(sa, orm, log)
    Person, Pet = base.Person, base.Pet
    other = orm.aliased(Person, name="other")
    for number, statement in enumerate(
        [
            sa.select(Person.name), sa.select(Person.nick), sa.select(Person.length, Person.id), sa.select(Person.labelled),
            sa.select(Person.nick, Person.first), sa.select(Person.id).where(Person.name == "x"), sa.select(Person.top),
            sa.select(Person.id).where(Person.length > 3).order_by(Person.length.desc()),
            sa.select(Person.id).where(Person.contains(5)), sa.select(Person.id).where(Person.folded == "X"),
            sa.select(Person.id).where(Person.folded > "X"), sa.select(Person.folded), sa.select(Person.greets("a")),
            sa.select(other.name, other.length, other.nick), sa.select(other.id).where(other.contains(5)),
            sa.select(other.id).where(other.folded == "X"), sa.select(Person.pet_count), sa.select(Person).order_by(Person.pet_count),
            sa.select(Pet.owner_name).join(Pet.owner), sa.select(Pet).join(Pet.keeper), sa.select(Pet).where(Pet.keeper.has(first="x")),
            sa.select(Pet).where(Pet.keeper == None), sa.select(Person).filter_by(name="x"),  # noqa: E711
            sa.select(sa.select(Person.name, Person.nick, Person.labelled).subquery()), sa.select(Person.name.label("n")),
            sa.select(sa.func.upper(Person.name)), sa.select(Person.name.label(None)), sa.select(Person.name + "!"), sa.select("!" + Person.name),
            sa.union(sa.select(Person.name), sa.select(other.name)), sa.select(sa.case((Person.length > 1, Person.name), else_=Person.nick)),
            sa.select(Person.id).where(Person.name.in_(["a"])), sa.select(Person.id).where(Person.name.like("a%")), sa.select(Person.id).where(Person.name.is_(None)),
            sa.select(sa.func.count()).group_by(Person.name), sa.select(Person.id).where(Person.length.between(1, 2)), sa.select(sa.select(Person.name).cte("c").c.name),
        ]
    ):  # fmt: skip
        log.text(f"s{number}", statement)
    log("keys", sa.select(Person.name, Person.nick, Person.top, Person.length).subquery().c.keys())
    log(
        "described",
        [one["name"] for one in sa.select(Person.name, Person.nick, Person.labelled, Person.top).column_descriptions],
    )


@program
def in_rows(sa: Any, orm: Any, log: Any) -> None:
    base = models(sa, orm, log)
    Person, Pet = base.Person, base.Pet
    session = log.session(base.metadata)
    session.add_all(
        [Person(name="Ann Lee", low=1, high=5, pets=[Pet(kind="cat")]), Person(name="Bob Ray", low=2, high=9)]
    )
    session.commit()
    row = session.execute(
        sa.select(Person.name, Person.nick, Person.length, Person.labelled, Person.top).order_by(Person.id)
    ).first()
    log("row", row, row._fields, row.name, row.nick, row.length)
    log("scalars", session.scalars(sa.select(Person.name).order_by(Person.name)).all())
    log("found", session.scalars(sa.select(Person.first).where(Person.contains(6))).all())
    log("folded", session.scalars(sa.select(Person.first).where(Person.folded == "ANN")).all())
    log("query", session.query(Person.name, Person.length).order_by(Person.length.desc()).all())
    log("count", session.execute(sa.select(Person.first, Person.pet_count).order_by(Person.id)).all())
    log(
        "bundle",
        session.execute(sa.select(orm.Bundle("b", Person.name, Person.nick)).order_by(Person.id)).first().b._fields,
    )
    log("joined", session.execute(sa.select(Pet.kind, Pet.owner_name).join(Pet.owner)).all())


@program
def in_dml(sa: Any, orm: Any, log: Any) -> None:
    base = models(sa, orm, log)
    Person = base.Person
    for number, statement in enumerate(
        [
            sa.update(Person).values({Person.name: "a b"}), sa.update(Person).values(name="a b"), sa.update(Person).values({"nick": "a"}),
            sa.update(Person).values({Person.nick: "a"}), sa.update(Person).values({Person.top: 5}), sa.insert(Person).values({Person.name: "a b"}), sa.insert(Person).values(name="a b", low=1, high=1),
            sa.insert(Person).values([{"name": "a b", "low": 1, "high": 1}, {"name": "c d", "low": 1, "high": 1}]), sa.update(Person).ordered_values((Person.name, "a b"), (Person.low, 5)),
        ]
    ):  # fmt: skip
        log.text(f"s{number}", statement)
    with log.raises("unknown", "Unconsumed column names"):
        str(sa.update(Person).values(nothing=1))
    session = log.session(base.metadata)
    session.execute(
        sa.insert(Person), [{"name": "Ann Lee", "low": 1, "high": 2}, {"name": "Bob Ray", "low": 1, "high": 2}]
    )
    session.execute(sa.insert(Person), {"name": "Cid Day"})
    session.execute(sa.insert(Person).values(name="Dee Fay"))
    session.execute(sa.update(Person), [{"id": 1, "name": "Eva Ham"}])
    session.execute(sa.update(Person).where(Person.id == 2).values({Person.name: "Ina Joe"}))
    session.query(Person).filter(Person.id == 3).update({Person.name: "Kim Low"})
    session.bulk_insert_mappings(Person, [{"id": 100, "name": "Moe Net"}])
    session.bulk_update_mappings(Person, [{"id": 100, "name": "Oda Pip"}])
    with log.raises("no bulk function", "Can't evaluate bulk DML statement"):
        session.execute(sa.insert(Person), [{"nick": "x"}, {"nick": "y"}])
    log("names", session.scalars(sa.select(Person.name).order_by(Person.id)).all())
    ann = session.get(Person, 1)
    session.execute(
        sa.update(Person).where(Person.id == 1).values({Person.name: "Q R"}),
        execution_options={"synchronize_session": "evaluate"},
    )
    log("in step", ann.first, ann.last)


@program
def on_mappers(sa: Any, orm: Any, log: Any) -> None:
    Person = models(sa, orm, log).Person
    found = sa.inspect(Person).all_orm_descriptors
    log("keys", found.keys())
    log("kinds", [(key, one.extension_type.name, one.is_attribute) for key, one in found.items()])
    found.name.info["x"] = 5
    log("attribute", str(Person.name), Person.name.key, Person.name.info, Person.name.__doc__, Person.name.__name__)
    log("parent", Person.name.parent is sa.inspect(Person), Person.name.class_ is Person, Person.name.is_attribute)
    log("inner", str(Person.nick.property), str(orm.aliased(Person).name))
    with log.raises(
        "no member", "Neither 'hybrid_property' object nor 'ExprComparator' object associated with Person.name"
    ):
        Person.name.nothing_of_the_kind  # noqa: B018
    with log.raises("undefined operator"):
        log.module("ext.hybrid").Comparator(Person.first) > 5  # noqa: B015


@program
def in_subclasses(sa: Any, orm: Any, log: Any) -> None:
    Person = models(sa, orm, log).Person

    class Loud(Person):
        @Person.name.overrides.expression
        def name(cls) -> Any:
            return sa.func.upper(cls.first)

        @Person.nick.getter
        def nick(self) -> Any:
            return "!"

        @Person.length.setter
        def length(self, value: int) -> None:
            self.high = self.low + value

    one = Loud(low=3)
    one.length = 5
    log("instance", one.nick, one.high, one.length)
    log.text("expression", sa.select(Loud.name))
    log.text("base", sa.select(Person.name))
    log.text("setter", sa.select(Loud.length))


@program
def in_mixins(sa: Any, orm: Any, log: Any) -> None:
    hybrid = log.module("ext.hybrid")
    Base = orm.declarative_base()

    class Named:
        @hybrid.hybrid_property
        def shown(self) -> Any:
            return self.title + "!"

        @hybrid.hybrid_property
        def five(self) -> Any:
            return 5

        @five.expression
        def five(cls) -> Any:
            return sa.literal(5)

        @hybrid.hybrid_property
        def constant(self) -> Any:
            return 5

    class Film(Named, Base):
        __tablename__ = "film"
        id = sa.Column(sa.Integer, primary_key=True)
        title = sa.Column(sa.String)

    class Play(Named, Base):
        __tablename__ = "play"
        id = sa.Column(sa.Integer, primary_key=True)
        title = sa.Column(sa.String)

    log.text("film", sa.select(Film.shown))
    log.text("play", sa.select(Play.shown, Film.shown))
    log.text("literal", sa.select(Film.five))
    log("unmapped", str(Named.five), Film(title="x").shown)
    with log.raises("no expression", 'When interpreting attribute "Film.constant" as a SQL expression'):
        sa.select(Film.constant)
    log("compared", bool(Film.constant == 5))


@program
def attributes_with_other_names(sa: Any, orm: Any, log: Any) -> None:
    """Rows and subqueries call attributes by their keys, not by their columns; hybrids rely on it."""
    Base = orm.declarative_base()

    class Page(Base):
        __tablename__ = "page"
        id = sa.Column(sa.Integer, primary_key=True)
        body = sa.Column("text_column", sa.String)
        size = orm.column_property(sa.func.length(sa.literal_column("text_column")))
        synonymous = orm.synonym("body")

    session = log.session(Base.metadata)
    session.add(Page(body="x"))
    session.commit()
    for number, statement in enumerate([sa.select(Page.body, Page.size), sa.select(Page.synonymous), sa.select(orm.aliased(Page).body), sa.union(sa.select(Page.body), sa.select(Page.body)), sa.select(sa.func.max(Page.body), sa.cast(Page.body, sa.String))]):  # fmt: skip
        log(f"r{number}", list(session.execute(statement).keys()))
    log("subquery", sa.select(Page.body, Page.id).subquery().c.keys(), sa.select(Page.id, Page.body).cte().c.keys())
    log("described", [one["name"] for one in sa.select(Page.body, Page.synonymous, Page.size).column_descriptions])
    log("returned", list(session.execute(sa.insert(Page).values(body="y").returning(Page.body, Page.id)).keys()))
    log.text("synonym", sa.update(Page).values(synonymous="x"))
