"""Fixtures of the common suite: an engine on each database, what is sent through it, sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Connection, Engine, MetaData, Table, create_engine
from cormorant.orm import Session

from .models import Base
from .sent import Sent

MakeTables = Callable[..., None]


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on an empty database, once per kind of database."""
    engine = create_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that is committed if nobody ended it."""
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def create(engine: Engine) -> Callable[..., Table]:
    """A function that makes a table from a name and columns, and creates it."""
    metadata = MetaData()

    def make(name: str, *items: Any, **options: Any) -> Table:
        table = Table(name, metadata, *items, **options)
        table.create(engine)
        return table

    return make


@pytest.fixture
def sent(engine: Engine) -> Sent:
    """The statements sent through the engine from now on."""
    return Sent(engine)


@pytest.fixture
def tables(engine: Engine) -> Engine:
    """The engine, with the tables of models.py created."""
    Base.registry.configure()
    Base.metadata.create_all(engine)
    return engine


@pytest.fixture
def session(tables: Engine) -> Iterator[Session]:
    """A session on the tables of models.py."""
    with Session(tables) as session:
        yield session
