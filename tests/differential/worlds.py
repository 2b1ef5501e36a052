"""What generated programs start from: each world fills a namespace and returns what is logged after every step."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from .models import core_tables, shop, wide_tables

After: TypeAlias = Callable[[str], None]


def tables(namespace: dict[str, Any]) -> After:
    """Two Core tables ``a`` and ``b`` with rows and a connection ``c``, made once per side and only read."""
    sa = namespace["sa"]
    made = core_tables(sa)
    namespace.update(a=made.a, b=made.b, c=table_connection(sa))
    return lambda step: None


@cache
def table_connection(sa: Any) -> Any:
    made = core_tables(sa)
    engine = sa.create_engine("sqlite://")
    made.metadata.create_all(engine)
    with engine.begin() as connection:
        for table, rows in made.rows.items():
            connection.execute(table.insert(), rows)
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def wide(namespace: dict[str, Any]) -> After:
    """Two tables ``t`` and ``u`` of many types with rows, and a connection ``c`` that keeps nothing."""
    sa = namespace["sa"]
    made = wide_tables(sa)
    namespace.update(t=made.t, u=made.u, dt=datetime, D=decimal.Decimal, c=wide_connection(sa), wide_rows=wide_rows)
    return lambda step: None


def wide_rows(connection: Any, statement: Any, ordered: bool) -> Any:
    """What a statement gives, after which everything is as before."""
    try:
        result = connection.execute(statement)
        rows = [tuple(row) for row in result.all()] if result.returns_rows else result.rowcount
        return rows if ordered or not result.returns_rows else sorted(rows, key=repr)
    finally:
        connection.rollback()


@cache
def wide_connection(sa: Any) -> Any:
    made = wide_tables(sa)
    engine = sa.create_engine("sqlite://")
    connection = engine.connect()
    made.metadata.create_all(connection)
    for table, rows in made.rows.items():
        connection.execute(table.insert(), rows)
    connection.commit()
    return connection


def schema(namespace: dict[str, Any]) -> After:
    """An empty ``metadata`` and an engine ``e``."""
    sa, log = namespace["sa"], namespace["log"]
    namespace.update(metadata=sa.MetaData(), e=log.engine())
    return lambda step: None


def graph(namespace: dict[str, Any]) -> After:
    """The shop's classes with rows, and a session ``s``; after a step: every variable, the session's sets, the rows.

    Objects the session holds are kept alive, so that nothing depends on when the garbage collector runs.
    """
    sa, orm, log = namespace["sa"], namespace["orm"], namespace["log"]
    models = shop(sa, orm)
    session = log.session(models.metadata, models.rows)
    namespace.update(vars(models), s=session)
    fixed, keep = set(namespace), []

    def after(_step: str) -> None:
        keep.extend(session.identity_map.values())
        entities = {
            key: value for key, value in namespace.items() if hasattr(value, "_sa_instance_state") and key not in fixed
        }
        keep.extend(entities.values())
        for key in sorted(entities):
            log(key, entities[key])
        log.states(*(entities[key] for key in sorted(entities)))
        log.sets(session)
        log.dump("users", "posts", "notes")

    return after


WORLDS: dict[str, Callable[[dict[str, Any]], After]] = {
    "tables": tables,
    "wide": wide,
    "schema": schema,
    "graph": graph,
}
