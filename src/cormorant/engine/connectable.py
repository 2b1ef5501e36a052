"""`Connectable`: the name that engines and connections have in common, for `isinstance`."""

from __future__ import annotations

import abc

from .connection import Connection
from .engine import Engine


class Connectable(abc.ABC):  # noqa: B024 - a name only
    """An Engine or a Connection."""


Connectable.register(Engine)
Connectable.register(Connection)
