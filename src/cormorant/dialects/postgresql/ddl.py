"""What PostgreSQL writes differently in DDL, and the options that its schema objects take."""

from __future__ import annotations

import re
from typing import Any

from ...compile.ddl import index_condition, index_expressions, index_name
from ...compile.ddl_columns import standard_column_text
from ...compile.ddl_constraints import constraint_name, deferring
from ...compile.ddl_dialect import DDLParts
from ...compile.frame import Frame, Renderer
from ...exc import CompileError
from ...schema import ddl
from ...schema.base import accept_options
from ...sql.operations import Grouping
from ...types.decorator import TypeDecorator
from ...types.numeric import BigInteger, Integer, SmallInteger
from ...types.text import STRINGTYPE
from .ext import ExcludeConstraint
from .named_types import CreateDomainType, DropDomainType, domain_default

NAME = "postgresql"
accept_options(
    NAME,
    "Table",
    {
        "ignore_search_path": False,
        "tablespace": None,
        "partition_by": None,
        "with_oids": None,
        "with": None,
        "on_commit": None,
        "inherits": None,
        "using": None,
    },
)
_INDEX_OPTIONS: dict[str, Any] = {
    "using": False,
    "include": None,
    "where": None,
    "ops": {},
    "concurrently": False,
    "with": {},
    "tablespace": None,
    "nulls_not_distinct": None,
}
accept_options(NAME, "Index", _INDEX_OPTIONS)
accept_options(NAME, "UniqueConstraint", ("include", "nulls_not_distinct"))
accept_options(NAME, "PrimaryKeyConstraint", ("include",))
accept_options(NAME, "ForeignKeyConstraint", {"not_valid": False})
accept_options(NAME, "ForeignKey", {"not_valid": False})
accept_options(NAME, "CheckConstraint", {"not_valid": False})

_SERIALS: tuple[tuple[type[Any], str], ...] = (
    (BigInteger, "BIGSERIAL"),
    (SmallInteger, "SMALLSERIAL"),
    (Integer, "SERIAL"),
)


class PostgreSQLDDL(DDLParts):
    """The parts of DDL in which PostgreSQL differs."""

    nullable_identity_words = ("NULL",)

    def column_text(self, column: Any, frame: Frame) -> str:
        return standard_column_text(column, frame)

    def column_type_text(self, column: Any, frame: Frame) -> str:
        """SERIAL and its like for a counted key."""
        if _is_serial(column):
            type_ = column.type.dialect_impl(frame.dialect)
            if isinstance(type_, TypeDecorator):
                type_ = type_.type_engine(frame.dialect)
            for class_, word in _SERIALS:
                if isinstance(type_, class_):
                    return word
        return super().column_type_text(column, frame)

    def table_ending(self, table: Any, frame: Frame) -> str:
        """Inheritance, partitions, storage."""
        parts: list[str] = []
        inherits = table.option(NAME, "inherits")
        if inherits is not None:
            names: list[str] = [inherits] if isinstance(inherits, str) else list(inherits)
            parts.append(f"INHERITS ({', '.join([frame.preparer.quote(name) for name in names])})")
        if table.option(NAME, "partition_by"):
            parts.append(f"PARTITION BY {table.option(NAME, 'partition_by')}")
        if table.option(NAME, "using"):
            parts.append(f"USING {table.option(NAME, 'using')}")
        parts += _storage(table.option(NAME, "with"))
        if table.option(NAME, "with_oids") is not None:
            parts.append("WITH OIDS" if table.option(NAME, "with_oids") else "WITHOUT OIDS")
        if table.option(NAME, "on_commit"):
            parts.append(f"ON COMMIT {table.option(NAME, 'on_commit').replace('_', ' ').upper()}")
        if table.option(NAME, "tablespace"):
            parts.append(f"TABLESPACE {frame.preparer.quote(table.option(NAME, 'tablespace'))}")
        return "".join([f"\n {part}" for part in parts])

    def unique_words(self, constraint: Any) -> str:
        given = constraint.option(NAME, "nulls_not_distinct")
        return "" if given is None else f"NULLS {'NOT ' if given else ''}DISTINCT "

    def constraint_columns_ending(self, constraint: Any, frame: Frame) -> str:
        include = constraint.option(NAME, "include")
        return f" INCLUDE ({_named(include, constraint, frame)})" if include else ""

    def constraint_ending(self, constraint: Any, frame: Frame) -> str:
        return " NOT VALID" if constraint.option(NAME, "not_valid") else ""

    def create_index_text(self, node: Any, frame: Frame) -> str:
        """CREATE INDEX with method, operator classes, INCLUDE, WHERE."""
        index = node.element
        words = "CREATE UNIQUE INDEX " if index.unique else "CREATE INDEX "
        words += "CONCURRENTLY " if index.option(NAME, "concurrently") else ""
        words += "IF NOT EXISTS " if node.if_not_exists else ""
        text = f"{words}{index_name(index, frame)} ON {frame.preparer.format_table(index.table)} "
        using = index.option(NAME, "using")
        text += f"USING {checked_word(using)} " if using else ""
        return f"{text}({', '.join(_index_parts(index, frame))}){_index_ending(index, frame)}"

    def drop_index_text(self, node: Any, frame: Frame) -> str:
        index = node.element
        words = "CONCURRENTLY " if index.option(NAME, "concurrently") else ""
        words += "IF EXISTS " if node.if_exists else ""
        return f"\nDROP INDEX {words}{index_name(index, frame, with_schema=True)}"

    def counter_of(self, column: Any) -> str | None:
        return _counter_name(column.table.name, column.name)

    def sequence_type_text(self, sequence: Any) -> str:
        data_type = sequence.data_type
        return "" if data_type is None else f" AS {data_type.compile(dialect=self)}"


_COUNTER_ROOM = 63 - len("__seq")


def _counter_name(table: str, column: str) -> str:
    """Return the name that the server gives the sequence of a SERIAL column; of long names the longer one is cut."""
    while len(table) + len(column) > _COUNTER_ROOM:
        if len(table) > len(column):
            table = table[:-1]
        else:
            column = column[:-1]
    return f"{table}_{column}_seq"


def _is_serial(column: Any) -> bool:
    default = column.default
    return bool(
        column.table is not None
        and column is column.table.autoincrement_column
        and column.identity is None
        and (column.server_default is None or column.server_default.reflected)
        and (default is None or (default.is_sequence and default.optional))
    )


def _storage(options: Any) -> list[str]:
    if not options:
        return []
    return [f"WITH ({', '.join([f'{name} = {_parameter(value)}' for name, value in options.items()])})"]


def _parameter(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _named(columns: Any, owner: Any, frame: Frame) -> str:
    table = owner.table
    found = [table.c[column] if isinstance(column, str) else column for column in columns]
    return ", ".join([frame.preparer.quote(column.name) for column in found])


def _index_parts(index: Any, frame: Frame) -> list[str]:
    classes: dict[str, str] = index.option(NAME, "ops") or {}
    parts: list[str] = []
    for expression, text in zip(index.expressions, index_expressions(index, frame), strict=True):
        key = getattr(expression, "key", None)
        part = f"({text})" if _needs_parentheses(expression) else text
        parts.append(f"{part} {classes[key]}" if key in classes else part)
    return parts


def _needs_parentheses(expression: Any) -> bool:
    """Operators do; columns, functions, casts and what is ordered do not."""
    inner = expression.element if expression.is_label else expression
    return isinstance(inner.self_group(), Grouping) and not isinstance(inner, Grouping)


def _index_ending(index: Any, frame: Frame) -> str:
    text = ""
    include = index.option(NAME, "include")
    if include:
        text += f" INCLUDE ({_named(include, index, frame)})"
    distinct = index.option(NAME, "nulls_not_distinct")
    if distinct is not None:
        text += f" NULLS {'NOT ' if distinct else ''}DISTINCT"
    text += "".join([f" {part}" for part in _storage(index.option(NAME, "with"))])
    if index.option(NAME, "tablespace"):
        text += f" TABLESPACE {frame.preparer.quote(index.option(NAME, 'tablespace'))}"
    return text + index_condition(index.option(NAME, "where"), frame)


def _constraint_comment(comment: str, node: Any, frame: Frame) -> str:
    frame.kind = "ddl"
    constraint = node.element
    name = frame.preparer.format_constraint(constraint)
    return f"COMMENT ON CONSTRAINT {name} ON {frame.preparer.format_table(constraint.table)} IS {comment}"


def render_set_constraint_comment(node: Any, frame: Frame) -> str:
    """COMMENT ON CONSTRAINT .. IS."""
    return _constraint_comment(frame.dialect.literal_text(node.element.comment, STRINGTYPE), node, frame)


def render_drop_constraint_comment(node: Any, frame: Frame) -> str:
    """COMMENT ON CONSTRAINT .. IS NULL."""
    return _constraint_comment("NULL", node, frame)


def render_create_enum(node: Any, frame: Frame) -> str:
    """CREATE TYPE .. AS ENUM."""
    frame.kind = "ddl"
    names = ", ".join([frame.dialect.literal_text(name, STRINGTYPE) for name in node.element.enums])
    return f"CREATE TYPE {_type_name(node.element, frame)} AS ENUM ({names})"


def render_drop_enum(node: Any, frame: Frame) -> str:
    """DROP TYPE."""
    frame.kind = "ddl"
    return f"DROP TYPE {'IF EXISTS ' if node.if_exists else ''}{_type_name(node.element, frame)}"


def render_create_domain(node: Any, frame: Frame) -> str:
    """CREATE DOMAIN with its collation, default and constraints."""
    frame.kind = "ddl"
    type_ = node.element
    parts: list[str] = []
    if type_.collation is not None:
        parts.append(f"COLLATE {frame.preparer.format_collation(type_.collation, type_.collation_schema)}")
    default = domain_default(type_)
    if default is not None:
        is_text = isinstance(default, str)
        parts.append(f"DEFAULT {frame.dialect.literal_text(default, STRINGTYPE) if is_text else _bare(default, frame)}")
    if type_.constraint_name is not None:
        parts.append(f"CONSTRAINT {frame.preparer.quote(type_.constraint_name)}")
    parts += ["NOT NULL"] if type_.not_null else []
    parts += [f"CHECK ({_bare(type_.check, frame)})"] if type_.check is not None else []
    return f"CREATE DOMAIN {_type_name(type_, frame)} AS {frame.dialect.type_text(type_.data_type)} {' '.join(parts)}"


def render_drop_domain(node: Any, frame: Frame) -> str:
    """DROP DOMAIN."""
    frame.kind = "ddl"
    return f"DROP DOMAIN {_type_name(node.element, frame)}"


def _type_name(type_: Any, frame: Frame) -> str:
    if type_.name is None:
        raise CompileError("PostgreSQL ENUM type requires a name: pass name= to Enum")
    return str(frame.preparer.format_table(type_))


def _bare(expression: Any, frame: Frame) -> str:
    """Return an expression with values written into it and columns without their tables."""
    before, frame.qualifies = frame.qualifies, False
    text = frame.render_literally(expression)
    frame.qualifies = before
    return text


def render_exclude(constraint: Any, frame: Frame) -> str:
    """`EXCLUDE USING method (element WITH operator) WHERE (condition)`."""
    elements: list[str] = []
    for element, operator in constraint.resolved():
        text = _bare(element, frame)
        name = getattr(element, "name", None)
        class_ = f" {constraint.ops[name]}" if name in constraint.ops else ""
        elements.append(f"{text}{class_} WITH {operator}")
    method = checked_word(constraint.using)
    where = "" if constraint.where is None else f" WHERE ({frame.render_literally(constraint.where)})"
    ending = f"({', '.join(elements)}){where}{deferring(constraint)}"
    return f"{constraint_name(constraint, frame)}EXCLUDE USING {method} {ending}"


def checked_word(word: str) -> str:
    """Return the name of an index method, which is written as it is; refuse what is no word."""
    if re.fullmatch(r"\w+", word) is None:
        raise CompileError(f"Unexpected SQL phrase: {word!r}: the method of an index is one word")
    return word.lower()


DDL_RENDERERS: dict[type, Renderer] = {
    CreateDomainType: render_create_domain,
    DropDomainType: render_drop_domain,
    ExcludeConstraint: render_exclude,
    ddl.CreateEnumType: render_create_enum,
    ddl.DropConstraintComment: render_drop_constraint_comment,
    ddl.DropEnumType: render_drop_enum,
    ddl.SetConstraintComment: render_set_constraint_comment,
}
