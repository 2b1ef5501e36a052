"""Pickles of what speaks of mapped classes: their tables and columns are named in it, not copied into it.

In: a statement, an expression or the options of a statement. Out: bytes, and from bytes the same over the classes of
the process that reads them. A table is named by its key and by a class that is mapped in its MetaData.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

from ...schema import Column, Table
from ...sql.node import Node, hooks
from .configure import REGISTRIES
from .mapper import mapper_of

PROTOCOL = 4


class MappedPickler(pickle.Pickler):
    """Writes one thing, all nodes in it as they are."""

    def __init__(self, file: Any) -> None:
        super().__init__(file, PROTOCOL)
        self.homes: dict[int, type] = {}
        """Id of a MetaData -> a class that is mapped to a table of it."""
        for registry in list(REGISTRIES):
            for mapper in registry:
                if isinstance(mapper.local_table, Table):
                    self.homes.setdefault(id(mapper.local_table.metadata), mapper.class_)

    def persistent_id(self, obj: Any) -> Any:
        if obj.__class__ is Table:
            home = self.homes.get(id(obj.metadata))
            return (home, obj.key, None) if home and obj.metadata.tables.get(obj.key) is obj else None
        if obj.__class__ is Column and obj.table is not None:
            named = self.persistent_id(obj.table)
            return (*named[:2], obj.key) if named and obj.table.c.get(obj.key) is obj else None
        return None

    def reducer_override(self, obj: Any) -> Any:
        return object.__reduce_ex__(obj, PROTOCOL) if isinstance(obj, Node) else NotImplemented


class MappedUnpickler(pickle.Unpickler):
    """Reads what MappedPickler wrote."""

    def persistent_load(self, pid: Any) -> Any:
        home, key, column = pid
        table = mapper_of(home).local_table.metadata.tables[key]
        return table if column is None else table.c[column]


def to_bytes(value: Any) -> bytes:
    """Return the pickle of a value."""
    file = io.BytesIO()
    MappedPickler(file).dump(value)
    return file.getvalue()


def from_bytes(data: bytes) -> Any:
    """Return the value of a pickle."""
    return MappedUnpickler(io.BytesIO(data)).load()


hooks.reduce["orm"] = lambda node: (from_bytes, (to_bytes(node),))
