"""aliased(): a mapped class under another name in a statement.

In: a mapped class and perhaps a FROM element that has its columns. Out: an object that has the class's attributes as
expressions over the alias. `AliasedEntity` is what `inspect()` says of it.
"""

from __future__ import annotations

from operator import attrgetter
from types import FunctionType
from typing import Any, ClassVar

from ...exc import ArgumentError
from ...inspection import inspect, register
from ...util import memoized
from ..instance.checks import is_a
from ..instance.inspected import InspectionAttr
from .conditions import bare_column, is_table_column, replaced
from .entity import ENTITY, EntityNode
from .mapper import Mapper


class AliasedEntity(InspectionAttr):
    """An alias of a mapped class."""

    is_aliased_class: ClassVar[bool] = True

    def __init__(
        self, mapper: Mapper, selectable: Any, name: str | None, adapt_on_names: bool, alias: Any = None
    ) -> None:
        self.mapper = mapper
        self.selectable = selectable
        self.name = name
        self.adapt_on_names = adapt_on_names
        self.given_selectable: Any = selectable
        """What the program wants the rows to come from; None for an alias of the mapped table."""
        self.with_polymorphic_mappers: list[Mapper] = []
        self.entity: Any = AliasedClass(self) if alias is None else alias
        """The object that stands for the class."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Become what makes it again: columns of the class would not find themselves in a copy of their table."""
        return restored_alias, (self.mapper, self.given_selectable, self.name, self.adapt_on_names)

    @property
    def class_(self) -> type:
        """The mapped class."""
        return self.mapper.class_

    @property
    def entity_namespace(self) -> Any:
        """Where `filter_by()` looks for names."""
        return self.entity

    @property
    def persist_selectable(self) -> Any:
        """The alias itself."""
        return self.selectable

    @property
    def local_table(self) -> Any:
        """The table of the class."""
        return self.mapper.local_table

    @property
    def polymorphic_on(self) -> Any:
        """The discriminator as the alias has it."""
        column = self.mapper.polymorphic_on
        return None if column is None else self.adapt_column(column)

    @property
    def display_name(self) -> str:
        """How messages name the alias."""
        return f"aliased({self.mapper.class_.__name__})"

    @memoized
    def node(self) -> EntityNode:
        """The alias as part of a statement."""
        return EntityNode(self.selectable, self.mapper, self)

    def __clause_element__(self) -> EntityNode:
        self.mapper.ensure_configured()
        return self.node

    @memoized
    def _columns(self) -> dict[int, Any]:
        return {}

    def adapt_column(self, column: Any) -> Any:
        """Return the alias's column for a column of the mapped table; None where it has none."""
        plain = bare_column(column)
        found = self._columns.get(id(plain), self)
        if found is self:
            found = self._find(plain)
            self._columns[id(plain)] = found
        return found

    def _find(self, column: Any) -> Any:
        found = self.selectable.corresponding_column(column)
        if found is None and self.adapt_on_names:
            found = self.selectable.c.get(column.key)
        return found

    def adapt(self, expression: Any) -> Any:
        """Return an expression over the mapped table as one over the alias."""
        return replaced(expression, lambda node: self.adapt_column(node) if is_table_column(node) else None)

    def column_expression(self, prop: Any) -> Any:
        """Return the column or expression of a property as the alias gives it to statements."""
        adapted = self.adapt(prop.columns[0])
        return adapted._annotate({ENTITY: self.node, **prop.annotations})

    def __str__(self) -> str:
        return self.display_name

    def __repr__(self) -> str:
        return f"<AliasedEntity at {id(self):#x}; {self.mapper.class_.__name__}>"


class AliasedClass:
    """What `aliased()` returns: stands where the mapped class would."""

    _sa_entity: AliasedEntity

    def __init__(self, entity: AliasedEntity) -> None:
        self.__dict__["_sa_entity"] = entity
        self.__dict__["__name__"] = entity.mapper.class_.__name__

    def __reduce__(self) -> tuple[Any, ...]:
        return attrgetter("entity"), (self._sa_entity,)

    def __getattr__(self, key: str) -> Any:
        entity = self.__dict__["_sa_entity"]
        target = entity.mapper.class_
        found = getattr(target, key)
        if hasattr(found, "adapt_to_entity") and not isinstance(found, type):
            made = found.adapt_to_entity(entity)
        else:
            made = self._bound(target, key, found)
        if not key.startswith("_"):
            self.__dict__[key] = made
        return made

    def _bound(self, target: type, key: str, found: Any) -> Any:
        """Return a member of the class bound to the alias: hybrids and methods see the alias as their class."""
        for base in target.__mro__:
            raw = base.__dict__.get(key)
            if raw is None:
                continue
            if is_a(raw, classmethod):
                return raw.__func__.__get__(self)
            if hasattr(raw, "__get__") and not is_a(raw, FunctionType, staticmethod):
                return raw.__get__(None, self)
            break
        return found

    def __repr__(self) -> str:
        return f"<AliasedClass at {id(self):#x}; {self._sa_entity.mapper.class_.__name__}>"

    def __str__(self) -> str:
        return str(self._sa_entity)


def aliased(
    element: Any, alias: Any = None, name: str | None = None, flat: bool = False, adapt_on_names: bool = False
) -> Any:
    """Return an alias of a mapped class, or of a FROM element."""
    if getattr(element, "is_from_clause", False):
        if adapt_on_names:
            raise ArgumentError("adapt_on_names only applies to ORM elements")
        return element.alias(name=name, flat=flat)
    found = inspect(element)
    if not isinstance(found, (Mapper, AliasedEntity)):
        raise ArgumentError(f"aliased() takes a mapped class or a FROM element, not {element!r}")
    mapper = found.mapper
    mapper.ensure_configured()
    made = AliasedEntity(mapper, _selectable(mapper, alias, name, flat), name, adapt_on_names)
    made.given_selectable = None if alias is None else made.selectable
    return made.entity


def _selectable(mapper: Mapper, alias: Any, name: str | None, flat: bool) -> Any:
    if alias is None:
        return mapper.persist_selectable.alias(name=name, flat=flat or len(mapper.tables) > 1)
    if hasattr(alias, "__clause_element__"):
        alias = alias.__clause_element__()
        return getattr(alias, "element", alias)
    if not getattr(alias, "is_from_clause", False):
        raise ArgumentError(f"the second argument of aliased() is a FROM element such as a subquery, not {alias!r}")
    return alias


def aliased_mapper(mapper: Mapper) -> AliasedEntity:
    """Return a new anonymous alias of a mapper."""
    return restored_alias(mapper, None, None, False)


def restored_alias(mapper: Mapper, selectable: Any, name: str | None, adapt_on_names: bool) -> AliasedEntity:
    """Return an alias of a mapper: of its table, or of what a program gave in its place."""
    found = mapper.persist_selectable.alias(name=name, flat=True) if selectable is None else selectable
    made = AliasedEntity(mapper, found, name, adapt_on_names)
    made.given_selectable = selectable
    return made


register(AliasedEntity)
register(AliasedClass, lambda alias: alias._sa_entity)
