"""Members that moved to another parent while the one they left was not in memory."""

from __future__ import annotations

import gc

from cormorant import ForeignKey, create_engine, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    """A registry of its own."""


class Owner(Base):
    __tablename__ = "owner"
    id: Mapped[int] = mapped_column(primary_key=True)
    cards: Mapped[list[Card]] = relationship(back_populates="owner", cascade="all, delete-orphan")


class Card(Base):
    __tablename__ = "card"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"))
    owner: Mapped[Owner | None] = relationship(back_populates="cards")


def test_a_member_that_moved_stays() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine, autoflush=False) as session:
        session.add_all([Owner(id=1, cards=[Card(id=1), Card(id=2)]), Owner(id=2)])
        session.commit()
        gc.collect()
        card = session.get_one(Card, 1)
        card.owner = session.get_one(Owner, 2)
        session.delete(session.get_one(Owner, 1))
        session.commit()
        assert session.execute(select(Card.id, Card.owner_id)).all() == [(1, 2)]
