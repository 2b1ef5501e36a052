"""A relationship between two mapped classes: what the program said, and what configuration made of it.

In: the arguments of `relationship()`, some of them still text or callables. Out (after `wiring.wire`): target mapper,
direction, join conditions and column pairs. Data only; loading and flushing read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple

from ...exc import ArgumentError, SAWarning
from ...util import memoized
from ...util.notices import warn
from ..instance.errors import LoaderStrategyException
from ..instance.symbols import STATE
from ..instance.wire import Wire
from .cascade import ON_VIEW, CascadeOptions
from .direction import MANYTOMANY, MANYTOONE, ONETOMANY, RelationshipDirection
from .entity import EntityNode
from .properties import MapperProperty, T
from .related import RelationshipComparator

if TYPE_CHECKING:  # for type checkers, what declares an attribute is assigned to one that is annotated as `Mapped`
    from .annotated import Mapped as Declared
else:
    Declared = Generic

LAZY_NAMES: dict[Any, str] = {
    "select": "select",
    True: "select",
    "peers": "peers",
    "joined": "joined",
    False: "joined",
    "selectin": "selectin",
    "subquery": "subquery",
    "immediate": "immediate",
    "noload": "noload",
    None: "noload",
    "raise": "raise",
    "raise_on_sql": "raise_on_sql",
    "dynamic": "dynamic",
    "write_only": "write_only",
}
STREAMED = frozenset({"dynamic", "write_only"})
"""Loader strategies of collections that are never in memory as a whole."""

ON_WRITES = {"passive_deletes": False, "passive_updates": True, "enable_typechecks": True, "active_history": False}
"""Arguments that say something of writing only, and their defaults."""


class RelationshipProperty(MapperProperty[T], Declared[T]):
    """One relationship of one mapper."""

    is_relationship: ClassVar[bool] = True
    strategy_wildcard_key: ClassVar[str] = "relationship"
    Comparator: ClassVar[type[RelationshipComparator]] = RelationshipComparator
    default_comparator: ClassVar[Any] = RelationshipComparator

    def __init__(
        self,
        argument: Any = None,
        secondary: Any = None,
        *,
        uselist: bool | None = None,
        collection_class: Any = None,
        primaryjoin: Any = None,
        secondaryjoin: Any = None,
        back_populates: Any = None,
        order_by: Any = False,
        backref: Any = None,
        overlaps: str | None = None,
        post_update: bool = False,
        cascade: str | None = "save-update, merge",
        viewonly: bool = False,
        lazy: Any = "select",
        passive_deletes: bool | str = False,
        passive_updates: bool = True,
        active_history: bool = False,
        enable_typechecks: bool = True,
        foreign_keys: Any = None,
        remote_side: Any = None,
        join_depth: int | None = None,
        cascade_backrefs: Any = False,
        bake_queries: bool = True,
        comparator_factory: Any = None,
        single_parent: bool = False,
        innerjoin: bool | str = False,
        distinct_target_key: bool | None = None,
        load_on_pending: bool = False,
        sync_backref: bool | None = None,
        omit_join: bool | None = None,
        info: dict[str, Any] | None = None,
        doc: str | None = None,
    ) -> None:
        super().__init__(info, doc)
        self.argument = argument
        self.secondary = secondary
        self.uselist: bool | None = uselist
        self.collection_class = collection_class
        self.primaryjoin = primaryjoin
        self.secondaryjoin = secondaryjoin
        self.back_populates = back_populates
        self.order_by = order_by
        self.backref = backref
        self.overlaps = frozenset(name.strip() for name in (overlaps or "").split(",") if name.strip())
        self.post_update = post_update
        self.viewonly = viewonly
        self.lazy = _lazy_name(lazy)
        self.passive_deletes = passive_deletes
        self.passive_updates = passive_updates
        self.active_history = active_history
        self.enable_typechecks = enable_typechecks
        self.foreign_keys = foreign_keys
        self.remote_side = remote_side
        self.join_depth = join_depth
        self.comparator_factory = comparator_factory
        self.single_parent = single_parent
        self.innerjoin = innerjoin
        self.distinct_target_key = distinct_target_key
        self.load_on_pending = load_on_pending
        self.sync_backref = sync_backref
        self.omit_join = omit_join
        self.bake_queries = bake_queries
        self.cascade = self._cascades(cascade)
        self._check_arguments(cascade_backrefs)
        self.is_wired = False
        # what wiring fills in
        self.target_mapper: Any = None
        self.target_entity: Any = None
        """The aliased class that the relationship leads to, where it is one."""
        self.is_argument_annotated: bool = False
        self.direction: RelationshipDirection = ONETOMANY
        self.local_remote_pairs: list[tuple[Any, Any]] = []
        """(column of this class's table, column of the other side's table or of the secondary table)."""
        self.synchronize_pairs: list[tuple[Any, Any]] = []
        """(referenced column, referring column): which value is copied where at flush."""
        self.secondary_synchronize_pairs: list[tuple[Any, Any]] = []
        """The same between the target's table and the secondary table."""
        self.marked_primaryjoin: Any = None
        """`primaryjoin` in which each column occurrence of the other side carries the annotation "remote"."""
        self.marked_secondaryjoin: Any = None
        self.local_columns: set[Any] = set()
        self.remote_columns: set[Any] = set()
        self.reverse_properties: list[RelationshipProperty] = []
        """The relationships on the other side that are kept in step with this one."""
        self.wire: Wire = Wire("")

    def _cascades(self, given: str | None) -> CascadeOptions:
        if not self.viewonly:
            return CascadeOptions(given)
        return CascadeOptions(sorted(set(CascadeOptions(given)) & ON_VIEW))

    def _check_arguments(self, cascade_backrefs: Any) -> None:
        if cascade_backrefs:
            raise ArgumentError("The 'cascade_backrefs' parameter passed to relationship() may only be set to False.")
        if self.omit_join:
            warn(
                "setting omit_join to True is not supported; selectin loading of this relationship may not work "
                "correctly if this flag is set explicitly.  omit_join optimization is automatically detected for "
                "conditions under which it is supported.",
                SAWarning,
            )
        for name, usual in ON_WRITES.items() if self.viewonly else ():
            if getattr(self, name) != usual:
                warn(
                    f"Setting {name} on relationship() while also setting viewonly=True does not make sense, as a "
                    "viewonly=True relationship does not perform persistence operations. This configuration may raise "
                    "an error in a future release.",
                    SAWarning,
                )
        if self.viewonly and self.sync_backref:
            raise ArgumentError("sync_backref and viewonly cannot both be True")
        if self.back_populates and self.backref:
            raise ArgumentError("backref and back_populates keyword arguments are mutually exclusive")

    query_class: Any = None
    """The class of the queries of a dynamic relationship."""

    @property
    def is_streamed(self) -> bool:
        """Whether its collections are never in memory as a whole."""
        return self.lazy in STREAMED

    # --- after wiring

    @property
    def mapper(self) -> Any:
        """The mapper that the relationship leads to."""
        if self.target_mapper is None and self.parent is not None:
            self.parent.registry.resolve_target(self)
        return self.target_mapper

    @property
    def entity(self) -> Any:
        """The mapper or aliased class that the relationship leads to."""
        mapper = self.mapper
        return mapper if self.target_entity is None else self.target_entity

    @memoized
    def target(self) -> Any:
        """The FROM element of the other side."""
        return self.entity.persist_selectable

    @property
    def back_reference(self) -> RelationshipProperty | None:
        """The relationship on the other side that is kept in step, if there is one."""
        return self.reverse_properties[0] if self.reverse_properties else None

    @memoized
    def is_self_referential(self) -> bool:
        """Whether the other side is of the same hierarchy."""
        return bool(self.mapper.common_parent(self.parent))

    @memoized
    def use_get(self) -> bool:
        """Whether the other side is found by its primary key alone, so that the identity map can answer."""
        if self.direction is not MANYTOONE or self.secondary is not None or not self.is_plain_join:
            return False
        if self.target_entity is not None:
            return False
        return {self.key_behind(remote) for _, remote in self.local_remote_pairs} == set(self.mapper.pk_keys)

    def key_behind(self, column: Any) -> str | None:
        """Return the attribute of the other side that holds a column; None where none does."""
        prop = self.mapper.column_properties.get(column)
        return None if prop is None else str(prop.key)

    @memoized
    def keys_by_target(self) -> dict[str | None, str]:
        """The attribute of the other side that is referred to -> the one of this side that refers to it."""
        return {self.key_behind(remote): self.parent.key_of(local) for local, remote in self.local_remote_pairs}

    is_plain_join: bool = True
    """Whether the join condition is nothing but equality of the column pairs."""

    @memoized
    def target_node(self) -> EntityNode:
        """The other side as part of a statement."""
        node: EntityNode = self.mapper.node
        return node

    def members_in(self, state: Any, *, loads: bool = False) -> Iterator[Any]:
        """Yield the related instances that are in memory; those that are not are loaded where `loads` is set."""
        if self.is_streamed:
            attribute = state.manager.attributes[self.key]
            yield from attribute.members(state) if loads and attribute.loads_all else attribute.held(state, None)
            return
        obj = state()
        value = getattr(obj, self.key) if loads else obj.__dict__.get(self.key)
        if value is None:
            return
        members = value._items() if self.uselist else (value,)
        for item in list(members):
            if item is not None and STATE in item.__dict__:
                yield item

    def copied(self) -> RelationshipProperty:
        new: RelationshipProperty = super().copied()
        new.is_wired = False
        new.target_mapper = new.target_entity = None
        new.reverse_properties = []
        for name in ("target", "is_self_referential", "use_get", "target_node", "keys_by_target"):
            new.__dict__.pop(name, None)
        return new


Relationship = RelationshipProperty


def _lazy_name(given: Any) -> str:
    try:
        return LAZY_NAMES[given]
    except (KeyError, TypeError):
        raise LoaderStrategyException(None, "this relationship", None, None, (("lazy", given),)) from None


class Backref(NamedTuple):
    """What `backref()` holds until configuration makes the other side of it."""

    name: str
    kwargs: dict[str, Any]

    def __repr__(self) -> str:
        return repr(tuple(self))


__all__ = [
    "MANYTOMANY",
    "MANYTOONE",
    "ONETOMANY",
    "Backref",
    "Relationship",
    "RelationshipDirection",
    "RelationshipProperty",
]
