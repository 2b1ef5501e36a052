"""The build: with a compiler a wheel has the compiled kernel, without one it is plain Python, and one may insist."""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
KERNEL = "src/cormorant/kernels/_attributes.py"
SOURCE = """
class Point:
    def __init__(self, x: int) -> None:
        self.x = x

def double(number: int) -> int:
    return Point(number).x * 2
"""
HAS_COMPILER = any(map(shutil.which, ("cc", "gcc", "clang")))
NO_COMPILER = {"CC": "no-such-compiler", "CXX": "no-such-compiler"}

needs_compiler = pytest.mark.skipif(not HAS_COMPILER, reason="this machine has no C compiler")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the build files with a very small package."""
    root = tmp_path / "project"
    (root / "src/cormorant/kernels").mkdir(parents=True)
    for name in ("pyproject.toml", "setup.py", "LICENSE", "README.md"):
        if (PROJECT / name).exists():
            shutil.copy(PROJECT / name, root / name)
    (root / "src/cormorant/__init__.py").write_text('__version__ = "0"\n')
    (root / "src/cormorant/py.typed").touch()
    (root / "src/cormorant/kernels/__init__.py").touch()
    (root / KERNEL).write_text(SOURCE)
    (root / KERNEL).with_suffix(".pxd").write_text("cdef class Point:\n    cdef public int x\n")
    return root


def build(project: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CORMORANT_")}
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        "out",
        ".",
    ]
    env = {**clean, "CFLAGS": "-O0", **variables}
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def names(project: Path) -> set[str]:
    (wheel,) = (project / "out").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if name.startswith("cormorant/")}


def compiled(found: set[str]) -> list[str]:
    return [name for name in found if name.startswith("cormorant/kernels/_attributes.") and not name.endswith(".py")]


@needs_compiler
def test_with_a_compiler_the_wheel_has_both_twins(project: Path) -> None:
    done = build(project, CORMORANT_REQUIRE_EXT="1")
    assert done.returncode == 0, done.stderr
    found = names(project)
    assert {"cormorant/py.typed", "cormorant/kernels/_attributes.py"} <= found
    assert len(compiled(found)) == 1
    check = "from cormorant.kernels import _attributes as k; print(k.double(21), k.SOURCE_DIGEST, k.Point, k.__file__)"
    (wheel,) = (project / "out").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(project / "installed")
    run = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, 'installed'); {check}"]
    printed = subprocess.run(run, cwd=project, capture_output=True, text=True, check=True).stdout
    assert printed.startswith(f"42 {hashlib.sha256((project / KERNEL).read_bytes()).hexdigest()} <class")
    assert not printed.rstrip().endswith(".py")


@needs_compiler
def test_the_real_kernel_compiles(project: Path) -> None:
    for suffix in (".py", ".pxd"):
        shutil.copy((PROJECT / KERNEL).with_suffix(suffix), (project / KERNEL).with_suffix(suffix))
    done = build(project, CORMORANT_REQUIRE_EXT="1")
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_a_compiler_the_wheel_is_plain_python(project: Path) -> None:
    done = build(project, **NO_COMPILER)
    assert done.returncode == 0, done.stderr
    assert "cormorant/kernels/_attributes.py" in names(project)
    assert not compiled(names(project))


def test_without_a_compiler_a_required_extension_is_an_error(project: Path) -> None:
    assert build(project, CORMORANT_REQUIRE_EXT="1", **NO_COMPILER).returncode != 0


def test_the_extension_can_be_declined(project: Path) -> None:
    assert build(project, CORMORANT_NO_EXT="1").returncode == 0
    assert not compiled(names(project))


def test_a_kernel_that_cython_refuses_is_skipped_unless_required(project: Path) -> None:
    (project / KERNEL).write_text("def double(:\n")
    assert build(project, CORMORANT_REQUIRE_EXT="1").returncode != 0
    assert build(project).returncode == 0
    assert not compiled(names(project))


def test_a_missing_kernel_is_no_error(project: Path) -> None:
    (project / KERNEL).unlink()
    assert build(project, CORMORANT_REQUIRE_EXT="1").returncode == 0


def test_the_compiled_kernel_in_use_is_of_the_present_source() -> None:
    kernel = importlib.import_module("cormorant.kernels._attributes")
    now = hashlib.sha256((PROJECT / KERNEL).read_bytes()).hexdigest()
    made_from = getattr(kernel, "SOURCE_DIGEST", now)
    assert made_from == now, "the compiled kernel is of another source than _attributes.py: run ./setup"
