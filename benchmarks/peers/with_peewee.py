"""Peewee: W1, W3, W5, W5s, W7 and W9 with its models."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import peewee

from .. import data
from ..registry import Work, peer
from ..sides import Driver
from ..workloads.loading import shuffled

database = peewee.SqliteDatabase(":memory:")
CENT = Decimal("0.01")


class Price(peewee.DecimalField):
    """Prices with two places, which a DecimalField reads as few as there are."""

    def python_value(self, value: Any) -> Any:
        return None if value is None else Decimal(str(value)).quantize(CENT)


class Base(peewee.Model):
    class Meta:
        database = database


class Item(Base):
    name = peewee.CharField(40)
    note = peewee.CharField(40, null=True)
    amount = peewee.IntegerField()
    rank = peewee.IntegerField(null=True)
    ratio = peewee.FloatField()
    price = Price(10, 2)
    created = peewee.DateTimeField()
    changed = peewee.DateTimeField(null=True)
    active = peewee.BooleanField()


class Parent(Base):
    name = peewee.CharField(40)


class Child(Base):
    parent = peewee.ForeignKeyField(Parent, backref="children")
    name = peewee.CharField(40)
    size = peewee.IntegerField()


class Subject:
    """Fills the tables of the one connection."""

    def fill(self, items: int = 0, families: int = 0) -> None:
        driver = Driver(database.connection(), "sqlite")
        driver.make_tables()
        with database.atomic():
            driver.insert("item", data.items(items))
            driver.insert("parent", data.parents(families))
            driver.insert("child", data.children(families))


def stored() -> int:
    return data.of_items(Item.select().order_by(Item.id))


@peer("peewee", "W1")
def load_entities(side: Any, count: int) -> Work:
    side.fill(count)
    yield
    found = list(Item.select().order_by(Item.id))
    yield
    return data.of_items(found)


@peer("peewee", "W3")
def get_cold(side: Any, count: int) -> Work:
    side.fill(count)
    keys = shuffled(count)
    yield
    found = [Item.get_by_id(key) for key in keys]
    yield
    return data.of_items(found)


@peer("peewee", "W5s")
def add_and_flush(side: Any, count: int) -> Work:
    side.fill()
    objects = [Item(**values) for values in data.dictionaries(count, without=("id",))]
    yield
    with database.atomic():
        for entry in objects:
            entry.save(force_insert=True)
    yield
    return stored() + sum(entry.id for entry in objects)


peer("peewee", "W5")(add_and_flush)  # bulk_create() fetches no keys on SQLite


@peer("peewee", "W7")
def change(side: Any, count: int) -> Work:
    side.fill(count)
    yield
    with database.atomic():
        for entry in list(Item.select().order_by(Item.id)):
            entry.amount += 1
            entry.save(only=[Item.amount])
    yield
    return stored()


@peer("peewee", "W9")
def prefetched_families(side: Any, count: int) -> Work:
    side.fill(0, count)
    yield
    found = list(peewee.prefetch(Parent.select().order_by(Parent.id), Child.select().order_by(Child.id)))
    for entry in found:
        len(entry.children)
    yield
    return data.of_families(found)
