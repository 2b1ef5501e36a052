"""``python -m benchmarks``: run workloads and print the table.

    python -m benchmarks                                  everything, five rounds
    python -m benchmarks --only W1,W3 --rounds 3          some workloads
    python -m benchmarks --size 0.2                       a fifth of the items
    python -m benchmarks --database postgresql            on a server (started here if need be)
    python -m benchmarks --sides raw,sqlalchemy           without one of the sides
    python -m benchmarks --peers                          also Django, Peewee and Pony, as far as they are installed
    python -m benchmarks --growth --largest 100000        time against size instead: loading, flushing, merging
    python -m benchmarks --growth --write                 everything, then growth; README table and drawings made anew
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
from pathlib import Path

from . import peers, report, workloads
from .growth import SIZES, Growth, grow
from .registry import WORKLOADS, Workload
from .runner import ROOT, SIDES, Line, run
from .sides import opponent_is_compiled
from .table import as_data, head, short, text


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    options.sides = options.sides.split(",")
    if "sqlalchemy" in options.sides and not opponent_is_compiled():
        print(
            "refused: the installed SQLAlchemy is not the compiled wheel, so a comparison would flatter us",
            file=sys.stderr,
        )
        return 2
    chosen = choose(options.only, options.database)
    others = peers.installed() if options.peers and options.database == "sqlite" else []
    peers.register(others)
    lines: list[Line] = []
    growths: list[Growth] = []
    with database(options.database) as url:
        if options.write or not options.growth:
            lines = table(chosen, [*options.sides, *others], options, url)
        if options.growth:
            growths = curves(options, url)
    if options.json:
        options.json.write_text(json.dumps([as_data(line) for line in lines], indent=1) + "\n")
    if options.write:
        for path in report.write(lines, growths, options.database, others):
            print(f"written: {path.relative_to(ROOT)}")
    return int(any(line.errors for line in lines) or any(growth.errors for growth in growths))


def table(chosen: list[Workload], sides: list[str], options: argparse.Namespace, url: str) -> list[Line]:
    """Run and print the workloads."""
    others = [side for side in sides if side in peers.PACKAGES]
    print(f"Python {platform.python_version()}, {options.database}, {options.rounds} rounds, us of CPU time per item")
    print(head(others), flush=True)
    lines = []
    for workload in chosen:
        lines.append(run(workload, sides, options.rounds, options.size, url))
        print(text(lines[-1], others), flush=True)
    missed = [line.workload.key for line in lines if line.reached is False or "ours" in line.errors]
    print(
        f"{len(lines)} workloads, {sum(line.reached is True for line in lines)} aims reached"
        + (f", missed: {' '.join(missed)}" if missed else "")
    )
    return lines


def curves(options: argparse.Namespace, url: str) -> list[Growth]:
    """Measure and print time against size."""
    found = []
    for growth in grow(options.sides, options.rounds, options.largest, url):
        found.append(growth)
        print(f"{growth.workload.key}: {growth.workload.title}; microseconds of CPU time per object")
        for side, points in growth.seconds.items():
            each = "".join(f"{size:>12,}: {short(seconds * 1e6 / size)}" for size, seconds in points.items())
            print(f"  {side:10}{each}", flush=True)
        print("".join(f"  {where}: {error}\n" for where, error in growth.errors.items()), end="")
    return found


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--only", default="", help="keys of workloads, separated by commas")
    made.add_argument("--rounds", type=int, default=5)
    made.add_argument("--size", type=float, default=1.0, help="part of the number of items")
    made.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    made.add_argument("--sides", default=",".join(SIDES))
    made.add_argument("--peers", action="store_true", help="other mapping libraries that are installed (SQLite only)")
    made.add_argument("--growth", action="store_true", help="time against size")
    made.add_argument("--largest", type=int, default=SIZES[-1], help="of the sizes of --growth")
    made.add_argument("--write", action="store_true", help="table of the README and drawings (needs matplotlib)")
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
