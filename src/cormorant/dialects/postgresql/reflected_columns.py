"""Rows of the catalog as dictionaries of columns, and the names of types as types.

In: rows, the named types of the database (asked for only where a name is none of the built-in ones). Out: dictionaries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...engine.reflected import ReflectedColumn
from ...types.base import NULLTYPE
from ...types.text import String
from ...util import memoized, warn
from .ischema import make_array, make_domain, make_enum

_ARGUMENTS = re.compile(r"\((.*?)\)")
_PART = re.compile(r'"((?:[^"]|"")*)"|([^."]+)')
_SEQUENCE = re.compile(r"nextval\('([^']+)'")
_INTERVAL = re.compile(r"interval (.+)\Z")


class NamedTypes:
    """Finds types: by the names in `ischema_names`, then among enumerations and domains of the database."""

    def __init__(
        self,
        load_enums: Callable[[], list[dict[str, Any]]],
        load_domains: Callable[[], list[dict[str, Any]]],
        names: Mapping[str, Any],
    ) -> None:
        self._load_enums = load_enums
        self._load_domains = load_domains
        self._names = names

    @memoized
    def enums(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Enumerations by the parts of the name that the server shows."""
        return {_key(one): one for one in self._load_enums()}

    @memoized
    def domains(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Domains by the parts of the name that the server shows."""
        return {_key(one): one for one in self._load_domains()}

    def domain(self, text: str) -> dict[str, Any] | None:
        """The domain that a type is, if it is one."""
        if self._built_in(text) is not None or text.endswith("[]"):
            return None
        return self.domains.get(_parts(text))

    def find(self, text: str, collation: str | None, of: str) -> Any:
        """Return the type for what the server calls it; with a warning and NullType for an unknown one."""
        name, is_array = (text[:-2], True) if text.endswith("[]") else (text, False)
        type_ = self._built_in(name, collation) or self._named(name)
        if type_ is None:
            warn(f"Did not recognize type '{name}' of {of}")
            return NULLTYPE
        return make_array(type_) if is_array else type_

    def _named(self, name: str) -> Any:
        key = _parts(name)
        enum = self.enums.get(key)
        if enum is not None:
            return make_enum(enum)
        domain = self.domains.get(key)
        if domain is None:
            return None
        return make_domain(domain, self.find(domain["type"], domain["collation"], f"domain '{domain['name']}'"))

    def _built_in(self, text: str, collation: str | None = None) -> Any:
        match = _ARGUMENTS.search(text)
        arguments = [part.strip() for part in match.group(1).split(",")] if match is not None else []
        name = _ARGUMENTS.sub("", text).strip()
        options: dict[str, Any] = {}
        interval = _INTERVAL.match(name)
        if interval is not None:
            name, options = "interval", {"fields": interval.group(1)}
        class_ = self._names.get(name)
        if class_ is None:
            return None
        given: list[Any] = [int(one) if one.lstrip("-").isdigit() else one for one in arguments]
        return self._made(class_, name, given, options, collation)

    def _made(self, class_: Any, name: str, given: list[Any], options: dict[str, Any], collation: str | None) -> Any:
        if name == "double precision":
            given = [53]
        elif name.startswith(("timestamp", "time")):
            options["timezone"] = name.endswith("with time zone")
            options.update({"precision": given[0]} if given else {})
            given = []
        elif name == "interval":
            options.update({"precision": given[0]} if given else {})
            given = []
        elif name == "bit varying":
            options["varying"] = True
        if collation is not None and isinstance(class_, type) and issubclass(class_, String):
            options["collation"] = collation
        return class_(*given, **options)


def _key(told: Mapping[str, Any]) -> tuple[str, ...]:
    return (told["name"],) if told["visible"] else (told["schema"], told["name"])


def _parts(text: str) -> tuple[str, ...]:
    """Return the parts of a name with dots and quotes."""
    return tuple([quoted.replace('""', '"') if quoted else plain for quoted, plain in _PART.findall(text)])


def columns_of(rows: list[Any], types: NamedTypes, schema: str | None) -> list[ReflectedColumn]:
    """The columns of a table or view."""
    return [_column(row, types, schema) for row in rows]


def _column(row: Any, types: NamedTypes, schema: str | None) -> ReflectedColumn:
    domain = types.domain(row.type)
    default, is_counted = _default(row, schema)
    if default is None and domain is not None and not row.attgenerated:
        default = domain["default"]
    told: Any = {
        "name": row.attname,
        "type": types.find(row.type, row.collation, f"column '{row.attname}'"),
        "nullable": not (row.attnotnull or (domain is not None and not domain["nullable"])),
        "default": default,
        "autoincrement": is_counted or bool(row.attidentity),
        "comment": row.comment,
    }
    if row.attgenerated:
        told["computed"] = {"sqltext": row.expression, "persisted": row.attgenerated == "s"}
    if row.attidentity:
        told["identity"] = _identity(row)
    found: ReflectedColumn = told
    return found


def _default(row: Any, schema: str | None) -> tuple[str | None, bool]:
    """Return the default, and whether it counts a sequence; its sequence gets the schema that was asked for."""
    if row.attgenerated or row.expression is None:
        return None, False
    match = _SEQUENCE.search(row.expression)
    if match is None:
        return row.expression, False
    if schema is None or "." in match.group(1):
        return row.expression, True
    start = match.start(1)
    return f'{row.expression[:start]}"{schema}".{row.expression[start:]}', True


def _identity(row: Any) -> dict[str, Any]:
    return {
        "always": row.attidentity == "a",
        "start": row.seqstart,
        "increment": row.seqincrement,
        "minvalue": row.seqmin,
        "maxvalue": row.seqmax,
        "cache": row.seqcache,
        "cycle": row.seqcycle,
    }
