"""The plan of a flush, executed by hand row by row, writes what the flush writes.

In: the steps of `session.plan()`. By hand means: one statement per row, in the plan's order, from what the steps say
and what the objects hold. ``CORMORANT_RANDOM_GRAPHS=N`` takes N random graphs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import and_, delete, insert, select, update
from cormorant.exc import SQLAlchemyError
from cormorant.orm import Session
from cormorant.orm.flush.plan import DeleteStep, LinkStep, PostUpdateStep, SaveStep

from .random_work import COUNT, Base, work

Rows = dict[str, list[tuple[Any, ...]]]
PARTS = 10


def rows(session: Session) -> Rows:
    return {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }


class Hand:
    """Executes the steps of a plan on a session's connection."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.connection = session.connection()

    def run(self) -> None:
        for step in self.session.plan():
            HANDS[type(step)](self, step)

    def save(self, step: SaveStep) -> None:
        for link in step.links:
            link.apply()
        for state in step.inserts:
            mapper, values = state.manager.mapper, state.obj().__dict__
            values.update({key: value for key, value in state.manager.initial_values if values.get(key) is None})
            if mapper.version_id_col is not None:
                values["version"] = 1
            self._insert(mapper, values)
        for state in step.updates:
            self._update(state)

    def _insert(self, mapper: Any, values: dict[str, Any]) -> None:
        for table in mapper.tables:
            held = dict(mapper.columns_of(table))
            row = {column.key: values[key] for key, column in held.items() if values.get(key) is not None}
            made = self.connection.execute(insert(table).values(row))
            keys = [key for key, column in held.items() if column.primary_key]
            values.update(zip(keys, made.inserted_primary_key, strict=True))

    def _update(self, state: Any) -> None:
        mapper, obj = state.manager.mapper, state.obj()
        changed = {key: getattr(obj, key) for key in state.committed if key in mapper.column_keys}
        changed = {key: value for key, value in changed.items() if value != state.committed[key]}
        if not changed:
            return
        if mapper.version_id_col is not None:
            changed["version"] = obj.version + 1
        for table in mapper.tables:
            row = {column.key: changed[key] for key, column in mapper.columns_of(table) if key in changed}
            if row:
                met = self.connection.execute(update(table).where(self._is(table, state)).values(row)).rowcount
                assert met == 1

    def _is(self, table: Any, state: Any) -> Any:
        parts = state.manager.pk_tuple(state.pk)
        return and_(*[column == part for column, part in zip(table.primary_key, parts, strict=True)])

    def delete(self, step: DeleteStep) -> None:
        for state in step.states:
            for table in reversed(state.manager.mapper.tables):
                self.connection.execute(delete(table).where(self._is(table, state)))

    def link(self, step: LinkStep) -> None:
        table = step.relationship.secondary
        for row in step.rows.removed:
            values = row.values()
            self.connection.execute(delete(table).where(and_(*[table.c[key] == one for key, one in values.items()])))
        for row in step.rows.added:
            self.connection.execute(insert(table).values(row.values()))

    def post_update(self, step: PostUpdateStep) -> None:
        for link in step.links:
            link.apply()
            table, values = link.child.manager.mapper.tables[0], link.child.dict
            row = {target: values[target] for _, target in link.wiring.pairs}
            self.connection.execute(update(table).where(table.c.id == values["id"]).values(row))


HANDS: dict[type, Callable[[Hand, Any], None]] = {
    SaveStep: Hand.save,
    DeleteStep: Hand.delete,
    LinkStep: Hand.link,
    PostUpdateStep: Hand.post_update,
}


def outcome(session: Session, write: Callable[[], None]) -> tuple[str, Rows]:
    """Write, and return the rows; or the name of the error."""
    with session:
        try:
            write()
        except SQLAlchemyError as error:
            return type(error).__name__, {}
        with session.no_autoflush:
            return "", rows(session)


@pytest.mark.filterwarnings("ignore:Object of type <Card> not in session")
@pytest.mark.parametrize("part", range(PARTS))
def test_plans_executed_by_hand_write_what_flushes_write(part: int) -> None:
    written = 0
    for seed in range(part, COUNT, PARTS):
        flushed, by_hand = work(seed), work(seed)
        assert repr(flushed.plan()) == repr(by_hand.plan()), f"work({seed})"
        expected = outcome(flushed, flushed.flush)
        found = outcome(by_hand, Hand(by_hand).run)
        assert found == expected, f"work({seed})"
        written += not expected[0]
    assert written > COUNT / PARTS * 0.9, "nearly all graphs can be written"
