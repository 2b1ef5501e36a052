"""What a result set means to the ORM: which columns fill which attributes of which object, and what to fetch next.

In: nothing but values; the lowering builds them. Out: frozen plans, read by the loader generator and by `explain()`.
A plan hangs on the compiled statement, so it is built once per statement shape and dialect. Positions count the
columns of a raw row. Nothing here knows SQL text, rows or sessions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, ClassVar, NamedTuple

from ...sql.node import Node
from ...util.record import record
from .branch import Branch, Choice, Strategy


@record
class JoinedLoad:
    """A related object or collection whose columns stand in the same row."""

    key: str
    relationship: Any
    entity: EntityLoad
    owner: Any = None
    """The subclass whose objects alone have the attribute, where it is not the class of the entity."""

    @property
    def is_list(self) -> bool:
        """Whether the attribute is a collection."""
        return bool(self.relationship.uselist)


class Trail(NamedTuple):
    """The way from an entity that a statement names to one that is loaded along with it."""

    root: Any
    """The mapper or aliased class that the statement names."""
    mappers: tuple[Any, ...] = ()
    """All mappers on the way, also of statements that led to this one."""
    route: tuple[Any, ...] = ()
    """The relationships followed within the statement."""
    is_lazy: bool = False
    """Whether the statement loads for an attribute that was read: it joins nothing that the way has met."""

    @property
    def steps(self) -> int:
        """How many of the mappers belong to the statement itself."""
        return len(self.mappers) if self.is_lazy else len(self.route) + 1

    def along(self, relationship: Any, mapper: Any) -> Trail:
        """Return the way one relationship further."""
        return Trail(self.root, (*self.mappers, mapper), (*self.route, relationship), self.is_lazy)


NO_TRAIL = Trail(None)


@record
class FollowUp:
    """An attribute that is fetched for all objects of the result at once, after its rows."""

    key: str
    relationship: Any
    strategy: Strategy
    branch: Branch
    """Options that apply below the attribute."""
    choice: Choice
    is_default: bool = False
    """Whether the mapping says so, and not an option."""
    trail: Trail = NO_TRAIL
    """The way to the attribute's owner."""
    owner: Any = None
    """The subclass whose objects alone have the attribute, where it is not the class of the entity."""
    memo: dict[Any, Any] = field(default_factory=dict[Any, Any], repr=False)
    """The statements that fetch it, kept by the strategy."""


@record
class EntityLoad:
    """How rows become objects of one mapper."""

    name: str | None
    """What rows call the object; None for an alias without a name."""
    mapper: Any
    pk: tuple[int, ...]
    columns: tuple[tuple[int, str], ...]
    """Position in the row and attribute key, in the order in which instances store them."""
    joined: tuple[JoinedLoad, ...] = ()
    follow: tuple[FollowUp, ...] = ()
    branch: Branch | None = None
    """Options that the objects remember for what they load later; None where there are none."""
    discriminator: int | None = None
    """Position of the column that tells the class of a row."""
    subclasses: Mapping[Any, EntityLoad] = field(default_factory=lambda: NO_SUBCLASSES)
    """Value of the discriminator -> how such a row is loaded."""
    lookup: tuple[Any, ...] = ()
    """What finds the object in a row besides its name: the class, the alias."""
    has_peers: bool = False
    """Whether its objects know each other, because something is loaded later for all of them at once."""

    def walk(self) -> Iterator[EntityLoad]:
        """Yield this entity and those joined to it, parents first."""
        yield self
        for joined in self.joined:
            yield from joined.entity.walk()

    @property
    def has_collections(self) -> bool:
        """Whether a collection stands in the same rows, so that an object can take several."""
        return any(joined.is_list or joined.entity.has_collections for joined in self.joined)


NO_SUBCLASSES: Mapping[Any, EntityLoad] = {}


@record
class ColumnLoad:
    """A value of the row, handed on as it is."""

    name: str | None
    """None for the name that the column has in the result."""
    position: int
    lookup: tuple[Any, ...] = ()
    """What finds the value in a row besides its name: column objects."""
    is_nameless: bool = False
    """Whether rows have no name for it."""


@record
class BundleLoad:
    """Several items of the row put together as one."""

    name: str
    bundle: Any
    items: tuple[Item, ...]
    lookup: tuple[Any, ...] = ()


Item = EntityLoad | ColumnLoad | BundleLoad


@record
class LoadPlan:
    """What each row of a statement gives."""

    is_complete: ClassVar[bool] = True
    """Whether it is known before the statement is run."""
    items: tuple[Item, ...]
    has_own_rows: bool = False
    """Whether rows come from the table of the only entity and nothing else, so that each has an object."""
    memo: dict[Any, Any] = field(default_factory=dict[Any, Any], repr=False)
    """Loaders generated for this plan: filled by the load package."""
    is_single: bool = field(init=False)
    """Whether each row gives exactly one item."""
    needs_unique: bool = field(init=False)
    """Whether joined collections repeat their parents, so that the result must be made unique."""

    def __post_init__(self) -> None:
        repeats = any(isinstance(item, EntityLoad) and item.has_collections for item in _flat(self.items))
        object.__setattr__(self, "is_single", len(self.items) == 1)
        object.__setattr__(self, "needs_unique", repeats)

    def entities(self) -> Iterator[EntityLoad]:
        """Yield all entities of the plan, joined ones behind their parents."""
        for item in _flat(self.items):
            if isinstance(item, EntityLoad):
                yield from item.walk()

    def elements(self) -> Iterator[Any]:
        """Yield what the statement calls each item."""
        for item in self.items:
            for one in item.lookup:
                if isinstance(one, Node):
                    yield one
                    break

    def __str__(self) -> str:
        return "\n".join(line for item in self.items for line in describe(item))


def _flat(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, BundleLoad):
            yield from _flat(item.items)
        else:
            yield item


def describe(item: Item, indent: str = "") -> Iterator[str]:
    """Yield the lines that tell a person what a plan does."""
    if isinstance(item, ColumnLoad):
        yield f"{indent}value {item.name!r} from column {item.position}"
    elif isinstance(item, BundleLoad):
        yield f"{indent}bundle {item.name!r}"
        for part in item.items:
            yield from describe(part, indent + "  ")
    else:
        yield from _describe_entity(item, indent)


def _describe_entity(entity: EntityLoad, indent: str) -> Iterator[str]:
    columns = ", ".join(f"{key}={position}" for position, key in entity.columns)
    yield f"{indent}{entity.mapper.class_.__name__} by columns {list(entity.pk)}: {columns}"
    for joined in entity.joined:
        yield f"{indent}  joined {joined.key}:"
        yield from _describe_entity(joined.entity, indent + "    ")
    for follow in entity.follow:
        yield f"{indent}  then {follow.strategy.value} {follow.key}"
