"""`unittest.mock`, where packages that test with this toolkit look for it."""

from __future__ import annotations

from unittest.mock import ANY, DEFAULT, MagicMock, Mock, call, patch

__all__ = ["ANY", "DEFAULT", "MagicMock", "Mock", "call", "patch"]
