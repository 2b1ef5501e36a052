"""What generated programs start from: each world fills a namespace and returns what is logged after every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from .models import core_tables, shop

After: TypeAlias = Callable[[str], None]


def tables(namespace: dict[str, Any]) -> After:
    """Two Core tables ``a`` and ``b`` with rows and a connection ``c``."""
    sa, log = namespace["sa"], namespace["log"]
    made = core_tables(sa)
    engine = log.engine(made.metadata, made.rows)
    namespace.update(a=made.a, b=made.b, c=engine.connect())
    return lambda step: None


def schema(namespace: dict[str, Any]) -> After:
    """An empty ``metadata`` and an engine ``e``."""
    sa, log = namespace["sa"], namespace["log"]
    namespace.update(metadata=sa.MetaData(), e=log.engine())
    return lambda step: None


def graph(namespace: dict[str, Any]) -> After:
    """The shop's classes with rows, and a session ``s``; every step logs all variables' states and the session's sets."""
    sa, orm, log = namespace["sa"], namespace["orm"], namespace["log"]
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows)
    namespace.update(vars(models), s=session)
    fixed = set(namespace)

    def after(_step: str) -> None:
        found = [value for key, value in namespace.items() if key not in fixed and key != "__builtins__"]
        log.states(*(value for value in found if hasattr(value, "_sa_instance_state")))
        log.sets(session)
        log.dump(*models.tables)

    return after


WORLDS: dict[str, Callable[[dict[str, Any]], After]] = {"tables": tables, "schema": schema, "graph": graph}
