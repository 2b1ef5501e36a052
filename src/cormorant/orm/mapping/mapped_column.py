"""mapped_column(): a column of a declarative class, whose type and nullability may come from its annotation.

In: what `Column` takes, and what only an attribute needs (deferred, active_history, order). Out: a `MappedColumn`,
which the declarative scan completes and turns into a column and a property. It stands in expressions as its column
does.
"""

from __future__ import annotations

from typing import Any

from typing_extensions import TypeVar

from ...exc import ArgumentError
from ...schema import Column
from ...types import NULLTYPE
from ...types.operators import ColumnOperators
from ...util import NO_ARG
from .annotated import Mapped

T = TypeVar("T", default=Any)

DATACLASS_OPTIONS = ("init", "repr", "default_factory", "compare", "kw_only", "hash", "dataclass_metadata")


class MappedColumn(Mapped[T], ColumnOperators):
    """A column on its way into a table. `nullable_given` and `has_type` say what the annotation may still decide."""

    __hash__ = object.__hash__

    def __init__(
        self,
        *args: Any,
        sort_order: int | None = None,
        use_existing_column: bool = False,
        deferred: Any = NO_ARG,
        deferred_group: str | None = None,
        deferred_raiseload: bool | None = None,
        active_history: bool = False,
        dataclass_options: dict[str, Any] | None = None,
        **kw: Any,
    ) -> None:
        self.sort_order = sort_order
        self.use_existing_column = use_existing_column
        self.deferred_given = deferred
        self.deferred_group = deferred_group
        self.deferred_raiseload = bool(deferred_raiseload)
        self.active_history = active_history
        self.is_unmapped = False
        """Whether it is in the table alone."""
        self.dataclass_options = dataclass_options or {}
        self.nullable_given = "nullable" in kw
        self.column: Column[Any] = Column(*args, **kw)
        self.column_arguments = kw

    @property
    def deferred(self) -> bool:
        """Whether the column is loaded only when it is read."""
        if self.deferred_given is NO_ARG:
            return bool(self.deferred_group or self.deferred_raiseload)
        return bool(self.deferred_given)

    @property
    def name(self) -> str | None:
        """The name of the column, where it was given."""
        name: str | None = self.column.name
        return name

    @property
    def has_type(self) -> bool:
        """Whether a type was given, or follows from a foreign key."""
        return self.column.type is not NULLTYPE

    @property
    def foreign_keys(self) -> Any:
        """The foreign keys of the column."""
        return self.column.foreign_keys

    def copied(self) -> MappedColumn:
        """Return the same declaration for another class."""
        new: MappedColumn = object.__new__(MappedColumn)
        new.__dict__.update(self.__dict__)
        new.column = self.column.copied()
        return new

    def merged(self, other: MappedColumn) -> None:
        """Take over what `other`, found in an Annotated type, says and this one does not."""
        mine, its = self.column, other.column
        kept: dict[str, Any] = {}
        for name in ("primary_key", "autoincrement", "index", "unique", "comment", "doc", "key", "system"):
            if name in other.column_arguments and name not in self.column_arguments:
                kept[name] = getattr(its, name)
        copied = its.copied()
        for name in ("default", "onupdate", "server_default", "server_onupdate"):
            if getattr(mine, name) is None and getattr(copied, name) is not None:
                getattr(copied, name)._attach(mine)
        for name, value in kept.items():
            setattr(mine, name, value)
        if not self.has_type and other.has_type:
            mine.type = its.type
        if not self.nullable_given and other.nullable_given:
            mine.nullable, mine.nullable_given, self.nullable_given = its.nullable, its.nullable_given, True
        elif mine.primary_key and not self.nullable_given:
            mine.nullable = False
        if not mine.foreign_keys:
            for key in copied.foreign_keys:
                key.parent = None
                mine.append_foreign_key(key.copied())
        if self.sort_order is None:
            self.sort_order = other.sort_order

    def __clause_element__(self) -> Any:
        return self.column

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        return op(self.column, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        return op(other, self.column, **kwargs)


def mapped_column(
    __name_pos: Any = None,
    __type_pos: Any = None,
    /,
    *args: Any,
    init: Any = NO_ARG,
    repr: Any = NO_ARG,
    default: Any = NO_ARG,
    default_factory: Any = NO_ARG,
    compare: Any = NO_ARG,
    kw_only: Any = NO_ARG,
    hash: Any = NO_ARG,
    dataclass_metadata: Any = NO_ARG,
    nullable: Any = NO_ARG,
    primary_key: bool | None = False,
    deferred: Any = NO_ARG,
    deferred_group: str | None = None,
    deferred_raiseload: bool | None = None,
    use_existing_column: bool = False,
    name: str | None = None,
    type_: Any = None,
    autoincrement: Any = "auto",
    doc: str | None = None,
    key: str | None = None,
    index: bool | None = None,
    unique: bool | None = None,
    info: Any = None,
    onupdate: Any = None,
    insert_default: Any = NO_ARG,
    server_default: Any = None,
    server_onupdate: Any = None,
    active_history: bool = False,
    quote: bool | None = None,
    system: bool = False,
    comment: str | None = None,
    sort_order: Any = NO_ARG,
    **kw: Any,
) -> MappedColumn[Any]:
    """Declare a column of a declarative class; type and nullability may be left to the annotation."""
    options = {
        "init": init,
        "repr": repr,
        "default_factory": default_factory,
        "compare": compare,
        "kw_only": kw_only,
        "hash": hash,
        "dataclass_metadata": dataclass_metadata,
    }
    given: dict[str, Any] = {
        "name": (name, None),
        "type_": (type_, None),
        "autoincrement": (autoincrement, "auto"),
        "doc": (doc, None),
        "key": (key, None),
        "index": (index, None),
        "unique": (unique, None),
        "info": (info, None),
        "onupdate": (onupdate, None),
        "insert_default": (insert_default, NO_ARG),
        "default": (default, NO_ARG),
        "server_default": (server_default, None),
        "server_onupdate": (server_onupdate, None),
        "quote": (quote, None),
        "system": (system, False),
        "comment": (comment, None),
        "nullable": (nullable, NO_ARG),
        "primary_key": (bool(primary_key), False),
    }
    for_column = {key: value for key, (value, absent) in given.items() if value is not absent}
    if "insert_default" in for_column and "default" in for_column:
        raise ArgumentError("The 'default' and 'insert_default' parameters of Column are mutually exclusive")
    positional = [one for one in (__name_pos, __type_pos, *args) if one is not None]
    return MappedColumn(
        *positional,
        sort_order=None if sort_order is NO_ARG else sort_order,
        use_existing_column=use_existing_column,
        deferred=deferred,
        deferred_group=deferred_group,
        deferred_raiseload=deferred_raiseload,
        active_history=active_history,
        dataclass_options={name: value for name, value in options.items() if value is not NO_ARG},
        **for_column,
        **kw,
    )


def refuse_dataclass_options(class_: type, key: str, options: dict[str, Any]) -> None:
    """Raise ArgumentError where an attribute has dataclass options and its class is no dataclass."""
    if options:
        names = ", ".join(repr(name) for name in options)
        raise ArgumentError(
            f"Attribute '{key}' on class {class_} includes dataclasses argument(s): {names} but class does not specify "
            "SQLAlchemy native dataclass configuration."
        )
