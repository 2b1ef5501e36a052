"""Concrete inheritance: each class has a table of its own; the base is read from a UNION of the tables.

In: tables or mappers. Out: the UNION; mappers that select from it; the attributes that a concrete class does not have
though its parent does. Nothing here knows how rows are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...sql.compound import union_all
from ...sql.constructors import cast
from ...sql.fromclause import literal_column
from ...sql.select import Select
from ...sql.simple import null
from .attribute import QueryableAttribute
from .mapper import Mapper
from .polymorphic import EVERY, PolymorphicRule
from .properties import MapperProperty


def polymorphic_union(
    table_map: Mapping[Any, Any], typecolname: str | None, aliasname: str | None = "p_union", cast_nulls: bool = True
) -> Any:
    """Return a UNION ALL of tables by the discriminator of their rows, which is a column of that name.

    A column that a table lacks is NULL there, of the column's type unless `cast_nulls` is false. Without a name for
    the union it is a SELECT, else an alias.
    """
    types: dict[str, Any] = {column.key: column.type for table in table_map.values() for column in table.c}
    parts = [
        _union_part(_from_element(table), types, identity, typecolname, cast_nulls)
        for identity, table in table_map.items()
    ]
    return union_all(*parts).alias(aliasname)


def _from_element(given: Any) -> Any:
    return given.__clause_element__() if hasattr(given, "__clause_element__") else given


def _union_part(table: Any, types: Mapping[str, Any], identity: Any, name: str | None, casts: bool) -> Any:
    """Return the SELECT of one table with all columns of the union."""
    columns: list[Any] = []
    own = {column.key: column for column in table.c}
    for key, type_ in types.items():
        found = own.get(key)
        if found is None:
            found = (cast(null(), type_) if casts else null()).label(key)
        columns.append(found)
    if name is not None and identity is not None:
        quoted = str(identity).replace("'", "''")
        columns.append(literal_column(f"'{quoted}'").label(name))
    return Select(*columns).select_from(table)


def select_from_union(mapper: Mapper, union: Any, discriminator: str) -> None:
    """Let a mapper read its objects, and those of its subclasses, from a UNION of their tables."""
    mapper.polymorphic_rule = PolymorphicRule(EVERY, union)
    mapper.polymorphic_on = union.c[discriminator]
    mapper.forget_plans()


def put_under(mapper: Mapper, base: Mapper) -> None:
    """Make a concrete mapper a subclass of one that was mapped later."""
    mapper.inherits = base
    base.children.append(mapper)
    for one in mapper.self_and_descendants:
        one.base_mapper = base.base_mapper
        base.polymorphic_map.update(one.polymorphic_map)
        one.polymorphic_map = base.polymorphic_map
    add_missing_attributes(mapper, base)


def add_missing_attributes(mapper: Mapper, parent: Mapper) -> None:
    """Let a concrete class refuse the attributes that it does not map though its parent does."""
    for key in parent.properties:
        if key not in mapper.properties:
            prop = mapper.properties[key] = ConcreteInheritedProperty()
            prop.key, prop.parent = key, mapper
            if not hasattr(vars(mapper.class_).get(key), "__get__"):
                type.__setattr__(mapper.class_, key, MissingAttribute(prop, mapper))


class ConcreteInheritedProperty(MapperProperty):
    """An attribute of the parent that a concrete class does not have."""


class MissingAttribute(QueryableAttribute[Any]):
    """What a concrete class has in the place of an attribute of its parent: reading and writing it is an error."""

    def __init__(self, prop: Any, mapper: Mapper) -> None:
        self.prop, self.key, self.parent, self.class_ = prop, prop.key, mapper, mapper.class_

    def _refusal(self) -> AttributeError:
        return AttributeError(
            f"Concrete {self.parent} does not implement attribute '{self.key}' at the instance level.  Add this "
            f"property explicitly to {self.parent}."
        )

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        if obj is None:
            return self
        raise self._refusal()

    def __set__(self, obj: Any, value: Any) -> None:
        raise self._refusal()

    def __delete__(self, obj: Any) -> None:
        raise self._refusal()
