"""Joined inheritance where a subclass's table calls the key of the parent's table otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant import ForeignKey, ForeignKeyConstraint, create_engine, insert, select, text, update
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Engineer(Person):
    __tablename__ = "engineer"
    engineer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    skill: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Lead(Engineer):
    __tablename__ = "lead"
    lead_id: Mapped[int] = mapped_column(ForeignKey("engineer.engineer_id"), primary_key=True)
    team: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "lead"}


class Place(Base):
    __tablename__ = "place"
    x: Mapped[int] = mapped_column(primary_key=True)
    y: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "place"}


class Town(Place):
    __tablename__ = "town"
    __table_args__ = (ForeignKeyConstraint(["ty", "tx"], ["place.y", "place.x"]),)
    ty: Mapped[int] = mapped_column(primary_key=True)
    tx: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "town"}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.execute(text("INSERT INTO person VALUES (1, 'first', 'person')"))
        yield opened
    engine.dispose()


def stored(session: Session, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]


def test_rows_of_subclasses_get_the_key_of_the_parents_row(session: Session) -> None:
    lead = Lead(name="ann", skill="x", team="red")
    session.add_all([Engineer(name="bob"), lead, Engineer(id=7, engineer_id=9)])
    session.flush()
    assert (lead.id, lead.engineer_id, lead.lead_id) == (3, 3, 3)
    assert stored(session, "engineer") == [(2, None), (3, "x"), (7, None)]
    assert stored(session, "lead") == [(3, "red")]


def test_rows_are_found_by_the_inherited_key(session: Session) -> None:
    session.add_all([Lead(id=5, team="red"), Town(x=1, y=2, name="a")])
    session.commit()
    found = session.scalars(select(Person).where(Person.id == 5)).one()
    assert isinstance(found, Lead)
    found.team, found.skill, found.name = "blue", "y", "cy"
    town = session.get_one(Place, (1, 2))
    town.name = "b"
    session.commit()
    assert (stored(session, "lead"), stored(session, "engineer")) == ([(5, "blue")], [(5, "y")])
    assert stored(session, "town") == [(2, 1, "b")]
    session.delete(found)
    session.delete(town)
    session.commit()
    assert [stored(session, name) for name in ("lead", "engineer", "town", "place")] == [[], [], [], []]


def test_records_in_bulk(session: Session) -> None:
    session.execute(insert(Lead), [{"id": 5, "team": "red"}, {"id": 6, "team": "blue"}])
    session.bulk_save_objects([Lead(team="green")], return_defaults=True)
    session.bulk_save_objects([Lead(id=9, team="grey")])
    session.execute(insert(Town), [{"x": 1, "y": 2, "name": "a"}])
    session.execute(update(Lead), [{"id": 5, "team": "pink", "skill": "z"}])
    session.execute(update(Town), [{"x": 1, "y": 2, "name": "b"}])
    assert stored(session, "lead") == [(5, "pink"), (6, "blue"), (7, "green"), (9, "grey")]
    assert stored(session, "engineer") == [(5, "z"), (6, None), (7, None), (9, None)]
    assert stored(session, "town") == [(2, 1, "b")]


def test_merge(session: Session) -> None:
    session.merge(Lead(id=5, team="red"))
    session.commit()
    session.merge(Lead(id=5, team="blue"))
    session.commit()
    assert (stored(session, "lead"), stored(session, "engineer")) == ([(5, "blue")], [(5, None)])
