"""Rows of several classes: the column that tells the class is always there, and criteria of a class stand where they
belong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Column, ForeignKey, Table, create_engine, func, join, select, text, true
from cormorant.exc import InvalidRequestError, NoSuchColumnError
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    contains_eager,
    joinedload,
    load_only,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
)
from cormorant.orm import join as orm_join
from cormorant.orm import outerjoin as orm_outerjoin

IN_Q = "p.kind IN (__[POSTCOMPILE_kind_1])"
IN_Q_1 = "p_1.kind IN (__[POSTCOMPILE_kind_1])"


class Base(DeclarativeBase):
    pass


links = Table("m", Base.metadata, Column("oid", ForeignKey("o.id")), Column("pid", ForeignKey("p.id")))


class Owner(Base):
    __tablename__ = "o"
    id: Mapped[int] = mapped_column(primary_key=True)
    ps: Mapped[list[Part]] = relationship(order_by="Part.id")
    qs: Mapped[list[Special]] = relationship(viewonly=True)
    ms: Mapped[list[Special]] = relationship(secondary=links)


class Part(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    oid: Mapped[int] = mapped_column(ForeignKey("o.id"))
    kind: Mapped[str]
    n: Mapped[str | None]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "p"}


class Special(Part):
    z: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "q"}


class Wide(Part):
    __tablename__ = "j"
    id: Mapped[int] = mapped_column(ForeignKey("p.id"), primary_key=True)
    w: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "j"}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as writing:
        special = Special(id=2, z="z")
        writing.add(Owner(id=1, ps=[Part(id=1), special, Wide(id=3, w="w")], ms=[special]))
        writing.commit()
    with Session(engine) as reading:
        yield reading
    engine.dispose()


def sql(statement: Any) -> str:
    return " ".join(str(statement).split())


def kinds(parts: Any) -> list[str]:
    return [type(part).__name__ for part in parts]


@pytest.mark.parametrize("option", [joinedload, selectinload, subqueryload])
def test_eager_loading_makes_objects_of_their_own_classes(session: Session, option: Any) -> None:
    owner = session.scalars(select(Owner).options(option(Owner.ps))).unique().one()
    assert kinds(owner.ps) == ["Part", "Special", "Wide"]
    assert session.get(Special, 2) is owner.ps[1]
    assert owner.ps[1].z == "z"
    assert owner.ps[2].w == "w"


def test_contains_eager_makes_objects_of_their_own_classes(session: Session) -> None:
    statement = select(Owner).join(Owner.ps).options(contains_eager(Owner.ps)).order_by(Part.id)
    owner = session.scalars(statement).unique().one()
    assert kinds(owner.ps) == ["Part", "Special", "Wide"]
    other = aliased(Part)
    narrowed = Owner.ps.of_type(other)
    statement = select(Owner).join(narrowed).options(contains_eager(narrowed)).order_by(other.id)
    session.expunge_all()
    assert kinds(session.scalars(statement).unique().one().ps) == ["Part", "Special", "Wide"]


def test_the_column_that_tells_the_class_is_never_left_out(session: Session) -> None:
    statement = select(Part).options(load_only(Part.n)).order_by(Part.id)
    assert sql(statement) == "SELECT p.id, p.kind, p.n FROM p ORDER BY p.id"
    assert kinds(session.scalars(statement)) == ["Part", "Special", "Wide"]
    joined = select(Owner).options(joinedload(Owner.ps).defer(Part.kind))
    assert sql(joined) == (
        "SELECT o.id, p_1.id AS id_1, p_1.oid, p_1.kind, p_1.n "
        "FROM o LEFT OUTER JOIN p AS p_1 ON o.id = p_1.oid ORDER BY p_1.id"
    )


def test_text_must_bring_the_column_that_tells_the_class(session: Session) -> None:
    source = text("select id, oid, n from p").columns(Part.id, Part.oid, Part.n)
    with pytest.raises(NoSuchColumnError, match="Could not locate column in row for column"):
        session.scalars(select(Part).from_statement(source)).all()
    source = text("select id, kind from p order by id").columns(Part.id, Part.kind)
    assert kinds(session.scalars(select(Part).from_statement(source))) == ["Part", "Special", "Wide"]


def test_of_type_adds_columns_and_keeps_rows_of_other_classes(session: Session) -> None:
    narrowed = select(Owner).options(joinedload(Owner.ps.of_type(Special)))
    assert sql(narrowed) == (
        "SELECT o.id, p_1.id AS id_1, p_1.oid, p_1.kind, p_1.n, p_1.z "
        "FROM o LEFT OUTER JOIN p AS p_1 ON o.id = p_1.oid ORDER BY p_1.id"
    )
    owner = session.scalars(narrowed).unique().one()
    assert kinds(owner.ps) == ["Part", "Special", "Wide"]
    assert owner.ps[1].__dict__["z"] == "z"


def test_of_type_joins_the_tables_of_a_subclass_where_they_have_a_row(session: Session) -> None:
    narrowed = select(Owner).options(joinedload(Owner.ps.of_type(Wide)))
    assert sql(narrowed) == (
        "SELECT o.id, anon_1.p_id, anon_1.p_oid, anon_1.p_kind, anon_1.p_n, anon_1.j_id, anon_1.j_w "
        "FROM o LEFT OUTER JOIN (SELECT p.id AS p_id, p.oid AS p_oid, p.kind AS p_kind, p.n AS p_n, p.z AS p_z, "
        "j.id AS j_id, j.w AS j_w FROM p LEFT OUTER JOIN j ON p.id = j.id) AS anon_1 ON o.id = anon_1.p_oid "
        "ORDER BY anon_1.p_id"
    )
    owner = session.scalars(narrowed).unique().one()
    assert kinds(owner.ps) == ["Part", "Special", "Wide"]
    assert owner.ps[2].__dict__["w"] == "w"


special_alias = aliased(Special)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            select(Owner).options(joinedload(Owner.qs.and_(Special.z == "z"))),
            (
                "SELECT o.id, p_1.id AS id_1, p_1.oid, p_1.kind, p_1.n, p_1.z "
                f"FROM o LEFT OUTER JOIN p AS p_1 ON o.id = p_1.oid AND {IN_Q_1} AND p_1.z = :z_1"
            ),
        ),
        (
            select(Owner).options(joinedload(Owner.ms)),
            (
                "SELECT o.id, p_1.id AS id_1, p_1.oid, p_1.kind, p_1.n, p_1.z FROM o LEFT OUTER JOIN "
                f"(m AS m_1 JOIN p AS p_1 ON p_1.id = m_1.pid AND {IN_Q_1}) ON o.id = m_1.oid"
            ),
        ),
        (select(Owner).join(Owner.qs), f"SELECT o.id FROM o JOIN p ON o.id = p.oid AND {IN_Q}"),
        (
            select(Owner.id).outerjoin(Owner.ms),
            f"SELECT o.id FROM o LEFT OUTER JOIN (m AS m_1 JOIN p ON p.id = m_1.pid AND {IN_Q}) ON o.id = m_1.oid",
        ),
        (select(Owner.id).join(Owner.ps.of_type(Special)), f"SELECT o.id FROM o JOIN p ON o.id = p.oid AND {IN_Q}"),
        (select(Owner.id).outerjoin(Special), f"SELECT o.id FROM o LEFT OUTER JOIN p ON o.id = p.oid AND {IN_Q}"),
        (
            select(Owner.id).outerjoin(special_alias, special_alias.oid == Owner.id),
            f"SELECT o.id FROM o LEFT OUTER JOIN p AS p_1 ON p_1.oid = o.id AND {IN_Q_1}",
        ),
        (
            select(Owner.id, Special.z).join(Owner.qs),
            f"SELECT o.id, p.z FROM o JOIN p ON o.id = p.oid AND {IN_Q}",
        ),
        (
            select(Owner.id).select_from(Special).join(Owner),
            f"SELECT o.id FROM p JOIN o ON o.id = p.oid WHERE {IN_Q}",
        ),
        (select(Owner.id).select_from(join(Owner, Special)), "SELECT o.id FROM o JOIN p ON o.id = p.oid"),
    ],
)
def test_a_joined_class_has_its_criteria_in_the_on_clause(statement: Any, expected: str) -> None:
    assert sql(statement) == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (select(Owner.id).select_from(orm_join(Special, Owner)), f"FROM p JOIN o ON o.id = p.oid WHERE {IN_Q}"),
        (
            select(Owner.id, Special.z).select_from(orm_outerjoin(Special, Owner).outerjoin(links, true())),
            f"FROM p LEFT OUTER JOIN o ON o.id = p.oid LEFT OUTER JOIN m ON true WHERE {IN_Q}",
        ),
        (
            select(Owner.id).select_from(orm_outerjoin(special_alias, Owner)),
            f"FROM p AS p_1 LEFT OUTER JOIN o ON o.id = p_1.oid WHERE {IN_Q_1}",
        ),
        (select(Owner.id).join_from(Special, Owner), f"FROM p JOIN o ON o.id = p.oid WHERE {IN_Q}"),
        (select(func.count(Owner.id)).join_from(Special, Owner), f"FROM p JOIN o ON o.id = p.oid WHERE {IN_Q}"),
        (select(Owner.id).select_from(join(Special, Owner)), "FROM p JOIN o ON o.id = p.oid"),
        (select(func.count()).select_from(orm_join(Special, Owner)), "FROM p JOIN o ON o.id = p.oid"),
        (
            select(func.count()).select_from(orm_join(Special, Owner)).where(Owner.id == 1),
            f"FROM p JOIN o ON o.id = p.oid WHERE o.id = :id_1 AND {IN_Q}",
        ),
        (
            select(Owner.id).select_from(
                orm_join(Owner, orm_join(Special, links, Special.id == links.c.pid), Owner.id == Special.oid)
            ),
            "FROM o JOIN (p JOIN m ON p.id = m.pid) ON o.id = p.oid",
        ),
    ],
)
def test_the_class_that_joins_start_from_has_its_criteria_in_where(statement: Any, expected: str) -> None:
    assert sql(statement).partition(" FROM ")[2] == expected.removeprefix("FROM ")


def test_rows_of_sibling_classes_do_not_come_back_from_joins(session: Session) -> None:
    statement = select(Part.id).select_from(orm_outerjoin(Special, Owner)).order_by(Part.id)
    assert session.scalars(statement).all() == [2]


def test_filter_by_names_the_classes_it_searched() -> None:
    with pytest.raises(InvalidRequestError, match=r"Searched entities: Mapper\[Owner\(o\)\], Mapper\[Part\(p\)\]$"):
        select(Owner).join(Owner.ps).filter_by(nope=1)
    with pytest.raises(InvalidRequestError, match=r"Searched entities: aliased\(Special\)$"):
        select(special_alias).filter_by(nope=1)
