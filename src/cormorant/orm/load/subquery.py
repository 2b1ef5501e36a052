"""Subquery loading: what a relationship leads to, by one SELECT that holds the original statement as a subquery.

In: the statement that gave the objects, and a follow-up. Out: their attributes filled. The embedded statement selects
only the key of the entity where the way begins; joins lead from there to the related objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...sql.joins import Join
from ...sql.naming import LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.node import deannotate
from ...sql.select import Select
from ..instance.symbols import STATE
from ..mapping.aliased import aliased_mapper
from ..mapping.direction import MANYTOONE
from ..mapping.entity import EntityNode
from ..query.adapt import Find, Substitution, adapt, to_alias
from ..query.bundle import Bundle
from ..query.conditions import primary_condition, secondary_condition
from ..query.criteria import Criteria
from ..query.entities import entity_behind, find_in
from ..query.options import LoadFrom
from ..query.plan import FollowUp
from ..query.wrapping import ordered_expression
from .kept import loader_for
from .loader import LoadResult, Origin
from .protocol import LoadSession
from .request import LoadRequest, related_to
from .selectin import Parent, fill_related, key_of_parent

Finish = Callable[..., None]


def can_embed(statement: Any) -> bool:
    """Tell whether a statement is a SELECT that can stand in a subquery."""
    return isinstance(statement, Select) and statement.source_statement is None


def load_by_subquery(
    session: LoadSession, follow: FollowUp, objects: Sequence[Any], is_refresh: bool, origin: Origin, finish: Finish
) -> None:
    """Fill an attribute of all objects that lack it; of all objects if this is a refresh."""
    relationship = follow.relationship
    root = _root_in(origin, follow.trail.root) if origin.root is None else origin.root
    route = (*origin.route, *follow.trail.route)
    local = local_columns(relationship)
    statement = _statement(origin.statement, root, route, follow)
    if session.hooks.do_orm_execute is not None:
        request = LoadRequest(statement, relationship.mapper, {}, is_refresh, related_to(relationship), origin.params)
        _fill(relationship, session.run_load(request).unique(), objects, local, is_refresh)
        return
    connection = session.connection_for(relationship.mapper, statement)
    params = origin.params
    if connection.watches_statements:
        _, params, plan, binds, cursor = connection.run_announced(statement, params)
    else:
        plan, binds = connection.planner.plan_for(statement)
        cursor = connection.run_plan(plan, binds, params)
    run = (connection, plan, binds, params)
    items, result = loader_for(plan, is_refresh=is_refresh, groups=session.fetches_peers).load(cursor, session, run)
    cursor.close()
    _fill(relationship, items, objects, local, is_refresh)
    if result is not None:
        _go_on(session, result, origin, root, (*route, relationship), finish, is_refresh)


def _fill(relationship: Any, items: Any, objects: Sequence[Any], local: list[Any], is_refresh: bool) -> None:
    """Give each object what belongs to it; rows end in its key."""
    keys = tuple([relationship.parent.key_of(column) for column in local])
    found: dict[Any, list[Any]] = {}
    for related, *key in items:
        found.setdefault(key[0] if len(key) == 1 else tuple(key), []).append(related)
    parents: list[Parent] = [(obj, obj.__dict__[STATE]) for obj in objects]
    pairs = [(parent, found.get(key_of_parent(parent, keys), [])) for parent in parents]
    fill_related(relationship, pairs, is_refresh)


def _go_on(
    session: LoadSession,
    result: LoadResult,
    origin: Origin,
    root: Any,
    route: tuple[Any, ...],
    finish: Finish,
    is_refresh: bool,
) -> None:
    """Run the follow-ups of what was loaded; they start from the same statement."""
    result.origin = origin._replace(root=root, route=route)
    finish(session, result, is_refresh=is_refresh)


def _root_in(origin: Origin, root: Any) -> Any:
    """Return the entity of the statement that stands where its plan's own statement has `root`."""
    if origin.statement is origin.planned or not root.is_aliased_class:
        return root
    entities = zip(_entities(origin.planned.raw_columns), _entities(origin.statement.raw_columns), strict=True)
    return next((its for own, its in entities if own is root), root)


def _entities(elements: Sequence[Any]) -> Iterator[Any]:
    for element in elements:
        if isinstance(element, EntityNode):
            yield element.entity
        elif isinstance(element, Bundle):
            yield from _entities(element.exprs)


def local_columns(relationship: Any) -> list[Any]:
    """Return the columns of the parent's table that the relationship starts from, each once, in order."""
    found = {local: None for local, _ in relationship.local_remote_pairs if local in relationship.local_columns}
    if relationship.secondary is not None:
        secondary = set(relationship.secondary.c)
        found = {column: None for column in found if column not in secondary}
    return list(found)


def _statement(original: Any, root: Any, route: tuple[Any, ...], follow: FollowUp) -> Any:
    """Return the SELECT of the related objects and the keys of their parents."""
    relationship = follow.relationship
    first = route[0] if route else relationship
    subquery, find = _embedded(original, root, first)
    from_: Any = subquery
    for hop in route:
        alias = aliased_mapper(hop.mapper, flat=True)
        from_ = _joined(from_, hop, find, alias.selectable, find_in(alias))
        find = find_in(alias)
    entity = entity_behind(relationship, follow.choice.target)
    to_entity = find_in(entity)
    limits = Criteria(follow.branch.criteria).of(entity)
    limits += tuple([adapt(one, to_entity) for one in follow.choice.criteria])
    from_ = _joined(from_, relationship, find, entity.selectable, to_entity, limits)
    keys = [find(column) for column in local_columns(relationship)]
    statement = Select(entity.node, *keys).select_from(from_)
    if relationship.order_by:
        statement = statement.order_by(*[adapt(one, to_entity) for one in relationship.order_by])
    options = LoadFrom(follow.branch, follow.trail.mappers, is_joined=True)
    return statement.options(options).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)


def _embedded(original: Any, root: Any, first: Any) -> tuple[Any, Find]:
    """Return the original statement as a subquery of the columns where the way begins, and how these are found."""
    plain = [deannotate(column) for column in local_columns(first)]
    seen = find_in(root)
    columns = [column if (found := seen(column)) is None else found for column in plain]
    changes: dict[str, Any] = {"raw_columns": tuple(columns), "with_options": ()}
    is_cut = any(
        clause is not None for clause in (original.limit_clause, original.offset_clause, original.fetch_clause)
    )
    if original.order_by_clauses and not is_cut:
        changes["order_by_clauses"] = ()
    if first.direction is MANYTOONE or not set(first.parent.primary_key).issubset(plain):
        changes["is_distinct"] = True  # the rows of one key are the same rows
        if is_cut:
            changes["raw_columns"] = (*columns, *_sorting(original, columns))
    embedded = original._copy(**changes)
    if not embedded.from_clauses and not embedded.setup_joins:
        embedded = embedded.select_from(root.node)
    subquery = embedded.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).subquery()
    return subquery, Substitution(zip(plain, subquery.c, strict=False))


def _sorting(original: Any, selected: Sequence[Any]) -> list[Any]:
    """Return what a statement is sorted by besides the selected columns: DISTINCT must select it, too."""
    found = [
        expression for clause in original.order_by_clauses if (expression := ordered_expression(clause)) is not None
    ]
    known = {id(deannotate(column)) for column in selected}
    return [expression for expression in found if id(deannotate(expression)) not in known]


def _joined(
    from_: Any, relationship: Any, find: Find, target: Any, to_target: Find, limits: tuple[Any, ...] = ()
) -> Any:
    """Return a FROM element joined along a relationship."""
    if relationship.secondary is None:
        return Join(from_, target, primary_condition(relationship, find, to_target, limits))
    alias = relationship.secondary.alias(flat=True)
    to_secondary = to_alias(relationship.secondary, alias)
    from_ = Join(from_, alias, primary_condition(relationship, find, to_secondary))
    return Join(from_, target, secondary_condition(relationship, to_secondary, to_target, limits))
