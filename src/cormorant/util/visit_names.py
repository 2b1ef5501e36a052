"""Visit names: what visitors call the classes of nodes, types and schema items.

In: a class. Out: its name: its own `__visit_name__` where it has one, or that of the nearest class of this package: in
snake case, or as it is where all of it is in upper case, but for the names in `SPECIAL`.
"""

from __future__ import annotations

import re
from typing import Any

from .owned import own_path

SPECIAL: dict[str, str] = {
    "AggregateOrderBy": "aggregateorderby",
    "BinaryExpression": "binary",
    "BindParameter": "bindparam",
    "BooleanClauseList": "expression_clauselist",
    "CTE": "cte",
    "CheckConstraint": "table_or_column_check_constraint",
    "ClauseElement": "clause",
    "ClauseList": "clauselist",
    "ColumnClause": "column",
    "ColumnProxy": "column",
    "Computed": "computed_column",
    "DDL": "ddl",
    "DMLTargetCopy": "dmltargetcopy",
    "DateTime": "datetime",
    "ExpressionClauseList": "expression_clauselist",
    "False_": "false",
    "FromClause": "fromclause",
    "FunctionFilter": "funcfilter",
    "Identity": "identity_column",
    "MetaData": "metadata",
    "NullType": "null",
    "ReleaseSavepointClause": "release_savepoint",
    "RollbackToSavepointClause": "rollback_to_savepoint",
    "SavepointClause": "savepoint",
    "TableClause": "table",
    "TableSample": "tablesample",
    "TextClause": "textclause",
    "True_": "true",
    "TypeClause": "typeclause",
    "UnaryExpression": "unary",
    "UserDefinedType": "user_defined",
    "WithinGroup": "withingroup",
}
_known: dict[type, str] = {}


def visit_name_of_class(cls: type) -> str:
    """Return the visit name of a class."""
    found = _known.get(cls)
    if found is None:
        found = _known[cls] = next((name for base in cls.__mro__ if (name := _own_name(base))), cls.__name__.lower())
    return found


def _own_name(cls: type) -> str | None:
    given = cls.__dict__.get("__visit_name__")
    if isinstance(given, str):
        return given
    if own_path(cls) is None or any(base.__name__ == "Annotated" for base in (cls, *cls.__bases__)):
        return None
    name = cls.__name__
    if name in SPECIAL:
        return SPECIAL[name]
    return name if name.isupper() else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).strip("_").lower()


class VisitName:
    """The attribute `__visit_name__` of a family of classes."""

    def __get__(self, obj: Any, owner: type) -> str:
        return visit_name_of_class(owner)
