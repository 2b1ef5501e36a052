"""Attributes for single elements of a document or array: `User.name` for `User.data["name"]`.

In: the name of an attribute that holds a dictionary or list, and an index. Out: a hybrid property that reads and writes
the element on instances and is the indexed expression on the class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ..inspection import inspect
from ..orm.instance.access import flag_modified
from .hybrid import hybrid_property

T = TypeVar("T")

_NO_DEFAULT: Any = object()


class index_property(hybrid_property[T]):  # noqa: N801 - public name
    """One element of the value of another attribute.

    `default` is read where there is none; `datatype` makes the value where an element is set and there is no value yet;
    a read-only property is `mutable=False`. Integer indexes count from 0 here and from 1 in SQL, unless `onebased` is
    False. Subclasses may extend `expr(model)`, for example by a cast.
    """

    def __init__(
        self,
        attr_name: str,
        index: int | str,
        default: Any = _NO_DEFAULT,
        datatype: Callable[[], Any] | None = None,
        mutable: bool = True,
        onebased: bool = True,
    ) -> None:
        setter, deleter = (self.fset, self.fdel) if mutable else (None, None)
        super().__init__(self.fget, setter, deleter, self.expr)
        self.attr_name = attr_name
        self.index = index
        self.default = default
        is_number = isinstance(index, int)
        self.onebased = is_number and onebased
        self.datatype: Callable[[], Any] = datatype or (self._list_up_to_index if is_number else dict)

    def _copy(self, **changed: Any) -> Any:
        raise AttributeError("an index_property is varied by a subclass, not by the decorators of hybrid_property")

    def _list_up_to_index(self) -> list[Any]:
        return [None] * (int(self.index) + 1)

    def _missing(self, error: Exception | None = None) -> Any:
        if self.default is _NO_DEFAULT:
            raise AttributeError(self.attr_name) from error
        return self.default

    def fget(self, instance: Any, /) -> Any:
        """Return the element of an instance."""
        held = getattr(instance, self.attr_name)
        if held is None:
            return self._missing()
        try:
            return held[self.index]
        except (KeyError, IndexError) as error:
            return self._missing(error)

    def fset(self, instance: Any, value: Any) -> None:
        """Set the element of an instance."""
        held = getattr(instance, self.attr_name, None)
        if held is None:
            held = self.datatype()
            setattr(instance, self.attr_name, held)
        held[self.index] = value
        self._changed(instance, held)

    def fdel(self, instance: Any) -> None:
        """Delete the element of an instance."""
        held = getattr(instance, self.attr_name)
        if held is None:
            raise AttributeError(self.attr_name)
        try:
            del held[self.index]
        except KeyError as error:
            raise AttributeError(self.attr_name) from error
        self._changed(instance, held)

    def _changed(self, instance: Any, held: Any) -> None:
        setattr(instance, self.attr_name, held)
        if self.attr_name in inspect(instance).mapper.class_manager.attributes:
            flag_modified(instance, self.attr_name)

    def expr(self, model: Any) -> Any:
        """Return the element as SQL."""
        column = getattr(model, self.attr_name)
        return column[int(self.index) + 1] if self.onebased else column[self.index]


__all__ = ["index_property"]
