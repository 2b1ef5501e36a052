"""The result of an ORM statement: its items are in memory, or come chunk by chunk where the program asked for that.

In: a load plan and its items. Out: a `Result`. Entities are compared by identity when a result is made unique; a plan
with joined collections repeats its parents and must be made unique before it is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from ...engine.keys import RowKeys
from ...engine.results.fetching import only_of
from ...engine.results.iterators import Result
from ...engine.results.views import MappingResult, ScalarResult
from ...engine.roles import Roles
from ...engine.row import row_class
from ...exc import InvalidRequestError, ResourceClosedError
from ..query.plan import BundleLoad, EntityLoad, Item, LoadPlan

FETCH_SIZE = 1000
NOT_UNIQUE = (
    "The unique() method must be invoked on this Result, as it contains results that include joined eager loads "
    "against collections"
)

NO_UNIQUE_CHUNKS = "Can't use the ORM yield_per feature in conjunction with unique()"


class Shape:
    """What all results of one plan share."""

    __slots__ = ("is_single", "keys", "needs_unique", "result_type", "row_type")

    def __init__(self, plan: LoadPlan, names: Sequence[str | None], roles: Roles | None) -> None:
        labels = [_name_of(item, names) for item in plan.items]
        filters = [_unique_filter(item) for item in plan.items]
        self.keys = RowKeys(
            labels, [item.lookup for item in plan.items], unique_filters=filters, roles=roles, takes_last=True
        )
        self.is_single = plan.is_single
        self.needs_unique = plan.needs_unique
        self.row_type: Any = row_class(self.keys)
        self.result_type = _result_type(self)


def shape_of(plan: Any) -> Shape:
    """Return the shape of the results of a planned statement. Made once per plan."""
    load_plan: LoadPlan = plan.compiled.load_plan
    shape: Shape | None = load_plan.memo.get("shape")
    if shape is None:
        shape = load_plan.memo["shape"] = Shape(load_plan, plan.layout(()).keys.names, plan.roles)
    return shape


class LoadedResult(Result[Any]):
    """Items that were loaded: objects where a row gives one thing, else rows."""

    _fetch_size = FETCH_SIZE
    _is_closed = False
    _at = 0
    _finish: Callable[[], None] | None = None
    _needs_unique = False
    _is_whole = True
    """Whether all items are in memory."""
    raw: Any = None
    _items: list[Any]

    def __init__(self, shape: Shape, items: list[Any], raw: Any = None) -> None:
        self._keys = shape.keys
        self._rows_are_scalars = shape.is_single
        self._needs_unique = shape.needs_unique
        self._row_type = shape.row_type
        self._items = items
        self.raw = raw

    def merge(self, *others: Any) -> Any:
        """One result of the items of this and then the others."""
        parts = [self, *others]
        if not all(isinstance(part, LoadedResult) and part._is_whole for part in parts):
            return super().merge(*others)
        made: LoadedResult = _new(type(self))
        made._items = [item for part in parts for item in part._items]
        made._finish = partial(_finish_all, [part._finish for part in parts])
        return made

    def _rows(self, raw: list[Any]) -> list[Any]:
        return super()._rows(raw) if self._rows_are_scalars else raw

    # --- the source of rows

    def _require_open(self) -> None:
        if self._needs_unique:
            raise InvalidRequestError(NOT_UNIQUE)
        if self._is_closed:
            raise ResourceClosedError("This result object is closed.")
        self.finish_loading()

    def finish_loading(self) -> None:
        """Load what is still to be loaded for the objects; done by the first fetch otherwise."""
        if self._finish is not None:
            finish, self._finish = self._finish, None
            finish()

    def _raw_all(self) -> list[Any]:
        if self._needs_unique or self._is_closed or self._finish is not None:
            self._require_open()
        items = self._items[self._at :] if self._at else self._items
        self._items = []
        self._at = 0
        return items

    def _raw_many(self, size: int | None) -> list[Any]:
        self._require_open()
        if size is None:
            return self._raw_all()
        found = self._items[self._at : self._at + size]
        self._at += len(found)
        return found

    def _raw_one(self) -> list[Any]:
        self._require_open()
        found = self._items[self._at : self._at + 1]
        self._at += 1
        return found

    def _last(self) -> list[Any]:
        """The items that were not fetched, at least two where there are so many; the result is closed."""
        if self._needs_unique or self._is_closed or self._finish is not None:
            self._require_open()
        items = self._items[self._at :] if self._at else self._items
        self._is_closed = True
        self._items = []
        self._at = 0
        return items

    @property
    def closed(self) -> bool:
        """Whether close() was called, by the program or by a method that fetches at most one row."""
        return self._is_closed

    def close(self) -> None:
        """Drop what was not fetched."""
        self._is_closed = True
        self._items = []
        self._at = 0

    # --- unique

    def _set_unique(self, strategy: Callable[[Any], Any] | None) -> None:
        self._needs_unique = False
        super()._set_unique(strategy)

    def scalars(self, index: Any = 0) -> ScalarResult[Any]:
        """The values of one column instead of rows."""
        if self._needs_unique:
            return LoadedScalars(self, index)
        if index != 0 or self._uniques is not None or self._positions is not None:
            return ScalarResult(self, index)
        first: FirstScalars = FirstScalars.__new__(FirstScalars)
        first._real_result = self
        first._fetch_size = self._fetch_size
        return first

    def mappings(self) -> MappingResult:
        """The rows as dictionaries."""
        return LoadedMappings(self) if self._needs_unique else MappingResult(self)


def _result_type(shape: Shape) -> type[LoadedResult]:
    """Return the class of the results of one shape: all that they share is on it."""
    shared = {
        "_keys": shape.keys,
        "_rows_are_scalars": shape.is_single,
        "_needs_unique": shape.needs_unique,
        "_row_type": shape.row_type,
        "__module__": LoadedResult.__module__,
        "__doc__": LoadedResult.__doc__,
    }
    return type("LoadedResult", (LoadedResult,), shared)


_new = object.__new__


def _finish_all(functions: Iterable[Callable[[], None] | None]) -> None:
    for function in functions:
        if function is not None:
            function()


def new_result(shape: Shape, items: list[Any]) -> LoadedResult:
    """Return a result over items."""
    made: LoadedResult = _new(shape.result_type)
    made._items = items
    return made


class FirstScalars(ScalarResult[Any]):
    """The first item of each row; made without looking anything up."""

    _position = 0
    _real_result: LoadedResult

    def _one(self, *, or_none: bool = False) -> Any:
        result = self._real_result
        if self._uniques is not None or not result._rows_are_scalars:
            return super()._one(or_none=or_none)
        items = result._last()
        return items[0] if len(items) == 1 else only_of(items, or_none)

    def _first(self) -> Any:
        result = self._real_result
        if self._uniques is not None or not result._rows_are_scalars:
            return super()._first()
        items = result._last()
        return items[0] if items else None


class LoadedScalars(ScalarResult[Any]):
    """Scalars of a result that must be made unique."""

    def _set_unique(self, strategy: Callable[[Any], Any] | None) -> None:
        self._real_result._needs_unique = False  # type: ignore[attr-defined]
        super()._set_unique(strategy)


class LoadedMappings(MappingResult):
    """Mappings of a result that must be made unique."""

    def _set_unique(self, strategy: Callable[[Any], Any] | None) -> None:
        self._real_result._needs_unique = False  # type: ignore[attr-defined]
        super()._set_unique(strategy)


class ChunkedScalars(ScalarResult[Any]):
    """Scalars of a result that is loaded while it is fetched."""

    def _set_unique(self, strategy: Callable[[Any], Any] | None) -> None:
        self._real_result._require_own_size()  # type: ignore[attr-defined]
        super()._set_unique(strategy)


class ChunkedResult(LoadedResult):
    """A result whose items are loaded while it is fetched, some rows at a time.

    Where a program asked for chunks of a size, they cannot be made unique.
    """

    _is_whole = False

    def __init__(
        self, shape: Shape, chunks: Iterator[Sequence[Any]], size: int, raw: Any, *, is_asked_for: bool = True
    ) -> None:
        super().__init__(shape, [], raw)
        self._chunks = chunks
        self._fetch_size = size
        self._is_asked_for = is_asked_for

    def _set_unique(self, strategy: Callable[[Any], Any] | None) -> None:
        self._require_own_size()
        super()._set_unique(strategy)

    def _require_own_size(self) -> None:
        if self._is_asked_for:
            raise InvalidRequestError(NO_UNIQUE_CHUNKS)

    def scalars(self, index: Any = 0) -> ScalarResult[Any]:
        """The values of one column instead of rows."""
        return ChunkedScalars(self, index)

    def _raw_all(self) -> list[Any]:
        items = super()._raw_all()
        for chunk in self._chunks:
            items = [*items, *chunk]
        return items

    def _raw_many(self, size: int | None) -> list[Any]:
        self._require_open()
        wanted = self._fetch_size if size is None else size
        while wanted is not None and len(self._items) - self._at < wanted:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            rest: list[Any] = self._items[self._at :]
            self._items = [*rest, *chunk]
            self._at = 0
        return super()._raw_many(wanted)

    def _raw_one(self) -> list[Any]:
        return self._raw_many(1)

    def _last(self) -> list[Any]:
        items = self._raw_many(2)
        self.close()
        return items

    def close(self) -> None:
        super().close()
        self._chunks = iter(())
        if self.raw is not None:
            self.raw.close()


def _name_of(item: Item, names: Sequence[str | None]) -> str | None:
    if isinstance(item, (EntityLoad, BundleLoad)):
        return item.name
    return None if item.is_nameless else item.name or names[item.position]


def _unique_filter(item: Item) -> Callable[[Any], Any]:
    return id if isinstance(item, EntityLoad) else _itself


def _itself(value: Any) -> Any:
    return value
