"""The optional compiled module: the attribute kernel, compiled by Cython from the same source as the Python module.

`cormorant/kernels/_attributes.py` is what people read; it is copied, compiled and installed as
`cormorant.kernels._attributes_c` beside it. Without a compiler, or without Cython, the package installs as plain
Python.

    CORMORANT_NO_EXT=1        do not try
    CORMORANT_REQUIRE_EXT=1   a build that fails is an error
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from setuptools import Extension, setup

SOURCE = Path("src/cormorant/kernels/_attributes.py")
MODULE = "cormorant.kernels._attributes_c"
WORK = Path("build/cython")


def is_set(variable: str) -> bool:
    return os.environ.get(variable, "") not in ("", "0")


def compiled_modules(*, required: bool) -> list[Extension]:
    """The extension to build: none when it is not wanted, or cannot be had and is not required."""
    if is_set("CORMORANT_NO_EXT") or not SOURCE.exists():
        return []
    try:
        from Cython.Build import cythonize
        from Cython.Compiler.Errors import CompileError
    except ImportError:
        if required:
            raise
        return []
    try:
        extensions = cythonize([Extension(MODULE, [str(copy_source())])], language_level=3, build_dir=str(WORK))
    except CompileError:
        if required:
            raise
        return []
    for extension in extensions:
        extension.optional = not required  # cythonize() makes new objects and does not keep this
    return extensions


def copy_source() -> Path:
    """Copy the kernel under its compiled name; the copy also says which source it came from."""
    source = SOURCE.read_bytes()
    target = WORK / f"{MODULE.rpartition('.')[2]}.py"
    text = source + f'\n\nSOURCE_DIGEST = "{hashlib.sha256(source).hexdigest()}"\n'.encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_bytes() != text:
        target.write_bytes(text)
    return target


setup(ext_modules=compiled_modules(required=is_set("CORMORANT_REQUIRE_EXT")))
