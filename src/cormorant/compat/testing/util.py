"""Small helpers of tests."""

from __future__ import annotations

import functools
import gc
import types
from collections.abc import Callable, Iterable
from inspect import getfullargspec
from typing import Any

from ...schema import MetaData
from . import config
from .parametrizing import combinations


def gc_collect() -> int:
    """Collect garbage."""
    return gc.collect()


def conforms_partial_ordering(tuples: Iterable[tuple[Any, Any]], sorted_elements: Iterable[Any]) -> bool:
    """Tell whether elements are in an order in which the first of every pair comes before the second."""
    place = {element: number for number, element in enumerate(sorted_elements)}
    return all(place[first] < place[second] for first, second in tuples if first in place and second in place)


def drop_all_tables_from_metadata(metadata: MetaData, engine_or_connection: Any) -> None:
    """Drop the tables of a collection; the constraints that make a cycle go first."""
    metadata.drop_all(engine_or_connection)


def provide_metadata(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Give a test a collection of tables as `self.metadata`, whose tables are dropped after it."""

    @functools.wraps(fn)
    def run(self: Any, *args: Any, **kw: Any) -> Any:
        before = getattr(self, "metadata", None)
        metadata = self.metadata = MetaData()
        try:
            return fn(self, *args, **kw)
        finally:
            drop_all_tables_from_metadata(metadata, config.db)
            self.metadata = before

    return run


def resolve_lambda(fn: Any, /, **kw: Any) -> Any:
    """Call a function whose arguments, and whose global names, are among the given ones."""
    arguments = {name: kw.pop(name) for name in getfullargspec(fn)[0]}
    return types.FunctionType(fn.__code__, {**fn.__globals__, **kw}, None, None, fn.__closure__)(**arguments)


def flag_combinations(*given: dict[str, bool]) -> Callable[[Any], Any]:
    """Return a decorator: the test runs for each set of flags, named after those that are true."""
    keys = sorted({key for flags in given for key in flags})
    return combinations(
        *[
            ("_".join(key for key in keys if flags.get(key, False)), *(flags.get(key, False) for key in keys))
            for flags in given
        ],
        id_="i" + "a" * len(keys),
        argnames=",".join(keys),
    )


def metadata_fixture(ddl: Any = "function") -> Callable[[Any], Any]:
    """Return a decorator of a method that fills a collection of tables: a fixture that creates and drops them."""

    def decorate(fn: Callable[[Any, Any], Any]) -> Any:
        @functools.wraps(fn)
        def run(self: Any) -> Any:
            metadata = self.metadata = MetaData()
            try:
                result = fn(self, metadata)
                metadata.create_all(config.db)
                yield result
            finally:
                metadata.drop_all(config.db)

        del run.__wrapped__
        return config.fixture(scope=ddl)(run)

    return decorate
