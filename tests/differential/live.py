"""``python -m tests.differential.live URL FIRST COUNT``: the statements of the wide generator as rows on a live server.

Both libraries run each statement on one database with the same tables; what they give (rows, a count of rows, or the
classes of the library's and the driver's error) must be equal. Nothing of what a statement writes is kept.
"""

from __future__ import annotations

import datetime
import decimal
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2] / "src")]

from .generate import wide  # noqa: E402  (the path comes first)
from .models import wide_tables  # noqa: E402
from .show import Show  # noqa: E402
from .sides import ORACLE, OURS, Side  # noqa: E402

TRIES = 12
"""How often a statement runs before the two are said to differ: without an order a server gives any of the rows."""


class Session:
    """One library's connection to a database that has the tables of `wide_tables`."""

    def __init__(self, side: Side, url: Any, *, fill: bool) -> None:
        self.side, self.sa = side, side.module()
        self.made = wide_tables(self.sa)
        self.engine = self.sa.create_engine(url)
        self.show = Show(side)
        self.connection = self.engine.connect()
        self.sent: list[tuple[str, str]] = []
        self.kinds: list[Any] = []
        self.sa.event.listen(
            self.engine,
            "before_cursor_execute",
            lambda _c, _cursor, statement, parameters, *_: self.sent.append((statement, repr(parameters))),
        )
        if fill:
            self.made.metadata.drop_all(self.connection)
            self.made.metadata.create_all(self.connection)
            for table, rows in self.made.rows.items():
                self.connection.execute(table.insert(), rows)
            self.connection.commit()

    def close(self) -> None:
        self.connection.close()
        self.engine.dispose()

    def outcome(self, steps: list[str]) -> str:
        """What a program's statement gives, as text."""
        names: dict[str, Any] = {
            "sa": self.sa,
            "t": self.made.t,
            "u": self.made.u,
            "dt": datetime,
            "D": decimal.Decimal,
        }
        self.sent.clear()
        self.kinds = []
        building = [step for step in steps if not step.startswith("log")]
        try:
            for step in building:
                exec(compile(step, "<step>", "exec"), names)
            return self._run(names["q"])
        except Exception as error:
            cause = getattr(error, "orig", None)
            told = f" of {type(cause).__name__}" if cause is not None else ""
            return f"raises {self.show.type_name(type(error))}{told}"
        finally:
            self.connection.rollback()

    def _run(self, statement: Any) -> str:
        result = self.connection.execute(statement)
        if not result.returns_rows:
            return (
                "count" if statement.is_insert else f"count {result.rowcount}"
            )  # psycopg forgets what a closed cursor did
        keys = list(result.keys())
        found = [tuple(row) for row in result.all()]
        self.kinds = [
            keys,
            len(found),
            [{type(cell) for cell in column if cell is not None} for column in zip(*found, strict=True)],
        ]
        rows = sorted(self.show.value(row) for row in found)
        return f"{[self.show.plain(key) for key in keys]}\n" + "\n".join(rows)


@dataclass
class Counts:
    ran: int = 0
    raised: int = 0
    different: int = 0
    undetermined: int = 0
    """Of one text with one set of parameters the server gave as many rows of the same kinds, but other ones."""


def statements(first: int, count: int) -> Any:
    """Pairs of seed and steps, those left out that the oracle is known not to write."""
    for seed in range(first, first + count):
        steps = wide.steps_for(seed)
        if wide.is_comparable(steps):
            yield seed, steps


def compare(url: str, first: int, count: int) -> tuple[Counts, list[str]]:
    """Run ``count`` statements on both sides; return the counts and a text for each difference."""
    oracle, ours = Session(ORACLE, url, fill=True), Session(OURS, url, fill=url.startswith("sqlite"))
    counts, found = Counts(), []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for seed, steps in statements(first, count):
                left, right = oracle.outcome(steps), ours.outcome(steps)
                counts.ran += 1
                counts.raised += left.startswith("raises")
                if not any(left == right or oracle.outcome(steps) == ours.outcome(steps) for _again in range(TRIES)):
                    if oracle.sent == ours.sent and ours.kinds and oracle.kinds == ours.kinds:
                        counts.undetermined += 1
                        continue
                    counts.different += 1
                    found.append(f"seed {seed}\n" + "\n".join(steps) + f"\n-- oracle\n{left}\n-- ours\n{right}\n")
    finally:
        oracle.close(), ours.close()
    return counts, found


def main(arguments: list[str]) -> int:
    url, first, count = arguments[0], int(arguments[1]), int(arguments[2])
    counts, found = compare(url, first, count)
    print("\n".join(found))
    print(f"{url.partition(':')[0]}: {counts}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
