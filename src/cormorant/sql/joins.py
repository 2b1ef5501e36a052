"""JOIN: two FROM elements and the condition between them, found through foreign keys where none is given.

In: FROM elements whose columns answer `foreign_keys` (each with the column it points to). Out: a Join, or the error
that says why no condition can be found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from ..exc import AmbiguousForeignKeysError, NoForeignKeysError, NoReferenceError
from .coercion import as_from, as_on_clause
from .collection import ColumnCollection
from .column import ColumnElement
from .fromclause import FromClause, FromGrouping
from .logic import and_
from .makers import makers
from .node import ATOM, NODE, Kind


class Join(FromClause):
    """`left JOIN right ON onclause`."""

    _structure: ClassVar[Mapping[str, Kind]] = {
        "left": NODE,
        "right": NODE,
        "onclause": NODE,
        "isouter": ATOM,
        "full": ATOM,
    }

    def __init__(self, left: Any, right: Any, onclause: Any = None, isouter: bool = False, full: bool = False) -> None:
        self.left = as_from(left)
        self.right = as_from(right).self_group()
        self.onclause = join_condition(self.left, self.right) if onclause is None else as_on_clause(onclause)
        self.isouter = isouter
        self.full = full

    @property
    def description(self) -> str:
        left, right = self.left, self.right
        return f"Join object on {left.description}({id(left)}) and {right.description}({id(right)})"

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        for side in (self.left, self.right):
            for key, column in side.c.items():
                table = column.table
                if table is None or not table.named_with_column:
                    yield key, column
                else:
                    yield f"{table.name}_{column.key}", column

    def written_columns(self) -> Iterable[Any]:
        return [*self.left.written_columns(), *self.right.written_columns()]

    @property
    def primary_key(self) -> Any:
        keys = [column for column in self.c if column.primary_key]
        return ColumnCollection([(column.key, column) for column in keys])

    @property
    def entity_namespace(self) -> Any:
        return self.c

    def from_objects(self) -> tuple[FromClause, ...]:
        return (self, *self.left.from_objects(), *self.right.from_objects())

    def hides(self) -> tuple[FromClause, ...]:
        return tuple([one for side in (self.left, self.right) for one in (*side.from_objects(), *side.hides())])

    def is_derived_from(self, fromclause: Any) -> bool:
        return fromclause is self or self.left.is_derived_from(fromclause) or self.right.is_derived_from(fromclause)

    def self_group(self, against: Any = None) -> Any:
        return FromGrouping(self)

    def alias(self, name: str | None = None, flat: bool = False) -> Any:
        """Return the join as a subquery, or with `flat` as a join of aliases."""
        if not flat:
            return makers.subquery(self.select(), name)
        left, right = (
            side.alias(None if name is None else f"{name}_{side.name}", flat=True) for side in (self.left, self.right)
        )
        return Join(left, right, makers.adapt(self.onclause, (left, right)), self.isouter, self.full)


def join_condition(left: Any, right: Any, consider: Any = None) -> Any:
    """Return the condition by the foreign keys between two FROM elements; raises where there is none or several."""
    pairs = _key_pairs(left, right) or []
    if not pairs and isinstance(left, Join):
        pairs = _key_pairs(left, right)
    if not pairs:
        hint = ""
        if isinstance(right, FromGrouping):
            hint = " Perhaps you meant to convert the right side to a subquery using alias()?"
        raise NoForeignKeysError(
            f"Can't find any foreign key relationships between {left.description!r} and {right.description!r}.{hint}"
        )
    constraints: dict[Any, list[tuple[Any, Any]]] = {}
    for constraint, referred, column in pairs:
        constraints.setdefault(constraint, []).append((referred, column))
    if len({frozenset((id(a), id(b)) for a, b in found) for found in constraints.values()}) > 1:
        raise AmbiguousForeignKeysError(
            f"Can't determine join between {left.description!r} and {right.description!r}; tables have more than one "
            "foreign key constraint relationship between them. "
            "Please specify the 'onclause' of this join explicitly."
        )
    found = next(iter(constraints.values()))
    return and_(*(referred == column for referred, column in found))


def can_join(left: Any, right: Any) -> bool:
    """Tell whether foreign keys lead from one element to the other."""
    return bool(_key_pairs(left, right))


def _key_pairs(left: Any, right: Any) -> list[tuple[Any, Any, Any]]:
    """Return (constraint, referred column, referring column) for all foreign keys between two FROM elements."""
    pairs = list(_keys_to(left, right))
    if left is not right:
        pairs += _keys_to(right, left)
    return pairs


def _keys_to(target: Any, source: Any) -> Iterable[tuple[Any, Any, Any]]:
    for column in source.c:
        for key in column.foreign_keys:
            referred = _referred(key, target)
            if referred is not None:
                yield getattr(key, "constraint", None) or key, referred, column


def _referred(key: Any, target: Any) -> Any:
    try:
        return target.corresponding_column(key.column)
    except NoReferenceError as error:
        if getattr(error, "table_name", None) == getattr(target, "name", None):
            raise
        return None


def join(left: Any, right: Any, onclause: Any = None, isouter: bool = False, full: bool = False) -> Join:
    """Return a JOIN of two FROM elements."""
    return Join(left, right, onclause, isouter, full)


def outerjoin(left: Any, right: Any, onclause: Any = None, full: bool = False) -> Join:
    """Return a LEFT OUTER JOIN of two FROM elements."""
    return Join(left, right, onclause, isouter=True, full=full)


makers.join = Join
