"""Which objects of the session a merge copies to: the given graph is walked level by level, and what is missing loaded.

In: given objects. Out: `Targets`: what the session holds for each of them, the collections that they replace loaded.
One SELECT per class (or collection), level and chunk; one object is a batch of one. Nothing is made or changed here.
The numbers in comments are those of the semantics' checklist.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from ...exc import SAWarning
from ...sql.kinds import is_sequence
from ...util.notices import warn
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from . import reading
from .copying import Along, CopyPlan, copy_plan
from .natural_keys import NaturalKey
from .overriding import get_each

Entry = tuple[InstanceState, Any, Any]
"""A given object: its state, the object, and the relationship by which the merge came to it; None for a root."""


class Kind:
    """What a merge needs to know of one class in one session."""

    __slots__ = ("_identity", "entries", "plan", "related_keys")

    def __init__(self, session: Any, manager: Any) -> None:
        self.plan: CopyPlan = copy_plan(manager.mapper)
        self.related_keys = self.plan.related_keys
        self._identity = session.identity
        self.entries: dict[Any, InstanceState] = session.identity.entries(self.plan.identity_class)

    def held(self, state: InstanceState, pk: Any) -> InstanceState | None:
        """Return the state that stands for a key in the session, or None; its object may be gone."""
        entries = self.entries
        if InstanceState.tokens_in_use and (token := state.identity_token) is not None:
            entries = self._identity.entries(self.plan.identity_class, token)
        return entries.get(pk)

    def find(self, state: InstanceState, pk: Any) -> Any:
        """Return the session's object for a key, or None."""
        found = self.held(state, pk)
        return None if found is None else found()


class Kinds(dict[type, Kind]):
    """The kinds of a merge, by the class of their states; made when they are first asked for."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self.session = session
        self.have_streams = False
        """Whether there is a class with collections that are never in memory."""

    def __missing__(self, state_class: Any) -> Kind:
        kind = self[state_class] = Kind(self.session, state_class.manager)
        self.have_streams = self.have_streams or bool(kind.plan.streams)
        return kind


class Targets(dict[InstanceState, Any]):
    """What the session holds for given objects: state -> object of the session, None where there is none."""

    def __init__(
        self, session: Any, kinds: Kinds, options: Sequence[Any] | None, natural: NaturalKey | None = None
    ) -> None:
        super().__init__()
        self.session = session
        self.kinds = kinds
        self.options = options
        self.natural = natural
        self.by_natural_key: dict[InstanceState, Any] = {}
        """Given objects whose target was found by another key than the primary one."""
        self.upserted: dict[InstanceState, Any] = {}
        """Given objects whose row was written before: state -> the session's object for it."""
        self.kept: list[Any] = []
        """Objects loaded for the merge, held until it ends."""
        self.members: dict[tuple[InstanceState, str], list[Entry]] = {}
        """What relationships of given objects hold, as far as the merge goes along them."""

    def find(self, level: list[Entry]) -> None:
        """Find or load the targets of given objects and of all that a merge reaches from them."""
        for state, _, _ in level:
            self[state] = None
        while level:
            with_related = self._find_level(level)
            self.options = None
            level = self._next_level(with_related)

    def _find_level(self, level: list[Entry]) -> list[Entry]:
        """Find the identities of a level; load those that the session does not hold, or holds expired.

        Return those that carry others along.
        """
        with_related: list[Entry] = []
        kinds, ref = self.kinds, self.session.ref
        missing: list[tuple[Kind, InstanceState, Any]] = []
        expired: dict[InstanceState, None] = {}
        by_natural_key = self._find_natural(level) if self.natural is not None else None
        is_one_database = not InstanceState.tokens_in_use
        for entry in level:
            state, obj, _ = entry
            kind = kinds[type(state)]
            if not kind.related_keys.isdisjoint(obj.__dict__):
                with_related.append(entry)
            pk = state.pk
            if pk is None:
                _warn_if_pending(self.session, state)
                pk = kind.plan.pk_of(obj.__dict__)
            target = None if by_natural_key is None else by_natural_key.get(state)
            if target is not None:
                held: InstanceState | None = target.__dict__[STATE]
            elif pk is None:
                continue
            else:
                held = kind.entries.get(pk) if is_one_database else kind.held(state, pk)
                target = None if held is None else held()
            self[state] = target
            if target is None or held is None:
                if state.pk is None or state.owner is not ref:
                    missing.append((kind, state, pk))
            elif target is not obj and (lacking := held.expired_attributes) and not lacking.isdisjoint(obj.__dict__):
                expired[held] = None
        if missing:
            self._load(missing)
        if expired:
            self.session.load_expired(list(expired))
        return with_related

    def _find_natural(self, level: list[Entry]) -> dict[InstanceState, Any]:
        """Return the targets of a level that are found by the natural key."""
        natural = self.natural
        assert natural is not None
        written = [state for state, _, _ in level if state in self.upserted]
        known = {state: self.upserted[state] for state in written if state.manager.mapper.isa(natural.mapper)}
        rest = [(state, obj) for state, obj, _ in level if state not in known]
        found = known | natural.find(self.session, rest, self.options)
        for state, obj, _ in level:
            if state in found:
                pk = self.kinds[type(state)].plan.pk_of(obj.__dict__) if state.pk is None else state.pk
                natural.require_same(obj, pk, found[state])
        self.by_natural_key |= found
        return found

    def _load(self, missing: list[tuple[Kind, InstanceState, Any]]) -> None:
        if len(missing) == 1:
            ((kind, state, pk),) = missing
            found = self._loaded(kind.plan.mapper, state.identity_token, [pk])
            self.kept += found
            self[state] = found[0] if found else None
            return
        groups: dict[Any, dict[Any, None]] = {}
        for kind, state, pk in missing:
            groups.setdefault((kind.plan.mapper, state.identity_token), {})[pk] = None
        loaded = {(mapper, token): self._loaded(mapper, token, list(pks)) for (mapper, token), pks in groups.items()}
        for found in loaded.values():
            self.kept += found
        if not self.kept:
            return
        unmatched: dict[Any, list[tuple[InstanceState, Any]]] = {}
        for kind, state, pk in missing:
            target = self[state] = kind.find(state, pk)
            if target is None:
                unmatched.setdefault((kind.plan.mapper, state.identity_token), []).append((state, pk))
        for group, entries in unmatched.items():
            self._match(group[0], groups[group], loaded[group], entries)

    def _loaded(self, mapper: Any, token: Any, pks: list[Any]) -> list[Any]:
        with nullcontext() if token is None else self.session.identity.under(token):
            if "get" in self.session.overrides:
                return get_each(self.session, mapper, pks, self.options)
            return reading.load_keys(self.session, mapper, pks, self.options)

    def _match(
        self, mapper: Any, pks: dict[Any, None], loaded: list[Any], entries: list[tuple[InstanceState, Any]]
    ) -> None:
        """Find the targets of keys that the database takes for others: "1" for 1, "ABC" for "abc"."""
        if all(found.__dict__[STATE].pk in pks for found in loaded):
            # each row has its own key among those given: another one can only be the same in other clothes
            known = {_loose(found.__dict__[STATE].pk) for found in loaded}
            entries = [(state, pk) for state, pk in entries if _loose(pk) in known]
        objects: dict[Any, Any] = {}
        for state, pk in entries:
            if pk not in objects:
                found = loaded if len(pks) == 1 else reading.load_keys(self.session, mapper, [pk], self.options)
                objects[pk] = found[0] if found else None
            self[state] = objects[pk]

    def _next_level(self, with_related: list[Entry]) -> list[Entry]:
        """Return the given objects related to those of a level, after loading the collections that are replaced."""
        found: list[Entry] = []
        needs: dict[Any, list[tuple[InstanceState, Any]]] = {}
        kinds = self.kinds
        for state, obj, way in with_related:
            target = self[state]
            if target is obj:
                continue
            values = obj.__dict__
            for along in kinds[type(state)].plan.along:
                value = values.get(along.key)
                if value is None:
                    continue
                if way in along.others:
                    if not along.is_collection and value.__dict__[STATE] in self:
                        continue  # the object by which the merge came here
                elif along.is_collection and target is not None and along.key not in target.__dict__:
                    needs.setdefault(along.relationship, []).append((target.__dict__[STATE], target))
                members = self.members[state, along.key] = members_of(along, value)
                for entry in members:
                    if entry[0] not in self:
                        self[entry[0]] = None
                        found.append(entry)
        for relationship, pairs in needs.items():  # so that their members are found in the session (19, 24)
            self.session.load_collections(relationship, pairs)
        return found


def _loose(pk: Any) -> tuple[str, ...]:
    """Return a form in which keys are equal that some database takes for equal: without type, case, accents, blanks."""
    unicodedata: Any = importlib.import_module("unicodedata")  # slow to load, seldom needed
    parts = pk if is_sequence(pk) else (pk,)
    texts = [unicodedata.normalize("NFKD", str(part)).casefold().strip() for part in parts]
    return tuple(["".join(letter for letter in text if not unicodedata.combining(letter)) for text in texts])


def members_of(along: Along, value: Any) -> list[Entry]:
    """Return the objects that a given relationship holds."""
    if value is None:
        return []
    relationship = along.relationship
    items: Iterable[Any] = value._items() if along.is_collection else (value,)
    return [(member.__dict__[STATE], member, relationship) for member in items if member is not None]


def _warn_if_pending(session: Any, state: InstanceState) -> None:
    if state in session._new:
        warn(
            f"Instance {state.name} is already pending in this Session yet is being merged again; this is probably not "
            "what you want to do",
            SAWarning,
        )
