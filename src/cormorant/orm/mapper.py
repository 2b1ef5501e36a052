"""Mappers."""

from .mapping.configure import configure_mappers
from .mapping.mapper import Mapper

__all__ = ["Mapper", "configure_mappers"]
