"""Reading objects: get, refresh, what an attribute lacks, identity keys. In between the session's verbs and `orm.load`.

In: a session and what is asked for. Out: objects. The identity map is looked at first; loading is another package.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from ... import exc, inspection
from ...exc import MissingGreenlet, SAWarning
from ...sql.select import Select
from ...sql.selectbase import ForUpdateArg
from ...util.notices import warn
from ..flush import rows
from ..instance.attribute import TO_WRITE
from ..instance.errors import ObjectDeletedError, UnmappedClassError
from ..instance.manager import MANAGER_ATTR
from ..instance.state import InstanceState
from ..instance.symbols import NOTHING, PassiveFlag
from ..load import by_key, missing, refreshing
from ..load.options import follow_options, under
from . import expiry, lifecycle
from .alone import one_thread

NO_AUTOFLUSH = PassiveFlag.NO_AUTOFLUSH


def get(
    session: Any,
    entity: Any,
    ident: Any,
    options: Sequence[Any] | None,
    populate_existing: bool | None,
    with_for_update: Any,
    identity_token: Any,
    execution_options: Mapping[str, Any],
) -> Any:
    """Return the object with a primary key: from the identity map, or by a SELECT; None where there is no row."""
    mapper = _configured_mapper(entity) or _mapper_to_get(entity)
    pk = mapper.raw_pk(ident) if isinstance(ident, (tuple, list, dict)) or mapper.class_manager.is_composite else ident
    is_forced = bool(populate_existing or execution_options.get("populate_existing"))
    if not is_forced and with_for_update is None:
        found = _present(session, mapper, pk, identity_token)
        if found is not None:
            return found if isinstance(found, mapper.class_) else None
    for_update = None if with_for_update in (None, False) else for_update_clause(with_for_update)
    is_forced = is_forced or for_update is not None
    if identity_token is None and not execution_options:
        return get_row(session, mapper, pk, options or (), is_forced, for_update)
    token = execution_options.get("identity_token") if identity_token is None else identity_token
    with nullcontext() if token is None else session.identity.under(token):
        if not execution_options:
            return get_row(session, mapper, pk, options or (), is_forced, for_update)
        connection = session.connection_for(mapper, Select(mapper.node))
        with under(session, connection, follow_options(execution_options)):
            return get_row(session, mapper, pk, options or (), is_forced, for_update)


@one_thread
def get_row(session: Any, mapper: Any, pk: Any, options: Sequence[Any], is_forced: bool, for_update: Any) -> Any:
    """Return the object of the row with a primary key, or None."""
    session.autoflush_now()
    if _is_null(pk):
        warn(
            "fully NULL primary key identity cannot load any object.  This condition may raise an error in a future "
            "release.",
            SAWarning,
        )
    return by_key.load_by_key(session, mapper, pk, options=options, populate_existing=is_forced, for_update=for_update)


def _mapper_to_get(entity: Any) -> Any:
    """Return the mapper of a class or the mapper itself; an alias has no objects of its own."""
    mapper = mapper_of(entity)
    if getattr(inspection.inspect(entity), "is_aliased_class", False):
        raise exc.ArgumentError(f"Expected mapped class or mapper, got: {entity!r}")
    return mapper


def _present(session: Any, mapper: Any, pk: Any, token: Any) -> Any:
    """Return the object that the identity map holds, refreshed where it is expired; None where its row is gone."""
    manager = mapper.class_manager
    identity, cls = session.identity, manager.identity_class
    entries = identity.maps.get(cls, NOTHING) if token is None else identity.entries(cls, token)
    try:
        state: Any = entries.get(pk)
    except TypeError:
        raise exc.InvalidRequestError(f"{pk!r} cannot be a primary key of {mapper}: it is not hashable") from None
    obj = None if state is None else state()
    if state is None or obj is None:
        return None
    if state.expired:
        try:
            session.autoflush_now()
            if state.is_row_deleted:
                return None
            missing.load_whole(session, state)
        except ObjectDeletedError:
            session.row_is_gone(state)
            return None
    return obj


def in_memory(session: Any, mapper: Any, pk: Any) -> Any:
    """Return the object of a key that the session holds, refreshed where it is expired; None where there is none."""
    found = _present(session, mapper, pk, None)
    return found if isinstance(found, mapper.class_) else None


def _is_null(pk: Any) -> bool:
    return pk is None or (pk.__class__ is tuple and pk == (None,) * len(pk))


def for_update_clause(given: Any) -> Any:
    """Return the FOR UPDATE clause for `True`, a dictionary of its options, or a clause."""
    if hasattr(given, "shape"):
        return given
    options: Mapping[str, Any] = {} if given is True else given
    return ForUpdateArg(**options)


def _configured_mapper(entity: Any) -> Any:
    """Return the mapper of a class that is ready for use: nearly always; None for anything else."""
    manager = getattr(entity, "__dict__", NOTHING).get(MANAGER_ATTR)
    mapper = None if manager is None else manager.mapper
    return mapper if mapper is not None and mapper.configured else None


def mapper_of(entity: Any) -> Any:
    """Return the mapper of a class; raises as `inspect()` does, or UnmappedClassError."""
    found = inspection.inspect(entity)
    mapper = getattr(found, "mapper", None)
    if mapper is None:
        raise UnmappedClassError(entity)
    mapper.ensure_configured()
    return mapper


@one_thread
def refresh(session: Any, obj: Any, attribute_names: Iterable[str] | None, with_for_update: Any) -> None:
    """Expire, flush the rest, and load again."""
    state = lifecycle.state_of(obj)
    expiry.require_persistent(session, state)
    names = _stored_names(state, attribute_names) if attribute_names else None
    for_update = None if with_for_update in (None, False) else for_update_clause(with_for_update)
    expiry.expire(session, obj, names)
    session.autoflush_now()
    with session.near(state) if InstanceState.tokens_in_use else nullcontext():
        refreshing.refresh(session, state, names, for_update)


def _stored_names(state: InstanceState, names: Iterable[str]) -> list[str] | None:
    """Return the attributes that hold what the named ones show; None where nothing is named."""
    manager = state.manager
    return list(dict.fromkeys(stored for name in names for stored in manager.stored_keys(name))) or None


@one_thread
def load_missing(session: Any, state: InstanceState, attribute: Any, passive: Any) -> Any:
    """Load what an attribute lacks."""
    try:
        return missing.load_missing(session, state, attribute, passive)
    except MissingGreenlet as error:
        raise _unawaited(error, state, attribute) from error


def _unawaited(error: MissingGreenlet, state: InstanceState, attribute: Any) -> MissingGreenlet:
    """Return the error for an attribute that would have to be awaited, with the ways to do that."""
    name, key = state.manager.class_.__name__, attribute.key
    return MissingGreenlet(
        f"{error.args[0]} The attribute {name}.{key} of {state.name} is not in memory, and reading it cannot wait. "
        f"Either load it with the object (loader options such as selectinload() or undefer()), or 'await "
        f"session.refresh(obj, [{key!r}])', or 'await obj.awaitable_attrs.{key}' on a class with AsyncAttrs"
    )


@one_thread
def load_collections(session: Any, relationship: Any, pairs: Sequence[tuple[InstanceState, Any]]) -> None:
    """Load a relationship of several objects: of one as lazy loading does, of many in one statement per chunk."""
    if len(pairs) == 1:
        state, _ = pairs[0]
        attribute = state.manager.attributes[relationship.key]
        if attribute.may_load(state):
            load_missing(session, state, attribute, TO_WRITE)
    else:
        missing.load_collections(session, relationship, pairs)


@one_thread
def load_expired(session: Any, states: Sequence[InstanceState]) -> None:
    """Load expired objects: one as a read of it does, many in one statement per class and chunk."""
    if len(states) == 1:
        missing.load_whole(session, states[0])
        return
    groups: dict[Any, list[InstanceState]] = {}
    for state in states:
        groups.setdefault((state.manager.mapper, state.identity_token), []).append(state)
    for (mapper, _), members in groups.items():
        with session.near(members[0]) if InstanceState.tokens_in_use else nullcontext():
            by_key.load_many_by_keys(session, mapper, [state.pk for state in members])


@one_thread
def load_keys(session: Any, mapper: Any, keys: Sequence[Any], options: Sequence[Any] | None) -> list[Any]:
    """Load the objects of many primary keys; one key is loaded as `get()` does."""
    if len(keys) == 1:
        found = by_key.load_by_key(session, mapper, keys[0], options=options or ())
        return [] if found is None else [found]
    return by_key.load_many_by_keys(session, mapper, keys, options=options or ())


def identity_key(class_: Any, ident: Any, instance: Any, row: Any, token: Any) -> Any:
    """Return the identity key of an instance, of a row, or of a class and a primary key."""
    if class_ is None:
        if instance is None:
            raise exc.ArgumentError(
                "class or instance is required: a class with a primary key or a row, or an instance"
            )
        return lifecycle.state_of(instance).manager.mapper.identity_key_from_instance(instance)
    if isinstance(class_, str):
        raise exc.ArgumentError(f"Class object expected, got {class_!r}.")
    mapper = mapper_of(class_)
    if row is not None:
        return mapper.identity_key_from_row(row, identity_token=token)
    if ident is None:
        raise exc.ArgumentError("ident or row is required")
    values: Any = ident if type(ident) in (tuple, list) else (ident,)
    return mapper.identity_key_from_primary_key(values, identity_token=token)


def is_modified(state: InstanceState, include_collections: bool) -> bool:
    """Tell whether an object has changes that a flush would write."""
    return rows.is_modified(state, include_collections)
