"""Positions of columns by name, object and number."""

from __future__ import annotations

import pytest

from cormorant.engine.keys import RMKeyView, RowKeys
from cormorant.exc import NoSuchColumnError


def test_positions() -> None:
    keys = RowKeys(("a", "b"), (("x",), ()))
    assert [keys.index(key) for key in ("a", "b", "x", 0, -1)] == [0, 1, 0, 0, 1]
    with pytest.raises(IndexError):
        keys.index(2)
    with pytest.raises(NoSuchColumnError, match="column 'q'"):
        keys.index("q")


def test_some_columns() -> None:
    keys = RowKeys(("a", "b", "c"), (("x",), ("y",), ()), unique_filters=[id, str, int])
    some = keys.select((2, 0))
    assert some.names == ("c", "a")
    assert some.position("x") == 1
    assert some.unique_filters == [int, id]
    assert not some.has("y")


def test_the_view() -> None:
    view = RMKeyView(RowKeys(("a", "b"), (("x",), ())))
    assert list(view) == ["a", "b"] == view
    assert ("a" in view, "x" in view, 0 in view, len(view)) == (True, True, False, 2)
    assert repr(view) == "RMKeyView(['a', 'b'])"
