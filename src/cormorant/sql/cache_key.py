"""What equal statements share, for caches of a program's own.

In: the key under which plans are kept, and the bind parameters of one statement. Out: a value to compare, and text.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple


class CacheKey(NamedTuple):
    """The structure of a statement, and the binds that hold its values; keys compare by structure alone."""

    key: Any
    bindparams: tuple[Any, ...]
    params: Mapping[str, Any] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CacheKey) and self.key == other.key

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.key)

    def to_offline_string(
        self, statement_cache: MutableMapping[Any, str], statement: Any, parameters: Mapping[str, Any]
    ) -> str:
        """Return text that is the same for the same SQL and values, in any process.

        `statement_cache` keeps the SQL by key, `parameters` are what the statement is executed with.
        """
        sql = statement_cache.get(self.key)
        if sql is None:
            sql = statement_cache[self.key] = str(statement)
        values = tuple(
            (bind.key if bind.name is not None else None, parameters.get(bind.key, bind.effective_value))
            for bind in self.bindparams
        )
        return repr((sql, values))
