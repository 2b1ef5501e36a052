"""By which objects and names the columns of a result are found."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Column,
    Integer,
    MetaData,
    Table,
    create_engine,
    insert,
    select,
    union_all,
)

METADATA = MetaData()
T = Table("t", METADATA, Column("id", Integer, primary_key=True))
LABEL = T.c.id.label("x")

CASES: list[tuple[Any, list[Any], list[Any]]] = [
    (select(T), [T.c.id, "id", "t_id"], ["t_1_id"]),
    (select(LABEL), [LABEL, "x"], [T.c.id, "id", "t_id"]),
    (select(T.c.id.label("id")), ["id"], [T.c.id, "t_id"]),
    (select(T.c.id.label(None)), ["id_1"], [T.c.id, "id"]),
    (select(T).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL), [T.c.id, "t_id"], ["id"]),
    (select(LABEL, T.c.id), [LABEL, T.c.id, "x", "id"], []),
    (union_all(select(LABEL), select(LABEL)), [LABEL, "x"], [T.c.id]),
    (insert(T).values(id=2).returning(LABEL), [LABEL, "x"], [T.c.id, "id"]),
]


@pytest.mark.parametrize(("statement", "known", "unknown"), CASES)
def test_keys(statement: Any, known: list[Any], unknown: list[Any]) -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.connect() as connection:
        connection.execute(insert(T).values(id=1))
        row = connection.execute(statement).first()
        assert row is not None
        for key in known:
            assert row._mapping[key] in (1, 2)
        for key in unknown:
            with pytest.raises(KeyError):
                row._mapping[key]
