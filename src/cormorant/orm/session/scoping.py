"""scoped_session: one session per thread or per scope, used as if it was a session itself.

In: a factory of sessions, and perhaps a function that names the scope. Out: calls handed to the session of the current
scope, which is made when it is first asked for and forgotten by `remove()`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Generic, Protocol, Unpack, overload

from typing_extensions import TypeVar

from ... import exc
from ...engine.connection import Connection
from ...engine.cursor_result import CursorResult
from ...engine.results.iterators import Result
from ...engine.results.views import ScalarResult
from ...event.catalogue import SESSION
from ...event.targets import register_target
from ...sql.clause import Ts, TypedReturnsRows
from ...sql.column import SQLCoreOperations
from ...sql.dml import UpdateBase
from ...sql.typed import T0, T1, T2, T3, T4, T5, T6, T7, T, Typed
from ...util import ScopedRegistry, ThreadLocalRegistry, warn
from ...util.immutable import immutabledict
from ...util.sets import IdentitySet
from ..instance.identity import IdentityMap
from ..query.legacy import Query, RowReturningQuery
from .factory import OPTIONS, locate, with_state
from .session import Session
from .three_way import Policy
from .transaction import SessionTransaction

SessionT = TypeVar("SessionT", bound=Session, default=Session)
ObjectT = TypeVar("ObjectT")
NO_OPTIONS: immutabledict[str, Any] = immutabledict()


class QueryPropertyDescriptor(Protocol):
    """What `query_property()` returns: read on a mapped class, it is a query of the class."""

    def __get__(self, instance: Any, owner: type[ObjectT]) -> Query[ObjectT]:
        """Return a query of the class."""
        ...


class QueryProperty:
    """A class attribute that is a query of its class in the session of the current scope."""

    def __init__(self, sessions: scoped_session[Any], query_cls: type[Query[Any]] | None) -> None:
        self.sessions = sessions
        self.query_cls = query_cls

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        session = self.sessions.registry()
        return session.query(owner) if self.query_cls is None else self.query_cls(owner, session=session)


class scoped_session(Generic[SessionT]):  # noqa: N801 - the public name
    """A session per thread, or per value of `scopefunc`: `Session = scoped_session(sessionmaker(engine))`.

    `Session()` returns the session of the current scope; its methods and attributes can be used on `Session` itself;
    `Session.remove()` closes it and lets it go.
    """

    session_factory: Callable[..., SessionT]
    registry: ScopedRegistry[SessionT]

    def __init__(
        self, session_factory: Callable[..., SessionT], scopefunc: Callable[[], Hashable] | None = None
    ) -> None:
        self.session_factory = session_factory
        if scopefunc is None:
            self.registry = ThreadLocalRegistry(session_factory)
        else:
            self.registry = ScopedRegistry(session_factory, scopefunc)

    def __call__(self, **kw: Any) -> SessionT:
        """Return the session of the current scope; options are for one that is made now."""
        if not kw:
            return self.registry()
        if self.registry.has():
            raise exc.InvalidRequestError("Scoped session is already present; no new arguments may be specified.")
        session = self.session_factory(**kw)
        self.registry.set(session)
        return session

    def configure(self, **kwargs: Any) -> None:
        """Change the options of sessions made from now on."""
        if self.registry.has():
            warn(
                "At least one scoped session is already present.  configure() can not affect sessions that have "
                "already been created."
            )
        factory: Any = self.session_factory
        factory.configure(**kwargs)

    def remove(self) -> None:
        """Close the session of the current scope, if there is one, and forget it."""
        if self.registry.has():
            self.registry().close()
        self.registry.clear()

    def query_property(self, query_cls: type[Query[Any]] | None = None) -> QueryPropertyDescriptor:
        """Return a class attribute that is a query of its class: `Base.query = Session.query_property()`."""
        return QueryProperty(self, query_cls)

    # --- what the session of the scope does

    def __contains__(self, instance: object) -> bool:
        return instance in self.registry()

    def __iter__(self) -> Iterator[object]:
        return iter(self.registry())

    def add(self, instance: object) -> None:
        """Take an object, and what save-update reaches from it, into the session."""
        self.registry().add(instance)

    def add_all(self, instances: Iterable[object]) -> None:
        """Take objects into the session, as `add()` does."""
        self.registry().add_all(instances)

    def delete(self, instance: object) -> None:
        """Mark an object, and what its delete cascade reaches, to be deleted by the next flush."""
        self.registry().delete(instance)

    def delete_all(self, instances: Iterable[object]) -> None:
        """Mark objects to be deleted, as `delete()` does."""
        self.registry().delete_all(instances)

    def expunge(self, instance: object) -> None:
        """Take an object, and what its expunge cascade reaches, out of the session."""
        self.registry().expunge(instance)

    def expunge_all(self) -> None:
        """Take all objects out of the session."""
        self.registry().expunge_all()

    def expire(self, instance: object, attribute_names: Iterable[str] | None = None) -> None:
        """Drop an object's values, or the named ones, so that the next read loads them; changes are lost."""
        self.registry().expire(instance, attribute_names)

    def expire_all(self) -> None:
        """Expire all objects."""
        self.registry().expire_all()

    def refresh(
        self, instance: object, attribute_names: Iterable[str] | None = None, with_for_update: Any = None
    ) -> None:
        """Load an object's attributes, or the named ones, again; unflushed changes of them are lost."""
        self.registry().refresh(instance, attribute_names, with_for_update)

    def merge(
        self,
        instance: ObjectT,
        *,
        load: bool = True,
        options: Sequence[Any] | None = None,
        by: Any = None,
        base: ObjectT | None = None,
        on_conflict: Policy = "raise",
        strategy: str = "select",
    ) -> ObjectT:
        """Copy the state of an object into the session's object with its identity and return that one."""
        more: dict[str, Any] = {"by": by, "base": base, "on_conflict": on_conflict, "strategy": strategy}
        merged: ObjectT = self.registry().merge(instance, load=load, options=options, **more)
        return merged

    def merge_all(
        self,
        instances: Iterable[ObjectT],
        *,
        load: bool = True,
        options: Sequence[Any] | None = None,
        by: Any = None,
        base: Sequence[ObjectT] | None = None,
        on_conflict: Policy = "raise",
        strategy: str = "select",
    ) -> Sequence[ObjectT]:
        """Merge several objects with one SELECT per class and chunk; the result equals merging one by one."""
        more: dict[str, Any] = {"by": by, "base": base, "on_conflict": on_conflict, "strategy": strategy}
        return self.registry().merge_all(instances, load=load, options=options, **more)

    @overload
    def get(
        self,
        entity: type[ObjectT],
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> ObjectT | None: ...
    @overload
    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any: ...
    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the object of a class with a primary key, or None."""
        return self.registry().get(
            entity,
            ident,
            options=options,
            populate_existing=populate_existing,
            with_for_update=with_for_update,
            identity_token=identity_token,
            execution_options=execution_options,
            bind_arguments=bind_arguments,
        )

    @overload
    def get_one(self, entity: type[ObjectT], ident: Any, **options: Any) -> ObjectT: ...
    @overload
    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any: ...
    def get_one(self, entity: Any, ident: Any, **options: Any) -> Any:
        """Return the object of a class with a primary key; raises NoResultFound where there is none."""
        return self.registry().get_one(entity, ident, **options)

    def is_modified(self, instance: object, include_collections: bool = True) -> bool:
        """Tell whether an object has changes that a flush would write; equal values are no change."""
        return self.registry().is_modified(instance, include_collections)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write all changes; raises what the database raises, after the transaction was rolled back."""
        self.registry().flush(objects)

    @overload
    def execute(
        self,
        statement: TypedReturnsRows[Unpack[Ts]],
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Result[Unpack[Ts]]: ...
    @overload
    def execute(
        self,
        statement: UpdateBase,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> CursorResult[Unpack[tuple[Any, ...]]]: ...
    @overload
    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Result[Unpack[tuple[Any, ...]]]: ...
    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a statement in the session's transaction and return its result; entities come as objects."""
        return self.registry().execute(
            statement, params, execution_options=execution_options, bind_arguments=bind_arguments
        )

    @overload
    def scalar(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> T | None: ...
    @overload
    def scalar(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any: ...
    def scalar(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a statement and return the first item of the first row, or None."""
        return self.registry().scalar(
            statement, params, execution_options=execution_options, bind_arguments=bind_arguments
        )

    @overload
    def scalars(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> ScalarResult[T]: ...
    @overload
    def scalars(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> ScalarResult[Any]: ...
    def scalars(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Mapping[str, Any] = NO_OPTIONS,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run a statement and return the first item of each row."""
        return self.registry().scalars(
            statement, params, execution_options=execution_options, bind_arguments=bind_arguments
        )

    @overload
    def query(self, entity: type[ObjectT], /) -> Query[ObjectT]: ...
    @overload
    def query(self, ent0: SQLCoreOperations[T0], /) -> RowReturningQuery[T0]: ...
    @overload
    def query(self, ent0: Typed[T0], ent1: Typed[T1], /) -> RowReturningQuery[T0, T1]: ...
    @overload
    def query(self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], /) -> RowReturningQuery[T0, T1, T2]: ...
    @overload
    def query(
        self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], /
    ) -> RowReturningQuery[T0, T1, T2, T3]: ...
    @overload
    def query(
        self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], ent4: Typed[T4], /
    ) -> RowReturningQuery[T0, T1, T2, T3, T4]: ...
    @overload
    def query(
        self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], ent4: Typed[T4], ent5: Typed[T5], /
    ) -> RowReturningQuery[T0, T1, T2, T3, T4, T5]: ...
    @overload
    def query(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        ent5: Typed[T5],
        ent6: Typed[T6],
        /,
    ) -> RowReturningQuery[T0, T1, T2, T3, T4, T5, T6]: ...
    @overload
    def query(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        ent5: Typed[T5],
        ent6: Typed[T6],
        ent7: Typed[T7],
        /,
    ) -> RowReturningQuery[T0, T1, T2, T3, T4, T5, T6, T7]: ...
    @overload
    def query(self, *entities: Any, **options: Any) -> Query[Any]: ...
    def query(self, *entities: Any, **options: Any) -> Any:
        """Return a legacy `Query` over entities or columns."""
        return self.registry().query(*entities, **options)

    def begin(self, nested: bool = False) -> SessionTransaction:
        """Begin a transaction; raises InvalidRequestError where one was begun. `nested` is `begin_nested()`."""
        return self.registry().begin(nested)

    def begin_nested(self) -> SessionTransaction:
        """Flush, then begin a savepoint; objects changed inside go back to their state here on its rollback."""
        return self.registry().begin_nested()

    def commit(self) -> None:
        """Flush and commit; savepoints are released first. Objects expire unless `expire_on_commit` is off."""
        self.registry().commit()

    def rollback(self) -> None:
        """Roll back; objects go back to what they were. Does nothing where no transaction was begun."""
        self.registry().rollback()

    def close(self) -> None:
        """Roll back, take all objects out and give connections back; the session can be used again."""
        self.registry().close()

    def reset(self) -> None:
        """Like `close()`; the session can be used again whatever `close_resets_only` says."""
        self.registry().reset()

    def connection(
        self, bind_arguments: Mapping[str, Any] | None = None, execution_options: Mapping[str, Any] | None = None
    ) -> Connection:
        """Return the connection of the session's transaction, begun now where there is none."""
        return self.registry().connection(bind_arguments, execution_options)

    def get_bind(self, mapper: Any = None, *, clause: Any = None, bind: Any = None, **kw: Any) -> Any:
        """Return the Engine or Connection for a mapper or a statement; applications override it."""
        return self.registry().get_bind(mapper, clause=clause, bind=bind, **kw)

    def bulk_save_objects(
        self,
        objects: Iterable[object],
        return_defaults: bool = False,
        update_changed_only: bool = True,
        preserve_order: bool = True,
    ) -> None:
        """Write objects without the unit of work: no cascades, no events, and the objects do not enter the session."""
        self.registry().bulk_save_objects(objects, return_defaults, update_changed_only, preserve_order)

    def bulk_insert_mappings(
        self, mapper: Any, mappings: Iterable[dict[str, Any]], return_defaults: bool = False, render_nulls: bool = False
    ) -> None:
        """Insert dictionaries by attribute name; `session.execute(insert(User), [...])` does the same."""
        self.registry().bulk_insert_mappings(mapper, mappings, return_defaults, render_nulls)

    def bulk_update_mappings(self, mapper: Any, mappings: Iterable[dict[str, Any]]) -> None:
        """Update rows by primary key; `session.execute(update(User), [...])` does the same."""
        self.registry().bulk_update_mappings(mapper, mappings)

    # --- what the session of the scope has

    @property
    def dirty(self) -> IdentitySet[Any]:
        """The persistent objects with attributes that were set."""
        return self.registry().dirty

    @property
    def deleted(self) -> IdentitySet[Any]:
        """The objects that the next flush deletes."""
        return self.registry().deleted

    @property
    def new(self) -> IdentitySet[Any]:
        """The pending objects."""
        return self.registry().new

    @property
    def identity_map(self) -> IdentityMap:
        """The persistent objects by identity key."""
        return self.registry().identity_map

    @property
    def binds(self) -> immutabledict[Any, Any]:
        """The engines that `binds` names, by class and table."""
        return self.registry().binds

    @property
    def is_active(self) -> bool:
        """Whether the session can be used, or needs a rollback first."""
        return self.registry().is_active

    @property
    def no_autoflush(self) -> AbstractContextManager[Any]:
        """A context manager: no autoflush within the block."""
        found: AbstractContextManager[Any] = self.registry().no_autoflush
        return found

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary for the application's own use."""
        return self.registry().info

    @property
    def execution_options(self) -> immutabledict[str, Any]:
        """The execution options of all statements."""
        session: Any = self.registry()
        options: immutabledict[str, Any] = session.execution_options
        return options

    @property
    def autoflush(self) -> bool:
        """Whether changes are written before each query."""
        return self.registry().autoflush

    @autoflush.setter
    def autoflush(self, value: bool) -> None:
        self.registry().autoflush = value

    @property
    def bind(self) -> Any:
        """The Engine or Connection to talk to."""
        return self.registry().bind

    @bind.setter
    def bind(self, value: Any) -> None:
        self.registry().bind = value

    object_session: Callable[[object], Session | None] = staticmethod(Session.object_session)
    identity_key: Callable[..., Any] = staticmethod(Session.identity_key)


def _locate(target: Any, event: str, options: Mapping[str, Any]) -> Iterable[Any]:
    """Return the hook table of what makes the sessions."""
    factory = target.session_factory
    if not hasattr(factory, "class_") and not (isinstance(factory, type) and issubclass(factory, Session)):
        raise exc.ArgumentError(
            "Session event listen on a scoped_session requires that its creation callable is associated with the "
            "Session class."
        )
    return locate(factory, event, options)


register_target(scoped_session, SESSION, _locate, OPTIONS, with_state)
