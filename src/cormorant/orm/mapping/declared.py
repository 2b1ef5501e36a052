"""declared_attr: attributes of mixins and abstract classes, computed once per mapped class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, overload

from ...sql.column import SQLCoreOperations
from ...util import warn_deprecated
from ..instance.manager import MANAGER_ATTR
from .annotated import Mapped
from .attribute import InstrumentedAttribute

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Declaring = Callable[..., Mapped[T] | SQLCoreOperations[T]]
"""A method that gives an attribute."""


SCANNED: dict[type, dict[Any, Any]] = {}
"""What the methods have given to the classes that are being scanned: one that asks another gets the same object."""


class declared_attr(Mapped[T]):  # noqa: N801 - used as a decorator
    """Marks a method of a mixin whose result is an attribute of each mapped class.

    `@declared_attr.directive` is for `__tablename__` and its like, `@declared_attr.cascading` also reaches subclasses
    of mapped classes.
    """

    is_cascading = False
    is_directive = False

    if TYPE_CHECKING:
        cascading: ClassVar[CascadingKind]
        directive: ClassVar[DirectiveKind]

    def __init__(self, fn: Declaring[T], cascading: bool = False, quiet: bool = False) -> None:
        self.fget = getattr(fn, "__func__", fn)
        self.is_cascading = cascading
        self.__doc__ = fn.__doc__

    @overload
    def __get__(self, instance: None, owner: Any = None) -> InstrumentedAttribute[T]: ...
    @overload
    def __get__(self, instance: object, owner: Any = None) -> T: ...
    def __get__(self, instance: object | None, owner: Any = None) -> Any:
        return self._made_for(instance.__class__ if owner is None else owner)

    def _made_for(self, class_: type[Any]) -> Any:
        made = SCANNED.get(class_)
        if made is None:
            return self.fget(class_)
        if self not in made:
            made[self] = self.fget(class_)
        return made[self]


class _Kind:
    """`declared_attr.cascading` and `declared_attr.directive`: decorators, also with each other's name behind them."""

    def __init__(self, cascading: bool, directive: bool) -> None:
        self.is_cascading = cascading
        self.is_directive = directive

    def __call__(self, fn: Callable[..., Any]) -> declared_attr[Any]:
        made: declared_attr[Any] = declared_attr(fn, cascading=self.is_cascading)
        made.is_directive = self.is_directive
        return made

    @property
    def cascading(self) -> _Kind:
        """The same, reaching subclasses too."""
        return _Kind(True, self.is_directive)

    @property
    def directive(self) -> _Kind:
        """The same, for `__tablename__` and its like."""
        return _Kind(self.is_cascading, True)


if TYPE_CHECKING:  # what type checkers are to think of `_Kind`

    class Directive(Protocol[T_co]):
        """What a decorated method is: its own result."""

        def __get__(self, instance: object | None, owner: Any) -> T_co: ...

    class DirectiveKind(Protocol):
        """`declared_attr.directive`"""

        def __call__(self, fn: Callable[..., T]) -> Directive[T]: ...
        @property
        def cascading(self) -> DirectiveKind: ...

    class CascadingKind(Protocol):
        """`declared_attr.cascading`"""

        def __call__(self, fn: Declaring[T]) -> declared_attr[T]: ...
        @property
        def directive(self) -> DirectiveKind: ...

else:
    declared_attr.cascading = _Kind(True, False)
    declared_attr.directive = _Kind(False, True)


def declarative_mixin(cls: type[T]) -> type[T]:
    """Mark a class as a mixin of declarative classes; changes nothing."""
    warn_deprecated(
        "The declarative_mixin decorator was used only by the now removed mypy plugin so it has no longer any use; "
        "leave it out",
        "2.1",
    )
    return cls


def has_inherited_table(cls: type) -> bool:
    """Tell whether a base of the class is mapped to a table already: for `__tablename__` in mixins."""
    return any(MANAGER_ATTR in base.__dict__ or base.__dict__.get("__table__") is not None for base in cls.__mro__[1:])
