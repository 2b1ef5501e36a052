"""``python -m benchmarks``: run workloads and print the table.

    python -m benchmarks                                  everything, five rounds
    python -m benchmarks --only W1,W3 --rounds 3          some workloads
    python -m benchmarks --size 0.2                       a fifth of the items
    python -m benchmarks --database postgresql            on a server (started here if need be)
    python -m benchmarks --sides raw,sqlalchemy           without one of the sides
    python -m benchmarks --json FILE                      every measurement too

Columns: microseconds of process CPU time per item (medians), SQLAlchemy's time over the driver's and what was expected
of it, ours over the driver's, SQLAlchemy's over ours, what is aimed at for that, and whether it is reached.
Ratios are medians of the ratios within each round.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from . import workloads
from .registry import WORKLOADS, Workload
from .runner import ROOT, SIDES, Line, run
from .sides import opponent_is_compiled

WIDTHS = {"items": 9, "raw": 9, "SA": 10, "ours": 9, "SA/raw": 9, "(exp.)": 8, "ours/raw": 10, "SA/ours": 9, "aim": 7}
HEAD = " " * 6 + "".join(f"{name:>{width}}" for name, width in WIDTHS.items()) + "  reached"


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    sides = options.sides.split(",")
    if "sqlalchemy" in sides and not opponent_is_compiled():
        print(
            "refused: the installed SQLAlchemy is not the compiled wheel, so a comparison would flatter us",
            file=sys.stderr,
        )
        return 2
    chosen = choose(options.only, options.database)
    print(f"Python {platform.python_version()}, {options.database}, {options.rounds} rounds, us of CPU time per item")
    print(HEAD, flush=True)
    lines = []
    with database(options.database) as url:
        for workload in chosen:
            lines.append(run(workload, sides, options.rounds, options.size, url))
            print(text(lines[-1]), flush=True)
    if options.json:
        options.json.write_text(json.dumps([as_data(line) for line in lines], indent=1) + "\n")
    missed = [line.workload.key for line in lines if line.reached is False or "ours" in line.errors]
    print(
        f"{len(lines)} workloads, {sum(line.reached is True for line in lines)} aims reached"
        + (f", missed: {' '.join(missed)}" if missed else "")
    )
    return int(any(line.errors for line in lines))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--only", default="", help="keys of workloads, separated by commas")
    made.add_argument("--rounds", type=int, default=5)
    made.add_argument("--size", type=float, default=1.0, help="part of the number of items")
    made.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    made.add_argument("--sides", default=",".join(SIDES))
    made.add_argument("--json", type=Path)
    return made


def choose(only: str, database_name: str) -> list[Workload]:
    workloads.load()
    keys = [key for key in only.split(",") if key]
    unknown = [key for key in keys if key not in WORKLOADS]
    if unknown:
        raise SystemExit(
            f"no workload is called {', '.join(unknown)}; there are {', '.join(sorted(WORKLOADS, key=order))}"
        )
    found = [WORKLOADS[key] for key in keys or sorted(WORKLOADS, key=order)]
    return found if database_name == "sqlite" else [workload for workload in found if not workload.embedded_only]


def order(key: str) -> tuple[int, str]:
    return int("".join(letter for letter in key if letter.isdigit())), key


@contextlib.contextmanager
def database(name: str) -> Iterator[str]:
    """The URL to work on; a PostgreSQL server is started unless CORMORANT_TEST_POSTGRESQL_URL names one."""
    if name == "sqlite":
        yield "sqlite://"
        return
    given = os.environ.get("CORMORANT_TEST_POSTGRESQL_URL")
    if given:
        yield with_driver(given)
        return
    sys.path[:0] = [str(ROOT)]
    from tests.servers.catalogue import KINDS

    server = KINDS["postgresql"].start()
    try:
        yield with_driver(server.url)
    finally:
        server.stop()


def with_driver(url: str) -> str:
    return url if "+psycopg" in url else url.replace("postgresql://", "postgresql+psycopg://", 1)


def text(line: Line) -> str:
    cells = [format(line.count, "9")]
    cells += [number(line.per_item(side), width) for side, width in zip(SIDES, (9, 10, 9), strict=True)]
    cells += [number(line.ratio("sqlalchemy", "raw"), 9), f"({line.workload.expected:g})".rjust(8)]
    cells += [number(line.ratio("ours", "raw"), 10), number(line.ratio("sqlalchemy", "ours"), 9)]
    reached = {True: "yes", False: "no", None: ""}[line.reached]
    problems = "".join(f"\n        {side}: {error}" for side, error in line.errors.items())
    return f"{line.workload.key:6}{''.join(cells)}{line.workload.aim:7g}  {reached:7}  {line.workload.title}{problems}"


def number(value: float | None, width: int) -> str:
    if value is None:
        return " " * (width - 1) + "-"
    return format(value, f"{width}.3f" if value < 1 else f"{width}.2f" if value < 100 else f"{width}.0f")


def as_data(line: Line) -> dict[str, object]:
    return {
        "key": line.workload.key, "title": line.workload.title, "count": line.count, "aim": line.workload.aim,
        "sa_raw": line.ratio("sqlalchemy", "raw"),
        "sa_ours": line.ratio("sqlalchemy", "ours"), "ours_raw": line.ratio("ours", "raw"),
        "rounds": {side: [asdict(measurement) for measurement in found] for side, found in line.rounds.items()},
        "errors": line.errors,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
