"""Which side of a relationship refers to which."""

from __future__ import annotations

from enum import Enum


class RelationshipDirection(Enum):
    """Which side refers to which."""

    ONETOMANY = 1
    MANYTOONE = 2
    MANYTOMANY = 3


ONETOMANY, MANYTOONE, MANYTOMANY = RelationshipDirection
