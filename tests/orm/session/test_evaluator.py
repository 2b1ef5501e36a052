"""Criteria asked in Python: what SQL would answer, NULL and the unknown included."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import and_, bindparam, func, literal, not_, null, or_, select, text, true, tuple_
from cormorant.orm import aliased
from cormorant.orm.session.evaluator import UNKNOWN, Evaluator, UnevaluableError

from .world import Post, User

ANN = {"id": 1, "name": "ann", "email": None, "age": 30}


def ask(expression: Any, values: dict[str, Any], params: dict[str, Any] | None = None) -> Any:
    """What an expression about users gives for an object's dictionary."""
    return Evaluator(User.__mapper__, params).compile(select(User).where(expression).where_criteria[0])(values)


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        (User.id == 1, True),
        (User.id != 1, False),
        (User.age < 31, True),
        (User.age >= 31, False),
        (User.email == "x", None),
        (User.email.is_(None), True),
        (User.email == null(), True),
        (User.name.is_not(None), True),
        (User.name.in_(["ann", "bob"]), True),
        (User.name.not_in(["ann"]), False),
        (User.age.in_([1, None]), None),
        (User.name.startswith("an"), True),
        (User.name.endswith("x"), False),
        (~User.name.startswith("an"), False),
        (User.id * 2 - 1 > 0, True),
        (User.age % 7 == 2, True),
        (User.name + "x" == "annx", True),
        (and_(User.id == 1, User.email == "x"), None),
        (and_(User.id == 2, User.email == "x"), False),
        (or_(User.id == 1, User.email == "x"), True),
        (or_(User.id == 2, User.email == "x"), None),
        (not_(and_(User.id == 1, User.name == "bob")), True),
        (true(), True),
        (literal(True), True),
        (tuple_(User.id, User.name).in_([(1, "ann")]), True),
        (User.__table__.c.id == 1, True),
    ],
)
def test_answers(expression: Any, answer: Any) -> None:
    assert ask(expression, ANN) is answer


def test_named_parameters() -> None:
    assert ask(User.id == bindparam("wanted"), ANN, {"wanted": 1}) is True
    assert ask(User.id == bindparam("wanted"), ANN, {"wanted": 2}) is False


def test_what_the_object_does_not_hold_is_unknown() -> None:
    assert ask(User.name == "ann", {"id": 1}) is UNKNOWN
    assert ask(and_(User.id == 1, User.name == "ann"), {"id": 1}) is UNKNOWN
    assert ask(and_(User.id == 2, User.name == "ann"), {"id": 1}) is False
    assert ask(or_(User.id == 1, User.name == "ann"), {"id": 1}) is True
    assert ask(User.name.is_(None), {"id": 1}) is UNKNOWN


def test_what_cannot_be_compared_is_unknown() -> None:
    assert ask(User.name < 5, ANN) is UNKNOWN


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (func.upper(User.name) == "ANN", "Cannot evaluate upper|Cannot evaluate Function"),
        (User.posts.any(), "Cannot evaluate Select"),
        (User.id.in_(select(Post.user_id)), "Cannot evaluate Select"),
        (User.name.like("a%"), "Cannot evaluate BinaryExpression with operator <function like_op"),
        (User.name.startswith("a%", autoescape=True), "Cannot evaluate BinaryExpression"),
        (text("id = 1"), "Cannot evaluate TextClause"),
        (User.id == Post.user_id, "Can't evaluate criteria against alternate class"),
        (User.id == aliased(User).id, "Cannot evaluate|Can't evaluate"),
    ],
)
def test_what_only_the_database_can_answer(expression: Any, reason: str) -> None:
    with pytest.raises(UnevaluableError, match=reason):
        ask(expression, ANN)
