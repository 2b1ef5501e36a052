"""The attributes of a mapped class: one object is the descriptor of instances and the SQL expression of the class.

In: a property and a class manager. Out: `User.id`, which stores and reads on instances (`orm.instance`) and is an
operand in statements. `QueryableAttribute` is the expression half alone; aliased classes have nothing else.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from typing_extensions import TypeVar

from ...exc import InvalidRequestError
from ...inspection import register
from ...kernels._attributes import TrackedAttribute
from ...sql.column import ColumnElement, SQLCoreOperations, has_plain_operators
from ...types.base import TypeEngine
from ...types.operators import ColumnOperators, eq
from ...util import NO_ARG, memoized
from ..instance.attribute import ReferenceAttribute, ScalarAttribute
from ..instance.collection_attribute import CollectionAttribute
from ..instance.inspected import InspectionAttr
from ..instance.streamed import StreamedAttribute
from .streams import views

_PLAIN_COMPARISON: Any = TypeEngine[Any].compare_values
T = TypeVar("T", default=Any)


class SQLORMExpression(SQLCoreOperations[T]):
    """A mapped attribute, or anything of the ORM that stands for a SQL expression of type `T`."""

    __slots__ = ()


class QueryableAttribute(SQLORMExpression[T], ColumnOperators, InspectionAttr, Generic[T]):
    """A mapped attribute as part of SQL, seen through `parent`: a mapper or an aliased class."""

    is_attribute: ClassVar[bool] = True
    is_annotation: ClassVar[bool] = True

    key: str
    prop: Any
    parent: Any
    class_: Any

    if TYPE_CHECKING:  # found in the comparator

        @property
        def type(self) -> TypeEngine[T]: ...

    __hash__ = object.__hash__

    @memoized
    def comparator(self) -> Any:
        """What operators mean here."""
        self.prop.parent.ensure_configured()
        return self.make_comparator(self.prop)

    def make_comparator(self, prop: Any) -> Any:
        """Return the comparator for the property."""
        factory = getattr(prop, "comparator_factory", None) or prop.default_comparator
        return factory(prop, self.parent.mapper, self.parent if self.parent.is_aliased_class else None)

    @memoized
    def expression(self) -> Any:
        """The SQL expression, which carries the entity it belongs to."""
        return self.comparator.__clause_element__()

    def __clause_element__(self) -> Any:
        return self.expression

    @property
    def info(self) -> dict[str, Any]:
        """The dictionary for the program's own use, shared with the property."""
        info: dict[str, Any] = self.prop.info
        return info

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        return op(self.comparator, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        return op(other, self.comparator, **kwargs)

    def any(self, criterion: Any = None, **kwargs: Any) -> ColumnElement[bool]:
        """Return the condition that some member of the collection fulfils the criteria."""
        found: ColumnElement[bool] = self.comparator.any(criterion, **kwargs)
        return found

    def has(self, criterion: Any = None, **kwargs: Any) -> ColumnElement[bool]:
        """Return the condition that the related object fulfils the criteria."""
        found: ColumnElement[bool] = self.comparator.has(criterion, **kwargs)
        return found

    def label(self, name: str | None) -> ColumnElement[T]:
        """Return the expression under a name."""
        found: ColumnElement[T] = self.__clause_element__().label(name)
        return found

    def cast(self, type_: Any) -> ColumnElement[Any]:
        """Return a CAST of the expression."""
        found: ColumnElement[Any] = self.__clause_element__().cast(type_)
        return found

    def of_type(self, entity: Any) -> QueryableAttribute[Any]:
        """Return the relationship as leading to a subclass or an aliased class."""
        return self._varied(self.comparator.of_type(entity))

    def and_(self, *clauses: Any) -> QueryableAttribute[T]:
        """Return the relationship with more criteria in its join condition."""
        return self._varied(self.comparator.and_(*clauses))

    def adapt_to_entity(self, adapt_to_entity: Any) -> AliasedAttribute[T]:
        """Return the attribute as seen through an aliased class."""
        return AliasedAttribute(self.prop, adapt_to_entity)

    def _varied(self, comparator: Any) -> AliasedAttribute[T]:
        made: AliasedAttribute[T] = AliasedAttribute(self.prop, self.parent)
        made.__dict__["comparator"] = comparator
        return made

    @property
    def of_type_entity(self) -> Any:
        """What `of_type()` narrowed the relationship to, or None."""
        return self.comparator.of_type_entity

    @property
    def extra_criteria(self) -> tuple[Any, ...]:
        """What `and_()` added to the join condition."""
        criteria: tuple[Any, ...] = self.comparator.extra_criteria
        return criteria

    def __str__(self) -> str:
        return f"{self.class_.__name__}.{self.key}"

    @property
    def property(self) -> Any:
        """The property behind the attribute, all mappers configured."""
        self.prop.parent.ensure_configured()
        return self.prop

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__name__} object at {id(self):#x}>"


class Delegating:
    """Looks up what an attribute does not have itself in its comparator: methods of types and of programs.

    Kept out of ordinary attributes, because a class with `__getattr__` is slower in everything else.
    """

    key: str
    comparator: Any

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("prop", "parent", "comparator", "expression", "key", "class_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        try:
            return getattr(self.comparator, name)
        except AttributeError:
            raise AttributeError(
                f"Neither {type(self).__name__!r} object nor {type(self.comparator).__name__!r} object associated with "
                f"{self} has an attribute {name!r}"
            ) from None


class AliasedAttribute(Delegating, QueryableAttribute[T]):
    """An attribute seen through an aliased class, or a relationship narrowed by `of_type()` or `and_()`."""

    def __init__(self, prop: Any, parent: Any) -> None:
        self.prop = prop
        self.key = prop.key
        self.parent = parent
        self.class_ = parent.entity
        self.impl = getattr(parent.mapper.class_, prop.key)
        self.__doc__ = prop.doc

    def __reduce__(self) -> Any:
        comparator = self.__dict__.get("comparator")
        return type(self), (self.prop, self.parent), {} if comparator is None else {"comparator": comparator}

    def __str__(self) -> str:
        return f"{getattr(self.parent, 'display_name', self.prop.parent.class_.__name__)}.{self.key}"


class InstrumentedAttribute(QueryableAttribute[T]):
    """An attribute on a mapped class; the concrete classes below add the descriptor."""

    inherit_cache: ClassVar[bool] = True

    manager: Any

    def bind(self, prop: Any, manager: Any, mapper: Any) -> None:
        """Tie a new attribute to its property, class manager and mapper."""
        self.prop = prop
        self.manager = manager
        self.parent = mapper
        self.class_ = manager.class_
        self.__doc__ = prop.doc

    @property
    def impl(self) -> Any:
        """The descriptor: the attribute itself."""
        return self

    def hasparent(self, state: Any, optimistic: bool = False) -> bool:
        """Tell whether an instance has a parent through this relationship."""
        return bool(state.has_parent(self.impl.wire, optimistic))

    def __reduce__(self) -> Any:
        return getattr, (self.class_, self.key)


class ColumnAttribute(InstrumentedAttribute[T], ScalarAttribute):
    """A column, or a SQL expression that is loaded with the instance."""

    def __init__(self, prop: Any, manager: Any, mapper: Any) -> None:
        ScalarAttribute.__init__(self, prop.key)
        self.bind(prop, manager, mapper)
        self.active_history = prop.active_history or bool(getattr(prop.columns[0], "primary_key", False))
        if prop.default_scalar is not NO_ARG:
            self.set_default(None if callable(prop.default_scalar) else prop.default_scalar)
        type_ = prop.columns[0].type
        if type_.__class__.compare_values is not _PLAIN_COMPARISON:
            self.is_equal = type_.compare_values
        self._is_ordinary = prop.comparator_factory is None

    @memoized
    def expression(self) -> Any:
        """The column with its entity."""
        return self.parent.column_expression(self.prop) if self._is_ordinary else self.comparator.__clause_element__()

    @property
    def expressions(self) -> tuple[Any, ...]:
        """All columns of the attribute, with their entity; most attributes have one."""
        found: tuple[Any, ...] = self.comparator.expressions
        return found

    @property
    def property(self) -> Any:
        """The property behind the attribute, which is complete before mappers are configured."""
        return self.prop

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        if self._is_ordinary:
            return op(self.expression, *other, **kwargs)
        return op(self.comparator, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        if self._is_ordinary:
            return op(other, self.expression, **kwargs)
        return op(other, self.comparator, **kwargs)

    def __eq__(self, other: object) -> Any:  # the commonest operator, without the detour
        return self.expression == other if self._is_ordinary else self.operate(eq, other)

    __hash__ = object.__hash__


class PendingRelationship(Delegating, InstrumentedAttribute[T], TrackedAttribute):
    """A relationship before configuration has told whether it holds one object or several; then it becomes final.

    It has the layout of the final attributes, so that it can become one in place: who holds it holds that.
    """

    def __init__(self, prop: Any, manager: Any, mapper: Any) -> None:
        TrackedAttribute.__init__(self, prop.key, False)
        self.bind(prop, manager, mapper)

    def become(self, kind: type[Any]) -> Any:
        """Turn into the final attribute."""
        given = (self.prop, self.manager, self.parent)
        self.__dict__.clear()
        self.__class__ = kind
        final: Any = self
        final.__init__(*given)
        return final

    @property
    def impl(self) -> Any:
        """The attribute itself, once it is final."""
        return self._final()

    def _final(self) -> Any:
        self.prop.parent.ensure_configured()
        if type(self) is PendingRelationship:
            raise InvalidRequestError(f"relationship {self} cannot be used while mappers are being configured")
        return self

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        return self if obj is None else self._final().__get__(obj, owner)

    def __set__(self, obj: Any, value: Any) -> None:
        self._final().__set__(obj, value)

    def __delete__(self, obj: Any) -> None:
        self._final().__delete__(obj)


class TypedColumnAttribute(Delegating, ColumnAttribute[T]):
    """A column whose type, or whose property, has operators of its own."""


COLUMN_MEMBERS = (
    "autoincrement",
    "base_columns",
    "comment",
    "compare",
    "compile",
    "constraints",
    "default",
    "description",
    "foreign_keys",
    "index",
    "is_literal",
    "name",
    "nullable",
    "onupdate",
    "primary_key",
    "proxy_set",
    "references",
    "self_group",
    "server_default",
    "server_onupdate",
    "shares_lineage",
    "table",
    "type",
    "unique",
    "_annotate",
    "_annotations",
    "_deannotate",
    "_label",
)
"""What a column attribute shows of its column."""

for _name in COLUMN_MEMBERS:
    setattr(ColumnAttribute, _name, property(attrgetter(f"expression.{_name}")))


def column_attribute(prop: Any, manager: Any, mapper: Any) -> ColumnAttribute[Any]:
    """Return the attribute for a column: a plain one, unless its type or property has operators of its own."""
    is_plain = prop.comparator_factory is None and has_plain_operators(prop.columns[0].type)
    made = (ColumnAttribute if is_plain else TypedColumnAttribute)(prop, manager, mapper)
    made.is_stored = not (prop.deferred or prop.is_expression)
    return made


class RelationshipMembers:
    """What the attribute of a relationship shows of it."""

    prop: Any

    @property
    def mapper(self) -> Any:
        """The mapper that the relationship leads to."""
        return self.prop.mapper

    @property
    def entity(self) -> Any:
        """The mapper or aliased class that the relationship leads to."""
        return self.prop.entity


class RelationshipReference(RelationshipMembers, InstrumentedAttribute[T], ReferenceAttribute):
    """A relationship to one object."""

    def __init__(self, prop: Any, manager: Any, mapper: Any) -> None:
        ReferenceAttribute.__init__(self, prop.key)
        self.bind(prop, manager, mapper)
        self.wire = prop.wire
        self.active_history = prop.active_history


class RelationshipCollection(RelationshipMembers, InstrumentedAttribute[T], CollectionAttribute):
    """A relationship to several objects."""

    def __init__(self, prop: Any, manager: Any, mapper: Any) -> None:
        CollectionAttribute.__init__(self, prop.key)
        self.bind(prop, manager, mapper)
        self.wire = prop.wire


class RelationshipStream(RelationshipMembers, InstrumentedAttribute[T], StreamedAttribute):
    """A relationship to objects that are never in memory as a whole."""

    def __init__(self, prop: Any, manager: Any, mapper: Any) -> None:
        StreamedAttribute.__init__(self, prop.key)
        self.bind(prop, manager, mapper)
        self.wire = prop.wire
        self.loads_all = prop.lazy == "dynamic"

    def view(self, attribute: Any, state: Any) -> Any:
        """Return what a read gives."""
        return getattr(views, self.prop.lazy)(attribute, state)


register(QueryableAttribute)

__all__ = [
    "AliasedAttribute",
    "ColumnAttribute",
    "InstrumentedAttribute",
    "PendingRelationship",
    "QueryableAttribute",
    "RelationshipCollection",
    "RelationshipReference",
    "RelationshipStream",
]
