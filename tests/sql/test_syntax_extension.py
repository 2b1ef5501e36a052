"""Clauses that a program adds to statements: where they stand, how several go together, that statements stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import pytest

from cormorant import Column, Integer, MetaData, Table, delete, insert, select, update
from cormorant.ext.compiler import compiles
from cormorant.sql import SyntaxExtension, visitors
from cormorant.sql.expression import ClauseElement

t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("x", Integer))


class Qualify(SyntaxExtension, ClauseElement):
    _traverse_internals = (("predicate", visitors.InternalTraversal.dp_clauseelement),)
    point: ClassVar[str] = "post_criteria"

    def __init__(self, predicate: Any) -> None:
        self.predicate = predicate

    def apply_to_select(self, select_stmt: Any) -> None:
        select_stmt.apply_syntax_extension_point(self.append_replacing_same_type, self.point)

    def apply_to_update(self, update_stmt: Any) -> None:
        self.apply_to_select(update_stmt)

    def apply_to_delete(self, delete_stmt: Any) -> None:
        self.apply_to_select(delete_stmt)

    def apply_to_insert(self, insert_stmt: Any) -> None:
        self.apply_to_select(insert_stmt)


class Every(Qualify):
    inherit_cache = True

    def append_replacing_same_type(self, existing: Sequence[Any]) -> Sequence[Any]:
        return [*existing, self]


@compiles(Qualify)
def _render(element: Any, compiler: Any, **kw: Any) -> str:
    return f"QUALIFY {compiler.process(element.predicate, **kw)}"


FULL = select(t.c.id).where(t.c.x == 1).order_by(t.c.id).prefix_with("PRE").suffix_with("SUF")


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("post_select", "SELECT QUALIFY t.x = :x_1 PRE t.id \nFROM t \nWHERE t.x = :x_2 ORDER BY t.id SUF "),
        ("pre_columns", "SELECT PRE QUALIFY t.x = :x_1 t.id \nFROM t \nWHERE t.x = :x_2 ORDER BY t.id SUF "),
        ("post_criteria", "SELECT PRE t.id \nFROM t \nWHERE t.x = :x_1 \nQUALIFY t.x = :x_2 ORDER BY t.id SUF "),
        ("post_body", "SELECT PRE t.id \nFROM t \nWHERE t.x = :x_1 ORDER BY t.id QUALIFY t.x = :x_2 SUF "),
    ],
)
def test_points_of_select(monkeypatch: pytest.MonkeyPatch, point: str, expected: str) -> None:
    monkeypatch.setattr(Qualify, "point", point)
    assert str(FULL.ext(Qualify(t.c.x == 7))) == expected


def test_points_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    clause = Qualify(t.c.x == 7)
    assert str(update(t).values(x=1).ext(clause).returning(t.c.id)) == (
        "UPDATE t SET x=:x QUALIFY t.x = :x_1 RETURNING t.id"
    )
    assert str(delete(t).where(t.c.id == 1).ext(clause)) == "DELETE FROM t WHERE t.id = :id_1 QUALIFY t.x = :x_1"
    with pytest.raises(ValueError, match=r"Unknown position 'post_criteria' for .* known positions: 'post_values'"):
        insert(t).ext(clause)
    monkeypatch.setattr(Qualify, "point", "post_values")
    assert str(insert(t).values(x=1).ext(clause)) == "INSERT INTO t (x) VALUES (:x) QUALIFY t.x = :x_1"


def test_several() -> None:
    first, second = Qualify(t.c.x == 1), Qualify(t.c.x == 2)
    assert str(select(t.c.id).ext(first).ext(second)) == "SELECT t.id \nFROM t \nQUALIFY t.x = :x_1"
    kept = select(t.c.id).ext(Every(t.c.x == 1)).ext(Every(t.c.x == 2))
    assert str(kept) == "SELECT t.id \nFROM t \nQUALIFY t.x = :x_1 QUALIFY t.x = :x_2"


def test_structure() -> None:
    base = select(t.c.id)
    assert base.ext(Qualify(t.c.x == 1)).shape is base.ext(Qualify(t.c.x == 2)).shape
    assert base.ext(Qualify(t.c.x == 1)).shape is not base.ext(Qualify(t.c.id == 1)).shape
    assert base.ext(Qualify(t.c.x == 7)).compile().params == {"x_1": 7}
    assert str(base) == "SELECT t.id \nFROM t"


def test_refused() -> None:
    class Nowhere(SyntaxExtension):
        inherit_cache = True

    for statement in (select(t), insert(t), update(t), delete(t)):
        with pytest.raises(NotImplementedError, match="Extension Nowhere cannot be applied to"):
            statement.ext(Nowhere())
    with pytest.raises(NotImplementedError, match="expected a SyntaxExtension"):
        select(t).ext(5)  # type: ignore[arg-type]
