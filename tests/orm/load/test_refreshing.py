"""Refreshes and expired reads: one statement with what is loaded along, by the options the object came with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import ForeignKey, create_engine, event, text
from cormorant.exc import InvalidRequestError
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    contains_eager,
    defer,
    immediateload,
    joinedload,
    lazyload,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
    subqueryload,
)
from cormorant.orm.exc import ObjectDeletedError


class Base(DeclarativeBase):
    pass


class A(Base):
    """No relationship is loaded along unless an option says so."""

    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[str]
    q: Mapped[str | None]
    d: Mapped[str | None] = mapped_column(deferred=True)
    bs: Mapped[list[B]] = relationship(order_by="B.id")


class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    aid: Mapped[int] = mapped_column(ForeignKey("a.id"))
    cs: Mapped[list[C]] = relationship(order_by="C.id")


class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    bid: Mapped[int] = mapped_column(ForeignKey("b.id"))


class J(Base):
    """Mapped to be joined, both ways."""

    __tablename__ = "j"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[str]
    ks: Mapped[list[K]] = relationship(order_by="K.id", lazy="joined", back_populates="j")


class K(Base):
    __tablename__ = "k"
    id: Mapped[int] = mapped_column(primary_key=True)
    jid: Mapped[int] = mapped_column(ForeignKey("j.id"))
    n: Mapped[str | None]
    j: Mapped[J] = relationship(lazy="joined", back_populates="ks")


class S(Base):
    """Mapped to be loaded by selectin."""

    __tablename__ = "s"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[str]
    ts: Mapped[list[T]] = relationship(order_by="T.id", lazy="selectin")


class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[int] = mapped_column(ForeignKey("s.id"))


A_ROW = "SELECT a.id, a.n, a.q FROM a WHERE a.id = ?"
A_JOINED = (
    "SELECT a.id, a.n, a.q, b_1.id AS id_1, b_1.aid FROM a LEFT OUTER JOIN b AS b_1 ON a.id = b_1.aid "
    "WHERE a.id = ? ORDER BY b_1.id"
)
BS = "SELECT b.id, b.aid FROM b WHERE ? = b.aid ORDER BY b.id"
J_JOINED = (
    "SELECT j.id, j.n, k_1.id AS id_1, k_1.jid, k_1.n AS n_1 FROM j LEFT OUTER JOIN k AS k_1 ON j.id = k_1.jid "
    "WHERE j.id = ? ORDER BY k_1.id"
)
KS_JOINED = (
    "SELECT j.id, k_1.id AS id_1, k_1.jid, k_1.n FROM j LEFT OUTER JOIN k AS k_1 ON j.id = k_1.jid "
    "WHERE j.id = ? ORDER BY k_1.id"
)
KS = "SELECT k.id, k.jid, k.n FROM k WHERE ? = k.jid ORDER BY k.id"
K_JOINED = (
    "SELECT k.id, k.jid, k.n, j_1.id AS id_1, j_1.n AS n_1 FROM k LEFT OUTER JOIN j AS j_1 ON j_1.id = k.jid "
    "WHERE k.id = ?"
)
S_ROW = "SELECT s.id, s.n FROM s WHERE s.id = ?"
TS = "SELECT t.id, t.sid FROM t WHERE ? = t.sid ORDER BY t.id"


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as writing:
        writing.add(A(id=1, n="x", d="d", bs=[B(id=1, cs=[C(id=1)]), B(id=2)]))
        writing.add(J(id=1, n="x", ks=[K(id=1), K(id=2)]))
        writing.add(S(id=1, n="x", ts=[T(id=1), T(id=2)]))
        writing.commit()
    with Session(engine) as reading:
        yield reading
    engine.dispose()


@pytest.fixture
def sent(session: Session) -> Callable[[], list[str]]:
    """Return what was sent since the last call."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        seen.append(" ".join(statement.split()))

    event.listen(session.get_bind(), "before_cursor_execute", note)

    def take() -> list[str]:
        found = seen.copy()
        seen.clear()
        return found

    return take


Sent = Callable[[], list[str]]


def test_a_class_without_eager_relationships(session: Session, sent: Sent) -> None:
    a = session.get_one(A, 1)
    assert a.bs
    assert sent() == [A_ROW, BS]
    session.refresh(a)
    assert "bs" not in a.__dict__
    session.expire(a)
    assert a.n == "x"
    session.expire(a, ["n", "q"])
    assert a.n == "x"
    assert sent() == [A_ROW, A_ROW, "SELECT a.n, a.q FROM a WHERE a.id = ?"]
    session.expire(a)
    assert len(a.bs) == 2
    assert sent() == [A_ROW, BS]


def test_named_relationships_are_loaded_at_once(session: Session, sent: Sent) -> None:
    a = session.get_one(A, 1)
    sent()
    session.refresh(a, ["bs"])
    assert "bs" in a.__dict__
    session.refresh(a, ["n", "bs"])
    assert sent() == ["SELECT a.id FROM a WHERE a.id = ?", BS, "SELECT a.id, a.n FROM a WHERE a.id = ?", BS]


def test_mapped_joins(session: Session, sent: Sent) -> None:
    j = session.get_one(J, 1)
    session.refresh(j)
    assert "ks" in j.__dict__
    session.expire(j)
    assert j.n == "x"
    session.expire(j)
    assert [k.id for k in j.ks] == [1, 2]
    assert sent() == [J_JOINED] * 4
    session.refresh(j, ["ks"])
    session.refresh(j, [])
    assert sent() == [KS_JOINED, J_JOINED]
    k = j.ks[0]
    session.refresh(k)
    session.expire(k)
    assert k.j is j
    session.refresh(k, ["j"])
    narrow = (
        "SELECT k.id, k.jid, j_1.id AS id_1, j_1.n FROM k LEFT OUTER JOIN j AS j_1 ON j_1.id = k.jid WHERE k.id = ?"
    )
    assert sent() == [K_JOINED, K_JOINED, narrow]


def test_single_expired_attributes_come_alone(session: Session, sent: Sent) -> None:
    j = session.get_one(J, 1)
    sent()
    session.expire(j, ["n", "ks"])
    assert j.n == "x"
    assert "ks" not in j.__dict__
    assert [k.id for k in j.ks] == [1, 2]
    assert sent() == ["SELECT j.n FROM j WHERE j.id = ?", KS]


def test_mapped_selectin_is_loaded_for_the_one_object(session: Session, sent: Sent) -> None:
    s = session.get_one(S, 1)
    sent()
    session.refresh(s)
    session.expire(s)
    assert s.n == "x"
    assert "ts" in s.__dict__
    session.refresh(s, ["ts"])
    assert sent() == [S_ROW, TS, S_ROW, TS, "SELECT s.id FROM s WHERE s.id = ?", TS]


def test_get_of_an_expired_object_loads_along(session: Session, sent: Sent) -> None:
    j = session.get_one(J, 1)
    session.expire(j)
    assert session.get(J, 1) is j
    assert "ks" in j.__dict__
    assert sent() == [J_JOINED, J_JOINED]


def test_options_that_the_object_was_loaded_with(session: Session, sent: Sent) -> None:
    a = session.get_one(A, 1, options=[joinedload(A.bs)])
    session.refresh(a)
    session.expire(a)
    assert a.n == "x"
    assert len(a.__dict__["bs"]) == 2
    assert sent() == [A_JOINED] * 3
    session.refresh(a, ["n"])
    session.refresh(a, ["bs"])
    assert sent() == [
        "SELECT a.n FROM a WHERE a.id = ?",
        (
            "SELECT a.id, b_1.id AS id_1, b_1.aid FROM a LEFT OUTER JOIN b AS b_1 ON a.id = b_1.aid "
            "WHERE a.id = ? ORDER BY b_1.id"
        ),
    ]


@pytest.mark.parametrize("option", [selectinload, immediateload, subqueryload])
def test_what_follows_is_loaded_for_the_one_object(session: Session, sent: Sent, option: Any) -> None:
    a = session.get_one(A, 1, options=[option(A.bs)])
    sent()
    session.refresh(a)
    session.expire(a)
    assert a.n == "x"
    assert "bs" in a.__dict__
    assert sent() == [A_ROW, BS, A_ROW, BS]


def test_options_of_what_was_loaded_along(session: Session, sent: Sent) -> None:
    a = session.get_one(A, 1, options=[lazyload(A.bs).joinedload(B.cs)])
    b = a.bs[0]
    sent()
    session.refresh(b)
    assert sent() == [
        (
            "SELECT b.id, b.aid, c_1.id AS id_1, c_1.bid FROM b LEFT OUTER JOIN c AS c_1 ON b.id = c_1.bid "
            "WHERE b.id = ? ORDER BY c_1.id"
        )
    ]


def test_what_the_statement_joined_itself_is_no_option(session: Session, sent: Sent) -> None:
    a = session.query(A).join(A.bs).options(contains_eager(A.bs)).one()
    sent()
    session.refresh(a)
    session.expire(a)
    assert a.n == "x"
    assert sent() == [A_ROW, A_ROW]


def test_options_about_columns_hold_for_refresh_and_not_for_what_expired(session: Session, sent: Sent) -> None:
    a = session.get_one(A, 1, options=[defer(A.q)])
    sent()
    session.refresh(a)
    session.expire(a)
    assert a.n == "x"
    assert sent() == ["SELECT a.id, a.n FROM a WHERE a.id = ?", A_ROW]


def test_refused_relationships(session: Session, sent: Sent) -> None:
    a = session.get_one(A, 1, options=[raiseload(A.bs)])
    session.refresh(a)
    with pytest.raises(InvalidRequestError, match="raise"):
        _ = a.bs
    sent()
    session.refresh(a, ["bs"])
    assert sent() == ["SELECT a.id FROM a WHERE a.id = ?", BS]
    assert len(a.bs) == 2


def test_populate_existing_brings_its_own_options(session: Session, sent: Sent) -> None:
    a = session.get_one(A, 1)
    session.query(A).options(joinedload(A.bs)).populate_existing().all()
    sent()
    session.refresh(a)
    assert sent() == [A_JOINED]


def test_objects_loaded_along_keep_what_they_have(session: Session) -> None:
    j = session.get_one(J, 1)
    first, second = j.ks
    session.execute(text("update k set n = 'raw'"))
    session.refresh(j)
    assert (first.n, second.n) == (None, None)
    assert j.ks == [first, second]


def test_changes_of_expired_objects_stay(session: Session) -> None:
    j = session.get_one(J, 1)
    session.expire(j)
    with session.no_autoflush:
        j.ks = []
        assert j.n == "x"
    assert j.ks == []


def test_a_lock(session: Session) -> None:
    seen: list[Any] = []
    event.listen(session, "do_orm_execute", seen.append)
    j = session.get_one(J, 1)
    session.refresh(j, with_for_update=True)
    session.refresh(j, ["n"], with_for_update={"nowait": True})
    assert j.n == "x"


def test_a_row_that_is_gone(session: Session) -> None:
    j = session.get_one(J, 1)
    session.expire(j)
    session.execute(text("delete from j"))
    with pytest.raises(ObjectDeletedError):
        _ = j.n
    with pytest.raises(InvalidRequestError, match="Could not refresh instance"):
        session.refresh(j)
    with pytest.raises(InvalidRequestError, match="Could not refresh instance"):
        session.refresh(j, ["ks"])
    assert session.get(J, 1) is None


def test_listeners_learn_what_was_asked_for(session: Session) -> None:
    seen: list[Any] = []

    def note(target: Any, context: Any, keys: Any) -> None:
        seen.append((type(target).__name__, None if keys is None else sorted(keys)))

    for cls in (A, J):
        event.listen(cls, "refresh", note)
    a, j = session.get_one(A, 1), session.get_one(J, 1)
    for obj, related in ((a, "bs"), (j, "ks")):
        session.refresh(obj)
        session.refresh(obj, ["n"])
        session.refresh(obj, [related])
        session.refresh(obj, ["n", related])
        session.expire(obj, ["n"])
        _ = obj.n
    session.expire_all()
    assert a.n == j.n == "x"
    session.query(A).populate_existing().all()
    for cls in (A, J):
        event.remove(cls, "refresh", note)
    assert seen == [
        ("A", None),
        ("A", ["n"]),
        ("A", ["bs", "id"]),
        ("A", ["bs", "id", "n"]),
        ("A", ["n"]),
        ("J", None),
        ("J", ["n"]),
        ("J", ["id", "ks"]),
        ("J", ["id", "ks", "n"]),
        ("J", ["n"]),
        ("A", ["bs", "id", "n", "q"]),
        ("J", ["id", "ks", "n"]),
        ("A", None),
    ]


def test_statements_are_kept(session: Session) -> None:
    j = session.get_one(J, 1)
    session.refresh(j)
    kept = dict(J.__mapper__.plans)
    session.refresh(j)
    assert kept == J.__mapper__.plans
