"""What a database must have for a test to run: packages derive from `Requirements` and add properties.

A property returns a rule of `exclusions`. The class here answers from the features of the dialect under test what
packages ask most.
"""

from __future__ import annotations

from typing import Any

from . import exclusions
from .exclusions import Rule


def _needs(feature: str, reason: str) -> Rule:
    """Return the rule that skips where the dialect lacks a feature."""

    def has(config: Any) -> bool:
        return bool(getattr(config.db.dialect, feature))

    return exclusions.only_if(has, reason)


class Requirements:
    """Base of the classes of packages."""


class SuiteRequirements(Requirements):
    """Requirements that are answered by the dialect."""

    @property
    def sequences(self) -> Rule:
        """The database has sequences."""
        return _needs("supports_sequences", "no sequences")

    @property
    def comments(self) -> Rule:
        """The database has comments on tables and columns."""
        return _needs("supports_comments", "no comments")

    @property
    def insert_returning(self) -> Rule:
        """INSERT may return rows."""
        return _needs("insert_returning", "no INSERT .. RETURNING")
