"""Hybrids: Python on instances, SQL on classes and aliases, columns in INSERT and UPDATE."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import ForeignKey, create_engine, func, insert, inspect, select, update
from cormorant.exc import InvalidRequestError
from cormorant.ext.hybrid import Comparator, HybridExtensionType, hybrid_method, hybrid_property
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    NotExtension,
    QueryableAttribute,
    Session,
    aliased,
    joinedload,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    pass


class Folded(Comparator[str]):
    def __eq__(self, other: object) -> Any:
        return func.lower(self.__clause_element__()) == func.lower(other)

    __hash__ = object.__hash__


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
    last: Mapped[str] = mapped_column("last_name")

    @hybrid_property
    def name(self) -> str:
        """Both names."""
        return self.first + " " + self.last

    @name.inplace.setter
    def _name_setter(self, value: str) -> None:
        self.first, self.last = value.split(" ")

    @name.inplace.deleter
    def _name_deleter(self) -> None:
        self.first = self.last = ""

    @name.inplace.update_expression
    @classmethod
    def _name_update(cls, value: str) -> Any:
        first, last = value.split(" ")
        return [(cls.first, first), (cls.last, last)]

    @name.inplace.bulk_dml
    @classmethod
    def _name_bulk(cls, record: dict[str, Any], value: str) -> None:
        record["first"], record["last"] = value.split(" ")

    @hybrid_property
    def surname(self) -> str:
        return self.last

    @hybrid_property
    def folded(self) -> str:
        return self.first.lower()

    @folded.inplace.comparator
    @classmethod
    def _folded_comparator(cls) -> Folded:
        return Folded(cls.first)

    @hybrid_method
    def starts(self, text: str) -> bool:
        """Whether the first name starts so."""
        return self.first.startswith(text)


class Pet(Base):
    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owner: Mapped[Person] = relationship()

    @hybrid_property
    def keeper(self) -> Person:
        return self.owner


def text(statement: Any) -> str:
    return str(statement).replace("\n", "")


def test_an_instance_runs_the_python_functions() -> None:
    ann = Person(name="Ann Lee")
    assert (ann.first, ann.last, ann.name, ann.starts("A")) == ("Ann", "Lee", "Ann Lee", True)
    del ann.name
    assert ann.name == " "


@pytest.mark.parametrize("action", ["set", "delete"])
def test_without_function_it_cannot_be_written(action: str) -> None:
    ann = Person(name="Ann Lee")
    with pytest.raises(AttributeError, match=f"can't {action} attribute"):
        setattr(ann, "surname", "x") if action == "set" else delattr(ann, "surname")


STATEMENTS: dict[str, tuple[Any, str]] = {
    "an expression is called like the hybrid": (
        lambda: select(Person.name),
        "SELECT person.first || :first_1 || person.last_name AS name FROM person",
    ),
    "a column keeps its name": (lambda: select(Person.surname), "SELECT person.last_name FROM person"),
    "operators": (
        lambda: select(Person.id).where(Person.name == "x"),
        "SELECT person.id FROM person WHERE (person.first || :first_1 || person.last_name) = :param_1",
    ),
    "comparator": (
        lambda: select(Person.id).where(Person.folded == "x"),
        "SELECT person.id FROM person WHERE lower(person.first) = lower(:lower_1)",
    ),
    "method": (
        lambda: select(Person.id).where(Person.starts("x")),  # type: ignore[arg-type]
        "SELECT person.id FROM person WHERE (person.first LIKE :first_1 || '%')",
    ),
    "alias": (
        lambda: select(aliased(Person).name),
        "SELECT person_1.first || :first_1 || person_1.last_name AS name FROM person AS person_1",
    ),
    "subquery": (
        lambda: select(select(Person.name, Person.surname).subquery()),
        (
            "SELECT anon_1.name, anon_1.last_name FROM (SELECT person.first || :first_1 || person.last_name AS name, "
            "person.last_name AS last_name FROM person) AS anon_1"
        ),
    ),
    "filter_by": (
        lambda: select(Person.id).filter_by(surname="x"),
        "SELECT person.id FROM person WHERE person.last_name = :last_name_1",
    ),
    "relationship": (
        lambda: select(Pet.id).join(Pet.keeper),
        "SELECT pet.id FROM pet JOIN person ON person.id = pet.owner_id",
    ),
    "update": (
        lambda: update(Person).values({Person.name: "a b"}),
        "UPDATE person SET first=:first, last_name=:last_name",
    ),
    "update by name": (lambda: update(Person).values(surname="b"), "UPDATE person SET last_name=:last_name"),
    "insert": (
        lambda: insert(Person).values(name="a b"),
        "INSERT INTO person (first, last_name) VALUES (:first, :last_name)",
    ),
}


@pytest.mark.parametrize(("make", "expected"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_class_gives_sql(make: Any, expected: str) -> None:
    assert text(make()) == expected


def test_rows_call_hybrids_by_name() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Person(name="Ann Lee"))
        row = session.execute(select(Person.name, Person.surname, Person.last)).one()
        assert row._asdict() == {"name": "Ann Lee", "surname": "Lee", "last": "Lee"}


def test_records_are_spread() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        records = [{"name": "Ann Lee"}, {"name": "Bob Ray"}]
        session.execute(insert(Person), records)
        session.execute(update(Person), [{"id": 2, "name": "Cid Day"}])
        assert session.scalars(select(Person.name).order_by(Person.id)).all() == ["Ann Lee", "Cid Day"]
        assert records[0] == {"name": "Ann Lee"}
        with pytest.raises(InvalidRequestError, match=r"Can't evaluate bulk DML statement.*Person.surname"):
            session.execute(insert(Person), [{"surname": "x"}])


def test_what_inspection_tells() -> None:
    found = inspect(Person).all_orm_descriptors
    kinds = {key: found[key].extension_type for key in ("id", "name", "starts")}
    assert kinds == {
        "id": NotExtension.NOT_EXTENSION,
        "name": HybridExtensionType.HYBRID_PROPERTY,
        "starts": HybridExtensionType.HYBRID_METHOD,
    }
    assert isinstance(Person.name, QueryableAttribute)
    assert (str(Person.name), Person.name.key, Person.name.__doc__) == ("Person.name", "name", "Both names.")
    assert Person.name.info is found["name"].info
    assert Person.surname.property is Person.last.property


def test_what_is_no_expression_is_refused_where_one_is_needed() -> None:
    class Five(Base):
        __tablename__ = "five"
        id: Mapped[int] = mapped_column(primary_key=True)

        @hybrid_property
        def five(self) -> int:
            return 5

    assert (Five.five == 5) is True
    with pytest.raises(InvalidRequestError, match=r'interpreting attribute "Five.five" as a SQL expression.*got: 5'):
        select(Five.five)


def test_a_missing_member_names_hybrid_and_comparator() -> None:
    with pytest.raises(AttributeError, match=r"Neither 'hybrid_property' object nor 'Folded' object .* Person.folded"):
        Person.folded.nothing  # type: ignore[attr-defined] # noqa: B018


def test_an_undefined_operator_of_a_comparator_is_an_error() -> None:
    with pytest.raises(NotImplementedError):
        Person.folded < "x"  # noqa: B015


def test_options_take_hybrids_of_relationships() -> None:
    assert "LEFT OUTER JOIN person AS person_1" in text(select(Pet).options(joinedload(Pet.keeper)))
