"""DynamicMapped, WriteOnlyMapped and relationship() as type checkers are to see them: the annotations themselves know
nothing of the collections that attributes hold.

In: nothing. Out: what `mapping.annotated` and `mapping.constructs` have, with types added while they are checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any, TypeVar, overload

    from ..mapping.annotated import Mapped
    from ..mapping.attribute import InstrumentedAttribute
    from ..mapping.relationship import RelationshipProperty
    from ..mapping.streamed import WriteOnlyCollection
    from .dynamic import AppenderQuery

    T = TypeVar("T")
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
        def __set__(self, instance: Any, value: Collection[T_co]) -> None: ...  # type: ignore[override]

    class WriteOnlyMapped(Mapped[T_co]):
        """The annotation of a write-only relationship."""

        @overload  # type: ignore[override]
        def __get__(self, instance: None, owner: Any) -> InstrumentedAttribute[T_co]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> WriteOnlyCollection[T_co]: ...
        def __get__(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, instance: object | None, owner: Any
        ) -> Any: ...
        def __set__(self, instance: Any, value: Collection[T_co]) -> None: ...  # type: ignore[override]

    class DeclaredRelationship(RelationshipProperty[T], WriteOnlyMapped[T], DynamicMapped[T]):  # pyright: ignore[reportIncompatibleMethodOverride]
        """What `relationship()` gives: it is assigned to attributes of all three annotations."""

        @overload  # type: ignore[override]
        def __get__(self, instance: None, owner: Any) -> InstrumentedAttribute[T]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> T: ...
        def __get__(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, instance: object | None, owner: Any
        ) -> Any: ...
        def __set__(self, instance: Any, value: Any) -> None: ...

    def relationship(argument: Any = None, secondary: Any = None, **kw: Any) -> DeclaredRelationship[Any]: ...

else:
    from ..mapping.annotated import DynamicMapped, WriteOnlyMapped
    from ..mapping.constructs import relationship

__all__ = ["DynamicMapped", "WriteOnlyMapped", "relationship"]
