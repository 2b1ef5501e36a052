"""The ladder: which package stands on which rung, and the rule that imports go down only.

Packages on one rung do not import each other; within one package anything goes that makes no cycle. The modules in
PUBLIC only re-export: they stand above everything, and nothing below imports them. Dialects stand beside the ladder:
they see the rungs up to the compiler and the driver protocol, and nobody sees them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .imports import Import
    from .source import Module

# The longest matching name decides.
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
    "cormorant.orm.mapping": 5,
    "cormorant.orm.instance": 5,
    "cormorant.orm.query": 6,
    "cormorant.orm.flush": 7,
    "cormorant.orm.load": 7,
    "cormorant.orm.session": 8,
    "cormorant.ext": 9,
    "cormorant.compat": 9,
    "cormorant.cli": 9,
}
DIALECTS = "cormorant.dialects"
DIALECT_CEILING = 3
DRIVER_PROTOCOL: frozenset[str] = frozenset({"cormorant.engine.driver"})
PUBLIC: frozenset[str] = frozenset({"cormorant", "cormorant.orm"})


def package_of(name: str, rungs: Mapping[str, float]) -> str | None:
    """The package of the ladder that module `name` belongs to."""
    while name and name not in rungs and name != DIALECTS:
        name = name.rpartition(".")[0]
    return name or None


def ladder_complaints(
    modules: Mapping[str, Module],
    imports: Iterable[Import],
    rungs: Mapping[str, float] = RUNGS,
    public: frozenset[str] = PUBLIC,
) -> list[str]:
    """What does not stand on the ladder, and which imports go up or across."""
    complaints = [
        f"{module.path}: {name} stands on no rung"
        for name, module in modules.items()
        if name not in public and package_of(name, rungs) is None
    ]
    complaints += [
        f"{one.place}: {one.source} imports {one.target}: {why}"
        for one in imports
        if one.source not in public and (why := refusal(one, rungs, public))
    ]
    return complaints


def refusal(one: Import, rungs: Mapping[str, float], public: frozenset[str]) -> str | None:
    """Why this import is not allowed, or None."""
    if one.target in public:
        return "a re-export module is for users only"
    source, target = package_of(one.source, rungs), package_of(one.target, rungs)
    if source is None or target is None or source == target:
        return None
    if target == DIALECTS:
        return "nobody imports a dialect; the registry loads it by name"
    if source == DIALECTS:
        allowed = rungs[target] <= DIALECT_CEILING or one.target in DRIVER_PROTOCOL
        return None if allowed else "a dialect sees the compiler, what is below it, and the driver protocol"
    if rungs[target] < rungs[source]:
        return None
    return "the same rung" if rungs[target] == rungs[source] else "up the ladder"
