"""Pony: W1, W3, W5, W5s, W7 and W9 with its entities."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from pony import orm

from .. import data
from ..registry import Work, peer
from ..sides import Driver
from ..workloads.loading import shuffled

database = orm.Database("sqlite", ":memory:")


class Item(database.Entity):
    _table_ = "item"
    id = orm.PrimaryKey(int, auto=True)
    name = orm.Required(str, 40)
    note = orm.Optional(str, 40, nullable=True)
    amount = orm.Required(int)
    rank = orm.Optional(int)
    ratio = orm.Required(float)
    price = orm.Required(Decimal, 10, 2)
    created = orm.Required(datetime.datetime, 6)
    changed = orm.Optional(datetime.datetime, 6)
    active = orm.Required(bool)


class Parent(database.Entity):
    _table_ = "parent"
    id = orm.PrimaryKey(int, auto=True)
    name = orm.Required(str, 40)
    members = orm.Set("Child")


class Child(database.Entity):
    _table_ = "child"
    id = orm.PrimaryKey(int, auto=True)
    parent = orm.Required(Parent, column="parent_id")
    name = orm.Required(str, 40)
    size = orm.Required(int)


class Subject:
    """Fills the tables; each workload runs in one database session."""

    def __init__(self) -> None:
        if database.schema is None:
            database.generate_mapping(check_tables=False)

    def fill(self, items: int = 0, families: int = 0) -> None:
        with orm.db_session:
            driver = Driver(database.get_connection(), "sqlite")
            driver.make_tables()
            driver.fill(items, families)


def ordered() -> list[Any]:
    return list(Item.select().order_by(Item.id))


def stored() -> int:
    with orm.db_session:
        return data.of_items(ordered())


@peer("pony", "W1")
def load_entities(side: Any, count: int) -> Work:
    side.fill(count)
    yield
    with orm.db_session:
        found = ordered()
    yield
    return data.of_items(found)


@peer("pony", "W3")
def get_cold(side: Any, count: int) -> Work:
    side.fill(count)
    keys = shuffled(count)
    yield
    with orm.db_session:
        found = [Item[key] for key in keys]
    yield
    return data.of_items(found)


@peer("pony", "W5s")
def add_and_flush(side: Any, count: int) -> Work:
    side.fill()
    rows = data.dictionaries(count, without=("id",))
    yield
    with orm.db_session:
        objects = []
        for values in rows:
            objects.append(Item(**values))
            objects[-1].flush()
        keys = [entry.id for entry in objects]
    yield
    return stored() + sum(keys)


@peer("pony", "W5")
def add_all(side: Any, count: int) -> Work:
    side.fill()
    rows = data.dictionaries(count, without=("id",))
    yield
    with orm.db_session:
        objects = [Item(**values) for values in rows]
        orm.flush()
        keys = [entry.id for entry in objects]
    yield
    return stored() + sum(keys)


@peer("pony", "W7")
def change(side: Any, count: int) -> Work:
    side.fill(count)
    yield
    with orm.db_session:
        for entry in ordered():
            entry.amount += 1
    yield
    return stored()


@peer("pony", "W9")
def prefetched_families(side: Any, count: int) -> Work:
    side.fill(0, count)
    yield
    with orm.db_session:
        found = list(Parent.select().order_by(Parent.id).prefetch(Parent.members))
        rows = [
            (parent.id, parent.name, sorted((child.id, child.size) for child in parent.members)) for parent in found
        ]
    yield
    return data.checksum(rows)
