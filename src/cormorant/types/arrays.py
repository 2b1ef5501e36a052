"""Arrays of one type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from ..util import warn_deprecated
from . import operator_functions as ops
from .base import Comparator, Converting, TypeCannot, TypeEngine, to_instance
from .conversion import Conversion, as_processor, by, chain
from .custom_op import OperatorClass
from .numeric import INTEGERTYPE
from .text import Concatenable, Indexable

_USE_FUNCTIONS = (
    "The ARRAY.Comparator.any() and ARRAY.Comparator.all() methods for arrays are deprecated for removal, along with "
    "the PG-specific Any() and All() functions. See any_() and all_() functions for modern use."
)


class ARRAYComparator(Comparator[Any]):
    """Comparisons with the elements of an array."""

    __slots__ = ()

    def contains(self, *arg: Any, **kw: Any) -> Any:
        """Refuse: databases differ in it; their own array types have it."""
        raise TypeCannot(
            "ARRAY.contains() not implemented for the base ARRAY type; please use the dialect-specific ARRAY type"
        )

    def any(self, other: Any, operator: Any = None) -> Any:
        """Return `other operator ANY (array)`; equality by default."""
        warn_deprecated(_USE_FUNCTIONS, "2.1")
        return self.expr.default_operate(ops.any_op, other, comparison=operator or ops.eq)

    def all(self, other: Any, operator: Any = None) -> Any:
        """Return `other operator ALL (array)`; equality by default."""
        warn_deprecated(_USE_FUNCTIONS, "2.1")
        return self.expr.default_operate(ops.all_op, other, comparison=operator or ops.eq)


class ARRAY(Indexable, Concatenable[Any], TypeEngine[Any]):  # pyright: ignore[reportIncompatibleMethodOverride]
    """An array of `item_type` with one dimension or the number given."""

    is_generic: ClassVar[bool] = True
    Comparator: ClassVar[type[Any]] = ARRAYComparator
    comparator_factory = ARRAYComparator
    operator_classes = OperatorClass.ARRAY
    zero_indexes: bool = False

    def __init__(
        self, item_type: Any, as_tuple: bool = False, dimensions: int | None = None, zero_indexes: bool = False
    ) -> None:
        self.item_type = to_instance(item_type)
        if isinstance(self.item_type, ARRAY):
            raise ValueError("Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype")
        self.as_tuple = as_tuple
        self.dimensions = dimensions
        self.zero_indexes = zero_indexes

    @property
    def hashable(self) -> bool:
        """Whether values can be members of a set: tuples can."""
        return self.as_tuple

    @property
    def python_type(self) -> type[Any]:
        return list

    def compare_values(self, x: Any, y: Any) -> bool:
        return bool(x == y)

    def subscript(self, index: Any) -> tuple[Any, Any, TypeEngine[Any], TypeEngine[Any]]:
        if isinstance(index, slice):
            return ops.getitem, self._shifted_slice(index), INTEGERTYPE, self
        if self.zero_indexes and isinstance(index, int):
            index += 1
        if self.dimensions is None or self.dimensions == 1:
            return ops.getitem, index, INTEGERTYPE, self.item_type
        return ops.getitem, index, INTEGERTYPE, self.adapt(type(self), dimensions=self.dimensions - 1)

    def _shifted_slice(self, index: Any) -> Any:
        if not self.zero_indexes:
            return index
        start, stop = (None if end is None else end + 1 for end in (index.start, index.stop))
        return slice(start, stop, index.step)

    def _bind_conversion(self, dialect: Converting) -> Conversion | None:
        each = self._each(self.item_type.bind_conversion(dialect), list).function

        def bind(value: Any) -> Any:
            is_other = isinstance(value, Iterable) and not isinstance(value, (list, tuple, str, bytes, Mapping))
            return each(list(value) if is_other else value)  # pyright: ignore[reportUnknownArgumentType]

        return Conversion(bind)

    def _result_conversion(self, dialect: Converting) -> Conversion | None:
        item = self.item_type.result_conversion(dialect)
        own = dialect.result_conversion(self)
        if item is None and not self.as_tuple:
            return own
        return chain(own, self._each(item, tuple if self.as_tuple else list))

    def _literal_conversion(self, dialect: Converting) -> Conversion | None:
        own = dialect.literal_conversion(self)
        item = as_processor(self.item_type.literal_conversion(dialect))
        if own is not None:
            return own
        if item is None:
            return None

        def write(value: Any) -> str:
            if isinstance(value, (list, tuple)):
                return f"[{', '.join(write(part) for part in value)}]"  # pyright: ignore[reportUnknownVariableType]
            return str(item(value))

        return by(lambda value: f"ARRAY{write(value)}")

    def _each(self, item: Conversion | None, collection: Callable[[Any], Any]) -> Conversion:
        convert = as_processor(item)
        known = self.dimensions

        def each(value: Any, dimensions: int | None = known) -> Any:
            if not isinstance(value, (list, tuple)):
                return value if convert is None else convert(value)
            if dimensions == 1 or (dimensions is None and not holds_arrays(value)):
                items: Any = value  # pyright: ignore[reportUnknownVariableType]
                return collection(items if convert is None else [convert(part) for part in items])
            inner = None if dimensions is None else dimensions - 1
            return collection([each(part, inner) for part in value])  # pyright: ignore[reportUnknownVariableType]

        return Conversion(each)


ARRAY.affinity = ARRAY


def holds_arrays(value: Any) -> bool:
    """Tell whether a list is one of lists, from its first element: later ones may be documents."""
    return bool(value) and isinstance(value[0], (list, tuple))
