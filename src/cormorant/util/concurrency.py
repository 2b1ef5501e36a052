"""Public path: the bridge between plain functions and asyncio."""

from .bridge import await_only as await_only
from .bridge import greenlet_spawn as greenlet_spawn
