"""Loader options in the form in which plans and instances keep them: a tree along relationship attributes.

A `Branch` says for one entity what was chosen per attribute, and holds the branches of related entities. Branches never
change once built. Nothing here knows statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from ...util.record import draft
from ..mapping.pickling import from_bytes, to_bytes

WILDCARD = "*"
OTHERS = "other:"
"""Before the keys of columns that `load_only()` leaves out, unless another option names them."""


class Strategy(Enum):
    """How a relationship is loaded."""

    DEFAULT = "as the mapping says"
    LAZY = "select"
    PEERS = "peers"
    JOINED = "joined"
    SELECTIN = "selectin"
    SUBQUERY = "subquery"
    IMMEDIATE = "immediate"
    RAISE = "raise"
    RAISE_ON_SQL = "raise_on_sql"
    NOLOAD = "noload"
    STREAMED = "streamed"
    CONTAINS = "contains_eager"
    SUBCLASSES = "selectin_polymorphic"

    __hash__ = object.__hash__


class ColumnChoice(Enum):
    """Whether a column is loaded with its object."""

    LOAD = "undefer"
    DEFER = "defer"
    RAISE = "defer(raiseload=True)"
    PEERS = "peerload"

    __hash__ = object.__hash__


@dataclass(frozen=True)
class Choice:
    """How one relationship is loaded."""

    strategy: Strategy
    innerjoin: bool | str | None = None
    """For joined loading: None takes what the mapping says."""
    depth: int | None = None
    """For selectin and immediate loading of a self-referential relationship: how many levels; -1 for all."""
    chunk: int | None = None
    target: Any = None
    """The aliased class or subclass given by `of_type()`, or the alias that contains_eager() names."""
    criteria: tuple[Any, ...] = ()
    """What `and_()` adds to the ON clause."""

    @property
    def lazy_criteria(self) -> tuple[Any, ...]:
        """The criteria that hold for a later load too: those of a lazy relationship, and of one that was joined."""
        return self.criteria if self.strategy in (Strategy.LAZY, Strategy.PEERS, Strategy.JOINED) else ()


@dataclass(frozen=True, eq=False)
class Branch:
    """The options that apply to one entity."""

    choices: Mapping[str, Choice] = field(default_factory=dict[str, Choice])
    """Relationship key, or `*`."""
    columns: Mapping[str, ColumnChoice] = field(default_factory=dict[str, ColumnChoice])
    """Column key, `*` or `group:<name>`."""
    below: Mapping[str, Branch] = field(default_factory=lambda: NO_BRANCHES)
    """Relationship key -> options of the related entity."""
    everywhere: Choice | None = None
    """The choice of an unbound wildcard, which holds for entities below too."""
    subclasses: tuple[Any, ...] = ()
    """The mappers of subclasses whose columns are fetched after the rows of the base class."""
    criteria: tuple[Any, ...] = ()
    """The options of with_loader_criteria(), which hold for entities below too."""
    expressions: Mapping[str, Any] = field(default_factory=lambda: NO_EXPRESSIONS)
    """Column key -> the expression that with_expression() gives it."""
    memo: dict[Any, Any] = field(default_factory=dict[Any, Any], repr=False)
    """Plans that later loads under these options keep."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave out what other loads keep, and what only the statement had that made the choice: its aliases."""
        choices = {
            key: replace(choice, target=None) if choice.strategy is Strategy.CONTAINS else choice
            for key, choice in self.choices.items()
        }
        return branch_from, (
            to_bytes(
                (
                    choices,
                    dict(self.columns),
                    dict(self.below),
                    self.everywhere,
                    self.subclasses,
                    self.criteria,
                    dict(self.expressions),
                )
            ),
        )

    def __bool__(self) -> bool:
        return bool(
            self.choices
            or self.columns
            or self.below
            or self.everywhere
            or self.subclasses
            or self.criteria
            or self.expressions
        )

    def choice(self, key: str) -> Choice | None:
        """Return what was chosen for a relationship: by name, else by wildcard."""
        return self.choices.get(key) or self.choices.get(WILDCARD) or self.everywhere

    def column(self, key: str, group: str | None) -> ColumnChoice | None:
        """Return what was chosen for a column: by name, by group, by `load_only()`, else by wildcard."""
        columns = self.columns
        if not columns:
            return None
        found = columns.get(key) or (columns.get(f"group:{group}") if group else None)
        return found or columns.get(f"{OTHERS}{key}") or columns.get(WILDCARD)

    def under(self, key: str) -> Branch:
        """Return the options of the entity behind a relationship."""
        found = self.below.get(key, EMPTY)
        if (self.everywhere is None or found.everywhere is not None) and not self.criteria:
            return found
        cached: Branch | None = self.memo.get(("under", key))
        if cached is None:
            cached = self.memo["under", key] = replace(
                found, everywhere=found.everywhere or self.everywhere, criteria=self.criteria, memo={}
            )
        return cached


def branch_from(data: bytes) -> Branch:
    """Return a branch that was pickled."""
    return Branch(*from_bytes(data))


NO_BRANCHES: Mapping[str, Branch] = {}
NO_EXPRESSIONS: Mapping[str, Any] = {}

EMPTY = Branch()
"""No options."""


@draft
class BranchBuilder:
    """A branch while options are applied to it, in order."""

    choices: dict[str, Choice] = field(default_factory=dict[str, Choice])
    columns: dict[str, ColumnChoice] = field(default_factory=dict[str, ColumnChoice])
    below: dict[str, BranchBuilder] = field(default_factory=dict)  # pyright: ignore[reportUnknownVariableType] - names its own class
    everywhere: Choice | None = None
    subclasses: tuple[Any, ...] = ()
    expressions: dict[str, Any] = field(default_factory=dict[str, Any])
    decided: dict[Any, tuple[Any, Any]] = field(default_factory=dict[Any, tuple[Any, Any]])
    """Attribute -> the step that decided about it, and its decision."""

    def under(self, key: str) -> BranchBuilder:
        """Return the builder for the entity behind a relationship."""
        return self.below.setdefault(key, BranchBuilder())

    def build(self) -> Branch:
        """Return the finished branch; the one empty branch where nothing was chosen."""
        below = {key: branch for key, builder in self.below.items() if (branch := builder.build())}
        made = Branch(self.choices, self.columns, below, self.everywhere, self.subclasses, expressions=self.expressions)
        return made if made else EMPTY
