"""What operators and methods mean on a mapped attribute; users subclass these as `comparator_factory`.

In: a property and the entity (mapper or aliased class) that it is seen through. Out: SQL expressions.
"""

from __future__ import annotations

from typing import Any, ClassVar

from ...types.operators import ColumnOperators
from ...types.operators import and_ as and_op
from ...util import memoized
from ...util.generics import SUBSCRIPTED


class PropComparator(ColumnOperators):
    """The operators of one property, seen through one entity."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

    def __init__(self, prop: Any, parentmapper: Any, adapt_to_entity: Any = None) -> None:
        self.prop = prop
        self._parententity = adapt_to_entity or parentmapper
        self._adapt_to_entity = adapt_to_entity

    def __clause_element__(self) -> Any:
        """Return the expression that the property stands for."""
        raise TypeError(f"{self.prop} stands for no single SQL expression")

    @property
    def parent(self) -> Any:
        """The mapper or aliased class."""
        return self._parententity

    @property
    def adapter(self) -> Any:
        """A function that turns columns of the table into those of the alias; None without alias."""
        return None if self._adapt_to_entity is None else self._adapt_to_entity.adapt

    def adapt_to_entity(self, adapt_to_entity: Any) -> Any:
        """Return the comparator of the same property, seen through an aliased class."""
        return type(self)(self.prop, adapt_to_entity.mapper, adapt_to_entity)

    @property
    def info(self) -> dict[str, Any]:
        """The dictionary for the program's own use, shared with the property."""
        info: dict[str, Any] = self.prop.info
        return info

    @staticmethod
    def any_op(a: Any, b: Any, **kwargs: Any) -> Any:
        """The operator behind `any()`."""
        return a.any(b, **kwargs)

    @staticmethod
    def has_op(a: Any, b: Any, **kwargs: Any) -> Any:
        """The operator behind `has()`."""
        return a.has(b, **kwargs)

    @staticmethod
    def of_type_op(a: Any, class_: Any) -> Any:
        """The operator behind `of_type()`."""
        return a.of_type(class_)

    def of_type(self, class_: Any) -> Any:
        """Return the relationship as leading to a subclass or an aliased class."""
        return self.operate(PropComparator.of_type_op, class_)

    def and_(self, *criteria: Any) -> Any:
        """Return the relationship with more criteria in its join condition."""
        return self.operate(and_op, *criteria)

    def any(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that some member of the collection fulfils the criteria."""
        return self.operate(PropComparator.any_op, criterion, **kwargs)

    def has(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Return the condition that the related object fulfils the criteria."""
        return self.operate(PropComparator.has_op, criterion, **kwargs)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        return op(self.__clause_element__(), *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        return op(other, self.__clause_element__(), **kwargs)

    @memoized
    def property(self) -> Any:
        """The property; a subclass of a program may set it itself."""
        return self.prop


class ColumnComparator(PropComparator):
    """The operators of a column: those of its type."""

    @memoized
    def expression(self) -> Any:
        """The column with its entity."""
        return self._parententity.column_expression(self.prop)

    @memoized
    def expressions(self) -> tuple[Any, ...]:
        """All columns of the attribute, with their entity."""
        return tuple([self._parententity.column_expression(self.prop, n) for n in range(len(self.prop.columns))])

    def __clause_element__(self) -> Any:
        return self.expression

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("prop", "_parententity", "expression"):
            raise AttributeError(name)
        return getattr(self.expression, name)
