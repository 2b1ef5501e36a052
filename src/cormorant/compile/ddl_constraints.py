"""Renderers of constraints, inside CREATE TABLE and after ALTER TABLE .. ADD.

In: a constraint and the frame. Out: its text.
"""

from __future__ import annotations

from typing import Any

from ..exc import CompileError
from ..schema.constraints import CheckConstraint, PrimaryKeyConstraint, UniqueConstraint
from ..schema.foreign_keys import ForeignKeyConstraint
from .frame import Frame, Renderer


def constraint_name(constraint: Any, frame: Frame) -> str:
    """`CONSTRAINT name ` or nothing."""
    name = frame.preparer.format_constraint(constraint)
    return "" if name is None else f"CONSTRAINT {name} "


def column_names(columns: Any, frame: Frame) -> str:
    """Names of columns in a row."""
    return ", ".join([frame.preparer.quote(column.name) for column in columns])


def deferring(constraint: Any) -> str:
    """`DEFERRABLE INITIALLY DEFERRED`."""
    text = ""
    if constraint.deferrable is not None:
        text += " DEFERRABLE" if constraint.deferrable else " NOT DEFERRABLE"
    if constraint.initially is not None:
        text += f" INITIALLY {_one_of(constraint.initially, ('DEFERRED', 'IMMEDIATE'), 'initially')}"
    return text


def render_primary_key(constraint: Any, frame: Frame) -> str:
    """`PRIMARY KEY (columns)`; nothing for a table without key."""
    if not len(constraint):
        return ""
    columns = column_names(constraint.columns_autoinc_first, frame)
    ending = frame.dialect.constraint_ending(constraint, frame)
    columns = f"({columns}){frame.dialect.constraint_columns_ending(constraint, frame)}"
    return f"{constraint_name(constraint, frame)}PRIMARY KEY {columns}{deferring(constraint)}{ending}"


def render_unique(constraint: Any, frame: Frame) -> str:
    """`UNIQUE (columns)`."""
    if not len(constraint):
        return ""
    words = frame.dialect.unique_words(constraint)
    ending = frame.dialect.constraint_ending(constraint, frame)
    text = f"{constraint_name(constraint, frame)}UNIQUE {words}({column_names(constraint, frame)})"
    text += frame.dialect.constraint_columns_ending(constraint, frame)
    return f"{text}{deferring(constraint)}{ending}"


def render_check(constraint: Any, frame: Frame) -> str:
    """`CHECK (condition)`."""
    before, frame.qualifies = frame.qualifies, False
    condition = frame.render_literally(constraint.sqltext)
    frame.qualifies = before
    ending = frame.dialect.constraint_ending(constraint, frame)
    return f"{constraint_name(constraint, frame)}CHECK ({condition}){deferring(constraint)}{ending}"


def render_foreign_key(constraint: Any, frame: Frame) -> str:
    """`FOREIGN KEY(columns) REFERENCES table (columns)`; nothing where the dialect leaves it out."""
    referred = constraint.referred_table
    if not frame.dialect.can_refer(constraint.table, referred):
        return ""
    targets = ", ".join([frame.preparer.quote(element.column.name) for element in constraint.elements])
    text = (
        f"{constraint_name(constraint, frame)}FOREIGN KEY({column_names(constraint.columns, frame)}) "
        f"REFERENCES {frame.dialect.referred_name(referred, frame)} ({targets})"
    )
    ending = frame.dialect.constraint_ending(constraint, frame)
    return f"{text}{''.join(key_options(constraint))}{ending}"


def key_options(constraint: Any) -> tuple[str, str, str]:
    """Return what follows REFERENCES: MATCH, the actions, and when it is checked."""
    return _match(constraint), cascades(constraint), deferring(constraint)


def _match(constraint: Any) -> str:
    if constraint.match is None:
        return ""
    return f" MATCH {_one_of(constraint.match, ('FULL', 'PARTIAL', 'SIMPLE'), 'match')}"


_ACTIONS = ("RESTRICT", "CASCADE", "SET NULL", "NO ACTION", "SET DEFAULT")


def cascades(constraint: Any) -> str:
    """`ON DELETE x ON UPDATE y`."""
    text = ""
    if constraint.ondelete is not None:
        text += f" ON DELETE {_one_of(constraint.ondelete, _ACTIONS, 'ondelete')}"
    if constraint.onupdate is not None:
        text += f" ON UPDATE {_one_of(constraint.onupdate, _ACTIONS, 'onupdate')}"
    return text


def _one_of(phrase: str, allowed: tuple[str, ...], what: str) -> str:
    """Return a phrase as it was given, or refuse one that is no such phrase: it becomes SQL as it is."""
    words = phrase.upper()
    is_list = what == "ondelete" and words.startswith(("SET NULL (", "SET DEFAULT ("))
    if words not in allowed and not is_list:
        raise CompileError(f"Unexpected SQL phrase for {what}: {phrase!r}; expected one of {', '.join(allowed)}")
    return phrase


CONSTRAINTS: dict[type, Renderer] = {
    CheckConstraint: render_check,
    ForeignKeyConstraint: render_foreign_key,
    PrimaryKeyConstraint: render_primary_key,
    UniqueConstraint: render_unique,
}
