"""Fixtures for tests of the ORM."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant.orm import Session

from . import blog


@pytest.fixture
def session() -> Iterator[Session]:
    """A session on a database of its own with the rows of the blog."""
    engine = blog.new_engine()
    with Session(engine) as opened:
        yield opened
    engine.dispose()
