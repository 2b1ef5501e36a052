"""Settings that some databases need before they behave like the others."""

from __future__ import annotations

from typing import Any

from cormorant import Engine, event


def enforce_references(engine: Engine) -> None:
    """Make the engine's connections refuse broken foreign keys: a database without ALTER has to be asked."""
    if engine.dialect.features.alter:
        return

    @event.listens_for(engine, "connect")
    def ask(dbapi_connection: Any, record: Any) -> None:
        dbapi_connection.execute("PRAGMA foreign_keys=ON")

    engine.dispose()
