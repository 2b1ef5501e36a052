"""Reading ahead on a cursor that streams."""

from __future__ import annotations

from typing import Any

from cormorant.engine.streaming import StreamCursor


class Source:
    """A cursor that notes how many rows it is asked for."""

    description = (("a",),)

    def __init__(self, count: int) -> None:
        self.rows = list(range(count))
        self.asked: list[int] = []

    def fetchmany(self, size: int) -> list[int]:
        self.asked.append(size)
        found, self.rows = self.rows[:size], self.rows[size:]
        return found

    def fetchall(self) -> list[int]:
        return self.fetchmany(len(self.rows))


def test_reading_ahead_grows() -> None:
    source: Any = Source(200)
    cursor = StreamCursor(source, 100)
    assert [cursor.fetchone() for _ in range(201)] == [*range(200), None]
    assert source.asked == [5, 25, 100, 100, 100]
    assert cursor.description == (("a",),)


def test_mixed_fetches() -> None:
    cursor = StreamCursor(Source(20), None)
    assert cursor.fetchone() == 0
    assert cursor.fetchmany(2) == [1, 2]
    assert cursor.fetchmany(5) == [3, 4, 5, 6, 7]
    assert cursor.fetchall() == list(range(8, 20))
    assert cursor.fetchone() is None
