"""Real conflicts between transactions: what the error says, and `sessionmaker.run()` (semantics, part 4, 7)."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from cormorant import Engine, create_engine, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

THREADS, TRANSFERS, ACCOUNTS = 4, 12, 2


class Base(DeclarativeBase):
    """The registry of these tests."""


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amount: Mapped[int]


@pytest.fixture
def serializable(database: str, sqlite_folder: Any) -> Any:
    url = database if not database.startswith("sqlite") else f"sqlite:///{sqlite_folder}/conflicts.db"
    engine = create_engine(url, isolation_level="SERIALIZABLE", pool_size=THREADS)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Account(id=number, amount=100) for number in range(ACCOUNTS)])
        session.commit()
    yield engine
    Base.metadata.drop_all(engine)
    engine.dispose()


def transfer(session: Session, source: int, target: int) -> None:
    """Read both, write both: two at once conflict."""
    first, second = session.get_one(Account, source), session.get_one(Account, target)
    first.amount -= 1
    session.flush()
    second.amount += 1


def test_sums_are_exact_after_conflicts(serializable: Engine) -> None:
    maker, failures = sessionmaker(serializable), []

    def work(number: int) -> None:
        try:
            for turn in range(TRANSFERS):
                source = (number + turn) % ACCOUNTS
                maker.run(lambda s, source=source: transfer(s, source, 1 - source), retries=200, max_delay=0.05)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Session(serializable) as session:
        amounts = session.scalars(select(Account.amount).order_by(Account.id)).all()
    expected = [100, 100]
    for number in range(THREADS):
        for turn in range(TRANSFERS):
            source = (number + turn) % ACCOUNTS
            expected[source] -= 1
            expected[1 - source] += 1
    assert amounts == expected
