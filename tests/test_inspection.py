"""inspect(): the table of classes, and what it says where nothing is known."""

from __future__ import annotations

import pytest

from cormorant.exc import NoInspectionAvailable
from cormorant.inspection import inspect, register


class Thing:
    """Something to inspect."""


class Special(Thing):
    """Found through its base."""


def test_the_nearest_registered_class_answers() -> None:
    register(Thing, lambda thing: ("described", thing))
    special = Special()
    assert inspect(special) == ("described", special)


def test_nothing_known() -> None:
    with pytest.raises(NoInspectionAvailable, match="No inspection system is available for object"):
        inspect(5)
    assert inspect(5, raiseerr=False) is None
