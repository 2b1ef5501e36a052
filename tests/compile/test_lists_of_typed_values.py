"""Lists in IN whose type puts an expression around each value."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    create_engine,
    func,
    insert,
    select,
    type_coerce,
)
from cormorant.exc import CompileError


class Lower(TypeDecorator[str]):
    impl = String
    cache_ok = True

    def bind_expression(self, bindvalue: Any) -> Any:
        return func.lower(type_coerce(bindvalue, String))


class Keyed(TypeDecorator[str]):
    impl = String
    cache_ok = True

    def bind_expression(self, bindvalue: Any) -> Any:
        return func.keyed(bindvalue, "key")


table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("name", Lower), Column("k", Keyed))
STATEMENT = select(table.c.id).where(table.c.name.in_(["A", "b"]))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "IN (__[POSTCOMPILE_name_1~~lower(~~REPL~~)~~])"),
        ({"render_postcompile": True}, "IN (lower(?), lower(?))"),
        ({"literal_binds": True}, "IN (lower('A'), lower('b'))"),
    ],
)
def test_text(options: dict[str, bool], text: str) -> None:
    compiled = STATEMENT.compile(create_engine("sqlite://"), compile_kwargs=options)
    assert str(compiled) == f"SELECT t.id \nFROM t \nWHERE t.name {text}"


def test_rows() -> None:
    engine = create_engine("sqlite://")
    table.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.execute(insert(table), [{"name": "A"}, {"name": "B"}, {"name": "C"}])
        for wanted, found in ((["A", "b"], [1, 2]), (["a"], [1]), ([], []), (["x", None], [])):
            assert connection.scalars(select(table.c.id).where(table.c.name.in_(wanted))).all() == found


def test_parameters_besides_the_value_are_refused() -> None:
    with pytest.raises(CompileError, match="has parameters besides the value"):
        str(select(table.c.id).where(table.c.k.in_(["a"])))
