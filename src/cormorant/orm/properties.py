"""The properties of mappers."""

from .mapping.composite import CompositeProperty
from .mapping.concrete import ConcreteInheritedProperty
from .mapping.properties import ColumnProperty, SynonymProperty
from .mapping.relationship import RelationshipProperty

__all__ = [
    "ColumnProperty",
    "CompositeProperty",
    "ConcreteInheritedProperty",
    "RelationshipProperty",
    "SynonymProperty",
]
