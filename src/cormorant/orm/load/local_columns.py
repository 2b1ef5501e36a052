"""The SELECT of columns that only subclasses have: from the tables of these alone, without that of the base class.

In: a mapper and attribute keys. Out: the kept statement, or None where a column stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...sql.naming import LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.select import Select
from .kept import Kept
from .request import COLUMNS
from .statements import KeptColumns, place


def subclass_keys(mapper: Any) -> frozenset[str]:
    """Return the columns that a SELECT of the base class does not bring; found once."""
    found: frozenset[str] | None = mapper.plans.get("subclass columns")
    if found is None:
        base = mapper.base_mapper.properties
        keys = (prop.key for prop in mapper.column_attrs if not (prop.deferred or prop.is_expression))
        found = mapper.plans["subclass columns"] = frozenset(key for key in keys if key not in base)
    return found


def local_columns(mapper: Any, keys: Iterable[str]) -> KeptColumns | None:
    """Return the SELECT of columns of the tables of subclasses, by the object's key."""
    named = frozenset(keys)
    props = [prop for prop in mapper.column_attrs if prop.key in named]
    tables: list[Any] = list(mapper.tables)
    used = {getattr(prop.columns[0], "table", None) for prop in props}
    if tables[0] in used or not used.issubset(tables):
        return None
    first = min(tables.index(table) for table in used)
    last = max(tables.index(table) for table in used)
    joins, key_columns = _links(mapper, tables[first : last + 1])
    binds = [place(column) for column in key_columns]
    found = [bind == column for bind, column in zip(binds, key_columns, strict=True)]
    select = Select(*[prop.columns[0] for prop in props]).where(*found, *joins)
    kept = Kept(select.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL), binds, purpose=COLUMNS)
    return KeptColumns(kept, tuple([(position, prop.key) for position, prop in enumerate(props)]))


def _links(mapper: Any, tables: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return the conditions between the tables, and the columns of the first one that hold the object's key."""
    joins: list[Any] = []
    keys = list(mapper.primary_key)
    for one in reversed(list(mapper.iterate_to_root())):
        if not one.inherit_pairs:
            continue
        if one.local_table in tables[1:]:
            joins += [parent == own for parent, own in one.inherit_pairs]
        elif tables[0] not in one.tables[:-1]:
            own_columns = {id(parent): own for parent, own in one.inherit_pairs}
            keys = [own_columns.get(id(column), column) for column in keys]
    return joins, keys
