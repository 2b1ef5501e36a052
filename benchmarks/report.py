"""What ``--write`` makes: a table in the README between two marks, and two drawings in ``docs/benchmarks/``.

In: measured lines and growths. Out: files. Nothing of it is typed in: date, versions and machine come from here.
"""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from .growth import Growth
from .runner import ROOT, Line
from .table import short

FOLDER = "docs/benchmarks"
BEGIN = "<!-- benchmarks: made by `python -m benchmarks --growth --write` -->"
END = "<!-- end of benchmarks -->"
NAMES = {"ours": "Cormorant", "sqlalchemy": "SQLAlchemy", "raw": "driver by hand"}
COLOURS = {"ours": "#1b7f79", "sqlalchemy": "#c1440e", "raw": "#8a8a8a"}
REACHED, MISSED = "#1b7f79", "#c1440e"


def write(lines: Sequence[Line], growths: Sequence[Growth], database: str, peers: Sequence[str]) -> list[Path]:
    """Write what was measured; returns the files."""
    folder = ROOT / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    if lines:
        written += [draw_ratios(lines, folder / "ratios.svg"), write_table(lines, database, peers)]
    if growths:
        written.append(draw_growth(growths, folder / "growth.svg"))
    return written


def write_table(lines: Sequence[Line], database: str, peers: Sequence[str], readme: Path | None = None) -> Path:
    readme = readme or ROOT / "README.md"
    before, begin, rest = readme.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{readme.name} lacks the lines between which the table stands: {BEGIN} and {END}")
    readme.write_text(f"{before}{BEGIN}\n{table(lines, database, peers)}{END}{after}")
    return readme


def table(lines: Sequence[Line], database: str, peers: Sequence[str]) -> str:
    """Markdown: where, what and how many times faster."""
    others = "".join(f" {name} / ours |" for name in peers)
    rows = [f"| | workload | items | SQLAlchemy / ours | aim |{others}", "|" + "---|" * (5 + len(peers))]
    for line in lines:
        mine = f"| {line.workload.key} | {line.workload.title} | {line.count:,} |"
        numbers = f" {short(line.ratio('sqlalchemy', 'ours'))} | {line.workload.aim:g} |"
        rows.append(mine + numbers + "".join(f" {short(line.ratio(name, 'ours'))} |" for name in peers))
    return f"\n{setting(database)}\n\n" + "\n".join(rows) + "\n\n"


def setting(database: str) -> str:
    versions = f"SQLAlchemy {metadata.version('sqlalchemy')} (compiled), CPython {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return (
        f"Measured on {datetime.date.today().isoformat()} on {database}: {versions}, {machine}. "  # noqa: DTZ011
        "CPU time of the process, medians of paired ratios."
    )


def drawing() -> Any:
    """matplotlib's pyplot, drawing into files."""
    try:
        import matplotlib
    except ImportError:
        raise SystemExit("--write draws with matplotlib, which is not installed: pip install matplotlib") from None
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "cormorant"
    from matplotlib import pyplot

    return pyplot


def draw_ratios(lines: Sequence[Line], path: Path) -> Path:
    """A bar per workload: SQLAlchemy's time over ours, and a mark at the aim."""
    pyplot = drawing()
    found = [(line, ratio) for line in reversed(lines) if (ratio := line.ratio("sqlalchemy", "ours")) is not None]
    figure, axes = pyplot.subplots(figsize=(9, 0.28 * len(found) + 1.2), layout="constrained")
    names = [f"{line.workload.title}  {line.workload.key}" for line, _ in found]
    axes.barh(names, [ratio for _, ratio in found], color=[REACHED if line.reached else MISSED for line, _ in found])
    axes.plot([line.workload.aim for line, _ in found], names, "k|", markersize=9, label="aim")
    axes.axvline(1, color="#444444", linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xticks([1, 2, 4, 8, 16, 32], ["1", "2", "4", "8", "16", "32"])
    axes.set_xlabel("how many times faster than SQLAlchemy")
    axes.legend(loc="lower right", frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    return saved(pyplot, figure, path)


def draw_growth(growths: Sequence[Growth], path: Path) -> Path:
    """A panel per workload: seconds against the number of objects, both logarithmic."""
    pyplot = drawing()
    figure, panels = pyplot.subplots(
        1, len(growths), figsize=(4 * len(growths), 3.6), layout="constrained", squeeze=False
    )
    for axes, growth in zip(panels[0], growths, strict=True):
        for side, points in growth.seconds.items():
            axes.loglog(*zip(*points.items(), strict=True), "o-", label=NAMES[side], color=COLOURS[side], markersize=4)
        axes.set_title(f"{growth.workload.key}: {growth.workload.title}", fontsize=9, wrap=True)
        axes.set_xlabel("objects")
        axes.grid(alpha=0.3)
    panels[0][0].set_ylabel("seconds of CPU time")
    panels[0][0].legend(frameon=False)
    return saved(pyplot, figure, path)


def saved(pyplot: Any, figure: Any, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path
