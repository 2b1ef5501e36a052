"""INSERT .. ON CONFLICT: texts, refusals, rows on the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import (
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    create_engine,
    func,
    select,
    text,
)
from cormorant.dialects import sqlite
from cormorant.dialects.postgresql import dialect, insert
from cormorant.exc import ArgumentError, InvalidRequestError, SAWarning
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column

metadata = MetaData()
t = Table(
    "my_table",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("data", String(50)),
    Column("n", Integer, onupdate=5),
    Column("Qx", Integer, key="qx"),
)
partial = Index("partial", func.lower(t.c.data), postgresql_where=t.c.n > 5)
i = insert(t).values(id=1, data="x")
START = "INSERT INTO my_table (id, data) VALUES (%(id)s::INTEGER, %(data)s::VARCHAR) ON CONFLICT "

CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: i.on_conflict_do_nothing(), "DO NOTHING"),
    (lambda: i.on_conflict_do_nothing(index_elements=["id", t.c.qx]), '(id, "Qx") DO NOTHING'),
    (lambda: i.on_conflict_do_nothing(constraint="pk x"), 'ON CONSTRAINT "pk x" DO NOTHING'),
    (
        lambda: i.on_conflict_do_update(constraint=t.primary_key, set_={"n": 3, "data": "y"}),
        "(id) DO UPDATE SET data = %(param_1)s::VARCHAR, n = %(param_2)s::INTEGER",
    ),
    (
        lambda: i.on_conflict_do_update(constraint=UniqueConstraint("data", name="uq"), set_={t.c.qx: 3}),
        'ON CONSTRAINT uq DO UPDATE SET "Qx" = %(param_1)s::INTEGER',
    ),
    (
        lambda: i.on_conflict_do_update(constraint=partial, set_={"data": "y"}),
        "(lower(data)) WHERE n > %(n_1)s::INTEGER DO UPDATE SET data = %(param_1)s::VARCHAR",
    ),
    (
        lambda: i.on_conflict_do_update(
            index_elements=[t.c.id, "data"],
            index_where=t.c.data.like("%x"),
            set_={"data": i.excluded.data, "n": i.excluded.n + t.c.n},
            where=t.c.n == 2,
        ),
        (
            "(id, data) WHERE data LIKE %(data_1)s::VARCHAR DO UPDATE SET data = excluded.data, "
            "n = (excluded.n + my_table.n) WHERE my_table.n = %(n_1)s::INTEGER"
        ),
    ),
    (
        lambda: i.on_conflict_do_update(index_elements=["id"], set_=i.excluded),
        '(id) DO UPDATE SET id = excluded.id, data = excluded.data, n = excluded.n, "Qx" = excluded."Qx"',
    ),
    (
        lambda: i.on_conflict_do_update(
            index_elements=[text("lower(x)")],
            set_={"data": case((t.c.n > 5, "a"), else_=i.excluded.data), "n": bindparam("q"), "qx": text("DEFAULT")},
            where=text("x = 5"),
        ),
        (
            "(lower(x)) DO UPDATE SET data = CASE WHEN (my_table.n > %(n_1)s::INTEGER) THEN %(param_1)s::VARCHAR "
            'ELSE excluded.data END, n = %(q)s::INTEGER, "Qx" = DEFAULT WHERE x = 5'
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == START + expected


def test_printed_in_the_language_of_postgresql() -> None:
    assert str(i.on_conflict_do_nothing()) == START + "DO NOTHING"


def test_other_dialects_that_have_the_clause_render_it() -> None:
    made = str(i.on_conflict_do_nothing().compile(dialect=sqlite.dialect()))
    assert made == "INSERT INTO my_table (id, data) VALUES (?, ?) ON CONFLICT DO NOTHING"


def test_unknown_names_are_written_with_a_warning() -> None:
    made = i.on_conflict_do_update(index_elements=["id"], set_={"zork": 1})
    with pytest.warns(SAWarning, match="Additional column names not matching any column keys in table 'my_table'"):
        assert str(made).endswith("DO UPDATE SET zork = %(param_1)s")


REFUSED: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: i.on_conflict_do_update(), ValueError, "Either constraint or index_elements"),
    (lambda: i.on_conflict_do_update(index_elements=["id"]), ValueError, "set parameter must be a non-empty dict"),
    (lambda: i.on_conflict_do_update(index_elements=["id"], set_={}), ValueError, "dictionary must not be empty"),
    (
        lambda: i.on_conflict_do_nothing(constraint="a", index_elements=["id"]),
        ValueError,
        "'constraint' and 'index_elements' are mutually exclusive",
    ),
    (
        lambda: i.on_conflict_do_update(index_elements=["id"], set_={5: 1}),
        ArgumentError,
        "SET/VALUES column expression or string key expected, got 5",
    ),
    (lambda: i.on_conflict_do_nothing(index_elements=[5]), ArgumentError, "String column name or column expression"),
    (
        lambda: i.on_conflict_do_nothing().on_conflict_do_nothing(),
        InvalidRequestError,
        "already has an ON CONFLICT clause",
    ),
]


@pytest.mark.parametrize(("make", "error", "message"), REFUSED)
def test_refused(make: Callable[[], Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


class Base(DeclarativeBase):
    """Mapped classes of this module."""


class User(Base):
    __tablename__ = "conflict_user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column("nm", unique=True)
    full: Mapped[str]


@pytest.fixture
def session(postgresql_url: str) -> Iterator[Session]:
    engine = create_engine(postgresql_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(User(name="ann", full="Ann"))
        session.commit()
        yield session
    engine.dispose()


def test_objects_come_back_refreshed(session: Session) -> None:
    ann = session.scalars(select(User)).one()
    statement = insert(User)
    statement = statement.on_conflict_do_update(index_elements=[User.name], set_={"full": statement.excluded.full})
    rows = [{"name": "ann", "full": "Ann B."}, {"name": "bob", "full": "Bob"}]
    found = session.scalars(statement.returning(User), rows, execution_options={"populate_existing": True}).all()
    assert [(user.name, user.full) for user in found] == [("ann", "Ann B."), ("bob", "Bob")]
    assert found[0] is ann


def test_rows_left_out_have_no_key(session: Session) -> None:
    kept = session.execute(insert(User).values(name="ann", full="x").on_conflict_do_nothing())
    made = session.execute(insert(User).values(name="cid", full="x").on_conflict_do_nothing())
    assert kept.inserted_primary_key is None
    assert made.inserted_primary_key is not None


def test_values_of_the_clause_may_differ_by_row(session: Session) -> None:
    table = User.metadata.tables["conflict_user"]
    statement = insert(table).on_conflict_do_update(index_elements=["nm"], set_={"full": bindparam("other")})
    rows = [{"nm": "ann", "full": "x", "other": "1"}, {"nm": "bob", "full": "y", "other": "2"}]
    found = session.connection().execute(statement.returning(table.c.nm, table.c.full), rows).all()
    assert found == [("ann", "1"), ("bob", "y")]
