"""What listeners, defaults and results can ask about one execution.

In: connection, compiled statement, text, parameters, options. Out: facts about the execution. Listeners may put
attributes of their own on it: those of one cursor, and the result that it gave, have the same context.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any
from weakref import ref

from ..compile.dialect_facts import CacheStats
from ..exc import InvalidRequestError
from ..sql.kinds import as_sequence, is_mapping
from ..util import immutabledict


class ExecuteStyle(Enum):
    """How the driver is called."""

    EXECUTE = 0
    EXECUTEMANY = 1
    INSERTMANYVALUES = 2


class ExecutionContext:
    """One execution of a statement: text, parameters, compiled form, options."""

    cursor: Any = None
    is_batch: bool = False
    """Whether it is one of the statements of an INSERT of many rows with RETURNING."""
    current_parameters: Mapping[str, Any] | None = None
    row_names: Mapping[str, str] | None = None
    """For a default of one of several rows: the names of the parameters of that row, by column."""
    _result: Any = None

    def __init__(
        self,
        connection: Any,
        compiled: Any,
        text: str,
        parameters: Any,
        many: bool,
        options: Mapping[str, Any],
        uses: int = 0,
    ) -> None:
        self.root_connection = self.connection = connection
        self.compiled = compiled
        self.statement = text
        self.raw_parameters = parameters
        self.executemany = many
        self.execution_options = options if isinstance(options, immutabledict) else immutabledict(options)
        self.uses = uses

    @property
    def engine(self) -> Any:
        """The engine of the connection."""
        return self.root_connection.engine

    @property
    def dialect(self) -> Any:
        """The dialect of the connection."""
        return self.root_connection.dialect

    # parameters

    @property
    def parameters(self) -> Any:
        """The parameters in the driver's form, always as a list."""
        raw: Any = self.raw_parameters
        return as_sequence(raw) if self.executemany else [raw]

    @parameters.setter
    def parameters(self, value: Any) -> None:
        self.raw_parameters = value

    @property
    def compiled_parameters(self) -> list[dict[str, Any]]:
        """The parameters by name, for each row."""
        if self.compiled is None:
            return []
        return [self._named(row) for row in self.parameters]

    def _named(self, row: Any) -> dict[str, Any]:
        if is_mapping(row):
            return dict(row)
        binds, order = self.compiled.slots, self.compiled.order
        return {binds[number].key: value for number, value in zip(order, row or (), strict=False)}

    def get_current_parameters(self, isolate_multiinsert_groups: bool = True) -> dict[str, Any]:
        """The values of the row for which a default is called: those given, and those of defaults called before."""
        if self.current_parameters is None:
            raise InvalidRequestError(
                "get_current_parameters() can only be invoked in the context of a Python side column default function"
            )
        if isolate_multiinsert_groups and self.row_names is not None:
            known = self.current_parameters
            return {key: known[name] for key, name in self.row_names.items() if name in known}
        return dict(self.current_parameters)

    @property
    def no_parameters(self) -> bool:
        """Whether the driver is called without parameters where there are none."""
        return bool(self.execution_options.get("no_parameters"))

    # what it is

    @property
    def invoked_statement(self) -> Any:
        """The statement as the program gave it."""
        return None if self.compiled is None else self.compiled.statement

    @property
    def isinsert(self) -> bool:
        """Whether it is an INSERT of ours."""
        return self._is("insert")

    @property
    def isupdate(self) -> bool:
        """Whether it is an UPDATE of ours."""
        return self._is("update")

    @property
    def isdelete(self) -> bool:
        """Whether it is a DELETE of ours."""
        return self._is("delete")

    @property
    def is_crud(self) -> bool:
        """Whether it is an INSERT, UPDATE or DELETE of ours."""
        return self.isinsert or self.isupdate or self.isdelete

    @property
    def isddl(self) -> bool:
        """Whether it is DDL of ours."""
        return self._is("ddl")

    @property
    def is_text(self) -> bool:
        """Whether the driver gets a text that nobody compiled further: `text()` or a string."""
        return self.compiled is None or self.compiled.statement.is_text

    def _is(self, kind: str) -> bool:
        return self.compiled is not None and self.compiled.kind == kind

    @property
    def execute_style(self) -> ExecuteStyle:
        """How the driver is called."""
        if self.is_batch:
            return ExecuteStyle.INSERTMANYVALUES
        return ExecuteStyle.EXECUTEMANY if self.executemany else ExecuteStyle.EXECUTE

    @property
    def cache_hit(self) -> CacheStats:
        """Whether the statement had been run before."""
        if self.compiled is None:
            return CacheStats.CACHING_DISABLED
        return CacheStats.CACHE_HIT if self.uses > 1 else CacheStats.CACHE_MISS

    # what came of it

    @property
    def result(self) -> Any:
        """The result that the execution gave, as long as somebody else has it."""
        return None if self._result is None else self._result()

    @result.setter
    def result(self, value: Any) -> None:
        self._result = ref(value)

    @property
    def rowcount(self) -> int:
        """How many rows the statement met, as far as the driver tells."""
        return self.get_rowcount() or 0

    def get_rowcount(self) -> int | None:
        """How many rows the statement met; None where there was no cursor."""
        if self.result is not None:
            return int(self.result.rowcount)
        return None if self.cursor is None else int(self.cursor.rowcount)

    def get_lastrowid(self) -> Any:
        """The key that the driver generated last."""
        return self.root_connection._driver.lastrowid(self.cursor)

    def create_cursor(self) -> Any:
        """A new cursor of the driver connection."""
        return self.root_connection.connection.dbapi_connection.cursor()

    def fetchall_for_returning(self, cursor: Any) -> list[Any]:
        """The rows that RETURNING gives."""
        return list(cursor.fetchall())

    def lastrow_has_defaults(self) -> bool:
        """Whether the database decided values that nobody fetched."""
        return self.compiled is not None and bool(self.compiled.postfetch)


class DefaultContext(ExecutionContext):
    """What a context-sensitive default is called with; `row` has the values known so far."""

    def __init__(self, connection: Any, compiled: Any, row: Mapping[str, Any], many: bool) -> None:
        super().__init__(connection, compiled, compiled.text, row, many, connection._options)
        self.current_parameters = row

    @property
    def compiled_parameters(self) -> list[dict[str, Any]]:
        return [dict(self.current_parameters or {})]
