"""Values that come from somewhere else than the statement: computed before it, by it, or by the database.

In: a scalar, a function, an SQL expression, or a word about the database. Out: objects whose flags tell which it is;
the engine asks the flags and calls.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from ..sql.clause import ClauseElement
from .base import SchemaItem, clause_of
from .hooks import HasHooks, fire_attach


class DefaultGenerator(HasHooks, SchemaItem):
    """The base of what makes a value when none is given."""

    is_sequence: ClassVar[bool] = False
    is_identity: ClassVar[bool] = False
    is_server_default: ClassVar[bool] = False
    is_clause_element: ClassVar[bool] = False
    is_callable: ClassVar[bool] = False
    is_scalar: ClassVar[bool] = False
    has_arg: ClassVar[bool] = False
    is_sentinel: bool = False

    column: Any = None

    def __init__(self, for_update: bool = False) -> None:
        self.for_update = for_update

    def _attach(self, parent: Any, **options: Any) -> None:
        fire_attach(self, parent, "before_parent_attach")
        self.column = parent
        if self.for_update:
            parent.onupdate = self
        else:
            parent.default = self
        fire_attach(self, parent, "after_parent_attach")


class ColumnDefault(DefaultGenerator):
    """A default that the program computes. `ColumnDefault(x)` makes the class that fits x."""

    arg: Any
    has_arg = True

    def __new__(cls, arg: Any = None, for_update: bool = False) -> Self:
        class_: Any = _class_for(arg) if cls is ColumnDefault else cls
        made: Self = object.__new__(class_)
        return made

    def __init__(self, arg: Any = None, for_update: bool = False) -> None:
        super().__init__(for_update)
        self.arg = arg

    def copied(self) -> ColumnDefault:
        """Return the same default for another column."""
        made: ColumnDefault = _without_column(self)
        return made

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.arg!r})"


class ScalarElementColumnDefault(ColumnDefault):
    """One value."""

    is_scalar = True


class ColumnElementColumnDefault(ColumnDefault):
    """An SQL expression, which becomes part of the statement."""

    is_clause_element = True

    def __init__(self, arg: Any = None, for_update: bool = False) -> None:
        super().__init__(arg, for_update)
        self.arg = _clause(arg)


class CallableColumnDefault(ColumnDefault):
    """A function; `arg(context)` calls it, whether or not it takes the context."""

    is_callable = True

    def __init__(self, arg: Any = None, for_update: bool = False) -> None:
        super().__init__(arg, for_update)
        self.arg = with_context(arg)


class InsertSentinelColumnDefault(ColumnDefault):
    """A counter that tells rows of one INSERT apart."""

    is_callable = True
    is_sentinel = True


def _without_column(default: DefaultGenerator | FetchedValue) -> Any:
    """Return a copy of a default that no column has yet."""
    class_ = type(default)
    made = object.__new__(class_)
    made.__dict__.update(default.__dict__)
    made.column = None
    return made


def _class_for(arg: Any) -> type[ColumnDefault]:
    if isinstance(arg, FetchedValue):
        raise ArgumentError(
            "ColumnDefault may not be a server-side default type: use server_default or server_onupdate"
        )
    if _clause(arg) is not None:
        return ColumnElementColumnDefault
    return CallableColumnDefault if callable(arg) else ScalarElementColumnDefault


def _clause(arg: Any) -> Any:
    """Return the SQL expression that a value is or stands for, or None."""
    if isinstance(arg, ClauseElement):
        return arg
    element = clause_of(arg)
    return None if element is arg else element


def with_context(function: Callable[..., Any]) -> Callable[[Any], Any]:
    """Return a function of one argument, the execution context, for a function of none or one."""
    needed = _required_count(function)
    if needed == 0:

        def without(ctx: Any) -> Any:
            return function()

        without.__name__ = without.__qualname__ = getattr(function, "__qualname__", "default")
        without.__wrapped__ = function  # type: ignore[attr-defined]
        return without
    if needed == 1:
        return function
    raise ArgumentError("ColumnDefault Python function takes zero or one positional arguments")


def _required_count(function: Callable[..., Any]) -> int:
    """Return how many positional arguments a function needs; zero where nothing is known."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return 0
    if inspect.isclass(function) and function.__init__ is object.__init__:
        return 0
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(1 for one in parameters if one.kind in kinds and one.default is inspect.Parameter.empty)


class FetchedValue(HasHooks, SchemaItem):
    """A word about the database: it fills this column by itself."""

    is_server_default: ClassVar[bool] = True
    is_clause_element: ClassVar[bool] = False
    is_identity: ClassVar[bool] = False
    is_sequence: ClassVar[bool] = False
    reflected: bool = False
    has_argument: ClassVar[bool] = False
    column: Any = None

    def __init__(self, for_update: bool = False) -> None:
        self.for_update = for_update

    def _attach(self, parent: Any, **options: Any) -> None:
        fire_attach(self, parent, "before_parent_attach")
        self.column = parent
        if self.for_update:
            parent.server_onupdate = self
        else:
            parent.server_default = self
        fire_attach(self, parent, "after_parent_attach")

    def copied(self) -> Any:
        """Return the same for another column."""
        return _without_column(self)

    def copy(self, **kw: Any) -> Any:
        """Return the same for another column."""
        return self.copied()

    def for_the(self, for_update: bool) -> Any:
        """Return it for inserts or for updates."""
        if self.for_update == for_update:
            return self
        made = self.copied()
        made.for_update = for_update
        return made

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class DefaultClause(FetchedValue):
    """The DEFAULT of CREATE TABLE: text, which becomes a literal, or an SQL expression."""

    has_argument = True

    def __init__(self, arg: Any, for_update: bool = False, _reflected: bool = False) -> None:
        if not isinstance(arg, (str, ClauseElement)):
            raise ArgumentError(
                f"Argument 'arg' is expected to be one of type '{str}' or '{ClauseElement}', got '{type(arg)}': "
                "a server default is SQL: give text or an expression"
            )
        super().__init__(for_update)
        self.arg = arg
        self.reflected = _reflected

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.arg!r}, for_update={self.for_update!r})"
