"""Classes that programs subscript in annotations, though at run time there is nothing to know: `Mapper[User]`."""

from __future__ import annotations

from types import GenericAlias
from typing import Any


def subscripted(cls: type[Any], item: Any) -> GenericAlias:
    """Return a class with its arguments."""
    return GenericAlias(cls, item)


SUBSCRIPTED: Any = classmethod(subscripted)
"""What such a class has as `__class_getitem__`."""
