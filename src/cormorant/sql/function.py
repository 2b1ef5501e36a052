"""SQL functions: `func.name(...)` for any, classes for those whose result type is known.

In: a name and arguments, literals included. Out: a Function, or an instance of the class registered under the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, overload

from ..types import NULLTYPE, to_instance
from ..types.operators import comma_op, getitem
from .bind import BindParameter
from .clause import Executable
from .coercion import clause_of, node_as_expression
from .collection import ColumnCollection
from .column import ColumnElement, SQLCoreOperations, T
from .makers import makers
from .node import ATOM, NODE, TYPE, Annotated, Kind
from .operations import ClauseList, Grouping
from .simple import NULL
from .table_valued import FunctionAsBinary, ScalarFunctionColumn, TableValuedAlias, column_arguments
from .window import AggregateOrderBy, FunctionFilter, Over, WithinGroup


class FunctionElement(ColumnElement[T], Executable):
    """A function call; `clause_expr` holds the arguments in parentheses.

    `name` is the name in SQL, `packagenames` what stands before it with dots between.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {"clause_expr": NODE, "type": TYPE}

    name: Any = "anon"
    packagenames: tuple[str, ...] = ()
    monotonic: bool = False
    is_column: ClassVar[bool] = True
    takes_attribute_name: ClassVar[bool] = False

    def __init__(self, *clauses: Any) -> None:
        self._set_arguments(clauses)

    def _set_arguments(self, clauses: Iterable[Any]) -> None:
        made = [self._argument(clause) for clause in clauses]
        self.clause_expr = Grouping(ClauseList(*made, operator=comma_op, group_contents=True))

    def _argument(self, value: Any) -> Any:
        node = clause_of(value)
        if node is None:
            return NULL if value is None else self._literal(value)
        return node_as_expression(node, value)

    def _literal(self, value: Any) -> Any:
        return BindParameter(str(self.name), value, None, unique=True)

    @property
    def clauses(self) -> ClauseList:
        """The arguments."""
        arguments: ClauseList = self.clause_expr.element
        return arguments

    @property
    def anon_stem(self) -> str:
        return str(self.name)

    @property
    def key_stem(self) -> str:
        """The key of its column in a subquery."""
        return str(self.name)

    def over(
        self,
        *,
        partition_by: Any = None,
        order_by: Any = None,
        rows: Any = None,
        range_: Any = None,
        groups: Any = None,
        exclude: str | None = None,
    ) -> Over[T]:
        """Return the function as a window function."""
        return Over(self, partition_by, order_by, range_, rows, groups, exclude)

    def filter(self, *criterion: Any) -> Any:
        """Return the aggregate over the rows that meet the criteria."""
        return FunctionFilter(self, *criterion) if criterion else self

    def within_group(self, *order_by: Any) -> WithinGroup[T]:
        """Return the ordered-set aggregate with its order."""
        return WithinGroup(self, *order_by)

    @property
    def c(self) -> ColumnCollection:
        """The function as the only column of the rows that it yields."""
        return ColumnCollection([(self.key_stem, self)])

    columns = exported_columns = c

    @property
    def entity_namespace(self) -> Any:
        return self.c

    def table_valued(self, *expr: Any, **kw: Any) -> TableValuedAlias:
        """Return the function in FROM, with columns by name; `name`, `with_ordinality`, `joins_implicitly`."""
        name, ordinality = kw.pop("name", None), kw.pop("with_ordinality", None)
        implicit = bool(kw.pop("joins_implicitly", False))
        if kw:
            raise TypeError(f"table_valued() got unexpected keyword argument(s) {sorted(kw)}")
        columns = column_arguments((*expr, *([ordinality] if ordinality else [])))
        return TableValuedAlias(self, name, columns, with_ordinality=ordinality, joins_implicitly=implicit)

    def column_valued(self, name: str | None = None, joins_implicitly: bool = False) -> Any:
        """Return the only column of the function in FROM."""
        return self.alias(name=name, joins_implicitly=joins_implicitly).column

    def scalar_table_valued(self, name: str, type_: Any = None) -> ScalarFunctionColumn[Any]:
        """Return one column of the row that the function yields: `(function()).name`."""
        return ScalarFunctionColumn(self, name, type_)

    def alias(self, name: str | None = None, joins_implicitly: bool = False) -> TableValuedAlias:
        """Return the function in FROM, under a name."""
        return TableValuedAlias(self, name, (), joins_implicitly=joins_implicitly, is_one_column=True)

    def as_comparison(self, left_index: int, right_index: int) -> FunctionAsBinary:
        """Return the function as a comparison of two of its arguments, for the condition of a relationship."""
        return FunctionAsBinary(self, left_index, right_index)

    def within_group_type(self, within_group: WithinGroup[Any]) -> Any:
        """Return the type of the function with WITHIN GROUP; None for its own."""
        return None

    def aggregate_order_by(self, *order_by: Any) -> AggregateOrderBy[T]:
        """Return the aggregate over its rows in an order."""
        return AggregateOrderBy(self, *order_by)

    def select(self) -> Any:
        """Return a SELECT of the function."""
        return makers.select(self)

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if against is getitem else self


class Function(FunctionElement[T]):
    """A function by name, of which nothing else is known."""

    _structure: ClassVar[Mapping[str, Kind]] = {"name": ATOM, "packagenames": ATOM}

    def __init__(
        self,
        name: str,
        *clauses: Any,
        type_: Any = None,
        packagenames: tuple[str, ...] | None = None,
        monotonic: bool = False,
    ) -> None:
        self.name = name
        self.packagenames = tuple(packagenames or ())
        self.type = NULLTYPE if type_ is None else to_instance(type_)
        if monotonic:
            self.monotonic = True
        self._set_arguments(clauses)

    @property
    def bind_stem(self) -> str:
        """The stem of the names of literals beside it."""
        return str(self.name)

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__name__} at {id(self):#x}; {self.name}>"


_registry: dict[str, dict[str, Callable[..., Any]]] = {"_default": {}}


def register_function(identifier: str, fn: Callable[..., Any], package: str = "_default") -> None:
    """Make `func.identifier` (or `func.package.identifier`) return instances of the class."""
    _registry.setdefault(package, {})[identifier.lower()] = fn


class GenericFunction(Function[T]):
    """The base of known functions: a subclass is registered under its name and has its result type as `type`.

    Class attributes: `name`, `identifier`, `package`, `type`, `inherit_cache`.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {}
    package: ClassVar[str] = "_default"
    identifier: ClassVar[str] = ""
    _is_abstract: ClassVar[bool] = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = cls.__dict__
        if own.get("_is_abstract") or issubclass(cls, Annotated):
            return
        cls._is_abstract = False
        name = own.get("name") or cls.__name__
        cls.name = name
        cls.identifier = own.get("identifier") or str(name)
        if isinstance(own.get("type"), type):
            cls.type = own["type"]()
        register_function(cls.identifier, cls, cls.package)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        type_ = kwargs.pop("type_", None)
        if kwargs:
            raise TypeError(f"{type(self).__name__}() got unexpected keyword argument(s) {sorted(kwargs)}")
        if type_ is not None:
            self.type = to_instance(type_)
        self._set_arguments(args)


class FunctionGenerator:
    """`func`: each attribute is a function, or a package before the next attribute."""

    def __init__(self, **options: Any) -> None:
        self._names: tuple[str, ...] = ()
        self._options = options

    def __getattr__(self, name: str) -> Self:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(self)(**self._options)
        made._names = (*self._names, name[:-1] if name.endswith("_") else name)
        return made

    if TYPE_CHECKING:  # functions whose result type follows from their name or from an argument

        def count(self, *c: Any, **kwargs: Any) -> Function[int]: ...
        def char_length(self, arg: Any, **kwargs: Any) -> Function[int]: ...
        def concat(self, *c: Any, **kwargs: Any) -> Function[str]: ...
        def now(self, **kwargs: Any) -> Function[datetime]: ...
        def random(self, **kwargs: Any) -> Function[float]: ...
        def current_timestamp(self, **kwargs: Any) -> Function[datetime]: ...
        def current_date(self, **kwargs: Any) -> Function[date]: ...
        def rank(self, **kwargs: Any) -> Function[int]: ...
        def dense_rank(self, **kwargs: Any) -> Function[int]: ...
        def row_number(self, **kwargs: Any) -> Function[int]: ...
        @overload
        def max(self, arg: SQLCoreOperations[T], /) -> Function[T]: ...
        @overload
        def max(self, *c: Any, **kwargs: Any) -> Function[Any]: ...
        def max(self, *c: Any, **kwargs: Any) -> Function[Any]: ...
        @overload
        def min(self, arg: SQLCoreOperations[T], /) -> Function[T]: ...
        @overload
        def min(self, *c: Any, **kwargs: Any) -> Function[Any]: ...
        def min(self, *c: Any, **kwargs: Any) -> Function[Any]: ...
        @overload
        def sum(self, arg: SQLCoreOperations[T], /) -> Function[T]: ...
        @overload
        def sum(self, *c: Any, **kwargs: Any) -> Function[Any]: ...
        def sum(self, *c: Any, **kwargs: Any) -> Function[Any]: ...
        @overload
        def coalesce(self, arg: SQLCoreOperations[T | None], /, *more: T | SQLCoreOperations[T]) -> Function[T]: ...
        @overload
        def coalesce(self, *c: Any, **kwargs: Any) -> Function[Any]: ...
        def coalesce(self, *c: Any, **kwargs: Any) -> Function[Any]: ...

    def __call__(self, *c: Any, **kwargs: Any) -> Function[Any]:
        """Return the function with arguments; `type_` gives its result type."""
        if not self._names:
            raise TypeError("func is called by a name: func.count(...)")
        options = {**self._options, **kwargs}
        *package, name = self._names
        if len(package) < 2:
            known = _registry.get(package[0] if package else "_default", {}).get(name.lower())
            if known is not None:
                options.pop("monotonic", None)
                found: Function[Any] = known(*c, **options)
                return found
        return Function(name, *c, packagenames=tuple(package), **options)


func = FunctionGenerator()
modifier = FunctionGenerator()


def _by_name(name: str, *arguments: Any) -> Any:
    return getattr(func, name)(*arguments)


makers.function = _by_name
