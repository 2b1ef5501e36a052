"""What declared_attr gives that is not mapped, and `__table__` of classes that share their parent's."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table, inspect
from cormorant.ext.hybrid import hybrid_property
from cormorant.orm import backref, declarative_base, declared_attr, relationship
from cormorant.orm.exc import UnmappedColumnError


@pytest.fixture
def base() -> Any:
    return declarative_base()


def test_what_is_not_mapped_becomes_a_member(base: Any) -> None:
    class Mixin:
        @declared_attr
        def plain(cls) -> Any:
            return cls.__name__

        @declared_attr
        def doubled(cls) -> Any:
            return hybrid_property(lambda self: self.id * 2)

        @declared_attr
        def nothing(cls) -> None:
            return None

    class A(Mixin, base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)

    class B(A):
        pass

    assert A.__dict__["plain"] == "A"
    assert B.plain == "A"
    assert A(id=4).doubled == 8
    assert A.nothing is None


def test_a_class_without_a_table_has_that_of_its_parent(base: Any) -> None:
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)

        @classmethod
        def __table_cls__(cls, *args: Any, **kw: Any) -> Any:
            return Table(*args, **kw) if cls.__name__ == "A" else None

    class B(A):
        x = Column(Integer)

    class C(A):
        __tablename__ = "c"
        y = Column(Integer)

    assert "__table__" not in B.__dict__
    assert B.__table__ is C.__table__ is A.__table__
    assert {"id", "x", "y"} == set(A.__table__.c.keys())


def test_foreign_keys_choose_the_constraint_over_just_these(base: Any) -> None:
    class Seminar(base):
        __tablename__ = "seminar"
        title = Column(String, primary_key=True)
        term = Column(String, primary_key=True)

    class Lecture(base):
        __tablename__ = "lecture"
        __table_args__ = (ForeignKeyConstraint(["title", "term"], ["seminar.title", "seminar.term"]),)
        id = Column(Integer, primary_key=True)
        title = Column(String, ForeignKey(Seminar.title))
        term = Column(String, ForeignKey(Seminar.term))
        seminar = relationship(Seminar, foreign_keys=[title, term])

    base.registry.configure()
    assert str(Lecture.seminar.property.primaryjoin) == (
        "seminar.title = lecture.title AND seminar.term = lecture.term"
    )


def test_lookups(base: Any) -> None:
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)

    mapper = inspect(A)
    with pytest.raises(UnmappedColumnError):
        mapper.get_property_by_column(Column("other", Integer))
    assert mapper.tables == [A.__table__]
    one = A(id=1)
    states = inspect(one).attrs
    assert states.get("id").value == 1
    assert states.get("other") is None


def test_query_class_of_a_backref(base: Any) -> None:
    class Own:
        """The class of the query."""

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        a_id = Column(ForeignKey(A.id))
        a = relationship(A, backref=backref("bs", lazy="dynamic", query_class=Own))

    base.registry.configure()
    assert A.bs.property.query_class is Own
