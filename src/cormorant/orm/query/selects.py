"""SELECT with entities -> SELECT of columns, and the plan that makes objects of its rows.

In: a Select as the program built it. Out: `Lowered`. The passes: items of the columns clause (entities bring their
columns and eager joins), FROM elements, eager joins on these; a statement whose rows are limited or grouped is wrapped
in a subquery before collections are joined to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...compile.lowering import Lowered
from ...sql.froms import final_froms
from ...sql.joins import Join
from ..mapping.entity import EntityNode
from .adapted import Adaption, adaption_of, plain_columns
from .bundle import Bundle, spread
from .conditions import without_relationships
from .criteria import NO_CRITERIA, Criteria
from .froms import add_class_criteria, core_from, core_joins, joined_entities, source_entities
from .items import SelectItems, configure_entities, entities_in, mentions_entity
from .joining import EagerJoins
from .ordering import by_labels
from .repeated import without_repetitions
from .textual import lower_from_statement
from .wrapping import needs_wrapping, wrapped


def lower_select(select: Any) -> Lowered:
    """Return the Core statement and the load plan of a SELECT that is executed by itself."""
    configure_entities(select.raw_columns)
    if select.source_statement is not None:
        return lower_from_statement(select, lower_select)
    if select.setup_joins:
        select = without_repetitions(select)
    items = SelectItems(select)
    entities = items.entities if items.is_where_limited else []
    adaption = adaption_of(select)
    statement = _core_select(select, items.columns.own, entities, items.criteria, adaption=adaption)
    if statement.setup_joins and adaption is None:
        statement = _joined_to_its_class(select, statement)
    if adaption is None and statement.order_by_clauses:
        labelled = by_labels(statement)
        if labelled is not statement:
            statement, items.columns.own = labelled, list(labelled.raw_columns)
    if adaption is not None:
        statement = adaption.statement(statement)
        items.columns.own = list(statement.raw_columns)
        items.joins.adapt(adaption)
    order_by = items.joins.order_by
    if needs_wrapping(select, items.joins):
        statement = wrapped(statement, items.columns, items.joins)
    elif items.joins.pending:
        statement = _with_eager_joins(statement, items.joins)._copy(raw_columns=tuple(items.columns.all()))
    if order_by:
        statement = statement.order_by(*order_by)
    return Lowered(
        statement, items.plan(statement.get_final_froms()), items.criteria if items.criteria.options else None
    )


def _joined_to_its_class(select: Any, statement: Any) -> Any:
    """Return the statement with its first join beginning at the one class it selects: its columns may stand first."""
    target, onclause, left, *how = statement.setup_joins[0]
    if left is not None or onclause is None or select.from_clauses or len(select.raw_columns) != 1:
        return statement
    (root,) = select.raw_columns
    if not isinstance(root, EntityNode):
        return statement
    first = (target, onclause, root.entity.selectable, *how)
    return statement._copy(setup_joins=(first, *statement.setup_joins[1:]))


def lower_nested(select: Any, criteria: Criteria = NO_CRITERIA, shown: Sequence[Any] = ()) -> Any:
    """Return the Core statement of a SELECT inside another one: no options of its own, no eager joins."""
    entities = configure_entities(select.raw_columns)
    if select.setup_joins:
        select = without_repetitions(select)
        entities = entities_in(select.raw_columns)
    columns = [column for element in select.raw_columns for column in _columns_of(element)]
    adaption = adaption_of(select)
    statement = _core_select(select, columns, entities, criteria, shown, adaption)
    return statement if adaption is None else adaption.statement(statement)


def _columns_of(element: Any) -> list[Any]:
    return plain_columns(element) if isinstance(element, (EntityNode, Bundle)) else [element]


def _core_select(
    select: Any,
    columns: list[Any],
    entities: list[Any],
    given: Criteria,
    shown: Sequence[Any] = (),
    adaption: Adaption | None = None,
) -> Any:
    """Return the statement with columns in place of entities and conditions in place of relationships.

    The rows of what an adaption leads to are limited inside it.
    """
    changes: dict[str, Any] = {"raw_columns": tuple(columns), "is_lowered": True}
    is_of_entities = _is_of_entities(select, entities)
    if adaption is not None:
        entities = [entity for entity in entities if not adaption.is_source_of(entity)]
    if select.setup_joins:
        changes["setup_joins"] = core_joins(select.setup_joins, given)
    froms = _with_class_joins(
        [core_from(one, given) for one in select.from_clauses], changes.get("setup_joins", ()), entities
    )
    if froms:
        changes["from_clauses"] = froms
    sources = source_entities(select) if is_of_entities else []
    joined = joined_entities(select)
    entities = [entity for entity in dict.fromkeys([*entities, *sources]) if entity not in joined]
    entities += _mentioned(select, [*entities, *joined], shown)
    if adaption is not None:
        entities = [entity for entity in entities if not adaption.is_source_of(entity)]
    criteria = (*select.where_criteria, *given.all_of(entities))
    if criteria:
        changes["where_criteria"] = tuple(map(without_relationships, criteria))
    statement = select._copy(**changes, **_changed_clauses(select))
    statement.__dict__.pop("with_options", None)
    unconditioned = [entity for entity, has_onclause in joined.items() if not has_onclause and given.of(entity)]
    return _with_class_criteria(statement, unconditioned, given) if unconditioned else statement


def _mentioned(select: Any, known: list[Any], shown: Sequence[Any]) -> list[Any]:
    """Return the entities that a SELECT reads from only because a condition mentions them."""
    found = entities_in([*select.where_criteria, *select.having_criteria])
    return [entity for entity in found if entity not in known and not any(entity.selectable is one for one in shown)]


def _is_of_entities(select: Any, entities: list[Any]) -> bool:
    """Tell whether a SELECT mentions classes or attributes elsewhere than in joins that the program made."""
    if entities or select.setup_joins or any(isinstance(one, EntityNode) for one in select.from_clauses):
        return True
    names = ("raw_columns", "where_criteria", "having_criteria", "order_by_clauses", "group_by_clauses")
    return any(mentions_entity(element) for name in names for element in getattr(select, name))


def _with_class_criteria(statement: Any, entities: list[Any], given: Criteria) -> Any:
    """Return the statement with its joins made, and the criteria of classes that were joined without an ON clause."""
    froms = final_froms(statement.raw_columns, statement.from_clauses, statement.setup_joins, statement.where_criteria)
    changed = statement._copy(from_clauses=tuple(add_class_criteria(froms, entities, given)))
    changed.__dict__.pop("setup_joins", None)
    return changed


def _changed_clauses(select: Any) -> dict[str, Any]:
    """Return the clauses besides FROM and WHERE that may name relationships or entities."""
    given = select.__dict__
    changes: dict[str, Any] = {}
    for name in ("having_criteria", "order_by_clauses", "group_by_clauses"):
        if name in given:
            changes[name] = tuple(map(without_relationships, spread(given[name])))
    for name in ("correlated", "uncorrelated"):
        if given.get(name):
            changes[name] = tuple(map(core_from, given[name]))
    if "hints" in given:
        changes["hints"] = tuple([(core_from(element), *hint) for element, *hint in given["hints"]])
    lock = given.get("for_update")
    if lock is not None and lock.of:
        changes["for_update"] = lock._copy(of=tuple(map(core_from, lock.of)))
    return changes


def _with_class_joins(given: Iterable[Any], joins: tuple[Any, ...], entities: list[Any]) -> tuple[Any, ...]:
    """Return the FROM elements with the joins of classes that have several tables, where nothing holds these yet."""
    froms = list(given)
    for entity in entities:
        source = entity.selectable
        if isinstance(source, Join) and not any(
            part is source for held in (*froms, *(join[0] for join in joins)) for part in held.from_objects()
        ):
            froms.append(source)
    return tuple(froms)


def _with_eager_joins(statement: Any, joins: EagerJoins) -> Any:
    """Return the statement with each eager join put onto the FROM element that holds its parent."""
    froms = final_froms(statement.raw_columns, statement.from_clauses, statement.setup_joins, statement.where_criteria)
    for source, join in joins.pending:
        place = _place_of(source, froms)
        froms[place] = join.extend(froms[place], join.find)
    changed = statement._copy(from_clauses=tuple(froms))
    changed.__dict__.pop("setup_joins", None)
    return changed


def _place_of(source: Any, froms: list[Any]) -> int:
    """Return which FROM element holds another one, which is added where none does."""
    for place, one in enumerate(froms):
        if any(part is source for part in one.from_objects()):
            return place
    froms.append(source)
    return len(froms) - 1
