"""Lines as text: the table on the console, and as data for ``--json``."""

from __future__ import annotations

from dataclasses import asdict

from .runner import SIDES, Line

WIDTHS = {"items": 9, "raw": 9, "SA": 10, "ours": 9, "SA/raw": 9, "(exp.)": 8, "ours/raw": 10, "SA/ours": 9, "aim": 7}
HEAD = " " * 6 + "".join(f"{name:>{width}}" for name, width in WIDTHS.items()) + "  reached"


def head(peers: list[str]) -> str:
    return HEAD + "".join(f"{name + '/ours':>13}" for name in peers)


def text(line: Line, peers: list[str]) -> str:
    cells = [format(line.count, "9")]
    cells += [number(line.per_item(side), width) for side, width in zip(SIDES, (9, 10, 9), strict=True)]
    cells += [number(line.ratio("sqlalchemy", "raw"), 9), f"({line.workload.expected:g})".rjust(8)]
    cells += [number(line.ratio("ours", "raw"), 10), number(line.ratio("sqlalchemy", "ours"), 9)]
    reached = {True: "yes", False: "no", None: ""}[line.reached]
    others = "".join(number(line.ratio(side, "ours"), 13) for side in peers)
    problems = "".join(f"\n        {side}: {error}" for side, error in line.errors.items())
    row = f"{line.workload.key:6}{''.join(cells)}{line.workload.aim:7g}  {reached:7}{others}"
    return f"{row}  {line.workload.title}{problems}"


def number(value: float | None, width: int) -> str:
    return short(value).rjust(width)


def short(value: float | None) -> str:
    """Three digits or so; ``-`` for what was not measured."""
    if value is None:
        return "-"
    return format(value, ".3f" if value < 1 else ".2f" if value < 100 else ".0f")


def as_data(line: Line) -> dict[str, object]:
    return {
        "key": line.workload.key, "title": line.workload.title, "count": line.count, "aim": line.workload.aim,
        "sa_raw": line.ratio("sqlalchemy", "raw"),
        "sa_ours": line.ratio("sqlalchemy", "ours"), "ours_raw": line.ratio("ours", "raw"),
        "rounds": {side: [asdict(measurement) for measurement in found] for side, found in line.rounds.items()},
        "errors": line.errors,
    }  # fmt: skip
