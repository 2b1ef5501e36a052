"""Types of a program's own around types of PostgreSQL; collations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import (
    Column,
    Engine,
    Integer,
    MetaData,
    Sequence,
    String,
    Table,
    Text,
    TypeDecorator,
    cast,
    collate,
    create_engine,
    insert,
    select,
    text,
)
from cormorant.dialects import postgresql as pg
from cormorant.exc import ArgumentError, CompileError, SADeprecationWarning
from cormorant.schema import CreateSequence, CreateTable


def in_postgresql(node: Any, **options: Any) -> str:
    return str(node.compile(dialect=pg.dialect(), compile_kwargs=options))


class Number(TypeDecorator[int]):
    impl = Integer
    cache_ok = True


class Words(TypeDecorator[str]):
    impl = String
    cache_ok = True


class Document(TypeDecorator[Any]):
    impl = pg.JSONB
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return value

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return ("got", value)


table = Table("t", MetaData(), Column("id", Number, primary_key=True), Column("w", Words), Column("d", Document))


def test_cast_of_binds_is_that_of_the_type_inside() -> None:
    wanted = "INSERT INTO t (id, w, d) VALUES (%(id)s::INTEGER, %(w)s::VARCHAR, %(d)s::JSONB)"
    assert in_postgresql(insert(table)) == wanted


def test_counted_key_is_serial() -> None:
    assert "id SERIAL NOT NULL" in in_postgresql(CreateTable(table))


def test_part_of_a_document_has_its_type() -> None:
    part = table.c.d["x"]
    assert isinstance(part.type, Document)
    assert in_postgresql(part) == "t.d -> %(d_1)s::TEXT"


def test_value_without_literal_form_is_not_written() -> None:
    with pytest.raises(CompileError, match="No literal value renderer"):
        in_postgresql(table.c.d.has_key("a"), literal_binds=True)


def test_collation_follows_the_cast_of_binds() -> None:
    column = Column("c", Text(collation="C"))
    assert in_postgresql(column == "x") == 'c = %(c_1)s::VARCHAR COLLATE "C"'
    sized = Column("c", String(5, collation="C"))
    assert in_postgresql(sized == "x") == "c = %(c_1)s::VARCHAR"


def test_collated_expression_has_a_collated_type() -> None:
    made = collate(table.c.w, "C")
    assert made.type.collation == "C"
    assert in_postgresql(made > "x") == '(t.w COLLATE "C") > %(param_1)s::VARCHAR COLLATE "C"'
    assert isinstance(collate(table.c.id, "C").type, Number)


def test_schema_of_a_collation() -> None:
    type_ = String(collation="a", collation_schema="Sch")
    assert in_postgresql(cast("x", type_)) == 'CAST(%(param_1)s::VARCHAR COLLATE "Sch".a AS VARCHAR) COLLATE "Sch".a'
    assert 'c VARCHAR COLLATE "Sch".a' in in_postgresql(CreateTable(Table("x", MetaData(), Column("c", type_))))
    domain = pg.DOMAIN("d", Text, collation="a", collation_schema="Sch")
    with pytest.raises(ArgumentError):
        String(collation_schema="Sch")
    assert 'COLLATE "Sch".a' in in_postgresql(pg.CreateDomainType(domain))


def test_sequence_says_nothing_of_order() -> None:
    with pytest.warns(SADeprecationWarning, match="This parameter is supported only by"):
        ordered = Sequence("s", order=True)
    assert in_postgresql(CreateSequence(ordered)) == "CREATE SEQUENCE s"


@pytest.fixture
def engine(postgresql_url: str) -> Iterator[Engine]:
    made = create_engine(postgresql_url)
    yield made
    made.dispose()


def test_chosen_tables_bring_sequences_of_no_column(engine: Engine) -> None:
    metadata = MetaData()
    counter = Sequence("decorated_seq", metadata=metadata)
    chosen = Table("decorated", metadata, Column("x", Integer, server_default=counter.next_value()))
    other = Table("decorated_2", metadata, Column("x", Integer, Sequence("decorated_seq_2")))
    metadata.drop_all(engine)
    metadata.create_all(engine, tables=[chosen])
    with engine.begin() as connection:
        connection.execute(insert(chosen))
        assert connection.scalar(select(chosen.c.x)) == 1
        assert connection.scalar(text("SELECT to_regclass('decorated_seq_2')")) is None
    metadata.drop_all(engine, tables=[chosen])
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT to_regclass('decorated_seq')")) is None
    assert other.c.x.default is not None
