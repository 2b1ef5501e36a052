"""Tables copied to another MetaData: with indexes over expressions, constraints of columns, names of conventions."""

from __future__ import annotations

from cormorant import CheckConstraint, Column, Index, Integer, MetaData, String, Table, UniqueConstraint, func
from cormorant.schema import CreateIndex, CreateTable

CONVENTION = {"uq": "uq_%(column_0_name)s", "pk": "pk_%(table_name)s", "ix": "ix_%(column_0_name)s"}


def test_indexes_over_expressions() -> None:
    table = Table("t", MetaData(), Column("x", String), Column("y", String))
    Index("one", func.lower(table.c.x), table.c.y.desc())
    copied = table.to_metadata(MetaData(), schema="s")
    (index,) = copied.indexes
    assert str(CreateIndex(index)) == "CREATE INDEX one ON s.t (lower(x), y DESC)"
    assert len(table.indexes) == 1


def test_constraint_of_a_column_stays_with_it() -> None:
    table = Table("t", MetaData(), Column("x", Integer, CheckConstraint("x > 3", name="positive")))
    text = str(CreateTable(table.to_metadata(MetaData())))
    assert "x INTEGER CONSTRAINT positive CHECK (x > 3)\n" in text
    assert text.count("CHECK") == 1


def test_names_of_conventions() -> None:
    metadata = MetaData(naming_convention=CONVENTION)
    table = Table("t", metadata, Column("x", Integer, primary_key=True), Column("y", Integer, unique=True))
    text = str(CreateTable(table.to_metadata(MetaData())))
    assert "CONSTRAINT pk_t PRIMARY KEY (x)" in text
    assert "\tUNIQUE (y)" in text
    other = MetaData(naming_convention={**CONVENTION, "uq": "other_%(column_0_name)s"})
    assert "CONSTRAINT other_y UNIQUE (y)" in str(CreateTable(table.to_metadata(other)))


def test_named_constraints_keep_their_names() -> None:
    table = Table("t", MetaData(), Column("x", Integer), UniqueConstraint("x", name="named"))
    assert "CONSTRAINT named UNIQUE (x)" in str(CreateTable(table.to_metadata(MetaData(naming_convention=CONVENTION))))
