"""The table of servers that tests can ask for, and the variables by which a run is told about them.

`CORMORANT_TEST_<NAME>_URL` names a server that runs already; `CORMORANT_TEST_<NAME>_MISSING` says that there is none
and why; `CORMORANT_REQUIRE` lists the servers whose absence is a failure.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import mariadb, postgresql
from .databases import MariadbDatabase, PostgresqlDatabase, wait_for_connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from .databases import Database
    from .process import Server


@dataclass(frozen=True)
class Kind:
    """One kind of server: how to start it, how to make a database on it."""

    name: str
    launch: Callable[[], Server]
    create: Callable[[str, str], Database]

    @property
    def url_variable(self) -> str:
        return f"CORMORANT_TEST_{self.name.upper()}_URL"

    @property
    def missing_variable(self) -> str:
        return f"CORMORANT_TEST_{self.name.upper()}_MISSING"

    def start(self) -> Server:
        """Start a server that answers; raises `Unavailable`."""
        server = self.launch()
        try:
            wait_for_connection(server.url)
        except BaseException:
            server.stop()
            raise
        return server


KINDS = {
    kind.name: kind
    for kind in (
        Kind("postgresql", postgresql.start, PostgresqlDatabase.create),
        Kind("mariadb", mariadb.start, MariadbDatabase.create),
    )
}


def required() -> frozenset[str]:
    """The servers that must be there, from `CORMORANT_REQUIRE`; raises ValueError for a name that is none."""
    names = frozenset(name.strip() for name in os.environ.get("CORMORANT_REQUIRE", "").split(",") if name.strip())
    if unknown := names - KINDS.keys():
        raise ValueError(f"CORMORANT_REQUIRE names {', '.join(sorted(unknown))}; known are {', '.join(KINDS)}")
    return names
