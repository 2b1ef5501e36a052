"""INSERT, UPDATE, DELETE.

In: a table and values by column or name. Out: nodes whose values are expressions; a literal is a bind parameter that is
marked `is_crud` and named after its column. Names that are no column are kept: rendering reports them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, Unpack, overload

from ..exc import ArgumentError, InvalidRequestError
from ..types import NULLTYPE
from .bind import BindParameter
from .clause import SparseNode, Ts, TypedReturnsRows
from .coercion import as_column, as_condition, as_dml_table, as_from, as_select, clause_of, node_as_expression
from .collection import ColumnCollection
from .column import ColumnClause
from .dialect_options import Options, TakesOptions, check_option
from .fromclause import ReturnsRows
from .froms import froms_of
from .kinds import is_mapping, is_sequence
from .makers import makers
from .naming import LABEL_STYLE_DISAMBIGUATE_ONLY, NamedItem, name_items
from .node import ATOM, NODE, NODES, TREE, Kind, deannotate
from .prefixes import HasPrefixes
from .recipes import remember_shape
from .select import attribute_in
from .selectbase import HasCTE
from .syntax_extension import HasSyntaxExtensions, SyntaxExtension
from .typed import T0, T1, T2, T3, T4, T5, T6, T7, Typed
from .visitors import iterate

Pair = tuple[Any, Any]
_MIXED_VALUES = (
    "Can't mix single and multiple VALUES formats in one INSERT statement: one adds rows to a list, the other replaces "
    "values of the only row"
)


class UpdateBase(TakesOptions, HasPrefixes, HasSyntaxExtensions, HasCTE, ReturnsRows, SparseNode):
    """What the three have in common. Sparse: an instance holds only what it was given.

    `returning_columns` are columns and tables as given; `return_defaults_columns` is None, or the columns that
    `return_defaults()` named (empty: all that got no value); `supplemental_columns` come back in any case.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "table": NODE,
        "returning_columns": NODES,
        "sort_by_parameter_order": ATOM,
        "return_defaults_columns": NODES,
        "supplemental_columns": NODES,
        "wants_defaults": ATOM,
        "hints": TREE,
        "given_options": ATOM,
    }
    is_dml: ClassVar[bool] = True
    named_with_column: bool = False

    table: Any
    returning_columns: tuple[Any, ...] = ()
    sort_by_parameter_order: bool = False
    return_defaults_columns: tuple[Any, ...] = ()
    supplemental_columns: tuple[Any, ...] = ()
    wants_defaults: bool = False
    hints: tuple[tuple[Any, str, str], ...] = ()
    given_options: tuple[tuple[str, Any], ...] = ()

    def __init__(self, table: Any) -> None:
        self.table = as_dml_table(table)

    def params(self, optionaldict: Mapping[str, Any] | None = None, /, **kwargs: Any) -> Self:
        """Refuse: the values of a statement that writes come from `values()`."""
        raise NotImplementedError(
            "params() is not supported for INSERT/UPDATE/DELETE statements. To set the values for an INSERT or UPDATE "
            "statement, use stmt.values(**parameters)."
        )

    def returning(self, *cols: Any, sort_by_parameter_order: bool = False) -> Self:
        """Return a copy that returns columns of the rows it writes."""
        if self.wants_defaults:
            raise InvalidRequestError("return_defaults() is already configured on this statement")
        changes: dict[str, Any] = {"returning_columns": (*self.returning_columns, *[as_column(col) for col in cols])}
        if sort_by_parameter_order:
            self._check_can_sort()
            changes["sort_by_parameter_order"] = True
        return self._copy(**changes)

    def _check_can_sort(self) -> None:
        if not self.is_insert:
            raise ArgumentError(
                "The 'sort_by_parameter_order' argument to returning() only applies to INSERT statements"
            )

    def return_defaults(
        self, *cols: Any, supplemental_cols: Iterable[Any] | None = None, sort_by_parameter_order: bool = False
    ) -> Self:
        """Return a copy that fetches what the database generates, where it has RETURNING."""
        if self.returning_columns:
            raise InvalidRequestError("RETURNING is already configured on this statement")
        changes: dict[str, Any] = {"wants_defaults": True}
        if cols:
            changes["return_defaults_columns"] = (*self.return_defaults_columns, *[as_column(col) for col in cols])
        if supplemental_cols:
            more = [as_column(col) for col in supplemental_cols]
            changes["supplemental_columns"] = (*self.supplemental_columns, *more)
        if sort_by_parameter_order:
            self._check_can_sort()
            changes["sort_by_parameter_order"] = True
        return self._copy(**changes)

    def with_hint(self, text: str, selectable: Any = None, dialect_name: str = "*") -> Self:
        """Return a copy with a hint for its table."""
        target = self.table if selectable is None else as_from(selectable)
        return self._copy(hints=(*self.hints, (target, dialect_name, text)))

    def with_dialect_options(self, **opt: Any) -> Self:
        """Return a copy with options `dialect_option=value`."""
        for name in opt:
            if "_" not in name:
                raise ArgumentError(
                    f"Argument {name!r} is not accepted: dialect options are spelled <dialect>_<option>"
                )
            dialect, _, option = name.partition("_")
            check_option(type(self), dialect, option)
        return self._copy(given_options=tuple(sorted({**dict(self.given_options), **opt}.items())))

    def _options_given(self) -> Options:
        found: dict[str, dict[str, Any]] = {}
        for name, value in self.given_options:
            dialect, _, option = name.partition("_")
            found.setdefault(dialect, {})[option] = value
        return found

    def expanded_returning(self) -> list[Any]:
        """Return the columns of RETURNING, tables replaced by their columns."""
        columns: list[Any] = []
        for element in self.returning_columns:
            if element.is_bundle:
                columns.extend(element.c)
            else:
                columns.extend(element.written_columns() if element.is_from_clause else (element,))
        return columns

    def named_items(self) -> tuple[NamedItem, ...]:
        """Return the columns of RETURNING with their names."""
        return name_items(self.expanded_returning(), LABEL_STYLE_DISAMBIGUATE_ONLY)

    def proxied_names(self) -> tuple[NamedItem, ...]:
        """Return the columns with the names that a CTE shows them under."""
        return tuple([item for item in self.named_items() if not item.element.is_text])

    def column_sources(self) -> list[tuple[Any, ...]]:
        """Return, for each column of RETURNING, the columns that it comes from."""
        return [(item.element,) for item in self.proxied_names()]

    @property
    def exported_columns(self) -> ColumnCollection:
        return ColumnCollection([(item.key, item.element) for item in self.proxied_names()])

    def corresponding_column(self, column: Any, require_embedded: bool = False) -> Any:
        """Return the column of RETURNING that is, or stands for, the given one."""
        return self.exported_columns.corresponding_column(column, require_embedded)

    @property
    def entity_description(self) -> dict[str, Any]:
        """Name and table of what is written."""
        return {"name": getattr(self.table, "name", None), "table": self.table}

    @property
    def returning_column_descriptions(self) -> list[dict[str, Any]]:
        """Name, type and expression of each column of RETURNING."""
        return [
            {"name": None if item.name is None else str(item.name), "type": item.element.type, "expr": item.element}
            for item in self.named_items()
        ]


class ValuesBase(UpdateBase):
    """INSERT and UPDATE: `value_pairs` are pairs (column or name, expression)."""

    _structure: ClassVar[Mapping[str, Kind]] = {"value_pairs": TREE, "multi_values": TREE, "select": NODE}

    value_pairs: tuple[Pair, ...] = ()
    multi_values: tuple[tuple[Pair, ...], ...] = ()
    """The rows of `values([{...}, {...}])`."""
    select: Any = None

    def values(self, *args: Any, **kwargs: Any) -> Self:
        """Return a copy with values: keywords, a dictionary, a tuple in the order of columns, or a list of those."""
        if self.select is not None:
            raise InvalidRequestError("This construct already inserts from a SELECT")
        if not args:
            return self._with_values(kwargs)
        if kwargs:
            raise ArgumentError("Can't pass positional and kwargs to values() simultaneously")
        if len(args) > 1:
            raise ArgumentError(
                "Only a single dictionary/tuple or list of dictionaries/tuples is accepted positionally."
            )
        value: Any = next(iter(args))
        if is_sequence(value) and value and isinstance(value[0], (dict, list, tuple)):
            return self._with_rows(value)
        return self._with_values(self._row(value))

    def _row(self, value: Any) -> Mapping[Any, Any]:
        if is_mapping(value):
            return value
        if is_sequence(value):
            return dict(zip(list(self.table.c), value, strict=False))
        raise ArgumentError(f"values() takes a dictionary, a tuple or a list of those, got {value!r}")

    def _with_values(self, row: Mapping[Any, Any]) -> Self:
        if self.multi_values:
            raise InvalidRequestError(_MIXED_VALUES)
        added = self._pairs(row)
        if not self.value_pairs:
            return self._with("value_pairs", added)
        keys = {_pair_key(pair) for pair in added}
        kept = [pair for pair in self.value_pairs if _pair_key(pair) not in keys]
        return self._with("value_pairs", (*kept, *added))

    def _with_rows(self, rows: Sequence[Any]) -> Self:
        if not self.is_insert:
            raise InvalidRequestError("UPDATE construct does not support multiple parameter sets.")
        if self.value_pairs:
            raise InvalidRequestError(_MIXED_VALUES)
        made = tuple([self._pairs(self._row(row)) for row in rows])
        return self._copy(multi_values=(*self.multi_values, *made))

    def _pairs(self, row: Mapping[Any, Any]) -> tuple[Pair, ...]:
        columns = self.table.c
        pairs: list[Pair] = []
        for key, value in row.items():
            column = columns.get(key) if isinstance(key, str) else None
            if column is None:
                attribute = self._attribute(key)
                if hasattr(attribute, "assignments"):
                    pairs.extend(self._pairs(dict(attribute.assignments(value))))
                    continue
                column = self._name(key) if attribute is None else self._column(attribute)
            pairs.append((column, crud_value(None if isinstance(column, str) else column, column, value)))
        return tuple(pairs)

    def _name(self, name: str) -> Any:
        """Return the column of this name in one of the tables of a join that is updated, or the name."""
        parts = self.table.from_objects() if self.is_update else ()
        found = (part.c[name] for part in parts if part is not self.table and name in part.c)
        return next(found, name)

    def _attribute(self, key: Any) -> Any:
        """Return what stands for a key that is the name of no column: an attribute of the class, or None for a name."""
        if not isinstance(key, str):
            return key
        table = self.table
        if table.plugin is None:
            return None
        found = getattr(table.entity_namespace, key, None)
        node = clause_of(found) if getattr(found, "is_attribute", False) else None
        is_known = node is not None and (node.is_column or hasattr(found, "assignments"))
        return found if is_known else table.element.c.get(key)

    def _column(self, key: Any) -> Any:
        node = clause_of(key)
        if node is None or not node.is_column:
            raise ArgumentError(f"SET/VALUES column expression or string key expected, got {key!r}.")
        table = self.table
        of = getattr(deannotate(node), "table", None)
        if table.plugin is not None or of is table or node.key is None:
            return node
        found = table.c.get(node.key)
        if self.is_update and of is not None and (found is None or not found.shares_lineage(node)):
            return node  # of another table, for databases whose UPDATE can change several
        return node.key if found is None else found

    def inline(self) -> Self:
        """Return a copy that renders defaults in SQL and fetches nothing back."""
        return self._copy(is_inline=True)


def _pair_key(pair: Pair) -> Any:
    column = pair[0]
    return column if isinstance(column, str) else hash(column)


def crud_value(column: Any, key: Any, value: Any) -> Any:
    """Return the value of a column: an expression, or a literal as a bind parameter named after the column."""
    node = clause_of(value)
    if node is None and column is not None and column.key is None:
        return BindParameter(None, value, column.type, unique=True)  # of a part of a column
    if node is None:
        bind: BindParameter[Any] = BindParameter.__new__(BindParameter)
        bind.stem = None
        bind.name = key if column is None else column.key
        bind.value = value
        bind.type = NULLTYPE if column is None else column.type
        bind.is_crud = True
        if column is not None and issubclass(type(column), ColumnClause):
            remember_shape(column, bind, "crud")
        return bind
    if node.is_bind and node.type is NULLTYPE and column is not None:
        return node.with_type(column.type)
    return node_as_expression(node, value).self_group()


class Insert(ValuesBase):
    """INSERT; `select_names` are the columns of `from_select()`."""

    __slots__ = ()
    _structure: ClassVar[Mapping[str, Kind]] = {"select_names": TREE, "include_defaults": ATOM, "is_inline": ATOM}
    is_insert: ClassVar[bool] = True
    extension_points: ClassVar[tuple[str, ...]] = ("post_values",)

    select_names: tuple[Any, ...] = ()
    include_defaults: bool = True
    is_inline: bool = False

    if TYPE_CHECKING:  # what `returning()` of expressions and classes gives

        @overload
        def returning(self, ent0: Typed[T0], /, *, sort_by_parameter_order: bool = False) -> ReturningInsert[T0]: ...
        @overload
        def returning(
            self, ent0: Typed[T0], ent1: Typed[T1], /, *, sort_by_parameter_order: bool = False
        ) -> ReturningInsert[T0, T1]: ...
        @overload
        def returning(
            self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], /, *, sort_by_parameter_order: bool = False
        ) -> ReturningInsert[T0, T1, T2]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningInsert[T0, T1, T2, T3]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningInsert[T0, T1, T2, T3, T4]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningInsert[T0, T1, T2, T3, T4, T5]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            ent6: Typed[T6],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningInsert[T0, T1, T2, T3, T4, T5, T6]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            ent6: Typed[T6],
            ent7: Typed[T7],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningInsert[T0, T1, T2, T3, T4, T5, T6, T7]: ...
        @overload
        def returning(
            self, *cols: Any, sort_by_parameter_order: bool = False
        ) -> ReturningInsert[Unpack[tuple[Any, ...]]]: ...
        def returning(self, *cols: Any, sort_by_parameter_order: bool = False) -> Any: ...

    def _apply(self, extension: SyntaxExtension) -> None:
        extension.apply_to_insert(self)

    @property
    def include_insert_from_select_defaults(self) -> bool:
        """Whether `from_select()` adds the Python defaults of columns that it does not name."""
        return self.include_defaults

    def from_select(self, names: Sequence[Any], select: Any, include_defaults: bool = True) -> Self:
        """Return a copy that inserts the rows of a SELECT."""
        if self.value_pairs or self.multi_values:
            raise InvalidRequestError("This construct already inserts value expressions")
        columns = self.table.c
        found = [columns.get(name, name) if isinstance(name, str) else self._column(name) for name in names]
        return self._copy(
            select=as_select(select), select_names=tuple(found), include_defaults=include_defaults, is_inline=True
        )


class DMLWhereBase(UpdateBase):
    """UPDATE and DELETE: criteria."""

    _structure: ClassVar[Mapping[str, Kind]] = {"where_criteria": NODES, "extra_froms": NODES}
    where_criteria: tuple[Any, ...] = ()
    extra_froms: tuple[Any, ...] = ()
    """The FROM elements that `using()` gave."""

    def where(self, *whereclause: Any) -> Self:
        """Return a copy with WHERE criteria added, joined by AND."""
        return self._with("where_criteria", (*self.where_criteria, *[as_condition(c) for c in whereclause]))

    def filter(self, *criteria: Any) -> Self:
        """Return a copy with WHERE criteria added."""
        return self.where(*criteria)

    def filter_by(self, **kwargs: Any) -> Self:
        """Return a copy with `name = value` criteria on its table, or on another that its criteria name."""
        own = [node for node in iterate(getattr(self.table, "element", self.table)) if node.is_from_clause]
        found = [one for element in (*self.extra_froms, *self.where_criteria) for one in froms_of(element)]
        froms = [one for one in found if not any(one is known for known in own)]
        return self.where(*[attribute_in((self.table, *froms), name) == value for name, value in kwargs.items()])

    @property
    def whereclause(self) -> Any:
        """The WHERE criteria as one expression, None where there are none."""
        return makers.all_of(self.where_criteria) if self.where_criteria else None


class Update(DMLWhereBase, ValuesBase):
    """UPDATE; with `is_ordered` the SET clause keeps the order of `value_pairs`."""

    __slots__ = ()
    _structure: ClassVar[Mapping[str, Kind]] = {"is_ordered": ATOM, "is_inline": ATOM}
    is_update: ClassVar[bool] = True
    extension_points: ClassVar[tuple[str, ...]] = ("post_criteria",)
    is_ordered: bool = False
    is_inline: bool = False

    if TYPE_CHECKING:  # what `returning()` of expressions and classes gives

        @overload
        def returning(self, ent0: Typed[T0], /, *, sort_by_parameter_order: bool = False) -> ReturningUpdate[T0]: ...
        @overload
        def returning(
            self, ent0: Typed[T0], ent1: Typed[T1], /, *, sort_by_parameter_order: bool = False
        ) -> ReturningUpdate[T0, T1]: ...
        @overload
        def returning(
            self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], /, *, sort_by_parameter_order: bool = False
        ) -> ReturningUpdate[T0, T1, T2]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningUpdate[T0, T1, T2, T3]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningUpdate[T0, T1, T2, T3, T4]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningUpdate[T0, T1, T2, T3, T4, T5]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            ent6: Typed[T6],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningUpdate[T0, T1, T2, T3, T4, T5, T6]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            ent6: Typed[T6],
            ent7: Typed[T7],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningUpdate[T0, T1, T2, T3, T4, T5, T6, T7]: ...
        @overload
        def returning(
            self, *cols: Any, sort_by_parameter_order: bool = False
        ) -> ReturningUpdate[Unpack[tuple[Any, ...]]]: ...
        def returning(self, *cols: Any, sort_by_parameter_order: bool = False) -> Any: ...

    def _apply(self, extension: SyntaxExtension) -> None:
        extension.apply_to_update(self)

    def ordered_values(self, *args: tuple[Any, Any]) -> Self:
        """Return a copy whose SET clause has these pairs in this order."""
        if self.value_pairs:
            raise ArgumentError(
                "This statement already has ordered values present"
                if self.is_ordered
                else "This statement already has values present"
            )
        return self._copy(value_pairs=self._pairs(dict(args)), is_ordered=True)


class Delete(DMLWhereBase):
    """DELETE."""

    __slots__ = ()
    _structure: ClassVar[Mapping[str, Kind]] = {}
    is_delete: ClassVar[bool] = True
    extension_points: ClassVar[tuple[str, ...]] = ("post_criteria",)

    if TYPE_CHECKING:  # what `returning()` of expressions and classes gives

        @overload
        def returning(self, ent0: Typed[T0], /, *, sort_by_parameter_order: bool = False) -> ReturningDelete[T0]: ...
        @overload
        def returning(
            self, ent0: Typed[T0], ent1: Typed[T1], /, *, sort_by_parameter_order: bool = False
        ) -> ReturningDelete[T0, T1]: ...
        @overload
        def returning(
            self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], /, *, sort_by_parameter_order: bool = False
        ) -> ReturningDelete[T0, T1, T2]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningDelete[T0, T1, T2, T3]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningDelete[T0, T1, T2, T3, T4]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningDelete[T0, T1, T2, T3, T4, T5]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            ent6: Typed[T6],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningDelete[T0, T1, T2, T3, T4, T5, T6]: ...
        @overload
        def returning(
            self,
            ent0: Typed[T0],
            ent1: Typed[T1],
            ent2: Typed[T2],
            ent3: Typed[T3],
            ent4: Typed[T4],
            ent5: Typed[T5],
            ent6: Typed[T6],
            ent7: Typed[T7],
            /,
            *,
            sort_by_parameter_order: bool = False,
        ) -> ReturningDelete[T0, T1, T2, T3, T4, T5, T6, T7]: ...
        @overload
        def returning(
            self, *cols: Any, sort_by_parameter_order: bool = False
        ) -> ReturningDelete[Unpack[tuple[Any, ...]]]: ...
        def returning(self, *cols: Any, sort_by_parameter_order: bool = False) -> Any: ...

    def _apply(self, extension: SyntaxExtension) -> None:
        extension.apply_to_delete(self)

    def using(self, *froms: Any) -> Self:
        """Return a copy with more tables for its criteria."""
        return self._copy(extra_froms=(*self.extra_froms, *[as_from(one) for one in froms]))


def insert(table: Any) -> Insert:
    """Return an INSERT into a table or mapped class."""
    return Insert(table)


def update(table: Any) -> Update:
    """Return an UPDATE of a table or mapped class."""
    return Update(table)


def delete(table: Any) -> Delete:
    """Return a DELETE from a table or mapped class."""
    return Delete(table)


makers.insert = Insert
makers.update = Update
makers.delete = Delete


class ReturningInsert(Insert, TypedReturnsRows[Unpack[Ts]]):
    """An INSERT with RETURNING, for type checkers."""

    __slots__ = ()


class ReturningUpdate(Update, TypedReturnsRows[Unpack[Ts]]):
    """An UPDATE with RETURNING, for type checkers."""

    __slots__ = ()


class ReturningDelete(Delete, TypedReturnsRows[Unpack[Ts]]):
    """A DELETE with RETURNING, for type checkers."""

    __slots__ = ()
