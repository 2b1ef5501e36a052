"""Relationships: direction, pairs, join conditions, back references, and every way to get them wrong."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, Table, inspect
from cormorant.exc import (
    AmbiguousForeignKeysError,
    ArgumentError,
    InvalidRequestError,
    NoForeignKeysError,
    SAWarning,
)
from cormorant.orm import (
    MANYTOMANY,
    MANYTOONE,
    ONETOMANY,
    backref,
    declarative_base,
    foreign,
    relationship,
    remote,
)
from cormorant.orm.exc import LoaderStrategyException, UnmappedClassError

ID: dict[str, Any] = {}


def declare(a: dict[str, Any], b: dict[str, Any] | None = None, table: Any = None) -> tuple[Any, Any, Any]:
    """Return base and classes A (table a) and B (table b) with the given members, configured."""
    base: Any = declarative_base()
    if table is not None:
        table(base.metadata)

    def body(name: str, members: dict[str, Any]) -> dict[str, Any]:
        return {"__tablename__": name, "id": Column(Integer, primary_key=True), "__module__": __name__, **members}

    one = type("A", (base,), body("a", a))
    two = None if b is None else type("B", (base,), body("b", b))
    base.registry.configure()
    return base, one, two


def to_a(**kw: Any) -> Any:
    return Column(ForeignKey("a.id"), **kw)


def pairs(found: Any) -> list[tuple[str, str]]:
    return [(str(a), str(b)) for a, b in found]


def test_one_to_many_and_many_to_one() -> None:
    _, a, b = declare(
        {"bs": relationship("B", back_populates="a")},
        {"a_id": to_a(), "a": relationship("A", back_populates="bs")},
    )
    bs, to = a.bs.property, b.a.property
    assert (bs.direction, to.direction) == (ONETOMANY, MANYTOONE)
    assert (bs.uselist, to.uselist) == (True, False)
    assert str(bs.primaryjoin) == str(to.primaryjoin) == "a.id = b.a_id"
    assert pairs(bs.local_remote_pairs) == [("a.id", "b.a_id")]
    assert pairs(to.local_remote_pairs) == [("b.a_id", "a.id")]
    assert pairs(bs.synchronize_pairs) == pairs(to.synchronize_pairs) == [("a.id", "b.a_id")]
    assert bs.remote_side == {b.__table__.c.a_id}
    assert to.local_columns == {b.__table__.c.a_id}
    assert bs.back_reference is to
    assert to.use_get
    assert not bs.use_get


def test_many_to_many_with_backref() -> None:
    def link(metadata: Any) -> None:
        Table("ab", metadata, Column("a_id", ForeignKey("a.id")), Column("b_id", ForeignKey("b.id")))

    _, a, b = declare({"bs": relationship("B", secondary="ab", backref="as_")}, {}, link)
    found, back = a.bs.property, b.as_.property
    assert found.direction is back.direction is MANYTOMANY
    assert (str(found.primaryjoin), str(found.secondaryjoin)) == ("a.id = ab.a_id", "b.id = ab.b_id")
    assert (str(back.primaryjoin), str(back.secondaryjoin)) == ("b.id = ab.b_id", "a.id = ab.a_id")
    assert pairs(found.local_remote_pairs) == [("a.id", "ab.a_id"), ("b.id", "ab.b_id")]
    assert pairs(found.synchronize_pairs) == [("a.id", "ab.a_id")]
    assert pairs(found.secondary_synchronize_pairs) == [("b.id", "ab.b_id")]
    one, two = a(), b()
    two.as_.append(one)
    assert one.bs == [two]


def test_self_referential() -> None:
    _, a, _ = declare(
        {
            "parent_id": to_a(),
            "children": relationship("A", backref=backref("parent", remote_side="A.id")),
        }
    )
    children, parent = a.children.property, a.parent.property
    assert (children.direction, parent.direction) == (ONETOMANY, MANYTOONE)
    assert pairs(children.local_remote_pairs) == [("a.id", "a.parent_id")]
    assert pairs(parent.local_remote_pairs) == [("a.parent_id", "a.id")]
    assert children.is_self_referential
    child = a(parent=(root := a()))
    assert root.children == [child]


def test_join_conditions_given() -> None:
    _, a, b = _given()
    assert str(a.by_key.property.primaryjoin) == "a.id = b.x"
    assert str(a.some.property.primaryjoin) == "a.id = b.x AND b.y = :y_1"
    assert [a.by_key.property.is_plain_join, a.some.property.is_plain_join] == [True, False]
    assert {r.direction for r in inspect(a).relationships} == {ONETOMANY}
    assert str(a.marked.property.order_by[0]) == "b.y DESC"
    assert pairs(a.lambdas.property.local_remote_pairs) == [("a.id", "b.x")]
    assert a.lambdas.property.mapper.class_ is b


def a_class() -> Any:
    return ID["A"]


def b_class() -> Any:
    return ID["B"]


def _given() -> tuple[Any, Any, Any]:
    base: Any = declarative_base()

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        by_key = relationship("B", primaryjoin="A.id == B.x", foreign_keys="B.x")
        some = relationship("B", primaryjoin="and_(A.id == B.x, B.y == 5)", foreign_keys="B.x", viewonly=True)
        marked = relationship("B", primaryjoin="A.id == foreign(B.x)", viewonly=True, order_by="B.y.desc()")
        lambdas = relationship(
            lambda: b_class(), primaryjoin=lambda: a_class().id == remote(foreign(b_class().x)), viewonly=True
        )

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        x = Column(Integer)
        y = Column(Integer)

    ID.update({"A": A, "B": B})
    return base, A, B


def test_names_in_modules_and_tables() -> None:
    _, a, b = declare({"bs": relationship(f"{__name__}.B", order_by="b.c.id", viewonly=True)}, {"a_id": to_a()})
    assert a.bs.property.mapper.class_ is b


def test_attribute_is_usable_before_configuration() -> None:
    base: Any = declarative_base()

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship("B")

    early = A.bs
    assert str(early) == "A.bs"

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        a_id = to_a()

    assert early.property.mapper.class_ is B
    assert A.bs is early
    assert A(bs=[B()]).bs


# --- errors


def failing(error: type[Exception], match: str, *args: Any, **kw: Any) -> None:
    with pytest.raises(error, match=match):
        declare(*args, **kw)


def test_no_foreign_keys() -> None:
    failing(
        NoForeignKeysError,
        r"Could not determine join condition between parent/child tables on relationship A\.bs - there are no foreign "
        "keys linking these tables",
        {"bs": relationship("B")},
        {},
    )
    failing(
        NoForeignKeysError,
        "there are no foreign keys linking these tables via secondary table 'ab'",
        {"bs": relationship("B", secondary="ab")},
        {},
        lambda metadata: Table("ab", metadata, Column("x", Integer)),
    )


def test_several_foreign_keys() -> None:
    failing(
        AmbiguousForeignKeysError,
        r"tables on relationship A\.bs - there are multiple foreign key paths linking the tables",
        {"bs": relationship("B")},
        {"x": to_a(), "y": to_a()},
    )
    _, a, _ = declare({"bs": relationship("B", foreign_keys="B.y")}, {"x": to_a(), "y": to_a()})
    assert str(a.bs.property.primaryjoin) == "a.id = b.y"


def test_unknown_names_and_targets() -> None:
    failing(
        InvalidRequestError,
        r"When initializing mapper Mapper\[A\(a\)\], expression 'Zzz' failed to locate a name \('Zzz'\)",
        {"bs": relationship("Zzz")},
    )
    failing(ArgumentError, r"relationship 'bs' expects a class or a mapper argument", {"bs": relationship(3)})
    failing(UnmappedClassError, r"Class 'builtins\.int' is not mapped", {"bs": relationship(int)})


def test_back_populates_errors() -> None:
    failing(
        InvalidRequestError,
        r"Mapper 'Mapper\[B\(b\)\]' has no property 'zz'",
        {"bs": relationship("B", back_populates="zz")},
        {"x": to_a()},
    )
    failing(
        ArgumentError,
        r"A\.(ch|par) and back-reference A\.(ch|par) are both of the same direction",
        {
            "pid": to_a(),
            "ch": relationship("A", back_populates="par"),
            "par": relationship("A", back_populates="ch"),
        },
    )
    failing(
        ArgumentError,
        r"Error creating backref 'a' on relationship 'A\.bs': property of that name exists on mapper",
        {"bs": relationship("B", backref="a")},
        {"a_id": to_a(), "a": relationship("A")},
    )


def test_cascades() -> None:
    failing(
        ArgumentError,
        r"For many-to-one relationship A\.b, delete-orphan cascade is normally configured only on the \"one\" side",
        {"b_id": Column(ForeignKey("b.id")), "b": relationship("B", cascade="all, delete-orphan")},
        {},
    )
    with pytest.raises(ArgumentError, match=r"Invalid cascade option\(s\): 'bar', 'foo'"):
        relationship("B", cascade="foo, bar")
    assert set(relationship("B", cascade="all", viewonly=True).cascade) == {"merge", "expunge", "refresh-expire"}


def test_arguments_that_do_not_exist_yet_are_named() -> None:
    with pytest.raises(LoaderStrategyException, match="Can't apply loading option lazy='foo'"):
        relationship("B", lazy="foo")
    with pytest.raises(ArgumentError, match="includes dataclasses argument"):
        declare({"b": relationship("B", init=False)})
    with pytest.raises(TypeError, match="nothing"):
        relationship("B", nothing=1)


def test_condition_without_foreign_key() -> None:
    failing(
        ArgumentError,
        r"Could not locate any relevant foreign key columns for primary join condition 'a\.id = b\.x' on relationship ",
        {"bs": relationship("B", primaryjoin="A.id == B.x")},
        {"x": Column(Integer)},
    )


def test_a_failed_mapper_is_named_by_the_next() -> None:
    base: Any = declarative_base()

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        b = relationship("Zzz")

    with pytest.raises(InvalidRequestError, match="failed to locate a name"):
        base.registry.configure()
    with pytest.raises(InvalidRequestError, match="One or more mappers failed to initialize"):
        A()
    base.registry.dispose()
    base.registry.configure()


# --- overlaps


def test_two_writers_of_one_column_warn() -> None:
    with pytest.warns(
        SAWarning, match=r"relationship 'B\.a' will copy column a\.id to column b\.x, which conflicts with"
    ):
        declare({"bs": relationship("B")}, {"x": to_a(), "a": relationship("A")})


@pytest.mark.filterwarnings("error::cormorant.exc.SAWarning")
def test_writers_that_know_each_other_do_not_warn() -> None:
    declare({"bs": relationship("B", overlaps="a")}, {"x": to_a(), "a": relationship("A")})
    declare({"bs": relationship("B", viewonly=True)}, {"x": to_a(), "a": relationship("A")})
    declare({"bs": relationship("B", backref="a")}, {"x": to_a()})
