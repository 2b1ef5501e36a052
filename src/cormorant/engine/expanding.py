"""Statements whose text depends on values: lists in IN, and values that are written into the text.

In: a compiled statement and its converted values. Out: text and parameters of one execution. The text for each
combination of lengths is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .cache import PlanCache

_VARIANTS_KEPT = 64


class Expander:
    """Makes text and parameters of one compiled statement."""

    __slots__ = ("_compiled", "_dialect", "_dynamic", "_slots", "_texts")

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._dialect = compiled.dialect
        self._slots = compiled.slots
        self._dynamic = [n for n, slot in enumerate(self._slots) if slot.expanding or slot.literal_execute]
        self._texts: PlanCache[str] = PlanCache(_VARIANTS_KEPT)

    def expand(self, values: Mapping[str, Any]) -> tuple[str, Any]:
        """Text and parameters for values by name, converted."""
        lists = {slot.name: _members(values[slot.name]) for slot in self._slots if slot.expanding}
        key = tuple([self._variant(self._slots[n], values, lists) for n in self._dynamic])
        text = self._texts.get(key)
        if text is None:
            text = self._text(values, lists)
            self._texts.put(key, text)
        return text, self._parameters(values, lists)

    def _variant(self, slot: Any, values: Mapping[str, Any], lists: Mapping[str, list[Any]]) -> Any:
        if slot.literal_execute:
            value = tuple(lists[slot.name]) if slot.expanding else values[slot.name]
            return type(value), repr(value)
        return len(lists[slot.name])

    # text

    def _text(self, values: Mapping[str, Any], lists: Mapping[str, list[Any]]) -> str:
        pieces, order = self._compiled.pieces, self._compiled.order
        out, number = [pieces[0]], 0
        for index, piece in zip(order, pieces[1:], strict=True):
            slot = self._slots[index]
            placeholders, number = self._placeholders(slot, values, lists, number)
            out += (placeholders, piece)
        return "".join(out)

    def _placeholders(
        self, slot: Any, values: Mapping[str, Any], lists: Mapping[str, list[Any]], number: int
    ) -> tuple[str, int]:
        if not slot.expanding and not slot.literal_execute:
            return self._dialect.placeholder(slot.name, number + 1) + slot.suffix, number + 1
        if not slot.expanding:
            return self._literal(values[slot.name], slot.type), number
        members = lists[slot.name]
        if not members:
            return slot.empty, number
        if slot.literal_execute:
            return self._literals(slot, members), number
        return self._members(slot, members, number)

    def _members(self, slot: Any, members: list[Any], number: int) -> tuple[str, int]:
        if not slot.as_tuples:
            names = [f"{slot.name}_{n}" for n in range(1, len(members) + 1)]
            before, after = slot.before, slot.suffix + slot.after
            texts = [f"{before}{self._dialect.placeholder(name, number + n)}{after}" for n, name in enumerate(names, 1)]
            return ", ".join(texts), number + len(members)
        rows: list[str] = []
        for n, member in enumerate(members, 1):
            inner: list[str] = []
            for m, _ in enumerate(member, 1):
                number += 1
                inner.append(self._dialect.placeholder(f"{slot.name}_{n}_{m}", number))
            rows.append(f"({', '.join(inner)})")
        before = "VALUES " if self._dialect.features.tuple_in_values else ""
        return before + ", ".join(rows), number

    def _literals(self, slot: Any, members: list[Any]) -> str:
        if not slot.as_tuples:
            return ", ".join(f"{slot.before}{self._literal(member, slot.type)}{slot.after}" for member in members)
        types = _member_types(slot)
        rows = [
            f"({', '.join(self._literal(v, type_) for v, type_ in zip(member, types, strict=True))})"
            for member in members
        ]
        return ", ".join(rows)

    def _literal(self, value: Any, type_: Any) -> str:
        text: str = self._dialect.literal_text(value, type_)
        return text.replace("%", "%%") if self._dialect.doubles_percents else text

    # parameters

    def _parameters(self, values: Mapping[str, Any], lists: Mapping[str, list[Any]]) -> Any:
        if self._dialect.positional:
            found: list[Any] = []
            for index in self._compiled.order:
                found += [value for _, value in self._of_slot(self._slots[index], values, lists)]
            return tuple(found)
        return dict([pair for slot in self._slots for pair in self._of_slot(slot, values, lists)])

    def _of_slot(
        self, slot: Any, values: Mapping[str, Any], lists: Mapping[str, list[Any]]
    ) -> Sequence[tuple[str, Any]]:
        if slot.literal_execute:
            return ()
        if not slot.expanding:
            return ((slot.name, values[slot.name]),)
        members = lists[slot.name]
        if not slot.as_tuples:
            return [(f"{slot.name}_{n}", member) for n, member in enumerate(members, 1)]
        return [
            (f"{slot.name}_{n}_{m}", value) for n, member in enumerate(members, 1) for m, value in enumerate(member, 1)
        ]


def _members(value: Any) -> list[Any]:
    """The members of a list; None has none."""
    return [] if value is None else list(value)


def _member_types(slot: Any) -> Sequence[Any]:
    types: Sequence[Any] = slot.type.types
    return types


Expand = Callable[[Mapping[str, Any]], tuple[str, Any]]
