"""pytest's side of the servers: fixtures that give the URL of an empty database, and the report of missing servers.

    database        the URL of an empty database, once per kind: SQLite, PostgreSQL, MariaDB
    sqlite_url, postgresql_url, mariadb_url     the same for one kind

A server starts when the first test wants it. Each process of a run has one database per server, emptied after every
test. A test whose server is missing is skipped and the server named at the end of the run; `CORMORANT_REQUIRE` makes
that a failure.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from .catalogue import KINDS, required
from .keeper import Answer, Keeper, ask
from .process import MEMORY_FOLDER, has_memory_folder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from .databases import Database

SOCKET_VARIABLE = "CORMORANT_TEST_KEEPER"
KEEPER = pytest.StashKey[Keeper]()
SEEN_MISSING: dict[str, str] = {}
MISSING_PROPERTY = "missing_server"
SCHEMES = ("sqlite", *KINDS)


def is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def pytest_configure(config: pytest.Config) -> None:
    """Start the keeper in the process that was called; its workers find it through the environment."""
    required()
    if not is_worker() and not config.option.collectonly:
        config.stash[KEEPER] = keeper = Keeper.start()
        os.environ[SOCKET_VARIABLE] = keeper.socket_path


def pytest_unconfigure(config: pytest.Config) -> None:
    if keeper := config.stash.get(KEEPER, None):
        os.environ.pop(SOCKET_VARIABLE, None)
        keeper.stop()


def find(name: str) -> Answer:
    """The server `name`: given by the environment, or started by the keeper."""
    kind = KINDS[name]
    if url := os.environ.get(kind.url_variable):
        return Answer(url)
    if reason := os.environ.get(kind.missing_variable):
        return Answer(None, reason)
    return ask(os.environ[SOCKET_VARIABLE], name)


class Pool:
    """The databases of this process, one per server, made at the first wish."""

    def __init__(self) -> None:
        self.databases: dict[str, Database] = {}
        self.missing: dict[str, str] = {}

    def get(self, name: str) -> Database | None:
        if name not in self.databases and name not in self.missing:
            self.open(name)
        return self.databases.get(name)

    def open(self, name: str) -> None:
        answer = find(name)
        if answer.url:
            own = f"test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
            self.databases[name] = KINDS[name].create(answer.url, own)
        else:
            self.missing[name] = answer.reason

    def close(self) -> None:
        for database in self.databases.values():
            database.drop()


@pytest.fixture(scope="session")
def server_databases() -> Iterator[Pool]:
    """The databases of this process on real servers; tests take `postgresql_url` and `mariadb_url` instead."""
    pool = Pool()
    yield pool
    pool.close()


def give_up(request: pytest.FixtureRequest, name: str, reason: str) -> NoReturn:
    request.node.user_properties.append((MISSING_PROPERTY, f"{name}: {reason}"))
    if name in required():
        pytest.fail(f"server {name} is required and missing: {reason}", pytrace=False)
    pytest.skip(f"server {name} is missing: {reason}")


def lend(request: pytest.FixtureRequest, pool: Pool, name: str) -> Iterator[str]:
    database = pool.get(name)
    if database is None:
        give_up(request, name, pool.missing[name])
    yield database.url
    database.clear()


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, server_databases: Pool) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    yield from lend(request, server_databases, "postgresql")


@pytest.fixture
def mariadb_url(request: pytest.FixtureRequest, server_databases: Pool) -> Iterator[str]:
    """The URL of an empty MariaDB database."""
    yield from lend(request, server_databases, "mariadb")


@pytest.fixture(scope="session")
def sqlite_folder() -> Iterator[Path]:
    """A folder for database files, in memory where possible."""
    folder = Path(tempfile.mkdtemp(prefix="cormorant-sqlite-", dir=MEMORY_FOLDER if has_memory_folder() else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


NUMBERS = itertools.count()


@pytest.fixture
def sqlite_url(sqlite_folder: Path) -> Iterator[str]:
    """The URL of an SQLite file that does not exist yet."""
    path = sqlite_folder / f"test{next(NUMBERS)}.db"
    yield f"sqlite:///{path}"
    for left in sqlite_folder.glob(f"{path.name}*"):
        left.unlink(missing_ok=True)


@pytest.fixture(params=SCHEMES)
def database(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, once per kind; `CORMORANT_TEST_DRIVER` names one kind and its driver."""
    kind, _, driver = os.environ.get("CORMORANT_TEST_DRIVER", "").partition("+")
    if kind and kind != request.param:
        pytest.skip(f"this run is for {kind}+{driver}")
    url: str = request.getfixturevalue(f"{request.param}_url")
    scheme, _, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}+{driver}://{rest}" if driver else url


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect what tests missed, in the process that prints the summary."""
    for key, value in report.user_properties:
        if key == MISSING_PROPERTY:
            name, _, reason = str(value).partition(": ")
            SEEN_MISSING[name] = reason


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Name the missing servers below everything else."""
    yield
    for name, reason in SEEN_MISSING.items():
        word = " (required)" if name in required() else ""
        terminalreporter.write_line(f"MISSING SERVER: {name}{word}: {reason}", red=True, bold=True)
