"""Two classes mapped by their annotations, for the comparison of mapping styles."""

from __future__ import annotations

from cormorant import ForeignKey, String
from cormorant.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """A registry of its own."""


class Author(Base):
    """Has books."""

    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))
    books: Mapped[list[Book]] = relationship(back_populates="author", cascade="all, delete-orphan", order_by="Book.id")


class Book(Base):
    """May have an author."""

    __tablename__ = "book"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
    title: Mapped[str | None] = mapped_column("book_title", String(30))
    author: Mapped[Author | None] = relationship(back_populates="books")
