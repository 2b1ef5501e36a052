"""Starting a program: importing the library, declaring and configuring classes (W14i, W14)."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from typing import Any

from ..registry import Measured, Work, raw, workload

IMPORTS = 3
COLUMNS = 7


@workload("W14i", count=30, aim=1.5, expected=30, embedded_only=True)
def import_library(lib: Any, count: int) -> Work:
    """Import the library and its ORM in a new process.

    ``import lib, lib.orm``, median of three processes, per thirty. The driver: ``import sqlite3``.
    """
    yield
    yield
    name = lib.sa.__name__
    return Measured(1, imported(f"import {name}, {name}.orm") * count)


@raw("W14i")
def import_driver(side: Any, count: int) -> Work:
    yield
    yield
    return Measured(1, imported("import sqlite3") * count)


def imported(statement: str) -> float:
    """Seconds of CPU time that a statement takes in a new process, when Python has compiled the modules before."""
    program = f"import time\nbegin = time.process_time()\n{statement}\nprint(time.process_time() - begin)"
    with tempfile.TemporaryDirectory() as compiled:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        times = [
            subprocess.run(
                [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment
            ).stdout
            for _ in range(IMPORTS + 1)
        ]
    return statistics.median(map(float, times[1:]))


@workload("W14", count=200, aim=2, expected=300, embedded_only=True)
def declare_classes(lib: Any, count: int) -> Work:
    """Declare classes of ten columns and two relationships, and configure them.

    Each class refers to the one before it and has the list of those that refer to it; ``configure_mappers()`` at the
    end. By hand: plain classes with as many attributes.
    """
    sa, orm = lib.sa, lib.orm
    yield
    base = type("Base", (orm.DeclarativeBase,), {})
    classes = [type(f"Entity{number}", (base,), members(sa, orm, number, count)) for number in range(count)]
    base.registry.configure()
    yield
    found = [sa.inspect(cls) for cls in classes]
    return sum(len(mapper.columns) + len(mapper.relationships) for mapper in found)


def members(sa: Any, orm: Any, number: int, count: int) -> dict[str, Any]:
    """What stands in the body of a declared class."""
    before, after = (number - 1) % count, (number + 1) % count
    return {
        "__tablename__": f"entity{number}",
        "id": orm.mapped_column(sa.Integer, primary_key=True),
        "before_id": orm.mapped_column(sa.ForeignKey(f"entity{before}.id")),
        "name": orm.mapped_column(sa.String(40), nullable=False),
        **{f"value{place}": orm.mapped_column(sa.Integer) for place in range(COLUMNS)},
        "before": orm.relationship(f"Entity{before}", back_populates="after"),
        "after": orm.relationship(f"Entity{after}", back_populates="before"),
    }


@raw("W14")
def declare_plain_classes(side: Any, count: int) -> Work:
    yield
    names = ["id", "before_id", "name", *(f"value{place}" for place in range(COLUMNS)), "before", "after"]
    classes = [type(f"Entity{number}", (), dict.fromkeys(names)) for number in range(count)]
    yield
    return sum(sum(name in vars(cls) for name in names) for cls in classes)
