"""What the collections of association proxies share: the collection behind them, and values of its members.

In: a function that gives the collection of objects, and how to make an object of a value, read it and set it. Out: the
base of lists, sets and dictionaries of values. Nothing is kept: every read goes to the collection of objects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

Function = Callable[..., Any]


class LazyCollection:
    """Gives the collection of objects that an instance holds now."""

    def __init__(self, obj: Any, target: str) -> None:
        self.parent = obj
        self.target = target

    def __call__(self) -> Any:
        return getattr(self.parent, self.target)


class AssociationCollection:
    """Values of the members of a collection of objects."""

    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __init__(
        self, lazy_collection: Any, creator: Function, getter: Function, setter: Function, parent: Any
    ) -> None:
        self.lazy_collection = lazy_collection
        self.creator = creator
        self.getter = getter
        self.setter = setter
        self.parent = parent
        """The proxy as its class has it."""

    @property
    def col(self) -> Any:
        """The collection of objects."""
        return self.lazy_collection()

    def _create(self, *values: Any) -> Any:
        return self.creator(*values)

    def _get(self, member: Any) -> Any:
        return self.getter(member)

    def __len__(self) -> int:
        return len(self.col)

    def __bool__(self) -> bool:
        return bool(self.col)

    def clear(self) -> None:
        """Remove all members."""
        self.col.clear()

    def __reduce__(self) -> Any:
        """Become instance and attribute: functions of classes need not be found again."""
        return getattr, (self.lazy_collection.parent, self.parent.attribute_name)

    def __copy__(self) -> Any:
        return type(self)(self.lazy_collection, self.creator, self.getter, self.setter, self.parent)

    def __deepcopy__(self, memo: Any) -> Any:
        return self.__copy__()
