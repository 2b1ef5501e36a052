"""Tight loops whose source is plain Python and which may be compiled; each works the same uncompiled.

A compiled twin lies beside its source under the same module name, so importing the module picks it where it exists.
"""

from __future__ import annotations

from . import _attributes


def kernels() -> dict[str, str]:
    """Tell which form of each kernel is in use: `compiled` or `python`."""
    is_python = (_attributes.__file__ or "").endswith(".py")
    return {"attributes": "python" if is_python else "compiled"}
