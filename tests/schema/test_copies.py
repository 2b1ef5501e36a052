"""copy, deepcopy and pickle of schemas, and of statements over their tables."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Enum, ForeignKey, Integer, MetaData, Sequence, String, Table, cast, insert, select, union
from cormorant.engine import create_engine

Copier = Callable[[Any], Any]


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


COPIERS = pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy, pickled])
DEEP = pytest.mark.parametrize("copier", [copy.deepcopy, pickled])


def tables() -> tuple[MetaData, Table, Table]:
    metadata = MetaData()
    a = Table("a", metadata, Column("id", Integer, primary_key=True), Column("name", String(20)))
    b = Table("b", metadata, Column("id", Integer, primary_key=True), Column("a_id", ForeignKey(a.c.id)))
    return metadata, a, b


@DEEP
def test_metadata_is_copied_with_its_tables(copier: Copier) -> None:
    metadata, a, _ = tables()
    copied = copier(metadata)
    assert copied is not metadata
    assert copied.tables["a"] is not a
    assert copied.tables["a"].metadata is copied
    (key,) = copied.tables["b"].foreign_keys
    assert key.column is copied.tables["a"].c.id
    assert [table.name for table in copied.sorted_tables] == ["a", "b"]
    copied.create_all(create_engine("sqlite://"))


@DEEP
def test_table_and_column_are_copied_with_their_metadata(copier: Copier) -> None:
    _, a, _ = tables()
    copied = copier(a)
    assert copied is not a
    assert copied.metadata is not a.metadata
    assert copied.metadata.tables["a"] is copied
    column = copier(a.c.id)
    assert column is not a.c.id
    assert column.table.c.id is column
    assert copier(Column("x", Integer)).name == "x"


def test_statement_copied_in_depth_keeps_its_tables() -> None:
    metadata, a, b = tables()
    statement = select(a).where(a.c.id == 3)
    copied = copy.deepcopy(statement)
    assert copied.get_final_froms() == [a]
    assert copied.compare(statement)
    assert copy.deepcopy([a, metadata, a.c.id]) == [a, metadata, a.c.id]
    assert str(copied.join(b, b.c.a_id == a.c.id)) == (
        "SELECT a.id, a.name \nFROM a JOIN b ON b.a_id = a.id \nWHERE a.id = :id_1"
    )


def test_types_and_sequences_do_not_carry_the_metadata_along() -> None:
    metadata, a, _ = tables()
    statement = insert(a).values(
        id=Sequence("s", metadata=metadata).next_value(), name=cast("x", Enum("x", name="e", metadata=metadata))
    )
    copied = copy.deepcopy(statement)
    assert copied.table is a
    assert str(copied) == str(statement)


@COPIERS
def test_copied_statements_have_the_same_text(copier: Copier) -> None:
    _, a, b = tables()
    alias = a.alias()
    part = select(a.c.id).where(a.c.name == "x").cte("part")
    for statement in (
        select(a, b).join(b, b.c.a_id == a.c.id).where(a.c.id.in_([1, 2])),
        select(alias.c.id, a.c.id).where(alias.c.id == a.c.id),
        select(part).join(a, a.c.id == part.c.id),
        union(select(a.c.id), select(b.c.id)).order_by("id"),
        insert(a).values(id=1),
        a.update().where(a.c.id == 1).values(name="y"),
        a.delete().where(a.c.id == 1),
    ):
        copied = copier(statement)
        assert copied is not statement
        assert str(copied) == str(statement)
        assert copied.compile().params == statement.compile().params


@COPIERS
def test_executed_statement(copier: Copier) -> None:
    metadata, a, _ = tables()
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        connection.execute(insert(a), [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}])
        statement = select(a.c.name).where(a.c.id == 2)
        assert connection.scalar(statement) == "y"
        assert connection.scalar(copier(statement)) == "y"
