"""What these tests share: how long they go on, and a place for their numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """`times(short, deep)`: how often something is tried in this run."""
    is_deep = bool(request.config.getoption("--deep"))
    return lambda short, deep: deep if is_deep else short
