"""A column of a table.

In: name, type, constraints, defaults. Out: a node that stands in expressions as `table.name`, and that tells the rest
what was declared. It becomes part of one table; what hangs on the table (foreign keys, indexes) waits for that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, ClassVar

from typing_extensions import TypeVar

from ..exc import ArgumentError
from ..sql.bind import BindParameter
from ..sql.column import ColumnClause
from ..sql.names import quoted_name
from ..sql.naming import NamedItem, plain_item
from ..sql.node import Kind
from ..types import INTEGERTYPE, NULLTYPE, SchemaType, TypeEngine, to_instance
from ..util import NO_ARG, memoized, warn_deprecated
from .base import NONE_NAME, NULL_UNSPECIFIED, DialectOptions, SchemaItem, attach_all, next_creation_order
from .constraints import CheckConstraint, UniqueConstraint
from .defaults import ColumnDefault, DefaultClause, FetchedValue, InsertSentinelColumnDefault
from .hooks import HasHooks, fire_attach
from .index import Index
from .named_types import copied_type, join_table

T = TypeVar("T", default=Any)
OnTable = Callable[[Any], None]


class Column(DialectOptions, HasHooks, SchemaItem, ColumnClause[T]):
    """A column: `Column(name, type, *constraints and defaults, **options)`; name or type or both may be left out."""

    _structure: ClassVar[Mapping[str, Kind]] = {}
    inherit_cache: ClassVar[bool | None] = True
    has_own_shape: ClassVar[bool] = True
    is_literal: bool = False

    foreign_keys: set[Any]
    constraints: set[Any]

    def __init__(
        self,
        name_pos: Any = None,
        type_pos: Any = None,
        /,
        *args: Any,
        name: str | None = None,
        type_: Any = None,
        autoincrement: Any = "auto",
        default: Any = NO_ARG,
        insert_default: Any = NO_ARG,
        doc: str | None = None,
        key: str | None = None,
        index: Any = None,
        unique: Any = None,
        info: dict[Any, Any] | None = None,
        nullable: Any = NULL_UNSPECIFIED,
        onupdate: Any = None,
        primary_key: bool = False,
        server_default: Any = None,
        server_onupdate: Any = None,
        quote: bool | None = None,
        system: bool = False,
        comment: str | None = None,
        insert_sentinel: bool = False,
        _omit_from_statements: bool = False,
        _proxies: Any = None,
        **dialect_kwargs: Any,
    ) -> None:
        name, type_, items = _positional(name_pos, type_pos, args, name, type_)
        if name is not None:
            name = quoted_name.construct(name, quote)
        elif quote is not None:
            raise ArgumentError("Explicit 'name' is required when sending 'quote' argument")
        self.name = name
        self.key = key if key is not None else name
        self.type = NULLTYPE if type_ is None else to_instance(type_)
        self.table = None
        self.primary_key = primary_key
        self.nullable_given = None if nullable is NULL_UNSPECIFIED else bool(nullable)
        self.nullable = self.nullable_given if self.nullable_given is not None else not primary_key
        self.index = index
        self.unique = unique
        self.system = system
        self.doc = doc
        self.comment = comment
        self.autoincrement = autoincrement
        self.is_sentinel = insert_sentinel
        self.omit_from_statements = _omit_from_statements
        self.foreign_keys = set()
        self.constraints = set()
        self.computed: Any = None
        self.identity: Any = None
        self.waiting: list[OnTable] = []
        self._creation_order = next_creation_order()
        if info is not None:
            self.info = info
        self._take_dialect_options(dialect_kwargs)
        self._set_defaults(_one_default(default, insert_default), onupdate, server_default, server_onupdate)
        attach_all(self, items)

    def _set_defaults(self, default: Any, onupdate: Any, server_default: Any, server_onupdate: Any) -> None:
        self.default = self.onupdate = self.server_default = self.server_onupdate = None
        if default is not NO_ARG and default is not None:
            _as_default(default, False)._attach(self)
        if onupdate is not None:
            _as_default(onupdate, True)._attach(self)
        if server_default is not None:
            _as_server_default(server_default, False)._attach(self)
        if server_onupdate is not None:
            _as_server_default(server_onupdate, True)._attach(self)

    @property
    def counts_rows(self) -> bool:  # type: ignore[override]
        return self.default is not None and bool(self.default.is_sentinel)

    @memoized
    def plain_item(self) -> NamedItem:
        """How a SELECT names the column where nothing else has its name."""
        return plain_item(self)

    @memoized
    def selected(self) -> Any:
        """What the compiler remembers of the column in a list of columns; nobody else looks into it."""
        return None

    # becoming part of a table

    def when_attached(self, function: OnTable) -> None:
        """Call the function with the table: now, if there is one, else as soon as there is."""
        if self.table is not None:
            function(self.table)
        else:
            self.waiting.append(function)

    def _attach(
        self,
        parent: Any,
        *,
        replace_existing: bool = False,
        index: int | None = None,
        appended: bool = False,
        **options: Any,
    ) -> None:
        if not self.name:
            raise ArgumentError(
                "Column must be constructed with a non-blank name or assign a non-blank .name before adding to a Table."
            )
        if self.key is None:
            self.key = self.name
        if self.table is not None and self.table is not parent:
            raise ArgumentError(f"Column object '{self.key}' already assigned to Table '{self.table.description}'")
        fire_attach(self, parent, "before_parent_attach")
        self._check_flags()
        parent._put_column(self, replace_existing, index, appended)
        if self.is_sentinel:
            parent._take_sentinel(self)
        self.table = parent
        if self.primary_key:
            parent.primary_key.add(self)
        self._declare_by_flags(parent)
        join_table(self.type, parent)
        self._declare_by_type(parent)
        waiting, self.waiting = self.waiting, []
        for function in waiting:
            function(parent)
        for default in (self.default, self.onupdate):
            if default is not None and default.is_sequence:
                default._join_metadata(parent)
        parent.metadata._expect_type(self)
        fire_attach(self, parent, "after_parent_attach")

    def _check_flags(self) -> None:
        if isinstance(self.index, str):
            raise ArgumentError(
                "The 'index' keyword argument on Column is boolean only. To create indexes with a specific name, "
                "create an explicit Index object external to the Table."
            )
        if isinstance(self.unique, str):
            raise ArgumentError(
                "The 'unique' keyword argument on Column is boolean only. To create unique constraints or indexes "
                "with a specific name, append an explicit UniqueConstraint to the Table's list of elements, or create "
                "an explicit Index object external to the Table."
            )

    def _declare_by_flags(self, table: Any) -> None:
        """Make the index or unique constraint that `index` and `unique` ask for."""
        if self.index:
            Index(None, self.key, unique=bool(self.unique), _table=table, _column_flag=True)
        elif self.unique:
            UniqueConstraint(self.key, _column_flag=True)._attach(table)

    def _declare_by_type(self, table: Any) -> None:
        """Make the CHECK constraint that a Boolean or Enum asks for."""
        type_: Any = self.type
        if isinstance(type_, SchemaType) and type_.wants_constraint():
            check = CheckConstraint(
                self.in_(BindParameter(None, type_.allowed_values, expanding=True, unique=True)),
                name=NONE_NAME if type_.name is None else type_.name,
                _create_rule=lambda dialect: emulates(type_, dialect),
                _type_bound=True,
            )
            check._attach(table)

    # questions

    def references(self, column: Any) -> bool:
        """Tell whether a foreign key of this column refers to the given one."""
        return any(key.column.proxy_set & column.proxy_set for key in self.foreign_keys)

    def append_foreign_key(self, fk: Any) -> None:
        """Add a foreign key."""
        fk._attach(self)

    @property
    def anon_stem(self) -> str:
        return "param" if self.name is None else str(self.name)

    # copies

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Copy the column with its table; as part of anything else, such as a statement, it stays itself."""
        if self.table is not None:
            if not memo:
                deepcopy(self.table, memo)
            elif id(self.table) not in memo:
                return self
        return memo[id(self)] if id(self) in memo else super().__deepcopy__(memo)

    def copied(self, **changes: Any) -> Column[T]:
        """Return the same declaration, part of no table yet; `changes` replaces constructor arguments.

        `with_keys=False` leaves out foreign keys: those of a table are copied with its constraints.
        """
        schema, with_keys = changes.pop("schema", None), changes.pop("with_keys", True)
        items: list[Any] = [one.copied() for one in self.constraints if not one.type_bound]
        items += [key.copied(schema) for key in self._own_foreign_keys() if with_keys]
        items += [one for one in (self._generated(),) if one is not None]
        arguments: dict[str, Any] = {
            "name": self.name,
            "type_": copied_type(self.type, schema),
            "key": self.key if self.key != self.name else None,
            "primary_key": self.primary_key,
            "autoincrement": self.autoincrement,
            "index": self.index,
            "unique": self.unique,
            "system": self.system,
            "doc": self.doc,
            "comment": self.comment,
            "insert_sentinel": self.is_sentinel,
            "_omit_from_statements": self.omit_from_statements,
            **self._copied_defaults(),
            **self.dialect_kwargs,
        }
        if self.nullable_given is not None:
            arguments["nullable"] = self.nullable_given
        made = type(self)(*items, **{**arguments, **changes})
        if "_info" in self.__dict__:
            made.info = dict(self.info)
        if made.nullable_given is None:
            made.nullable = self.nullable
        return made

    def _own_foreign_keys(self) -> list[Any]:
        """The foreign keys given to this column, not those of constraints over several columns."""
        return [key for key in self.foreign_keys if key.constraint is None or len(key.constraint.elements) == 1]

    def _generated(self) -> Any:
        if self.computed is not None or self.identity is not None:
            return (self.computed or self.identity).copied()
        return None

    def _copied_defaults(self) -> dict[str, Any]:
        copies = {name: getattr(self, name) for name in ("default", "onupdate")}
        found = {name: None if one is None else one.copied() for name, one in copies.items()}
        if self.computed is None and self.identity is None:
            for name in ("server_default", "server_onupdate"):
                one = getattr(self, name)
                found[name] = None if one is None else one.copied()
        return found

    def copy(self, **kw: Any) -> Column[T]:
        """Return the same declaration, part of no table yet."""
        warn_deprecated("The Column.copy() method is deprecated and will be removed in a future release.", "1.4")
        return self.copied(**kw)

    def __str__(self) -> str:
        """Table and column by their names; where the table is, is told by the SQL of an expression."""
        return super().__str__() if self.table is None else f"{self.table.description}.{self.name}"

    def __repr__(self) -> str:
        parts = [repr(self.name), repr(self.type)]
        parts += [repr(key) for key in self.foreign_keys if key is not None]
        parts += [repr(one) for one in self.constraints]
        parts.append(f"table=<{self.table.description}>" if self.table is not None else "table=None")
        parts += [f"key={self.key!r}"] if self.key != self.name else []
        parts += ["primary_key=True"] if self.primary_key else []
        parts += [] if self.nullable else ["nullable=False"]
        for name in ("onupdate", "default", "server_default", "comment"):
            value = getattr(self, name)
            parts += [] if value is None else [f"{name}={value!r}"]
        return f"Column({', '.join(parts)})"


Column._is_declared = True


def emulates(type_: Any, dialect: Any) -> bool:
    """Tell whether a database has no type of its own for a Boolean or Enum, so that a CHECK constraint is of use."""
    if type_.dialect_impl(dialect) is not type_:
        return False
    feature = "native_boolean" if type_.python_type is bool else "native_enum"
    if type_.native and getattr(dialect.features, feature):
        return False
    return type_.python_type is not bool or bool(dialect.non_native_boolean_check_constraint)


def _positional(
    first: Any, second: Any, rest: tuple[Any, ...], name: str | None, type_: Any
) -> tuple[str | None, Any, list[Any]]:
    """Sort out what was given by position: perhaps a name, perhaps a type, then schema items."""
    items = [one for one in (first, second, *rest) if one is not None]
    if items and isinstance(items[0], str):
        if name is not None:
            raise ArgumentError("May not pass name positionally and as a keyword.")
        name = items.pop(0)
    if items and _is_type(items[0]):
        if type_ is not None:
            raise ArgumentError("May not pass type_ positionally and as a keyword.")
        type_ = items.pop(0)
    return name, type_, items


def _is_type(value: Any) -> bool:
    return isinstance(value, TypeEngine) or (isinstance(value, type) and issubclass(value, TypeEngine))


def _one_default(default: Any, insert_default: Any) -> Any:
    if insert_default is NO_ARG:
        return default
    if default is not NO_ARG:
        raise ArgumentError("The 'default' and 'insert_default' parameters of Column are mutually exclusive")
    return insert_default


def _as_default(value: Any, for_update: bool) -> Any:
    if isinstance(value, ColumnDefault) or getattr(value, "is_sequence", False):
        value.for_update = for_update
        return value
    return ColumnDefault(value, for_update=for_update)


def _as_server_default(value: Any, for_update: bool) -> Any:
    if isinstance(value, FetchedValue):
        return value.for_the(for_update)
    return DefaultClause(value, for_update=for_update)


def insert_sentinel(
    name: str | None = None, type_: Any = None, *, default: Any = None, omit_from_statements: bool = True
) -> Column[Any]:
    """Return a column that only tells the rows of one INSERT apart."""
    return Column(
        name=name,
        type_=INTEGERTYPE if type_ is None else to_instance(type_),
        default=default if default is not None else InsertSentinelColumnDefault(),
        _omit_from_statements=omit_from_statements,
        insert_sentinel=True,
    )
