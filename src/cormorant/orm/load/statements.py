"""The statements that loading keeps: by key, for expired columns, for a relationship's parent, for many parents.

In: a mapper or relationship, and the options that apply. Out: `Kept` statements with places for values. Nothing is
executed here.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...sql.bind import BindParameter
from ...sql.constructors import tuple_
from ...sql.joins import Join
from ...sql.logic import and_
from ...sql.naming import LABEL_STYLE_NONE
from ...sql.node import deannotate
from ...sql.select import Select
from ..mapping.conditions import REMOTE, is_table_column
from ..mapping.direction import ONETOMANY
from ..query.adapt import adapt, to_alias
from ..query.branch import EMPTY, Branch
from ..query.conditions import primary_condition, secondary_condition
from ..query.options import LoadFrom
from .kept import Kept

Path = tuple[Any, ...]


def place(column: Any, stem: str = "param") -> BindParameter[Any]:
    """Return a bind for a value to be compared with a column."""
    return BindParameter(stem, None, type_=column.type, unique=True)


def places(columns: Sequence[Any], stem: str = "pk") -> list[BindParameter[Any]]:
    """Return a bind per column."""
    return [place(column, stem) for column in columns]


def key_criteria(mapper: Any, binds: Sequence[Any]) -> tuple[Any, ...]:
    """Return the criteria of the primary key."""
    return tuple([column == bind for column, bind in zip(mapper.primary_key, binds, strict=True)])


def by_key(mapper: Any) -> Kept:
    """Return the SELECT of one object by its primary key."""
    binds = places(mapper.primary_key)
    return Kept(Select(mapper.node).where(*key_criteria(mapper, binds)), binds, is_by_key=True)


def by_key_of(mapper: Any, branch: Branch) -> Kept:
    """Return the SELECT for lazy loading by the other side's key, which does not tell columns of one name apart."""
    binds = places(mapper.primary_key)
    select = Select(mapper.node).where(*key_criteria(mapper, binds)).set_label_style(LABEL_STYLE_NONE)
    return Kept(select.options(LoadFrom(branch)), binds, is_by_key=True)


def keys_in(columns: Sequence[Any]) -> tuple[Any, Any]:
    """Return the criterion that a key is in a list, and the bind that takes the list."""
    left = columns[0] if len(columns) == 1 else tuple_(*columns)
    criterion = left.in_(BindParameter("primary_keys", []))
    return criterion, criterion.right


def by_keys(mapper: Any, branch: Branch = EMPTY, path: Path = ()) -> Kept:
    """Return the SELECT of many objects by their primary keys."""
    criterion, bind = keys_in(mapper.primary_key)
    select = Select(mapper.node).where(criterion).set_label_style(LABEL_STYLE_NONE)
    return Kept(select.options(LoadFrom(branch, path)), [bind])


@dataclass(slots=True, eq=False)
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
    return KeptColumns(Kept(select, binds, is_by_key=True), tuple(places_of))


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

    conditions = [primary_condition(relationship, bound)]
    if relationship.secondary is not None:
        conditions.append(secondary_condition(relationship))
    mapper = relationship.mapper
    select = Select(mapper.node).where(and_(*conditions, *criteria)).set_label_style(LABEL_STYLE_NONE)
    if relationship.order_by:
        select = select.order_by(*relationship.order_by)
    select = select.options(LoadFrom(branch, path))
    keys = tuple([relationship.parent.key_of(column) for column in columns])
    return KeptRelated(Kept(select, binds), keys)


class KeptMany(NamedTuple):
    """The SELECT of what a relationship of many objects leads to: rows start with the key of the parent."""

    kept: Kept
    width: int
    """How many columns the parent's key takes; 0 where the related object's own key is it."""
    parent_keys: tuple[str, ...]
    """The parent's attributes that hold its key; empty for its primary key."""


def for_parents(relationship: Any, branch: Branch = EMPTY, criteria: tuple[Any, ...] = (), path: Path = ()) -> KeptMany:
    """Return the SELECT for selectin loading, without the parent's table where the other side holds its key."""
    if relationship.secondary is not None and relationship.is_plain_join:
        return _through_secondary(relationship, branch, criteria, path)
    if relationship.use_get and not criteria:
        pairs = {remote: local for local, remote in relationship.local_remote_pairs}
        local = tuple([relationship.parent.key_of(pairs[column]) for column in relationship.mapper.primary_key])
        return KeptMany(by_keys(relationship.mapper, branch, path), 0, local)
    if relationship.is_plain_join and _starts_at_key(relationship):
        return _from_children(relationship, branch, criteria, path)
    return _with_parent(relationship, branch, criteria, path)


def _starts_at_key(relationship: Any) -> bool:
    """Tell whether the other side holds the parent's primary key."""
    local = {column for column, _ in relationship.local_remote_pairs}
    return relationship.direction is ONETOMANY and local == set(relationship.parent.primary_key)


def _from_children(relationship: Any, branch: Branch, criteria: tuple[Any, ...], path: Path) -> KeptMany:
    remote = dict(relationship.local_remote_pairs)
    local = list(remote)
    columns = [remote[column] for column in local]
    select = Select(*columns, relationship.mapper.node)
    return _finished(relationship, select, columns, local, branch, criteria, path)


def _through_secondary(relationship: Any, branch: Branch, criteria: tuple[Any, ...], path: Path) -> KeptMany:
    pairs = [
        (local, column) for local, column in relationship.local_remote_pairs if local in relationship.local_columns
    ]
    pairs = [(local, column) for local, column in pairs if local.table is not relationship.secondary]
    mine = [(local, column) for local, column in pairs if column in _primary_remote(relationship)]
    columns = [column for _, column in mine]
    join = Join(relationship.secondary, relationship.mapper.selectable, secondary_condition(relationship))
    select = Select(*columns, relationship.mapper.node).select_from(join)
    return _finished(relationship, select, columns, [local for local, _ in mine], branch, criteria, path)


def _primary_remote(relationship: Any) -> set[Any]:
    """Return the columns of the secondary table that refer to the parent."""
    found: set[Any] = set()

    def note(column: Any) -> Any:
        if is_table_column(column) and REMOTE in column._annotations:
            found.add(deannotate(column))
        return None

    adapt(relationship.marked_primaryjoin, note)
    return found


def _with_parent(relationship: Any, branch: Branch, criteria: tuple[Any, ...], path: Path) -> KeptMany:
    """Return the general form: an alias of the parent's table joined to the target."""
    parent = relationship.parent
    alias = parent.selectable.alias(flat=True)
    find = to_alias(parent.selectable, alias)
    columns = [find(column) for column in parent.primary_key]
    target = relationship.mapper.selectable
    if relationship.secondary is None:
        join = Join(alias, target, primary_condition(relationship, find))
    else:
        join = Join(Join(alias, relationship.secondary, primary_condition(relationship, find)), target,
                    secondary_condition(relationship))  # fmt: skip
    select = Select(*columns, relationship.mapper.node).select_from(join)
    return _finished(relationship, select, columns, list(parent.primary_key), branch, criteria, path)


def _finished(
    relationship: Any,
    select: Any,
    columns: list[Any],
    local: list[Any],
    branch: Branch,
    criteria: tuple[Any, ...],
    path: Path,
) -> KeptMany:
    criterion, bind = keys_in(columns)
    select = select.where(criterion, *criteria).set_label_style(LABEL_STYLE_NONE)
    if relationship.order_by:
        select = select.order_by(*relationship.order_by)
    select = select.options(LoadFrom(branch, path, shares_columns=True))
    parent = relationship.parent
    is_pk = len(local) == len(parent.primary_key) and all(map(operator.is_, local, parent.primary_key))
    keys = () if is_pk else tuple([parent.key_of(column) for column in local])
    return KeptMany(Kept(select, [bind]), len(columns), keys)
