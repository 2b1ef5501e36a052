"""Public names of results that come from a cursor."""

from __future__ import annotations

from .cursor_result import CursorResult
from .cursor_result import CursorResult as ResultProxy

__all__ = ["CursorResult", "ResultProxy"]
