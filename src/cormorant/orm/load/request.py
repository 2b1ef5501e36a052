"""A load that listeners of `do_orm_execute` hear of: what is loaded for whom, as a value.

In: a kept statement and the values of its places. Out: a `LoadRequest`, which the session runs past its listeners.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple


class LoadKind(Enum):
    """What a statement loads."""

    OBJECTS = "objects"
    COLUMNS = "columns"
    RELATED = "related"

    __hash__ = object.__hash__


class LoadPath:
    """The way from a mapper to what is loaded: `loader_strategy_path` of an ORMExecuteState."""

    __slots__ = ("path",)

    def __init__(self, *path: Any) -> None:
        self.path = path

    def __iter__(self) -> Any:
        return iter(self.path)

    def __len__(self) -> int:
        return len(self.path)

    def __getitem__(self, index: Any) -> Any:
        return self.path[index]

    def __str__(self) -> str:
        return f"ORM Path[{' -> '.join(map(str, self.path))}]"

    __repr__ = __str__


NO_PATH = LoadPath()


class LoadPurpose(NamedTuple):
    """Why a statement is kept."""

    kind: LoadKind = LoadKind.OBJECTS
    path: LoadPath = NO_PATH
    loaded_from: Any = None
    """The state of the object that a lazy load is for."""
    options: tuple[Any, ...] = ()
    """The options that the object of a column load came with."""


OBJECTS = LoadPurpose()
COLUMNS = LoadPurpose(LoadKind.COLUMNS)


def related_to(relationship: Any) -> LoadPurpose:
    """Return the purpose of loading what a relationship leads to."""
    return LoadPurpose(LoadKind.RELATED, LoadPath(relationship.parent, relationship))


class LoadRequest(NamedTuple):
    """One load."""

    statement: Any
    mapper: Any
    places: Mapping[Any, Any]
    """Bind -> value."""
    is_refresh: bool = False
    purpose: LoadPurpose = OBJECTS
    parameters: Any = None
