"""What a mapper maps: the base of all properties, and columns.

A property is data about one attribute of one mapper. It makes the attribute's descriptor but does not load or store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic

from typing_extensions import TypeVar

from ...exc import ArgumentError
from ...sql.naming import PROXY_KEY
from ...sql.simple import Null
from ...util import NO_ARG
from ..instance.inspected import InspectionAttr
from .comparators import ColumnComparator
from .entity import PROPERTY
from .synonyms import SynonymAttribute

if TYPE_CHECKING:  # for type checkers, what declares an attribute is assigned to one that is annotated as `Mapped`
    from .annotated import Mapped as Declared
else:
    Declared = Generic

T = TypeVar("T", default=Any)


class MapperProperty(InspectionAttr, Generic[T]):
    """One mapped attribute of one mapper."""

    is_property: ClassVar[bool] = True
    is_column: ClassVar[bool] = False
    is_relationship: ClassVar[bool] = False
    is_synonym: ClassVar[bool] = False
    is_composite: ClassVar[bool] = False
    is_annotation: ClassVar[bool] = True

    default_comparator: ClassVar[Any] = None
    """What operators on the attribute mean, unless `comparator_factory` says otherwise."""

    cascade: Any = None
    """What follows the parent; only relationships have cascades."""
    dataclass_options: ClassVar[dict[str, Any]] = {}
    """What the program said of the attribute as a dataclass field; the functions that declare properties set it."""
    key: str = ""
    parent: Any = None
    """The mapper; that of the class where the property was declared, also in subclasses."""
    doc: str | None = None
    info: dict[str, Any]

    def __init__(self, info: dict[str, Any] | None = None, doc: str | None = None) -> None:
        self.info = {} if info is None else info
        self.doc = doc

    @property
    def class_attribute(self) -> Any:
        """The descriptor on the mapped class."""
        return getattr(self.parent.class_, self.key)

    def instrument_class(self, mapper: Any) -> None:
        """Put an attribute on the mapped class; for properties of programs, which have no descriptor of ours."""

    def init(self) -> None:
        """Do what is left once the mappers are configured; for properties of programs."""

    def make_descriptor(self, manager: Any, mapper: Any) -> Any:
        """Return the attribute for a class: what `instrument_class()` puts there, else what is there."""
        self.instrument_class(mapper)
        return manager.class_.__dict__.get(self.key, self)

    def __copy__(self) -> Any:
        return self.copied() if self.parent is None else self

    def __deepcopy__(self, memo: Any) -> Any:
        return self.__copy__()

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Become mapper and key, once it is part of a mapper."""
        return super().__reduce_ex__(protocol) if self.parent is None else (property_of, (self.parent, self.key))

    def copied(self) -> Any:
        """Return a property of the same content without mapper, for another class."""
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.parent = None
        new.info = dict(self.info)
        return new

    def __str__(self) -> str:
        return self.key if self.parent is None else f"{self.parent.class_.__name__}.{self.key}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {id(self):#x}; {self.key or 'no key'}>"


def property_of(mapper: Any, key: str) -> MapperProperty:
    """Return the property of a mapper: how a pickle names it."""
    found: MapperProperty = mapper.properties[key]
    return found


class ColumnProperty(MapperProperty[T], Declared[T]):
    """One column, several columns that always hold the same value, or a SQL expression."""

    is_column: ClassVar[bool] = True
    is_query_expression: ClassVar[bool] = False
    strategy_wildcard_key: ClassVar[str] = "column"
    inherit_cache: ClassVar[bool] = True
    Comparator: ClassVar[type[ColumnComparator]] = ColumnComparator
    default_comparator: ClassVar[Any] = ColumnComparator

    def __init__(
        self,
        column: Any,
        *additional_columns: Any,
        group: str | None = None,
        deferred: bool = False,
        raiseload: bool = False,
        comparator_factory: Any = None,
        active_history: bool = False,
        expire_on_flush: bool = True,
        default_scalar: Any = NO_ARG,
        info: dict[str, Any] | None = None,
        doc: str | None = None,
    ) -> None:
        super().__init__(info, doc)
        self.default_scalar = default_scalar
        """What a new object's unset attribute reads as, where it is not None."""
        self.columns: list[Any] = [column, *additional_columns]
        """The columns; the first is the one that is read."""
        self.group = group
        self.deferred = deferred
        self.raiseload = raiseload
        self.comparator_factory = comparator_factory
        self.active_history = active_history
        self.expire_on_flush = expire_on_flush
        if info is None:
            self.info = getattr(column, "info", None) or self.info
        if doc is None:
            self.doc = getattr(column, "doc", None)

    @property
    def expression(self) -> Any:
        """The column that is read, or the expression under a name."""
        column = self.columns[0]
        return column if column.is_table_column or column.is_label else column.label(None)

    @property
    def annotations(self) -> dict[str, Any]:
        """What the column carries as an attribute: the attribute's key, and that rows and subqueries call it so."""
        column, key = self.columns[0], self.key
        return {PROPERTY: key} if getattr(column, "key", None) == key else {PROPERTY: key, PROXY_KEY: key}

    @property
    def is_expression(self) -> bool:
        """Whether it is a SQL expression, which is read and never written."""
        return not hasattr(self.columns[0], "nullable") or getattr(self.columns[0], "table", None) is None

    @property
    def type(self) -> Any:
        """The type of the column."""
        return self.columns[0].type

    def copied(self) -> ColumnProperty:
        new: ColumnProperty = super().copied()
        new.columns = list(self.columns)
        return new


MappedSQLExpression = ColumnProperty
"""What `column_property()` and `query_expression()` return, by its other public name."""


class QueryExpression(ColumnProperty[T]):
    """An attribute that each statement may give an expression of its own; None where it gives none."""

    is_query_expression: ClassVar[bool] = True

    @property
    def is_loaded(self) -> bool:
        """Whether it has an expression by default."""
        return not isinstance(self.columns[0], Null)


class SynonymProperty(MapperProperty[T], Declared[T]):
    """Another name for a mapped attribute."""

    is_synonym: ClassVar[bool] = True

    def __init__(
        self,
        name: str,
        map_column: bool | None = None,
        descriptor: Any = None,
        comparator_factory: Any = None,
        info: dict[str, Any] | None = None,
        doc: str | None = None,
    ) -> None:
        super().__init__(info, doc)
        if not name:
            raise ArgumentError("synonym() needs the name of the attribute it stands for")
        self.name = name
        self.map_column = map_column
        self.descriptor = descriptor
        self.comparator_factory = comparator_factory

    @property
    def target(self) -> MapperProperty:
        """The property that it stands for."""
        found: MapperProperty = self.parent.get_property(self.name)
        return found

    @property
    def columns(self) -> list[Any]:
        """The columns of the attribute that it stands for."""
        target: Any = self.target
        return list(target.columns)

    def make_descriptor(self, manager: Any, mapper: Any) -> Any:
        """Return the attribute for a class."""
        return SynonymAttribute(self, manager, mapper)


Synonym = SynonymProperty
