"""Mapped dataclasses: constructor, defaults that are no values, mixins, decorators, errors."""

from __future__ import annotations

import dataclasses
import inspect as python_inspect
from typing import Any

import pytest

from cormorant import ForeignKey, inspect
from cormorant.exc import InvalidRequestError
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    mapped_as_dataclass,
    mapped_column,
    registry,
    relationship,
    unmapped_dataclass,
)


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Stamped(MappedAsDataclass):
    created: Mapped[int] = mapped_column(init=False, default=9)


class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(default=3)
    kids: Mapped[list[Kid]] = relationship(back_populates="parent", default_factory=list, repr=False)
    nick: Mapped[str | None] = mapped_column(default=None, kw_only=True)
    code: Mapped[str] = mapped_column(default_factory=lambda: "made", insert_default="stored", kw_only=True)


class Kid(Stamped, Base, kw_only=True):
    __tablename__ = "kid"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"), init=False)
    parent: Mapped[Parent | None] = relationship(back_populates="kids", default=None, repr=False)


def test_generated_methods() -> None:
    parent = Parent("x")
    assert repr(parent) == "Parent(id=None, name='x', size=3, nick=None, code='made')"
    assert parent == Parent("x")
    assert dataclasses.is_dataclass(Parent)
    assert list(python_inspect.signature(Kid.__init__).parameters) == ["self", "parent"]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Parent()  # type: ignore[call-arg]


def test_defaults_are_no_values() -> None:
    parent = Parent("x")
    assert set(parent.__dict__) == {"_sa_instance_state", "name", "code"}
    assert (parent.size, parent.nick, parent.kids) == (3, None, [])
    assert Parent.__table__.c.size.default.arg == 3
    assert Parent.__table__.c.code.default.arg == "stored"
    parent.size = 4
    assert parent.size == 4


def test_relationships_and_mixins() -> None:
    parent = Parent("x")
    kid = Kid(parent=parent)
    assert parent.kids == [kid]
    assert kid.created == 9
    assert Kid.__table__.c.created is not None
    assert [column.name for column in Kid.__table__.c] == ["id", "parent_id", "created"]


def test_subclass_of_a_mapped_dataclass() -> None:
    class Special(Parent):
        extra: Mapped[int | None] = mapped_column(default=None, kw_only=True)

    special = Special("x", extra=5)
    assert (special.name, special.extra, special.size) == ("x", 5, 3)


def test_decorators() -> None:
    mine = registry()

    @unmapped_dataclass(init=False)
    class Mixin:
        noted: Mapped[int] = mapped_column(default=1)

    @mapped_as_dataclass(mine, repr=False)
    class One(Mixin):
        __tablename__ = "one"
        id: Mapped[int] = mapped_column(primary_key=True, kw_only=True)

    @mine.mapped_as_dataclass
    class Two:
        __tablename__ = "two"
        id: Mapped[int] = mapped_column(primary_key=True)

    made: Any = One
    assert made(id=1).noted == 1
    assert inspect(Two) in mine.mappers
    assert Two(5) == Two(5)


def test_errors_of_dataclasses_are_explained() -> None:
    with pytest.raises(
        InvalidRequestError, match="Python dataclasses error encountered when creating dataclass for 'X'"
    ):

        class X(Base):
            __tablename__ = "x"
            id: Mapped[int] = mapped_column(primary_key=True, default=None)
            y: Mapped[int]


def test_a_dataclass_is_made_once() -> None:
    @dataclasses.dataclass
    class Plain:
        __tablename__ = "plain"
        id: Mapped[int] = mapped_column(primary_key=True)  # noqa: RUF009

    with pytest.raises(InvalidRequestError, match="is already a dataclass; ensure that base classes"):
        registry().mapped_as_dataclass(Plain)
