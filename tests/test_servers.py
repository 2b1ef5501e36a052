"""The test databases themselves: empty for every test, shared by nobody, given back by force."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.servers.catalogue import required
from tests.servers.databases import mariadb_connect, pg_connect
from tests.servers.keeper import PROJECT, Answer, Fleet, Keeper, ask
from tests.servers.process import Server, Unavailable, data_folder, free_port, start_server

if TYPE_CHECKING:
    from pathlib import Path

# Made by one test and looked for by the next: emptying must have removed all of it.
LITTER: dict[str, tuple[str, ...]] = {
    "postgresql": (
        "CREATE TABLE a (id serial PRIMARY KEY)",
        "CREATE VIEW v AS SELECT id FROM a",
        "CREATE TYPE mood AS ENUM ('sad')",
        "CREATE SEQUENCE s",
        "CREATE SCHEMA other CREATE TABLE b (id int)",
    ),
    "mariadb": (
        "CREATE TABLE a (id int PRIMARY KEY)",
        "CREATE TABLE b (a int, FOREIGN KEY (a) REFERENCES a (id))",
        "CREATE VIEW v AS SELECT id FROM a",
        "CREATE SEQUENCE s",
        "CREATE PROCEDURE p() SELECT 1",
    ),
}
LEFT_OPEN: list[Any] = []


def connect(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite3.connect(urlsplit(url).path[1:])
    return pg_connect(url) if url.startswith("postgresql") else mariadb_connect(url)


def execute(connection: Any, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)


@pytest.mark.parametrize("round_", [1, 2])
def test_a_database_is_empty_for_every_test(database: str, round_: int) -> None:
    connection = connect(database)
    execute(
        connection, *LITTER.get(database.partition("+")[0].replace("mysql", "mariadb"), ("CREATE TABLE a (id int)",))
    )
    connection.close()


@pytest.mark.parametrize("round_", [1, 2])
def test_an_open_transaction_does_not_keep_a_table(database: str, round_: int) -> None:
    connection = connect(database)
    execute(connection, "CREATE TABLE a (id int)", "BEGIN", "INSERT INTO a VALUES (1)")
    LEFT_OPEN.append(connection)


@pytest.mark.parametrize("round_", range(20))
def test_emptying_is_quick(database: str, round_: int) -> None:
    connection = connect(database)
    execute(connection, "CREATE TABLE a (id int)")
    connection.close()


def test_two_processes_share_one_server() -> None:
    with Keeper.start() as keeper:
        first = ask(keeper.socket_path, "postgresql")
        again = f"from tests.servers.keeper import ask; print(ask({keeper.socket_path!r}, 'postgresql').url)"
        second = subprocess.run([sys.executable, "-c", again], cwd=PROJECT, capture_output=True, text=True, check=True)
        assert first.url == second.stdout.strip()
    with pytest.raises(Exception, match="refused"):
        pg_connect(first.url or "")


def test_servers_stop_when_their_starter_is_killed() -> None:
    program = (
        "from tests.servers.keeper import Keeper, ask; import os, signal; keeper = Keeper.start();"
        "print(ask(keeper.socket_path, 'postgresql').url, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False)
    deadline = time.monotonic() + 10
    while answers(done.stdout.strip()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        pg_connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_a_server_that_does_not_start_says_why() -> None:
    folder = data_folder("broken")
    command = [sys.executable, "-c", "print('no such data'); raise SystemExit(1)"]
    with pytest.raises(Unavailable, match="no such data"):
        start_server(command, url="", port=free_port(), folder=folder, stop_signal=signal.SIGINT)
    assert not folder.exists()


def test_a_missing_server_is_an_answer_not_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(shutil, "which", lambda tool: None)
    answer = Fleet().get("mariadb")
    assert answer == Answer(None, "there is no apt-get on this machine, so the Debian packages cannot be fetched")
    assert Answer.parse(answer.line()) == answer


def test_the_requirement_names_known_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORMORANT_REQUIRE", "postgresql, mariadb")
    assert required() == {"postgresql", "mariadb"}
    monkeypatch.setenv("CORMORANT_REQUIRE", "postgresql,oracle")
    with pytest.raises(ValueError, match="names oracle; known are postgresql, mariadb"):
        required()


def test_stopping_twice_is_harmless() -> None:
    folder = data_folder("sleeper")
    port = free_port()
    program = f"import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(60)"
    server: Server = start_server(
        [sys.executable, "-c", program], url="", port=port, folder=folder, stop_signal=signal.SIGTERM
    )
    server.stop()
    server.stop()
    assert server.process.returncode is not None
    assert not folder.exists()


@pytest.mark.parametrize(("require", "status", "word"), [("", 0, "1 skipped"), ("mariadb", 1, "1 error")])
def test_a_missing_server_is_named_on_the_last_lines(
    pytester_project: Path, monkeypatch: pytest.MonkeyPatch, require: str, status: int, word: str
) -> None:
    monkeypatch.setenv("CORMORANT_REQUIRE", require)
    monkeypatch.delenv("CORMORANT_TEST_MARIADB_URL", raising=False)
    monkeypatch.setenv("CORMORANT_TEST_MARIADB_MISSING", "gone fishing")
    call = [sys.executable, "-m", "pytest", "-q", "-n", "1", str(pytester_project)]
    done = subprocess.run(call, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout
    assert word in done.stdout
    name = "mariadb (required)" if require else "mariadb"
    assert f"MISSING SERVER: {name}: gone fishing" in done.stdout.splitlines()[-2]


@pytest.fixture
def pytester_project(tmp_path: Path) -> Path:
    """A folder with one test that wants MariaDB."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_it.py").write_text("def test_it(mariadb_url): pass\n")
    return tmp_path
