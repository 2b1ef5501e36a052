"""The two sides of a comparison: the library under test and the oracle, each reached by its public module paths only.

A side knows the root package; everything else (which programs run, how values print) lives elsewhere.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Side:
    """One library: ``root`` is its package, ``module("ext.hybrid")`` one of its public modules."""

    name: str
    root: str

    def module(self, path: str = "") -> ModuleType:
        return importlib.import_module(f"{self.root}.{path}" if path else self.root)

    def plain(self, text: str) -> str:
        """``text`` with this library's name replaced by one both sides share."""
        return text.replace(self.root, "lib").replace(self.root.capitalize(), "Lib")


ORACLE = Side("oracle", "sqlalchemy")
OURS = Side("ours", "cormorant")
