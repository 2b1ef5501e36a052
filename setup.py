"""The optional compiled kernel: `cormorant.kernels._attributes`, compiled by Cython from the Python source itself.

The extension lies beside its source under the same name, and Python prefers it on import. Without a compiler, or
without Cython, the package installs as plain Python.

    CORMORANT_NO_EXT=1        do not try
    CORMORANT_REQUIRE_EXT=1   a build that fails is an error
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from setuptools import Extension, setup

SOURCES = Path("src")
KERNEL = Path("cormorant/kernels/_attributes.py")
MODULE = "cormorant.kernels._attributes"
WORK = Path("build/cython")


def is_set(variable: str) -> bool:
    return os.environ.get(variable, "") not in ("", "0")


def compiled_modules(*, required: bool) -> list[Extension]:
    """The extension to build: none when it is not wanted, or cannot be had and is not required."""
    if is_set("CORMORANT_NO_EXT") or not (SOURCES / KERNEL).exists():
        return []
    try:
        from Cython.Build import cythonize
        from Cython.Compiler.Errors import CompileError
    except ImportError:
        if required:
            raise
        return []
    try:
        extensions = cythonize([Extension(MODULE, [str(copy_source())])], language_level=3)
    except CompileError:
        if required:
            raise
        return []
    for extension in extensions:
        extension.optional = not required  # cythonize() makes new objects and does not keep this
    return extensions


def copy_source() -> Path:
    """Copy the kernel and its declarations to where they are compiled; the copy also says which source it came from."""
    source = SOURCES / KERNEL
    declarations = source.with_suffix(".pxd")
    target = WORK / KERNEL
    for package in (WORK / "cormorant", WORK / "cormorant/kernels"):
        write(package / "__init__.py", b"")
    write(target, source.read_bytes() + f'\n\nSOURCE_DIGEST = "{source_digest()}"\n'.encode())
    if declarations.exists():
        write(target.with_suffix(".pxd"), declarations.read_bytes())
    return target


def source_digest() -> str:
    """What the compiled module keeps to prove which source it was made from."""
    return hashlib.sha256((SOURCES / KERNEL).read_bytes()).hexdigest()


def write(path: Path, content: bytes) -> None:
    """Write a file unless it has that content: what did not change is not compiled again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


setup(ext_modules=compiled_modules(required=is_set("CORMORANT_REQUIRE_EXT")))
