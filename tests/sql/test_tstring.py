"""Template strings as SQL; what Python 3.14 makes of t"..." is made by hand here."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from cormorant import create_engine, exc, tstring
from cormorant.schema import Column, MetaData, Table
from cormorant.sql.expression import column, select, table
from cormorant.types import Integer, String


class Interpolation(NamedTuple):
    value: Any
    expression: str = "x"
    conversion: str | None = None
    format_spec: str = ""


class Template(NamedTuple):
    strings: tuple[str, ...]
    interpolations: tuple[Interpolation, ...]


def template(*parts: Any) -> Template:
    """Strings and values in turn, a string first and last."""
    return Template(tuple(parts[::2]), tuple([Interpolation(value) for value in parts[1::2]]))


def test_values_are_bound() -> None:
    compiled: Any = tstring(template("SELECT * FROM users WHERE id = ", 42, " AND n = ", "x'; --", "")).compile()
    assert str(compiled) == "SELECT * FROM users WHERE id = :param_1 AND n = :param_2"
    assert compiled.params == {"param_1": 42, "param_2": "x'; --"}


def test_expressions_are_rendered() -> None:
    made = tstring(template("SELECT ", column("q"), " FROM ", table("t"), ""))
    assert str(made) == "SELECT q FROM t"
    inner = select(column("a")).where(column("a") == 5)
    assert str(tstring(template("SELECT EXISTS ", inner, ""))) == "SELECT EXISTS (SELECT a \nWHERE a = :a_1)"


def test_colons_are_no_parameters() -> None:
    assert str(tstring(template("SELECT 'a:b', :x, ", 1, ""))) == "SELECT 'a:b', :x, :param_1"


def test_statements_of_one_form_share_a_plan() -> None:
    engine = create_engine("sqlite://")
    one, other = (tstring(template("SELECT ", value, " AS n")) for value in (1, 2))
    assert engine.plan_for(one)[0] is engine.plan_for(other)[0]
    with engine.connect() as connection:
        assert [connection.execute(made).scalar() for made in (one, other)] == [1, 2]
        typed = one.columns(column("n", Integer))
        assert connection.execute(select(typed.subquery().c.n)).scalar() == 1
        assert connection.execute(select(one.columns(column("n", String)).cte("v").c.n)).all() == [(1,)]


@pytest.mark.parametrize("given", ["SELECT 1", b"SELECT 1", 5, None])
def test_only_templates(given: Any) -> None:
    with pytest.raises(exc.ArgumentError, match="pep-750"):
        tstring(given)


def test_no_formats() -> None:
    made = Template(("SELECT ", ""), (Interpolation(5, "x", None, ".2f"),))
    with pytest.raises(exc.ArgumentError, match="neither conversion nor format"):
        tstring(made)


def test_tables_in_templates() -> None:
    things = Table("things", MetaData(), Column("id", Integer))
    assert str(tstring(template("SELECT ", things.c.id, " FROM ", things, ""))) == "SELECT things.id FROM things"
