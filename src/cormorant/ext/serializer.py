"""Pickles of queries and statements that name tables, columns, mappers, sessions and engines instead of holding them.

In: an object, or bytes and what the names refer to. Out: bytes, or the object with the given tables, session and engine
in their places.
"""

from __future__ import annotations

import pickle
from io import BytesIO
from typing import Any

from ..engine.engine import Engine
from ..exc import InvalidRequestError
from ..orm.mapping.inspecting import class_mapper
from ..orm.mapping.mapper import Mapper
from ..orm.session.session import Session
from ..schema import Column, Table


class Serializer(pickle.Pickler):
    """A pickler that names what belongs to a program, not to a query."""

    def persistent_id(self, obj: Any) -> Any:
        if isinstance(obj, Mapper):
            return "mapper", obj.class_
        if isinstance(obj, Table):
            return "table", obj.key
        if isinstance(obj, Column) and isinstance(obj.table, Table) and not obj._annotations:
            return "column", obj.table.key, obj.key
        if isinstance(obj, Session):
            return ("session",)
        return ("engine",) if isinstance(obj, Engine) else None


class Deserializer(pickle.Unpickler):
    """An unpickler that puts the given tables, session and engine in the places of their names."""

    def __init__(self, file: Any, metadata: Any = None, scoped_session: Any = None, engine: Any = None) -> None:
        super().__init__(file)
        self.metadata = metadata
        self.scoped_session = scoped_session
        self.engine = engine

    def get_engine(self) -> Any:
        """Return the engine: the given one, or that of the session."""
        if self.engine is not None:
            return self.engine
        return None if self.scoped_session is None else self.scoped_session().bind

    def persistent_load(self, id_: Any) -> Any:
        kind, *rest = id_
        if kind == "mapper":
            return class_mapper(rest[0])
        if kind == "table":
            return self._table(rest[0])
        if kind == "column":
            return self._table(rest[0]).c[rest[1]]
        if kind == "session":
            return None if self.scoped_session is None else self.scoped_session()
        return self.get_engine()

    def _table(self, key: str) -> Any:
        tables: Any = {} if self.metadata is None else self.metadata.tables
        if key not in tables:
            raise InvalidRequestError(
                f"the pickle names the table {key!r}: give loads() a MetaData that has it, as `metadata`"
            )
        return tables[key]


def dumps(obj: Any, protocol: int = pickle.HIGHEST_PROTOCOL) -> bytes:
    """Return an object as bytes."""
    buffer = BytesIO()
    Serializer(buffer, protocol).dump(obj)
    return buffer.getvalue()


def loads(data: bytes, metadata: Any = None, scoped_session: Any = None, engine: Any = None) -> Any:
    """Return the object of some bytes; only those of a source that is trusted, as they can run any code."""
    return Deserializer(BytesIO(data), metadata, scoped_session, engine).load()


__all__ = ["Deserializer", "Serializer", "dumps", "loads"]
