"""The errors of mapped classes, instances and flushes; public as `cormorant.orm.exc`."""

from __future__ import annotations

from typing import Any

from ...exc import ArgumentError, InvalidRequestError, SQLAlchemyError
from ...kernels._attributes import STATE

NO_STATE = (AttributeError, KeyError)
"""What reading the state of an object without state raises."""


class StaleDataError(SQLAlchemyError):
    """A flush or merge met rows that are not what the session has seen: changed or deleted by somebody else."""


ConcurrentModificationError = StaleDataError


class FlushError(SQLAlchemyError):
    """A flush cannot be carried out."""


class DetachedInstanceError(SQLAlchemyError):
    """An attribute would have to be loaded, and the instance is in no session."""

    code = "bhk3"


class ObjectDereferencedError(SQLAlchemyError):
    """The instance was garbage-collected while an operation still needed it."""


class MappedAnnotationError(ArgumentError):
    """The annotation of a mapped attribute cannot be understood."""


class UnmappedError(InvalidRequestError):
    """Something mapped was expected."""


class UnmappedClassError(UnmappedError):
    """A mapped class was expected."""

    def __init__(self, cls: Any, msg: str | None = None) -> None:
        super().__init__(msg or _not_mapped(cls))

    def __reduce__(self) -> Any:
        return type(self), (None, self.args[0])


class UnmappedInstanceError(UnmappedError):
    """An instance of a mapped class was expected."""

    def __init__(self, obj: Any, msg: str | None = None) -> None:
        super().__init__(msg or _not_mapped_instance(obj))

    def __reduce__(self) -> Any:
        return type(self), (None, self.args[0])


class UnmappedColumnError(InvalidRequestError):
    """A column of a mapped table was expected."""


class ObjectDeletedError(InvalidRequestError):
    """The row of an instance is gone."""

    def __init__(self, state: Any, msg: str | None = None) -> None:
        super().__init__(
            msg or f"Instance {state.name!r} has been deleted, or its row is otherwise not present.",
        )

    def __reduce__(self) -> Any:
        return type(self), (None, self.args[0])


class LoaderStrategyException(InvalidRequestError):
    """A loading option does not fit the attribute it names."""

    def __init__(
        self,
        applied_to_property_type: Any,
        requesting_property: Any,
        applies_to: Any,
        actual_strategy_type: Any,
        strategy_key: Any,
    ) -> None:
        wanted = ", ".join(f"{key}={value!r}" for key, value in strategy_key)
        super().__init__(f"Can't apply loading option {wanted} to {requesting_property}")


def class_name(cls: Any) -> str:
    """Return the dotted name of a class for messages."""
    return f"{getattr(cls, '__module__', '')}.{getattr(cls, '__name__', cls)}"


def _not_mapped(cls: Any) -> str:
    return f"Class '{class_name(cls)}' is not mapped"


def _not_mapped_instance(obj: Any) -> str:
    cls: Any = obj.__class__
    if "__mapper__" in vars(cls) and STATE not in getattr(obj, "__dict__", ()):
        name = class_name(cls)
        return (
            f"Class {name!r} is mapped, but this instance lacks instrumentation.  This occurs when the instance is "
            f"created before {name} was mapped, or without calling its constructor."
        )
    message = _not_mapped(cls)
    if isinstance(obj, type):
        message += f"; was a class ({class_name(obj)}) supplied where an instance was required?"
    elif isinstance(obj, (list, tuple, set)):
        message += "; methods for several objects end in _all"
    return message


def unmapped(obj: Any) -> UnmappedError:
    """Return the error for an object without state; that of the class where it only inherits."""
    cls: Any = obj.__class__
    is_heir = hasattr(cls, "__mapper__") and "__mapper__" not in vars(cls)
    return UnmappedClassError(cls) if is_heir else UnmappedInstanceError(obj)


class QueryBudgetExceeded(InvalidRequestError):
    """More statements were sent than `Session.expect_queries()` allows; `statements` has them with their places."""

    def __init__(self, message: str, statements: list[Any]) -> None:
        super().__init__(message)
        self.statements = statements

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.statements)


class MergeConflict(StaleDataError):
    """A three-way merge met fields that were changed on both sides; `conflicts` has each with its three values."""

    def __init__(self, message: str, conflicts: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.conflicts = conflicts

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.conflicts)


def _show_public_paths() -> None:
    """Let tracebacks and pickles name the path under which programs import the errors."""
    for value in tuple(globals().values()):
        if isinstance(value, type) and value.__module__ == __name__:
            value.__module__ = f"{__name__.removesuffix('.instance.errors')}.exc"


_show_public_paths()
