"""What every part of a statement can do: be printed, compiled, compared, annotated, grouped, given parameter values.

Knows nodes only. Text comes through `hooks.compile`; parentheses and negation through `makers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Generic, Self, TypeVarTuple, Unpack

from ..exc import ArgumentError, InvalidRequestError
from ..inspection import register
from ..util import EMPTY, immutabledict, warn_deprecated
from . import compare as comparing
from .cache_key import CacheKey
from .closures import called
from .makers import makers
from .node import MEMOS, NODES, OPAQUE, Kind, Node, annotate, deannotate, hooks, statement_key

Ts = TypeVarTuple("Ts")


class ClauseElement(Node):
    """A node of SQL. Flags on the classes say what it is, so that no caller needs the class itself."""

    is_clause_element: ClassVar[bool] = True
    is_selectable: ClassVar[bool] = False
    is_from_clause: ClassVar[bool] = False
    is_bundle: ClassVar[bool] = False
    """Whether it stands for several columns, those of its `c`."""
    is_column: ClassVar[bool] = False
    is_named: ClassVar[bool] = False
    """Whether it has a name of its own in a result: a column, a label."""
    is_select_statement: ClassVar[bool] = False
    is_condition: ClassVar[bool] = False
    """Whether it stands in WHERE as it is: what compares or connects, not a column that happens to be boolean."""
    is_label: ClassVar[bool] = False
    is_scalar_select: ClassVar[bool] = False
    """Whether it is a SELECT as a value."""
    is_table_column: ClassVar[bool] = False
    """Whether it is a column that belongs to a table, alias or subquery, or to none: it has `table`."""
    is_wrapper: ClassVar[bool] = False
    """Whether its result column has the name of the expression inside, `wrapped`: a cast."""
    has_own_froms: ClassVar[bool] = False
    """Whether it says itself what it brings into FROM, by `own_froms()`."""
    is_truth_constant: ClassVar[bool] = False
    """Whether it is the constant true or false."""
    is_dml: ClassVar[bool] = False
    is_text: ClassVar[bool] = False
    stringify_dialect: ClassVar[str] = "default"
    """The dialect that `str()` of it is written in."""
    supports_execution: ClassVar[bool] = False
    entity_namespace: Any = None

    @property
    def description(self) -> str | None:
        """A name for messages."""
        return None

    @property
    def searched_name(self) -> str:
        """What messages call it that say where a name was looked for."""
        return str(self.description)

    def compile(self, bind: Any = None, dialect: Any = None, **kw: Any) -> Any:
        """Return the compiled form for an engine, a connection, a dialect, or the default dialect."""
        if hooks.compile is None:
            raise InvalidRequestError(
                f"cannot compile {type(self).__name__}: import cormorant, which brings the compiler"
            )
        return hooks.compile(self, bind, dialect, **kw)

    def __str__(self) -> str:
        return repr(self) if hooks.compile is None else str(hooks.compile(self))

    def __repr__(self) -> str:
        description, class_ = self.description, type(self)
        if description is None:
            return f"<{class_.__module__}.{class_.__name__} object at {id(self):#x}>"
        return f"<{class_.__module__}.{class_.__name__} at {id(self):#x}; {description}>"

    def __bool__(self) -> bool:
        raise TypeError("Boolean value of this clause is not defined")

    def __invert__(self) -> Any:
        return makers.invert(self)

    def self_group(self, against: Any = None) -> Any:
        """Return the element in parentheses where the operator around it needs them."""
        return self

    def compare(self, other: Any, **kw: Any) -> bool:
        """Tell whether two elements have the same structure and the same values."""
        return comparing.compare(self, other, **kw)

    def _generate_cache_key(self) -> CacheKey | None:
        """Return what equal elements share, with the binds of this one; None where it is never cached."""
        key, binds = statement_key(self)
        return None if key is None else CacheKey(key, binds)

    def get_children(self, **kw: Any) -> Iterator[Node]:
        """Return the elements directly below."""
        return self._children()

    def params(self, optionaldict: Mapping[str, Any] | None = None, /, **kwargs: Any) -> Self:
        """Return a copy in which named bind parameters have the given values; deprecated but on statements."""
        warn_deprecated(_ONLY_STATEMENTS, "2.1")
        made: Self = comparing.with_parameters(self, _merged(optionaldict, kwargs), unique=False)
        return made

    def unique_params(self, optionaldict: Mapping[str, Any] | None = None, /, **kwargs: Any) -> Self:
        """Like `params()`, and makes the parameters unique, so that the copy can stand beside the original."""
        warn_deprecated(_ONLY_STATEMENTS, "2.1")
        made: Self = comparing.with_parameters(self, _merged(optionaldict, kwargs), unique=True)
        return made

    def _annotate(self, values: Mapping[str, Any]) -> Self:
        made: Self = annotate(self, values)
        return made

    def _deannotate(self) -> Any:
        return deannotate(self)


_ONLY_STATEMENTS = (
    "The params() and unique_params() methods on non-statement ClauseElement objects are deprecated; params() is now "
    "limited to statement level objects such as select(), insert(), union(), etc. "
)


def _merged(optionaldict: Mapping[str, Any] | None, kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {**(optionaldict or {}), **kwargs}


_new = object.__new__


class SparseNode(ClauseElement):
    """A node whose instances hold only the fields that were set."""

    is_sparse: ClassVar[bool] = True

    _items: Any = None
    """The columns of a SELECT with their names, once somebody asked."""
    _froms: Any = None
    """The FROM elements of a SELECT, once somebody asked."""

    def _with(self, name: str, value: Any) -> Self:
        """Return a copy with one field set: the common case of `_copy`, without its checks."""
        own = self.__dict__
        if "_annotations" in own:
            return self._copy(**{name: value})
        new = _new(type(self))
        fields = new.__dict__
        fields.update(own)
        if "_structured" in own or "_items" in own or "_froms" in own:
            for memo in MEMOS:
                fields.pop(memo, None)
        fields[name] = value
        return new

    def __add__(self, other: Callable[[Self], Any]) -> Any:
        """Apply a function to the statement: `statement + (lambda s: s.where(...))`, as lambda_stmt() is used."""
        return called(other, (self,))

    def add_criteria(
        self,
        other: Callable[[Self], Any],
        enable_tracking: bool = True,
        track_on: Any = None,
        track_closure_variables: bool = True,
        track_bound_values: bool = True,
    ) -> Any:
        """Apply a function to the statement, as `+` does; the options concern a cache that is not needed here."""
        return called(other, (self,))

    def spoil(self) -> Self:
        """Return the statement itself: there is no cache of functions that it could be taken out of."""
        return self


register(ClauseElement)


_ON_CONNECTION = {
    "isolation_level": "'isolation_level' execution option may only be specified on Connection.execution_options(), or "
    "per-engine using the isolation_level argument to create_engine().",
    "compiled_cache": "'compiled_cache' execution option may only be specified on Connection.execution_options(), not "
    "per statement.",
}


class TypedReturnsRows(Generic[Unpack[Ts]]):
    """A statement whose rows have items of the types `Ts`, for type checkers."""

    __slots__ = ()


class Executable(ClauseElement):
    """A statement: carries options (part of its structure) and execution options (not part of it)."""

    _structure: ClassVar[Mapping[str, Kind]] = {"with_options": NODES, "exec_options": OPAQUE}

    supports_execution: ClassVar[bool] = True
    is_select: ClassVar[bool] = False
    is_insert: ClassVar[bool] = False
    is_update: ClassVar[bool] = False
    is_delete: ClassVar[bool] = False
    is_from_statement: ClassVar[bool] = False

    with_options: tuple[Node, ...] = ()
    exec_options: immutabledict[str, Any] = EMPTY

    def params(self, optionaldict: Mapping[str, Any] | None = None, /, **kwargs: Any) -> Self:
        """Return a copy in which named bind parameters have the given values."""
        made: Self = comparing.with_parameters(self, _merged(optionaldict, kwargs), unique=False)
        return made

    def options(self, *options: Any) -> Self:
        """Return a copy with loader options or other executable options added."""
        for option in options:
            if not isinstance(option, Node):
                raise ArgumentError(
                    f"ExecutionOption Core or ORM object expected, got {option!r}: give one such as selectinload()"
                )
        return self._copy(with_options=(*self.with_options, *options))

    def execution_options(self, **kw: Any) -> Self:
        """Return a copy with execution options added."""
        for name in ("isolation_level", "compiled_cache"):
            if name in kw:
                raise ArgumentError(_ON_CONNECTION[name])
        return self._copy(exec_options=self.exec_options.union(kw))

    def get_execution_options(self) -> immutabledict[str, Any]:
        """Return the execution options that the statement carries."""
        return self.exec_options
