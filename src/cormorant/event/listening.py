"""listen, listens_for, remove, contains: between a program's functions and the hook tables.

In: a target, the name of an event, a function and options. Out: the function, adapted to what the event's tables call,
in the tables that the target's registration names; and a note of it, so that it can be found and removed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from ..exc import InvalidRequestError
from .targets import Registration, Table, registrations

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
Function = Callable[..., Any]


class Note(NamedTuple):
    """One listener in one table: what the program gave, and what the table holds."""

    given: Function
    held: Function


_notes: WeakKeyDictionary[Table, dict[str, list[Note]]] = WeakKeyDictionary()
"""Hook table -> event -> its listeners."""


def listen(target: Any, identifier: str, fn: Callable[..., Any], *args: Any, **kw: Any) -> None:
    """Call a function whenever an event of the target happens.

    `once` removes it after the first call, `insert` puts it before the others, `named` passes arguments by keyword.
    Further options depend on the event. Raises InvalidRequestError for an event that the target does not have.
    """
    once, insert, named = (kw.pop(option, False) for option in ("once", "insert", "named"))
    registration = _registration(target, identifier)
    unknown = kw.keys() - registration.options
    if unknown:
        raise TypeError(
            f"listen() got an unexpected keyword argument {min(unknown)!r} for event {identifier!r}; "
            f"it takes {', '.join(sorted({'once', 'insert', 'named', *registration.options}))}"
        )
    held = by_name(fn, registration.events[identifier]) if named else fn
    if once:
        held = _only_once(held)
    held = registration.adapt(held, identifier, kw)
    for table in registration.locate(target, identifier, kw):
        _put(table, identifier, Note(fn, held), insert)


def listens_for(target: Any, identifier: str, *args: Any, **kw: Any) -> Callable[[FunctionT], FunctionT]:
    """Return a decorator that makes a function a listener."""

    def decorate(fn: FunctionT) -> FunctionT:
        listen(target, identifier, fn, *args, **kw)
        return fn

    return decorate


def remove(target: Any, identifier: str, fn: Callable[..., Any]) -> None:
    """Take a listener away; raises InvalidRequestError where there is none."""
    found = list(_notes_of(target, identifier, fn))
    if not found:
        raise InvalidRequestError(f"No listeners found for event {target!r} / {identifier!r} / {fn!r}")
    for table, note in found:
        table.discard(identifier, note.held)
        _notes[table][identifier].remove(note)


def contains(target: Any, identifier: str, fn: Callable[..., Any]) -> bool:
    """Tell whether the function listens to this event of the target."""
    return any(True for _ in _notes_of(target, identifier, fn))


def _registration(target: Any, identifier: str) -> Registration:
    known: set[str] = set()
    for registration in registrations(target):
        if identifier in registration.events:
            return registration
        known.update(registration.events)
    listed = f"; it has {', '.join(sorted(known))}" if known else ", which has no events"
    raise InvalidRequestError(f"No such event '{identifier}' for target '{target}'{listed}")


def _put(table: Table, identifier: str, note: Note, insert: bool) -> None:
    notes = _notes.setdefault(table, {}).setdefault(identifier, [])
    if any(known.given == note.given for known in notes):
        return
    notes.append(note)
    table.add(identifier, note.held, insert)


def _notes_of(target: Any, identifier: str, fn: Function) -> Iterator[tuple[Table, Note]]:
    for registration in registrations(target):
        if identifier in registration.events:
            for table in registration.locate(target, identifier, {}):
                for note in list(_notes.get(table, {}).get(identifier, ())):
                    if note.given == fn:
                        yield table, note


def _only_once(function: Function) -> Function:
    waiting = [function]

    def once(*args: Any, **kw: Any) -> Any:
        return waiting.pop()(*args, **kw) if waiting else None

    return once


def by_name(function: Function, names: tuple[str, ...]) -> Function:
    """Return a function of positional arguments that passes them by keyword."""

    def named(*args: Any, **kw: Any) -> Any:
        return function(**dict(zip(names, args, strict=False)), **kw)

    return named
