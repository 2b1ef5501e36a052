"""A pool recovers from whatever happens to its connections: at most one error, none with `pool_pre_ping`, no leak."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Engine, create_engine, make_url, select
from cormorant.exc import DBAPIError, OperationalError
from cormorant.exc import TimeoutError as PoolTimeout
from tests.suite.proxy import Proxy

SIZE = 20
OPERATIONS = 40


@pytest.fixture(params=["postgresql", "mariadb"])
def proxy(request: pytest.FixtureRequest) -> Iterator[Proxy]:
    url = make_url(request.getfixturevalue(f"{request.param}_url"))
    with Proxy(url.host or "", url.port or 0) as proxy:
        proxy.url = url  # type: ignore[attr-defined]
        yield proxy


@pytest.fixture
def make(proxy: Proxy) -> Iterator[Callable[..., Engine]]:
    made: list[Engine] = []

    def make(**options: Any) -> Engine:
        url = proxy.url.set(port=proxy.port)  # type: ignore[attr-defined]
        made.append(create_engine(url, pool_size=SIZE, network_timeout=2, **options))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


NUMBER = {"postgresql": "SELECT pg_backend_pid()", "mysql": "SELECT CONNECTION_ID()"}
END = {"postgresql": "SELECT pg_terminate_backend({})", "mysql": "KILL CONNECTION {}"}


def fill(engine: Engine) -> list[int]:
    """Open all connections and leave them idle; return their numbers on the server."""
    connections = [engine.connect() for _ in range(SIZE)]
    numbers = [connection.exec_driver_sql(NUMBER[engine.dialect.name]).scalar() for connection in connections]
    for connection in connections:
        connection.close()
    return numbers


def errors(engine: Engine) -> int:
    count = 0
    for number in range(OPERATIONS):
        try:
            with engine.connect() as connection:
                assert connection.scalar(select(number)) == number
        except DBAPIError:
            count += 1
    return count


def end_all(proxy: Proxy, numbers: list[int]) -> None:
    """Let the server end the sessions."""
    direct = create_engine(proxy.url)  # type: ignore[attr-defined]
    with direct.connect() as connection:
        for number in numbers:
            connection.exec_driver_sql(END[direct.dialect.name].format(number))
    direct.dispose()
    time.sleep(0.2)


def cut_all(proxy: Proxy, numbers: list[int]) -> None:
    proxy.reset()


FAULTS = [end_all, cut_all]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("has_ping", [True, False], ids=["ping", "no ping"])
def test_idle_connections_that_end(
    make: Callable[..., Engine], proxy: Proxy, fault: Callable[[Proxy, list[int]], None], has_ping: bool, times: Any
) -> None:
    engine = make(pool_pre_ping=has_ping)
    for _ in range(times(1, 20)):
        fault(proxy, fill(engine))
        found = errors(engine)
        print(f"{engine.dialect.name}, {fault.__name__}, {'ping' if has_ping else 'no ping'}: {found} errors")
        assert found <= (0 if has_ping else 1)
        assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_server_that_refuses_for_a_while(make: Callable[..., Engine], proxy: Proxy) -> None:
    engine = make(pool_pre_ping=True)
    fill(engine)
    proxy.is_refusing = True
    proxy.reset()
    for _ in range(5):
        with pytest.raises(OperationalError):
            engine.connect()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    proxy.is_refusing = False
    assert errors(engine) == 0


def test_many_threads_while_connections_end(make: Callable[..., Engine], proxy: Proxy) -> None:
    engine = make()
    failures, others, done = [], [], []
    ends = time.monotonic() + 1.5

    def work() -> None:
        while time.monotonic() < ends:
            try:
                with engine.connect() as connection:
                    assert connection.scalar(select(1)) == 1
                done.append(1)
            except DBAPIError as error:
                failures.append(error)
            except BaseException as error:
                others.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        time.sleep(0.2)
        proxy.reset()
    for thread in threads:
        thread.join()
    print(f"{engine.dialect.name}: {len(done)} done, {len(failures)} failed while connections were cut 5 times")
    assert others == []
    assert done
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert errors(engine) <= 1


def test_checkouts_stay_in_their_bound(postgresql_url: str, times: Any) -> None:
    engine = create_engine(postgresql_url, pool_size=5, max_overflow=5, pool_timeout=30)
    most, held, lock, problems = [0], [0], threading.Lock(), []
    count = times(150, 20_000)

    def work() -> None:
        try:
            for _ in range(count):
                with engine.connect():
                    with lock:
                        held[0] += 1
                        most[0] = max(most[0], held[0])
                    with lock:
                        held[0] -= 1
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work) for _ in range(32)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{32 * count} checkouts, {32 * count / (time.monotonic() - begin):.0f} a second, at most {most[0]} at once")
    assert problems == []
    assert most[0] <= 10
    engine.dispose()


def test_an_exhausted_pool_says_who_holds_what(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url, pool_size=1, max_overflow=0, pool_timeout=0.2)
    with engine.connect(), pytest.raises(PoolTimeout, match="test_pools"):
        engine.connect()
    engine.dispose()
