"""What all parts of a schema share: a place for a program's own notes, options of one dialect only, special values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, Flag, auto
from itertools import count
from typing import Any, ClassVar, Final, Literal, Self

from ..exc import ArgumentError
from ..sql.dialect_options import TakesOptions, check_option
from ..sql.dialect_options import accept_options as accept_options
from ..sql.names import quoted_name
from ..sql.node import Annotated, deannotate
from ..types.schema_type import SchemaEventTarget
from ..util.visit_names import VisitName

_order = count(1)


def next_creation_order() -> int:
    """Return a number greater than all before: what is declared first comes first."""
    return next(_order)


class SchemaConst(Enum):
    """Arguments that stand for no value of their own."""

    RETAIN_SCHEMA = 1
    """Copies keep the schema of the original."""
    BLANK_SCHEMA = 2
    """No schema, although the MetaData has one."""
    NULL_UNSPECIFIED = 3
    """Whether NULL is allowed was not said."""


RETAIN_SCHEMA: Final[Literal[SchemaConst.RETAIN_SCHEMA]] = SchemaConst.RETAIN_SCHEMA
BLANK_SCHEMA: Final[Literal[SchemaConst.BLANK_SCHEMA]] = SchemaConst.BLANK_SCHEMA
NULL_UNSPECIFIED: Final[Literal[SchemaConst.NULL_UNSPECIFIED]] = SchemaConst.NULL_UNSPECIFIED


class CheckFirst(Flag):
    """What create_all() and drop_all() look for in the database before they act."""

    NONE = 0
    TABLES = auto()
    VIEWS = auto()
    INDEXES = auto()
    SEQUENCES = auto()
    TYPES = auto()
    ALL = TABLES | VIEWS | INDEXES | SEQUENCES | TYPES

    @classmethod
    def of(cls, value: CheckFirst | bool) -> CheckFirst:
        """Return the flags for a value that may be a boolean."""
        if isinstance(value, cls):
            return value
        return cls.ALL if value else cls.NONE


class NoName(Enum):
    """What stands for the name of a constraint that a type made and nobody named."""

    NONE_NAME = 0


NONE_NAME: Final = NoName.NONE_NAME


class conv(quoted_name):  # noqa: N801 - public name
    """A constraint's name to which no naming convention applies any more."""

    __slots__ = ()

    def __new__(cls, value: str, quote: bool | None = None) -> Self:
        made = str.__new__(cls, value)
        made.quote = quote
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return conv, (str(self), self.quote)


class DialectOptions(TakesOptions):
    """Keyword arguments named `<dialect>_<option>`, kept for that dialect."""

    given_options: dict[str, dict[str, Any]]

    def _take_dialect_options(self, options: Mapping[str, Any]) -> None:
        self.given_options = {}
        for name, value in options.items():
            dialect, _, option = name.partition("_")
            if not option:
                raise TypeError(f"Additional arguments should be named <dialectname>_<argument>, got '{name}'")
            check_option(type(self), dialect, option)
            self.given_options.setdefault(dialect, {})[option] = value

    def add_options(self, options: Mapping[str, Any]) -> None:
        """Take options `<dialect>_<name>` from the database itself, which need no check."""
        for name, value in options.items():
            dialect, _, option = name.partition("_")
            self.given_options.setdefault(dialect, {})[option] = value

    def option(self, dialect: str, name: str, default: Any = None) -> Any:
        """Return one option of one dialect, or the default."""
        return self.given_options.get(dialect, {}).get(name, default)


class SchemaItem(SchemaEventTarget):
    """The base of everything that a schema is made of."""

    __visit_name__: ClassVar[Any] = VisitName()
    is_schema_item: ClassVar[bool] = True
    create_drop_stringify_dialect: ClassVar[str] = "default"

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary for a program's own notes."""
        notes: dict[Any, Any] = self.__dict__.setdefault("_info", {})
        return notes

    @info.setter
    def info(self, value: dict[Any, Any]) -> None:
        self.__dict__["_info"] = value

    def _attach(self, parent: Any, **options: Any) -> None:
        """Become part of a parent: a table, or a column."""
        raise ArgumentError(f"{type(self).__name__} cannot be part of {parent!r}")


def attach_all(parent: Any, items: Iterable[Any], **options: Any) -> None:
    """Make items part of a parent, in order; raises ArgumentError for what cannot be."""
    for item in items:
        if item is None:
            continue
        if not getattr(item, "is_schema_item", False) or isinstance(item, type):
            raise ArgumentError(f"'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got {item!r}")
        item._attach(parent, **options)


def clause_of(value: Any) -> Any:
    """Return the SQL element that a mapped attribute stands for, or the value itself; a schema knows no entities."""
    class_: Any = value.__class__
    give = getattr(class_, "__clause_element__", None)
    element = value if give is None else give(value)
    return deannotate(element) if isinstance(element, Annotated) else element
