"""The garbage collector steps aside, and only where it runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from cormorant.util import collector
from cormorant.util.collector import paused_collector


@pytest.fixture(autouse=True)
def running() -> Iterator[None]:
    """The collector runs before and after each test."""
    gc.enable()
    yield
    gc.enable()


def test_the_collector_pauses_within_the_block() -> None:
    with paused_collector([]):
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_runs_again_after_an_error() -> None:
    with pytest.raises(KeyError), paused_collector([]):
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_the_program_stopped_stays_stopped() -> None:
    gc.disable()
    with paused_collector([]):
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_a_block_within_a_block_does_not_end_the_pause() -> None:
    with paused_collector([]):
        with paused_collector([]):
            pass
        assert not gc.isenabled()


def test_the_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "pause_collector", False)
    with paused_collector([]):
        assert gc.isenabled()


def test_many_objects_go_to_the_old_generation_and_nothing_stays_frozen() -> None:
    before = gc.get_freeze_count()
    with paused_collector(range(collector.SETTLE_FROM)):
        pass
    assert gc.get_freeze_count() <= before
