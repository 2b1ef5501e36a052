"""The hook tables of engines and connections, and the one above all engines for listeners on the class.

Hot code asks two flags, `watches_statements` and `watches_cursors`, and pays nothing more while nobody listens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..event import hook_table
from ..event.catalogue import CONNECTION, DIALECT

Listeners = tuple[Callable[..., Any], ...] | None

_STATEMENT_EVENTS = ("before_execute", "after_execute")
_CURSOR_EVENTS = (
    "before_cursor_execute", "after_cursor_execute", "do_execute", "do_executemany", "do_execute_no_params",
)  # fmt: skip


class EngineHooks(hook_table("EngineHookTable", {**CONNECTION, **DIALECT})):  # type: ignore[misc]
    """The listeners of one engine or one connection."""

    after_cursor_execute: Listeners
    after_execute: Listeners
    before_cursor_execute: Listeners
    before_execute: Listeners
    begin: Listeners
    begin_twophase: Listeners
    commit: Listeners
    commit_twophase: Listeners
    do_connect: Listeners
    do_execute: Listeners
    do_execute_no_params: Listeners
    do_executemany: Listeners
    do_setinputsizes: Listeners
    engine_connect: Listeners
    engine_disposed: Listeners
    handle_error: Listeners
    prepare_twophase: Listeners
    release_savepoint: Listeners
    rollback: Listeners
    rollback_savepoint: Listeners
    rollback_twophase: Listeners
    savepoint: Listeners
    set_connection_execution_options: Listeners
    set_engine_execution_options: Listeners

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


class HeirHooks(EngineHooks):
    """The listeners of a connection, or of an engine with options: its own before those of its engine."""

    own_first = True


all_engines = EngineHooks()
