"""The entities of a plan as the generated text counts them, and the small expressions about one entity."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

from ..query.plan import BundleLoad, EntityLoad, Item, JoinedLoad
from .storage import Storage, storage_for

Lines = list[str]


def indented(lines: Lines, levels: int = 1) -> Lines:
    """Return the lines moved to the right."""
    return ["    " * levels + line for line in lines]


class Part(NamedTuple):
    """An entity of the plan with its number in the generated text."""

    n: int
    load: EntityLoad
    storage: Storage
    joined: tuple[tuple[JoinedLoad, Part], ...]
    is_sole: bool = False
    """Whether the rows give this entity and nothing else."""

    @property
    def lists(self) -> list[tuple[JoinedLoad, Part]]:
        """The collections among what is joined."""
        return [(joined, part) for joined, part in self.joined if joined.is_list]

    @property
    def references(self) -> list[tuple[JoinedLoad, Part]]:
        """The single objects among what is joined."""
        return [(joined, part) for joined, part in self.joined if not joined.is_list]

    @property
    def is_remembered(self) -> bool:
        """Whether the text keeps what it met of this entity: rows repeat it, or somebody asks afterwards."""
        return bool(self.lists or (self.load.follow and not self.is_sole))

    @property
    def manager(self) -> Any:
        """The class manager of the entity."""
        return self.load.mapper.class_manager

    @property
    def is_polymorphic(self) -> bool:
        """Whether a column of the row tells the class."""
        return self.load.discriminator is not None

    @property
    def key(self) -> str:
        """The expression of the row's primary key: raw where it is one column, else a tuple."""
        variables = [f"c{position}" for position in self.load.pk]
        return variables[0] if len(variables) == 1 else f"({', '.join(variables)})"

    @property
    def is_mixed(self) -> bool:
        """Whether the rows are of classes whose keys are told apart: the tables of a concrete hierarchy."""
        own = self.manager.identity_class
        return any(load.mapper.class_manager.identity_class is not own for load in self.load.subclasses.values())

    @property
    def subclass(self) -> str:
        """The expression of what reads rows of the row's class."""
        return f"subclasses{self.n}[c{self.load.discriminator}]"

    @property
    def identity(self) -> str:
        """The expression that tells the row's object from all others of the result."""
        return f"({self.subclass}.identity_class, {self.key})" if self.is_mixed else self.key

    @property
    def is_null(self) -> str:
        """The expression that tells a row without this entity."""
        word = " and " if self.load.mapper.allow_partial_pks else " or "
        return word.join(f"c{position} is None" for position in self.load.pk)

    def names(self) -> dict[str, Any]:
        """Return what the text about this entity refers to."""
        n, load = self.n, self.load
        manager = self.manager
        own = {
            "cls": load.mapper.class_,
            "identity_class": manager.identity_class,
            "manager": manager,
            "children": load.mapper.children,
            "State": manager.state_class,
            "allocated": self.storage.allocated,
            "new": self.storage.new,
            "keys": frozenset(key for _, key in load.columns),
            "branch": load.branch,
        }
        named = {f"{name}{n}": value for name, value in own.items()}
        for item, below in self.joined:
            holder = manager if item.owner is None else item.owner.class_manager
            named[f"attribute{below.n}"] = holder.attributes[item.key]
            named[f"owner{below.n}"] = holder.class_
        return named

    def walk(self) -> Iterator[Part]:
        """Yield this part and those below."""
        yield self
        for _, part in self.joined:
            yield from part.walk()


def in_order_of_follow_ups(part: Part) -> Iterator[Part]:
    """Yield a part and those below as what they still need is fetched: single objects first, collections last."""
    for _, below in part.references:
        yield from in_order_of_follow_ups(below)
    yield part
    for _, below in part.lists:
        yield from in_order_of_follow_ups(below)


def parts_of(items: tuple[Item, ...]) -> dict[int, Part]:
    """Return the parts of the entities that rows give, by the identity of the plan's item."""
    numbers = count()
    is_sole = len(items) == 1
    return {id(load): _part(load, numbers, is_sole) for load in _entities(items)}


def single_part(load: EntityLoad) -> Part:
    """Return the part of an entity that stands alone, without what is joined to it."""
    return Part(0, load, storage_for(load.mapper.class_, [key for _, key in load.columns]), ())


def _entities(items: tuple[Item, ...]) -> Iterator[EntityLoad]:
    for item in items:
        if isinstance(item, BundleLoad):
            yield from _entities(item.items)
        elif isinstance(item, EntityLoad):
            yield item


def _part(load: EntityLoad, numbers: Iterator[int], is_sole: bool = False) -> Part:
    n = next(numbers)
    keys = [key for _, key in load.columns] + [joined.key for joined in load.joined if joined.owner is None]
    joined = tuple([(item, _part(item.entity, numbers)) for item in load.joined])
    return Part(n, load, storage_for(load.mapper.class_, keys), joined, is_sole and not joined)
