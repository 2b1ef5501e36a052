"""Loaders: the rows of a cursor become objects, a chunk at a time.

In: a load plan, the conversions of its columns, a cursor and a session (see `protocol`). Out: a list with one item per
row: an object, or a row where a row gives several things. The functions that treat rows are generated (see `source`)
and kept with the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, NoReturn

from ...util.collector import paused_collector
from ..query.branch import Strategy
from ..query.plan import FollowUp, LoadPlan
from .known import load_hook
from .parts import Part, in_order_of_follow_ups, parts_of
from .protocol import Cursor, LoadSession, Run
from .source import write_fresh, write_rows

CHUNK = 500
"""Rows per fetch; a result that fits one chunk never touches the garbage collector."""
SMALL = 16
"""Below this many rows, asking whether all keys are new costs more than it saves."""


class Loader:
    """Loads the rows of one plan; `is_refresh` overwrites objects that are in memory.

    With `groups` the objects of a chunk know each other, whatever the plan says: their session loads for peers. With
    None they do not get to know each other: they are loaded once more.
    """

    def __init__(
        self,
        plan: LoadPlan,
        conversions: Sequence[Any],
        row_class: Any,
        *,
        is_refresh: bool = False,
        groups: bool | None = False,
    ) -> None:
        self.plan = plan
        roots = list(parts_of(plan.items).values())
        self.parts = [part for root in roots for part in root.walk()]
        self.following = [part for root in roots for part in in_order_of_follow_ups(root) if part.load.follow]
        self.remembered = [part.n for part in self.parts if part.is_remembered]
        self.load_rows: Callable[..., list[Any]] = write_rows(
            plan, conversions, row_class, is_refresh=is_refresh, groups=groups
        )
        self.load_fresh: Callable[..., list[Any]] | None = None
        if not is_refresh and _can_be_fresh(plan, self.parts, conversions):
            self.load_fresh = write_fresh(plan, conversions, row_class, groups=groups)
        self.needs_unique = plan.needs_unique
        self.is_simple = not self.remembered and not self.following
        """Whether nothing is left to do once the rows are read."""
        self.needs_all_rows = plan.needs_unique or any(
            follow.strategy is Strategy.SUBQUERY for part in self.parts for follow in part.load.follow
        )
        """Whether rows cannot be treated chunk by chunk."""
        pk = self.parts[0].load.pk if self.parts else (0,)
        self.key_of: Callable[[Any], Any] = itemgetter(*pk)
        self.null_key = None if len(pk) == 1 else (None,) * len(pk)

    def load(self, cursor: Cursor, session: LoadSession, run: Run | None = None) -> tuple[list[Any], LoadResult | None]:
        """Return the items of all rows, and what they still need; None where that is nothing.

        `run` is what was run; None where all rows are in memory, so that no fetch can fail.
        """
        try:
            rows = cursor.fetchmany(CHUNK)
        except BaseException as error:
            _fail(error, cursor, run)
        if self.is_simple and len(rows) < SMALL:
            return self.load_rows(rows, session, None), None
        result = LoadResult(self, session)
        try:
            result.take(rows)
            if len(rows) == CHUNK:
                with paused_collector(result.items):
                    while rows := _fetch(cursor, CHUNK, run):
                        result.take(rows)
        except BaseException:
            result.drop_unfinished()
            raise
        return result.items, None if self.is_simple else result

    def chunks(self, cursor: Cursor, session: LoadSession, size: int, run: Run | None = None) -> Iterator[LoadResult]:
        """Yield the items of the rows in groups of `size`."""
        while rows := _fetch(cursor, size, run):
            result = LoadResult(self, session)
            result.take(rows)
            yield result


def _fetch(cursor: Cursor, size: int, run: Run | None) -> Sequence[Any]:
    """Return the next rows; an error of the driver goes the way of all such errors."""
    try:
        return cursor.fetchmany(size)
    except BaseException as error:
        _fail(error, cursor, run)


def _fail(error: BaseException, cursor: Cursor, run: Run | None) -> NoReturn:
    if run is None:
        raise error
    connection, plan, binds, parameters = run
    raise connection.fail_fetch(error, cursor, plan, binds, parameters)


class Origin(NamedTuple):
    """The statement whose objects are loaded further: what subquery loading starts from."""

    statement: Any
    """The statement as it was executed, with its values."""
    params: Any
    planned: Any
    """The statement that its plan was made of: the same, or an equal one."""
    root: Any = None
    """The entity to start from, where the objects were themselves loaded by subquery."""
    route: tuple[Any, ...] = ()
    """The relationships from there to the objects."""
    token: Any = None
    """The identity token that the objects got."""


class LoadResult:
    """What one execution gave so far."""

    __slots__ = ("items", "loader", "origin", "seen", "session")

    def __init__(self, loader: Loader, session: LoadSession) -> None:
        self.loader = loader
        self.session = session
        self.items: list[Any] = []
        self.origin: Origin | None = None
        self.seen: dict[int, dict[Any, tuple[Any, ...]]] = {n: {} for n in loader.remembered}

    def take(self, rows: Sequence[Any]) -> None:
        """Add the items of these rows."""
        loader = self.loader
        if loader.load_fresh is not None and len(rows) >= SMALL:
            manager = loader.parts[0].manager
            entries = self.session.identity.entries(manager.identity_class)
            if self._are_new(rows, entries) and load_hook(manager, self.session) is None:
                self.items += self._load_fresh(rows, entries)
                return
        self.items += loader.load_rows(rows, self.session, self.seen)

    def _are_new(self, rows: Sequence[Any], entries: dict[Any, Any]) -> bool:
        """Tell whether the session holds none of the objects, and no row is without one."""
        loader = self.loader
        if not loader.plan.has_own_rows and loader.null_key in map(loader.key_of, rows):
            return False
        return not entries or entries.keys().isdisjoint(map(loader.key_of, rows))

    def _load_fresh(self, rows: Sequence[Any], entries: dict[Any, Any]) -> list[Any]:
        """Return new objects for the rows; where rows were of one object after all, that one for each of them."""
        loader = self.loader
        known = len(entries)
        instances: list[Any] = loader.load_fresh(rows, self.session, entries)  # type: ignore[misc]
        if len(entries) != known + len(rows):
            return [entries[key]() for key in map(loader.key_of, rows)]
        return instances

    def drop_unfinished(self) -> None:
        """Take away collections that may lack members, after an error."""
        for part in self.loader.parts:
            for item, _ in part.lists:
                for obj, *links in self.seen[part.n].values():
                    if any(link is not None for link in links):
                        obj.__dict__.pop(item.key, None)

    def follow_ups(self) -> Iterator[tuple[FollowUp, list[Any]]]:
        """Yield what is to be fetched next, each with the objects it is fetched for."""
        for part in self.loader.following:
            if part.is_sole:
                objects = list({id(obj): obj for obj in self.items if obj is not None}.values())
            else:
                objects = [held[0] for held in self.seen[part.n].values()]
            for follow in part.load.follow:
                yield follow, objects if follow.owner is None else _of_class(objects, follow.owner.class_)


def _of_class(objects: list[Any], cls: type) -> list[Any]:
    """Return the objects of a class: those that have an attribute which only a subclass has."""
    return [obj for obj in objects if isinstance(obj, cls)]


def _can_be_fresh(plan: LoadPlan, parts: list[Part], conversions: Sequence[Any]) -> bool:
    """Tell whether the plan has one plain entity, whose keys can be read off the raw rows."""
    if len(plan.items) != 1 or len(parts) != 1:
        return False
    (part,) = parts
    if len(part.load.pk) > 1 and not part.load.mapper.allow_partial_pks:
        return False
    return part.is_sole and not part.is_polymorphic and all(conversions[p] is None for p in part.load.pk)
