"""Classes and relationships made from tables, which mostly are read from a database: the public names."""

from .base import AutomapBase, automap_base
from .naming import (
    classname_for_table,
    generate_relationship,
    name_for_collection_relationship,
    name_for_scalar_relationship,
)

__all__ = [
    "AutomapBase",
    "automap_base",
    "classname_for_table",
    "generate_relationship",
    "name_for_collection_relationship",
    "name_for_scalar_relationship",
]
