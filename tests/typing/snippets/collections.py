"""Relationships whose members are read by statements, and attributes that mixins give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_type

from cormorant import ForeignKey, Insert, Select, create_engine
from cormorant.orm import (
    AppenderQuery,
    DeclarativeBase,
    DynamicMapped,
    InstrumentedAttribute,
    Mapped,
    Session,
    WriteOnlyCollection,
    WriteOnlyMapped,
    declared_attr,
    mapped_column,
    relationship,
)
from cormorant.sql.dml import Delete, Update


class Base(DeclarativeBase):
    pass


class Named:
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return "table_" + "name"

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"eager_defaults": True}

    @declared_attr.cascading.directive
    def __table_args__(cls) -> dict[str, Any]:
        return {}

    @declared_attr
    def id(cls) -> Mapped[int]:
        column: Mapped[int] = mapped_column(primary_key=True)
        return column

    @declared_attr.cascading
    @classmethod
    def title(cls) -> Mapped[str]:
        column: Mapped[str] = mapped_column()
        return column


class Account(Named, Base):
    entries: WriteOnlyMapped[Entry] = relationship()
    visits: DynamicMapped[Entry] = relationship(viewonly=True)


class Entry(Named, Base):
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


session = Session(create_engine("sqlite://"))
account = Account()
assert_type(Account.__tablename__, str)
assert_type(Account.id, InstrumentedAttribute[int])
assert_type(account.id, int)
assert_type(account.title, str)

assert_type(Account.entries, InstrumentedAttribute[Entry])
assert_type(account.entries, WriteOnlyCollection[Entry])
assert_type(account.entries.select(), Select[Entry])
assert_type(session.scalars(account.entries.select().limit(5)).all(), Sequence[Entry])
assert_type(account.entries.insert(), Insert)
assert_type(account.entries.update(), Update)
assert_type(account.entries.delete(), Delete)
account.entries.add(Entry())
account.entries.add_all([Entry()])
account.entries.remove(Entry())
account.entries = [Entry()]
account.entries = 5  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
account.entries.add(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

assert_type(Account.visits, InstrumentedAttribute[Entry])
assert_type(account.visits, AppenderQuery[Entry])
assert_type(account.visits.all(), list[Entry])
assert_type(account.visits.filter_by(id=5).first(), Entry | None)
assert_type(account.visits.filter(Entry.id > 5), AppenderQuery[Entry])
assert_type(account.visits.count(), int)
assert_type(list(account.visits), list[Entry])
account.visits.append(Entry())
account.visits.extend([Entry()])
account.visits.remove(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
account.visits = {Entry()}
