"""Names that packages take from SQLAlchemy and that Cormorant has elsewhere, otherwise, or for annotations only.

Data: path -> name -> `module:attribute` below the package; no attribute stands for the module itself. What a package
needs more is one line here, if Cormorant has the same thing to say.
"""

from __future__ import annotations

ARGUMENT = "compat.typing_names:Argument"
ANYTHING = "compat.typing_names:Anything"


def _all(names: str, target: str) -> dict[str, str]:
    """Return the names, each standing for the target; `*` in it is the name."""
    return {name: target.replace("*", name) for name in names.split()}


FURTHER: dict[str, dict[str, str]] = {
    "engine.interfaces": _all(
        "_CoreAnyExecuteParams _CoreSingleExecuteParams _CoreMultiExecuteParams _ExecuteOptions", ANYTHING
    ),
    "engine.strategies": _all("MockEngineStrategy", "compat.utilities:*"),
    "orm": {"mapperlib": "orm.mapper:"},
    "orm._typing": _all("OrmExecuteOptionsParameter", ANYTHING),
    "orm.instrumentation": _all("is_instrumented", "compat.utilities:*"),
    "schema": {"_CreateDropBase": "schema.ddl:DDLElement"},
    "sql._typing": _all(
        "_ColumnExpressionArgument _ColumnExpressionOrLiteralArgument _ColumnExpressionOrStrLabelArgument "
        "_ColumnsClauseArgument _TypedColumnClauseArgument _JoinTargetArgument _FromClauseArgument _OnClauseArgument "
        "_TypeEngineArgument _DDLColumnArgument _DMLTableArgument _HasClauseElement",
        ARGUMENT,
    ),
    "sql.functions": {"_FunctionGenerator": "sql.function:FunctionGenerator"},
    "sql.operators": _all("OperatorType", ANYTHING),
    "sql.roles": {"TypedColumnsClauseRole": "compat.typing_names:Role"},
    "util": _all(
        "OrderedDict asbool classproperty coerce_kw_type counter decorator generic_repr inspect_getfullargspec "
        "memoized_property symbol to_list to_set unique_list warn_deprecated",
        "compat.utilities:*",
    ),
    "util.compat": _all("inspect_getfullargspec", "compat.utilities:*"),
    "util.langhelpers": _all(
        "asbool classproperty counter decorator generic_repr memoized_property symbol", "compat.utilities:*"
    ),
}
