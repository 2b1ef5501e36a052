"""An object's row once more, with what is loaded along with it: the statements of refreshes and of expired reads.

In: a mapper, the options that the object was loaded with, which attributes. Out: `Kept` statements, one per mapper,
options and attributes. What would follow for many objects at once is loaded as a lazy load does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...sql.select import Select
from ..instance.state import InstanceState
from ..query.branch import EMPTY, WILDCARD, Branch, Choice, ColumnChoice, Strategy
from ..query.criteria import LoaderCriteriaOption
from ..query.entities import eager_relationships, strategy_of
from ..query.options import LoadFrom
from .kept import Kept, Load
from .protocol import LoadSession
from .request import COLUMNS
from .statements import key_criteria, places

IN_THE_ROW = frozenset({Strategy.JOINED, Strategy.NOLOAD})


def eager_choices(mapper: Any, branch: Branch | None) -> Mapping[str, Choice]:
    """Return the relationships that are loaded with an object, by key; found once per mapper and options."""
    memo, key = (branch.memo, ("eager", mapper)) if branch else (mapper.plans, "eager")
    found: Mapping[str, Choice] | None = memo.get(key)
    if found is None:
        eager = eager_relationships(mapper, branch or EMPTY, (mapper,))
        found = memo[key] = {one.relationship.key: one.choice for one in eager}
    return found


def again(
    mapper: Any,
    branch: Branch | None,
    columns: frozenset[str] | None = None,
    related: frozenset[str] | None = None,
    for_update: Any = None,
) -> Kept:
    """Return the SELECT of an object by its key.

    `columns` and `related` name what it loads; None means what the options say. A locking one is not kept.
    """
    if for_update is not None:
        return _again(mapper, branch or EMPTY, columns, related, for_update)
    memo = branch.memo if branch else mapper.plans
    kept: Kept | None = memo.get(("again", mapper, columns, related))
    if kept is None:
        kept = memo["again", mapper, columns, related] = _again(mapper, branch or EMPTY, columns, related)
    return kept


def _again(
    mapper: Any,
    branch: Branch,
    columns: frozenset[str] | None,
    related: frozenset[str] | None,
    for_update: Any = None,
) -> Kept:
    chosen = _related_choices(mapper, branch, related)
    narrowed = replace(
        branch,
        choices={**branch.choices, **chosen},
        columns=branch.columns if columns is None else _column_choices(mapper, columns, chosen),
        criteria=tuple([option for option in branch.criteria if not concerns(option, mapper)]),
        memo={},
    )
    binds = places(mapper.primary_key)
    select = Select(mapper.node).where(*key_criteria(mapper, binds))
    if narrowed:
        select = select.options(LoadFrom(narrowed))
    select = select if for_update is None else select._copy(for_update=for_update)
    return Kept(select, binds, is_by_key=True, purpose=COLUMNS)


def concerns(option: Any, mapper: Any) -> bool:
    """Tell whether an option limits the rows of a mapper: the row of an object that is there is loaded all the same."""
    return isinstance(option, LoaderCriteriaOption) and option.condition_of(mapper) is not None


def _related_choices(mapper: Any, branch: Branch, related: frozenset[str] | None) -> dict[str, Choice]:
    """Return how the relationships are loaded that are wanted, and that others are not."""
    eager = eager_choices(mapper, branch)
    wanted = eager.keys() if related is None else related
    chosen: dict[str, Choice] = {}
    for relationship in mapper.relationships:
        key = relationship.key
        if key in wanted:
            choice = eager.get(key) or strategy_of(relationship, branch).choice
            in_the_row = key in eager and choice.strategy in IN_THE_ROW
            chosen[key] = choice if in_the_row else replace(choice, strategy=Strategy.IMMEDIATE)
        elif key in eager:
            chosen[key] = Choice(Strategy.LAZY)
    return chosen


def _column_choices(mapper: Any, columns: frozenset[str], chosen: Mapping[str, Choice]) -> dict[str, ColumnChoice]:
    """Return the choice of these columns alone, and of those that joins start from."""
    wanted = set(columns)
    for relationship in mapper.relationships:
        if relationship.key in chosen and chosen[relationship.key].strategy is Strategy.JOINED:
            wanted.update([mapper.key_of(column) for column in relationship.local_columns])
    return {WILDCARD: ColumnChoice.DEFER, **dict.fromkeys(wanted, ColumnChoice.LOAD)}


def load_again(session: LoadSession, state: InstanceState, kept: Kept, load: Load) -> bool:
    """Run such a statement for an object whose expired attributes are missing; tell whether its row is there."""
    obj = state.require_object()
    pk = state.pk
    items = load(session, kept, state.manager.mapper, pk if state.manager.is_composite else (pk,), False)
    return bool(items) and items[0] is obj
