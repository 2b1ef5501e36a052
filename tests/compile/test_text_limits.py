"""The text of LIMIT, OFFSET, FETCH, FOR UPDATE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import bindparam, literal_column, select
from tests.compile.tables import u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).limit(5),
        "SELECT u.id, u.name \nFROM u\n LIMIT :param_1",
    ),
    (
        lambda: select(u).offset(5),
        "SELECT u.id, u.name \nFROM u\n LIMIT -1 OFFSET :param_1",
    ),
    (
        lambda: select(u).limit(5).offset(10),
        "SELECT u.id, u.name \nFROM u\n LIMIT :param_1 OFFSET :param_2",
    ),
    (
        lambda: select(u).limit(bindparam("n")),
        "SELECT u.id, u.name \nFROM u\n LIMIT :n",
    ),
    (
        lambda: select(u).limit(literal_column("5")),
        "SELECT u.id, u.name \nFROM u\n LIMIT 5",
    ),
    (
        lambda: select(u).limit(u.c.id + 5),
        "SELECT u.id, u.name \nFROM u\n LIMIT u.id + :id_1",
    ),
    (
        lambda: select(u).fetch(5),
        "SELECT u.id, u.name \nFROM u\n FETCH FIRST :param_1 ROWS ONLY",
    ),
    (
        lambda: select(u).fetch(5, with_ties=True).offset(3),
        "SELECT u.id, u.name \nFROM u\n OFFSET :param_1 ROWS\n FETCH FIRST :param_2 ROWS WITH TIES",
    ),
    (
        lambda: select(u).fetch(5, percent=True),
        "SELECT u.id, u.name \nFROM u\n FETCH FIRST :param_1 PERCENT ROWS ONLY",
    ),
    (
        lambda: select(u).slice(5, 10),
        "SELECT u.id, u.name \nFROM u\n LIMIT :param_1 OFFSET :param_2",
    ),
    (
        lambda: select(u).with_for_update(),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(read=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(nowait=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(skip_locked=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(of=u),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(of=u.c.id, nowait=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(key_share=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(key_share=True, read=True, skip_locked=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(of=[u, u.c.id]),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u).with_for_update(of=u.alias("q"), read=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE",
    ),
    (
        lambda: select(u.c.id).limit(0),
        "SELECT u.id \nFROM u\n LIMIT :param_1",
    ),
    (
        lambda: select(u.c.id).offset(3).with_for_update(),
        "SELECT u.id \nFROM u\n LIMIT -1 OFFSET :param_1 FOR UPDATE",
    ),
    (
        lambda: select(u.c.id).limit(3).with_for_update().suffix_with("X"),
        "SELECT u.id \nFROM u\n LIMIT :param_1 FOR UPDATE X ",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
