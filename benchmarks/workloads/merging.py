"""Merge: one by one, all at once, without loading, by cascade (W10a, W10e, W10c, W10d)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from .. import data
from ..registry import Work, raw, workload
from .flushing import BATCH, stored, stored_by
from .loading import ITEMS, Plain

CHANGED = 10
"""Every tenth object carries a change."""


def detached(lib: Any, count: int) -> tuple[Any, list[Any]]:
    """A new session on a filled database, and its items loaded by another session, every tenth changed."""
    item = lib.models.Item
    engine = lib.engine(count)
    with lib.orm.Session(engine) as other:
        found = other.scalars(lib.sa.select(item).order_by(item.id)).all()
    for entry in found[::CHANGED]:
        entry.amount += 1
    return lib.orm.Session(engine), found


@workload("W10a", count=10_000, aim=8, expected=22)
def merge_each(lib: Any, count: int) -> Work:
    """Merge detached objects one by one, all in the database, none in the session; every tenth changed.

    A loop of ``session.merge(object)``, then ``flush()``. The driver: a SELECT by key, an object and a comparison each,
    then one executemany of UPDATE.
    """
    session, objects = detached(lib, count)
    session.connection()
    yield
    merged = [session.merge(entry) for entry in objects]
    session.flush()
    yield
    return data.of_items(merged) + stored_by(lib, session)


def sources(driver: Any) -> list[Plain]:
    found = [Plain(row) for row in driver.incoming(driver.cursor.execute(ITEMS).fetchall())]
    for entry in found[::CHANGED]:
        entry.amount += 1
    return found


def copy(source: Plain, target: Plain, changes: list[tuple[int, int]]) -> None:
    """What a merge does by hand: compare all values, note what changed."""
    if vars(source) != vars(target):
        vars(target).update(vars(source))
        changes.append((target.amount, target.id))


@raw("W10a")
def merge_each_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    objects = sources(driver)
    text = ITEMS.replace("ORDER BY id", f"WHERE id = {driver.mark}")
    yield
    merged: list[Plain] = []
    changes: list[tuple[int, int]] = []
    for entry in objects:
        merged.append(Plain(driver.incoming([driver.cursor.execute(text, (entry.id,)).fetchone()])[0]))
        copy(entry, merged[-1], changes)
    driver.cursor.executemany(f"UPDATE item SET amount = {driver.mark} WHERE id = {driver.mark}", changes)
    yield
    return data.of_items(merged) + stored(driver)


@workload("W10e", count=10_000, aim=20, expected=13)
def merge_all(lib: Any, count: int) -> Work:
    """Merge the same objects all at once.

    ``session.merge_all(objects)``, then ``flush()``. The driver: SELECTs of 500 keys each, objects and comparisons,
    then one executemany of UPDATE.
    """
    session, objects = detached(lib, count)
    session.connection()
    yield
    merged = list(session.merge_all(objects))
    session.flush()
    yield
    return data.of_items(merged) + stored_by(lib, session)


@raw("W10e")
def merge_all_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    objects = sources(driver)
    yield
    targets: dict[int, Plain] = {}
    for start in range(0, count, BATCH):
        keys = [entry.id for entry in objects[start : start + BATCH]]
        text = ITEMS.replace("ORDER BY id", f"WHERE id IN ({driver.marks(len(keys))})")
        for row in driver.incoming(driver.cursor.execute(text, keys).fetchall()):
            targets[row[0]] = Plain(row)
    changes: list[tuple[int, int]] = []
    for entry in objects:
        copy(entry, targets[entry.id], changes)
    driver.cursor.executemany(f"UPDATE item SET amount = {driver.mark} WHERE id = {driver.mark}", changes)
    yield
    return data.of_items([targets[entry.id] for entry in objects]) + stored(driver)


@workload("W10c", count=10_000, aim=4, expected=12, embedded_only=True)
def merge_unloaded(lib: Any, count: int) -> Work:
    """Merge clean detached objects with ``load=False``.

    A loop of ``session.merge(object, load=False)``. By hand: a new object and a copy of the values.
    """
    item = lib.models.Item
    engine = lib.engine(count)
    with lib.orm.Session(engine) as other:
        objects = other.scalars(lib.sa.select(item).order_by(item.id)).all()
    session = lib.orm.Session(engine)
    yield
    merged = [session.merge(entry, load=False) for entry in objects]
    yield
    return data.of_items(merged)


@raw("W10c")
def merge_unloaded_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    objects = [Plain(row) for row in driver.incoming(driver.cursor.execute(ITEMS).fetchall())]
    held: dict[int, Plain] = {}
    yield
    for entry in objects:
        held[entry.id] = made = Plain.__new__(Plain)
        vars(made).update(vars(entry))
    yield
    return data.of_items(held.values())


@workload("W10d", count=1000, aim=15, expected=36)
def merge_cascade(lib: Any, count: int) -> Work:
    """Merge parents with 10 children each by cascade; every tenth parent has its children changed.

    A loop of ``session.merge(parent)`` over detached parents with loaded collections, then ``flush()``. The driver: all
    parents and children by SELECTs of 500 keys, comparisons, one executemany of UPDATE.
    """
    parent = lib.models.Parent
    engine = lib.engine(0, count)
    with lib.orm.Session(engine) as other:
        query = lib.sa.select(parent).order_by(parent.id).options(lib.orm.selectinload(parent.children))
        objects = other.scalars(query).all()
    for entry in objects[::CHANGED]:
        for child in entry.children:
            child.size += 1
    session = lib.orm.Session(engine)
    session.connection()
    yield
    merged = [session.merge(entry) for entry in objects]
    session.flush()
    yield
    return data.of_families(merged)


@raw("W10d")
def merge_cascade_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, count)
    objects = read_families(driver, list(range(1, count + 1)))
    for entry in objects[::CHANGED]:
        for child in entry.children:
            child.size += 1
    yield
    merged = read_families(driver, [entry.id for entry in objects])
    changes: list[tuple[int, int]] = []
    for source, target in zip(objects, merged, strict=True):
        for given, held in zip(source.children, target.children, strict=True):
            if given != held:
                held.size = given.size
                changes.append((held.size, held.id))
    driver.cursor.executemany(f"UPDATE child SET size = {driver.mark} WHERE id = {driver.mark}", changes)
    yield
    return data.of_families(merged)


def read_families(driver: Any, keys: list[int]) -> list[Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(keys), BATCH):
        chunk = keys[start : start + BATCH]
        marks = driver.marks(len(chunk))
        for key, name in driver.cursor.execute(
            f"SELECT id, name FROM parent WHERE id IN ({marks}) ORDER BY id", chunk
        ).fetchall():
            found[key] = SimpleNamespace(id=key, name=name, children=[])
        text = f"SELECT id, parent_id, name, size FROM child WHERE parent_id IN ({marks}) ORDER BY id"
        for key, parent_id, name, size in driver.cursor.execute(text, chunk).fetchall():
            found[parent_id].children.append(SimpleNamespace(id=key, parent_id=parent_id, name=name, size=size))
    return list(found.values())
