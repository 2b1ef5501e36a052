"""DynamicMapped as type checkers are to see it: its attribute is an AppenderQuery, which the mapping knows nothing of.

In: nothing. Out: the class that `mapping.annotated` has, with types added while they are checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any, TypeVar, overload

    from ..mapping.annotated import Mapped
    from ..mapping.attribute import InstrumentedAttribute
    from .dynamic import AppenderQuery

    T_co = TypeVar("T_co", covariant=True)

    class DynamicMapped(Mapped[T_co]):
        """The annotation of a dynamic relationship: `posts: DynamicMapped[Post]`."""

        @overload  # type: ignore[override]
        def __get__(self, instance: None, owner: Any) -> InstrumentedAttribute[T_co]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> AppenderQuery[T_co]: ...
        def __get__(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, instance: object | None, owner: Any
        ) -> Any: ...
        def __set__(self, instance: Any, value: Collection[T_co]) -> None: ...

else:
    from ..mapping.annotated import DynamicMapped

__all__ = ["DynamicMapped"]
