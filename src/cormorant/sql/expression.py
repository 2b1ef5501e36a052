"""Everything with which statements are built, under its public names."""

from .aliases import (
    CTE,
    Alias,
    AliasedReturnsRows,
    Lateral,
    Subquery,
    TableSample,
    alias,
    cte,
    lateral,
    subquery,
)
from .bind import BindParameter, bindparam, literal, outparam
from .clause import ClauseElement, Executable
from .collection import ColumnCollection, ReadOnlyColumnCollection, WriteableColumnCollection
from .column import ColumnClause, ColumnElement, ColumnProxy, NamedColumn
from .compound import (
    CompoundSelect,
    except_,
    except_all,
    intersect,
    intersect_all,
    union,
    union_all,
)
from .constructors import (
    all_,
    any_,
    asc,
    between,
    bitwise_not,
    case,
    cast,
    collate,
    desc,
    distinct,
    extract,
    label,
    nulls_first,
    nulls_last,
    nullsfirst,
    nullslast,
    try_cast,
    tuple_,
    type_coerce,
)
from .dml import Delete, Insert, Update, UpdateBase, ValuesBase, delete, insert, update
from .fromclause import (
    FromClause,
    FromGrouping,
    NamedFromClause,
    ReturnsRows,
    Selectable,
    TableClause,
    TextFrom,
    column,
    literal_column,
    table,
)
from .functions import Function, FunctionElement, GenericFunction, func, modifier
from .joins import Join, join, outerjoin
from .logic import and_, not_, or_
from .names import AnonymousName, quoted_name
from .naming import (
    LABEL_STYLE_DEFAULT,
    LABEL_STYLE_DISAMBIGUATE_ONLY,
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    SelectLabelStyle,
)
from .operations import (
    AsBoolean,
    BinaryExpression,
    BooleanClauseList,
    ClauseList,
    CollectionAggregate,
    ExpressionClauseList,
    Grouping,
    OrderByList,
    Tuple,
    UnaryExpression,
)
from .select import HasPrefixes, HasSuffixes, Select, select
from .selectbase import (
    Exists,
    ForUpdateArg,
    GenerativeSelect,
    HasCTE,
    ScalarSelect,
    SelectBase,
    SelectGrouping,
    exists,
)
from .simple import (
    Case,
    Cast,
    CollationClause,
    Extract,
    False_,
    Label,
    LabelReference,
    Null,
    TextClause,
    True_,
    TryCast,
    TypeClause,
    TypeCoerce,
    false,
    null,
    text,
    true,
)
from .textual import TextAsFrom, TextualSelect
from .values import ScalarValues, Values, values
from .window import (
    AggregateOrderBy,
    FrameClause,
    FrameClauseType,
    FunctionFilter,
    Over,
    WithinGroup,
    aggregate_order_by,
    funcfilter,
    over,
    within_group,
)
