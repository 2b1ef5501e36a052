"""Who listens to the classes of a program: kept by class, mapped or not, and handed to the mapped classes they concern.

In: functions for a class, with or without its subclasses, now or before it is mapped. Out: the hook tables of managers,
attributes and mappers, which the rest of the ORM tests with `is None`. `listening` makes these the targets of
`event.listen`; nothing here knows what a program passed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, WeakSet

from ..instance.attribute import MappedAttribute
from ..instance.hooks import AttributeHooks, InstanceHooks
from ..instance.manager import ClassManager, manager_of_class
from .hooks import mapper_functions, set_mapper_functions

Function = Callable[..., Any]
Found = dict[str, tuple[Function, ...]]
Apply = Callable[[ClassManager], None]

MANAGERS: WeakSet[ClassManager] = WeakSet()
"""The managers of all mapped classes."""
_serials = count(1)


class Entry(NamedTuple):
    """One listener: its place in the order of calls, the function."""

    serial: int
    function: Function

    @property
    def propagates(self) -> bool:
        """Whether subclasses hear of it too."""
        return bool(getattr(self.function, "propagates", False))


class ClassTable:
    """What listens to one class, or to all: a table for `event.listen`."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self._changed = changed

    def add(self, name: str, function: Function, insert: bool = False) -> None:
        """Put a function behind the others, or before them."""
        serial = next(_serials)
        self.entries.setdefault(name, []).append(Entry(-serial if insert else serial, function))
        self._changed()

    def discard(self, name: str, function: Function) -> None:
        """Take a function out."""
        self.entries[name] = [entry for entry in self.entries.get(name, ()) if entry.function is not function]
        self._changed()


class Family:
    """Events of one kind: the table of each class that somebody listens to, and one for all classes."""

    def __init__(self, apply: Apply) -> None:
        self._apply = apply
        self._tables: WeakKeyDictionary[type, ClassTable] = WeakKeyDictionary()
        self.general = ClassTable(lambda: self._spread(list(MANAGERS)))

    def table(self, class_: type) -> ClassTable:
        """Return the table of a class, made when first asked for."""
        found = self._tables.get(class_)
        if found is None:
            found = self._tables[class_] = ClassTable(_Spread(self, class_))
        return found

    def spread(self, class_: type) -> None:
        """Tell a class and its subclasses what listens now."""
        self._spread(_mapped_below(class_))

    def _spread(self, managers: Iterable[ClassManager]) -> None:
        for manager in managers:
            self._apply(manager)

    def functions(self, class_: type) -> Found:
        """Return the functions that hear of a class, by event: those for all classes, then in order of registration."""
        found: dict[str, list[Entry]] = {}
        for base in class_.__mro__:
            table = self._tables.get(base)
            for name, entries in table.entries.items() if table is not None else ():
                found.setdefault(name, []).extend(e for e in entries if base is class_ or e.propagates)
        for entries in found.values():
            entries.sort(key=_by_serial)
        for name, entries in self.general.entries.items():
            found[name] = [*sorted(entries, key=_by_serial), *found.get(name, ())]
        return {name: tuple(entry.function for entry in entries) for name, entries in found.items() if entries}


class _Spread:
    """Called when the listeners of a class have changed; keeps the class weakly, as its key does."""

    def __init__(self, family: Family, class_: type) -> None:
        self._family = family
        self._class = WeakSet((class_,))

    def __call__(self) -> None:
        for class_ in self._class:
            self._family.spread(class_)


def _by_serial(entry: Entry) -> int:
    return entry.serial


def _mapped_below(class_: type) -> Iterator[ClassManager]:
    """Yield the managers of a class and its subclasses, as far as they are mapped."""
    manager = manager_of_class(class_)
    if manager is not None:
        yield manager
    children: list[type] = type.__subclasses__(class_)
    for child in children:
        yield from _mapped_below(child)


# --- the families


def _apply_to_instances(manager: ClassManager) -> None:
    manager.hooks = _filled(InstanceHooks(), INSTANCES.functions(manager.class_))
    if manager.is_configured:
        manager.finish()


def _apply_to_mapper(manager: ClassManager) -> None:
    if manager.mapper is not None:
        set_mapper_functions(manager.mapper, MAPPERS.functions(manager.class_))


def _apply_nothing(manager: ClassManager) -> None:
    """Events that are looked up when they happen need no table."""


def _filled(hooks: Any, functions: Found) -> Any:
    """Put functions into a new hook table; None where there are none."""
    for name, found in functions.items():
        setattr(hooks, name, found)
    return hooks if functions else None


INSTANCES = Family(_apply_to_instances)
MAPPERS = Family(_apply_to_mapper)
INSTRUMENTATION = Family(_apply_nothing)
_attributes: dict[str, Family] = {}


def attribute_family(key: str) -> Family:
    """Return the listeners of the attributes of a name, whatever their class."""
    found = _attributes.get(key)
    if found is None:
        found = _attributes[key] = Family(lambda manager: _apply_to_attribute(manager, key))
    return found


def _apply_to_attribute(manager: ClassManager, key: str) -> None:
    attribute = manager.attributes.get(key)
    if attribute is not None:
        set_attribute_hooks(manager, attribute)
        if manager.is_configured:
            manager.finish()


def set_attribute_hooks(manager: ClassManager, attribute: MappedAttribute) -> None:
    """Give an attribute, perhaps a new one, the functions that listen to it."""
    family = _attributes.get(attribute.key)
    functions = {} if family is None else family.functions(manager.class_)
    if not functions and attribute.hooks is None:
        return
    attribute.set_hooks(_filled(AttributeHooks(), functions))
    if any(getattr(function, "active_history", False) for found in functions.values() for function in found):
        attribute.active_history = True


def enlist(manager: ClassManager) -> None:
    """Take a class that is being mapped in: whoever listens to it, or to all classes, hears of it from now on."""
    MANAGERS.add(manager)
    _apply_to_instances(manager)
    _apply_to_mapper(manager)
    tell_mapper("instrument_class", manager.mapper)
    tell_instrumentation("class_instrument", manager.class_)


def strike_off(manager: ClassManager) -> None:
    """Forget a class that is no longer mapped."""
    MANAGERS.discard(manager)
    tell_instrumentation("class_uninstrument", manager.class_)


def tell_instrumentation(name: str, class_: type, *arguments: Any) -> None:
    """Call the listeners of an event of instrumentation."""
    for function in INSTRUMENTATION.functions(class_).get(name, ()):
        function(class_, *arguments)


def tell_attributes(mapper: Any) -> None:
    """Tell that the attributes of a class are complete."""
    functions = INSTRUMENTATION.functions(mapper.class_).get("attribute_instrument", ())
    if functions:
        for key in mapper.properties:
            for function in functions:
                function(mapper.class_, key, getattr(mapper.class_, key))


def tell_mapper(name: str, mapper: Any) -> None:
    """Call the listeners of an event in the making of a mapper."""
    for function in mapper_functions(mapper, name):
        function(mapper, mapper.class_)
