"""Joined collections and a limited SELECT: the limit goes into a subquery, so that it counts objects and not joined
rows.

In: the Core statement without eager joins, its columns and the eager joins. Out: a SELECT from the subquery, with the
joins outside; columns, ON clauses and ORDER BY refer to the subquery's columns.
"""

from __future__ import annotations

from typing import Any

from ...sql.node import deannotate
from ...sql.operations import Grouping
from ...sql.select import Select
from ...sql.simple import Label, LabelReference
from .adapt import Find, Substitution, first_of
from .drafts import Columns
from .joining import EagerJoins


def needs_wrapping(select: Any, joins: EagerJoins) -> bool:
    """Tell whether joined collections would change which rows a statement yields."""
    if not joins.has_collections:
        return False
    is_cut = any(clause is not None for clause in (select.limit_clause, select.offset_clause, select.fetch_clause))
    return is_cut or select.is_distinct or bool(select.group_by_clauses)


def wrapped(statement: Any, columns: Columns, joins: EagerJoins) -> Any:
    """Return the statement as a subquery with the eager joins around it."""
    columns.own += _further_columns(statement, columns, joins)
    inner = statement._copy(raw_columns=tuple(columns.own), is_lowered=True)
    subquery = inner.subquery()
    outside = list(subquery.c)
    find = Substitution(zip(columns.own, outside, strict=True))
    from_: Any = subquery
    for _, join in joins.pending:
        from_ = join.extend(from_, first_of(_through(join.find, find), find))
    outer = Select()
    outer.__dict__.pop("raw_columns", None)
    order_by = tuple([_ordering_outside(clause, find, inner, outside) for clause in statement.order_by_clauses])
    changes: dict[str, Any] = {"raw_columns": (*outside, *columns.joined), "from_clauses": (from_,)}
    if order_by:
        changes["order_by_clauses"] = order_by
    return outer._copy(**changes).set_label_style(statement.label_style)


def _through(to_entity: Find, to_subquery: Find) -> Find:
    """Return the way from a table's column over the entity's column to the subquery's."""

    def find(column: Any) -> Any:
        on_the_way = to_entity(column)
        return None if on_the_way is None else to_subquery(on_the_way)

    return find


def _further_columns(statement: Any, columns: Columns, joins: EagerJoins) -> list[Any]:
    """Return what the outside needs besides the selected columns: for ORDER BY and for ON clauses."""
    known = {id(deannotate(column)) for column in columns.own}
    extra: list[Any] = []
    needed = [ordered_expression(clause) for clause in statement.order_by_clauses]
    needed += [_seen_through(join.find, column) for _, join in joins.pending for column in join.local_columns()]
    for column in needed:
        if column is not None and id(deannotate(column)) not in known:
            known.add(id(deannotate(column)))
            extra.append(column)
    return extra


def _seen_through(find: Find, column: Any) -> Any:
    found = find(column)
    return column if found is None else found


def _is_wrapper(clause: Any) -> bool:
    """Tell whether an element of ORDER BY is another one with a direction, or in parentheses."""
    return getattr(clause, "modifier", None) is not None or isinstance(clause, Grouping)


def ordered_expression(clause: Any) -> Any:
    """Return the expression that ORDER BY sorts by; None where it is a name or text."""
    while _is_wrapper(clause):
        clause = clause.element
    return clause if clause.is_column and not isinstance(clause, (LabelReference, Label)) else None


def _ordering_outside(clause: Any, find: Find, inner: Any, outside: list[Any]) -> Any:
    """Return an element of ORDER BY as it reads outside the subquery."""
    if _is_wrapper(clause):
        return clause._copy(element=_ordering_outside(clause.element, find, inner, outside))
    if isinstance(clause, LabelReference):
        for item, column in zip(inner.named_items(), outside, strict=True):
            if clause.element in (item.name, item.key):
                return column
        return clause
    found = find(clause) if clause.is_column else None
    return clause if found is None else found
