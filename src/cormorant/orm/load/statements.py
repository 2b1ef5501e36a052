"""The statements that loading keeps: by key, for expired columns, for a relationship's parent, for many parents.

In: a mapper or relationship, and the options that apply. Out: `Kept` statements with places for values. Nothing is
executed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any, NamedTuple

from ...sql.bind import BindParameter
from ...sql.constructors import tuple_
from ...sql.joins import Join
from ...sql.logic import and_
from ...sql.naming import LABEL_STYLE_NONE
from ...sql.node import deannotate
from ...sql.select import Select
from ...util.record import draft
from ..mapping.aliased import aliased_mapper
from ..mapping.conditions import REMOTE, is_table_column
from ..mapping.direction import ONETOMANY
from ..query.adapt import adapt, to_alias
from ..query.branch import EMPTY, Branch
from ..query.conditions import primary_condition, secondary_condition
from ..query.criteria import Criteria
from ..query.entities import entity_behind, find_in
from ..query.options import LoadFrom
from .kept import Kept
from .request import COLUMNS, OBJECTS, LoadPurpose, related_to

Path = tuple[Any, ...]


def place(column: Any, stem: str = "param") -> BindParameter[Any]:
    """Return a bind for a value to be compared with a column."""
    return BindParameter(stem, None, type_=column.type, unique=True)


def places(columns: Sequence[Any], stem: str = "pk") -> list[BindParameter[Any]]:
    """Return a bind per column."""
    return [place(column, stem) for column in columns]


def key_criteria(mapper: Any, binds: Sequence[Any]) -> tuple[Any, ...]:
    """Return the criteria of the primary key."""
    find = find_in(mapper)
    return tuple([adapt(column, find) == bind for column, bind in zip(mapper.primary_key, binds, strict=True)])


def by_key(mapper: Any) -> Kept:
    """Return the SELECT of one object by its primary key."""
    binds = places(mapper.primary_key)
    return Kept(Select(mapper.node).where(*key_criteria(mapper, binds)), binds, is_by_key=True)


def by_key_of(relationship: Any, branch: Branch) -> Kept:
    """Return the SELECT for lazy loading by the other side's key, which does not tell columns of one name apart."""
    mapper = relationship.mapper
    binds = places(mapper.primary_key)
    select = Select(mapper.node).where(*key_criteria(mapper, binds)).set_label_style(LABEL_STYLE_NONE)
    return Kept(select.options(LoadFrom(branch)), binds, is_by_key=True, purpose=related_to(relationship))


def keys_in(columns: Sequence[Any]) -> tuple[Any, Any]:
    """Return the criterion that a key is in a list, and the bind that takes the list."""
    left = columns[0] if len(columns) == 1 else tuple_(*columns)
    criterion = left.in_(BindParameter("primary_keys", []))
    return criterion, criterion.right


def by_keys(entity: Any, branch: Branch = EMPTY, path: Path = (), purpose: LoadPurpose = OBJECTS) -> Kept:
    """Return the SELECT of many objects of a mapper or aliased class by their primary keys."""
    find = find_in(entity)
    criterion, bind = keys_in([adapt(column, find) for column in entity.mapper.primary_key])
    select = Select(entity.node).where(criterion).set_label_style(LABEL_STYLE_NONE)
    return Kept(select.options(LoadFrom(branch, path)), [bind], purpose=purpose)


@draft
class KeptColumns:
    """The SELECT of some columns of one object."""

    kept: Kept
    places: tuple[tuple[int, str], ...]
    """Position in the row and attribute key."""
    memo: dict[str, Any] = field(default_factory=dict[str, Any])


def some_columns(mapper: Any, keys: frozenset[str], for_update: Any = None) -> KeptColumns:
    """Return the SELECT of the named columns of one object by its key."""
    columns: list[Any] = []
    places_of: list[tuple[int, str]] = []
    for prop in mapper.column_attrs:
        if prop.key in keys:
            places_of.append((len(columns), prop.key))
            columns += [mapper.column_expression(prop), *prop.columns[1:]]
    binds = places(mapper.primary_key)
    select = Select(*columns).where(*key_criteria(mapper, binds))
    if len(mapper.tables) > 1:
        select = select.select_from(mapper.persist_selectable)
    if for_update is not None:
        select = select._copy(for_update=for_update)
    return KeptColumns(Kept(select, binds, is_by_key=True, purpose=COLUMNS), tuple(places_of))


# --- relationships


class KeptRelated(NamedTuple):
    """The SELECT of what a relationship of one object leads to."""

    kept: Kept
    local_keys: tuple[str, ...]
    """The parent's attributes whose values are given, in the order of the binds."""


def related(relationship: Any, branch: Branch = EMPTY, criteria: tuple[Any, ...] = (), path: Path = ()) -> KeptRelated:
    """Return the SELECT for lazy loading: the join condition with values in place of the parent's columns."""
    columns: list[Any] = []
    binds: list[Any] = []

    def bound(column: Any) -> Any:
        plain = deannotate(column)
        if plain not in relationship.local_columns:
            return None
        bind = place(plain)
        columns.append(plain)
        binds.append(bind)
        return bind

    entity = relationship.entity
    find = find_in(entity)
    if relationship.secondary is None:
        conditions = [primary_condition(relationship, bound, find)]
    else:
        conditions = [primary_condition(relationship, bound), secondary_condition(relationship, target=find)]
    criteria = tuple([adapt(one, find) for one in criteria])
    select = Select(entity.node).where(and_(*conditions, *criteria)).set_label_style(LABEL_STYLE_NONE)
    if relationship.order_by:
        select = select.order_by(*[adapt(one, find) for one in relationship.order_by])
    if isinstance(relationship.secondary, Join):
        select = select.select_from(relationship.secondary)
    select = select.options(LoadFrom(branch, path, is_lazy=True))
    keys = tuple([relationship.parent.key_of(column) for column in columns])
    return KeptRelated(Kept(select, binds, purpose=related_to(relationship)), keys)


class KeptMany(NamedTuple):
    """The SELECT of what a relationship of many objects leads to: rows start with the key of the parent."""

    kept: Kept
    width: int
    """How many columns the parent's key takes; 0 where the related object's own key is it."""
    parent_keys: tuple[str, ...]
    """The parent's attributes that hold its key; empty for its primary key."""


def for_parents(
    relationship: Any, branch: Branch = EMPTY, criteria: tuple[Any, ...] = (), path: Path = (), target: Any = None
) -> KeptMany:
    """Return the SELECT for selectin loading, without the parent's table where the other side holds its key.

    `target` is what `of_type()` names.
    """
    wanted = Wanted(relationship, entity_behind(relationship, target), branch, criteria, path)
    is_through_table = relationship.secondary is not None and _is_table(relationship.secondary)
    if is_through_table and relationship.is_plain_join and not relationship.is_self_referential:
        return _through_secondary(wanted)
    if relationship.use_get and not criteria:
        local = tuple([relationship.keys_by_target[key] for key in relationship.mapper.pk_keys])
        return KeptMany(by_keys(wanted.entity, branch, path, related_to(relationship)), 0, local)
    if relationship.is_plain_join and _starts_at_key(relationship):
        return _from_children(wanted)
    return _with_parent(wanted)


def _is_table(element: Any) -> bool:
    return bool(getattr(element, "is_table", False))


class Wanted(NamedTuple):
    """What selectin loading fetches for many parents."""

    relationship: Any
    entity: Any
    """The mapper or aliased class of the related objects."""
    branch: Branch
    criteria: tuple[Any, ...]
    path: Path


def _starts_at_key(relationship: Any) -> bool:
    """Tell whether the other side holds the parent's primary key."""
    if relationship.direction is not ONETOMANY:
        return False
    parent = relationship.parent
    return {parent.key_of(column) for column, _ in relationship.local_remote_pairs} == set(parent.pk_keys)


def _from_children(wanted: Wanted) -> KeptMany:
    remote = dict(wanted.relationship.local_remote_pairs)
    local, find = list(remote), find_in(wanted.entity)
    columns = [adapt(remote[column], find) for column in local]
    select = Select(*columns, wanted.entity.node)
    return _finished(wanted, select, columns, local, criteria=_adapted_criteria(wanted))


def _adapted_criteria(wanted: Wanted) -> tuple[Any, ...]:
    """Return what `and_()` asks of the related objects: in the ON clause, or in WHERE where nothing is joined."""
    find = find_in(wanted.entity)
    return tuple([adapt(one, find) for one in wanted.criteria])


def _through_secondary(wanted: Wanted) -> KeptMany:
    relationship, entity = wanted.relationship, wanted.entity
    pairs = [
        (local, column) for local, column in relationship.local_remote_pairs if local in relationship.local_columns
    ]
    pairs = [(local, column) for local, column in pairs if local.table is not relationship.secondary]
    mine = [(local, column) for local, column in pairs if column in _primary_remote(relationship)]
    columns = [column for _, column in mine]
    limits = Criteria(wanted.branch.criteria).of(entity) + _adapted_criteria(wanted)
    second = secondary_condition(relationship, target=find_in(entity), criteria=limits)
    select = Select(*columns, entity.node).select_from(Join(relationship.secondary, entity.selectable, second))
    return _finished(wanted, select, columns, [local for local, _ in mine], is_joined=True)


def _primary_remote(relationship: Any) -> set[Any]:
    """Return the columns of the secondary table that refer to the parent."""
    found: set[Any] = set()

    def note(column: Any) -> Any:
        if is_table_column(column) and REMOTE in column._annotations:
            found.add(deannotate(column))
        return None

    adapt(relationship.marked_primaryjoin, note)
    return found


def _with_parent(wanted: Wanted) -> KeptMany:
    """Return the general form: an alias of the parent's table joined to the target."""
    relationship, entity = wanted.relationship, wanted.entity
    parent, to_target = relationship.parent, find_in(entity)
    alias = aliased_mapper(parent, flat=True)
    find = find_in(alias)
    columns = [find(column) for column in parent.primary_key]
    if relationship.secondary is None:
        condition = and_(primary_condition(relationship, find, to_target), *_adapted_criteria(wanted))
        join = Join(alias.selectable, entity.selectable, condition)
    else:
        secondary = relationship.secondary.alias(flat=True)
        to_secondary = to_alias(relationship.secondary, secondary)
        first = Join(alias.selectable, secondary, primary_condition(relationship, find, to_secondary))
        second = secondary_condition(relationship, to_secondary, to_target, criteria=_adapted_criteria(wanted))
        join = Join(first, entity.selectable, second)
    return _finished(wanted, Select(*columns, entity.node).select_from(join), columns, list(parent.primary_key))


def _finished(
    wanted: Wanted,
    select: Any,
    columns: list[Any],
    local: list[Any],
    *,
    criteria: tuple[Any, ...] = (),
    is_joined: bool = False,
) -> KeptMany:
    relationship, find = wanted.relationship, find_in(wanted.entity)
    criterion, bind = keys_in(columns)
    select = select.where(criterion, *criteria).set_label_style(LABEL_STYLE_NONE)
    if relationship.order_by:
        select = select.order_by(*[adapt(one, find) for one in relationship.order_by])
    select = select.options(LoadFrom(wanted.branch, wanted.path, shares_columns=True, is_joined=is_joined))
    parent = relationship.parent
    keys = tuple([parent.key_of(column) for column in local])
    return KeptMany(
        Kept(select, [bind], purpose=related_to(relationship)), len(columns), () if keys == parent.pk_keys else keys
    )
