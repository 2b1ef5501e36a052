"""Reflection: what is created, read and created again is the same; one Inspector for all databases."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import (
    CheckConstraint,
    Column,
    Computed,
    Connection,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    inspect,
    select,
    text,
)
from cormorant.engine.reflection import Inspector, ObjectKind, ObjectScope
from cormorant.exc import InvalidRequestError, NoSuchTableError

from .sent import Sent

QUESTIONS = (
    "get_columns", "get_pk_constraint", "get_foreign_keys", "get_indexes", "get_unique_constraints",
    "get_check_constraints", "get_table_options",
)  # fmt: skip


def shop() -> MetaData:
    """Tables with most of what all databases know."""
    metadata = MetaData()
    Table(
        "parent",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(30), nullable=False, server_default="x"),
        Column("amount", Numeric(10, 2), index=True),
        Column("note", Text),
        Column("twice", Integer, Computed("id2 * 2", persisted=True)),
        Column("id2", Integer, server_default=text("7")),
        UniqueConstraint("name", "amount", name="uq_name_amount"),
        CheckConstraint("amount > 5", name="ck_amount"),
    )
    Table(
        "pair",
        metadata,
        Column("y", Integer, primary_key=True, autoincrement=False),
        Column("x", Integer, primary_key=True, autoincrement=False),
        Column("parent_id", ForeignKey("parent.id", name="fk_parent", ondelete="CASCADE")),
        Column("up_y", Integer),
        Column("up_x", Integer),
        ForeignKeyConstraint(["up_y", "up_x"], ["pair.y", "pair.x"], name="fk_up"),
    )
    Table(
        "Mixed Case",
        metadata,
        Column("Id", Integer, primary_key=True),
        Column("select", Integer, ForeignKey("parent.id", name="FK Mixed")),
        Index("Ix Mixed", "select"),
    )
    return metadata


@pytest.fixture
def made(engine: Engine) -> Engine:
    """The engine, with these tables in its database."""
    shop().create_all(engine)
    return engine


def plain(value: Any) -> Any:
    """A value with its types and expressions as text."""
    kind: Any = value.__class__
    if kind is dict:
        return {str(name): plain(one) for name, one in value.items()}
    if kind in (list, tuple):
        return [plain(one) for one in value]
    return value if value is None or kind in (str, int, bool) else repr(value)


def answers(engine: Engine) -> dict[str, Any]:
    """Everything that the Inspector says."""
    inspector = inspect(engine)
    return {
        f"{question} {table}": plain(getattr(inspector, question)(table))
        for table in sorted(inspector.get_table_names())
        for question in QUESTIONS
    }


def test_what_is_created_from_the_reflection_is_the_same(made: Engine) -> None:
    before = answers(made)
    found = MetaData()
    found.reflect(made)
    assert sorted(found.tables) == ["Mixed Case", "pair", "parent"]
    found.drop_all(made)
    assert inspect(made).get_table_names() == []
    found.create_all(made)
    assert answers(made) == before


def test_tables_have_what_was_declared(made: Engine) -> None:
    found = MetaData()
    pair = Table("pair", found, autoload_with=made)
    parent = found.tables["parent"]
    assert pair.primary_key.columns.keys() == ["y", "x"]
    assert parent.c.keys() == ["id", "name", "amount", "note", "twice", "id2"]
    assert [column.nullable for column in parent.c][1:3] == [False, True]
    assert (parent.c.name.type.length, parent.c.amount.type.precision, parent.c.amount.type.scale) == (30, 10, 2)
    assert parent.c.twice.computed is not None
    assert (parent.autoincrement_column, pair.autoincrement_column) == (parent.c.id, None)
    keys = {key.name: key for key in pair.foreign_key_constraints}
    assert keys["fk_parent"].ondelete == "CASCADE"
    assert keys["fk_parent"].referred_table is parent
    assert [element.column for element in keys["fk_up"].elements] == [pair.c.y, pair.c.x]
    checks = [one.name for one in parent.constraints if isinstance(one, CheckConstraint)]
    assert checks == ["ck_amount"]
    uniques = [
        [column.name for column in one.columns] for one in parent.constraints if isinstance(one, UniqueConstraint)
    ]
    uniques += [[column.name for column in one.columns] for one in parent.indexes if one.unique]
    assert uniques == [["name", "amount"]]


def test_rows_through_reflected_tables(made: Engine) -> None:
    found = MetaData()
    found.reflect(made)
    parent, pair = found.tables["parent"], found.tables["pair"]
    with made.begin() as connection:
        key: Any = connection.execute(parent.insert().values(amount=7)).inserted_primary_key
        connection.execute(pair.insert().values(y=1, x=2, parent_id=key[0]))
        row = connection.execute(select(parent.c.name, parent.c.amount, parent.c.twice).join(pair)).one()
        assert (row.name, int(row.amount), row.twice) == ("x", 7, 14)


def test_chosen_columns_and_columns_of_the_program(made: Engine) -> None:
    chosen = Table("parent", MetaData(), autoload_with=made, include_columns=["id", "name"])
    assert chosen.c.keys() == ["id", "name"]
    assert not chosen.indexes
    own = Table(
        "pair", MetaData(), Column("parent_id", String(5), key="pid"), Column("more", Integer), autoload_with=made,
        resolve_fks=False,
    )  # fmt: skip
    assert own.c.keys() == ["y", "x", "pid", "up_y", "up_x", "more"]
    assert isinstance(own.c.pid.type, String)
    assert [key.name for key in own.foreign_key_constraints] == ["fk_up"]
    assert "parent" not in own.metadata.tables


def test_some_tables_of_a_database(made: Engine) -> None:
    found = MetaData()
    found.reflect(made, only=["pair"])
    assert sorted(found.tables) == ["pair", "parent"]
    found = MetaData()
    found.reflect(made, only=lambda name, metadata: name.startswith("pa") and metadata is found, resolve_fks=False)
    assert sorted(found.tables) == ["pair", "parent"]
    with pytest.raises(InvalidRequestError, match=r"requested table\(s\) not available in Engine\(.*: \(none\)"):
        MetaData().reflect(made, only=["pair", "none"])
    with pytest.raises(NoSuchTableError, match="none"):
        Table("none", found, autoload_with=made)
    assert "none" not in found.tables


def test_views(made: Engine) -> None:
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW named AS SELECT id, name FROM parent")
    inspector = inspect(made)
    assert inspector.get_view_names() == ["named"]
    assert "named" not in inspector.get_table_names()
    assert inspector.has_table("named")
    assert "parent" in inspector.get_view_definition("named")
    assert inspector.get_pk_constraint("named") == {"constrained_columns": [], "name": None}
    found = MetaData()
    found.reflect(made, views=True, only=["named"])
    assert found.tables["named"].c.keys() == ["id", "name"]


def test_existence(made: Engine) -> None:
    inspector = inspect(made)
    assert (inspector.has_table("pair"), inspector.has_table("none")) == (True, False)
    assert inspector.has_multi_table(["pair", "none"]) == {(None, "pair"): True, (None, "none"): False}
    assert inspector.has_index("Mixed Case", "Ix Mixed")
    assert not inspector.has_index("Mixed Case", "none")
    assert not inspector.has_index("none", "none")
    assert inspector.default_schema_name in inspector.get_schema_names()
    assert (inspector.has_schema(inspector.default_schema_name), inspector.has_schema("none")) == (True, False)
    for question in QUESTIONS:
        with pytest.raises(NoSuchTableError, match="none"):
            getattr(inspector, question)("none")


def test_a_table_that_is_not_there_takes_few_questions(engine: Engine) -> None:
    sent = Sent(engine)
    with engine.connect() as connection:
        sent.clear()
        with pytest.raises(NoSuchTableError, match="nothing"):
            Table("nothing", MetaData(), autoload_with=connection)
    assert 1 <= len(sent.statements) <= 4


def test_many_tables_at_once(made: Engine) -> None:
    inspector = inspect(made)
    for question in QUESTIONS:
        many = getattr(inspector, question.replace("get_", "get_multi_"))(
            kind=ObjectKind.ANY, scope=ObjectScope.DEFAULT
        )
        assert sorted(many) == [(None, "Mixed Case"), (None, "pair"), (None, "parent")]
        assert plain(many[None, "pair"]) == plain(getattr(inspector, question)("pair"))
    some = inspector.get_multi_columns(filter_names=["pair", "none"])
    assert list(some) == [(None, "pair")]


def test_order_of_tables(made: Engine) -> None:
    names = [name for name, _ in inspect(made).get_sorted_table_and_fkc_names()]
    assert names.index("parent") < names.index("pair")
    assert names[-1] is None
    keys = dict(inspect(made).sort_tables_on_foreign_key_dependency()[:-1])
    assert sorted(keys[None, "pair"]) == [((None, "pair"), "fk_parent"), ((None, "pair"), "fk_up")]


def test_answers_are_kept(made: Engine, connection: Connection) -> None:
    inspector = inspect(connection)
    before = inspector.get_table_names()
    connection.exec_driver_sql("CREATE TABLE later (a INTEGER)")
    assert inspector.get_table_names() is before
    inspector.clear_cache()
    assert "later" in inspector.get_table_names()
    assert isinstance(inspector, Inspector)


def test_listeners_change_columns(made: Engine) -> None:
    found = MetaData()
    told: list[tuple[str, str]] = []

    @event.listens_for(found, "column_reflect")
    def rename(inspector: Any, table: Any, info: dict[str, Any]) -> None:
        told.append((table.name, info["name"]))
        info["key"] = f"attr_{info['name'].lower()}"

    Table("pair", found, autoload_with=made)
    assert told[:5] == [("pair", "y"), ("pair", "x"), ("pair", "parent_id"), ("pair", "up_y"), ("pair", "up_x")]
    pair = found.tables["pair"]
    assert pair.c.keys()[:2] == ["attr_y", "attr_x"]
    (key,) = [one for one in pair.foreign_key_constraints if one.name == "fk_parent"]
    assert key.elements[0].column is found.tables["parent"].c.attr_id


def test_tables_in_a_cycle(engine: Engine) -> None:
    metadata = MetaData()
    for name, other in (("one", "two"), ("two", "one")):
        key = ForeignKey(f"{other}.id", name=f"fk_{name}", use_alter=engine.dialect.features.alter)
        Table(name, metadata, Column("id", Integer, primary_key=True), Column("other", Integer, key))
    metadata.create_all(engine)
    found = MetaData()
    Table("one", found, autoload_with=engine)
    assert sorted(found.tables) == ["one", "two"]
    *tables, (last, waiting) = inspect(engine).get_sorted_table_and_fkc_names()
    assert (sorted(name for name, _ in tables), last, sorted(waiting)) == (
        ["one", "two"], None, [("one", "fk_one"), ("two", "fk_two")],
    )  # fmt: skip


def test_identity_columns(engine: Engine) -> None:
    Table("t", MetaData(), Column("id", Integer, Identity(start=5), primary_key=True)).create(engine)
    found = Table("t", MetaData(), autoload_with=engine)
    if engine.dialect.features.identity_columns:
        assert found.c.id.identity.start == 5
    else:
        assert found.c.id.identity is None
    assert found.autoincrement_column is found.c.id


def test_comments(engine: Engine) -> None:
    column = Column("id", Integer, primary_key=True, comment="a 'column'")
    Table("t", MetaData(), column, comment="a 'table'").create(engine)
    found = Table("t", MetaData(), autoload_with=engine)
    if engine.dialect.features.comments:
        assert (found.comment, found.c.id.comment) == ("a 'table'", "a 'column'")
        assert inspect(engine).get_table_comment("t") == {"text": "a 'table'"}
    else:
        assert (found.comment, found.c.id.comment) == (None, None)
        with pytest.raises(NotImplementedError):
            inspect(engine).get_table_comment("t")


def test_reflection_sees_the_transaction_it_is_in(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TEMPORARY TABLE passing (a INTEGER PRIMARY KEY)")
        assert inspect(connection).has_table("passing")
        assert Table("passing", MetaData(), autoload_with=connection).c.keys() == ["a"]
