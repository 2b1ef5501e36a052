"""What `Compiled` tells besides the text: binds, their places, result columns, what the engine has to fetch."""

from __future__ import annotations

import datetime
import decimal
from typing import Any

import pytest

from cormorant.compile import StrCompileDialect, compile_statement
from cormorant.compile.marks import MARK, pieces_of
from cormorant.dialects import mysql, postgresql, sqlite
from cormorant.exc import ArgumentError, CompileError, InvalidRequestError, UnsupportedCompilationError
from cormorant.schema import Column, FetchedValue, MetaData, Sequence, Table
from cormorant.sql import (
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    quoted_name,
    select,
    text,
    try_cast,
    tuple_,
    update,
    values,
)
from cormorant.sql.node import statement_key
from cormorant.types import ARRAY, Integer, String, TypeDecorator, UserDefinedType
from tests.compile.tables import a, b, u

DEFAULT = StrCompileDialect()


def names(compiled: Any) -> list[str]:
    return [slot.name for slot in compiled.slots]


def test_params_are_values_by_name() -> None:
    compiled = select(u).where(u.c.id == 5, u.c.name == "x").compile()
    assert compiled.params == {"id_1": 5, "name_1": "x"}


def test_positions_are_those_of_the_statement_key() -> None:
    statement = select(u).where(u.c.name == "x").where(u.c.id == 5).limit(3)
    _, binds = statement_key(statement)
    compiled = compile_statement(statement, DEFAULT)
    assert {slot.name: binds[slot.position or 0].value for slot in compiled.slots} == compiled.params


def test_constants_of_the_plan_have_no_position() -> None:
    compiled = compile_statement(select(u).limit(3), sqlite.dialect())
    assert [(slot.position, slot.bind.value) for slot in compiled.slots] == [(0, 3), (None, 0)]


def test_order_repeats_a_bind_that_stands_twice() -> None:
    compiled = a.c.js["x"].as_string().compile(dialect=mysql.dialect())
    assert names(compiled) == ["js_1"]
    assert compiled.order == (0, 0)
    assert compiled.positiontup == ["js_1", "js_1"]


def test_binds_of_a_cte_come_first() -> None:
    cte = select(u).where(u.c.id > 2).cte("q")
    compiled = select(b.c.id).where(b.c.id == 7, b.c.id.in_(select(cte.c.id))).compile(dialect=sqlite.dialect())
    assert compiled.positiontup == ["id_2", "id_1"]
    assert compiled.params == {"id_1": 7, "id_2": 2}


def test_pieces_surround_the_placeholders() -> None:
    compiled = select(u.c.id).where(u.c.id == 5).compile(dialect=postgresql.dialect())
    assert compiled.pieces == ("SELECT u.id \nFROM u \nWHERE u.id = ", "")
    assert compiled.slots[0].suffix == "::INTEGER"


def test_numbered_placeholders() -> None:
    compiled = (
        select(u.c.id).where(u.c.id == 5, u.c.id != 6).compile(dialect=postgresql.dialect(paramstyle="numeric_dollar"))
    )
    assert str(compiled).endswith("WHERE u.id = $1::INTEGER AND u.id != $2::INTEGER")


def test_construct_params() -> None:
    compiled = select(u).where(u.c.id == bindparam("x")).compile()
    assert compiled.construct_params({"x": 3}) == {"x": 3}
    with pytest.raises(InvalidRequestError, match="A value is required for bind parameter 'x'"):
        compiled.construct_params()


def test_result_columns_have_names_keys_and_types() -> None:
    label = (u.c.id + 1).label("more")
    compiled = select(u.c.id, b.c.id, label, func.count()).compile()
    assert [column.name for column in compiled.result_columns] == ["id", "id_1", "more", "count_1"]
    assert u.c.id in compiled.result_columns[0].keys
    assert "u_id" in compiled.result_columns[0].keys
    assert any(key is label for key in compiled.result_columns[2].keys)
    assert isinstance(compiled.result_columns[3].type, Integer)


def test_only_the_outer_select_gives_result_columns() -> None:
    inner = select(b.c.id).where(b.c.id == u.c.id)
    compiled = select(u.c.name, inner.scalar_subquery().label("n")).where(inner.exists()).compile()
    assert [column.name for column in compiled.result_columns] == ["name", "n"]


def test_text_has_no_result_columns_unless_told() -> None:
    assert text("select 1").compile().result_columns == ()
    by_name = text("select id from u").columns(id=Integer).compile()
    assert (by_name.result_by, [column.name for column in by_name.result_columns]) == ("name", ["id"])
    assert text("select id from u").columns(u.c.id).compile().result_by == "position"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (select(u), "select"),
        (insert(u), "insert"),
        (update(u), "update"),
        (delete(u), "delete"),
        (text("x"), "other"),
        (select(u).union(select(u)), "select"),
    ],
)
def test_kind(statement: Any, kind: str) -> None:
    assert statement.compile().kind == kind


# lists and literal values


@pytest.mark.parametrize(
    ("dialect", "members", "expected"),
    [
        (sqlite, [1, 2], "u.id IN (?, ?)"),
        (sqlite, [], "u.id IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)"),
        (postgresql, [1, 2], "u.id IN (%(id_1_1)s::INTEGER, %(id_1_2)s::INTEGER)"),
        (postgresql, [], "u.id IN (NULL) AND (1 != 1)"),
        (mysql, [1], "u.id IN (%s)"),
    ],
)
def test_lists_can_be_expanded(dialect: Any, members: list[int], expected: str) -> None:
    statement = select(u.c.id).where(u.c.id.in_(members))
    compiled = statement.compile(dialect=dialect.dialect(), compile_kwargs={"render_postcompile": True})
    assert str(compiled).partition("WHERE ")[2] == expected


def test_tuples_can_be_expanded() -> None:
    statement = select(u.c.id).where(tuple_(u.c.id, u.c.name).in_([(1, "a"), (2, "b")]))
    options = {"compile_kwargs": {"render_postcompile": True}}
    assert "IN (VALUES (?, ?), (?, ?))" in str(statement.compile(dialect=sqlite.dialect(), **options))
    assert "IN ((%s, %s), (%s, %s))" in str(statement.compile(dialect=mysql.dialect(), **options))


@pytest.mark.parametrize(
    ("value", "default", "of_mysql"),
    [
        ("it's", "'it''s'", "'it''s'"),
        ("a\\b", "'a\\b'", "'a\\\\b'"),
        ("100%", "'100%'", "'100%%'"),
        (5, "5", "5"),
        (2.5, "2.5", "2.5"),
        (decimal.Decimal("1.10"), "1.10", "1.10"),
        (True, "true", "true"),
        (None, "NULL", "NULL"),
        (datetime.date(2020, 1, 2), "'2020-01-02'", "'2020-01-02'"),
        (datetime.datetime(2020, 1, 2, 3, 4, 5), "'2020-01-02 03:04:05'", "'2020-01-02 03:04:05'"),
        (b"a'b", "'a''b'", "'a''b'"),
    ],
)
def test_literal_values(value: Any, default: str, of_mysql: str) -> None:
    statement = select(literal(value))
    options = {"compile_kwargs": {"literal_binds": True}}
    assert str(statement.compile(**options)) == f"SELECT {default} AS anon_1"
    assert str(statement.compile(dialect=mysql.dialect(), **options)) == f"SELECT {of_mysql} AS anon_1"


def test_literal_values_of_the_wrong_type_are_refused() -> None:
    with pytest.raises(CompileError, match="Could not render literal value"):
        select(literal("1; drop table u", Integer())).compile(compile_kwargs={"literal_binds": True})
    with pytest.raises(CompileError, match="No literal value renderer is available"):
        select(literal({"x": 1}, a.c.js.type)).compile(compile_kwargs={"literal_binds": True})


def test_values_can_be_written_into_the_text() -> None:
    assert (
        str(select(values(u.c.id._copy(), name="v", literal_binds=True).data([(1,)])).compile()).count("VALUES (1)")
        == 1
    )


def test_percents_are_doubled_once_for_drivers_that_format() -> None:
    statement = select(literal_column("'100%'"), u.c.id % 5).where(text("x like 'a%'"))
    assert str(statement.compile()).count("%") == 3
    assert str(statement.compile(dialect=postgresql.dialect())).count("%%") == 3


# what the engine fetches


def test_python_defaults_are_prefetched_and_server_defaults_postfetched() -> None:
    t = Table(
        "t",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("one", Integer, default=1),
        Column("two", Integer, default=lambda: 2),
        Column("three", Integer, default=func.three()),
        Column("four", Integer, server_default="4"),
        Column("five", Integer, onupdate=5),
        Column("six", Integer, server_onupdate=FetchedValue()),
    )
    compiled = compile_statement(insert(t), DEFAULT, column_keys=())
    assert str(compiled) == "INSERT INTO t (one, two, three) VALUES (:one, :two, three())"
    assert compiled.prefetch == (t.c.one, t.c.two)
    assert compiled.postfetch == (t.c.three, t.c.four)
    assert [slot.column for slot in compiled.slots] == [t.c.one, t.c.two]
    changed = compile_statement(update(t), DEFAULT, column_keys=("one",))
    assert str(changed) == "UPDATE t SET one=:one, five=:five"
    assert (changed.prefetch, changed.postfetch) == ((t.c.five,), (t.c.six,))


def test_generated_keys_are_returned_where_nothing_else_tells_them() -> None:
    compiled = compile_statement(insert(u), postgresql.dialect(), column_keys=("name",))
    assert compiled.implicit_returning == (u.c.id,)
    assert [column.name for column in compiled.result_columns] == ["id"]
    assert compile_statement(insert(u), sqlite.dialect(), column_keys=("name",)).implicit_returning == ()
    assert compile_statement(insert(u), postgresql.dialect(), column_keys=("id", "name")).implicit_returning == ()


def test_values_of_one_row_are_known() -> None:
    compiled = compile_statement(insert(u).returning(u.c.id), postgresql.dialect(), column_keys=("name",), many=True)
    assert pieces_of(compiled.insert_values or "") == (("(", ")"), (0,))
    assert compiled.insert_columns == (u.c.name,)
    assert compiled.table is u


def test_insert_without_values() -> None:
    assert str(compile_statement(insert(u), DEFAULT, column_keys=())) == "INSERT INTO u () VALUES ()"
    assert str(compile_statement(insert(u), sqlite.dialect(), column_keys=())) == "INSERT INTO u DEFAULT VALUES"


def test_names_that_bind_cannot_have_are_escaped() -> None:
    t = Table("t", MetaData(), Column("a b", Integer), Column("c%d", Integer))
    compiled = compile_statement(insert(t), DEFAULT, column_keys=("a b", "c%d"))
    assert names(compiled) == ["a_b", "cPd"]
    assert [slot.key for slot in compiled.slots] == ["a b", "c%d"]


def test_long_generated_names_are_cut() -> None:
    long = Column("x" * 62, Integer)
    t = Table("t", MetaData(), long)
    compiled = select(t).where(long == 5).compile(dialect=postgresql.dialect())
    assert all(len(name) <= 63 for name in names(compiled))


# errors


def test_errors_name_the_thing() -> None:
    with pytest.raises(CompileError, match="Unconsumed column names: nope"):
        insert(u).values(nope=5).compile()
    with pytest.raises(CompileError, match="conflicts with unique bind parameter of the same name"):
        select(u).where(u.c.id == bindparam("id_1", 3), u.c.id == 4).compile()
    with pytest.raises(CompileError, match="Can't resolve label reference"):
        select(u).order_by("nope").compile()
    with pytest.raises(CompileError, match=r"bindparam\(\) name 'name' is reserved"):
        compile_statement(update(u).where(u.c.id == bindparam("name")), DEFAULT, column_keys=("name",))
    with pytest.raises(CompileError, match="Multiple, unrelated CTEs found with the same name: 'q'"):
        select(select(u).cte("q"), select(b).cte("q")).compile()
    with pytest.raises(InvalidRequestError, match="returned no FROM clauses due to auto-correlation"):
        select(u, b).where(u.c.id.in_(select(b.c.id).where(b.c.id == u.c.id))).compile()


def test_what_a_database_does_not_have_is_refused() -> None:
    with pytest.raises(UnsupportedCompilationError, match="can't render element of type"):
        select(try_cast(u.c.id, String)).compile(dialect=sqlite.dialect())
    with pytest.raises(CompileError, match="multiple-table criteria"):
        delete(u).where(u.c.id == b.c.id).compile(dialect=sqlite.dialect())
    with pytest.raises(CompileError, match="sequence"):
        select(Sequence("s").next_value()).compile(dialect=sqlite.dialect())
    with pytest.raises(UnsupportedCompilationError):
        mysql.dialect().type_text(ARRAY(Integer))


def test_marks_cannot_be_smuggled_in() -> None:
    for statement in (text(f"x {MARK}"), select(literal_column(MARK)), select(u.c.id.label(quoted_name(MARK, True)))):
        with pytest.raises(CompileError, match=r"U\+FDD0"):
            statement.compile()
    with pytest.raises(CompileError, match=r"U\+FDD0"):
        select(literal(f"{MARK}0{MARK}")).compile(compile_kwargs={"literal_binds": True})


def test_unknown_options_are_refused() -> None:
    with pytest.raises(ArgumentError, match="unknown option for compile"):
        select(u).compile(nonsense=True)
    with pytest.raises(ArgumentError, match="expected an engine, a connection or a dialect"):
        select(u).compile(dialect="sqlite")


# types with expressions


class Wrapped(TypeDecorator[str]):
    impl = String
    cache_ok = True

    def bind_expression(self, bindvalue: Any) -> Any:
        return func.wrap(bindvalue)

    def column_expression(self, colexpr: Any) -> Any:
        return func.unwrap(colexpr)


class Point(UserDefinedType[Any]):
    cache_ok = True

    def get_col_spec(self, **kw: Any) -> str:
        return "POINT"


def test_types_can_put_expressions_around_binds_and_columns() -> None:
    t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("w", Wrapped()))
    compiled = select(t).where(t.c.w == "x").compile()
    assert str(compiled) == "SELECT t.id, unwrap(t.w) AS w \nFROM t \nWHERE t.w = wrap(:w_1)"
    assert str(insert(t).values(w="x").compile()) == "INSERT INTO t (w) VALUES (wrap(:w))"


def test_user_defined_types_name_themselves() -> None:
    assert DEFAULT.type_text(Point()) == "POINT"


def test_binds_are_found_by_name() -> None:
    compiled = compile_statement(select(a.c.id).where(a.c.id == 5, a.c.id < bindparam("two")), DEFAULT)
    assert {name: bind.value for name, bind in compiled.binds.items()} == {"id_1": 5, "two": None}
