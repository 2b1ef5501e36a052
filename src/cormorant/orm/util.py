"""Aliased classes, identity keys and other small things of mapped classes."""

from .mapping.aliased import AliasedClass, aliased, with_polymorphic
from .mapping.aliased import AliasedEntity as AliasedInsp
from .mapping.cascade import CascadeOptions
from .mapping.concrete import polymorphic_union
from .mapping.inspecting import has_identity, identity_key, object_state, was_deleted
from .mapping.parents import with_parent
from .query.bundle import Bundle, DictBundle
from .query.criteria import LoaderCriteriaOption, with_loader_criteria

__all__ = [
    "AliasedClass",
    "AliasedInsp",
    "Bundle",
    "CascadeOptions",
    "DictBundle",
    "LoaderCriteriaOption",
    "aliased",
    "has_identity",
    "identity_key",
    "object_state",
    "polymorphic_union",
    "was_deleted",
    "with_loader_criteria",
    "with_parent",
    "with_polymorphic",
]
