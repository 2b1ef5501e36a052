"""Criteria asked of objects in memory, with the truth values of SQL."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import and_, func, not_, or_
from cormorant.orm.query.evaluate import EXPIRED, UnevaluatableError, evaluator

from ..blog import User


@pytest.mark.parametrize(("criterion", "expected"), [
    (User.id == 1, True),
    (User.id != 1, False),
    (User.id > 1, False),
    (User.id + 1 == 2, True),
    (User.name == "ann", True),
    (User.name.in_(["x", "ann"]), True),
    (User.name.not_in(["x", None]), None),
    (User.fullname == "x", None),
    (User.fullname == None, True),  # noqa: E711
    (User.name != None, True),  # noqa: E711
    (and_(User.id == 1, User.fullname == "x"), None),
    (and_(User.id == 2, User.fullname == "x"), False),
    (or_(User.id == 1, User.fullname == "x"), True),
    (or_(User.id == 2, User.fullname == "x"), None),
    (not_(and_(User.id == 1, User.name == "ann")), False),
])  # fmt: skip
def test_truth(criterion: Any, expected: object) -> None:
    user = User(id=1, name="ann", fullname=None)
    assert evaluator(criterion, User.__mapper__)(user) is expected


def test_missing_value_is_unknown_to_python() -> None:
    assert evaluator(User.id == 1, User.__mapper__)(User()) is EXPIRED


def test_what_python_cannot_answer() -> None:
    with pytest.raises(UnevaluatableError, match="in Python"):
        evaluator(func.lower(User.name) == "x", User.__mapper__)
