"""A load plan while its statement is still growing: where columns will stand is known only at the end.

In: columns as they are met, for the statement proper or for eager joins, whose columns come last. Out: the list of all
columns, and `EntityLoad`s with their positions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...sql.node import deannotate
from .branch import EMPTY, Branch
from .entities import remembered
from .inheritance import discriminator_key, subclass_keys
from .plan import EntityLoad, FollowUp, JoinedLoad


class Slot(NamedTuple):
    """The place of a column: its number among those of the statement proper, or among those of eager joins."""

    is_joined: bool
    number: int


class Columns:
    """The columns of a SELECT in the making."""

    def __init__(self, shares: bool = False) -> None:
        self.own: list[Any] = []
        self.joined: list[Any] = []
        self._numbers: dict[int, int] | None = {} if shares else None
        """Identity of a column -> its number, where a column that is there already is used again."""

    def add(self, column: Any, is_joined: bool) -> Slot:
        """Add a column at the end of its part."""
        if self._numbers is not None and not is_joined:
            number = self._numbers.setdefault(id(deannotate(column)), len(self.own))
            if number < len(self.own):
                return Slot(False, number)
        part = self.joined if is_joined else self.own
        part.append(column)
        return Slot(is_joined, len(part) - 1)

    def position(self, slot: Slot) -> int:
        """Return the final position."""
        return slot.number + (len(self.own) if slot.is_joined else 0)

    def all(self) -> list[Any]:
        """Return all columns in order."""
        return [*self.own, *self.joined]


@dataclass(eq=False)
class EntityDraft:
    """An entity whose columns have slots and no positions yet."""

    name: str | None
    mapper: Any
    slots: dict[str, Slot] = field(default_factory=dict[str, Slot])
    """Attribute key -> slot."""
    joined: list[tuple[str, Any, EntityDraft]] = field(default_factory=list)  # pyright: ignore[reportUnknownVariableType] - names its own class
    follow: list[FollowUp] = field(default_factory=list[FollowUp])
    branch: Branch = EMPTY
    lookup: tuple[Any, ...] = ()

    def finish(self, columns: Columns) -> EntityLoad:
        """Return the plan of the entity."""
        position = columns.position
        pk = tuple([position(self.slots[key]) for key in self.mapper.pk_keys])
        own_keys = self.mapper.class_manager.attributes
        told_by = self.slots.get(discriminator_key(self.mapper) or "")
        families = {} if told_by is None else subclass_keys(self.mapper, self.slots)
        return EntityLoad(
            self.name,
            self.mapper,
            pk,
            tuple([(position(slot), key) for key, slot in self.slots.items() if key in own_keys]),
            tuple([JoinedLoad(key, rel, draft.finish(columns)) for key, rel, draft in self.joined]),
            tuple(self.follow),
            remembered(self.branch),
            None if told_by is None else position(told_by),
            {value: self._subclass(mapper, keys, pk, columns) for value, (mapper, keys) in families.items()},
            self.lookup,
        )

    def _subclass(self, mapper: Any, keys: tuple[str, ...], pk: tuple[int, ...], columns: Columns) -> EntityLoad:
        filled = tuple([(columns.position(self.slots[key]), key) for key in keys])
        return EntityLoad(self.name, mapper, pk, filled, branch=remembered(self.branch))
