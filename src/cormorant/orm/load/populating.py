"""`populate_existing`: objects hold what the rows said and nothing else; the rest is loaded again when it is read.

In: a load plan and the items that it gave. Out: their objects without values and changes that no row confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...sql.kinds import class_of
from ..instance.symbols import STATE
from ..query.plan import EntityLoad, LoadPlan
from .known import forget_if_clean


def drop_the_rest(plan: LoadPlan, items: Sequence[Any]) -> None:
    """Drop what the objects of a result hold besides what its rows gave."""
    for place, item in enumerate(plan.items):
        if isinstance(item, EntityLoad):
            _drop(item, items if plan.is_single else [row[place] for row in items], set())


def _drop(load: EntityLoad, objects: Iterable[Any], seen: set[int]) -> None:
    for obj in objects:
        if obj is None or id(obj) in seen:
            continue
        seen.add(id(obj))
        _drop_of(load, obj)
        for joined in load.joined:
            _drop(joined.entity, _related(obj.__dict__.get(joined.key), joined.is_list), seen)


def _related(value: Any, is_list: bool) -> Iterator[Any]:
    if value is not None:
        yield from value._items() if is_list else (value,)


def _drop_of(load: EntityLoad, obj: Any) -> None:
    state = obj.__dict__[STATE]
    given = _given(load, class_of(obj))
    values = obj.__dict__
    lost = [key for key in state.manager.attributes if key in values and key not in given]
    unsaved = [key for key in state.committed if key not in given]
    if lost or unsaved:
        state.expire_attributes([*lost, *(key for key in unsaved if key not in lost)])
        forget_if_clean(state)


def _given(load: EntityLoad, cls: type) -> set[str]:
    """Return the attributes that the rows of an object gave it, or what follows them will."""
    own = next((sub for sub in load.subclasses.values() if sub.mapper.class_ is cls), load)
    given = {key for _, key in own.columns} | {key for _, key in load.columns}
    given |= {joined.key for joined in load.joined}
    return given | {follow.key for follow in load.follow}
