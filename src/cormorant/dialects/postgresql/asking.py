"""Questions to PostgreSQL's catalogs: text with `%(name)s`, whatever the driver's own way to write parameters is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def ask(connection: Any, text: str, parameters: Mapping[str, Any]) -> Any:
    """Return the result of a statement with named parameters."""
    if connection.dialect.paramstyle != "numeric_dollar":
        return connection.exec_driver_sql(text, dict(parameters))
    names: list[str] = []

    def numbered(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return "%"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    asked = _PLACEHOLDER.sub(numbered, text)
    return connection.exec_driver_sql(asked, tuple(parameters[name] for name in names))
