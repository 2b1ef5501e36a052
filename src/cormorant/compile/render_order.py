"""Renderers of ORDER BY and GROUP BY, where labels and strings refer to the list of columns.

In: the clauses, and the level of the statement that they belong to. Out: text. A label of the list is written by its
name directly in ORDER BY; a string names a label, a column of the list as `table_column`, or a column of FROM.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..exc import CompileError
from ..sql.compound import CompoundSelect
from ..sql.operations import UnaryExpression
from ..sql.simple import LabelReference
from .compiled import original_of
from .frame import Frame, Level, Renderer


def render_order_by(clauses: Iterable[Any], frame: Frame) -> str:
    """The criteria of an ORDER BY."""
    texts = [_ordering(clause, frame) for clause in clauses]
    return ", ".join([text for text in texts if text])


def _ordering(clause: Any, frame: Frame) -> str:
    if isinstance(clause, UnaryExpression) and clause.modifier is not None:
        return f"{_ordering(clause.element, frame)}{frame.dialect.operator_words[clause.modifier]}"
    if clause.is_label and frame.features.order_by_simple_label:
        level = frame.levels[-1]
        name = level.labels.get(id(original_of(clause)))
        if name is not None:
            return name
        if clause.element.is_table_column and _has_label(clause, level):
            return frame.quoted_name(clause.name)
    return frame.render(clause)


def _has_label(clause: Any, level: Level) -> bool:
    """Tell whether the list of columns has another label of the same name for the same column."""
    for item in getattr(level.statement, "named_items", tuple)():
        label = item.element
        if label.is_label and label.given_name is not None and label.given_name == clause.given_name:
            return label.element.is_table_column and bool(label.element.shares_lineage(clause.element))
    return False


def render_group_by(clauses: Iterable[Any], frame: Frame) -> str:
    """The criteria of a GROUP BY."""
    return frame.render_list(clauses)


def render_label_reference(reference: Any, frame: Frame) -> str:
    """A string in ORDER BY and its like."""
    if not frame.levels:
        return frame.quoted_name(reference.element)  # printed by itself, outside of any statement
    level = frame.levels[-1]
    if isinstance(level.statement, CompoundSelect):
        return _in_compound(reference.element, level, frame)
    found = referred(reference.element, level, frame)
    if found is None:
        raise _unresolved(reference.element)
    if found.is_label:
        return frame.quoted_name(found.name)
    return frame.render(found)


def _unresolved(name: str) -> CompileError:
    return CompileError(
        "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. "
        f"Textual SQL expression {name!r} should be explicitly declared as text({name!r})"
    )


def _in_compound(name: str, level: Level, frame: Frame) -> str:
    """Return the name of a column of a compound, which is that of its first SELECT."""
    for item in level.statement.named_items():
        written = frame.name(item.label if item.label is not None else item.name or item.key)
        if name in (written, item.key):
            return frame.preparer.quote(written)
    raise _unresolved(name)


def referred(name: str, level: Level, frame: Frame) -> Any:
    """Return the label or column that a string means: of the list of columns first, then of FROM."""
    found: Any = None
    for item in getattr(level.statement, "named_items", tuple)():
        if _is_called(item.element, name, frame):
            found = item.element
    if found is not None:
        return found
    for from_ in level.adjacent:
        found = from_.c.get(name, found)
    return found


def _is_called(element: Any, name: str, frame: Frame) -> bool:
    given = element.given_name if element.is_label else None
    if given is not None:
        return bool(given == name)
    table = getattr(element, "table", None)
    if table is None:
        return getattr(element, "name", None) == name
    return table.named_with_column and f"{frame.name(table.name)}_{frame.name(element.name)}" == name


ORDERING: dict[type, Renderer] = {LabelReference: render_label_reference}
