"""The workloads, one module per subject; each registers itself (see registry)."""

from __future__ import annotations

import importlib
import pkgutil


def load() -> None:
    """Import every module here."""
    for found in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{found.name}")
