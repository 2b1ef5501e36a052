"""The Inspector with what only PostgreSQL has: enumerations, domains, foreign tables."""

from __future__ import annotations

from typing import Any

from ...engine.reflection import Inspector


class PGInspector(Inspector):
    """What `inspect()` returns for PostgreSQL."""

    def get_table_oid(self, table_name: str, schema: str | None = None) -> int:
        """The number of a table in the catalog; raises NoSuchTableError."""
        return int(self._ask("get_table_oid", table_name, schema))

    def get_enums(self, schema: str | None = None) -> list[dict[str, Any]]:
        """Name, schema, visibility and labels of the enumerations of a schema; `*` is all schemas."""
        found: list[dict[str, Any]] = self._ask("get_enums", schema)
        return found

    def get_domains(self, schema: str | None = None) -> list[dict[str, Any]]:
        """Name, type, default and constraints of the domains of a schema; `*` is all schemas."""
        found: list[dict[str, Any]] = self._ask("get_domains", schema)
        return found

    def get_foreign_table_names(self, schema: str | None = None) -> list[str]:
        """The names of the tables that are on another server."""
        names: list[str] = self._ask("get_foreign_table_names", schema)
        return names

    def has_type(self, type_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether there is an enumeration, a domain or another type of this name."""
        return bool(self._ask("has_type", type_name, schema, **kw))
