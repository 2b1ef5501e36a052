"""composite() over the fields of a dataclass: columns, types and nullability that nobody declared."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import String, create_engine, select
from cormorant.orm import DeclarativeBase, Mapped, Session, composite, mapped_column


@dataclasses.dataclass
class Point:
    x: int
    y: float | None
    name: str = "q"


def mapped(make: Callable[[], Any]) -> Any:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        point: Mapped[Point] = make()

    return Thing


def columns(cls: Any) -> list[tuple[str, str, bool]]:
    return [(column.name, repr(column.type), column.nullable) for column in cls.__table__.c][1:]


TYPED = [("px", "Integer()", False), ("py", "Double()", True), ("pn", "String()", False)]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: composite(mapped_column("px"), mapped_column("py"), mapped_column("pn")), TYPED),
        (lambda: composite(Point, mapped_column("px"), mapped_column("py"), mapped_column("pn")), TYPED),
        (lambda: composite(), [("x", "Integer()", False), ("y", "Double()", True), ("name", "String()", False)]),
        (lambda: composite(mapped_column("px")), [TYPED[0], ("y", "Double()", True), ("name", "String()", False)]),
        (
            lambda: composite(mapped_column(), mapped_column("py", String(5)), mapped_column("pn", nullable=True)),
            [("x", "Integer()", False), ("py", "String(length=5)", True), ("pn", "String()", True)],
        ),
    ],
)
def test_fields_decide_what_is_left_open(make: Callable[[], Any], expected: list[tuple[str, str, bool]]) -> None:
    assert columns(mapped(make)) == expected


def test_values_are_stored_and_read() -> None:
    thing = mapped(lambda: composite(mapped_column("px"), mapped_column("py"), mapped_column("pn")))
    engine = create_engine("sqlite://")
    thing.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(thing(id=1, point=Point(1, None, "n")))
        session.commit()
        assert session.scalars(select(thing).where(thing.point == Point(2, None))).all() == []
        assert session.get(thing, 1).point == Point(1, None, "n")
