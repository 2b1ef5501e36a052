"""Hooks of declarative classes around configuration, and the UNION of a concrete hierarchy."""

from __future__ import annotations

import pytest

from cormorant import Column, Integer, MetaData, String, Table, select
from cormorant.ext.declarative import ConcreteBase
from cormorant.orm import DeclarativeBase, Mapped, mapped_column, polymorphic_union


def test_declare_first_and_last_are_called_once_per_class() -> None:
    told: list[tuple[str, str]] = []

    class Base(DeclarativeBase):
        pass

    class Mixin:
        @classmethod
        def __declare_first__(cls) -> None:
            told.append(("first", cls.__name__))

    class One(Mixin, Base):
        __tablename__ = "one"
        id: Mapped[int] = mapped_column(primary_key=True)

        @classmethod
        def __declare_last__(cls) -> None:
            told.append(("last", cls.__name__))

    Base.registry.configure()
    Base.registry.configure()
    assert told == [("first", "One"), ("last", "One")]
    assert One.__mapper__.configured


def test_a_name_of_a_class_is_quoted_in_the_union() -> None:
    one = Table("one", MetaData(), Column("id", Integer, primary_key=True), Column("x", String(5)))
    assert str(select(polymorphic_union({"o'ne": one}, "kind", "u"))) == (
        "SELECT u.id, u.x, u.kind \nFROM (SELECT one.id AS id, one.x AS x, 'o''ne' AS kind \nFROM one) AS u"
    )


def test_an_attribute_read_before_configuration_means_the_union() -> None:
    class Base(DeclarativeBase):
        pass

    class One(ConcreteBase, Base):
        __tablename__ = "one"
        id: Mapped[int] = mapped_column(primary_key=True)
        __mapper_args__ = {"polymorphic_identity": "one", "concrete": True}

    class Two(One):
        __tablename__ = "two"
        id: Mapped[int] = mapped_column(primary_key=True)
        __mapper_args__ = {"polymorphic_identity": "two", "concrete": True}

    assert str(select(One.id)) == (
        "SELECT pjoin.id \nFROM (SELECT one.id AS id, 'one' AS type \nFROM one UNION ALL "
        "SELECT two.id AS id, 'two' AS type \nFROM two) AS pjoin"
    )
    with pytest.raises(TypeError):
        Two(nonsense=1)
