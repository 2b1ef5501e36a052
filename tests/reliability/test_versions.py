"""Optimistic locking never loses an update: eight threads count up one versioned row on each database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Engine, create_engine
from cormorant.exc import OperationalError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column
from cormorant.orm.exc import StaleDataError

THREADS = 8


class Base(DeclarativeBase):
    """The registry of these tests."""


class Counter(Base):
    __tablename__ = "counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


@pytest.fixture
def engine(database: str, sqlite_folder: Any) -> Iterator[Engine]:
    options = {"isolation_level": "READ COMMITTED"}
    if database.startswith("sqlite"):
        database, options = f"sqlite:///{sqlite_folder}/versions.db", {"isolation_level": "SERIALIZABLE"}
    engine = create_engine(database, pool_size=THREADS, **options)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Counter(id=1, count=0))
        session.commit()
    yield engine
    Base.metadata.drop_all(engine)
    engine.dispose()


def test_each_increment_counts(engine: Engine, times: Callable[[int, int], int]) -> None:
    turns = times(15, 10_000)
    stale = []
    errors: list[BaseException] = []

    def increment() -> None:
        while True:
            try:
                with Session(engine) as session:
                    counter = session.get_one(Counter, 1)
                    counter.count += 1
                    session.commit()
                return
            except StaleDataError as error:
                stale.append(error)
            except OperationalError as error:  # two writers of one file, or a deadlock: the database's own refusal
                if "locked" not in str(error) and "1213" not in str(error):
                    raise

    def work() -> None:
        try:
            for _ in range(turns):
                increment()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Session(engine) as session:
        counter = session.get_one(Counter, 1)
        assert (counter.count, counter.version) == (THREADS * turns, THREADS * turns + 1)
    print(f"{engine.dialect.name}: {THREADS * turns} increments, {len(stale)} stale")
