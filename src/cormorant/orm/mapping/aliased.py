"""aliased(): a mapped class under another name in a statement.

In: a mapped class and perhaps a FROM element that has its columns. `with_polymorphic()` adds the columns of subclasses,
whose attributes are found below the name of each. Out: an object that has the class's attributes as
expressions over the alias. `AliasedEntity` is what `inspect()` says of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from types import FunctionType
from typing import Any, ClassVar, TypeVar, overload

from ...exc import ArgumentError
from ...inspection import inspect, register
from ...sql.joins import Join
from ...sql.naming import LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.select import Select
from ...util import memoized
from ...util.generics import SUBSCRIPTED
from ..instance.checks import is_a
from ..instance.inspected import InspectionAttr
from .conditions import Corresponding, adapted, bare_column
from .entity import ENTITY, EntityNode, without_entities
from .mapper import Mapper
from .polymorphic import polymorphic_arguments

T = TypeVar("T")


class AliasedEntity(InspectionAttr):
    """An alias of a mapped class, or the class with some of its subclasses."""

    is_aliased_class: ClassVar[bool] = True

    def __init__(
        self,
        mapper: Mapper,
        selectable: Any,
        name: str | None,
        adapt_on_names: bool,
        *,
        mappers: Sequence[Mapper] = (),
        polymorphic_on: Any = None,
        parent: AliasedEntity | None = None,
        is_polymorphic: bool = False,
    ) -> None:
        self.mapper = mapper
        self.selectable = selectable
        self.name = name
        self.adapt_on_names = adapt_on_names
        self.given_selectable: Any = selectable
        """What the program wants the rows to come from; None for an alias of the mapped table."""
        self.with_polymorphic_mappers: list[Mapper] = list(mappers)
        """The mappers whose columns a SELECT brings along."""
        self.polymorphic_parent = parent
        """The entity that has this one as one of its subclasses."""
        self.is_polymorphic = is_polymorphic
        """Whether `with_polymorphic()` made it."""
        self._polymorphic_on = polymorphic_on
        self.adapt_column = Corresponding(selectable, by_name=adapt_on_names)
        """Leads from columns of the mapped table to those of the alias; None where it has none."""
        self.entity: Any = AliasedClass(self)
        """The object that stands for the class."""
        for sub in self.with_polymorphic_mappers:
            if sub is not mapper:
                part = AliasedEntity(sub, selectable, name, adapt_on_names, parent=self)
                self.entity.__dict__[sub.class_.__name__] = part.entity

    def __reduce__(self) -> tuple[Any, ...]:
        """Become what makes it again: columns of the class would not find themselves in a copy of their table."""
        if self.polymorphic_parent is not None:
            return part_of_alias, (self.polymorphic_parent, self.class_.__name__)
        given = (self.mapper, self.given_selectable, self.name, self.adapt_on_names)
        mappers = tuple(self.with_polymorphic_mappers) if self.is_polymorphic else None
        return restored_alias, (*given, mappers)

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
        if self._polymorphic_on is not None:
            return self._polymorphic_on
        column = self.mapper.polymorphic_on
        return None if column is None else self.adapt(column)

    @property
    def display_name(self) -> str:
        """How messages name the alias."""
        if not self.is_polymorphic:
            return f"aliased({self.mapper.class_.__name__})"
        others = ", ".join(sub.class_.__name__ for sub in self.with_polymorphic_mappers if sub is not self.mapper)
        return f"with_polymorphic({self.mapper.class_.__name__}, [{others}])"

    @property
    def is_unaliased(self) -> bool:
        """Whether the rows come from the tables themselves."""
        return all(self.adapt_column(column) is column for column in self.mapper.primary_key)

    @memoized
    def node(self) -> EntityNode:
        """The alias as part of a statement."""
        return EntityNode(self.selectable, self.mapper, self)

    def __clause_element__(self) -> EntityNode:
        self.mapper.ensure_configured()
        return self.node

    def adapt(self, expression: Any) -> Any:
        """Return an expression over the mapped table as one over the alias."""
        return adapted(expression, self.adapt_column)

    def column_expression(self, prop: Any, number: int = 0) -> Any:
        """Return the column or expression of a property as the alias gives it to statements."""
        adapted = self.adapt(prop.columns[number])
        return adapted._annotate({ENTITY: self.node, **prop.annotations})

    def __str__(self) -> str:
        return self.display_name

    def __repr__(self) -> str:
        return f"<AliasedEntity at {id(self):#x}; {self.mapper.class_.__name__}>"


class AliasedClass:
    """What `aliased()` returns: stands where the mapped class would."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

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


@overload
def aliased(
    element: type[T], alias: Any = None, name: str | None = None, flat: bool = False, adapt_on_names: bool = False
) -> type[T]: ...
@overload
def aliased(
    element: Any, alias: Any = None, name: str | None = None, flat: bool = False, adapt_on_names: bool = False
) -> Any: ...
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
    made = AliasedEntity(
        mapper,
        _selectable(mapper, alias, name, flat),
        name,
        adapt_on_names,
        mappers=mapper.with_polymorphic_mappers,
    )
    made.given_selectable = None if alias is None else made.selectable
    return made.entity


def _selectable(mapper: Mapper, alias: Any, name: str | None, flat: bool) -> Any:
    if alias is None:
        return own_alias(mapper, name, flat)
    if hasattr(alias, "__clause_element__"):
        alias = alias.__clause_element__()
        return getattr(alias, "element", alias)
    alias = without_entities(alias)
    if not getattr(alias, "is_from_clause", False):
        raise ArgumentError(f"the second argument of aliased() is a FROM element such as a subquery, not {alias!r}")
    return alias


def own_alias(mapper: Mapper, name: str | None = None, flat: bool = False) -> Any:
    """Return an alias of what a mapper selects from: of several tables a subquery, unless it shall be flat."""
    return alias_of(mapper.selectable, name, flat)


def alias_of(source: Any, name: str | None = None, flat: bool = False) -> Any:
    """Return an alias of a FROM element: of a join a subquery whose columns have the names of their tables."""
    if flat or not isinstance(source, Join):
        return source.alias(name=name, flat=flat)
    return Select(*source.c).select_from(source).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).subquery(name)


def with_polymorphic(
    base: Any,
    classes: Any,
    selectable: Any = False,
    flat: bool = False,
    polymorphic_on: Any = None,
    aliased: bool = False,
    innerjoin: bool = False,
    adapt_on_names: bool = False,
    name: str | None = None,
    _use_mapper_path: bool = False,
) -> Any:
    """Return an alias of a class that has the columns of subclasses too: all of them for "*", else those of a list.

    `flat` and `aliased` give its tables, or a subquery of them, a name of their own.
    """
    mapper: Mapper = inspect(base).mapper
    mapper.ensure_configured()
    if selectable not in (None, False) and flat:
        raise ArgumentError(
            "the 'flat' and 'selectable' arguments cannot be passed simultaneously to with_polymorphic()"
        )
    mappers, source = polymorphic_arguments(mapper, classes, selectable, innerjoin)
    if aliased or flat:
        source = alias_of(source, flat=flat)
    on = None if polymorphic_on is None else bare_column(polymorphic_on)
    made = AliasedEntity(mapper, source, name, adapt_on_names, mappers=mappers, polymorphic_on=on, is_polymorphic=True)
    return made.entity


def aliased_mapper(mapper: Mapper, *, flat: bool = False) -> AliasedEntity:
    """Return a new anonymous alias of a mapper."""
    made = AliasedEntity(mapper, own_alias(mapper, flat=flat), None, False, mappers=mapper.with_polymorphic_mappers)
    made.given_selectable = None
    return made


def restored_alias(
    mapper: Mapper, selectable: Any, name: str | None, adapt_on_names: bool, mappers: Any = None
) -> AliasedEntity:
    """Return an alias of a mapper: of its table, or of what a program gave in its place."""
    found = own_alias(mapper, name) if selectable is None else selectable
    known = mapper.with_polymorphic_mappers if mappers is None else mappers
    made = AliasedEntity(mapper, found, name, adapt_on_names, mappers=known, is_polymorphic=mappers is not None)
    made.given_selectable = selectable
    return made


def part_of_alias(parent: AliasedEntity, name: str) -> AliasedEntity:
    """Return the entity of one of the subclasses that another entity has."""
    found: AliasedEntity = inspect(getattr(parent.entity, name))
    return found


register(AliasedEntity)
register(AliasedClass, lambda alias: alias._sa_entity)
