"""Attributes of a loaded instance: reading and setting (W13g, W13s)."""

from __future__ import annotations

from typing import Any

from ..registry import Work, raw, workload
from .loading import ITEMS, Plain


def read(entry: Any, turns: int) -> int:
    """Ten reads per turn, so that the loop weighs little."""
    for _ in range(turns):
        entry.amount, entry.amount, entry.amount, entry.amount, entry.amount  # noqa: B018
        entry.amount, entry.amount, entry.amount, entry.amount, entry.amount  # noqa: B018
    return int(entry.amount)


def write(entry: Any, turns: int) -> int:
    """Ten assignments per turn, each of another value."""
    for turn in range(turns):
        entry.amount = turn
        entry.amount = 1
        entry.amount = turn
        entry.amount = 2
        entry.amount = turn
        entry.amount = 3
        entry.amount = turn
        entry.amount = 4
        entry.amount = turn
        entry.amount = 5
    return int(entry.amount)


def loaded(lib: Any) -> Any:
    session, item = lib.session(5), lib.models.Item
    return session, session.get(item, 3)


def plain(side: Any) -> Plain:
    driver = side.driver(5)
    return Plain(driver.incoming(driver.cursor.execute(ITEMS).fetchall())[2])


@workload("W13g", count=2_000_000, aim=2, expected=30, embedded_only=True)
def get_attribute(lib: Any, count: int) -> Work:
    """Read an attribute of a loaded instance (with the compiled kernel the aim is 5).

    By hand: an attribute of a plain object.
    """
    session, entry = loaded(lib)
    yield
    found = read(entry, count // 10)
    yield
    return found + len(session.dirty)


@raw("W13g")
def get_attribute_raw(side: Any, count: int) -> Work:
    entry = plain(side)
    yield
    found = read(entry, count // 10)
    yield
    return found


@workload("W13s", count=2_000_000, aim=3, expected=32, embedded_only=True)
def set_attribute(lib: Any, count: int) -> Work:
    """Set an attribute of a loaded instance (with the compiled kernel the aim is 6).

    By hand: an attribute of a plain object.
    """
    session, entry = loaded(lib)
    yield
    found = write(entry, count // 10)
    yield
    return found + len(session.dirty)


@raw("W13s")
def set_attribute_raw(side: Any, count: int) -> Work:
    entry = plain(side)
    yield
    found = write(entry, count // 10)
    yield
    return found + 1
