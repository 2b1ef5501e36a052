"""The identity map of a session over several databases: one map per shard, of which the current one is in use.

In: a function that says where to look when no shard is current. Out: the dictionaries that loading works on; what is
put into one of a shard gets the shard's identity token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...orm.instance.identity import IdentityMap


class ShardedIdentityMap(IdentityMap):
    """Identity key with token -> instance."""

    __slots__ = ("_search",)

    def __init__(self, search: Callable[[type, Any], Iterable[Any]]) -> None:
        super().__init__()
        self._search = search

    def find(self, cls: type, pk: Any, token: Any = None) -> Any:
        is_known = token is not None or self.current is not None
        for one in (token,) if is_known else (None, *self._search(cls, pk)):
            state = self.entries(cls, one).get(pk)
            obj = None if state is None else state()
            if obj is not None:
                return obj
        return None
