"""The parts of DDL in which databases differ, as methods that a dialect overrides one by one.

In: schema objects and the frame. Out: pieces of text for the renderers of ddl.py, ddl_columns.py, ddl_constraints.py.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .ddl import dropped_name, index_expressions, index_name
from .ddl_columns import counter_options, default_text, standard_column_text
from .ddl_constraints import key_options
from .frame import Frame


class DDLParts:
    """What the standard language says; mixed into the base of all dialects."""

    no_cycle_word: ClassVar[str] = "NO CYCLE"
    nullable_identity_words: ClassVar[tuple[str, ...]] = ()
    """What says that an identity column may be NULL, where that must be said."""

    def column_text(self, column: Any, frame: Frame) -> str:
        """Return the line of a column in CREATE TABLE, without its CHECK constraints."""
        return standard_column_text(column, frame)

    def column_type_text(self, column: Any, frame: Frame) -> str:
        """Return the type of a column in CREATE TABLE."""
        text: str = frame.dialect.type_text(column.type)
        return text

    def default_text(self, column: Any, frame: Frame) -> str | None:
        """Return the server default of a column; None where it has none that CREATE TABLE says."""
        return default_text(column, frame)

    def default_expression(self, text: str) -> str:
        """Return an SQL expression as DEFAULT takes it."""
        return text

    def table_ending(self, table: Any, frame: Frame) -> str:
        """Return what follows the columns of a table."""
        return ""

    def renders_key_apart(self, table: Any) -> bool:
        """Tell whether PRIMARY KEY has a line of its own."""
        return True

    def can_refer(self, table: Any, referred: Any) -> bool:
        """Tell whether a foreign key from one table to the other can be declared."""
        return True

    def referred_name(self, table: Any, frame: Frame) -> str:
        """Return the name of the table that a foreign key refers to."""
        return frame.preparer.format_table(table)

    def unique_words(self, constraint: Any) -> str:
        """Return what stands between UNIQUE and the columns, a blank after it."""
        return ""

    def constraint_columns_ending(self, constraint: Any, frame: Frame) -> str:
        """Return what follows the columns of PRIMARY KEY and UNIQUE, a blank before it."""
        return ""

    def constraint_ending(self, constraint: Any, frame: Frame) -> str:
        """Return what follows a constraint, a blank before it."""
        return ""

    def create_index_text(self, node: Any, frame: Frame) -> str:
        """Return CREATE INDEX."""
        index = node.element
        unique = "UNIQUE " if index.unique else ""
        exists = "IF NOT EXISTS " if node.if_not_exists else ""
        table = frame.preparer.format_table(index.table)
        return (
            f"CREATE {unique}INDEX {exists}{index_name(index, frame)} ON {table} "
            f"({', '.join(index_expressions(index, frame))})"
        )

    def drop_index_text(self, node: Any, frame: Frame) -> str:
        """Return DROP INDEX."""
        exists = "IF EXISTS " if node.if_exists else ""
        return f"\nDROP INDEX {exists}{index_name(node.element, frame, with_schema=True)}"

    def drop_constraint_text(self, node: Any, frame: Frame) -> str:
        """Return ALTER TABLE .. DROP CONSTRAINT."""
        table = frame.preparer.format_table(node.element.table)
        exists = "IF EXISTS " if node.if_exists else ""
        cascade = " CASCADE" if node.cascade else ""
        return f"ALTER TABLE {table} DROP CONSTRAINT {exists}{dropped_name(node, frame)}{cascade}"

    def key_options(self, constraint: Any) -> tuple[str, str, str]:
        """Return what follows REFERENCES: MATCH, the actions, and when it is checked."""
        return key_options(constraint)

    def counter_options(self, counter: Any, frame: Frame) -> str:
        """Return the options of a sequence or identity column."""
        return counter_options(counter, frame)

    def counter_of(self, column: Any) -> str | None:
        """Return the name of the sequence by which the database counts a key; None where it has none."""
        return None

    def sequence_type_text(self, sequence: Any) -> str:
        """Return the type of a sequence, a blank before it."""
        return ""
