"""What a changed relationship means for rows: keys to copy, keys to clear, link rows to write.

In: the history of a relationship's attribute. Out: `Link`s (a foreign key follows a referenced key, or is cleared) and
`LinkRow`s (a row of a secondary table appears or goes). Nothing is copied here before the flush reaches the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ...exc import SAWarning
from ...util.notices import warn
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """How a relationship moves keys: pairs of attribute keys (referenced side, referring side), made once."""

    relationship: Any
    pairs: tuple[tuple[str, str], ...]
    referring_pk: frozenset[str]
    """The referring attributes that are part of their table's primary key."""
    post_update: bool

    @property
    def name(self) -> str:
        """The relationship as `User.posts`."""
        return f"{self.relationship.parent.class_.__name__}.{self.relationship.key}"


@dataclass(slots=True, eq=False)
class Link:
    """A foreign key of `child` that takes the referenced key of `parent`, or NULL where there is no parent."""

    wiring: Wiring
    parent: InstanceState | None
    child: InstanceState

    def apply(self) -> None:
        """Copy the key into the child's attributes; the change is noticed like any other."""
        child, wiring = self.child, self.wiring
        child_obj = child.require_object()
        values = child_obj.__dict__
        parent_values: dict[str, Any] = {} if self.parent is None else self.parent.require_object().__dict__
        for source, target in wiring.pairs:
            value = parent_values[source] if source in parent_values else self._referenced(parent_values, source)
            if value is None and target in wiring.referring_pk:
                self._refuse_null_key(target)
            original = values.get(target, NO_VALUE)
            if original is NO_VALUE or original != value:
                child.note_change(child_obj, target, original)
                values[target] = value

    def changed_keys(self) -> Iterator[str]:
        """Yield the child's attributes that applying would change; those that cannot be known yet count as changed."""
        values, parent_values = self.child.dict, {} if self.parent is None else self.parent.dict
        for source, target in self.wiring.pairs:
            value = None if self.parent is None else parent_values.get(source, NO_VALUE)
            if value is NO_VALUE or values.get(target, NO_VALUE) != value:
                yield target

    def follow(self) -> None:
        """Copy the key as what the database holds already."""
        values, parent = self.child.dict, self.parent
        if parent is not None:
            for source, target in self.wiring.pairs:
                if target in values and target not in self.child.committed:
                    values[target] = self._referenced(parent.dict, source)

    def apply_outside(self) -> None:
        """Copy or clear the key of an object that this session has no row of: in memory, as a change of it.

        A primary key is not cleared, and nothing happens to an object that is gone by now.
        """
        child_obj, parent_values = self.child(), {} if self.parent is None else self.parent.dict
        for source, target in self.wiring.pairs if child_obj is not None else ():
            value = self._referenced(parent_values, source)
            original = self.child.dict.get(target, NO_VALUE)
            if original != value and (value is not None or target not in self.wiring.referring_pk):
                self.child.note_change(child_obj, target, original)
                self.child.dict[target] = value

    def _referenced(self, values: dict[str, Any], key: str) -> Any:
        if key not in values:
            return getattr(self.parent.require_object(), key) if self.parent is not None else None
        return values[key]

    def refuse_null_keys(self) -> None:
        """Raise AssertionError where clearing would empty a primary key."""
        for _, target in self.wiring.pairs:
            if target in self.wiring.referring_pk:
                self._refuse_null_key(target)

    def _refuse_null_key(self, target: str) -> None:
        if self.child.pk is None and self.parent is None:
            return
        pairs = zip(self.wiring.pairs, self.wiring.relationship.synchronize_pairs, strict=False)
        source, column = next((columns for keys, columns in pairs if keys[1] == target), (target, target))
        raise AssertionError(
            f"Dependency rule on column '{source}' tried to blank-out primary key column '{column}' on instance "
            f"'{self.child.name}'; delete the object, or give its relationship {self.wiring.name} a delete cascade"
        )


def warn_outside(relationship: Any, child: InstanceState, operation: str) -> None:
    """Warn that nothing is written for an object because it is not in the session."""
    refusal = "will not" if relationship.direction.name == "ONETOMANY" else "won't"
    warn(
        f"Object of type <{child.class_.__name__}> not in session, {operation} operation along "
        f"'{relationship.parent.class_.__name__}.{relationship.key}' {refusal} proceed",
        SAWarning,
    )


@dataclass(frozen=True, slots=True, eq=False)
class SecondaryWiring:
    """How a many-to-many relationship fills its secondary table: (attribute key, column) per side."""

    relationship: Any
    table: Any
    parent_pairs: tuple[tuple[str, Any], ...]
    child_pairs: tuple[tuple[str, Any], ...]


def of_all(_state: InstanceState) -> bool:
    """Say yes to every instance."""
    return True


@dataclass(slots=True, eq=False)
class LinkRow:
    """A row of a secondary table that joins two instances."""

    wiring: SecondaryWiring
    parent: InstanceState
    child: InstanceState

    def values(self) -> dict[str, Any]:
        """Return the row by column key; both instances have their keys by now."""
        row: dict[str, Any] = {}
        for state, pairs in ((self.parent, self.wiring.parent_pairs), (self.child, self.wiring.child_pairs)):
            obj = state.require_object()
            for key, column in pairs:
                row[column.key] = getattr(obj, key)
        return row

    def former_values(self, is_former: Callable[[InstanceState], bool] = of_all) -> dict[str, Any]:
        """Return the row as it was before the keys of those instances were changed of which the function says so."""
        row = self.values()
        for state, pairs in ((self.parent, self.wiring.parent_pairs), (self.child, self.wiring.child_pairs)):
            for key, column in pairs:
                if (original := state.committed.get(key, NO_VALUE)) is not NO_VALUE and is_former(state):
                    row[column.key] = original
        return row


@dataclass(slots=True, eq=False)
class LinkRows:
    """Rows of a secondary table that appear, go, and follow a changed key."""

    added: list[LinkRow] = field(default_factory=list[LinkRow])
    removed: list[LinkRow] = field(default_factory=list[LinkRow])
    moved: list[LinkRow] = field(default_factory=list[LinkRow])


def wiring_of(relationship: Any) -> Wiring:
    """Return how a one-to-many or many-to-one relationship moves keys."""
    plans = relationship.parent.plans
    found: Wiring | None = plans.get(("wiring", relationship.key))
    if found is None:
        found = plans["wiring", relationship.key] = _make_wiring(relationship)
    return found


def _make_wiring(relationship: Any) -> Wiring:
    is_many_to_one = relationship.direction.name == "MANYTOONE"
    parent, target = relationship.parent, relationship.mapper
    referenced, referring = (target, parent) if is_many_to_one else (parent, target)
    pairs = tuple(
        (referenced.key_of(source), referring.key_of(destination))
        for source, destination in relationship.synchronize_pairs
    )
    primary = frozenset(referring.key_of(column) for column in referring.primary_key)
    return Wiring(
        relationship, pairs, primary.intersection(target_key for _, target_key in pairs), relationship.post_update
    )


def secondary_wiring_of(relationship: Any) -> SecondaryWiring:
    """Return how a many-to-many relationship fills its secondary table."""
    plans = relationship.parent.plans
    found: SecondaryWiring | None = plans.get(("wiring", relationship.key))
    if found is None:
        parent, target = relationship.parent, relationship.mapper
        found = plans["wiring", relationship.key] = SecondaryWiring(
            relationship,
            relationship.secondary,
            tuple((parent.key_of(source), column) for source, column in relationship.synchronize_pairs),
            tuple((target.key_of(source), column) for source, column in relationship.secondary_synchronize_pairs),
        )
    return found
