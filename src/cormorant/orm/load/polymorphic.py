"""Columns of subclasses for objects that came with a SELECT of their base class: one SELECT .. IN per subclass.

In: objects of a result, and a follow-up that names the base and the subclasses. Out: their missing columns and eager
relationships filled. What the mapping asks for is loaded by the most special subclass it names; what an option asks for
by that one and each of its parents up to the base.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...sql.naming import LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.select import Select
from ..instance.symbols import STATE
from ..query.branch import WILDCARD, Branch, Choice, ColumnChoice, Strategy
from ..query.entities import is_deferred
from ..query.options import LoadFrom
from ..query.plan import FollowUp
from .kept import Kept, Load
from .protocol import LoadSession
from .statements import keys_in

CHUNK = 500


def load_subclass_columns(
    session: LoadSession, follow: FollowUp, objects: Sequence[Any], is_refresh: bool, load: Load, _: Any = None
) -> None:
    """Run one SELECT per subclass that is asked for and chunk of its objects."""
    base, by_mapping = follow.choice.target
    groups: dict[tuple[Any, Any], list[Any]] = {}
    for obj in objects:
        state = obj.__dict__[STATE]
        for step in _steps(state.manager.mapper, base, follow.branch.subclasses, by_mapping):
            groups.setdefault(step, []).append(state.pk)
    for (mapper, above), keys in groups.items():
        kept = follow.memo.get((mapper, above))
        if kept is None:
            kept = follow.memo[mapper, above] = _statement(mapper, above, follow)
        for start in range(0, len(keys), CHUNK):
            load(session, kept, mapper, (keys[start : start + CHUNK],), is_refresh)


def _steps(mapper: Any, base: Any, by_option: Sequence[Any], by_mapping: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield (subclass, the class whose columns are there already) for an object of a mapper."""
    line = [one for one in mapper.iterate_to_root() if one is not base and one.isa(base)]
    for number, one in enumerate(line):
        if one in by_option:
            yield from [(each, each.inherits) for each in line[number:]]
            return
    for one in line:
        if one in by_mapping:
            yield one, base
            return


def _statement(mapper: Any, above: Any, follow: FollowUp) -> Kept:
    """Return the SELECT of what objects of a subclass have more than those of a class above it."""
    criterion, bind = keys_in(mapper.primary_key)
    options = LoadFrom(_narrowed(mapper, above, follow.branch), follow.trail.mappers)
    select = Select(mapper.node).where(criterion).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    kept = Kept(select.options(options), [bind])
    kept.groups = False
    return kept


def _narrowed(mapper: Any, above: Any, branch: Branch) -> Branch:
    """Return the options under which nothing is loaded but what the class above lacks."""
    known = set(above.column_attrs)
    columns: dict[str, ColumnChoice] = {WILDCARD: ColumnChoice.DEFER}
    for prop in mapper.column_attrs:
        if prop not in known and not is_deferred(prop, branch):
            columns[prop.key] = ColumnChoice.LOAD
    lazy = {relationship.key: Choice(Strategy.LAZY) for relationship in above.relationships}
    return replace(branch, choices={**branch.choices, **lazy}, columns=columns, subclasses=(), memo={})
