"""What has an end: disks, connections, time, parameters, packets. The right error, nothing lost, and it works again."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from cormorant import Engine, create_engine, func, insert, select, text, update
from cormorant.exc import DBAPIError, OperationalError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column
from tests.servers import postgresql
from tests.servers.databases import wait_for_connection
from tests.servers.process import Unavailable


class Base(DeclarativeBase):
    """The registry of these tests."""


class Blob(Base):
    __tablename__ = "blob"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes]


def count(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Blob)) or 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a small file system cannot be mounted here: that needs root")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def write_until_full(engine: Engine) -> int:
    for number in range(100):
        try:
            with Session(engine) as session:
                session.add(Blob(id=number, data=os.urandom(100_000)))
                session.commit()
        except OperationalError as error:
            return number if "full" in str(error) else -1
    raise AssertionError("the disk is not full")


def test_a_full_disk(small_disk: Path) -> None:
    engine = create_engine(f"sqlite:///{small_disk}/full.db")
    Base.metadata.create_all(engine)
    balloon = small_disk / "balloon"
    balloon.write_bytes(bytes(500_000))
    acknowledged = write_until_full(engine)
    assert count(engine) == acknowledged > 5
    balloon.unlink()
    with Session(engine) as session:
        session.add(Blob(id=1000, data=b"small"))
        session.commit()
    assert count(engine) == acknowledged + 1
    engine.dispose()
    with closing(sqlite3.connect(small_disk / "full.db")) as driver:
        assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def connect_until_refused(engine: Engine, held: ExitStack) -> str:
    for _ in range(10):
        try:
            held.enter_context(engine.connect())
        except OperationalError as error:
            return str(error)
    raise AssertionError("no connection was refused")


def test_too_many_connections() -> None:
    try:
        server = postgresql.start(max_connections="6", superuser_reserved_connections="1", reserved_connections="0")
    except Unavailable as reason:
        pytest.skip(f"no PostgreSQL server: {reason}")
    engine = create_engine(server.url, pool_size=10)
    try:
        wait_for_connection(server.url)
        with ExitStack() as held:
            refused = connect_until_refused(engine, held)
            assert "too many clients" in refused or "remaining connection slots" in refused
        with engine.connect() as connection:
            assert connection.scalar(select(1)) == 1
        assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    finally:
        engine.dispose()
        server.stop()


def test_a_statement_that_takes_too_long(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.execute(text("SET LOCAL statement_timeout = 100"))
        session.add(Blob(id=1, data=b"x"))
        session.flush()
        with pytest.raises(OperationalError, match="statement timeout") as caught, session.begin_nested():
            session.execute(text("SELECT pg_sleep(5)"))
        assert not caught.value.connection_invalidated
        session.commit()
    assert count(engine) == 1
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_lock_that_is_not_given(kind: str, request: pytest.FixtureRequest) -> None:
    engine = create_engine(request.getfixturevalue(f"{kind}_url"))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Blob(id=1, data=b"x"))
        session.commit()
    limit = "SET lock_timeout = '200ms'" if kind == "postgresql" else "SET innodb_lock_wait_timeout = 1"
    with Session(engine) as holder, Session(engine) as waiter:
        holder.get_one(Blob, 1, with_for_update=True)
        waiter.execute(text(limit))
        waiter.add(Blob(id=2, data=b"kept"))
        waiter.flush()
        with pytest.raises(OperationalError) as caught, waiter.begin_nested():
            waiter.execute(update(Blob).where(Blob.id == 1).values(data=b"y"))
        assert caught.value.conflict == "lock timeout"
        holder.rollback()
        waiter.commit()
    assert count(engine) == 2
    engine.dispose()


def test_more_parameters_than_the_server_takes(database: str) -> None:
    engine = create_engine(database)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Blob(id=number, data=b"x") for number in range(40_000))
        session.commit()
        assert len(session.scalars(select(Blob.id)).all()) == 40_000
    with engine.begin() as connection:
        rows = [{"id": number, "data": b"x"} for number in range(40_000, 75_000)]
        assert len(connection.execute(insert(Blob).returning(Blob.id), rows).all()) == 35_000
    assert count(engine) == 75_000
    engine.dispose()


def test_a_packet_that_is_too_large(mariadb_url: str) -> None:
    engine = create_engine(mariadb_url)
    with engine.connect() as connection:
        connection.execute(text("DROP TABLE IF EXISTS large"))
        connection.execute(text("CREATE TABLE large (id INTEGER PRIMARY KEY, data LONGBLOB)"))
        largest = connection.scalar(text("SELECT @@max_allowed_packet"))
        connection.execute(text("INSERT INTO large VALUES (1, 'kept')"))
        connection.commit()
        with pytest.raises(DBAPIError) as caught:
            connection.execute(text("INSERT INTO large VALUES (2, :data)"), {"data": b"x" * (int(largest or 0) + 1000)})
        assert caught.value.connection_invalidated
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM large")) == 1
    engine.dispose()
