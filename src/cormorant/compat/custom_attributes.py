"""Attributes whose reading and writing a package brings along, in a class of SQLAlchemy's private attribute interface.

In: what a property's `instrument_class()` says. Out: a descriptor on the mapped class that asks the package's object,
for values with `get(state, dict_, passive)` and `set(state, dict_, value, initiator)`, in SQL with its comparator.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from ..event import listen
from ..orm.instance.access import instance_state
from ..orm.instance.manager import manager_of_class
from ..orm.instance.symbols import PASSIVE_OFF
from ..orm.mapping.attribute import Delegating, InstrumentedAttribute


class ScalarAttributeImpl:
    """The base of what a package brings along: the value is what the instance's dictionary has."""

    def __init__(
        self,
        class_: type,
        key: str,
        *_dispatch: Any,
        parent_token: Any = None,
        **_options: Any,
    ) -> None:
        self.class_ = class_
        self.key = key
        self.parent_token = parent_token

    def get(self, state: Any, dict_: dict[str, Any], passive: Any = PASSIVE_OFF) -> Any:
        """Return the value."""
        return dict_.get(self.key)

    def set(self, state: Any, dict_: dict[str, Any], value: Any, initiator: Any = None, **_options: Any) -> None:
        """Keep a value."""
        dict_[self.key] = value


class CustomAttribute(Delegating, InstrumentedAttribute[Any]):
    """The descriptor: values by the package's object, operators by its comparator."""

    def __init__(self, prop: Any, manager: Any, mapper: Any, impl: Any, comparator: Any) -> None:
        self.key = prop.key
        self.bind(prop, manager, mapper)
        self.__dict__.update(impl_object=impl, comparator=comparator)

    @property
    def impl(self) -> Any:
        """The package's object."""
        return self.__dict__["impl_object"]

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        own = getattr(self.comparator, f"__{op.__name__}__", None)
        return super().operate(op, *other, **kwargs) if own is None else own(*other, **kwargs)

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        return self if obj is None else self.impl.get(instance_state(obj), obj.__dict__)

    def __set__(self, obj: Any, value: Any) -> None:
        self.impl.set(instance_state(obj), obj.__dict__, value, None)

    def __delete__(self, obj: Any) -> None:
        self.__set__(obj, None)


def register_attribute(
    class_: type, key: str, *, comparator: Any, parententity: Any, impl_class: Any, parent_token: Any, **_options: Any
) -> CustomAttribute:
    """Put an attribute on a mapped class."""
    impl = impl_class(class_, key, None, parent_token=parent_token)
    made = CustomAttribute(parent_token, manager_of_class(class_), parententity, impl, comparator)
    type.__setattr__(class_, key, made)
    listen(class_, "expire", partial(forget, key), propagate=True)
    return made


def forget(key: str, target: Any, attrs: Any) -> None:
    """Let go of a value when the instance expires, as of those of columns."""
    if attrs is None or key in attrs:
        target.__dict__.pop(key, None)
