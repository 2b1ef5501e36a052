"""Criteria for what belongs to an object: `with_parent(user, User.posts)`.

In: an object, a relationship of its class, and the entity that rows are of. Out: a condition with the object's values,
read when the statement is executed.
"""

from __future__ import annotations

from typing import Any

from ...exc import ArgumentError, InvalidRequestError
from ...inspection import inspect
from ...sql.logic import and_
from ..instance.symbols import STATE
from .conditions import REMOTE, bare_column, is_table_column, replaced
from .related import value_of


def with_parent(instance: Any, prop: Any, from_entity: Any = None) -> Any:
    """Return the condition that rows of the target belong to an instance through a relationship.

    `from_entity` is the alias of the target that the rows are of; `prop.of_type(alias)` says the same.
    """
    if isinstance(prop, str):
        raise ArgumentError("with_parent() accepts class-bound mapped attributes, not strings")
    found = prop.property
    if not found.is_relationship:
        raise ArgumentError(f"Expected relationship property for with_parent(), got {prop}")
    target = prop.entity if from_entity is None else inspect(from_entity)
    return _condition(instance, found, target)


def relationship_to(instance: Any, target: Any) -> Any:
    """Return the attribute of an instance's class that leads to an entity; raises InvalidRequestError for none."""
    mapper = instance.__dict__[STATE].manager.mapper
    for relationship in mapper.relationships:
        if relationship.mapper is target.mapper:
            return getattr(mapper.class_, relationship.key)
    raise InvalidRequestError(
        f"Could not locate a property which relates instances of class '{target.mapper.class_.__name__}' to instances "
        f"of class '{mapper.class_.__name__}'"
    )


def _condition(instance: Any, relationship: Any, target: Any) -> Any:
    """Return the join condition with the values of an object in place of its class's columns."""
    secondary = relationship.secondary
    through: dict[int, Any] = {}
    if secondary is not None:
        through.update(
            (id(column), found) for column, found in zip(secondary.c, secondary.alias(flat=True).c, strict=True)
        )

    def there(column: Any) -> Any:
        found = through.get(id(column))
        if found is None and target.is_aliased_class:
            found = target.adapt_column(column)
        return column if found is None else found

    def first(node: Any) -> Any:
        if not is_table_column(node):
            return None
        column = bare_column(node)
        return there(column) if REMOTE in node._annotations else value_of(instance, column)

    condition = replaced(relationship.marked_primaryjoin, first)
    if secondary is None:
        return condition
    second = replaced(
        relationship.marked_secondaryjoin, lambda node: there(bare_column(node)) if is_table_column(node) else None
    )
    return and_(condition, second)
