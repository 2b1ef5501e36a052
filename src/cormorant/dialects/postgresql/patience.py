"""Connections of psycopg that give up on a silent server: the option `network_timeout`.

In: psycopg's class of connections, plain or asyncio, and seconds. Out: a class whose connections are closed, with an
OperationalError, when nothing came from the server for so long.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

READY_NONE = 0
"""What psycopg sends to those who wait when nothing has happened for a moment."""


def patient(base: Any, seconds: float, error: type[Exception]) -> Any:
    """Return a class of connections whose waits end after so many seconds of silence."""

    def wait(self: Any, gen: Any, *args: Any, **kwargs: Any) -> Any:
        return base.wait(self, _limited(self, gen, seconds, error), *args, **kwargs)

    return type(f"Patient{base.__name__}", (base,), {"wait": wait})


def _limited(connection: Any, gen: Any, seconds: float, error: type[Exception]) -> Generator[Any, Any, Any]:
    """Do what `gen` does, and look at the clock whenever nothing has happened."""
    last = time.monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready != READY_NONE:
                last = time.monotonic()
            elif time.monotonic() - last >= seconds:
                connection.pgconn.finish()
                raise error(f"the connection is lost: no answer within network_timeout={seconds:g} seconds")
            wanted = gen.send(ready)
    except StopIteration as end:
        return end.value
