"""One object per scope."""

from __future__ import annotations

import threading

from cormorant.util import ScopedRegistry, ThreadLocalRegistry


def test_scopes_of_a_function() -> None:
    scope = ["a"]
    registry = ScopedRegistry(list, lambda: scope[0])
    first = registry()
    assert registry() is first
    scope[0] = "b"
    assert not registry.has()
    assert registry() is not first
    scope[0] = "a"
    registry.clear()
    assert registry.registry.keys() == {"b"}
    registry.set(first)
    assert registry() is first


def test_threads() -> None:
    registry = ThreadLocalRegistry(list)
    mine = registry()
    others: list[object] = []
    thread = threading.Thread(target=lambda: others.extend((registry.has(), registry())))
    thread.start()
    thread.join()
    assert others[0] is False
    assert others[1] is not mine
    assert registry() is mine
    registry.clear()
    assert not registry.has()
