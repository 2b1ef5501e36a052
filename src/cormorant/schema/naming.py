"""Names of constraints and indexes by the conventions of a MetaData.

In: a constraint on its table and a convention such as `fk_%(table_name)s_%(column_0_name)s`. Out: the name, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..exc import InvalidRequestError
from .base import NONE_NAME, conv

DEFAULT_CONVENTION: dict[Any, Any] = {"ix": "ix_%(column_0_label)s"}
_TOKEN = re.compile(r"%\((\w+)\)s")
_NUMBERED = re.compile(
    r"^(?P<referred>referred_)?column_(?:(?P<number>\d+)|(?P<joined>0?_?N))_(?P<what>name|key|label)$"
)


def name_for(constraint: Any, table: Any) -> Any:
    """Return the name that a constraint has on its table: its own, or the convention's; that of a type, later."""
    return constraint.name if constraint.name is NONE_NAME else final_name(constraint, table)


def final_name(constraint: Any, table: Any) -> Any:
    """Return the name that a constraint has in the database; None where the database gives it one."""
    convention = _convention_for(constraint, table.metadata.naming_convention)
    name = None if constraint.name is NONE_NAME else constraint.name
    if isinstance(name, conv) or convention is None:
        return name
    wants_given = isinstance(convention, str) and "%(constraint_name)s" in convention
    if name is not None and not wants_given:
        return name
    if not isinstance(convention, str):
        return conv(str(convention(constraint, table)))
    return conv(_TOKEN.sub(lambda match: _token(match.group(1), constraint, table), convention))


def _convention_for(constraint: Any, conventions: Mapping[Any, Any]) -> Any:
    for class_ in type(constraint).__mro__:
        found = conventions.get(class_) or conventions.get(class_.__dict__.get("convention_key"))
        if found is not None:
            return found
    return None


def _token(token: str, constraint: Any, table: Any) -> str:
    own: Callable[[Any, Any], Any] | None = table.metadata.naming_convention.get(token)
    if own is not None:
        return str(own(constraint, table))
    if token in _PLAIN:
        return str(_PLAIN[token](constraint, table))
    match = _NUMBERED.match(token)
    if match is None:
        raise KeyError(token)
    values = (_referred if match["referred"] else _columns)(constraint, table, match["what"])
    if match["number"] is not None:
        number = int(match["number"])
        return values[number] if number < len(values) else ""
    return ("_" if "_" in match["joined"] else "").join(values)


def _columns(constraint: Any, table: Any, what: str) -> list[str]:
    return [_shown(column, what) for column in constraint.columns]


def _shown(column: Any, what: str) -> str:
    if what == "label":
        return _label(column)
    return str(getattr(column, what))


def _label(column: Any) -> str:
    table = column.table
    parts = [table.schema.replace(".", "_")] if table.schema else []
    return "_".join([*parts, str(table.name), str(column.name)])


def _referred(constraint: Any, table: Any, what: str) -> list[str]:
    return [str(key.referred_name(what)) for key in constraint.elements]


def _constraint_name(constraint: Any, table: Any) -> str:
    if constraint.name is None or constraint.name is NONE_NAME:
        raise InvalidRequestError(
            "Naming convention including %(constraint_name)s token requires that constraint is explicitly named."
        )
    return str(constraint.name)


_PLAIN: dict[str, Callable[[Any, Any], Any]] = {
    "table_name": lambda constraint, table: table.name,
    "constraint_name": _constraint_name,
    "referred_table_name": lambda constraint, table: constraint.elements[0].target_tokens[1],
}
