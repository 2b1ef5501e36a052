"""What MySQL and MariaDB write differently in DDL, and the options that their schema objects take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from ...compile.ddl import dropped_name, index_expressions, index_name
from ...compile.ddl_columns import default_text, render_computed
from ...compile.ddl_constraints import render_foreign_key
from ...compile.ddl_dialect import DDLParts
from ...compile.frame import Frame, Renderer
from ...exc import CompileError, SADeprecationWarning
from ...schema import ddl
from ...schema.base import accept_options
from ...schema.foreign_keys import ForeignKeyConstraint
from ...types import upper
from ...types.text import STRINGTYPE
from ...util import warn

NAMES = ("mysql", "mariadb")
_SPACED = ("PARTITION_BY", "PARTITIONS", "SUBPARTITION_BY", "SUBPARTITIONS", "COLLATE", "TABLESPACE")
_QUOTED = ("COMMENT", "CONNECTION", "PASSWORD")
"""Table options whose values are strings in SQL."""
for _name in NAMES:
    accept_options(_name, "Table", ("*",))
    accept_options(_name, "PrimaryKeyConstraint", ("using",))
    accept_options(_name, "Index", ("length", "prefix", "using", "with_parser"))
    for _statement in ("Update", "Delete"):
        accept_options(_name, _statement, ("limit",))

_BARE_DEFAULT = re.compile(r"\s*(?:['\"(].*|\w+|(?:now|current_timestamp)\(\d+\))\s*\Z", re.IGNORECASE | re.DOTALL)
_ON_UPDATE = re.compile(r"\s*(?:current_timestamp|now|localtime|localtimestamp)\b.*\bon update\b", re.IGNORECASE)


class MySQLDDL(DDLParts):
    """The parts of DDL in which MySQL and MariaDB differ."""

    no_cycle_word = "NOCYCLE"
    check_word: ClassVar[str] = "CHECK"
    """What DROP calls a check constraint."""

    def column_text(self, column: Any, frame: Frame) -> str:
        """`name TYPE GENERATED .. NOT NULL COMMENT x AUTO_INCREMENT DEFAULT y`."""
        parts = [frame.preparer.quote(column.name), self.column_type_text(column, frame)]
        if column.computed is not None:
            parts.append(render_computed(column.computed, frame))
        is_timestamp = isinstance(column.type.dialect_impl(frame.dialect), upper.TIMESTAMP)
        if not column.nullable:
            parts.append("NOT NULL")
        elif is_timestamp:
            parts.append("NULL")
        if column.comment is not None:
            parts.append(f"COMMENT {frame.dialect.literal_text(column.comment, STRINGTYPE)}")
        if _is_counted(column, frame):
            parts.append("AUTO_INCREMENT")
        else:
            default = default_text(column, frame)
            parts += [] if default is None else [f"DEFAULT {default}"]
        return " ".join(parts)

    def default_expression(self, text: str) -> str:
        """Function calls and arithmetic stand in parentheses, constants and CURRENT_TIMESTAMP do not."""
        return text if _BARE_DEFAULT.match(text) or _ON_UPDATE.match(text) else f"({text})"

    def table_ending(self, table: Any, frame: Frame) -> str:
        """`ENGINE=InnoDB COMMENT='..'`."""
        options = _table_options(table, frame)
        return " ".join([f"{_WORDS.get(name, name)}{_joiner(name)}{value}" for name, value in options])

    def constraint_ending(self, constraint: Any, frame: Frame) -> str:
        """`USING btree` after a primary key."""
        if constraint.convention_key != "pk":
            return ""
        using = constraint.option(frame.dialect.name, "using") or _using_of_mysql(constraint, frame)
        return "" if using is None else f" USING {frame.preparer.quote(using)}"

    def create_index_text(self, node: Any, frame: Frame) -> str:
        """CREATE INDEX with lengths, kind, parser and method."""
        index = node.element
        words = "UNIQUE " if index.unique else ""
        prefix, parser, using = [_option(index, name, frame) for name in ("prefix", "with_parser", "using")]
        words += f"{prefix} " if prefix else ""
        exists = "IF NOT EXISTS " if node.if_not_exists else ""
        text = f"CREATE {words}INDEX {exists}{index_name(index, frame)} ON {frame.preparer.format_table(index.table)} "
        text += f"({', '.join(_index_parts(index, frame))})"
        text += f" WITH PARSER {parser}" if parser else ""
        return text + (f" USING {frame.preparer.quote(using)}" if using else "")

    def drop_index_text(self, node: Any, frame: Frame) -> str:
        index = node.element
        exists = "IF EXISTS " if node.if_exists else ""
        return f"\nDROP INDEX {exists}{index_name(index, frame)} ON {frame.preparer.format_table(index.table)}"

    def drop_constraint_text(self, node: Any, frame: Frame) -> str:
        """What is dropped is named by its kind."""
        constraint = node.element
        table = frame.preparer.format_table(constraint.table)
        kind = constraint.convention_key
        if kind == "pk":
            return f"ALTER TABLE {table} DROP PRIMARY KEY "
        word = {"fk": "FOREIGN KEY", "uq": "INDEX", "ck": self.check_word}.get(kind)
        if word is None:
            raise CompileError(f"cannot drop {constraint!r}: only keys, unique and check constraints can be dropped")
        return f"ALTER TABLE {table} DROP {word} {dropped_name(node, frame)}"


def _is_counted(column: Any, frame: Frame) -> bool:
    table = column.table
    default = column.server_default
    return bool(
        table is not None
        and column is table.autoincrement_column
        and (default is None or default.is_identity)
        and not _has_sequence(column, frame)
    )


def _has_sequence(column: Any, frame: Frame) -> bool:
    default = column.default
    return bool(default is not None and default.is_sequence and frame.features.sequences and not default.optional)


def _option(item: Any, name: str, frame: Frame) -> Any:
    return item.option(frame.dialect.name, name)


def _using_of_mysql(constraint: Any, frame: Frame) -> str | None:
    using: str | None = constraint.option(NAMES[0], "using")
    if using is not None:
        warn(
            f"Using 'mysql_using' with the {frame.dialect.name!r} dialect is deprecated; please additionally specify "
            f"'{frame.dialect.name}_using'.",
            SADeprecationWarning,
        )
    return using


def _table_options(table: Any, frame: Frame) -> list[tuple[str, Any]]:
    given = table.given_options.get(frame.dialect.name, {})
    options = {name.upper(): value for name, value in given.items()}
    if table.comment is not None:
        options["COMMENT"] = table.comment
    definitions = options.pop("PARTITION_DEFINITIONS", None)
    if definitions is not None and "PARTITION_BY" in options:
        options["PARTITION_BY"] = f"{options['PARTITION_BY']} ({definitions})"
    for name in _QUOTED:
        if name in options:
            options[name] = frame.dialect.literal_text(str(options[name]), STRINGTYPE)
    return sorted(options.items(), key=lambda pair: _RANKS.get(pair[0], 0))


_LAST_OPTIONS = ("COLLATE", "PARTITION_BY", "PARTITIONS", "SUBPARTITION_BY", "SUBPARTITIONS")
_RANKS = {name: rank for rank, name in enumerate(_LAST_OPTIONS, 1)}


_WORDS = {
    name: name.replace("_", " ")
    for name in (
        "DATA_DIRECTORY", "DEFAULT_CHARSET", "DEFAULT_COLLATE", "INDEX_DIRECTORY", "PARTITION_BY", "SUBPARTITION_BY",
    )
}  # fmt: skip


def _joiner(name: str) -> str:
    return " " if name in _SPACED else "="


def _index_parts(index: Any, frame: Frame) -> list[str]:
    lengths = _option(index, "length", frame)
    parts: list[str] = []
    for expression, text in zip(index.expressions, index_expressions(index, frame), strict=True):
        part = f"({text})" if _needs_parentheses(expression) else text
        name = getattr(expression, "name", None)
        length = _length_of(name, lengths)
        parts.append(part if length is None else f"{part}({length})")
    return parts


def _length_of(name: Any, lengths: Mapping[str, int] | int | None) -> int | None:
    return lengths.get(name) if isinstance(lengths, Mapping) else lengths


def _needs_parentheses(expression: Any) -> bool:
    """Expressions do, other than columns, text, and what is ordered once."""
    if expression.is_text or expression.is_named:
        return False
    inner = getattr(expression, "element", None)
    return getattr(expression, "modifier", None) is None or getattr(inner, "modifier", None) is not None


def render_set_table_comment(node: Any, frame: Frame) -> str:
    """ALTER TABLE .. COMMENT."""
    frame.kind = "ddl"
    comment = frame.dialect.literal_text(node.element.comment, STRINGTYPE)
    return f"ALTER TABLE {frame.preparer.format_table(node.element)} COMMENT {comment}"


def render_drop_table_comment(node: Any, frame: Frame) -> str:
    """ALTER TABLE .. COMMENT ''."""
    frame.kind = "ddl"
    return f"ALTER TABLE {frame.preparer.format_table(node.element)} COMMENT ''"


def render_set_column_comment(node: Any, frame: Frame) -> str:
    """ALTER TABLE .. CHANGE: a comment is part of the column's declaration."""
    frame.kind = "ddl"
    column = node.element
    name = frame.preparer.quote(column.name)
    declared = frame.dialect.column_text(column, frame)
    return f"ALTER TABLE {frame.preparer.format_table(column.table)} CHANGE {name} {declared}"


def render_foreign_key_constraint(constraint: Any, frame: Frame) -> str:
    """A foreign key; MATCH is refused, because the servers then ignore ON DELETE and ON UPDATE."""
    if constraint.match is not None:
        raise CompileError(
            "MySQL ignores the 'MATCH' keyword while at the same time causes ON UPDATE/ON DELETE clauses to be ignored."
        )
    return render_foreign_key(constraint, frame)


DDL_RENDERERS: dict[type, Renderer] = {
    ForeignKeyConstraint: render_foreign_key_constraint,
    ddl.DropTableComment: render_drop_table_comment,
    ddl.SetColumnComment: render_set_column_comment,
    ddl.SetTableComment: render_set_table_comment,
}
