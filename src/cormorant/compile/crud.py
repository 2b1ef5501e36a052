"""Which columns an INSERT or UPDATE writes, with which values: the statement's, an execution's, or defaults.

In: the statement, the names of the values that the execution brings (`column_keys`), the features of the database.
Out: a frozen `Crud`, in the order of the table's columns. Nothing is rendered here.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any, NamedTuple

from ..exc import CompileError, SAWarning
from ..sql.bind import BindParameter
from ..util.notices import warn
from ..util.record import draft
from .features import Features


class Assignment(NamedTuple):
    """One column and its value: an expression, a bind with a name, or a sequence to take the next number from."""

    column: Any
    value: Any
    key: str | None = None
    """The name of the value where it is a bind of the column."""


@draft
class Crud:
    """What an INSERT or UPDATE writes, and which values the program does not know without asking."""

    assignments: list[Assignment] = field(default_factory=list[Assignment])
    further_rows: list[list[Assignment]] = field(default_factory=list[list[Assignment]])
    prefetch: list[Any] = field(default_factory=list[Any])
    postfetch: list[Any] = field(default_factory=list[Any])
    generated_keys: list[Any] = field(default_factory=list[Any])
    """Primary key columns whose value the database decides."""
    counted_key: Any = None
    """The one among them that the database counts: the driver's cursor may tell it."""
    counted: Any = None
    """The column that takes the number of the row, where rows that are returned are matched by it."""

    def unsent(self, columns: Any) -> list[Any]:
        """Return those among columns whose value the program does not send: it has to be fetched to be known."""
        sent = {assignment.column for assignment in self.assignments if assignment.value.is_bind}
        return [column for column in columns if column not in sent]


def required_bind(column: Any, key: str) -> BindParameter[Any]:
    """Return the bind for a value that an execution brings."""
    bind: BindParameter[Any] = BindParameter(key, type_=column.type, required=True)
    bind.is_crud = True
    return bind


def values_by_column(statement: Any, pairs: Any) -> dict[Any, Any]:
    """Return the values given by a statement, by column of its table; raises for names that are no columns."""
    values: dict[Any, Any] = {}
    unknown: list[str] = []
    for column, value in pairs:
        if isinstance(column, str):
            unknown.append(column)
        else:
            values[column] = value
    if unknown:
        raise CompileError(f"Unconsumed column names: {', '.join(sorted(unknown))}")
    return values


def _parts_of_columns(values: dict[Any, Any]) -> list[Assignment]:
    """Return the assignments to expressions, such as a subscript of a column: they come before those to columns."""
    return [Assignment(key, value) for key, value in values.items() if key.key is None]


def plan_insert(
    statement: Any,
    column_keys: tuple[str, ...] | None,
    dialect: Any,
    *,
    is_matched: bool = False,
    is_known: bool = False,
) -> Crud:
    """Return what an INSERT of values writes.

    `is_matched` says that returned rows are matched to those sent, `is_known` that the key of the one row must be known
    afterwards: where nothing tells it then, it is made before.
    """
    asks_first = is_known and _asks_first(statement, dialect.features)
    first = statement.multi_values[0] if statement.multi_values else statement.value_pairs
    values = values_by_column(statement, first)
    keys = _keys(statement, values, column_keys)
    crud = Crud(_parts_of_columns(values))
    for column in statement.table.c:
        key = column.key
        if column in values:
            crud.assignments.append(Assignment(column, values[column], key))
            if column.primary_key and not values[column].is_bind:
                _note_key(column, crud)
        elif key in keys:
            crud.assignments.append(Assignment(column, required_bind(column, key), key))
        elif column.counts_rows:
            if is_matched:
                crud.assignments.append(Assignment(column, required_bind(column, key), key))
                crud.counted = column
        else:
            if column.primary_key and asks_first and _makes_key(column, dialect):
                crud.assignments.append(Assignment(column, required_bind(column, key), key))
                crud.prefetch.append(column)
            else:
                _insert_default(column, statement, crud, dialect.features)
    if statement.multi_values:
        _plan_rows(statement, crud)
    return crud


def _keys(statement: Any, values: dict[Any, Any], column_keys: tuple[str, ...] | None) -> frozenset[str]:
    if column_keys is not None:
        return frozenset(column_keys)
    if values or "value_pairs" in statement.__dict__ or statement.multi_values:
        return frozenset()
    return frozenset([column.key for column in statement.table.written_columns()])


def _insert_default(column: Any, statement: Any, crud: Crud, features: Features) -> None:
    """Decide on a column that got no value."""
    default = column.default
    is_key = column.primary_key
    if default is None or (default.is_sequence and not _uses_sequence(default, features)):
        if is_key and not statement.multi_values:
            _generated_key(column, crud, statement)
        elif column.server_default is not None:
            crud.postfetch.append(column)
    elif default.is_sequence:
        crud.assignments.append(Assignment(column, default.next_value()))
        if is_key:
            crud.generated_keys.append(column)
    elif default.is_clause_element:
        crud.assignments.append(Assignment(column, default.arg.self_group()))
        (crud.generated_keys if is_key else crud.postfetch).append(column)
    else:
        crud.assignments.append(Assignment(column, required_bind(column, column.key), column.key))
        crud.prefetch.append(column)


def _uses_sequence(sequence: Any, features: Features) -> bool:
    return features.sequences and not (sequence.optional and features.sequences_optional)


def _asks_first(statement: Any, features: Features) -> bool:
    """Tell whether keys that SQL makes are asked for before, because nothing would tell them after."""
    if statement.is_inline or statement.multi_values or statement.returning_columns:
        return False
    return not (features.insert_returning and statement.table.implicit_returning)


def _makes_key(column: Any, dialect: Any) -> bool:
    """Tell whether the value of a key column can be made before the INSERT."""
    default = column.default
    if default is None or (default.is_sequence and not _uses_sequence(default, dialect.features)):
        is_counted = column is getattr(column.table, "autoincrement_column", None)
        return bool(is_counted and dialect.counter_of(column))
    return bool(default.is_sequence or default.is_clause_element)


def _generated_key(column: Any, crud: Crud, statement: Any) -> None:
    is_counted = column is getattr(column.table, "autoincrement_column", None)
    if is_counted or column.server_default is not None:
        _note_key(column, crud)
    elif not statement.is_inline and not getattr(column, "nullable", True):
        warn(
            f"Column '{column}' is marked as a member of the primary key for table '{column.table.name}', but has no "
            "Python-side or server-side default generator indicated, nor does it indicate 'autoincrement=True' or "
            "'nullable=True', and no explicit value is passed.  Primary key columns typically may not store NULL.",
            SAWarning,
        )


def _note_key(column: Any, crud: Crud) -> None:
    crud.generated_keys.append(column)
    if column is getattr(column.table, "autoincrement_column", None):
        crud.counted_key = column


def _plan_rows(statement: Any, crud: Crud) -> None:
    """Plan all rows of a multi-row INSERT by the first: names get the number of the row."""
    first, defaults = crud.assignments, set(crud.prefetch)
    given = {assignment.column for assignment in first if assignment.column not in defaults}
    for number, pairs in enumerate(statement.multi_values):
        values = values_by_column(statement, pairs)
        row: list[Assignment] = []
        for column, value, key in first:
            if column in given and column not in values and key is not None:
                raise CompileError(
                    f"INSERT value for column {column} is explicitly rendered as a boundparameter in the VALUES "
                    "clause; a Python-side value or SQL expression is required"
                )
            row.append(_of_row(column, values.get(column, value), key, number, column in defaults))
        crud.further_rows.append(row)
    crud.assignments = crud.further_rows.pop(0)


def _of_row(column: Any, value: Any, key: str | None, number: int, is_default: bool) -> Assignment:
    if is_default:
        name = column.key if number == 0 else f"{column.key}_m{number}"
        return Assignment(column, required_bind(column, name), name)
    return Assignment(column, value, f"{column.key}_m{number}" if key is not None else None)


def plan_update(
    statement: Any, column_keys: tuple[str, ...] | None, own: list[Any], further: list[Any], features: Features
) -> Crud:
    """Return what an UPDATE writes: of its own tables, and before them of further ones, where values name them."""
    values = values_by_column(statement, statement.value_pairs)
    keys = _update_keys(own, values, statement, column_keys)
    crud = Crud(_parts_of_columns(values))
    _require_tables(values, own, further, features)
    for table in [*own[1:], *further]:
        if any(column in values for column in table.c):
            _plan_further(table, values, crud)
    written = {assignment.column for assignment in crud.assignments}
    columns = [column for table in own for column in table.c if column not in written]
    if statement.is_ordered:
        known = set(columns)
        columns = [*[c for c in values if c in known], *[column for column in columns if column not in values]]
    for column in columns:
        key = column.key
        if column in values:
            crud.assignments.append(Assignment(column, values[column], key))
        elif key in keys:
            crud.assignments.append(Assignment(column, required_bind(column, key), key))
        elif values or keys:
            _update_default(column, key, crud)
    return crud


def _update_keys(
    own: list[Any], values: dict[Any, Any], statement: Any, column_keys: tuple[str, ...] | None
) -> frozenset[str]:
    if column_keys is not None:
        return frozenset(column_keys)
    if values or "value_pairs" in statement.__dict__:
        return frozenset()
    return frozenset([column.key for table in own for column in table.written_columns()])


def _plan_further(table: Any, values: dict[Any, Any], crud: Crud) -> None:
    """Plan the columns of a table that is not the statement's own: its values are named after it too."""
    name = table.name if isinstance(table.name, str) else table.anon_stem
    for column in table.c:
        key = f"{name}_{column.key}"
        if column in values:
            crud.assignments.append(Assignment(column, values[column], key))
        else:
            _update_default(column, key, crud)


def _require_tables(values: dict[Any, Any], own: list[Any], further: list[Any], features: Features) -> None:
    """Raise CompileError for a value of a column that the statement cannot write."""
    known = {column for table in own for column in table.c}
    others = {column for column in values if column.key is not None and column not in known}
    if not others:
        return
    expressions = sorted({str(column) for column in others if getattr(column, "table", None) is None})
    if expressions:
        raise CompileError(f"Unconsumed column names: {', '.join(expressions)}")
    names = ", ".join(sorted({f"'{column.table.name}'" for column in others}))
    if features.update_from != "list":
        raise CompileError(
            "Backend does not support additional tables in the SET clause; cannot include columns from table(s) "
            f"{names} in SET clause"
        )
    if not others <= {column for table in further for column in table.c}:
        raise CompileError(
            "Statement is not a multi-table UPDATE statement; cannot include columns from table(s) "
            f"{names} in SET clause"
        )


def _update_default(column: Any, key: str, crud: Crud) -> None:
    default = getattr(column, "onupdate", None)
    if default is None:
        if getattr(column, "server_onupdate", None) is not None:
            crud.postfetch.append(column)
    elif default.is_clause_element:
        crud.assignments.append(Assignment(column, default.arg.self_group()))
        crud.postfetch.append(column)
    else:
        crud.assignments.append(Assignment(column, required_bind(column, key), key))
        crud.prefetch.append(column)
