"""Names of databases for parallel runs: there is one database, so none has a name of its own."""

from __future__ import annotations

FOLLOWER_IDENT: str | None = None
"""Which of several parallel processes this is; there is only one."""
