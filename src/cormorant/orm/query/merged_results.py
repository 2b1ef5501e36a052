"""Results kept outside a session come into one: `merge_frozen_result()`, and `merge_result()` for a `Query`.

In: a session, the statement or query that gave the rows, and the rows. Out: the rows with the session's own objects.
The session's `merge()` does the work; nothing is flushed in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...engine.row import named_row_class
from ...sql.coercion import clause_of
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from ..mapping.entity import EntityNode
from .criteria import Criteria
from .entities import remembered
from .option_tree import branches_for


def merge_frozen_result(session: Any, statement: Any, frozen_result: Any, load: bool = True) -> Callable[[], Any]:
    """Return a function that gives the frozen result again, with its objects merged into a session.

    `statement` is what the result came from; `load=False` takes the objects as they are, without SQL.
    """
    select = clause_of(statement)
    places = entity_places(select)
    result = frozen_result()
    rows: list[Any] = [row if hasattr(row, "_mapping") else (row,) for row in result.all()]
    if load:
        session.autoflush_now()
    with session.no_autoflush:
        merged = [_merged_row(session, list(row), places, load) for row in rows]
    _remember_options(select, [(place, row[place]) for row in merged for place in places if row[place] is not None])
    made: Callable[[], Any] = frozen_result.with_new_rows(merged)
    return made


def merge_result(query: Any, iterator: Any, load: bool = True) -> Any:
    """Merge the objects in what a query of the same form gave into the query's session."""
    session = query.session
    if hasattr(iterator, "with_new_rows"):
        return merge_frozen_result(session, query, iterator, load)
    if load:
        session.autoflush_now()
    with session.no_autoflush:
        return iter(list(_merged(session, query, iterator, load)))


def _merged(session: Any, query: Any, rows: Iterable[Any], load: bool) -> Iterator[Any]:
    places = entity_places(query.statement)
    make = named_row_class(tuple([description["name"] for description in query.column_descriptions]))
    for row in rows:
        if query.gives_objects:
            yield session.merge(row, load=load)
        else:
            values = _merged_row(session, list(row), places, load)
            yield make(values)


def entity_places(statement: Any) -> list[int]:
    """Return which items of a statement's rows are objects."""
    return [place for place, element in enumerate(statement.raw_columns) if isinstance(element, EntityNode)]


def _remember_options(select: Any, objects: list[tuple[int, Any]]) -> None:
    """Let objects load what they lack later by the options of the statement that they came from."""
    entities = {place: select.raw_columns[place].entity for place in entity_places(select)}
    branches = branches_for(select.with_options, list(entities.values()), Criteria(select.with_options).handed)
    for place, obj in objects:
        state: InstanceState = obj.__dict__[STATE]
        branch = branches.get(entities[place])
        if branch and state.context is None:
            state.context = remembered(branch)


def _merged_row(session: Any, values: list[Any], places: list[int], load: bool) -> list[Any]:
    for place in places:
        if values[place] is not None:
            values[place] = session.merge(values[place], load=load)
    return values
