"""The table for the README and the drawings, made from measurements that are written out here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[2])]

from benchmarks import report, workloads  # noqa: E402  (the path comes first)
from benchmarks.growth import Growth  # noqa: E402
from benchmarks.registry import WORKLOADS  # noqa: E402
from benchmarks.runner import Line  # noqa: E402
from benchmarks.worker import Measurement  # noqa: E402

workloads.load()


@pytest.fixture
def line() -> Line:
    made = Line(WORKLOADS["W1"], 1000)
    made.rounds = {"sqlalchemy": [Measurement(9.0, 1000, 1)], "ours": [Measurement(2.0, 1000, 1)]}
    made.rounds["django"] = [Measurement(8.0, 1000, 1)]
    return made


def test_the_table_stands_between_its_marks(line: Line, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{report.BEGIN}\noutdated\n{report.END}\nafter\n")
    report.write_table([line], "sqlite", ["django"], readme)
    text = readme.read_text()
    assert text.startswith(f"before\n{report.BEGIN}\n\nMeasured on 20")
    assert text.endswith(f"{report.END}\nafter\n")
    assert "| W1 | Load entities of 10 columns with a cold identity map | 1,000 | 4.50 | 4 | 4.00 |\n" in text
    assert "outdated" not in text


def test_a_readme_without_marks_is_left_alone(line: Line, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("nothing here")
    with pytest.raises(SystemExit, match="lacks the lines"):
        report.write_table([line], "sqlite", [], readme)
    assert readme.read_text() == "nothing here"


def test_drawings(line: Line, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    growth = Growth(WORKLOADS["W1"], {"ours": {1: 0.1, 10: 0.2}, "sqlalchemy": {1: 0.2, 10: 1.0}})
    assert "<svg" in report.draw_ratios([line], tmp_path / "ratios.svg").read_text()
    first = report.draw_growth([growth], tmp_path / "growth.svg").read_text()
    assert "<svg" in first
    assert report.draw_growth([growth], tmp_path / "growth.svg").read_text() == first
