"""Values as text that both sides print alike: rows, entities, states, statements, errors.

In: any value a program logs. Out: one deterministic string without addresses or library names. An entity prints as
``User#1{id=1, name='a'} persistent``: the number is its place among the objects seen so far in this program, so equal
text means equal identity. Showing never triggers a load.
"""

from __future__ import annotations

import enum
import re
import weakref
from collections.abc import Iterable, Mapping
from typing import Any

from .sides import Side

ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+|(?<=_)\d{9,}")
LIFE = ("transient", "pending", "persistent", "deleted", "detached")
STATE = "_sa_instance_state"


class Show:
    """A printer with a memory of the entities it has met."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._seen: dict[int, tuple[weakref.ref[Any], str]] = {}
        self._counts: dict[str, int] = {}

    def __call__(self, value: Any) -> str:
        if is_entity(value):
            return self.entity(value)
        return self.value(value)

    def plain(self, text: str) -> str:
        return ADDRESS.sub("0x", self._side.plain(text))

    def name(self, entity: Any) -> str:
        known = self._seen.get(id(entity))
        if known is not None and known[0]() is entity:
            return known[1]
        kind = type(entity).__name__
        self._counts[kind] = self._counts.get(kind, 0) + 1
        label = f"{kind}#{self._counts[kind]}"
        self._seen[id(entity)] = (weakref.ref(entity), label)
        return label

    def entity(self, entity: Any) -> str:
        values = ", ".join(f"{key}={self.value(value)}" for key, value in sorted(loaded(entity).items()))
        return f"{self.name(entity)}{{{values}}} {life(entity)}"

    def value(self, value: Any) -> str:
        if is_entity(value):
            return self.name(value)
        if isinstance(value, str):
            return repr(self.plain(value))
        if isinstance(value, enum.Enum):
            return value.name
        if isinstance(value, type):
            return self.type_name(value)
        if isinstance(value, BaseException):
            return f"{self.type_name(type(value))}({self.beginning(str(value))!r})"
        return self._container(value)

    def in_order(self, values: Iterable[Any]) -> list[str]:
        """Texts of the members of a set: entities are numbered in the order of their keys, never of the set."""
        return sorted(self.value(value) for value in sorted(values, key=set_order))

    def type_name(self, kind: type) -> str:
        return f"lib.{kind.__name__}" if kind.__module__.split(".")[0] == self._side.root else kind.__name__

    def beginning(self, message: str, words: int = 3) -> str:
        return self.plain(" ".join(message.split()[:words]))

    def _container(self, value: Any) -> str:
        if hasattr(value, "_mapping") and hasattr(value, "_fields"):
            names = value._fields if len(value._fields) == len(value) else range(len(value))
            return f"Row({', '.join(f'{key}={self.value(cell)}' for key, cell in zip(names, value, strict=True))})"
        if isinstance(value, Mapping):
            return "{" + ", ".join(f"{self.value(k)}: {self.value(v)}" for k, v in value.items()) + "}"
        if isinstance(value, (set, frozenset)):
            return "{" + ", ".join(self.in_order(value)) + "}"
        if isinstance(value, tuple):
            return "(" + ", ".join(self.value(v) for v in value) + ")"
        if isinstance(value, list):
            return "[" + ", ".join(self.value(v) for v in value) + "]"
        return self._opaque(value)

    def _opaque(self, value: Any) -> str:
        if hasattr(value, "compile") and hasattr(value, "compare"):
            return self.plain(str(value))
        text = repr(value)
        if text.startswith("<") and " at 0x" in text:
            return f"<{type(value).__name__}>"
        return self.plain(text)


def is_entity(value: Any) -> bool:
    return not isinstance(value, type) and STATE in getattr(value, "__dict__", ())


def loaded(entity: Any) -> dict[str, Any]:
    return {key: value for key, value in vars(entity).items() if key != STATE}


def set_order(value: Any) -> str:
    if not is_entity(value):
        return repr(value)
    plain = {
        key: repr(cell)
        for key, cell in sorted(loaded(value).items())
        if isinstance(cell, (int, str, float, type(None)))
    }
    return f"{type(value).__name__} {getattr(value, STATE).identity} {plain}"


def life(entity: Any) -> str:
    state = getattr(entity, STATE)
    found = [name for name in LIFE if getattr(state, name)]
    return "+".join(found) or "stateless"
