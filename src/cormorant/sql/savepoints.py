"""SAVEPOINT and its like as statements, so that listeners of statements see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .clause import Executable
from .node import ATOM, Kind, Node, Shape


class IdentifiedClause(Executable):
    """A statement about a savepoint by its name; run once, never cached."""

    _structure: ClassVar[Mapping[str, Kind]] = {"ident": ATOM}
    words: ClassVar[str] = ""

    def __init__(self, ident: str) -> None:
        self.ident = ident

    def _find_structure(self, cls: type[Node]) -> tuple[Shape, tuple[Any, ...]]:
        return Shape(cacheable=False), ()


class SavepointClause(IdentifiedClause):
    """SAVEPOINT."""

    words = "SAVEPOINT"


class RollbackToSavepointClause(IdentifiedClause):
    """ROLLBACK TO SAVEPOINT."""

    words = "ROLLBACK TO SAVEPOINT"


class ReleaseSavepointClause(IdentifiedClause):
    """RELEASE SAVEPOINT."""

    words = "RELEASE SAVEPOINT"
