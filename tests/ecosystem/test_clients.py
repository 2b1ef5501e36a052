"""Real client libraries, unmodified, through the alias: each program prints the same with SQLAlchemy itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PROGRAMS = sorted(path.stem for path in (Path(__file__).parent / "programs").glob("*.py"))


def start(command: list[str], folder: Path) -> subprocess.Popen[str]:
    """Run a program in an empty folder of its own."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "PYTHONHASHSEED": "1"}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True)


def output(running: subprocess.Popen[str], folder: Path) -> str:
    """What a program printed, once it is done."""
    printed, errors = running.communicate()
    assert running.returncode == 0, printed[-2000:] + errors[-4000:]
    return printed.replace(str(folder), "FOLDER")


def both(program: str, tmp_path: Path, *arguments: str, other: str = "") -> tuple[str, str]:
    path = str(Path(__file__).parent / "programs" / f"{program}.py")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    first = start([sys.executable, "-m", "cormorant.run", path, *arguments], ours)
    printed = output(first, ours) if arguments else None  # one database: one after the other
    second = start([sys.executable, path, *([other] if other else arguments)], theirs)
    return output(first, ours) if printed is None else printed, output(second, theirs)


def without_dates(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "Create Date" not in line)


@pytest.mark.parametrize("program", PROGRAMS)
def test_program(program: str, tmp_path: Path) -> None:
    ours, theirs = both(program, tmp_path)
    assert without_dates(ours) == without_dates(theirs)
    assert ours


def test_migrations_on_a_server(postgresql_url: str, tmp_path: Path) -> None:
    ours, _ = both("alembic_migrations", tmp_path, postgresql_url)
    assert "batch_alter_table" not in ours
