"""Statements that loading keeps: built once per mapper or relationship, planned once per dialect, run with values.

In: a statement and the binds whose values change from run to run. Out: raw rows, or loaded items. A run builds no
statement and computes no key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...sql.node import statement_key
from .loader import Loader, LoadResult
from .protocol import LoadSession, Run
from .request import OBJECTS, LoadPurpose, LoadRequest
from .result import shape_of

Load = Callable[["LoadSession", "Kept", Any, Sequence[Any], bool], list[Any]]
"""Runs a kept statement about a mapper with values, and what follows it; True makes it a refresh. See `follow`."""


class Value:
    """A value in the place of a bind parameter."""

    __slots__ = ("value",)
    callable = None
    required = False

    def __init__(self, value: Any) -> None:
        self.value = value


class Kept:
    """A statement with places for values."""

    __slots__ = ("_binds", "_current", "_loader", "_null_forms", "_order", "_places", "groups", "purpose", "statement")

    def __init__(
        self, statement: Any, places: Sequence[Any], *, is_by_key: bool = False, purpose: LoadPurpose = OBJECTS
    ) -> None:
        """Take a statement; `places` are the binds that each run gives values for, in the order of the values.

        `is_by_key` says that the values are compared with a primary key, where None asks for NULL.
        """
        self.statement = statement
        self.purpose = purpose
        self.groups = True
        """Whether the objects of one run came together: not where they are loaded once more."""
        self._places = places
        self._null_forms: dict[tuple[bool, ...], Kept] | None = {} if is_by_key else None
        self._binds: tuple[Any, ...] = statement_key(statement)[1]
        numbers = {id(bind): number for number, bind in enumerate(places)}
        self._order: tuple[int | None, ...] = tuple([numbers.get(id(bind)) for bind in self._binds])
        self._current: tuple[Any, Any] = (None, None)
        self._loader: tuple[Any, Loader | None] = (None, None)
        """The last plan that was run, and the loader of its rows, which is no refresh."""

    def plan_for(self, connection: Any) -> Any:
        """Return the plan for a connection's dialect; the last one is at hand."""
        dialect, plan = self._current
        if dialect is not connection.dialect:
            plan, _ = connection.planner.plan_for(self.statement)
            self._current = (connection.dialect, plan)
        return plan

    def _null_form(self, values: Sequence[Any]) -> Kept:
        """Return the statement that has IS NULL in the place of values that are None."""
        assert self._null_forms is not None
        missing = tuple([value is None for value in values])
        kept = self._null_forms.get(missing)
        if kept is None:
            gone = {id(place) for place, is_null in zip(self._places, missing, strict=True) if is_null}
            criteria = [
                criterion.left.is_(None) if id(getattr(criterion, "right", None)) in gone else criterion
                for criterion in self.statement.where_criteria
            ]
            rest = [place for place in self._places if id(place) not in gone]
            kept = self._null_forms[missing] = Kept(
                self.statement._copy(where_criteria=tuple(criteria)), rest, purpose=self.purpose
            )
        return kept

    def run(self, connection: Any, values: Sequence[Any]) -> tuple[Any, Run]:
        """Run with values; return the driver's cursor and what was run."""
        if self._null_forms is not None and None in values:
            return self._null_form(values).run(connection, [value for value in values if value is not None])
        if connection.watches_statements:
            return self._run_announced(connection, values)
        dialect, plan = self._current
        if dialect is not connection.dialect:
            plan = self.plan_for(connection)
        given = self._order
        if given == (0,):
            binds: Sequence[Any] = (Value(values[0]),)
        else:
            own = self._binds
            binds = [own[n] if place is None else Value(values[place]) for n, place in enumerate(given)]
        return connection.run_plan(plan, binds), (connection, plan, binds, None)

    def _run_announced(self, connection: Any, values: Sequence[Any]) -> tuple[Any, Run]:
        """Run it as a statement with parameters, which is how listeners see it."""
        places = dict(zip(self._places, values, strict=True))
        _, given, plan, binds, cursor = connection.run_announced(self.statement, places=places)
        return cursor, (connection, plan, binds, given)

    def load(
        self, session: LoadSession, mapper: Any, values: Sequence[Any], is_refresh: bool = False
    ) -> tuple[list[Any], LoadResult | None]:
        """Run with values; return the items of the rows, and what they need besides."""
        if session.hooks.do_orm_execute is not None:
            return self._load_heard(session, mapper, values, is_refresh), None
        cursor, run = self.run(session.connection_for(mapper, self.statement), values)
        plan, loader = self._loader
        if plan is not run[1] or loader is None or is_refresh or session.fetches_peers:
            groups = session.fetches_peers if self.groups else None
            plan, loader = run[1], loader_for(run[1], is_refresh=is_refresh, groups=groups)
            if not is_refresh and not session.fetches_peers:
                self._loader = plan, loader
        loaded = loader.load(cursor, session, run)
        cursor.close()
        return loaded

    def result(
        self,
        session: LoadSession,
        mapper: Any,
        values: Sequence[Any],
        is_refresh: bool,
        loaded_from: Any = None,
        options: tuple[Any, ...] = (),
    ) -> Any:
        """Run with values past the session's listeners; return the result."""
        if self._null_forms is not None and None in values:
            rest = [value for value in values if value is not None]
            return self._null_form(values).result(session, mapper, rest, is_refresh, loaded_from, options)
        purpose = self.purpose
        if loaded_from is not None or options:
            purpose = purpose._replace(loaded_from=loaded_from, options=options)
        places = dict(zip(self._places, values, strict=True))
        return session.run_load(LoadRequest(self.statement, mapper, places, is_refresh, purpose))

    def _load_heard(
        self, session: LoadSession, mapper: Any, values: Sequence[Any], is_refresh: bool, loaded_from: Any = None
    ) -> list[Any]:
        result = self.result(session, mapper, values, is_refresh, loaded_from)
        if len(self.statement.raw_columns) == 1:
            return list(result.scalars().unique())
        return list(result.unique())

    def rows(self, session: LoadSession, mapper: Any, values: Sequence[Any]) -> tuple[Any, Sequence[Any]]:
        """Run with values and return the plan and all raw rows."""
        cursor, (connection, plan, binds, given) = self.run(session.connection_for(mapper, self.statement), values)
        try:
            rows = cursor.fetchall()
        except BaseException as error:
            raise connection.fail_fetch(error, cursor, plan, binds, given) from error
        cursor.close()
        return plan, rows


class KeptFor:
    """A kept statement that is run for one object: listeners learn which."""

    __slots__ = ("kept", "state")

    def __init__(self, kept: Kept, state: Any) -> None:
        self.kept = kept
        self.state = state

    def load(
        self, session: LoadSession, mapper: Any, values: Sequence[Any], is_refresh: bool = False
    ) -> tuple[list[Any], LoadResult | None]:
        """Run with values; return the items of the rows."""
        return self.kept._load_heard(session, mapper, values, is_refresh, self.state), None


def loader_for(plan: Any, *, is_refresh: bool = False, makes_rows: bool = False, groups: bool | None = False) -> Loader:
    """Return the loader of a planned statement, generated at first use.

    Rows with several items are bare tuples, unless `makes_rows`: then they are the result's rows.
    """
    load_plan = plan.compiled.load_plan
    memo = load_plan.memo
    key = (is_refresh, makes_rows, groups)
    loader: Loader | None = memo.get(key)
    if loader is None:
        layout = plan.layout(())
        row_class = None
        if makes_rows and not load_plan.is_single:
            row_class = shape_of(plan).row_type
        loader = memo[key] = Loader(load_plan, layout.conversions, row_class, is_refresh=is_refresh, groups=groups)
    return loader
