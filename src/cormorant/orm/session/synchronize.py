"""What an UPDATE or DELETE statement means for the objects that the session holds (`synchronize_session`).

In: a statement about a mapped class, and the strategy. Out: which objects it concerns, and objects brought in step: new
values put in, values that only the database knows expired, deleted objects gone. `evaluate` asks the criteria in
Python, `fetch` asks the database by RETURNING or, where it has none, by a SELECT before. The statement is run by
`bulk`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ... import exc
from ...sql.node import deannotate
from ...sql.select import Select
from ..flush.accept import accept_deleted
from ..flush.rows import table_writes
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from ..mapping.entity import PROPERTY
from .evaluator import UNKNOWN, Evaluate, Evaluator, UnevaluableError

STRATEGIES = ("auto", "evaluate", "fetch", False, None)


class Concerned(NamedTuple):
    """The objects in memory that a statement concerns."""

    certain: list[Any]
    doubtful: list[Any]
    """Objects that do not hold what the criteria ask for."""


def strategy_of(options: Mapping[str, Any]) -> Any:
    """Return the strategy that the execution options name; raises ArgumentError."""
    strategy = options.get("synchronize_session", "auto")
    if strategy not in STRATEGIES:
        raise exc.ArgumentError("Valid strategies for session synchronization are 'auto', 'evaluate', 'fetch', False")
    return strategy


def condition_of(statement: Any, mapper: Any, params: Mapping[str, Any] | None, strategy: Any) -> Evaluate | None:
    """Return the criteria as a function, or None where the strategy is another or `auto` has to fetch."""
    if strategy not in ("auto", "evaluate"):
        return None
    try:
        return Evaluator(mapper, params).condition(statement.where_criteria)
    except UnevaluableError as error:
        if strategy == "auto":
            return None
        raise exc.InvalidRequestError(
            f'Could not evaluate current criteria in Python: "{error}". '
            "Specify 'fetch' or False for the synchronize_session execution option."
        ) from error


def objects_of(session: Any, mapper: Any) -> Iterator[Any]:
    """Yield the persistent objects of a class that the session holds."""
    for state in list(session.identity.entries(mapper.class_manager.identity_class).values()):
        obj = state()
        if obj is not None and isinstance(obj, mapper.class_):
            yield obj


def evaluated(session: Any, mapper: Any, condition: Evaluate) -> Concerned:
    """Return the objects for which the criteria hold, or may hold."""
    found = Concerned([], [])
    for obj in objects_of(session, mapper):
        answer = condition(obj.__dict__)
        if answer is UNKNOWN:
            found.doubtful.append(obj)
        elif answer:
            found.certain.append(obj)
    return found


def fetched(session: Any, mapper: Any, pks: Iterable[Any]) -> Concerned:
    """Return the objects with the primary keys that the database named."""
    entries = session.identity.entries(mapper.class_manager.identity_class)
    states = [entries[pk] for pk in pks if pk in entries]
    return Concerned([obj for state in states if isinstance(obj := state(), mapper.class_)], [])


def key_select(statement: Any, mapper: Any) -> Any:
    """Return the SELECT of the primary keys that the criteria match."""
    return Select(*key_columns(mapper)).where(*statement.where_criteria)


def key_columns(mapper: Any) -> list[Any]:
    """Return the primary key's columns as attributes of the class."""
    return [getattr(mapper.class_, key) for key in mapper.pk_keys]


# --- UPDATE


def new_values(statement: Any, mapper: Any, params: Mapping[str, Any] | None) -> dict[str, Evaluate | None]:
    """Return how to compute the new value of each attribute; None where only the database can."""
    evaluator = Evaluator(mapper, params)
    found: dict[str, Evaluate | None] = {}
    for target, value in statement.value_pairs:
        key = attribute_of(mapper, target)
        if key is not None:
            try:
                found[key] = evaluator.compile(value)
            except UnevaluableError:
                found[key] = None
    return found


def values_on_update(mapper: Any, given: Mapping[str, Any], result: Any) -> dict[str, Evaluate | None]:
    """Return what columns get that the statement does not name: known where Python made the value."""
    found: dict[str, Evaluate | None] = {}
    for write in table_writes(mapper, mapper.local_table).columns:
        column = write.column
        if write.key in given or (column.onupdate is None and column.server_onupdate is None):
            continue
        found[write.key] = None
        if column.onupdate is not None and not column.onupdate.is_clause_element:
            made = sent_values(result)
            if column.key in made:
                found[write.key] = constant(made[column.key])
    return found


def sent_values(result: Any) -> Mapping[str, Any]:
    """Return the values of the UPDATE that was executed, by column."""
    executed = getattr(result, "executed", None) or getattr(result, "_real_result", None) or result
    try:
        return executed.last_updated_params() or {}
    except (AttributeError, exc.InvalidRequestError):
        return {}


def constant(value: Any) -> Evaluate:
    """Return the function that gives a value whatever the object."""
    return lambda held: value


def attribute_of(mapper: Any, target: Any) -> str | None:
    """Return the attribute that a SET target stands for; raises InvalidRequestError for a name that is none."""
    if isinstance(target, str):
        if target in mapper.class_manager.attributes:
            return target
        if any(target == column.key for table in mapper.tables for column in table.columns):
            raise exc.InvalidRequestError(
                f"Attribute name not found, can't be synchronized back to objects: {target!r}"
            )
        return None
    key: str | None = getattr(target, "_annotations", {}).get(PROPERTY)
    if key is not None:
        return key
    plain = deannotate(target)
    for table in mapper.tables:
        for held, column in mapper.columns_of(table):
            if column is plain:
                return str(held)
    return None


def take_values(session: Any, concerned: Concerned, values: Mapping[str, Evaluate | None]) -> None:
    """Put new values into objects; what cannot be computed, or was changed in memory, expires."""
    session._transaction.flushed.update((obj.__dict__[STATE], None) for obj in concerned.certain)
    for obj in concerned.certain:
        _take(session, obj, values)
    for obj in concerned.doubtful:
        _expire(session, obj.__dict__[STATE], [key for key in values if key in obj.__dict__])


def _take(session: Any, obj: Any, values: Mapping[str, Evaluate | None]) -> None:
    state: InstanceState = obj.__dict__[STATE]
    held = obj.__dict__
    computed = {
        key: UNKNOWN if function is None or key in state.committed else function(held)
        for key, function in values.items()
        if key in held
    }
    lost = [key for key, value in computed.items() if value is UNKNOWN]
    held.update((key, value) for key, value in computed.items() if value is not UNKNOWN)
    if lost:
        _expire(session, state, lost)


def _expire(session: Any, state: InstanceState, keys: Sequence[str]) -> None:
    if keys:
        state.expire_attributes(keys)
        if not state.modified:
            session.modified.pop(state, None)


# --- DELETE


def expire(session: Any, objects: Iterable[Any]) -> None:
    """Expire objects of which nobody knows here whether their rows are gone."""
    for obj in objects:
        state = obj.__dict__[STATE]
        state.expire()
        session.modified.pop(state, None)


def drop(session: Any, objects: Iterable[Any]) -> None:
    """Let deleted objects leave the session."""
    accept_deleted(session, tuple([obj.__dict__[STATE] for obj in objects]), session._transaction)
