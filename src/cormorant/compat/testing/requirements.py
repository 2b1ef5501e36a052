"""What a database must have for a test to run: packages derive from `Requirements` and add properties.

A property returns a rule of `exclusions`. The class here answers from the features of the dialect under test what
packages ask most.
"""

from __future__ import annotations

from . import exclusions
from .exclusions import Rule


class Requirements:
    """Base of the classes of packages."""


class SuiteRequirements(Requirements):
    """Requirements that are answered by the dialect."""

    @property
    def schemas(self) -> Rule:
        """The database has schemas, among them `test_schema`."""
        return exclusions.only_if(lambda config: config.db.dialect.name not in ("sqlite", "default"), "no schemas")

    @property
    def sequences(self) -> Rule:
        """The database has sequences."""
        return exclusions.only_if(lambda config: config.db.dialect.supports_sequences, "no sequences")

    @property
    def comments(self) -> Rule:
        """The database has comments on tables and columns."""
        return exclusions.only_if(lambda config: config.db.dialect.supports_comments, "no comments")

    @property
    def insert_returning(self) -> Rule:
        """INSERT may return rows."""
        return exclusions.only_if(lambda config: config.db.dialect.insert_returning, "no INSERT .. RETURNING")
