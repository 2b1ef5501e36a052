"""Statements of the checklist that another one replaces, and the additions by number: one test each, on all databases.

The other statements and the intended differences have their tests among the programs of `tests/differential`. What the
additions can do besides is tested where their code is.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from cormorant import JSON, Engine, String, inspect, select, update
from cormorant.exc import IntegrityError, InvalidRequestError, OperationalError
from cormorant.ext.mutable import MutableDict
from cormorant.orm import DeclarativeBase, Mapped, Session, deferred, mapped_column, peerload, sessionmaker
from cormorant.orm.exc import MergeConflict, QueryBudgetExceeded, StaleDataError

from .sent import Sent


class Base(DeclarativeBase):
    """A registry of its own."""


class Doc(Base):
    __tablename__ = "doc"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str | None] = mapped_column(String(40), unique=True)
    data: Mapped[dict[str, int] | None] = mapped_column(MutableDict.as_mutable(JSON))
    about: Mapped[str | None] = deferred(mapped_column(String(40)))


class Page(Base):
    __tablename__ = "page"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int]

    __mapper_args__ = {"version_id_col": "version"}


class Plain(Base):
    """A class that counts nothing."""

    __tablename__ = "plain"

    id: Mapped[int] = mapped_column(primary_key=True)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    Base.registry.configure()
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Doc(id=n, title=f"t{n}", data={"a": n}, about="x") for n in (1, 2, 3)])
        session.add(Page(id=1, text="first"))
        session.commit()
        session.expunge_all()
        yield session


def test_s29_a_dirty_source_is_refused_without_load(session: Session) -> None:
    """Replaced by D4."""
    doc = session.get_one(Doc, 1)
    copy = pickle.loads(pickle.dumps(doc))
    copy.title = "changed"
    with pytest.raises(InvalidRequestError, match="dirty"):
        session.merge(copy, load=False)
    assert doc.title == "t1"


@pytest.mark.parametrize("load", [True, False])
@pytest.mark.parametrize("held", [True, False])
def test_s30_mutable_values_are_tracked_on_the_target(session: Session, load: bool, held: bool) -> None:
    kept = session.get_one(Doc, 1)
    copy = pickle.loads(pickle.dumps(kept))
    if not held:
        session.expunge(kept)
    merged = session.merge(copy, load=load)
    assert merged.data is not None
    merged.data["b"] = 5
    assert merged in session.dirty
    session.commit()
    assert session.scalar(select(Doc.data).where(Doc.id == 1)) == {"a": 1, "b": 5}


def test_s33_an_expired_target_has_its_version_checked(session: Session) -> None:
    """Replaced by D1."""
    page = session.get_one(Page, 1)
    copy = pickle.loads(pickle.dumps(page))
    page.text = "second"
    session.commit()
    copy.text = "stale"
    with pytest.raises(StaleDataError):
        session.merge(copy)
    assert page.text == "second"


def test_s35_a_versioned_copy_of_a_row_that_is_gone(session: Session) -> None:
    """Replaced by D2."""
    page = session.get_one(Page, 1)
    copy = pickle.loads(pickle.dumps(page))
    session.delete(page)
    session.commit()
    with pytest.raises(StaleDataError, match="gone"):
        session.merge(copy)


def test_a1_batched_merge(session: Session, sent: Sent) -> None:
    sent.clear()
    merged = session.merge_all([Doc(id=n, title=f"m{n}") for n in range(1, 6)])
    assert len(sent) == 1
    session.commit()
    assert [doc.title for doc in merged] == ["m1", "m2", "m3", "m4", "m5"]


def test_a2_merge_by_natural_key(session: Session) -> None:
    assert session.merge(Doc(title="t2", data={"n": 1}), by=Doc.title).id == 2
    with pytest.raises(InvalidRequestError, match="two rows"):
        session.merge(Doc(id=1, title="t2"), by=Doc.title)


def test_a2_merge_by_upsert(session: Session, sent: Sent) -> None:
    sent.clear()
    merged = session.merge_all([Plain(id=1), Plain(id=2)], strategy="upsert")
    assert [inspect(one).persistent for one in merged] == [True, True]
    assert len(sent) == 1


def test_a3_three_way_merge(session: Session) -> None:
    doc = session.get_one(Doc, 1)
    base = session.snapshot(doc)
    mine = pickle.loads(pickle.dumps(base))
    mine.title = "mine"
    doc.data = {"theirs": 1}
    session.commit()
    session.merge(mine, base=base)
    assert (doc.title, doc.data) == ("mine", {"theirs": 1})
    doc.title = "theirs"
    with pytest.raises(MergeConflict) as caught:
        session.merge(mine, base=base)
    assert [conflict.key for conflict in caught.value.conflicts] == ["title"]


def test_a4_preview_and_plan(session: Session) -> None:
    doc = session.get_one(Doc, 1)
    assert "title" in str(session.merge_preview(Doc(id=1, title="new")))
    doc.title = "n"
    assert repr(session.plan()) == "UPDATE doc: 1 row (Doc)"
    assert session.plan().mermaid().startswith("flowchart TD")


def test_a5_peer_loading(session: Session, sent: Sent) -> None:
    docs = session.scalars(select(Doc).options(peerload(Doc.about))).all()
    sent.clear()
    assert [doc.about for doc in docs] == ["x", "x", "x"]
    assert len(sent) == 1


def test_a6_errors_that_name_the_object(session: Session) -> None:
    doc = Doc(id=9, title="t1")
    session.add(doc)
    with pytest.raises(IntegrityError) as caught:
        session.flush()
    assert caught.value.table == "doc"
    assert list(caught.value.objects) == [doc]


def conflict() -> OperationalError:
    """What a database says to one of two transactions that meet."""
    error = OperationalError("UPDATE", {}, Exception("a conflict"))
    error.conflict = "deadlock"
    return error


def test_a7_retry(session: Session, engine: Engine) -> None:
    session.close()
    seen: list[int] = []

    def work(fresh: Session) -> str | None:
        seen.append(1)
        fresh.execute(update(Page).values(text="again"))
        if len(seen) < 3:
            raise conflict()
        return fresh.scalar(select(Page.text))

    assert sessionmaker(engine).run(work, retries=5, delay=0) == "again"
    assert len(seen) == 3


def test_a8_query_budget(session: Session) -> None:
    with session.expect_queries(max=1) as log:
        docs = session.scalars(select(Doc)).all()
    assert len(log) == 1
    with pytest.raises(QueryBudgetExceeded, match="got 2 statements"), session.expect_queries(max=1):
        assert [doc.about for doc in docs[:2]] == ["x", "x"]
