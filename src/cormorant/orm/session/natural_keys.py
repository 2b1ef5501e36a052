"""Natural keys: which rows given objects mean by columns other than the primary key (`merge(obj, by=User.email)`).

In: attributes of one class, given objects, a session. Out: the session's object per given one, found by SELECTs of many
keys each. Two rows for one object are an error that names both. Nothing is written or changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ... import exc
from ...sql.constructors import tuple_
from ...sql.kinds import is_sequence
from ...sql.select import Select
from ..instance.state import InstanceState
from ..instance.symbols import STATE

CHUNK = 500
"""Keys per SELECT."""
Given = tuple[InstanceState, Any]


class NaturalKey:
    """The attributes by which objects of a class are found; one that lacks some of them is found by primary key."""

    def __init__(self, by: Any) -> None:
        parts: tuple[Any, ...] = tuple(by) if is_sequence(by) else (by,)
        attributes = [getattr(part, "property", None) for part in parts]
        if not parts or not all(hasattr(attribute, "columns") for attribute in attributes):
            raise exc.ArgumentError(f"'by' takes a mapped column, or a tuple of those of one class, got {by!r}")
        mappers = {part.parent.mapper for part in parts}
        if len(mappers) > 1:
            raise exc.ArgumentError(f"'by' takes columns of one class, got {by!r}")
        (self.mapper,) = mappers
        self.attributes = parts
        self.keys = tuple(part.key for part in parts)

    def of(self, obj: Any) -> tuple[Any, ...] | None:
        """Return an object's values; None where it is of another class or one of them is not given."""
        if not obj.__dict__[STATE].manager.mapper.isa(self.mapper):
            return None
        values = tuple(obj.__dict__.get(key) for key in self.keys)
        return None if None in values else values

    def find(self, session: Any, given: Iterable[Given], options: Sequence[Any] | None) -> dict[InstanceState, Any]:
        """Return the session's objects for the given ones that have a row by this key."""
        wanted = {state: values for state, obj in given if (values := self.of(obj)) is not None}
        keys = list(dict.fromkeys(wanted.values()))
        rows: dict[tuple[Any, ...], Any] = {}
        for start in range(0, len(keys), CHUNK):
            rows |= self._rows(session, keys[start : start + CHUNK], options)
        return {state: rows[values] for state, values in wanted.items() if values in rows}

    def _rows(
        self, session: Any, keys: list[tuple[Any, ...]], options: Sequence[Any] | None
    ) -> dict[tuple[Any, ...], Any]:
        found: dict[tuple[Any, ...], Any] = {}
        strangers: list[Any] = []
        for obj in self._select(session, keys, options):
            values = tuple(getattr(obj, key) for key in self.keys)
            if values in found:
                raise self._ambiguous(values, found[values], obj)
            found[values] = obj
            strangers += [obj] if values not in keys else []
        for key in keys if strangers else ():  # the database takes other values for equal: "ABC" for "abc"
            if key not in found:
                same = self._select(session, [key], options)
                if len(same) > 1:
                    raise self._ambiguous(key, *same[:2])
                if same:
                    found[key] = same[0]
        return found

    def _select(self, session: Any, keys: list[tuple[Any, ...]], options: Sequence[Any] | None) -> list[Any]:
        one = len(self.keys) == 1
        left = self.attributes[0] if one else tuple_(*self.attributes)
        statement = Select(self.mapper.class_).where(left.in_([key[0] for key in keys] if one else keys))
        found: list[Any] = session.scalars(statement.options(*(options or ()))).unique().all()
        return found

    def text(self, values: tuple[Any, ...]) -> str:
        """Return the key for messages."""
        pairs = zip(self.keys, values, strict=True)
        return f"{self.mapper.class_.__name__}({', '.join(f'{key}={value!r}' for key, value in pairs)})"

    def _ambiguous(self, values: tuple[Any, ...], first: Any, second: Any) -> exc.InvalidRequestError:
        return exc.InvalidRequestError(
            f"The natural key {self.text(values)} is that of two rows, {_key(first)} and {_key(second)}; merge by "
            "columns that are unique"
        )

    def require_same(self, obj: Any, pk: Any, found: Any) -> None:
        """Raise where an object's primary key says another row than its natural key."""
        other = found.__dict__[STATE].pk
        if pk is not None and pk != other:
            values: Any = self.of(obj)
            raise exc.InvalidRequestError(
                f"Instance {obj.__dict__[STATE].name} has the primary key {pk!r}, but its natural key "
                f"{self.text(values)} is that of {_key(found)}: two rows. Leave the primary key unset to merge into "
                "the row with the natural key"
            )


def _key(obj: Any) -> str:
    state = obj.__dict__[STATE]
    return f"{state.manager.class_.__name__} {state.pk!r}"
