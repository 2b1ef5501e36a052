"""What the columns of a result are called: names, and the objects that find a column too.

In: names, and for each column the objects it may be looked up by (its Column, its label ...). Out: positions. Made
once per result shape and shared by all its rows; knows nothing of values. The objects are those of the statement that
the plan was made of; those of an equal statement are found by structure (`roles.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, KeysView, Sequence
from typing import Any, Final, NoReturn, cast

from ..exc import CompileError, InvalidRequestError, NoSuchColumnError
from ..inspection import inspect
from ..sql.node import Node, deannotate
from .roles import Roles, Structure, structure_in

AMBIGUOUS: Final = -1


class RowKeys:
    """Names of a result's columns, in order, and the table that finds a position by name or object.

    A column without a name (an alias of a class that was given none) has None in `names` and is not in `visible`. With
    `takes_last`, a name that several columns have is that of the last, else it is ambiguous.
    """

    __slots__ = (
        "_lookup", "_structures", "is_unpickled", "names", "objects", "roles", "takes_last", "unique_filters",
        "visible",
    )  # fmt: skip

    def __init__(
        self,
        names: Sequence[str | None],
        objects: Sequence[Sequence[Any]] = (),
        *,
        is_unpickled: bool = False,
        unique_filters: Sequence[Callable[[Any], Any]] | None = None,
        roles: Roles | None = None,
        takes_last: bool = False,
    ) -> None:
        self.takes_last = takes_last
        self.names = tuple(names)
        self.visible = cast("tuple[str, ...]", self.names) if None not in self.names else _named(self.names)
        self.objects = objects
        self.is_unpickled = is_unpickled
        self.unique_filters = unique_filters
        self.roles = roles
        self._lookup: dict[Any, int] | None = None
        self._structures: dict[Structure, int] | None = None

    @property
    def lookup(self) -> dict[Any, int]:
        """Position by name or object; `AMBIGUOUS` where a name belongs to several columns of a statement."""
        if self._lookup is None:
            self._lookup = self._build()
        return self._lookup

    def _build(self) -> dict[Any, int]:
        found: dict[Any, int] = {}
        for position, keys in enumerate(self.objects):
            for key in keys:
                found.setdefault(key, position)
        named: dict[str, int] = {}
        for position, name in enumerate(self.names):
            if name is None:
                continue
            is_double = name in named and bool(self.objects) and not self.takes_last
            named[name] = AMBIGUOUS if is_double else position
        found.update(named)
        return found

    def position(self, key: Any) -> int:
        """The position of a column given by name or object; raises NoSuchColumnError."""
        try:
            position = self.lookup.get(key)
        except TypeError:
            position = None
        if position is None:
            position = self._like(key)
            if position is None:
                self.fail_missing(key)
        if position == AMBIGUOUS:
            raise InvalidRequestError(f"Ambiguous column name '{key}' in result set column descriptions")
        return position

    def _like(self, key: Any) -> int | None:
        """The position of the column that an object of an equal statement stands for."""
        node = _node_of(key)
        if node is None or not self.objects:
            return None
        if self._structures is None:
            self._structures = self._find_structures()
        for one in (node, deannotate(node)):
            position = self._structures.get(cast("Structure", structure_in(self.roles, one)))
            if position is not None:
                return position
        return None

    def _find_structures(self) -> dict[Structure, int]:
        found: dict[Structure, int] = {}
        for position, keys in enumerate(self.objects):
            for key in keys:
                structure = structure_in(self.roles, key)
                if structure is not None:
                    found.setdefault(structure, position)
        return found

    def index(self, key: Any) -> int:
        """The position of a column given by name, object or number (negative ones count from the end)."""
        if type(key) is int:
            return range(len(self.names))[key] if -len(self.names) <= key < len(self.names) else _out_of_range()
        return self.position(key)

    def fail_missing(self, key: Any) -> NoReturn:
        """Raise NoSuchColumnError for a key."""
        if self.is_unpickled and not isinstance(key, (str, int)):
            raise NoSuchColumnError("Row was unpickled; lookup by ColumnElement is unsupported")
        raise NoSuchColumnError(f"Could not locate column in row for column '{_text_of(key)}'")

    def has(self, key: Any) -> bool:
        """Whether a name or object finds a column."""
        try:
            return key in self.lookup or self._like(key) is not None
        except TypeError:
            return False

    def select(self, positions: Sequence[int]) -> RowKeys:
        """The keys of a result reduced to some columns."""
        names = [self.names[position] for position in positions]
        objects = [self.objects[position] for position in positions] if self.objects else ()
        filters = self.unique_filters and [self.unique_filters[position] for position in positions]
        return RowKeys(
            names,
            objects,
            is_unpickled=self.is_unpickled,
            unique_filters=filters,
            roles=self.roles,
            takes_last=self.takes_last,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowKeys) and self.names == other.names

    def __hash__(self) -> int:
        return hash(self.names)


def _named(names: Sequence[str | None]) -> tuple[str, ...]:
    return tuple([name for name in names if name is not None])


def _node_of(key: Any) -> Any:
    """The node that an object stands for in a statement: a mapped attribute, an alias of a class; or None."""
    if isinstance(key, (str, int, type)):
        return None
    if isinstance(key, Node):
        return key
    described = inspect(key, raiseerr=False)
    found = described.__clause_element__() if hasattr(described, "__clause_element__") else None
    return found if isinstance(found, Node) else None


def _text_of(key: Any) -> str:
    try:
        return str(key)
    except CompileError:  # not everything that finds a column is SQL by itself
        return repr(key)


def _out_of_range() -> NoReturn:
    raise IndexError("list index out of range")


class RMKeyView(KeysView[str]):
    """The names of a result's columns; `in` also takes the objects that find a column."""

    __slots__ = ("_row_keys",)

    def __init__(self, parent: RowKeys) -> None:
        self._row_keys = parent

    def __len__(self) -> int:
        return len(self._row_keys.visible)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row_keys.visible)

    def __contains__(self, key: object) -> bool:
        return not isinstance(key, int) and self._row_keys.has(key)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (set, frozenset)):
            return set(self) == other
        if not isinstance(other, (KeysView, list, tuple)):
            return NotImplemented
        return list(cast("Iterable[Any]", other)) == list(self)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._row_keys)

    def __repr__(self) -> str:
        return f"RMKeyView({list(self)!r})"
