"""Expressions with a syntax of their own: constants, text, casts, CASE, EXTRACT, labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from ..types import BOOLEANTYPE, INTEGERTYPE, NULLTYPE, to_instance
from ..types.operators import and_, as_, in_op, not_in_op, or_
from ..util import EMPTY, immutabledict
from .bind import BindParameter
from .clause import ClauseElement, Executable
from .column import ColumnElement, NamedColumn, T
from .makers import makers
from .names import AnonymousName, Name
from .node import ATOM, NODE, TREE, TYPE, Kind
from .operations import Grouping


class Null(ColumnElement[None]):
    """NULL."""

    is_null_constant: ClassVar[bool] = True

    is_condition: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {}


class True_(ColumnElement[bool]):  # noqa: N801 - public name
    """The constant true."""

    is_condition: ClassVar[bool] = True
    is_truth_constant: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {}
    type: Any = BOOLEANTYPE

    def negated(self) -> Any:
        return FALSE


class False_(ColumnElement[bool]):  # noqa: N801 - public name
    """The constant false."""

    is_condition: ClassVar[bool] = True
    is_truth_constant: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {}
    type: Any = BOOLEANTYPE

    def negated(self) -> Any:
        return TRUE


NULL, TRUE, FALSE = Null(), True_(), False_()


def null() -> Null:
    """Return NULL."""
    return NULL


def true() -> True_:
    """Return the constant true, rendered as the database spells it."""
    return TRUE


def false() -> False_:
    """Return the constant false, rendered as the database spells it."""
    return FALSE


class Label(NamedColumn[T]):
    """An expression under a name, `expression AS name`; a name of None is numbered by rendering."""

    is_label: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"given_name": ATOM, "element": NODE, "type": TYPE}
    has_identity: ClassVar[bool] = True

    def __init__(self, name: str | None, element: Any, type_: Any = None) -> None:
        inner: Any = element.element if element.is_label else element
        self.element = inner.self_group(as_)
        self.given_name = name
        self.type = to_instance(type_) if type_ is not None else getattr(inner, "type", NULLTYPE)
        self.primary_key = getattr(inner, "primary_key", False)
        self.foreign_keys = getattr(inner, "foreign_keys", frozenset[Any]())

    bind_stem: Any = "param"

    @property
    def name(self) -> Name:
        """The name of the label."""
        return AnonymousName(self.element.anon_stem, self) if self.given_name is None else self.given_name

    @property
    def key(self) -> str:  # type: ignore[override]
        return str(self.name)

    @property
    def anon_stem(self) -> str:
        return str(self.element.anon_stem) if self.given_name is None else self.given_name

    @property
    def proxies(self) -> tuple[Any, ...]:  # type: ignore[override]
        return (self.element,)

    def self_group(self, against: Any = None) -> Any:
        inner = self.element.self_group(against)
        return self if inner is self.element else Label(self.given_name, inner, self.type)


class LabelReference(ColumnElement[Any]):
    """A name in ORDER BY, GROUP BY or DISTINCT ON: of a label or column of the SELECT, found when it is rendered."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": ATOM}

    def __init__(self, element: str) -> None:
        self.element = element


class TypeClause(ClauseElement):
    """A type where SQL writes one."""

    _structure: ClassVar[Mapping[str, Kind]] = {"type": TYPE}

    def __init__(self, type_: Any) -> None:
        self.type = type_


class Cast(ColumnElement[T]):
    """`CAST(clause AS type)`."""

    is_wrapper: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"clause": NODE, "typeclause": NODE, "type": TYPE}

    def __init__(self, expression: Any, type_: Any) -> None:
        self.type = to_instance(type_)
        self.typeclause = TypeClause(self.type)
        self.clause = expression

    @property
    def wrapped_column_expression(self) -> Any:
        """What is cast."""
        return self.clause

    @property
    def wrapped(self) -> Any:
        """What is cast: gives the result column its name."""
        return self.clause


class TryCast(Cast[T]):
    """A cast that yields NULL where it fails, on databases that have one."""


class TypeCoerce(ColumnElement[T]):
    """An expression that Python code treats as of another type; SQL does not see it."""

    is_wrapper: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"clause": NODE, "type": TYPE}

    def __init__(self, expression: Any, type_: Any) -> None:
        self.type = to_instance(type_)
        self.clause = expression

    @property
    def typed_expression(self) -> Any:
        """What is coerced."""
        return self.clause

    wrapped_column_expression = typed_expression

    @property
    def wrapped(self) -> Any:
        """What is coerced: gives the result column its name."""
        return self.clause

    def self_group(self, against: Any = None) -> Any:
        grouped = self.clause.self_group(against)
        return self if grouped is self.clause else TypeCoerce(grouped, self.type)


class Case(ColumnElement[T]):
    """`CASE [value] WHEN .. THEN .. ELSE .. END`; `whens` are pairs of condition and result."""

    _structure: ClassVar[Mapping[str, Kind]] = {"value": NODE, "whens": TREE, "else_": NODE, "type": TYPE}

    def __init__(self, whens: tuple[tuple[Any, Any], ...], value: Any, else_: Any) -> None:
        self.whens = whens
        self.value = value
        self.else_ = else_
        results = [] if else_ is None else [else_.type]
        results += [result.type for _, result in whens]
        self.type = next((t for t in reversed(results) if t is not NULLTYPE), NULLTYPE)


class Extract(ColumnElement[int]):
    """`EXTRACT(field FROM expr)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"field": ATOM, "expr": NODE, "type": TYPE}

    def __init__(self, field: str, expr: Any) -> None:
        self.field = field
        self.expr = expr
        self.type = INTEGERTYPE


class CollationClause(ColumnElement[str]):
    """The name of a collation."""

    _structure: ClassVar[Mapping[str, Kind]] = {"collation": ATOM, "schema": ATOM}

    def __init__(self, collation: Any, schema: Any = None) -> None:
        self.collation = collation
        self.schema = schema


TEXT_RUN = re.compile(r"[\\\w:]+")
"""Runs of SQL text that may be parameters: one that is exactly `:name` is; `a::b`, `12:30` and an escaped colon not."""


def parameter_names(sql: str) -> list[str]:
    """Return the names of the parameters in SQL text, in order."""
    return [run[1:] for run in TEXT_RUN.findall(sql) if is_parameter(run)]


def is_parameter(run: str) -> bool:
    """Tell whether a run of text is a parameter."""
    return run[0] == ":" and len(run) > 1 and ":" not in run[1:] and "\\" not in run


class TextClause(Executable):
    """SQL text; `:name` in it is a bind parameter. `bind_params` has them by name."""

    _structure: ClassVar[Mapping[str, Kind]] = {"text": ATOM, "bind_params": TREE}
    is_text: ClassVar[bool] = True
    is_column: ClassVar[bool] = False
    key: str | None = None
    type: Any = NULLTYPE
    allow_dml_lookup: ClassVar[bool] = True

    bind_params: Mapping[str, BindParameter[Any]] = EMPTY

    def __init__(self, text: str) -> None:
        self.text = text
        self.bind_params = immutabledict({name: BindParameter(name) for name in parameter_names(text)})

    def bindparams(self, *binds: BindParameter[Any], **names_to_values: Any) -> Self:
        """Return a copy with values or types for its parameters."""
        made: dict[str, BindParameter[Any]] = dict(self.bind_params)
        for bind in binds:
            name = bind.name or bind.stem or ""
            self._check_name(name, bind)
            made[name] = bind
        for name, value in names_to_values.items():
            self._check_name(name, name)
            made[name] = made[name].with_typed_value(value)
        return self._copy(bind_params=immutabledict(made))

    def _check_name(self, name: str, what: Any) -> None:
        if name not in self.bind_params:
            shown = what if isinstance(what, str) else what.key
            raise ArgumentError(f"This text() construct doesn't define a bound parameter named {shown!r}")

    def columns(self, *cols: Any, **types: Any) -> Any:
        """Return the text as a statement that yields rows with these columns, by position or by name and type."""
        return makers.text_columns(self, cols, types)

    @property
    def comparator(self) -> Any:
        """What a type of no kind offers."""
        return self.type.comparator_factory(self)

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if against is in_op or against is not_in_op else self

    def __and__(self, other: Any) -> Any:
        return makers.operate(self, and_, other)

    def __or__(self, other: Any) -> Any:
        return makers.operate(self, or_, other)


def text(text: str) -> TextClause:
    """Return SQL text as a statement or as part of one."""
    return TextClause(text)
