"""Order of tables, and what create_all() and drop_all() would run; all without a database."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import event, exc
from cormorant.schema import (
    DDL,
    Column,
    ForeignKey,
    MetaData,
    Sequence,
    Table,
    plan_create,
    plan_drop,
    sort_tables,
    sort_tables_and_constraints,
)
from cormorant.types import Integer


class Features:
    def __init__(self, **given: bool) -> None:
        self.alter = True
        self.sequences = self.sequences_optional = self.server_side_enum_ddl = False
        self.comments = self.inline_comments = self.constraint_comments = False
        self.__dict__.update(given)


class PlainDialect:
    """Only what a plan asks."""

    name = "plain"

    def __init__(self, **given: bool) -> None:
        self.features = Features(**given)
        self.present: set[str] = set()
        self.asked: list[list[str]] = []

    def has_table(self, connection: Any, name: str, schema: str | None = None) -> bool:
        return name in self.present

    def has_multi_table(self, connection: Any, names: list[str], schema: str | None = None) -> dict[Any, bool]:
        self.asked.append(names)
        return {(schema, name): name in self.present for name in names}

    def has_sequence(self, connection: Any, name: str, schema: str | None = None) -> bool:
        return name in self.present


class PlainConnection:
    """Notes what it is asked to execute."""

    def __init__(self, dialect: PlainDialect) -> None:
        self.dialect = dialect
        self.seen: list[str] = []

    def _run_ddl(self, visit: Any) -> None:
        visit(self)

    def execute(self, statement: Any) -> None:
        self.seen.append(shown(statement))


def shown(statement: Any) -> str:
    element = statement.element
    name = getattr(element, "name", None) or f"{element.table.name}?"
    return f"{type(statement).__name__} {name}"


def planned(plan: Any, metadata: MetaData, dialect: PlainDialect) -> list[str]:
    return [shown(one) for one in plan(metadata, metadata.tables.values(), dialect)]


@pytest.fixture
def simple() -> MetaData:
    metadata = MetaData()
    Table("z", metadata, Column("id", Integer, primary_key=True))
    Table("y", metadata, Column("id", Integer, ForeignKey("z.id")))
    Table("x", metadata, Column("id", Integer, primary_key=True))
    Table("w", metadata, Column("id", ForeignKey("x.id")), Column("q", ForeignKey("z.id"), index=True))
    Table("aa", metadata, Column("id", Integer))
    return metadata


@pytest.fixture
def cyclic() -> MetaData:
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer, primary_key=True), Column("b_id", ForeignKey("b.id", name="fkb")))
    Table("b", metadata, Column("id", Integer, primary_key=True), Column("a_id", ForeignKey("a.id")))
    Table("c", metadata, Column("id", Integer, primary_key=True), Column("c_id", ForeignKey("c.id")))
    return metadata


def test_tables_referred_to_come_first(simple: MetaData) -> None:
    assert [table.name for table in simple.sorted_tables] == ["aa", "x", "z", "w", "y"]
    assert [table.name for table in sort_tables(simple.tables.values())] == ["z", "x", "aa", "y", "w"]


def test_dependencies_said_by_hand(simple: MetaData) -> None:
    simple.tables["aa"].add_is_dependent_on(simple.tables["y"])
    assert [table.name for table in simple.sorted_tables][-1] == "aa"


def test_creation_and_removal_in_order(simple: MetaData) -> None:
    dialect = PlainDialect()
    assert planned(plan_create, simple, dialect) == [
        "CreateTable z",
        "CreateTable x",
        "CreateTable aa",
        "CreateTable y",
        "CreateTable w",
        "CreateIndex ix_w_q",
    ]
    assert planned(plan_drop, simple, dialect) == [f"DropTable {name}" for name in ("w", "y", "aa", "x", "z")]


def test_cycles_are_closed_by_alter(cyclic: MetaData) -> None:
    dialect = PlainDialect()
    statements = plan_create(cyclic, cyclic.tables.values(), dialect)
    assert [shown(one) for one in statements] == [
        "CreateTable a",
        "CreateTable b",
        "CreateTable c",
        "AddConstraint fkb",
        "AddConstraint b?",
    ]
    assert statements[0].include_foreign_key_constraints == []  # type: ignore[attr-defined]
    assert planned(plan_drop, cyclic, dialect) == ["DropConstraint fkb", "DropTable b", "DropTable c", "DropTable a"]


def test_cycles_without_alter(cyclic: MetaData) -> None:
    dialect = PlainDialect(alter=False)
    statements = plan_create(cyclic, cyclic.tables.values(), dialect)
    assert [shown(one) for one in statements] == ["CreateTable a", "CreateTable b", "CreateTable c"]
    assert len(statements[0].include_foreign_key_constraints) == 1  # type: ignore[attr-defined]
    with pytest.warns(exc.SAWarning, match="Can't sort tables for DROP"):
        assert planned(plan_drop, cyclic, dialect) == ["DropTable a", "DropTable b", "DropTable c"]


def test_cycles_of_nameless_constraints_cannot_be_dropped() -> None:
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer, primary_key=True), Column("b_id", ForeignKey("b.id")))
    Table("b", metadata, Column("id", Integer, primary_key=True), Column("a_id", ForeignKey("a.id")))
    with pytest.raises(exc.CircularDependencyError, match=r"between tables: a, b.*have names"):
        plan_drop(metadata, metadata.tables.values(), PlainDialect())
    with pytest.warns(exc.SAWarning, match='unresolvable cycles between tables "a, b"'):
        assert [table.name for table in metadata.sorted_tables] == ["a", "b"]


def test_constraints_marked_to_come_later() -> None:
    metadata = MetaData()
    Table("a", metadata, Column("b_id", ForeignKey("b.id", use_alter=True, name="later")))
    Table("b", metadata, Column("id", Integer, primary_key=True))
    ordered = sort_tables_and_constraints(metadata.tables.values())
    assert [(None if table is None else table.name, [one.name for one in later]) for table, later in ordered] == [
        ("a", []),
        ("b", []),
        (None, ["later"]),
    ]


def test_sequences_and_comments_where_the_database_has_them() -> None:
    metadata = MetaData()
    Table("t", metadata, Column("id", Integer, Sequence("s"), primary_key=True, comment="c"), comment="t")
    full = PlainDialect(sequences=True, comments=True)
    statements = plan_create(metadata, metadata.tables.values(), full, metadata._sequences.values())
    assert [shown(one) for one in statements] == [
        "CreateSequence s",
        "CreateTable t",
        "SetTableComment t",
        "SetColumnComment id",
    ]


def test_a_sequence_is_created_just_before_its_table() -> None:
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer, primary_key=True))
    Table("b", metadata, Column("id", Integer, Sequence("of_b"), primary_key=True), Column("n", Integer, Sequence("n")))
    Table("c", metadata, Column("id", Integer, Sequence("of_c"), primary_key=True))
    Sequence("free", metadata=metadata)
    connection = PlainConnection(PlainDialect(sequences=True))
    connection.dialect.present = {"c"}
    metadata.create_all(connection)
    assert connection.seen == [
        "CreateSequence free",
        "CreateTable a",
        "CreateSequence of_b",
        "CreateSequence n",
        "CreateTable b",
    ]


def test_all_tables_of_a_schema_are_asked_for_at_once(simple: MetaData) -> None:
    connection = PlainConnection(PlainDialect())
    Table("far", simple, Column("id", Integer, primary_key=True), schema="other")
    simple.create_all(connection)
    assert [sorted(names) for names in connection.dialect.asked] == [["aa", "w", "x", "y", "z"], ["far"]]


def test_only_what_is_missing_is_created(simple: MetaData) -> None:
    connection = PlainConnection(PlainDialect())
    connection.dialect.present = {"z", "x", "y"}
    simple.create_all(connection)
    assert connection.seen == ["CreateTable w", "CreateIndex ix_w_q", "CreateTable aa"]
    connection.seen.clear()
    simple.drop_all(connection)
    assert connection.seen == ["DropTable y", "DropTable x", "DropTable z"]
    connection.seen.clear()
    simple.tables["y"].create(connection, checkfirst=True)
    simple.tables["aa"].create(connection, checkfirst=True)
    next(iter(simple.tables["w"].indexes)).create(connection)
    assert connection.seen == ["CreateTable aa", "CreateIndex ix_w_q"]


def test_events_around_tables(simple: MetaData) -> None:
    connection = PlainConnection(PlainDialect())
    seen: list[str] = []
    table = simple.tables["aa"]
    event.listen(table, "after_create", lambda target, connection, **kw: seen.append(f"after {target.name}"))
    event.listen(simple, "before_create", lambda target, connection, **kw: seen.append(f"all {len(kw['tables'])}"))
    text = DDL("ANALYZE").execute_if(dialect="other")
    event.listen(table, "after_create", text)
    simple.create_all(connection, tables=[table], checkfirst=False)
    assert seen == ["all 1", "after aa"]
    assert connection.seen == ["CreateTable aa"]


def test_events_of_becoming_part() -> None:
    seen: list[str] = []

    def note(column: Any, table: Any) -> None:
        seen.append(f"{table.name}.{column.name}")

    event.listen(Column, "after_parent_attach", note)
    try:
        Table("t", MetaData(), Column("a", Integer))
    finally:
        event.remove(Column, "after_parent_attach", note)
    Table("u", MetaData(), Column("a", Integer))
    assert seen == ["t.a"]


def test_only_engines_and_connections_run_ddl(simple: MetaData) -> None:
    with pytest.raises(exc.ArgumentError, match="Expected an Engine or Connection to run DDL on, got None"):
        simple.create_all(None)
