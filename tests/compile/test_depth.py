"""How deep statements may be nested, and what is said where they are nested deeper."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Column, Integer, MetaData, Table, case, create_engine, func, not_, select, union
from cormorant.exc import CompileError

TABLE = Table("t", MetaData(), Column("x", Integer))
X = TABLE.c.x

NESTED: dict[str, tuple[Any, Callable[[Any], Any], int]] = {
    "difference": (X, lambda made: made - 1, 165),
    "quotient": (X, lambda made: made / 2, 135),
    "function": (X, func.f, 85),
    "case": (X, lambda made: case((X == 1, made), else_=1), 300),
    "not": (X == 1, lambda made: not_(made & (X == 1)), 85),
    "operator": (X, lambda made: made.op("@")(1), 160),
    "subquery": (select(X), lambda made: select(made.subquery().c.x), 115),
    "in": (select(X), lambda made: select(X).where(X.in_(made)), 90),
    "cte": (select(X), lambda made: select(made.cte().c.x), 105),
    "union": (select(X), lambda made: union(made, select(X)), 115),
}


@pytest.fixture(autouse=True)
def _no_finalizers() -> Iterator[None]:
    """Keep what earlier tests left from being collected where the stack is full: its finalizers could not run there."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", NESTED)
def test_depth(name: str) -> None:
    made, step, depth = NESTED[name]
    for _ in range(depth):
        made = step(made)
    assert str(made).count(" \nFROM t" if made.is_select_statement else "t.x") >= 1
    for _ in range(1000):
        made = step(made)
    with pytest.raises(CompileError, match="nested too deeply to become text"):
        str(made)


def test_error_of_an_execution() -> None:
    made: Any = X
    for _ in range(1000):
        made = made - 1
    with create_engine("sqlite://").connect() as connection, pytest.raises(CompileError, match="nested too deeply"):
        connection.execute(select(made))
