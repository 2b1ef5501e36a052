"""The events of sessions, mappers, instances, attributes and queries, documented: what a listener is called with.

Pure text and signatures; `catalogue` has the same as data, and a test keeps them equal. `Any` stands for classes of the
rungs above.
"""

from __future__ import annotations

from typing import Any

from .define import Events


class SessionEvents(Events[Any]):
    """Listen on `Session` or a subclass, on a `sessionmaker`, or on one session.

    With `raw=True` the events of an instance get its state instead of the object.
    """

    def do_orm_execute(self, orm_execute_state: Any) -> Any:
        """A statement is about to be run by `Session.execute()` and its like. A Result that is returned is taken."""

    def after_transaction_create(self, session: Any, transaction: Any) -> None:
        """A transaction of the session, or a savepoint, was begun."""

    def after_transaction_end(self, session: Any, transaction: Any) -> None:
        """A transaction of the session, or a savepoint, has ended."""

    def after_begin(self, session: Any, transaction: Any, connection: Any) -> None:
        """A transaction of the session began on a connection."""

    def before_commit(self, session: Any) -> None:
        """`commit()` was called; nothing is flushed yet. Also for savepoints."""

    def after_commit(self, session: Any) -> None:
        """The transaction was committed, or the savepoint released; the session may not send SQL here."""

    def after_rollback(self, session: Any) -> None:
        """The transaction, or the savepoint, was rolled back in the database."""

    def after_soft_rollback(self, session: Any, previous_transaction: Any) -> None:
        """A transaction was rolled back and has ended; where `session.is_active`, SQL may be sent."""

    def before_flush(self, session: Any, flush_context: Any, instances: Any) -> None:
        """A flush begins. The session's objects may be changed, added and deleted here."""

    def after_flush(self, session: Any, flush_context: Any) -> None:
        """Everything is written; `session.new`, `dirty` and `deleted` still show what it was."""

    def after_flush_postexec(self, session: Any, flush_context: Any) -> None:
        """A flush is over, and the objects are in their final state."""

    def before_attach(self, session: Any, instance: Any) -> None:
        """An object is about to come into the session."""

    def after_attach(self, session: Any, instance: Any) -> None:
        """An object has come into the session."""

    def after_bulk_update(self, update_context: Any) -> None:
        """`Query.update()` was run; the context has `session`, `query`, `values`, `result`."""

    def after_bulk_delete(self, delete_context: Any) -> None:
        """`Query.delete()` was run; the context has `session`, `query`, `result`."""

    def transient_to_pending(self, session: Any, instance: Any) -> None:
        """A new object was added."""

    def pending_to_transient(self, session: Any, instance: Any) -> None:
        """A new object left the session without having been written."""

    def pending_to_persistent(self, session: Any, instance: Any) -> None:
        """A new object was written."""

    def persistent_to_transient(self, session: Any, instance: Any) -> None:
        """The INSERT of an object was rolled back."""

    def persistent_to_deleted(self, session: Any, instance: Any) -> None:
        """The row of an object was deleted in a flush."""

    def persistent_to_detached(self, session: Any, instance: Any) -> None:
        """An object left the session."""

    def deleted_to_detached(self, session: Any, instance: Any) -> None:
        """The DELETE of an object was committed."""

    def deleted_to_persistent(self, session: Any, instance: Any) -> None:
        """The DELETE of an object was rolled back."""

    def detached_to_persistent(self, session: Any, instance: Any) -> None:
        """A detached object came back."""

    def loaded_as_persistent(self, session: Any, instance: Any) -> None:
        """An object was made from a row."""


class InstanceEvents(Events[Any]):
    """Listen on a mapped class, on `Mapper` for all classes, or on any class with `propagate=True` for those below it.

    With `raw=True` listeners get the state instead of the object.
    """

    def init(self, target: Any, args: Any, kwargs: Any) -> None:
        """The constructor of a class is about to run; `kwargs` may be changed."""

    def init_failure(self, target: Any, args: Any, kwargs: Any) -> None:
        """The constructor of a class raised."""

    def load(self, target: Any, context: Any) -> None:
        """An object was made from a row; `context.session` is the session."""

    def refresh(self, target: Any, context: Any, attrs: Any) -> None:
        """Attributes of an object that was in memory were loaded: `attrs` names them."""

    def refresh_flush(self, target: Any, flush_context: Any, attrs: Any) -> None:
        """A flush gave an object values: defaults, and what the database returned; `attrs` names them, not keys."""

    def expire(self, target: Any, attrs: Any) -> None:
        """Attributes were expired; `attrs` is None for all."""

    def pickle(self, target: Any, state_dict: dict[str, Any]) -> None:
        """An object is pickled; `state_dict` is what is kept of its state."""

    def unpickle(self, target: Any, state_dict: dict[str, Any]) -> None:
        """An object was unpickled."""


class AttributeEvents(Events[Any]):
    """Listen on an attribute of a mapped class: `User.name`. `propagate=True` takes the subclasses along.

    With `retval=True` the value that `set`, `append` and `init_scalar` return is used. `active_history=True` loads the
    old value. `raw=True` gives the state instead of the object. `include_key=True` adds the key of a dictionary's
    member.
    """

    def set(self, target: Any, value: Any, oldvalue: Any, initiator: Any) -> Any:
        """A value is about to be set; `oldvalue` may be `NO_VALUE`."""

    def append(self, target: Any, value: Any, initiator: Any) -> Any:
        """A member is about to be added to a collection."""

    def append_wo_mutation(self, target: Any, value: Any, initiator: Any) -> None:
        """A member was given that the collection holds already."""

    def remove(self, target: Any, value: Any, initiator: Any) -> None:
        """A member is about to be removed from a collection, or a value deleted."""

    def bulk_replace(self, target: Any, values: list[Any], initiator: Any) -> None:
        """A collection is about to be replaced; the list of the new members may be changed."""

    def init_scalar(self, target: Any, value: Any, dict_: dict[str, Any]) -> Any:
        """A value is read that was never set."""

    def init_collection(self, target: Any, collection: Any, collection_adapter: Any) -> None:
        """An empty collection was made."""

    def dispose_collection(self, target: Any, collection: Any, collection_adapter: Any) -> None:
        """A collection was replaced by another."""

    def modified(self, target: Any, initiator: Any) -> None:
        """`flag_modified()` was called."""


class MapperEvents(Events[Any]):
    """Listen on a mapped class or its mapper, on `Mapper` for all, or on any class with `propagate=True`.

    In the events of rows only columns of the object itself may be changed, and SQL goes through `connection`.
    """

    def instrument_class(self, mapper: Any, class_: Any) -> None:
        """A class is about to be mapped; the mapper knows nothing yet."""

    def after_mapper_constructed(self, mapper: Any, class_: Any) -> None:
        """A class was mapped; relationships wait for configuration."""

    def before_mapper_configured(self, mapper: Any, class_: Any) -> None:
        """A mapper is about to be completed."""

    def mapper_configured(self, mapper: Any, class_: Any) -> None:
        """A mapper is complete."""

    def before_configured(self) -> None:
        """Mappers are about to be completed. On `Mapper` only."""

    def after_configured(self) -> None:
        """All mappers that waited are complete. On `Mapper` only."""

    def before_insert(self, mapper: Any, connection: Any, target: Any) -> None:
        """An object's row is about to be inserted."""

    def after_insert(self, mapper: Any, connection: Any, target: Any) -> None:
        """An object's row was inserted."""

    def before_update(self, mapper: Any, connection: Any, target: Any) -> None:
        """A changed object is about to be looked at for an UPDATE, which may turn out not to be needed."""

    def after_update(self, mapper: Any, connection: Any, target: Any) -> None:
        """A changed object was written, or needed no UPDATE."""

    def before_delete(self, mapper: Any, connection: Any, target: Any) -> None:
        """An object's row is about to be deleted."""

    def after_delete(self, mapper: Any, connection: Any, target: Any) -> None:
        """An object's row was deleted."""


class InstrumentationEvents(Events[Any]):
    """Listen on a class, with `propagate=True` for what is mapped below it."""

    def class_instrument(self, cls: Any) -> None:
        """A class is being mapped."""

    def class_uninstrument(self, cls: Any) -> None:
        """A class is no longer mapped."""

    def attribute_instrument(self, cls: Any, key: str, inst: Any) -> None:
        """An attribute of a class is complete; `inst` is `cls.key`."""


class QueryEvents(Events[Any]):
    """Listen on `Query`. With `retval=True` the query that is returned is used."""

    def before_compile(self, query: Any) -> Any:
        """A query is about to be run."""

    def before_compile_update(self, query: Any, update_context: Any) -> Any:
        """`Query.update()` is about to be run; `update_context.values` may be changed."""

    def before_compile_delete(self, query: Any, delete_context: Any) -> Any:
        """`Query.delete()` is about to be run."""


class RegistryEvents(Events[Any]):
    """Listen on one registry."""

    def resolve_type_annotation(self, resolve_type: Any) -> Any:
        """The SQL type of an attribute is wanted; return one, or None to leave it to the registry."""

    def before_configured(self, registry: Any) -> None:
        """The mappers of the registry are about to be completed."""

    def after_configured(self, registry: Any) -> None:
        """The mappers of the registry are complete."""
