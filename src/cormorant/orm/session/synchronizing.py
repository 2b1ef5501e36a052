"""What an UPDATE or DELETE statement means for objects in the session: `synchronize_session`.

In: the statement. Out: a `Synchronizer`: the statement to run, and what is to be done after it. `evaluate` asks the
criteria of the objects in Python; `fetch` asks the database which rows are concerned; `auto` does the former where it
can; False leaves objects as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ... import exc
from ...sql.select import Select
from ..flush.accept import accept_deleted
from ..instance.state import InstanceState
from ..load.known import forget_if_clean
from ..query.evaluate import EXPIRED, Evaluator, UnevaluatableError, evaluator

STRATEGIES = ("auto", "evaluate", "fetch", False)


class Synchronizer:
    """Runs around one statement: `statement` is what to execute, `finish` brings the objects in step."""

    def __init__(self, session: Any, statement: Any) -> None:
        self.session = session
        self.statement = statement
        self.mapper = statement.table.mapper
        self.found: list[tuple[InstanceState, bool]] = []
        """The objects concerned; True for one that lacks values, so that nobody knows."""
        self.reads_keys = False

    def finish(self, result: Any) -> Any:
        """Bring the objects in step with what was written; return the result."""
        if self.reads_keys:
            rows = result.all()
            self.found = [(state, False) for state in self._by_keys(rows)]
        if self.statement.is_delete:
            accept_deleted(self.session, [state for state, is_unknown in self.found if not is_unknown])
            for state, is_unknown in self.found:
                if is_unknown:
                    state.expire()
        else:
            _set_values(self.mapper, self.statement, [state for state, _ in self.found])
        return result

    def _by_keys(self, rows: Iterable[Sequence[Any]]) -> list[InstanceState]:
        entries = self.session.identity.entries(self.mapper.class_manager.identity_class)
        width = len(self.mapper.primary_key)
        keys = [row[0] if width == 1 else tuple(row) for row in rows]
        return [entries[key] for key in keys if key in entries]

    def evaluate(self) -> None:
        """Find the objects by asking the criteria of each; raises UnevaluatableError."""
        tests = [evaluator(criterion, self.mapper) for criterion in self.statement.where_criteria]
        for state in _states(self.session, self.mapper):
            if not state.expired:
                self._ask(state, tests)

    def _ask(self, state: InstanceState, tests: list[Evaluator]) -> None:
        obj = state()
        answers = [test(obj) for test in tests]
        if any(answer is EXPIRED for answer in answers):
            self.found.append((state, True))
        elif all(answers):
            self.found.append((state, False))

    def fetch(self, connection: Any) -> None:
        """Have the database say which rows are concerned: by RETURNING, or by a SELECT before."""
        features = connection.dialect.features
        has_returning = features.delete_returning if self.statement.is_delete else features.update_returning
        if has_returning and not self.statement.returning_columns:
            self.statement = self.statement.returning(*self.mapper.primary_key)
            self.reads_keys = True
            return
        keys = Select(*self.mapper.primary_key).where(*self.statement.where_criteria)
        self.found = [(state, False) for state in self._by_keys(connection.execute(keys).all())]


def start(session: Any, connection: Any, statement: Any, options: Mapping[str, Any]) -> Synchronizer:
    """Prepare for a statement as the option `synchronize_session` says."""
    strategy = options.get("synchronize_session", "auto")
    if strategy not in STRATEGIES:
        raise exc.ArgumentError(
            f"Valid strategies for session synchronization are 'auto', 'evaluate', 'fetch', False; got {strategy!r}"
        )
    made = Synchronizer(session, statement)
    if strategy is False:
        return made
    if strategy == "fetch":
        made.fetch(connection)
        return made
    try:
        made.evaluate()
    except UnevaluatableError as error:
        if strategy == "evaluate":
            raise exc.InvalidRequestError(
                f"Could not evaluate current criteria in Python: '{error}'. Specify 'fetch' or False for the "
                "synchronize_session execution option."
            ) from error
        made.found = []
        made.fetch(connection)
    return made


def _states(session: Any, mapper: Any) -> list[InstanceState]:
    entries = session.identity.entries(mapper.class_manager.identity_class)
    cls: type = mapper.class_
    return [state for state in list(entries.values()) if isinstance(state(), cls)]


def _set_values(mapper: Any, statement: Any, states: Sequence[InstanceState]) -> None:
    """Give objects the values that an UPDATE set; what Python cannot work out is expired."""
    known, unknown = _value_functions(mapper, statement)
    for state in states:
        values, committed = state.dict, state.committed
        new = {key: function(state()) for key, function in known.items() if key in values and key not in committed}
        lost = {key for key, value in new.items() if value is EXPIRED} | {key for key in unknown if key in values}
        values.update({key: value for key, value in new.items() if value is not EXPIRED})
        if lost:
            state.expire_attributes(lost)
            forget_if_clean(state)


def _value_functions(mapper: Any, statement: Any) -> tuple[dict[str, Callable[[Any], Any]], set[str]]:
    known: dict[str, Callable[[Any], Any]] = {}
    unknown: set[str] = set()
    for column, value in statement.value_pairs:
        key = _key_of(mapper, column)
        if key is None:
            continue
        try:
            known[key] = evaluator(value, mapper)
        except UnevaluatableError:
            unknown.add(key)
    return known, unknown


def _key_of(mapper: Any, column: Any) -> str | None:
    prop = mapper.properties.get(column) if isinstance(column, str) else None
    if prop is None and not isinstance(column, str):
        prop = mapper.column_properties.get(column._deannotate())
    return None if prop is None else str(prop.key)


def take_over(session: Any, mapper: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give objects the values of rows that were updated by primary key."""
    entries = session.identity.entries(mapper.class_manager.identity_class)
    for row in rows:
        state = entries.get(mapper.pk_from_values(row))
        if state is None:
            continue
        values, committed = state.dict, state.committed
        values.update({key: value for key, value in row.items() if key in values and key not in committed})
