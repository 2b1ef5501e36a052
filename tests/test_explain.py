"""explain(): what it shows, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import create_engine, explain, func, insert, select, text
from cormorant.exc import ArgumentError
from cormorant.orm import Session, selectinload
from tests.orm import blog
from tests.orm.blog import User


def parts(explained: str) -> dict[str, str]:
    """The parts by title."""
    found: dict[str, str] = {}
    title = ""
    for line in explained.splitlines():
        if line.startswith(" "):
            found[title] += f"{line[2:]}\n"
        else:
            title = line.rstrip(":")
            found[title] = ""
    return found


def test_a_statement_of_entities() -> None:
    statement = select(User.id, User).where(User.id == 5).options(selectinload(User.posts))
    found = parts(explain(statement))
    assert list(found) == ["key", "SQL", "binds", "rows"]
    assert found["SQL"].splitlines()[0].startswith("SELECT users.id")
    assert found["binds"] == "id_1: Integer() = 5 (bind 0 of the statement)\n"
    assert "then selectin posts" in found["rows"]


def test_the_generated_loader_after_a_run() -> None:
    engine = blog.new_engine()
    with Session(engine) as session:
        session.scalars(select(User)).all()
    assert "def load_rows" in parts(explain(select(User), engine))["loader"]


def test_rows_without_entities() -> None:
    assert parts(explain(select(func.now())))["rows"] == "tuples\n"
    assert parts(explain(text("SELECT 1")))["SQL"] == "SELECT 1\n"
    assert "VALUES (?" in explain(insert(User).values(name="x"), create_engine("sqlite://"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("SELECT 1",), "takes a statement, got 'SELECT 1'"),
        ((User,), r"Did you mean select\(User\)"),
        ((select(User), "sqlite://"), "takes an Engine, a Connection or a dialect"),
    ],
)
def test_what_it_refuses(arguments: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        explain(*arguments)


def test_a_session_is_bound_to_an_engine() -> None:
    with pytest.raises(ArgumentError, match="create_engine\\('sqlite://'\\) makes one"):
        Session("sqlite://")
