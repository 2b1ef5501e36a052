"""Query: the older spelling of SELECT, `session.query(User).filter(..).all()`.

In: entities and a session. Out: objects and rows. A Query holds a Select and passes each call on to it; executing goes
through `session.execute`. Results with entities are made unique, columns are labelled `table_column`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from ...event import register_target
from ...event.catalogue import QUERY
from ...exc import InvalidRequestError, LegacyAPIWarning, NoResultFound
from ...sql.dml import Delete, Update
from ...sql.fromclause import literal_column
from ...sql.functions import func
from ...sql.naming import LABEL_STYLE_DEFAULT, LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.select import select
from ...util.notices import warn
from ..mapping.entity import EntityNode
from .legacy_building import QueryBuilding
from .legacy_events import WriteContext, adapt, after_write, before_compile, before_write, locate


class QuerySession(Protocol):
    """What a Query asks of its session."""

    def execute(self, statement: Any, params: Any = None, *, execution_options: Mapping[str, Any] = ...) -> Any:
        """Run a statement."""
        ...

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return an object by primary key."""
        ...


class Query(QueryBuilding):
    """A SELECT bound to a session; each building method returns a new query."""

    # --- as a statement

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
