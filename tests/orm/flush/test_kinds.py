"""What a flush knows of a class: made once, but listeners are asked for each time."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import event, inspect
from cormorant.orm.flush import kinds
from cormorant.orm.flush.kinds import by_kind, kind_of, kinds_of
from cormorant.orm.mapping.hooks import MapperHooks

from .world import Doc, Owner, Thing


def test_a_kind_is_made_once_per_class() -> None:
    kind = kind_of(type(inspect(Owner())))
    assert kind is kind_of(type(inspect(Owner())))
    assert [table.name for table in kind.tables] == ["owners"] == [table.name for table in kind.writes]


def test_only_classes_with_values_of_their_mapping_give_them() -> None:
    assert kind_of(type(inspect(Doc()))).gets_values
    assert not kind_of(type(inspect(Owner()))).gets_values


def test_objects_are_split_into_runs_of_one_kind() -> None:
    objects: list[Any] = [Owner(), Owner(), Thing(), Owner()]
    states = [inspect(obj) for obj in objects]
    found = kinds_of(states)
    assert [kind.mapper for kind in found] == [inspect(Owner), inspect(Thing)]
    assert [members for _, members in by_kind(states, found)] == [objects[:2], objects[2:3], objects[3:]]
    assert by_kind([], []) == []


def test_a_kind_is_heard_as_long_as_somebody_listens_to_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "GENERAL", MapperHooks())  # other tests may have listened to all mappers
    kind = kind_of(type(inspect(Owner())))
    assert not kind.is_heard

    def heard(mapper: Any, connection: Any, target: Any) -> None: ...

    event.listen(Owner, "after_delete", heard)
    try:
        assert kind.is_heard
    finally:
        event.remove(Owner, "after_delete", heard)
    assert not kind.is_heard
