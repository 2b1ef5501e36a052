"""The Inspector: where it comes from, what it keeps, order of tables, dialects that answer nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Engine, MetaData, Table, create_engine, inspect
from cormorant.engine import reflection
from cormorant.engine.reflected import cache
from cormorant.engine.reflecting import Reflection
from cormorant.engine.reflection_order import sort_keys
from cormorant.exc import NoInspectionAvailable, NoSuchTableError, SADeprecationWarning, UnreflectableTableError
from tests.suite.sent import Sent


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE p (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INT REFERENCES p (id))")
    yield engine
    engine.dispose()


def test_inspectors_of_engines_connections_and_inspectors(engine: Engine) -> None:
    assert inspect(engine).bind is engine
    with engine.connect() as connection:
        inspector = inspect(connection)
        assert (inspector.bind, inspector.engine, inspector.dialect) == (connection, engine, engine.dialect)
        assert inspect(inspector) is inspector
    with pytest.raises(NoInspectionAvailable):
        inspect("sqlite://")


def test_the_older_ways_to_make_one_warn(engine: Engine) -> None:
    with pytest.warns(SADeprecationWarning, match="from_engine"):
        assert reflection.Inspector.from_engine(engine).get_table_names() == ["c", "p"]
    with pytest.warns(SADeprecationWarning, match="__init__"):
        assert reflection.Inspector(engine).get_table_names() == ["c", "p"]


def test_answers_are_kept_until_the_cache_is_cleared(engine: Engine) -> None:
    sent = Sent(engine)
    inspector = inspect(engine)
    first = inspector.get_columns("p")
    asked = len(sent)
    assert asked == 1
    assert inspector.get_columns("p") is first
    assert len(sent) == asked
    inspector.clear_cache()
    assert inspector.get_columns("p") == first or inspector.get_columns("p")[0]["name"] == "id"
    assert len(sent) == asked + 1


def test_one_table_is_loaded_with_few_statements(engine: Engine) -> None:
    sent = Sent(engine)
    Table("p", MetaData(), autoload_with=engine)
    assert len(sent) <= 7
    assert sent.statements[0] == 'PRAGMA main.table_xinfo("p")'


def test_cache_tells_questions_apart() -> None:
    class Asked:
        @cache
        def answer(self, connection: Any, name: str, schema: str | None = None, **kw: Any) -> object:
            return object()

    asked, kept = Asked(), dict[Any, Any]()
    assert asked.answer(None, "a") is not asked.answer(None, "a")
    first = asked.answer(None, "a", info_cache=kept)
    assert asked.answer(None, "a", info_cache=kept) is first
    assert asked.answer(None, "b", info_cache=kept) is not first
    assert asked.answer(None, "a", schema="s", info_cache=kept) is not first
    assert asked.answer(None, "a", filter_names=["x", "y"], info_cache=kept) is asked.answer(
        None, "a", filter_names=["y", "x"], info_cache=kept
    )


def key(name: str, table: str) -> dict[str, Any]:
    return {"name": name, "referred_schema": None, "referred_table": table}


def test_order_of_tables() -> None:
    found = sort_keys(
        {(None, "a"): [key("fk_b", "b"), key("fk_a", "a")], (None, "b"): [], (None, "c"): [key("no", "z")]}
    )
    assert found == [
        ((None, "b"), []),
        ((None, "c"), [((None, "c"), "no")]),
        ((None, "a"), [((None, "a"), "fk_b"), ((None, "a"), "fk_a")]),
        (None, []),
    ]


def test_order_of_tables_in_a_cycle() -> None:
    found = sort_keys({(None, "a"): [key("fk_b", "b")], (None, "b"): [key("fk_a", "a")]})
    assert found == [((None, "a"), []), ((None, "b"), []), (None, [((None, "a"), "fk_b"), ((None, "b"), "fk_a")])]


class Partly(Reflection):
    """A dialect that knows two tables and the columns of one."""

    name = "partly"

    def get_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return ["fine", "broken", "gone"]

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        if table_name == "broken":
            raise UnreflectableTableError("broken")
        if table_name == "gone":
            raise NoSuchTableError("gone")
        return [{"name": "a"}]


def test_many_answers_are_made_of_single_ones() -> None:
    unreflectable: dict[Any, Any] = {}
    found = dict(Partly().get_multi_columns(None, unreflectable=unreflectable))
    assert found == {(None, "fine"): [{"name": "a"}]}
    assert list(unreflectable) == [(None, "broken")]


def test_what_a_dialect_does_not_answer_says_so() -> None:
    with pytest.raises(NotImplementedError, match="the partly dialect reflects no sequences"):
        Partly().get_sequence_names(None)
    with pytest.raises(NotImplementedError, match="comments"):
        Partly().get_table_comment(None, "fine")
