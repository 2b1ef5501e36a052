"""Django: W1, W3, W5, W5s, W7 and W9 with its models."""

from __future__ import annotations

from typing import Any

import django
from django.conf import settings
from django.db import connection, models, transaction

from .. import data
from ..registry import Work, peer
from ..sides import Driver
from ..workloads.loading import shuffled

BATCH = 500

if not settings.configured:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, USE_TZ=False, DEBUG=False
    )
    django.setup()


class Item(models.Model):
    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=40)
    note = models.CharField(max_length=40, null=True)
    amount = models.IntegerField()
    rank = models.IntegerField(null=True)
    ratio = models.FloatField()
    price = models.DecimalField(max_digits=10, decimal_places=2)
    created = models.DateTimeField()
    changed = models.DateTimeField(null=True)
    active = models.BooleanField()

    class Meta:
        app_label = "benchmarks"
        managed = False
        db_table = "item"


class Parent(models.Model):
    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=40)

    class Meta:
        app_label = "benchmarks"
        managed = False
        db_table = "parent"


class Child(models.Model):
    id = models.AutoField(primary_key=True)
    parent = models.ForeignKey(Parent, models.CASCADE, related_name="members")
    name = models.CharField(max_length=40)
    size = models.IntegerField()

    class Meta:
        app_label = "benchmarks"
        managed = False
        db_table = "child"
        ordering = ("id",)


class Subject:
    """Fills the tables of the one connection."""

    def fill(self, items: int = 0, families: int = 0) -> None:
        connection.ensure_connection()
        driver = Driver(connection.connection, "sqlite")
        driver.make_tables()
        with transaction.atomic():
            driver.fill(items, families)


def stored() -> int:
    return data.of_items(Item.objects.order_by("id"))


@peer("django", "W1")
def load_entities(side: Any, count: int) -> Work:
    side.fill(count)
    yield
    found = list(Item.objects.order_by("id"))
    yield
    return data.of_items(found)


@peer("django", "W3")
def get_cold(side: Any, count: int) -> Work:
    side.fill(count)
    keys = shuffled(count)
    yield
    found = [Item.objects.get(pk=key) for key in keys]
    yield
    return data.of_items(found)


@peer("django", "W5")
def add_all(side: Any, count: int) -> Work:
    side.fill()
    objects = [Item(**values) for values in data.dictionaries(count, without=("id",))]
    yield
    with transaction.atomic():
        Item.objects.bulk_create(objects, batch_size=BATCH)
        keys = [entry.id for entry in objects]
    yield
    return stored() + sum(keys)


@peer("django", "W5s")
def add_and_flush(side: Any, count: int) -> Work:
    side.fill()
    objects = [Item(**values) for values in data.dictionaries(count, without=("id",))]
    yield
    with transaction.atomic():
        for entry in objects:
            entry.save(force_insert=True)
    yield
    return stored() + sum(entry.id for entry in objects)


@peer("django", "W7")
def change(side: Any, count: int) -> Work:
    side.fill(count)
    yield
    with transaction.atomic():
        for entry in Item.objects.order_by("id"):
            entry.amount += 1
            entry.save(update_fields=["amount"])
    yield
    return stored()


@peer("django", "W9")
def prefetched_families(side: Any, count: int) -> Work:
    side.fill(0, count)
    yield
    found = list(Parent.objects.order_by("id").prefetch_related("members"))
    for entry in found:
        entry.children = list(entry.members.all())
    yield
    return data.of_families(found)
