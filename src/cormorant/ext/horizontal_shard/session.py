"""A session over several databases that hold rows of the same tables.

In: shards, and functions of the program that say which one an object is written to, where to look for a key, and where
a statement runs. Out: objects that know their shard by their identity token; each statement runs in one shard or in
several, whose rows are one result. Loading and flushing are those of every session, one shard at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self

from ...event import listen
from ...exc import ArgumentError, InvalidRequestError
from ...orm.instance.manager import require_manager
from ...orm.instance.state import InstanceState
from ...orm.query.legacy import Query
from ...orm.query.options import UserDefinedOption
from ...orm.session import reading
from ...orm.session.session import Session
from ...orm.session.written import WrittenResult
from ...util.notices import SADeprecationWarning, warn
from .identity import ShardedIdentityMap
from .steps import RoutedPlan

Chooser = Callable[..., Any]
STREAMING = ("yield_per", "stream_results")


class set_shard_id(UserDefinedOption):  # noqa: N801 - public name
    """An option that limits a statement, and what is loaded for its objects later, to one shard."""

    def __init__(self, shard_id: Any, propagate_to_loaders: bool = True) -> None:
        super().__init__(shard_id)
        vars(self)["propagate_to_loaders"] = propagate_to_loaders

    @property
    def shard_id(self) -> Any:
        """The shard."""
        return self.payload


class ShardedQuery(Query):
    """A legacy Query that can be limited to a shard."""

    def set_shard(self, shard_id: Any) -> Self:
        """Return a query that runs in one shard, whatever the choosers say."""
        return self.options(set_shard_id(shard_id, propagate_to_loaders=False))


class ShardedSession(Session):
    """A session over several databases.

    `shard_chooser(mapper, instance, clause=None)` returns the shard of a new object, or that of an operation without
    one. `identity_chooser(mapper, primary_key, *, lazy_loaded_from, execution_options, bind_arguments, **kw)` returns
    the shards in which to look for a key in memory. `execute_chooser(orm_execute_state)` returns those in which a
    statement runs.
    """

    has_own_verbs = True

    def __init__(
        self,
        shard_chooser: Chooser,
        identity_chooser: Chooser | None = None,
        execute_chooser: Chooser | None = None,
        shards: Mapping[Any, Any] | None = None,
        query_cls: type[Query] = ShardedQuery,
        *,
        id_chooser: Chooser | None = None,
        query_chooser: Chooser | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(query_cls=query_cls, **kwargs)
        self.shard_chooser = shard_chooser
        self.identity_chooser = self._identity_chooser(identity_chooser, id_chooser)
        self.execute_chooser = _execute_chooser(execute_chooser, query_chooser)
        self._shards: dict[Any, Any] = {}
        self._loaded_for: InstanceState | None = None
        self.identity = ShardedIdentityMap(self._where_to_look)
        for shard_id, bind in (shards or {}).items():
            self.bind_shard(shard_id, bind)
        listen(self, "do_orm_execute", _on_shards)

    def _identity_chooser(self, given: Chooser | None, legacy: Chooser | None) -> Chooser:
        if given is None and legacy is None:
            raise ArgumentError("identity_chooser or id_chooser is required")
        if legacy is None:
            return given  # type: ignore[return-value]
        warn(
            "The ``id_chooser`` parameter is deprecated; please use ``identity_chooser``.",
            SADeprecationWarning,
        )

        def choose(mapper: Any, primary_key: Any, **kw: Any) -> Any:
            return legacy(self.query(mapper), primary_key)

        return choose

    # --- shards

    def bind_shard(self, shard_id: Any, bind: Any) -> None:
        """Talk to an engine or connection for a shard."""
        self._shards[shard_id] = bind

    @contextmanager
    def on_shard(self, token: Any) -> Generator[Self]:
        """A block in which everything goes to one shard."""
        with self.identity.under(token):
            yield self

    @property
    def current_shard(self) -> Any:
        """The shard that everything goes to at the moment, or None."""
        return self.identity.current

    def near(self, state: InstanceState) -> AbstractContextManager[Any]:
        token = state.identity_token
        return self.on_shard(self.current_shard if token is None else token)

    def shard_of(self, state: InstanceState) -> Any:
        """Return the shard of an object, chosen and remembered where it has none yet."""
        if state.identity_token is None:
            state.identity_token = self.shard_chooser(state.mapper, state.require_object())
        return state.identity_token

    def _where_to_look(self, cls: type, pk: Any) -> Iterable[Any]:
        mapper = require_manager(cls).mapper
        key = list(mapper.class_manager.pk_tuple(pk))
        origin = self._loaded_for
        found: Iterable[Any] = self.identity_chooser(
            mapper, key, lazy_loaded_from=origin, execution_options={}, bind_arguments={}
        )
        return found

    # --- where operations go

    def get_bind(
        self, mapper: Any = None, *, shard_id: Any = None, instance: Any = None, clause: Any = None, **kw: Any
    ) -> Any:
        """Return the engine of a shard: the named one, the current one, or the one that `shard_chooser` gives."""
        if shard_id is None:
            shard_id = self.current_shard
        if shard_id is None and instance is not None:
            shard_id = self.shard_of(instance._sa_instance_state)
        if shard_id is None:
            shard_id = self.shard_chooser(None if mapper is None else reading.mapper_of(mapper), None, clause=clause)
        return self._shards[shard_id]

    def connection_callable(self, mapper: Any = None, instance: Any = None, shard_id: Any = None, **kw: Any) -> Any:
        """Return the connection for an object or a shard."""
        return self.connection({"mapper": mapper, "instance": instance, "shard_id": shard_id, **kw})

    def routed(self, plan: Any) -> Any:
        return RoutedPlan(plan, self.shard_of)

    # --- reading

    def get(self, entity: Any, ident: Any, *, identity_token: Any = None, **options: Any) -> Any:
        """Return the object of a primary key: from memory where `identity_chooser` says, else from the shards."""
        if identity_token is not None:
            with self.on_shard(identity_token):
                return super().get(entity, ident, **options)
        found = self._in_memory(entity, ident, options)
        return super().get(entity, ident, **options) if found is None else found

    def _in_memory(self, entity: Any, ident: Any, options: Mapping[str, Any]) -> Any:
        """Return the object of a key that a shard holds in memory, unless it is to be loaded in any case."""
        execution_options: Any = options.get("execution_options") or {}
        if options.get("populate_existing") or options.get("with_for_update") is not None:
            return None
        mapper = reading.mapper_of(entity)
        key = list(mapper.class_manager.pk_tuple(mapper.raw_pk(ident)))
        tokens: Iterable[Any] = self.identity_chooser(
            mapper,
            key,
            lazy_loaded_from=None,
            execution_options=execution_options,
            bind_arguments=options.get("bind_arguments") or {},
        )
        for token in tokens:
            with self.on_shard(token):
                found = reading.in_memory(self, mapper, mapper.raw_pk(ident))
            if found is not None:
                return found
        return None

    def refresh(
        self, instance: object, attribute_names: Iterable[str] | None = None, with_for_update: Any = None
    ) -> None:
        with self.near(instance._sa_instance_state):  # type: ignore[attr-defined]
            super().refresh(instance, attribute_names, with_for_update)

    def load_missing(self, state: InstanceState, attribute: Any, passive: Any) -> Any:
        if attribute.is_column:
            with self.near(state):
                return super().load_missing(state, attribute, passive)
        before, self._loaded_for = self._loaded_for, state
        try:
            return super().load_missing(state, attribute, passive)
        finally:
            self._loaded_for = before

    def load_expired(self, states: Sequence[InstanceState]) -> None:
        by_shard: dict[Any, list[InstanceState]] = {}
        for state in states:
            by_shard.setdefault(state.identity_token, []).append(state)
        for members in by_shard.values():
            with self.near(members[0]):
                super().load_expired(members)


def _execute_chooser(given: Chooser | None, legacy: Chooser | None) -> Chooser:
    if given is None and legacy is None:
        raise ArgumentError("execute_chooser or query_chooser is required")
    if legacy is None:
        return given  # type: ignore[return-value]
    warn("The ``query_chooser`` parameter is deprecated; please use ``execute_chooser``.", SADeprecationWarning)
    if given is not None:
        raise ArgumentError("Can't pass query_chooser and execute_chooser at the same time.")

    def choose(state: Any) -> Any:
        return legacy(state.statement)

    return choose


# --- statements


def _on_shards(state: Any) -> Any:
    """Run a statement in the shards that it concerns; the listener of each sharded session."""
    session = state.session
    token = _named_shard(state)
    tokens: list[Any] = list(session.execute_chooser(state)) if token is None else [token]
    if not tokens:
        raise ArgumentError("execute_chooser returned no shard: it must return those in which the statement runs")
    if len(tokens) > 1 and state.is_insert:
        raise InvalidRequestError(
            f"an INSERT goes to one shard, and execute_chooser returned {tokens!r}: name one with the option "
            "set_shard_id(), or add() objects, whose shards shard_chooser gives"
        )
    results = [_on_shard(state, one) for one in tokens]
    if len(results) == 1:
        return results[0]
    if not getattr(results[0], "returns_rows", True):
        return WrittenResult(sum(result.rowcount for result in results))
    return results[0].merge(*results[1:])


def _named_shard(state: Any) -> Any:
    """Return the one shard that a statement goes to without question, or None."""
    if state.session.current_shard is not None:
        return state.session.current_shard
    for option in state.user_defined_options:
        if isinstance(option, set_shard_id):
            return option.shard_id
    return state.bind_arguments.get("shard_id") or state.execution_options.get("identity_token")


def _on_shard(state: Any, token: Any) -> Any:
    """Run a statement in one shard; its rows are read at once, while the shard is the current one."""
    options = {name: None for name in STREAMING if state.execution_options.get(name)}
    with state.session.on_shard(token):
        return state.invoke_statement(bind_arguments={"shard_id": token}, execution_options=options)
