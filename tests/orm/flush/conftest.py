"""Fixtures for tests of the flush."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant.engine import Engine
from cormorant.orm import Session

from ..session.world import Sent, new_engine, watch
from . import world


@pytest.fixture
def engine() -> Iterator[Engine]:
    """A database of its own with the rows of the world."""
    made = new_engine(world.Base, world.ROWS)
    yield made
    made.dispose()


@pytest.fixture
def work(engine: Engine) -> Iterator[Session]:
    """A session on that database that flushes when it is told to."""
    with Session(engine, autoflush=False) as opened:
        yield opened


@pytest.fixture
def sent(engine: Engine) -> Sent:
    """What is sent to that database."""
    return watch(engine)
