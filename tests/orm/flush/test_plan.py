"""What a plan says will be written is what the flush writes."""

from __future__ import annotations

from typing import Any

from cormorant import event, select
from cormorant.orm import Session

from ..blog import Address, Post, Tag, User


def verbs_of_flush(session: Session) -> list[str]:
    """Flush, and return verb and table of each statement that changes rows."""
    seen: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        words = statement.replace("INSERT INTO", "INSERT").replace("DELETE FROM", "DELETE").split()
        seen.append(f"{words[0]} {words[1]}")

    event.listen(session.get_bind(), "before_cursor_execute", note)
    session.flush()
    event.remove(session.get_bind(), "before_cursor_execute", note)
    return [text for text in seen if not text.startswith("SELECT")]


def plan_lines(session: Session) -> list[str]:
    return repr(session.plan()).splitlines()


def test_nothing_to_write(session: Session) -> None:
    user = session.scalars(select(User).order_by(User.id)).first()
    assert user is not None
    user.name = str(user.name)
    user.addresses = list(user.addresses)
    assert plan_lines(session) == ["nothing to write"]
    assert verbs_of_flush(session) == []


def test_only_what_differs_is_counted(session: Session) -> None:
    users = session.scalars(select(User)).all()
    for user in users:
        user.fullname = user.fullname and str(user.fullname)
    users[0].fullname = "changed"
    assert plan_lines(session) == ["UPDATE users: 1 row (User)"]
    assert verbs_of_flush(session) == ["UPDATE users"]


def test_foreign_keys_that_follow(session: Session) -> None:
    address = session.scalars(select(Address).where(Address.user_id.is_not(None))).first()
    assert address is not None
    address.user = User(name="new", posts=[Post(title="t", tags=[Tag(name="x")])])
    lines = plan_lines(session)
    assert set(lines) == {
        "INSERT users: 1 row (User)",
        "UPDATE addresses: 1 row (Address)",
        "INSERT posts: 1 row (Post)",
        "INSERT tags: 1 row (Tag)",
        "INSERT post_tags: 1 row (Post.tags)",
    }
    assert [line.partition(":")[0] for line in lines] == verbs_of_flush(session)


def test_a_reference_set_to_what_it_was(session: Session) -> None:
    address = session.scalars(select(Address).where(Address.user_id.is_not(None))).first()
    assert address is not None
    user = address.user
    address.user = None
    address.user = user
    assert plan_lines(session) == ["nothing to write"]
    assert verbs_of_flush(session) == []
