"""Fixtures for tests of sessions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant.engine import Engine
from cormorant.orm import Session

from . import world


@pytest.fixture
def engine() -> Iterator[Engine]:
    """A database of its own with the rows of the world."""
    made = world.new_engine()
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on that database."""
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def sent(engine: Engine) -> world.Sent:
    """What is sent to that database."""
    return world.watch(engine)
