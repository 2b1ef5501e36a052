"""Both type checkers, in their strict modes and without plugins, agree with what the snippets assert."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
SNIPPETS = sorted((HERE / "snippets").glob("*.py"))


def test_there_is_something_to_check() -> None:
    asserted = sum(path.read_text().count("assert_type(") for path in SNIPPETS)
    assert asserted >= 200


def test_mypy(tmp_path: Path) -> None:
    config = tmp_path / "mypy.ini"
    config.write_text(f"[mypy]\nstrict = True\nmypy_path = {PROJECT / 'src'}\ncache_dir = {tmp_path / 'cache'}\n")
    command = [sys.executable, "-m", "mypy", "--config-file", str(config), *map(str, SNIPPETS)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyright(tmp_path: Path) -> None:
    if shutil.which("pyright") is None and not (Path(sys.executable).parent / "pyright").exists():
        pytest.fail("pyright is missing: install the development dependencies")
    config = tmp_path / "pyrightconfig.json"
    shutil.copytree(HERE / "snippets", tmp_path / "snippets")  # it takes no paths but those below its configuration
    settings = {
        "include": ["snippets"],
        "extraPaths": [str(PROJECT / "src"), str(PROJECT)],
        "typeCheckingMode": "strict",
        "reportUnusedExpression": False,
    }
    config.write_text(json.dumps(settings))
    program = Path(sys.executable).parent / "pyright"
    command = [str(program), "--pythonpath", sys.executable, "-p", str(config)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No source files" not in done.stdout + done.stderr
