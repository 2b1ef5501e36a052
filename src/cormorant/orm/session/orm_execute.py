"""What a listener of `do_orm_execute` sees of a statement before it runs, and may change.

In: a statement with its parameters and options, or a load that the session does by itself. Out: its result, from the
listeners or from the database. How statements run is not known here: the caller says it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...exc import InvalidRequestError
from ...sql.kinds import as_sequence, is_sequence
from ...util.immutable import immutabledict
from ..load.request import LoadKind, LoadPurpose
from ..mapping.entity import EntityNode
from ..query.items import entities_in
from ..query.options import LoadFrom, UserDefinedOption
from .binding import mapper_of_statement

Run = Callable[["ORMExecuteState"], Any]


class ORMExecuteState:
    """What a listener of `do_orm_execute` gets: the statement with its parameters and options, before it runs.

    The listener may set `statement`, call `update_execution_options()`, run the statement itself with
    `invoke_statement()` and return that result, or return None to go on.
    """

    def __init__(
        self,
        session: Any,
        statement: Any,
        parameters: Any,
        execution_options: Mapping[str, Any],
        bind_arguments: Mapping[str, Any] | None,
        run_statement: Run,
        listeners: tuple[Any, ...],
        purpose: LoadPurpose | None = None,
    ) -> None:
        self.session = session
        self.statement = statement
        self.parameters = parameters
        self.local_execution_options = immutabledict(execution_options)
        given = dict(bind_arguments or {})
        self.is_bound = bool(given)
        """Whether the program says what to run the statement on."""
        mapper = given.get("mapper") or mapper_of_statement(statement)
        self.bind_arguments = {"clause": statement, **({} if mapper is None else {"mapper": mapper}), **given}
        self._run = run_statement
        self._listeners = listeners
        self._remaining = listeners
        self._purpose = purpose

    def run(self) -> Any:
        """Call the listeners; the first result is the result, else the statement runs."""
        for number, listener in enumerate(self._listeners):
            self._remaining = self._listeners[number + 1 :]
            result = listener(self)
            if result is not None:
                return result
        return self._run(self)

    def invoke_statement(
        self,
        statement: Any = None,
        params: Any = None,
        execution_options: Mapping[str, Any] | None = None,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run the statement, or another one, through the listeners that were not called yet; return its result."""
        given = {**(self.bind_arguments if self.is_bound else {}), **(bind_arguments or {})}
        state = ORMExecuteState(
            self.session,
            self.statement if statement is None else statement,
            _merged(self.parameters, params),
            {**self.execution_options, **(execution_options or {})},
            given,
            self._run,
            self._remaining,
            self._purpose,
        )
        return state.run()

    # --- options

    @property
    def execution_options(self) -> immutabledict[str, Any]:
        """The options in effect."""
        return self.local_execution_options

    def update_execution_options(self, **opts: Any) -> None:
        """Set options."""
        self.local_execution_options = immutabledict({**self.local_execution_options, **opts})

    @property
    def load_options(self) -> Any:
        """The execution options that concern loading."""
        self._require_select("load options")
        names = ("populate_existing", "autoflush", "yield_per", "identity_token")
        return immutabledict({name: value for name, value in self.execution_options.items() if name in names})

    @property
    def update_delete_options(self) -> Any:
        """The execution options that concern an UPDATE or DELETE of a class."""
        if not (self.is_orm_statement and (self.is_update or self.is_delete)):
            raise InvalidRequestError(
                "This ORM execution is not against an UPDATE or DELETE statement so there are no update options."
            )
        names = ("synchronize_session", "autoflush", "identity_token")
        return immutabledict({name: value for name, value in self.execution_options.items() if name in names})

    @property
    def user_defined_options(self) -> list[Any]:
        """The options of the program's own kinds: of the statement, and of the one that loaded its object."""
        given: list[Any] = list(getattr(self.statement, "with_options", ()))
        given += [one for option in given if isinstance(option, LoadFrom) for one in option.criteria]
        given += () if self._purpose is None else self._purpose.options
        return [option for option in given if isinstance(option, UserDefinedOption)]

    # --- what the statement is about

    @property
    def bind_mapper(self) -> Any:
        """The mapper that decides which database the statement goes to."""
        return self.bind_arguments.get("mapper")

    @property
    def all_mappers(self) -> list[Any]:
        """The mappers that the statement names."""
        if not self.is_orm_statement:
            return []
        table = getattr(self.statement, "table", None)
        if isinstance(table, EntityNode):
            return [table.mapper]
        entities = entities_in(getattr(self.statement, "raw_columns", ()))
        return list(dict.fromkeys(entity.mapper for entity in entities))

    @property
    def is_orm_statement(self) -> bool:
        """Whether the statement names mapped classes or attributes."""
        return self.statement.shape.plugin is not None

    @property
    def _source(self) -> Any:
        """The statement that is sent: the one whose rows `from_statement()` takes, where there is one."""
        source = getattr(self.statement, "source_statement", None)
        return self.statement if source is None else source

    @property
    def is_select(self) -> bool:
        """Whether it is a SELECT."""
        return bool(self._source.is_select)

    @property
    def is_insert(self) -> bool:
        """Whether it is an INSERT."""
        return bool(self._source.is_insert)

    @property
    def is_update(self) -> bool:
        """Whether it is an UPDATE."""
        return bool(self._source.is_update)

    @property
    def is_delete(self) -> bool:
        """Whether it is a DELETE."""
        return bool(self._source.is_delete)

    @property
    def is_from_statement(self) -> bool:
        """Whether its rows come from another statement: `select(..).from_statement()`."""
        return getattr(self.statement, "source_statement", None) is not None

    @property
    def is_executemany(self) -> bool:
        """Whether there are several sets of parameters."""
        return isinstance(self.parameters, (list, tuple))

    # --- loads that the session does by itself

    @property
    def is_column_load(self) -> bool:
        """Whether columns of one object are loaded: expired or deferred ones, or a refresh."""
        return self._purpose is not None and self._purpose.kind is LoadKind.COLUMNS

    @property
    def is_relationship_load(self) -> bool:
        """Whether it loads what a relationship of objects leads to."""
        return self._purpose is not None and self._purpose.kind is LoadKind.RELATED

    @property
    def loader_strategy_path(self) -> Any:
        """The way to what is loaded, for loads that the session does by itself; else None."""
        return None if self._purpose is None else self._purpose.path

    @property
    def lazy_loaded_from(self) -> Any:
        """The state of the object whose relationship is loaded lazily; else None."""
        self._require_select("load options")
        return None if self._purpose is None else self._purpose.loaded_from

    @property
    def identity_token(self) -> Any:
        """The token that tells the shard of the objects."""
        return self.execution_options.get("identity_token")

    def _require_select(self, what: str) -> None:
        if not self.is_select:
            raise InvalidRequestError(f"This ORM execution is not against a SELECT statement so there are no {what}.")


def _merged(parameters: Any, more: Any) -> Any:
    """Return parameters with more of them: each set of several gets the one that stands in its place."""
    if not more:
        return parameters
    if is_sequence(more):
        if is_sequence(parameters) and len(parameters) != len(more):
            raise InvalidRequestError(
                f"Can't apply executemany parameters to statement; number of parameter sets passed to "
                f"Session.execute() ({len(parameters)}) does not match number of parameter sets given to "
                f"ORMExecuteState.invoke_statement() ({len(more)})"
            )
        return [{**old, **new} for old, new in zip(as_sequence(parameters or ({},) * len(more)), more, strict=True)]
    single: dict[str, Any] = dict(parameters or {})
    single.update(more)
    return single
