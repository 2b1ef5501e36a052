"""The table of programs: each is a function ``(sa, orm, log)`` registered under ``<module>.<function>``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, TypeAlias

Program: TypeAlias = Callable[[Any, Any, Any], None]
PROGRAMS: dict[str, Program] = {}


def program(function: Program) -> Program:
    """Register ``function`` as a program."""
    name = f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
    if name in PROGRAMS:
        raise ValueError(f"two programs are called {name}")
    PROGRAMS[name] = function
    return function


def load() -> dict[str, Program]:
    """Import every module of ``programs/``; return name -> program."""
    from . import programs

    for module in sorted(found.name for found in pkgutil.iter_modules(programs.__path__)):
        importlib.import_module(f"{programs.__name__}.{module}")
    return PROGRAMS


def matching(pattern: str) -> dict[str, Program]:
    """The programs whose name holds every ``,``-separated part of ``pattern`` given (any of them)."""
    parts = [part for part in pattern.split(",") if part]
    return {name: run for name, run in load().items() if not parts or any(part in name for part in parts)}
