"""A load plan while its statement is still growing: where columns will stand is known only at the end.

In: columns as they are met, for the statement proper or for eager joins, whose columns come last. Out: the list of all
columns, and `EntityLoad`s with their positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from ...sql.node import deannotate
from ...util.record import draft
from .branch import EMPTY, Branch
from .entities import loads_for_peers, remembered
from .inheritance import discriminator_key
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
        self.shares = shares
        """Whether a column that the statement names is used again, too, where it is there already."""
        self._numbers: dict[int, int] = {}
        """Identity of a column -> its number: an entity uses a column that is there already."""

    def add(self, column: Any, is_joined: bool, is_of_entity: bool = False) -> Slot:
        """Add a column at the end of its part."""
        if not is_joined:
            number = self._numbers.setdefault(id(deannotate(column)), len(self.own))
            if number < len(self.own) and (is_of_entity or self.shares):
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


@draft
class EntityDraft:
    """An entity whose columns have slots and no positions yet."""

    name: str | None
    mapper: Any
    along: Sequence[Any] = ()
    """The subclasses whose columns come along."""
    slots: dict[str, Slot] = field(default_factory=dict[str, Slot])
    """Attribute key -> slot."""
    columns: dict[int, Slot] = field(default_factory=dict[int, Slot])
    """Identity of a column of the mapper or of its subclasses -> slot."""
    told_by: Slot | None = None
    """Where the class of a row is told, if not by an attribute."""
    joined: list[tuple[Any, EntityDraft]] = field(default_factory=list)  # pyright: ignore[reportUnknownVariableType] - names its own class
    """Relationship and what it leads to."""
    follow: list[FollowUp] = field(default_factory=list[FollowUp])
    branch: Branch = EMPTY
    lookup: tuple[Any, ...] = ()

    def finish(self, columns: Columns) -> EntityLoad:
        """Return the plan of the entity."""
        position = columns.position
        own_keys = self.mapper.class_manager.attributes
        told_by = self.told_by or self.slots.get(discriminator_key(self.mapper) or "")
        pk = tuple([position(self._key_slot(column, key)) for column, key in key_columns(self.mapper)])
        return EntityLoad(
            self.name,
            self.mapper,
            pk,
            tuple([(position(slot), key) for key, slot in self.slots.items() if key in own_keys]),
            tuple([
                JoinedLoad(rel.key, rel, draft.finish(columns), owner_of(rel, self.mapper))
                for rel, draft in self.joined
            ]),
            tuple(self.follow),
            remembered(self.branch),
            None if told_by is None else position(told_by),
            {} if told_by is None else self._subclasses(pk, columns),
            self.lookup,
            loads_for_peers(self.mapper, self.branch),
        )  # fmt: skip

    def _subclasses(self, pk: tuple[int, ...], columns: Columns) -> dict[Any, EntityLoad]:
        """Return per value of the discriminator how such a row is loaded."""
        family = set(self.mapper.self_and_descendants)
        return {
            value: self._subclass(sub, pk, columns)
            for value, sub in self.mapper.polymorphic_map.items()
            if sub in family
        }

    def _subclass(self, mapper: Any, pk: tuple[int, ...], columns: Columns) -> EntityLoad:
        keys = mapper.class_manager.attributes
        slots = {prop.key: self._slot_of(prop) for prop in mapper.column_attrs if prop.key in keys}
        filled = [(columns.position(slot), key) for key, slot in slots.items() if slot is not None]
        if mapper.concrete:
            pk = tuple([columns.position(slots[key] or self.slots[key]) for key in mapper.pk_keys])
        return EntityLoad(self.name, mapper, pk, tuple(filled), branch=remembered(self.branch))

    def _key_slot(self, column: Any, key: str) -> Slot:
        return self.columns.get(id(column)) or self.slots[key]

    def _slot_of(self, prop: Any) -> Slot | None:
        if self.mapper.properties.get(prop.key) is prop:
            return self.slots.get(prop.key)
        return next((slot for column in prop.columns if (slot := self.columns.get(id(column))) is not None), None)


def key_columns(mapper: Any) -> Iterator[tuple[Any, str]]:
    """Return the columns of the primary key with their attributes."""
    return zip(mapper.primary_key, mapper.pk_keys, strict=True)


def owner_of(relationship: Any, mapper: Any) -> Any:
    """Return the subclass whose objects alone have a relationship; None where all of a mapper's have it."""
    return None if mapper.isa(relationship.parent) else relationship.parent
