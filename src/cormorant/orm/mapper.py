"""Mappers."""

from .mapping.configure import configure_mappers
from .mapping.mapper import Mapper
from .mapping.marked import reconstructor, validates

__all__ = ["Mapper", "configure_mappers", "reconstructor", "validates"]
