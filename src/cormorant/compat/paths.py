"""Where SQLAlchemy has what: paths of modules that are not public there, and the names in each.

The table is data: path below the package -> names. The alias looks each name up in Cormorant's own modules
(`sources_of`); a name that none of them has is an error that says so. A path that Cormorant has as a module of its own
is that module, with the names below added where it lacks them. `further` has the names that Cormorant calls otherwise.
"""

from __future__ import annotations

from .further import FURTHER

PATHS: dict[str, str] = {
    "engine.base": (
        "BindTyping Connection ConnectionEventsTarget DBAPICursor Engine ExceptionContext ExecuteStyle "
        "ExecutionContext NestedTransaction RootTransaction Transaction TwoPhaseTransaction"
    ),
    "engine.characteristics": "ConnectionCharacteristic",
    "engine.default": "DefaultDialect DefaultExecutionContext StrCompileDialect",
    "engine.util": "connection_memoize",
    "event.api": "contains listen listens_for remove",
    "event.attr": "RefCollection",
    "event.base": "Events dispatcher",
    "event.registry": "EventTarget",
    "ext.asyncio.engine": (
        "AsyncConnection AsyncEngine AsyncTransaction async_engine_from_config create_async_engine "
        "create_async_pool_from_url"
    ),
    "ext.asyncio.result": "AsyncMappingResult AsyncResult AsyncScalarResult AsyncTupleResult",
    "ext.asyncio.scoping": "async_scoped_session",
    "ext.asyncio.session": (
        "AsyncAttrs AsyncSession AsyncSessionTransaction async_object_session async_session async_sessionmaker "
        "close_all_sessions"
    ),
    "ext.declarative.extensions": "AbstractConcreteBase ConcreteBase DeferredReflection",
    "orm._orm_constructors": (
        "aliased backref clear_mappers column_property composite contains_alias create_session deferred "
        "dynamic_loader join mapped_column orm_insert_sentinel outerjoin query_expression relationship synonym "
        "unmapped_column with_loader_criteria with_polymorphic"
    ),
    "orm.base": (
        "DynamicMapped EXT_CONTINUE EXT_SKIP EXT_STOP InspectionAttr InspectionAttrExtensionType "
        "InspectionAttrInfo LoaderCallableStatus MANYTOMANY MANYTOONE Mapped NO_KEY NO_VALUE NotExtension "
        "ONETOMANY ORMDescriptor PassiveFlag RelationshipDirection SQLORMExpression Unmapped WriteOnlyMapped "
        "class_mapper object_mapper object_state"
    ),
    "orm.context": "FromStatement QueryContext",
    "orm.decl_base": "MappedClassProtocol",
    "orm.descriptor_props": "Composite CompositeProperty ConcreteInheritedProperty Synonym SynonymProperty",
    "orm.dynamic": "AppenderQuery DynamicMapped",
    "orm.identity": "IdentityMap",
    "orm.instrumentation": "ClassManager instrumentation_finders is_instrumented",
    "orm.loading": "merge_frozen_result merge_result",
    "orm.mapped_collection": (
        "KeyFuncDict MappedCollection attribute_keyed_dict attribute_mapped_collection column_keyed_dict "
        "column_mapped_collection keyfunc_mapping mapped_collection"
    ),
    "orm.scoping": "QueryPropertyDescriptor scoped_session",
    "orm.unitofwork": "UOWTransaction",
    "orm.writeonly": "WriteOnlyCollection",
    "pool.base": (
        "ConnectionPoolEntry ManagesConnection Pool PoolProxiedConnection PoolResetState reset_commit reset_none "
        "reset_rollback"
    ),
    "pool.events": "PoolEvents",
    "pool.impl": "AssertionPool AsyncAdaptedQueuePool NullPool QueuePool SingletonThreadPool StaticPool",
    "sql._dml_constructors": "delete insert update",
    "sql._elements_constructors": (
        "aggregate_order_by all_ and_ any_ asc between bindparam bitwise_not case cast collate column desc "
        "distinct extract false from_dml_column funcfilter label not_ null nulls_first nulls_last or_ outparam "
        "over text true try_cast tstring tuple_ type_coerce within_group"
    ),
    "sql._selectable_constructors": (
        "alias cte except_ except_all exists intersect intersect_all join lateral outerjoin select table "
        "tablesample union union_all values"
    ),
    "sql._typing": "NotNullable Nullable",
    "sql.base": (
        "ColumnCollection DialectKWArgs Executable ExecutableStatement Generative ReadOnlyColumnCollection "
        "SchemaEventTarget SchemaVisitable SchemaVisitor SyntaxExtension WriteableColumnCollection"
    ),
    "sql.cache_key": "CacheKey HasCacheKey",
    "sql.compiler": (
        "COLLECT_CARTESIAN_PRODUCTS Compiled DDLCompiler FROM_LINTING GenericTypeCompiler IdentifierPreparer "
        "NO_LINTING RM_NAME RM_OBJECTS RM_RENDERED_NAME RM_TYPE SQLCompiler StrSQLCompiler TypeCompiler "
        "WARN_LINTING"
    ),
    "sql.ddl": (
        "AddConstraint BaseDDLElement CheckFirst CreateColumn CreateIndex CreateSchema CreateSequence CreateTable "
        "CreateTableAs CreateView DDL DDLElement DropColumnComment DropConstraint DropConstraintComment DropIndex "
        "DropSchema DropSequence DropTable DropTableComment DropView ExecutableDDLElement InvokeDDLBase "
        "SetColumnComment SetConstraintComment SetTableComment sort_tables sort_tables_and_constraints"
    ),
    "sql.dml": "Delete Insert Update UpdateBase ValuesBase",
    "sql.elements": (
        "AggregateOrderBy BinaryExpression BindParameter BooleanClauseList Case Cast ClauseElement ClauseList "
        "CollectionAggregate ColumnClause ColumnElement DMLTargetCopy ExpressionClauseList Extract False_ "
        "FrameClause FrameClauseType FunctionFilter Grouping Label Null OrderByList Over ReleaseSavepointClause "
        "RollbackToSavepointClause SQLColumnExpression SQLCoreOperations SavepointClause TString "
        "TableValuedColumn TextClause True_ TryCast Tuple TypeClause TypeCoerce UnaryExpression WithinGroup and_ "
        "conv literal literal_column or_ quoted_name"
    ),
    "sql.events": "DDLEvents",
    "sql.lambdas": "LambdaElement StatementLambdaElement lambda_stmt",
    "sql.naming": "conv",
    "sql.operators": "OperatorType",
    "sql.schema": (
        "BLANK_SCHEMA CheckConstraint Column ColumnCollectionConstraint ColumnCollectionMixin ColumnDefault "
        "Computed Constraint DefaultClause DefaultGenerator FetchedValue ForeignKey ForeignKeyConstraint "
        "ForeignKeyTarget HasConditionalDDL Identity Index MetaData PrimaryKeyConstraint SchemaConst "
        "SchemaEventTarget SchemaItem Sequence Table UniqueConstraint insert_sentinel quoted_name"
    ),
    "sql.selectable": (
        "Alias AliasedReturnsRows CTE CompoundSelect Exists FromClause FromGrouping GenerativeSelect HasCTE "
        "HasPrefixes HasSuffixes Join LABEL_STYLE_DEFAULT LABEL_STYLE_DISAMBIGUATE_ONLY LABEL_STYLE_NONE "
        "LABEL_STYLE_TABLENAME_PLUS_COL Lateral ReturnsRows ScalarSelect ScalarValues Select SelectBase "
        "SelectLabelStyle Selectable Subquery TableClause TableSample TableValuedAlias TextAsFrom TextualSelect "
        "Values"
    ),
    "sql.sqltypes": (
        "ARRAY BIGINT BINARY BLOB BOOLEAN BigInteger Boolean CHAR CLOB Concatenable DATE DATETIME DECIMAL DOUBLE "
        "DOUBLE_PRECISION Date DateTime Double Enum FLOAT Float INT INTEGER Indexable Integer Interval JSON "
        "LargeBinary MatchType NCHAR NULLTYPE NUMERIC NVARCHAR NullType Numeric NumericCommon PickleType REAL "
        "SMALLINT STRINGTYPE SchemaType SmallInteger String TEXT TIME TIMESTAMP Text Time TupleType TypeDecorator "
        "TypeEngine UUID Unicode UnicodeText Uuid VARBINARY VARCHAR"
    ),
    "sql.type_api": "ExternalType TypeDecorator TypeEngine UserDefinedType Variant adapt_type to_instance",
}
"""Path -> names."""

DIALECT_PATHS = frozenset(
    (
        "array base bitstring dml enumerated expression ext hstore json named_types operators provision ranges "
        "reflection types"
    ).split()
)
"""Modules inside a dialect; each has whatever the dialect has."""

SOURCES: dict[str, str] = {
    "sql": "sql.expression schema types sql sql.functions sql.operators sql.visitors engine.interfaces",
    "orm": (
        "orm orm.attributes orm.interfaces orm.base orm.collections orm.session orm.query orm.state orm.relationships "
        "orm.properties orm.strategy_options orm.decl_api orm.mapper orm.util orm.exc"
    ),
    "engine": (
        "engine engine.interfaces engine.result engine.row engine.url engine.cursor engine.reflection engine.create "
        "engine.mock"
    ),
    "event": "event events",
    "pool": "pool events",
}
"""First part of a path -> the public modules in which its names are looked up, in this order; at last the package."""

HOMES: dict[str, str] = {
    "types": "sql.sqltypes",
    "schema": "sql.schema",
}
"""Public module -> the path that its classes say they come from, if it lists them: generated code has it."""


def sources_of(path: str) -> tuple[str, ...]:
    """Return the public modules, below the package, that may have the names of a path."""
    parts = path.split(".")
    if parts[0] in ("dialects", "ext") and len(parts) > 1:
        return (".".join(parts[:2]), "types", "sql.expression")
    return (*SOURCES.get(parts[0], "").split(), "")


def has_path(path: str) -> bool:
    """Tell whether the table has a path, or one below it."""
    parts = path.split(".")
    if parts[0] == "dialects":
        return len(parts) == 3 and parts[2] in DIALECT_PATHS
    known = (*PATHS, *FURTHER)
    return path in known or any(one.startswith(f"{path}.") for one in known)
