"""Other mapping libraries beside ours: the same workloads as their documentation does it, on SQLite in memory.

``load(side)`` imports one of them, which registers its workloads (see registry.peer), and returns what these are given:
a connection and classes on the tables of ``sides.Driver``.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

PACKAGES = {"django": "django", "peewee": "peewee", "pony": "pony.orm"}
"""Side -> the package it needs."""


def installed() -> list[str]:
    """The sides whose package is here."""
    return [side for side, package in PACKAGES.items() if importlib.util.find_spec(package.partition(".")[0])]


def register(sides: list[str]) -> None:
    """Import sides for what they register."""
    for side in sides:
        load(side)


def load(side: str) -> Any:
    """The subject of a side: what its workloads take as their first argument."""
    return importlib.import_module(f"{__name__}.with_{side}").Subject()
