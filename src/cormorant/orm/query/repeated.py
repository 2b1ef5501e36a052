"""Joins of an ORM statement that meet what is there already.

In: a Select as the program built it. Out: the same with each relationship joined once, and with an alias, announced by
a warning, in place of a class of several tables that is joined to one of these tables. Raises InvalidRequestError where
a class would be joined to itself, and for a condition besides a relationship.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...exc import InvalidRequestError, SAWarning
from ...sql.joins import Join
from ...util.notices import warn
from ..mapping.aliased import aliased_mapper
from ..mapping.entity import ENTITY, PROPERTY, EntityNode, column_of, node_named
from .branch import Strategy
from .froms import source_entities
from .items import entities_in
from .options import Load

CLAUSES = (
    "raw_columns",
    "where_criteria",
    "having_criteria",
    "order_by_clauses",
    "group_by_clauses",
    "distinct_on",
)
Aliases = dict[Any, Any]
"""Mapper -> the alias that stands in for it."""
CoreJoin = tuple[Any, Any, Any, bool, bool]


def without_repetitions(select: Any) -> Any:
    """Return the statement with its joins checked; the very same where nothing is to be changed."""
    aliases: Aliases = {}
    links: list[tuple[Any, Any]] = []
    seen: set[Any] = set()
    joins: list[CoreJoin] = []
    for join in select.setup_joins:
        target, onclause, left, isouter, full = (_swapped(one, aliases) if aliases else one for one in join)
        link = _link(target, onclause)
        right = target.entity if isinstance(target, EntityNode) else link.entity if target is link else None
        if link is not None:
            edge = (link.owner.entity, link.relationship, right or id(target))
            if edge in seen:
                continue
            seen.add(edge)
        starts = _starts(select, link, left)
        if not hasattr(select, "base"):
            _refuse_itself(right, starts, link)
        if right is not None and _overlaps(right, starts):
            aliases[right] = alias = _announced(right)
            links += [] if link is None else [(link.relationship, alias)]
            if target is link:
                target = node_named(alias, right.class_.__name__)
                onclause = link
            else:
                target, onclause = _swapped(target, aliases), _swapped(onclause, aliases)
        joins.append((target, onclause, left, isouter, full))
    if not aliases and len(joins) == len(select.setup_joins):
        return select
    return _changed(select, tuple(joins), aliases, links)


def _link(target: Any, onclause: Any) -> Any:
    """Return the relationship that a join follows, or None."""
    if getattr(target, "is_relationship", False):
        if onclause is not None:
            raise InvalidRequestError(
                "No 'on clause' argument may be passed when joining to a relationship path as a target"
            )
        return target
    return onclause if getattr(onclause, "is_relationship", False) else None


def _starts(select: Any, link: Any, left: Any) -> list[Any]:
    """Return the entities that a join may start from."""
    if link is not None:
        return [link.owner.entity]
    if isinstance(left, EntityNode):
        return [left.entity]
    return [*source_entities(select), *entities_in(select.raw_columns)]


def _refuse_itself(right: Any, starts: list[Any], link: Any) -> None:
    if right is None or not starts or any(start is not right for start in starts):
        return
    if link is not None:
        raise InvalidRequestError(f"Can't construct a join from {right} to {right}, they are the same entity")
    raise InvalidRequestError(
        f"Don't know how to join to {right!r}. Please use the .select_from() method to establish an explicit left "
        "side, as well as providing an explicit ON clause if not present already to help resolve the ambiguity."
    )


def _overlaps(right: Any, starts: Iterable[Any]) -> bool:
    """Tell whether a class of several tables shares one of them with an entity that it is joined to."""
    if right.is_aliased_class or not isinstance(right.selectable, Join):
        return False
    tables = _tables(right.selectable)
    return any(start is not right and not tables.isdisjoint(_tables(start.selectable)) for start in starts)


def _tables(element: Any) -> set[int]:
    if isinstance(element, Join):
        return _tables(element.left) | _tables(element.right)
    inner = getattr(element, "element", None)
    return _tables(inner) if isinstance(inner, Join) and element.name is None else {id(element)}


def _announced(mapper: Any) -> Any:
    warn(
        f"An alias is being generated automatically against joined entity {mapper} due to overlapping tables.  This is "
        "a legacy pattern which may be deprecated in a later release.  Use the aliased(<entity>, flat=True) construct "
        "explicitly, see the linked example.",
        SAWarning,
    )
    return aliased_mapper(mapper, flat=True)


def _swapped(node: Any, aliases: Aliases) -> Any:
    """Return a part of the statement with aliases in place of the mappers; statements inside it stay."""
    if not hasattr(node, "_map_children") or getattr(node, "is_select_statement", False):
        return node
    if isinstance(node, EntityNode):
        alias = aliases.get(node.entity)
        return node if alias is None else node_named(alias, node.mapper.class_.__name__)
    owner = node._annotations.get(ENTITY) if node.is_column else None
    if owner is not None and owner.entity in aliases and PROPERTY in node._annotations:
        more = {name: value for name, value in node._annotations.items() if name not in (ENTITY, PROPERTY)}
        return column_of(aliases[owner.entity].node, node._annotations[PROPERTY], more)

    def inside(child: Any) -> Any:
        return _swapped(child, aliases)

    return node._map_children(inside)


def _changed(select: Any, joins: tuple[CoreJoin, ...], aliases: Aliases, links: list[tuple[Any, Any]]) -> Any:
    changes: dict[str, Any] = {"setup_joins": joins}
    for name in CLAUSES if aliases else ():
        if name in select.__dict__:
            changes[name] = tuple([_swapped(one, aliases) for one in getattr(select, name)])
    if links and select.with_options:
        changes["with_options"] = tuple([_option(one, links) for one in select.with_options])
    return select._copy(**changes)


def _option(option: Any, links: list[tuple[Any, Any]]) -> Any:
    """Return a loader option whose `contains_eager()` finds the alias."""
    if not isinstance(option, Load):
        return option
    steps = [
        step._replace(path=tuple([_part(part, links) for part in step.path]))
        if step.choice is not None and step.choice.strategy is Strategy.CONTAINS
        else step
        for step in option.steps
    ]
    return option._copy(steps=tuple(steps))


def _part(part: Any, links: list[tuple[Any, Any]]) -> Any:
    for relationship, alias in links:
        if part.target is None and part.key == relationship.key and part.entity is relationship.parent:
            return part._replace(target=alias)
    return part
