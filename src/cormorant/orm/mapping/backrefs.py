"""The other side of a relationship: made for `backref`, found for `back_populates`, and tied together.

In: wired relationships. Out: `reverse_properties`, and the key in `Wire` by which attributes keep each other in step.
"""

from __future__ import annotations

from typing import Any

from ...exc import ArgumentError, InvalidRequestError
from ..instance.checks import is_a
from .build import add_property
from .conditions import FOREIGN, bare_column, is_table_column, replaced
from .relationship import MANYTOMANY, Backref, RelationshipProperty


def make_backref(prop: RelationshipProperty) -> RelationshipProperty | None:
    """Add the relationship that `backref` asks for to the target mapper; None where there is none to make."""
    if prop.backref is None or prop.back_populates:
        return None
    name, given = _name_and_options(prop.backref)
    target = prop.mapper
    for mapper in target.self_and_descendants:
        if name in mapper.properties and mapper.properties[name].parent is mapper:
            raise ArgumentError(
                f"Error creating backref '{name}' on relationship '{prop}': property of that name exists on mapper "
                f"'{mapper}'"
            )
    prop.back_populates = name
    query_class = given.pop("query_class", None)
    made = RelationshipProperty(prop.parent, prop.secondary, **_options(prop, given))
    if query_class is not None:
        made.query_class = query_class
    add_property(target, name, made)
    return made


def _name_and_options(given: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(given, str):
        return given, {}
    if isinstance(given, Backref):
        return given.name, dict(given.kwargs)
    if is_a(given, tuple):
        return given[0], dict(given[1])
    raise ArgumentError(f"backref takes a name or backref(), not {given!r}")


def _options(prop: RelationshipProperty, given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of the other side: what the backref says, and what follows from this side."""
    options = dict(given)
    primary, secondary = prop.marked_primaryjoin, prop.marked_secondaryjoin
    if prop.secondary is not None:
        options.setdefault("primaryjoin", secondary)
        options.setdefault("secondaryjoin", primary)
    else:
        options.setdefault("primaryjoin", prop.primaryjoin)
    if prop.foreign_keys:
        options.setdefault("foreign_keys", list(prop.foreign_keys))
    for name in ("viewonly", "post_update", "passive_updates", "sync_backref"):
        options.setdefault(name, getattr(prop, name))
    options["back_populates"] = prop.key
    return _without_marks(options)


def _without_marks(options: dict[str, Any]) -> dict[str, Any]:
    from_other_side = {"primaryjoin", "secondaryjoin"}
    for name in from_other_side & options.keys():
        condition = options[name]
        if hasattr(condition, "_map_children"):
            options[name] = only_foreign(condition)
    return options


def only_foreign(condition: Any) -> Any:
    """Return a condition without the marks of the other side, which is now this side."""
    return replaced(condition, _drop_remote)


def _drop_remote(node: Any) -> Any:
    if not is_table_column(node):
        return None
    column = bare_column(node)
    return column._annotate({FOREIGN: True}) if FOREIGN in node._annotations else column


def tie(prop: RelationshipProperty) -> None:
    """Tie a relationship to the one that its `back_populates` names."""
    if not prop.back_populates:
        return
    name = getattr(prop.back_populates, "key", prop.back_populates)
    if callable(name):
        name = getattr(name(), "key", name)
    prop.back_populates = name
    other = prop.mapper.properties.get(name)
    if other is None:
        raise InvalidRequestError(
            f"Mapper '{prop.mapper}' has no property '{name}'.  If this property was indicated from other mappers or "
            f"configure events, ensure registry.configure() has been called; else correct back_populates of {prop}."
        )
    if not is_a(other, RelationshipProperty):
        raise InvalidRequestError(
            f"back_populates on relationship '{prop}' refers to attribute '{other}' that is not a relationship.  The "
            "back_populates parameter should refer to the name of a relationship on the target class."
        )
    _check_pair(prop, other)
    for one, two in ((prop, other), (other, prop)):
        if two not in one.reverse_properties:
            one.reverse_properties.append(two)
    if _keeps_in_step(prop, other):
        prop.wire.backref_key = other.key


def _keeps_in_step(prop: RelationshipProperty, other: RelationshipProperty) -> bool:
    if prop.viewonly or prop.sync_backref is False:
        return False
    return not (other.viewonly and other.sync_backref is not True) or other.sync_backref is None


def _check_pair(prop: RelationshipProperty, other: RelationshipProperty) -> None:
    if not other.mapper.common_parent(prop.parent):
        raise ArgumentError(
            f"reverse_property '{other.key}' on relationship {prop} references relationship {other}, which does not "
            f"reference mapper {prop.parent}"
        )
    if prop.direction is other.direction and prop.direction is not MANYTOMANY:
        raise ArgumentError(
            f"{prop} and back-reference {other} are both of the same direction {prop.direction!r}.  Did you mean to "
            "set remote_side on the many-to-one side ?"
        )
