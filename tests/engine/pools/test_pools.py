"""Pools over a driver that only counts: who gets a connection, when one is closed, what listeners see."""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import event, exc, pool
from cormorant.engine.pools.verbs import PlainVerbs


class FakeConnection:
    """A driver connection that notes what is done to it."""

    made = 0

    def __init__(self) -> None:
        FakeConnection.made += 1
        self.number = FakeConnection.made
        self.done: list[str] = []
        self.is_alive = True

    def rollback(self) -> None:
        self.done.append("rollback")
        if not self.is_alive:
            raise OSError("gone")

    def commit(self) -> None:
        self.done.append("commit")

    def close(self) -> None:
        self.done.append("close")

    def cursor(self) -> Any:
        return FakeCursor(self)


class FakeCursor:
    def __init__(self, connection: FakeConnection) -> None:
        self.connection = connection

    def execute(self, text: str) -> None:
        if not self.connection.is_alive:
            raise OSError("gone")

    def close(self) -> None:
        pass


def queue(**options: Any) -> pool.QueuePool:
    return pool.QueuePool(FakeConnection, **{"pool_size": 2, "max_overflow": 1, "timeout": 0.05, **options})


def counts(of: pool.QueuePool) -> tuple[int, int, int]:
    return of.checkedin(), of.checkedout(), of.overflow()


def test_the_queue_is_bounded() -> None:
    it = queue()
    held = [it.connect() for _ in range(3)]
    assert counts(it) == (0, 3, 1)
    with pytest.raises(exc.TimeoutError, match="QueuePool limit of size 2 overflow 1 reached, connection timed out"):
        it.connect()
    for one in held:
        one.close()
    assert counts(it) == (2, 0, 0)
    assert it.status() == (
        "Pool size: 2  Connections in pool: 2 Current Overflow: 0 Current Checked out connections: 0"
    )


def test_a_waiting_thread_gets_what_comes_back() -> None:
    it = queue(pool_size=1, max_overflow=0, timeout=5)
    first = it.connect()
    number = first.number
    threading.Timer(0.05, first.close).start()
    assert it.connect().number == number


def test_no_limit() -> None:
    it = queue(pool_size=0)
    held = [it.connect() for _ in range(20)]
    for one in held:
        one.close()
    assert it.checkedin() == 20
    unbounded = queue(pool_size=1, max_overflow=-1)
    held = [unbounded.connect() for _ in range(20)]
    assert unbounded.checkedout() == 20


@pytest.mark.parametrize(("use_lifo", "expected"), [(False, 0), (True, 1)])
def test_order(use_lifo: bool, expected: int) -> None:
    it = queue(use_lifo=use_lifo)
    held = [it.connect(), it.connect()]
    numbers = [one.number for one in held]
    for one in held:
        one.close()
    assert it.connect().number == numbers[expected]


@pytest.mark.parametrize(
    ("style", "done"),
    [(True, ["rollback"]), ("rollback", ["rollback"]), ("commit", ["commit"]), (None, []), (False, []), ("none", [])],
)
def test_reset_on_return(style: Any, done: list[str]) -> None:
    it = queue(reset_on_return=style)
    connection = it.connect().dbapi_connection
    gc.collect()
    assert connection.done == done


def test_a_wrong_reset_style() -> None:
    with pytest.raises(exc.ArgumentError, match="Invalid value for 'reset_on_return': 'x'"):
        queue(reset_on_return="x")


def test_a_forgotten_connection_comes_back() -> None:
    it = queue()
    it.connect()
    gc.collect()
    assert counts(it) == (1, 0, -1)


def test_a_connection_that_cannot_be_reset_is_closed(caplog: pytest.LogCaptureFixture) -> None:
    it = queue()
    lent = it.connect()
    connection = lent.dbapi_connection
    connection.is_alive = False
    lent.close()
    assert connection.done == ["rollback", "close"]
    assert "Exception during reset" in caplog.text
    assert it.connect().dbapi_connection is not connection


def test_a_connection_is_closed_whose_return_is_interrupted() -> None:
    it = queue()

    @event.listens_for(it, "checkin")
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    lent = it.connect()
    connection = lent.dbapi_connection
    with pytest.raises(KeyboardInterrupt):
        lent.close()
    assert (connection.done, counts(it)) == (["rollback", "close"], (1, 0, -1))


def test_invalidate() -> None:
    it = queue()
    lent = it.connect()
    connection = lent.dbapi_connection
    lent.invalidate()
    assert (lent.is_valid, connection.done, counts(it)) == (False, ["close"], (1, 0, -1))
    with pytest.raises(exc.InvalidRequestError, match="This connection is closed"):
        lent.cursor()
    lent.close()
    assert it.connect().dbapi_connection is not connection


def test_soft_invalidate_waits_for_the_return() -> None:
    it = queue()
    lent = it.connect()
    connection = lent.dbapi_connection
    lent.invalidate(soft=True)
    assert lent.is_valid
    assert connection.done == []
    lent.close()
    assert it.connect().dbapi_connection is not connection
    assert "close" in connection.done


def test_detach() -> None:
    it = queue()
    lent = it.connect()
    lent.info["a"] = 1
    lent.detach()
    assert (lent.is_detached, lent.info, lent.record_info, counts(it)) == (True, {"a": 1}, None, (0, 0, -2))
    connection = lent.dbapi_connection
    lent.close()
    assert connection.done == ["rollback", "close"]
    lent.close()
    assert connection.done == ["rollback", "close"]


def test_info_lives_as_long_as_the_connection() -> None:
    it = queue()
    lent = it.connect()
    lent.info["a"], lent.record_info["b"] = 1, 2  # type: ignore[index]
    lent.close()
    again = it.connect()
    assert (again.info, again.record_info) == ({"a": 1}, {"b": 2})
    again.invalidate()
    third = it.connect()
    assert (third.info, third.record_info) == ({}, {"b": 2})


def test_recycle() -> None:
    it = queue(recycle=0)
    lent = it.connect()
    connection = lent.dbapi_connection
    lent.close()
    time.sleep(0.01)
    assert it.connect().dbapi_connection is not connection
    assert connection.done == ["rollback", "close"]


def test_pre_ping_replaces_the_dead_and_their_like() -> None:
    it = queue(pre_ping=True)
    held = [it.connect(), it.connect()]
    connections = [one.dbapi_connection for one in held]
    connections[0].rollback = lambda: None  # type: ignore[method-assign]
    connections[0].is_alive = False
    for one in held:
        one.close()
    time.sleep(0.01)
    fresh = [it.connect(), it.connect()]
    assert not {id(one.dbapi_connection) for one in fresh} & {id(one) for one in connections}


def test_pre_ping_is_told_its_time_limit() -> None:
    asked: list[float] = []

    class Verbs(PlainVerbs):
        def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
            asked.append(timeout)
            return True

    it = queue(pre_ping=True, pre_ping_timeout=1.5, dialect=Verbs())
    it.connect().close()
    it.connect().close()
    assert asked == [1.5]


def test_dispose_closes_the_idle_now_and_the_used_later() -> None:
    it = queue()
    used, idle = it.connect(), it.connect()
    connections = used.dbapi_connection, idle.dbapi_connection
    idle.close()
    it.dispose()
    assert [one.done for one in connections] == [[], ["rollback", "close"]]
    assert counts(it) == (0, 0, -2)
    used.close()
    assert connections[0].done == ["rollback", "close"]
    assert counts(it) == (0, 0, -2)
    assert it.connect().is_valid


def test_recreate_keeps_options_and_listeners() -> None:
    it = queue(use_lifo=True, recycle=7)
    seen: list[str] = []
    event.listen(it, "connect", lambda connection, record: seen.append("connect"))
    again = it.recreate()
    again.connect()
    assert (again.size(), again.timeout(), again._use_lifo, again._recycle, seen) == (2, 0.05, True, 7, ["connect"])


def test_listeners() -> None:
    it, seen = queue(), []

    def note(name: str) -> Callable[..., None]:
        return lambda *arguments: seen.append(name)

    names = ("first_connect", "connect", "checkout", "checkin", "reset", "close", "invalidate", "detach")
    for name in (*names, "soft_invalidate", "close_detached"):
        event.listen(it, name, note(name))
    it.connect().close()
    assert seen == ["first_connect", "connect", "checkout", "reset", "checkin"]
    seen.clear()
    lent = it.connect()
    lent.invalidate()
    assert seen == ["checkout", "invalidate", "close", "checkin"]
    seen.clear()
    lent = it.connect()
    lent.detach()
    lent.close()
    assert seen == ["connect", "checkout", "detach", "reset", "close_detached"]


def test_listeners_of_the_class() -> None:
    seen: list[str] = []

    def note(connection: Any, record: Any) -> None:
        seen.append("connect")

    event.listen(pool.Pool, "connect", note)
    try:
        queue().connect()
    finally:
        event.remove(pool.Pool, "connect", note)
    queue().connect()
    assert seen == ["connect"]


def test_a_refused_checkout_is_tried_again() -> None:
    it, refused = queue(), []

    def refuse(connection: Any, record: Any, proxy: Any) -> None:
        if len(refused) < 2:
            refused.append(connection)
            raise exc.DisconnectionError

    event.listen(it, "checkout", refuse)
    assert it.connect().dbapi_connection not in refused
    assert all(one.done == ["close"] for one in refused)


def test_always_refused() -> None:
    it = queue()

    def refuse(connection: Any, record: Any, proxy: Any) -> None:
        raise exc.DisconnectionError

    event.listen(it, "checkout", refuse)
    with pytest.raises(exc.InvalidRequestError, match="This connection is closed"):
        it.connect()
    assert it.checkedout() == 0


def test_a_failing_creator_leaves_no_trace() -> None:
    it = pool.QueuePool(lambda: 1 / 0)
    for _ in range(20):
        with pytest.raises(ZeroDivisionError):
            it.connect()
    assert counts(it) == (0, 0, -5)


def test_many_threads_never_exceed_the_bound() -> None:
    it = queue(pool_size=3, max_overflow=2, timeout=10)
    lock, now, most = threading.Lock(), [0], [0]

    def work() -> None:
        for _ in range(100):
            lent = it.connect()
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            with lock:
                now[0] -= 1
            lent.close()

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] <= 5
    assert it.checkedout() == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("make", [queue, lambda: pool.SingletonThreadPool(FakeConnection)], ids=["queue", "thread"])
def test_b8_a_forked_child_leaves_the_parents_connections_alone(make: Callable[[], pool.Pool]) -> None:
    it = make()
    idle, used = it.connect(), None
    idle.close()
    if isinstance(it, pool.QueuePool):
        idle, used = it.connect(), it.connect()
        inherited = [idle.dbapi_connection, used.dbapi_connection]
        idle.close()
    else:
        inherited = [it.connect().dbapi_connection]
    before = [list(one.done) for one in inherited]
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        fresh = it.connect().dbapi_connection
        if used is not None:
            used.close()
        it.dispose()
        is_good = fresh not in inherited and [list(one.done) for one in inherited] == before
        os.write(writer, b"good" if is_good else b"bad")
        os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(reader, 4) == b"good"
    assert it.connect().is_valid


def test_null_pool() -> None:
    it = pool.NullPool(FakeConnection)
    lent = it.connect()
    connection = lent.dbapi_connection
    lent.close()
    assert connection.done == ["rollback", "close"]
    assert it.status() == "NullPool"


def test_static_pool() -> None:
    it = pool.StaticPool(FakeConnection)
    first, second = it.connect(), it.connect()
    assert first.dbapi_connection is second.dbapi_connection
    first.close()
    assert it.connect().dbapi_connection is second.dbapi_connection


def test_singleton_thread_pool() -> None:
    it = pool.SingletonThreadPool(FakeConnection)
    outer = it.connect()
    inner = it.connect()
    connection = outer.dbapi_connection
    assert inner.dbapi_connection is connection
    inner.close()
    assert (connection.done, outer.is_valid) == ([], True)
    outer.close()
    assert connection.done == ["rollback"]
    other: list[Any] = []
    thread = threading.Thread(target=lambda: other.append(it.connect().dbapi_connection))
    thread.start()
    thread.join()
    assert other[0] is not connection
    it.dispose()
    assert connection.done == ["rollback", "close"]


def test_a_connection_closed_by_dispose_is_not_reset() -> None:
    it = pool.SingletonThreadPool(FakeConnection)
    lent = it.connect()
    connection = lent.dbapi_connection
    it.dispose()
    lent.close()
    assert connection.done == ["close"]


def test_assertion_pool() -> None:
    it = pool.AssertionPool(FakeConnection)
    lent = it.connect()
    with pytest.raises(AssertionError, match=r"connection is already checked out at:[\s\S]*test_pools"):
        it.connect()
    lent.close()
    assert it.connect().is_valid


def test_unknown_options() -> None:
    with pytest.raises(TypeError, match="pool_size"):
        pool.NullPool(FakeConnection, pool_size=1)  # type: ignore[call-arg]


def test_logging(caplog: pytest.LogCaptureFixture) -> None:
    gc.collect()  # pools of earlier tests speak when they end: let them do it now
    caplog.set_level(logging.DEBUG, "cormorant.pool")
    it = queue(logging_name="mine")
    it.connect().close()
    it.dispose()
    assert {record.name for record in caplog.records} == {"cormorant.pool.impl.QueuePool.mine"}
    assert [record.message.split(" <")[0] for record in caplog.records] == [
        "Created new connection",
        "Connection",
        "Connection",
        "Connection",
        "Closing connection",
        "Pool disposed. Pool size: 2  Connections in pool: 0 Current Overflow: -2 Current Checked out connections: 0",
    ]


def test_connection_of_a_finished_thread_is_closed_unless_it_is_in_use() -> None:
    per_thread = pool.SingletonThreadPool(FakeConnection)
    idle: list[FakeConnection] = []
    used: list[Any] = []

    def work(keep: bool) -> None:
        proxy = per_thread.connect()
        if keep:
            used.append(proxy)
        else:
            idle.append(proxy.dbapi_connection)
            proxy.close()

    for keep in (False, True):
        thread = threading.Thread(target=work, args=(keep,))
        thread.start()
        thread.join()
    gc.collect()
    assert idle[0].done[-1] == "close"
    assert "close" not in used[0].dbapi_connection.done
