"""Names of the transition to the 2.0 API; each is the ordinary one."""

from ..engine import Connection, Engine, create_engine
from ..sql import select

__all__ = ["Connection", "Engine", "create_engine", "select"]
