"""A list of related objects that keeps their positions: an attribute of each object holds its place in the list.

In: the name of that attribute. Out: a factory for `relationship(collection_class=...)`. The list numbers its members
when they are put in, taken out or moved; rows are read in the order that the relationship's `order_by` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, SupportsIndex, TypeVar

T = TypeVar("T")

OrderingFunc = Callable[[int, Sequence[Any]], object]
"""From an index and the list to the value of the attribute."""


def count_from_0(index: int, collection: object) -> int:
    """Return the index: positions 0, 1, 2."""
    return index


def count_from_1(index: int, collection: object) -> int:
    """Return positions 1, 2, 3."""
    return index + 1


class _CountFrom:
    """Positions from a number; a class, so that lists with it can be pickled."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.__name__ = f"count_from_{start}"

    def __call__(self, index: int, collection: object) -> int:
        return index + self.start


def count_from_n_factory(start: int) -> OrderingFunc:
    """Return a function that gives positions from a number."""
    return _CountFrom(start)


def ordering_list(
    attr: str,
    count_from: int | None = None,
    ordering_func: OrderingFunc | None = None,
    reorder_on_append: bool = False,
) -> Callable[[], OrderingList[Any]]:
    """Return a factory of lists that keep positions in the attribute `attr`.

    Positions begin with `count_from`, or are what `ordering_func(index, list)` returns. An appended object that has a
    position keeps it, unless `reorder_on_append`.
    """
    function = _function(count_from) if ordering_func is None else ordering_func
    return lambda: OrderingList(attr, function, reorder_on_append)


def _function(count_from: int | None) -> OrderingFunc:
    if count_from is None or count_from == 0:
        return count_from_0
    return count_from_1 if count_from == 1 else count_from_n_factory(count_from)


class OrderingList(list[T]):
    """A list that keeps the positions of its members."""

    ordering_attr: str
    ordering_func: OrderingFunc
    reorder_on_append: bool

    def __init__(
        self,
        ordering_attr: str | None = None,
        ordering_func: OrderingFunc | None = None,
        reorder_on_append: bool = False,
    ) -> None:
        super().__init__()
        self.ordering_attr = ordering_attr or ""
        self.ordering_func = count_from_0 if ordering_func is None else ordering_func
        self.reorder_on_append = reorder_on_append

    def _get_order_value(self, entity: Any) -> Any:
        return getattr(entity, self.ordering_attr)

    def _set_order_value(self, entity: Any, value: Any) -> None:
        setattr(entity, self.ordering_attr, value)

    def reorder(self) -> None:
        """Give each member the position of its place."""
        for index, entity in enumerate(self):
            self._order_entity(index, entity, True)

    def _order_entity(self, index: int, entity: Any, reorder: bool) -> None:
        present = self._get_order_value(entity)
        if present is not None and not reorder:
            return
        wanted = self.ordering_func(index, self)
        if present != wanted:
            self._set_order_value(entity, wanted)

    def append(self, entity: T) -> None:
        """Add a member at the end."""
        super().append(entity)
        self._order_entity(len(self) - 1, entity, self.reorder_on_append)

    def extend(self, entities: Iterable[T]) -> None:
        """Add members at the end."""
        for entity in list(entities):
            self.append(entity)

    def __iadd__(self, entities: Iterable[T]) -> Self:  # type: ignore[override, misc]
        self.extend(entities)
        return self

    def insert(self, index: SupportsIndex, entity: T) -> None:
        """Put a member in; the later ones move."""
        super().insert(index, entity)
        self.reorder()

    def remove(self, entity: T) -> None:
        """Take a member out; the later ones move."""
        super().remove(entity)
        self.reorder()

    def pop(self, index: SupportsIndex = -1) -> T:
        """Take a member out and return it; the later ones move."""
        entity = super().pop(index)
        self.reorder()
        return entity

    def __setitem__(self, index: Any, entity: Any) -> None:
        super().__setitem__(index, entity)
        if isinstance(index, slice):
            self.reorder()
        else:
            self._order_entity(index + len(self) if index < 0 else index, entity, True)

    def __delitem__(self, index: Any) -> None:
        super().__delitem__(index)
        self.reorder()


__all__ = ["OrderingFunc", "OrderingList", "count_from_0", "count_from_1", "count_from_n_factory", "ordering_list"]
