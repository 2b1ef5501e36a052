"""Functions that give FROM elements and statements a name: alias(), subquery(), cte(), lateral(), tablesample()."""

from __future__ import annotations

from typing import Any

from .aliases import CTE, Subquery, TableSample
from .clause import ClauseElement
from .coercion import Role, as_from, as_select, clause_of
from .makers import makers


def alias(selectable: Any, name: str | None = None, flat: bool = False) -> Any:
    """Return a FROM element under another name."""
    return as_from(selectable).alias(name=name, flat=flat)


def subquery(selectable: Any, name: str | None = None) -> Subquery:
    """Return a SELECT as an element of FROM."""
    made: Subquery = as_select(selectable).subquery(name)
    return made


def lateral(selectable: Any, name: str | None = None) -> Any:
    """Return a SELECT or function as LATERAL."""
    node = clause_of(selectable)
    return (as_from(selectable) if node is None else node).lateral(name)


def cte(selectable: Any, name: str | None = None, recursive: bool = False) -> CTE:
    """Return a statement as a common table expression."""
    made: CTE = (clause_of(selectable) or as_select(selectable)).cte(name=name, recursive=recursive)
    return made


def tablesample(selectable: Any, sampling: Any, name: str | None = None, seed: Any = None) -> TableSample:
    """Return a sample of a table: `sampling` is a percentage, or the function of a method."""
    method = sampling if isinstance(sampling, ClauseElement) else makers.function("system", sampling)
    return TableSample(as_from(selectable, Role.FROM), name, method, None if seed is None else _seed(seed))


def _seed(seed: Any) -> Any:
    return seed if isinstance(seed, ClauseElement) else makers.function("seed", seed).clauses.clauses[0]


makers.tablesample = tablesample
