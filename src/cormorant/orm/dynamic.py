"""Dynamic relationships."""

from .query.dynamic import AppenderMixin, AppenderQuery
from .query.typed_mapped import DynamicMapped

__all__ = ["AppenderMixin", "AppenderQuery", "DynamicMapped"]
