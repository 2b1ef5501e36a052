"""``python -m tests.differential [pattern]``: run programs, print a diff for each difference, then the counts.

python -m tests.differential                    all programs, a diff for each difference
python -m tests.differential select. s40        the programs whose names hold one of these
python -m tests.differential -s ...             names and counts only, no diffs
python -m tests.differential --only-oracle s40  the trace of one side (or --only-ours), with its traceback
python -m tests.differential --source FILE      a generated program, as printed by a failing test
"""

from __future__ import annotations

import argparse
import collections
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "src")]

from .known import verdict  # noqa: E402  (the path comes first)
from .registry import Program, matching  # noqa: E402
from .run import Comparison, Trace, compare, run  # noqa: E402
from .sides import ORACLE, OURS, Side  # noqa: E402
from .source import from_source  # noqa: E402

FINE = ("equal", "known")


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    programs = chosen(options)
    if not programs:
        print(f"no program matches {', '.join(options.pattern)}")
        return 2
    if options.list:
        print("\n".join(programs))
        return 0
    if options.only:
        return show_side(programs, ORACLE if options.only == "oracle" else OURS, options.traceback)
    return show_differences(programs, options)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__.splitlines()[0])
    made.add_argument("pattern", nargs="*", help="parts of program names; without any, all programs")
    made.add_argument("-s", "--short", action="store_true", help="one line per difference")
    made.add_argument("-v", "--verbose", action="store_true", help="full messages of errors and warnings too")
    made.add_argument("-x", "--first", action="store_true", help="stop at the first difference")
    made.add_argument("-t", "--traceback", action="store_true", help="the traceback of a program that raised")
    made.add_argument("-U", "--context", type=int, default=3, help="lines around a difference")
    made.add_argument("--list", action="store_true", help="names only")
    made.add_argument("--source", type=Path, help="run a generated program from this file")
    made.add_argument("--only-oracle", dest="only", action="store_const", const="oracle")
    made.add_argument("--only-ours", dest="only", action="store_const", const="ours")
    made.add_argument("--self", dest="itself", action="store_true", help="the oracle against itself")
    return made


def chosen(options: argparse.Namespace) -> dict[str, Program]:
    if options.source:
        return {options.source.name: from_source(options.source.read_text())}
    return matching(",".join(options.pattern))


def show_side(programs: dict[str, Program], side: Side, with_traceback: bool) -> int:
    crashed = False
    for name, program in programs.items():
        trace = run(program, side)
        print(f"== {name} on {side.root}", *trace.lines, sep="\n")
        print_details(trace, with_traceback, True)
        crashed = crashed or bool(trace.crash)
    return int(crashed)


def show_differences(programs: dict[str, Program], options: argparse.Namespace) -> int:
    started = time.perf_counter()
    counts: collections.Counter[str] = collections.Counter()
    for name, program in programs.items():
        comparison = compare(name, program, ORACLE, ORACLE if options.itself else OURS)
        found = verdict(comparison) if not options.itself else ("equal" if comparison.equal else "different")
        counts[found] += 1
        if found not in FINE:
            print_difference(comparison, found, options)
            if options.first:
                break
    total, seconds = sum(counts.values()), time.perf_counter() - started
    parts = ", ".join(f"{counts[key]} {key}" for key in ("equal", "known", "different", "stale") if counts[key])
    print(f"{total} programs: {parts} ({seconds:.1f} s)")
    return int(any(counts[key] for key in counts if key not in FINE))


def print_difference(comparison: Comparison, found: str, options: argparse.Namespace) -> None:
    if options.short:
        last = comparison.ours.lines[-1].splitlines()[0] if comparison.ours.lines else ""
        print(f"{found:9} {comparison.name}" + (f"  {last[:120]}" if comparison.ours.crash else ""))
        return
    print(f"== {comparison.name}: {found}")
    print(comparison.diff(options.context))
    print_details(comparison.ours, options.traceback, options.verbose)
    if options.verbose:
        print("-- the oracle's messages", *comparison.oracle.messages, sep="\n   ")
    print()


def print_details(trace: Trace, with_traceback: bool, with_messages: bool) -> None:
    if with_messages and trace.messages:
        print("-- messages", *trace.messages, sep="\n   ")
    if with_traceback and trace.crash:
        print("-- traceback", trace.crash, sep="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
