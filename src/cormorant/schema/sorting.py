"""Which table comes first: order by foreign keys.

In: tables. Out: the tables, those referred to first, and the constraints that must be added afterwards because they
form a cycle. Pure: nothing is created here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..exc import CircularDependencyError
from ..util import topological, warn

Pair = tuple[Any, Any]
Sorted = list[tuple[Any, list[Any]]]


def sort_tables(
    tables: Iterable[Any],
    skip_fn: Callable[[Any], bool] | None = None,
    extra_dependencies: Iterable[Pair] | None = None,
) -> list[Any]:
    """Return the tables in order of dependency; `skip_fn(foreign key)` leaves foreign keys out."""

    def leave_out(constraint: Any) -> bool | None:
        if skip_fn is not None and any(skip_fn(key) for key in constraint.elements):
            return True
        return None

    ordered = sort_tables_and_constraints(tables, leave_out, extra_dependencies, _warn_for_cycles=True)
    return [table for table, _ in ordered if table is not None]


def sort_tables_and_constraints(
    tables: Iterable[Any],
    filter_fn: Callable[[Any], bool | None] | None = None,
    extra_dependencies: Iterable[Pair] | None = None,
    _warn_for_cycles: bool = False,
) -> Sorted:
    """Return pairs of a table and its foreign key constraints, ending in `(None, [constraints to be added later])`.

    `filter_fn(constraint)` returns True for a constraint to be added later, False for one to stay, None to decide here.
    """
    known = list(tables)
    fixed: set[Pair] = set(extra_dependencies or ())
    for table in known:
        fixed.update((parent, table) for parent in table._extra_dependencies)
    later: list[Any] = []
    pairs, waiting = _dependencies(known, filter_fn)
    later.extend(waiting)
    try:
        ordered = _ordered(known, [*fixed, *(pair for pair, _ in pairs)])
    except topological.CycleError:
        broken = _break_cycles(known, pairs, filter_fn, _warn_for_cycles)
        later.extend(broken)
        kept = [pair for pair, constraint in pairs if constraint not in broken]
        ordered = _ordered_or_fail(known, [*fixed, *kept])
    later_ids = {id(constraint) for constraint in later}
    result: Sorted = [
        (table, [one for one in table._sorted_foreign_key_constraints if id(one) not in later_ids]) for table in ordered
    ]
    return [*result, (None, later)]


def _dependencies(
    tables: Sequence[Any], filter_fn: Callable[[Any], bool | None] | None
) -> tuple[list[tuple[Pair, Any]], list[Any]]:
    """Return (referred table, table) with the constraint for each, and the constraints to be added later anyway."""
    pairs: list[tuple[Pair, Any]] = []
    later: list[Any] = []
    for table in tables:
        for constraint in table._sorted_foreign_key_constraints:
            verdict = filter_fn(constraint) if filter_fn is not None else None
            if verdict is True or constraint.use_alter:
                later.append(constraint)
            elif constraint.referred_table is not table:
                pairs.append(((constraint.referred_table, table), constraint))
    return pairs, later


def _ordered(tables: Sequence[Any], pairs: Iterable[Pair]) -> list[Any]:
    return topological.sort(pairs, tables)


def _ordered_or_fail(tables: Sequence[Any], pairs: list[Pair]) -> list[Any]:
    try:
        return _ordered(tables, pairs)
    except topological.CycleError as error:
        names = " -> ".join(str(table.name) for table in [*error.cycle, error.cycle[0]])  # type: ignore[attr-defined]
        raise CircularDependencyError(
            f"Circular dependency detected between tables: {names}", set(error.cycle), set(pairs)
        ) from None


def _break_cycles(
    tables: Sequence[Any],
    pairs: list[tuple[Pair, Any]],
    filter_fn: Callable[[Any], bool | None] | None,
    warns: bool,
) -> list[Any]:
    """Return the constraints between tables of a cycle, unless `filter_fn` wants them to stay."""
    members = topological.find_cycles([pair for pair, _ in pairs], tables)
    if warns:
        names = ", ".join(sorted(str(table.fullname) for table in members))
        warn(
            f'Cannot correctly sort tables; there are unresolvable cycles between tables "{names}", '
            "which is usually caused by mutually dependent foreign key constraints.  Foreign key constraints involving "
            "these tables will not be considered"
        )
    return [
        constraint
        for (before, after), constraint in pairs
        if before in members and after in members and (filter_fn is None or filter_fn(constraint) is not False)
    ]
