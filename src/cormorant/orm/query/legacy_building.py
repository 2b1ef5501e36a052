"""The methods of Query that build: each returns a new query around a new Select.

In: what Select's methods take. Out: queries. Nothing here executes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from ...exc import InvalidRequestError, LegacyAPIWarning, SADeprecationWarning
from ...inspection import inspect
from ...sql.coercion import as_count
from ...sql.kinds import as_sequence
from ...sql.naming import LABEL_STYLE_LEGACY_ORM, LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.select import named_in, select
from ...util import immutabledict
from ...util.notices import warn
from ..mapping.aliased import aliased
from ..mapping.entity import ENTITY, EntityNode
from ..mapping.parents import relationship_to, with_parent
from .adapted import AdaptedSelect
from .items import configure_entities, entity_in
from .legacy_checks import require_no_criterion, require_no_limit, require_no_statement, require_own_rows
from .legacy_events import before_compile
from .options import WithoutEagerLoads

NO_OPTIONS: immutabledict[str, Any] = immutabledict()


class QueryBuilding:
    """The methods of Query that return a new query."""

    def __init__(self, entities: Any, session: Any = None) -> None:
        given: Iterable[Any] = entities if type(entities) in (tuple, list) else (entities,)
        self.session: Any = session
        self._select: Any = select(*given)
        configure_entities(self._select.raw_columns)
        self._options = NO_OPTIONS
        self._load_options = NO_OPTIONS
        """What `yield_per()`, `populate_existing()` and `autoflush()` set: not among `get_execution_options()`."""
        self._params: Mapping[str, Any] = {}
        self._label_style: Any = LABEL_STYLE_LEGACY_ORM
        self._checks = True
        self._gives_tuples: bool | None = None

    def _with(self, statement: Any) -> Self:
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._select = statement
        return made

    def _set(self, **changes: Any) -> Self:
        made = self._with(self._select)
        made.__dict__.update(changes)
        return made

    def _unlimited(self, method: str) -> Any:
        """Return the SELECT; raise InvalidRequestError where rows are limited already."""
        if self._checks:
            require_no_limit(self._select, method)
        return self._select

    def _own(self, method: str) -> Any:
        """Return the SELECT; raise InvalidRequestError where the rows are those of another statement."""
        if self._checks:
            require_no_statement(self._select, method)
        return self._select

    # --- as a statement

    @property
    def statement(self) -> Any:
        """The SELECT, its columns labelled only where `set_label_style()` says so."""
        return before_compile(self)._plain()

    def _plain(self) -> Any:
        statement = self._select
        if self._label_style is not LABEL_STYLE_LEGACY_ORM:
            statement = statement.set_label_style(self._label_style)
        return statement.params(self._params) if self._params else statement

    def _labelled(self) -> Any:
        """Return the SELECT with columns called `table_column`, unless the query says otherwise."""
        if not self._select.raw_columns:
            raise InvalidRequestError("Query contains no columns with which to SELECT from.")
        if self._label_style is not LABEL_STYLE_LEGACY_ORM or self._select.source_statement is not None:
            return self._plain()
        return self._plain().set_label_style(LABEL_STYLE_LEGACY_ORM)

    def as_part(self, with_labels: bool = False) -> Any:
        """Return the SELECT as a part of another statement; not that of `from_statement()`."""
        require_own_rows(self._select)
        query = before_compile(self)
        return without_options(query._labelled() if with_labels else query._plain())

    @property
    def get_label_style(self) -> Any:
        """How the columns are labelled."""
        return self._label_style

    def set_label_style(self, style: Any) -> Self:
        """Return a query whose columns are labelled in the given style."""
        return self._set(_label_style=style)

    def with_labels(self) -> Self:
        """Return a query whose `statement` has labelled columns (deprecated: `set_label_style()`)."""
        warn(
            "The Query.with_labels() and Query.apply_labels() method is considered legacy as of the 1.x series "
            "of SQLAlchemy; use set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)",
            LegacyAPIWarning,
        )
        return self.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)

    apply_labels = with_labels

    # --- criteria

    def filter(self, *criterion: Any) -> Self:
        """Return a query with criteria added."""
        return self._with(self._unlimited("filter").where(*criterion))

    def where(self, *criterion: Any) -> Self:
        """Return a query with criteria added."""
        return self.filter(*criterion)

    def filter_by(self, **kwargs: Any) -> Self:
        """Return a query with `name = value` criteria on what was joined last, or else on its first entity."""
        owner = self._joinpoint()
        if not owner.is_from_clause and not getattr(owner, "is_relationship", False):
            entity = entity_in(owner)
            owner = owner if entity is None else entity
        is_joined = bool(self._select.setup_joins)
        return self.filter(*[_attribute(owner, name, is_joined) == value for name, value in kwargs.items()])

    def _joinpoint(self) -> Any:
        """Return the element that `filter_by()` speaks of."""
        statement = self._select
        if statement.setup_joins:
            return statement.setup_joins[-1][0]
        return (*statement.from_clauses, *statement.raw_columns)[0]

    def order_by(self, *clauses: Any) -> Self:
        """Return a query with ORDER BY added; None removes it."""
        return self._with(self._unlimited("order_by").order_by(*clauses))

    def group_by(self, *clauses: Any) -> Self:
        """Return a query with GROUP BY added; None removes it."""
        return self._with(self._unlimited("group_by").group_by(*clauses))

    def having(self, *having: Any) -> Self:
        """Return a query with HAVING added."""
        return self._with(self._unlimited("having").having(*having))

    def with_parent(self, instance: Any, property: Any = None, from_entity: Any = None) -> Self:
        """Return a query of what belongs to an instance through a relationship, the only one where none is named."""
        warn(
            "The Query.with_parent() method is considered legacy as of the 1.x series of SQLAlchemy; filter by the "
            "with_parent() function",
            LegacyAPIWarning,
        )
        target = from_entity if from_entity is not None else self._first_entity()
        if property is None:
            property = relationship_to(instance, inspect(target))
        return self.filter(with_parent(instance, property, target))

    def _first_entity(self) -> Any:
        """Return the mapped class or alias that the query names first."""
        for element in self._select.raw_columns:
            node = element if isinstance(element, EntityNode) else element._annotations.get(ENTITY)
            if node is not None:
                return node.entity.entity
        raise InvalidRequestError("this needs a query of a mapped class")

    # --- sources

    def join(self, target: Any, onclause: Any = None, *, isouter: bool = False, full: bool = False) -> Self:
        """Return a query joined along a relationship or to an entity, which may be followed by the ON clause."""
        return self._join(target, onclause, isouter, full)

    def outerjoin(self, target: Any, onclause: Any = None, *, full: bool = False) -> Self:
        """Return a query joined by LEFT OUTER JOIN."""
        return self._join(target, onclause, True, full)

    def _join(self, target: Any, onclause: Any, isouter: bool, full: bool) -> Self:
        statement = self._unlimited("join")
        joined = statement.join(target, onclause, isouter=isouter, full=full)
        if onclause is not None and getattr(joined.setup_joins[-1][0], "is_relationship", False):
            raise InvalidRequestError(
                "No 'on clause' argument may be passed when joining to a relationship path as a target"
            )
        return self._with(joined)

    def reset_joinpoint(self) -> Self:
        """Return a query whose `filter_by()` speaks of its first entity again."""
        return self._set(_joinpoint=lambda: self._select.raw_columns[0])

    def select_from(self, *from_obj: Any) -> Self:
        """Return a query with FROM elements."""
        if self._checks:
            require_no_criterion(self._select, "select_from")
        return self._with(self._select.select_from(*from_obj))

    def correlate(self, *fromclauses: Any) -> Self:
        """Return a query that leaves elements to the statement around it."""
        return self._with(self._select.correlate(*fromclauses))

    def from_statement(self, statement: Any) -> Self:
        """Return a query whose rows are those of another statement."""
        if self._checks:
            require_no_criterion(self._select, "from_statement")
        return self._with(self._select.from_statement(statement))

    # --- columns

    def with_entities(self, *entities: Any) -> Self:
        """Return a query of other columns or entities."""
        return self._with(self._select.with_only_columns(*entities))

    def add_columns(self, *column: Any) -> Self:
        """Return a query with columns or entities added."""
        return self._with(self._select.add_columns(*column))

    def add_column(self, column: Any) -> Self:
        """Return a query with a column added (deprecated: `add_columns()`)."""
        warn(
            "Query.add_column() is deprecated and will be removed in a future release.  Please use Query.add_columns() "
            "(deprecated since: 1.4)",
            SADeprecationWarning,
        )
        return self.add_columns(column)

    def add_entity(self, entity: Any, alias: Any = None) -> Self:
        """Return a query with an entity added, its rows perhaps those of a given FROM element."""
        return self.add_columns(entity if alias is None else aliased(entity, alias))

    def distinct(self, *expr: Any) -> Self:
        """Return a query with DISTINCT."""
        return self._with(self._own("distinct").distinct(*expr))

    def prefix_with(self, *prefixes: Any, dialect: str = "*") -> Self:
        """Return a query with words after SELECT."""
        return self._with(self._select.prefix_with(*prefixes, dialect=dialect))

    def suffix_with(self, *suffixes: Any, dialect: str = "*") -> Self:
        """Return a query with words at its end."""
        return self._with(self._select.suffix_with(*suffixes, dialect=dialect))

    def with_hint(self, selectable: Any, text: str, dialect_name: str = "*") -> Self:
        """Return a query with a hint for one of its tables."""
        return self._with(self._select.with_hint(selectable, text, dialect_name))

    def with_statement_hint(self, text: str, dialect_name: str = "*") -> Self:
        """Return a query with a hint at its end."""
        return self._with(self._select.with_statement_hint(text, dialect_name))

    # --- how many

    def limit(self, limit: Any) -> Self:
        """Return a query of at most so many rows."""
        return self._with(self._own("limit").limit(limit))

    def offset(self, offset: Any) -> Self:
        """Return a query that skips so many rows."""
        return self._with(self._own("offset").offset(offset))

    def slice(self, start: int | None, stop: int | None) -> Self:
        """Return a query of the rows of a Python slice, counted after the query's own OFFSET."""
        statement = self._own("slice")
        offset = 0 if statement.offset_clause is None else statement.offset_clause
        if start is not None:
            value = getattr(offset, "value", offset)
            statement = statement.offset(value + start if isinstance(value, int) else offset + start)
        return self._with(statement if stop is None else statement.limit(as_count(stop - (start or 0))))

    # --- options

    def options(self, *args: Any) -> Self:
        """Return a query with loader options added."""
        flat: list[Any] = [option for given in args for option in as_sequence(given)]
        return self._with(self._select.options(*flat))

    def enable_eagerloads(self, value: bool) -> Self:
        """Return a query that loads nothing along with its objects, or does so again."""
        kept = [option for option in self._select.with_options if not isinstance(option, WithoutEagerLoads)]
        if not value:
            kept.append(WithoutEagerLoads())
        return self._with(self._select._copy(with_options=tuple(kept)))

    def enable_assertions(self, value: bool) -> Self:
        """Return a query that does not, or does, complain of methods called in an order that has no meaning."""
        return self._set(_checks=value)

    def execution_options(self, **kwargs: Any) -> Self:
        """Return a query with execution options added."""
        return self._set(_options=self._options.union(kwargs))

    def get_execution_options(self) -> immutabledict[str, Any]:
        """Return the execution options."""
        return self._options

    def _with_load_option(self, name: str, value: Any) -> Self:
        return self._set(_load_options=self._load_options.union({name: value}))

    def populate_existing(self) -> Self:
        """Return a query that overwrites objects in the session."""
        return self._with_load_option("populate_existing", True)

    def yield_per(self, count: int) -> Self:
        """Return a query that loads so many rows at a time."""
        return self._with_load_option("yield_per", count)

    def autoflush(self, setting: bool) -> Self:
        """Return a query that does, or does not, flush first."""
        return self._with_load_option("autoflush", setting)

    @property
    def load_options(self) -> immutabledict[str, Any]:
        """What `yield_per()`, `populate_existing()` and `autoflush()` set."""
        return self._load_options

    def with_for_update(self, **options: Any) -> Self:
        """Return a query that locks its rows."""
        return self._with(self._select.with_for_update(**options))

    def params(self, given: Mapping[str, Any] | None = None, /, **kw: Any) -> Self:
        """Return a query with values for named bind parameters."""
        return self._set(_params={**self._params, **(given or {}), **kw})

    def only_return_tuples(self, value: bool) -> Self:
        """Return a query of rows also where each row holds one object."""
        return self._set(_gives_tuples=value)

    def tuples(self) -> Self:
        """Return a query whose rows are typed as tuples (deprecated: rows are)."""
        warn(
            "The Query.tuples() method is deprecated, Row now behaves like a tuple and can unpack types directly.",
            SADeprecationWarning,
        )
        return self.only_return_tuples(True)

    def with_transformation(self, fn: Callable[[Self], Self]) -> Self:
        """Return what a function makes of the query."""
        return fn(self)

    def with_session(self, session: Any) -> Self:
        """Return the query for another session."""
        return self._set(session=session)

    # --- compounds

    def union(self, *q: Any) -> Self:
        """Return a query of the UNION with others."""
        return self._compound("union", q)

    def union_all(self, *q: Any) -> Self:
        """Return a query of the UNION ALL with others."""
        return self._compound("union_all", q)

    def except_(self, *q: Any) -> Self:
        """Return a query of the rows that others do not have."""
        return self._compound("except_", q)

    def except_all(self, *q: Any) -> Self:
        """Return a query of the EXCEPT ALL with others."""
        return self._compound("except_all", q)

    def intersect(self, *q: Any) -> Self:
        """Return a query of the rows that others have too."""
        return self._compound("intersect", q)

    def intersect_all(self, *q: Any) -> Self:
        """Return a query of the INTERSECT ALL with others."""
        return self._compound("intersect_all", q)

    def _compound(self, name: str, queries: tuple[Any, ...]) -> Self:
        made = getattr(self.as_part(True), name)(*map(_part, queries))
        statement = AdaptedSelect.over(made.subquery(), self._select.raw_columns)
        return self._with(statement.options(*self._select.with_options))


def _part(given: Any) -> Any:
    """Return the statement of a query in a compound."""
    return given.as_part(True) if isinstance(given, QueryBuilding) else given


def without_options(statement: Any) -> Any:
    """Return a statement without loader options, which mean nothing inside another one."""
    return statement._copy(with_options=()) if statement.with_options else statement


def _shown(owner: Any) -> str:
    return str(owner.entity) if hasattr(owner, "entity") else str(owner)


def _attribute(owner: Any, name: str, is_joined: bool) -> Any:
    """Return the column or attribute of a name; raise InvalidRequestError where there is none."""
    node = owner._annotations.get("entity", owner)
    found = named_in(getattr(node, "entity_namespace", None), name)
    if found is None:
        shown = owner.element.description if isinstance(owner, EntityNode) and not is_joined else _shown(owner)
        raise InvalidRequestError(f'Entity namespace for "{shown}" has no property "{name}"')
    return found
