"""Comparison of expressions. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from tests.sql.tables import a, b

VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: a.c.id.compare(a.c.id), True),
    (lambda: (a.c.id == 5).compare(a.c.id == 5), True),
    (lambda: (a.c.id == 5).compare(a.c.id == 6), False),
    (lambda: (a.c.id == 5).compare(a.c.id != 5), False),
    (lambda: (a.c.id + b.c.id).compare(a.c.id + b.c.id), True),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer


def test_order_of_commutative_operands_does_not_matter() -> None:
    assert (a.c.id == b.c.id).compare(b.c.id == a.c.id)
    assert not (a.c.id < b.c.id).compare(b.c.id < a.c.id)
    one, other = a.c.id == 1, b.c.id == 2
    assert (one & other).compare(other & one)
    assert not (one & other).compare(other | one)


def test_values_may_be_left_out() -> None:
    assert (a.c.id == 5).compare(a.c.id == 6, compare_values=False)
