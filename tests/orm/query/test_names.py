"""What rows call columns, by the statement's way of labelling."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import (
    LABEL_STYLE_DISAMBIGUATE_ONLY,
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    func,
    select,
)
from cormorant.orm import Session

from ..blog import Address, User

COLUMNS = (User.id, Address.id, func.count(User.id), User.name.label("n"))


@pytest.mark.parametrize(
    ("style", "names"),
    [
        (LABEL_STYLE_DISAMBIGUATE_ONLY, ["id", "id_1", "count", "n"]),
        (LABEL_STYLE_TABLENAME_PLUS_COL, ["users_id", "addresses_id", "count", "n"]),
        (LABEL_STYLE_NONE, ["id", "id", "count", "n"]),
    ],
)
def test_select(session: Session, style: Any, names: list[str]) -> None:
    statement = select(*COLUMNS).join(User.addresses).set_label_style(style)
    assert list(session.execute(statement).keys()) == names


def test_a_query_knows_only_given_names_and_takes_the_last(session: Session) -> None:
    row = session.query(*COLUMNS).join(User.addresses).group_by(Address.id).order_by(Address.id.desc()).first()
    assert row._fields == ("id", "id", "n")
    assert row[0] != row[1]
    assert (row.id, row._asdict()) == (row[1], {"id": row[1], "n": row[3]})


def test_a_query_of_a_table(session: Session) -> None:
    assert session.query(User.__table__).first()._fields == ("id", "name", "fullname")
