"""The guided example, on every kind of database: what it prints is what it promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cormorant import create_engine, text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def output(database: str) -> str:
    """What `python -m examples.quickstart --url ...` prints."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "examples.quickstart", "--url", database],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_does_what_it_says(output: str, database: str) -> None:
    for step in ("1. Load", "2. Query", "3. Merge", "4. Conflict", "5. Summary"):
        assert step in output
    assert "the merged Ireland is the session's Ireland: True" in output
    assert "its note: 'a note that the copy does not carry'" in output
    assert "caught IntegrityError" in output
    assert "France is still 'France', and Darterland is kept" in output
    check_numbers(output)
    check_empty(database)


def check_numbers(output: str) -> None:
    """The whole standard, in few statements."""
    countries, subdivisions = (
        int(re.findall(rf"{name} +(\d+) rows", output)[0]) for name in ("country", "subdivision")
    )
    assert countries > 240
    assert subdivisions > 4500
    counted = re.findall(r"^  (?:sent[\w ]*|merge_all\(\)[\w ]*): (\d+) statements?$", output, re.MULTILINE)
    assert [int(count) for count in counted] == [2, 4, 3, 5]
    assert "UPDATE country: 3 rows (Country)" in output
    assert "DELETE subdivision: 1 row (Subdivision)" in output


def check_empty(database: str) -> None:
    """Nothing is left behind."""
    engine = create_engine(database)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        for name in ("country", "subdivision"):
            assert not engine.dialect.has_table(connection, name)
    engine.dispose()
