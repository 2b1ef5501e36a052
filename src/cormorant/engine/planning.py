"""Finding the plan of a statement: in a cache, or made now.

In: a statement and what its execution brings. Out: its `StatementPlan` and the binds that hold its values. An engine
has one planner, and one more for each translation of schema names that its connections ask for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any

from ..compile.dialect import MOST_TRANSLATIONS
from ..compile.statement import compile_statement
from ..exc import ObjectNotExecutableError
from ..sql.function import FunctionElement
from ..sql.node import Node, statement_key
from ..sql.visitors import iterate
from ..types.base import warn_not_cached
from ..util.bounded import make_room
from .cache import GivenCache, PlanCache
from .plan import StatementPlan
from .settled import settled_values

_OTHERS = 4
"""How many plans are kept for statements of one key whose objects play different parts."""


class Planner:
    """The plans of the statements run so far on one dialect."""

    def __init__(self, dialect: Callable[[], Any], plans: PlanCache[StatementPlan], lints: bool) -> None:
        self._dialect = dialect
        self._lints = lints
        self._plans = plans

    def plan_for(
        self, statement: Any, column_keys: Sequence[str] = (), many: bool = False
    ) -> tuple[StatementPlan, tuple[Any, ...]]:
        """The plan of a statement, from the cache or made now, and the binds that hold its values."""
        key, binds = statement_key(statement)
        if key is None:
            _warn_of_types(statement)
            return self._make_plan(statement, column_keys, many, is_kept=False), binds
        full_key = (key, column_keys, many) if column_keys or many else key
        plan = self._plans.young.get(full_key) or self._plans.get(full_key)
        if plan is None:
            plan = self._make_plan(statement, column_keys, many)
            self._plans.put(full_key, plan)
        elif plan.is_particular:
            plan = self._particular(plan, full_key, statement, binds, column_keys, many)
        return plan, binds

    def _particular(
        self, plan: StatementPlan, key: Any, statement: Any, binds: Any, column_keys: Sequence[str], many: bool
    ) -> StatementPlan:
        """The plan of a statement that has the key of a kept one, which may not be for its values and objects."""
        if plan.settled and (values := settled_values(binds, plan.settled)) != plan.settled_values:
            try:
                found = self._plans.get((key, values))
            except TypeError:  # a value without a hash
                return self._make_plan(statement, column_keys, many, is_kept=False)
            if found is None:
                plan = self._make_plan(statement, column_keys, many)
                self._plans.put((key, values), plan)
                return plan
            plan = found
        if plan.roles is None or plan.roles.fit(statement):
            return plan
        return self._plan_beside(plan, statement, column_keys, many)

    def _plan_beside(
        self, plan: StatementPlan, statement: Any, column_keys: Sequence[str], many: bool
    ) -> StatementPlan:
        """The plan of a statement that has the key of a kept plan, but in which an object plays another part."""
        for _ in range(_OTHERS):
            if plan.roles is None or plan.roles.is_fixed:
                break
            if plan.other is None:
                plan.other = self._make_plan(statement, column_keys, many)
                return plan.other
            plan = plan.other
            if plan.roles is not None and plan.roles.fit(statement):
                return plan
        return self._make_plan(statement, column_keys, many, is_kept=False)

    def _make_plan(
        self, statement: Any, column_keys: Sequence[str], many: bool, *, is_kept: bool = True
    ) -> StatementPlan:
        if not isinstance(statement, Node) or not getattr(statement, "supports_execution", False):
            raise ObjectNotExecutableError(statement)
        if isinstance(statement, FunctionElement):
            statement = statement.select()
        begin = time.perf_counter()
        compiled = compile_statement(
            statement, self._dialect(), column_keys=tuple(column_keys), many=many, lints=self._lints
        )
        plan = StatementPlan(compiled, column_keys, time.perf_counter() - begin)
        plan.is_kept = is_kept and not compiled.is_literal
        return plan

    def clear(self) -> None:
        """Forget all plans."""
        self._plans.clear()


def _warn_of_types(statement: Any) -> None:
    """Warn of types for which a statement cannot be kept, though nobody said so; once for each."""
    found: dict[int, Any] = {}
    for node in iterate(statement) if isinstance(statement, Node) else ():
        type_: Any = None if node.is_bind and node.is_crud else getattr(node, "type", None)
        for part in (type_, getattr(type_, "item_type", None)):
            if part is not None and part.is_external:
                found[id(part)] = part
    for part in found.values():
        warn_not_cached(part)


class Planners:
    """The planners of an engine: its own, and those for translations of schema names."""

    def __init__(self, dialect: Callable[[], Any], size: int, lints: bool) -> None:
        self._dialect = dialect
        self._size = size
        self._lints = lints
        self.own = Planner(dialect, PlanCache(size), lints)
        self._translated: dict[frozenset[Any], Planner] = {}

    def translated(self, names: Mapping[Any, Any]) -> Planner:
        """The planner for a translation."""
        key = frozenset(names.items())
        found = self._translated.get(key)
        if found is None:
            chosen = dict(names)
            made = Planner(lambda: self._dialect().translated(chosen), PlanCache(self._size), self._lints)
            found = make_room(self._translated, MOST_TRANSLATIONS).setdefault(key, made)
        return found

    def keeping_in(self, cache: MutableMapping[Any, Any] | None, names: Mapping[Any, Any] | None) -> Planner:
        """A planner that keeps its plans in a dictionary of the program, or, for None, keeps none."""
        dialect = self._dialect().translated(dict(names)) if names else self._dialect()
        plans: PlanCache[StatementPlan] = PlanCache(0) if cache is None else GivenCache(cache, dialect)
        return Planner(lambda: dialect, plans, self._lints)

    def clear(self) -> None:
        """Forget all plans."""
        self.own.clear()
        self._translated.clear()
