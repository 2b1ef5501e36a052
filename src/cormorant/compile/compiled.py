"""A compiled statement: text, where its binds go, what its result columns are. Frozen, shared between threads.

In: what rendering found. Out: a value that the engine turns into a plan and a person can print. No connection, no
parameters of one execution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..util import EMPTY
from .public_facts import PublicFacts


class BindSlot(NamedTuple):
    """One bind parameter of a compiled statement."""

    name: str
    """What the text calls it; letters that a driver cannot take in a name are replaced."""
    key: str
    """What a program calls it in its parameters."""
    position: int | None
    """Its place among the binds that `statement_key()` gives; None for a constant of the plan and for values of columns
    that only the parameters of an execution have."""
    bind: Any
    """The BindParameter it was rendered from: its value is what counts where `position` is None."""
    type: Any
    expanding: bool = False
    """Its value is a list, which becomes as many parameters as it has members."""
    literal_execute: bool = False
    """Its value is written into the text at execution."""
    suffix: str = ""
    """What follows each parameter in the text: a cast."""
    required: bool = False
    """It has no value of its own."""
    column: Any = None
    """The column whose value it is, in INSERT and UPDATE."""
    empty: str = ""
    """What an empty list is rendered as."""
    as_tuples: bool = False
    """The members of the list are tuples."""
    before: str = ""
    """What the type's `bind_expression` puts before each member of a list, and after it."""
    after: str = ""


class ResultColumn(NamedTuple):
    """One column of a result: its name (empty: what the cursor says), the element that it is the value of, its type."""

    name: str
    element: Any
    type: Any

    @property
    def keys(self) -> tuple[Any, ...]:
        """The objects that look the column up in a row: the element, what it labels, names."""
        element = self.element
        found: list[Any] = [element]
        if element.is_column and not element.is_label and (not element.is_named or element.name == self.name):
            found += _further_names(element)
        return tuple(dict.fromkeys([*found, self.name] if self.name else found))


def _further_names(element: Any) -> list[str]:
    """Return the key of a column, and its name with that of its table before it."""
    names: list[str] = []
    key = element.key
    if isinstance(key, str) and element.is_named and not key.startswith("%("):
        names.append(key)
    table = getattr(element, "table", None)
    if table is not None and isinstance(table.name, str) and isinstance(element.name, str):
        names.append(f"{table.name}_{element.name}")
    return names


def original_of(node: Any) -> Any:
    """Return the node that an annotated copy stands for, or the node itself."""
    return node.__dict__.get("_original", node)


@dataclass(frozen=True, eq=False, init=False)
class Compiled(PublicFacts):
    """What a statement is for one dialect."""

    statement: Any
    """The node that was asked for."""
    dialect: Any
    text: str
    """The SQL. Where `has_expanding` it still holds `__[POSTCOMPILE_name]`: see expand.py."""
    slots: tuple[BindSlot, ...] = ()
    """Every bind once, in the order of rendering."""
    order: tuple[int, ...] = ()
    """For each placeholder of the text, in order: its index in `slots`."""
    pieces: tuple[str, ...] = ()
    """The text around the placeholders; one more than `order`."""
    result_columns: tuple[ResultColumn, ...] = ()
    result_by: str = "position"
    """How result columns match the cursor's: by `position`, by `name`, or `none` for text without columns."""
    kind: str = "other"
    """`select`, `insert`, `update`, `delete`, `text`, `ddl` or `other`."""
    load_plan: Any = None
    """What lowering made of an ORM statement."""
    prefetch: tuple[Any, ...] = ()
    """Columns of an INSERT or UPDATE whose Python default is called before execution; each has a bind of its name."""
    postfetch: tuple[Any, ...] = ()
    """Columns of an INSERT or UPDATE whose value the database decides and nobody fetched."""
    returning: tuple[Any, ...] = ()
    """Columns in RETURNING, whoever asked for them."""
    implicit_returning: tuple[Any, ...] = ()
    """Columns that RETURNING fetches though the program asked for no rows: keys, or what `return_defaults()` wants."""
    insert_values: str | None = None
    """The parenthesised values of one row of a single-row INSERT, with marks for its binds; for insertmanyvalues."""
    insert_columns: tuple[Any, ...] = ()
    """The columns of those values, in their order."""
    matched_by: tuple[Any, ...] = ()
    """The columns by which returned rows are matched to those that were sent."""
    hidden: tuple[Any, ...] = ()
    """Those of them that stand in RETURNING behind the columns of the result."""
    row_counter: Any = None
    """The column that takes the number of the row."""
    table: Any = None
    """The table that an INSERT, UPDATE or DELETE writes."""
    is_literal: bool = False
    """Bind values were written into the text: the text serves this one statement only."""
    given_keys: tuple[str, ...] | None = None
    """The columns that the parameters of an execution give values for."""
    is_expanded: bool = False
    """Whether lists were expanded into the text by `render_postcompile`."""
    options: Mapping[str, Any] = EMPTY

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)  # those not given have their defaults on the class

    @property
    def has_expanding(self) -> bool:
        """Whether the text depends on values: lists to be expanded, or values to be written into it."""
        return any(slot.expanding or slot.literal_execute for slot in self.slots)

    __str__ = PublicFacts.__str__

    def __repr__(self) -> str:
        return f"<Compiled {self.kind} for {self.dialect.name}: {self.text!r}>"
