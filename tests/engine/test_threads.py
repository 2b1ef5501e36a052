"""Many threads on one engine, and children that inherit one."""

from __future__ import annotations

import os
import threading

import pytest

from cormorant.engine import create_engine
from cormorant.schema import Column, MetaData, Table
from cormorant.sql.expression import insert, literal, select, text
from cormorant.types import Integer

table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("a", Integer))


def test_threads(database: str) -> None:
    engine = create_engine(database, pool_size=4, max_overflow=0, query_cache_size=4)
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(table), [{"id": number, "a": number} for number in range(1, 21)])
    errors: list[BaseException] = []
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        try:
            for number in range(1, 21):
                with engine.connect() as connection:
                    assert connection.scalar(select(table.c.a).where(table.c.id == number)) == number
                    assert connection.scalar(select(table.c.a + number % 7).where(table.c.id.in_([number]))) is not None
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    engine.dispose()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_children(kind: str, request: pytest.FixtureRequest) -> None:
    engine = create_engine(request.getfixturevalue(f"{kind}_url"), pool_size=2)
    with engine.connect(), engine.connect():
        pass
    children: list[int] = []
    for number in range(4):
        pid = os.fork()
        if pid == 0:
            is_good = False
            try:
                for _ in range(50):
                    with engine.connect() as connection:
                        is_good = connection.scalar(select(literal(number))) == number
                        assert is_good
            finally:
                os._exit(0 if is_good else 1)
        children.append(pid)
    with engine.connect() as connection:
        for number in range(50):
            assert connection.scalar(select(literal(number))) == number
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 4
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()
