"""Columns of subclasses that are fetched after the rows of their base class."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant import ForeignKey, create_engine, event, inspect, select
from cormorant.engine import Engine
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    joinedload,
    mapped_column,
    relationship,
    selectin_polymorphic,
    selectinload,
    with_polymorphic,
)


class Base(DeclarativeBase):
    pass


class Animal(Base):
    __tablename__ = "animal"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}


class Dog(Animal):
    __tablename__ = "dog"
    id: Mapped[int] = mapped_column(ForeignKey("animal.id"), primary_key=True)
    bark: Mapped[int]
    bones: Mapped[list[Bone]] = relationship()
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Cat(Animal):
    __tablename__ = "cat"
    id: Mapped[int] = mapped_column(ForeignKey("animal.id"), primary_key=True)
    purr: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Bone(Base):
    __tablename__ = "bone"
    id: Mapped[int] = mapped_column(primary_key=True)
    dog_id: Mapped[int] = mapped_column(ForeignKey("dog.id"))


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://")
    Base.metadata.create_all(made)
    with Session(made) as session:
        session.add_all([Dog(id=1, bark=1, bones=[Bone(id=1)]), Cat(id=2, purr=2), Animal(id=3), Dog(id=4, bark=4)])
        session.commit()
    yield made
    made.dispose()


@pytest.fixture
def sent(engine: Engine) -> list[str]:
    found: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda conn, cursor, statement, *rest: found.append(statement))
    return found


def test_one_select_per_subclass_that_is_asked_for(engine: Engine, sent: list[str]) -> None:
    with Session(engine) as session:
        found = session.scalars(
            select(Animal).order_by(Animal.id).options(selectin_polymorphic(Animal, [Dog, Cat]))
        ).all()
        assert [type(one) for one in found] == [Dog, Cat, Animal, Dog]
        dogs = (
            "SELECT dog.id AS dog_id, animal.id AS animal_id, animal.kind AS animal_kind, dog.bark AS dog_bark \n"
            "FROM animal JOIN dog ON animal.id = dog.id \nWHERE animal.id IN (?, ?)"
        )
        cats = (
            "SELECT cat.id AS cat_id, animal.id AS animal_id, animal.kind AS animal_kind, cat.purr AS cat_purr \n"
            "FROM animal JOIN cat ON animal.id = cat.id \nWHERE animal.id IN (?)"
        )
        assert sent[1:] == [dogs, cats]
        assert (found[0].bark, found[1].purr, found[3].bark) == (1, 2, 4)
        assert len(sent) == 3


def test_no_select_for_a_class_without_objects(engine: Engine, sent: list[str]) -> None:
    with Session(engine) as session:
        session.scalars(select(Animal).where(Animal.id == 3).options(selectin_polymorphic(Animal, [Dog, Cat]))).all()
    assert len(sent) == 1


def test_relationships_of_a_subclass_are_loaded_with_its_columns(engine: Engine, sent: list[str]) -> None:
    with Session(engine) as session:
        option = selectin_polymorphic(Animal, [Dog])
        found = session.scalars(select(Animal).order_by(Animal.id).options(option, selectinload(Dog.bones))).all()
        assert [bone.id for bone in found[0].bones] == [1]
        assert found[3].bones == []
    assert len(sent) == 3


def test_joined_loading_of_a_subclass_relationship_leaves_other_classes_alone(engine: Engine, sent: list[str]) -> None:
    animals = with_polymorphic(Animal, [Dog, Cat])
    with Session(engine) as session:
        statement = select(animals).order_by(animals.id).options(joinedload(animals.Dog.bones))
        found = session.scalars(statement).unique().all()
        assert [len(found[0].bones), len(found[3].bones)] == [1, 0]
        assert "bones" not in found[1].__dict__
        assert "bones" not in found[2].__dict__
    assert len(sent) == 1


def test_rows_of_another_class_are_refused(engine: Engine) -> None:
    animals = with_polymorphic(Animal, "*")
    with Session(engine) as session, pytest.raises(InvalidRequestError, match="not a sub mapper of the requested"):
        session.scalars(select(animals.Dog)).all()


def test_two_entities_over_one_table_have_plans_of_their_own(engine: Engine) -> None:
    class Shape(Base):
        __tablename__ = "shape"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "shape"}

    class Disc(Shape):
        radius: Mapped[int | None]
        __mapper_args__ = {"polymorphic_identity": "disc"}

    class Box(Shape):
        width: Mapped[int | None]
        __mapper_args__ = {"polymorphic_identity": "box"}

    texts = [str(select(entity)) for entity in (Shape, with_polymorphic(Shape, [Disc]), with_polymorphic(Shape, [Box]))]
    assert texts == [
        "SELECT shape.id, shape.kind \nFROM shape",
        "SELECT shape.id, shape.kind, shape.radius \nFROM shape",
        "SELECT shape.id, shape.kind, shape.width \nFROM shape",
    ]
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Disc(id=1, radius=1), Box(id=2, width=2)])
        session.commit()
    for entity, held in ((Shape, [[], []]), (with_polymorphic(Shape, [Disc]), [["radius"], []]),
                         (with_polymorphic(Shape, [Box]), [[], ["width"]])):  # fmt: skip
        with Session(engine) as session:
            found = session.scalars(select(entity).order_by(inspect(entity).entity.id)).all()
            assert [[key for key in ("radius", "width") if key in one.__dict__] for one in found] == held


def test_an_alias_of_a_joined_class_is_a_subquery_unless_flat() -> None:
    assert str(select(aliased(Dog).bark)) == (
        "SELECT anon_1.dog_bark \nFROM (SELECT animal.id AS animal_id, animal.kind AS animal_kind, dog.id AS dog_id, "
        "dog.bark AS dog_bark \nFROM animal JOIN dog ON animal.id = dog.id) AS anon_1"
    )
    assert str(select(aliased(Dog, flat=True).bark)) == (
        "SELECT dog_1.bark \nFROM animal AS animal_1 JOIN dog AS dog_1 ON animal_1.id = dog_1.id"
    )


def test_flat_and_selectable_exclude_each_other() -> None:
    with pytest.raises(ArgumentError, match="cannot be passed simultaneously"):
        with_polymorphic(Animal, "*", selectable=Animal.__table__, flat=True)
