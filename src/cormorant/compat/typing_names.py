"""Stand-ins for names that programs use in annotations only.

Each can be subscripted and put into a union; none says more than "anything", because the annotations of Cormorant's own
functions say it with their own types.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

T = TypeVar("T")

Argument = Annotated[T | Any, "argument of a statement"]
"""A type that takes one parameter."""
Anything = Any
"""A type that takes none."""


class Role(Generic[T]):
    """A generic class to name in annotations."""
