"""What operators and methods mean on a relationship: comparison with an object, any(), has(), contains(), of_type().

In: a relationship seen through an entity, and objects or criteria. Out: conditions. The values of an object are read
when the statement is executed, so a condition may be built before the object is flushed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...exc import ArgumentError, InvalidRequestError
from ...inspection import inspect
from ...sql.bind import BindParameter
from ...sql.coercion import as_condition
from ...sql.logic import and_, not_, or_
from ...sql.select import select
from ...types.operators import eq, ne
from ..instance.symbols import STATE
from .aliased import aliased_mapper
from .comparators import PropComparator
from .conditions import REMOTE, bare_column, is_table_column, replaced
from .direction import MANYTOONE
from .entity import RelationshipNode

Find = Callable[[Any], Any]


def value_reader(obj: Any, key: str, column: Any) -> Callable[[], Any]:
    """Return the function that reads the value which an object has for a column when it is called."""

    def read() -> Any:
        values = obj.__dict__
        if key in values:
            return values[key]
        state = values[STATE]
        if state.pk is None:
            raise InvalidRequestError(
                f"Can't resolve value for column {column} on object {state.name}; no value has been set for this column"
            )
        return getattr(obj, key)

    return read


def value_of(obj: Any, column: Any, stem: str | None = None) -> Any:
    """Return the bind parameter for what an object has for a column of its table."""
    mapper = obj.__dict__[STATE].manager.mapper
    return BindParameter(
        stem, callable_=value_reader(obj, mapper.key_of(column), column), type_=column.type, unique=True
    )


class RelationshipComparator(PropComparator):
    """The operators of one relationship, seen through one entity, perhaps narrowed."""

    def __init__(
        self,
        prop: Any,
        parentmapper: Any,
        adapt_to_entity: Any = None,
        target: Any = None,
        criteria: tuple[Any, ...] = (),
    ) -> None:
        super().__init__(prop, parentmapper, adapt_to_entity)
        self.of_type_entity = target
        """The aliased class or subclass mapper that `of_type()` names."""
        self.extra_criteria = criteria

    def __clause_element__(self) -> RelationshipNode:
        target = None if self.of_type_entity is None else self.of_type_entity.node
        return RelationshipNode(self._parententity.node, self.prop, target, self.extra_criteria)

    @property
    def mapper(self) -> Any:
        """The mapper that the relationship leads to."""
        return self.prop.mapper

    @property
    def entity(self) -> Any:
        """The mapper or aliased class that the relationship leads to."""
        return self.prop.entity if self.of_type_entity is None else self.of_type_entity

    def of_type(self, class_: Any) -> RelationshipComparator:
        """Return the relationship as leading to a subclass or an aliased class."""
        found = inspect(class_)
        if not getattr(found, "is_aliased_class", False) and not getattr(found, "is_mapper", False):
            raise ArgumentError(f"of_type() of {self.prop} takes a mapped class or aliased(), not {class_!r}")
        return self._varied(found, self.extra_criteria)

    def and_(self, *clauses: Any) -> RelationshipComparator:
        """Return the relationship with more criteria in its join condition."""
        return self._varied(self.of_type_entity, (*self.extra_criteria, *map(as_condition, clauses)))

    def _varied(self, target: Any, criteria: tuple[Any, ...]) -> RelationshipComparator:
        return type(self)(self.prop, self._parententity.mapper, self._adapt_to_entity, target, criteria)

    # --- comparison with an object

    def __eq__(self, other: object) -> Any:
        if other is None:
            return self._is_null()
        self._refuse_collection()
        return self._held_by(_checked(self.prop, other))

    def __ne__(self, other: object) -> Any:
        if other is None:
            return not_(self._is_null()) if self.prop.direction is MANYTOONE else self._exists(None)
        self._refuse_collection()
        obj = _checked(self.prop, other)
        if self.prop.direction is not MANYTOONE:
            return not_(self._exists(self._is_object(obj)))
        pairs = self.prop.local_remote_pairs
        local = [(self._adapted(column), value_of(obj, remote, column.key)) for column, remote in pairs]
        return and_(*(or_(column != value, column == None) for column, value in local))  # noqa: E711 - SQL

    __hash__ = object.__hash__

    def _is_null(self) -> Any:
        if self.prop.direction is MANYTOONE:
            columns = [self._adapted(column) for column, _ in self.prop.local_remote_pairs]
            return and_(*(column == None for column in columns))  # noqa: E711 - SQL
        return not_(self._exists(None))

    def _refuse_collection(self) -> None:
        if self.prop.uselist:
            raise InvalidRequestError(
                "Can't compare a collection to an object or collection; use contains() to test for membership."
            )

    def contains(self, other: Any, **kwargs: Any) -> Any:
        """Return the condition that an object is in the collection."""
        if not self.prop.uselist:
            raise InvalidRequestError("'contains' not implemented for scalar attributes.  Use ==")
        obj = _checked(self.prop, other)
        condition = self._held_by(obj)
        if self.prop.secondary is not None:
            return _Membership.of(condition, lambda: self._exists(self._is_object(obj)))
        return condition

    def _is_object(self, obj: Any) -> Any:
        return and_(*(column == value_of(obj, column, column.key) for column in self.prop.mapper.primary_key))

    def _held_by(self, obj: Any) -> Any:
        """Return the join condition with the values of an object in place of the other side's columns."""
        prop = self.prop
        if prop.secondary is None:
            return self._condition(prop.marked_primaryjoin, lambda column: value_of(obj, column))
        alias = prop.secondary.alias(flat=True)
        through = _find_in(prop.secondary, alias)

        def there(column: Any) -> Any:
            return through(column) if column.table is prop.secondary else value_of(obj, column)

        second = replaced(
            prop.marked_secondaryjoin, lambda node: there(bare_column(node)) if is_table_column(node) else None
        )
        return and_(self._condition(prop.marked_primaryjoin, through), second)

    def _condition(self, marked: Any, remote: Find) -> Any:
        """Return a join condition with both sides replaced."""

        def replace(node: Any) -> Any:
            if not is_table_column(node):
                return None
            column = bare_column(node)
            return remote(column) if REMOTE in node._annotations else self._adapted(column)

        return replaced(marked, replace)

    def _adapted(self, column: Any) -> Any:
        """Return a column of this side as the entity sees it."""
        if self._adapt_to_entity is None:
            return column
        found = self._adapt_to_entity.adapt_column(column)
        return column if found is None else found

    # --- EXISTS

    def any(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that some member of the collection fulfils the criteria."""
        if not self.prop.uselist:
            raise InvalidRequestError("'any()' not implemented for scalar attributes. Use has().")
        return self._exists(criterion, **kwargs)

    def has(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that the related object fulfils the criteria."""
        if self.prop.uselist:
            raise InvalidRequestError("'has()' not implemented for collections. Use any().")
        return self._exists(criterion, **kwargs)

    def exists(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that something related fulfils the criteria, be it one object or several."""
        return self._exists(criterion, **kwargs)

    def _exists(self, criterion: Any, **kwargs: Any) -> Any:
        prop = self.prop
        entity, to_target = self._target()
        if prop.secondary is None:
            conditions = [self._condition(prop.marked_primaryjoin, to_target)]
        else:
            second = replaced(
                prop.marked_secondaryjoin,
                lambda node: to_target(bare_column(node)) if is_table_column(node) else None,
            )
            conditions = [self._condition(prop.marked_primaryjoin, lambda column: column), second]
        given = [] if criterion is None else [as_condition(criterion)]
        given += [getattr(entity.mapper.class_, key) == value for key, value in kwargs.items()]
        is_own_alias = entity is not self.entity
        conditions += [
            _over(clause, to_target) if is_own_alias else clause for clause in (*given, *self.extra_criteria)
        ]
        froms = [entity.node] if prop.secondary is None else [entity.node, prop.secondary]
        elements = [entity.selectable] if prop.secondary is None else [entity.selectable, prop.secondary]
        return select(1).select_from(*froms).where(and_(*conditions)).correlate_except(*elements).exists()

    def _target(self) -> tuple[Any, Find]:
        """Return the entity to look for, and how its columns are found; an alias where both sides are one table."""
        entity = self.entity
        if entity.is_aliased_class:
            return entity, _through(entity)
        if self._adapt_to_entity is not None or not self.prop.is_self_referential:
            return entity, lambda column: column
        alias = aliased_mapper(entity)
        return alias, _through(alias)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        if op in (eq, ne) or op.__name__ in ("contains_op", "contains"):
            return op(self, *other, **kwargs)
        raise NotImplementedError(f"{op.__name__} of relationship {self.prop}: compare its columns instead")

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"{op.__name__} of relationship {self.prop}: compare its columns instead")

    def in_(self, other: Any) -> Any:
        """Refuse: a relationship has no value of its own."""
        raise NotImplementedError(
            "in_() not yet supported for relationships.  For a simple many-to-one, use in_() against the set of "
            "foreign key values."
        )

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


def _through(entity: Any) -> Find:
    """Return the way from columns of the mapped table to those of an alias; other columns stay."""

    def find(column: Any) -> Any:
        found = entity.adapt_column(column)
        return column if found is None else found

    return find


class _Membership:
    """Makes the condition for membership by a secondary table, whose negation is not just NOT of it."""

    @staticmethod
    def of(condition: Any, exists: Callable[[], Any]) -> Any:
        """Return a copy of the condition that negates to NOT EXISTS."""
        cls: type[Any] = condition.__class__
        made = condition._copy()
        made.__class__ = _membership_class(cls)
        made.__dict__["_membership"] = exists
        return made


_classes: dict[type, type] = {}


def _membership_class(cls: type) -> type:
    found = _classes.get(cls)
    if found is None:

        def negated(self: Any) -> Any:
            return not_(self.__dict__["_membership"]())

        body = {"negated": negated, "inherit_cache": True, "__slots__": (), "__module__": cls.__module__}
        found = _classes[cls] = type(cls.__name__, (cls,), body)
    return found


def _checked(prop: Any, other: Any) -> Any:
    """Return the object that a relationship is compared with; raise ArgumentError where it is none."""
    if STATE not in getattr(other, "__dict__", ()) or isinstance(other, type):
        raise ArgumentError(
            "Mapped instance expected for relationship comparison to object.   Classes, queries and other SQL elements "
            f"are not accepted in this context; for comparison with a subquery, use {prop}.has(**criteria)."
        )
    return other


def _find_in(source: Any, alias: Any) -> Find:
    by_id = {id(column): found for column, found in zip(source.c, alias.c, strict=True)}
    return lambda column: by_id.get(id(column), column)


def _over(clause: Any, find: Find) -> Any:
    """Return a criterion with the columns of the target seen through an alias."""
    return replaced(clause, lambda node: find(bare_column(node)) if is_table_column(node) else None)
