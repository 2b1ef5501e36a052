"""What a loader option says, step by step: which attribute along which path, and what was chosen for it.

In: class-bound attributes as users give them. Out: `PathPart` and `OptionStep` values, or ArgumentError for what is no
such attribute. Nothing here knows statements; whether a path fits a statement is decided when the statement is
lowered.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from ...exc import ArgumentError
from ...inspection import inspect
from ..mapping.attribute import InstrumentedAttribute, QueryableAttribute
from .branch import WILDCARD, Choice, ColumnChoice


class PathPart(NamedTuple):
    """One attribute on the way from a root entity."""

    entity: Any
    """The mapper or aliased entity that the attribute was taken from; None for `*`."""
    key: str
    target: Any = None
    """The entity given by `of_type()`."""
    criteria: tuple[Any, ...] = ()
    """The conditions given by `and_()`."""

    def __str__(self) -> str:
        return self.key if self.entity is None else f"{self.entity.class_.__name__}.{self.key}"


Path = tuple[PathPart, ...]


class OptionStep(NamedTuple):
    """One decision of an option."""

    name: str
    """The function that made it, for messages."""
    path: Path
    choice: Choice | None = None
    columns: ColumnChoice | None = None
    is_optional: bool = False
    """Whether it is no error when no entity of the statement fits."""
    subclasses: tuple[Any, ...] = ()
    """The mappers named by `selectin_polymorphic()`; the path then leads to their base."""
    expression: Any = None
    """What `with_expression()` gives to the attribute at the end of the path."""

    def __str__(self) -> str:
        return f"{self.name}({' -> '.join(map(str, self.path))})"


def part_of(attribute: Any) -> PathPart:
    """Return the path part of a class-bound attribute."""
    if isinstance(attribute, str):
        if attribute == WILDCARD:
            return PathPart(None, WILDCARD)
        raise ArgumentError(
            "Strings are not accepted for attribute names in loader options; please use class-bound attributes "
            "directly."
        )
    if not isinstance(attribute, QueryableAttribute):
        raise ArgumentError(
            f"expected ORM mapped attribute for loader strategy argument; got {attribute!r}, give one like User.posts"
        )
    if isinstance(attribute, InstrumentedAttribute):
        attribute.parent.ensure_configured()
        return PathPart(attribute.parent, _resolved(attribute.parent, attribute.key))
    other = cast("Any", attribute)
    narrowed = other.comparator
    target = getattr(narrowed, "of_type_entity", None)
    key = getattr(getattr(other, "prop", None), "key", other.key)  # a hybrid stands for another attribute
    return PathPart(other.parent, key, target, tuple(getattr(narrowed, "extra_criteria", ())))


def _resolved(mapper: Any, key: str) -> str:
    """Return the attribute that a synonym stands for, or the attribute itself."""
    while (prop := mapper.properties.get(key)) is not None and prop.is_synonym:
        key = prop.name
    return key


def column_parts(attribute: Any) -> list[PathPart]:
    """Return the path parts of an attribute that holds columns: several for a composite, another for a synonym."""
    part = part_of(attribute)
    if part.entity is None:
        return [part]
    return [part._replace(key=key) for key in part.entity.mapper.class_manager.stored_keys(part.key)]


def check_follows(parent: PathPart, part: PathPart) -> None:
    """Raise ArgumentError where an attribute does not belong to the entity that the one before leads to."""
    if part.entity is None or parent.entity is None:
        return
    relationship = parent.entity.mapper.relationships.get(parent.key)
    if relationship is None:
        return
    target = parent.target or relationship.mapper
    if not is_entity_of(part.entity, target):
        raise ArgumentError(f'ORM mapped entity or attribute "{part}" does not link from relationship "{parent}".')


def check_root(root: Any, part: PathPart) -> None:
    """Raise ArgumentError where an attribute does not belong to the entity given to Load()."""
    is_alias = getattr(root, "is_aliased_class", False) or getattr(part.entity, "is_aliased_class", False)
    if part.entity is None or (is_entity_of(part.entity, root) if is_alias else root.isa(part.entity)):
        return
    raise ArgumentError(f'ORM mapped attribute "{part}" does not link mapped class "{root.class_.__name__}"')


def is_entity_of(entity: Any, target: Any) -> bool:
    """Tell whether attributes of one entity may be named where the other one is meant: same alias, related classes."""
    if entity is target or getattr(entity, "polymorphic_parent", None) is target:
        return True
    if getattr(entity, "is_aliased_class", False) or getattr(target, "is_aliased_class", False):
        return False
    return bool(entity.isa(target) or target.isa(entity))


def entity_of(subject: Any) -> Any:
    """Return the mapper or aliased entity of what a user gives as an entity."""
    return inspect(subject)
