"""Relationships from foreign keys, and from tables that only hold two of them.

In: the classes that wait to be mapped. Out: relationships among the properties of their plans.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

from ...orm.mapping.constructs import backref, relationship
from ...orm.mapping.direction import MANYTOMANY, MANYTOONE, ONETOMANY, RelationshipDirection
from ...orm.mapping.planned import PlannedMapping
from ...schema import ForeignKeyConstraint, Table
from ...sql.expression import and_
from .choices import Choices


def relate_by_keys(chosen: Choices, local: PlannedMapping) -> None:
    """Make the relationships of the foreign keys of a class, on both sides."""
    if not isinstance(local.table, Table):
        return
    for key in local.table._sorted_foreign_key_constraints:
        referred = chosen.plans.get(_referred_table(key))
        if referred is None or (referred is not local and issubclass(local.class_, referred.class_)):
            continue
        _relate(chosen, key, local, referred)


def _referred_table(key: ForeignKeyConstraint) -> Any:
    return key.elements[0].column.table


def _relate(chosen: Choices, key: ForeignKeyConstraint, local: PlannedMapping, referred: PlannedMapping) -> None:
    one = chosen.scalar(chosen.base, local.class_, referred.class_, key)
    many = chosen.collection(chosen.base, referred.class_, local.class_, key)
    options = {**_collection_options(key), "collection_class": chosen.collection_class}
    if one not in local.properties:
        columns = {
            "foreign_keys": [element.parent for element in key.elements],
            "remote_side": [element.column for element in key.elements],
        }
        pair = _Pair(chosen, local, one, referred, many)
        pair.make(MANYTOONE, columns, ONETOMANY, options)
    elif many not in referred.properties and (referred.class_, many) not in chosen.backrefs:
        options["foreign_keys"] = [element.parent for element in key.elements]
        pair = _Pair(chosen, referred, many, local, one)
        pair.complete(ONETOMANY, options)


def _collection_options(key: ForeignKeyConstraint) -> dict[str, Any]:
    """What ON DELETE and NOT NULL of a foreign key mean for the collection of those that refer."""
    on_delete = (key.ondelete or "").upper()
    if not any(element.parent.nullable for element in key.elements):
        passive = {"passive_deletes": True} if on_delete == "CASCADE" else {}
        return {"cascade": "all, delete-orphan", **passive}
    return {"passive_deletes": True} if on_delete == "SET NULL" else {}


def relate_by_table(chosen: Choices, table: Table, first: ForeignKeyConstraint, second: ForeignKeyConstraint) -> None:
    """Make the many-to-many relationship over a table."""
    local, referred = chosen.plans.get(_referred_table(first)), chosen.plans.get(_referred_table(second))
    if local is None or referred is None:
        return
    here = chosen.collection(chosen.base, local.class_, referred.class_, first)
    there = chosen.collection(chosen.base, referred.class_, local.class_, second)
    shared = {"collection_class": chosen.collection_class, "overlaps": "__*" if table in chosen.plans else None}
    if here not in local.properties:
        joins = {"secondary": table, "primaryjoin": _join(first), "secondaryjoin": _join(second)}
        _Pair(chosen, local, here, referred, there).make(MANYTOMANY, {**shared, **joins}, MANYTOMANY, shared)
    elif there not in referred.properties:
        joins = {"secondary": table, "primaryjoin": _join(second), "secondaryjoin": _join(first)}
        _Pair(chosen, referred, there, local, here).complete(MANYTOMANY, {**shared, **joins})


def _join(key: ForeignKeyConstraint) -> Any:
    conditions: Iterable[Any] = [element.column == element.parent for element in key.elements]
    return and_(*conditions)


@dataclass
class _Pair:
    """A relationship to be made on one class, and its other side."""

    chosen: Choices
    local: PlannedMapping
    name: str
    referred: PlannedMapping
    other_name: str

    def make(
        self,
        direction: RelationshipDirection,
        options: dict[str, Any],
        other_direction: RelationshipDirection,
        other_options: dict[str, Any],
    ) -> None:
        """Make it, with the other side as its backref unless there is such a property already."""
        theirs: MutableMapping[str, Any] = self.referred.properties
        back, is_there = None, self.other_name in theirs
        if not is_there:
            back = self.chosen.generate(
                self.chosen.base, other_direction, backref, self.other_name, self.referred.class_, self.local.class_,
                **other_options,
            )  # fmt: skip
        made = self.chosen.generate(
            self.chosen.base, direction, relationship, self.name, self.local.class_, self.referred.class_,
            **options, backref=back,
        )  # fmt: skip
        if made is None:
            return
        self.local.properties[self.name] = made
        if back is not None:
            self.chosen.backrefs.add((self.referred.class_, self.other_name))
        if is_there:
            theirs[self.other_name].back_populates = self.name

    def complete(self, direction: RelationshipDirection, options: dict[str, Any]) -> None:
        """Make it as the other side of a property that is there."""
        made = self.chosen.generate(
            self.chosen.base, direction, relationship, self.name, self.local.class_, self.referred.class_,
            **options, back_populates=self.other_name,
        )  # fmt: skip
        if made is not None:
            self.local.properties[self.name] = made
            self.referred.properties[self.other_name].back_populates = self.name
