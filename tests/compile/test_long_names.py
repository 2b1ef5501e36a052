"""Names of indexes and constraints that are longer than a database takes."""

from __future__ import annotations

import pytest

from cormorant import Column, Index, Integer, MetaData, Table, UniqueConstraint, create_mock_engine
from cormorant.dialects import mysql, postgresql
from cormorant.exc import IdentifierError
from cormorant.schema import CreateIndex, CreateTable, DropIndex, conv

LONG = "long" * 30
by_convention = Table(
    "t",
    MetaData(naming_convention={"ix": f"ix_{'x' * 70}_%(column_0_name)s", "uq": f"uq_{'x' * 70}_%(column_0_name)s"}),
    Column("q", Integer, index=True),
    Column("z", Integer, unique=True),
)


def test_names_of_a_convention_are_cut() -> None:
    (index,) = by_convention.indexes
    dialect = postgresql.dialect()
    cut = f"ix_{'x' * 52}_5864"
    assert str(CreateIndex(index).compile(dialect=dialect)) == f"CREATE INDEX {cut} ON t (q)"
    assert str(DropIndex(index).compile(dialect=dialect)) == f"\nDROP INDEX {cut}"
    assert f"CONSTRAINT uq_{'x' * 52}_c6b3 UNIQUE (z)" in str(CreateTable(by_convention).compile(dialect=dialect))
    assert f"INDEX ix_{'x' * 53}_5864 ON" in str(CreateIndex(index).compile(dialect=mysql.dialect()))
    assert str(CreateIndex(index)) == f"CREATE INDEX ix_{'x' * 70}_q ON t (q)"


def test_names_of_a_program_are_refused() -> None:
    table = Table("t", MetaData(), Column("a", Integer), UniqueConstraint("a", name=LONG))
    with pytest.raises(IdentifierError, match="exceeds maximum length of 63 characters"):
        CreateTable(table).compile(dialect=postgresql.dialect())
    with pytest.raises(IdentifierError, match=f"Identifier '{LONG}'"):
        CreateIndex(Index(LONG, table.c.a)).compile(dialect=postgresql.dialect())
    assert f"INDEX {LONG[:55]}_c1e8 ON" in str(
        CreateIndex(Index(conv(LONG), table.c.a)).compile(dialect=postgresql.dialect())
    )


def test_a_mock_engine_creates_without_looking() -> None:
    made: list[str] = []
    engine = create_mock_engine("sqlite://", lambda statement, *rest, **options: made.append(str(statement)))
    metadata = MetaData()
    table = Table("t", metadata, Column("id", Integer, primary_key=True))
    metadata.create_all(engine)
    table.drop(engine, checkfirst=True)
    metadata.drop_all(engine)
    assert [text.split()[0] for text in made] == ["CREATE", "DROP", "DROP"]
