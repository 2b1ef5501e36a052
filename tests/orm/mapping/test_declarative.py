"""Declarative mapping: annotations, columns, mixins, table and mapper arguments, late attributes, errors."""

from __future__ import annotations

import datetime
import decimal
import enum
import uuid
from typing import Annotated, Any, ClassVar, Literal, NewType, Optional

import pytest

from cormorant import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    inspect,
)
from cormorant.exc import ArgumentError, InvalidRequestError, SAWarning
from cormorant.orm import (
    DeclarativeBase,
    DeclarativeBaseNoMeta,
    Mapped,
    as_declarative,
    column_property,
    declarative_base,
    declarative_mixin,
    declared_attr,
    has_inherited_table,
    mapped_column,
    registry,
    relationship,
    synonym,
)
from cormorant.orm.exc import MappedAnnotationError


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


Code = NewType("Code", str)
Key = Annotated[int, mapped_column(BigInteger, primary_key=True)]


def columns(cls: Any) -> dict[str, str]:
    return {column.name: f"{column.type!r}{'' if column.nullable else ' NOT NULL'}" for column in cls.__table__.c}


def test_annotations_give_type_and_nullability() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        plain: ClassVar[int] = 5
        text: Mapped[str]
        maybe: Mapped[str | None]
        old_style: Mapped[Optional[int]]  # noqa: UP045 - this spelling is what is tested
        price: Mapped[decimal.Decimal]
        at: Mapped[datetime.datetime]
        day: Mapped[datetime.date]
        yes: Mapped[bool]
        share: Mapped[float]
        data: Mapped[bytes]
        uid: Mapped[uuid.UUID]
        colour: Mapped[Colour]
        size: Mapped[Literal["s", "m"]]
        short: Mapped[str | None] = mapped_column(String(5), nullable=False)

    assert columns(Thing) == {
        "id": "Integer() NOT NULL",
        "text": "String() NOT NULL",
        "maybe": "String()",
        "old_style": "Integer()",
        "price": "Numeric() NOT NULL",
        "at": "DateTime() NOT NULL",
        "day": "Date() NOT NULL",
        "yes": "Boolean() NOT NULL",
        "share": "Double() NOT NULL",
        "data": "LargeBinary() NOT NULL",
        "uid": "Uuid() NOT NULL",
        "colour": "Enum('RED', 'BLUE', name='colour') NOT NULL",
        "size": "Enum('s', 'm', native_enum=False) NOT NULL",
        "short": "String(length=5) NOT NULL",
    }
    assert Thing.plain == 5


def test_a_new_type_has_no_sql_type_of_its_own() -> None:
    class Base(DeclarativeBase):
        pass

    with pytest.raises(ArgumentError, match="the type object is not resolvable by the registry"):

        class Thing(Base):
            __tablename__ = "thing"
            id: Mapped[int] = mapped_column(primary_key=True)
            code: Mapped[Code]


def test_annotated_types_bring_their_column() -> None:
    class Base(DeclarativeBase):
        type_annotation_map = {decimal.Decimal: Numeric(10, 2), Code: String(3)}

    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[Key]
        price: Mapped[decimal.Decimal]
        code: Mapped[Code | None]

    assert columns(Thing) == {
        "id": "BigInteger() NOT NULL",
        "price": "Numeric(precision=10, scale=2) NOT NULL",
        "code": "String(length=3)",
    }
    assert Thing.__mapper__.pk_keys == ("id",)


def test_relationships_read_their_annotation() -> None:
    class Base(DeclarativeBase):
        pass

    class Parent(Base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children: Mapped[list[Child]] = relationship(back_populates="parent")
        kept: Mapped[set[Child]] = relationship(viewonly=True)
        one: Mapped[Child | None] = relationship(viewonly=True)

    class Child(Base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
        parent: Mapped[Parent | None] = relationship(back_populates="children")

    Base.registry.configure()
    found = {r.key: (r.uselist, r.collection_class, r.mapper.class_) for r in inspect(Parent).relationships}
    assert found == {"children": (True, list, Child), "kept": (True, set, Child), "one": (False, None, Child)}
    assert inspect(Child).relationships.parent.mapper is inspect(Parent)
    parent = Parent(children=[Child()])
    assert parent.children[0].parent is parent


def test_columns_without_annotations() -> None:
    base: Any = declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = Column(Integer, primary_key=True)
        name = Column("nm", String(20), nullable=False)
        total = column_property(id + 1)  # noqa: A003 - the column
        alias = synonym("name")

    assert [column.name for column in Thing.__table__.c] == ["id", "nm"]
    assert inspect(Thing).attrs.keys() == ["total", "alias", "id", "name"]
    assert inspect(Thing).columns.keys() == ["total", "id", "name"]
    assert Thing(alias="x").name == "x"
    assert str(Thing.alias == "x") == "thing.nm = :nm_1"


def test_mixins_are_copied_per_class() -> None:
    @declarative_mixin
    class Stamped:
        created: Mapped[int] = mapped_column(default=4)

        @declared_attr.directive
        def __tablename__(cls) -> str:
            return cls.__name__.lower()

        @declared_attr
        def owner_id(cls) -> Mapped[int | None]:
            return mapped_column(ForeignKey("one.id"))

    class Base(DeclarativeBase):
        pass

    class One(Stamped, Base):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Two(Stamped, Base):
        id: Mapped[int] = mapped_column(primary_key=True)

    assert [c.name for c in One.__table__.c] == ["id", "created", "owner_id"]
    assert One.__table__.c.created is not Two.__table__.c.created
    assert Two.__table__.name == "two"
    assert not has_inherited_table(One)


def test_relationship_on_a_mixin_must_be_declared_attr() -> None:
    class Mixin:
        other = relationship("Thing")

    class Base(DeclarativeBase):
        pass

    with pytest.raises(InvalidRequestError, match="must be declared as @declared_attr callables on declarative mixin"):

        class Thing(Mixin, Base):
            __tablename__ = "thing"
            id: Mapped[int] = mapped_column(primary_key=True)


def test_abstract_classes_hand_their_columns_down() -> None:
    class Base(DeclarativeBase):
        pass

    class Kind(Base):
        __abstract__ = True
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int]

    class Thing(Kind):
        __tablename__ = "thing"

    assert [c.name for c in Thing.__table__.c] == ["id", "x"]


def test_table_arguments() -> None:
    class Base(DeclarativeBase):
        metadata = MetaData(schema="main")

    class Thing(Base):
        __tablename__ = "thing"
        __table_args__ = (UniqueConstraint("x", "y"), {"comment": "things"})
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int]
        y: Mapped[int]

    assert Thing.__table__.fullname == "main.thing"
    assert Thing.__table__.comment == "things"
    assert any(isinstance(one, UniqueConstraint) for one in Thing.__table__.constraints)
    with pytest.raises(ArgumentError, match="__table_args__ value must be a tuple, dict, or None"):

        class Other(Base):
            __tablename__ = "other"
            __table_args__ = UniqueConstraint("x")
            id: Mapped[int] = mapped_column(primary_key=True)


def test_table_given_whole() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __table__ = Table("thing", Base.metadata, Column("id", Integer, primary_key=True), Column("x", Integer))
        renamed = __table__.c.x

    assert inspect(Thing).columns.keys() == ["id", "renamed"]


def test_attributes_assigned_later_are_mapped() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)

    late: Any = Thing
    late.x = Column(Integer)
    late.y = mapped_column(Integer)
    late.total = column_property(late.id + 3)
    late.note = "plain"
    assert [c.name for c in Thing.__table__.c] == ["id", "x", "y"]
    assert inspect(Thing).columns.keys() == ["id", "x", "y", "total"]
    assert late(x=3).x == 3
    assert str(late.x > 1) == "thing.x > :x_1"


def test_bases() -> None:
    class Plain(DeclarativeBaseNoMeta):
        pass

    class Thing(Plain):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)

    assert type(Thing) is type
    assert inspect(Thing).local_table is Thing.__table__

    @as_declarative()
    class Base:
        def greet(self) -> str:
            return f"I am {self.id}"  # type: ignore[attr-defined]

    class Other(Base):
        __tablename__ = "other"
        id = Column(Integer, primary_key=True)

    assert Other(id=3).greet() == "I am 3"

    mine = registry()

    @mine.mapped
    class Third:
        __tablename__ = "third"
        id = Column(Integer, primary_key=True)

    assert mine.mappers == {inspect(Third)}
    assert Third(id=4).id == 4  # type: ignore[call-arg]


# --- errors


def declare(**body: Any) -> Any:
    class Base(DeclarativeBase):
        pass

    return type("Thing", (Base,), {"__module__": __name__, **body})


KEY: Any = {"__annotations__": {"id": Mapped[int]}}


def test_class_without_primary_key() -> None:
    with pytest.raises(
        ArgumentError,
        match=r"Mapper Mapper\[Thing\(thing\)\] could not assemble any primary key columns for mapped table",
    ):
        declare(__tablename__="thing", id=Column(Integer))


def test_class_without_table() -> None:
    with pytest.raises(InvalidRequestError, match="does not have a __table__ or __tablename__ specified"):
        declare(id=Column(Integer, primary_key=True))


def test_annotation_without_mapped() -> None:
    with pytest.raises(MappedAnnotationError, match=r'Type annotation for "Thing\.x" can\'t be correctly interpreted'):
        declare(__tablename__="thing", id=Column(Integer, primary_key=True), __annotations__={"x": int})
    with pytest.raises(MappedAnnotationError, match="Could not locate SQLAlchemy Core type when resolving"):
        declare(__tablename__="thing", id=Column(Integer, primary_key=True), __annotations__={"x": Mapped[dict]})


def test_column_without_type() -> None:
    with pytest.raises(ArgumentError, match=r'Python typing annotation is required for attribute "Thing\.x"'):
        declare(__tablename__="thing", id=Column(Integer, primary_key=True), x=mapped_column())


def test_dataclass_options_need_a_dataclass() -> None:
    with pytest.raises(ArgumentError, match="includes dataclasses argument"):
        declare(__tablename__="thing", id=mapped_column(Integer, primary_key=True, init=False))


def test_reserved_and_tuple_attributes_warn() -> None:
    with pytest.warns(SAWarning, match="Ignoring declarative-like tuple value of attribute 'x'"):
        declare(__tablename__="thing", id=Column(Integer, primary_key=True), x=(Column(Integer),))


def test_second_class_of_a_name_warns_and_takes_it() -> None:
    class Base(DeclarativeBase):
        pass

    first = type("Twin", (Base,), {"__module__": "m", "__tablename__": "one", "id": Column(Integer, primary_key=True)})
    assert Base.registry.classes_named("Twin") == [first]
    with pytest.warns(SAWarning, match=r"already contains a class with the same class name and module name as m\.Twin"):
        second = type(
            "Twin", (Base,), {"__module__": "m", "__tablename__": "two", "id": Column(Integer, primary_key=True)}
        )
    assert Base.registry.classes_named("Twin") == [second]
    other = type(
        "Twin", (Base,), {"__module__": "n", "__tablename__": "three", "id": Column(Integer, primary_key=True)}
    )
    assert Base.registry.classes_named("Twin", ("n",)) == [other]


def test_none_in_the_body_is_no_value() -> None:
    class Base(DeclarativeBase):
        pass

    class Mixin:
        size: Mapped[int | None] = None  # type: ignore[assignment]

    class Thing(Mixin, Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        count: Mapped[int] = None  # type: ignore[assignment]
        limit: Mapped[int] = 5  # type: ignore[assignment]

    table = Thing.__table__
    assert {column.name: column.nullable for column in table.c} == {"id": False, "count": False, "size": True}
    assert Thing(id=1).count is None
    assert Thing.limit == 5


def test_none_for_an_annotation_without_mapped_is_refused() -> None:
    class Base(DeclarativeBase):
        pass

    with pytest.raises(ArgumentError, match=r'Type annotation for "Thing.count" can\'t be correctly interpreted'):

        class Thing(Base):
            __tablename__ = "thing"
            id: Mapped[int] = mapped_column(primary_key=True)
            count: int = None  # type: ignore[assignment]


def test_column_may_have_any_annotation() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        size: Column[int] = Column(Integer)
        name: str = Column(String(5))  # type: ignore[assignment]

    assert [repr(column.type) for column in Thing.__table__.c] == ["Integer()", "Integer()", "String(length=5)"]
    with pytest.raises(ArgumentError, match="Type annotation for"):
        type("Other", (Base,), {"__tablename__": "other", "__annotations__": {"x": int}, "x": mapped_column()})
