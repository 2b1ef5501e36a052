"""Values that a flush itself gives to objects: defaults, discriminators, versions; and attributes left to be loaded.

In: objects about to be written. Out: values in their dictionaries, or attributes marked as expired because only the
database knows them now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...util import memoized
from ..instance.hooks import call_all
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, STATE
from .rows import TableWrites, is_changed, is_expression


class FlushContext:
    """What a context-sensitive default is called with: the row so far, and the connection."""

    def __init__(self, connection: Any, row: Mapping[str, Any]) -> None:
        self.connection = connection
        self.root_connection = connection
        self.engine = connection.engine
        self.dialect = connection.dialect
        self._row = row

    @memoized
    def current_parameters(self) -> dict[str, Any]:
        """The values of the row so far; what is SQL has none yet."""
        return {key: value for key, value in self._row.items() if not is_expression(value)}

    def get_current_parameters(self, isolate_multiinsert_groups: bool = True) -> dict[str, Any]:
        """Return the values of the row so far."""
        return dict(self.current_parameters)


def set_python_defaults(connection: Any, writes: TableWrites, objects: Iterable[Any]) -> None:
    """Give each object the Python defaults of columns for which it has no value."""
    if not writes.defaults:
        return
    for obj in objects:
        values = obj.__dict__
        for write in writes.defaults:
            if values.get(write.key) is None and (write.key not in values or write not in writes.explicit):
                values[write.key] = value_of(write.column.default, connection, writes, values)


def value_of(default: Any, connection: Any, writes: TableWrites, values: Mapping[str, Any]) -> Any:
    """Return what a Python default gives for a row."""
    if default.is_scalar:
        return default.arg
    row = {write.column.key: values.get(write.key) for write in writes.columns}
    return default.arg(FlushContext(connection, row))


def tell_of_values(watched: Iterable[tuple[InstanceState, dict[str, Any]]], plan: Any) -> None:
    """Tell listeners which attributes have other values than before the rows were written."""
    for state, before in watched:
        keys = state.manager.mapper.pk_keys
        found = state.dict
        given = [key for key, value in found.items() if key not in keys and before.get(key, NO_VALUE) is not value]
        if given:
            call_all(state.manager.hooks.refresh_flush, state, plan, given)


def has_identity_values(kind: type[InstanceState]) -> bool:
    """Tell whether new objects of a class get values from their mapping."""
    manager = kind.manager
    return bool(manager.initial_values) or manager.mapper.version_id_col is not None


def set_identity_values(state: InstanceState, obj: Any) -> None:
    """Give a new object what its mapping says of it: the discriminator and the first version."""
    mapper = state.manager.mapper
    for key, value in state.manager.initial_values:
        if key not in obj.__dict__:
            obj.__dict__[key] = value
    if mapper.version_id_col is not None and mapper.version_id_generator is not False:
        key = mapper.key_of(mapper.version_id_col)
        if obj.__dict__.get(key) is None:
            obj.__dict__[key] = mapper.version_id_generator(None)


# --- updates


def needs_version_step(writes: TableWrites, state: InstanceState, obj: Any) -> bool:
    """Tell whether the base row needs a new version because another row of the object changes."""
    if not writes.version_in_table:
        return False
    attributes = state.manager.attributes
    return any(
        attributes[key].is_column and is_changed(attributes[key], original, obj.__dict__.get(key))
        for key, original in state.committed.items()
    )


def prepare_update(
    connection: Any, writes: TableWrites, state: InstanceState, obj: Any, keys: tuple[str, ...]
) -> tuple[str, ...]:
    """Give the object what an UPDATE sets by itself; return the keys that it names, none where there is no UPDATE."""
    if not keys and not needs_version_step(writes, state, obj):
        return keys
    values = obj.__dict__
    found = dict.fromkeys(keys)
    for key in state.manager.mapper.pk_keys:
        if key not in values:
            getattr(obj, key)
    for write in writes.on_update:
        if write.key not in found:
            values[write.key] = value_of(write.column.onupdate, connection, writes, values)
            found[write.key] = None
    if writes.version is not None and writes.version_in_table and writes.mapper.version_id_generator is not False:
        key = writes.version.key
        if key not in found:
            old = values[key] if key in values else getattr(obj, key)
            state.note_change(obj, key, old)
            values[key] = writes.mapper.version_id_generator(old)
            found[key] = None
    return tuple(sorted(found))


def prepare_post_update(
    connection: Any, writes: TableWrites, state: InstanceState, obj: Any, keys: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Give the object what a second UPDATE of its row sets by itself; return the keys, and the version to be met.

    A row that the same flush has inserted keeps its version.
    """
    values = obj.__dict__
    found = dict.fromkeys(keys)
    for write in writes.on_update:
        values[write.key] = value_of(write.column.onupdate, connection, writes, values)
        found[write.key] = None
    if writes.version is None or not writes.version_in_table:
        return tuple(sorted(found)), ()
    key = writes.version.key
    old = values[key] if key in values else getattr(obj, key)
    if state.pk is not None and writes.mapper.version_id_generator is not False:
        values[key] = writes.mapper.version_id_generator(old)
        found[key] = None
        if key in state.committed:
            state.committed[key] = values[key]  # what a DELETE of the same flush must meet
    return tuple(sorted(found)), (old,)


def old_version(writes: TableWrites, state: InstanceState) -> Any:
    """Return the version that the row must still have."""
    if writes.version is None:
        return None
    key = writes.version.key
    original = state.committed.get(key, NO_VALUE)
    return getattr(state.require_object(), key) if original is NO_VALUE else original


def leave_unloaded(obj: Any, keys: list[str]) -> None:
    """Mark attributes whose value only the database knows: the next read loads them."""
    if not keys:
        return
    state: InstanceState = obj.__dict__[STATE]
    for key in keys:
        obj.__dict__.pop(key, None)
        state.forget_change(key)
    state.expired_attributes = set(state.expired_attributes).union(keys)
