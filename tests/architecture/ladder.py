"""The ladder: which package stands on which rung, and the rule that imports go down only.

Packages on one rung do not import each other; within one package anything goes that makes no cycle. A module that
stands on no rung (`cormorant`, `cormorant.orm`, ...) is a public module: it only re-exports, stands above all, and
nothing else imports it. Dialects stand above the engine and nobody sees them: the registry loads them by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .imports import Import

# The longest matching name decides. Rung 0 has an order of its own, written as fractions.
RUNGS: Mapping[str, float] = {
    "cormorant.util": 0.0,
    "cormorant.exc": 0.1,
    "cormorant.kernels": 0.2,
    "cormorant.inspection": 0.2,
    "cormorant.event": 0.2,
    "cormorant.types": 0.3,
    "cormorant.sql": 1,
    "cormorant.schema": 2,
    "cormorant.compile": 3,
    "cormorant.engine": 4,
    "cormorant.dialects": 5,
    "cormorant.orm.instance": 6,
    "cormorant.orm.mapping": 7,
    "cormorant.orm.query": 8,
    "cormorant.orm.flush": 9,
    "cormorant.orm.load": 9,
    "cormorant.orm.session": 10,
    "cormorant.explain": 11,
    "cormorant.ext": 11,
    "cormorant.compat": 11,
    "cormorant.cli": 11,
    "cormorant.run": 12,
}
DIALECTS = "cormorant.dialects"
# Public modules that lie inside a package of the ladder and re-export names from above it.
PUBLIC_INSIDE: frozenset[str] = frozenset(
    f"cormorant.{name}"
    for name in (
        "engine.default",
        "event.api",
        "event.base",
        "event.registry",
        "sql.base",
        "sql.compiler",
        "sql.ddl",
        "sql.schema",
        "sql.sqltypes",
        "sql.type_api",
    )
)


def package_of(name: str) -> str | None:
    """The package of the ladder that module `name` belongs to."""
    while name and name not in RUNGS:
        name = name.rpartition(".")[0]
    return name or None


def public_modules(names: Iterable[str]) -> frozenset[str]:
    """The modules that are there for users only: those on no rung, and those listed."""
    return PUBLIC_INSIDE | {name for name in names if package_of(name) is None}


def ladder_complaints(modules: Iterable[str], imports: Iterable[Import]) -> list[str]:
    """Which imports go up or across."""
    public = public_modules(modules)
    return [
        f"{one.place}: {one.source} imports {one.target}: {why}"
        for one in imports
        if one.source not in public and (why := refusal(one, public))
    ]


def refusal(one: Import, public: frozenset[str]) -> str | None:
    """Why this import is not allowed, or None."""
    source, target = package_of(one.source), package_of(one.target)
    if one.target in public or target is None or source is None:
        return "a public module is for users only"
    if source == target:
        return None
    if target == DIALECTS:
        return "nobody imports a dialect; the registry loads it by name"
    if RUNGS[target] < RUNGS[source]:
        return None
    return "the same rung" if RUNGS[target] == RUNGS[source] else "up the ladder"
