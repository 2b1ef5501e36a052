"""INSERT: keys, defaults, many rows with RETURNING; the same on every database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import event
from cormorant.engine import Connection, Engine, create_engine
from cormorant.exc import ArgumentError, InvalidRequestError, StatementError
from cormorant.schema import Column, MetaData, Table, insert_sentinel
from cormorant.sql.expression import func, insert, literal, select, text, update
from cormorant.types import Integer, String

metadata = MetaData()
plain = Table(
    "plain",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(30)),
    Column("d", Integer, server_default="7"),
)
defaults = Table(
    "defaults",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scalar", Integer, default=5),
    Column("called", String(40), default=lambda: str(uuid.uuid4())),
    Column("in_context", Integer, default=lambda context: context.get_current_parameters()["scalar"] + 1),
    Column("sql", Integer, default=text("1+1")),
    Column("function", Integer, default=func.abs(-3)),
    Column("updated", Integer, onupdate=9),
)
keyed = Table("keyed", metadata, Column("a", String(36), primary_key=True), Column("b", Integer, primary_key=True))


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = create_engine(database)
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as made:
        yield made


def watch(engine: Engine) -> list[str]:
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    return seen


def test_one_row(connection: Connection) -> None:
    first = connection.execute(insert(plain), {"name": "a"})
    second = connection.execute(insert(plain).values(name="b"))
    assert second.inserted_primary_key[0] == first.inserted_primary_key[0] + 1
    assert first.inserted_primary_key.id == first.inserted_primary_key[0]  # type: ignore[attr-defined]
    assert second.inserted_primary_key_rows == [second.inserted_primary_key]
    given = connection.execute(insert(plain), {"id": 50, "name": "c"})
    assert given.inserted_primary_key == (50,)
    assert connection.execute(insert(plain)).inserted_primary_key[0] is not None
    assert connection.execute(insert(plain), {}).inserted_primary_key[0] is not None


def test_keys_that_are_not_known(connection: Connection) -> None:
    rows = connection.execute(insert(plain).values([{"name": "a"}, {"name": "b"}]))
    assert rows.inserted_primary_key == (None,)
    copied = connection.execute(insert(plain).from_select(["name"], select(literal("z"))))
    assert copied.inserted_primary_key == (None,)
    many = connection.execute(insert(plain), [{"id": 51}, {"id": 52}])
    assert many.inserted_primary_key_rows == [(51,), (52,)]
    with pytest.raises(Exception, match="This statement was an executemany call"):
        _ = many.inserted_primary_key


def test_returning(connection: Connection) -> None:
    result = connection.execute(insert(plain).returning(plain.c.id, plain.c.d), {"name": "a"})
    with pytest.raises(Exception, match=r"Can't call inserted_primary_key when returning\(\) is used"):
        _ = result.inserted_primary_key
    row = result.one()
    assert row.d == 7
    assert connection.scalar(select(plain.c.name).where(plain.c.id == row.id)) == "a"


def test_python_defaults(connection: Connection) -> None:
    result = connection.execute(insert(defaults))
    assert [column.name for column in result.prefetch_cols()] == ["scalar", "called", "in_context"]
    assert {"sql", "function"} <= {column.name for column in result.postfetch_cols()}
    row = connection.execute(select(defaults)).one()
    assert (row.scalar, row.in_context, row.sql, row.function, row.updated) == (5, 6, 2, 3, None)
    assert result.last_inserted_params()["called"] == row.called
    changed = connection.execute(update(defaults).values(scalar=1))
    assert changed.last_updated_params()["updated"] == 9
    assert connection.execute(select(defaults.c.updated, defaults.c.called)).one() == (9, row.called)


def test_python_defaults_of_many(connection: Connection) -> None:
    connection.execute(insert(defaults), [{"scalar": 10}, {"scalar": 20}, {"scalar": None}][:2])
    rows = connection.execute(select(defaults).order_by(defaults.c.id)).all()
    assert [(row.scalar, row.in_context, row.sql) for row in rows] == [(10, 11, 2), (20, 21, 2)]
    assert rows[0].called != rows[1].called


def test_many_rows_come_back_in_order(engine: Engine, connection: Connection) -> None:
    seen = watch(engine)
    rows = [{"name": f"n{number}"} for number in range(2500)]
    statement = insert(plain).returning(plain.c.id, plain.c.name, sort_by_parameter_order=True)
    found = connection.execute(statement, rows).all()
    assert [row.name for row in found] == [row["name"] for row in rows]
    assert [row.id for row in found] == sorted({row.id for row in found})
    assert len(seen) == 3


def test_the_texts_of_a_batch(engine: Engine, connection: Connection) -> None:
    seen = watch(engine)
    rows = [{"name": "a"}, {"name": "b"}]
    connection.execute(insert(plain).returning(plain.c.id), rows).all()
    connection.execute(insert(plain).returning(plain.c.id, sort_by_parameter_order=True), rows).all()
    expected = {
        "sqlite": [
            "INSERT INTO plain (name) VALUES (?), (?) RETURNING id",
            "INSERT INTO plain (name) VALUES (?), (?) RETURNING id",
        ],
        "postgresql": [
            "INSERT INTO plain (name) VALUES (%(name__0)s::VARCHAR), (%(name__1)s::VARCHAR) RETURNING plain.id",
            (
                "INSERT INTO plain (name) SELECT p0::VARCHAR FROM (VALUES (%(name__0)s::VARCHAR, 0), "
                "(%(name__1)s::VARCHAR, 1)) AS imp_sen(p0, sen_counter) ORDER BY sen_counter RETURNING plain.id"
            ),
        ],
        "mysql": [
            "INSERT INTO plain (name) VALUES (%(name__0)s), (%(name__1)s) RETURNING plain.id",
            "INSERT INTO plain (name) VALUES (%(name__0)s), (%(name__1)s) RETURNING plain.id",
        ],
    }
    assert seen == expected[engine.name]


def test_page_size(engine: Engine, connection: Connection) -> None:
    seen = watch(engine)
    rows = [{"name": str(number)} for number in range(7)]
    statement = insert(plain).returning(plain.c.name)
    options = {"insertmanyvalues_page_size": 3}
    found = connection.execute(statement, rows, execution_options=options).scalars().all()
    assert sorted(found) == [row["name"] for row in rows]
    assert len(seen) == 3


@pytest.mark.parametrize("as_tuples", [False, True])
def test_insert_many(engine: Engine, connection: Connection, as_tuples: bool) -> None:
    plan, _ = engine.plan_for(insert(plain).returning(plain.c.id, plain.c.d), ("name",), True)
    names = [f"n{number}" for number in range(1500)]
    rows: list[Any] = [(name,) if as_tuples else {"name": name} for name in names]
    found = connection.insert_many(plan, rows)
    assert {row.d for row in found} == {7}
    stored = dict(connection.execute(select(plain.c.id, plain.c.name)).all())  # type: ignore[arg-type]
    assert [stored[row.id] for row in found] == names
    assert connection.insert_many(plan, rows[:1])[0].d == 7


def test_rows_with_their_own_keys_are_matched_by_them(engine: Engine, connection: Connection) -> None:
    seen = watch(engine)
    plan, _ = engine.plan_for(
        insert(keyed).returning(keyed.c.b, keyed.c.a, sort_by_parameter_order=True), ("a", "b"), True
    )
    rows = [(str(uuid.uuid4()), number % 3) for number in range(200)]
    assert [(row.a, row.b) for row in connection.insert_many(plan, rows)] == rows
    assert len(seen) == 1


def test_rows_that_cannot_be_matched_go_one_by_one(engine: Engine, connection: Connection) -> None:
    connection.execute(text("CREATE TABLE unmatched (code INTEGER DEFAULT 5, name VARCHAR(30))"))
    code = Column("code", Integer, primary_key=True, server_default=text("5"))
    unmatched = Table("unmatched", MetaData(), code, Column("name", String(30)))
    seen = watch(engine)
    statement = insert(unmatched).returning(unmatched.c.name, sort_by_parameter_order=True)
    found = connection.execute(statement, [{"name": "b"}, {"name": "a"}]).scalars().all()
    connection.execute(text("DROP TABLE unmatched"))
    assert found == ["b", "a"]
    assert len(seen) == 3


def test_expressions_in_many_rows(connection: Connection) -> None:
    statement = insert(plain).values(name=func.lower("ABC")).returning(plain.c.name, plain.c.d)
    assert connection.execute(statement, [{"d": 1}, {"d": 2}]).all() == [("abc", 1), ("abc", 2)]


def test_values_outside_of_the_rows(connection: Connection) -> None:
    statement = insert(plain).returning(plain.c.name, (plain.c.d + 10).label("more"), literal("x").label("x"))
    assert connection.execute(statement, [{"name": "a", "d": 1}, {"name": "b", "d": 2}]).all() == [
        ("a", 11, "x"),
        ("b", 12, "x"),
    ]


def test_rows_without_values(connection: Connection) -> None:
    found = connection.execute(insert(plain).values(name=func.lower("A")).returning(plain.c.id, plain.c.name), [{}, {}])
    assert [row.name for row in found] == ["a", "a"]


def test_percent_signs(connection: Connection) -> None:
    statement = insert(plain).values(name=text("'50%'")).returning(plain.c.name)
    assert connection.execute(statement, [{"d": 1}, {"d": 2}]).scalars().all() == ["50%", "50%"]


def test_a_missing_value_of_many(connection: Connection) -> None:
    with pytest.raises(Exception, match="bind parameter 'd', in parameter group 1"):
        connection.execute(insert(plain).returning(plain.c.id), [{"name": "a", "d": 1}, {"name": "b"}])


# rows that are matched by a column of their own

numbered = Table(
    "numbered",
    MetaData(),
    Column("code", String(40), primary_key=True, server_default=text("'none'")),
    Column("name", String(30)),
    insert_sentinel("place"),
)


def test_a_sentinel_is_no_column_of_the_statement() -> None:
    assert str(select(numbered)) == "SELECT numbered.code, numbered.name \nFROM numbered"
    assert str(insert(numbered)) == "INSERT INTO numbered (code, name) VALUES (:code, :name)"
    assert str(update(numbered)) == "UPDATE numbered SET code=:code, name=:name"
    assert select(numbered, numbered.c.place).selected_columns.keys() == ["code", "name", "place"]
    joined = select(numbered.join(plain, plain.c.name == numbered.c.name))
    assert joined.selected_columns.keys() == ["code", "name", "id", "name_1", "d"]


def test_rows_are_matched_by_their_numbers() -> None:
    engine = create_engine("sqlite://")
    seen = watch(engine)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE numbered (code INTEGER PRIMARY KEY, name VARCHAR, place INTEGER)"))
        statement = insert(numbered).returning(numbered.c.name, sort_by_parameter_order=True)
        rows = [{"name": name} for name in "abc"]
        found = connection.execute(statement, rows, execution_options={"insertmanyvalues_page_size": 2}).all()
        assert found == [("a",), ("b",), ("c",)]
        assert connection.execute(text("SELECT name, place FROM numbered ORDER BY name")).all() == [
            ("a", 0),
            ("b", 1),
            ("c", 2),
        ]
    assert seen[1:3] == [
        "INSERT INTO numbered (name, place) VALUES (?, ?), (?, ?) RETURNING name, place",
        "INSERT INTO numbered (name, place) VALUES (?, ?) RETURNING name, place",
    ]


def test_keys_that_are_not_returned_are_fetched_for_matching(engine: Engine, connection: Connection) -> None:
    if not connection.dialect.features.insert_returning:
        pytest.skip("no RETURNING")
    seen = watch(engine)
    statement = insert(plain).returning(plain.c.name, sort_by_parameter_order=True)
    assert connection.execute(statement, [{"name": name} for name in "abcd"]).scalars().all() == list("abcd")
    statement = insert(keyed).returning(keyed.c.b, sort_by_parameter_order=True)
    rows = [{"a": str(number), "b": -number} for number in range(4)]
    assert connection.execute(statement, rows).scalars().all() == [0, -1, -2, -3]
    assert len(seen) == 2


def test_a_table_has_one_sentinel() -> None:
    with pytest.raises(ArgumentError, match="a Table may have only one explicit sentinel column"):
        Table("two", MetaData(), insert_sentinel("a"), insert_sentinel("b"))


def test_a_sentinel_without_values() -> None:
    table = Table("t", MetaData(), Column("a", String, primary_key=True), Column("b", Integer, insert_sentinel=True))
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("CREATE TABLE t (a VARCHAR PRIMARY KEY, b INTEGER)"))
        statement = insert(table).returning(table.c.a, sort_by_parameter_order=True)
        with pytest.raises(InvalidRequestError, match="needs to be marked nullable=False"):
            connection.execute(statement, [{"a": "1", "b": 1}, {"a": "2", "b": 2}])


def test_keys_of_tables_without_implicit_returning(database: str) -> None:
    engine = create_engine(database)
    table = Table(
        "unreturned",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("name", String(30)),
        implicit_returning=False,
    )
    with engine.connect() as connection:
        table.create(connection)
        seen = watch(engine)
        keys = [connection.execute(insert(table), {"name": name}).inserted_primary_key for name in "ab"]
        assert keys == [(1,), (2,)]
        assert not any("RETURNING" in text for text in seen)
        assert connection.execute(select(table.c.id).order_by(table.c.id)).scalars().all() == [1, 2]
    engine.dispose()


def test_an_error_of_a_default_names_the_statement() -> None:
    table = Table(
        "t",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("x", Integer, default=lambda context: context.get_current_parameters()["y"] + 1),
        Column("y", Integer, onupdate=lambda: 1 // 0),
    )
    with create_engine("sqlite://").connect() as connection:
        table.create(connection)
        for statement, rows in (
            (insert(table), {}),
            (insert(table), [{"y": None}, {"y": 1}]),
            (insert(table).returning(table.c.id), [{"y": None}, {"y": 1}]),
            (update(table).values(x=1), None),
        ):
            with pytest.raises(StatementError, match=r"\(builtins\.(KeyError|TypeError|ZeroDivisionError)\)") as caught:
                connection.execute(statement, rows)
            assert caught.value.statement is not None
            assert caught.value.statement.startswith(("INSERT INTO t", "UPDATE t"))
