"""Loader options of columns that `with_only_columns()` replaced."""

from __future__ import annotations

import pytest

from cormorant import ForeignKey, func, select
from cormorant.exc import ArgumentError
from cormorant.orm import Mapped, mapped_column, registry, relationship, selectinload

Base = registry().generate_base()


class Parent(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "settled_parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    children: Mapped[list[Child]] = relationship()


class Child(Base):  # type: ignore[misc, valid-type]
    __tablename__ = "settled_child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("settled_parent.id"))


def test_they_may_fit_nothing() -> None:
    statement = select(Parent).options(selectinload(Parent.children))
    counted = statement.with_only_columns(func.count(Parent.id))
    assert str(counted) == "SELECT count(settled_parent.id) AS count_1 \nFROM settled_parent"


def test_options_given_afterwards_have_to_fit() -> None:
    counted = select(Parent).options(selectinload(Parent.children)).with_only_columns(func.count(Parent.id))
    with pytest.raises(ArgumentError, match="Query has only expression-based entities"):
        str(counted.options(selectinload(Parent.children)))
