"""Queries built by functions that are called once: `bakery(lambda session: session.query(User))`.

In: functions that build a Query step by step. Out: results; the Query of a row of functions is built once and kept
under their code and arguments, so values belong into bind parameters. Statements have a cache of their own (see the
engine's plans): this saves the building alone, and is there for programs that were written with it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Self

from ..exc import ArgumentError
from ..orm.query.legacy import Query
from ..sql.kinds import as_sequence

Step = Callable[..., Any]


class _Recent(OrderedDict[Any, Any]):
    """A dictionary that forgets what was used longest ago."""

    def __init__(self, size: int, alert: Callable[[Any], None] | None) -> None:
        super().__init__()
        self.size = size
        self.alert = alert

    def keep(self, key: Any, value: Any) -> None:
        """Put a value in, dropping the oldest where there are too many."""
        self[key] = value
        self.move_to_end(key)
        if len(self) > self.size:
            if self.alert is not None:
                self.alert(self)
            self.popitem(last=False)


def _with_arguments(fn: Step, args: tuple[Any, ...], query: Any) -> Any:
    return fn(query, *args)


class Bakery:
    """Makes baked queries that share a cache."""

    def __init__(self, cls_: type[BakedQuery], cache: Any) -> None:
        self.cls = cls_
        self.cache = cache

    def __call__(self, initial_fn: Step, *args: Any) -> BakedQuery:
        return self.cls(self.cache, initial_fn, args)


class BakedQuery:
    """Functions that build a Query, one after the other; the first is called with a session."""

    def __init__(self, bakery: Any, initial_fn: Step, args: tuple[Any, ...] = ()) -> None:
        self._bakery = bakery
        self._cache_key: tuple[Any, ...] = ()
        self.steps: list[Step] = []
        self._spoiled = False
        self._kept_from: int | None = None
        self._add(initial_fn, args)

    @classmethod
    def bakery(cls, size: int = 200, _size_alert: Callable[[Any], None] | None = None) -> Bakery:
        """Return a function that makes baked queries with a cache of that size."""
        return Bakery(cls, _Recent(size, _size_alert))

    def _add(self, fn: Step, args: tuple[Any, ...]) -> None:
        self._cache_key += (getattr(fn, "__code__", fn), *args)
        self.steps.append(partial(_with_arguments, fn, args) if args else fn)

    def _copy(self) -> Self:
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.steps = list(self.steps)
        return made

    def add_criteria(self, fn: Step, *args: Any) -> Self:
        """Add a function in place."""
        self._add(fn, args)
        return self

    def with_criteria(self, fn: Step, *args: Any) -> Self:
        """Return a copy with a function more."""
        return self._copy().add_criteria(fn, *args)

    def __iadd__(self, other: Any) -> Self:
        parts = as_sequence(other)
        return self.add_criteria(*parts)

    def __add__(self, other: Any) -> Self:
        parts = as_sequence(other)
        return self.with_criteria(*parts)

    def spoil(self, full: bool = False) -> Self:
        """Build from here on without the cache; with `full` also what was added before."""
        if not self._spoiled or full:
            self._kept_from = 0 if full else len(self.steps)
        self._spoiled = True
        return self

    def for_session(self, session: Any) -> Result:
        """Return what runs the query with a session."""
        return Result(self, session)

    def __call__(self, session: Any) -> Result:
        return self.for_session(session)

    def to_query(self, query_or_session: Any) -> Any:
        """Return the Query, for a session or for the session of another Query: a part of other queries."""
        if isinstance(query_or_session, Query):
            return self._query(query_or_session.session)  # pyright: ignore[reportUnknownMemberType]
        if not hasattr(query_or_session, "query"):
            raise ArgumentError(f"Query or Session object expected, got {type(query_or_session)!r}.")
        return self._query(query_or_session)

    def _query(self, session: Any) -> Any:
        if self._spoiled:
            return self._built(session)
        kept = self._bakery.get(self._cache_key)
        if kept is None:
            kept = self._built(session)
            self._bakery.keep(self._cache_key, kept.with_session(None))
        return kept.with_session(session)

    def _built(self, session: Any) -> Any:
        query = session
        for step in self.steps:
            query = step(query)
        return query


class Result:
    """Runs a baked query with a session; has what a Query has to give results."""

    def __init__(self, bq: BakedQuery, session: Any) -> None:
        self.bq = bq
        self.session = session
        self._params: dict[str, Any] = {}
        self._post_criteria: list[Step] = []

    def params(self, *args: Any, **kw: Any) -> Self:
        """Set the values of bind parameters, by keyword or in one dictionary."""
        if len(args) > 1:
            raise ArgumentError("params() takes zero or one positional argument, which is a dictionary.")
        self._params.update(*args, **kw)
        return self

    def with_post_criteria(self, fn: Step) -> Self:
        """Add a function that is called with the Query each time it runs."""
        self._post_criteria.append(fn)
        return self

    def _ready(self) -> Any:
        query = self.bq._query(self.session)
        if self._params:
            query = query.params(self._params)
        for fn in self._post_criteria:
            query = fn(query)
        return query

    def __iter__(self) -> Iterator[Any]:
        return iter(self._ready())

    def __str__(self) -> str:
        return str(self._ready())

    def all(self) -> list[Any]:
        """Return all results."""
        found: list[Any] = self._ready().all()
        return found

    def count(self) -> int:
        """Return how many rows there are."""
        found: int = self._ready().count()
        return found

    def first(self) -> Any:
        """Return the first result, or None."""
        return self._ready().first()

    def one(self) -> Any:
        """Return the only result; raises where there is none or more than one."""
        return self._ready().one()

    def one_or_none(self) -> Any:
        """Return the only result, or None; raises where there is more than one."""
        return self._ready().one_or_none()

    def scalar(self) -> Any:
        """Return the first value of the only row, or None."""
        return self._ready().scalar()

    def get(self, ident: Any) -> Any:
        """Return the object of a primary key, or None."""
        query = self._ready()
        return self.session.get(query.column_descriptions[0]["entity"], ident)


bakery = BakedQuery.bakery

__all__ = ["BakedQuery", "Bakery", "Result", "bakery"]
