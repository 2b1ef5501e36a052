"""Which objects of the statements that share a plan stand for which: so that rows are found by the objects of each.

In: the statement that a plan was made of, and the elements of its result; then every statement that runs with the plan.
Out: a number for each object with an identity of its own (alias, subquery, bind) that a column of the result mentions:
equal numbers play the same part in equal statements. Objects are known for as long as they live, and kept alive by
nobody here. Nothing of an execution is remembered, so that an object that changes its part needs a plan of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Any
from weakref import ref

from ..sql.node import Node, Shape, structure_of

Structure = tuple[Shape, tuple[int, ...]]
"""What an element is, whatever objects it is about: its shape, and the part that each of those plays."""
_FEW = 64
"""How many objects are known before the dead ones are forgotten."""


class Roles:
    """The parts that objects play in the columns of one plan's results."""

    __slots__ = ("_known", "_limit", "_lock", "_places", "_statement", "is_fixed")

    def __init__(self, statement: Any, places: tuple[int, ...], is_fixed: bool) -> None:
        """Take the plan's own statement and the places of the objects among its refs.

        `is_fixed` is set where equal structures are different columns, so that only the statement itself fits.
        """
        self._statement = statement
        self._places = places
        self.is_fixed = is_fixed
        self._known: dict[int, tuple[ref[Any], int]] = {}
        self._limit = _FEW
        self._lock = Lock()
        self._learn(structure_of(statement)[1])

    def fit(self, statement: Any) -> bool:
        """Learn the objects of a statement with the plan's key; False where one of them has played another part."""
        if statement is self._statement:
            return True
        if self.is_fixed:
            return False
        refs = structure_of(statement)[1]
        known = self._known
        for place in self._places:
            one = refs[place]
            found = known.get(id(one))
            if found is None or found[0]() is not one or found[1] != place:
                return self._learn(refs)
        return True

    def _learn(self, refs: tuple[Any, ...]) -> bool:
        with self._lock:
            parts = [(refs[place], place) for place in self._places]
            if any(self.part_of(one) not in (None, place) for one, place in parts):
                return False
            known = self._known
            for one, place in parts:
                known[id(one)] = ref(one), place
            if len(known) > self._limit:
                self._known = {key: entry for key, entry in known.items() if entry[0]() is not None}
                self._limit = max(_FEW, 2 * len(self._known))
        return True

    def part_of(self, one: Any) -> int | None:
        """The part that an object plays; None where no statement of the plan has it."""
        found = self._known.get(id(one))
        return None if found is None or found[0]() is not one else found[1]


def roles_of(statement: Any, elements: Iterable[Any]) -> Roles | None:
    """Return the parts that objects play in the columns of a result; None where there is nothing to tell apart."""
    mentioned: set[int] = set()
    seen: dict[Any, Any] = {}
    is_fixed = False
    for element in elements:
        refs = element.refs
        mentioned.update(map(id, refs))
        if _may_differ(element):
            is_fixed |= seen.setdefault((element.shape, tuple(map(id, refs))), element) is not element
    if not mentioned and not is_fixed:
        return None
    return Roles(statement, _first_places(structure_of(statement)[1], mentioned), is_fixed)


def _may_differ(element: Any) -> bool:
    """Whether two elements of one structure can have two values in a row: a function can."""
    if element.is_table_column:
        return bool(getattr(element, "is_literal", False))
    return not element.is_from_clause


def _first_places(refs: tuple[Any, ...], mentioned: set[int]) -> tuple[int, ...]:
    places: dict[int, int] = {}
    for place, one in enumerate(refs):
        if id(one) in mentioned:
            places.setdefault(id(one), place)
    return tuple(places.values())


def structure_in(roles: Roles | None, element: Any) -> Structure | None:
    """Return the structure of an element among the statements of a plan; None where it is about anything else."""
    if not isinstance(element, Node):
        return None
    parts = [None if roles is None else roles.part_of(one) for one in element.refs]
    known = tuple([part for part in parts if part is not None])
    return (element.shape, known) if len(known) == len(parts) else None
