"""Fixtures of the instance tests."""

from __future__ import annotations

import pytest

from .world import FakeOwner, World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def owner() -> FakeOwner:
    return FakeOwner()
