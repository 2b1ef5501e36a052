"""The renderers of ON CONFLICT, for the dialects that have it: they enter `ON_CONFLICT` in their tables.

In: the clause and the frame of the INSERT around it. Out: its text. Columns of the key stand without their table,
columns in values and conditions with it.
"""

from __future__ import annotations

from typing import Any

from ..sql.on_conflict import OnConflictDoNothing, OnConflictDoUpdate
from ..util.notices import warn
from .frame import Frame, Renderer


def _target(clause: Any, frame: Frame) -> str:
    if clause.constraint_name is not None:
        return f" ON CONSTRAINT {frame.preparer.quote(clause.constraint_name)}"
    if not clause.has_elements:
        return ""
    before, frame.qualifies = frame.qualifies, False
    elements = [frame.preparer.quote(e) if isinstance(e, str) else frame.render(e) for e in clause.index_elements]
    where = "" if clause.index_where is None else f" WHERE {frame.render(clause.index_where)}"
    frame.qualifies = before
    return f" ({', '.join(elements)}){where}"


def render_do_nothing(clause: Any, frame: Frame) -> str:
    """`ON CONFLICT (key) DO NOTHING`."""
    return f"ON CONFLICT{_target(clause, frame)} DO NOTHING"


def render_do_update(clause: Any, frame: Frame) -> str:
    """`ON CONFLICT (key) DO UPDATE SET .. WHERE ..`; names that are no columns are written as they are."""
    target = _target(clause, frame) or " "
    assigned = [f"{_name(key, frame)} = {frame.render(value)}" for key, value in clause.assignments]
    if clause.unknown_names:
        names = ", ".join([repr(str(name)) for name in clause.unknown_names])
        table = frame.levels[-1].statement.table.name
        warn(f"Additional column names not matching any column keys in table '{table}': {names}")
    where = "" if clause.where is None else f" WHERE {frame.render(clause.where)}"
    return f"ON CONFLICT{target} DO UPDATE SET {', '.join(assigned)}{where}"


def _name(key: Any, frame: Frame) -> str:
    return frame.preparer.quote(key if isinstance(key, str) else key.name)


ON_CONFLICT: dict[type, Renderer] = {
    OnConflictDoNothing: render_do_nothing,
    OnConflictDoUpdate: render_do_update,
}
