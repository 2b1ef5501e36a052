"""What was acknowledged is there, what was not is absent or reported: a server and a client killed in their writing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cormorant import Engine, create_engine, select
from cormorant.exc import DBAPIError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column
from tests.servers import postgresql
from tests.servers.process import Unavailable

THREADS = 8
SECONDS = 2.0
ROOT = Path(__file__).parents[2]


class Base(DeclarativeBase):
    """The registry of these tests."""


class Entry(Base):
    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]


class Writers:
    """Threads that each commit one object after the other, and note what came of it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.acknowledged: set[int] = set()
        self.unknown: set[int] = set()
        self.failed = 0
        self.ends = False
        self.others: list[BaseException] = []
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(THREADS)]

    def write(self, number: int) -> None:
        key = number
        try:
            while not self.ends:
                key += THREADS
                self.write_one(key)
        except BaseException as error:
            self.others.append(error)

    def write_one(self, key: int) -> None:
        try:
            with Session(self.engine) as session:
                session.add(Entry(id=key, text="x" * 20))
                session.commit()
            self.acknowledged.add(key)
        except DBAPIError as error:
            (self.unknown.add if error.commit_outcome_unknown else lambda key: None)(key)
            self.failed += 1
            time.sleep(0.02)

    def __enter__(self) -> Writers:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ends = True
        for thread in self.threads:
            thread.join()


def test_a_server_is_killed(times: Callable[[int, int], int]) -> None:
    for _ in range(times(1, 50)):
        try:
            server = postgresql.start(synchronous_commit="on")
        except Unavailable as reason:
            pytest.skip(f"no PostgreSQL server: {reason}")
        engine = create_engine(server.url, pool_size=THREADS, network_timeout=5)
        try:
            wait(engine)
            Base.metadata.create_all(engine)
            with Writers(engine) as writers:
                time.sleep(SECONDS)
                server.kill()
                time.sleep(0.3)
                server.start_again()
                wait(engine)
                after = len(writers.acknowledged)
                time.sleep(0.5)
            check(engine, writers, after)
        finally:
            engine.dispose()
            server.stop()


def wait(engine: Engine) -> None:
    for _ in range(200):
        try:
            with engine.connect():
                return
        except DBAPIError:
            time.sleep(0.05)
    raise AssertionError("the server does not come back")


def check(engine: Engine, writers: Writers, after: int) -> None:
    with Session(engine) as session:
        found = set(session.scalars(select(Entry.id)))
    lost, phantom = writers.acknowledged - found, found - writers.acknowledged
    print(
        f"acknowledged {len(writers.acknowledged)}, failed {writers.failed}, unknown {len(writers.unknown)}, "
        f"lost {len(lost)}, there without an answer {len(phantom)}"
    )
    assert writers.others == []
    assert not lost
    assert phantom <= writers.unknown
    assert len(writers.acknowledged) > after, "it works again"
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


CLIENT = """
import sys
from tests.reliability.test_kills import Base, Entry
from cormorant import create_engine
from cormorant.orm import Session

engine = create_engine(f"sqlite:///{sys.argv[1]}")
Base.metadata.create_all(engine)
key = 0
while True:
    with Session(engine) as session:
        session.add_all(Entry(id=key + place, text="x") for place in range(5))
        session.commit()
    key += 5
    print(key, flush=True)
"""


def test_a_client_is_killed(tmp_path: Path, times: Callable[[int, int], int]) -> None:
    for number in range(times(2, 50)):
        path = tmp_path / f"{number}.db"
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        with subprocess.Popen(
            [sys.executable, "-c", CLIENT, str(path)], stdout=subprocess.PIPE, text=True, env=environment
        ) as client:
            assert client.stdout is not None
            acknowledged = 0
            while acknowledged < 100 + 35 * number:
                acknowledged = int(client.stdout.readline())
            client.send_signal(signal.SIGKILL)
            acknowledged = max([acknowledged, *map(int, client.stdout.read().split())])
        with sqlite3.connect(path) as driver:
            assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            (count,) = driver.execute("SELECT count(*) FROM entry").fetchone()
        assert count % 5 == 0
        assert acknowledged <= count <= acknowledged + 5
