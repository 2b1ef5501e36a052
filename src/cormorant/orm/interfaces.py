"""What properties and comparators of programs derive from."""

from .mapping.comparators import PropComparator
from .mapping.direction import MANYTOMANY, MANYTOONE, ONETOMANY, RelationshipDirection
from .mapping.properties import MapperProperty

__all__ = ["MANYTOMANY", "MANYTOONE", "ONETOMANY", "MapperProperty", "PropComparator", "RelationshipDirection"]
