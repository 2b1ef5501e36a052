"""Column descriptions of ORM statements."""

from __future__ import annotations

from cormorant import func, literal, select
from cormorant.orm import aliased

from ..blog import User


def test_descriptions() -> None:
    u = aliased(User, name="u")
    items = select(User, u, User.name, func.count(u.id), literal(3)).column_descriptions
    assert [item["name"] for item in items] == ["User", "u", "name", "count", "_no_label"]
    assert [item["aliased"] for item in items] == [False, True, False, True, False]
    assert [item["entity"] for item in items] == [User, u, User, u, None]
    assert items[0]["type"] is User
    assert items[2]["expr"] is User.name
