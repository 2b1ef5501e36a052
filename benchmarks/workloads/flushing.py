"""Writing: new, changed and deleted objects, bulk inserts, constructors (W5, W5s, W5c, W6, W6o, W7, W8, W17)."""

from __future__ import annotations

from typing import Any

from .. import data
from ..registry import Work, raw, workload
from .loading import ITEMS, Plain

KEYLESS = data.COLUMNS[1:]
BATCH = 500


def stored(driver: Any) -> int:
    """The checksum of the items as the driver reads them."""
    return data.checksum(driver.incoming(driver.cursor.execute(ITEMS).fetchall()))


def stored_by(lib: Any, session: Any) -> int:
    """The same through a library's connection."""
    return data.checksum(
        tuple(row) for row in session.execute(lib.sa.text(ITEMS).columns(*lib.models.Item.__table__.c))
    )


@workload("W5", count=20_000, aim=6, expected=13)
def add_all(lib: Any, count: int) -> Work:
    """Add new objects and commit, keys fetched back.

    ``session.add_all(objects)``, ``flush()``, the keys read, ``commit()``; the objects are made before, without keys.
    The driver: INSERT .. RETURNING id with 500 rows each, commit.
    """
    session, item = lib.session(), lib.models.Item
    objects = [item(**values) for values in data.dictionaries(count, without=("id",))]
    yield
    session.add_all(objects)
    session.flush()
    keys = [entry.id for entry in objects]
    session.commit()
    yield
    return stored_by(lib, session) + sum(keys)


@raw("W5")
def add_all_raw(side: Any, count: int) -> Work:
    driver = side.driver()
    rows = [row[1:] for row in data.items(count)]
    one = f"({driver.marks(len(KEYLESS))})"
    yield
    keys: list[int] = []
    outgoing = driver.outgoing(rows)
    for start in range(0, count, BATCH):
        chunk = outgoing[start : start + BATCH]
        text = f"INSERT INTO item ({', '.join(KEYLESS)}) VALUES {', '.join([one] * len(chunk))} RETURNING id"
        keys += [key for (key,) in driver.cursor.execute(text, [value for row in chunk for value in row]).fetchall()]
    driver.connection.commit()
    yield
    return stored(driver) + sum(keys)


@workload("W5s", count=20_000, aim=5, expected=35)
def add_and_flush(lib: Any, count: int) -> Work:
    """Add one object and flush, again and again, in one transaction.

    ``session.add(object); session.flush()`` for objects made before. The driver: one INSERT and its lastrowid each.
    """
    session, item = lib.session(), lib.models.Item
    objects = [item(**values) for values in data.dictionaries(count, without=("id",))]
    yield
    for entry in objects:
        session.add(entry)
        session.flush()
    yield
    return stored_by(lib, session) + sum(entry.id for entry in objects)


@raw("W5s")
def add_and_flush_raw(side: Any, count: int) -> Work:
    driver = side.driver()
    rows = [row[1:] for row in data.items(count)]
    returning = "" if driver.database == "sqlite" else " RETURNING id"
    text = f"INSERT INTO item ({', '.join(KEYLESS)}) VALUES ({driver.marks(len(KEYLESS))}){returning}"
    yield
    keys = 0
    for row in driver.outgoing(rows):
        cursor = driver.cursor.execute(text, row)
        keys += cursor.fetchone()[0] if returning else cursor.lastrowid
    yield
    return stored(driver) + keys


class Made:
    """A plain class with the constructor one would write."""

    def __init__(
        self, *, name: str, note: str | None, amount: int, rank: int | None, ratio: float, price: Any, created: Any,
        changed: Any, active: bool,
    ) -> None:  # fmt: skip
        self.name = name
        self.note = note
        self.amount = amount
        self.rank = rank
        self.ratio = ratio
        self.price = price
        self.created = created
        self.changed = changed
        self.active = active


def constructed(kind: Any, rows: list[tuple[Any, ...]]) -> list[Any]:
    return [
        kind(
            name=name, note=note, amount=amount, rank=rank, ratio=ratio, price=price,
            created=created, changed=changed, active=active,
        )
        for _key, name, note, amount, rank, ratio, price, created, changed, active in rows
    ]  # fmt: skip


def of_constructed(found: list[Any]) -> int:
    return data.checksum(tuple(getattr(entry, key) for key in KEYLESS) for entry in found)


@workload("W5c", count=20_000, aim=6, expected=22, embedded_only=True)
def construct(lib: Any, count: int) -> Work:
    """Construct objects with nine keyword arguments.

    By hand: a plain class with the same constructor written out.
    """
    item, rows = lib.models.Item, data.items(count)
    lib.models.Base.registry.configure()
    yield
    found = constructed(item, rows)
    yield
    return of_constructed(found)


@raw("W5c")
def construct_raw(side: Any, count: int) -> Work:
    rows = data.items(count)
    yield
    found = constructed(Made, rows)
    yield
    return of_constructed(found)


@workload("W6", count=100_000, aim=1.5, expected=2.2)
def core_insert(lib: Any, count: int) -> Work:
    """Core insert of many dictionaries.

    ``connection.execute(insert(item), dictionaries)`` with all ten keys, commit. The driver: executemany of the values,
    converted by hand.
    """
    connection = lib.engine().connect()
    table, rows = lib.models.Item.__table__, data.dictionaries(count)
    yield
    connection.execute(lib.sa.insert(table), rows)
    connection.commit()
    yield
    return stored_by(lib, connection)


@raw("W6")
def core_insert_raw(side: Any, count: int) -> Work:
    driver, rows = side.driver(), data.items(count)
    yield
    driver.insert("item", rows)
    driver.connection.commit()
    yield
    return stored(driver)


@workload("W6o", count=100_000, aim=5, expected=9)
def orm_insert(lib: Any, count: int) -> Work:
    """ORM bulk insert of many dictionaries with NULLs here and there.

    ``session.execute(insert(Item), dictionaries)`` with all ten keys, commit. The driver: as in W6.
    """
    session, rows = lib.session(), data.dictionaries(count)
    yield
    session.execute(lib.sa.insert(lib.models.Item), rows)
    session.commit()
    yield
    return stored_by(lib, session)


raw("W6o")(core_insert_raw)


@workload("W7", count=10_000, aim=4, expected=8)
def change(lib: Any, count: int) -> Work:
    """Load objects, change one attribute of each, flush and commit.

    The driver: SELECT, objects, and one executemany of UPDATE by key.
    """
    session, item = lib.session(count), lib.models.Item
    yield
    for entry in session.scalars(lib.sa.select(item).order_by(item.id)).all():
        entry.amount += 1
    session.commit()
    yield
    return stored_by(lib, session)


@raw("W7")
def change_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    text = f"UPDATE item SET amount = {driver.mark} WHERE id = {driver.mark}"
    yield
    found = [Plain(row) for row in driver.incoming(driver.cursor.execute(ITEMS).fetchall())]
    driver.cursor.executemany(text, [(entry.amount + 1, entry.id) for entry in found])
    driver.connection.commit()
    yield
    return stored(driver)


@workload("W8", count=10_000, aim=3, expected=6)
def delete(lib: Any, count: int) -> Work:
    """Load objects, delete each, flush and commit.

    The driver: SELECT, objects, and one executemany of DELETE by key.
    """
    session, item = lib.session(count), lib.models.Item
    yield
    for entry in session.scalars(lib.sa.select(item).order_by(item.id)).all():
        session.delete(entry)
    session.commit()
    yield
    return stored_by(lib, session)


@raw("W8")
def delete_raw(side: Any, count: int) -> Work:
    driver = side.driver(count)
    yield
    found = [Plain(row) for row in driver.incoming(driver.cursor.execute(ITEMS).fetchall())]
    driver.cursor.executemany(f"DELETE FROM item WHERE id = {driver.mark}", [(entry.id,) for entry in found])
    driver.connection.commit()
    yield
    return stored(driver)


@workload("W17", count=5_000, aim=4, expected=25)
def append_members(lib: Any, count: int) -> Work:
    """Append new objects one by one to the collection of a parent in the session, flush and commit.

    The cost of an append must not depend on how many members there are. The driver: INSERT .. RETURNING id, commit.
    """
    session, parent, child = lib.session(0, 1), lib.models.Parent, lib.models.Child
    owner = session.scalars(lib.sa.select(parent)).first()
    members = owner.children
    yield
    for number in range(count):
        members.append(child(name=f"appended {number}", size=number))
    session.commit()
    yield
    return int(session.scalar(lib.sa.text("SELECT sum(size) FROM child WHERE name LIKE 'appended %'")))


@raw("W17")
def append_members_raw(side: Any, count: int) -> Work:
    driver = side.driver(0, 1)
    (owner,) = driver.cursor.execute("SELECT id FROM parent").fetchone()
    one = f"({driver.marks(3)})"
    yield
    rows = [(owner, f"appended {number}", number) for number in range(count)]
    for start in range(0, count, BATCH):
        chunk = rows[start : start + BATCH]
        text = f"INSERT INTO child (parent_id, name, size) VALUES {', '.join([one] * len(chunk))} RETURNING id"
        driver.cursor.execute(text, [value for row in chunk for value in row]).fetchall()
    driver.connection.commit()
    yield
    return int(driver.cursor.execute("SELECT sum(size) FROM child WHERE name LIKE 'appended %'").fetchone()[0])
