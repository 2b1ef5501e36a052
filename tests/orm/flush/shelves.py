"""Classes whose children do not know their parent: Shelf 1-n Book (plain) and Shelf 1-n Card (delete-orphan)."""

from __future__ import annotations

from cormorant import ForeignKey
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Shelf(Base):
    __tablename__ = "shelves"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    books: Mapped[list[Book]] = relationship(order_by="Book.id")
    cards: Mapped[list[Card]] = relationship(cascade="all, delete-orphan", order_by="Card.id")


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelves.id"))


class Card(Base):
    __tablename__ = "cards"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelves.id"))


def shelf_of(session: Session, kind: type[Book] | type[Card], key: int) -> int | str | None:
    """The foreign key in the row, or `gone`."""
    rows = session.connection().exec_driver_sql(f"SELECT shelf_id FROM {kind.__tablename__} WHERE id = {key}").all()
    return rows[0][0] if rows else "gone"
