"""Query: the older spelling of SELECT, `session.query(User).filter(..).all()`.

In: entities and a session. Out: objects and rows. A Query holds a Select and passes each call on to it; executing goes
through `session.execute`. Results with entities are made unique, columns are labelled `table_column`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, Self

from ...event import register_target
from ...event.catalogue import QUERY
from ...exc import InvalidRequestError, LegacyAPIWarning, NoResultFound
from ...sql.dml import Delete, Update
from ...sql.fromclause import literal_column
from ...sql.functions import func
from ...sql.naming import LABEL_STYLE_DEFAULT, LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.select import Select, select
from ...util import immutabledict
from ...util.notices import warn
from ..mapping.entity import EntityNode
from ..mapping.related import with_parent
from .legacy_events import WriteContext, adapt, after_write, before_compile, before_write, locate

NO_OPTIONS: immutabledict[str, Any] = immutabledict()


class QuerySession(Protocol):
    """What a Query asks of its session."""

    def execute(self, statement: Any, params: Any = None, *, execution_options: Mapping[str, Any] = ...) -> Any:
        """Run a statement."""
        ...

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return an object by primary key."""
        ...


class Query:
    """A SELECT bound to a session; each method returns a new query."""

    def __init__(self, entities: Any, session: QuerySession | None = None) -> None:
        given: Iterable[Any] = entities if type(entities) in (tuple, list) else (entities,)
        self.session: Any = session
        self._select: Any = select(*given)
        self._options = NO_OPTIONS
        self._params: Mapping[str, Any] = {}

    def _with(self, statement: Any) -> Self:
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._select = statement
        return made

    def _unlimited(self, method: str) -> Any:
        """Return the SELECT; raise InvalidRequestError where rows are limited already."""
        statement = self._select
        if statement.limit_clause is not None or statement.offset_clause is not None:
            raise InvalidRequestError(
                f"Query.{method}() being called on a Query which already has LIMIT or OFFSET applied.  Call {method}() "
                "before limit() or offset() are applied."
            )
        if statement.source_statement is not None:
            raise InvalidRequestError(
                f"Query.{method}() cannot change the rows of another statement, as union() and from_statement() give "
                "them; call it before, or select from a subquery"
            )
        return statement

    # --- as a statement

    @property
    def statement(self) -> Any:
        """The SELECT."""
        return self._select.params(self._params) if self._params else self._select

    @property
    def selectable(self) -> Any:
        """The SELECT."""
        return self.statement

    @property
    def whereclause(self) -> Any:
        """The criteria as one expression, or None."""
        return self._select.whereclause

    @property
    def column_descriptions(self) -> list[dict[str, Any]]:
        """What each row gives."""
        found: list[dict[str, Any]] = self._select.column_descriptions
        return found

    def __clause_element__(self) -> Any:
        return self.statement

    def __str__(self) -> str:
        statement = self._labelled()
        bind = getattr(self.session, "bind", None)
        return str(statement) if bind is None else str(statement.compile(bind))

    def _labelled(self) -> Any:
        if not self._select.raw_columns:
            raise InvalidRequestError("Query contains no columns with which to SELECT from.")
        if self._select.label_style is not LABEL_STYLE_DEFAULT or self._select.source_statement is not None:
            return self.statement
        return self.statement.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)

    def subquery(self, name: str | None = None, with_labels: bool = False, reduce_columns: bool = False) -> Any:
        """Return the query as an element of FROM."""
        statement = self._labelled() if with_labels else self.statement
        return (statement.reduce_columns() if reduce_columns else statement).subquery(name)

    def cte(self, name: str | None = None, recursive: bool = False, nesting: bool = False) -> Any:
        """Return the query as a common table expression."""
        return self.statement.cte(name, recursive, nesting)

    def scalar_subquery(self) -> Any:
        """Return the query as a value."""
        return self.statement.scalar_subquery()

    as_scalar = scalar_subquery

    def label(self, name: str | None) -> Any:
        """Return the query as a value under a name."""
        return self.statement.label(name)

    def exists(self) -> Any:
        """Return EXISTS of the query."""
        froms = [element for element in self._select.raw_columns if element.is_from_clause]
        return self._select.select_from(*froms).with_only_columns(literal_column("1")).exists()

    # --- building

    def filter(self, *criterion: Any) -> Self:
        """Return a query with criteria added."""
        return self._with(self._unlimited("filter").where(*criterion))

    def where(self, *criterion: Any) -> Self:
        """Return a query with criteria added."""
        return self.filter(*criterion)

    def filter_by(self, **kwargs: Any) -> Self:
        """Return a query with `name = value` criteria added."""
        return self._with(self._unlimited("filter_by").filter_by(**kwargs))

    def order_by(self, *clauses: Any) -> Self:
        """Return a query with ORDER BY added; None removes it."""
        return self._with(self._unlimited("order_by").order_by(*clauses))

    def group_by(self, *clauses: Any) -> Self:
        """Return a query with GROUP BY added; None removes it."""
        return self._with(self._unlimited("group_by").group_by(*clauses))

    def having(self, *having: Any) -> Self:
        """Return a query with HAVING added."""
        return self._with(self._unlimited("having").having(*having))

    def join(self, target: Any, onclause: Any = None, *, isouter: bool = False, full: bool = False) -> Self:
        """Return a query joined along a relationship or to an entity."""
        return self._with(self._unlimited("join").join(target, onclause, isouter=isouter, full=full))

    def outerjoin(self, target: Any, onclause: Any = None, *, full: bool = False) -> Self:
        """Return a query joined by LEFT OUTER JOIN."""
        return self._with(self._unlimited("outerjoin").outerjoin(target, onclause, full=full))

    def select_from(self, *from_obj: Any) -> Self:
        """Return a query with FROM elements added."""
        return self._with(self._unlimited("select_from").select_from(*from_obj))

    def distinct(self, *expr: Any) -> Self:
        """Return a query with DISTINCT."""
        return self._with(self._select.distinct(*expr))

    def limit(self, limit: Any) -> Self:
        """Return a query of at most so many rows."""
        return self._with(self._select.limit(limit))

    def offset(self, offset: Any) -> Self:
        """Return a query that skips so many rows."""
        return self._with(self._select.offset(offset))

    def slice(self, start: int | None, stop: int | None) -> Self:
        """Return a query of the rows of a Python slice, after the query's own LIMIT and OFFSET."""
        statement = self._select
        if start is not None:
            statement = statement.offset(start)
        return self._with(statement if stop is None else statement.limit(stop - (start or 0)))

    def options(self, *args: Any) -> Self:
        """Return a query with loader options added."""
        return self._with(self._select.options(*args))

    def execution_options(self, **kwargs: Any) -> Self:
        """Return a query with execution options added."""
        made = self._with(self._select)
        made._options = self._options.union(kwargs)
        return made

    def get_execution_options(self) -> immutabledict[str, Any]:
        """Return the execution options."""
        return self._options

    def populate_existing(self) -> Self:
        """Return a query that overwrites objects in the session."""
        return self.execution_options(populate_existing=True)

    def yield_per(self, count: int) -> Self:
        """Return a query that loads so many rows at a time."""
        return self.execution_options(yield_per=count)

    def autoflush(self, setting: bool) -> Self:
        """Return a query that does, or does not, flush first."""
        return self.execution_options(autoflush=setting)

    def with_for_update(self, **options: Any) -> Self:
        """Return a query that locks its rows."""
        return self._with(self._select.with_for_update(**options))

    def with_entities(self, *entities: Any) -> Self:
        """Return a query of other columns or entities."""
        return self._with(self._select.with_only_columns(*entities))

    def add_columns(self, *column: Any) -> Self:
        """Return a query with columns or entities added."""
        return self._with(self._select.add_columns(*column))

    def add_column(self, column: Any) -> Self:
        """Return a query with a column added."""
        return self.add_columns(column)

    def add_entity(self, entity: Any, alias: Any = None) -> Self:
        """Return a query with an entity added."""
        return self.add_columns(entity if alias is None else alias)

    def correlate(self, *fromclauses: Any) -> Self:
        """Return a query that leaves elements to the statement around it."""
        return self._with(self._select.correlate(*fromclauses))

    def params(self, given: Mapping[str, Any] | None = None, /, **kw: Any) -> Self:
        """Return a query with values for named bind parameters."""
        made = self._with(self._select)
        made._params = {**self._params, **(given or {}), **kw}
        return made

    def from_statement(self, statement: Any) -> Self:
        """Return a query whose rows are those of another statement."""
        return self._with(self._select.from_statement(statement))

    def with_parent(self, instance: Any, property: Any = None, from_entity: Any = None) -> Self:
        """Return a query of what belongs to an instance through a relationship."""
        return self.filter(with_parent(instance, property, from_entity))

    def set_label_style(self, style: Any) -> Self:
        """Return a query whose columns are labelled in the given style."""
        return self._with(self._select.set_label_style(style))

    def with_transformation(self, fn: Callable[[Self], Self]) -> Self:
        """Return what a function makes of the query."""
        return fn(self)

    def with_session(self, session: Any) -> Self:
        """Return the query for another session."""
        made = self._with(self._select)
        made.session = session
        return made

    def union(self, *q: Any) -> Self:
        """Return a query of the UNION with others."""
        return self._compound("union", q)

    def union_all(self, *q: Any) -> Self:
        """Return a query of the UNION ALL with others."""
        return self._compound("union_all", q)

    def except_(self, *q: Any) -> Self:
        """Return a query of the rows that others do not have."""
        return self._compound("except_", q)

    def intersect(self, *q: Any) -> Self:
        """Return a query of the rows that others have too."""
        return self._compound("intersect", q)

    def _compound(self, name: str, queries: tuple[Any, ...]) -> Self:
        made = getattr(self.statement, name)(*[query.statement for query in queries])
        nodes = self._select.raw_columns
        if len(nodes) != 1 or not isinstance(nodes[0], EntityNode):
            return self._with(Select(*made.subquery().c))
        return self._with(Select(nodes[0]).from_statement(made))

    # --- executing

    @property
    def is_single_entity(self) -> bool:
        """Whether each row gives one object."""
        nodes = self._select.raw_columns
        return len(nodes) == 1 and isinstance(nodes[0], EntityNode)

    def _result(self) -> Any:
        if self.session is None:
            raise InvalidRequestError("Query has no session: make it with session.query()")
        return before_compile(self)._execute()

    def _execute(self) -> Any:
        statement = self._labelled()
        options = dict(self._options)
        result = self.session.execute(statement, self._params or None, execution_options=options)
        has_entities = any(isinstance(element, EntityNode) for element in statement.raw_columns)
        if self.is_single_entity:
            result = result.scalars()
        return result.unique() if has_entities and "yield_per" not in options else result

    def all(self) -> list[Any]:
        """Return all objects or rows."""
        return list(self._result().all())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._result())

    def first(self) -> Any:
        """Return the first object or row, or None."""
        limited = self if self._select.source_statement is not None else self.limit(1)
        return limited._result().first()

    def one(self) -> Any:
        """Return the only object or row; NoResultFound or MultipleResultsFound otherwise."""
        return self._result().one()

    def one_or_none(self) -> Any:
        """Return the only object or row, or None."""
        return self._result().one_or_none()

    def scalar(self) -> Any:
        """Return the first item of the only row, or None."""
        try:
            found = self.one()
        except NoResultFound:
            return None
        return found if self.is_single_entity else found[0]

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, int):
            if item < 0:
                raise IndexError("negative indexes are not accepted by SQL index / slice operators")
            return self.slice(item, item + 1).all()[0]
        start, stop, step = item.start, item.stop, item.step
        if (start or 0) < 0 or (stop or 0) < 0:
            raise IndexError("negative indexes are not accepted by SQL index / slice operators")
        found = self.slice(start, stop).all()
        return found if step is None else found[::step]

    def count(self) -> int:
        """Return how many rows the query would give."""
        statement = select(func.count(literal_column("*"))).select_from(before_compile(self)._labelled().subquery())
        found: int = self.session.execute(statement, self._params or None).scalar()
        return found

    def get(self, ident: Any) -> Any:
        """Return the object with a primary key, or None (deprecated: use Session.get)."""
        warn("The Query.get() method is considered legacy; use Session.get()", LegacyAPIWarning)
        return self.session.get(self._entity(), ident, options=self._select.with_options, **self._get_options())

    def _get_options(self) -> dict[str, Any]:
        return {"populate_existing": True} if self._options.get("populate_existing") else {}

    def _entity(self) -> Any:
        node = self._select.raw_columns[0]
        if not isinstance(node, EntityNode):
            raise InvalidRequestError("this needs a query of one mapped class")
        return node.mapper.class_

    def update(
        self, values: Any, synchronize_session: Any = "auto", update_args: Mapping[str, Any] | None = None
    ) -> int:
        """Update the rows of the query and return how many there were."""
        context = WriteContext(self, dict(values))
        before_write("before_compile_update", context)
        statement = Update(self._entity()).values(context.values).with_dialect_options(**update_args or {})
        return self._write("after_bulk_update", context, statement, synchronize_session)

    def delete(self, synchronize_session: Any = "auto", delete_args: Mapping[str, Any] | None = None) -> int:
        """Delete the rows of the query and return how many there were."""
        context = WriteContext(self)
        before_write("before_compile_delete", context)
        statement = Delete(self._entity()).with_dialect_options(**delete_args or {})
        return self._write("after_bulk_delete", context, statement, synchronize_session)

    def _write(self, event: str, context: WriteContext, statement: Any, synchronize_session: Any) -> int:
        query: Query = context.query
        criteria, options = query._select, {**query._options, "synchronize_session": synchronize_session}
        if criteria.setup_joins or criteria.limit_clause is not None or criteria.group_by_clauses:
            raise InvalidRequestError(
                "Can't call Query.update() or Query.delete() when join(), limit() or group_by() was called"
            )
        statement = statement.where(*criteria.where_criteria)
        context.result = self.session.execute(statement, query._params or None, execution_options=options)
        after_write(event, context)
        found: int = context.result.rowcount
        return found


register_target(Query, QUERY, locate, ("retval", "bake_ok"), adapt)
