"""From what a program writes to nodes: expressions, FROM elements, statements; each role with its own error.

In: anything, and the role it is to play. Out: a node that can play it, or ArgumentError that names the remedy. Mapped
classes and attributes come in through `__clause_element__()`, their own or that of what `inspect()` says of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import FunctionType
from typing import Any

from ..exc import ArgumentError
from ..inspection import inspect
from ..types import INTEGERTYPE, Boolean, literal_type
from ..types.operators import is_false, is_true
from ..util import warn
from .bind import BindParameter
from .clause import ClauseElement
from .closures import called
from .collection import ColumnCollection
from .column import ColumnClause
from .fromclause import TextFrom
from .kinds import class_of, is_sequence
from .makers import makers
from .operations import AsBoolean
from .simple import FALSE, NULL, TRUE, LabelReference, TypeCoerce


class Role(Enum):
    """The places of a statement; the value is what is expected there, for messages."""

    COLUMN = "Column expression, FROM clause, or other columns clause element"
    EXPRESSION = "SQL expression element or literal value"
    WHERE = "SQL expression for WHERE/HAVING role"
    ORDER_BY = "ORDER BY expression"
    GROUP_BY = "GROUP BY expression"
    BY_OF = "GROUP BY / OF / etc. expression"
    FROM = "FROM expression, such as a Table or alias() object"
    JOIN_TARGET = "Join target, typically a FROM expression, or ORM relationship attribute"
    ON_CLAUSE = "ON clause, typically a SQL expression or ORM relationship attribute"
    COMPOUND = "SELECT construct for inclusion in a UNION or other set construct"
    IN = "IN expression list, SELECT construct, or bound parameter object"
    DML_TABLE = "subject table for an INSERT, UPDATE or DELETE"
    DML_COLUMN = "SET/VALUES column expression or string key"
    DML_SELECT = "SELECT statement or equivalent textual object"
    STATEMENT = "Executable SQL or text() construct"
    LIMIT = "LIMIT / OFFSET expression"


_WITHOUT_SELECT = (Role.COLUMN, Role.FROM)
"""Places where the mistake is usual of giving a SELECT, which the errors page explains."""

_TEXT_REMEDY = "Textual SQL expression {0!r} should be explicitly declared as text({0!r})"
_COLUMN_REMEDY = (
    "Textual column expression {0!r} should be explicitly declared with text({0!r}), "
    "or use column({0!r}) for more specificity"
)
_SUBQUERY_REMEDY = "To create a FROM clause from a {0} object, use the .subquery() method."
_TABLE_VALUED_REMEDY = (
    "To create a column expression from a FROM clause row as a whole, use the .table_valued() method."
)


def clause_of(value: Any) -> Any:
    """Return the node that a value is or stands for; None for anything else."""
    if isinstance(value, ClauseElement):
        return value
    if value is None or type(value) in _PLAIN:
        return None
    if isinstance(value, type):
        node = makers.class_node(value)
        if node is not None:
            return node
    if isinstance(value, FunctionType):
        return clause_of(called(value))
    seen: Any = value
    for _ in range(4):
        method = None if isinstance(seen, type) else getattr(seen, "__clause_element__", None)
        if method is None:
            found = inspect(seen, raiseerr=False)
            if found is None or found is seen:
                return None
            seen = found
            continue
        seen = method()
        if isinstance(seen, ClauseElement):
            return seen
    return None


_PLAIN = frozenset({int, str, float, bool, bytes, list, tuple, dict, set, complex})


def _refuse(role: Role, value: Any, remedy: str = "") -> ArgumentError:
    is_bare_select = role in _WITHOUT_SELECT and isinstance(value, ClauseElement) and value.is_select_statement
    text = f"{role.value} expected, got {value!r}.{' ' + remedy if remedy else ''}"
    return ArgumentError(text, code="89ve" if is_bare_select else None)


def as_column(value: Any) -> Any:
    """Return an element of a columns clause."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None:
        return node if node.is_column or node.is_from_clause else _node_as_column(node, value)
    if isinstance(value, str):
        raise ArgumentError(_COLUMN_REMEDY.format(value))
    if value is None or isinstance(value, (bool, int, float)):
        return constant(value)
    if is_sequence(value) and value:
        raise _refuse(Role.COLUMN, value, f"Did you mean to say select({', '.join(repr(v) for v in value)})?")
    raise _refuse(Role.COLUMN, value)


def as_columns(values: Sequence[Any]) -> tuple[Any, ...]:
    """Return the elements of a columns clause; a collection such as `table.c["a", "b"]` stands for its columns."""
    if len(values) == 1:
        (only,) = values
        if isinstance(only, type) and (node := makers.class_node(only)) is not None:
            return (node,)
        if not isinstance(only, ColumnCollection):
            return (as_column(only),)
    try:
        return tuple([as_column(value) for value in values])
    except ArgumentError:
        if not any(isinstance(value, ColumnCollection) for value in values):
            raise
    return tuple([as_column(column) for value in values for column in _spread(value)])


def _spread(value: Any) -> Sequence[Any]:
    return value.values() if isinstance(value, ColumnCollection) else (value,)


def _node_as_column(node: Any, value: Any) -> Any:
    if node.is_text:
        return node
    if node.is_select_statement:
        raise _refuse(
            Role.COLUMN, value, _SUBQUERY_REMEDY.format(class_of(node)) + " For a value, use .scalar_subquery()."
        )
    if hasattr(node, "as_column_expression"):
        return node.as_column_expression()
    return node


def constant(value: Any) -> Any:
    """Return None, True, False or a number as SQL."""
    if value is None:
        return NULL
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    return ColumnClause(repr(value), literal_type(value), is_literal=True)


def as_expression(value: Any, role: Role = Role.EXPRESSION) -> Any:
    """Return an expression; a literal becomes a bind parameter."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is None:
        return NULL if value is None else BindParameter(None, value, unique=True)
    return node_as_expression(node, value, role)


def node_as_expression(node: Any, value: Any, role: Role = Role.EXPRESSION) -> Any:
    """Return a node as an expression: a SELECT becomes a scalar subquery."""
    if node.is_column or node.is_text:
        return node
    if node.is_select_statement:
        return _as_value(node)
    if node.is_from_clause:
        if hasattr(node, "as_scalar"):
            return _as_value(node.element)
        raise _refuse(role, value, _TABLE_VALUED_REMEDY)
    return node


def _as_value(node: Any) -> Any:
    """Return a SELECT as a value, and say that it was not called one."""
    warn(
        "implicitly coercing SELECT object to scalar subquery; please use the .scalar_subquery() method to produce a "
        "scalar subquery."
    )
    return makers.scalar_subquery(node)


def as_condition(value: Any) -> Any:
    """Return a condition for WHERE, HAVING, AND, OR."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None:
        if node.is_condition:
            return node
        return _node_as_condition(node, value)
    if value is None or isinstance(value, bool):
        return constant(value)
    if isinstance(value, str):
        raise ArgumentError(_TEXT_REMEDY.format(value))
    raise _refuse(Role.WHERE, value)


def _node_as_condition(node: Any, value: Any) -> Any:
    if node.is_column:
        is_coerced = issubclass(class_of(node), TypeCoerce)
        is_value = isinstance(node.type, Boolean) and not is_coerced and not node.is_scalar_select
        return AsBoolean(node, is_true, is_false) if is_value else node
    if node.is_select_statement:
        return _as_value(node)
    if node.is_from_clause:
        raise _refuse(Role.WHERE, value)
    return node


def as_ordering(value: Any, role: Role = Role.ORDER_BY) -> Any:
    """Return an element of ORDER BY, GROUP BY, DISTINCT ON; a string names a label or column of the SELECT."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None:
        if node.is_select_statement:
            return _as_value(node)
        if node.is_from_clause:
            raise _refuse(role, value)
        return node
    if isinstance(value, str):
        return LabelReference(value)
    raise _refuse(role, value)


def as_grouping(value: Any) -> tuple[Any, ...]:
    """Return elements of GROUP BY: all columns of what has columns, else the one that `as_ordering` finds."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None and node.is_from_clause and not node.is_select_statement:
        return tuple(node.c)
    return (as_ordering(value, Role.GROUP_BY),)


def as_from(value: Any, role: Role = Role.FROM) -> Any:
    """Return a FROM element."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None:
        if node.is_from_clause:
            return node
        if node.is_text:
            return TextFrom(node)
        if node.is_select_statement:
            raise _refuse(role, value, _SUBQUERY_REMEDY.format(class_of(node)))
        if hasattr(node, "as_from_clause"):
            return node.as_from_clause()
    if isinstance(value, str) and role is Role.FROM:
        raise ArgumentError(_TEXT_REMEDY.format(value))
    raise _refuse(role, value)


def as_join_target(value: Any) -> Any:
    """Return what can be joined to: a FROM element, or a mapped relationship."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None and getattr(node, "is_relationship", False):
        return node
    return as_from(value, Role.JOIN_TARGET)


def as_on_clause(value: Any) -> Any:
    """Return the condition of a join, or a mapped relationship."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None:
        if node.is_select_statement:
            return _as_value(node)
        if node.is_column and not node.is_condition:
            return _node_as_condition(node, value)
        if not node.is_from_clause:
            return node
    if isinstance(value, bool):
        return constant(value)
    raise _refuse(Role.ON_CLAUSE, value)


def as_compound_member(value: Any) -> Any:
    """Return a SELECT for a UNION and its like."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None:
        if node.is_select_statement:
            return node
        if node.is_from_clause and hasattr(node, "element"):
            return node.element
    raise _refuse(Role.COMPOUND, value)


def as_statement(value: Any) -> Any:
    """Return something that can be executed."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None and node.supports_execution:
        return node
    if isinstance(value, str):
        raise ArgumentError(_TEXT_REMEDY.format(value))
    raise _refuse(Role.STATEMENT, value)


def as_dml_table(value: Any) -> Any:
    """Return the table that an INSERT, UPDATE or DELETE is about."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None and node.is_from_clause:
        return node
    if node is not None and node.is_select_statement:
        raise _refuse(Role.DML_TABLE, value, _SUBQUERY_REMEDY.format(class_of(node)))
    raise _refuse(Role.DML_TABLE, value)


def as_select(value: Any) -> Any:
    """Return a statement that yields rows, for INSERT .. FROM SELECT."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None and (node.is_select_statement or node.is_text):
        return node
    raise _refuse(Role.DML_SELECT, value)


def as_count(value: Any) -> Any:
    """Return a number of rows as an expression; None stays None."""
    if value is None:
        return None
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is not None:
        return node_as_expression(node, value)
    bind: BindParameter[Any] = BindParameter.__new__(BindParameter)
    count: Any = value
    bind.value = int(count)
    bind.type = INTEGERTYPE
    bind.shape = _COUNT_SHAPE
    return bind


_COUNT_SHAPE = BindParameter(None, 0, INTEGERTYPE, unique=True).shape


_BY_ROLE: Mapping[Role, Callable[[Any], Any]] = {
    Role.COLUMN: as_column,
    Role.EXPRESSION: as_expression,
    Role.WHERE: as_condition,
    Role.ORDER_BY: as_ordering,
    Role.FROM: as_from,
    Role.JOIN_TARGET: as_join_target,
    Role.ON_CLAUSE: as_on_clause,
    Role.COMPOUND: as_compound_member,
    Role.STATEMENT: as_statement,
    Role.DML_TABLE: as_dml_table,
    Role.DML_SELECT: as_select,
    Role.LIMIT: as_count,
}


def expect(role: Role, value: Any) -> Any:
    """Return the value as a node for a role, or raise ArgumentError."""
    return _BY_ROLE[role](value)
