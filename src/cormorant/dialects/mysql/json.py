"""The JSON type of MySQL."""

from __future__ import annotations

from ...types import documents


class JSON(documents.JSON):
    """MySQL JSON; MariaDB calls text so that is checked to be a document."""
