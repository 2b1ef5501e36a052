"""B2: a lost reply to COMMIT is told apart from a failed statement. Servers only: a file has no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant import Column, Engine, Integer, MetaData, Table, create_engine, func, insert, make_url, select
from cormorant.exc import DBAPIError, OperationalError
from cormorant.orm import Session, registry

from .proxy import Proxy

metadata = MetaData()
table = Table("t", metadata, Column("id", Integer, primary_key=True, autoincrement=False))


class Thing:
    def __init__(self, id: int) -> None:
        self.id = id


maps = registry(metadata=metadata)


@pytest.fixture(autouse=True)
def mapped() -> Iterator[None]:
    maps.map_imperatively(Thing, table)
    yield
    maps.dispose()


@pytest.fixture(params=["postgresql", "mariadb"])
def proxy(request: pytest.FixtureRequest) -> Iterator[Proxy]:
    url = make_url(request.getfixturevalue(f"{request.param}_url"))
    with Proxy(url.host or "", url.port or 0) as proxy:
        proxy.url = url  # type: ignore[attr-defined]
        yield proxy


@pytest.fixture
def direct(proxy: Proxy) -> Iterator[Engine]:
    engine = create_engine(proxy.url)  # type: ignore[attr-defined]
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def through(proxy: Proxy, direct: Engine) -> Iterator[Engine]:
    engine = create_engine(proxy.url.set(port=proxy.port))  # type: ignore[attr-defined]
    yield engine
    engine.dispose()


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_b2_commit_of_a_connection(proxy: Proxy, direct: Engine, through: Engine) -> None:
    with through.connect() as connection:
        connection.execute(insert(table).values(id=1))
        proxy.lose_reply_to = b"COMMIT"
        with pytest.raises(DBAPIError) as caught:
            connection.commit()
    assert proxy.lost == 1
    assert caught.value.commit_outcome_unknown
    assert caught.value.connection_invalidated
    assert count(direct) == 1


def test_b2_commit_of_a_session(proxy: Proxy, direct: Engine, through: Engine) -> None:
    with Session(through) as session:
        session.add(Thing(1))
        session.flush()
        proxy.lose_reply_to = b"COMMIT"
        with pytest.raises(DBAPIError) as caught:
            session.commit()
        assert caught.value.commit_outcome_unknown
        session.rollback()
        assert session.get(Thing, 1) is not None
    assert count(direct) == 1


def test_a_lost_reply_to_a_statement_is_known_to_be_lost(proxy: Proxy, direct: Engine, through: Engine) -> None:
    with through.connect() as connection:
        connection.execute(insert(table).values(id=1))
        proxy.lose_reply_to = b"INSERT INTO T"
        with pytest.raises(OperationalError) as caught:
            connection.execute(insert(table).values(id=2))
    assert caught.value.connection_invalidated
    assert not caught.value.commit_outcome_unknown
    assert count(direct) == 0
