"""Loading: entities, rows, single objects by key, collections (W1, W2, W3, W4, W9, W15)."""

from __future__ import annotations

import gc
import random
import tracemalloc
from types import SimpleNamespace
from typing import Any

from .. import data
from ..registry import Measured, Work, raw, workload

ITEMS = "SELECT id, name, note, amount, rank, ratio, price, created, changed, active FROM item ORDER BY id"


class Plain:
    """An object made by hand: the attributes of one item."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        (
            self.id, self.name, self.note, self.amount, self.rank,
            self.ratio, self.price, self.created, self.changed, self.active,
        ) = values  # fmt: skip


@workload("W1", count=50_000, aim=4, expected=3.8)
def load_entities(lib: Any, count: int) -> Work:
    """Load entities of 10 columns with a cold identity map.

    ``session.scalars(select(Item).order_by(Item.id)).all()`` on a new session. The driver: fetchall and an object per
    row, values converted by hand.
    """
    session, item = lib.session(count), lib.models.Item
    yield
    found = session.scalars(lib.sa.select(item).order_by(item.id)).all()
    yield
    return data.of_items(found)


@raw("W1")
def load_entities_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    yield
    found = [Plain(row) for row in driver.incoming(driver.cursor.execute(ITEMS).fetchall())]
    yield
    return data.of_items(found)


@workload("W2", count=50_000, aim=1.2, expected=1.5)
def load_rows(lib: Any, count: int) -> Work:
    """Load the same as rows, no entities.

    ``connection.execute(select(item).order_by(item.c.id)).all()``. The driver: fetchall, values converted by hand.
    """
    connection, item = lib.engine(count).connect(), lib.models.Item.__table__
    yield
    found = connection.execute(lib.sa.select(item).order_by(item.c.id)).all()
    yield
    return data.checksum(tuple(row) for row in found)


@raw("W2")
def load_rows_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    yield
    found = driver.incoming(driver.cursor.execute(ITEMS).fetchall())
    yield
    return data.checksum(found)


def shuffled(count: int) -> list[int]:
    keys = list(range(1, count + 1))
    random.Random(7).shuffle(keys)
    return keys


@workload("W3", count=10_000, aim=8, expected=10)
def get_cold(lib: Any, count: int) -> Work:
    """Get every item by key in random order, none of them in the identity map.

    ``session.get(Item, key)`` in a loop; the objects are kept. The driver: one SELECT by key and an object each.
    """
    session, item, keys = lib.session(count), lib.models.Item, shuffled(count)
    session.connection()
    yield
    found = [session.get(item, key) for key in keys]
    yield
    return data.of_items(found)


@raw("W3")
def get_cold_raw(side: Any, count: int) -> Work:
    driver, keys = side.driver(count), shuffled(count)
    text = ITEMS.replace("ORDER BY id", f"WHERE id = {driver.mark}")
    yield
    found = [Plain(driver.incoming([driver.cursor.execute(text, (key,)).fetchone()])[0]) for key in keys]
    yield
    return data.of_items(found)


@workload("W4", count=100_000, aim=3, expected=16, embedded_only=True)
def get_present(lib: Any, count: int) -> Work:
    """Get by key what is in the identity map: 1,000 held items, again and again.

    By hand: a look-up in a dictionary.
    """
    session, item = lib.session(1000), lib.models.Item
    held = session.scalars(lib.sa.select(item)).all()
    keys = [number % 1000 + 1 for number in range(count)]
    get = session.get
    yield
    found = [get(item, key) for key in keys]
    yield
    return len(held) + sum(entry.id for entry in found)


@raw("W4")
def get_present_raw(side: Any, count: int) -> Work:
    driver = side.driver(1000)
    held = {row[0]: Plain(row) for row in driver.incoming(driver.cursor.execute(ITEMS).fetchall())}
    keys = [number % 1000 + 1 for number in range(count)]
    get = held.get
    yield
    found = [get(key) for key in keys]
    yield
    return len(held) + sum(entry.id for entry in found if entry)


def families(lib: Any, count: int, option: str) -> Work:
    parent = lib.models.Parent
    session = lib.session(0, count)
    query = lib.sa.select(parent).order_by(parent.id)
    if option:
        query = query.options(getattr(lib.orm, option)(parent.children))
    yield
    result = session.scalars(query)
    found = (result.unique() if option == "joinedload" else result).all()
    for entry in found:
        len(entry.children)
    yield
    return data.of_families(found)


def person(key: int, name: str) -> Any:
    return SimpleNamespace(id=key, name=name, children=[])


@workload("W9", count=2000, aim=4, expected=10)
def selectin_families(lib: Any, count: int) -> Work:
    """Load parents with 10 children each by selectinload.

    ``select(Parent).order_by(Parent.id).options(selectinload(Parent.children))``, then every collection is touched. The
    driver: two SELECTs and objects, grouped by hand.
    """
    return (yield from families(lib, count, "selectinload"))


@raw("W9")
def selectin_families_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, count)
    yield
    found = {
        row[0]: person(*row) for row in driver.cursor.execute("SELECT id, name FROM parent ORDER BY id").fetchall()
    }
    for key, parent_id, name, size in driver.cursor.execute(
        "SELECT id, parent_id, name, size FROM child ORDER BY id"
    ).fetchall():
        found[parent_id].children.append(SimpleNamespace(id=key, parent_id=parent_id, name=name, size=size))
    yield
    return data.of_families(found.values())


@workload("W9j", count=2000, aim=4, expected=8.5)
def joined_families(lib: Any, count: int) -> Work:
    """Load parents with 10 children each by joinedload.

    As W9 with ``joinedload`` and ``unique()``. The driver: one LEFT JOIN and objects.
    """
    return (yield from families(lib, count, "joinedload"))


@raw("W9j")
def joined_families_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, count)
    yield
    found: dict[int, Any] = {}
    for key, name, child, size, child_name in driver.cursor.execute(
        "SELECT p.id, p.name, c.id, c.size, c.name "
        "FROM parent p LEFT JOIN child c ON c.parent_id = p.id ORDER BY p.id, c.id"
    ).fetchall():
        if key not in found:
            found[key] = person(key, name)
        found[key].children.append(SimpleNamespace(id=child, parent_id=key, name=child_name, size=size))
    yield
    return data.of_families(found.values())


@workload("W9l", count=2000, aim=6, expected=15)
def lazy_families(lib: Any, count: int) -> Work:
    """Load parents, then 10 children each lazily.

    As W9 without an option: one SELECT per parent. The driver: the same SELECTs and objects.
    """
    return (yield from families(lib, count, ""))


@raw("W9l")
def lazy_families_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, count)
    text = f"SELECT id, parent_id, name, size FROM child WHERE parent_id = {driver.mark} ORDER BY id"
    yield
    found = [person(*row) for row in driver.cursor.execute("SELECT id, name FROM parent ORDER BY id").fetchall()]
    for entry in found:
        for key, parent_id, name, size in driver.cursor.execute(text, (entry.id,)).fetchall():
            entry.children.append(SimpleNamespace(id=key, parent_id=parent_id, name=name, size=size))
    yield
    return data.of_families(found)


@workload("W15", count=20_000, aim=1.5, expected=2.5, unit="bytes")
def memory(lib: Any, count: int) -> Work:
    """Bytes of memory per loaded entity, its values included.

    What tracemalloc counts between before ``session.scalars(select(Item)).all()`` and after, all garbage collected. By
    hand: an object per row.
    """
    session, item = lib.session(count), lib.models.Item
    gc.collect()
    tracemalloc.start()
    yield
    found = session.scalars(lib.sa.select(item)).all()
    yield
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Measured(data.of_items(found), held)


@raw("W15")
def memory_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    gc.collect()
    tracemalloc.start()
    yield
    found = [Plain(row) for row in driver.incoming(driver.cursor.execute(ITEMS).fetchall())]
    yield
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Measured(data.of_items(found), held)
