"""Which subclasses a SELECT of a class brings along, and the FROM element that holds the columns of all of them.

In: a mapper, and the classes that a program names: "*", or a list. Out: mappers, parents first; joins of their tables.
Nothing here knows statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ...exc import ArgumentError, InvalidRequestError
from ...inspection import inspect
from ..instance.checks import is_a

EVERY = "*"


class PolymorphicRule(NamedTuple):
    """What `with_polymorphic` of a mapper says: the classes, and the FROM element if the program gave one."""

    classes: Any = None
    selectable: Any = None


def rule_of(given: Any) -> PolymorphicRule:
    """Return the rule for the argument `with_polymorphic` of a mapper."""
    if given in (None, False):
        return PolymorphicRule()
    if is_a(given, str):
        if given != EVERY:
            raise ArgumentError(f"Invalid setting for with_polymorphic: {given!r}; give '*' or a list of classes")
        return PolymorphicRule(EVERY)
    if not is_a(given, tuple, list):
        raise ArgumentError(f"Invalid setting for with_polymorphic: {given!r}; give '*' or a list of classes")
    if given and is_a(given[0], str, tuple, list):
        classes, selectable = given
        return PolymorphicRule(classes, _from_element(selectable))
    return PolymorphicRule(list(given))


def _from_element(given: Any) -> Any:
    return given.__clause_element__() if hasattr(given, "__clause_element__") else given


def polymorphic_mappers(mapper: Any, classes: Any) -> list[Any]:
    """Return the mapper, those that are named and those in between; empty where nothing is named."""
    if not classes:
        return []
    family: list[Any] = mapper.self_and_descendants
    if classes == EVERY:
        return list(family)
    wanted: set[Any] = set()
    for named in classes:
        found = inspect(named).mapper
        if not found.isa(mapper):
            raise InvalidRequestError(f"{found!r} does not inherit from {mapper!r}")
        wanted.update(found.iterate_to_root())
    return [one for one in family if one in wanted]


def polymorphic_join(mapper: Any, mappers: Iterable[Any], innerjoin: bool = False) -> Any:
    """Return what a mapper selects from, with the tables of its subclasses joined to it."""
    source = mapper.persist_selectable
    for one in mappers:
        if one is mapper:
            continue
        if one.concrete:
            raise InvalidRequestError(
                "'with_polymorphic()' requires 'selectable' argument when concrete-inheriting mappers are used."
            )
        if not one.shares_table:
            source = source.join(one.local_table, one.inherit_condition, isouter=not innerjoin)
    return source


def polymorphic_arguments(mapper: Any, classes: Any, selectable: Any, innerjoin: bool) -> tuple[Sequence[Any], Any]:
    """Return the mappers and the FROM element of `with_polymorphic()`; what it leaves open, the mapper says."""
    rule: PolymorphicRule = mapper.polymorphic_rule
    mappers = polymorphic_mappers(mapper, classes or rule.classes)
    if selectable is False:
        selectable = rule.selectable
    if selectable is not None:
        return mappers, _from_element(selectable)
    return mappers, polymorphic_join(mapper, mappers, innerjoin)
