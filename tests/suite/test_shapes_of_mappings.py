"""Mappings of other shapes: composite keys, one-to-one, associations with data, several relationships to one class."""

from __future__ import annotations

import pytest

from cormorant import (
    Column,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    func,
    insert,
    inspect,
    select,
    update,
)
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    attribute_keyed_dict,
    backref,
    column_property,
    composite,
    deferred,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    synonym,
)

from .sent import Sent


class Base(DeclarativeBase):
    """A registry of its own."""


class Country(Base):
    __tablename__ = "country"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    provinces: Mapped[dict[str, Province]] = relationship(
        back_populates="country", collection_class=attribute_keyed_dict("letter"), cascade="all, delete-orphan"
    )


class Province(Base):
    __tablename__ = "province"

    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"), primary_key=True)
    letter: Mapped[str] = mapped_column(String(1), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    country: Mapped[Country] = relationship(back_populates="provinces")
    towns: Mapped[set[Town]] = relationship(back_populates="province")


class Town(Base):
    __tablename__ = "town"
    __table_args__ = (ForeignKeyConstraint(["country_code", "letter"], ["province.country_code", "province.letter"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    country_code: Mapped[str | None] = mapped_column(String(2))
    letter: Mapped[str | None] = mapped_column(String(1))
    name: Mapped[str] = mapped_column(String(40))
    mayor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    founder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    notes: Mapped[str | None] = deferred(Column(String(400)))
    province: Mapped[Province | None] = relationship(back_populates="towns")
    mayor: Mapped[Person | None] = relationship(foreign_keys=[mayor_id], back_populates="town")
    founder: Mapped[Person | None] = relationship(
        foreign_keys=[founder_id], backref=backref("founded", order_by="Town.id")
    )


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str] = mapped_column(String(20))
    last: Mapped[str] = mapped_column(String(20))
    town: Mapped[Town | None] = relationship(foreign_keys="Town.mayor_id", back_populates="mayor", uselist=False)
    friends: Mapped[list[Person]] = relationship(
        secondary="friendship",
        primaryjoin="Person.id == friendship.c.one",
        secondaryjoin="Person.id == friendship.c.other",
        order_by="Person.id",
    )
    memberships: Mapped[list[Membership]] = relationship(back_populates="person", cascade="all, delete-orphan")
    full: Mapped[str] = column_property(first + " " + last)
    surname: Mapped[str] = synonym("last")


friendship = Table(
    "friendship",
    Base.metadata,
    Column("one", ForeignKey("person.id"), primary_key=True),
    Column("other", ForeignKey("person.id"), primary_key=True),
)


class Club(Base):
    __tablename__ = "club"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    memberships: Mapped[list[Membership]] = relationship(back_populates="club", cascade="all, delete-orphan")


class Membership(Base):
    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("club.id"), primary_key=True)
    role: Mapped[str | None] = mapped_column(String(20))
    person: Mapped[Person] = relationship(back_populates="memberships")
    club: Mapped[Club] = relationship(back_populates="memberships")


class Point:
    def __init__(self, x: int | None, y: int | None) -> None:
        self.x = x
        self.y = y

    def __composite_values__(self) -> tuple[int | None, int | None]:
        return self.x, self.y

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    __hash__ = None  # type: ignore[assignment]


class Mark(Base):
    __tablename__ = "mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None] = mapped_column(Integer)
    y: Mapped[int | None] = mapped_column(Integer)
    point: Mapped[Point] = composite(Point, "x", "y")


@pytest.fixture
def session(engine: Engine):  # type: ignore[no-untyped-def]
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session


def test_composite_keys_through_relationships(session: Session) -> None:
    holland = Country(code="NL", name="Netherlands")
    holland.provinces["U"] = Province(letter="U", name="Utrecht", towns={Town(name="Zeist"), Town(name="Utrecht")})
    holland.provinces["D"] = Province(letter="D", name="Drenthe")
    session.add(holland)
    session.commit()
    session.expunge_all()
    found = session.get_one(Country, "NL", options=[selectinload(Country.provinces).selectinload(Province.towns)])
    assert sorted(found.provinces) == ["D", "U"]
    assert {town.name for town in found.provinces["U"].towns} == {"Zeist", "Utrecht"}
    zeist = session.scalars(
        select(Town).join(Town.province).where(Province.name == "Utrecht", Town.name == "Zeist")
    ).one()
    assert zeist.province is found.provinces["U"]
    zeist.province = found.provinces["D"]
    session.commit()
    assert (zeist.country_code, zeist.letter) == ("NL", "D")
    assert session.get(Province, ("NL", "D")) is zeist.province
    del found.provinces["U"]
    session.commit()
    assert session.scalars(select(Town.letter).order_by(Town.name)).all() == [None, "D"]
    joined = session.scalars(select(Town).options(joinedload(Town.province)).order_by(Town.name)).all()
    assert [town.province and town.province.name for town in joined] == [None, "Drenthe"]


def test_one_to_one_and_two_paths(session: Session) -> None:
    ann, bob = Person(first="ann", last="a"), Person(first="bob", last="b")
    zeist = Town(name="Zeist", mayor=ann, founder=bob)
    session.add(zeist)
    session.commit()
    assert ann.town is zeist
    assert bob.town is None
    assert bob.founded == [zeist]
    bob.town = zeist
    assert zeist.mayor is bob
    session.commit()
    assert ann.town is None
    assert zeist.mayor_id == bob.id
    bob.town = None
    session.commit()
    assert zeist.mayor is None


def test_many_to_many_with_itself(session: Session) -> None:
    people = [Person(first=name, last="x") for name in "abc"]
    people[0].friends = people[1:]
    people[1].friends = [people[0]]
    people[2].friends = [people[2]]
    session.add_all(people)
    session.commit()
    session.expunge_all()
    found = session.scalars(select(Person).options(selectinload(Person.friends)).order_by(Person.id)).all()
    assert [[friend.first for friend in person.friends] for person in found] == [["b", "c"], ["a"], ["c"]]
    friend = aliased(Person)
    names = select(Person.first, friend.first).join(Person.friends.of_type(friend)).order_by(Person.id, friend.id)
    assert session.execute(names).all() == [("a", "b"), ("a", "c"), ("b", "a"), ("c", "c")]


def test_association_objects(session: Session, sent: Sent) -> None:
    chess, go = Club(name="chess"), Club(name="go")
    ann = Person(first="ann", last="a", memberships=[Membership(club=chess, role="chair"), Membership(club=go)])
    session.add(ann)
    session.commit()
    assert session.get_one(Membership, (ann.id, chess.id)).role == "chair"
    ann.memberships.remove(session.get_one(Membership, (ann.id, go.id)))
    session.commit()
    assert session.scalar(select(func.count()).select_from(Membership)) == 1
    session.delete(chess)
    session.commit()
    assert session.scalar(select(func.count()).select_from(Membership)) == 0
    assert ann.memberships == []


def test_expressions_synonyms_and_deferred_columns(session: Session, sent: Sent) -> None:
    session.add_all([Person(first="ann", last="a"), Town(name="Zeist", notes="long")])
    session.commit()
    ann = session.scalars(select(Person).where(Person.full == "ann a")).one()
    assert ann.full == "ann a"
    assert ann.surname == "a"
    ann.surname = "b"
    session.commit()
    assert ann.full == "ann b"
    assert session.scalars(select(Person.last).where(Person.surname == "b")).one() == "b"
    session.expunge_all()
    town = session.scalars(select(Town)).one()
    assert "notes" not in town.__dict__
    assert town.notes == "long"


def test_composites(session: Session) -> None:
    session.add_all([Mark(point=Point(1, 2)), Mark(point=Point(3, 4)), Mark()])
    session.commit()
    found = session.scalars(select(Mark).where(Mark.point == Point(3, 4))).one()
    assert found.point == Point(3, 4)
    found.point = Point(5, 6)
    session.commit()
    assert (found.x, found.y) == (5, 6)
    assert session.execute(select(Mark.x, Mark.y).order_by(Mark.id)).all() == [(1, 2), (5, 6), (None, None)]


def test_statements_on_mapped_classes(session: Session, engine: Engine) -> None:
    people = session.scalars(
        insert(Person).returning(Person, sort_by_parameter_order=True),
        [{"first": name, "last": "x"} for name in ("a", "b", "c")],
    ).all()
    assert [person.first for person in people] == ["a", "b", "c"]
    assert all(inspect(person).persistent for person in people)
    session.execute(insert(Person), [{"first": "d", "last": "y"}, {"first": "e", "last": "y"}])
    session.execute(update(Person).where(Person.last == "x").values(last="z"))
    assert {person.last for person in people} == {"z"}
    session.execute(update(Person), [{"id": people[0].id, "first": "A"}, {"id": people[1].id, "first": "B"}])
    session.commit()
    assert session.scalars(select(Person.first).order_by(Person.id)).all() == ["A", "B", "c", "d", "e"]
    if engine.dialect.features.update_returning:
        changed = update(Person).where(Person.last == "y").values(first=Person.first + "!").returning(Person)
        assert sorted(person.first for person in session.scalars(changed)) == ["d!", "e!"]


def test_aggregates_over_relationships(session: Session) -> None:
    for number in range(1, 4):
        session.add(
            Club(
                name=f"c{number}",
                memberships=[Membership(person=Person(first=f"p{number}{n}", last="x")) for n in range(number)],
            )
        )
    session.commit()
    sizes = (
        select(Club.name, func.count(Membership.person_id).label("size"))
        .join(Club.memberships)
        .group_by(Club.id, Club.name)
        .having(func.count(Membership.person_id) > 1)
        .order_by(func.count(Membership.person_id).desc())
    )
    assert session.execute(sizes).all() == [("c3", 3), ("c2", 2)]
    largest = sizes.limit(1).subquery()
    assert session.execute(select(Club, largest.c.size).join(largest, Club.name == largest.c.name)).one().size == 3
    per_club = select(func.count()).where(Membership.club_id == Club.id).correlate(Club).scalar_subquery()
    assert session.execute(select(Club.name).where(per_club == 2)).scalars().all() == ["c2"]
    inner = select(Person).where(Person.first.like("p3%")).subquery()
    person = aliased(Person, inner)
    assert len(session.scalars(select(person)).all()) == 3
