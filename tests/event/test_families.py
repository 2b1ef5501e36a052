"""The documented families say what the catalogue says; programs define families of their own."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import event, exc
from cormorant.event import catalogue
from cormorant.event.define import events_of
from cormorant.event.engine_families import ConnectionEvents, DDLEvents, DialectEvents, PoolEvents
from cormorant.event.orm_families import (
    AttributeEvents,
    InstanceEvents,
    InstrumentationEvents,
    MapperEvents,
    QueryEvents,
    RegistryEvents,
    SessionEvents,
)

FAMILIES: dict[type[event.Events[Any]], catalogue.Events] = {
    PoolEvents: catalogue.POOL,
    ConnectionEvents: catalogue.CONNECTION,
    DialectEvents: catalogue.DIALECT,
    DDLEvents: catalogue.DDL,
    SessionEvents: catalogue.SESSION,
    InstanceEvents: catalogue.INSTANCE,
    AttributeEvents: catalogue.ATTRIBUTE,
    MapperEvents: catalogue.MAPPER,
    InstrumentationEvents: catalogue.INSTRUMENTATION,
    QueryEvents: catalogue.QUERY,
    RegistryEvents: catalogue.REGISTRY,
}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_documentation_and_catalogue_agree(family: type[event.Events[Any]]) -> None:
    documented = {name: tuple(a for a in names if a != "kw") for name, names in events_of(family).items()}
    assert documented == dict(FAMILIES[family])
    assert all(getattr(family, name).__doc__ for name in documented)


class LampEvents(event.Events["Lamp"]):
    def switched(self, lamp: Lamp, is_on: bool) -> None:
        """The lamp was switched."""


class Lamp:
    dispatch = event.dispatcher(LampEvents)

    def switch(self, is_on: bool) -> None:
        self.dispatch.switched(self, is_on)


def test_a_family_of_a_program() -> None:
    seen: list[Any] = []
    one, other = Lamp(), Lamp()
    event.listen(Lamp, "switched", lambda lamp, is_on: seen.append("any"))
    event.listen(one, "switched", lambda lamp, is_on: seen.append((lamp is one, is_on)))
    one.switch(True)
    other.switch(False)
    assert seen == ["any", (True, True), "any"]


def test_events_that_a_family_does_not_have() -> None:
    with pytest.raises(exc.InvalidRequestError, match=r"No such event 'broken' for target .*; it has switched"):
        event.listen(Lamp(), "broken", print)
    with pytest.raises(AttributeError, match="no such event 'broken'; there are switched"):
        Lamp().dispatch.broken()
