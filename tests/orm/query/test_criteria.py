"""Options that limit the rows of a class everywhere."""

from __future__ import annotations

import pickle

from cormorant import ForeignKey, String, create_engine, select
from cormorant.orm import (
    DeclarativeBase,
    LoaderCriteriaOption,
    Mapped,
    Session,
    mapped_column,
    relationship,
    selectinload,
    with_loader_criteria,
)


class Base(DeclarativeBase):
    pass


class Owner(Base):
    __tablename__ = "owner"
    id: Mapped[int] = mapped_column(primary_key=True)
    pets: Mapped[list[Pet]] = relationship(order_by="Pet.id")


class Pet(Base):
    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(10))
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))


def test_values_of_an_option_reach_the_statements_that_follow() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Owner(id=1, pets=[Pet(id=1, name="a"), Pet(id=2, name="b")]))
        session.commit()
    for name, expected in (("a", [1]), ("b", [2]), ("a", [1])):
        with Session(engine) as session:
            option = with_loader_criteria(Pet, Pet.name == name)
            eager = session.scalars(select(Owner).options(selectinload(Owner.pets), option)).one()
            assert [pet.id for pet in eager.pets] == expected
        with Session(engine) as session:
            lazy = session.scalars(select(Owner).options(option)).one()
            assert [pet.id for pet in lazy.pets] == expected
    engine.dispose()


def test_options_of_one_form_have_one_shape() -> None:
    first, second = (select(Pet).options(with_loader_criteria(Pet, Pet.id == number)) for number in (1, 2))
    assert first.shape is second.shape
    assert select(Pet).options(with_loader_criteria(Pet, Pet.id > 1)).shape is not first.shape


def test_an_option_is_pickled_with_its_condition() -> None:
    option = with_loader_criteria(Pet, Pet.id == 5)
    copy: LoaderCriteriaOption = pickle.loads(pickle.dumps(option))
    assert str(select(Pet).options(copy)) == "SELECT pet.id, pet.name, pet.owner_id \nFROM pet \nWHERE pet.id = :id_1"
