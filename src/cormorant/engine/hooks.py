"""The hook tables of engines and connections, and the one above all engines for listeners on the class.

Hot code asks two flags, `watches_statements` and `watches_cursors`, and pays nothing more while nobody listens.
"""

from __future__ import annotations

from ..event import hook_table
from ..event.catalogue import CONNECTION, DIALECT

_STATEMENT_EVENTS = ("before_execute", "after_execute")
_CURSOR_EVENTS = (
    "before_cursor_execute", "after_cursor_execute", "do_execute", "do_executemany", "do_execute_no_params",
    "do_setinputsizes",
)  # fmt: skip


class EngineHooks(hook_table("EngineHookTable", {**CONNECTION, **DIALECT})):  # type: ignore[misc]
    """The listeners of one engine or one connection."""

    watches_statements = False
    watches_cursors = False

    def __init__(self, parent: EngineHooks | None = None) -> None:
        super().__init__(parent)
        self._set_flags()

    def _refresh(self, name: str) -> None:
        super()._refresh(name)
        self._set_flags()

    def _set_flags(self) -> None:
        self.watches_statements = any(getattr(self, name) is not None for name in _STATEMENT_EVENTS)
        self.watches_cursors = any(getattr(self, name) is not None for name in _CURSOR_EVENTS)


all_engines = EngineHooks()
