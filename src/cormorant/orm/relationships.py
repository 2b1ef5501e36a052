"""Relationships and the marks of their join conditions."""

from .mapping.conditions import foreign, remote
from .mapping.direction import RelationshipDirection
from .mapping.relationship import Relationship, RelationshipProperty

__all__ = ["Relationship", "RelationshipDirection", "RelationshipProperty", "foreign", "remote"]
