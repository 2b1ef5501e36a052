"""The identity map of a session over several databases: one map per shard, of which the current one is in use.

In: the shard that is current, and a function that says where to look when none is. Out: the dictionaries that loading
works on; whatever is put into one of a shard gets the shard's identity token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...orm.instance.identity import Entries, IdentityMap
from ...orm.instance.state import InstanceState


class ShardEntries(dict[Any, InstanceState]):
    """The states of one class and shard."""

    __slots__ = ("token",)

    def __init__(self, token: Any) -> None:
        super().__init__()
        self.token = token

    def __setitem__(self, key: Any, state: InstanceState) -> None:
        if self.token is not None:
            state.identity_token = self.token
        super().__setitem__(key, state)

    def update(self, *others: Any, **kw: Any) -> None:
        """Put several states in."""
        for key, state in dict(*others, **kw).items():
            self[key] = state


class ShardedIdentityMap(IdentityMap):
    """Identity key with token -> instance."""

    __slots__ = ("_by_token", "_search", "current")

    def __init__(self, search: Callable[[type, Any], Iterable[Any]]) -> None:
        self.tokened = {}
        self._by_token: dict[Any, dict[type, Entries]] = {}
        self._search = search
        self.current: Any = None
        """The token of the shard that is being read or written; None where it is not known."""

    @property
    def maps(self) -> dict[type, Entries]:  # type: ignore[override]
        """The entries of the current shard by class."""
        return self._by_token.setdefault(self.current, {})

    def entries(self, cls: type, token: Any = None) -> Entries:
        token = self.current if token is None else token
        maps = self._by_token.setdefault(token, {})
        found = maps.get(cls)
        if found is None:
            found = maps[cls] = ShardEntries(token)
        return found

    def _all_entries(self) -> list[Entries]:
        return [entries for maps in self._by_token.values() for entries in maps.values()]

    def find(self, cls: type, pk: Any, token: Any = None) -> Any:
        is_known = token is not None or self.current is not None
        for one in (token,) if is_known else (None, *self._search(cls, pk)):
            state = self.entries(cls, one).get(pk)
            obj = None if state is None else state()
            if obj is not None:
                return obj
        return None

    def forget(self) -> None:
        self._by_token.clear()
