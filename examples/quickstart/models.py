"""Two mapped classes: countries, and their subdivisions, which may lie in one another."""

from __future__ import annotations

from cormorant import ForeignKey, String
from cormorant.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The base of the mapped classes; its metadata knows their tables."""


class Country(Base):
    """A country by its ISO 3166-1 code."""

    __tablename__ = "country"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    numeric: Mapped[str | None] = mapped_column(String(3), unique=True)
    note: Mapped[str | None] = mapped_column(String(200))
    subdivisions: Mapped[list[Subdivision]] = relationship(
        back_populates="country", cascade="all, delete-orphan", order_by="Subdivision.code"
    )

    def __repr__(self) -> str:
        return f"Country({self.code}, {self.name})"


class Subdivision(Base):
    """A province, state or region by its ISO 3166-2 code; `parent` is the region it lies in."""

    __tablename__ = "subdivision"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(60))
    country_code: Mapped[str] = mapped_column(ForeignKey("country.code"))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("subdivision.code"))
    country: Mapped[Country] = relationship(back_populates="subdivisions")
    parent: Mapped[Subdivision | None] = relationship(back_populates="parts", remote_side="Subdivision.code")
    parts: Mapped[list[Subdivision]] = relationship(back_populates="parent")

    def __repr__(self) -> str:
        return f"Subdivision({self.code}, {self.name})"
