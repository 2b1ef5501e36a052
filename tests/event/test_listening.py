"""Listening to events of a target registered for the purpose."""

from __future__ import annotations

import pytest

from cormorant import event
from cormorant.exc import InvalidRequestError

Table = event.hook_table("Table", {"opened": ("door", "who"), "shut": ("door",)})


class Door:
    """A target: a table for the class, one for each door below it."""

    hooks = Table()

    def __init__(self) -> None:
        self.hooks = Table(type(self).hooks)

    def open(self, who: str) -> None:
        if self.hooks.opened is not None:
            for function in self.hooks.opened:
                function(self, who)


event.register_target(Door, Table.events, lambda target, name, options: [target.hooks], options=("propagate",))


@pytest.fixture
def calls() -> list[object]:
    return []


def test_an_event_without_listeners_is_none() -> None:
    assert Door().hooks.opened is None


def test_listeners_run_in_order_and_insert_puts_one_first(calls: list[object]) -> None:
    door = Door()
    event.listen(door, "opened", lambda door, who: calls.append(1))
    event.listen(door, "opened", lambda door, who: calls.append(2), insert=True)
    door.open("me")
    assert calls == [2, 1]


def test_listeners_of_the_class_come_first_and_reach_existing_instances(calls: list[object]) -> None:
    door = Door()
    event.listen(door, "opened", lambda door, who: calls.append("one"))

    def every(door: Door, who: str) -> None:
        calls.append("every")

    event.listen(Door, "opened", every)
    door.open("me")
    event.remove(Door, "opened", every)
    door.open("me")
    Door().open("me")
    assert calls == ["every", "one", "one"]


def test_named_once_and_the_same_function_twice(calls: list[object]) -> None:
    door = Door()

    def note(**kw: object) -> None:
        calls.append(kw["who"])

    event.listen(door, "opened", note, named=True, once=True)
    event.listen(door, "opened", note, named=True)
    door.open("me")
    door.open("you")
    assert calls == ["me"]


def test_contains_and_remove(calls: list[object]) -> None:
    door = Door()
    function = event.listens_for(door, "opened")(lambda door, who: calls.append(who))
    assert event.contains(door, "opened", function)
    event.remove(door, "opened", function)
    assert not event.contains(door, "opened", function)
    assert door.hooks.opened is None
    with pytest.raises(InvalidRequestError, match="No listeners found for event"):
        event.remove(door, "opened", function)


def test_unknown_names_say_what_is_known() -> None:
    with pytest.raises(InvalidRequestError, match=r"No such event .burnt. for target .*; it has opened, shut"):
        event.listen(Door(), "burnt", print)
    with pytest.raises(InvalidRequestError, match="No such event 'opened' for target '5'"):
        event.listen(5, "opened", print)
    with pytest.raises(TypeError, match="unexpected keyword argument 'bogus'"):
        event.listen(Door(), "opened", print, bogus=True)
