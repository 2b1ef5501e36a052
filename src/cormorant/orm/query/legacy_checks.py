"""What a `Query` may not do in which order: the messages of its building methods.

In: a query's SELECT. Out: nothing, or InvalidRequestError. What `enable_assertions(False)` turns off is not here.
"""

from __future__ import annotations

from typing import Any

from ...exc import InvalidRequestError
from .adapted import AdaptedSelect


def require_no_statement(select: Any, method: str) -> None:
    """Raise where the rows are those of another statement."""
    if select.source_statement is not None:
        raise InvalidRequestError(
            f"Query.{method}() being called on a Query with an existing full statement - can't apply criterion."
        )


def require_no_limit(select: Any, method: str) -> None:
    """Raise where rows are limited, or are those of another statement."""
    if is_limited(select):
        raise InvalidRequestError(
            f"Query.{method}() being called on a Query which already has LIMIT or OFFSET applied.  Call {method}() "
            "before limit() or offset() are applied."
        )
    require_no_statement(select, method)


def require_no_criterion(select: Any, method: str, *, but_order: bool = False) -> None:
    """Raise where a query says anything about its rows; `but_order` lets ORDER BY and DISTINCT pass."""
    said = select.where_criteria or select.group_by_clauses or has_sources(select) or is_limited(select)
    if not but_order:
        said = said or select.order_by_clauses or select.is_distinct
    if said or select.source_statement is not None:
        raise InvalidRequestError(f"Query.{method}() being called on a Query with existing criterion. ")


def require_own_rows(select: Any) -> None:
    """Raise where a query cannot be part of another statement."""
    if select.source_statement is not None:
        raise InvalidRequestError("Can't call this method on a Query that uses from_statement()")


def is_limited(select: Any) -> bool:
    """Tell whether a SELECT has LIMIT or OFFSET."""
    return select.limit_clause is not None or select.offset_clause is not None


def has_sources(select: Any) -> bool:
    """Tell whether a SELECT says what it selects from."""
    return bool(select.setup_joins or select.from_clauses) or isinstance(select, AdaptedSelect)


def require_writable(select: Any) -> None:
    """Raise where an UPDATE or DELETE cannot mean the rows of a SELECT."""
    clauses = (
        ("limit()", select.limit_clause is not None),
        ("offset()", select.offset_clause is not None),
        ("order_by()", bool(select.order_by_clauses)),
        ("group_by()", bool(select.group_by_clauses)),
        ("distinct()", select.is_distinct),
        ("join(), outerjoin(), select_from(), or from_self()", has_sources(select)),
    )
    for name, is_said in clauses:
        if is_said:
            raise InvalidRequestError(f"Can't call Query.update() or Query.delete() when {name} has been called")
