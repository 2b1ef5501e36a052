"""From objects to the rows of one table: which columns an INSERT or UPDATE of a class names, and their values.

In: a mapper, one of its tables, instance dictionaries. Out: groups of same-shaped rows, each with its column keys and a
generated function that takes the values of many instances at once. What is decided here is decided once per mapper and
table; the per-row work is one generated expression. Nothing is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, groupby
from operator import eq, itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from ...exc import SAWarning
from ...sql.node import Node
from ...util.generated import define
from ...util.notices import warn
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, STATE
from ..mapping.inheritance import acceptable_identities

PLAIN_TYPES = frozenset((bool, bytes, date, datetime, Decimal, dict, float, int, list, str, time, type(None), UUID))
"""Types of most values; none of them is SQL."""
Row = tuple[Any, ...]
TakeRows = Callable[[Iterable[dict[str, Any]]], list[Row]]


class ColumnWrite(NamedTuple):
    """One column of a table and the attribute that holds it."""

    key: str
    column: Any


NOTHING_MORE = ColumnWrite("", None)


@dataclass(eq=False, slots=True)
class InsertShape:
    """Rows that give the same columns: the columns, where their values come from, what is still unknown afterwards."""

    columns: tuple[ColumnWrite, ...]
    take: TakeRows
    unknown: tuple[ColumnWrite, ...]
    """Columns of the primary key that only the database knows."""
    fetched: tuple[ColumnWrite, ...]
    """Other columns that the database fills."""
    plans: dict[Any, Any] = field(default_factory=dict[Any, Any])
    """Prepared statements per dialect; filled by `execute`."""

    def is_like(self, other: InsertShape) -> bool:
        """Tell whether rows of another class, whose shape this is, can be sent together with these."""
        return self.outline() == other.outline()

    def outline(self) -> list[tuple[str, int]]:
        """Return what must be equal in shapes of one statement."""
        parts = (self.columns, self.unknown, self.fetched)
        return [(write.key, id(write.column)) for part in parts for write in (*part, NOTHING_MORE)]

    @property
    def column_keys(self) -> tuple[str, ...]:
        """The keys under which a statement knows the columns."""
        return tuple([write.column.key for write in self.columns])


@dataclass(eq=False, slots=True)
class UpdateShape:
    """Rows that change the same columns."""

    columns: tuple[ColumnWrite, ...]
    take: TakeRows
    take_with_key: TakeRows | None
    """Takes the new values and the row's key; None where the key itself changes."""
    has_version: bool
    plans: dict[Any, Any] = field(default_factory=dict[Any, Any])


class TableWrites:
    """How instances of one mapper are written to one of its tables; made once and kept in `mapper.plans`."""

    def __init__(self, mapper: Any, table: Any) -> None:
        self.mapper = mapper
        self.table = table
        order = {column: number for number, column in enumerate(table.columns)}
        held = sorted(mapper.columns_of(table), key=lambda pair: order.get(pair[1], len(order)))
        self.columns = tuple(ColumnWrite(key, column) for key, column in held if column in order)
        self.by_key = {write.key: write for write in self.columns}
        attributes = mapper.class_manager.attributes
        self.is_base = table is mapper.written_tables[0]
        self.follows_key: bool = mapper.passive_updates and not self.is_base
        """Whether the database gives the row its new key, where that of the base row is changed."""
        repeated = _parent_columns(mapper) if self.follows_key else {}
        self.attributes = {write.key: attributes[write.key] for write in self.columns if write.column not in repeated}
        """What is written of a changed object."""
        self.told_by = mapper.discriminator_key if self.is_base else None
        """The attribute that tells the class of a row."""
        chosen = frozenset(mapper.primary_key) if self.is_base and mapper.has_own_key else frozenset[Any]()
        self.pk = tuple(w for w in self.columns if (w.column in chosen if chosen else w.column.primary_key))
        self.pk_positions = tuple(_position(mapper, write) for write in self.pk)
        self.pk_names = tuple(mapper.pk_keys[position] for position in self.pk_positions)
        """The attributes of the primary key that find a row: a table of a subclass may call its columns otherwise."""
        self.inherited = tuple(_inherited(mapper, self.columns))
        """Pairs of attributes: of a column of this table, and of the column of the parent's table that it repeats."""
        inserted = [write for write in self.columns if write.column.computed is None]
        self.explicit = tuple(write for write in inserted if write.column.type.should_evaluate_none)
        """Columns in which None is a value of its own: they are left out only where nothing was set."""
        omitted = [write for write in inserted if self._may_be_omitted(write.column)]
        self.optional = tuple(write for write in omitted if write not in self.explicit)
        self.defaults = tuple(write for write in inserted if _python_default(write.column.default))
        self.on_update = tuple(write for write in inserted if _python_default(write.column.onupdate))
        version = mapper.version_id_col
        self.version = None if version is None else self.by_key.get(mapper.key_of(version))
        self.version_in_table = self.version is not None and self.version.column.table is table
        is_server_value = self.version is not None and _has_server_value(self.version.column)
        self.server_versions = is_server_value and mapper.version_id_generator is False
        """Whether the database itself gives each row that is written another version."""
        versions = (self.version,) if self.server_versions else ()
        self.server_on_update = tuple(w for w in self.columns if w in versions or _is_set_by_update(w.column))
        self.pk_keys = frozenset(mapper.pk_keys)
        self.first_key: str = mapper.pk_keys[0]
        self.has_single_key = len(mapper.pk_keys) == 1
        self.single_keys = {write.key: (write.key,) for write in self.columns}
        """One tuple per attribute, which most changed objects share."""
        self.is_simple = self.version is None and not self.on_update
        """Whether an UPDATE sets nothing beyond what was changed."""
        self._insert_columns = tuple(inserted)
        self._presence = make_presence([w.key for w in self.optional], [w.key for w in self.explicit])
        self._inserts: dict[tuple[bool, ...], InsertShape] = {}
        self._updates: dict[tuple[tuple[str, ...], bool], UpdateShape] = {}

    def _may_be_omitted(self, column: Any) -> bool:
        """Tell whether a column is left out where the instance has no value, so that something else gives one."""
        if column.server_default is not None or column.default is not None or column.identity is not None:
            return True
        return bool(column.primary_key) and (self.is_base or column in self.mapper.primary_key)

    def check_classes(self, objects: Iterable[Any]) -> None:
        """Warn of objects whose rows will be said to be of another class."""
        key, allowed = self.told_by, acceptable_identities(self.mapper)
        for obj in objects:
            if key in obj.__dict__ and obj.__dict__[key] not in allowed:
                warn(
                    f"Flushing object {obj.__dict__[STATE].name} with incompatible polymorphic identity "
                    f"{obj.__dict__[key]!r}; the object may not refresh and/or load correctly (this warning may be "
                    "suppressed after 10 occurrences)",
                    SAWarning,
                )

    # --- inserts

    def inherit(self, rows: Iterable[dict[str, Any]]) -> None:
        """Copy the key of the parent's row into values of this table, where it has another name here."""
        for values in rows:
            for own, inherited in self.inherited:
                values[own] = values.get(inherited)

    def inherit_changes(self, state: InstanceState, obj: Any) -> None:
        """Have the key of this table, where it has another name here, follow that of the parent's row."""
        values = obj.__dict__
        for own, inherited in self.inherited:
            if inherited in state.committed and inherited in values and values.get(own) != values[inherited]:
                if not self.follows_key:
                    state.note_change(obj, own, values.get(own, NO_VALUE))
                values[own] = values[inherited]

    def group_inserts(self, objects: Sequence[Any]) -> list[tuple[InsertShape, list[Any]]]:
        """Split objects into runs that name the same columns."""
        if len(objects) == 1:
            return [(self._insert_shape(self._presence(objects[0].__dict__)), list(objects))]
        present = list(map(self._presence, [obj.__dict__ for obj in objects]))
        if present.count(present[0]) == len(present):
            return [(self._insert_shape(present[0]), list(objects))]
        return [
            (self._insert_shape(which), [obj for _, obj in run])
            for which, run in groupby(zip(present, objects, strict=True), key=itemgetter(0))
        ]

    def _insert_shape(self, present: tuple[bool, ...]) -> InsertShape:
        shape = self._inserts.get(present)
        if shape is None:
            choices = (*self.optional, *self.explicit)
            omitted = {w.column for w, is_there in zip(choices, present, strict=True) if not is_there}
            named = tuple(write for write in self._insert_columns if write.column not in omitted)
            unknown = tuple(w for w in self.columns if w.column in omitted and w.column.primary_key)
            fetched = tuple(w for w in self.columns if w.column.computed is not None or self._is_filled(w, omitted))
            take = make_take([write.key for write in named])
            shape = self._inserts[present] = InsertShape(named, take, unknown, fetched)
        return shape

    def _is_filled(self, write: ColumnWrite, omitted: set[Any]) -> bool:
        """Tell whether the database fills a column that is not sent."""
        return write.column in omitted and not write.column.primary_key and self._may_be_omitted(write.column)

    # --- updates

    def update_shape(self, keys: tuple[str, ...], has_version: bool) -> UpdateShape:
        """Return the shape of an UPDATE of the named attributes."""
        shape = self._updates.get((keys, has_version))
        if shape is None:
            columns = tuple(write for write in self.columns if write.key in keys)
            names = [write.key for write in columns]
            own_keys = self.pk_keys.union([write.key for write in self.pk])
            key_is_kept = own_keys.isdisjoint(names) and len(self.pk) == len(self.mapper.pk_keys)
            with_key = make_take([*names, *self.pk_names]) if key_is_kept else None
            shape = self._updates[keys, has_version] = UpdateShape(columns, make_take(names), with_key, has_version)
        return shape

    def is_like(self, other: TableWrites, keys: Iterable[str]) -> bool:
        """Tell whether two classes hold the columns of the named attributes, and the key, under the same names."""
        if other is self:
            return True
        if self.pk_names != other.pk_names:
            return False
        names = (*keys, *(write.key for write in self.pk))
        return all(key in other.by_key and self.by_key[key].column is other.by_key[key].column for key in names)

    def changed_keys(self, state: InstanceState, values: dict[str, Any]) -> tuple[str, ...]:
        """Return the attributes of this table whose value differs from the database's, in a fixed order."""
        found: list[str] = []
        of_this_table = self.attributes
        for key, original in state.committed.items():
            if key in of_this_table:
                value, attribute = values.get(key), of_this_table[key]
                if attribute.is_equal is eq and original is not NO_VALUE:
                    if original is not value and eq(original, value) is not True:
                        found.append(key)
                elif is_changed(attribute, original, value):
                    found.append(key)
        if len(found) == 1:
            return self.single_keys[found[0]]
        return tuple(sorted(found))

    def present_pk_values(self, state: InstanceState, obj: Any) -> Row:
        """Return the primary key of the row in this table, as the database has it when it is updated."""
        if not self.follows_key:
            return self.pk_values(state)
        return tuple([getattr(obj, key) for key in self.pk_names])

    def pk_values(self, state: InstanceState) -> Row:
        """Return the primary key of the row in this table, as the database had it before the flush."""
        if self.has_single_key:
            return (state.pk,)
        pk: tuple[Any, ...] = state.pk
        return tuple([pk[position] for position in self.pk_positions])


def is_changed(attribute: Any, original: Any, value: Any) -> bool:
    """Tell whether a value must be written, given the one that the database has (NO_VALUE where it is not known)."""
    if original is value:
        return False
    is_equal = attribute.is_equal
    if original is NO_VALUE or (is_equal is not eq and isinstance(value, Node)):
        return True
    return is_equal(original, value) is not True


def has_net_change(state: InstanceState, values: dict[str, Any]) -> bool:
    """Tell whether a changed object may have something to write: another value, a relationship, an event to be told."""
    attributes = state.manager.attributes
    for key, original in state.committed.items():
        value = values.get(key)
        if original is not value:
            attribute = attributes[key]
            if not attribute.is_column or is_changed(attribute, original, value):
                return True
        elif not attributes[key].is_column:
            return True
    return InstanceState.flags_in_use and state.flagged


def is_modified(state: InstanceState, include_collections: bool = True) -> bool:
    """Tell whether an object has changes that a flush would write."""
    values = state.dict
    for key, original in state.committed.items():
        attribute = state.manager.attributes[key]
        if attribute.is_column:
            if is_changed(attribute, original, values.get(key)):
                return True
        elif (include_collections or not attribute.is_collection) and attribute.get_history(state).has_changes():
            return True
    return False


def make_take(keys: Sequence[str]) -> TakeRows:
    """Return a function that takes the values of many instance dictionaries; absent ones are None."""
    direct = "".join(f"d[{key!r}], " for key in keys)
    careful = "".join(f"d.get({key!r}), " for key in keys)
    source = (
        "def take(dictionaries):\n"
        "    try:\n"
        f"        return [({direct}) for d in dictionaries]\n"
        "    except KeyError:\n"
        f"        return [({careful}) for d in dictionaries]\n"
    )
    take: TakeRows = define("take", source, {})
    return take


def make_presence(optional: Sequence[str], explicit: Sequence[str]) -> Callable[[dict[str, Any]], tuple[bool, ...]]:
    """Return the function that tells which optional attributes have a value, and which explicit ones are set at all."""
    tests = [f"d.get({key!r}) is not None" for key in optional] + [f"{key!r} in d" for key in explicit]
    source = f"def presence(d):\n    return ({''.join(f'{t}, ' for t in tests)})\n"
    presence: Callable[[dict[str, Any]], tuple[bool, ...]] = define("presence", source, {})
    return presence


def is_expression(value: Any) -> bool:
    """Tell whether a value is SQL."""
    return isinstance(value, Node) or hasattr(value.__class__, "__clause_element__")


def has_expressions(rows: list[Row]) -> bool:
    """Tell whether a SQL expression stands among the values; every type is looked at once only."""
    if PLAIN_TYPES.issuperset(map(type, chain.from_iterable(rows))):
        return False
    kinds = set(map(type, chain.from_iterable(rows)))
    return any(hasattr(kind, "__clause_element__") or issubclass(kind, Node) for kind in kinds)


def table_writes(mapper: Any, table: Any) -> TableWrites:
    """Return how a mapper writes to one of its tables."""
    key = ("writes", table)
    found: TableWrites | None = mapper.plans.get(key)
    if found is None:
        found = mapper.plans[key] = TableWrites(mapper, table)
    return found


def _position(mapper: Any, write: ColumnWrite) -> int:
    """Return the place of a table's key column in the mapper's primary key."""
    keys: tuple[str, ...] = mapper.pk_keys
    if write.key in keys:
        return keys.index(write.key)
    column, parents = write.column, _parent_columns(mapper)
    while column in parents:
        column = parents[column]
    key = mapper.key_of(column)
    return keys.index(key) if key in keys else 0


def _parent_columns(mapper: Any) -> dict[Any, Any]:
    """Return for each column of a joined table that repeats one of the parent's table that other column."""
    return {own: inherited for one in mapper.iterate_to_root() for inherited, own in one.inherit_pairs}


def _inherited(mapper: Any, columns: Sequence[ColumnWrite]) -> Iterator[tuple[str, str]]:
    parents = _parent_columns(mapper)
    for write in columns:
        if write.column in parents and (key := mapper.key_of(parents[write.column])) != write.key:
            yield write.key, key


def _python_default(default: Any) -> bool:
    return default is not None and (default.is_scalar or default.is_callable)


def _has_server_value(column: Any) -> bool:
    default = column.default
    return column.server_default is not None or (default is not None and not _python_default(default))


def _is_set_by_update(column: Any) -> bool:
    if column.server_onupdate is not None or column.computed is not None:
        return True
    return column.onupdate is not None and not _python_default(column.onupdate)
