"""Statements: build and execute by key, compile without a cache (W11, W11c, W12)."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from .. import data
from ..registry import Work, raw, workload
from .loading import ITEMS, Plain, shuffled


@workload("W11", count=20_000, aim=8, expected=12)
def select_entity_by_key(lib: Any, count: int) -> Work:
    """Build and execute a select of an entity by key.

    ``session.scalars(select(Item).where(Item.id == key)).one()`` for each key in random order, cold identity map, the
    objects kept. The driver: one SELECT by key and an object each.
    """
    session, item, keys = lib.session(count), lib.models.Item, shuffled(count)
    session.connection()
    select = lib.sa.select
    yield
    found = [session.scalars(select(item).where(item.id == key)).one() for key in keys]
    yield
    return data.of_items(found)


@raw("W11")
def select_entity_by_key_raw(side: Any, count: int) -> Work:
    driver, keys = side.driver(count), shuffled(count)
    text = ITEMS.replace("ORDER BY id", f"WHERE id = {driver.mark}")
    yield
    found = [Plain(driver.incoming([driver.cursor.execute(text, (key,)).fetchone()])[0]) for key in keys]
    yield
    return data.of_items(found)


@workload("W11c", count=20_000, aim=5, expected=7.5)
def select_row_by_key(lib: Any, count: int) -> Work:
    """Build and execute a Core select of a row by key.

    ``connection.execute(select(item).where(item.c.id == key)).one()`` for each key in random order. The driver: one
    SELECT by key each, values converted by hand.
    """
    connection, item, keys = lib.engine(count).connect(), lib.models.Item.__table__, shuffled(count)
    select = lib.sa.select
    yield
    found = [connection.execute(select(item).where(item.c.id == key)).one() for key in keys]
    yield
    return data.checksum(tuple(row) for row in found)


@raw("W11c")
def select_row_by_key_raw(side: Any, count: int) -> Work:
    driver, keys = side.driver(count), shuffled(count)
    text = ITEMS.replace("ORDER BY id", f"WHERE id = {driver.mark}")
    yield
    found = [driver.incoming([driver.cursor.execute(text, (key,)).fetchone()])[0] for key in keys]
    yield
    return data.checksum(found)


def recipes(count: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of chosen columns and compared columns, all different."""
    columns = [chosen for size in (3, 4, 5) for chosen in combinations(data.COLUMNS, size)]
    compared = [chosen for size in (1, 2) for chosen in combinations(data.COLUMNS, size)]
    return [
        (columns[number % len(columns)], compared[number // len(columns) % len(compared)]) for number in range(count)
    ]


@workload("W12", count=2000, aim=2, expected=76, embedded_only=True)
def compile_different(lib: Any, count: int) -> Work:
    """Build and compile selects that are all different, nothing cached.

    Three to five columns, one or two conditions, an order: ``str(statement.compile(dialect))``. By hand: the same text
    put together from strings.
    """
    item = lib.models.Item.__table__
    dialect = lib.engine().dialect
    select, wanted = lib.sa.select, recipes(count)
    yield
    found = []
    for columns, compared in wanted:
        statement = select(*[item.c[name] for name in columns])
        for name in compared:
            statement = statement.where(item.c[name] == 5)
        found.append(str(statement.order_by(item.c[columns[0]]).compile(dialect=dialect)))
    yield
    return data.checksum((text,) for text in found)


@raw("W12")
def compile_different_raw(side: Any, count: int) -> Work:
    wanted = recipes(count)
    yield
    found = []
    for columns, compared in wanted:
        where = " AND ".join([f"item.{name} = ?" for name in compared])
        chosen = ", ".join([f"item.{name}" for name in columns])
        found.append(f"SELECT {chosen} \nFROM item \nWHERE {where} ORDER BY item.{columns[0]}")
    yield
    return data.checksum((text,) for text in found)
