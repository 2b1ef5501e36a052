"""Column expressions: anything with a type that can stand in a list of columns or in a condition.

In: an operator and another operand. Out: a new expression, made by the table of operators behind `makers.operate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, cast, overload

from typing_extensions import TypeVar

from ..types import NULLTYPE, TypeEngine, to_instance
from ..types.operators import ColumnOperators, eq, ge, gt, le, lt, ne
from ..util import EMPTY, memoized
from .clause import ClauseElement
from .kinds import class_of
from .makers import makers
from .names import AnonymousName, Name, stem_of
from .node import ATOM, LINK, TYPE, Kind

T = TypeVar("T", default=Any)
T_co = TypeVar("T_co", default=Any, covariant=True)


class SQLCoreOperations(Generic[T_co]):
    """Anything with the operators of a SQL expression of type `T`: expressions and mapped attributes."""

    __slots__ = ()

    if TYPE_CHECKING:  # the operators themselves are those of `ColumnOperators`; here are their types

        def __eq__(self, other: object) -> ColumnElement[bool]: ...  # type: ignore[override]
        def __ne__(self, other: object) -> ColumnElement[bool]: ...  # type: ignore[override]
        def __lt__(self, other: Any) -> ColumnElement[bool]: ...
        def __le__(self, other: Any) -> ColumnElement[bool]: ...
        def __gt__(self, other: Any) -> ColumnElement[bool]: ...
        def __ge__(self, other: Any) -> ColumnElement[bool]: ...
        def __invert__(self) -> ColumnElement[bool]: ...
        def __and__(self, other: Any) -> ColumnElement[bool]: ...
        def __or__(self, other: Any) -> ColumnElement[bool]: ...
        def like(self, other: Any, escape: str | None = None) -> ColumnElement[bool]: ...
        def ilike(self, other: Any, escape: str | None = None) -> ColumnElement[bool]: ...
        def not_like(self, other: Any, escape: str | None = None) -> ColumnElement[bool]: ...
        def not_ilike(self, other: Any, escape: str | None = None) -> ColumnElement[bool]: ...
        def in_(self, other: Any) -> ColumnElement[bool]: ...
        def not_in(self, other: Any) -> ColumnElement[bool]: ...
        def is_(self, other: Any) -> ColumnElement[bool]: ...
        def is_not(self, other: Any) -> ColumnElement[bool]: ...
        def is_distinct_from(self, other: Any) -> ColumnElement[bool]: ...
        def is_not_distinct_from(self, other: Any) -> ColumnElement[bool]: ...
        def startswith(
            self, other: Any, escape: str | None = None, autoescape: bool = False
        ) -> ColumnElement[bool]: ...
        def istartswith(
            self, other: Any, escape: str | None = None, autoescape: bool = False
        ) -> ColumnElement[bool]: ...
        def endswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> ColumnElement[bool]: ...
        def iendswith(self, other: Any, escape: str | None = None, autoescape: bool = False) -> ColumnElement[bool]: ...
        def contains(self, other: Any, **kw: Any) -> ColumnElement[bool]: ...
        def icontains(self, other: Any, **kw: Any) -> ColumnElement[bool]: ...
        def match(self, other: Any, **kwargs: Any) -> ColumnElement[bool]: ...
        def regexp_match(self, pattern: Any, flags: str | None = None) -> ColumnElement[bool]: ...
        def between(self, cleft: Any, cright: Any, symmetric: bool = False) -> ColumnElement[bool]: ...
        @overload
        def __add__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __add__(self: SQLCoreOperations[str], other: Any) -> ColumnElement[str]: ...
        @overload
        def __add__(self, other: Any) -> ColumnElement[Any]: ...
        def __add__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __radd__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __radd__(self: SQLCoreOperations[str], other: Any) -> ColumnElement[str]: ...
        @overload
        def __radd__(self, other: Any) -> ColumnElement[Any]: ...
        def __radd__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __sub__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __sub__(self, other: Any) -> ColumnElement[Any]: ...
        def __sub__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __rsub__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __rsub__(self, other: Any) -> ColumnElement[Any]: ...
        def __rsub__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __mul__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __mul__(self, other: Any) -> ColumnElement[Any]: ...
        def __mul__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __rmul__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __rmul__(self, other: Any) -> ColumnElement[Any]: ...
        def __rmul__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __mod__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __mod__(self, other: Any) -> ColumnElement[Any]: ...
        def __mod__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __rmod__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __rmod__(self, other: Any) -> ColumnElement[Any]: ...
        def __rmod__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __floordiv__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __floordiv__(self, other: Any) -> ColumnElement[Any]: ...
        def __floordiv__(self, other: Any) -> ColumnElement[Any]: ...
        @overload
        def __rfloordiv__(self: SQLCoreOperations[int], other: int | SQLCoreOperations[int]) -> ColumnElement[int]: ...
        @overload
        def __rfloordiv__(self, other: Any) -> ColumnElement[Any]: ...
        def __rfloordiv__(self, other: Any) -> ColumnElement[Any]: ...
        def __truediv__(self, other: Any) -> ColumnElement[Any]: ...
        def __rtruediv__(self, other: Any) -> ColumnElement[Any]: ...
        def __neg__(self) -> ColumnElement[T_co]: ...
        def __getitem__(self, index: Any) -> ColumnElement[Any]: ...
        def desc(self) -> ColumnElement[T_co]: ...
        def asc(self) -> ColumnElement[T_co]: ...
        def nulls_first(self) -> ColumnElement[T_co]: ...
        def nulls_last(self) -> ColumnElement[T_co]: ...
        def distinct(self) -> ColumnElement[T_co]: ...
        def concat(self, other: Any) -> ColumnElement[Any]: ...
        def bitwise_xor(self, other: Any) -> ColumnElement[Any]: ...
        def bitwise_or(self, other: Any) -> ColumnElement[Any]: ...
        def bitwise_and(self, other: Any) -> ColumnElement[Any]: ...
        def bitwise_lshift(self, other: Any) -> ColumnElement[Any]: ...
        def bitwise_rshift(self, other: Any) -> ColumnElement[Any]: ...
        def bitwise_not(self) -> ColumnElement[Any]: ...
        def collate(self, collation: str, collation_schema: str | None = None) -> ColumnElement[T_co]: ...
        def any_(self) -> ColumnElement[Any]: ...
        def all_(self) -> ColumnElement[Any]: ...
        def regexp_replace(self, pattern: Any, replacement: Any, flags: str | None = None) -> ColumnElement[Any]: ...
        def label(self, name: str | None) -> ColumnElement[T_co]: ...
        def cast(self, type_: Any) -> ColumnElement[Any]: ...

        __hash__ = object.__hash__


class ColumnElement(SQLCoreOperations[T], ClauseElement, ColumnOperators, Generic[T]):
    """An expression with a type.

    For rendering: `anon_stem` is the stem of the label which the expression gets in a SELECT (`count` -> `count_1`);
    `label_role` says whether it gets one (see naming.py).
    """

    __hash__ = object.__hash__

    _recipes: Any = EMPTY
    """Comparisons with literals by operator and class, kept by columns of tables: see recipes.py."""

    is_column: ClassVar[bool] = True
    is_literal: bool = False
    primary_key: bool = False
    foreign_keys: Any = frozenset[Any]()
    key: str | None = None
    proxies: tuple[ColumnElement[Any], ...] = ()
    """The columns that this one stands for in an alias or subquery."""

    type: Any = NULLTYPE
    is_labelled: ClassVar[bool] = True
    """Whether it gets a label in a list of columns where it has no name."""
    wraps_column_expression: bool = False
    takes_attribute_name: ClassVar[bool] = True
    """Whether a columns clause calls the expression like the hybrid attribute that gave it."""

    bind_stem: Any = "param"
    """The stem of the name of a literal beside the expression: `a.id = :id_1`."""

    @property
    def anon_stem(self) -> str:
        """The stem of the label that the expression gets where it needs one."""
        return "anon"

    @property
    def key_stem(self) -> str:
        """The key of its column in a subquery, where it has no name."""
        return "_no_label"

    @property
    def anon_label(self) -> Name:
        """The name that rendering numbers for this expression."""
        return AnonymousName(self.anon_stem, self)

    @property
    def anon_key_label(self) -> Name:
        """The same for its key."""
        return self.anon_label

    @property
    def expression(self) -> ColumnElement[T]:
        """The expression itself, for code that also receives mapped attributes."""
        return self

    @memoized
    def comparator(self) -> Any:
        """What the type adds to the operators of this expression."""
        return self.type.comparator_factory(self)

    def __getattr__(self, name: str) -> Any:
        if name == "shape" or name == "refs" or name == "_inner_refs":
            return self._remember_structure(name)
        if name == "_recipes":
            recipes: dict[Any, Any] = {}
            self._recipes = recipes
            return recipes
        if name.startswith("__"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        try:
            return getattr(self.comparator, name)
        except AttributeError:
            names = f"{type(self).__name__!r} object nor {type(self.comparator).__name__!r}"
            raise AttributeError(f"Neither {names} object has an attribute {name!r}") from None

    def __eq__(self, other: object) -> ColumnElement[bool]:  # type: ignore[override]
        recipe = self._recipes.get((eq, type(other)))
        return self.operate(eq, other) if recipe is None else recipe(self, other)

    def __ne__(self, other: object) -> ColumnElement[bool]:  # type: ignore[override]
        recipe = self._recipes.get((ne, type(other)))
        return self.operate(ne, other) if recipe is None else recipe(self, other)

    def __lt__(self, other: Any) -> ColumnElement[bool]:
        recipe = self._recipes.get((lt, type(other)))
        return self.operate(lt, other) if recipe is None else recipe(self, other)

    def __le__(self, other: Any) -> ColumnElement[bool]:
        recipe = self._recipes.get((le, type(other)))
        return self.operate(le, other) if recipe is None else recipe(self, other)

    def __gt__(self, other: Any) -> ColumnElement[bool]:
        recipe = self._recipes.get((gt, type(other)))
        return self.operate(gt, other) if recipe is None else recipe(self, other)

    def __ge__(self, other: Any) -> ColumnElement[bool]:
        recipe = self._recipes.get((ge, type(other)))
        return self.operate(ge, other) if recipe is None else recipe(self, other)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
        """Return the expression that an operator yields, asking the type where it has operators of its own."""
        if has_plain_operators(self.type):
            made = makers.operate(self, op, *other, **kwargs)
        else:
            made = op(self.comparator, *other, **kwargs)
        return cast("ColumnElement[Any]", made)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> ColumnElement[Any]:
        """The same where this expression is on the right."""
        if has_plain_operators(self.type):
            made = makers.operate(self, op, other, reverse=True, **kwargs)
        else:
            made = op(other, self.comparator, **kwargs)
        return cast("ColumnElement[Any]", made)

    def default_operate(self, op: Any, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
        """What a type's comparator calls when it has nothing to say about an operator."""
        return cast("ColumnElement[Any]", makers.operate(self, op, *other, **kwargs))

    def default_reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> ColumnElement[Any]:
        """The same for reversed operands."""
        return cast("ColumnElement[Any]", makers.operate(self, op, other, reverse=True, **kwargs))

    def label(self, name: str | None) -> ColumnElement[T]:
        """Return the expression under a name; under an anonymous one if that is None."""
        return cast("ColumnElement[T]", makers.label(name, self))

    def cast(self, type_: Any) -> ColumnElement[Any]:
        """Return a CAST of the expression."""
        return cast("ColumnElement[Any]", makers.cast(self, type_))

    @memoized
    def base_columns(self) -> frozenset[ColumnElement[Any]]:
        """The columns at the bottom of the proxies."""
        return frozenset(column for column in self.proxy_set if not column.proxies)

    @memoized
    def proxy_set(self) -> frozenset[ColumnElement[Any]]:
        """This column and all that it stands for, directly or not."""
        return frozenset({self, *(found for proxy in self.proxies for found in proxy.proxy_set)})

    def shares_lineage(self, othercolumn: ColumnElement[Any]) -> bool:
        """Tell whether both stand for a common column."""
        return bool(self.proxy_set & othercolumn.proxy_set)

    def make_proxy(self, selectable: Any, name: Name, key: str, position: int) -> ColumnElement[Any]:
        """Return the column that stands for this one in a subquery or alias."""
        return ColumnProxy(self, selectable, name, key, position)


_plain: dict[type, bool] = {}


def has_plain_operators(type_: Any) -> bool:
    """Tell whether a type leaves all operators as they are."""
    cls = class_of(type_)
    found = _plain.get(cls)
    return _remember_plain(cls) if found is None else found


def _remember_plain(cls: type[TypeEngine[Any]]) -> bool:
    plain = cls.comparator_factory is TypeEngine.comparator_factory
    _plain[cls] = plain
    return plain


class NamedColumn(ColumnElement[T]):
    """An expression with a name of its own."""

    is_named: ClassVar[bool] = True
    name: Any
    table: Any = None

    @property
    def description(self) -> str | None:
        return stem_of(self.name)

    @property
    def anon_stem(self) -> str:
        return stem_of(self.name)

    @memoized
    def bind_stem(self) -> str:
        """The stem of the name of a literal beside the column."""
        name = self.key or self.name
        return "param" if name is None or isinstance(self.name, AnonymousName) else stem_of(name)


class ColumnType(type):
    """The class of the classes of columns: a column of an alias or subquery is one of what it stands for, too."""

    def __instancecheck__(cls, instance: object) -> bool:
        kind = type(instance)
        if issubclass(kind, cls):
            return True
        if not issubclass(kind, ColumnProxy):
            return False
        inner = cast("Any", instance).proxies[0]
        return cls is ColumnClause or isinstance(inner.element if inner.is_label else inner, cls)


class ColumnClause(NamedColumn[T], metaclass=ColumnType):
    """A column by name: `table.name`, or `name` alone; with `is_literal` the name is SQL text."""

    __slots__ = ("_recipes",)
    is_table_column: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"name": ATOM, "table": LINK, "type": TYPE, "is_literal": ATOM}

    _recipes: Any

    onupdate: Any = None
    default: Any = None
    server_default: Any = None
    server_onupdate: Any = None
    counts_rows: bool = False
    """Whether it only takes the number of a row among those of one INSERT."""

    def __init__(self, text: str, type_: Any = None, is_literal: bool = False, _selectable: Any = None) -> None:
        self.key = self.name = text
        self.table = _selectable
        self.type = NULLTYPE if type_ is None else to_instance(type_)
        self.is_literal = is_literal

    @property
    def entity_namespace(self) -> Any:
        return self.table.entity_namespace if self.table is not None else self.key


class ColumnProxy(NamedColumn[T]):
    """The column of an alias or subquery that stands for a column inside it.

    Its structure is its place in its table, which has all the rest. `name` may be an `AnonymousName`.
    """

    __slots__ = ("_recipes",)
    is_table_column: ClassVar[bool] = True
    default: ClassVar[None] = None
    """What concerns tables only stays with the column inside: defaults, indexes, comments."""
    onupdate: ClassVar[None] = None
    server_default: ClassVar[None] = None
    server_onupdate: ClassVar[None] = None
    index: ClassVar[None] = None
    unique: ClassVar[None] = None
    comment: ClassVar[None] = None
    doc: ClassVar[None] = None
    computed: ClassVar[None] = None
    identity: ClassVar[None] = None
    autoincrement: ClassVar[str] = "auto"
    system: ClassVar[bool] = False
    constraints: ClassVar[frozenset[Any]] = frozenset()
    _structure: ClassVar[Mapping[str, Kind]] = {"table": LINK, "position": ATOM}

    _recipes: Any

    def __init__(self, column: ColumnElement[Any], table: Any, name: Name, key: str, position: int) -> None:
        self.table = table
        self.name = name
        self.key = key
        self.position = position
        self.proxies = (column,)
        self.type = column.type
        self.primary_key = column.primary_key
        self.foreign_keys = column.foreign_keys

    @property
    def entity_namespace(self) -> Any:
        return self.table.entity_namespace

    @property
    def nullable(self) -> bool:
        """Whether the column that it stands for may be NULL."""
        return bool(getattr(self.proxies[0], "nullable", True))

    def references(self, column: Any) -> bool:
        """Tell whether a foreign key of the column refers to the given one."""
        return any(key.column.proxy_set & column.proxy_set for key in self.foreign_keys)
