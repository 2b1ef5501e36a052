"""Names as SQL text: quoted where they must be, qualified with their schema where they have one.

In: names of tables, columns, constraints, schemas. Out: text. Knows the reserved words and the quote characters of one
database, nothing of statements. Each name is decided once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from hashlib import md5
from typing import Any, ClassVar, Self

from ..exc import CompileError
from ..schema.base import NONE_NAME, conv
from ..schema.naming import final_name
from .marks import MARK
from .reserved import RESERVED_WORDS

_LEGAL_NAME = re.compile(r"[a-z_][a-z0-9_$]*\Z")
"""What may stand unquoted: lower-case letters, digits, `_` and `$`, not starting with a digit or `$`."""


class IdentifierPreparer:
    """The quoting rules of one database."""

    reserved_words: ClassVar[frozenset[str]] = RESERVED_WORDS
    initial_quote: str = '"'
    final_quote: str = '"'
    omit_schema: bool = False
    translation: Mapping[str | None, str | None] | None = None
    """Schema name of a schema's object -> the name to be written; None where names are written as they are."""

    def __init__(self, dialect: Any = None) -> None:
        self.dialect = dialect
        self.escape_quote = self.final_quote
        self.remembered: dict[str, str] = {}
        """Names without a flag of their own, as they are written."""

    def translated(self, names: Mapping[str | None, str | None]) -> Self:
        """Return the rules with schema names translated."""
        new = copy(self)
        new.translation = names
        return new

    def schema_of(self, element: Any) -> Any:
        """Return the schema to be written for a table, sequence or type."""
        schema = getattr(element, "schema", None)
        is_plain = getattr(element, "is_from_clause", False) and not hasattr(element, "is_schema_item")
        if self.translation is None or is_plain:
            return schema
        found = self.translation.get(schema, schema)
        if found is not None or schema is None:
            return found
        if self.dialect.default_schema_name is None:
            raise CompileError("Dialect has no default schema name; can't use None as dynamic schema target.")
        return self.dialect.default_schema_name

    def quote(self, ident: str, force: Any = None) -> str:
        """Return a name, quoted if its own `quote` flag, its letters or its being a keyword ask for it."""
        flag = None if type(ident) is str else getattr(ident, "quote", None)
        if flag is None:
            return self.remembered.get(ident) or self._decide(ident)
        return self.quote_identifier(ident) if flag else str(ident)

    def _decide(self, ident: str) -> str:
        text = self.quote_identifier(ident) if self.requires_quotes(ident) else str(ident)
        self.remembered[str(ident)] = text
        return text

    def requires_quotes(self, ident: str) -> bool:
        """Tell whether a name cannot stand as it is."""
        return ident in self.reserved_words or _LEGAL_NAME.match(ident) is None

    def quote_identifier(self, value: str) -> str:
        """Return a name in quotes."""
        if MARK in value:
            raise CompileError(f"name {value!r} holds the character U+FDD0, which names cannot hold")
        escaped = value.replace(self.escape_quote, self.escape_quote * 2)
        return f"{self.initial_quote}{escaped}{self.final_quote}"

    def quote_schema(self, schema: str, force: Any = None) -> str:
        """Return the name of a schema; a dot in it separates a database and a schema, unless its quoting is decided."""
        return self.quote(schema)

    def unformat_identifiers(self, identifiers: str) -> list[str]:
        """Return the names in a dotted text, without their quotes."""
        first, last = re.escape(self.initial_quote), re.escape(self.final_quote)
        found = re.findall(rf"{first}((?:[^{last}]|{last}{last})*){last}(?:\.|\Z)|([^.{first}]+)(?:\.|\Z)", identifiers)
        return [quoted.replace(self.escape_quote * 2, self.escape_quote) or plain for quoted, plain in found]

    def format_table(self, table: Any, use_schema: bool = True, name: str | None = None) -> str:
        """Return a table's name, with its schema in front where it has one."""
        text = self.quote(table.name if name is None else name)
        schema = self.schema_of(table)
        if schema and use_schema and not self.omit_schema:
            return f"{self.quote_schema(schema)}.{text}"
        return text

    def format_sequence(self, sequence: Any, use_schema: bool = True) -> str:
        """Return a sequence's name, with its schema in front where it has one."""
        return self.format_table(sequence, use_schema)

    def format_column(
        self, column: Any, use_table: bool = False, name: str | None = None, table_name: str | None = None
    ) -> str:
        """Return a column's name, after its table's if asked."""
        text = self.quote(column.name if name is None else name)
        if not use_table:
            return text
        if table_name is not None:
            return f"{self.quote(table_name)}.{text}"
        return f"{self.format_table(column.table)}.{text}"

    def format_label(self, label: Any, name: str | None = None) -> str:
        """Return a label's name."""
        return self.quote(label.name if name is None else name)

    def format_alias(self, alias: Any, name: str | None = None) -> str:
        """Return an alias's name."""
        return self.quote(alias.name if name is None else name)

    def format_collation(self, collation_name: str, collation_schema: str | None = None) -> str:
        """Return a collation's name, that of its schema before it."""
        name = self.quote(collation_name)
        return name if collation_schema is None else f"{self.quote_schema(collation_schema)}.{name}"

    def format_savepoint(self, savepoint: Any, name: str | None = None) -> str:
        """Return a savepoint's name."""
        return self.quote(savepoint if name is None else name)

    def format_schema(self, name: str) -> str:
        """Return a schema's name."""
        return self.quote(name)

    def format_index(self, index: Any) -> str:
        """Return an index's name, without its schema."""
        return self.truncate_and_render_index_name(index.name)

    def truncate_and_render_index_name(self, name: str) -> str:
        """Return a name for an index; one that a convention made too long is cut."""
        return self.quote(self._fitting(name, self.dialect.features.max_index_name_length))

    def truncate_and_render_constraint_name(self, name: str) -> str:
        """Return a name for a constraint; one that a convention made too long is cut."""
        return self.quote(self._fitting(name, self.dialect.features.max_constraint_name_length))

    def _fitting(self, name: str, longest: int | None) -> str:
        """Return a name that the database takes; raises IdentifierError for a program's own that is too long."""
        if not isinstance(name, conv):
            self.dialect.validate_identifier(name)
            return name
        longest = longest or int(self.dialect.max_identifier_length)
        if len(name) <= longest:
            return name
        return f"{name[: max(longest - 8, 0)]}_{md5(name.encode(), usedforsecurity=False).hexdigest()[-4:]}"

    def format_constraint(self, constraint: Any, _alembic_quote: bool = True) -> str | None:
        """Return a constraint's name, or None where the database gives it one; Alembic asks for it without quotes."""
        name = final_name(constraint, constraint.table) if constraint.name is NONE_NAME else constraint.name
        if name is None:
            return None
        if not _alembic_quote:
            features = self.dialect.features
            is_index = getattr(constraint, "is_index", False)
            limit = features.max_index_name_length if is_index else features.max_constraint_name_length
            return str(self._fitting(name, limit) if isinstance(name, conv) else name)
        return self.truncate_and_render_constraint_name(name)
