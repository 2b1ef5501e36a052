"""Dynamic relationships."""

from .mapping.annotated import DynamicMapped
from .query.dynamic import AppenderMixin, AppenderQuery

__all__ = ["AppenderMixin", "AppenderQuery", "DynamicMapped"]
