"""Names of schemas, translated by an execution option."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, MetaData, Sequence, Table, create_engine, event, insert, select
from cormorant.dialects import mysql, postgresql
from cormorant.engine import Engine
from cormorant.exc import CompileError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column
from cormorant.schema import CreateSequence

metadata = MetaData()
plain = Table("t", metadata, Column("id", Integer, primary_key=True))
named = Table("u", metadata, Column("id", Integer, primary_key=True), Column("t", ForeignKey("t.id")), schema="other")


class Base(DeclarativeBase):
    pass


class Thing(Base):
    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://")
    with made.connect() as connection:
        for name in ("one", "two"):
            connection.exec_driver_sql(f"ATTACH ':memory:' AS {name}")
    yield made
    made.dispose()


def noted(engine: Engine) -> list[str]:
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda conn, cursor, statement, *rest: sent.append(statement))
    return sent


def test_a_connection(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execution_options(schema_translate_map={None: "one", "other": "two"})
        metadata.create_all(connection)
        connection.execute(insert(plain), [{"id": 1}, {"id": 2}])
        sent = noted(engine)
        assert connection.execute(select(plain.c.id, named.c.id).outerjoin_from(plain, named)).all() == [
            (1, None),
            (2, None),
        ]
        assert sent == [
            "SELECT one.t.id, two.u.id AS id_1 \nFROM one.t LEFT OUTER JOIN two.u ON one.t.id = two.u.t",
        ]
        assert connection.schema_for_object(plain) == "one"
        connection.execution_options(schema_translate_map=None)
        assert connection.schema_for_object(plain) is None
        metadata.drop_all(connection.execution_options(schema_translate_map={None: "one", "other": "two"}))


def test_one_statement(engine: Engine) -> None:
    chosen = {"schema_translate_map": {None: "one", "other": "one"}}
    with engine.connect() as connection:
        metadata.create_all(connection.execution_options(**chosen))
        connection.commit()
    with engine.connect() as connection:
        sent = noted(engine)
        for statement, options in ((select(plain).execution_options(**chosen), None), (select(plain), chosen)):
            assert connection.execute(statement, execution_options=options).all() == []
        assert sent == ["SELECT one.t.id \nFROM one.t"] * 2


def test_a_statement_is_planned_once_for_a_translation(engine: Engine) -> None:
    planner = engine.planners.translated({None: "one"})
    assert engine.planners.translated({None: "one"}) is planner
    first, _ = planner.plan_for(select(plain))
    assert planner.plan_for(select(plain))[0] is first
    assert engine.plan_for(select(plain))[0].text == "SELECT t.id \nFROM t"


@pytest.mark.parametrize("name", ["one", "two"])
def test_a_session(engine: Engine, name: str) -> None:
    tenant = engine.execution_options(schema_translate_map={None: name})
    Base.metadata.create_all(tenant)
    with Session(tenant) as session:
        session.add(Thing(note=name))
        session.commit()
        sent = noted(engine)
        found = session.scalars(select(Thing)).one()
        session.expire(found)
        assert found.note == name
        found.note = "new"
        session.flush()
        assert all(f"{name}.thing" in text for text in sent)


def test_text(engine: Engine) -> None:
    shown: Any = select(plain, named).compile(
        schema_translate_map={None: "q", "other": "r"}, render_schema_translate=True
    )
    assert str(shown) == "SELECT q.t.id, r.u.id AS id_1, r.u.t \nFROM q.t, r.u"


def test_text_on_request() -> None:
    sequence = Sequence("s", schema="other")
    names = {None: "one", "other": "Two"}

    def text(element: Any, **options: Any) -> str:
        return str(element.compile(dialect=postgresql.dialect(), schema_translate_map=names, **options))

    assert text(select(named.c.t, plain.c.id)) == (
        "SELECT __[SCHEMA_other].u.t, __[SCHEMA__none].t.id \nFROM __[SCHEMA_other].u, __[SCHEMA__none].t"
    )
    rendered = {"render_schema_translate": True}
    assert text(select(named.c.t), **rendered) == 'SELECT "Two".u.t \nFROM "Two".u'
    assert text(select(sequence.next_value()), **rendered) == "SELECT nextval('\"Two\".s') AS next_value_1"
    assert text(CreateSequence(sequence), **rendered) == 'CREATE SEQUENCE "Two".s'


def test_the_default_schema_as_target(engine: Engine) -> None:
    statement = select(named.c.id)
    with engine.connect() as connection:
        translated = connection.execution_options(schema_translate_map={"other": None})
        sent = noted(engine)
        named.create(translated)
        assert translated.execute(statement).all() == []
        assert sent[-1] == "SELECT main.u.id \nFROM main.u"
    with pytest.raises(CompileError, match="Dialect has no default schema name"):
        statement.compile(dialect=mysql.dialect(), schema_translate_map={"other": None}, render_schema_translate=True)


def test_translations_are_forgotten() -> None:
    dialect = postgresql.dialect()
    first = dialect.translated({None: "x"})
    assert dialect.translated({None: "x"}) is first
    for number in range(150):
        dialect.translated({None: f"tenant{number}"})
    assert dialect.translated({None: "x"}) is not first
    assert len(dialect._translated) <= 100
