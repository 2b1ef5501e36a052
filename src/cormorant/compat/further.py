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


MOVED = {"testing": "compat.testing"}
"""First part of a path of the alias -> where the modules are that Cormorant itself has no use for."""

FURTHER: dict[str, dict[str, str]] = {
    "": {name: f"{place}:" for name, place in MOVED.items()} | {"StatementLambdaElement": "compat.typing_names:Role"},
    "engine.default": {"DefaultDialect": "compile.default:DefaultDialect"},
    "ext.asyncio.result": {"_ensure_sync_result": "compat.elsewhere:ensure_sync_result"},
    "ext.asyncio.session": {"_EXECUTE_OPTIONS": "ext.asyncio.session:NO_OPTIONS"},
    "orm.attributes": {
        "_ScalarAttributeImpl": "compat.custom_attributes:ScalarAttributeImpl",
        "_register_attribute": "compat.custom_attributes:register_attribute",
    },
    "orm.context": {
        "_ColumnEntity": "compat.elsewhere:ColumnEntity",
        "_MapperEntity": "compat.elsewhere:MapperEntity",
    },
    "sql.lambdas": _all("LambdaElement StatementLambdaElement", "compat.typing_names:Role"),
    "orm.decl_base": {"_TableArgsType": ANYTHING},
    "orm.scoping": {"ScopedSession": "orm.scoping:scoped_session"},
    "orm.session": {"_state_session": "compat.elsewhere:state_session"},
    "sql": {"ColumnExpressionArgument": ARGUMENT},
    "sql.annotation": {"Annotated": "compat.elsewhere:Annotated"},
    "sql.base": {
        "SchemaEventTarget": "types.schema_type:SchemaEventTarget",
        "ExecutableOption": "orm.query.options:LoaderOption",
        "DialectKWArgs": "schema.base:DialectOptions",
        "_DialectArgView": "compat.typing_names:Anything",
        "_NoneName": "schema.base:NoName",
    },
    "engine.reflection": {"_ReflectionInfo": "compat.elsewhere:reflection_info"},
    "sql.elements": {
        "_label_reference": "compat.elsewhere:LabelReference",
        "SQLCoreOperations": "compat.typing_names:Role",
    },
    "sql.naming": {
        "_NONE_NAME": "schema.base:NONE_NAME",
        "_constraint_name_for_table": "schema.naming:final_name",
    },
    "sql.schema": {
        "NULL_UNSPECIFIED": "schema.base:NULL_UNSPECIFIED",
        "SchemaEventTarget": "types.schema_type:SchemaEventTarget",
        "_InsertSentinelColumnDefault": "schema.defaults:InsertSentinelColumnDefault",
    },
    "sql.selectable": {"ForUpdateParameter": ANYTHING},
    "sql.sqltypes": {"HasExpressionLookup": "types.base:TypeEngine", "_Binary": "types.binary:Binary"},
    "sql.util": dict.fromkeys(("ClauseAdapter", "ColumnAdapter"), "compat.elsewhere:ClauseAdapter"),
    "util.concurrency": _all("await_only greenlet_spawn", "util.bridge:*"),
    "engine.interfaces": _all(
        "_CoreAnyExecuteParams _CoreSingleExecuteParams _CoreMultiExecuteParams _ExecuteOptions "
        "CoreExecuteOptionsParameter DBAPIModule",
        ANYTHING,
    ),
    "engine.strategies": _all("MockEngineStrategy", "compat.utilities:*"),
    "orm": {"mapperlib": "orm.mapper:"},
    "orm._typing": _all("OrmExecuteOptionsParameter", ANYTHING),
    "orm.instrumentation": _all("is_instrumented", "compat.utilities:*"),
    "orm.decl_api": {"DCTransformDeclarative": "orm.mapping.declarative:DeclarativeAttributeIntercept"},
    "ext.associationproxy": {
        "_AssociationDict": "ext.associationproxy.dicts:AssociationDict",
        "_AssociationList": "ext.associationproxy.lists:AssociationList",
        "_AssociationSet": "ext.associationproxy.sets:AssociationSet",
    },
    "orm.strategy_options": {"_AbstractLoad": "orm.strategy_options:Load"},
    "orm.clsregistry": {"_class_resolver": "compat.elsewhere:ClassResolver"},
    "orm.mapper": {"_all_registries": "compat.elsewhere:all_registries"},
    "schema": {
        "_CreateDropBase": "compat.elsewhere:CreateDropBase",
        "_get_table_key": "compat.elsewhere:get_table_key",
    },
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
        "OrderedDict asbool classproperty coerce_kw_type counter decorator duck_type_collection generic_repr "
        "inspect_getfullargspec memoized_property set_creation_order symbol to_list to_set unique_list warn_deprecated",
        "compat.utilities:*",
    )
    | {
        "await_only": "util.bridge:await_only",
        "EMPTY_DICT": "compat.elsewhere:EMPTY_DICT",
        "portable_instancemethod": "compat.elsewhere:BoundLater",
        "preload_module": "compat.elsewhere:preload_module",
        "greenlet_spawn": "util.bridge:greenlet_spawn",
        "preloaded": "compat.elsewhere:PRELOADED",
    },
    "util.compat": _all("inspect_getfullargspec", "compat.utilities:*")
    | {"inspect_formatargspec": "compat.elsewhere:inspect_formatargspec"},
    "util.langhelpers": _all(
        "asbool classproperty counter decorator duck_type_collection generic_repr memoized_property symbol",
        "compat.utilities:*",
    ),
}
