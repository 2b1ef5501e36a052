"""Bind parameters: the places of values in a statement.

In: a value or a name. Out: a node whose shape never contains the value. What the shape has is the type, the stem of the
name that rendering gives an anonymous parameter, or the name of a named one, and how the value is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from ..types import NULLTYPE, literal_type, to_instance
from ..util import NO_ARG
from .clause import ClauseElement
from .column import ColumnElement, T
from .kinds import is_sequence
from .names import AnonymousName, Name, quoted_name
from .node import ATOM, OPAQUE, TYPE, Kind


class BindParameter(ColumnElement[T]):
    """A value to be sent with the statement.

    `stem` is the stem of the name (`id` -> `:id_1`) of a parameter that is unique; `name` is the name of one that is
    not; one of them is None. `expanding` says that the value is a list, rendered as so many parameters at execution;
    `literal_execute` that it is written into the text at execution; `is_crud` that it is the value of a column in
    VALUES or SET. Fields that were never set have their defaults on the class.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "stem": ATOM,
        "name": ATOM,
        "type": TYPE,
        "expanding": ATOM,
        "literal_execute": ATOM,
        "isoutparam": ATOM,
        "is_crud": ATOM,
        "expand_op": ATOM,
        "value": OPAQUE,
        "callable": OPAQUE,
        "required": OPAQUE,
    }
    has_identity: ClassVar[bool] = True
    is_bind: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True

    stem: str | None = "param"
    name: str | None = None
    value: Any = None
    callable: Callable[[], Any] | None = None
    required: bool = False
    expanding: bool = False
    literal_execute: bool = False
    isoutparam: bool = False
    is_crud: bool = False
    expand_op: Any = None

    def __init__(
        self,
        key: str | None,
        value: Any = NO_ARG,
        type_: Any = None,
        unique: bool = False,
        required: Any = NO_ARG,
        quote: bool | None = None,
        callable_: Callable[[], Any] | None = None,
        expanding: bool = False,
        isoutparam: bool = False,
        literal_execute: bool = False,
        _compared_to_operator: Any = None,
        _compared_to_type: Any = None,
        _is_crud: bool = False,
    ) -> None:
        self.required = (value is NO_ARG and callable_ is None) if required is NO_ARG else bool(required)
        self.value = None if value is NO_ARG else value
        self.callable = callable_
        key = quoted_name.construct(key, quote)
        self.stem, self.name = (key or "param", None) if unique or key is None else (None, key)
        self.expanding, self.literal_execute = expanding, literal_execute
        self.isoutparam, self.is_crud = isoutparam, _is_crud
        self.type = self._decide_type(type_, _compared_to_operator, _compared_to_type)

    def _decide_type(self, type_: Any, operator: Any, compared: Any) -> Any:
        if type_ is not None:
            return to_instance(type_)
        value = self.value
        if self.expanding and is_sequence(value) and value:
            value = value[0]
        if compared is not None:
            return compared.coerce_compared_value(operator, value)
        return NULLTYPE if value is None else literal_type(value)

    @property
    def unique(self) -> bool:
        """Whether rendering numbers the name, so that no other parameter can have it."""
        return self.name is None

    @property
    def key(self) -> str:  # type: ignore[override]
        """The name; of a unique parameter a text that no other has."""
        return self.name if self.name is not None else str(self.render_name)

    @property
    def key_stem(self) -> str:
        return "_no_label" if self.name is None else self.name

    @property
    def render_name(self) -> Name:
        """The name, or what rendering makes one from."""
        return self.name if self.name is not None else AnonymousName(self.stem or "param", self)

    @property
    def effective_value(self) -> Any:
        """The value, asked from the callable where there is one."""
        return self.value if self.callable is None else self.callable()

    def with_value(self, value: Any) -> Self:
        """Return a copy with a value, of the same type."""
        return self._copy(value=value, required=False, callable=None)

    def with_typed_value(self, value: Any) -> Self:
        """Return a copy with a value; it gets the value's type if it had none."""
        made = self.with_value(value)
        has_type = self.type is not NULLTYPE or value is None
        return made if has_type else made.with_type(literal_type(value))

    def with_type(self, type_: Any) -> Self:
        """Return a copy with a type."""
        return self._copy(type=type_)

    def made_unique(self) -> Self:
        """Return a copy whose name is numbered by rendering."""
        return self._copy(stem=self.stem or self.name, name=None)

    def render_literal_execute(self) -> Self:
        """Return a copy that is written into the text when the statement is executed."""
        return self._copy(literal_execute=True)

    def self_group(self, against: Any = None) -> Any:
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key!r}, {self.value!r}, type_={self.type!r})"


def bindparam(
    key: str | None,
    value: Any = NO_ARG,
    type_: Any = None,
    unique: bool = False,
    required: Any = NO_ARG,
    quote: bool | None = None,
    callable_: Callable[[], Any] | None = None,
    expanding: bool = False,
    isoutparam: bool = False,
    literal_execute: bool = False,
) -> BindParameter[Any]:
    """Return a parameter that gets its value by name when the statement is executed, or has one already."""
    return BindParameter(key, value, type_, unique, required, quote, callable_, expanding, isoutparam, literal_execute)


def literal(value: T, type_: Any = None, literal_execute: bool = False) -> BindParameter[T]:
    """Return a value as an expression."""
    if isinstance(value, ClauseElement) or hasattr(value, "__clause_element__"):
        raise ArgumentError(f"Literal Python value expected, got {value!r}.")
    return BindParameter(None, value, type_, unique=True, literal_execute=literal_execute)


def outparam(key: str, type_: Any = None) -> BindParameter[Any]:
    """Return a parameter that receives a value from a procedure."""
    return BindParameter(key, None, type_=type_, unique=False, isoutparam=True)
