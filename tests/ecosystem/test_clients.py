"""Real client libraries, unmodified, through the alias: each program prints the same with SQLAlchemy itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PROGRAMS = sorted(path.stem for path in (Path(__file__).parent / "programs").glob("*.py"))


def output(command: list[str], folder: Path) -> str:
    """What a program prints, run in an empty folder of its own."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "PYTHONHASHSEED": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout.replace(str(folder), "FOLDER")


def both(program: str, tmp_path: Path, *arguments: str, other: str = "") -> tuple[str, str]:
    path = str(Path(__file__).parent / "programs" / f"{program}.py")
    ours = output([sys.executable, "-m", "cormorant.run", path, *arguments], tmp_path / "ours")
    theirs = output([sys.executable, path, *([other] if other else arguments)], tmp_path / "theirs")
    return ours, theirs


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
