"""INSERT of many rows with RETURNING: batches of one multi-row statement each, results matched to rows for certain.

In: the plan of a single-row INSERT .. RETURNING and its rows. Out: what is returned for each row, in the order of the
rows where that is asked for. The order in which a database returns rows means nothing; they are matched

- by a generated integer key, which ascends in the order of the values of one statement,
- by a key that the rows brought with them,
- or, where there is neither, by inserting one row at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, cast

from ..compile.compiled import original_of
from ..compile.marks import MARK, pieces_of
from ..exc import InvalidRequestError, StatementError
from ..sql.kinds import is_mapping
from ..types.conversion import as_processor
from .cache import PlanCache
from .running import RunningConnection

_TEXTS_KEPT = 16


class MultiInsert:
    """How the plan of a single-row INSERT becomes a multi-row one; made once per plan."""

    def __init__(self, plan: Any) -> None:
        compiled, dialect = plan.compiled, plan.dialect
        self._plan = plan
        self._dialect = dialect
        self._features = dialect.features
        self.key_columns: list[Any] = list(compiled.matched_by)
        self.width = len(compiled.result_columns)
        """How many columns the result has; those behind them are there for matching alone."""
        self.returned = [_position(compiled, column) for column in self.key_columns]
        self._converters = [as_processor(column.type.result_conversion(dialect)) for column in self.key_columns]
        self.counter: str | None = None if compiled.row_counter is None else compiled.row_counter.key
        """The key of the column that takes the number of the row."""
        given = {slot.column for slot in compiled.slots if slot.column is not None}
        is_sent = bool(self.key_columns) and all(column in given for column in self.key_columns)
        self.is_key_given = is_sent and self.counter is None
        self._texts: PlanCache[str] = PlanCache(_TEXTS_KEPT)
        self.can_batch = bool(compiled.insert_values) and self._features.insertmanyvalues
        if self.can_batch:
            self._is_numbered = dialect.paramstyle.startswith("numeric")
            self._row = self._row_template(compiled)
            text: str = self._marked_text(compiled) if self._is_numbered else compiled.text
            self._begin, _, self._end = text.partition(f" VALUES {self._single_row(compiled)}")
            self._divide_slots(plan.binder, compiled)

    def _divide_slots(self, binder: Any, compiled: Any) -> None:
        """Tell the binder which slots belong to a row; the others stand before the rows or behind them."""
        _, numbers = pieces_of(compiled.insert_values)
        is_positional = self._dialect.positional
        order, row = compiled.order, numbers if is_positional else tuple(dict.fromkeys(numbers))
        first = _start_of(numbers, order) if is_positional else 0
        before, after = order[:first], order[first + len(numbers) :]
        outer = (*before, *after) if is_positional else [n for n in range(len(compiled.slots)) if n not in row]
        binder.row_slots, binder.outer_slots = row, tuple(outer)
        self._names = [compiled.slots[number].name for number in row]
        self._outer_names = [compiled.slots[number].name for number in outer]
        self._outer_keys = {compiled.slots[number].key for number in outer}
        self._before = len(before)

    def _row_template(self, compiled: Any) -> list[str]:
        """The pieces of a row's values between which the row's number stands in the names of parameters."""
        text = ""
        for piece, slot in _pieces(compiled):
            text += piece if slot is None else piece + self._placeholder(f"{slot.name}__\0") + slot.suffix
        return text.split("\0") if not self._dialect.positional else [text.replace("__\0", "")]

    def _single_row(self, compiled: Any) -> str:
        """The values as they stand in the text of the single-row statement."""
        text = ""
        for piece, slot in _pieces(compiled):
            text += piece if slot is None else piece + self._placeholder(slot.name) + slot.suffix
        return text

    def _placeholder(self, name: str) -> str:
        """The placeholder of a bind; a mark where it is a number, which depends on how many rows there are."""
        return MARK if self._is_numbered else str(self._dialect.placeholder(name, 0))

    def _marked_text(self, compiled: Any) -> str:
        """The text of the single-row statement with a mark for each placeholder."""
        suffixes = [MARK + compiled.slots[number].suffix for number in compiled.order]
        return "".join(chain.from_iterable(zip(compiled.pieces, [*suffixes, ""], strict=True)))

    def _with_numbers(self, text: str) -> str:
        """The text with its marks counted."""
        pieces = text.split(MARK)
        numbers = [self._dialect.placeholder("", number) for number in range(1, len(pieces))]
        return "".join(chain.from_iterable(zip(pieces, [*numbers, ""], strict=True)))

    # what a batch looks like

    def is_sortable(self) -> bool:
        """Whether returned rows can be matched to the rows of a batch."""
        return self.can_batch and bool(self.key_columns)

    def counted(self, plan: Any, rows: Sequence[Any]) -> Sequence[Any]:
        """The rows, with their numbers where a column takes them."""
        if self.counter is None:
            return rows
        return [{**_as_dict(row, plan), self.counter: number} for number, row in enumerate(rows)]

    def differs_outside(self, row: Any, plan: Any) -> bool:
        """Whether rows bring values that stand outside of VALUES, where there is one for all rows."""
        if not self.can_batch or not self._outer_names:
            return False
        keys = row.keys() if is_mapping(row) else plan.binder.column_keys
        return not self._outer_keys.isdisjoint(cast("Sequence[str]", keys))

    def batch_size(self, options: Mapping[str, Any]) -> int:
        """How many rows one statement takes."""
        size = int(options.get("insertmanyvalues_page_size") or self._features.insertmanyvalues_page_size)
        binder = self._plan.binder
        most = (int(self._features.max_parameters) - len(binder.outer_slots)) // max(len(binder.row_slots), 1)
        return max(min(size, most), 1)

    def text(self, count: int, is_sorted: bool) -> str:
        """The statement for so many rows."""
        is_counted_there = is_sorted and not self.is_key_given and self.counter is None
        through_select = is_counted_there and self._features.sorts_returned_rows
        key = (count, through_select)
        text = self._texts.get(key)
        if text is None:
            text = self._select_text(count) if through_select else self._values_text(count)
            text = self._with_numbers(text) if self._is_numbered else text
            self._texts.put(key, text)
        return text

    def _values_text(self, count: int) -> str:
        rows = ", ".join([str(number).join(self._row) for number in range(count)])
        return f"{self._begin} VALUES {rows}{self._end}"

    def _select_text(self, count: int) -> str:
        """The rows numbered and sorted by number: keys are generated in that order."""
        columns = self._plan.compiled.insert_columns
        names = [f"p{number}" for number in range(len(columns))]
        casts = ", ".join([f"{name}{self._cast(column.type)}" for name, column in zip(names, columns, strict=True)])
        rows = ", ".join([f"{str(number).join(self._row)[:-1]}, {number})" for number in range(count)])
        listed = ", ".join([*names, "sen_counter"])
        return f"{self._begin} SELECT {casts} FROM (VALUES {rows}) AS imp_sen({listed}) ORDER BY sen_counter{self._end}"

    def _cast(self, type_: Any) -> str:
        return self._dialect.bind_cast(type_) or f"::{self._dialect.type_text(type_)}"

    def parameters(self, flat: Sequence[tuple[Any, ...]], outer: tuple[Any, ...]) -> Any:
        """Driver parameters of one batch: the values of the rows, and those around them."""
        values = chain.from_iterable(flat)
        if self._dialect.positional:
            return (*outer[: self._before], *values, *outer[self._before :])
        names = [f"{name}__{number}" for number in range(len(flat)) for name in self._names]
        return dict(zip((*names, *self._outer_names), (*values, *outer), strict=True))

    # matching

    def match(self, raw: list[Any], rows: Sequence[Any], given_keys: Any) -> list[Any]:
        """The returned rows in the order of the rows that were sent."""
        if len(raw) != len(rows):
            raise InvalidRequestError(
                f"{len(rows)} rows were inserted into {self._plan.compiled.table.name} and {len(raw)} were returned: "
                "they cannot be matched; a trigger or rule may be in the way"
            )
        if not self.is_key_given:
            raw.sort(key=itemgetter(self.returned[0]))
            return raw
        places = list(zip(self.returned, self._converters, strict=True))
        found = {tuple([row[n] if convert is None else convert(row[n]) for n, convert in places]): row for row in raw}
        return [found[key] for key in given_keys]


def _pieces(compiled: Any) -> Iterator[tuple[str, Any]]:
    """The text of a row's values, each piece with the slot that follows it; the last with None."""
    pieces, numbers = pieces_of(compiled.insert_values)
    if compiled.dialect.doubles_percents:
        pieces = tuple([piece.replace("%", "%%") for piece in pieces])
    yield from zip(pieces, [*(compiled.slots[number] for number in numbers), None], strict=True)


def _start_of(part: Sequence[int], whole: Sequence[int]) -> int:
    """Where a run of numbers begins in a longer one."""
    size = len(part)
    return next(start for start in range(len(whole)) if whole[start : start + size] == part) if size else 0


def _position(compiled: Any, column: Any) -> int:
    """Where RETURNING has a column by which rows are matched."""
    if column in compiled.hidden:
        return len(compiled.result_columns) + int(compiled.hidden.index(column))
    return [original_of(found.element) for found in compiled.result_columns].index(column)


def multi_insert_of(plan: Any) -> MultiInsert:
    """The multi-row form of a plan, made at first use."""
    if plan.multi_insert is None:
        plan.multi_insert = MultiInsert(plan)
    made: MultiInsert = plan.multi_insert
    return made


def insert_many(
    connection: RunningConnection, plan: Any, binds: Sequence[Any], rows: Sequence[Any], options: Mapping[str, Any]
) -> list[Any]:
    """Insert rows (dictionaries, or tuples in the order of the plan's column keys) and return a row for each."""
    if plan.defaults is not None and plan.defaults.calls:
        rows = filled(connection, plan, [_as_dict(row, plan) for row in rows])
    raw, description = run_batches(connection, plan, binds, rows, options, is_sorted=True)
    made: list[Any] = plan.layout(description).rows(raw)
    return made


def filled(
    connection: RunningConnection, plan: Any, rows: Sequence[Mapping[str, Any]], binds: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """Rows with what the program's defaults add; an error of theirs names the statement."""
    try:
        return [plan.defaults.fill(row, connection, binds) for row in rows]
    except StatementError:
        raise  # of a statement that a default has run
    except Exception as error:
        connection._fail_to_bind(error, plan.text, [dict(row) for row in rows] if any(rows) else [])


def _as_dict(row: Any, plan: Any) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return cast("Mapping[str, Any]", row)
    return dict(zip(plan.binder.column_keys, row, strict=True))


def run_batches(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    rows: Sequence[Any],
    options: Mapping[str, Any],
    is_sorted: bool | None = None,
) -> tuple[list[Any], Any]:
    """Insert all rows and return the driver's tuples with their description."""
    multi = multi_insert_of(plan)
    if is_sorted is None:
        is_sorted = bool(getattr(plan.compiled.statement, "sort_by_parameter_order", False))
    size = multi.batch_size(options)
    if not multi.can_batch or (is_sorted and not multi.is_sortable()) or multi.differs_outside(rows[0], plan):
        size = 1
    rows = multi.counted(plan, rows)
    found: list[Any] = []
    description: Any = ()
    if connection._hooks.watches_cursors:
        connection.batch_of = plan.text, _flat(connection, plan, binds, rows, for_driver=True)
    for begin in range(0, len(rows), size):
        batch = rows[begin : begin + size]
        note = _note(begin // size, -(-len(rows) // size), is_sorted, size == 1)
        raw, description = _run_batch(connection, plan, binds, batch, multi, is_sorted, options, note)
        found += raw
    if plan.compiled.hidden:
        return [row[: multi.width] for row in found], description[: multi.width]
    return found, description


def _note(number: int, count: int, is_sorted: bool, is_single: bool) -> str:
    """What the log says of a batch; where it begins with a blank, it follows what the log says of the statement."""
    begin = "insertmanyvalues" if number else " (insertmanyvalues)"
    order = "ordered" if is_sorted else "unordered"
    return f"{begin} {number + 1}/{count} ({order}{'; batch not supported' if is_single else ''})"


def _run_batch(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    batch: Sequence[Any],
    multi: MultiInsert,
    is_sorted: bool,
    options: Mapping[str, Any],
    note: str,
) -> tuple[list[Any], Any]:
    is_single = len(batch) == 1
    flat = _flat(connection, plan, binds, batch, for_driver=is_single)
    text = plan.text if is_single else multi.text(len(batch), is_sorted)
    values = flat[0] if is_single else multi.parameters(flat, plan.binder.outer(binds))
    cursor = connection._run_cursor(text, values, False, plan, options, note)
    description = cursor.description
    try:
        raw = list(cursor.fetchall())
    except BaseException as error:
        connection._fail(error, text, values, cursor)
    cursor.close()
    if is_sorted and not is_single:
        keys = _given_keys(plan, multi, binds, batch) if multi.is_key_given else None
        raw = multi.match(raw, batch, keys)
    return raw, description


def _flat(
    connection: RunningConnection, plan: Any, binds: Sequence[Any], batch: Sequence[Any], *, for_driver: bool
) -> list[Any]:
    """The parameters of each row: as the driver takes one row, or as tuples to be put together."""
    is_dict = isinstance(batch[0], Mapping)
    name = ("many" if for_driver else "flat") + ("" if is_dict else "_tuples")
    try:
        made: list[Any] = getattr(plan.binder, name)(binds, batch)
    except KeyError as error:
        connection._fail_to_bind(missing_in_row(error, plan, batch), plan.text, [dict(row) for row in batch])
    except Exception as error:
        connection._fail_to_bind(error, plan.text, list(batch))
    return made


def _given_keys(plan: Any, multi: MultiInsert, binds: Sequence[Any], batch: Sequence[Any]) -> list[Any]:
    slots = {slot.column: slot.key for slot in plan.compiled.slots if slot.column is not None}
    keys = [slots[column] for column in multi.key_columns]
    dicts = [plan.binder.named(binds, _as_dict(row, plan)) for row in batch]
    return [tuple([values[key] for key in keys]) for values in dicts]


def missing_in_row(error: KeyError, plan: Any, rows: Sequence[Mapping[str, Any]]) -> Exception:
    """The error for a row that lacks a key which the first row has; another KeyError is returned as it is."""
    key = error.args[0] if error.args else None
    if key not in {slot.key for slot in plan.compiled.slots}:
        return error
    for number, row in enumerate(rows):
        if key not in row:
            return InvalidRequestError(
                f"A value is required for bind parameter {key!r}, in parameter group {number}", code="cd3x"
            )
    return error
