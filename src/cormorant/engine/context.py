"""What listeners and results can ask about one execution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ExecutionContext:
    """One execution of a statement: text, parameters, plan, options."""

    def __init__(
        self, connection: Any, plan: Any, text: str, parameters: Any, many: bool, options: Mapping[str, Any]
    ) -> None:
        self.root_connection = self.connection = connection
        self.engine = connection.engine
        self.dialect = connection.dialect
        self.statement = text
        self.raw_parameters = parameters
        self.executemany = many
        self.execution_options = options
        self.compiled = None if plan is None else plan.compiled
        self.cursor: Any = None

    @property
    def parameters(self) -> Any:
        """The parameters in the driver's form, always as a list."""
        return self.raw_parameters if self.executemany else [self.raw_parameters]

    @parameters.setter
    def parameters(self, value: Any) -> None:
        self.raw_parameters = value

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
    def isddl(self) -> bool:
        """Whether it is DDL of ours."""
        return self._is("ddl")

    @property
    def is_text(self) -> bool:
        """Whether it is text()."""
        return self._is("text")

    def _is(self, kind: str) -> bool:
        return self.compiled is not None and self.compiled.kind == kind
