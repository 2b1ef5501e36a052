"""Public names of results that come from a cursor."""

from __future__ import annotations

from .cursor_result import CursorResult

__all__ = ["CursorResult"]
