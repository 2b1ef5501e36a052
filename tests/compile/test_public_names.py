"""What tools ask of dialects and statements under public names."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from cormorant import (
    CheckConstraint,
    Column,
    Integer,
    MetaData,
    Table,
    and_,
    bindparam,
    cast,
    create_engine,
    event,
    extract,
    func,
    select,
    text,
    true,
    tuple_,
    values,
)
from cormorant.dialects import mysql, postgresql, sqlite
from cormorant.engine.interfaces import AdaptedConnection, BindTyping, CacheStats, DBAPICursor
from cormorant.exc import ArgumentError, InvalidRequestError, SADeprecationWarning, SAWarning
from cormorant.sql import column, functions, table
from cormorant.sql.compiler import COLLECT_CARTESIAN_PRODUCTS, FROM_LINTING, NO_LINTING, SQLCompiler
from cormorant.sql.ddl import CreateTable
from cormorant.sql.schema import Column as SchemaColumn
from cormorant.sql.sqltypes import Integer as SqlInteger

t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("x", Integer, nullable=False))
LITERALLY = {"literal_binds": True}


def test_capabilities_on_classes_and_instances() -> None:
    assert postgresql.dialect.supports_sequences
    assert not sqlite.dialect.supports_sequences
    assert postgresql.dialect.bind_typing is BindTyping.RENDER_CASTS
    assert postgresql.dialect().full_returning
    assert postgresql.dialect.CACHE_HIT is CacheStats.CACHE_HIT
    with pytest.raises(AttributeError, match="nonsense"):
        postgresql.dialect().nonsense  # noqa: B018


def test_assigning_a_capability_has_effect() -> None:
    dialect = sqlite.dialect()
    assert str(select(true()).compile(dialect=dialect)) == "SELECT 1 AS anon_1"
    dialect.supports_native_boolean = True
    assert dialect.features.native_boolean
    assert not sqlite.dialect().features.native_boolean


def test_compilers_of_a_dialect() -> None:
    dialect: Any = postgresql.dialect()
    assert dialect.statement_compiler(dialect, None).process(t.c.x + 5, literal_binds=True) == "t.x + 5"
    assert dialect.ddl_compiler(dialect, None).get_column_specification(t.c.x) == "x INTEGER NOT NULL"
    assert str(dialect.statement_compiler(dialect, select(t.c.x))) == "SELECT t.x \nFROM t"
    assert isinstance(select(t).compile(), SQLCompiler)
    assert dialect.preparer is type(dialect.identifier_preparer)


def test_verbs_of_a_dialect() -> None:
    engine = create_engine("sqlite://")
    dialect: Any = engine.dialect
    with engine.begin() as connection:
        t.create(connection)
        dialect.do_savepoint(connection, "a")
        connection.execute(t.insert(), {"x": 1})
        dialect.do_rollback_to_savepoint(connection, "a")
        dialect.do_release_savepoint(connection, "a")
        assert connection.scalar(select(func.count()).select_from(t)) == 0
        assert [one["name"] for one in dialect.get_columns(connection, "t")] == ["id", "x"]
        dialect.initialize(connection)
    assert dialect.dbapi_version >= (2,)
    assert callable(dialect.on_connect())
    assert mysql.dialect(is_mariadb=True).is_mariadb
    assert mysql.dialect(is_mariadb=True).name == "mysql"


def test_keys_of_statements() -> None:
    first, second = (select(t.c.x).where(t.c.id == number)._generate_cache_key() for number in (1, 2))
    assert first is not None
    assert second is not None
    assert first == second
    assert hash(first) == hash(second)
    assert [bind.value for bind in second.bindparams] == [2]
    assert first != select(t.c.id)._generate_cache_key()
    texts: dict[Any, str] = {}
    statement = select(t.c.x).where(t.c.id == 1)
    assert first.to_offline_string(texts, statement, {}) != second.to_offline_string(texts, statement, {})
    assert len(texts) == 1


def test_linting_on_request() -> None:
    a, b = table("a", column("x")), table("b", column("y"))
    statement = select(a.c.x, b.c.y)
    with pytest.warns(SAWarning, match="cartesian product"):
        statement.compile(linting=FROM_LINTING)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        statement.compile(linting=COLLECT_CARTESIAN_PRODUCTS)
        statement.compile(linting=NO_LINTING)


def test_listeners_called_by_a_program() -> None:
    own = Table("own", MetaData(), Column("id", Integer))
    heard: list[Any] = []
    event.listen(own, "before_create", lambda *told, **options: heard.append((told, options)))
    own.dispatch.before_create(own, None, checkfirst=True)
    assert heard == [((own, None), {"checkfirst": True})]


def test_the_same_objects_at_all_paths() -> None:
    assert SchemaColumn is Column
    assert SqlInteger is Integer
    assert str(CreateTable(t)).startswith("\nCREATE TABLE t (")
    assert AdaptedConnection is not None
    assert DBAPICursor is not None


def test_elements_alone() -> None:
    rows = values(column("a", Integer), name="v").data([(1,), (2,)])
    assert str(rows) == "VALUES (:param_1), (:param_2)"
    each = func.json_each("[]").table_valued("value")
    assert str(each) == "json_each(:json_each_1)"
    assert str(select(func.foo().alias("q"))) == "SELECT q.foo_1 \nFROM foo() AS q"
    assert repr(func.foo()).endswith("; foo>")


def test_folded_conditions() -> None:
    assert str(and_(True).compile(dialect=sqlite.dialect())) == "1 = 1"
    assert str(select(and_(True)).compile(dialect=mysql.dialect())) == "SELECT true = 1 AS anon_1"
    assert str(and_(True).compile(dialect=postgresql.dialect())) == "true"


def test_null_is_written_in_casts() -> None:
    assert str(cast(None, Integer)) == "CAST(NULL AS INTEGER)"
    with pytest.warns(SAWarning, match="Bound parameter 'q' rendering literal NULL"):
        text = str((t.c.x + bindparam("q", None)).compile(compile_kwargs={"literal_binds": True}))
    assert text == "t.x + NULL"


def test_collection_functions() -> None:
    assert isinstance(func.any_(t.c.x), functions.any_)
    assert str(t.c.x == func.all_(select(t.c.x).scalar_subquery())) == "t.x = all((SELECT t.x \nFROM t))"


def test_parts_of_strings_and_moments() -> None:
    assert str(func.substring(t.c.x, 1, 2).compile(dialect=postgresql.dialect(), compile_kwargs=LITERALLY)) == (
        "SUBSTRING(t.x FROM 1 FOR 2)"
    )
    joined = func.aggregate_strings(t.c.x, "; ").aggregate_order_by(t.c.id.desc())
    assert str(joined.compile(dialect=mysql.dialect(), compile_kwargs=LITERALLY)) == (
        "group_concat(t.x ORDER BY t.id DESC SEPARATOR '; ')"
    )
    assert str(extract("milliseconds", t.c.x).compile(dialect=mysql.dialect())) == "EXTRACT(millisecond FROM t.x)"


def test_values_given_later_have_the_type_that_was_there() -> None:
    dialect = postgresql.dialect()
    assert str(select(text(":x")).params(x=5).compile(dialect=dialect)) == "SELECT %(x)s"
    assert str(text(":x").bindparams(x=5).compile(dialect=dialect)) == "%(x)s::INTEGER"
    assert CreateTable(t).compile().params is None


def test_what_may_stand_in_in() -> None:
    with pytest.raises(ArgumentError, match="IN expression list, SELECT construct, or bound parameter object expected"):
        t.c.x.in_(t.c.id)
    with pytest.warns(SAWarning, match="Coercing Function object into a select"):
        assert str(t.c.x.in_(func.foo())) == "t.x IN (SELECT foo() AS foo_1)"
    rows = values(column("a", Integer)).data([(1,)])
    assert str(t.c.x.in_(rows)) == "t.x IN (VALUES (:param_1))"
    assert str(t.c.x.in_([t.c.id, None])) == "t.x IN (t.id, :x_1)"


def test_former_names() -> None:
    with pytest.warns(SADeprecationWarning, match="as_scalar"):
        assert str(select(t.c.x).as_scalar()) == "(SELECT t.x \nFROM t)"
    with pytest.warns(SADeprecationWarning, match="add_columns"):
        assert str(select(t.c.x).column(t.c.id)) == "SELECT t.x, t.id \nFROM t"


def test_refusals() -> None:
    with pytest.raises(ArgumentError, match="SQL expression element for DDL constraint expected, got 5"):
        CheckConstraint(5)
    with pytest.raises(ArgumentError, match="statement sub-expression element expected, got 5"):
        select(t).prefix_with(5)


def test_expanded_parameters() -> None:
    statement = select(t.c.id).where(t.c.x.in_([1, 2]), t.c.id == 7, tuple_(t.c.id, t.c.x).in_([(3, 4)]))
    compiled = statement.compile(compile_kwargs={"render_postcompile": True})
    assert compiled.params == {"id_1": 7, "x_1_1": 1, "x_1_2": 2, "param_1_1_1": 3, "param_1_1_2": 4}
    positional = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True})
    assert positional.positiontup == ["x_1_1", "x_1_2", "id_1", "param_1_1_1", "param_1_1_2"]
    with pytest.raises(InvalidRequestError, match="can't construct new parameters when render_postcompile is used"):
        compiled.construct_params({"id_1": 5})


def test_nesting_inside_a_common_table_expression() -> None:
    inner = select(t.c.id).cte("n", nesting=True)
    statement = select(select(inner).cte("outer_"))
    assert str(statement) == (
        "WITH outer_ AS \n(WITH n AS \n(SELECT t.id AS id \nFROM t)\n SELECT n.id AS id \nFROM n)\n "
        "SELECT outer_.id \nFROM outer_"
    )
