"""One by one, in a batch, by upsert: merging random graphs gives equal rows and equal objects.

``CORMORANT_RANDOM_GRAPHS=N`` takes N graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from cormorant import inspect
from cormorant.orm import Session

from .graphs import COUNT, Graph, picture, rows

Way = Callable[[Session, list[Any]], Sequence[Any]]


def one_by_one(session: Session, given: list[Any]) -> Sequence[Any]:
    return [session.merge(obj) for obj in given]


def batched(session: Session, given: list[Any]) -> Sequence[Any]:
    return session.merge_all(given)


def upserted(session: Session, given: list[Any]) -> Sequence[Any]:
    return session.merge_all(given, strategy="upsert")


def upserted_one_by_one(session: Session, given: list[Any]) -> Sequence[Any]:
    return [session.merge(obj, strategy="upsert") for obj in given]


def histories(session: Session) -> list[Any]:
    """What the session's objects say of their changes, as far as they are in memory."""
    found: list[Any] = []
    for obj in session:
        state = inspect(obj)
        for attribute in state.attrs:
            history = attribute.history
            if history.added or history.deleted:
                named = [[getattr(one, "id", one) for one in part or ()] for part in history]
                found.append((type(obj).__name__, obj.id, attribute.key, named))
    return sorted(found, key=repr)


def outcome(graph: Graph, way: Way, holds: bool) -> dict[str, Any]:
    """Merge by one way, into a session that holds the objects already or not, and tell all that can be told."""
    engine = graph.engine()
    with Session(engine, expire_on_commit=False) as session:
        held = [obj for kind in {type(obj) for obj in graph.given()} for obj in session.query(kind)] if holds else []
        merged = way(session, graph.given())
        session.flush()
        keys = [(type(obj).__name__, obj.id, obj in session) for obj in merged]
        told = {"merged": keys, "rows": rows(session), "histories": histories(session), "clean": not session.dirty}
        del held
        session.commit()
        told["memory"] = [part for part in picture(session) if part[:2] in [key[:2] for key in keys]] if holds else None
    engine.dispose()
    return told


@pytest.mark.parametrize("holds", [False, True])
@pytest.mark.parametrize("way", [batched, upserted, upserted_one_by_one])
def test_ways_of_merging_are_equal(way: Way, holds: bool) -> None:
    for seed in range(COUNT):
        graph = Graph(seed)
        expected, found = outcome(graph, one_by_one, holds), outcome(graph, way, holds)
        for part in ("merged", "rows", "histories", "clean"):
            assert found[part] == expected[part], f"{part} of Graph({seed})"


def test_histories_before_the_flush_are_equal() -> None:
    """Without autoflush, a batch says of its changes what merging one by one says."""
    for seed in range(COUNT):
        graph = Graph(seed)
        told: list[Any] = []
        for way in (one_by_one, batched):
            with Session(graph.engine(), autoflush=False) as session:
                merged = way(session, graph.given()[:1])
                told.append((histories(session), [len(session.new), len(session.dirty)], len(merged)))
        assert told[0] == told[1], f"Graph({seed})"
