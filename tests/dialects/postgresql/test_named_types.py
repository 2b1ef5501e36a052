"""Enumerations and domains: when they are created and dropped, and with what text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import (
    CheckFirst,
    Column,
    Engine,
    Enum,
    Integer,
    MetaData,
    Sequence,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
    text,
)
from cormorant.dialects import postgresql as pg
from cormorant.dialects.postgresql import DOMAIN, ENUM
from cormorant.exc import CompileError, InvalidRequestError, SADeprecationWarning, SAWarning

CREATE, DROP = "CREATE TYPE q1 AS ENUM ('a', 'b')", "DROP TYPE q1"
Run = Callable[[Callable[[], Any]], list[str]]

TEXTS: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: pg.CreateEnumType(ENUM("a", "b'c", name="E x", schema="s")),
        "CREATE TYPE s.\"E x\" AS ENUM ('a', 'b''c')",
    ),
    (lambda: pg.DropEnumType(ENUM("a", name="e")), "DROP TYPE e"),
    (lambda: pg.CreateDomainType(DOMAIN("em", Text)), "CREATE DOMAIN em AS TEXT "),
    (
        lambda: pg.CreateDomainType(
            DOMAIN("em", Integer, not_null=True, default="5", check="VALUE > 5", constraint_name="nm", collation="C")
        ),
        "CREATE DOMAIN em AS INTEGER COLLATE \"C\" DEFAULT '5' CONSTRAINT nm NOT NULL CHECK (VALUE > 5)",
    ),
    (
        lambda: pg.CreateDomainType(DOMAIN("em", Integer, default=text("now()"))),
        "CREATE DOMAIN em AS INTEGER DEFAULT now()",
    ),
    (lambda: pg.DropDomainType(DOMAIN("em", Integer, schema="s")), "DROP DOMAIN s.em"),
]


@pytest.mark.parametrize(("make", "expected"), TEXTS)
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=pg.dialect())) == expected


def test_a_type_needs_a_name() -> None:
    with pytest.raises(CompileError, match="requires a name"):
        ENUM("a").compile(dialect=pg.dialect())


def test_the_schema_is_that_of_the_metadata() -> None:
    assert Table("t", MetaData(schema="s"), Column("x", Enum("a", name="q"))).c.x.type.schema == "s"
    table = Table("t", MetaData(), Column("x", Enum("a", name="q")), schema="s")
    assert table.c.x.type.schema is None
    assert table.c.x.type.metadata is table.metadata
    assert table.to_metadata(MetaData(), schema="other").c.x.type.schema == "other"


def test_old_arguments_warn() -> None:
    with pytest.warns(SADeprecationWarning, match="``inherit_schema`` parameter is deprecated"):
        type_ = Enum("a", name="q", inherit_schema=True)
    assert Table("t", MetaData(), Column("x", type_), schema="s").c.x.type.schema == "s"
    with pytest.warns(SAWarning, match="native_enum flag does not apply"):
        ENUM("a", name="q", native_enum=False)


@pytest.fixture
def engine(postgresql_url: str) -> Iterator[Engine]:
    engine = create_engine(postgresql_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sent(engine: Engine) -> Run:
    """A function that runs another and returns the DDL that it sent."""
    log: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.strip().startswith(("CREATE", "DROP")):
            log.append(" ".join(statement.split()))

    def run(function: Callable[[], Any]) -> list[str]:
        log.clear()
        function()
        return list(log)

    return run


@pytest.mark.parametrize("make", [ENUM, Enum])
def test_created_with_the_table_and_dropped_with_the_metadata(engine: Engine, sent: Run, make: Any) -> None:
    metadata = MetaData()
    table = Table("te", metadata, Column("x", make("a", "b", name="q1")))
    assert sent(lambda: table.create(engine)) == [CREATE, "CREATE TABLE te ( x q1 )"]
    assert sent(lambda: table.drop(engine)) == ["DROP TABLE te"]
    assert sent(lambda: metadata.create_all(engine)) == ["CREATE TABLE te ( x q1 )"]
    assert sent(lambda: metadata.create_all(engine)) == []
    assert sent(lambda: metadata.drop_all(engine)) == ["DROP TABLE te", DROP]
    assert sent(lambda: metadata.drop_all(engine)) == []


def test_given_metadata_alone(engine: Engine, sent: Run) -> None:
    metadata = MetaData()
    ENUM("a", "b", name="q1", metadata=metadata)
    assert sent(lambda: metadata.create_all(engine, checkfirst=CheckFirst.NONE)) == [CREATE]
    assert sent(lambda: metadata.drop_all(engine)) == [DROP]


def test_without_create_type(engine: Engine, sent: Run) -> None:
    type_ = ENUM("a", "b", name="q1", create_type=False)
    metadata = MetaData()
    Table("te", metadata, Column("x", pg.ARRAY(type_)))
    assert sent(lambda: type_.create(engine)) == [CREATE]
    assert sent(lambda: type_.create(engine)) == []
    assert sent(lambda: metadata.create_all(engine)) == ["CREATE TABLE te ( x q1[] )"]
    assert sent(lambda: metadata.drop_all(engine)) == ["DROP TABLE te"]
    assert sent(lambda: type_.drop(engine)) == [DROP]


def test_types_that_stay_in_use_stay(engine: Engine, sent: Run) -> None:
    metadata = MetaData()
    first = Table("te", metadata, Column("x", ENUM("a", "b", name="q1")))
    Table("te2", metadata, Column("x", ENUM("a", "b", name="q1")))
    metadata.create_all(engine)
    assert sent(lambda: metadata.drop_all(engine, tables=[first])) == ["DROP TABLE te"]
    assert sent(lambda: metadata.drop_all(engine)) == ["DROP TABLE te2", DROP]


def test_domains(engine: Engine, sent: Run) -> None:
    metadata = MetaData()
    table = Table("te", metadata, Column("x", DOMAIN("positive", Integer, check="VALUE > 0")))
    created = sent(lambda: metadata.create_all(engine))
    assert created == ["CREATE DOMAIN positive AS INTEGER CHECK (VALUE > 0)", "CREATE TABLE te ( x positive )"]
    with engine.connect() as connection:
        connection.execute(table.insert(), {"x": 5})
        assert connection.scalar(table.select()) == 5
    assert sent(lambda: metadata.drop_all(engine)) == ["DROP TABLE te", "DROP DOMAIN positive"]


def test_listeners_of_a_type(engine: Engine) -> None:
    metadata = MetaData()
    seen: list[str] = []
    type_ = ENUM("a", "b", name="listened", metadata=metadata)
    moments = ("before_create", "after_create", "before_drop", "after_drop")

    def listen(moment: str) -> None:
        def note(target: Any, connection: Any, **kw: Any) -> None:
            seen.append(f"{moment} {target.name}")

        event.listen(type_, moment, note)

    for moment in moments:
        listen(moment)
    Table("of_listened", metadata, Column("x", type_))
    metadata.create_all(engine)
    metadata.create_all(engine)
    metadata.drop_all(engine)
    assert seen == [f"{moment} listened" for moment in moments]
    with pytest.raises(InvalidRequestError):
        event.listen(ENUM, "before_create", print)


def test_table_alone_brings_its_sequences(engine: Engine) -> None:
    table = Table("with_sequence", MetaData(), Column("x", Integer, Sequence("of_with_sequence", start=7)))
    table.drop(engine, checkfirst=True)
    table.create(engine)
    with engine.begin() as connection:
        connection.execute(insert(table))
        assert connection.scalar(select(table.c.x)) == 7
    table.drop(engine)
    with engine.connect() as connection:
        assert not connection.dialect.has_sequence(connection, "of_with_sequence")
