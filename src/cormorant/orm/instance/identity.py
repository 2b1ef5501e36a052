"""The identity map: which instance stands for which row, each held weakly.

One dictionary per class at the top of a hierarchy, keyed by the raw primary key (a tuple only when composite), holding
states. Loaders work on these dictionaries directly; `IdentityMap` is also the public mapping with full identity keys.
Rows of different identity tokens (shards) live in dictionaries of their own. Nothing here knows sessions or rows.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .state import InstanceState, expire_each

Entries = dict[Any, InstanceState]


class TokenEntries(dict[Any, InstanceState]):
    """The states of one class and identity token; what is put in gets the token."""

    __slots__ = ("token",)

    def __init__(self, token: Any) -> None:
        super().__init__()
        self.token = token

    def __setitem__(self, key: Any, state: InstanceState) -> None:
        state.identity_token = self.token
        super().__setitem__(key, state)

    def update(self, *others: Any, **kw: Any) -> None:
        """Put several states in."""
        for key, state in dict(*others, **kw).items():
            self[key] = state


class IdentityMap(Mapping[tuple[Any, ...], Any]):
    """Identity key -> instance, for the instances that are alive."""

    __slots__ = ("_by_token", "current", "maps", "__weakref__")

    def __init__(self) -> None:
        self.maps: dict[type, Entries] = {}
        """The entries of the current token: class at the top of the hierarchy -> primary key -> state."""
        self.current: Any = None
        """The identity token that what is loaded now gets; None for rows that need no token."""
        self._by_token: dict[Any, dict[type, Entries]] = {None: self.maps}

    @contextmanager
    def under(self, token: Any) -> Generator[None]:
        """A block in which all that is loaded, and all that is looked for without a token, has a token."""
        before = self.current
        self._turn_to(token)
        try:
            yield
        finally:
            self._turn_to(before)

    def _turn_to(self, token: Any) -> None:
        self.current = token
        self.maps = self._by_token.setdefault(token, {})

    def entries(self, cls: type, token: Any = None) -> Entries:
        """Return the dictionary in which states of a class stand; made at first use."""
        maps = self.maps if token is None else self._by_token.setdefault(token, {})
        found = maps.get(cls)
        if found is None:
            token = self.current if token is None else token
            found = maps[cls] = {} if token is None else TokenEntries(token)
        return found

    def _all_entries(self) -> list[Entries]:
        return [entries for maps in self._by_token.values() for entries in maps.values()]

    def find(self, cls: type, pk: Any, token: Any = None) -> Any:
        """Return the living instance for a raw primary key, or None."""
        maps = self.maps if token is None else self._by_token.get(token)
        entries = None if maps is None else maps.get(cls)
        if entries is None:
            return None
        state = entries.get(pk)
        return None if state is None else state()

    def add(self, state: InstanceState) -> bool:
        """Register a state that has a primary key; False where it stands there already.

        Raises ValueError where another living instance stands under the key.
        """
        entries = self.entries(state.manager.identity_class, state.identity_token)
        present = entries.get(state.pk)
        if present is state:
            return False
        if present is not None and present() is not None:
            raise ValueError(f"a different object stands under the identity key {state.key}: {present.name}")
        state.home = entries
        entries[state.pk] = state
        return True

    def replace(self, state: InstanceState) -> InstanceState | None:
        """Register a state, taking the place of another; return that one."""
        entries = self.entries(state.manager.identity_class, state.identity_token)
        present = entries.get(state.pk)
        state.home = entries
        entries[state.pk] = state
        return None if present is state else present

    def change_key(self, state: InstanceState, pk: Any) -> None:
        """Register a state under another primary key."""
        self.discard(state)
        state.pk = pk
        self.replace(state)

    def discard(self, state: InstanceState) -> None:
        """Take a state out, if it stands under its key."""
        home = state.home
        if home is not None:
            if home.get(state.pk) is state:
                del home[state.pk]
            state.home = None

    safe_discard = discard

    def contains_state(self, state: InstanceState) -> bool:
        """Tell whether this very state is registered."""
        if state.pk is None:
            return False
        return self.entries(state.manager.identity_class, state.identity_token).get(state.pk) is state

    def fast_get_state(self, key: tuple[Any, ...]) -> InstanceState | None:
        """Return the state for a full identity key, or None."""
        cls, pk, *token = key
        entries = self.entries(cls, token[0] if token else None)
        return entries.get(pk[0] if len(pk) == 1 else pk)

    def all_states(self) -> list[InstanceState]:
        """Return the states of all living instances."""
        return [s for entries in self._all_entries() for s in list(entries.values()) if s() is not None]

    def check_modified(self) -> bool:
        """Tell whether an instance has changes."""
        return any(state.modified for state in self.all_states())

    def has_key(self, key: tuple[Any, ...]) -> bool:
        """Tell whether a living instance stands under the key."""
        return key in self

    def expire_all(self) -> None:
        """Expire all living instances; most commits end here."""
        for entries in self._all_entries():
            expire_each(entries.values())

    def clear(self) -> None:
        """Take all states out."""
        for state in self.all_states():
            state.home = None
        self.forget()

    def forget(self) -> None:
        """Drop all entries; the caller sees to the states."""
        for maps in self._by_token.values():
            maps.clear()

    def __getitem__(self, key: tuple[Any, ...]) -> Any:
        state = self.fast_get_state(key)
        obj = None if state is None else state()
        if obj is None:
            raise KeyError(key)
        return obj

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple) or len(key) < 2:  # pyright: ignore[reportUnknownArgumentType]
            return False
        state = self.fast_get_state(key)  # pyright: ignore[reportUnknownArgumentType]
        return state is not None and state() is not None

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter([key for state in self.all_states() if (key := state.key) is not None])

    def __len__(self) -> int:
        return len(self.all_states())

    def values(self) -> list[Any]:  # type: ignore[override]
        """Return the instances that are alive."""
        return [obj for state in self.all_states() if (obj := state()) is not None]

    def items(self) -> list[tuple[tuple[Any, ...], Any]]:  # type: ignore[override]
        """Return the instances that are alive with their identity keys."""
        return [(key, obj) for state in self.all_states() if (key := state.key) and (obj := state()) is not None]

    def __repr__(self) -> str:
        return f"<IdentityMap of {len(self)} objects>"
