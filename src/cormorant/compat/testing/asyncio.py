"""Whether tests that need an event loop may run; a package's conftest switches it off."""

from __future__ import annotations

ENABLE_ASYNCIO = True
