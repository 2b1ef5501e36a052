"""What a flush must know of a class: decided once, kept with the mapper's plans.

In: the class of a state. Out: `Kind`. A flush asks once per class of its objects; a flush of one object costs what the
object costs, not what finding out about its class costs. Listeners come and go: they are asked for each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from ..instance.state import InstanceState
from ..mapping.hooks import GENERAL
from . import defaults
from .rows import TableWrites, table_writes


class Kind:
    """One class, as the steps of a flush see it."""

    __slots__ = ("first_key", "gets_values", "manager", "mapper", "state_class", "tables", "writes")

    def __init__(self, state_class: type[InstanceState]) -> None:
        self.state_class = state_class
        self.manager = state_class.manager
        self.mapper: Any = self.manager.mapper
        self.first_key: str = self.mapper.pk_keys[0]
        """An attribute of the primary key."""
        self.tables: Sequence[Any] = self.mapper.written_tables
        """Those of base classes first."""
        self.writes: dict[Any, TableWrites] = {table: table_writes(self.mapper, table) for table in self.tables}
        self.gets_values = defaults.has_identity_values(state_class)
        """Whether new objects get values from their mapping."""

    @property
    def is_heard(self) -> bool:
        """Whether somebody listens to the rows of the class."""
        heard: bool = self.mapper.__dict__.get("hooks", GENERAL).hears_rows
        return heard

    @property
    def is_told(self) -> bool:
        """Whether somebody listens to the values that a flush gives to its objects."""
        hooks = self.manager.hooks
        return hooks is not None and hooks.refresh_flush is not None

    def held_by(self, states: Iterable[InstanceState]) -> list[tuple[InstanceState, dict[str, Any]]]:
        """Return what objects of this kind hold now."""
        return [(state, dict(state.dict)) for state in states if state.manager is self.manager]


def kind_of(state_class: Any) -> Kind:
    """Return what is known of the class of a state."""
    plans = state_class.manager.mapper.plans
    found: Kind | None = plans.get("flush kind")
    if found is None:
        found = plans["flush kind"] = Kind(state_class)
    return found


def kinds_of(states: Sequence[InstanceState]) -> list[Kind]:
    """Return the kinds of states, in the order in which they first occur."""
    if len(states) == 1:
        return [kind_of(type(states[0]))]
    return [kind_of(state_class) for state_class in dict.fromkeys(map(type, states))]


def is_anybody_listening(kinds: Iterable[Kind]) -> bool:
    """Tell whether somebody listens to the rows of some of the kinds."""
    for kind in kinds:  # noqa: SIM110 - a generator costs more than the usual single look
        if kind.is_heard:
            return True
    return False


def writes_by_class(kinds: Sequence[Kind], table: Any) -> dict[type, TableWrites | None]:
    """Return how the classes of states write to a table; None for one that has no row there."""
    return {kind.state_class: kind.writes.get(table) for kind in kinds}


def by_kind(states: Sequence[InstanceState], kinds: Sequence[Kind]) -> list[tuple[Kind, list[Any]]]:
    """Split the objects of states into runs of one kind; `kinds` are those that occur."""
    if not states:
        return []
    if len(kinds) == 1:
        return [(kinds[0], [state.require_object() for state in states])]
    runs: Iterable[tuple[Any, Iterable[InstanceState]]] = groupby(states, key=type)
    return [(kind_of(state_class), [state.require_object() for state in run]) for state_class, run in runs]
