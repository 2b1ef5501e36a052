"""Random changes to a graph of objects, for whole flushes: a tree, owned children, links, cycles, keys that change.

Out of a seed: a session whose objects are changed and not flushed. The same seed gives the same work.
"""

from __future__ import annotations

import os
import random
from typing import Any

from cormorant import Column, ForeignKey, String, Table, create_engine, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

COUNT = int(os.environ.get("CORMORANT_RANDOM_GRAPHS", "0")) or 100
"""How many graphs a test takes; the environment variable asks for more."""


class Base(DeclarativeBase):
    """A registry of its own."""


team_skill = Table(
    "team_skill",
    Base.metadata,
    Column("team_id", ForeignKey("team.id"), primary_key=True),
    Column("skill_code", ForeignKey("skill.code"), primary_key=True),
)


class Team(Base):
    """Has members, which it does not own, skills, and a favourite among the members."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    favourite_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", use_alter=True))
    members: Mapped[list[Person]] = relationship(back_populates="team", foreign_keys="Person.team_id")
    favourite: Mapped[Person | None] = relationship(foreign_keys=favourite_id, post_update=True)
    skills: Mapped[list[Skill]] = relationship(secondary=team_skill)


class Person(Base):
    """Has a boss, and cards that go with it."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(20))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    boss_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    team: Mapped[Team | None] = relationship(back_populates="members", foreign_keys=team_id)
    boss: Mapped[Person | None] = relationship(remote_side="Person.id", back_populates="staff", foreign_keys=boss_id)
    staff: Mapped[list[Person]] = relationship(back_populates="boss", foreign_keys=boss_id)
    cards: Mapped[list[Card]] = relationship(back_populates="owner", cascade="all, delete-orphan")

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Chief(Person):
    """A person with a row in two tables."""

    __tablename__ = "chief"

    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    title: Mapped[str | None] = mapped_column(String(20))

    __mapper_args__ = {"polymorphic_identity": "chief"}


class Card(Base):
    """Lives and dies with its owner; counts its versions."""

    __tablename__ = "card"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(20))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int]
    owner: Mapped[Person] = relationship(back_populates="cards")

    __mapper_args__ = {"version_id_col": "version"}


class Skill(Base):
    """Has a key that the program gives."""

    __tablename__ = "skill"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    label: Mapped[str | None] = mapped_column(String(20))


def work(seed: int) -> Session:
    """Return a session with unwritten changes."""
    chance = random.Random(seed)
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = Session(engine, autoflush=False, expire_on_commit=False)
    session.info["held"] = first = _first(chance)  # what is in memory decides what a change of a parent reaches
    session.add_all(first)
    session.commit()
    first += [card for person in session.scalars(select(Person)) for card in person.cards]
    if chance.random() < 0.5:
        session.expire_all()
    for _ in range(chance.randint(1, 12)):
        chance.choice(CHANGES)(session, chance)
    return session


def _first(chance: random.Random) -> list[Any]:
    teams = [Team(id=n, name="t") for n in range(1, chance.randint(1, 4))]
    skills = [Skill(code=f"s{n}") for n in range(chance.randint(0, 3))]
    people: list[Person] = []
    for n in range(1, chance.randint(2, 7)):
        kind = chance.choice([Person, Person, Chief])
        boss = chance.choice([None, *people])
        cards = [Card(id=10 * n + c, number="c") for c in range(chance.randint(0, 2))]
        people.append(kind(id=n, name="p", boss=boss, cards=cards, team=chance.choice([None, *teams])))
    for team in teams:
        team.skills = [skill for skill in skills if chance.random() < 0.5]
        team.favourite = chance.choice([None, *people])
    return [*teams, *skills, *people]


def _held(session: Session, kind: Any, chance: random.Random) -> Any:
    """An object of the session that will stay, or None."""
    new = [obj for obj in session.new if isinstance(obj, kind)]
    found = [obj for obj in session.scalars(select(kind)) if obj not in session.deleted]
    found = sorted([*found, *new], key=lambda obj: repr((obj.__dict__.get("id"), obj.__dict__.get("code"))))
    return chance.choice(found) if found else None


def add_person(session: Session, chance: random.Random) -> None:
    made = chance.choice([Person, Chief])(name=f"n{chance.randint(1, 9)}")
    made.boss = _held(session, Person, chance) if chance.random() < 0.6 else None
    made.team = _held(session, Team, chance) if chance.random() < 0.6 else None
    made.cards = [Card(number="x") for _ in range(chance.randint(0, 2))]
    session.add(made)


def add_team(session: Session, chance: random.Random) -> None:
    team = Team(name="new", skills=[Skill(code=f"k{chance.randint(1, 10**6)}")])
    if chance.random() < 0.5:
        team.favourite = member = Person(name="both", team=team)
        session.add(member)
    session.add(team)


def change_values(session: Session, chance: random.Random) -> None:
    kind, key = chance.choice([(Person, "name"), (Chief, "title"), (Team, "name"), (Card, "number"), (Skill, "label")])
    obj = _held(session, kind, chance)
    if obj is not None:
        setattr(obj, key, chance.choice(["u", "v", None]))


def move_person(session: Session, chance: random.Random) -> None:
    person = _held(session, Person, chance)
    if person is not None:
        person.team = chance.choice([None, _held(session, Team, chance)])


def change_boss(session: Session, chance: random.Random) -> None:
    person, boss = _held(session, Person, chance), _held(session, Person, chance)
    above, seen = boss, set[int]()
    while above is not None and id(above) not in seen:
        seen.add(id(above))
        above = above.boss
    if person is not None and id(person) not in seen:
        person.boss = boss


def move_card(session: Session, chance: random.Random) -> None:
    card, owner = _held(session, Card, chance), _held(session, Person, chance)
    if card is not None and owner is not None:
        card.owner = owner


def drop_cards(session: Session, chance: random.Random) -> None:
    owner = _held(session, Person, chance)
    if owner is not None:
        owner.cards = owner.cards[1:]


def change_skills(session: Session, chance: random.Random) -> None:
    team, skill = _held(session, Team, chance), _held(session, Skill, chance)
    if team is not None and skill is not None:
        (team.skills.remove if skill in team.skills else team.skills.append)(skill)


def choose_favourite(session: Session, chance: random.Random) -> None:
    team = _held(session, Team, chance)
    if team is not None:
        team.favourite = chance.choice([None, _held(session, Person, chance)])


def delete_something(session: Session, chance: random.Random) -> None:
    obj = _held(session, chance.choice([Person, Card, Team]), chance)
    if obj is not None and obj not in session.new:
        session.delete(obj)


def change_key(session: Session, chance: random.Random) -> None:
    skill = _held(session, Skill, chance)
    if skill is not None and skill not in session.new and not session.scalars(select(team_skill)).all():
        skill.code = f"c{chance.randint(1, 10**6)}"


CHANGES = (
    add_person, add_person, add_team, change_values, change_values, move_person, change_boss, move_card, drop_cards,
    change_skills, choose_favourite, delete_something, change_key,
)  # fmt: skip
