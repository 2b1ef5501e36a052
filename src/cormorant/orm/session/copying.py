"""What a merge copies from an object of a class to another: decided once per mapper, done by generated functions.

In: a mapper. Out: `CopyPlan`. Equal values are left alone: they leave no history, no UPDATE and no version step (13, 18
of the semantics' checklist). Nothing here knows sessions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

from ...util.generated import define
from ..instance.state import InstanceState, forget
from ..instance.symbols import NO_VALUE, STATE

Copy = Callable[[dict[str, Any], dict[str, Any], Any], None]


class Along(NamedTuple):
    """A relationship along which a merge runs."""

    relationship: Any
    key: str
    is_collection: bool
    others: tuple[Any, ...]
    """The same relationship seen from the other side."""


class CopyPlan:
    """Which attributes of a class a merge copies.

    `copy(source, values, target)` sets on `target`, whose dictionary is `values`, what `source` carries and what
    differs; `adopt(source)` returns what `source` carries, to be taken as what the database holds.
    """

    def __init__(self, mapper: Any) -> None:
        manager = mapper.class_manager
        attributes = {key: manager.attributes[key] for key in mapper.column_keys}
        self.mapper = mapper
        self.manager = manager
        self.identity_class: type = manager.identity_class
        self.pk_of: Callable[[dict[str, Any]], Any] = mapper.pk_from_values
        """The primary key in an instance's dictionary; None where it has none, or not all of it."""
        if len(mapper.pk_keys) > 1:
            self.pk_of = self._composite_pk_of
        along = [Along(r, r.key, r.uselist, tuple(r.reverse_properties)) for r in merged_relationships(mapper)]
        self.along = tuple(along)
        self.streams = tuple(r for r in mapper.relationships if r.is_streamed and r.cascade.merge and not r.viewonly)
        """Those whose members are never in memory: what was added to them is merged on its own."""
        self.related_keys = frozenset(each.key for each in self.along)
        self.column_keys = frozenset(attributes)
        self.ordinary_keys = tuple([key for key in attributes if not mapper.properties[key].deferred])
        version = mapper.version_id_col
        self.version_key: str | None = None if version is None else mapper.key_of(version)
        self.copy: Copy = write_copy(attributes)
        self.adopt: Callable[[dict[str, Any]], dict[str, Any]] = write_adopt(tuple(attributes))
        cls = manager.class_
        self._is_plain = cls.__new__ is object.__new__ and cls.__setattr__ is object.__setattr__
        self._along_from: dict[Any, tuple[Along, ...]] = {}

    def _composite_pk_of(self, values: dict[str, Any]) -> Any:
        mapper = self.mapper
        return mapper.pk_from_values(values) if all(key in values for key in mapper.pk_keys) else None

    def new_copy(self, source: dict[str, Any]) -> tuple[Any, InstanceState]:
        """Return a new instance with what `source` carries, as if it had been loaded, and its state."""
        manager = self.manager
        if not self._is_plain:
            made = manager.new_instance()
            made.__dict__.update(self.adopt(source))
            return made, made.__dict__[STATE]
        values = self.adopt(source)
        made = manager.class_.__new__(manager.class_)
        values[STATE] = state = manager.state_class(made, forget)
        made.__dict__ = values
        return made, state

    def tell_loaded(self, state: InstanceState) -> None:
        """Tell listeners that an instance was filled as if it had been loaded; there is no load context."""
        if self.manager.hooks is not None:
            self.manager.fire_load(state, None)

    def along_from(self, way: Any) -> tuple[Along, ...]:
        """Return where a merge goes on from an object reached by `way`, the last first: not back by its other side."""
        found = self._along_from.get(way)
        if found is None:
            found = self._along_from[way] = tuple([each for each in self.along[::-1] if way not in each.others])
        return found


def copy_plan(mapper: Any) -> CopyPlan:
    """Return the copy plan of a mapper."""
    found: CopyPlan | None = mapper.plans.get("copy")
    if found is None:
        found = mapper.plans["copy"] = CopyPlan(mapper)
    return found


def merged_relationships(mapper: Any) -> tuple[Any, ...]:
    """Return the relationships along which a merge runs."""
    return tuple(r for r in mapper.relationships if r.cascade.merge and not (r.viewonly or r.is_streamed))


def write_copy(attributes: dict[str, Any]) -> Copy:
    """Return the generated function that copies columns: one look where all are equal, else one after the other."""
    names: dict[str, Any] = {"absent": NO_VALUE}
    same: list[str] = []
    lines: list[str] = []
    for number, (key, attribute) in enumerate(attributes.items()):
        names[f"write{number}"] = attribute.write
        call = "({} == {})"
        if attribute.is_equal is not operator.eq:
            names[f"equal{number}"] = attribute.is_equal
            call = f"equal{number}({{}}, {{}})"
        given, held = f"source[{key!r}]", f"values[{key!r}]"
        same.append(f"({held} is {given} or {call.format(held, given)} is True)")
        equal = call.format("present", "value")
        lines += [
            f"    if {key!r} in source:",
            f"        value, present = {given}, values.get({key!r}, absent)",
            f"        if present is not value and (present is absent or {equal} is not True):",
            f"            write{number}(target, value)",
        ]
    head = ["def copy(source, values, target):", "    try:", f"        if {' and '.join(same)}:", "            return"]
    copy: Copy = define("copy", "\n".join([*head, "    except KeyError:", "        pass", *lines, ""]), names)
    return copy


def write_adopt(keys: tuple[str, ...]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return the generated function that takes columns over."""
    literal = "".join(f"{key!r}: source[{key!r}], " for key in keys)
    lines = [
        "def adopt(source):",
        "    try:",
        f"        return {{{literal}}}",
        "    except KeyError:",
        "        return {key: source[key] for key in keys if key in source}",
    ]
    adopt: Callable[[dict[str, Any]], dict[str, Any]] = define("adopt", "\n".join([*lines, ""]), {"keys": keys})
    return adopt
