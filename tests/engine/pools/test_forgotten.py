"""Connections whose user is forgotten, in a cycle of references, come back whole."""

from __future__ import annotations

import gc
import sqlite3
from typing import Any

from cormorant.pool import QueuePool


class Closing(sqlite3.Connection):
    """A driver connection that closes itself when it is collected, as some drivers' do."""

    def __del__(self) -> None:
        self.close()


class User:
    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.me = self


def test_a_forgotten_connection_is_reset_and_used_again() -> None:
    pool = QueuePool(lambda: sqlite3.connect(":memory:", factory=Closing))
    user = User(pool.connect())
    driver_connection = user.connection.dbapi_connection
    identity = id(driver_connection)
    del driver_connection
    del user
    gc.collect()
    assert pool.checkedout() == 0
    again = pool.connect()
    assert id(again.dbapi_connection) == identity
    assert again.dbapi_connection.execute("SELECT 1").fetchall() == [(1,)]
    again.close()
    pool.dispose()
