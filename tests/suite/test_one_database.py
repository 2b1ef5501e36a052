"""Promises about one kind of database each (SEMANTICS part 3): D6 with plain files, B1 on deadlocks, B17 in URLs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from cormorant import Column, Engine, Integer, MetaData, Table, create_engine, insert, make_url, select, text, update
from cormorant.exc import DBAPIError, OperationalError, PendingRollbackError
from cormorant.orm import Session, registry

metadata = MetaData()
account = Table("account", metadata, Column("id", Integer, primary_key=True), Column("balance", Integer))


class Account:
    id: int
    balance: int

    def __init__(self, id: int, balance: int) -> None:
        self.id = id
        self.balance = balance


maps = registry(metadata=metadata)


@pytest.fixture(autouse=True)
def mapped() -> Iterator[None]:
    maps.map_imperatively(Account, account)
    yield
    maps.dispose()


def total(engine: Engine) -> int:
    with engine.connect() as connection:
        return sum(connection.scalars(select(account.c.balance)))


# D6: a plain file URL, no listeners, no options


@pytest.fixture
def plain_file(sqlite_url: str) -> Iterator[Engine]:
    engine = create_engine(sqlite_url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_d6_rows_of_a_released_savepoint_go_with_the_outer_rollback(plain_file: Engine) -> None:
    with plain_file.connect() as connection:
        with connection.begin_nested():
            connection.execute(insert(account).values(id=1, balance=1))
        connection.rollback()
    assert total(plain_file) == 0
    with Session(plain_file) as session:
        with session.begin_nested():
            session.add(Account(1, 1))
        session.rollback()
    assert total(plain_file) == 0


def test_d6_a_select_begins_a_transaction(plain_file: Engine) -> None:
    with plain_file.begin() as connection:
        connection.execute(insert(account).values(id=1, balance=1))
    with plain_file.connect() as reader:
        assert reader.execute(select(account.c.balance)).scalar() == 1
        assert reader.connection.dbapi_connection.in_transaction
        with plain_file.connect() as other:
            other.execute(select(account)).all()


def test_d6_create_table_is_rolled_back(plain_file: Engine) -> None:
    with plain_file.connect() as connection:
        connection.execute(text("CREATE TABLE short_lived (id INTEGER)"))
        connection.execute(insert(account).values(id=1, balance=1))
        connection.rollback()
    with plain_file.connect() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master ORDER BY name")).scalars().all() == ["account"]
    assert total(plain_file) == 0


def test_d6_an_inner_rollback_keeps_the_outer_rows(plain_file: Engine) -> None:
    with plain_file.begin() as connection:
        connection.execute(insert(account).values(id=1, balance=1))
        savepoint = connection.begin_nested()
        connection.execute(insert(account).values(id=2, balance=10))
        savepoint.rollback()
    assert total(plain_file) == 1


# B1: a deadlock makes the server roll the whole transaction back


@pytest.fixture
def bank(mariadb_url: str) -> Iterator[Engine]:
    engine = create_engine(mariadb_url)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(account), [{"id": number, "balance": 100} for number in (1, 2, 3)])
    yield engine
    engine.dispose()


class Rival(threading.Thread):
    """A heavier transaction on rows 1 and 3 that then waits for row 2, so that the other one is the victim."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.holds, self.go_on = threading.Event(), threading.Event()

    def run(self) -> None:
        with self.engine.connect() as connection:
            for number in (1, 3):
                connection.execute(update(account).where(account.c.id == number).values(balance=account.c.balance + 1))
            self.holds.set()
            self.go_on.wait(10)
            connection.execute(update(account).where(account.c.id == 2).values(balance=account.c.balance + 1))
            connection.rollback()

    def meet(self) -> None:
        """Ask for row 2, which the victim holds, and give the server time to see it."""
        self.go_on.set()
        time.sleep(0.3)


@pytest.fixture
def rival(bank: Engine) -> Iterator[Rival]:
    rival = Rival(bank)
    rival.start()
    assert rival.holds.wait(10)
    yield rival
    rival.go_on.set()
    rival.join(10)


def add(number: int, amount: int) -> object:
    return update(account).where(account.c.id == number).values(balance=account.c.balance + amount)


def test_b1_a_connection_refuses_to_go_on(bank: Engine, rival: Rival) -> None:
    with bank.connect() as connection:
        connection.execute(add(2, -50))
        rival.meet()
        with pytest.raises(OperationalError, match="1213") as caught:
            connection.execute(add(1, 50))
        for attempt in (lambda: connection.execute(add(3, 50)), connection.commit, connection.begin_nested):
            with pytest.raises(PendingRollbackError) as refused:
                attempt()
            assert "1213" in str(refused.value) or refused.value.__cause__ is caught.value
        connection.rollback()
        connection.execute(add(3, 0))
        connection.commit()
    rival.join(10)
    assert total(bank) == 300


def test_b1_a_session_refuses_to_go_on(bank: Engine, rival: Rival) -> None:
    with Session(bank) as session:
        session.execute(add(2, -50))
        rival.meet()
        with pytest.raises(OperationalError, match="1213"):
            session.execute(add(1, 50))
        with pytest.raises(PendingRollbackError):
            session.execute(add(3, 50))
        with pytest.raises(PendingRollbackError):
            session.commit()
        session.rollback()
        session.get_one(Account, 3).balance += 0
        session.commit()
    rival.join(10)
    assert total(bank) == 300


def test_b1_a_savepoint_does_not_hide_it(bank: Engine, rival: Rival) -> None:
    with bank.connect() as connection:
        connection.execute(add(2, -50))
        rival.meet()
        with pytest.raises(OperationalError, match="1213"), connection.begin_nested():
            connection.execute(add(1, 50))
        with pytest.raises(PendingRollbackError):
            connection.execute(add(3, 50))
        connection.rollback()
    rival.join(10)
    assert total(bank) == 300


def test_b1_a_flush_in_a_savepoint_does_not_hide_it(bank: Engine, rival: Rival) -> None:
    with Session(bank) as session:
        session.get_one(Account, 2, with_for_update=True).balance -= 50
        session.flush()
        rival.meet()
        with pytest.raises(DBAPIError, match="1213"), session.begin_nested():
            session.execute(add(1, 50))
        with pytest.raises(PendingRollbackError):
            session.execute(add(3, 50))
        session.rollback()
    rival.join(10)
    assert total(bank) == 300


# B17: secrets in URLs


@pytest.mark.parametrize("key", ["password", "passwd", "pwd", "sslpassword", "token", "secret", "access_token"])
@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "mysql+pymysql", "sqlite"])
def test_b17_secret_query_keys_are_masked(scheme: str, key: str) -> None:
    url = make_url(f"{scheme}://user:CANARY1@host/db?{key}=CANARY2&{key.upper()}=CANARY3&plain=shown")
    for shown in (str(url), repr(url), f"{url}", url.render_as_string()):
        assert "CANARY" not in shown
        assert "plain=shown" in shown
    assert "CANARY2" in url.render_as_string(hide_password=False)


def test_b17_engines_and_errors_do_not_show_them() -> None:
    engine = create_engine("postgresql+psycopg://u:CANARY@127.0.0.1:1/db?sslpassword=CANARY2")
    assert "CANARY" not in repr(engine)
    with pytest.raises(OperationalError) as caught:
        engine.connect()
    assert "CANARY" not in str(caught.value)
    assert "CANARY" not in repr(caught.value)


def names(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT name FROM sqlite_master ORDER BY name")).scalars())


def test_tables_that_nobody_committed_stay_where_nothing_else_was_done(plain_file: Engine) -> None:
    """As Python's driver has it: programs that forget to commit what `create_all()` did find their tables."""
    with plain_file.connect() as connection:
        connection.execute(text("CREATE TABLE one (id INTEGER)"))
    with Session(plain_file) as session:
        session.execute(text("CREATE TABLE two (id INTEGER)"))
    assert names(plain_file) == ["account", "one", "two"]
    with plain_file.connect() as connection:
        connection.execute(text("CREATE TABLE three (id INTEGER)"))
        connection.execute(insert(account).values(id=1, balance=1))
    with plain_file.connect() as connection, connection.begin() as transaction:
        connection.execute(text("CREATE TABLE four (id INTEGER)"))
        transaction.rollback()
    assert names(plain_file) == ["account", "one", "two"]
    assert total(plain_file) == 0
