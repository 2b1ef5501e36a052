"""Bundle: several columns of a SELECT that come as one item of the row.

In: columns or attributes. Out: an element of a columns clause. A subclass may say in `create_row_processor` what the
item is; by default it is a row with the columns' names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, ClassVar

from ...engine.row import named_row_class
from ...sql.clause import ClauseElement
from ...sql.coercion import as_column
from ...sql.collection import ColumnCollection
from ...sql.node import ATOM, NODES, Kind
from ...util.generics import SUBSCRIPTED
from ..mapping.entity import ENTITY
from ..mapping.streams import views

RowFunction = Callable[[Any], Any]


class Bundle(ClauseElement):
    """Columns under one name."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

    _structure: ClassVar[Mapping[str, Kind]] = {"name": ATOM, "exprs": NODES}
    plugin: ClassVar[str | None] = "orm"
    inherit_cache: ClassVar[bool | None] = True
    is_bundle: ClassVar[bool] = True
    is_mapper: ClassVar[bool] = False
    is_aliased_class: ClassVar[bool] = False
    single_entity: bool = False

    def __init_subclass__(cls, **kw: Any) -> None:
        super().__init_subclass__(**kw)
        if "inherit_cache" not in cls.__dict__:
            cls.inherit_cache = False  # what a program's own processor does, no key tells

    def __init__(self, name: str, *exprs: Any, single_entity: bool = False) -> None:
        self.name = name
        self.exprs = tuple([as_column(expr) for expr in exprs])
        if single_entity:
            self.single_entity = True

    def __str__(self) -> str:
        return object.__repr__(self)  # it has no SQL of its own

    @property
    def c(self) -> ColumnCollection:
        """The columns by key."""
        return ColumnCollection(
            [(getattr(expr, "key", None) or getattr(expr, "name", None), expr) for expr in self.exprs]
        )

    columns = c

    @property
    def clauses(self) -> tuple[Any, ...]:
        """The columns."""
        return self.exprs

    @property
    def entity(self) -> Any:
        """The mapped class that the first column belongs to, as `inspect()` tells it; None without."""
        return next((a[ENTITY].entity for e in self.exprs if ENTITY in (a := getattr(e, "_annotations", {}))), None)

    @property
    def mapper(self) -> Any:
        """The mapper of that class."""
        return None if self.entity is None else self.entity.mapper

    @property
    def entity_namespace(self) -> ColumnCollection:
        """Where `filter_by()` looks for names."""
        return self.c

    proxy_set: ClassVar[frozenset[Any]] = frozenset()

    def label(self, name: str) -> Bundle:
        """Return the bundle under another name."""
        return self._copy(name=name)

    def create_row_processor(self, query: Any, procs: Sequence[RowFunction], labels: Sequence[str]) -> RowFunction:
        """Return the function from a row to the item; `procs` take the single values out of it."""
        made = named_row_class(tuple(labels))

        def process(row: Any) -> Any:
            return made([proc(row) for proc in procs])

        return process

    def row_function(self, labels: Sequence[str | None]) -> RowFunction:
        """Return the function from the tuple of values to the item."""
        names = tuple([label or str(number) for number, label in enumerate(labels)])
        if type(self).create_row_processor is Bundle.create_row_processor:
            return named_row_class(names)
        return self.create_row_processor(None, [itemgetter(number) for number in range(len(names))], names)


class DictBundle(Bundle):
    """Columns that come as one dictionary."""

    inherit_cache: ClassVar[bool | None] = True

    def create_row_processor(
        self, query: Any, procs: Sequence[RowFunction], labels: Sequence[str]
    ) -> Callable[[Any], dict[str, Any]]:
        """Return the function from a row to a dictionary of its values."""

        def process(row: Any) -> dict[str, Any]:
            return {label: proc(row) for label, proc in zip(labels, procs, strict=True)}

        return process


class CompositeBundle(Bundle):
    """The columns of a composite attribute, which come as its object."""

    inherit_cache: ClassVar[bool | None] = False
    _structure: ClassVar[Mapping[str, Kind]] = {"name": ATOM, "exprs": NODES, "prop": ATOM}

    def __init__(self, prop: Any, exprs: Sequence[Any]) -> None:
        super().__init__(prop.key, *exprs)
        self.prop = prop

    def row_function(self, labels: Sequence[str | None]) -> RowFunction:
        made: RowFunction = self.prop.made_of
        return made


def spread(elements: Sequence[Any]) -> tuple[Any, ...]:
    """Return elements of ORDER BY or GROUP BY with the columns of composites in their place."""
    return tuple([one for element in elements for one in _spread(element)])


def _spread(element: Any) -> Sequence[Any]:
    """Return the columns of a composite, each with the direction that the composite has."""
    if isinstance(element, CompositeBundle):
        return element.exprs
    if getattr(element, "modifier", None) is None:
        return (element,)
    inner = _spread(element.element)
    return (element,) if len(inner) == 1 else [element._copy(element=one) for one in inner]


views.composite = CompositeBundle
