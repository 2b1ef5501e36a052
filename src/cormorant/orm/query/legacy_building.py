"""The methods of Query that build: each returns a new query around a new Select.

In: what Select's methods take. Out: queries. Nothing here executes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from ...exc import InvalidRequestError
from ...sql.select import Select, select
from ...util import immutabledict
from ..mapping.entity import EntityNode
from ..mapping.related import with_parent

NO_OPTIONS: immutabledict[str, Any] = immutabledict()


class QueryBuilding:
    """The methods of Query that return a new query."""

    def __init__(self, entities: Any, session: Any = None) -> None:
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

    @property
    def statement(self) -> Any:
        """The SELECT."""
        return self._select.params(self._params) if self._params else self._select

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
