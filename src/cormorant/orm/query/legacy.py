"""Query: the older spelling of SELECT, `session.query(User).filter(..).all()`.

In: entities and a session. Out: objects and rows. A Query holds a Select and passes each call on to it; executing goes
through `session.execute`. Results with entities are made unique, columns are labelled `table_column`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from logging import Logger, getLogger
from typing import Any, ClassVar, Generic, Protocol, TypeVarTuple, Unpack, cast, overload

from typing_extensions import TypeVar

from ...engine.row import Row
from ...event import register_target
from ...event.catalogue import QUERY
from ...exc import InvalidRequestError, LegacyAPIWarning, NoResultFound, SADeprecationWarning, UnboundExecutionError
from ...sql.fromclause import literal_column
from ...sql.functions import func
from ...sql.select import select
from ...util.notices import warn
from ..mapping.entity import EntityNode
from .adapted import ColumnsSelect
from .bundle import Bundle
from .criteria import LoaderCriteriaOption
from .items import entity_in
from .legacy_building import QueryBuilding
from .legacy_checks import require_no_criterion
from .legacy_events import adapt, before_compile, hooks_below, locate
from .legacy_events import dispatch as query_hooks
from .legacy_writes import run_delete, run_update
from .merged_results import merge_result

T = TypeVar("T", default=Any)
Ts = TypeVarTuple("Ts")
NO_NEGATIVES = "negative indexes are not accepted by SQL index / slice operators"


class QuerySession(Protocol):
    """What a Query asks of its session."""

    def execute(self, statement: Any, params: Any = None, *, execution_options: Mapping[str, Any] = ...) -> Any:
        """Run a statement."""
        ...

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return an object by primary key."""
        ...


class Query(QueryBuilding, Generic[T]):
    """A SELECT bound to a session; each building method returns a new query."""

    __module__ = "cormorant.orm.query"
    logger: ClassVar[Logger] = getLogger("cormorant.orm.query.Query")
    dispatch: ClassVar[Any] = query_hooks
    lazy_loaded_from: Any = None
    """Always None: lazy loading makes no Query; see `ORMExecuteState.lazy_loaded_from`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.dispatch = hooks_below(cls.dispatch)

    # --- as a statement

    @property
    def selectable(self) -> Any:
        """The SELECT with labelled columns."""
        return before_compile(self)._labelled()

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
        return self.selectable

    def __str__(self) -> str:
        statement = self.selectable
        try:
            bind = None if self.session is None else self.session.get_bind(clause=statement)
        except UnboundExecutionError:
            bind = None
        return str(statement) if bind is None else str(statement.compile(bind))

    def subquery(self, name: str | None = None, with_labels: bool = False, reduce_columns: bool = False) -> Any:
        """Return the query as an element of FROM."""
        statement = self.as_part(with_labels)
        return (statement.reduce_columns() if reduce_columns else statement).subquery(name)

    def cte(self, name: str | None = None, recursive: bool = False, nesting: bool = False) -> Any:
        """Return the query as a common table expression."""
        return self.as_part().cte(name, recursive, nesting)

    def scalar_subquery(self) -> Any:
        """Return the query as a value."""
        return self.as_part().scalar_subquery()

    def as_scalar(self) -> Any:
        """Return the query as a value (deprecated: `scalar_subquery()`)."""
        warn(
            "The Query.as_scalar() method is deprecated and will be removed in a future release.  Please refer to "
            "Query.scalar_subquery().",
            SADeprecationWarning,
        )
        return self.scalar_subquery()

    def label(self, name: str | None) -> Any:
        """Return the query as a value under a name."""
        return self.as_part().label(name)

    def exists(self) -> Any:
        """Return EXISTS of the query."""
        statement = self.as_part()
        froms: list[Any] = []
        for element in self._select.raw_columns:
            node = element if element.is_from_clause else entity_in(element)
            if node is not None and node not in froms:
                froms.append(node)
        if not hasattr(statement, "base"):
            statement = statement.select_from(*froms)
        return statement.with_only_columns(literal_column("1")).exists()

    # --- executing

    @property
    def is_single_entity(self) -> bool:
        """Whether each row gives one thing that is not in a tuple, or in one alone."""
        nodes = self._select.raw_columns
        if self._gives_tuples or len(nodes) != 1:
            return False
        return isinstance(nodes[0], EntityNode) or entity_in(nodes[0]) is not None

    @property
    def gives_objects(self) -> bool:
        """Whether each row gives one object instead of a tuple."""
        nodes = self._select.raw_columns
        if self._gives_tuples or len(nodes) != 1:
            return False
        return isinstance(nodes[0], EntityNode) or (isinstance(nodes[0], Bundle) and nodes[0].single_entity)

    def _result(self) -> Any:
        query = before_compile(self)
        if query.session is None:
            raise InvalidRequestError("Query has no session: make it with session.query()")
        result: Any = query._execute()
        return result

    def _execute(self) -> Any:
        statement = self._labelled()
        if statement.shape.plugin is None:
            statement = ColumnsSelect.like(statement)
        options = {**self._load_options, **self._options}
        result = self.session.execute(statement, self._params or None, execution_options=options)
        has_entities = any(isinstance(element, EntityNode) for element in statement.raw_columns)
        if self.gives_objects:
            result = result.scalars()
        return result.unique() if has_entities and "yield_per" not in self._load_options else result

    def all(self) -> list[T]:
        """Return all objects or rows."""
        return list(self._result().all())

    def __iter__(self) -> Iterator[T]:
        yield from self._result()

    def first(self) -> T | None:
        """Return the first object or row, or None."""
        limited = self if self._select.source_statement is not None else self.limit(1)
        found: T | None = limited._result().first()
        return found

    def one(self) -> T:
        """Return the only object or row; NoResultFound or MultipleResultsFound otherwise."""
        found: T = self._result().one()
        return found

    def one_or_none(self) -> T | None:
        """Return the only object or row, or None."""
        found: T | None = self._result().one_or_none()
        return found

    def scalar(self) -> Any:
        """Return the first item of the only row, or None."""
        found: Any
        try:
            found = self.one()
        except NoResultFound:
            return None
        return found if self.gives_objects else found[0]

    def value(self, column: Any) -> Any:
        """Return the first item of the first row of another column (deprecated: `with_entities().scalar()`)."""
        warn(
            "Query.value() is deprecated and will be removed in a future release.  Please use Query.with_entities() "
            "in combination with Query.scalar()",
            SADeprecationWarning,
        )
        row: Any = next(iter(self.with_entities(column)), None)
        return None if row is None else row[0]

    def values(self, *columns: Any) -> Iterable[Any]:
        """Return an iterator over rows of other columns (deprecated: `with_entities()`)."""
        warn(
            "Query.values() is deprecated and will be removed in a future release.  Please use Query.with_entities()",
            SADeprecationWarning,
        )
        return iter(self.with_entities(*columns)) if columns else iter(())

    @overload
    def __getitem__(self, item: slice) -> list[T]: ...
    @overload
    def __getitem__(self, item: int) -> T: ...
    def __getitem__(self, item: Any) -> Any:
        if not isinstance(item, slice):
            if not isinstance(item, int):
                raise TypeError(f"a query is indexed by numbers and slices, not by {item!r}")
            if item < 0:
                raise IndexError(NO_NEGATIVES)
            return self.slice(item, item + 1).all()[0]
        given = cast("Any", item)
        start, stop, step = given.start, given.stop, given.step
        if (start or 0) < 0 or (stop or 0) < 0:
            raise IndexError(NO_NEGATIVES)
        if start is not None and stop is not None and stop <= start:
            return []
        if start is None and stop is None:
            found = self.all()
        else:
            found = self.slice(start, stop).all()
        return found if step is None else found[::step]

    def count(self) -> int:
        """Return how many rows the query would give."""
        statement = select(func.count(literal_column("*"))).select_from(self.as_part(True).subquery())
        criteria = [option for option in self._select.with_options if isinstance(option, LoaderCriteriaOption)]
        statement = statement.options(*criteria)
        options = {**self._load_options, **self._options}
        found: int = self.session.execute(statement, self._params or None, execution_options=options).scalar()
        return found

    def get(self, ident: Any) -> T | None:
        """Return the object with a primary key, or None (deprecated: use Session.get)."""
        warn(
            "The Query.get() method is considered legacy as of the 1.x series of SQLAlchemy; use Session.get()",
            LegacyAPIWarning,
        )
        require_no_criterion(self._select, "get", but_order=True)
        nodes = self._select.raw_columns
        if len(nodes) != 1 or not isinstance(nodes[0], EntityNode):
            raise InvalidRequestError("get() can only be used against a single mapped class.")
        options: dict[str, Any] = {"execution_options": {**self._load_options, **self._options}}
        if self._select.for_update is not None:
            options["with_for_update"] = self._select.for_update
        if self._load_options.get("populate_existing"):
            options["populate_existing"] = True
        cls = nodes[0].mapper.class_
        found: T | None = self.session.get_for_query(cls, ident, self._select.with_options, options)
        return found

    def merge_result(self, iterator: Any, load: bool = True) -> Any:
        """Merge the objects in what a query of the same form gave into this query's session (deprecated)."""
        warn(
            "The merge_result() function is considered legacy as of the 1.x series of SQLAlchemy; merge "
            "objects with Session.merge(), or a frozen result with merge_frozen_result()",
            LegacyAPIWarning,
        )
        return merge_result(self, iterator, load)

    def instances(self, result_proxy: Any, context: Any = None) -> Any:
        """Return the objects or rows in the result of this query's own statement (deprecated: `from_statement()`)."""
        warn(
            "The Query.instances() method is deprecated and will be removed in a future release. Use the "
            "Select.from_statement() method or aliased() construct in conjunction with Session.execute().",
            SADeprecationWarning,
        )
        result = self.session._rows_of(self._labelled(), result_proxy)
        if self.gives_objects:
            result = result.scalars()
        return result.unique()

    def update(
        self, values: Any, synchronize_session: Any = "auto", update_args: Mapping[str, Any] | None = None
    ) -> int:
        """Update the rows of the query and return how many there were."""
        return run_update(self, values, synchronize_session, update_args)

    def delete(self, synchronize_session: Any = "auto", delete_args: Mapping[str, Any] | None = None) -> int:
        """Delete the rows of the query and return how many there were."""
        return run_delete(self, synchronize_session, delete_args)


class RowReturningQuery(Query[Row[Unpack[Ts]]]):
    """A query of several things or of columns, for type checkers: it gives rows."""


register_target(Query, QUERY, locate, ("retval", "bake_ok"), adapt)
