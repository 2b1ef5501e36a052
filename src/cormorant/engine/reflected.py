"""What reflection gives, as data: dictionaries of columns, keys, indexes and constraints; which objects to look at.

Dialects make these dictionaries, the Inspector hands them out, `schema/reflected.py` makes tables of them. `cache`
keeps answers in the dictionary that comes with the question (`info_cache`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from enum import Flag
from typing import Any, NotRequired, ParamSpec, TypedDict, TypeVar

from ..util import NO_ARG

ParametersT = ParamSpec("ParametersT")
ResultT = TypeVar("ResultT")

TableKey = tuple[str | None, str]
"""Schema (None for the default one) and name."""


class ObjectKind(Flag):
    """Which kinds of object the `get_multi_*` methods look at."""

    TABLE = 1
    VIEW = 2
    MATERIALIZED_VIEW = 4
    ANY_VIEW = VIEW | MATERIALIZED_VIEW
    ANY = TABLE | VIEW | MATERIALIZED_VIEW


class ObjectScope(Flag):
    """Whether the `get_multi_*` methods look at temporary objects, at the others, or at both."""

    DEFAULT = 1
    TEMPORARY = 2
    ANY = DEFAULT | TEMPORARY


class ReflectedIdentity(TypedDict):
    """GENERATED .. AS IDENTITY of a column."""

    always: bool
    on_null: NotRequired[bool]
    start: int
    increment: int
    minvalue: int
    maxvalue: int
    nominvalue: NotRequired[bool]
    nomaxvalue: NotRequired[bool]
    cycle: bool
    cache: int | None
    order: NotRequired[bool]


class ReflectedComputed(TypedDict):
    """GENERATED ALWAYS AS (expression) of a column."""

    sqltext: str
    persisted: NotRequired[bool]


class ReflectedColumn(TypedDict):
    """A column."""

    name: str
    type: Any
    nullable: bool
    default: str | None
    autoincrement: NotRequired[bool]
    comment: NotRequired[str | None]
    computed: NotRequired[ReflectedComputed]
    identity: NotRequired[ReflectedIdentity]
    dialect_options: NotRequired[dict[str, Any]]


class ReflectedConstraint(TypedDict):
    """What all constraints have."""

    name: str | None
    comment: NotRequired[str | None]


class ReflectedCheckConstraint(ReflectedConstraint):
    """CHECK."""

    sqltext: str
    dialect_options: NotRequired[dict[str, Any]]


class ReflectedUniqueConstraint(ReflectedConstraint):
    """UNIQUE; `duplicates_index` is the index by which the database enforces it, where that is an object of its own."""

    column_names: list[str]
    duplicates_index: NotRequired[str | None]
    dialect_options: NotRequired[dict[str, Any]]


class ReflectedPrimaryKeyConstraint(ReflectedConstraint):
    """PRIMARY KEY."""

    constrained_columns: list[str]
    dialect_options: NotRequired[dict[str, Any]]


class ReflectedForeignKeyConstraint(ReflectedConstraint):
    """FOREIGN KEY; `options` are those of ForeignKeyConstraint."""

    constrained_columns: list[str]
    referred_schema: str | None
    referred_table: str
    referred_columns: list[str]
    options: NotRequired[dict[str, Any]]


class ReflectedIndex(TypedDict):
    """An index; where `expressions` is given, `column_names` has None for what is no column."""

    name: str | None
    column_names: list[str | None]
    expressions: NotRequired[list[str]]
    unique: bool
    duplicates_constraint: NotRequired[str | None]
    include_columns: NotRequired[list[str]]
    column_sorting: NotRequired[dict[str, tuple[str, ...]]]
    dialect_options: NotRequired[dict[str, Any]]


class ReflectedTableComment(TypedDict):
    """The comment of a table."""

    text: str | None


class ReflectionDefaults:
    """What an object has that has nothing of a kind."""

    @classmethod
    def columns(cls) -> list[ReflectedColumn]:
        """No columns."""
        return []

    @classmethod
    def pk_constraint(cls) -> ReflectedPrimaryKeyConstraint:
        """No primary key."""
        return {"name": None, "constrained_columns": []}

    @classmethod
    def foreign_keys(cls) -> list[ReflectedForeignKeyConstraint]:
        """No foreign keys."""
        return []

    @classmethod
    def indexes(cls) -> list[ReflectedIndex]:
        """No indexes."""
        return []

    @classmethod
    def unique_constraints(cls) -> list[ReflectedUniqueConstraint]:
        """No unique constraints."""
        return []

    @classmethod
    def check_constraints(cls) -> list[ReflectedCheckConstraint]:
        """No check constraints."""
        return []

    @classmethod
    def table_options(cls) -> dict[str, Any]:
        """No options."""
        return {}

    @classmethod
    def table_comment(cls) -> ReflectedTableComment:
        """No comment."""
        return {"text": None}


def cache(fn: Callable[ParametersT, ResultT]) -> Callable[ParametersT, ResultT]:
    """Make a method `(self, connection, *names, info_cache=None, ..)` answer from `info_cache` what that holds."""

    @functools.wraps(fn)
    def cached(*args: ParametersT.args, **kw: ParametersT.kwargs) -> ResultT:
        known: Any = kw.get("info_cache")
        if known is None:
            return fn(*args, **kw)
        key = (fn.__name__, *map(_hashable, args[2:]), *_pairs(kw))
        found = known.get(key, NO_ARG)
        if found is NO_ARG:
            found = known[key] = fn(*args, **kw)
        return found  # type: ignore[no-any-return]

    return cached


def flexi_cache(*traverse_args: Any) -> Callable[[Callable[ParametersT, ResultT]], Callable[ParametersT, ResultT]]:
    """Return `cache`; that it knows the kinds of its arguments by itself makes the given ones needless."""
    return cache


def _pairs(kw: dict[str, Any]) -> tuple[Hashable, ...]:
    names = sorted(name for name in kw if name not in ("info_cache", "unreflectable"))
    return tuple([(name, _hashable(kw[name])) for name in names])


def _hashable(value: Any) -> Hashable:
    items: Any = value
    return tuple(sorted(items, key=str)) if isinstance(value, (list, set, tuple)) else items
